"""Mail: from the headers of messages to records of contact. What was written is never looked at.

Of each message these headers are read, and none is kept: From, To, Cc, Date, Message-ID, and those that tell lists,
blasts, automatic messages and drafts. Bcc is not read: whoever was not to be seen is not seen here.
"""

from __future__ import annotations

import inspect
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from email.errors import MessageError
from email.header import decode_header, make_header
from email.utils import getaddresses, parsedate_tz
from functools import lru_cache
from itertools import islice
from pathlib import Path

from tertius.intake import dates
from tertius.intake.addresses import ME, Addresses, is_nobody
from tertius.intake.contact_records import Ledger
from tertius.intake.folder_names import is_label_aside, labels
from tertius.intake.options import ReadOptions
from tertius.intake.parts import Parsed
from tertius.intake.report import Draft, plural
from tertius.privacy import codes

HEADER_BYTES = 256 * 1024
"""Bytes of headers that a message may have."""

MOST_RECIPIENTS = 25

SAMPLE = 5_000
"""Messages that are looked at to propose whose mailbox it is."""

CANNOT_KNOW = (
    "Contact outside of this mailbox: meetings, calls, chats, other accounts, and what was deleted.",
    "Whom you know well without writing to. Recorded contact is not closeness.",
    "Which of your contacts know each other, but for those who were named in the same message.",
)

WANTED = frozenset(
    b"from to cc date message-id list-id list-unsubscribe precedence auto-submitted x-gmail-labels "
    b"x-mozilla-draft-info".split()
)

_LENIENT = {"strict": False} if "strict" in inspect.signature(getaddresses).parameters else {}
"""Newer Pythons drop all addresses of a header with one that is malformed; here the others count, in every Python."""

Headers = dict[bytes, list[bytes]]


def headers_of(lines: Iterable[bytes]) -> Headers:
    """The headers that are read, unfolded; all others are dropped on the way.

    Examples
    --------
    >>> lines = [b"From: Ann\\n", b"Subject: private\\n", b"To: bo@example.org,\\n", b" cy@example.org\\n"]
    >>> headers_of(lines)
    {b'from': [b'Ann'], b'to': [b'bo@example.org, cy@example.org']}
    """
    found: dict[bytes, list[list[bytes]]] = {}
    current: list[bytes] | None = None
    for line in lines:
        if line[:1] in (b" ", b"\t"):
            if current is not None:
                current.append(line.strip())
            continue
        name, colon, value = line.partition(b":")
        name = name.strip().lower()
        current = None
        if colon and name in WANTED:
            current = [value.strip()]
            found.setdefault(name, []).append(current)
    return {name: [b" ".join(parts) for parts in values] for name, values in found.items()}


def headers_in(file: Path) -> Headers | None:
    """The headers of a file that holds one message; ``None`` if there are none, or too many.

    Apple's mail program writes a number before them: how long the message is.
    """
    try:
        with file.open("rb") as stream:
            lines, size = [], 0
            while size <= HEADER_BYTES and (line := stream.readline(HEADER_BYTES)).strip(b"\r\n"):
                lines.append(line)
                size += len(line)
    except OSError:
        return None
    return headers_of(lines) if 0 < size <= HEADER_BYTES else None


