"""A crowd in which everybody sees how many have joined: one person's threshold can decide everything."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

import numpy as np
from scipy.optimize import brentq
from scipy.special import ndtr

from tertius.errors import ParameterError, check_above, check_count, check_least, lies_between
from tertius.models.rows import as_row
from tertius.simulate.protocol import Streams


class Crowding(NamedTuple):
    """State of `Crowd`; runs on the last axis.

    Attributes
    ----------
    active : numpy.ndarray, bool, shape (n, runs)
        Who has joined.
    thresholds : numpy.ndarray, float64, shape (n, runs)
        How many must have joined before each person does.
    """

    active: np.ndarray
    thresholds: np.ndarray


@dataclass(frozen=True, eq=False)
class Crowd:
    """People who join once enough others have, and who see everybody.

    Some need nobody, some need a crowd. What happens depends on the whole ladder of thresholds, not on their average:
    with 0, 1, 2, …, 99 all join, one after another; change the single 1 to 2, and one person stands alone [1]_. So what
    a crowd does says little about what most of its members want.

    All move at once: in each step everybody joins whose threshold is no more than how many had joined before it. Nobody
    leaves; the final number does not depend on the order.

    Parameters
    ----------
    n : int
        People, at least 1; where thresholds are given, their number.
    mean, deviation : float
        Thresholds are drawn from this normal distribution, in people, anew for each run; those below 0 are 0.
    thresholds : sequence of float, optional
        The same for every run, instead of drawing them: how many others each person needs.

    Raises
    ------
    ParameterError
        If a setting is out of its range.

    Notes
    -----
    Observed: ``adopted_share``. With the same seed, run by run, a lower mean makes at least the same people join.
    `crowd_end` gives the share for a crowd without end.

    References
    ----------
    .. [1] Granovetter, American Journal of Sociology 83 (1978), 1420-1443.

    Examples
    --------
    >>> from tertius.simulate import simulate
    >>> simulate(Crowd(thresholds=[0, 1, 2, 3]), 4, seed=1)["adopted_share"].tolist()
    [0.0, 0.25, 0.5, 0.75, 1.0]
    >>> simulate(Crowd(thresholds=[0, 2, 2, 3]), 4, seed=1)["adopted_share"].tolist()
    [0.0, 0.25, 0.25, 0.25, 0.25]
    """

    n: int = 100
    mean: float = 25.0
    deviation: float = 10.0
    thresholds: Sequence[float] | None = None

    streams: ClassVar[tuple[str, ...]] = ("threshold",)

    def __post_init__(self) -> None:
        if self.thresholds is not None:
            given = as_row(self.thresholds)
            if given is None or given.ndim != 1 or not len(given) or not (given >= 0).all():
                raise ParameterError(
                    "thresholds are how many others each person needs: a list of numbers of at least 0, one a person."
                )
            given.flags.writeable = False
            object.__setattr__(self, "thresholds", given)
            object.__setattr__(self, "n", len(given))
        check_count("n", self.n, 1)
        _check_normal(self.mean, self.deviation)

    def start(self, rng: Streams, runs: int) -> Crowding:
        """Draw thresholds; nobody has joined."""
        drawn = self.mean + self.deviation * rng.threshold.standard_normal((self.n, runs))
        if self.thresholds is not None:
            drawn = np.repeat(self.thresholds[:, None], runs, axis=1)
        return Crowding(np.zeros((self.n, runs), bool), np.maximum(drawn, 0))

    def step(self, state: Crowding, t: int, rng: Streams) -> Crowding:
        """Let all join who have seen enough, at once."""
        return state._replace(active=state.active | self._sees_enough(state))

    def observe(self, state: Crowding) -> dict[str, np.ndarray]:
        """Measure how many have joined."""
        return {"adopted_share": np.count_nonzero(state.active, axis=0) / self.n}

    def is_settled(self, state: Crowding) -> np.ndarray:
        """Say for each run whether nobody else will join; bool, shape (runs,). Good as ``until``."""
        return ~(self._sees_enough(state) & ~state.active).any(axis=0)

    def _sees_enough(self, state: Crowding) -> np.ndarray:
        return state.thresholds <= np.count_nonzero(state.active, axis=0) + 1e-9


def crowd_end(mean: float = 25.0, deviation: float = 10.0, *, n: float = 100.0) -> float:
    r"""How many of ``n`` join in the end, where so many people stand for them that chance plays no part.

    It is the smallest solution of :math:`r = n\,\Phi((r - \text{mean}) / \text{deviation})`, where the climb from
    nobody stops [1]_. A little more variety can move it from almost nobody to almost all.

    Parameters
    ----------
    mean, deviation : float
        Of the thresholds, in people; the deviation at least 0.
    n : float
        What all people together count, such as 100 for a percentage; above 0.

    Returns
    -------
    float
        In [0, n].

    Raises
    ------
    ParameterError
        If a setting is out of its range.

    References
    ----------
    .. [1] Granovetter, American Journal of Sociology 83 (1978), 1420-1443.

    Examples
    --------
    >>> [round(crowd_end(25, deviation), 1) for deviation in (10, 30)]
    [0.8, 99.3]
    """
    _check_normal(mean, deviation)
    check_above("n", n, 0, "what all people together count")
    if deviation == 0:
        return n if mean <= 0 else 0.0

    def growth(r: np.ndarray | float) -> np.ndarray | float:
        return n * ndtr((r - mean) / deviation) - r

    # The first place where no more join: on a grid so fine that the growth cannot turn twice between two of its points.
    grid = np.linspace(0, n, 1 + int(np.clip(200 * n / deviation, 2_000, 2_000_000)))
    stops = np.flatnonzero(growth(grid) <= 0)
    if not len(stops):
        return float(n)
    first = int(stops[0])
    return float(brentq(growth, grid[first - 1], grid[first], xtol=1e-12 * n)) if first else 0.0


def _check_normal(mean: float, deviation: float) -> None:
    if not lies_between(mean, -sys.float_info.max, sys.float_info.max):
        raise ParameterError(f"mean is {mean!r}; it is a number of people.")
    check_least("deviation", deviation, 0, "a number of people")
