"""How good a prediction was: scored against what many runs did, and over all lessons by how sure the learner was."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from tertius.course.questions import Number, Options, Question
from tertius.errors import ParameterError
from tertius.learner import Learner

BAND = (0.05, 0.5, 0.95)
"""A band is where nine of ten runs are, around their median."""

ENOUGH = 2 / 3
"""Share of the points of a drawn curve that have to be in the band."""


class Score(NamedTuple):
    """How a prediction compares with the runs.

    Attributes
    ----------
    is_right : bool
    told : str
        In a sentence.
    truth : dict or None
        Of a curve, its band: ``low``, ``middle`` and ``high`` at each point.
    """

    is_right: bool
    told: str
    truth: dict[str, list[float]] | None = None


def score(asked: Question, answer: Any, result: Any) -> Score:
    """Compare a prediction with what the runs did.

    Parameters
    ----------
    asked : Options, Number or Drawing
    answer : str, number or list
        What was predicted.
    result : str, or array
        Of options, the right one; of a number, its value in each run; of a curve, its heights, shape (points, runs).

    Returns
    -------
    Score
        A number is right within the band of nine of ten runs, and a curve with two of three points within it.

    Raises
    ------
    ParameterError
        If the result does not fit the question.

    Examples
    --------
    >>> score(Number(0, 10), 4, [3, 4, 5]).told
    'You said 4; nine of ten runs have 3.1 to 4.9, and their median is 4.'
    """
    if isinstance(asked, Options):
        right = asked.told(result)
        if result not in dict(asked.options):
            raise ParameterError(f"The result {result!r} is none of the options {[v for v, _ in asked.options]}.")
        is_right = answer == result
        said = f"You said: {asked.told(answer)}."
        return Score(is_right, f"{said} So it is." if is_right else f"{said} It is: {right}.")
    runs = np.asarray(result, float)
    wanted = 1 if isinstance(asked, Number) else 2
    if runs.ndim != wanted or (wanted == 2 and len(runs) != len(asked.x)):
        raise ParameterError(
            "The result of a number is one value a run, and of a curve one row of runs a point; "
            f"got an array of shape {runs.shape}."
        )
    low, middle, high = np.quantile(runs, BAND, axis=-1)
    if isinstance(asked, Number):
        spread = (asked.told(round(float(one), 2)) for one in (low, high))
        told = f"You said {asked.told(answer)}; nine of ten runs have {' to '.join(dict.fromkeys(spread))}"
        return Score(
            bool(low - 1e-9 <= answer <= high + 1e-9),
            f"{told}, and their median is {asked.told(round(float(middle), 2))}.",
        )
    drawn = np.asarray(answer, float)
    inside = int(np.count_nonzero((low - 1e-9 <= drawn) & (drawn <= high + 1e-9)))
    truth = {
        name: one.round(4).tolist() for name, one in zip(("low", "middle", "high"), (low, middle, high), strict=True)
    }
    return Score(
        inside >= ENOUGH * len(drawn), f"{inside} of your {len(drawn)} points are where nine of ten runs are.", truth
    )


def calibration(learner: Learner) -> pd.DataFrame:
    """How often predictions were right, by how sure the learner was.

    Somebody well calibrated is right in about eight of ten of the predictions made with 80 per cent. The first
    prediction for each question counts, and its first score.

    Parameters
    ----------
    learner : Learner

    Returns
    -------
    pandas.DataFrame
        One row for each confidence from 50 to 100 (in steps of ten, rounded) that was used: ``predictions``,
        ``right`` (counts) and ``share`` right. Empty before the first.

    References
    ----------
    .. [1] Lichtenstein, Fischhoff and Phillips, in Kahneman, Slovic and Tversky, Judgment under Uncertainty (1982),
       306-334.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     learner = Learner.open(folder)
    ...     _ = learner.predict("L06-E1", "weakest", 80)
    ...     learner.answer("L06-E1", "because they bridge", "right")
    ...     calibration(learner).to_dict("index")
    {80: {'predictions': 1, 'right': 1, 'share': 1.0}}
    """
    answers, rows = learner.answers, []
    for id, prediction in learner.predictions.items():
        scored = [entry["status"] == "right" for entry in answers.get(id, []) if entry["status"] in ("right", "wrong")]
        if scored and prediction["confidence"] is not None and prediction["answer"] is not None:
            rows.append((int(np.floor(prediction["confidence"] / 10 + 0.5)) * 10, scored[0]))
    table = pd.DataFrame(rows, columns=["confidence", "right"]).astype({"confidence": int, "right": int})
    counts = table.groupby("confidence")["right"].agg(predictions="count", right="sum")
    return counts.assign(share=counts["right"] / counts["predictions"])


def calibration_in_words(learner: Learner) -> str:
    """Say `calibration` in a sentence or two."""
    table = calibration(learner)
    if table.empty:
        return "No prediction has been scored yet."
    said = [
        f"When you said {sure} %, you were right in {row.right:.0f} of {row.predictions:.0f}."
        for sure, row in zip(table.index, table.itertuples(), strict=True)
    ]
    few = " That is too few to say how well you judge yourself." if table["predictions"].sum() < 10 else ""
    return " ".join(said) + few
