"""Ideas from distant circles, and why managers with open networks may have better ones for another reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

import numpy as np

from tertius.errors import check_above, check_count, check_share
from tertius.simulate.protocol import Streams


class Surveyed(NamedTuple):
    """State of `IdeaSurvey`; runs on the last axis.

    Attributes
    ----------
    ability, constraint, idea : numpy.ndarray, float64, shape (people, runs)
        Of each manager, in standard deviations; drawn at the start.
    asked : numpy.ndarray, int64, shape (runs,)
        How many have been asked so far.
    """

    ability: np.ndarray
    constraint: np.ndarray
    idea: np.ndarray
    asked: np.ndarray


@dataclass(frozen=True)
class IdeaSurvey:
    r"""Managers whose constraint and ideas are compared: a slope that need not be a cause.

    In a survey of managers, those whose contacts know each other less had better ideas [1]_. Able people may both keep
    open networks and have good ideas. Then the slope is there though opening a network would change nothing; comparing
    people of equal ability shows it, if ability was measured.

    Of each manager: ability a and luck :math:`e_1, e_2` are standard normal. Openness is
    :math:`o = \kappa a + \sqrt{1 - \kappa^2}\, e_1`, constraint :math:`-o`, and the value of ideas
    :math:`\beta o + \kappa a + e_2`. The slope of ideas on constraint is :math:`-(\beta + \kappa^2)`; with ability
    held equal it is :math:`-\beta`. Each step ``pace`` more managers are asked.

    Parameters
    ----------
    effect : float
        :math:`\beta`, what openness does to ideas, from 0 to 1.
    ability : float
        :math:`\kappa`, how much ability drives both openness and ideas, from 0 to 1.
    adjusted : bool
        Whether ``slope`` holds ability equal.
    people : int
        Managers in all, at least ``pace``.
    pace : int
        Managers asked at once, at least 4.

    Raises
    ------
    ParameterError
        If a setting is out of its range.

    Notes
    -----
    Observed: ``raw_slope``, ``adjusted_slope`` (least squares, of those asked so far), ``slope`` (the one that
    ``adjusted`` names) and ``asked``. Runs are surveys of other managers. Where ability drives openness alone
    (``ability`` 1) nobody differs with ability held equal, and the adjusted slope is ``nan``.

    References
    ----------
    .. [1] Burt, American Journal of Sociology 110 (2004), 349-399.

    Examples
    --------
    >>> survey = IdeaSurvey(effect=0, ability=0.8)
    >>> round(survey.expected_slope(adjusted=False), 2), survey.expected_slope(adjusted=True)
    (-0.64, 0.0)
    """

    effect: float = 0.0
    ability: float = 0.8
    adjusted: bool = False
    people: int = 200
    pace: int = 10

    streams: ClassVar[tuple[str, ...]] = ("ability", "openness", "ideas")

    def __post_init__(self) -> None:
        check_share("effect", self.effect, "slope")
        check_share("ability", self.ability, "share")
        check_count("pace", self.pace, 4)
        check_count("people", self.people, self.pace)

    def expected_slope(self, adjusted: bool | None = None) -> float:
        """Slope of ideas on constraint in the whole population: −(β + κ²), or −β with ability held equal."""
        adjusted = self.adjusted if adjusted is None else adjusted
        return 0.0 - self.effect - (0 if adjusted else self.ability**2)

    def start(self, rng: Streams, runs: int) -> Surveyed:
        """Draw the managers, and ask the first."""
        shape = (self.people, runs)
        ability, own, luck = (stream.standard_normal(shape) for stream in (rng.ability, rng.openness, rng.ideas))
        openness = self.ability * ability + np.sqrt(1 - self.ability**2) * own
        idea = self.effect * openness + self.ability * ability + luck
        return Surveyed(ability, -openness, idea, np.full(runs, self.pace))

    def step(self, state: Surveyed, t: int, rng: Streams) -> Surveyed:
        """Ask more of them."""
        return state._replace(asked=np.minimum(state.asked + self.pace, self.people))

    def observe(self, state: Surveyed) -> dict[str, np.ndarray]:
        """Fit both slopes to those asked so far."""
        asked = int(state.asked[0])
        a, x, y = (values[:asked] - values[:asked].mean(axis=0) for values in state[:3])
        xx, aa, ax, xy, ay = ((one * other).sum(axis=0) for one, other in ((x, x), (a, a), (a, x), (x, y), (a, y)))
        raw = xy / xx
        left = xx * aa - ax**2
        adjusted = np.divide(xy * aa - ay * ax, left, out=np.full(left.shape, np.nan), where=left > 1e-9 * xx * aa)
        return {
            "slope": adjusted if self.adjusted else raw,
            "raw_slope": raw,
            "adjusted_slope": adjusted,
            "asked": state.asked,
        }


class Heard(NamedTuple):
    """State of `IdeaBrokerage`; runs on the last axis.

    Attributes
    ----------
    opinion : numpy.ndarray, float64, shape (contacts, 2, runs)
        Where each contact stands, seen from the middle of your own group; drawn at the start.
    value, judged : numpy.ndarray, float64, shape (runs,)
        Of all ideas so far, summed: how far apart what was joined in them, and what your own group makes of it.
    t : numpy.ndarray, int64, shape (runs,)
        Steps so far.
    """

    opinion: np.ndarray
    value: np.ndarray
    judged: np.ndarray
    t: np.ndarray


@dataclass(frozen=True)
class IdeaBrokerage:
    r"""Somebody joins what distant contacts think; the own group must see the point of it.

    People of one group think alike. Who hears from several groups can join views that nobody has joined, which is how
    bridging structural holes could bring good ideas [1]_. But an idea from too far away may find no judge: if the own
    group has no eye for it, a few bridges do best and many do worse.

    Each group has a middle, drawn from a normal distribution of unit spread, and each contact an opinion around it.
    You have as many contacts whatever you choose: ``bridging`` of them in as many other groups, the others in your own.
    Each step every contact is heard with a probability, independently, and you join the two opinions heard that are
    furthest apart. Their distance is the value of the idea (0 if fewer than two are heard); your group values it
    :math:`e^{-d/\rho}` as much, with d the distance from the middle of your group to the middle between the two.

    Parameters
    ----------
    contacts : int
        At least 2.
    bridging : int
        How many of them are in other groups, each in one of its own; from 0 to ``contacts``.
    spread : float
        Standard deviation of opinions within a group, where that of the groups is 1; above 0.
    hears_own, hears_other : float
        Probability to hear a contact in your own group, or in another, in [0, 1].
    horizon : float
        :math:`\rho`, above 0: how far your group can see.

    Raises
    ------
    ParameterError
        If a setting is out of its range.

    Notes
    -----
    Observed: ``value`` and ``judged``, means over the steps so far. With the same seed, run by run, a wider horizon
    never judges an idea lower.

    References
    ----------
    .. [1] Burt, American Journal of Sociology 110 (2004), 349-399.

    Examples
    --------
    >>> from tertius.simulate import simulate
    >>> simulate(IdeaBrokerage(hears_own=0, hears_other=0), 2, seed=1)["value"].tolist()
    [0.0, 0.0, 0.0]
    """

    contacts: int = 6
    bridging: int = 3
    spread: float = 0.2
    hears_own: float = 0.8
    hears_other: float = 0.4
    horizon: float = 1.0

    streams: ClassVar[tuple[str, ...]] = ("groups", "opinions", "hearing")

    def __post_init__(self) -> None:
        check_count("contacts", self.contacts, 2)
        check_count("bridging", self.bridging, 0, self.contacts, limit="the number of contacts, ")
        check_above("spread", self.spread, 0, "a standard deviation")
        check_above("horizon", self.horizon, 0, "a distance")
        check_share("hears_own", self.hears_own)
        check_share("hears_other", self.hears_other)

    @property
    def is_bridging(self) -> np.ndarray:
        """Which contacts are in another group; bool, shape (contacts,)."""
        return np.arange(self.contacts) < self.bridging

    def start(self, rng: Streams, runs: int) -> Heard:
        """Draw where everybody stands."""
        shape = (self.contacts, 2, runs)
        middle = rng.groups.standard_normal((self.contacts + 1, 2, runs))
        away = (middle[1:] - middle[0]) * self.is_bridging[:, None, None]
        return Heard(
            away + self.spread * rng.opinions.standard_normal(shape),
            np.zeros(runs),
            np.zeros(runs),
            np.zeros(runs, np.int64),
        )

    def step(self, state: Heard, t: int, rng: Streams) -> Heard:
        """Hear some contacts, and join the two opinions that are furthest apart."""
        runs = state.t.shape[0]
        chance = np.where(self.is_bridging, self.hears_other, self.hears_own)[:, None]
        heard = rng.hearing.random((self.contacts, runs)) < chance
        one, other = np.triu_indices(self.contacts, 1)
        apart = np.hypot(*np.moveaxis(state.opinion[one] - state.opinion[other], 1, 0))
        apart = np.where(heard[one] & heard[other], apart, 0)
        best, every = apart.argmax(axis=0), np.arange(runs)
        value = apart[best, every]
        between = (state.opinion[one[best], :, every] + state.opinion[other[best], :, every]) / 2
        judged = value * np.exp(-np.hypot(*between.T) / self.horizon)
        return Heard(state.opinion, state.value + value, state.judged + judged, state.t + 1)

    def observe(self, state: Heard) -> dict[str, np.ndarray]:
        """Measure what the ideas were worth so far."""
        steps = np.maximum(state.t, 1)
        return {"value": state.value / steps, "judged": state.judged / steps}
