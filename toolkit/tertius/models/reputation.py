"""Giving to those who are known to give: reputation in place of a favour returned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

import numpy as np

from tertius.errors import ParameterError, check_above, check_count, check_least, check_share
from tertius.simulate.protocol import Streams

WORST, FINEST = -5, 5
ALWAYS, NEVER = -5, 6
"""The strategies of those who give to everybody, and to nobody."""


class Generation(NamedTuple):
    """State of `ImageScoring`; runs on the last axis.

    Attributes
    ----------
    strategy : numpy.ndarray, int8, shape (people, runs)
        The least score to which each person gives, from -5 (everybody's) to 6 (nobody's).
    giving : numpy.ndarray, float64, shape (runs,)
        Share of the meetings of the last generation in which was given; ``nan`` before the first.
    """

    strategy: np.ndarray
    giving: np.ndarray


@dataclass(frozen=True)
class ImageScoring:
    r"""People who help those with a good name, though they will never meet again.

    Helping costs, and makes a name; a good name brings help from others. So help can pay without a favour returned, as
    long as names are known well enough [1]_. But whoever refuses a scoundrel loses their good name too, which is why
    this rule does not hold for ever by itself [2]_.

    Everybody has a score, at first 0, and a strategy k, and gives to those whose score is at least k. Pairs of a giver
    and a receiver are drawn evenly, one after another. With probability ``knows`` the giver knows the receiver's score,
    else they take it for the best. Giving costs c, brings b, and adds one to the giver's score; refusing takes one from
    it; scores stay within -5 and 5. To whoever had the choice c is added, so nobody falls below 0. Each step is one
    generation: after its meetings everybody is replaced by a child of somebody drawn with a chance in proportion to
    what they have got (evenly, if nobody has anything), with the parent's strategy and a score of 0.

    Parameters
    ----------
    knows : float
        q, in [0, 1].
    benefit, cost : float
        b and c, with b above c, and c at least 0.
    people : int
        At least 2.
    meetings : int
        In a generation, at least 1.
    mutation : float
        Probability that a child has a strategy drawn evenly instead, in [0, 1].
    strategies : sequence of int, optional
        The first generation's, one for each person. Drawn evenly from -5 to 6 if left out.

    Raises
    ------
    ParameterError
        If a setting is out of its range.

    Notes
    -----
    Observed: ``giving`` (share of a generation's meetings; ``nan`` before the first), ``always_share`` (people who give
    to everybody), ``never_share`` (to nobody) and ``mean_strategy``. Among so few people luck decides much: names known
    to all keep most of those out who never give, and yet strategies that hardly ever give often take over.

    References
    ----------
    .. [1] Nowak and Sigmund, Nature 393 (1998), 573-577.
    .. [2] Leimar and Hammerstein, Proceedings of the Royal Society B 268 (2001), 745-753.

    Examples
    --------
    >>> from tertius.simulate import simulate
    >>> simulate(ImageScoring(people=4, strategies=[6, 6, 6, 6]), 2, seed=1)["giving"].tolist()
    [nan, 0.0, 0.0]
    >>> ImageScoring(knows=0.3, benefit=4.0, cost=1.0).payoffs()  # for looking at names; for never giving
    (3.0, 2.8)
    """

    knows: float = 1.0
    benefit: float = 1.0
    cost: float = 0.1
    people: int = 100
    meetings: int = 125
    mutation: float = 0.0
    strategies: Sequence[int] | None = None

    streams: ClassVar[tuple[str, ...]] = ("start", "meetings", "knowing", "parents", "mutation")

    def __post_init__(self) -> None:
        check_share("knows", self.knows)
        check_least("cost", self.cost, 0, "what giving costs")
        check_above("benefit", self.benefit, self.cost, "what is given, worth more than it costs")
        check_count("people", self.people, 2)
        check_count("meetings", self.meetings, 1)
        check_share("mutation", self.mutation)
        if self.strategies is not None:
            if not np.iterable(self.strategies):
                raise ParameterError(f"strategies is {self.strategies!r}; it holds one for each person.")
            strategies = tuple(self.strategies)
            if len(strategies) != self.people:
                raise ParameterError(f"strategies holds {len(strategies)} of them, and there are {self.people} people.")
            for k in strategies:
                check_count("a strategy", k, ALWAYS, NEVER)
            object.__setattr__(self, "strategies", strategies)

    def payoffs(self) -> tuple[float, float]:
        """What a round brings those who give to good names, and a few among them who never give: exact.

        The first get b − c from each other; the others b, as often as their name is not known. So good names keep out
        those who never give if ``knows`` is above c/b [1]_.

        References
        ----------
        .. [1] Nowak and Sigmund, Nature 393 (1998), 573-577.
        """
        return self.benefit - self.cost, self.benefit * (1 - self.knows)

    def start(self, rng: Streams, runs: int) -> Generation:
        """Take the first strategies, or draw them."""
        strategy = rng.start.integers(ALWAYS, NEVER + 1, (self.people, runs), np.int8)
        if self.strategies is not None:
            strategy = np.repeat(np.array(self.strategies, np.int8)[:, None], runs, axis=1)
        return Generation(strategy, np.full(runs, np.nan))

    def step(self, state: Generation, t: int, rng: Streams) -> Generation:
        """Let them meet, one pair after another, and be followed by their children."""
        n, runs = state.strategy.shape
        shape, every = (self.meetings, runs), np.arange(runs)
        givers = rng.meetings.integers(0, n, shape)
        receivers = (givers + rng.meetings.integers(1, n, shape)) % n
        is_known = rng.knowing.random(shape) < self.knows
        limits = state.strategy[givers, every]
        score, got = np.zeros((n, runs), np.int64), np.zeros((n, runs))
        given = np.zeros(runs, np.int64)
        for giver, receiver, known, limit in zip(givers, receivers, is_known, limits, strict=True):
            gives = np.where(known, score[receiver, every], FINEST) >= limit
            score[giver, every] = np.clip(score[giver, every] + np.where(gives, 1, -1), WORST, FINEST)
            got[giver, every] += np.where(gives, 0, self.cost)
            got[receiver, every] += np.where(gives, self.benefit, 0)
            given += gives
        return Generation(self._children(state.strategy, got, rng), given / self.meetings)

    def _children(self, strategy: np.ndarray, got: np.ndarray, rng: Streams) -> np.ndarray:
        n, runs = strategy.shape
        up_to = np.where(got.sum(axis=0) > 0, got, 1.0).cumsum(axis=0)
        luck = rng.parents.random((n, runs)) * up_to[-1]
        parents = np.stack([np.searchsorted(up_to[:, run], luck[:, run], "right") for run in range(runs)], axis=1)
        mutates = rng.mutation.random((n, runs)) < self.mutation
        fresh = rng.mutation.integers(ALWAYS, NEVER + 1, (n, runs), np.int8)
        return np.where(mutates, fresh, np.take_along_axis(strategy, np.minimum(parents, n - 1), axis=0))

    def observe(self, state: Generation) -> dict[str, np.ndarray]:
        """Measure how much was given, and what the strategies are."""
        return {
            "giving": state.giving,
            "always_share": (state.strategy == ALWAYS).mean(axis=0),
            "never_share": (state.strategy == NEVER).mean(axis=0),
            "mean_strategy": state.strategy.mean(axis=0),
        }
