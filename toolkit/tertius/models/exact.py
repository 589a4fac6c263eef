"""How likely a cascade reaches each person, worked out from every way in which luck can fall: for small networks."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod

import numpy as np
import pandas as pd

from tertius.errors import GraphError, ParameterError
from tertius.models.bits import packed, unpacked
from tertius.models.cascade import IndependentCascade
from tertius.models.linear import LinearThreshold
from tertius.models.starters import DRAWN
from tertius.models.ways import Ways
from tertius.simulate import BLOCK

MOST_OUTCOMES = 1 << 18
"""More ways in which luck can fall are not tried one by one."""


@dataclass(frozen=True, eq=False)
class Outcomes:
    """Every way in which the luck of a cascade can fall, a bit of a word each.

    Attributes
    ----------
    ways : Ways
    live : numpy.ndarray, uint64, shape (number of ways, words)
        Which ways are live in each.
    chance : numpy.ndarray, float, shape (64 · words,)
        How likely each is; their sum is 1, and those that fill up the last word have none.
    """

    ways: Ways
    live: np.ndarray
    chance: np.ndarray

    @classmethod
    def of(cls, model: IndependentCascade | LinearThreshold) -> Outcomes:
        """Enumerate the outcomes of a model.

        Raises
        ------
        GraphError
            If there are too many.
        ParameterError
            If the model is of another kind.
        """
        count = cls.count(model)
        if count > MOST_OUTCOMES:
            written = f"{count:,}" if count < 10**12 else "far too many"
            raise GraphError(
                f"On this network luck can fall in {written} ways, and I try at most {MOST_OUTCOMES:,}; run an "
                "ensemble instead."
            )
        return cls._of_ties(model) if isinstance(model, IndependentCascade) else cls._of_contacts(model)

    @staticmethod
    def count(model: IndependentCascade | LinearThreshold) -> int:
        """In how many ways the luck of a model can fall."""
        if isinstance(model, IndependentCascade):
            return 1 << len(_open(model))
        if isinstance(model, LinearThreshold):
            return prod(_options(model).tolist())
        raise ParameterError(
            f"This needs an IndependentCascade or a LinearThreshold, where one voice is enough; this is a "
            f"{type(model).__name__}."
        )

    @classmethod
    def _of_ties(cls, model: IndependentCascade) -> Outcomes:
        chance = np.broadcast_to(model.transmission, (model.ties.n_ties,))
        total = cls.count(model)
        outcome = np.arange(max(BLOCK, total))
        likely = (outcome < total).astype(float)
        live = np.zeros((model.ties.n_ties, len(outcome) // BLOCK), np.uint64)
        live[chance == 1] = ~np.uint64(0)
        for digit, tie in enumerate(_open(model).tolist()):
            passes = (outcome >> digit) & 1 == 1
            live[tie] = packed(passes.reshape(-1, BLOCK))
            likely *= np.where(passes, chance[tie], 1 - chance[tie])
        return cls(model.ways, live[model.ways.tie], likely)

    @classmethod
    def _of_contacts(cls, model: LinearThreshold) -> Outcomes:
        ways, degree = model.ways, model.ways.degree
        options, total = _options(model), cls.count(model)
        outcome = np.arange(-(-total // BLOCK) * BLOCK)
        likely = (outcome < total).astype(float)
        live = np.zeros((len(ways.source), len(outcome) // BLOCK), np.uint64)
        begin = ways.first
        weight = np.diff(model.summed, prepend=0)
        weight[begin[degree > 0]] = model.summed[begin[degree > 0]]
        for person in np.flatnonzero(degree).tolist():
            outcome, which = np.divmod(outcome, options[person])
            mine = slice(begin[person], begin[person] + degree[person])
            for k, way in enumerate(ways.into[mine].tolist()):
                live[way] = packed((which == k).reshape(-1, BLOCK))
            likely *= np.append(model.influence * weight[mine], 1 - model.influence)[which]
        return cls(ways, live, likely)

    def reached(self, starters: np.ndarray) -> np.ndarray:
        """Whom these people reach in each outcome; uint64, shape (n, words), from their positions."""
        new = np.zeros((self.ways.n, self.live.shape[1]), np.uint64)
        new[starters] = ~np.uint64(0)
        active = new.copy()
        while new.any():
            new = self.ways.passed_on(new, self.live) & ~active
            active |= new
        return active

    def chances(self, reached: np.ndarray) -> np.ndarray:
        """How likely each person is reached; float, shape (n,), from what `reached` returns."""
        return np.array([unpacked(words).reshape(-1) @ self.chance for words in reached])


def exact_reach(model: IndependentCascade | LinearThreshold) -> pd.Series:
    """Probability that a cascade reaches each person, from every way in which luck can fall.

    Parameters
    ----------
    model : IndependentCascade or LinearThreshold
        On a small network: at most 18 ties whose ``transmission`` is neither 0 nor 1; of a `LinearThreshold`, at most
        2¹⁸ ways to be moved by one contact or none. Who starts must be named, or found by a rule that draws nothing.

    Returns
    -------
    pandas.Series
        One probability in [0, 1] for each person; their sum is the expected number reached.

    Raises
    ------
    GraphError
        If there are too many ways in which luck can fall.
    ParameterError
        If who starts is drawn, or the model is of another kind.

    Examples
    --------
    >>> star = IndependentCascade([("hub", "Ann"), ("hub", "Bo"), ("hub", "Cy")], 0.5, ["Ann"])
    >>> exact_reach(star).to_dict()
    {'hub': 0.5, 'Ann': 1.0, 'Bo': 0.25, 'Cy': 0.25}
    """
    outcomes = Outcomes.of(model)
    starters = model.starters
    if starters.named is None and starters.chosen in DRAWN:
        raise ParameterError(
            f"Here {starters.number} people start who are drawn for each run; name those whose reach you want."
        )
    reached = outcomes.chances(outcomes.reached(starters.fixed))
    return pd.Series(reached, pd.Index(model.ties.ids, tupleize_cols=False), name="chance")


def _open(model: IndependentCascade) -> np.ndarray:
    """The ties that may pass it on or not; positions."""
    chance = np.broadcast_to(model.transmission, (model.ties.n_ties,))
    return np.flatnonzero((chance > 0) & (chance < 1))


def _options(model: LinearThreshold) -> np.ndarray:
    """By how many contacts each person may be moved, or by nobody, which counts too; int64, shape (n,)."""
    return np.maximum(1, model.ways.degree + (model.influence < 1))
