"""People whom each contact may move by its weight: the linear threshold model."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

import numpy as np

from tertius.errors import check_share, choose_from
from tertius.models.bits import BIT
from tertius.models.spreading import LiveWays
from tertius.simulate import BLOCK
from tertius.simulate.protocol import Streams
from tertius.ties import Ties

PEOPLE_AT_ONCE = 1 << 12
"""For how many people luck is drawn together; the luck is the same for any number."""


@dataclass(frozen=True, eq=False)
class LinearThreshold(LiveWays):
    """People who adopt when the contacts who have weigh enough, where nobody knows how much is enough.

    Each contact has a weight, and all that a person's contacts weigh together is ``influence``. Everybody has a
    threshold, drawn evenly from (0, 1], and adopts once the contacts who have adopted weigh at least as much [1]_.

    All move at once: in each step everybody adopts whose contacts weighed enough before it. Nobody gives it up.

    Parameters
    ----------
    ties : Ties, Network or networkx.Graph
        Directed ties point at those whom they may move.
    influence : float
        What all contacts of a person weigh together, in [0, 1].
    by : {"contacts", "strength"}
        Whether all contacts of a person weigh the same, or as much as their tie is strong.
    initial_adopters, chosen
        As for `IndependentCascade`.

    Raises
    ------
    GraphError
        If the network has no people, or lacks a person named.
    ParameterError
        If a setting is out of its range.

    Notes
    -----
    Observed: ``adopted_share``, of all people. The thresholds are drawn in the form of the one contact, if any, whose
    voice would bring each person over theirs: a contact with a chance of its weight, nobody with the rest. Who then
    adopts, and when, has the same distribution [1]_. So with the same seed, run by run and step by step, more
    influence or more people who start reach at least the same people. `ThresholdCascade` with ``threshold=None`` draws
    the thresholds themselves.

    References
    ----------
    .. [1] Kempe, Kleinberg and Tardos, KDD 2003, 137-146.

    Examples
    --------
    >>> from tertius.simulate import ensemble
    >>> pair = LinearThreshold([("Ann", "Bo"), ("Bo", "Cy")], initial_adopters=["Ann"])
    >>> runs = ensemble(pair, 2, runs=1000, seed=1)  # Bo is moved by Ann in half of all runs, and then moves Cy
    >>> bool(abs(runs.mean("adopted_share")[-1] - 2 / 3) < 4 * runs.stderr("adopted_share")[-1])
    True
    """

    ties: Ties
    influence: float = 1.0
    by: str = "contacts"
    initial_adopters: int | Sequence[Hashable] = 1
    chosen: str = "random"

    streams: ClassVar[tuple[str, ...]] = ("start", "influence", "contact")

    def __post_init__(self) -> None:
        self._take_ties()
        check_share("influence", self.influence, "weight of all contacts together")
        choose_from(self.by, ("contacts", "strength"), "by")
        self._take_starters()

    @cached_property
    def summed(self) -> np.ndarray:
        """Weight of each person's contacts up to each of them, as a share of all, in the order of ``ways.into``."""
        ways = self.ways
        person = ways.target[ways.into]
        weight = np.ones(len(person)) if self.by == "contacts" else ways.strength[ways.into]
        # Shares of each person's strongest, then of their whole, before anything is added up over people: so the very
        # strong ties of one do not drown those of another.
        most = np.zeros(len(self.ties))
        np.maximum.at(most, person, weight)
        weight = weight / most[person]
        weight = weight / np.bincount(person, weight, minlength=len(self.ties))[person]
        total = np.cumsum(weight)
        return total - np.concatenate([[0.0], total])[ways.first][person]

    def pick(self, person: np.ndarray, luck: np.ndarray) -> np.ndarray:
        """Whose voice moves each of these people, who all have contacts: positions in ``ways.into``, in their shape."""
        ways = self.ways
        if self.by == "contacts":
            return ways.first[person] + (luck * ways.degree[person]).astype(np.int64)
        # Person by person the sums go from 0 to 1, so with the person's place added they ascend.
        found = np.searchsorted(self._ladder, luck + person, side="right")
        return np.minimum(found, ways.first[person] + ways.degree[person] - 1)

    @cached_property
    def _ladder(self) -> np.ndarray:
        return self.summed + self.ways.target[self.ways.into]

    def live(self, rng: Streams) -> np.ndarray:
        """Draw whose voice would move each person; only the way from that contact is live."""
        ways = self.ways
        live = np.zeros(len(ways.source), np.uint64)
        for first in range(0, len(self.ties), PEOPLE_AT_ONCE):
            people = np.arange(first, min(first + PEOPLE_AT_ONCE, len(self.ties)))
            moved = rng.influence.random((len(people), BLOCK)) < self.influence
            luck = rng.contact.random((len(people), BLOCK))
            for run in range(BLOCK):
                those = moved[:, run] & (ways.degree[people] > 0)
                at = self.pick(people[those], luck[those, run])
                live[ways.into[at]] |= BIT[run]
        return live
