"""One host, equal hours, four ways to bring people together: who learns, who comes back with ideas, who meets whom."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

import numpy as np

from tertius.errors import ParameterError, check_count, check_least, check_share, choose_from
from tertius.models.formats import FORMATS, Circle, Format, Forum, Newsletter, OneToOne, Roundtable
from tertius.simulate.protocol import Streams

FIELDS = 4
PIECES = 12
HELD = 3
MOST_HOURS = 24 * 91


@dataclass(frozen=True)
class Exchange:
    r"""A host spends the same hours on one way of meeting or another, and people learn from each other.

    Talking one by one brings the host most ideas and leaves the members strangers. A round table lets them learn from
    each other and meet, and the host is less in between. A newsletter brings nothing back. A forum costs little and
    lives or dies by whether enough people give. Costs and chances are ours, and can be changed; what is equal for the
    host is not equal for the group.

    There are four fields of 12 pieces of knowledge. Members are spread evenly over the fields and each holds 3 pieces
    of their own; the host holds one of each field. Some members are free riders. A step is a month: the host has a
    third of the quarter's hours, and what is not spent is kept. Events come one after another; at each, everybody acts
    at once on what they knew before it:

    * *one-to-one* (1 hour): the host meets the next member of a random, fixed rotation; each gives a random piece that
      the other lacks.
    * *roundtable* (8 hours): 8 random guests; each shares a random piece with all at the table, host included; every
      two guests who do not know each other meet for good with some chance.
    * *newsletter* (6 hours): the host sends 3 random pieces; each member reads it or not.
    * *forum* (2 hours, a week of moderation): each member may post a random piece, the more likely the livelier the
      last weeks were; whoever takes it in may get to know the poster.

    Somebody who could share does so with a probability of their own (less for free riders) times their mean trust in
    those who would hear it: the other one, the other guests, all other members. A piece heard is taken in with some
    chance. Afterwards those who could see who shared trust them more, by ``trust_up`` of what is missing; those who saw
    somebody stay silent, one-to-one or at a table, trust them less, by ``trust_down`` of what there is. Who has nothing
    the other lacks is not silent. In a newsletter or forum nobody sees silence.

    Parameters
    ----------
    way : text or format
        ``"one-to-one"``, ``"roundtable"``, ``"newsletter"`` or ``"forum"`` with its usual costs and chances, or one of
        `OneToOne`, `Roundtable`, `Newsletter` and `Forum` with others.
    hours : float
        Of the host, a quarter, at least 0. In multiples of 6 all four cost the same over a year, to the hour.
    free_riders : float
        Share of the members, in [0, 1]; rounded to a whole number of people.
    first_trust : float
        How much everybody trusts everybody at first, in [0, 1].
    trust_up, trust_down : float
        In [0, 1]; both 0: trust does not change.
    members : int
        At least 2.

    Raises
    ------
    ParameterError
        If a setting is out of its range.

    Notes
    -----
    Observed: ``learned`` (pieces new to a member, mean), ``ideas_back`` (pieces new to the host), ``member_ties``
    (pairs who met), ``effective_size`` (of the host, n − 2t/n), ``contributor_trust`` and ``rider_trust`` (what other
    members trust them on average; ``nan`` if there are none), ``host_hours`` and ``member_hours`` (spent so far; an
    hour for a talk, two for a round table, a quarter for a reading or a post). Settings of one seed share their luck,
    and the free riders of a smaller share are among those of a larger one. Somebody who is trusted less still hears
    what others share: exclusion is not modelled.

    Examples
    --------
    >>> from tertius.simulate import simulate
    >>> run = simulate(Exchange("newsletter"), 12, seed=1)
    >>> int(run["ideas_back"][-1]), int(run["member_ties"][-1]), float(run["host_hours"][-1])
    (0, 0, 96.0)
    """

    way: str | Format = "roundtable"
    hours: float = 24.0
    free_riders: float = 0.5
    first_trust: float = 1.0
    trust_up: float = 0.0
    trust_down: float = 0.0
    members: int = 24

    streams: ClassVar[tuple[str, ...]] = ("people", "choosing", "sharing", "absorbing", "meeting")

    def __post_init__(self) -> None:
        if not isinstance(self.way, (OneToOne, Roundtable, Newsletter, Forum)):
            choose_from(self.way, FORMATS, "way")
            object.__setattr__(self, "way", FORMATS[self.way])
        check_least("hours", self.hours, 0, "hours a quarter")
        if self.hours > MOST_HOURS:
            raise ParameterError(f"hours is {self.hours!r}; a quarter has {MOST_HOURS:,}.")
        for name in ("free_riders", "first_trust", "trust_up", "trust_down"):
            check_share(name, getattr(self, name), "share")
        check_count("members", self.members, 2)
        if isinstance(self.way, Roundtable) and self.way.guests > self.members:
            raise ParameterError(
                f"A round table of {self.way.guests} guests needs as many members; there are {self.members}."
            )

    @cached_property
    def field(self) -> np.ndarray:
        """The field of each member, 0 to 3; int64, shape (members,)."""
        return np.arange(self.members) * FIELDS // self.members

    def events_until(self, month: int) -> int:
        """How many times people have met by the end of a month; what hours were left over is kept."""
        return int(np.floor(month * self.hours / 3 / self.way.cost + 1e-9))

    def start(self, rng: Streams, runs: int) -> Circle:
        """Draw who holds what, who rides free, and the rotation."""
        n, pieces = self.members, FIELDS * PIECES
        draws = rng.people.random((n + 1, pieces, runs))
        knows = np.zeros((n + 1, pieces, runs), bool)
        for k in range(FIELDS):
            here = slice(k * PIECES, (k + 1) * PIECES)
            rank = draws[:, here].argsort(axis=1).argsort(axis=1)
            knows[:n, here] = (rank[:n] < HELD) & (self.field == k)[:, None, None]
            knows[n, here] = rank[n] < 1
        riding, order = (rng.people.random((n, runs)).argsort(axis=0, kind="stable") for _ in range(2))
        riders = int(np.floor(self.free_riders * n + 0.5))
        trust = np.full((n + 1, n + 1, runs), float(self.first_trust))
        trust[np.arange(n + 1), np.arange(n + 1)] = 0
        return Circle(
            knows,
            trust,
            np.zeros((n * (n - 1) // 2, runs), bool),
            riding.argsort(axis=0, kind="stable") < riders,
            order,
            np.ones(runs),
            np.zeros(runs),
            np.zeros(runs),
        )

    def step(self, state: Circle, t: int, rng: Streams) -> Circle:
        """Hold the meetings of a month."""
        now = Circle(*(array.copy() for array in state))
        for number in range(self.events_until(t - 1), self.events_until(t)):
            now = self.way.meet(now, number, rng, self.trust_up, self.trust_down)
            now = now._replace(host_hours=now.host_hours + self.way.cost)
        return now

    def observe(self, state: Circle) -> dict[str, np.ndarray]:
        """Measure what was learned, who has met, and who is trusted."""
        n, held = self.members, np.count_nonzero(state.knows, axis=1)
        met = np.count_nonzero(state.tied, axis=0)
        received = state.trust[:n, :n].sum(axis=0) / (n - 1)
        return {
            "learned": held[:n].mean(axis=0) - HELD,
            "ideas_back": held[n] - FIELDS,
            "member_ties": met,
            "effective_size": n - 2 * met / n,
            "contributor_trust": _mean_where(received, ~state.is_rider),
            "rider_trust": _mean_where(received, state.is_rider),
            "host_hours": state.host_hours,
            "member_hours": state.member_hours,
        }


def _mean_where(values: np.ndarray, where: np.ndarray) -> np.ndarray:
    count = where.sum(axis=0)
    return np.divide((values * where).sum(axis=0), count, out=np.full(count.shape, np.nan), where=count > 0)
