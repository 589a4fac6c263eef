"""Predictions, and what happened put beside them."""

import json

import pytest
from tests.course import toy

import tertius
from tertius.course import Drawing, Number, Options
from tertius.errors import ParameterError

ASKED = Options({"weakest": "the weak ties", "strongest": "the strong ties"})


def buttons(form):
    return [button["text"] for button in form.shape["buttons"]]


@pytest.fixture
def forms(sheet):
    """A prediction and its explanation."""
    return (
        sheet.predict("E1", "Cut first what?", ASKED),
        sheet.explain("E1", "weakest", "They **bridge**: {share:.0f} %.", share=12.4),
    )


def test_a_prediction_is_recorded_closed_and_told(forms, sheet):
    predict, _ = forms
    assert predict.shape["title"] == "Experiment 1: your prediction"
    assert buttons(predict) == ["Save my prediction", "Skip"]
    assert predict.press("save", answer="weakest", confidence="80", because="they bridge") == ""
    made = sheet.learner.predictions["L06-E1"]
    assert (made["answer"], made["confidence"], made["because"]) == ("weakest", 80, "they bridge")
    assert "You said: the weak ties, 80 % sure. Now run the experiment." in predict.panel
    assert (predict.status, predict.shape["is_open"], buttons(predict)) == ("predicted", False, [])
    assert predict.values == {"answer": "weakest", "confidence": "80", "because": "they bridge"}


def test_confidence_and_reason_may_be_left_out(forms, sheet):
    predict, _ = forms
    assert predict.press("save", answer="weakest") == ""
    assert "You said: the weak ties. Now" in predict.panel
    assert sheet.learner.predictions["L06-E1"]["confidence"] is None


def test_a_prediction_without_an_answer_is_asked_for_one_and_the_rest_is_kept(forms, sheet):
    predict, _ = forms
    assert predict.press("save", confidence="80", because="so") == "Answer the question first, or press Skip."
    assert sheet.learner.predictions == {}
    assert predict.values == {"confidence": "80", "because": "so"}
    assert predict.sign["text"] == "Draft saved"


def test_a_number_out_of_range_is_told_and_not_taken_for_no_answer(sheet):
    form = sheet.predict("E2", "When?", Number(0, 200, unit="steps"))
    assert form.press("save", answer="500") == "“500” is not a number from 0 to 200."
    assert sheet.learner.predictions == {}


def test_skipping_is_recorded_as_such(forms, sheet):
    predict, explain = forms
    predict.press("skip")
    assert "You skipped this prediction. Now run the experiment." in predict.panel
    assert (predict.status, predict.shape["is_open"]) == ("skipped", False)
    explain.press("skip")
    assert "You skipped this prediction." in explain.panel
    assert explain.status == "shown"


def test_a_prediction_cannot_be_changed_once_it_is_made(forms, sheet):
    predict, _ = forms
    predict.press("save", answer="weakest")
    assert predict.press("save", answer="strongest") == "This has changed meanwhile; look at it again."
    assert predict.press("skip") == "This has changed meanwhile; look at it again."
    assert "later" not in sheet.learner.predictions["L06-E1"]


def test_what_was_predicted_in_another_notebook_meanwhile_counts(forms, start, sheet):
    predict, _ = forms
    start().learner.predict("L06-E1", "strongest", 60)
    assert predict.press("save", answer="weakest") == "This has changed meanwhile; look at it again."
    assert predict.values["answer"] == "strongest"


def test_of_two_predictions_the_first_is_shown(forms, start, sheet):
    sheet.learner.predict("L06-E1", "strongest", 60)
    sheet.learner.predict("L06-E1", "weakest", 90)
    form = start().predict("E1", "Cut first what?", ASKED)
    assert "You said: the strong ties, 60 % sure." in form.panel


# --- explain


def test_nothing_is_given_away_before_the_learner_wrote_or_skipped(forms):
    _, explain = forms
    assert buttons(explain) == ["Show the answer", "Skip"]
    assert "bridge" not in json.dumps([explain.get_state(), explain.still()], default=str)
    assert explain.press("show", why=" ") == ("Write a few words first; they need not be right. Or press Skip.")
    assert explain.panel == ""


def test_the_prediction_the_runs_and_the_learners_words_stand_side_by_side(forms, sheet):
    predict, explain = forms
    predict.press("save", answer="strongest", confidence="70", because="they hold")
    explain.press("show", why="I do not know")
    for said in (
        "✗</b> Not as you predicted.",
        "<h4>Your prediction</h4><p>You said: the strong ties, 70 % sure.</p><p>Because they hold</p>",
        "<h4>The runs</h4><p>It is: the weak ties.</p>",
        "<h4>Your words</h4><p>I do not know</p>",
        "<strong>bridge</strong>: 12 %.",
    ):
        assert said in explain.panel
    assert (explain.status, explain.shape["is_open"], buttons(explain)) == ("predicted otherwise", False, [])
    assert sheet.learner.answers["L06-E1"][-1]["status"] == "wrong"


