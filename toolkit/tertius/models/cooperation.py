"""Cooperation among neighbours: helping pays where it is helpers who live beside helpers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import ClassVar

import numpy as np
from scipy.sparse import csgraph

from tertius.errors import GraphError, ParameterError, check_count, check_least
from tertius.models.jobs import MOST_IN_CHAIN
from tertius.simulate import BLOCK
from tertius.simulate.protocol import Streams
from tertius.ties import Ties


@dataclass(frozen=True, eq=False)
class DeathBirthGame:
    r"""People who help all their contacts or none of them, and are followed by a contact's child when they die.

    Among strangers helpers always do worse than those who take their help. On a network children live beside their
    parents, so helpers have helpers for contacts more often than others do; if contacts are few that can be enough. On
    large networks where everybody has k contacts, and where help changes fitness only a little, one helper's kind
    takes over more often than it would by luck alone if, roughly, benefit / cost is above k [1]_: the fewer contacts,
    the better for cooperation.

    Whoever cooperates pays ``cost`` for each contact, who gets ``benefit``. Fitness is 1 − w + w·(all that somebody
    gets less all they pay), with w the ``selection``. One at a time: somebody drawn evenly dies, and is followed by a
    child of one of their contacts, drawn with a chance in proportion to fitness at that moment (death–birth updating).
    As many die in a step as there are people; the same person can die twice. Who has no contacts stays as they are.

    Parameters
    ----------
    ties : Ties, Network or networkx.Graph
        Undirected. Strength is ignored.
    benefit, cost : float
        Each at least 0.
    selection : float
        w, at least 0: at 0 luck alone decides. So small that nobody's fitness can fall to 0.
    initial_cooperators : int
        How many cooperate at first, drawn evenly; from 0 to all.

    Raises
    ------
    GraphError
        If the network has no people, or directed ties.
    ParameterError
        If a setting is out of its range.

    Notes
    -----
    The state is bool, shape (n, runs): who cooperates. Observed: ``cooperating_share`` (of all people); 1 or 0 is for
    ever. The rule benefit / cost > k is for very many people and hardly any selection. By `fixation_chance`, on regular
    networks of n people as selection goes to 0, the ratio must be above (n − 2) / (n/k − 2); with 10 people of three
    contacts that is 6, and where n is at most 2k no benefit is enough.

    References
    ----------
    .. [1] Ohtsuki, Hauert, Lieberman and Nowak, Nature 441 (2006), 502-505.

    Examples
    --------
    >>> DeathBirthGame([("Ann", "Bo")]).fixation_chance()  # one dies, the other's child follows
    0.5
    """

    ties: Ties
    benefit: float = 5.0
    cost: float = 1.0
    selection: float = 0.01
    initial_cooperators: int = 1

    blocks_at_once: ClassVar[int] = 32
    streams: ClassVar[tuple[str, ...]] = ("start", "dying", "following")

    def __post_init__(self) -> None:
        object.__setattr__(self, "ties", Ties.of(self.ties).undirected("The death-birth game"))
        n = len(self.ties)
        if not n:
            raise GraphError("The death-birth game needs people, and this network has none.")
        check_least("benefit", self.benefit, 0, "what a contact gets")
        check_least("cost", self.cost, 0, "what helping a contact costs")
        check_least("selection", self.selection, 0, "a weight")
        most = int(self.ties.degree.max())
        if self.selection * (1 + self.cost * most) >= 1:
            raise ParameterError(
                f"selection is {self.selection!r}; with a cost of {self.cost:g} and up to {most} contacts it must be "
                f"below {1 / (1 + self.cost * most):.4g}, so that nobody's fitness falls to 0."
            )
        check_count("initial_cooperators", self.initial_cooperators, 0, n, limit="the number of people, ")

    def start(self, rng: Streams, runs: int) -> np.ndarray:
        """Draw who cooperates at first."""
        order = rng.start.random((len(self.ties), runs)).argsort(axis=0, kind="stable")
        cooperates = np.zeros(order.shape, bool)
        np.put_along_axis(cooperates, order[: self.initial_cooperators], True, axis=0)
        return cooperates

    def step(self, state: np.ndarray, t: int, rng: Streams) -> np.ndarray:
        """Let as many die as there are people, one after another, each followed by a contact's child."""
        return self._followed(state, *self._luck(rng))

    def _luck(self, rng: Streams) -> np.ndarray:
        """Draw who dies and who follows in a step; float64, shape (2, n, 64)."""
        shape = (len(self.ties), BLOCK)
        return np.stack([rng.dying.random(shape), rng.following.random(shape)])

    def _followed(self, state: np.ndarray, dying: np.ndarray, following: np.ndarray) -> np.ndarray:
        n, runs = state.shape
        dying = np.floor(dying * n).astype(np.int64)
        contacts, run = self._contacts, np.arange(runs)
        # A last row stands in for the contacts that people with fewer do not have: it is never fit.
        cooperates = np.vstack([state, np.zeros((1, runs), bool)])
        helpers = self._helpers(cooperates)
        for who, luck in zip(dying, following, strict=True):
            near = contacts[who].T
            up_to = np.where(near < n, self._fitness(cooperates[near, run], helpers[near, run], near), 0).cumsum(axis=0)
            chosen = np.minimum((up_to <= luck * up_to[-1]).sum(axis=0), np.maximum(self._degree[who] - 1, 0))
            parent = near[chosen, run]
            child = np.where(parent < n, cooperates[parent, run], cooperates[who, run])
            helpers[near, run] += child.astype(np.int64) - cooperates[who, run]
            cooperates[who, run] = child
        return cooperates[:n]

    def observe(self, state: np.ndarray) -> dict[str, np.ndarray]:
        """Measure how many cooperate."""
        return {"cooperating_share": state.mean(axis=0)}

    def measure(self, rngs: Sequence[Streams], steps: int) -> tuple[dict[str, np.ndarray], np.ndarray]:
        """Measure several blocks at once, only those runs that go on; the numbers are those of the steps."""
        state = np.hstack([self.start(rng, BLOCK) for rng in rngs])
        share = np.repeat(state.mean(axis=0)[None], steps + 1, axis=0)
        settled = np.where(self.is_settled(state), 0, steps + 1)
        for t in range(1, steps + 1):
            on = np.flatnonzero(settled > steps)
            if not len(on):
                break
            luck = np.concatenate([self._luck(rng) for rng in rngs], axis=2)[..., on]
            after = self._followed(state[:, on], *luck)
            state[:, on], share[t:, on] = after, after.mean(axis=0)
            settled[on[self.is_settled(after)]] = t
        return {"cooperating_share": share}, settled

    def is_settled(self, state: np.ndarray) -> np.ndarray:
        """Say for each run whether all contacts do the same, for ever; bool, shape (runs,). Good as ``until``."""
        u, v = self.ties.pairs
        return ~(state[u] ^ state[v]).any(axis=0)

    def fixation_chance(self) -> float:
        """Probability that in the end all cooperate, exactly, from every combination of who does.

        Returns
        -------
        float
            In [0, 1]; without selection the share of those who cooperate at first, if all have as many contacts.

        Raises
        ------
        GraphError
            If there are more than 10 people, or not all are connected.
        """
        n = len(self.ties)
        if n > MOST_IN_CHAIN:
            raise GraphError(
                f"The exact chance has a state for every combination of who cooperates, so it takes at most "
                f"{MOST_IN_CHAIN} people; this network has {n}. Simulate it."
            )
        if csgraph.connected_components(self.ties.array(), directed=False)[0] > 1:
            raise GraphError("The chance that one kind takes over needs a network in one part; this one has several.")
        first = [sum(1 << i for i in who) for who in combinations(range(n), self.initial_cooperators)]
        return float(self._fixation[first].mean())

    @cached_property
    def _fixation(self) -> np.ndarray:
        """Chance that all cooperate in the end, for each combination; bit i is person i."""
        n = len(self.ties)
        every = np.arange(1 << n)
        cooperates = (every >> np.arange(n + 1)[:, None] & 1).astype(bool)
        fitness = self._fitness(cooperates, self._helpers(cooperates), np.arange(n + 1)[:, None])
        move = np.zeros((1 << n, 1 << n))
        for i in range(n):
            near = self.ties.indices[self.ties.row == i]
            if len(near):
                helps = (fitness * cooperates)[near].sum(axis=0) / fitness[near].sum(axis=0)
                move[every, every | 1 << i] += helps / n
                move[every, every & ~(1 << i)] += (1 - helps) / n
        chance = (every == every[-1]).astype(float)
        inner = every[1:-1]
        chance[inner] = np.linalg.solve(np.eye(len(inner)) - move[np.ix_(inner, inner)], move[inner, -1])
        return chance

    @cached_property
    def _contacts(self) -> np.ndarray:
        """Everybody's contacts in order, filled up with n; int64, shape (n, most contacts)."""
        degree = self.ties.degree
        contacts = np.full((len(degree), max(int(degree.max()), 1)), len(degree), np.int64)
        contacts[np.arange(contacts.shape[1]) < degree[:, None]] = self.ties.indices
        return contacts

    @cached_property
    def _degree(self) -> np.ndarray:
        """How many contacts everybody has, and who stands in none; shape (n + 1,)."""
        return np.append(self.ties.degree, 0)

    def _helpers(self, cooperates: np.ndarray) -> np.ndarray:
        """How many of each person's contacts cooperate; int64, shape (n + 1, runs), as ``cooperates``, the last 0."""
        return np.append(cooperates[self._contacts].sum(axis=1), np.zeros((1, cooperates.shape[1]), np.int64), axis=0)

    def _fitness(self, cooperates: np.ndarray, helpers: np.ndarray, who: np.ndarray) -> np.ndarray:
        gains = self.benefit * helpers - self.cost * self._degree[who] * cooperates
        return 1 - self.selection + self.selection * gains
