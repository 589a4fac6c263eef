"""Four ways to bring people together: what each costs, who shares, who hears it, and who sees that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from tertius.errors import check_above, check_count, check_least, check_share
from tertius.simulate.protocol import Streams


class Circle(NamedTuple):
    """State of `tertius.models.Exchange`; runs on the last axis, the host after the members.

    Attributes
    ----------
    knows : numpy.ndarray, bool, shape (members + 1, pieces, runs)
        Who holds which piece of knowledge.
    trust : numpy.ndarray, float64, shape (members + 1, members + 1, runs)
        How willingly the first gives to the second, in [0, 1]; 0 for oneself.
    tied : numpy.ndarray, bool, shape (pairs of members, runs)
        Who has met, in the order of ``numpy.triu_indices(members, 1)``.
    is_rider : numpy.ndarray, bool, shape (members, runs)
        Who rides free.
    order : numpy.ndarray, int64, shape (members, runs)
        The rotation of talks one by one.
    activity : numpy.ndarray, float64, shape (runs,)
        How lively the forum is; 1 at first.
    host_hours, member_hours : numpy.ndarray, float64, shape (runs,)
        Spent so far.
    """

    knows: np.ndarray
    trust: np.ndarray
    tied: np.ndarray
    is_rider: np.ndarray
    order: np.ndarray
    activity: np.ndarray
    host_hours: np.ndarray
    member_hours: np.ndarray


@dataclass(frozen=True)
class OneToOne:
    """The host meets one member; each gives a piece that the other lacks.

    Parameters
    ----------
    cost : float
        Hours of the host, above 0.
    base : float
        Chance to share at full trust, free riders too, in [0, 1].
    absorbed : float
        Chance that what is given is taken in, in [0, 1].
    """

    cost: float = 1.0
    base: float = 1.0
    absorbed: float = 0.8

    def __post_init__(self) -> None:
        check_above("cost", self.cost, 0, "hours of the host")
        check_share("base", self.base)
        check_share("absorbed", self.absorbed)

    def meet(self, now: Circle, number: int, rng: Streams, up: float, down: float) -> Circle:
        """Hold one talk; changes ``now`` and returns it."""
        host, runs = len(now.is_rider), len(now.activity)
        every = np.arange(runs)
        member = now.order[number % host]
        choosing, sharing, absorbing = (
            stream.random((2, runs)) for stream in (rng.choosing, rng.sharing, rng.absorbing)
        )
        held = [now.knows[member, :, every].T, now.knows[host].copy()]  # before anybody gives
        trust = [now.trust[member, host, every], now.trust[host, member, every]]
        for side, giver, taker in ((0, member, host), (1, host, member)):
            able = held[side] & ~held[1 - side]
            can = able.any(axis=0)
            shares = can & (sharing[side] < self.base * trust[side])
            piece = _drawn(able, choosing[side])
            takes = shares & (absorbing[side] < self.absorbed)
            now.knows[np.broadcast_to(taker, runs)[takes], piece[takes], every[takes]] = True
            before = trust[1 - side]
            now.trust[taker, giver, every] = _after(before, shares, can & ~shares, up, down)
        return now._replace(member_hours=now.member_hours + 1)


@dataclass(frozen=True)
class Roundtable:
    """Some members sit together; each shares a piece with all, and strangers may meet for good.

    Parameters
    ----------
    cost : float
        Hours of the host, above 0.
    guests : int
        At least 2.
    base, rider_base : float
        Chance to share at full trust, of contributors and of free riders, in [0, 1].
    absorbed, host_absorbed : float
        Chance that a guest, or the host, takes in what another guest shares, in [0, 1].
    meets : float
        Chance that two guests who do not know each other meet for good, in [0, 1].
    """

    cost: float = 8.0
    guests: int = 8
    base: float = 0.95
    rider_base: float = 0.5
    absorbed: float = 0.5
    host_absorbed: float = 0.8
    meets: float = 0.15

    def __post_init__(self) -> None:
        check_above("cost", self.cost, 0, "hours of the host")
        check_count("guests", self.guests, 2)
        for name in ("base", "rider_base", "absorbed", "host_absorbed", "meets"):
            check_share(name, getattr(self, name))

    def meet(self, now: Circle, number: int, rng: Streams, up: float, down: float) -> Circle:
        """Hold one round table; changes ``now`` and returns it."""
        n, runs = now.is_rider.shape
        rank = rng.choosing.random((n, runs)).argsort(axis=0, kind="stable")
        guest = np.sort(rank[: self.guests], axis=0)
        every = np.arange(runs)
        choosing, sharing = rng.choosing.random((n, runs))[guest, every], rng.sharing.random((n, runs))[guest, every]
        absorbing = rng.absorbing.random((self.guests, self.guests + 1, runs))
        meeting = rng.meeting.random(now.tied.shape)
        among = now.trust[guest[:, None], guest[None], every].sum(axis=1) / (self.guests - 1)
        base = np.where(now.is_rider[guest, every], self.rider_base, self.base)
        shares = sharing < base * among
        piece = _drawn(np.moveaxis(now.knows[guest, :, every], 2, 0), choosing)
        table = np.vstack([guest, np.full(runs, n)])
        chance = np.append(np.full(self.guests, self.absorbed), self.host_absorbed)[:, None]
        _take_in(now.knows, table, piece, shares[:, None] & (absorbing < chance))
        for hearer in table:
            seen = now.trust[hearer, guest, every]
            changed = _after(seen, shares, ~shares, up, down)
            now.trust[hearer, guest, every] = np.where(guest == hearer, 0, changed)
        one, other = np.triu_indices(n, 1)
        sits = np.zeros((n, runs), bool)
        sits[guest, every] = True
        tied = now.tied | (sits[one] & sits[other] & (meeting < self.meets))
        return now._replace(tied=tied, member_hours=now.member_hours + 2 * self.guests)


@dataclass(frozen=True)
class Newsletter:
    """The host writes to all members.

    Parameters
    ----------
    cost : float
        Hours of the host, above 0.
    pieces : int
        How many different pieces are in it, at least 1 (fewer if the host holds fewer).
    reads : float
        Chance that a member reads it, in [0, 1].
    absorbed : float
        Chance that a reader takes in a piece, in [0, 1].
    """

    cost: float = 6.0
    pieces: int = 3
    reads: float = 0.35
    absorbed: float = 0.5

    def __post_init__(self) -> None:
        check_above("cost", self.cost, 0, "hours of the host")
        check_count("pieces", self.pieces, 1)
        check_share("reads", self.reads)
        check_share("absorbed", self.absorbed)

    def meet(self, now: Circle, number: int, rng: Streams, up: float, down: float) -> Circle:
        """Send one newsletter; changes ``now`` and returns it."""
        n, runs = now.is_rider.shape
        held = now.knows[n]
        rank = np.where(held, rng.choosing.random(held.shape), 2).argsort(axis=0, kind="stable")[: self.pieces]
        sent = held[rank, np.arange(runs)]
        reads = rng.sharing.random((n, runs)) < self.reads
        absorbing = rng.absorbing.random((len(rank), n, runs)) < self.absorbed
        members = np.broadcast_to(np.arange(n)[:, None], (n, runs))
        _take_in(now.knows, members, rank, sent[:, None] & reads & absorbing)
        now.trust[:n, n] = _after(now.trust[:n, n], reads, np.zeros_like(reads), up, down)
        return now._replace(member_hours=now.member_hours + 0.25 * reads.sum(axis=0))


@dataclass(frozen=True)
class Forum:
    """A week in which members post if enough others did lately.

    Parameters
    ----------
    cost : float
        Hours of the host for a week, above 0.
    base, rider_base : float
        How readily contributors and free riders post, in [0, 1].
    rate : float
        Chance to post in a week at activity 1 if most ready, in [0, 1].
    liveliest : float
        Activity above this makes nobody post more, at least 0.
    lasts, adds : float
        Activity after a week is ``lasts`` of what it was and ``adds`` for each post; at least 0.
    absorbed, host_absorbed : float
        Chance that a member, or the host, takes in a post, in [0, 1].
    meets : float
        Chance that a member who takes a post in gets to know the poster, in [0, 1].
    """

    cost: float = 2.0
    base: float = 0.5
    rider_base: float = 0.05
    rate: float = 0.3
    liveliest: float = 1.5
    lasts: float = 0.3
    adds: float = 0.25
    absorbed: float = 0.12
    host_absorbed: float = 0.3
    meets: float = 0.05

    def __post_init__(self) -> None:
        check_above("cost", self.cost, 0, "hours of the host")
        for name in ("base", "rider_base", "rate", "absorbed", "host_absorbed", "meets"):
            check_share(name, getattr(self, name))
        for name in ("liveliest", "lasts", "adds"):
            check_least(name, getattr(self, name), 0, "a level of activity")

    def activity_factor(self, contributors: int, riders: int) -> float:
        """By what activity is multiplied in a week, on average, while it is below ``liveliest`` and trust is full."""
        return self.lasts + self.adds * self.rate * (contributors * self.base + riders * self.rider_base)

    def meet(self, now: Circle, number: int, rng: Streams, up: float, down: float) -> Circle:
        """Let a week pass; changes ``now`` and returns it."""
        n, runs = now.is_rider.shape
        choosing, sharing = rng.choosing.random((n, runs)), rng.sharing.random((n, runs))
        absorbing, meeting = rng.absorbing.random((n, n + 1, runs)), rng.meeting.random((n, n, runs))
        among = now.trust[:n, :n].sum(axis=1) / (n - 1)
        base = np.where(now.is_rider, self.rider_base, self.base)
        posts = sharing < base * self.rate * np.minimum(now.activity, self.liveliest) * among
        # Posts are few: from here on only those who post, and those who take a post in, are looked at.
        poster, run = np.nonzero(posts)
        piece = _drawn(now.knows[poster, :, run].T, choosing[poster, run])
        chance = np.append(np.full(n, self.absorbed), self.host_absorbed)
        post, hearer = np.nonzero((absorbing[poster, :, run] < chance) & (np.arange(n + 1) != poster[:, None]))
        giver, at = poster[post], run[post]
        now.knows[hearer, piece[post], at] = True
        now.trust[hearer, giver, at] = _after(now.trust[hearer, giver, at], True, False, up, down)
        is_member = hearer < n
        giver, hearer, at = giver[is_member], hearer[is_member], at[is_member]
        meets = meeting[giver, hearer, at] < self.meets
        tied = now.tied.copy()
        tied[_pair(giver[meets], hearer[meets], n), at[meets]] = True
        return now._replace(
            tied=tied,
            activity=self.lasts * now.activity + self.adds * posts.sum(axis=0),
            member_hours=now.member_hours + 0.25 * posts.sum(axis=0),
        )


Format = OneToOne | Roundtable | Newsletter | Forum
FORMATS: dict[str, Format] = {
    "one-to-one": OneToOne(),
    "roundtable": Roundtable(),
    "newsletter": Newsletter(),
    "forum": Forum(),
}
"""The four with their usual costs and chances."""


def _drawn(able: np.ndarray, luck: np.ndarray) -> np.ndarray:
    """One of those that are able, each as likely, along the first axis; 0 where none is."""
    count = np.cumsum(able, axis=0, dtype=np.int16)
    wanted = np.floor(luck * count[-1]).astype(np.int16) + 1
    return (count >= wanted).argmax(axis=0)


def _pair(one: np.ndarray, other: np.ndarray, n: int) -> np.ndarray:
    """Where pairs of members stand in the order of ``numpy.triu_indices(n, 1)``."""
    low, high = np.minimum(one, other), np.maximum(one, other)
    return low * (2 * n - low - 1) // 2 + high - low - 1


def _after(trust: np.ndarray, shared, silent, up: float, down: float) -> np.ndarray:
    """Trust of those who saw somebody share, or stay silent."""
    return trust + np.where(shared, up * (1 - trust), 0) - np.where(silent, down * trust, 0)


def _take_in(knows: np.ndarray, hearers: np.ndarray, piece: np.ndarray, takes: np.ndarray) -> None:
    """Let hearers, (heard by, runs), take in pieces, (shared, runs), where ``takes``, (shared, heard by, runs)."""
    shared, hearer, run = np.nonzero(takes)
    knows[hearers[hearer, run], piece[shared, run], run] = True
