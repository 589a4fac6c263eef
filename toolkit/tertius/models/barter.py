"""Knowledge that is traded for knowledge: only where each has something that the other lacks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

import numpy as np

from tertius.data.rings import check_ring, ring_ends, ties_between
from tertius.errors import GraphError, check_count, check_share
from tertius.simulate.protocol import Streams
from tertius.ties import Ties

AHEAD = 1.01
"""Whoever knows this many times as much knows more; less of a lead is not noticed."""
HIGHEST, EXPERT = 10.0, 30.0


class Bartering(NamedTuple):
    """State of `KnowledgeBarter`; runs on the last axis.

    Attributes
    ----------
    knowledge : numpy.ndarray, float64, shape (people, categories, runs)
        How much each person knows of each category.
    far : numpy.ndarray, int32, shape (ties, runs)
        The other end of each tie; drawn at the start, if the ties are.
    traded : numpy.ndarray, float64, shape (runs,)
        Share of the last step's meetings in which was traded; ``nan`` at the start.
    """

    knowledge: np.ndarray
    far: np.ndarray
    traded: np.ndarray


@dataclass(frozen=True, eq=False)
class KnowledgeBarter:
    r"""People who teach each other as much as they learn, and so only if each knows more of something.

    Trade needs a double match, and among those who always meet the same few, there is soon none left. A few ties that
    lead elsewhere bring together people who differ: so much is learned in small worlds [1]_, and some are left behind.

    Everybody begins with levels of knowledge drawn evenly from 0 to 10 in each category; each expert has 30 in one.
    One at a time, ties are drawn evenly. The two compare what they know: where one knows over 1 % more, that one could
    teach. They agree on as many categories each way as the one with fewer to teach has, drawn evenly among those they
    could teach, and in each the learner moves up by the share ``gain`` of the difference. Nobody forgets anything by
    teaching. Each step is as many meetings as there are people.

    Parameters
    ----------
    network : Ties, Network or networkx.Graph, optional
        Who meets. If left out, a ring is drawn for each run, of ``people`` with ``radius`` neighbours on each side and
        ties ``rewired`` with some probability (`tertius.data.rewired_ring`).
    people, radius, rewired
        Of that ring.
    categories : int
        Of knowledge, at least 2.
    gain : float
        :math:`\alpha`, in [0, 1].
    experts : int
        How many people know 30 in one category, from 0 to all; drawn evenly, and so is the category.

    Raises
    ------
    GraphError
        If the network is directed or has no ties.
    ParameterError
        If a setting is out of its range.

    Notes
    -----
    Observed: ``mean`` (of all levels), ``variance`` (between people, of the mean of their levels), ``variation`` (its
    root, divided by the mean) and ``traded`` (share of the step's meetings; ``nan`` at the start). No level ever falls,
    and none passes the highest there was in its category.

    References
    ----------
    .. [1] Cowan and Jonard, Journal of Economic Dynamics and Control 28 (2004), 1557-1575.

    Examples
    --------
    >>> from tertius.simulate import simulate
    >>> run = simulate(KnowledgeBarter([("Ann", "Bo")], categories=2, gain=1.0), 1, seed=8)
    >>> run.states[0].knowledge.round(1).tolist()  # each knows more of something
    [[6.7, 5.9], [4.6, 9.1]]
    >>> run.states[1].knowledge.round(1).tolist()
    [[6.7, 9.1], [6.7, 9.1]]
    """

    network: Any = None
    people: int = 300
    radius: int = 5
    rewired: float = 0.09
    categories: int = 5
    gain: float = 0.1
    experts: int = 0

    streams: ClassVar[tuple[str, ...]] = ("network", "knowledge", "experts", "meetings", "choosing")

    def __post_init__(self) -> None:
        if self.network is not None:
            ties = Ties.of(self.network).undirected("Barter")
            if not ties.n_ties:
                raise GraphError("To barter people need ties, and this network has none.")
            object.__setattr__(self, "network", ties)
            object.__setattr__(self, "people", len(ties))
        else:
            check_ring(self.people, self.radius, self.rewired)
        check_count("categories", self.categories, 2)
        check_share("gain", self.gain, "share")
        check_count("experts", self.experts, 0, self.people, limit="the number of people, ")

    def start(self, rng: Streams, runs: int) -> Bartering:
        """Draw who is tied to whom, and what everybody knows."""
        far = self._far_ends(rng.network, runs)
        knowledge = HIGHEST * rng.knowledge.random((self.people, self.categories, runs))
        order = rng.experts.random((self.people, runs)).argsort(axis=0, kind="stable")
        category = np.floor(rng.experts.random((self.people, runs)) * self.categories).astype(np.int64)
        chosen = order[: self.experts]
        knowledge[chosen, category[: self.experts], np.arange(runs)] = EXPERT
        return Bartering(knowledge, far, np.full(runs, np.nan))

    def _far_ends(self, rng: np.random.Generator, runs: int) -> np.ndarray:
        if self.network is None:
            return ring_ends(self.people, self.radius, self.rewired, rng, runs)[1]
        return np.repeat(self.network.pairs[1][:, None], runs, axis=1)

    @property
    def _near(self) -> np.ndarray:
        return self.network.pairs[0] if self.network is not None else np.tile(np.arange(self.people), self.radius)

    def step(self, state: Bartering, t: int, rng: Streams) -> Bartering:
        """Let as many pairs meet as there are people, one after another."""
        people, categories, runs = state.knowledge.shape
        every = np.arange(runs)
        which = rng.meetings.integers(0, len(state.far), (people, runs))
        one, other = self._near[which], state.far[which, every]
        luck = np.moveaxis(rng.choosing.random((people, categories, runs)), 1, -1).reshape(-1, categories)
        # A row for each person of each run: meetings of the same round share nobody, and are held at once.
        rows = np.moveaxis(state.knowledge, -1, 0).reshape(-1, categories).copy()
        first, second = (one + every * people).ravel(), (other + every * people).ravel()
        traded = np.zeros(people * runs, bool)
        for held in _rounds(one, other):
            mine, theirs = rows[first[held]], rows[second[held]]
            teach, learn = mine > AHEAD * theirs, theirs > AHEAD * mine
            number = np.minimum(teach.sum(axis=1), learn.sum(axis=1))
            order = luck[held]
            moves = (_first(teach, order, number) | _first(learn, order, number)) * self.gain * (theirs - mine)
            rows[first[held]] = mine + np.maximum(moves, 0)
            rows[second[held]] = theirs - np.minimum(moves, 0)
            traded[held] = number > 0
        knowledge = np.moveaxis(rows.reshape(runs, people, categories), 0, -1)
        return Bartering(knowledge, state.far, traded.reshape(people, runs).mean(axis=0))

    def observe(self, state: Bartering) -> dict[str, np.ndarray]:
        """Measure how much is known, and how unevenly."""
        level = state.knowledge.mean(axis=1)
        mean, variance = level.mean(axis=0), level.var(axis=0)
        return {"mean": mean, "variance": variance, "variation": np.sqrt(variance) / mean, "traded": state.traded}

    def is_settled(self, state: Bartering) -> np.ndarray:
        """Say for each run whether no two who are tied can trade any more; bool, shape (runs,). Good as ``until``."""
        mine = state.knowledge[self._near]
        theirs = np.take_along_axis(state.knowledge, state.far[:, None], axis=0)
        can = (mine > AHEAD * theirs).any(axis=1) & (theirs > AHEAD * mine).any(axis=1)
        return ~can.any(axis=0)

    def ties(self, state: Bartering) -> Ties:
        """Return who is tied to whom in one run, from one of its states (``run.states[0]``)."""
        return ties_between(self.people, self._near, state.far) if self.network is None else self.network


def _rounds(one: np.ndarray, other: np.ndarray) -> list[np.ndarray]:
    """Sort meetings, (meetings, runs) of either, into rounds in which nobody has two, each after those before it.

    Returns
    -------
    list of numpy.ndarray
        Positions in the flattened arrays.
    """
    every = np.arange(one.shape[1])
    last = np.zeros((max(one.max(), other.max()) + 1, len(every)), np.int64)
    rounds = np.empty(one.shape, np.int64)
    for held, i, j in zip(rounds, one, other, strict=True):
        held[:] = np.maximum(last[i, every], last[j, every]) + 1
        last[i, every] = last[j, every] = held
    order = rounds.ravel().argsort(kind="stable")
    return np.split(order, np.cumsum(np.bincount(rounds.ravel())[1:-1]))


def _first(able: np.ndarray, order: np.ndarray, number: np.ndarray) -> np.ndarray:
    """Mark so many of the able categories of each row, the first in order; bool, shape (rows, categories)."""
    place = np.where(able, order, np.inf)
    before = (place[:, :, None] > place[:, None]).sum(axis=2)
    return able & (before < number[:, None])
