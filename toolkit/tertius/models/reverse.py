"""Who might have told a person: reverse influence sampling, for choosing whom to tell first in large networks."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, exp, lgamma, log, log2, sqrt
from typing import NamedTuple

import numpy as np

from tertius.models.bits import successes
from tertius.models.cascade import IndependentCascade
from tertius.models.linear import LinearThreshold

EPSILON = 0.3
"""By how much less than 1 − 1/e of the best possible IMM's samples let a choice get, all but surely."""
ROOM = 1 << 27
"""How many pairs of a sample and a person are kept track of at once."""


_ONE = np.uint64(1)


class Found(NamedTuple):
    """People chosen by reverse influence sampling.

    Attributes
    ----------
    people : numpy.ndarray, int64
        Positions, in the order in which they were chosen.
    bound : float
        All but surely they reach at least this share of the best possible.
    samples : int
        How many samples they were chosen on; the bound rests on as many others.
    """

    people: np.ndarray
    bound: float
    samples: int


@dataclass(frozen=True)
class Samples:
    """For each of some people drawn at random, all from whom a cascade would reach them.

    A set of people reaches about the share of all that is the share of the samples it is in [1]_.

    Attributes
    ----------
    n : int
        People in the network.
    people : numpy.ndarray, int32
        The members of all samples, sample by sample.
    ends : numpy.ndarray, int64, shape (samples,)
        Where each sample ends.

    References
    ----------
    .. [1] Borgs, Brautbar, Chayes and Lucier, SODA 2014, 946-957.
    """

    n: int
    people: np.ndarray
    ends: np.ndarray

    def __len__(self) -> int:
        return len(self.ends)

    def and_more(self, others: Samples) -> Samples:
        """These samples and others."""
        people = np.concatenate([self.people, others.people])
        return Samples(self.n, people, np.concatenate([self.ends, len(self.people) + others.ends]))

    def share_with(self, chosen: np.ndarray) -> float:
        """Share of the samples that somebody chosen is in."""
        is_chosen = np.zeros(self.n, bool)
        is_chosen[chosen] = True
        hits = np.concatenate([[0], np.cumsum(is_chosen[self.people])])[np.concatenate([[0], self.ends])]
        return float(np.count_nonzero(np.diff(hits)) / len(self))

    def cover(self, k: int) -> tuple[np.ndarray, float, float]:
        """Choose ``k`` people step by step, each time who is in most samples that nobody chosen is in.

        Returns
        -------
        people : numpy.ndarray, int64
        share : float
            Of the samples that somebody chosen is in.
        most : float
            No ``k`` people are in more than this share of the samples.
        """
        begins = np.concatenate([[0], self.ends[:-1]])
        sizes = self.ends - begins
        owner = np.repeat(np.arange(len(self)), sizes)
        in_samples = np.bincount(self.people, minlength=self.n)
        of_person = np.concatenate([[0], np.cumsum(in_samples)])
        owner_by_person = np.sort(self.people * np.int64(len(self)) + owner)
        samples_of = owner_by_person % len(self)
        adds, is_covered = in_samples.copy(), np.zeros(len(self), bool)
        chosen, covered, most = [], 0, len(self)
        for _ in range(k):
            most = min(most, covered + int(np.partition(adds, self.n - k)[self.n - k :].sum()))
            best = int(np.argmax(adds))
            chosen.append(best)
            samples = samples_of[of_person[best] : of_person[best + 1]]
            samples = samples[~is_covered[samples]]
            is_covered[samples] = True
            covered += len(samples)
            several = sizes[samples]
            at = np.repeat(begins[samples] - (np.cumsum(several) - several), several) + np.arange(several.sum())
            adds -= np.bincount(self.people[at], minlength=self.n)
            adds[best] = -1  # who adds nothing more can still be chosen, but once
        return np.array(chosen, np.int64), covered / len(self), most / len(self)


