"""Ties that cost something and bring those behind them nearer: what would be best for all is not what people make."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

import numpy as np

from tertius.errors import ParameterError, check_count, check_least, check_share, choose_from
from tertius.simulate.protocol import Streams
from tertius.ties import Ties

FIRST = ("empty", "star", "complete")
EQUAL = 1e-12
"""Gains and losses up to this are none."""


class Connected(NamedTuple):
    """State of `Connections`; runs on the last axis.

    Attributes
    ----------
    tied : numpy.ndarray, bool, shape (people, people, runs)
        Who is tied to whom.
    pair : numpy.ndarray, int64, shape (2, runs)
        Which two looked at their tie in this step; -1 at the start.
    """

    tied: np.ndarray
    pair: np.ndarray


@dataclass(frozen=True)
class Connections:
    r"""People who make and drop ties as it pays each of them.

    A tie costs both, and brings each the other and those behind. A star is often the best for all together, and yet
    its middle may not want it: they pay for everybody's short ways. So what is best is often not stable, and what is
    stable not best [1]_.

    A person's payoff is :math:`\sum_j \delta^{d_j} - c k`, over all others at distances :math:`d_j` (nothing for those
    out of reach), with k their ties. Each step one pair is drawn evenly and looks at their tie, as it is then. If they
    are tied and one of them gains by dropping it, it is dropped; if not, and one gains by making it and the other does
    not lose, it is made. A network in which no pair would change anything is pairwise stable.

    Parameters
    ----------
    people : int
        From 2 to 12.
    value : float
        :math:`\delta`, between 0 and 1: what a tie brings of what is on the other side.
    cost : float
        c, of a tie to each of both, at least 0.
    first : {"empty", "star", "complete"}
        How it begins; the middle of the star is person 0.

    Raises
    ------
    ParameterError
        If a setting is out of its range.

    Notes
    -----
    Observed: ``ties`` (how many), ``welfare`` (sum of all payoffs), ``welfare_share`` (of the best there can be;
    ``nan`` if that is 0) and ``is_stable``.

    References
    ----------
    .. [1] Jackson and Wolinsky, Journal of Economic Theory 71 (1996), 44-74.

    Examples
    --------
    >>> model = Connections(people=4, value=0.5, cost=0.6)
    >>> model.best, model.best_welfare  # 2(n - 1)(δ - c) + (n - 1)(n - 2)δ²
    ('star', 0.9)
    >>> star = [("middle", "Ann"), ("middle", "Bo"), ("middle", "Cy")]
    >>> model.payoffs(star).round(2).tolist(), model.is_pairwise_stable(star)
    ([-0.3, 0.4, 0.4, 0.4], False)
    """

    people: int = 5
    value: float = 0.5
    cost: float = 0.4
    first: str = "empty"

    streams: ClassVar[tuple[str, ...]] = ("pairs",)

    def __post_init__(self) -> None:
        check_count("people", self.people, 2, 12)
        check_share("value", self.value, "share")
        if self.value in (0, 1):
            raise ParameterError(f"value is {self.value!r}; it lies between 0 and 1.")
        check_least("cost", self.cost, 0, "what a tie costs")
        choose_from(self.first, FIRST, "first")

    @property
    def best(self) -> str:
        """What is best for all together, of ``complete``, ``star`` and ``empty``; of equals the one with fewer ties."""
        star, complete = (self._welfare_of(kind) for kind in ("star", "complete"))
        if complete > max(star, 0) + EQUAL:
            return "complete"
        return "star" if star > EQUAL else "empty"

    @property
    def best_welfare(self) -> float:
        """Sum of all payoffs in the best network there is."""
        return round(self._welfare_of(self.best), 12)

    def _welfare_of(self, kind: str) -> float:
        """Sum of all payoffs, in closed form."""
        n, direct = self.people, self.value - self.cost
        if kind == "complete":
            return n * (n - 1) * direct
        return 2 * (n - 1) * direct + (n - 1) * (n - 2) * self.value**2 if kind == "star" else 0.0

    def payoffs(self, graph) -> np.ndarray:
        """What each person of a given network gets; float64, shape (n,), in node order.

        Parameters
        ----------
        graph : networkx.Graph, Network or Ties
            Undirected; strengths are ignored. It may be of any number of people.
        """
        return self._payoffs(_tied(graph))

    def is_pairwise_stable(self, graph) -> bool:
        """Say whether no two people of a given network would change their tie.

        Parameters
        ----------
        graph : networkx.Graph, Network or Ties
            Undirected; strengths are ignored. It may be of any number of people.
        """
        return bool(self._is_stable(_tied(graph)[None])[0])

    def _payoffs(self, tied: np.ndarray) -> np.ndarray:
        """Payoffs in stacked networks, (..., n, n); shape (..., n)."""
        n = tied.shape[-1]
        steps = tied.astype(np.float32)
        reached = np.broadcast_to(np.eye(n, dtype=bool), tied.shape)
        got = -float(self.cost) * tied.sum(axis=-1)
        for distance in range(1, n):
            new = (reached @ steps > 0) & ~reached
            if not new.any():
                break
            got = got + self.value**distance * new.sum(axis=-1)
            reached = reached | new
        return got

    def _changes(self, tied: np.ndarray, i: np.ndarray, j: np.ndarray) -> np.ndarray:
        """Whether each pair would change its tie, in a network each, (networks, n, n); bool, shape (networks,)."""
        every = np.arange(len(tied))
        other = tied.copy()
        other[every, i, j] = other[every, j, i] = ~tied[every, i, j]
        gain = self._payoffs(other) - self._payoffs(tied)
        low, high = np.sort([gain[every, i], gain[every, j]], axis=0)
        return (high > EQUAL) & (tied[every, i, j] | (low >= -EQUAL))

    def _is_stable(self, tied: np.ndarray) -> np.ndarray:
        """Whether networks are pairwise stable; bool, shape (networks,)."""
        one, other = np.triu_indices(tied.shape[-1], 1)
        # Runs come to the same few networks; each is looked at once.
        _, first, again = np.unique(tied[:, one, other], axis=0, return_index=True, return_inverse=True)
        asks = np.repeat(tied[first], len(one), axis=0)
        changes = self._changes(asks, np.tile(one, len(first)), np.tile(other, len(first)))
        return ~changes.reshape(len(first), len(one)).any(axis=1)[again]

    def start(self, rng: Streams, runs: int) -> Connected:
        """Lay the first network."""
        n = self.people
        tied = np.zeros((n, n), bool)
        if self.first == "star":
            tied[0, 1:] = tied[1:, 0] = True
        elif self.first == "complete":
            tied = ~np.eye(n, dtype=bool)
        return Connected(np.repeat(tied[..., None], runs, axis=2), np.full((2, runs), -1))

    def step(self, state: Connected, t: int, rng: Streams) -> Connected:
        """Let one pair look at their tie."""
        pairs = np.stack(np.triu_indices(self.people, 1))
        pair = pairs[:, rng.pairs.integers(0, pairs.shape[1], state.pair.shape[1])]
        tied = np.moveaxis(state.tied, -1, 0)
        i, j = pair
        changes = self._changes(tied, i, j)
        after, every = tied.copy(), np.arange(len(tied))
        after[every, i, j] ^= changes
        after[every, j, i] ^= changes
        return Connected(np.moveaxis(after, 0, -1), pair)

    def observe(self, state: Connected) -> dict[str, np.ndarray]:
        """Measure how much is tied, and what it is worth."""
        tied = np.moveaxis(state.tied, -1, 0)
        welfare = self._payoffs(tied).sum(axis=1)
        best = self.best_welfare
        return {
            "ties": tied.sum(axis=(1, 2)) // 2,
            "welfare": welfare,
            "welfare_share": welfare / best if best else np.full(len(tied), np.nan),
            "is_stable": self._is_stable(tied),
        }

    def is_settled(self, state: Connected) -> np.ndarray:
        """Say for each run whether its network is pairwise stable; bool, shape (runs,). Good as ``until``."""
        return self._is_stable(np.moveaxis(state.tied, -1, 0))

    def ties(self, state: Connected) -> list[tuple[int, int]]:
        """Return who is tied to whom in one run, from one of its states."""
        return [(i, j) for i, j in zip(*np.nonzero(state.tied), strict=True) if i < j]


def _tied(graph) -> np.ndarray:
    return Ties.of(graph).undirected("The connections model").array().toarray() > 0
