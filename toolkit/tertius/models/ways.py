"""A network as ways from person to person, along which something is passed on in 64 runs at once."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import ClassVar
from weakref import WeakKeyDictionary

import numpy as np

from tertius.models.bits import held
from tertius.ties import Ties

FEW = 8
"""Ways are followed one by one while those out of the people who are new are fewer than one in so many of all."""
SIDE_BY_SIDE = 20
"""Ways are laid out side by side as long as so many people still have one: in a small network one in 32 of all, in a
large one of at least one in 512."""


class Ways:
    """The ties of a network, seen from those whom they lead to. Get it with `Ways.of`.

    An undirected tie is two ways. They are laid out for what is done to all of them at once: people stand in order of
    how many ways lead to them, most first; the first way to each comes first, then the second way to each who has one,
    and so on; at the end stand the further ways to the few who have very many, person by person.

    Attributes
    ----------
    n : int
        People.
    source : numpy.ndarray, int64, shape (number of ways,)
        Where each way comes from.
    target : numpy.ndarray, int64, shape (number of ways,)
        Whom it leads to.
    tie : numpy.ndarray, int64, shape (number of ways,)
        The tie it belongs to, as a position in ``ties.pairs``.
    strength : numpy.ndarray, float64, shape (number of ways,)
        How strong that tie is.
    degree : numpy.ndarray, int64, shape (n,)
        How many ways lead to each person.
    first : numpy.ndarray, int64, shape (n,)
        Where the ways to each person begin in `into`.
    order : numpy.ndarray, int64, shape (n,)
        People in the order of the layout.
    rank : numpy.ndarray, int64, shape (n,)
        The place of each person in that order.
    slots : list of (int, int)
        Of each part of the layout, the number of its first way and how many people, from the first on, it leads to.
    further : numpy.ndarray, int64
        For each of the people who have further ways, the first of the order, the number of the first of these.
    """

    _known: ClassVar[WeakKeyDictionary[Ties, Ways]] = WeakKeyDictionary()

    def __init__(self, ties: Ties) -> None:
        self.n = len(ties)
        # Entries of the rows of ties by whom they lead to; of undirected ties, the k-th is the k-th one turned round.
        incoming = np.argsort(ties.indices, kind="stable")
        tie = np.empty(len(incoming), np.int64)
        tie[ties.once] = np.arange(ties.n_ties)
        if not ties.directed:
            tie[incoming[ties.once]] = np.arange(ties.n_ties)
        self.degree = np.bincount(ties.indices, minlength=self.n)
        self.order = np.argsort(-self.degree, kind="stable")
        self.rank = np.argsort(self.order, kind="stable")
        self.first = np.cumsum(self.degree) - self.degree
        first = self.first[self.order]
        have_more = self.n - np.cumsum(np.bincount(self.degree))  # than 0, 1, 2, … ways
        least = max(1, self.n / 512, min(self.n / 32, SIDE_BY_SIDE))
        wide = [several for several in have_more.tolist() if several >= least]
        self.slots = list(zip(np.cumsum([0, *wide[:-1]]).tolist() if wide else [], wide, strict=True))
        beyond = self.degree[self.order] - len(wide)
        beyond = beyond[beyond > 0]
        self.further = sum(wide) + np.cumsum(beyond) - beyond
        layout = [first[:several] + slot for slot, several in enumerate(wide)]
        layout.append(np.repeat(first[: len(beyond)] + len(wide), beyond) + counting(beyond))
        entry = incoming[np.concatenate(layout)]
        self.source, self.target = ties.row[entry].astype(np.int64), ties.indices[entry].astype(np.int64)
        self.tie, self.strength = tie[entry], ties.strength[entry]
        self._way = np.empty(len(entry), np.int64)
        self._way[entry] = np.arange(len(entry))
        self._out_begin, self._out_degree = ties.indptr[:-1], ties.degree

    @classmethod
    def of(cls, ties: Ties) -> Ways:
        """The ways of these ties, worked out once for as long as the ties are in use."""
        if ties not in cls._known:
            cls._known[ties] = cls(ties)
        return cls._known[ties]

    @cached_property
    def into(self) -> np.ndarray:
        """The numbers of all ways, person by person whom they lead to; int64, shape (number of ways,)."""
        return np.argsort(self.target, kind="stable")

    @cached_property
    def tie_of_entry(self) -> np.ndarray:
        """The tie that each entry of ``ties.indices`` belongs to; int64."""
        return self.tie[self._way]

    def out_of(
        self, nodes: np.ndarray, choose: Callable[[np.ndarray], np.ndarray] | None = None
    ) -> tuple[np.ndarray, np.ndarray]:
        """Ways out of these nodes: their numbers, and for each the position in ``nodes``; two int64 arrays.

        All of them, or those that ``choose`` picks: it is given how many there are up to each of the nodes, and returns
        ascending positions in the list of all.
        """
        several = self._out_degree[nodes]
        ends = np.cumsum(several)
        if choose is None:
            at, position = np.arange(several.sum()), np.repeat(np.arange(len(nodes)), several)
        else:
            at = choose(ends)
            position = np.searchsorted(ends, at, side="right")
        return self._way[(self._out_begin[nodes] - (ends - several))[position] + at], position

    @property
    def blocks_at_once(self) -> int:
        """How many blocks of 64 runs fit near the processor together."""
        return int(np.clip((1 << 18) // max(1, len(self.source)), 1, 64))

    def few(self, new: np.ndarray) -> np.ndarray | None:
        """Positions of those who are new in any run, if so few ways lead from them that these are worth following."""
        nodes = held(new)
        return nodes if FEW * int(self._out_degree[nodes].sum()) < len(self.source) else None

    def passed_on(self, new: np.ndarray, live: np.ndarray) -> np.ndarray:
        """Whom something reaches from those who are new, over the ways that are live.

        Parameters
        ----------
        new : numpy.ndarray, uint64, shape (n, words)
        live : numpy.ndarray, uint64, shape (number of ways, words)

        Returns
        -------
        numpy.ndarray, uint64, shape (n, words)
            The result does not depend on the way it is worked out: all ways at once, or one by one if few matter.
        """
        reached = np.zeros_like(new)
        nodes = self.few(new)
        if nodes is not None:
            way, position = self.out_of(nodes)
            np.bitwise_or.at(reached, self.target[way], new[nodes[position]] & live[way])
        elif self.slots:
            words = np.take(new, self.source, axis=0)
            words &= live
            told = words[: self.slots[0][1]]
            for begin, several in self.slots[1:]:
                told[:several] |= words[begin : begin + several]
            if len(self.further):
                told[: len(self.further)] |= np.bitwise_or.reduceat(words, self.further, axis=0)
            reached[self.order[: len(told)]] = told
        return reached


def counting(several: np.ndarray) -> np.ndarray:
    """Count 0, 1, … anew for each of these lengths."""
    return np.arange(several.sum()) - np.repeat(np.cumsum(several) - several, several)
