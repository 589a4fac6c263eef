"""Landscapes of solutions, smooth or rugged: how good every combination of yes/no decisions is (NK landscapes)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from tertius.errors import ParameterError, check_count, choose_from

INTERACTIONS = ("random", "adjacent")
MOST_DECISIONS = 24
MOST_WORTHS = 1 << 18
"""A landscape has N·2^(K + 1) numbers; more than these are not drawn."""
AT_ONCE = 13
"""Up to so many decisions the qualities of all solutions are worked out beforehand."""


class Landscape(NamedTuple):
    """One landscape for each run; runs on the last axis.

    Attributes
    ----------
    reads : numpy.ndarray, int64, shape (decisions, K + 1, runs)
        Which decisions the contribution of each depends on, itself first.
    worths : numpy.ndarray, float64, shape (contributions, combinations, runs)
        What each decision contributes for every combination of what it depends on; with few decisions all of them
        together, for every solution.
    low, high : numpy.ndarray, unsigned, shape (2^half, contributions, runs)
        For each pattern of the first half of the decisions, or of the others, its part of the combination's number.
    """

    reads: np.ndarray
    worths: np.ndarray
    low: np.ndarray
    high: np.ndarray


def check_landscape(decisions: int, ruggedness: int, interacts: str) -> None:
    """Refuse what is no landscape, or one that is too large."""
    check_count("decisions", decisions, 1, MOST_DECISIONS)
    check_count("ruggedness", ruggedness, 0, decisions - 1, limit="one less than the decisions, ")
    choose_from(interacts, INTERACTIONS, "interacts")
    if decisions << ruggedness + 1 > MOST_WORTHS:
        raise ParameterError(
            f"{decisions} decisions of ruggedness {ruggedness} take {decisions << ruggedness + 1:,} random numbers a "
            f"landscape, and at most {MOST_WORTHS:,} are drawn; choose a smaller ruggedness or fewer decisions."
        )


def drawn(decisions: int, ruggedness: int, interacts: str, rng: np.random.Generator, runs: int) -> Landscape:
    """Draw a landscape for each run.

    Each decision contributes a number drawn evenly from [0, 1) for each combination of itself and the ``ruggedness``
    others that it depends on: drawn for each decision, or the next ones around a circle. How good a solution is, is the
    mean of these contributions.
    """
    order = rng.random((decisions, decisions, runs))
    if interacts == "adjacent":
        order = np.tile((np.arange(decisions) - np.arange(decisions)[:, None])[..., None] % decisions, (1, 1, runs))
    order = order.astype(float)
    order[np.arange(decisions), np.arange(decisions)] = -1  # itself first
    reads = order.argsort(axis=1, kind="stable")[:, : ruggedness + 1]
    worths = np.moveaxis(rng.random((runs, decisions, 1 << ruggedness + 1)), 0, -1)
    if decisions <= AT_ONCE:
        worths = _together(reads, worths)
        everything = np.tile(np.arange(decisions)[:, None], (1, 1, runs))
        return Landscape(reads, worths, *_halves(everything, decisions))
    return Landscape(reads, worths, *_halves(reads, decisions))


def _together(reads: np.ndarray, worths: np.ndarray) -> np.ndarray:
    """The quality of every solution, as a single contribution; (1, solutions, runs)."""
    decisions, _, runs = reads.shape
    whole = [
        _joined(list(zip(reads[..., run].tolist(), worths[..., run], strict=True)), list(range(decisions)))
        for run in range(runs)
    ]
    return np.moveaxis(np.array(whole) / decisions, 0, -1)[None]


def _halves(reads: np.ndarray, decisions: int) -> tuple[np.ndarray, np.ndarray]:
    """What the first half of the decisions adds to the numbers of combinations, and what the others add."""
    half = -(-decisions // 2)
    return _numbers(reads, 0, half), _numbers(reads, half, decisions)


def _numbers(reads: np.ndarray, first: int, last: int) -> np.ndarray:
    kind = np.uint8 if reads.shape[1] <= 8 else np.uint16
    patterns = np.arange(1 << last - first)[:, None, None]
    reads = np.moveaxis(reads, -1, 0)  # a run's contributions side by side: they are looked up together
    parts = np.zeros((len(patterns), *reads.shape[:2]), kind)
    for k in range(reads.shape[2]):
        bit = reads[..., k] - first
        here = (bit >= 0) & (bit < last - first)
        parts |= np.where(here, patterns >> np.where(here, bit, 0) & 1, 0).astype(kind) << kind(k)
    return np.moveaxis(parts, 1, -1)


def quality(landscape: Landscape, solutions: np.ndarray) -> np.ndarray:
    """How good solutions are.

    Parameters
    ----------
    landscape : Landscape
    solutions : numpy.ndarray, int, shape (people, runs)
        Bit i is decision i.

    Returns
    -------
    numpy.ndarray, float64, shape (people, runs)
    """
    _, worths, low, high = landscape
    contributions, combinations, runs = worths.shape
    parts = [np.moveaxis(part, -1, 1).reshape(-1, contributions) for part in (low, high)]
    half = len(low).bit_length() - 1
    run = np.arange(runs)
    number = parts[0].take((solutions & len(low) - 1) * runs + run, axis=0)
    number += parts[1].take((solutions >> half) * runs + run, axis=0)
    start = (run[:, None] * contributions + np.arange(contributions)) * combinations
    return np.moveaxis(worths, -1, 0).reshape(-1).take(start + number).mean(axis=-1)


def highest(landscape: Landscape) -> np.ndarray:
    """How good the best of all solutions is, in each run: exact.

    Returns
    -------
    numpy.ndarray, float64, shape (runs,)

    Notes
    -----
    With many decisions they are settled one by one: the contributions that depend on a decision are added up for every
    combination of what else they depend on, and the better of yes and no is kept [1]_.

    References
    ----------
    .. [1] Bertelè and Brioschi, Nonserial Dynamic Programming (1972).
    """
    if len(landscape.worths) == 1:
        return landscape.worths[0].max(axis=0)
    reads, worths = (np.moveaxis(array, -1, 0) for array in landscape[:2])
    return np.array([_highest(r.tolist(), list(w)) for r, w in zip(reads, worths, strict=True)])


def _highest(reads: list[list[int]], worths: list[np.ndarray]) -> float:
    decisions = len(reads)
    parts = list(zip(reads, worths, strict=True))
    total, left = 0.0, set(range(decisions))
    while left:
        beside = {i: set().union(*(scope for scope, _ in parts if i in scope)) for i in left}
        i = min(left, key=lambda i: (len(beside[i]), i))
        others = sorted(beside[i] - {i})
        table = _joined([part for part in parts if i in part[0]], [*others, i])
        best = np.maximum(*np.split(table, 2))
        parts = [part for part in parts if i not in part[0]]
        left.discard(i)
        if others:
            parts.append((others, best))
        else:
            total += float(best[0])
    return total / decisions


def _joined(parts: list[tuple[list[int], np.ndarray]], scope: list[int]) -> np.ndarray:
    """Sum of the parts for every combination of the decisions in ``scope``; bit k is the k-th of them."""
    total = np.zeros(1 << len(scope))
    for reads, worths in parts:
        weight = {i: 1 << k for k, i in enumerate(reads)}
        position = np.zeros(1, np.int32)
        for i in scope:
            position = np.concatenate([position, position + weight.get(i, 0)])
        total += worths[position]
    return total


def local_optima(landscape: Landscape) -> np.ndarray:
    """How many solutions no single change makes better, in each run; for up to 13 decisions.

    Returns
    -------
    numpy.ndarray, int64, shape (runs,)

    Raises
    ------
    ParameterError
        If there are more decisions.
    """
    decisions = len(landscape.reads)
    check_count("decisions", decisions, 1, AT_ONCE)
    values, every = landscape.worths[0], np.arange(1 << decisions)
    tops = np.ones(values.shape, bool)
    for i in range(decisions):
        tops &= values >= values[every ^ 1 << i]
    return np.count_nonzero(tops, axis=0)
