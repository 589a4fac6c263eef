"""What spreads from person to person, and how many voices it takes."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

import numpy as np
from scipy.sparse import csgraph

from tertius.data.rings import check_ring, ring_ends, ties_between
from tertius.errors import GraphError, ParameterError, check_count, check_share, choose_from, lies_between
from tertius.models.starters import named_people, places_of
from tertius.models.waiting import NEVER, tries_needed
from tertius.simulate import Ensemble
from tertius.simulate.protocol import Streams
from tertius.ties import Ties

PLACES = ("block", "circle", "scattered")


class Adoption(NamedTuple):
    """State of `ComplexContagion`; runs on the last axis.

    Attributes
    ----------
    active : numpy.ndarray, bool, shape (n, runs)
        Who has adopted.
    heard : numpy.ndarray, int32, shape (n, runs)
        How many of a person's contacts have adopted.
    waited : numpy.ndarray, int32, shape (n, runs)
        For how many steps a person has had at least one such contact.
    patience : numpy.ndarray, int32, shape (n, runs)
        With which of these steps a person adopts without enough voices; drawn at the start.
    """

    active: np.ndarray
    heard: np.ndarray
    waited: np.ndarray
    patience: np.ndarray


class RingAdoption(NamedTuple):
    """State of `RingContagion`: that of `ComplexContagion`, and each run's own ring.

    Attributes
    ----------
    active, heard, waited, patience : numpy.ndarray
        As in `Adoption`.
    contacts : numpy.ndarray, int32, shape (n, most contacts, runs)
        Each person's contacts, filled up with ``n``, who is nobody.
    """

    active: np.ndarray
    heard: np.ndarray
    waited: np.ndarray
    patience: np.ndarray
    contacts: np.ndarray


class _Spread:
    """The rule, whatever the ties are."""

    def step(self, state, t: int, rng: Streams):
        """Let all who have heard enough, or have run out of patience, adopt at once."""
        waited = state.waited + (state.heard > 0)
        adopts = (state.heard >= self.threshold_count) | (waited >= state.patience)
        new = adopts & ~state.active
        if not new.any():
            return state._replace(waited=waited)
        heard = state.heard + self._voices(state, new)
        return state._replace(active=state.active | new, heard=heard, waited=waited)

    def observe(self, state) -> dict[str, np.ndarray]:
        """Measure how far it has spread, and who is left wondering."""
        n = len(state.active)
        adopted = np.count_nonzero(state.active, axis=0)
        reached = np.count_nonzero(state.active | (state.heard > 0), axis=0)
        return {"adopted_share": adopted / n, "waiting_share": (reached - adopted) / n}

    def is_settled(self, state) -> np.ndarray:
        """Say for each run whether nobody can adopt any more; bool, shape (runs,). Good as ``until``."""
        able = (state.heard >= self.threshold_count) | ((state.heard > 0) & (state.patience < NEVER))
        return ~(able & ~state.active).any(axis=0)

    def _voices(self, state, new: np.ndarray) -> np.ndarray:
        """How many of each person's contacts are among the new adopters; (n, runs)."""
        n, runs = new.shape
        node, run = np.divmod(np.flatnonzero(new), runs)
        hearers = self._hearers(state, node, run) if len(node) else np.zeros(0, np.int64)
        return np.bincount(hearers, minlength=n * runs)[: n * runs].reshape(n, runs).astype(np.int32)


def _unheard(active: np.ndarray, luck: np.ndarray, noise: float) -> tuple[np.ndarray, ...]:
    heard = np.zeros(active.shape, np.int32)
    return active, heard, heard, tries_needed(luck, noise)


