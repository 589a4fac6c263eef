"""The third who joins: what introducing two contacts costs the broker, and what it brings everybody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

import numpy as np

from tertius.errors import check_count, check_least, check_share, check_two
from tertius.simulate.protocol import Streams
from tertius.ties import Ties


class Introduced(NamedTuple):
    """State of `JoiningBroker`; runs on the last axis.

    Attributes
    ----------
    place : numpy.ndarray, int64, shape (pairs, runs)
        In which order the pairs of contacts would be introduced, counted from 0; drawn at the start.
    joined : numpy.ndarray, int64, shape (runs,)
        How many have been.
    """

    place: np.ndarray
    joined: np.ndarray


@dataclass(frozen=True)
class JoiningBroker:
    r"""A broker between strangers who may introduce them to each other.

    As long as two contacts do not know each other, the broker can carry news between them for a fee. Once they have
    met, they can do something together, of which the broker has a share. So joining can pay the group and not the
    broker: the third who joins, *tertius iungens*, gives up the position of the third who gains [1]_.

    The broker's k contacts are strangers at first. Each step one pair who have not met is drawn evenly, and introduced
    with probability ``introduces``. Then every pair apart pays the broker a fee r, and every pair that has met yields
    v, of which both and the broker get a third each. With :math:`m` pairs introduced the broker's effective size is
    :math:`k - 2m/k`; the group gains by each introduction if v > r, the broker if v > 3r.

    Parameters
    ----------
    contacts : int
        k, at least 2.
    value : float
        v, what a joined pair yields in a step if it succeeds, at least 0.
    fee : float
        r, what a pair apart pays the broker in a step, at least 0.
    introduces : float
        Chance that the pair drawn is introduced, in [0, 1].
    success : (float, float)
        What joined pairs yield is v times the first number plus the second times the density among the contacts, at
        most v: trust that grows as all come to know each other. Each in [0, 1].

    Raises
    ------
    ParameterError
        If a setting is out of its range.

    Notes
    -----
    Observed: ``introductions`` (so far), ``effective_size`` (of the broker), ``broker_return`` and ``group_return``
    (in this step; the group is the broker and all contacts). With the same seed, run by run, a broker who introduces
    more readily has introduced at least the same pairs.

    References
    ----------
    .. [1] Obstfeld, Administrative Science Quarterly 50 (2005), 100-130.

    Examples
    --------
    >>> from tertius.simulate import simulate
    >>> run = simulate(JoiningBroker(contacts=3, value=2, fee=1, introduces=1), 3, seed=1)
    >>> run["group_return"].tolist()
    [3.0, 4.0, 5.0, 6.0]
    >>> run["broker_return"].round(2).tolist()
    [3.0, 2.67, 2.33, 2.0]
    """

    contacts: int = 6
    value: float = 2.0
    fee: float = 1.0
    introduces: float = 0.5
    success: tuple[float, float] = (1.0, 0.0)

    streams: ClassVar[tuple[str, ...]] = ("order", "introducing")

    def __post_init__(self) -> None:
        check_count("contacts", self.contacts, 2)
        check_least("value", self.value, 0, "what a joined pair yields")
        check_least("fee", self.fee, 0, "what a pair apart pays")
        check_share("introduces", self.introduces)
        check_two("success", self.success, "a chance and what density adds to it")
        for share in self.success:
            check_share("success", share, "share")

    @property
    def pairs(self) -> int:
        """How many pairs of contacts there are, k(k − 1)/2."""
        return self.contacts * (self.contacts - 1) // 2

    def effective_size(self, introductions):
        """Effective size of the broker after so many introductions, k − 2m/k (Burt 1992)."""
        return self.contacts - 2 * np.asarray(introductions) / self.contacts

    def returns(self, introductions) -> tuple[np.ndarray, np.ndarray]:
        """What the broker and the whole group get in a step, after so many introductions: exact."""
        met = np.asarray(introductions, float)
        first, more = self.success
        joint = met * self.value * np.minimum(first + more * met / self.pairs, 1)
        fees = self.fee * (self.pairs - met)
        return fees + joint / 3, fees + joint

    def start(self, rng: Streams, runs: int) -> Introduced:
        """Draw the order of the introductions; nobody has met yet."""
        order = rng.order.random((self.pairs, runs)).argsort(axis=0, kind="stable")
        return Introduced(order.argsort(axis=0, kind="stable"), np.zeros(runs, np.int64))

    def step(self, state: Introduced, t: int, rng: Streams) -> Introduced:
        """Draw a pair, and introduce them or not."""
        # Every pair apart is equally likely to be the next, whatever was decided before: the order says which.
        introduces = rng.introducing.random(state.joined.shape) < self.introduces
        return state._replace(joined=np.minimum(state.joined + introduces, self.pairs))

    def observe(self, state: Introduced) -> dict[str, np.ndarray]:
        """Measure the broker's position, and what everybody gets."""
        broker, group = self.returns(state.joined)
        return {
            "introductions": state.joined,
            "effective_size": self.effective_size(state.joined),
            "broker_return": broker,
            "group_return": group,
        }

    def ties(self, state: Introduced) -> Ties:
        """Return who knows whom in one run, from one of its states: the broker is 0, the contacts 1, 2, …."""
        own = [(0, contact) for contact in range(1, self.contacts + 1)]
        one, other = np.triu_indices(self.contacts, 1)
        met = state.place < state.joined
        return Ties.of([*own, *zip((one[met] + 1).tolist(), (other[met] + 1).tolist(), strict=True)])
