"""Which meetings count, and how often those of a series."""

from datetime import date, datetime, time
from itertools import islice

import pytest
from dateutil.rrule import rrulestr
from tests.intake.corpus.meetings import ANN, BO, LAST, ME, ONE, calendar, event
from tests.intake.test_contact_records import code

from tertius.intake import series


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
        ("FREQ=WEEKLY;UNTIL=soon", 1),
    ],
)
def test_a_series_counts_as_often_as_it_was_held_until_the_newest_day(reading, rule, n):
    weekly = event(BO, start="20240301T100000Z", more=[f"RRULE:{rule}"], uid="w")
    network = meetings(reading, weekly, LAST)
    assert shared(network) == {code(BO): n, code(ANN): 1}
    assert (network.report.n_records, network.report.n_kept) == (2, 2)


def test_at_most_a_thousand_meetings_of_a_series_count(reading):
    daily = event(BO, start="20100301T100000Z", more=["RRULE:FREQ=DAILY"], uid="w")
    assert shared(meetings(reading, daily, LAST))[code(BO)] == 1_000


def test_days_left_out_and_moved_count_once(reading):
    weekly = event(
        ANN, start="20240301T100000Z", uid="w", more=["RRULE:FREQ=WEEKLY;COUNT=5", "EXDATE:20240308T100000Z"]
    )
    moved = event(ANN, BO, start="20240316T100000Z", uid="w", more=["RECURRENCE-ID:20240315T100000Z"])
    assert shared(meetings(reading, weekly, moved)) == {code(ANN): 2, code(BO): 1}  # 1 and 16 March


