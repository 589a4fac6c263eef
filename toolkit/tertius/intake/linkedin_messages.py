"""LinkedIn's messages: messages.csv of its archive. What was written is dropped with the line that holds it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import islice

from tertius.intake import dates
from tertius.intake.addresses import Addresses
from tertius.intake.contact_records import Ledger
from tertius.intake.contacts import refuse_if_much_is_lost
from tertius.intake.names import plain, tidy
from tertius.intake.options import ReadOptions
from tertius.intake.parts import Parsed
from tertius.intake.report import Draft, plural
from tertius.privacy import codes

CANNOT_KNOW = (
    "Contact outside of LinkedIn. Recorded contact is not closeness.",
    "Which of your contacts know each other, but for those in the same conversation.",
    "Who read a message.",
)

COLUMNS = {
    "conversation": "conversationid",
    "from": "from",
    "sender": "senderprofileurl",
    "to": "to",
    "recipients": "recipientprofileurls",
    "date": "date",
    "folder": "folder",
    "draft": "ismessagedraft",
}
NEEDED = ("conversation", "sender", "recipients", "date")


def is_header(cells: list[str]) -> bool:
    """Whether a record is the header of the table of messages.

    Examples
    --------
    >>> is_header("CONVERSATION ID,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE".split(","))
    True
    """
    found = {plain(cell) for cell in cells}
    return {COLUMNS["conversation"], COLUMNS["sender"]} <= found


class Message:
    """Who wrote to whom and when; nothing else of a line outlives it."""

    __slots__ = ("date", "is_draft", "line", "names", "recipients", "sender", "sender_name")

    def __init__(self, line: int, cells: dict[str, str]) -> None:
        self.line = line
        self.sender = cells["sender"]
        self.sender_name = cells.get("from", "")
        self.recipients = [url for url in map(tidy, cells["recipients"].replace(";", ",").split(",")) if url]
        self.names = [cells["to"]] if len(self.recipients) == 1 and "to" in cells else []
        self.date = cells["date"]
        drafted = cells.get("draft", "").lower() in ("yes", "true", "1")
        self.is_draft = drafted or cells.get("folder", "").upper() in ("DRAFT", "DRAFTS", "SPAM", "TRASH")


def messages(records: Iterable[tuple[int, list[str]]], draft: Draft) -> list[Message]:
    """The messages of the table, without their text."""
    stream = iter(records)
    for _, header in islice(stream, 20):
        if is_header(header):
            break
    else:
        draft.refuse("R14", "The header of LinkedIn's messages is not there.", "Download the archive again.")
    names = [plain(cell) for cell in header]
    places = {part: names.index(word) for part, word in COLUMNS.items() if word in names}
    missing = [COLUMNS[part] for part in NEEDED if part not in places]
    if missing:
        draft.refuse("R14", f"The column {missing[0]!r} is missing.", "Download the archive again.")
    found, lost = [], []
    for line, cells in stream:
        if len(cells) != len(names):
            lost.append(line)
            continue
        found.append(Message(line, {part: tidy(cells[k]) for part, k in places.items()}))
        if len(found) % 1024 == 0:
            draft.check_time()
    draft.n_records += len(found) + len(lost)
    if not found and not lost:
        draft.refuse("R02", "There is a header and no message below it.", "Look whether the archive was complete.")
    refuse_if_much_is_lost({"row of another length": lost}, draft)
    return found


def owner(found: list[Message], me: list[str], draft: Draft) -> list[str]:
    """The owner's profile: as the call says, else the only one that stands on every message between two people."""
    if any("/" in word for word in me):
        return me
    often = Counter(
        url for one in found for url in {codes.profile(u) for u in (one.sender, *one.recipients) if u.strip()}
    )
    complete = sum(bool(one.sender and one.recipients) for one in found)
    top = often.most_common(2)
    if top and len(often) > 2 and top[0][1] >= complete > 0 and (len(top) == 1 or top[1][1] < top[0][1]):
        draft.note("N07", "I took you for the one person who stands on every message.")
        return [*me, top[0][0]]
    draft.refuse(
        "R42",
        "I cannot tell which profile is yours: several people stand on equally many messages.",
        f"Tell me the address of your profile: {draft.call(me='https://www.linkedin.com/in/your-name')}.",
    )


def take(found: list[Message], ledger: Ledger, draft: Draft) -> None:
    """Put the messages into the sums."""
    order = ledger.options.date_order
    days = dates.parse([one.date for one in found], [one.line for one in found], "DATE", draft, order)
    skipped: Counter[str] = Counter()
    for one, day in zip(found, days, strict=True):
        reason = _record(one, day.toordinal() if day else None, ledger)
        if reason:
            skipped[reason] += 1
    for reason, n in skipped.items():
        draft.skip(reason, n)
    if skipped:
        told = ", ".join(f"{n:,} {reason}" for reason, n in skipped.most_common())
        draft.note("N06", f"I set {plural(sum(skipped.values()), 'message')} aside: {told}.")


def _record(one: Message, day: int | None, ledger: Ledger) -> str:
    if one.is_draft:
        return "draft, spam or trash"
    if not one.sender or not one.recipients:
        return "without a profile, such as advertisements and closed accounts"
    if day is None:
        return "no valid date"
    if ledger.is_too_late(day):
        return "after the reference date"
    people = ledger.people
    sender = people.find(("url", codes.profile(one.sender)), one.sender_name)
    names = one.names or [""] * len(one.recipients)
    recipients = [
        people.find(("url", codes.profile(url)), name) for url, name in zip(one.recipients, names, strict=True)
    ]
    recipients = [k for k in dict.fromkeys(recipients) if k != sender]
    if not recipients:
        return "to yourself, or to nobody"
    ledger.message(day, sender, recipients)
    return ""


def parse(records: Iterable[tuple[int, list[str]]], draft: Draft, options: ReadOptions, me: list[str]) -> Parsed:
    """Make a network of the messages; people are told apart by their profiles, never by their names."""
    found = messages(records, draft)
    draft.evidence = "a table of messages"
    ledger = Ledger(Addresses(owner(found, me, draft), draft, options), draft, options)
    take(found, ledger, draft)
    return ledger.network("LinkedIn messages")
