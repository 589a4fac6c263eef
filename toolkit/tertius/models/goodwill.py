"""Goodwill fades unless it is tended: small regular touches, or contact only when in need, at equal hours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

import numpy as np

from tertius.errors import check_above, check_count, check_least, check_share, choose_from
from tertius.simulate.protocol import Streams

RHYTHMS = ("steady", "in need")


class Tended(NamedTuple):
    """State of `Goodwill`; runs on the last axis.

    Attributes
    ----------
    goodwill : numpy.ndarray, float64, shape (contacts, runs)
        Of each contact, in [0, 1]: the chance that a call for help is answered.
    needs : numpy.ndarray, bool, shape (months, runs)
        In which months there is a need; drawn at the start.
    touched : numpy.ndarray, bool, shape (contacts, runs)
        On whom time was spent this month.
    asked : numpy.ndarray, bool, shape (contacts, runs)
        Who was asked for help this month.
    needs_met : numpy.ndarray, float64, shape (runs,)
        How many needs were met so far, as it is to be expected.
    hours : numpy.ndarray, float64, shape (runs,)
        Spent so far.
    """

    goodwill: np.ndarray
    needs: np.ndarray
    touched: np.ndarray
    asked: np.ndarray
    needs_met: np.ndarray
    hours: np.ndarray


@dataclass(frozen=True)
class Goodwill:
    r"""Contacts whom you see a little every month, or whom you see a lot when you need something.

    Goodwill fades when nothing happens. An hour spent together closes part of its distance to 1, each further hour of
    the same month less. So what fades slowly is best built up little by little, and what fades fast is best built up
    just before it is asked for. The form is ours: nobody has measured these curves.

    Each month, all at once: (1) goodwill fades, :math:`g \leftarrow (1 - \lambda) g`. (2) Hours are spent: *steady*,
    the same on each contact every month; *in need*, in months of need only, on the contacts who can help, all hours
    divided evenly over the months of need, whose number is known beforehand (which is generous). (3) A touch of
    :math:`h` hours closes the share :math:`u = \kappa (1 - e^{-h/h_0})` of the distance to 1 with probability
    ``quality``; otherwise it takes the share u of the goodwill away. (4) If there is a need, the contacts who can help
    are asked, and each helps with probability g: the need is met with probability :math:`1 - \prod (1 - g)`.

    Parameters
    ----------
    rhythm : {"steady", "in need"}
    hours : float
        In all, over all months, at least 0.
    fade : float
        :math:`\lambda`, share of goodwill lost in a month, in [0, 1].
    first_goodwill : float
        What each contact begins with, in [0, 1].
    ceiling : float
        :math:`\kappa`, share of the distance to 1 that one month can close at most, in [0, 1].
    scale : float
        :math:`h_0`, hours after which a touch has closed 63 % of what it can, above 0.
    need_chance : float
        Of a need in a month, in [0, 1].
    contacts : int
        At least 1.
    relevant : int
        How many of the contacts can help with a need, drawn anew for each; from 1 to ``contacts``.
    quality : float
        Chance that a touch does good, in [0, 1]; otherwise it does harm.
    discount : float
        What a touch is worth in the month of asking, if contact is only in need, in [0, 1].
    ambassador : float
        From which goodwill a contact speaks up for you unasked, in [0, 1].
    months : int
        For how long hours are planned and needs arise, at least 1; later steps only fade.

    Raises
    ------
    ParameterError
        If a setting is out of its range.

    Notes
    -----
    Observed: ``needs_met`` (so far, as it is to be expected given the goodwill: no coins are thrown for it),
    ``goodwill`` (mean over the contacts), ``ambassadors`` (contacts), ``hours`` (spent so far) and ``never_in_need``
    (1 for a run without any need: hours *in need* then stay unspent). Both rhythms of one seed meet the same needs,
    with the same luck. With ``quality`` 1, run by run, more hours never meet fewer needs, nor does a higher
    ``discount``, which is what a touch made while asking is worth.

    Examples
    --------
    >>> from tertius.simulate import simulate
    >>> simulate(Goodwill(hours=0, fade=0.5, need_chance=0), 2, seed=1)["goodwill"].tolist()
    [0.3, 0.15, 0.075]
    """

    rhythm: str = "steady"
    hours: float = 24.0
    fade: float = 0.05
    first_goodwill: float = 0.3
    ceiling: float = 0.4
    scale: float = 2.0
    need_chance: float = 1 / 6
    contacts: int = 1
    relevant: int = 1
    quality: float = 1.0
    discount: float = 1.0
    ambassador: float = 0.6
    months: int = 24

    streams: ClassVar[tuple[str, ...]] = ("needs", "relevance", "quality")

    def __post_init__(self) -> None:
        choose_from(self.rhythm, RHYTHMS, "rhythm")
        check_least("hours", self.hours, 0, "hours in all")
        check_above("scale", self.scale, 0, "a number of hours")
        for name in ("need_chance", "quality"):
            check_share(name, getattr(self, name))
        for name in ("fade", "first_goodwill", "ceiling", "discount", "ambassador"):
            check_share(name, getattr(self, name), "share")
        check_count("months", self.months, 1)
        check_count("contacts", self.contacts, 1)
        check_count("relevant", self.relevant, 1, self.contacts, limit="the number of contacts, ")

    def closed_by(self, hours):
        """Share of the distance to 1 that so many hours on one contact in one month close."""
        return self.ceiling * -np.expm1(-np.asarray(hours, float) / self.scale)

    def long_run(self) -> float:
        r"""Where the goodwill of a contact tended steadily settles, on average: exact.

        :math:`q u / (1 - (1 - \lambda)(1 - u))`; what is still missing shrinks by the factor
        :math:`(1 - \lambda)(1 - u)` a month. Where nothing changes it, the goodwill at first.
        """
        closed = float(self.closed_by(self.hours / self.months / self.contacts))
        kept = (1 - self.fade) * (1 - closed)
        return self.first_goodwill if kept == 1 else self.quality * closed / (1 - kept)

    def start(self, rng: Streams, runs: int) -> Tended:
        """Draw the months of need."""
        nobody = np.zeros((self.contacts, runs), bool)
        needs = rng.needs.random((self.months, runs)) < self.need_chance
        goodwill = np.full((self.contacts, runs), float(self.first_goodwill))
        return Tended(goodwill, needs, nobody, nobody, np.zeros(runs), np.zeros(runs))

    def step(self, state: Tended, t: int, rng: Streams) -> Tended:
        """Let goodwill fade, spend this month's hours, and ask for help if it is needed."""
        shape = state.goodwill.shape
        priority, luck = rng.relevance.random(shape), rng.quality.random(shape)
        goodwill = state.goodwill * (1 - self.fade)
        if t > self.months:
            nobody = np.zeros(shape, bool)
            return state._replace(goodwill=goodwill, touched=nobody, asked=nobody)
        can_help = priority.argsort(axis=0, kind="stable").argsort(axis=0, kind="stable") < self.relevant
        asked = can_help & state.needs[t - 1]
        hours = self._hours(state.needs, asked)
        closed = self.closed_by(hours) * (self.discount if self.rhythm == "in need" else 1)
        goodwill = goodwill * (1 - closed) + closed * (luck < self.quality)
        met = 1 - np.prod(1 - np.where(asked, goodwill, 0), axis=0)
        return Tended(goodwill, state.needs, hours > 0, asked, state.needs_met + met, state.hours + hours.sum(axis=0))

    def _hours(self, needs: np.ndarray, asked: np.ndarray) -> np.ndarray:
        """Hours that each contact gets this month; (contacts, runs)."""
        if self.rhythm == "steady":
            return np.full(asked.shape, self.hours / self.months / self.contacts)
        return asked * (self.hours / np.maximum(needs.sum(axis=0), 1) / self.relevant)

    def observe(self, state: Tended) -> dict[str, np.ndarray]:
        """Measure what was met, what goodwill is left, and what was spent."""
        return {
            "needs_met": state.needs_met,
            "goodwill": state.goodwill.mean(axis=0),
            "ambassadors": np.count_nonzero(state.goodwill >= self.ambassador, axis=0),
            "hours": state.hours,
            "never_in_need": ~state.needs.any(axis=0),
        }
