"""How good a prediction was: scored against what many runs did, and over all lessons by how sure the learner was."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from tertius.course.questions import Number, Options, Question
from tertius.errors import ParameterError
from tertius.learner import Learner
from tertius.simulate.results import BAND

ENOUGH = 2 / 3
"""Share of the points of a drawn curve that have to be in the band."""


class Outcome(NamedTuple):
    """What the runs did, as far as a question asks.

    Attributes
    ----------
    told : str
        In a sentence.
    low, middle, high : numpy.ndarray or None
        The band: 5 %, 50 % and 95 % quantiles of the runs; of a curve at each point. ``None`` for options.
    """

    told: str
    low: np.ndarray | None = None
    middle: np.ndarray | None = None
    high: np.ndarray | None = None

    def holds(self, answer: Any) -> np.ndarray:
        """Say of each number of an answer whether it is in the band."""
        given = np.asarray(answer, float)
        return (self.low - 1e-9 <= given) & (given <= self.high + 1e-9)

    def band(self, low: float, high: float) -> dict[str, list[float]]:
        """Return the band of a curve, to be drawn beside the learner's own between two ends."""
        return {name: getattr(self, name).clip(low, high).round(4).tolist() for name in ("low", "middle", "high")}


class Score(NamedTuple):
    """How a prediction compares with the runs.

    Attributes
    ----------
    is_right : bool
    verdict : str
        In a sentence.
    """

    is_right: bool
    verdict: str


def outcome(asked: Question, result: Any) -> Outcome:
    """Say what the runs did, in the terms of a question.

    Parameters
    ----------
    asked : Options, Number or Drawing
    result : str, or array
        Of options, the right one; of a number, its value in each run; of a curve, its heights, shape (points, runs).

    Returns
    -------
    Outcome

    Raises
    ------
    ParameterError
        If the result does not fit the question.

    Examples
    --------
    >>> outcome(Number(0, 10), [3, 4, 5]).told
    'Nine of ten runs have 3.1 to 4.9; their median is 4.'
    """
    if isinstance(asked, Options):
        if asked.taken(result) is None:
            raise ParameterError(f"The result {result!r} is none of the options {[v for v, _ in asked.options]}.")
        return Outcome(f"It is: {asked.told(result)}.")
    runs = np.asarray(result, float)
    if np.isnan(runs).any():
        raise ParameterError("The result holds nan; a run that never got there has an infinite value.")
    wanted = 1 if isinstance(asked, Number) else 2
    if runs.ndim != wanted or (wanted == 2 and len(runs) != len(asked.x)):
        raise ParameterError(
            "The result of a number is one value a run, and of a curve one row of runs a point; "
            f"got an array of shape {runs.shape}."
        )
    # A run that never got there has an infinite value, which quantiles must not turn into "not a number".
    low, middle, high = np.quantile(runs, BAND, axis=-1, method="linear" if np.isfinite(runs).all() else "nearest")
    if isinstance(asked, Number):
        decimals = 0 if asked.high - asked.low >= 50 else 2
        least, half, most = (_told(asked, float(one), decimals) for one in (low, middle, high))
        if least != most:
            most = f"{_told(replace(asked, unit=''), float(low), decimals)} to {most}"
        return Outcome(f"Nine of ten runs have {most}; their median is {half}.", low, middle, high)
    return Outcome("The band holds nine of ten runs; the dashed line is their median.", low, middle, high)


def _told(asked: Number, value: float, decimals: int) -> str:
    return asked.told(round(value, decimals)) if np.isfinite(value) else "never"


def score(asked: Question, answer: Any, result: Any) -> Score:
    """Compare a prediction with what the runs did.

    Parameters
    ----------
    asked, result
        As for `outcome`.
    answer : str, number or list
        What was predicted.

    Returns
    -------
    Score
        A number is right within the band of nine of ten runs, and a curve with two of three points within it.

    Examples
    --------
    >>> score(Number(0, 10), 4, [3, 4, 5])
    Score(is_right=True, verdict='Your number is where nine of ten runs are.')
    """
    found = outcome(asked, result)
    if isinstance(asked, Options):
        is_right = answer == asked.taken(result)
        return Score(is_right, "As you predicted." if is_right else "Not as you predicted.")
    inside = found.holds(answer)
    if isinstance(asked, Number):
        where = "where nine of ten runs are" if inside else "outside the range of nine of ten runs"
        return Score(bool(inside), f"Your number is {where}.")
    count = int(np.count_nonzero(inside))
    points = f"{count} of your {inside.size} points {'is' if count == 1 else 'are'} where nine of ten runs are."
    return Score(count >= ENOUGH * inside.size, points)


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
