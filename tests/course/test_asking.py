"""Quiz, warm-up and exercise: what is shown at first, after a wrong answer, with hints, and after the right one."""

import json

import pytest
from tests.course import toy

import tertius
from tertius.course import Key, Number, Options
from tertius.errors import ParameterError

OPTIONS = {"only": ("the only way", "So it is."), "weak": ("any weak one", "Not all.")}
HINTS = ("Look.", "Count.", "Divide 2 by 8.")


def key(value=0.25, **how):
    return Key(value, **{"within": 0.01, "hints": HINTS, "solution": "Two of eight.", **how})


def buttons(form):
    return [button["text"] for button in form.shape["buttons"]]


# --- quiz


def test_at_first_a_question_gives_nothing_away(sheet):
    form = sheet.quiz("Q1", "Which?", OPTIONS, "only")
    assert form.shape["title"] == "Question 1"
    assert buttons(form) == ["Check my answer"]
    assert (form.panel, form.status, form.values) == ("", "not answered yet", {})
    assert "So it is." not in json.dumps([form.get_state(), form.still()], default=str)


def test_a_wrong_option_is_explained_and_can_be_changed(sheet):
    form = sheet.quiz("Q1", "Which?", OPTIONS, "only")
    assert form.press("check", answer="weak") == ""
    assert "Not yet. Not all." in form.panel
    assert "So it is." not in form.panel
    assert (form.shape["is_open"], form.status, form.values) == (True, "not yet", {"answer": "weak"})
    assert form.sign["state"] == "saved"


def test_the_right_option_closes_the_question_and_explains_all(sheet):
    form = sheet.quiz("Q1", "Which?", OPTIONS, "only")
    form.press("check", answer="weak")
    form.press("check", answer="only")
    assert "Right. So it is." in form.panel
    assert "<b>✓ the only way</b> So it is." in form.panel
    assert "<b>✗ any weak one</b> Not all." in form.panel
    assert (form.shape["is_open"], buttons(form), form.status) == (False, [], "right")
    log = sheet.learner.answers["L06-Q1"]
    assert [(entry["answer"], entry["status"]) for entry in log] == [("weak", "wrong"), ("only", "right")]


def test_without_an_option_the_learner_is_asked_to_pick_one_and_nothing_is_recorded(sheet):
    form = sheet.quiz("Q1", "Which?", OPTIONS, "only")
    for nothing in ({}, {"answer": None}, {"answer": "gone"}, {"answer": ["only"]}):
        assert form.press("check", **nothing) == "Pick one of the options first."
    assert sheet.learner.answers == {}


def test_a_warm_up_says_where_it_comes_from(sheet):
    form = sheet.warmup("W1", "Which?", OPTIONS, "only", "lesson 03")
    assert form.shape["title"] == "Warm-up, from lesson 03"


def test_the_tenth_question_is_called_so(sheet):
    assert sheet.quiz("Q10", "Which?", OPTIONS, "only").shape["title"] == "Question 10"


def test_an_option_of_another_version_of_the_lesson_is_none(sheet, start):
    sheet.learner.answer("L06-Q1", "gone", "wrong")
    form = start().quiz("Q1", "Which?", OPTIONS, "only")
    assert (form.panel, form.status, form.shape["is_open"]) == ("", "not answered yet", True)


@pytest.mark.parametrize(
    ("options", "right", "said"),
    [
        (OPTIONS, "gone", r"The right option of Q1 is 'gone', which is none of \['only', 'weak'\]"),
        ({**OPTIONS, "bare": ("text", " ")}, "only", "says why it is right or wrong; 'bare' lacks it"),
        ({**OPTIONS, "bare": ("text",)}, "only", "'bare' lacks it"),
    ],
)
def test_a_question_that_cannot_be_right_or_explains_nothing_is_refused(sheet, options, right, said):
    with pytest.raises(ParameterError, match=said):
        sheet.quiz("Q1", "Which?", options, right)


# --- exercise


@pytest.fixture
def form(sheet):
    return sheet.exercise("X1", "Which *share*?", Number(0, 1), key())


def test_at_first_an_exercise_shows_neither_hints_nor_solution(form):
    assert form.shape["title"] == "Exercise 1"
    assert "<em>share</em>" in form.shape["intro"]
    assert buttons(form) == ["Check my answer", "Hint 1 of 3"]
    assert (form.panel, form.status) == ("", "not answered yet")
    shown = json.dumps([form.get_state(), form.still()], default=str)
    assert not any(told in shown for told in (*HINTS, "Two of eight."))


def test_hints_open_one_by_one_then_the_solution(form):
    for opened in range(1, 4):
        assert form.press("hint") == ""
        assert [hint in form.panel for hint in HINTS] == [number <= opened for number in (1, 2, 3)]
    assert buttons(form) == ["Check my answer", "Show the solution"]
    assert "Two of eight." not in form.panel
    form.press("hint")
    assert "<b>Solution.</b> Two of eight." in form.panel
    assert buttons(form) == ["Check my answer"]


@pytest.mark.parametrize("right", ["0.25", "0,25", " 25 % ", "0.2501"])
def test_a_right_answer_is_right_however_it_is_written(form, sheet, right):
    assert form.press("check", answer=right) == ""
    assert "Right. Two of eight." in form.panel
    assert form.status == "right"
    assert sheet.learner.answers["L06-X1"][-1]["answer"] == pytest.approx(0.25, abs=0.01)
    assert "Hint 1 of 3" not in buttons(form)


