"""Which meetings count, and how often those of a series."""

from datetime import date, datetime, time
from itertools import islice

import pytest
from dateutil.rrule import rrulestr
from tests.intake.corpus.meetings import ANN, BO, LAST, ME, ONE, calendar, event
from tests.intake.test_contact_records import code

from tertius.intake import ics


def meetings(reading, *events, **settings):
    return reading(calendar(*events), "calendar.ics", me=ME, **settings)


def shared(network):
    return network.strength_table()["n_shared"].to_dict()


@pytest.mark.parametrize(
    ("rule", "n"),
    [
        ("FREQ=WEEKLY", 7),  # 1 March to 12 April 2024, every Friday
        ("FREQ=WEEKLY;COUNT=3", 3),
        ("FREQ=WEEKLY;UNTIL=20240315T100000Z", 3),
        ("FREQ=WEEKLY;UNTIL=20240314", 2),
        ("FREQ=WEEKLY;INTERVAL=2", 4),
        ("FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", 31),
        ("FREQ=MONTHLY;BYDAY=1FR", 2),
        ("FREQ=YEARLY", 1),
        ("FREQ=HOURLY", 1),  # no calendar writes it: the first day alone
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", 1),
        ("FREQ=WEEKLY;INTERVAL=x", 1),
    ],
)
def test_a_series_counts_as_often_as_it_was_held_until_the_newest_day(reading, rule, n):
    series = event(BO, start="20240301T100000Z", more=[f"RRULE:{rule}"], uid="w")
    network = meetings(reading, series, LAST)
    assert shared(network) == {code(BO): n, code(ANN): 1}
    assert (network.report.n_records, network.report.n_kept) == (2, 2)


def test_at_most_a_thousand_meetings_of_a_series_count(reading):
    series = event(BO, start="20100301T100000Z", more=["RRULE:FREQ=DAILY"], uid="w")
    assert shared(meetings(reading, series, LAST))[code(BO)] == 1_000


def test_days_left_out_and_moved_count_once(reading):
    series = event(
        ANN, start="20240301T100000Z", uid="w", more=["RRULE:FREQ=WEEKLY;COUNT=5", "EXDATE:20240308T100000Z"]
    )
    moved = event(ANN, BO, start="20240316T100000Z", uid="w", more=["RECURRENCE-ID:20240315T100000Z"])
    assert shared(meetings(reading, series, moved)) == {code(ANN): 2, code(BO): 1}  # 1 and 16 March


@pytest.mark.parametrize(
    ("reason", "other"),
    [
        ("declined by you", event(BO, f"ATTENDEE;PARTSTAT=DECLINED:mailto:{ME}", me=False)),
        ("cancelled", event(BO, more=["STATUS:CANCELLED"])),
        ("nobody else", event("ATTENDEE;CUTYPE=ROOM:mailto:room@example.org")),
        ("nobody else", event(f"ATTENDEE;PARTSTAT=DECLINED:mailto:{BO}")),
        ("more than 20 people", event(*[f"p{k}@example.org" for k in range(21)])),
        ("no valid date", event(BO, start="19700101T000000Z")),
        ("not yet held, or outside of the time looked at", event(BO, start="29990101T100000Z")),
        ("event that cannot be understood", event(BO, start="soon")),
    ],
)
def test_an_event_that_tells_of_no_contact_is_set_aside_and_counted(reading, reason, other):
    more = [event(ANN, start=f"2024010{k}T100000Z") for k in range(1, 6)]
    network = meetings(reading, LAST, other, *more)
    assert network.report.skipped == {reason: 1}
    assert shared(network) == {code(ANN): 6}


def test_the_same_event_twice_counts_once(reading):
    network = meetings(reading, event(ANN, uid="a"), event(ANN, uid="a"), LAST)
    assert network.report.skipped == {"copy of an event": 1}
    assert shared(network) == {code(ANN): 2}


def test_who_invites_is_there_too_and_zones_are_known(reading):
    invited = event(start="x", more=[f"ORGANIZER;CN=Ann:mailto:{ANN}"])
    network = meetings(reading, invited.replace("DTSTART:x", "DTSTART;TZID=America/New_York:20240312T233000"))
    assert shared(network) == {code(ANN): 1}
    assert network.ties["last_contact"].tolist() == ["2024-03-13"]


def test_alarms_within_an_event_are_no_part_of_it(reading):
    alarm = ["BEGIN:VALARM", f"ATTENDEE:mailto:{BO}", "DTSTART:20250101T000000Z", "END:VALARM"]
    assert shared(meetings(reading, event(ANN, more=alarm), ONE)) == {code(ANN): 2, code(BO): 1}


@pytest.mark.parametrize("start", [date(1992, 2, 29), date(2000, 1, 1), date(2019, 12, 31), date(2024, 2, 29)])
@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY", "FREQ=DAILY;BYDAY=MO,FR", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU", "FREQ=YEARLY",
        "FREQ=MONTHLY;BYMONTHDAY=31", "FREQ=MONTHLY;BYDAY=-1FR", "FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=2;INTERVAL=5",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "FREQ=YEARLY;BYDAY=20MO;COUNT=7", "FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR",
    ],
)  # fmt: skip
def test_days_of_a_series_are_those_that_come_from_its_first_day_on(start, rule):
    end = date(2026, 11, 25)
    plainly = rrulestr(rule, dtstart=datetime.combine(start, time()))
    expected = [moment.date() for moment in islice(plainly, ics.MOST_REPEATS) if moment.date() <= end]
    assert ics._repeats(ics.Event("", start, None, rule, frozenset(), ()), end) == expected


@pytest.mark.parametrize("line", ["RECURRENCE-ID;VALUE=TIME:100000", "EXDATE;VALUE=TIME:100000", "RECURRENCE-ID:x"])
def test_a_time_of_day_where_a_day_must_be_spoils_one_event_alone(reading, line):
    network = meetings(reading, *[ONE] * 9, event("ed@example.org", more=[line]))
    assert network.report.skipped == {"event that cannot be understood": 1}
