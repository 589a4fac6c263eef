"""What holds a network together: take ties away in some order and watch the largest connected part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

import numpy as np
import pandas as pd

from tertius.errors import GraphError, ParameterError, check_count, choose_from, lies_between
from tertius.measures.bridges import tie_overlap
from tertius.measures.removal import parts_after_cuts
from tertius.simulate import ensemble
from tertius.simulate.engine import checked_seed
from tertius.simulate.protocol import Streams
from tertius.ties import Ties

ORDERS = ("weakest", "strongest", "random")


class Removal(NamedTuple):
    """State of `TieRemoval`; runs on the last axis.

    Attributes
    ----------
    cut_with : numpy.ndarray, int16, shape (n_ties, runs)
        The step with which each tie goes, or one past the last for those that stay; a run's whole luck.
    largest : numpy.ndarray, int64, shape (last step + 1, runs)
        People in the largest part after each step, which follows from ``cut_with``.
    squares : numpy.ndarray, int64, shape (last step + 1, runs)
        Sum of squared part sizes after each step.
    t : numpy.ndarray, int64, shape (runs,)
        Steps so far.
    """

    cut_with: np.ndarray
    largest: np.ndarray
    squares: np.ndarray
    t: np.ndarray


@dataclass(frozen=True, eq=False)
class TieRemoval:
    """Ties are cut one after another, weakest or strongest first; the network holds until it falls apart.

    If weak ties hold the whole together, cutting them first breaks it sooner than cutting strong ones: so it was in
    the calls of millions of phone users [1]_. Among co-authors it was the reverse [2]_: try both orders on the
    network at hand.

    Each step cuts the next ``pace`` of all ties, all at once. Ties of equal strength go in random order, drawn anew
    for each run.

    Parameters
    ----------
    ties : Ties, Network or networkx.Graph
        Undirected, with at least one tie. Everybody counts, people without ties too.
    order : {"weakest", "strongest", "random"}
        Which ties go first.
    by : {"strength", "overlap"}
        What weak and strong mean: the tie's own strength, or the share of contacts that its ends have in common.
    shuffled : bool
        Deal the strengths (or overlaps) out to the ties at random, anew for each run: the control that says whether
        it matters *which* ties are the weak ones.
    pace : float
        Share of all ties cut in a step, in [0.001, 1].
    most : float
        Share of all ties at which cutting ends, in (0, 1].

    Raises
    ------
    GraphError
        If the ties are directed, or there are none.
    ParameterError
        If a setting is out of its range.

    Notes
    -----
    Observed: ``largest_share`` (people in the largest part, share of all, in [0, 1]), ``susceptibility`` (size of the
    other parts: the sum of their squared sizes over the number of people) and ``ties_cut``.

    References
    ----------
    .. [1] Onnela et al., Proceedings of the National Academy of Sciences 104 (2007), 7332-7336.
    .. [2] Pan and Saramäki, EPL 97 (2012), 18007.

    Examples
    --------
    >>> from tertius.simulate import simulate
    >>> two_groups = Ties.of([(1, 2), (2, 3), (1, 3), (3, 4, 0.1), (4, 5), (5, 6), (4, 6)])
    >>> simulate(TieRemoval(two_groups, pace=1 / 7), steps=1, seed=1)["largest_share"].tolist()
    [1.0, 0.5]
    """

    ties: Ties
    order: str = "weakest"
    by: str = "strength"
    shuffled: bool = False
    pace: float = 0.01
    most: float = 1.0

    streams: ClassVar[tuple[str, ...]] = ("shuffle", "order")

    def __post_init__(self) -> None:
        object.__setattr__(self, "ties", Ties.of(self.ties).undirected("Removing ties"))
        if not self.ties.n_ties:
            raise GraphError("Removing ties needs at least one tie, and this network has none.")
        choose_from(self.order, ORDERS, "order")
        choose_from(self.by, ("strength", "overlap"), "by")
        if not lies_between(self.pace, 0.001, 1):
            raise ParameterError(f"pace is {self.pace!r}; it is the share of ties cut in a step, from 0.001 to 1.")
        if not lies_between(self.most, 0, 1) or self.most == 0:
            raise ParameterError(f"most is {self.most!r}; it is the share of ties cut in the end, above 0 and up to 1.")

    @property
    def last_step(self) -> int:
        """The step with which cutting ends."""
        return int(np.ceil(self.most / self.pace - 1e-9))

    def ties_cut(self, t: int | np.ndarray) -> np.ndarray:
        """How many ties are gone after step ``t``."""
        share = np.minimum(np.asarray(t) * self.pace, self.most)
        return np.floor(share * self.ties.n_ties + 0.5).astype(np.int64)

    def start(self, rng: Streams, runs: int) -> Removal:
        """Draw an order for each run; all that happens then follows from it."""
        n_ties = self.ties.n_ties
        dealt = rng.shuffle.random((runs, n_ties))
        equals = rng.order.random((runs, n_ties))
        value = self.ties.pair_strength if self.by == "strength" else tie_overlap(self.ties)
        if self.order == "random":
            value = np.zeros(n_ties)
        rank = np.unique(-value if self.order == "strongest" else value, return_inverse=True)[1].astype(float)
        ranks = rank[np.argsort(dealt, axis=1)] if self.shuffled else rank
        first_to_last = np.argsort(ranks + equals, axis=1)
        steps_by_place = np.searchsorted(self.ties_cut(np.arange(self.last_step + 1)), np.arange(n_ties), side="right")
        cut_with = np.empty((runs, n_ties), np.int16)
        np.put_along_axis(cut_with, first_to_last, steps_by_place.astype(np.int16)[None, :], axis=1)
        cut_with = np.ascontiguousarray(cut_with.T)
        largest, squares = parts_after_cuts(self.ties, cut_with - np.int16(1), self.last_step)
        return Removal(cut_with, largest, squares, np.zeros(runs, np.int64))

    def step(self, state: Removal, t: int, rng: Streams) -> Removal:
        """Cut the next ties; after the last step nothing changes."""
        return state._replace(t=np.minimum(state.t + 1, self.last_step))

    def observe(self, state: Removal) -> dict[str, np.ndarray]:
        """Measure what is left."""
        n, at = len(self.ties), (state.t, np.arange(len(state.t)))
        largest = state.largest[at]
        return {
            "largest_share": largest / n,
            "susceptibility": (state.squares[at] - largest**2) / n,
            "ties_cut": self.ties_cut(state.t),
        }


def removal_gap(
    graph, share: float = 0.35, *, by: str = "strength", shuffled: bool = False, runs: int = 64, seed: int | None = 1
) -> pd.Series:
    """How much more of a network holds when the strongest ties are cut first than when the weakest are.

    Above 0, weak ties hold it together; near 0, strength says nothing about that; below 0, strong ties do.

    Parameters
    ----------
    graph : networkx.Graph, Network or Ties
        Undirected.
    share : float
        Share of ties cut, in (0, 1].
    by, shuffled
        As for `TieRemoval`.
    runs : int
        Runs for each order; at least 2.
    seed : int, optional
        Both orders share their luck.

    Returns
    -------
    pandas.Series
        ``weakest`` and ``strongest``: mean share of people in the largest part after cutting in that order;
        ``gap``: strongest minus weakest, in [-1, 1]; ``stderr``: its standard error over the runs.

    Raises
    ------
    GraphError, ParameterError
        As `TieRemoval`.
    """
    if not lies_between(share, 0, 1) or share == 0:
        raise ParameterError(f"share is {share!r}; it is the share of ties cut, above 0 and up to 1.")
    check_count("runs", runs, 2)
    ties, seed = Ties.of(graph), checked_seed(seed)
    ends = {}
    for order in ("weakest", "strongest"):
        model = TieRemoval(ties, order, by=by, shuffled=shuffled, pace=1, most=share)
        ends[order] = ensemble(model, 1, runs=runs, seed=seed)["largest_share"][1]
    gap = ends["strongest"] - ends["weakest"]
    return pd.Series(
        {
            "weakest": ends["weakest"].mean(),
            "strongest": ends["strongest"].mean(),
            "gap": gap.mean(),
            "stderr": gap.std(ddof=1) / np.sqrt(runs),
        },
        name="removal_gap",
    )
