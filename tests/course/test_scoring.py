"""Predictions scored against many runs, and how well somebody judges how sure they are."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tertius.course import Drawing, Number, Options, calibration, calibration_in_words
from tertius.course.scoring import outcome, score
from tertius.errors import ParameterError
from tertius.learner import Learner

CURVE = Drawing([0, 0.5, 1], "cut", "left")
RUNS = np.array([[1, 1, 1], [0.4, 0.5, 0.6], [0, 0, 0]])


def test_options_are_right_or_not():
    asked = Options({"weakest": "the weak ties", "strongest": "the strong ties"})
    assert outcome(asked, "weakest").told == "It is: the weak ties."
    assert score(asked, "weakest", "weakest") == (True, "As you predicted.")
    assert score(asked, "strongest", "weakest") == (False, "Not as you predicted.")


def test_of_several_options_all_have_to_be_right():
    asked = Options(["a", "b", "c"], several=True)
    assert score(asked, ["a", "c"], {"c", "a"}).is_right
    assert not score(asked, ["a"], {"c", "a"}).is_right


def test_a_number_is_right_where_nine_of_ten_runs_are():
    asked, runs = Number(0, 200, unit="steps"), np.arange(101)
    assert outcome(asked, runs).told == "Nine of ten runs have 5 to 95 steps; their median is 50 steps."
    assert [score(asked, guess, runs).is_right for guess in (4, 5, 95, 96)] == [False, True, True, False]


def test_runs_that_are_all_alike_are_told_as_one_number():
    assert outcome(Number(0, 10), [4, 4, 4]).told == "Nine of ten runs have 4; their median is 4."
    assert score(Number(0, 10), 4, [4, 4, 4]).is_right


def test_a_run_that_never_got_there_is_told():
    never = outcome(Number(0, 200), [60, 80, np.inf, np.inf, np.inf])
    assert never.told == "Nine of ten runs have 60 to never; their median is never."
    assert score(Number(0, 200), 150, [60, 80, np.inf]).is_right


def test_a_curve_is_right_with_two_of_three_points_in_the_band():
    assert score(CURVE, [1, 0.5, 0], RUNS) == (True, "3 of your 3 points are where nine of ten runs are.")
    assert score(CURVE, [1, 0.9, 0], RUNS) == (True, "2 of your 3 points are where nine of ten runs are.")
    assert score(CURVE, [0, 0.5, 1], RUNS) == (False, "1 of your 3 points is where nine of ten runs are.")


def test_the_band_of_a_curve_stays_within_the_picture():
    band = outcome(CURVE, [[1, 1, np.inf], [0.5, 0.5, 0.5], [-3, 0, 0]]).band(0, 1)
    assert band == {"low": [1, 0.5, 0], "middle": [1, 0.5, 0], "high": [1, 0.5, 0]}


@given(st.lists(st.floats(0, 200), min_size=1, max_size=50))
def test_the_median_of_the_runs_is_always_a_right_guess(runs):
    assert score(Number(0, 200), float(np.median(runs)), runs).is_right


@pytest.mark.parametrize(
    ("asked", "result", "said"),
    [
        (Options(["a", "b"]), "c", r"'c' is none of the options \['a', 'b'\]"),
        (Options(["a", "b"]), ["a"], "is none of the options"),
        (Number(0, 1), [[0.5]], r"one value a run.*got an array of shape \(1, 1\)"),
        (Number(0, 1), [0.5, np.nan], "holds nan; a run that never got there has an infinite value"),
        (CURVE, [1, 0.5, 0], r"one row of runs a point; got an array of shape \(3,\)"),
        (CURVE, [[1, 1]], r"shape \(1, 2\)"),
    ],
)
def test_a_result_that_does_not_fit_the_question_is_refused(asked, result, said):
    with pytest.raises(ParameterError, match=said):
        outcome(asked, result)


@pytest.fixture
def learner(tmp_path):
    return Learner.open(tmp_path, environment={})


def test_calibration_counts_first_predictions_and_their_first_scores_by_confidence(learner):
    for number, (sure, statuses) in enumerate(
        [(80, ["right"]), (80, ["wrong", "right"]), (55, ["right"]), (None, ["right"]), (90, ["noted"]), (100, [])]
    ):
        learner.predict(f"L06-E{number}", "a", sure)
        learner.predict(f"L06-E{number}", "b", 100)
        for k, status in enumerate(statuses):
            learner.answer(f"L06-E{number}", f"because {k}", status)
    learner.predict("L06-E9", None)
    learner.answer("L06-E9", "", "right")
    learner.answer("L06-Q1", "a", "right")
    assert calibration(learner).to_dict("index") == {
        60: {"predictions": 1, "right": 1, "share": 1.0},
        80: {"predictions": 2, "right": 1, "share": 0.5},
    }
    assert calibration_in_words(learner) == (
        "When you said 60 %, you were right in 1 of 1. When you said 80 %, you were right in 1 of 2. That is too few "
        "to say how well you judge yourself."
    )


def test_ten_predictions_are_not_called_too_few(learner):
    for number in range(10):
        learner.predict(f"L06-E{number}", "a", 70)
        learner.answer(f"L06-E{number}", "so", "right" if number < 7 else "wrong")
    assert calibration_in_words(learner) == "When you said 70 %, you were right in 7 of 10."


def test_without_a_scored_prediction_calibration_is_empty_and_says_so(learner):
    assert calibration(learner).empty
    assert list(calibration(learner).columns) == ["predictions", "right", "share"]
    assert calibration_in_words(learner) == "No prediction has been scored yet."
