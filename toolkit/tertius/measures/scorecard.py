"""A ranking by several criteria, and whether it holds if some count more or less."""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd

from tertius.errors import GraphError, ParameterError, check_count, check_least, check_share, choose_from

LEVELS = 11
"""Each weight is tried at so many places of its range."""


def scorecard(
    scores: pd.DataFrame,
    weights: dict[str, float] | None = None,
    *,
    top: int = 3,
    sway: float = 0.5,
    moved: str = "one",
) -> pd.DataFrame:
    """Rank people by weighted criteria, and say whose place among the first depends on the weights.

    Whoever stays among the first however the weights are moved is there for more than one way of counting; the others
    owe it to the weights. Scoring people can demean them: use it on options, or keep it to yourself.

    Parameters
    ----------
    scores : pandas.DataFrame
        A row a person, a column a criterion; numbers.
    weights : dict of str to float, optional
        For each criterion, at least 0. Left out: all count the same.
    top : int
        How many are the first, at least 1.
    sway : float
        Every weight is moved down and up by this share of itself, in [0, 1].
    moved : {"one", "all"}
        One weight at a time over its whole range, or all at once, each at its ends and as given.

    Returns
    -------
    pandas.DataFrame
        The people by falling score: ``score``, ``rank``, the ``best_rank`` and ``worst_rank`` in the full scan, and
        ``stays`` (among the first throughout). Of equal scores the person named first is ahead.

    Raises
    ------
    GraphError
        If a score is missing.
    ParameterError
        If a setting is out of its range.

    Examples
    --------
    >>> table = pd.DataFrame({"reach": [3, 2, 1], "will": [0, 3, 3]}, ["Ann", "Bo", "Cy"])
    >>> scorecard(table, top=1)["stays"].to_dict()
    {'Bo': True, 'Cy': False, 'Ann': False}
    """
    check_count("top", top, 1)
    check_share("sway", sway, "share")
    choose_from(moved, ("one", "all"), "moved")
    numbers = scores.to_numpy(float)
    if not np.isfinite(numbers).all():
        row, column = np.argwhere(~np.isfinite(numbers))[0]
        raise GraphError(
            f"{scores.index[row]!r} has no score for {scores.columns[column]!r}; give one, or leave them out."
        )
    base = _weights(weights, list(scores.columns))
    ranks = np.array([_ranks(numbers @ (base * factors)) for factors in _moves(len(base), sway, moved)])
    score = numbers @ base
    table = pd.DataFrame(
        {
            "score": score,
            "rank": _ranks(score),
            "best_rank": ranks.min(axis=0),
            "worst_rank": ranks.max(axis=0),
            "stays": ranks.max(axis=0) <= top,
        },
        scores.index,
    )
    return table.sort_values("rank", kind="stable")


def _weights(weights: dict[str, float] | None, criteria: list[str]) -> np.ndarray:
    if weights is None:
        return np.full(len(criteria), 1 / max(len(criteria), 1))
    for name in weights:
        choose_from(name, criteria, "a weight's criterion")
    given = np.array([float(weights.get(name, 0)) for name in criteria])
    for name, weight in zip(criteria, given.tolist(), strict=True):
        check_least(f"The weight of {name!r}", weight, 0, "how much a criterion counts")
    if not given.sum():
        raise ParameterError("All weights are 0; then nobody is ahead of anybody.")
    return given / given.sum()


def _moves(criteria: int, sway: float, moved: str) -> np.ndarray:
    """By what each weight is multiplied, a row a try; the first leaves all as they are."""
    if moved == "all":
        tries = [(1.0,) * criteria, *product((1 - sway, 1.0, 1 + sway), repeat=criteria)]
        return np.array(tries)
    alone = np.linspace(1 - sway, 1 + sway, LEVELS)
    tries = np.ones((criteria * LEVELS + 1, criteria))
    for k in range(criteria):
        tries[1 + k * LEVELS : 1 + (k + 1) * LEVELS, k] = alone
    return tries


def _ranks(score: np.ndarray) -> np.ndarray:
    """1 for the highest; sums that differ in the last digits are equal."""
    order = np.argsort(-np.round(score, 12), kind="stable")
    ranks = np.empty(len(order), np.int64)
    ranks[order] = np.arange(1, len(order) + 1)
    return ranks
