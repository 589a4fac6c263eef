"""Whom each person reaches in an undirected cascade: the part of the network that live ties hold together."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csgraph, csr_array

from tertius.models.bits import successes
from tertius.models.cascade import IndependentCascade

MOST_SAMPLES = 1024
MOST_PAIRS = 1 << 22
"""How many pairs of a person and a sample are held, if that leaves 16 samples."""
PAIRS_AT_ONCE = 1 << 17


class Parts:
    """Samples of the parts that live ties hold together; in each, all people of a part reach one another.

    Attributes
    ----------
    samples : int
    """

    def __init__(self, model: IndependentCascade, rng: np.random.Generator) -> None:
        self.n = n = len(model.ties)
        self.samples = int(np.clip(MOST_PAIRS // n, 16, MOST_SAMPLES))
        ends = [end.astype(np.int64) for end in model.ties.pairs]
        at_once = max(1, PAIRS_AT_ONCE // n)
        people, parts, sizes = [], [], []
        known = 0
        for first in range(0, self.samples, at_once):
            several = min(at_once, self.samples - first)
            sample, tie = _live(model, several, rng)
            one, other = (sample * n + end[tie] for end in ends)
            # Those who are alone in a sample reach themselves whatever is chosen, and are left out.
            is_told = np.zeros(several * n, bool)
            is_told[one] = is_told[other] = True
            place = np.cumsum(is_told, dtype=np.int32) - np.int32(1)
            together = np.flatnonzero(is_told)
            begins = np.cumsum(np.bincount(place[one] + 1, minlength=len(together) + 1), dtype=np.int32)
            live = csr_array((np.ones(len(one)), place[other], begins), shape=(len(together),) * 2)
            count, part = csgraph.connected_components(live, directed=False)
            people.append((together % n).astype(np.int32))
            parts.append(part.astype(np.int64) + known)
            sizes.append(np.bincount(part, minlength=count))
            known += count
        self._people, self._part, self._size = np.concatenate(people), np.concatenate(parts), np.concatenate(sizes)

    def step_by_step(self, k: int) -> np.ndarray:
        """Choose ``k`` people, each time who adds most on these samples; of equals the first."""
        worth = self._size[self._part]
        alone = self.samples - np.bincount(self._people, minlength=self.n)
        adds = alone + np.bincount(self._people, worth, minlength=self.n)
        chosen, is_open = [], np.ones(len(self._size), bool)
        for _ in range(k):
            best = int(np.argmax(adds))
            chosen.append(best)
            reached = np.zeros(len(self._size), bool)
            reached[self._part[self._people == best]] = True
            reached &= is_open
            is_open &= ~reached
            lost = np.flatnonzero(reached[self._part])
            adds -= np.bincount(self._people[lost], worth[lost], minlength=self.n)
            adds[best] = -1
        return np.array(chosen, np.int64)


def _live(model: IndependentCascade, samples: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Draw which ties are live in each sample: two int64 arrays, sample by sample and tie by tie."""
    most = float(np.max(model.transmission, initial=0))
    sample, tie = np.divmod(successes(samples * model.ties.n_ties, most, rng), max(1, model.ties.n_ties))
    if np.ndim(model.transmission):
        kept = rng.random(len(tie)) * most < model.transmission[tie]
        sample, tie = sample[kept], tie[kept]
    return sample, tie
