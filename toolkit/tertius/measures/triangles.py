"""Every triangle of a network, listed once, and what the ends of its ties share: the pass behind many measures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from weakref import WeakKeyDictionary

import numpy as np

from tertius.errors import GraphError
from tertius.measures.lookup import lookup
from tertius.ties import Ties

BLOCK = 1 << 16
"""Wedges looked at together: few enough to stay in the processor's cache, enough to spare the interpreter."""

DENSE_UP_TO = 4096
"""Networks up to this size are worked out as whole matrices where they have so many wedges that this is faster."""

WIDEST = 1e100
"""How many times as strong as another a tie may be: beyond, products of strengths leave the range of numbers."""


def triangles(ties: Ties, *, weighted: bool = False) -> Triangles:
    """List the triangles of ``ties``, or find the list again; the two directions of a directed tie are added up."""
    known = _known.setdefault(ties, {})
    if weighted not in known:
        known[weighted] = Triangles(ties, weighted)
    return known[weighted]


_known: WeakKeyDictionary[Ties, dict[bool, Triangles]] = WeakKeyDictionary()


class Triangles:
    """The ties of a network, each pointed from the end with fewer contacts to the one with more, and their triangles.

    A person then points at no more others than the root of twice the number of ties, however many contacts a hub has.
    So the wedges, pairs of ties that point from one person, number at most the ties to the power 3/2 (Chiba and
    Nishizeki, SIAM Journal on Computing 14, 1985, 210-223); each is looked up once.

    Attributes
    ----------
    degree : numpy.ndarray, int64, shape (n,)
        Number of contacts; of directed ties, in either direction.
    rank : numpy.ndarray, int64, shape (n,)
        Different numbers, larger for more contacts: ties point from the lower to the higher.
    low, high : numpy.ndarray, int64, shape (m,)
        Where each of the m undirected ties begins, in ascending order, and where it points, ascending for each
        beginning.
    strength : numpy.ndarray, float64, shape (m,), or None
        Strengths, the largest being 1; ``None`` if all are equal.
    """

    def __init__(self, ties: Ties, weighted: bool) -> None:
        if ties.directed:
            strength = ties.strength if weighted else np.ones(len(ties.indices))
            ties, weighted = Ties.of(replace(ties, strength=strength), directed=False), True
        self.degree = ties.degree
        self.rank = rank = ties.degree * len(ties) + np.arange(len(ties))
        indices = ties.indices.astype(np.int64)  # numpy gathers by its own kind of integer three times as fast
        up = np.flatnonzero(np.repeat(rank, ties.degree) < rank[indices])
        self.low, self.high = ties.row[up].astype(np.int64), indices[up]
        self.strength = _scaled(ties.strength[up]) if weighted else None

    @cached_property
    def key(self) -> np.ndarray:
        """A number for each tie by its ends; ascending, they are in the order of ``ties.pairs``; int64, shape (m,)."""
        return np.minimum(self.low, self.high) * len(self.degree) + np.maximum(self.low, self.high)

    @cached_property
    def _later(self) -> np.ndarray:
        """With how many later ties from the same person each tie makes a wedge."""
        last = np.cumsum(np.bincount(self.low, minlength=len(self.degree)))
        return last[self.low] - np.arange(1, len(self.low) + 1)

    def blocks(self) -> Iterator[tuple[np.ndarray, np.ndarray, np.ndarray]]:
        """Yield all triangles, many at a time, as positions of their three ties: a→b, a→c, and that of b and c."""
        low, high, later, n = self.low, self.high, self._later, len(self.degree)
        if not len(low):
            return
        table = lookup(self.key, n * n)
        row, column = table.mixed(high * n), table.mixed(high)
        upto = np.cumsum(later)
        ahead = np.arange(1, len(low) + 1) - upto + later
        cuts = np.searchsorted(upto, np.arange(BLOCK, upto[-1], BLOCK)).tolist()
        for begin, end in zip([0, *cuts], [*cuts, len(low)], strict=True):
            first = np.repeat(np.arange(begin, end), later[begin:end])
            # The k-th of all wedges pairs its first tie with the one so far ahead of k.
            second = ahead[first]
            second += np.arange(upto[begin] - later[begin], upto[end - 1])
            wanted = row[first]
            wanted += column[second]
            closed, third = table.find(wanted)
            yield first[closed], second[closed], third

    def sides(self) -> np.ndarray:
        """All triangles at once, as positions of their three ties a→b, a→c and b→c; int64, shape (3, triangles)."""
        found = [np.stack(block) for block in self.blocks()]
        sides = np.concatenate(found, axis=1) if found else np.zeros((3, 0), np.int64)
        turned = self.low[sides[2]] != self.high[sides[0]]  # the third points from c to b: b and c change names
        sides[:2, turned] = sides[1::-1, turned]
        return sides

    def over_ends(self, at_low: np.ndarray, at_high: np.ndarray) -> np.ndarray:
        """Sum over each node's ties: ``at_low`` of those that begin there, ``at_high`` of those that end there."""
        n = len(self.degree)
        return np.bincount(self.low, at_low, n) + np.bincount(self.high, at_high, n)

    @cached_property
    def total(self) -> np.ndarray:
        """Strength of all ties of each person; float64, shape (n,)."""
        return self.degree.astype(float) if self.strength is None else self.over_ends(self.strength, self.strength)

    @property
    def count(self) -> np.ndarray:
        """How many contacts the two ends of each tie share; int64, shape (m,)."""
        return self._shared[0]

    @property
    def matched(self) -> np.ndarray:
        """Sum over the shared contacts of the product of their two strengths; float64, shape (m,)."""
        return self._shared[1]

    @property
    def relayed(self) -> np.ndarray:
        """The same sum, each product divided by the strength of all ties of the shared contact; float64, shape (m,)."""
        return self._shared[2]

    @cached_property
    def _shared(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        n = len(self.degree)
        if n <= DENSE_UP_TO and 100 * self._later.sum() > n**3:
            return self._shared_dense()
        count = np.zeros(len(self.low), np.int64)
        matched, relayed = np.zeros(len(self.low)), np.zeros(len(self.low))
        part = 1 / np.maximum(self.total, self.total == 0)
        w = self.strength
        for ab, ac, bc in self.blocks():
            by_a, by_b, by_c = part[self.low[ab]], part[self.high[ab]], part[self.high[ac]]
            if w is not None:
                at_a, at_b, at_c = w[ab] * w[ac], w[ab] * w[bc], w[ac] * w[bc]
                by_a, by_b, by_c = by_a * at_a, by_b * at_b, by_c * at_c
                for tie, product in ((bc, at_a), (ac, at_b), (ab, at_c)):
                    np.add.at(matched, tie, product)
            for tie, product in ((bc, by_a), (ac, by_b), (ab, by_c)):
                np.add.at(count, tie, 1)
                np.add.at(relayed, tie, product)
        return count, count if w is None else matched, relayed

    def _shared_dense(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        n, low, high = len(self.degree), self.low, self.high
        part = 1 / np.maximum(self.total, self.total == 0)
        tied, strength = np.zeros((n, n)), np.zeros((n, n))
        tied[low, high] = tied[high, low] = 1
        strength[low, high] = strength[high, low] = 1 if self.strength is None else self.strength
        count = (tied @ tied)[low, high].astype(np.int64)
        matched = count if self.strength is None else (strength @ strength)[low, high]
        return count, matched, ((strength * part) @ strength)[low, high]


def _scaled(strength: np.ndarray) -> np.ndarray | None:
    if not len(strength) or strength.min() == strength.max():
        return None
    if strength.min() < strength.max() / WIDEST:
        raise GraphError(
            f"The strongest tie is more than {WIDEST:g} times as strong as the weakest, and such strengths cannot be "
            "multiplied. Give them on another scale, for example their logarithm."
        )
    return strength / strength.max()
