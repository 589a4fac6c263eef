"""Contacts you have not spoken to for years: the trust fades, and they have learnt what you have not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

import numpy as np

from tertius.errors import ParameterError, check_above, check_count, check_share
from tertius.simulate.protocol import Streams


def dormant_value(silence, overlap: float = 0.8, strength: float = 1.0, *, renewal: float = 2.0, trust: float = 8.0):
    r"""What a contact is worth after some years of silence: new knowledge times what is left of the trust.

    Somebody close shares most of what you know; years later they know other things, and some trust is left. So a
    dormant tie can be worth more than it was when you parted, and more than a weak tie now [1]_. With overlap A and
    strength s when contact stopped, it is :math:`(1 - A e^{-\tau/\theta})\, s\, e^{-\tau/\theta_T}` after
    :math:`\tau` years. The form is ours.

    Parameters
    ----------
    silence : float or array
        :math:`\tau`, years without contact, at least 0.
    overlap : float
        A, share of the contact's knowledge that was yours too, in [0, 1].
    strength : float
        s, how close you were, in [0, 1].
    renewal : float
        :math:`\theta`, years in which 63 % of what the contact knows is renewed, above 0.
    trust : float
        :math:`\theta_T`, years in which 63 % of the trust is lost, above 0.

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
    .. [1] Levin, Walter and Murnighan, Organization Science 22 (2011), 923-939.

    Examples
    --------
    >>> round(dormant_value(0), 9)  # still in touch: one part in five is new
    0.2
    """
    _check_contact(overlap, renewal, trust)
    check_share("strength", strength, "share")
    years = np.asarray(silence, float)
    if not (years >= 0).all():
        raise ParameterError(f"silence is {years.tolist()!r}; it is years without contact, at least 0.")
    with np.errstate(over="ignore"):  # what is lost next to at once leaves nothing
        value = (1 - overlap * np.exp(-years / renewal)) * strength * np.exp(-years / trust)
    return value if value.ndim else float(value)


def best_silence(overlap: float = 0.8, *, renewal: float = 2.0, trust: float = 8.0) -> float:
    r"""After how many years of silence a contact is worth most.

    :math:`\theta \ln(A (1 + \theta_T/\theta))`, or 0 if that is negative: who shared little is best kept in touch with.

    Parameters
    ----------
    overlap, renewal, trust
        As for `dormant_value`.

    Returns
    -------
    float
        Years, at least 0.

    Raises
    ------
    ParameterError
        If a setting is out of its range.

    Examples
    --------
    >>> best_silence(overlap=0.1)
    0.0
    """
    _check_contact(overlap, renewal, trust)
    best = renewal * np.log(overlap * (1 + trust / renewal)) if overlap else -np.inf
    return float(max(0.0, best))


class Apart(NamedTuple):
    """State of `DormantContact`; runs on the last axis.

    Attributes
    ----------
    is_new : numpy.ndarray, bool, shape (topics, runs)
        Which of the contact's topics are new to you.
    t : numpy.ndarray, int64, shape (runs,)
        Months so far.
    """

    is_new: np.ndarray
    t: np.ndarray


@dataclass(frozen=True)
class DormantContact:
    r"""A contact's topics, one by one, in the months after you last spoke.

    Each month, independently, each of the contact's topics is given up for a new one with probability
    :math:`1 - e^{-1/(12 \theta)}`; a topic taken up since then is new to you. At first the share ``overlap`` of the
    topics is yours too. Over time the share that is new comes to :math:`1 - A e^{-\tau/\theta}`, as in
    `dormant_value`.

    Parameters
    ----------
    topics : int
        At least 1.
    overlap : float
        In [0, 1]; how many topics you share is rounded to a whole number.
    strength, renewal, trust
        As for `dormant_value`.

    Raises
    ------
    ParameterError
        If a setting is out of its range.

    Notes
    -----
    Observed: ``new_share`` (of the contact's topics) and ``value`` (that share, times the strength, times what is left
    of the trust). Slower renewal never brings more, run by run.

    References
    ----------
    .. [1] Levin, Walter and Murnighan, Organization Science 22 (2011), 923-939.

    Examples
    --------
    >>> from tertius.simulate import simulate
    >>> simulate(DormantContact(overlap=0), 2, seed=1)["new_share"].tolist()
    [1.0, 1.0, 1.0]
    """

    topics: int = 50
    overlap: float = 0.8
    strength: float = 1.0
    renewal: float = 2.0
    trust: float = 8.0

    streams: ClassVar[tuple[str, ...]] = ("renewal",)

    def __post_init__(self) -> None:
        check_count("topics", self.topics, 1)
        _check_contact(self.overlap, self.renewal, self.trust)
        check_share("strength", self.strength, "share")

    def start(self, rng: Streams, runs: int) -> Apart:
        """You last spoke just now."""
        shared = int(np.floor(self.overlap * self.topics + 0.5))
        is_new = np.arange(self.topics)[:, None] >= shared
        return Apart(np.tile(is_new, (1, runs)), np.zeros(runs, np.int64))

    def step(self, state: Apart, t: int, rng: Streams) -> Apart:
        """Let a month pass."""
        renewed = rng.renewal.random(state.is_new.shape) < -np.expm1(-1 / (12 * self.renewal))
        return Apart(state.is_new | renewed, state.t + 1)

    def observe(self, state: Apart) -> dict[str, np.ndarray]:
        """Measure what is new, and what it is worth."""
        share = state.is_new.mean(axis=0)
        return {"new_share": share, "value": share * self.strength * np.exp(-state.t / 12 / self.trust)}


def _check_contact(overlap: float, renewal: float, trust: float) -> None:
    check_share("overlap", overlap, "share")
    check_above("renewal", renewal, 0, "a number of years")
    check_above("trust", trust, 0, "a number of years")
