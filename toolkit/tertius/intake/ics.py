"""Calendars (iCalendar, .ics): who was invited to the same meetings. Titles, places and notes are never looked at."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, NamedTuple

from tertius.intake import dates
from tertius.intake.addresses import ME, Addresses, is_nobody
from tertius.intake.blocks import blocks
from tertius.intake.contact_records import Ledger
from tertius.intake.mail import shown
from tertius.intake.names import tidy
from tertius.intake.options import ReadOptions
from tertius.intake.parts import Parsed
from tertius.intake.report import Draft, plural
from tertius.intake.series import MOST_REPEATS, RULE_CHARACTERS, day_of, days_held
from tertius.intake.text import Text
from tertius.privacy import codes

CANNOT_KNOW = (
    "Who came: an invitation is not presence, and nobody's answer is complete.",
    "Contact outside of meetings. Recorded contact is not closeness.",
    "Which of your contacts know each other, but for those who were invited to the same meeting.",
)

MOST_PEOPLE = 20

NO_PERSON = ("GROUP", "RESOURCE", "ROOM")
"""What an invitation may say of an address that is not one person's."""

READ = (
    "UID",
    "SEQUENCE",
    "DTSTART",
    "RRULE",
    "RDATE",
    "EXDATE",
    "RECURRENCE-ID",
    "STATUS",
    "ATTENDEE",
    "ORGANIZER",
)
"""The properties that are read; all others never leave their lines."""


class Event(NamedTuple):
    """What is kept of an event while the file is read.

    Attributes
    ----------
    uid : str
        The same for all versions and exceptions of an event.
    version : int
    start : date or datetime
    replaces : date or datetime or None
        The time of the series at which this exception was held instead, or was not held.
    rule : str
    more, without : of date or datetime
        Times beside those of the rule.
    people : tuple of (str, str)
        Addresses and names.
    aside : str
        Why it is no contact; empty if it is.
    """

    uid: str
    version: int
    start: date
    replaces: date | None
    rule: str
    more: tuple[date, ...]
    without: frozenset[date]
    people: tuple[tuple[str, str], ...]
    aside: str

    def is_needed(self) -> bool:
        """Whether it counts itself, or says of others that they do not."""
        return not self.aside or self.replaces is not None or self.aside == "cancelled"


def parse(text: Text, draft: Draft, options: ReadOptions, me: list[str]) -> Parsed:
    """Make a network of the meetings."""
    draft.evidence = "a calendar (iCalendar)"
    own = {codes.address(word) for word in me if codes.is_address(word)}
    if me and not own:
        told = "In a calendar you are known by your e-mail address."
        draft.refuse("R42", told, f"Tell me: {draft.call(me='you@example.org')}.")
    calendar = _Calendar(own, draft)
    events = [event for event in calendar.events(text) if event.is_needed()]
    skipped = calendar.skipped
    if not draft.n_records:
        draft.refuse("R02", "There is no event in the calendar.", "Look whether it was exported whole.")
    lost = skipped["event that cannot be understood"]
    if lost * 5 > draft.n_records:
        told = f"I could not understand {lost:,} of {plural(draft.n_records, 'event')}, more than a fifth."
        draft.refuse("R36", told, "Export the calendar again.")
    if not own & set(calendar.named):
        _propose(calendar.named, me, draft)
    ledger = Ledger(Addresses(me, draft, options), draft, options)
    _meet(events, ledger, draft, skipped)
    for reason, n in skipped.items():
        draft.skip(reason, n)
    if skipped:
        told = ", ".join(f"{n:,} {reason}" for reason, n in skipped.most_common())
        draft.note("N06", f"I set {plural(sum(skipped.values()), 'event')} aside: {told}.")
    return ledger.network("Calendar")