@dataclass(frozen=True, eq=False)
class ComplexContagion(_Spread):
    """A practice that people take up when enough of their contacts have.

    News needs one voice. A new way of working, costly or unproven, may need several: people wait until two, three
    contacts vouch for it. Then a single long tie carries nothing across, and only a wide bridge of overlapping
    contacts does [1]_. A little noise turns this round: if now and then somebody adopts on one voice, long ties help
    again [2]_.

    All move at once. In each step a person adopts if at least ``threshold_count`` of their contacts had adopted
    before it; somebody with at least one such contact, but too few, adopts with probability ``noise``. Nobody gives
    the practice up.

    Parameters
    ----------
    ties : Ties, Network or networkx.Graph
        Directed ties carry the practice the way they point: reverse ties that mean "asks". Strength is ignored.
        People without contacts never adopt.
    threshold_count : int
        How many voices it takes, at least 1; with 1 it spreads like news.
    noise : float
        Probability, in [0, 1], to adopt in a step on at least one voice but too few.
    initial_adopters : int or list of nodes
        Who starts: the people named, or that many, drawn anew for each run.
    placed : {"block", "circle", "scattered"}
        How these are drawn. A block: they stand side by side in the order of the nodes, as on a ring. A circle:
        somebody, and those whom word from them reaches first. Scattered: anybody.

    Raises
    ------
    GraphError
        If the network has no people, or lacks a person named.
    ParameterError
        If a setting is out of its range.

    Notes
    -----
    Observed: ``adopted_share`` (of all people) and ``waiting_share`` (of all people: those who know an adopter and
    have not adopted). How long each person holds out on too few voices is drawn beforehand, which has the same
    distribution as a fresh draw in each step. So with the same seed, run by run and step by step, more noise, a lower
    threshold or more people drawn to start reach at least the same people.

    References
    ----------
    .. [1] Centola and Macy, American Journal of Sociology 113 (2007), 702-734.
    .. [2] Eckles, Mossel, Rahimian and Sen, Nature Human Behaviour 8 (2024), doi:10.1038/s41562-024-01865-0.

    Examples
    --------
    >>> from tertius.simulate import simulate
    >>> diamond = Ties.of([("Ann", "Bo"), ("Ann", "Cy"), ("Bo", "Cy"), ("Bo", "Di"), ("Cy", "Di"), ("Di", "Ed")])
    >>> run = simulate(ComplexContagion(diamond, threshold_count=2, initial_adopters=["Ann", "Bo"]), 4, seed=1)
    >>> run["adopted_share"].tolist()  # Cy hears two voices, then Di; Ed hears only one
    [0.4, 0.6, 0.8, 0.8, 0.8]
    """

    ties: Ties
    threshold_count: int = 2
    noise: float = 0.0
    initial_adopters: int | Sequence[Hashable] = 5
    placed: str = "block"

    streams: ClassVar[tuple[str, ...]] = ("start", "noise")

    def __post_init__(self) -> None:
        object.__setattr__(self, "ties", Ties.of(self.ties))
        if not len(self.ties):
            raise GraphError("A practice needs people to spread among, and this network has none.")
        _check_rule(self.threshold_count, self.noise)
        choose_from(self.placed, PLACES, "placed")
        named = named_people(self.initial_adopters)
        if named is not None:
            places_of(self.ties, named)
            object.__setattr__(self, "initial_adopters", named)
        else:
            _check_starters(self.initial_adopters, len(self.ties))

    def start(self, rng: Streams, runs: int) -> Adoption:
        """Let the first adopters hold the practice."""
        n = len(self.ties)
        priority = rng.start.random((n, runs))
        active = np.zeros((n, runs), bool)
        if isinstance(self.initial_adopters, tuple):
            active[places_of(self.ties, self.initial_adopters)] = True
        else:
            np.put_along_axis(active, self._drawn(priority)[: self.initial_adopters], True, axis=0)
        state = Adoption(*_unheard(active, rng.noise.random((n, runs)), self.noise))
        return state._replace(heard=self._voices(state, active))

    def _drawn(self, priority: np.ndarray) -> np.ndarray:
        """In which order people are asked to start, in each run; (n, runs), or as far as it is needed."""
        n, runs = priority.shape
        if self.placed == "block":
            return (priority.argmax(axis=0) + np.arange(self.initial_adopters)[:, None]) % n
        order = np.argsort(-priority, axis=0, kind="stable")
        if self.placed == "circle":
            rows = self.ties.array()
            for run in range(runs):
                reached = csgraph.breadth_first_order(rows, order[0, run], return_predecessors=False)
                # A circle that is too small is filled up with anybody, so that the number who start is always the same.
                rest = order[~np.isin(order[:, run], reached), run]
                order[:, run] = np.concatenate([reached, rest])
        return order

    def _hearers(self, state: Adoption, node: np.ndarray, run: np.ndarray) -> np.ndarray:
        runs = state.active.shape[1]
        contacts = self.ties.degree[node]
        ends = np.cumsum(contacts)
        entry = np.repeat(self.ties.indptr[node] - (ends - contacts), contacts) + np.arange(ends[-1])
        return self.ties.indices[entry] * np.int64(runs) + np.repeat(run, contacts)