def test_a_right_prediction_is_told_and_scored(forms, sheet):
    predict, explain = forms
    predict.press("save", answer="weakest")
    explain.press("skip")
    assert "✓</b> As you predicted." in explain.panel
    assert "<h4>Your words</h4><p>You wrote none.</p>" in explain.panel
    assert explain.status == "predicted right"
    assert sheet.learner.answers["L06-E1"][-1]["status"] == "right"


def test_skipping_after_the_answer_was_shown_does_not_lose_the_learners_words(forms, sheet):
    _, explain = forms
    explain.press("show", why="my words")
    assert explain.press("skip") == "This has changed meanwhile; look at it again."
    assert [entry["answer"] for entry in sheet.learner.answers["L06-E1"]] == ["my words"]


def test_without_a_prediction_nothing_is_compared(forms):
    _, explain = forms
    explain.press("show", why="so")
    assert "You made no prediction here." in explain.panel
    assert "predicted." not in explain.panel


def test_if_the_prediction_was_not_asked_its_cell_is_named(sheet):
    explain = sheet.explain("E1", "weakest", "They bridge.")
    explain.press("skip")
    assert "Run the cell with your prediction to compare it." in explain.panel


def test_a_prediction_shown_later_is_compared_at_once(sheet):
    explain = sheet.explain("E1", "weakest", "They bridge.")
    explain.press("skip")
    sheet.predict("E1", "Cut first what?", ASKED).press("save", answer="weakest")
    assert "As you predicted." in explain.panel


def test_a_curve_is_drawn_beside_the_band_of_the_runs(run_all):
    forms = run_all().forms
    assert [field["name"] for field in forms["explain-curve"].shape["fields"]] == ["why"]
    forms["predict-curve"].press("save", answer=toy.CURVE)
    forms["explain-curve"].press("skip")
    drawn, _ = forms["explain-curve"].shape["fields"]
    assert drawn["truth"]["middle"] == pytest.approx([1, 0.75, 0.5, 0.25, 0])
    assert forms["explain-curve"].values["drawn"] == toy.CURVE
    assert "of your 5 points are where nine of ten runs are." in forms["explain-curve"].panel


def test_a_number_is_told_with_the_band_of_the_runs(run_all):
    forms = run_all().forms
    forms["predict-number"].press("save", answer="40")
    forms["explain-number"].press("skip")
    assert "Your number is outside the range of nine of ten runs." in forms["explain-number"].panel
    assert "Nine of ten runs have 51 to 69 steps; their median is 60 steps." in forms["explain-number"].panel


@pytest.mark.parametrize(
    ("asked", "result"), [(ASKED, "gone"), (Number(0, 1), [[1]]), (Drawing([0, 1, 2], "x", "y"), [0, 1, 2])]
)
def test_a_result_that_does_not_fit_is_refused_when_the_cell_is_run_and_not_when_the_learner_presses(
    sheet, asked, result
):
    sheet.predict("E1", "What?", asked)
    with pytest.raises(ParameterError, match="The result"):
        sheet.explain("E1", result, "So.")


# --- other versions, solutions


def test_a_prediction_of_another_version_is_told_and_not_called_skipped(sheet, start):
    sheet.learner.predict("L06-E1", ["weakest"], 75.5, "so")
    again = start()
    predict, explain = again.predict("E1", "Cut first what?", ASKED), again.explain("E1", "weakest", "They bridge.")
    told = "Your prediction is from another version of this lesson, so it cannot be compared."
    assert told in predict.panel
    assert predict.status == "skipped"
    explain.press("skip")
    assert told in explain.panel
    assert again.learner.answers["L06-E1"][-1]["status"] == "noted"


def test_an_explanation_of_an_unknown_status_is_shown(sheet):
    sheet.learner._add("answers", "L06-E1", {"answer": 7, "status": "brilliant"})  # as a later tertius might
    assert sheet.explain("E1", "weakest", "They bridge.").status == "shown"


def test_solutions_show_what_happened_and_no_learner():
    lesson = tertius.lesson("06", solutions=True)
    lesson.predict("E1", "Cut first what?", ASKED)
    explain = lesson.explain("E1", "weakest", "They bridge.")
    assert "They bridge." in explain.panel
    assert "It is: the weak ties." in explain.panel
    assert "You" not in explain.panel
    assert explain.shape["fields"] == []