class _Calendar:
    """Takes the events of a file one after another."""

    def __init__(self, own: set[str], draft: Draft) -> None:
        self.own, self.draft = own, draft
        self.skipped: Counter[str] = Counter()
        self.named: Counter[str] = Counter()
        self._method = ""
        self._floating: list[int] = []

    def events(self, text: Text) -> Iterator[Event]:
        """The events that can be understood; those that are set aside are counted, too."""
        for line, lines in blocks(text, "VEVENT", READ, self.draft, self._head):
            self.draft.n_records += 1
            self.draft.check_time()
            try:
                event = self._event(lines, line)
            except Exception:
                # icalendar answers a bad event with whatever it stumbles over; all of it means the same here.
                self.skipped["event that cannot be understood"] += 1
                continue
            if event.aside:
                self.skipped[event.aside] += 1
            yield event
        if self._floating:
            told = f"{plural(len(self._floating), 'event')} without a time zone; I took the day as it stands."
            self.draft.note("R35", told, row=self._floating[0], count=len(self._floating))

    def _head(self, line: str) -> None:
        """Look at a line before the events, for what the calendar is sent for: to invite, or to cancel."""
        word = line.strip().upper()
        if word == "BEGIN:VCALENDAR":
            self._method = ""
        elif word.startswith("METHOD:"):
            self._method = word.partition(":")[2]

    def _event(self, lines: list[str], line: int) -> Event:
        from icalendar import Event as Component

        if not lines:
            raise ValueError("an event without an end")
        # Rules are followed by us; icalendar takes seconds to parse a long one.
        rules = [one for one in lines if one[:5].upper() == "RRULE"]
        others = [one for one in lines if one[:5].upper() != "RRULE"]
        component = Component.from_ical("\r\n".join(["BEGIN:VEVENT", *others, "END:VEVENT", ""]))
        people, is_declined = self._people(component)
        replaces = component["RECURRENCE-ID"].dt if "RECURRENCE-ID" in component else None
        version = str(component.get("SEQUENCE", ""))
        start = component["DTSTART"].dt if "DTSTART" in component else None
        if self._method == "CANCEL" or str(component.get("STATUS", "")).upper() == "CANCELLED":
            aside = "cancelled"
        elif start is None or day_of(_checked(start)).year < dates.FIRST_YEAR:
            aside = "no valid date"
        elif is_declined:
            aside = "declined by you"
        elif len(people) > MOST_PEOPLE:
            aside = f"more than {MOST_PEOPLE} people"
        else:
            aside = "" if people else "nobody else"
        if not aside and isinstance(start, datetime) and start.tzinfo is None:
            self._floating.append(line)
        return Event(
            uid=str(component.get("UID", ""))[:500],
            version=int(version[:9]) if version.isdecimal() else 0,
            start=start if start is not None else date.max,
            replaces=_checked(replaces) if replaces is not None else None,
            rule="" if replaces is not None or not rules else rules[0].partition(":")[2].strip()[: RULE_CHARACTERS + 1],
            more=tuple(_times(component, "RDATE")[:MOST_REPEATS]),
            without=frozenset(_times(component, "EXDATE")),
            people=tuple(people.items()),
            aside=aside,
        )

    def _people(self, component: Any) -> tuple[dict[str, str], bool]:
        """The others who did not decline, with their names; and whether the owner did."""
        names: dict[str, str] = {}
        answers: dict[str, str] = {}
        for one in [*_all(component, "ATTENDEE"), *_all(component, "ORGANIZER")]:
            said = {key.upper(): str(value) for key, value in one.params.items()}
            address = re.sub(r"^mailto:", "", str(one).strip(), flags=re.IGNORECASE)
            if not codes.is_address(address):
                # Apple's calendars name people by numbers of their own, with the address beside.
                address = said.get("EMAIL", "")
            if not codes.is_address(address) or said.get("CUTYPE", "").upper() in NO_PERSON:
                continue
            address = codes.address(address)
            if is_nobody(address):
                continue
            names.setdefault(address, tidy(said.get("CN", "")))
            # Who invites stands there a second time, without an answer.
            answers.setdefault(address, said.get("PARTSTAT", "").upper())
        self.named.update(list(names))
        mine = {answers[address] for address in self.own & set(names)}
        people = {a: name for a, name in names.items() if a not in self.own and answers[a] != "DECLINED"}
        return people, "DECLINED" in mine and not mine & {"ACCEPTED", "TENTATIVE"}


