"""Calendars, and interviews about networks."""

from tests.intake.corpus import MARKER, File
from tests.intake.corpus.address_books import archive

ME = "me@example.com"


def event(*people, start="20240312T100000Z", uid="", more=(), me=True):
    lines = ["BEGIN:VEVENT", f"DTSTART:{start}", f"SUMMARY:{MARKER}", f"DESCRIPTION:{MARKER}", *more]
    lines += [f"UID:{uid}"] if uid else []
    lines += [f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:{ME}"] if me else []
    lines += [one if ":" in one else f"ATTENDEE;CN=Some Body:mailto:{one}" for one in people]
    return "\r\n".join([*lines, "END:VEVENT", ""])


def calendar(*events):
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nX-WR-CALNAME:{MARKER}\r\n{''.join(events)}END:VCALENDAR\r\n"


def ics(state, what, content, gives, tells=(), name="calendar.ics", me=ME, **settings):
    return File("ics", state, what, content, name, gives, tells, {"me": me, **settings} if me else settings)


ANN, BO = "ann@example.org", "bo@example.org"
ONE = event(ANN, BO)
LAST = event(ANN, start="20240412T100000Z")
WEEKLY = event(ANN, more=["RRULE:FREQ=WEEKLY"], start="20240301T100000Z", uid="w")

PEOPLE = "nodeID,networkCanvasEgoUUID,networkCanvasUUID,name,group\n"
TIES = "edgeID,from,to,networkCanvasEgoUUID,networkCanvasUUID,networkCanvasSourceUUID,networkCanvasTargetUUID\n"
TWO = PEOPLE + "1,e1,a,Ann Lee,work\n2,e1,b,Bo Katz,home\n"
KNOW = TIES + "1,1,2,e1,t1,a,b\n"


def canvas(state, what, people, ties, gives, tells=(), **settings):
    content = {"p_ego.csv": "networkCanvasEgoUUID\ne1\n", "p_attributeList_Person.csv": people}
    if ties is not None:
        content["p_edgeList_Know.csv"] = ties
    return File("network_canvas", state, what, content, "interview", gives, tells, settings)


FILES = [
    ics("well-formed", "two meetings", calendar(ONE, LAST), (3, 3)),
    ics("well-formed", "a weekly meeting until the newest day", calendar(WEEKLY, LAST), (2, 1), ("N08",)),
    ics("odd", "one attendee, who is no list", calendar(event(ANN, more=[f"ORGANIZER:mailto:{ME}"], me=False)),
        (2, 1)),
    ics("odd", "declined, cancelled, rooms and crowds", calendar(
        ONE, event(f"ATTENDEE;PARTSTAT=DECLINED:mailto:{BO}", "cy@example.org"), event("di@example.org", more=["STATUS:CANCELLED"]),
        event("ATTENDEE;CUTYPE=ROOM:mailto:room@example.org"), event(*[f"p{k}@example.org" for k in range(21)]),
        event("ed@example.org", f"ATTENDEE;PARTSTAT=DECLINED:mailto:{ME}", me=False)), (4, 4), ("N06",)),
    ics("odd", "a series with a day left out and one moved", calendar(
        event(ANN, more=["RRULE:FREQ=WEEKLY;COUNT=5", "EXDATE:20240308T100000Z"], start="20240301T100000Z", uid="w"),
        event(ANN, more=["RECURRENCE-ID:20240315T100000Z"], start="20240316T100000Z", uid="w"), LAST), (2, 1), ("N08",)),
    ics("odd", "a series by the clock of Sydney, with days left out and one called off", calendar(
        event(ANN, start="x", uid="w", more=["RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=5",
              "EXDATE;TZID=Australia/Sydney:20240115T080000"]).replace("DTSTART:x", "DTSTART;TZID=Australia/Sydney:20240108T080000"),
        event(ANN, uid="w", more=["RECURRENCE-ID:20240121T210000Z", "STATUS:CANCELLED"]), LAST), (2, 1), ("N06", "N08")),
    ics("odd", "days beside those of a rule", calendar(event(ANN, more=["RDATE:20240320T100000Z,20240327T100000Z"])), (2, 1),
        ("N08",)),
    ics("odd", "calendars, groups and robots among the guests", calendar(event(ANN, "c_1@group.calendar.google.com",
        "ATTENDEE;CUTYPE=GROUP:mailto:staff@example.org", "no-reply@zoom.us", "unknownorganizer@calendar.google.com")), (2, 1)),
    ics("odd", "numbers in place of addresses, as Apple writes", calendar(event(f'ATTENDEE;EMAIL="{ANN}":/aMTMx/principal/')),
        (2, 1)),
    ics("odd", "a meeting that was called off by a message of its own", calendar(event(ANN, uid="a"), LAST)
        + calendar(event(ANN, uid="a")).replace("VERSION", "METHOD:CANCEL\r\nVERSION"), (2, 1), ("N06",)),
    ics("odd", "times without a zone, and whole days", calendar(event(ANN, start="20240312T100000"),
        event(BO, start="20240312").replace("DTSTART:", "DTSTART;VALUE=DATE:")), (3, 2), ("R35",)),
    ics("odd", "a zone of its own", calendar(event(ANN, start="x").replace("DTSTART:x", "DTSTART;TZID=Made Up:20240312T233000")),
        (2, 1)),
    ics("odd", "a meeting far ahead", calendar(ONE, event("cy@example.org", start="20990101T100000Z")), (3, 3), ("N06",)),
    ics("broken", "without a word of who its owner is", calendar(ONE, LAST), "R42", me=None),
    ics("broken", "another's calendar", calendar(ONE, LAST), "R42", me="nobody@example.org"),
    ics("broken", "an event that cannot be", calendar(event(ANN, start="2024-13-45"), *[ONE] * 9), (3, 3), ("N06",)),
    ics("broken", "no event that can be", calendar(event(ANN, start="soon")), "R36"),
    ics("broken", "cut in its last event", calendar(*[ONE] * 9, LAST)[:-60], (3, 3), ("R38",)),
    ics("broken", "no event", calendar(), "R02"),
    ics("broken", "no people", calendar(event(me=False)), "R02"),
    ics("hostile", "a series every second, for ever", calendar(event(ANN, more=["RRULE:FREQ=SECONDLY"]), LAST), (2, 1), ("N08",)),
    ics("hostile", "a series that never comes", calendar(event(ANN, more=["RRULE:FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30"]), LAST),
        (2, 1), ("N08", "N06")),
    ics("hostile", "an event of a megabyte", calendar(event(ANN, more=["ATTENDEE:mailto:" + "x" * 1_000_000]), *[ONE] * 9),
        (3, 3), ("N06",)),
    canvas("well-formed", "an interview", TWO, KNOW, (3, 3)),
    File("network_canvas", "well-formed", "the same in a zip", archive({"p_attributeList_Person.csv": TWO,
         "p_edgeList_Know.csv": KNOW, "p.graphml": MARKER}), "export.zip", (3, 3)),
    canvas("odd", "two interviews that name the same", TWO + TWO.replace("e1", "e2").split("\n", 1)[1], KNOW, (6, 5), ("N09",)),
    canvas("odd", "no ties among the contacts", TWO, None, (3, 2), ("R43",)),
    canvas("broken", "a tie to nobody", TWO, KNOW + "2,1,9,e1,t2,a,zz\n", "R22"),
    canvas("broken", "a column missing", TWO.replace("networkCanvasUUID", "uuid"), KNOW, "R14"),
    canvas("broken", "nobody named", PEOPLE, TIES, "R02"),
    canvas("broken", "two people of one id", TWO + "3,e1,a,Cy,\n", KNOW, "R20"),
    canvas("hostile", "markup as a name", TWO.replace("Ann Lee", "<script>alert(1)</script>"), KNOW, (3, 3)),
]  # fmt: skip
