"""Teams that search one after another: the ten best of all beside ten drawn at random."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import permutations
from math import perm
from typing import ClassVar, NamedTuple

import numpy as np

from tertius.errors import ParameterError, check_count
from tertius.simulate.protocol import Streams

BEST, MIXED = range(2)
MOST_STOPS = 1 << 26
"""More than these, of everybody there can be from every position, are not worked out."""


class Teaming(NamedTuple):
    """State of `TeamSearch`; runs on the last axis, each on a landscape of its own.

    Attributes
    ----------
    values : numpy.ndarray, float64, shape (positions, runs)
        How good each position around the ring is; drawn at the start.
    members : numpy.ndarray, int64, shape (2, team, runs)
        Who is in the best team, and in the mixed one, in order, as rows of ``TeamSearch.people``.
    ends : numpy.ndarray, int64, shape (2, team, positions, runs)
        Where each member stops who begins at a position.
    place : numpy.ndarray, int64, shape (2, positions, runs)
        Where each team stands that began at a position.
    still : numpy.ndarray, int64, shape (2, runs)
        How many turns in a row brought a team nothing, from any position.
    """

    values: np.ndarray
    members: np.ndarray
    ends: np.ndarray
    place: np.ndarray
    still: np.ndarray


@dataclass(frozen=True)
class TeamSearch:
    """Two teams that look for the highest place: those who are best alone, and some drawn at random.

    Those who are best alone look for it in much the same way, and get stuck in the same places; a mixed team may go on
    where one of the best would stop [1]_. Whether it does depends on the landscape: where it is smooth, ability catches
    up [2]_; and what is proved about it is less than it is often taken for [3]_.

    Positions stand around a ring, each with a value drawn evenly from 0 to 100. A person has a few different steps,
    from 1 to ``reach``, in an order: they try them in turn, round and round, move when that is strictly better, and
    stop when none helps. A person's ability is the mean value of where they stop, over all positions to begin from.
    The best team are the ablest of all people there can be (of equals the first), the ablest first; the mixed team are
    as many others or the same, drawn evenly. In a team each in turn goes on from where the last one stopped, round and
    round, until nobody gets any further. Each step is the turn of one member, in both teams.

    Parameters
    ----------
    reach : int
        The longest step, at least ``steps``.
    steps : int
        How many steps each person has, at least 1.
    team : int
        People in a team, at least 1.
    smoothing : int
        Over how many neighbouring positions values are averaged, and then stretched to 0–100 again; 1 leaves them be.
    positions : int
        Around the ring, more than ``reach``.

    Raises
    ------
    ParameterError
        If a setting is out of its range, or there are fewer people than the team needs.

    Notes
    -----
    Observed: ``best_team`` and ``mixed_team`` (mean value of where they stand, over all positions to begin from),
    ``lead`` (the mixed team's, in points), ``best_diversity`` and ``mixed_diversity`` (mean over pairs of members of
    the percentage of places in the order at which their steps differ; ``nan`` for one member) and ``is_settled``.

    References
    ----------
    .. [1] Hong and Page, Proceedings of the National Academy of Sciences 101 (2004), 16385-16389.
    .. [2] Grim, Singer, Bramson, Holman, McGeehan and Berger, Philosophy of Science 86 (2019), 98-123.
    .. [3] Thompson, Notices of the American Mathematical Society 61 (2014), 1024-1030.

    Examples
    --------
    >>> from tertius.simulate import simulate
    >>> model = TeamSearch(reach=3, steps=3, team=6, positions=50)  # six people there can be: both teams are all
    >>> run = simulate(model, 60, seed=1)
    >>> float(run["lead"][-1])
    0.0
    """

    reach: int = 12
    steps: int = 3
    team: int = 10
    smoothing: int = 1
    positions: int = 2000

    streams: ClassVar[tuple[str, ...]] = ("landscape", "team")

    def __post_init__(self) -> None:
        check_count("steps", self.steps, 1)
        check_count("reach", self.reach, self.steps)
        check_count("positions", self.positions, self.reach + 1)
        check_count("smoothing", self.smoothing, 1, self.positions // 2, limit="half the positions, ")
        check_count("team", self.team, 1)
        everybody = perm(int(self.reach), int(self.steps))
        if everybody * self.positions > MOST_STOPS:
            written = f"{everybody:,}" if everybody < 10**12 else "far too many"
            raise ParameterError(
                f"With {self.steps} steps from 1 to {self.reach} there are {written} people, each to be tried from "
                f"{self.positions:,} positions, and at most {MOST_STOPS:,} tries are made in all; choose fewer."
            )
        people = len(self.people)
        if self.team > people:
            raise ParameterError(
                f"team is {self.team}, and with {self.steps} steps from 1 to {self.reach} there are {people} people."
            )

    @cached_property
    def people(self) -> np.ndarray:
        """Everybody there can be, by their steps in order; int64, shape (people, steps)."""
        return np.array(list(permutations(range(1, self.reach + 1), int(self.steps))))

    def start(self, rng: Streams, runs: int) -> Teaming:
        """Draw landscapes, find out who is best on each, and draw the mixed team."""
        values = stretched(100 * rng.landscape.random((self.positions, runs)), self.smoothing)
        luck = rng.team.random((len(self.people), runs))
        members = np.empty((2, self.team, runs), np.int64)
        ends = np.empty((2, self.team, self.positions, runs), np.int64)
        for run in range(runs):
            stops = stopping_places(values[:, run], self.people)
            able = values[:, run][stops].mean(axis=1)
            members[BEST, :, run] = np.argsort(-able, kind="stable")[: self.team]
            members[MIXED, :, run] = np.argsort(luck[:, run], kind="stable")[: self.team]
            ends[..., run] = stops[members[..., run]]
        place = np.broadcast_to(np.arange(self.positions)[:, None], (2, self.positions, runs)).copy()
        return Teaming(values, members, ends, place, np.zeros((2, runs), np.int64))

    def step(self, state: Teaming, t: int, rng: Streams) -> Teaming:
        """Let the next member of each team go on from where the last one stopped."""
        place = np.take_along_axis(state.ends[:, (t - 1) % self.team], state.place, axis=1)
        moved = (place != state.place).any(axis=1)
        return state._replace(place=place, still=np.where(moved, 0, state.still + 1))

    def observe(self, state: Teaming) -> dict[str, np.ndarray]:
        """Measure how high the teams stand, and how different their members are."""
        best, mixed = np.take_along_axis(state.values[None], state.place, axis=1).mean(axis=1)
        apart = self._diversity(state.members)
        return {
            "best_team": best,
            "mixed_team": mixed,
            "lead": mixed - best,
            "best_diversity": apart[BEST],
            "mixed_diversity": apart[MIXED],
            "is_settled": self.is_settled(state),
        }

    def is_settled(self, state: Teaming) -> np.ndarray:
        """Say for each run whether nobody in either team gets any further; bool, shape (runs,). Good as ``until``."""
        return (state.still >= self.team).all(axis=0)

    def _diversity(self, members: np.ndarray) -> np.ndarray:
        one, other = np.triu_indices(self.team, 1)
        if not len(one):
            return np.full((2, members.shape[-1]), np.nan)
        steps = self.people[members]
        return 100 * (steps[:, one] != steps[:, other]).mean(axis=(1, -1))


def stretched(values: np.ndarray, smoothing: int) -> np.ndarray:
    """Average values over neighbours around a ring, and stretch them to 0-100 again; shape (positions, runs).

    Examples
    --------
    >>> stretched(np.array([[0.0], [50.0], [10.0], [100.0]]), 2)[:, 0].tolist()  # means 25, 30, 55, 50
    [0.0, 16.666666666666668, 100.0, 83.33333333333333]
    """
    if smoothing == 1:
        return values
    means = sum(np.roll(values, -shift, axis=0) for shift in range(smoothing)) / smoothing
    low, high = means.min(axis=0), means.max(axis=0)
    return 100 * (means - low) / (high - low)


def stopping_places(values: np.ndarray, people: np.ndarray) -> np.ndarray:
    """Where each person stops, from each position.

    Parameters
    ----------
    values : numpy.ndarray, shape (positions,)
        Around a ring.
    people : numpy.ndarray, int, shape (people, steps)
        The steps of each, in the order in which they are tried.

    Returns
    -------
    numpy.ndarray, int32, shape (people, positions)

    Examples
    --------
    >>> stopping_places(np.array([1.0, 3.0, 2.0, 4.0]), np.array([[1], [2]])).tolist()
    [[1, 1, 3, 3], [2, 3, 2, 3]]
    """
    positions = len(values)
    here = np.arange(positions)
    there = (here + np.arange(people.max() + 1)[:, None]) % positions
    moves = np.where(values[there] > values, there, here).astype(np.int32)  # by a step of each length
    row = (np.arange(len(people), dtype=np.int32) * positions)[:, None]
    goes = moves[people[:, 0]]
    for step in people.T[1:]:
        goes = moves.take(step[:, None].astype(np.int32) * positions + goes)
    while True:  # once through all steps, twice, four times, … until nothing moves
        further = goes.take(row + goes)
        if (further == goes).all():
            return goes
        goes = further
