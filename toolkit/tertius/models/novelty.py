"""How much news a contact brings: the more different, the newer, but the less often you hear from them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar, NamedTuple

import numpy as np

from tertius.errors import ParameterError, check_count, check_least, check_share
from tertius.simulate.protocol import Streams


class Told(NamedTuple):
    """State of `TieNews`; runs on the last axis.

    Attributes
    ----------
    items : numpy.ndarray, int32, shape (ties, runs)
        What each tie has brought so far that was new.
    contacts : numpy.ndarray, int32, shape (ties, runs)
        How often each contact has been in touch so far.
    t : numpy.ndarray, int64, shape (runs,)
        Steps so far.
    """

    items: np.ndarray
    contacts: np.ndarray
    t: np.ndarray


def expected_news(difference, loss: float = 2.5, refresh: float = 0.0):
    r"""News that one tie brings in a step, by how different the contact's world is from yours.

    A contact who knows only what you know has little to tell; one who shares nothing with you is seldom in touch.
    With difference :math:`x`, the chance to be in touch is :math:`e^{-\lambda x}`, and what is said is new with
    probability :math:`\rho + (1 - \rho) x`. The form is ours; the trade-off is that of diversity and bandwidth [1]_.

    Parameters
    ----------
    difference : float or array
        Share of the contact's world that is not yours (one minus overlap), in [0, 1].
    loss : float
        :math:`\lambda`, how fast contact thins out with difference, at least 0.
    refresh : float
        :math:`\rho`, the share of what you have in common that is new by the time you meet, in [0, 1].

    Returns
    -------
    float or numpy.ndarray
        Expected new items, in [0, 1].

    Raises
    ------
    ParameterError
        If a setting is out of its range.

    References
    ----------
    .. [1] Aral and Van Alstyne, American Journal of Sociology 117 (2011), 90-171.

    Examples
    --------
    >>> expected_news(0.5, loss=0)
    0.5
    >>> expected_news(0)
    0.0
    """
    _check_tie(loss, refresh)
    x = np.asarray(difference, float)
    if not ((x >= 0) & (x <= 1)).all():
        raise ParameterError(f"difference is {difference!r}; it is a share, from 0 to 1.")
    news = np.exp(-loss * x) * (refresh + (1 - refresh) * x)
    return news if news.ndim else float(news)


def best_difference(loss: float = 2.5, refresh: float = 0.0) -> float:
    r"""How different a contact should be for a tie to bring the most news.

    :math:`1/\lambda - \rho/(1 - \rho)`, or the nearer end of [0, 1] if that is beyond it: neither the closest nor the
    furthest contact unless contact hardly thins out, or thins out at once.

    Parameters
    ----------
    loss, refresh : float
        As for `expected_news`.

    Returns
    -------
    float
        In [0, 1]. With a refresh of 1 and no loss every difference does as well; 0 is returned.

    Raises
    ------
    ParameterError
        If a setting is out of its range.

    Examples
    --------
    >>> best_difference(loss=2.5), best_difference(loss=0.5)
    (0.4, 1.0)
    """
    _check_tie(loss, refresh)
    if refresh == 1:
        return 0.0
    if loss == 0:
        return 1.0
    return float(np.clip(1 / loss - refresh / (1 - refresh), 0, 1))


def expected_topics(topics: int, items: int) -> float:
    """How many different topics to expect among some items, each on a topic drawn evenly.

    The other half of the trade-off: much talk about few topics repeats itself, little talk about many does not.

    Parameters
    ----------
    topics : int
        How many topics the contact has, n, at least 1.
    items : int
        How many items are sent, N, at least 0: a whole number. For an average, see `expected_topics_at_rate`.

    Returns
    -------
    float
        n (1 − (1 − 1/n)^N), at most the smaller of the two.

    Raises
    ------
    ParameterError
        If a setting is out of its range.

    Examples
    --------
    >>> expected_topics(2, 2), expected_topics(1, 100)
    (1.5, 1.0)
    """
    check_count("topics", topics, 1)
    check_count("items", items, 0)
    return float(topics * (1 - (1 - 1 / topics) ** items))


def expected_topics_at_rate(topics: int, rate: float) -> float:
    """How many different topics to expect if items come at random, so many on average (a Poisson number).

    Parameters
    ----------
    topics : int
        How many topics the contact has, n, at least 1.
    rate : float
        How many items are expected, at least 0: bandwidth times time.

    Returns
    -------
    float
        n (1 − e^(−rate/n)).

    Raises
    ------
    ParameterError
        If a setting is out of its range.

    Examples
    --------
    >>> round(expected_topics_at_rate(10, 10), 3)
    6.321
    """
    check_count("topics", topics, 1)
    check_least("rate", rate, 0, "an expected number of items")
    return float(topics * -np.expm1(-rate / topics))


@dataclass(frozen=True, eq=False)
class TieNews:
    """Contacts from your closest friend to a stranger's world, one tie each: which of them brings the most news?

    Each step, all at once, each contact of difference x is in touch with probability e^(−loss·x) and then tells one
    item, which is new with probability refresh + (1 − refresh)·x. Over many steps the count behind each tie follows
    `expected_news`: low for those who live in your world, low for those you never meet, highest in between [1]_. In
    one recruiting firm, bridges could bring less news than close contacts did.

    Parameters
    ----------
    loss : float
        How fast contact thins out with difference, at least 0.
    refresh : float
        Share of what you have in common that is new by the time you meet, in [0, 1].
    n_ties : int
        How many contacts, their differences spread evenly from 0 to 1; at least 2.

    Raises
    ------
    ParameterError
        If a setting is out of its range.

    Notes
    -----
    Observed: ``best_difference`` (of the contact who has told most so far, the least different if several have;
    ``nan`` while nobody has told anything), and new items a step so far from the ``closest`` contact, the
    ``furthest``, the ``best``, and each: ``news_0`` for the closest, ``news_1``, …. With the same seed, run by run,
    less loss or more refresh bring at least the same items.

    References
    ----------
    .. [1] Aral and Van Alstyne, American Journal of Sociology 117 (2011), 90-171.

    Examples
    --------
    >>> from tertius.simulate import simulate
    >>> simulate(TieNews(loss=0), 1, seed=1)["furthest"].tolist()  # always in touch, always new
    [0.0, 1.0]
    """

    loss: float = 2.5
    refresh: float = 0.0
    n_ties: int = 21

    streams: ClassVar[tuple[str, ...]] = ("contact", "content")

    def __post_init__(self) -> None:
        _check_tie(self.loss, self.refresh)
        check_count("n_ties", self.n_ties, 2)

    @cached_property
    def difference(self) -> np.ndarray:
        """How different each contact is; float64, shape (n_ties,)."""
        difference = np.linspace(0, 1, self.n_ties)
        difference.flags.writeable = False
        return difference

    @cached_property
    def _chances(self) -> tuple[np.ndarray, np.ndarray]:
        """Of each contact to be in touch, and of what they tell to be new; shape (n_ties, 1)."""
        x = self.difference[:, None]
        return np.exp(-self.loss * x), self.refresh + (1 - self.refresh) * x

    def start(self, rng: Streams, runs: int) -> Told:
        """Nobody has been in touch yet."""
        nothing = np.zeros((self.n_ties, runs), np.int32)
        return Told(nothing, nothing, np.zeros(runs, np.int64))

    def step(self, state: Told, t: int, rng: Streams) -> Told:
        """Let each contact be in touch or not, and tell something new or not."""
        touch, fresh = self._chances
        in_touch = rng.contact.random(state.items.shape) < touch
        new = rng.content.random(state.items.shape) < fresh
        return Told(state.items + (in_touch & new), state.contacts + in_touch, state.t + 1)

    def observe(self, state: Told) -> dict[str, np.ndarray]:
        """Measure which tie has brought most, and how much the ends of the scale have."""
        items = state.items / np.maximum(state.t, 1)
        best = self.difference[items.argmax(axis=0)]
        return {
            "best_difference": np.where(items.any(axis=0), best, np.nan),
            "closest": items[0],
            "furthest": items[-1],
            "best": items.max(axis=0),
            **{f"news_{k}": told for k, told in enumerate(items)},
        }


def _check_tie(loss: float, refresh: float) -> None:
    check_least("loss", loss, 0, "how fast contact thins out")
    check_share("refresh", refresh, "share")