def test_a_wrong_answer_is_told_and_stays_in_the_field(form):
    assert form.press("check", answer="0,5") == ""
    assert "Not yet. Look at it again, or open a hint." in form.panel
    assert form.values == {"answer": "0,5"}
    assert form.sign["text"] == "Saved"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Answer first; a hint may help you to begin."),
        (None, "Answer first; a hint may help you to begin."),
        ("a quarter", "“a quarter” is not a number from 0 to 1."),
        ("25", "“25” is not a number from 0 to 1."),
    ],
)
def test_what_is_no_answer_is_refused_in_a_sentence_and_kept_as_a_draft(form, sheet, typed, said):
    assert form.press("check", answer=typed) == said
    assert sheet.learner.answers == {}
    assert form.values == {"answer": typed}
    assert form.sign["text"] == ("Draft saved" if typed else "Nothing to save yet")


def test_an_exercise_in_parts_tells_each_part(sheet):
    asked = {"ties": ("Bridges", Options(["A", "B", "C"], several=True, none="none")), "n": ("How many", Number(0, 9))}
    form = sheet.exercise("X2", "Which?", asked, key({"ties": {"A", "B"}, "n": 2}))
    form.press("check", ties=["B"], n="2")
    assert "1 of 2 are right. Look again at ties." in form.panel
    form.press("check", ties=["B", "A"], n="")
    assert "1 of 2 are right. Not answered yet: n." in form.panel
    form.press("check", ties=["B", "A"], n="2")
    assert form.status == "right"


# --- in code


def test_an_answer_in_code_is_recorded_once_and_shown(start):
    for _ in range(3):
        sheet = start()
        form = sheet.exercise("X1", "Which share?", Number(0, 1), key(), answer=0.25)
        assert (form.status, form.values) == ("right", {"answer": 0.25})
    assert len(sheet.learner.answers["L06-X1"]) == 1


def test_running_the_cell_again_does_not_undo_what_was_answered_in_the_form_since(start):
    start().exercise("X1", "Which share?", Number(0, 1), key(), answer=0.5).press("check", answer="0.25")
    sheet = start()
    form = sheet.exercise("X1", "Which share?", Number(0, 1), key(), answer=0.5)
    assert (form.status, form.values) == ("right", {"answer": "0.25"})
    form = sheet.exercise("X1", "Which share?", Number(0, 1), key(), answer=0.75)
    assert (form.status, form.values) == ("not yet", {"answer": 0.75}), "another answer in code is a new one"
    assert [entry["answer"] for entry in sheet.learner.answers["L06-X1"]] == [0.5, 0.25, 0.75]


class Stubborn:
    def to_dict(self):
        raise RuntimeError("no")


@pytest.mark.parametrize("answer", [Stubborn(), object(), "x" * 2_000_000, float("inf"), {1: {2}}], ids=range(5))
def test_no_answer_in_code_raises(sheet, answer):
    form = sheet.exercise("X1", "Which share?", Number(0, 1), key(), answer=answer)
    assert form.status == "not yet"
    assert sheet.learner.answers["L06-X1"]


@pytest.mark.parametrize("blank", [None, ..., "", [], float("nan")])
def test_a_blank_in_code_records_nothing(sheet, file, blank):
    assert sheet.exercise("X1", "Which share?", Number(0, 1), key(), answer=blank).status == "not answered yet"
    assert not file.exists()


def test_check_compares_without_recording_and_never_raises(sheet, file):
    assert repr(sheet.check("X1", 1)) == (
        "L06-X1: not answered yet. There is no exercise 'X1' yet; run the cell of the exercise first."
    )
    sheet.exercise("X1", "Which share?", Number(0, 1), key())
    assert sheet.check("X1", 0.25).status == "right"
    assert sheet.check("X1", object()).status == "wrong"
    assert repr(sheet.check("X9", 1)) == "L06-X9: not answered yet. There is no exercise 'X9' yet; there is X1."
    assert not file.exists()


# --- solutions


def test_solutions_show_what_is_right_and_ask_nothing():
    lesson = tertius.lesson("06", solutions=True)
    quiz = lesson.quiz("Q1", "Which?", OPTIONS, "only")
    assert (quiz.values, quiz.shape["is_open"], buttons(quiz)) == ({"answer": "only"}, False, [])
    assert "Right. So it is." in quiz.panel
    by_form = lesson.exercise("X1", "Which share?", Number(0, 1), key())
    assert "<b>Solution.</b> Two of eight." in by_form.panel
    assert buttons(by_form) == []
    in_code = lesson.exercise("X2", "Which share?", Number(0, 1), key(), answer=0.25)
    assert "Right. Two of eight." in in_code.panel


def test_answers_and_hints_are_there_again_after_a_restart(run_all):
    run = run_all()
    run.forms["quiz"].press("check", answer="weak")
    run.forms["exercise"].press("hint")
    run.forms["exercise"].press("check", **toy.ANSWERS["exercise"][1] | {"share": "0.5"})
    again = run_all()
    for name in ("quiz", "exercise"):
        assert toy.shown(again.forms[name]) == toy.shown(run.forms[name])
        assert again.forms[name].panel != ""
