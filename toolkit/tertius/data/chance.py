"""Chance for teaching data: the same numbers on every machine, under every version of Python.

Python promises that ``random.Random(k).random()`` gives one and the same stream for one integer ``k``; it promises
less about its other methods, and NumPy's generators may change between releases. So `Stream` asks for nothing else,
and builds the few draws that our cases need from it. Only the standard library is used.
"""

from __future__ import annotations

import hashlib
import math
import random
from collections.abc import Iterable, Sequence
from statistics import NormalDist
from typing import TypeVar

from tertius.errors import ParameterError

Item = TypeVar("Item")
_BELOW_ONE = 1 - 2.0**-53  # the largest number below 1


class Stream:
    """The chance of one component of a case, such as its rewiring; drawing from one stream never disturbs another.

    Parameters
    ----------
    case : str
        The data set.
    seed : int
        Which draw of it; 0 or more.
    component : str
        What the chance is for. The three together settle every number that comes out: the stream starts from the
        first 8 bytes of the SHA-256 of ``case/seed/component``, read as one big-endian integer.

    Examples
    --------
    >>> rewiring = Stream("manufacturing_vp", 1, "rewiring")
    >>> [rewiring.integer(6) for _ in range(8)]
    [1, 3, 5, 5, 1, 1, 0, 5]
    >>> Stream("manufacturing_vp", 1, "rewiring").integer(6)  # a fresh stream starts again
    1
    """

    def __init__(self, case: str, seed: int, component: str) -> None:
        if isinstance(seed, bool) or not isinstance(seed, int) or seed < 0:
            raise ParameterError(f"seed is {seed!r}; it must be a whole number, 0 or more, such as 1.")
        digest = hashlib.sha256(f"{case}/{seed}/{component}".encode()).digest()
        self._random = random.Random(int.from_bytes(digest[:8], "big")).random

    def uniform(self) -> float:
        """Return the next number, at least 0 and below 1, of which every other draw here is made."""
        return self._random()

    def happens(self, probability: float) -> bool:
        """Whether something of this probability comes to pass: 0 never, 1 always."""
        return self.uniform() < probability

    def integer(self, n: int) -> int:
        """Return one of 0, 1, …, n − 1, each as likely as the others."""
        return math.floor(self.uniform() * n)

    def normal(self, mean: float = 0.0, deviation: float = 1.0) -> float:
        """Return a draw from the normal distribution: its inverse at one uniform number."""
        share = (math.floor(self.uniform() * 2**53) + 0.5) / 2**53
        return mean + deviation * NormalDist().inv_cdf(min(share, _BELOW_ONE))

    def poisson(self, mean: float) -> int:
        """Return a count from the Poisson distribution: the first whose cumulative probability is above one number."""
        share, count, term = self.uniform(), 0, math.exp(-mean)
        below = term
        while share >= below and term > 0:
            count += 1
            term *= mean / count
            below += term
        return count

    def shuffled(self, items: Iterable[Item]) -> list[Item]:
        """Return the items in random order: each draws a number as it comes, and they are sorted by it."""
        drawn = [(self.uniform(), k, item) for k, item in enumerate(items)]
        return [item for _, _, item in sorted(drawn, key=lambda row: row[:2])]

    def subset(self, items: Sequence[Item], size: int) -> list[Item]:
        """Return ``size`` of the items, every subset as likely as another, in the order they were given.

        Raises
        ------
        ParameterError
            If there are fewer items than ``size``.
        """
        if size > len(items):
            raise ParameterError(f"{size} were to be drawn from {len(items)}; ask for fewer.")
        return [items[k] for k in sorted(self.shuffled(range(len(items)))[:size])]