@pytest.mark.parametrize(
    ("reason", "other"),
    [
        ("declined by you", event(BO, f"ATTENDEE;PARTSTAT=DECLINED:mailto:{ME}", me=False)),
        ("cancelled", event(BO, more=["STATUS:CANCELLED"])),
        ("nobody else", event("ATTENDEE;CUTYPE=ROOM:mailto:room@example.org")),
        ("nobody else", event(f"ATTENDEE;PARTSTAT=DECLINED:mailto:{BO}")),
        ("nobody else", event(f"ATTENDEE;PARTSTAT=DECLINED:mailto:{BO}", more=[f"ORGANIZER:mailto:{BO}"])),
        ("nobody else", event("ATTENDEE;CUTYPE=GROUP:mailto:staff@example.org")),
        ("nobody else", event("no-reply@zoom.us", more=["ORGANIZER:mailto:c_1@group.calendar.google.com"])),
        ("nobody else", event("c_188@resource.calendar.google.com", "unknownorganizer@calendar.google.com")),
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
    expected = [moment.date() for moment in islice(plainly, series.MOST_REPEATS) if moment.date() <= end]
    assert series.days_held(start, rule, (), (), end) == (expected, True)


@pytest.mark.parametrize("line", ["RECURRENCE-ID;VALUE=TIME:100000", "EXDATE;VALUE=TIME:100000", "RECURRENCE-ID:x"])
def test_a_time_of_day_where_a_day_must_be_spoils_one_event_alone(reading, line):
    network = meetings(reading, *[ONE] * 9, event("ed@example.org", more=[line]))
    assert network.report.skipped == {"event that cannot be understood": 1}


ACCEPTED, DECLINED = (f"ATTENDEE;PARTSTAT={word}:mailto:{ME}" for word in ("ACCEPTED", "DECLINED"))


@pytest.mark.parametrize(
    "exception",
    [
        event(BO, start="20240308T100000Z", uid="w", more=["RECURRENCE-ID:20240308T100000Z", "STATUS:CANCELLED"]),
        event(BO, DECLINED, start="20240308T100000Z", uid="w", more=["RECURRENCE-ID:20240308T100000Z"], me=False),
        event(start="20240308T100000Z", uid="w", more=["RECURRENCE-ID:20240308T100000Z"]),
    ],
    ids=["cancelled", "declined", "alone"],
)
def test_a_meeting_of_a_series_that_was_not_held_does_not_count(reading, exception):
    weekly = event(BO, start="20240301T100000Z", uid="w", more=["RRULE:FREQ=WEEKLY;COUNT=3"])
    for events in ((weekly, exception, LAST), (exception, weekly, LAST)):
        network = meetings(reading, *events)
        assert shared(network)[code(BO)] == 2
        assert "1 series gave 2 meetings" in str(network.report)


def test_exceptions_without_a_number_of_their_series_take_no_other_meeting_away(reading):
    moved = event(BO, start="20240316T100000Z", more=["RECURRENCE-ID:20240312T100000Z"])
    assert shared(meetings(reading, moved, ONE)) == {code(ANN): 1, code(BO): 2}


@pytest.mark.parametrize(
    ("zone", "first", "more", "expected"),
    [
        # Monday morning in Sydney is Sunday in UTC; Monday evening in Los Angeles is Tuesday.
        ("Australia/Sydney", "20240108T080000", "RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=3", "07 14 21"),
        ("America/Los_Angeles", "20240108T180000", "RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=3", "09 16 23"),
        ("America/Los_Angeles", "20240108T180000", "RRULE:FREQ=DAILY;UNTIL=20240111T020000Z", "09 10 11"),
        ("America/Los_Angeles", "20240108T180000", "RRULE:FREQ=DAILY;UNTIL=20240111T015959Z", "09 10"),
        ("America/Los_Angeles", "20240108T090000", "RRULE:FREQ=DAILY;UNTIL=20240111T075959Z", "08 09 10"),
        ("America/Los_Angeles", "20240108T180000", "RRULE:FREQ=DAILY;UNTIL=20240110", "09 10 11"),
        ("Europe/Berlin", "20240108T090000", "RDATE:20240115T080000Z,20240108T080000Z", "08 15"),
        ("Europe/Berlin", "20240108T090000", "RDATE;VALUE=PERIOD:20240115T080000Z/PT1H", "08 15"),
    ],
)
@pytest.mark.parametrize("newest", [True, False])
def test_a_series_goes_by_the_clock_of_its_place(reading, zone, first, more, expected, newest):
    held = event(BO, start="x", more=[more], uid="w").replace("DTSTART:x", f"DTSTART;TZID={zone}:{first}")
    others = [event(ANN, start=f"202401{int(day):02}T120000Z") for day in expected.split()]
    if newest:
        others.append(LAST)
    network = meetings(reading, held, *others)
    days = expected.split()
    assert shared(network)[code(BO)] == len(days)
    (tie,) = network.ties[network.ties["target"] == code(BO)].to_dict("records")
    assert (tie["first_contact"], tie["last_contact"]) == (f"2024-01-{days[0]}", f"2024-01-{days[-1]}")


@pytest.mark.parametrize(
    ("zone", "time", "without"),
    [
        ("Australia/Sydney", "080000", "EXDATE;TZID=Australia/Sydney:20240115T080000,20240122T080000"),
        ("Australia/Sydney", "080000", "EXDATE:20240114T210000Z,20240121T210000Z"),
        ("America/Los_Angeles", "180000", "EXDATE:20240116T020000Z,20240123T020000Z"),
        ("America/Los_Angeles", "180000", "EXDATE;VALUE=DATE:20240115,20240122"),
        ("Nowhere", "180000", "EXDATE;TZID=Nowhere:20240115T180000,20240122T180000"),
    ],
)
def test_days_are_left_out_of_a_series_by_the_clock_of_its_place(reading, zone, time, without):
    rule = "RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=5"
    held = event(BO, start="x", more=[rule, without], uid="w").replace(
        "DTSTART:x", f"DTSTART;TZID={zone}:20240108T{time}"
    )
    moved = event(BO, start="20240131T100000Z", uid="w").replace(
        "DTSTART:", f"RECURRENCE-ID;TZID={zone}:20240129T{time}\r\nDTSTART:"
    )
    assert shared(meetings(reading, held, LAST))[code(BO)] == 3
    assert shared(meetings(reading, held, moved, LAST))[code(BO)] == 3


def test_what_a_calendar_is_sent_for_holds_for_its_own_events(reading):
    text = calendar(event(BO, uid="a")).replace("VERSION", "METHOD:CANCEL\r\nVERSION") + calendar(ONE, LAST)
    network = reading(text, "calendar.ics", me=ME)
    assert network.report.skipped == {"cancelled": 1}
    assert shared(network) == {code(ANN): 2, code(BO): 1}


def test_of_several_versions_of_an_event_the_last_one_counts(reading):
    old = event(BO, ANN, uid="a", start="20240311T100000Z", more=["SEQUENCE:1"])
    new = event(BO, uid="a", start="20240310T100000Z", more=["SEQUENCE:2"])
    network = meetings(reading, new, old, LAST)
    assert network.report.skipped == {"copy of an event": 1}
    assert shared(network) == {code(BO): 1, code(ANN): 1}
    called_off = event(BO, uid="a", start="20240310T100000Z", more=["SEQUENCE:2", "STATUS:CANCELLED"])
    assert shared(meetings(reading, old, called_off, LAST)) == {code(ANN): 1}
    again = event(BO, uid="a", start="20240309T100000Z", more=["SEQUENCE:3"])
    assert shared(meetings(reading, called_off, again, LAST)) == {code(BO): 1, code(ANN): 1}


def test_an_address_beside_a_number_is_an_address(reading):
    apple = event(f'ATTENDEE;CN="Ann";EMAIL="{ANN}":/aMTMx/principal/', f'ATTENDEE;EMAIL="{ME}":urn:uuid:1', me=False)
    assert shared(meetings(reading, apple)) == {code(ANN): 1}


def test_who_declined_at_one_address_and_came_with_another_was_there(reading):
    both = event(BO, DECLINED, "ATTENDEE;PARTSTAT=ACCEPTED:mailto:me@work.example", me=False)
    network = reading(calendar(both, LAST), "calendar.ics", me=[ME, "me@work.example"])
    assert shared(network) == {code(ANN): 1, code(BO): 1}


def test_whose_calendar_it_is_must_be_told_rightly(refused):
    problem = refused(calendar(ONE, LAST, ONE), "calendar.ics", me="nobody@example.org")
    assert problem.code == "R42"
    assert problem.expected.startswith("No event names you. In most stands 'a…@ex….org' (3 events)")
