"""News of jobs: how to divide your time among contacts, and why friends are out of work together."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

import numpy as np
import pandas as pd

from tertius.errors import GraphError, ParameterError, check_count, check_share
from tertius.simulate.protocol import Streams
from tertius.ties import Ties

MOST_IN_CHAIN = 10
"""The exact chain has 2**n states, so it is kept to few people."""


@dataclass(frozen=True, eq=False)
class JobSearch:
    r"""How many close friends and how many acquaintances to keep, if both may pass you a job and time is short.

    Friends look after each other first: who hears of a job and has one tells a friend in need, and an acquaintance
    only if no friend is. A friend costs more time. When few are out of work, acquaintances hear of as much and cost
    less; when many are, news never gets past the friends, and everybody does best to keep friends only [1]_. This
    formalisation is ours.

    Everybody has :math:`S` strong and :math:`W` weak contacts with :math:`\lambda S + W = T`. A contact hears of a
    job with probability :math:`\delta` and needs none with probability :math:`1 - \mu`. With
    :math:`f(k) = (1 - (1 - \mu)^k)/(k\mu)`, :math:`f(0) = 1`, the chance to be the one in need who is told,

    .. math:: P_s = (1 - \mu)\,\delta\,f(S), \qquad P_w = (1 - \mu)^{1 + S}\,\delta\,f(W).

    Somebody with s strong and w weak contacts among people who keep S and W finds a job with probability
    :math:`1 - (1 - P_s)^s (1 - P_w)^w`. Nothing is simulated: all numbers are exact.

    Parameters
    ----------
    needy : float
        :math:`\mu`, the share of people out of work, in [0, 1].
    hours : int
        :math:`T`, the time to divide, in hours for an acquaintance, at least 1.
    strong_cost : int
        :math:`\lambda`, hours that a friend takes for each hour that an acquaintance takes, at least 1.
    hears : float
        :math:`\delta`, the chance that a contact hears of a job, in [0, 1].

    Raises
    ------
    ParameterError
        If a setting is out of its range.

    References
    ----------
    .. [1] Boorman, Bell Journal of Economics 6 (1975), 216-249.

    Examples
    --------
    >>> JobSearch(needy=0.05).equilibria()  # few in need: acquaintances only
    [(0, 24)]
    >>> JobSearch(needy=0.5).equilibria()  # many: friends only
    [(8, 0)]
    """

    needy: float
    hours: int = 24
    strong_cost: int = 3
    hears: float = 0.2

    def __post_init__(self) -> None:
        check_share("needy", self.needy, "share")
        check_count("hours", self.hours, 1)
        check_count("strong_cost", self.strong_cost, 1)
        check_share("hears", self.hears)

    @property
    def divisions(self) -> list[tuple[int, int]]:
        """All ways to divide the time: (strong, weak) contacts, from no friends to as many as there is time for."""
        most = self.hours // self.strong_cost
        return [(strong, self.hours - self.strong_cost * strong) for strong in range(most + 1)]

    def chances(self, strong: int) -> tuple[float, float]:
        """Chance of a job through one friend and through one acquaintance, if everybody keeps ``strong`` friends."""
        weak = self._weak(strong)
        free = (1 - self.needy) * self.hears
        return free * self._told(strong), free * (1 - self.needy) ** strong * self._told(weak)

    def job_chance(self, own: int, strong: int) -> float:
        """Chance of a job with ``own`` friends, the rest of the time on acquaintances, if others keep ``strong``."""
        through_strong, through_weak = self.chances(strong)
        return 1 - (1 - through_strong) ** own * (1 - through_weak) ** self._weak(own)

    def best_reply(self, strong: int) -> int:
        """How many friends it is best to keep if everybody else keeps ``strong``; the fewest if several are best."""
        chances = [self.job_chance(own, strong) for own, _ in self.divisions]
        return int(np.flatnonzero(np.array(chances) >= max(chances) - 1e-12)[0])

    def equilibria(self) -> list[tuple[int, int]]:
        """Divisions (strong, weak) that nobody would leave alone if all keep to them; there may be none."""
        return [
            (strong, weak)
            for strong, weak in self.divisions
            if self.job_chance(strong, strong) >= self.job_chance(self.best_reply(strong), strong) - 1e-12
        ]

    def _weak(self, strong: int) -> int:
        check_count("strong", strong, 0, self.hours // self.strong_cost)
        return self.hours - self.strong_cost * strong

    def _told(self, contacts: int) -> float:
        """Chance to be the one who is told, among the contacts in need of somebody who could tell."""
        if contacts == 0 or self.needy == 0:
            return 1.0
        return (1 - (1 - self.needy) ** contacts) / (contacts * self.needy)


@dataclass(frozen=True, eq=False)
class Employment:
    """People with work pass on the jobs they hear of; so friends tend to have work, or to lack it, together.

    Somebody whose contacts are all out of work competes with them for news and gets none from them: the longer it has
    lasted, the less likely it is to end, though nobody's own chances ever change [1]_.

    Each step, all at once: (1) everybody hears of a job with probability ``hears``. Who had no work at the end of the
    last step takes it. Who had passes it on to one contact without work, each as likely; without such a contact it is
    lost. Who gets several offers takes one. (2) Everybody with work, new or old, loses it with probability ``loses``.

    Parameters
    ----------
    ties : Ties, Network or networkx.Graph
        Directed ties pass news the way they point. Strength is ignored.
    hears : float
        In [0, 1].
    loses : float
        In [0, 1].
    start_employed : float
        Chance that somebody has work at the start, in [0, 1].

    Raises
    ------
    GraphError
        If the network has no people.
    ParameterError
        If a setting is out of its range.

    Notes
    -----
    The state is bool, shape (n, runs): who has work. Observed: ``employed_share`` (of all people). `EmploymentChain`
    gives the long run of a small network exactly.

    References
    ----------
    .. [1] Calvó-Armengol and Jackson, American Economic Review 94 (2004), 426-454.

    Examples
    --------
    >>> from tertius.simulate import simulate
    >>> simulate(Employment([("Ann", "Bo")], hears=1, loses=0, start_employed=0), 1, seed=1)["employed_share"].tolist()
    [0.0, 1.0]
    """

    ties: Ties
    hears: float = 0.1
    loses: float = 0.015
    start_employed: float = 1.0

    streams: ClassVar[tuple[str, ...]] = ("start", "hearing", "passing", "losing")

    def __post_init__(self) -> None:
        object.__setattr__(self, "ties", Ties.of(self.ties))
        if not len(self.ties):
            raise GraphError("Work needs people, and this network has none.")
        check_share("hears", self.hears)
        check_share("loses", self.loses)
        check_share("start_employed", self.start_employed)

    def start(self, rng: Streams, runs: int) -> np.ndarray:
        """Give some people work."""
        return rng.start.random((len(self.ties), runs)) < self.start_employed

    def step(self, state: np.ndarray, t: int, rng: Streams) -> np.ndarray:
        """Let news go round once, then let some lose their work."""
        hears = rng.hearing.random(state.shape) < self.hears
        offered = (hears & ~state) | self._passed_on(state, hears & state, rng.passing.random(state.shape))
        return (state | offered) & (rng.losing.random(state.shape) >= self.loses)

    def observe(self, state: np.ndarray) -> dict[str, np.ndarray]:
        """Measure how many have work."""
        return {"employed_share": state.mean(axis=0)}

    def _passed_on(self, employed: np.ndarray, passes: np.ndarray, luck: np.ndarray) -> np.ndarray:
        """Who is offered a job by a contact; bool, shape (n, runs)."""
        n, runs = employed.shape
        row, target, first = self.ties.row, self.ties.indices, self.ties.indptr
        # Along each row count the contacts without work; the one whose number the luck names is told.
        before = np.zeros((len(target) + 1, runs), np.int32)
        np.cumsum(~employed[target], axis=0, out=before[1:])
        in_need = before[first[1:]] - before[first[:-1]]
        chosen = before[first[:-1]] + np.floor(luck * in_need).astype(np.int32) + 1
        told = passes[row] & ~employed[target] & (before[1:] == chosen[row])
        arc, run = np.divmod(np.flatnonzero(told), runs)
        offered = np.zeros((n, runs), bool)
        offered[target[arc], run] = True
        return offered


class EmploymentChain:
    """The long run of `Employment`, exactly: every combination of who has work, and how likely it is.

    Parameters
    ----------
    ties : Ties, Network or networkx.Graph
        At most 10 people.
    hears, loses : float
        As for `Employment`, not both 0.

    Attributes
    ----------
    transition : numpy.ndarray, float64, shape (2**n, 2**n)
        From which combination to which; in combination k, person i has work if bit i of k is set.
    stationary : numpy.ndarray, float64, shape (2**n,)
        Share of time spent in each combination.

    Raises
    ------
    GraphError
        If the network has no people, or too many.
    ParameterError
        If a setting is out of its range.

    Examples
    --------
    >>> EmploymentChain([("Ann", "Bo")]).unemployment().round(3).to_dict()
    {'Ann': 0.079, 'Bo': 0.079}
    """

    def __init__(self, ties, hears: float = 0.1, loses: float = 0.015) -> None:
        self.model = Employment(ties, hears, loses)
        n = len(self.model.ties)
        if n > MOST_IN_CHAIN:
            raise GraphError(
                f"The exact chain has a state for every combination of who has work, so it takes at most "
                f"{MOST_IN_CHAIN} people; this network has {n}. Simulate it with Employment."
            )
        if hears == 0 and loses == 0:
            raise ParameterError("hears and loses are both 0; then nothing ever changes, and there is no long run.")
        self.transition = self._transition()
        self.stationary = self._stationary()

    def __repr__(self) -> str:
        return f"EmploymentChain({len(self.model.ties)} people, hears={self.model.hears}, loses={self.model.loses})"

    def unemployment(self) -> pd.Series:
        """Share of time that each person is out of work."""
        return pd.Series(self.stationary @ (1 - self._work), self._people, name="unemployment")

    def correlation(self) -> pd.DataFrame:
        """Correlation between each two people's having work, at one moment; ``nan`` for somebody who always has."""
        mean = self.stationary @ self._work
        covariance = self._work.T @ (self.stationary[:, None] * self._work) - np.outer(mean, mean)
        deviation = np.sqrt(np.diag(covariance))
        scale = np.outer(deviation, deviation)
        return pd.DataFrame(
            np.divide(covariance, scale, out=np.full(scale.shape, np.nan), where=scale > 1e-12),
            self._people,
            self._people,
        )

    def exit_chances(self, node, steps: int) -> np.ndarray:
        """Chance that somebody out of work finds some, by how long it has lasted.

        Parameters
        ----------
        node : node
        steps : int
            Up to which duration, at least 1.

        Returns
        -------
        numpy.ndarray, float64, shape (steps,)
            Entry d: the chance to have work after the next step, for those who lost it d + 1 steps ago and have had
            none since. ``nan`` once there is nobody left.

        Raises
        ------
        GraphError
            If there is no such person.
        ParameterError
            If ``steps`` is less than 1.
        """
        if node not in self.model.ties.ids:
            raise GraphError(f"There is no {node!r} in this network.")
        check_count("steps", steps, 1)
        works = self._work[:, self.model.ties.ids.index(node)].astype(bool)
        share = np.where(works, self.stationary, 0) @ self.transition
        share[works] = 0
        chances = np.full(steps, np.nan)
        for d in range(steps):
            before = share.sum()
            if before <= 0:
                break
            share = share @ self.transition
            chances[d] = share[works].sum() / before
            share[works] = 0
        return chances

    @cached_property
    def _people(self) -> pd.Index:
        return pd.Index(list(self.model.ties.ids), dtype=object, tupleize_cols=False)

    @cached_property
    def _work(self) -> np.ndarray:
        n = len(self.model.ties)
        return (np.arange(2**n)[:, None] >> np.arange(n) & 1).astype(float)

    def _transition(self) -> np.ndarray:
        """One step from every combination: offers first, heard or passed on one hearer at a time, then losses."""
        ties, hears, loses = self.model.ties, self.model.hears, self.model.loses
        n, states = len(ties), np.arange(2 ** len(ties))
        chances = np.eye(2**n)
        for i in range(n):
            contacts = ties.indices[ties.indptr[i] : ties.indptr[i + 1]].tolist()
            works = states >> i & 1 == 1
            in_need = np.zeros(2**n, np.int64)
            for j in contacts:
                in_need += states >> j & 1 == 0
            after = chances.copy()
            for j, tells in [(i, ~works)] + [(j, works & (states >> j & 1 == 0)) for j in contacts]:
                odds = np.where(works, hears / np.maximum(in_need, 1), hears)[tells, None]
                moved = odds * np.where(states >> j & 1 == 0, chances[tells], 0)
                after[tells] -= moved
                after[tells] += moved[:, states & ~(1 << j)] * (states >> j & 1)
            chances = after
        for i in range(n):
            lost = loses * chances * (states >> i & 1)
            chances = chances - lost + lost[:, states | 1 << i] * (1 - (states >> i & 1))
        return chances

    def _stationary(self) -> np.ndarray:
        # What flows in flows out; one of these equations follows from the others and makes room for "adds up to 1".
        balance = self.transition.T - np.eye(len(self.transition))
        balance[-1] = 1
        share = np.maximum(np.linalg.solve(balance, np.eye(len(balance))[-1]), 0)
        return share / share.sum()


def isolated_unemployment(hears: float = 0.1, loses: float = 0.015) -> float:
    """Share of time that somebody without contacts is out of work.

    Parameters
    ----------
    hears, loses : float
        As for `Employment`, not both 0.

    Returns
    -------
    float
        1 − a(1 − b)/(1 − (1 − a)(1 − b)), with a the chance to hear of a job and b the chance to lose one.

    Raises
    ------
    ParameterError
        If a setting is out of its range.

    Examples
    --------
    >>> round(isolated_unemployment(), 3)
    0.132
    """
    check_share("hears", hears)
    check_share("loses", loses)
    if hears == 0 and loses == 0:
        raise ParameterError("hears and loses are both 0; then nothing ever changes, and there is no long run.")
    return float(1 - hears * (1 - loses) / (1 - (1 - hears) * (1 - loses)))
