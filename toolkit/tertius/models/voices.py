"""How many voices each person has heard, in 64 runs at once, and who has heard enough."""

from __future__ import annotations

import numpy as np

from tertius.models.bits import packed, unpacked
from tertius.models.ways import Ways, counting
from tertius.simulate import BLOCK

EVERY_EIGHTH = np.uint64(0x0101010101010101)


class Voices:
    """Counters of voices, one for each person and run, that tell when enough have been heard.

    A counter is kept as its binary digits, a word of 64 runs for each digit, and begins so far below a power of two
    as voices are needed: when it overflows, they were enough. The few people to whom very many ways lead are counted
    in plain numbers. What has been heard so far is no part of this: `begin` returns it and `hear` changes it.
    """

    def __init__(self, ways: Ways) -> None:
        self.ways = ways
        self._crowded = ways.order[: len(ways.further)]
        self._others = ways.order[len(ways.further) : ways.slots[0][1] if ways.slots else 0]
        # All ways to each of the crowded, person by person, in parts of 255 at most: so many fit in a byte.
        degree = ways.degree[self._crowded]
        self._ways = ways.into[np.repeat(ways.first[self._crowded], degree) + counting(degree)]
        parts = -(-degree // 255)
        self._first_part = np.cumsum(parts) - parts
        self._parts = np.repeat(np.cumsum(degree) - degree, parts) + 255 * counting(parts)

    def begin(self, need: np.ndarray, words: int) -> tuple[np.ndarray, np.ndarray]:
        """Nothing has been heard yet.

        Parameters
        ----------
        need : numpy.ndarray, int, shape (n, 1) or (n, 64 · words)
            How many voices each person needs, at least 1, the same in all runs or in each its own; with more than there
            are ways to a person, it never has enough.
        words : int

        Returns
        -------
        planes : numpy.ndarray, uint64, shape (digits, people, words)
            The counters' digits, lowest first, of all who are not crowded.
        missing : numpy.ndarray, int32, shape (crowded people, 64 · words)
            How many voices the others still need.
        """
        need = np.minimum(need, self.ways.degree[:, None] + 1).astype(np.int32)
        missing = np.repeat(need[self._crowded], BLOCK * words // need.shape[1], axis=1)
        need = need[self._others]
        digits = max(1, int(need.max(initial=1) - 1).bit_length())
        begin = (1 << digits) - need
        return np.stack([_words((begin >> digit) & 1 == 1, words) for digit in range(digits)]), missing

    def hear(self, planes: np.ndarray, missing: np.ndarray, new: np.ndarray) -> np.ndarray:
        """Count the voices of those who are new, and tell who has enough by them; ``planes`` and ``missing`` change.

        Parameters
        ----------
        planes, missing
            As `begin` returns them.
        new : numpy.ndarray, uint64, shape (n, words)
            Whose voices are heard for the first time.

        Returns
        -------
        numpy.ndarray, uint64, shape (n, words)
            Who has enough by these voices.
        """
        enough = np.zeros_like(new)
        nodes = self.ways.few(new)
        if nodes is None:
            self._hear_all(planes, missing, new, enough)
        else:
            self._hear_few(planes, missing, new, nodes, enough)
        return enough

    def _hear_all(self, planes: np.ndarray, missing: np.ndarray, new: np.ndarray, enough: np.ndarray) -> None:
        """Go through all ways, slot by slot."""
        words = np.take(new, self.ways.source, axis=0)
        crowd = len(self._crowded)
        if crowd:
            before = missing > 0
            missing -= self._counted(words[self._ways])
            enough[self._crowded] = _words(before & (missing <= 0), new.shape[1])
        found = np.zeros((len(self._others), new.shape[1]), np.uint64)
        room = np.empty_like(found)
        for begin, several in self.ways.slots:
            count = several - crowd
            if count > 0:
                voice, carry = words[begin + crowd : begin + several], room[:count]
                for plane in planes:
                    np.bitwise_and(plane[:count], voice, out=carry)
                    plane[:count] ^= voice
                    voice, carry = carry, voice
                found[:count] |= voice
        enough[self._others] = found

    def _hear_few(
        self, planes: np.ndarray, missing: np.ndarray, new: np.ndarray, nodes: np.ndarray, enough: np.ndarray
    ) -> None:
        """Follow the ways out of those who are new; of several to one person, one after another."""
        way, position = self.ways.out_of(nodes)
        order = np.argsort(self.ways.rank[self.ways.target[way]], kind="stable")
        rank, voices = self.ways.rank[self.ways.target[way[order]]], new[nodes[position[order]]]
        begins = np.flatnonzero(np.diff(rank, prepend=-1))
        several = np.diff(begins, append=len(rank))
        which = counting(several)
        crowd = len(self._crowded)
        to_crowd = int(np.searchsorted(rank, crowd))
        if to_crowd:
            begins = begins[begins < to_crowd]
            heard = unpacked(voices[:to_crowd]).reshape(to_crowd, -1)
            heard = np.add.reduceat(heard, begins, axis=0, dtype=np.int32)
            person = rank[begins]
            before = missing[person]
            missing[person] = before - heard
            enough[self._crowded[person]] = _words((before > 0) & (before <= heard), new.shape[1])
        for turn in range(int(which[to_crowd:].max(initial=-1)) + 1):
            at = to_crowd + np.flatnonzero(which[to_crowd:] == turn)
            person, voice = rank[at] - crowd, voices[at]
            for plane in planes:
                digit = plane[person]
                plane[person] = digit ^ voice
                voice = digit & voice
            enough[self._others[person]] |= voice

    def _counted(self, words: np.ndarray) -> np.ndarray:
        """How many of the words of each crowded person are set in each run; int32, shape (crowded people, runs)."""
        # Of the k-th of these sums, the byte j counts the run 8 j + k.
        sums = [
            np.add.reduceat((words >> np.uint64(k)) & EVERY_EIGHTH, self._parts, axis=0).astype("<u8").view(np.uint8)
            for k in range(8)
        ]
        counts = np.stack(sums, axis=-1).reshape(len(self._parts), -1).astype(np.int32)
        return np.add.reduceat(counts, self._first_part, axis=0)


def _words(bits: np.ndarray, words: int) -> np.ndarray:
    """Pack bool (m, 64 · words), or (m, 1) for all runs alike, into uint64 (m, words)."""
    bits = np.broadcast_to(bits, (len(bits), BLOCK * words))
    return packed(bits.reshape(len(bits), words, BLOCK))
