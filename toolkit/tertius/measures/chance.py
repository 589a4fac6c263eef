"""What a number of groups would be by chance: the same ties, the groups' labels dealt out anew."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from tertius.errors import check_count


@dataclass(frozen=True, eq=False, repr=False)
class AgainstChance:
    """Numbers that depend on who is in which group, beside what they are when labels are shuffled over the people.

    The ties stay as they are, and so does the size of each group. What is more than chance is then more than the
    sizes of the groups and the shape of the network bring about; why it is more, this cannot say.

    Attributes
    ----------
    observed : pandas.Series
        The numbers as they are.
    expected : pandas.Series
        Their exact mean over all shuffles; ``nan`` where no closed form exists.
    shuffled : numpy.ndarray, float, shape (shuffles, len(observed))
        What they were in each shuffle.
    """

    observed: pd.Series
    expected: pd.Series
    shuffled: np.ndarray

    def __post_init__(self) -> None:
        self.shuffled.flags.writeable = False

    def __repr__(self) -> str:
        return f"AgainstChance({len(self.observed)} numbers, {len(self.shuffled)} shuffles)"

    def _repr_html_(self) -> str:
        return self.frame()._repr_html_()

    def frame(self) -> pd.DataFrame:
        """Return a table of what is observed and what chance brings.

        Returns
        -------
        pandas.DataFrame
            A row for each number, with the columns ``observed``; ``expected``, its exact mean by chance; ``mean``,
            ``low`` and ``high``, mean and 5–95 % range of the shuffles; ``p_less`` and ``p_more``, the chance of a
            number as small or as large: (1 + shuffles as extreme) / (1 + shuffles).
        """
        shuffled = pd.DataFrame(self.shuffled, columns=self.observed.index)
        defined = shuffled.notna().sum()
        known = (defined > 0) & self.observed.notna()
        as_small = (shuffled <= self.observed + TOLERANCE).sum()
        as_large = (shuffled >= self.observed - TOLERANCE).sum()
        return pd.DataFrame(
            {
                "observed": self.observed,
                "expected": self.expected,
                "mean": shuffled.mean(),
                "low": shuffled.quantile(0.05),
                "high": shuffled.quantile(0.95),
                "p_less": ((1 + as_small) / (1 + defined)).where(known),
                "p_more": ((1 + as_large) / (1 + defined)).where(known),
            }
        )


TOLERANCE = 1e-12
"""Two numbers that differ by less are the same number, worked out by another way."""


def against_chance(
    number: np.ndarray,
    measure: Callable[[np.ndarray], np.ndarray],
    expected: np.ndarray,
    index: pd.Index,
    shuffles: int,
    seed: int | None,
) -> AgainstChance:
    """Work out ``measure`` of the labels as they are, and of as many shuffles of them.

    Parameters
    ----------
    number : numpy.ndarray, int, shape (n,)
        The group of each person.
    measure : callable
        From such an array to as many numbers as ``index`` names.
    expected : numpy.ndarray
        The exact mean of each.
    index : pandas.Index
    shuffles : int
    seed : int or None
    """
    check_count("shuffles", shuffles, 1)
    if seed is not None:
        check_count("seed", seed, 0)
    rng = np.random.default_rng(seed)
    observed = pd.Series(measure(number), index, name="observed", dtype=float)
    shuffled = np.empty((shuffles, len(observed)))
    for row in shuffled:
        row[:] = measure(rng.permutation(number))
    return AgainstChance(observed, pd.Series(expected, index, name="expected", dtype=float), shuffled)


def share_of_pairs_alike(sizes: np.ndarray) -> float:
    """Chance that two people drawn at random are of one group; ``nan`` below two people."""
    n = int(sizes.sum())
    return float((sizes * (sizes - 1)).sum() / (n * (n - 1))) if n > 1 else float("nan")
