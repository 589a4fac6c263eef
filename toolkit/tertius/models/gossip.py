"""Trust among people who talk: who is let down, who hears of it, and what it costs."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import ClassVar, NamedTuple

import numpy as np

from tertius.errors import GraphError, ParameterError, check_above, check_share, check_two, choose_from
from tertius.models.trust import TrustGame, check_game
from tertius.models.waiting import tries_needed
from tertius.simulate.protocol import Streams
from tertius.ties import Ties

BREAKS = ("never", "once", "always")


class Trusting(NamedTuple):
    """State of `TrustNetwork`; runs on the last axis.

    Attributes
    ----------
    trusts : numpy.ndarray, bool, shape (n, runs)
        Who still trusts.
    payoff : numpy.ndarray, float64, shape (runs,)
        What the trusted one has got so far.
    lasts : numpy.ndarray, int32, shape (runs,)
        With which round they meet for the last time; drawn at the start.
    visitor : numpy.ndarray, int64, shape (runs,)
        Whose turn it was in this round; -1 before the first.
    broken : numpy.ndarray, int64, shape (runs,)
        Promises broken so far.
    is_over : numpy.ndarray, bool, shape (runs,)
        Whether the last round has been played.
    """

    trusts: np.ndarray
    payoff: np.ndarray
    lasts: np.ndarray
    visitor: np.ndarray
    broken: np.ndarray
    is_over: np.ndarray


@dataclass(frozen=True, eq=False)
class TrustNetwork:
    """Somebody who is trusted by several people who know each other, and may let them down.

    A broken promise pays once and costs the trust of whoever hears of it. Where people talk, that is many, and keeping
    one's word pays with less patience: witnesses replace it [1]_ [2]_. Gossip spreads distrust as readily as trust.

    Each round one of the trustors comes, drawn evenly. If they trust, the promise is kept (R) or broken (T); if not,
    both get P. Whoever is let down never trusts again and tells each of their contacts with probability ``tell``
    before the next round; who is told never trusts again either, and tells nobody. After each round it is over with
    probability 1 − ``meeting``.

    Parameters
    ----------
    ties : Ties, Network or networkx.Graph
        The trustors and whom they talk to; directed ties point at who is told. Strength is ignored.
    meeting : float
        w, chance that there is another round, from 0 to below 1.
    tell : float
        Probability that a contact is told, in [0, 1].
    breaks : {"never", "once", "always"}
        Which promises are broken: none, the first, or all.
    game : TrustGame
        The payoffs.

    Raises
    ------
    GraphError
        If the network has no people.
    ParameterError
        If a setting is out of its range.

    Notes
    -----
    Observed: ``payoff`` (of the trusted one, so far), ``trusting_share`` (of the trustors), ``broken`` (promises so
    far) and ``is_over``. The payoff is discounted by the rounds that never come, so play on until all is over:
    ``ensemble(model, 1000, until=model.is_over, ...)``. With the same seed, run by run, more telling after the one
    promise broken ``once`` never leaves more trust.

    References
    ----------
    .. [1] Coleman, American Journal of Sociology 94 (1988), S95-S120.
    .. [2] Buskens and Raub, Advances in Group Processes 19 (2002), 167-202.

    Examples
    --------
    >>> from tertius.simulate import simulate
    >>> model = TrustNetwork([("Ann", "Bo")], meeting=0.9, breaks="always")
    >>> simulate(model, 1, seed=1)["trusting_share"].tolist()  # one is let down and tells the other
    [1.0, 0.0]
    """

    ties: Ties
    meeting: float = 0.7
    tell: float = 1.0
    breaks: str = "never"
    game: TrustGame = field(default_factory=TrustGame)

    streams: ClassVar[tuple[str, ...]] = ("lasting", "visits", "telling")

    def __post_init__(self) -> None:
        object.__setattr__(self, "ties", _trustors(self.ties))
        check_share("meeting", self.meeting)
        if self.meeting == 1:
            raise ParameterError("meeting is 1; then it never ends, and every payoff is infinite. Give less than 1.")
        check_share("tell", self.tell)
        choose_from(self.breaks, BREAKS, "breaks")
        check_game(self.game)

    @cached_property
    def _hears(self) -> np.ndarray:
        return self.ties.array().toarray() > 0

    def start(self, rng: Streams, runs: int) -> Trusting:
        """Let everybody trust, and draw how long it lasts."""
        return Trusting(
            np.ones((len(self.ties), runs), bool),
            np.zeros(runs),
            tries_needed(rng.lasting.random(runs), 1 - self.meeting),
            np.full(runs, -1),
            np.zeros(runs, np.int64),
            np.zeros(runs, bool),
        )

    def step(self, state: Trusting, t: int, rng: Streams) -> Trusting:
        """Let one trustor come, and word of a broken promise go round."""
        n, runs = state.trusts.shape
        visitor = np.floor(rng.visits.random(runs) * n).astype(np.int64)
        is_told = rng.telling.random((n, runs)) < self.tell
        plays = t <= state.lasts
        trusted = state.trusts[visitor, np.arange(runs)] & plays
        breaks = trusted & (self.breaks == "always" or (self.breaks == "once") & (state.broken == 0))
        pays = np.select([breaks, trusted], [self.game.temptation, self.game.reward], self.game.punishment)
        loses = self._hears[visitor].T & is_told
        loses[visitor, np.arange(runs)] = True
        return Trusting(
            state.trusts & ~(loses & breaks),
            state.payoff + np.where(plays, pays, 0),
            state.lasts,
            visitor,
            state.broken + breaks,
            t >= state.lasts,
        )

    def observe(self, state: Trusting) -> dict[str, np.ndarray]:
        """Measure what it paid, and what trust is left."""
        return {
            "payoff": state.payoff,
            "trusting_share": state.trusts.mean(axis=0),
            "broken": state.broken,
            "is_over": state.is_over,
        }

    def is_over(self, state: Trusting) -> np.ndarray:
        """Say for each run whether the last round has been played; bool, shape (runs,). Good as ``until``."""
        return state.is_over


class Experience(NamedTuple):
    """State of `TrustByExperience`; runs on the last axis.

    Attributes
    ----------
    good, bad : numpy.ndarray, float64, shape (n, runs)
        Kept and broken promises that each person knows of, what they believed at first among them.
    """

    good: np.ndarray
    bad: np.ndarray


@dataclass(frozen=True, eq=False)
class TrustByExperience:
    """People who trust as long as what they have seen and heard speaks for it.

    Nobody learns about somebody they do not deal with: a run of bad luck among the first few promises can end trust for
    good, and where people talk, it ends it for all of them together.

    Each round one of the people comes, drawn evenly. They trust if the mean of their belief, (a + good)/(a + b + good +
    bad), is at least the chance at which trusting pays, (P − S)/(R − S). The promise is kept with probability
    ``keeps``; each contact is told of it, kept or broken, with probability ``tell``.

    Parameters
    ----------
    ties : Ties, Network or networkx.Graph
        Who tells whom; directed ties point at who is told. Strength is ignored.
    keeps : float
        Chance that a promise is kept, in [0, 1].
    tell : float
        Probability that a contact is told, in [0, 1].
    prior : (float, float)
        a and b, what everybody believes at first, as kept and broken promises; above 0.
    game : TrustGame
        The payoffs.

    Raises
    ------
    GraphError
        If the network has no people.
    ParameterError
        If a setting is out of its range.

    Notes
    -----
    Observed: ``trusting_share`` (of all people) and ``belief`` (mean over all).

    Examples
    --------
    >>> from tertius.simulate import simulate
    >>> simulate(TrustByExperience([("Ann", "Bo")], keeps=0), 3, seed=1)["trusting_share"].tolist()
    [1.0, 1.0, 0.0, 0.0]
    """

    ties: Ties
    keeps: float = 0.8
    tell: float = 1.0
    prior: tuple[float, float] = (1.0, 1.0)
    game: TrustGame = field(default_factory=TrustGame)

    streams: ClassVar[tuple[str, ...]] = ("visits", "keeping", "telling")

    def __post_init__(self) -> None:
        object.__setattr__(self, "ties", _trustors(self.ties))
        check_share("keeps", self.keeps)
        check_share("tell", self.tell)
        check_two("prior", self.prior, "kept and broken promises")
        for count in self.prior:
            check_above("prior", count, 0, "a number of promises")
        check_game(self.game)

    @cached_property
    def _hears(self) -> np.ndarray:
        return self.ties.array().toarray() > 0

    def start(self, rng: Streams, runs: int) -> Experience:
        """Let everybody believe what they believe at first."""
        shape = (len(self.ties), runs)
        return Experience(*(np.full(shape, float(count)) for count in self.prior))

    def trusts(self, state: Experience) -> np.ndarray:
        """Who would trust now; bool, shape (n, runs)."""
        return state.good >= self.game.trust_threshold * (state.good + state.bad) - 1e-9

    def step(self, state: Experience, t: int, rng: Streams) -> Experience:
        """Let one person come, and tell others what came of it."""
        n, runs = state.good.shape
        visitor = np.floor(rng.visits.random(runs) * n).astype(np.int64)
        kept = rng.keeping.random(runs) < self.keeps
        learns = self._hears[visitor].T & (rng.telling.random((n, runs)) < self.tell)
        learns[visitor, np.arange(runs)] = True
        learns &= self.trusts(state)[visitor, np.arange(runs)]
        return Experience(state.good + (learns & kept), state.bad + (learns & ~kept))

    def observe(self, state: Experience) -> dict[str, np.ndarray]:
        """Measure who trusts, and what is believed."""
        return {
            "trusting_share": self.trusts(state).mean(axis=0),
            "belief": (state.good / (state.good + state.bad)).mean(axis=0),
        }


def _trustors(graph) -> Ties:
    ties = Ties.of(graph)
    if not len(ties):
        raise GraphError("Trust needs people, and this network has none.")
    return ties