class Mailbox:
    """Takes the headers of one message after another, and makes a network of them in the end.

    Parameters
    ----------
    me : list of str
        The owner's addresses.
    """

    def __init__(self, me: list[str], draft: Draft, options: ReadOptions) -> None:
        self.draft, self.options = draft, options
        self.people = Addresses(me, draft, options)
        self.ledger = Ledger(self.people, draft, options)
        self._seen: set[int] = set()
        self._skipped: Counter[str] = Counter()
        self._named: Counter[str] = Counter()

    def take(self, headers: Headers | None) -> None:
        """Count a message; ``None`` stands for one whose headers cannot be read."""
        self.draft.n_records += 1
        if self.draft.n_records % 512 == 0:
            self.draft.check_time()
        reason = "headers that cannot be read" if headers is None else self._record(headers)
        if reason:
            self._skipped[reason] += 1

    def _record(self, headers: Headers) -> str:
        """Put a message into the sums; or return why it is left out."""
        number = b"".join(headers.get(b"message-id", ()))
        if number:
            # A number of 64 bits for each: two of a million messages share one once in 30 million mailboxes.
            short = hash(number)
            if short in self._seen:
                return "copy of a message"
            self._seen.add(short)
        if b"x-mozilla-draft-info" in headers or _is_aside(_letters(headers.get(b"x-gmail-labels"))):
            return "draft, spam or trash"
        if b"list-id" in headers or b"list-unsubscribe" in headers:
            return "list or newsletter"
        if _letters(headers.get(b"precedence")).strip().lower() in ("bulk", "list", "junk"):
            return "list or newsletter"
        if _letters(headers.get(b"auto-submitted")).strip().lower().partition(";")[0] not in ("", "no"):
            return "automatic message"
        senders = _addresses(_letters(headers.get(b"from")))
        if not senders:
            return "no sender"
        if is_nobody(senders[0][1]):
            return "automatic message"
        day = _day(_letters(headers.get(b"date")))
        if day is None:
            return "no valid date"
        if self.ledger.is_too_late(day):
            return "after the reference date"
        recipients = {a: n for n, a in _addresses(_letters(headers.get(b"to")))}
        recipients = {a: n for n, a in _addresses(_letters(headers.get(b"cc")))} | recipients
        recipients = {a: n for a, n in recipients.items() if not is_nobody(a)}
        if len(recipients) > MOST_RECIPIENTS:
            return f"more than {MOST_RECIPIENTS} recipients"
        name, address = senders[0]
        mine = self.people.mine
        self._named.update([address, *recipients])
        sender_is_me = ("email", address) in mine
        others = [a for a in recipients if ("email", a) not in mine and a != address]
        if sender_is_me and not others:
            return "to yourself, or to nobody"
        sender = ME if sender_is_me else self.people.find(("email", address), name)
        found = [self.people.find(("email", a), n) for a, n in recipients.items() if a != address]
        self.ledger.message(day, sender, list(dict.fromkeys(found)) or [ME])
        return ""

    def network(self, title: str) -> Parsed:
        """Make the network of all messages; refuse if too many could not be read."""
        for reason, n in self._skipped.items():
            self.draft.skip(reason, n)
        lost = sum(self._skipped[reason] for reason in ("headers that cannot be read", "no sender", "no valid date"))
        if lost * 5 > self.draft.n_records:
            reasons = ", ".join(f"{n:,} {reason}" for reason, n in self._skipped.most_common())
            self.draft.refuse(
                "R36",
                f"I could not use {lost:,} of {plural(self.draft.n_records, 'message')}, more than a fifth: {reasons}.",
                "Export the mailbox again.",
            )
        if self._skipped["no valid date"]:
            n = self._skipped["no valid date"]
            told = f"{plural(n, 'message')} without a date that can be; I left them out."
            self.draft.warn("R35", told, count=n)
        if self._named and not any(("email", one) in self.people.mine for one in self._named):
            self.draft.refuse(
                "R42",
                f"No message is from or to you. On most of them stands {shown(self._named)}.",
                f"Tell me your own address, or all of them: {self.draft.call(me='you@example.org')}.",
            )
        aside = {reason: n for reason, n in self._skipped.items() if n}
        if aside:
            told = ", ".join(f"{n:,} {reason}" for reason, n in sorted(aside.items(), key=lambda item: -item[1]))
            self.draft.note("N06", f"I set messages aside that tell of no contact between two people: {told}.")
        return self.ledger.network(title)


def _letters(values: list[bytes] | None) -> str:
    if not values:
        return ""
    data = b", ".join(values)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


