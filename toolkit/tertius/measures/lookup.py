"""Where numbers stand in a list of different numbers: many looked up at once."""

from __future__ import annotations

import numpy as np

SMALL = 1 << 16
"""Keys below this are found in a plain table with a place for each."""

FEW = 128
"""So few keys are sorted rather than given a table."""

FACTOR = np.uint64(0x9E3779B97F4A7C15)
"""Odd, and near 2^64 over the golden ratio: multiples of it spread well over the highest bits [1]_.

.. [1] Knuth, The Art of Computer Programming, volume 3 (1998), section 6.4.
"""

ONE = np.uint64(1)
EMPTY, CROWDED = np.uint64(1), np.uint64(3)  # odd, which no mixed number is


def lookup(keys: np.ndarray, above: int) -> PlainTable | HashTables:
    """Prepare to look up ``keys``: int64, all different, from 0 up to but not including ``above``, at most 2^62.

    The result finds *mixed* numbers, which can be added: ``mixed(a) + mixed(b)`` is ``mixed(a + b)``.

    Examples
    --------
    >>> table = lookup(np.array([7, 3, 9]), 10)
    >>> which, where = table.find(table.mixed(np.array([3, 4, 9])))
    >>> which.tolist(), where.tolist()  # the first and the third are there, in places 1 and 2
    ([0, 2], [1, 2])
    """
    return PlainTable(keys, above) if above <= SMALL else HashTables(keys)


class PlainTable:
    """One place for each possible number."""

    def __init__(self, keys: np.ndarray, above: int) -> None:
        self.place = np.full(above, -1)
        self.place[keys] = np.arange(len(keys))

    def mixed(self, numbers: np.ndarray) -> np.ndarray:
        """Leave numbers as they are."""
        return numbers

    def find(self, wanted: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Say which of the mixed numbers are among the keys, and where these stand; two int64 arrays of one length."""
        place = self.place[wanted]
        which = np.flatnonzero(place >= 0)
        return which, place[which]


class HashTables:
    """A hash table that is filled and read as whole arrays.

    Numbers are mixed by an odd factor, modulo 2^64: this loses nothing, so mixed numbers stand for themselves, and the
    highest bits name a slot. Keys that want the same slot leave it marked as crowded and go on to the next, smaller
    table, mixed once more; the last few are sorted. One look at one table is enough for nearly every number.
    """

    def __init__(self, keys: np.ndarray) -> None:
        self.tables = []
        waiting, mixed = np.arange(len(keys)), self.mixed(keys)
        while len(waiting) > FEW:
            # Spacious while the table fits into the processor's cache, so that few are crowded out.
            bits = (len(waiting) * (8 if len(waiting) < 1 << 13 else 3)).bit_length()
            shift = np.uint64(64 - bits)
            slot = (mixed >> shift).view(np.int64)
            held, place = np.full(1 << bits, EMPTY), np.empty(1 << bits, np.int32)
            held[slot] = mixed  # of several, the last gets in
            place[slot] = waiting
            held[slot[held[slot] != mixed]] = CROWDED
            self.tables.append((shift, held, place))
            crowded = np.flatnonzero(held[slot] == CROWDED)
            waiting, mixed = waiting[crowded], mixed[crowded] * FACTOR
        order = np.argsort(mixed)
        self.rest, self.rest_place = np.append(mixed[order], EMPTY), np.append(waiting[order], -1)

    def mixed(self, numbers: np.ndarray) -> np.ndarray:
        """Spread int64 numbers over all even numbers below 2^64; uint64."""
        return numbers.view(np.uint64) * (FACTOR << ONE)

    def find(self, wanted: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Say which of the mixed numbers are among the keys, and where these stand; two int64 arrays of one length."""
        asked, which, where = None, [], []
        for shift, held, place in self.tables:
            slot = (wanted >> shift).view(np.int64)
            there = held[slot]
            hit = np.flatnonzero(there == wanted)
            which.append(hit if asked is None else asked[hit])
            where.append(place[slot[hit]])
            crowded = np.flatnonzero(there == CROWDED)
            asked = crowded if asked is None else asked[crowded]
            wanted = wanted[crowded] * FACTOR
        near = np.searchsorted(self.rest[:-1], wanted)
        hit = np.flatnonzero(self.rest[near] == wanted)
        which.append(hit if asked is None else asked[hit])
        where.append(self.rest_place[near[hit]])
        return np.concatenate(which), np.concatenate(where).astype(np.int64)
