"""Calendars (iCalendar, .ics): who was invited to the same meetings. Titles, places and notes are never looked at."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any, NamedTuple

from tertius.intake import dates
from tertius.intake.addresses import ME, Addresses
from tertius.intake.blocks import blocks
from tertius.intake.contact_records import Ledger
from tertius.intake.mail import shown
from tertius.intake.names import tidy
from tertius.intake.options import ReadOptions
from tertius.intake.parts import Parsed
from tertius.intake.report import Draft, plural
from tertius.intake.text import Text
from tertius.privacy import codes

CANNOT_KNOW = (
    "Who came: an invitation is not presence, and nobody's answer is complete.",
    "Contact outside of meetings. Recorded contact is not closeness.",
    "Which of your contacts know each other, but for those who were invited to the same meeting.",
)

MOST_PEOPLE = 20
MOST_REPEATS = 1_000

READ = ("UID", "DTSTART", "RRULE", "EXDATE", "RECURRENCE-ID", "STATUS", "ATTENDEE", "ORGANIZER")
"""The properties that are read; all others never leave their lines."""

RULES = {
    "DAILY": {"BYDAY"},
    "WEEKLY": {"BYDAY"},
    "MONTHLY": {"BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS"},
    "YEARLY": {"BYDAY", "BYMONTHDAY", "BYMONTH"},
}
"""Rules that calendars write. Others, which may never come to a day, count for their first day alone."""


RULE_CHARACTERS = 500
"""A longer rule counts for its first day alone too."""


class Event(NamedTuple):
    """What is kept of an event while the file is read."""

    uid: str
    start: date
    replaces: date | None
    rule: str
    without: frozenset[date]
    people: tuple[tuple[str, str], ...]


def parse(text: Text, draft: Draft, options: ReadOptions, me: list[str]) -> Parsed:
    """Make a network of the meetings."""
    draft.evidence = "a calendar (iCalendar)"
    skipped: Counter[str] = Counter()
    own = {codes.address(word) for word in me if codes.is_address(word)}
    if me and not own:
        told = "In a calendar you are known by your e-mail address."
        draft.refuse("R42", told, f"Tell me: {draft.call(me='you@example.org')}.")
    events = list(_events(text, own, draft, skipped))
    if not draft.n_records:
        draft.refuse("R02", "There is no event in the calendar.", "Look whether it was exported whole.")
    if not me:
        _propose(events, draft)
    ledger = Ledger(Addresses(me, draft, options), draft, options)
    _meet(events, ledger, draft, skipped)
    for reason, n in skipped.items():
        draft.skip(reason, n)
    lost = skipped["event that cannot be understood"]
    if lost * 5 > draft.n_records:
        told = f"I could not understand {lost:,} of {plural(draft.n_records, 'event')}, more than a fifth."
        draft.refuse("R36", told, "Export the calendar again.")
    if skipped:
        told = ", ".join(f"{n:,} {reason}" for reason, n in skipped.most_common())
        draft.note("N06", f"I set {plural(sum(skipped.values()), 'event')} aside: {told}.")
    return ledger.network("Calendar")


def _events(text: Text, own: set[str], draft: Draft, skipped: Counter[str]) -> Iterator[Event]:
    """The events that can be understood, with at least one other person."""
    floating = []
    for line, lines in blocks(text, "VEVENT", READ, draft):
        draft.n_records += 1
        draft.check_time()
        try:
            found = _event(lines, own, floating, line)
        except Exception:
            # icalendar answers a bad event with whatever it stumbles over; all of it means the same here.
            found = "event that cannot be understood"
        if isinstance(found, str):
            skipped[found] += 1
        else:
            yield found
    if floating:
        told = f"{plural(len(floating), 'event')} without a time zone; I took the day as it stands."
        draft.note("R35", told, row=floating[0], count=len(floating))


def _event(lines: list[str], own: set[str], floating: list[int], line: int) -> Event | str:
    from icalendar import Event as Component

    if not lines:
        return "event that cannot be understood"
    # Rules are followed by us; icalendar takes seconds to parse a long one.
    rules = [one for one in lines if one[:5].upper() == "RRULE"]
    others = [one for one in lines if one[:5].upper() != "RRULE"]
    component = Component.from_ical("\r\n".join(["BEGIN:VEVENT", *others, "END:VEVENT", ""]))
    if str(component.get("STATUS", "")).upper() == "CANCELLED":
        return "cancelled"
    if "DTSTART" not in component:
        return "no valid date"
    moment = component["DTSTART"].dt
    if isinstance(moment, datetime) and moment.tzinfo is None:
        floating.append(line)
    start = _day(moment)
    if not date(dates.FIRST_YEAR, 1, 1) <= start:
        return "no valid date"
    people: dict[str, str] = {}
    for one in [*_all(component, "ATTENDEE"), *_all(component, "ORGANIZER")]:
        said = {key.upper(): str(value) for key, value in one.params.items()}
        address = re.sub(r"^mailto:", "", str(one).strip(), flags=re.IGNORECASE)
        if not codes.is_address(address) or said.get("CUTYPE", "").upper() in ("ROOM", "RESOURCE"):
            continue
        address = codes.address(address)
        if said.get("PARTSTAT", "").upper() == "DECLINED":
            if address in own:
                return "declined by you"
            continue
        people.setdefault(address, tidy(said.get("CN", "")))
    if not set(people) - own:
        return "nobody else"
    if len(set(people) - own) > MOST_PEOPLE:
        return f"more than {MOST_PEOPLE} people"
    replaces = component["RECURRENCE-ID"].dt if "RECURRENCE-ID" in component else None
    without = {_day(one.dt) for part in _all(component, "EXDATE") for one in part.dts}
    return Event(
        uid=str(component.get("UID", ""))[:500],
        start=start,
        replaces=_day(replaces) if replaces is not None else None,
        rule="" if replaces is not None or not rules else rules[0].partition(":")[2].strip()[: RULE_CHARACTERS + 1],
        without=frozenset(without),
        people=tuple(people.items()),
    )


def _all(component: Any, name: str) -> list:
    """The values of a property; a single one is no list in icalendar."""
    found = component.get(name, [])
    return found if isinstance(found, list) else [found]


def _day(moment: object) -> date:
    if not isinstance(moment, date):  # a time of day, or a duration
        raise ValueError("no day")
    if not isinstance(moment, datetime):
        return moment
    return moment.astimezone(UTC).date() if moment.tzinfo else moment.date()


def _propose(events: list[Event], draft: Draft) -> None:
    often = Counter(address for event in events for address, _ in event.people)
    if not often:
        draft.refuse("R02", "No event names a person.", "Look whether it is a calendar of meetings.")
    draft.refuse(
        "R42",
        f"I need to know who you are. In most events stands {shown(often, 'event')}.",
        f"Tell me your own address, or all of them: {draft.call(me='you@example.org')}.",
    )


def _meet(events: list[Event], ledger: Ledger, draft: Draft, skipped: Counter[str]) -> None:
    """Put the meetings into the sums: single ones, and those of series up to the newest day of the file."""
    latest = dates.latest()
    known = [day for event in events for day in (event.start, event.replaces) if day is not None and day <= latest]
    end = max(known, default=latest)
    replaced: dict[str, set[date]] = {}
    for event in events:
        if event.replaces is not None:
            replaced.setdefault(event.uid, set()).add(event.replaces)
    seen: set[tuple] = set()
    n_series = n_repeats = n_odd = 0
    for event in events:
        draft.check_time()
        key = event.uid, event.start, event.replaces
        if event.uid and key in seen:
            skipped["copy of an event"] += 1
            continue
        seen.add(key)
        days = [event.start]
        if event.rule:
            n_series += 1
            found = _repeats(event, end)
            n_odd += found is None
            days = days if found is None else found
            n_repeats += len(days)
        gone = event.without | replaced.get(event.uid, set()) if event.replaces is None else set()
        days = [day for day in days if day not in gone and day <= end and not ledger.is_too_late(day.toordinal())]
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


def _repeats(event: Event, end: date) -> list[date] | None:
    """The days of a series up to a day, at most 1,000; ``None`` if its rule is not one that calendars write."""
    from dateutil.rrule import rrulestr

    parts = dict(part.upper().partition("=")[::2] for part in event.rule.split(";") if part)
    freely = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST"}
    allowed = RULES.get(parts.get("FREQ", ""))
    if allowed is None or set(parts) - freely - allowed or len(event.rule) > RULE_CHARACTERS:
        return None
    until = re.match(r"([0-9]{8})", parts.pop("UNTIL", ""))
    last = min(end, datetime.strptime(until[1], "%Y%m%d").date()) if until else end
    shift = _to_the_end(event.start, max(event.start, last))
    start = datetime.combine(event.start + shift, datetime.min.time())
    try:
        rule = rrulestr(";".join(f"{key}={value}" for key, value in parts.items()), dtstart=start)
        days = []
        for moment in islice(rule, MOST_REPEATS):
            day = moment.date() - shift
            if day > last + timedelta(days=1):
                break
            days.append(day)
    except (ValueError, TypeError, OverflowError, KeyError, IndexError):
        return None
    return [day for day in days if day <= last]


def _to_the_end(start: date, last: date) -> timedelta:
    """By how much days can be put off so that weekdays and leap years stay the same, and the year 9999 comes soon.

    A rule that never comes to a day is followed until then, which is 28 years at most, in place of eight thousand.
    Between 1901 and 2099 no leap year is left out, nor is one after 9900.
    """
    for year in range(9998 - (last.year - start.year), 9900, -1):
        first, moved = date(start.year, 1, 1), date(year, 1, 1)
        if (year - start.year) % 4 == 0 and first.weekday() == moved.weekday():
            return moved - first
    return timedelta(0)
