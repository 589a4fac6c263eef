"""Reflections, the dated action, and notes on one's own network."""

import pytest
from tests.course import toy

from tertius.course import Number, Rows, Tick, Words
from tertius.course.questions import LONGEST


def test_a_reflection_is_recorded_and_may_be_written_anew_and_emptied(sheet, start):
    form = sheet.reflect("R1", "What surprised you?")
    assert form.status == "nothing written yet"
    for text, status in (("One thing.", "written"), ("Two things.", "written"), ("", "nothing written yet")):
        assert form.press("save", text=text) == ""
        assert (form.values, form.status, form.sign["text"]) == ({"text": text}, status, "Saved")
        again = start().reflect("R1", "What surprised you?")
        assert toy.shown(again) == toy.shown(form)
    assert sheet.learner.reflections == {"L06-R1": ""}


def test_what_was_emptied_and_not_saved_is_a_draft(sheet):
    form = sheet.reflect("R1", "What surprised you?")
    form.press("save", text="One thing.")
    form.press("draft", text="")
    assert form.sign["text"] == "Draft saved"
    assert sheet.learner.reflections == {"L06-R1": "One thing."}


@pytest.mark.parametrize("blank", [{}, {"text": ""}, {"text": " \n"}, {"text": None}, {"text": ["a"]}])
def test_an_empty_reflection_is_not_recorded_as_written(sheet, blank):
    form = sheet.reflect("R1", "What surprised you?")
    assert form.press("save", **blank) == "There is nothing to save yet: write something first."
    assert sheet.learner.reflections == {}


def test_a_text_that_is_too_long_is_told_and_stays_whole_as_a_draft(sheet, start):
    form, text = sheet.reflect("R1", "What surprised you?"), "x" * (LONGEST + 1)
    assert form.press("save", text=text) == (
        "This text has 10,001 characters, and at most 10,000 can be handed in: shorten it."
    )
    assert sheet.learner.reflections == {}
    assert start().reflect("R1", "What surprised you?").values == {"text": text}


def test_an_action_needs_what_and_when(sheet):
    form = sheet.act("A1", "What will you do?")
    said = "an action without it seldom happens."
    assert form.press("save", when="2026-12-01") == f"Say what you will do; {said}"
    assert form.press("save", what="Write to P07", when=None) == f"Say the day by which you will do it; {said}"
    assert form.press("save", what="Write to P07", when="soon") == "“soon” is no day of the calendar."
    assert sheet.learner.actions == {}
    assert form.status == "nothing written yet"


def test_an_action_is_asked_whether_it_is_done_once_there_is_one(sheet, start):
    form = sheet.act("A1", "What will you do?")
    assert [field["name"] for field in form.shape["fields"]] == ["what", "when"]
    form.press("save", what="Write to P07", when="2026-12-01")
    assert [field["name"] for field in form.shape["fields"]] == ["what", "when", "done"]
    assert form.status == "to be done by 2026-12-01"
    form.press("save", done=True)
    assert (form.status, sheet.learner.actions["L06-A1"]["done"]) == ("done", True)
    assert toy.shown(start().act("A1", "What will you do?")) == toy.shown(form)


ASKS = {
    "contacts": ("Contacts", Rows({"who": ("Who", Words()), "hours": ("Hours", Number(0, 20))})),
    "told": ("I told them", Tick()),
}


def test_notes_are_recorded_as_they_stand(sheet, start):
    form = sheet.mine("M1", "Three weak ties", "Write *codes*.", ASKS)
    assert form.shape["title"] == "Three weak ties"
    assert "<em>codes</em>" in form.shape["intro"]
    rows = [{"who": "P07", "hours": "1,5"}, {"who": "", "hours": None}]
    assert form.press("save", contacts=rows, told=True) == ""
    assert sheet.learner.answers["L06-M1"][-1]["answer"] == {"contacts": [{"who": "P07", "hours": 1.5}], "told": True}
    assert form.status == "written"
    assert form.values["contacts"] == rows, "as they were typed"
    assert toy.shown(start().mine("M1", "Three weak ties", "Write *codes*.", ASKS)) == toy.shown(form)


def test_what_cannot_be_read_in_a_row_is_told_and_nothing_is_dropped_silently(sheet):
    form = sheet.mine("M1", "Three weak ties", "", ASKS)
    rows = [{"who": "P07", "hours": "1"}, {"who": "P08", "hours": "many"}]
    assert form.press("save", contacts=rows) == "Row 2: “many” is not a number from 0 to 20."
    assert sheet.learner.answers == {}
    assert form.values["contacts"] == rows
    assert form.sign["text"] == "Draft saved"


def test_notes_with_nothing_in_them_are_not_recorded_as_written(sheet):
    form = sheet.mine("M1", "Three weak ties", "", ASKS)
    assert form.press("save", contacts=[{"who": ""}], told=False) == (
        "There is nothing to save yet: write something first."
    )
    assert sheet.learner.answers == {}


def test_notes_of_another_version_of_the_lesson_show_what_still_fits(sheet, start):
    sheet.learner.answer("L06-M1", {"contacts": [{"who": "P07", "colour": "red"}], "gone": 1, "told": "yes"}, "noted")
    form = start().mine("M1", "Three weak ties", "", ASKS)
    assert form.values == {"contacts": [{"who": "P07"}], "told": False}
    sheet.learner.answer("L06-M1", "a text", "noted")
    assert start().mine("M1", "Three weak ties", "", ASKS).status == "nothing written yet"