def sample(model: IndependentCascade | LinearThreshold, count: int, rng: np.random.Generator) -> Samples:
    """Draw ``count`` people, and for each all from whom a cascade of this model would reach them."""
    n = len(model.ties)
    at_once = max(64, min(count, ROOM // n))
    seen = np.zeros(at_once * n // 64 + 1, np.uint64)
    people, sizes = [], []
    for first in range(0, count, at_once):
        new = np.arange(min(at_once, count - first)) * n
        new += rng.integers(n, size=len(new))
        found = []
        while len(new):
            found.append(new)
            np.bitwise_or.at(seen, new >> 6, _ONE << (new & 63).astype(np.uint64))
            back = _tellers(model, new, rng)
            back = np.sort(back[(seen[back >> 6] >> (back & 63).astype(np.uint64)) & _ONE == 0])
            new = back[np.diff(back, prepend=-1) > 0]
        keys = np.sort(np.concatenate(found))
        seen[keys >> 6] = 0
        owner, members = np.divmod(keys, n)
        people.append(members.astype(np.int32))
        sizes.append(np.bincount(owner))
    return Samples(n, np.concatenate(people), np.cumsum(np.concatenate(sizes)))


def _tellers(model: IndependentCascade | LinearThreshold, keys: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Draw who would have told these people; keys are sample · n + person, before and after."""
    ways, n = model.ways, len(model.ties)
    person = keys % n
    if isinstance(model, LinearThreshold):
        moved = (rng.random(len(keys)) < model.influence) & (ways.degree[person] > 0)
        keys, person = keys[moved], person[moved]
        way = ways.into[model.pick(person, rng.random(len(keys)))]
        return keys - person + ways.source[way]
    degree = ways.degree[person]
    ends = np.cumsum(degree)
    most = float(np.max(model.transmission, initial=0))
    at = successes(int(ends[-1]), most, rng)
    position = np.searchsorted(ends, at, side="right")
    way = ways.into[(ways.first[person] - (ends - degree))[position] + at]
    if np.ndim(model.transmission):
        kept = rng.random(len(way)) * most < model.transmission[ways.tie[way]]
        way, position = way[kept], position[kept]
    return (keys - person)[position] + ways.source[way]


def imm(model: IndependentCascade | LinearThreshold, k: int, rng: np.random.Generator) -> Found:
    """Choose ``k`` people on as many samples as IMM asks for.

    With probability at least 1 − 1/n they reach at least 1 − 1/e − ε of the best possible [1]_. What is said of them
    is the larger share that as many fresh samples bear out, with the same probability [2]_.

    References
    ----------
    .. [1] Tang, Shi and Xiao, SIGMOD 2015, 1539-1554; the samples of the first phase are not used again, as Chen
       (2018, arXiv:1808.09363) asks for.
    .. [2] Tang, Tang, Xiao and Yuan, SIGMOD 2018, 991-1005.
    """
    n = len(model.ties)
    sets = lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
    ell = 1 + log(2) / log(n)
    rough = sqrt(2) * EPSILON
    each = (2 + 2 * rough / 3) * (sets + ell * log(n) + log(max(2.0, log2(n)))) * n / rough**2
    least, samples = 1.0, None
    for halving in range(1, max(2, int(log2(n)))):
        guess = n / 2**halving
        more = sample(model, ceil(each / guess) - (len(samples) if samples else 0), rng)
        samples = samples.and_more(more) if samples else more
        _, share, _ = samples.cover(k)
        if n * share >= (1 + rough) * guess:
            least = n * share / (1 + rough)
            break
    least = max(least, float(k))
    alpha, beta = sqrt(ell * log(n) + log(2)), sqrt((1 - exp(-1)) * (sets + ell * log(n) + log(2)))
    count = ceil(2 * n * ((1 - exp(-1)) * alpha + beta) ** 2 / EPSILON**2 / least)
    people, _, most = sample(model, count, rng).cover(k)
    fresh = sample(model, count, rng).share_with(people)
    doubt = log(2 * n)
    low = (sqrt(fresh * count + 2 * doubt / 9) - sqrt(doubt / 2)) ** 2 - doubt / 18
    high = (sqrt(most * count + doubt / 2) + sqrt(doubt / 2)) ** 2
    return Found(people, max(1 - exp(-1) - EPSILON, low / high), count)