@lru_cache(maxsize=2048)
def _addresses(header: str) -> tuple[tuple[str, str], ...]:
    """Names and addresses of a header. It is split before names are decoded: a coded comma is none."""
    if not header or len(header) > HEADER_BYTES:
        return ()
    found = []
    try:
        split = getaddresses([header], **_LENIENT)
    except RecursionError:
        return ()
    for name, address in split:
        if codes.is_address(address):
            found.append((_name(name), codes.address(address)))
    return tuple(found)


@lru_cache(maxsize=1024)
def _is_aside(header: str) -> bool:
    """Whether one of Gmail's labels is that of drafts, spam or trash."""
    return any(map(is_label_aside, labels(_name(header[:HEADER_BYTES]))))


def _name(name: str) -> str:
    """What a header says in letters, of which some may be coded (RFC 2047)."""
    if "=?" not in name:
        return name
    try:
        return str(make_header(decode_header(name)))
    except (MessageError, LookupError, ValueError, TypeError, RecursionError):
        return ""


@lru_cache(maxsize=1024)
def _day(header: str) -> int | None:
    """The day, in UTC, as a number; ``None`` if there is none that can be."""
    try:
        parts = parsedate_tz(header[:200])
        if parts is None:
            return None
        # A day that is in no calendar, such as 31 February, is refused here; the standard library takes it for 3 March.
        day = (datetime(*parts[:5]) - timedelta(seconds=parts[9] or 0)).date()
    except (ValueError, OverflowError, TypeError, IndexError):
        return None
    return day.toordinal() if dates.is_valid(day) else None


def network_of(
    messages: Callable[[], Iterator[Headers | None]], draft: Draft, options: ReadOptions, me: list[str], hint: str
) -> Parsed:
    """Make a network of messages, which are gone through anew for each call; without ``me`` ask who the owner is."""
    if not me:
        propose(islice(messages(), SAMPLE), draft)
    mailbox = Mailbox(me, draft, options)
    for headers in messages():
        mailbox.take(headers)
    if not draft.n_records:
        draft.refuse("R02", "I find no message in it.", hint)
    return mailbox.network("Mailbox")


def propose(headers: Iterable[Headers | None], draft: Draft) -> None:
    """Refuse, naming the addresses that stand on most messages: the owner's is most likely among them."""
    often: Counter[str] = Counter()
    n = 0
    for one in headers:
        n += 1
        if one is not None:
            named = {a for part in (b"from", b"to", b"cc") for _, a in _addresses(_letters(one.get(part)))}
            often.update(named)
    draft.n_records += n
    if not often:
        draft.refuse("R02", "I find no message with an address.", "Look whether it is a mailbox, and exported whole.")
    draft.refuse(
        "R42",
        f"I need to know who you are. On most messages stands {shown(often)}.",
        f"Tell me your own address, or all of them: {draft.call(me='you@example.org')}.",
    )


def shown(often: Counter[str], what: str = "message") -> str:
    """The commonest addresses, half masked; of equally common ones the first by the alphabet."""
    first = sorted(often.items(), key=lambda item: (-item[1], item[0]))[:3]
    return ", ".join(f"{half_masked(one)!r} ({plural(n, what)})" for one, n in first)


def half_masked(address: str) -> str:
    """An address by the first letters of its name and of its host, so that its owner knows it and hardly anybody else.

    Many a host is called like the person, or like the firm.

    Examples
    --------
    >>> half_masked("ann.lee@example.org")
    'an…@ex….org'
    """
    local, _, host = address.rpartition("@")
    site, _, top = host.rpartition(".")
    return f"{_beginning(local)}@{_beginning(site)}.{top}" if site else f"{_beginning(local)}@{_beginning(host)}"


def _beginning(word: str) -> str:
    return f"{word[: min(2, len(word) // 2)]}…"