@dataclass(frozen=True, eq=False)
class RingContagion(_Spread):
    """`ComplexContagion` on a ring of neighbours, some of whose ties lead elsewhere; each run on a ring of its own.

    On the ring itself each of the two fronts moves ``radius - threshold_count + 1`` people a step, and not at all if
    that is less than 1. Rewiring adds shortcuts and takes voices away: good for news, bad for what needs several
    voices [1]_, unless there is noise [2]_.

    All move at once; see `ComplexContagion` for the rule and `tertius.data.rewired_ring` for the ring. The first
    adopters stand side by side: people 0, 1, ….

    Parameters
    ----------
    n : int
        People, more than twice the radius.
    radius : int
        Neighbours on each side, at least 1.
    rewired : float
        Probability that a tie leads elsewhere, in [0, 1].
    threshold_count : int
        How many voices it takes, at least 1.
    noise : float
        Probability, in [0, 1], to adopt in a step on at least one voice but too few.
    initial_adopters : int
        How many start, at most ``n``. With fewer than ``threshold_count`` nothing begins without noise; with at least
        ``radius`` the fronts move at full speed from the first step.

    Raises
    ------
    ParameterError
        If a setting is out of its range.

    Notes
    -----
    Observed: ``adopted_share`` and ``waiting_share``, as for `ComplexContagion`. A band over the runs shows the luck
    of the rewiring too, so the run is the unit in a comparison. With the same seed more noise or a lower threshold
    reach at least the same people; more rewiring moves more of the same ties, and may help or harm.

    References
    ----------
    .. [1] Centola and Macy, American Journal of Sociology 113 (2007), 702-734.
    .. [2] Eckles, Mossel, Rahimian and Sen, Nature Human Behaviour 8 (2024), doi:10.1038/s41562-024-01865-0.

    Examples
    --------
    >>> from tertius.simulate import simulate
    >>> run = simulate(RingContagion(n=15, rewired=0), 5, seed=1)
    >>> (15 * run["adopted_share"]).round().astype(int).tolist()  # one more on each side, step by step
    [5, 7, 9, 11, 13, 15]
    """

    n: int = 300
    radius: int = 2
    rewired: float = 0.1
    threshold_count: int = 2
    noise: float = 0.0
    initial_adopters: int = 5

    streams: ClassVar[tuple[str, ...]] = ("graph", "noise")

    def __post_init__(self) -> None:
        check_ring(self.n, self.radius, self.rewired)
        _check_rule(self.threshold_count, self.noise)
        _check_starters(self.initial_adopters, self.n)

    def start(self, rng: Streams, runs: int) -> RingAdoption:
        """Draw a ring for each run, and let its first people adopt."""
        near, far = ring_ends(self.n, self.radius, self.rewired, rng.graph, runs)
        active = np.zeros((self.n, runs), bool)
        active[: self.initial_adopters] = True
        luck = rng.noise.random((self.n, runs))
        state = RingAdoption(*_unheard(active, luck, self.noise), _contact_lists(self.n, near, far))
        return state._replace(heard=self._voices(state, active))

    def ties(self, state: RingAdoption) -> Ties:
        """Return the ring of one run, from one of its states (``run.states[0]``)."""
        here = state.contacts < self.n
        one = np.repeat(np.arange(self.n), here.sum(axis=1))
        other = state.contacts[here]
        return ties_between(self.n, one[one < other], other[one < other])

    def _hearers(self, state: RingAdoption, node: np.ndarray, run: np.ndarray) -> np.ndarray:
        runs = state.active.shape[1]
        return (state.contacts[node, :, run] * np.int64(runs) + run[:, None]).ravel()


def _contact_lists(n: int, near: np.ndarray, far: np.ndarray) -> np.ndarray:
    """Everybody's contacts in each run, filled up with ``n``; int32, shape (n, most contacts, runs)."""
    runs = far.shape[1]
    near = np.repeat(near[:, None], runs, axis=1)
    one, other = np.concatenate([near, far]), np.concatenate([far, near])
    run = np.tile(np.arange(runs), len(one))
    row = one.ravel() * np.int64(runs) + run
    order = np.argsort(row, kind="stable")
    contacts = np.bincount(row, minlength=n * runs)
    place = np.arange(len(row)) - np.repeat(np.cumsum(contacts) - contacts, contacts)
    lists = np.full((n, contacts.max(), runs), n, np.int32)
    lists[one.ravel()[order], place, run[order]] = other.ravel()[order]
    return lists


def steps_until(ensemble: Ensemble, share: float = 0.9, *, name: str = "adopted_share") -> np.ndarray:
    """With which step each run first reached a share of all people.

    Parameters
    ----------
    ensemble : Ensemble
        Of a model that observes a share.
    share : float
        In (0, 1].
    name : str
        The share observed.

    Returns
    -------
    numpy.ndarray, float64, shape (runs,)
        Steps; ``inf`` for a run that did not get there, so that a median over the runs still tells the truth.

    Raises
    ------
    ParameterError
        If ``share`` is out of its range, or nothing called ``name`` was observed.

    Examples
    --------
    >>> from tertius.simulate import ensemble
    >>> steps_until(ensemble(RingContagion(n=15, rewired=0), 5, runs=2, seed=1), 0.8).tolist()
    [4.0, 4.0]
    """
    if not lies_between(share, 0, 1) or share == 0:
        raise ParameterError(f"share is {share!r}; it is a share of all people, above 0 and up to 1.")
    there = ensemble[name] >= share - 1e-9
    return np.where(there.any(axis=0), there.argmax(axis=0), np.inf)


def _check_rule(threshold_count: int, noise: float) -> None:
    check_count("threshold_count", threshold_count, 1)
    check_share("noise", noise)


def _check_starters(initial_adopters: int, n: int) -> None:
    check_count("initial_adopters", initial_adopters, 0, n, limit="the number of people, ")
