"""Ties that are not kept up fade, bridges first; old ties may still be worth a call."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar, NamedTuple

import numpy as np
from scipy.special import expit

from tertius.errors import ParameterError, check_count, check_least, check_share, check_two, choose_from, lies_between
from tertius.models.rows import as_row
from tertius.simulate.protocol import Streams

TENDING = ("favourites", "equal", "mixed", "bridges", "nothing")


def tending_hours(rule: str, bridging: int = 10, close: int = 20, hours: float = 10.0) -> np.ndarray:
    """Divide hours a month over bridging and close ties by a rule.

    Parameters
    ----------
    rule : {"favourites", "equal", "mixed", "bridges", "nothing"}
        Favourites: the first close ties, as many as there are bridging ones. Equal: all ties. Mixed: half of the hours
        on half of the bridging ties (rounded up), half on as many close ones. Bridges: the bridging ties. All hours
        that a rule spends are divided evenly.
    bridging, close : int
        How many ties there are of each kind, at least 1.
    hours : float
        In all, a month, at least 0.

    Returns
    -------
    numpy.ndarray, float64, shape (bridging + close,)
        Hours a month for each tie, bridging ties first.

    Raises
    ------
    ParameterError
        If a setting is out of its range.

    Examples
    --------
    >>> tending_hours("mixed", bridging=2, close=3, hours=2).tolist()
    [1.0, 0.0, 1.0, 0.0, 0.0]
    """
    choose_from(rule, TENDING, "rule")
    check_count("bridging", bridging, 1)
    check_count("close", close, 1)
    check_least("hours", hours, 0, "hours a month")
    bridges, friends = np.arange(bridging), bridging + np.arange(close)
    half = -(-bridging // 2)
    tended = {
        "favourites": friends[:bridging],
        "equal": np.arange(bridging + close),
        "mixed": np.concatenate([bridges[:half], friends[:half]]),
        "bridges": bridges,
        "nothing": bridges[:0],
    }[rule]
    spent = np.zeros(bridging + close)
    spent[tended] = hours / max(len(tended), 1)
    return spent


class Fading(NamedTuple):
    """State of `TieDecay`; runs on the last axis.

    Attributes
    ----------
    alive : numpy.ndarray, bool, shape (n_ties, runs)
        Which ties are left, bridging ones first.
    t : numpy.ndarray, int64, shape (runs,)
        Months so far.
    """

    alive: np.ndarray
    t: np.ndarray


@dataclass(frozen=True, eq=False)
class TieDecay:
    r"""Ties fade when no time is spent on them, those to other circles faster than those among friends.

    Somebody whom your friends know too is met without any effort; a tie to another circle lives from what you do for it
    alone. In one bank nine of ten bridges were gone after a year [1]_. So the same hours keep many bridges or many
    friends, not both.

    Each month, all at once and independently, a tie is lost with probability :math:`\ell e^{-\kappa h}`: the loss
    :math:`\ell` of its kind, less with the hours :math:`h` a month that are spent on it. What is lost stays lost. A tie
    is left after t months with probability :math:`(1 - \ell e^{-\kappa h})^t`.

    Parameters
    ----------
    bridging, close : int
        How many ties of each kind there are, at least 1. Each bridging tie leads to a circle of its own.
    tended : text or sequence of float
        A rule of `tending_hours`, or the hours a month for each tie, bridging ties first, each at least 0.
    hours : float
        What a rule divides, hours a month, at least 0.
    losses : (float, float)
        Monthly loss of an untended bridging tie and of a close one, in [0, 1].
    rescue : float
        :math:`\kappa`: an hour a month divides the loss by :math:`e^\kappa`; at least 0.

    Raises
    ------
    ParameterError
        If a setting is out of its range.

    Notes
    -----
    Observed: ``bridging`` and ``close`` (ties left) and ``hours`` (spent so far; hours for a tie that is lost are spent
    in vain). With the same seed, run by run, more hours for each tie never keep fewer of them.

    References
    ----------
    .. [1] Burt, Social Networks 24 (2002), 333-363.

    Examples
    --------
    >>> from tertius.simulate import simulate
    >>> run = simulate(TieDecay(2, 3, tended="nothing", losses=(1, 0)), 1, seed=1)
    >>> run["bridging"].tolist(), run["close"].tolist()
    ([2, 0], [3, 3])
    >>> TieDecay().expected_left(24).round(1).tolist()  # ten favourites: half a bridge is left
    [0.5, 11.8]
    """

    bridging: int = 10
    close: int = 20
    tended: str | Sequence[float] = "favourites"
    hours: float = 10.0
    losses: tuple[float, float] = (0.12, 0.04)
    rescue: float = 1.5

    streams: ClassVar[tuple[str, ...]] = ("fading",)

    def __post_init__(self) -> None:
        check_least("rescue", self.rescue, 0, "by how much hours reduce the loss")
        check_two("losses", self.losses, "the loss of a bridging tie and of a close one")
        for loss in self.losses:
            check_share("losses", loss)
        by_rule = tending_hours(
            self.tended if isinstance(self.tended, str) else "equal", self.bridging, self.close, self.hours
        )
        if isinstance(self.tended, str):
            return
        row = as_row(self.tended)
        if row is None or row.ndim != 1:
            raise ParameterError(f"tended is {self.tended!r}; it is a rule, or hours for each tie.")
        spent = tuple(row.tolist())
        if len(spent) != len(by_rule):
            raise ParameterError(f"tended has hours for {len(spent)} ties; there are {len(by_rule)}.")
        for h in spent:
            check_least("tended", h, 0, "hours a month")
        object.__setattr__(self, "tended", spent)

    @cached_property
    def spent(self) -> np.ndarray:
        """Hours a month for each tie; float64, shape (n_ties,)."""
        if isinstance(self.tended, str):
            return tending_hours(self.tended, self.bridging, self.close, self.hours)
        return np.array(self.tended)

    @cached_property
    def loss(self) -> np.ndarray:
        """Chance of each tie to be lost in a month; float64, shape (n_ties,)."""
        return np.repeat(self.losses, (self.bridging, self.close)) * np.exp(-self.rescue * self.spent)

    def expected_left(self, months: int) -> np.ndarray:
        """How many bridging and close ties are left after so many months, on average: exact."""
        left = (1 - self.loss) ** months
        return np.array([left[: self.bridging].sum(), left[self.bridging :].sum()])

    def start(self, rng: Streams, runs: int) -> Fading:
        """All ties are there."""
        return Fading(np.ones((self.bridging + self.close, runs), bool), np.zeros(runs, np.int64))

    def step(self, state: Fading, t: int, rng: Streams) -> Fading:
        """Let a month pass."""
        stays = rng.fading.random(state.alive.shape) >= self.loss[:, None]
        return Fading(state.alive & stays, state.t + 1)

    def observe(self, state: Fading) -> dict[str, np.ndarray]:
        """Count what is left."""
        return {
            "bridging": np.count_nonzero(state.alive[: self.bridging], axis=0),
            "close": np.count_nonzero(state.alive[self.bridging :], axis=0),
            "hours": state.t * self.spent.sum(),
        }


def survival_by_age(age, exponent: float = float(np.log2(10))):
    r"""Share of ties left by age, if old ties fade more slowly than young ones: :math:`(1 + t)^{-\gamma}`.

    The hazard is :math:`\gamma/(1 + t)`. With the exponent :math:`\log_2 10` nine of ten are gone after one unit of
    time, as the bridges in one bank were after a year [1]_.

    Parameters
    ----------
    age : float or array
        At least 0, in the unit in which ten per cent are left after 1.
    exponent : float
        :math:`\gamma`, at least 0.

    Returns
    -------
    float or numpy.ndarray
        In [0, 1].

    Raises
    ------
    ParameterError
        If a setting is out of its range.

    References
    ----------
    .. [1] Burt, Social Networks 24 (2002), 333-363.

    Examples
    --------
    >>> round(survival_by_age(1), 6), survival_by_age(0)
    (0.1, 1.0)
    """
    check_least("exponent", exponent, 0, "how fast ties fade")
    age = np.asarray(age, float)
    if not (age >= 0).all():
        raise ParameterError(f"age is {age.tolist()!r}; nothing is younger than 0.")
    left = (1 + age) ** -exponent
    return left if left.ndim else float(left)


def decay_chance(age, overlap, *, at_birth: float, by_age: float = -1.0, by_overlap: float = -1.0):
    r"""Chance that a tie is lost in the next period, by its age and by the contacts that its ends share.

    The logistic form in which such chances are estimated: the log odds are
    :math:`b_0 + b_{age} \ln(1 + t) + b_{emb} \cdot` overlap. Negative numbers say that old and embedded ties last.

    Parameters
    ----------
    age : float or array
        At least 0.
    overlap : float or array
        Share of contacts that the ends have in common, in [0, 1].
    at_birth, by_age, by_overlap : float
        :math:`b_0`, :math:`b_{age}`, :math:`b_{emb}`.

    Returns
    -------
    float or numpy.ndarray
        In (0, 1).

    Raises
    ------
    ParameterError
        If a setting is out of its range.

    Examples
    --------
    >>> decay_chance(0, 0, at_birth=0)
    0.5
    """
    age, overlap = np.asarray(age, float), np.asarray(overlap, float)
    if not (np.isfinite(age) & (age >= 0)).all():
        raise ParameterError(f"age is {age.tolist()!r}; it is a number of at least 0.")
    if not ((overlap >= 0) & (overlap <= 1)).all():
        raise ParameterError(f"overlap is {overlap.tolist()!r}; it is a share, from 0 to 1.")
    for name, slope in (("at_birth", at_birth), ("by_age", by_age), ("by_overlap", by_overlap)):
        if not lies_between(slope, -sys.float_info.max, sys.float_info.max):
            raise ParameterError(f"{name} is {slope!r}; it is a finite number.")
    chance = expit(at_birth + by_age * np.log1p(age) + by_overlap * overlap)
    return chance if chance.ndim else float(chance)
