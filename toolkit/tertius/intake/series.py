"""The days on which the meetings of a series were held, from what calendars write of it.

A series goes by the clock of its own place: on Mondays in Sydney is on Mondays there, though half of them are Sundays
in UTC. So its days are followed there, and only then become days in UTC, as those of all other records are.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import islice

MOST_REPEATS = 1_000

RULES = {
    "DAILY": {"BYDAY"},
    "WEEKLY": {"BYDAY"},
    "MONTHLY": {"BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS"},
    "YEARLY": {"BYDAY", "BYMONTHDAY", "BYMONTH"},
}
"""Rules that calendars write. Others, which may never come to a day, count for their first day alone."""

RULE_CHARACTERS = 500
"""A longer rule counts for its first day alone too."""

_UNTIL = re.compile(r"([0-9]{8})(?:T([0-9]{6})(Z?))?")


def day_of(moment: date) -> date:
    """The day of a moment, in UTC; a day, and a time without a zone, are taken as they stand.

    Examples
    --------
    >>> from zoneinfo import ZoneInfo
    >>> day_of(datetime(2024, 3, 12, 23, 30, tzinfo=ZoneInfo("America/New_York")))
    datetime.date(2024, 3, 13)
    """
    if not isinstance(moment, datetime):
        return moment
    return moment.astimezone(UTC).date() if moment.tzinfo else moment.date()


def days_held(
    start: date, rule: str, more: Sequence[date], without: Collection[date], end: date
) -> tuple[list[date], bool]:
    """The days of a meeting until ``end``, and whether its rule is one that can be followed.

    Parameters
    ----------
    start : date or datetime
        The first time.
    rule : str
        Such as ``"FREQ=WEEKLY;COUNT=5"``; may be empty. At most 1,000 times of it count.
    more : sequence of date or datetime
        Times that are added to those of the rule.
    without : collection of date or datetime
        Times at which it was not held, or that became an event of their own. A series has one meeting a day, so of its
        rule the whole day goes, whatever the time says.
    end : date

    Examples
    --------
    >>> days_held(date(2024, 3, 1), "FREQ=WEEKLY;COUNT=3", [date(2024, 3, 5)], {date(2024, 3, 8)}, date(2024, 12, 31))
    ([datetime.date(2024, 3, 1), datetime.date(2024, 3, 15), datetime.date(2024, 3, 5)], True)
    """
    days = _repeats(start, rule, end) if rule else None
    gone = {_day_there(moment, start) for moment in without}
    held = [_at(day, start) for day in ([_day_there(start, start)] if days is None else days) if day not in gone]
    held = dict.fromkeys([*held, *(moment for moment in more if moment not in without)])
    return [day for day in map(day_of, held) if day <= end], not rule or days is not None


def _day_there(moment: date, start: date) -> date:
    """The day of a moment by the clock of the place where a series began."""
    if not isinstance(moment, datetime):
        return moment
    zone = start.tzinfo if isinstance(start, datetime) else None
    return moment.astimezone(zone).date() if zone and moment.tzinfo else moment.date()


def _at(day: date, start: date) -> date:
    """The moment on a day at the time at which a series began."""
    return datetime.combine(day, start.timetz()) if isinstance(start, datetime) else day


def _repeats(start: date, rule: str, end: date) -> list[date] | None:
    """The days by the clock of its place until a day; ``None`` if its rule is not one that calendars write."""
    from dateutil.rrule import rrulestr

    parts = dict(part.upper().partition("=")[::2] for part in rule.split(";") if part)
    freely = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST"}
    allowed = RULES.get(parts.get("FREQ", ""))
    if allowed is None or set(parts) - freely - allowed or len(rule) > RULE_CHARACTERS:
        return None
    first = _day_there(start, start)
    # Where the clock is ahead of UTC, the day there is the next.
    last = end + timedelta(days=1)
    try:
        if until := parts.pop("UNTIL", ""):
            last = min(last, _last(until, start))
        shift = _to_the_end(first, max(first, last))
        moments = rrulestr(
            ";".join(f"{key}={value}" for key, value in parts.items()),
            dtstart=datetime.combine(first + shift, datetime.min.time()),
        )
        days = []
        for moment in islice(moments, MOST_REPEATS):
            day = moment.date() - shift
            if day > last + timedelta(days=1):
                break
            days.append(day)
    except (ValueError, TypeError, OverflowError, KeyError, IndexError):
        return None
    return [day for day in days if day <= last]


def _last(until: str, start: date) -> date:
    """The last day, by the clock of its place, on which a series can begin at its time and be no later than a moment.

    A day is meant as a whole; so is a moment in UTC of a series whose zone nobody knows.
    """
    match = _UNTIL.fullmatch(until)
    if not match:
        raise ValueError("no moment")
    day, time, is_utc = match.groups()
    if not time or not isinstance(start, datetime) or (is_utc and not start.tzinfo):
        return datetime.strptime(day, "%Y%m%d").date()
    moment = datetime.strptime(day + time, "%Y%m%d%H%M%S")
    if is_utc:
        moment = moment.replace(tzinfo=UTC).astimezone(start.tzinfo)
    return moment.date() - timedelta(days=moment.time() < start.time())


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