def _all(component: Any, name: str) -> list:
    """The values of a property; a single one is no list in icalendar."""
    found = component.get(name, [])
    return found if isinstance(found, list) else [found]


def _times(component: Any, name: str) -> list[date]:
    """The times in a property that holds several; a period stands for its beginning."""
    found = [one.dt for part in _all(component, name) for one in part.dts]
    return [_checked(one[0] if isinstance(one, tuple) else one) for one in found]


def _checked(moment: object) -> date:
    """A day, or a time on a day that every place on Earth has."""
    if not isinstance(moment, date):  # a time of day, or a duration
        raise ValueError("no day")
    if not date.min.year < moment.year < date.max.year:
        raise ValueError("a day at the end of time")
    return moment


def _propose(named: Counter[str], me: list[str], draft: Draft) -> None:
    """Refuse, naming those who stand in most events."""
    if not named:
        draft.refuse("R02", "No event names a person.", "Look whether it is a calendar of meetings.")
    known = "No event names you. In most" if me else "I need to know who you are. In most events"
    draft.refuse(
        "R42",
        f"{known} stands {shown(named, 'event')}.",
        f"Tell me your own address, or all of them: {draft.call(me='you@example.org')}.",
    )


def _meet(events: list[Event], ledger: Ledger, draft: Draft, skipped: Counter[str]) -> None:
    """Put the meetings into the sums: single ones, and those of series up to the newest day of the file."""
    latest = dates.latest()
    times = (moment for event in events if not event.aside for moment in (event.start, event.replaces, *event.more))
    end = max((day for moment in times if moment is not None and (day := day_of(moment)) <= latest), default=latest)
    replaced: dict[str, set[date]] = {}
    newest: dict[tuple[str, date | None], int] = {}
    cancelled: dict[str, int] = {}
    for event in events:
        key = event.uid, event.replaces
        newest[key] = max(newest.get(key, 0), event.version)
        if event.replaces is not None:
            replaced.setdefault(event.uid, set()).add(event.replaces)
        elif event.aside:
            cancelled[event.uid] = max(cancelled.get(event.uid, 0), event.version)
    seen: set[tuple] = set()
    n_series = n_repeats = n_odd = 0
    for event in events:
        draft.check_time()
        if event.aside:
            continue
        if event.uid and event.version <= cancelled.get(event.uid, -1):
            skipped["cancelled"] += 1
            continue
        key = event.uid, event.start, event.replaces
        if event.uid and (key in seen or event.version < newest[event.uid, event.replaces]):
            skipped["copy of an event"] += 1
            continue
        seen.add(key)
        gone = event.without | replaced.get(event.uid, set()) if event.uid and event.replaces is None else event.without
        days, is_followed = days_held(event.start, event.rule, event.more, gone, end)
        if event.rule or event.more:
            n_series += 1
            n_odd += not is_followed
            n_repeats += len(days)
        days = [day for day in days if not ledger.is_too_late(day.toordinal())]
        others = [ledger.people.find(("email", address), name) for address, name in event.people] if days else []
        others = list(dict.fromkeys(one for one in others if one != ME))
        if not days or not others:
            skipped["not yet held, or outside of the time looked at" if not days else "nobody else"] += 1
            continue
        for day in days:
            ledger.meeting(day.toordinal(), others)
    if n_series:
        odd = f" Of {n_odd:,} I could not follow the rule, and counted the first." if n_odd else ""
        told = f"{plural(n_series, 'series', 'series')} gave {plural(n_repeats, 'meeting')} until {end}.{odd}"
        draft.note("N08", told, count=n_series)
