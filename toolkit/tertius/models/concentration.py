"""How much of your time to give to one outstanding contact, who may leave."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

import numpy as np

from tertius.errors import ParameterError, check_count, check_least, check_share, lies_between
from tertius.simulate.protocol import Streams


def best_star_share(worth: float = 4.0, others: int = 9, leaves: float = 0.0) -> float:
    r"""Share of your hours that is best given to a star, with square-root returns: exact.

    A star worth a, who leaves with probability q, counts as :math:`b = a(1 - q)`; beside n others worth 1 each the best
    share is :math:`b^2/(b^2 + n)`.

    Parameters
    ----------
    worth : float
        a, at least 0.
    others : int
        n, at least 1.
    leaves : float
        q, in [0, 1].

    Returns
    -------
    float
        In [0, 1).

    Raises
    ------
    ParameterError
        If a setting is out of its range.

    Examples
    --------
    >>> best_star_share(4), round(best_star_share(4, leaves=0.3), 3)
    (0.64, 0.466)
    """
    check_least("worth", worth, 0, "what the star is worth beside the others")
    check_count("others", others, 1)
    check_share("leaves", leaves)
    squared = (worth * (1 - leaves)) ** 2
    return float(squared / (squared + others))


class Shared(NamedTuple):
    """State of `StarShare`; runs on the last axis.

    Attributes
    ----------
    leaves : numpy.ndarray, bool, shape (runs,)
        Whether the star leaves in this run; drawn at the start.
    share : numpy.ndarray, float64, shape (runs,)
        Share of the hours that the star gets at this step.
    """

    leaves: np.ndarray
    share: np.ndarray


@dataclass(frozen=True)
class StarShare:
    r"""Ten contacts, one of them worth several of the others: from no hours for the star to all of them.

    The tenth hour with the same person brings less than the first. So even a star does not deserve all of your time,
    and less of it if the star may leave.

    A contact worth v with x hours brings :math:`v \sqrt{x}`; what the star does not get is divided evenly among the
    others, who are worth 1 each. A star who leaves brings nothing. Step by step the star's share rises from 0 to 1.

    Parameters
    ----------
    worth, others, leaves
        As for `best_star_share`.
    hours : float
        In all, at least 0.
    pace : float
        By how much the share rises with each step, from 0.001 to 1.

    Raises
    ------
    ParameterError
        If a setting is out of its range.

    Notes
    -----
    Observed: ``share``, ``value`` (what all bring in this run) and ``hours`` (spent, the same at each share). Settings
    of one seed share their luck: a star more likely to leave leaves in at least the same runs.

    Examples
    --------
    >>> from tertius.simulate import simulate
    >>> simulate(StarShare(worth=1, others=1, hours=2, pace=0.5), 2, seed=1)["value"].round(3).tolist()
    [1.414, 2.0, 1.414]
    """

    worth: float = 4.0
    others: int = 9
    leaves: float = 0.0
    hours: float = 10.0
    pace: float = 0.02

    streams: ClassVar[tuple[str, ...]] = ("leaving",)

    def __post_init__(self) -> None:
        best_star_share(self.worth, self.others, self.leaves)  # refuses what is out of range
        check_least("hours", self.hours, 0, "hours in all")
        if not lies_between(self.pace, 0.001, 1):
            raise ParameterError(f"pace is {self.pace!r}; the star's share rises by it, from 0.001 to 1.")

    def value_at(self, share, stays: float | np.ndarray = 1.0):
        """What all bring if the star gets this share of the hours, and is there with probability ``stays``."""
        share = np.asarray(share, float)
        rest = self.others * np.sqrt((1 - share) * self.hours / self.others)
        return stays * self.worth * np.sqrt(share * self.hours) + rest

    def start(self, rng: Streams, runs: int) -> Shared:
        """Draw whether the star leaves."""
        return Shared(rng.leaving.random(runs) < self.leaves, np.zeros(runs))

    def step(self, state: Shared, t: int, rng: Streams) -> Shared:
        """Give the star a little more."""
        return state._replace(share=np.full_like(state.share, min(1.0, t * self.pace)))

    def observe(self, state: Shared) -> dict[str, np.ndarray]:
        """Measure what all bring."""
        return {
            "share": state.share,
            "value": self.value_at(state.share, ~state.leaves),
            "hours": np.full(state.share.shape, float(self.hours)),
        }
