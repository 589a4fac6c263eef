"""What people catch from one another and recover from, in steps or in continuous time."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

import numpy as np
from scipy.sparse import csgraph, csr_array
from scipy.special import lambertw

from tertius.errors import GraphError, check_above, check_least, check_share
from tertius.models.spreading import Spreading
from tertius.models.waiting import NEVER, tries_needed
from tertius.simulate import BLOCK
from tertius.simulate.protocol import Streams
from tertius.ties import Ties

ENDLESS = 1e290
"""No wait is longer, in units of time."""


class Epidemic(NamedTuple):
    """State of `SIR` and `ContinuousSIR`; runs on the last axis.

    Attributes
    ----------
    caught : numpy.ndarray, float64, shape (n, runs)
        When each person catches it, in steps or units of time; infinite for those who never do. A run's whole luck
        shows here and in ``recovers`` from the start.
    recovers : numpy.ndarray, float64, shape (n, runs)
        When each person who caught it recovers; infinite for all others.
    t : numpy.ndarray, int64, shape (runs,)
        Steps so far.
    """

    caught: np.ndarray
    recovers: np.ndarray
    t: np.ndarray


class _Epidemic(Spreading):
    """The rule: from whom, when and for how long; what time is, the models say."""

    streams: ClassVar[tuple[str, ...]] = ("start", "recovery", "transmission")

    step_length: float = 1.0

    def start(self, rng: Streams, runs: int) -> Epidemic:
        """Draw how long each person would be infectious and each tie would take, and work out who catches it when."""
        histories = [np.stack(history) for history in self._histories(rng, runs)]
        caught, recovers = np.ascontiguousarray(np.stack(histories).transpose(1, 2, 0))
        return Epidemic(caught, recovers, np.zeros(runs, np.int64))

    def step(self, state: Epidemic, t: int, rng: Streams) -> Epidemic:
        """Let time go on."""
        return state._replace(t=state.t + 1)

    def observe(self, state: Epidemic) -> dict[str, np.ndarray]:
        """Measure how many are where."""
        now, n = state.t * self.step_length, len(self.ties)
        caught, recovered = (np.count_nonzero(when <= now, axis=0) for when in (state.caught, state.recovers))
        return _shares(caught, recovered, n)

    def is_settled(self, state: Epidemic) -> np.ndarray:
        """Say for each run whether nobody will catch it or recover any more; bool (runs,). Good as ``until``."""
        now = state.t * self.step_length
        return ~np.logical_or.reduce([((when > now) & (when < np.inf)).any(axis=0) for when in state[:2]])

    def measure(self, rngs: Sequence[Streams], steps: int) -> tuple[dict[str, np.ndarray], np.ndarray]:
        """Measure several blocks at once, without keeping states; the numbers are those of the steps."""
        counts = np.zeros((2, steps + 2, len(rngs) * BLOCK), np.int64)
        settled = np.zeros(len(rngs) * BLOCK, np.int64)
        histories = (history for rng in rngs for history in self._histories(rng, BLOCK))
        for run, history in enumerate(histories):
            for count, when in zip(counts, history, strict=True):
                with np.errstate(over="ignore"):  # in steps, a time next to endless can be endless
                    with_step = np.ceil(when[when < np.inf] / self.step_length)
                with_step = np.minimum(with_step, steps + 1).astype(np.int64)
                settled[run] = max(settled[run], with_step.max(initial=0))
                count[:, run] = np.bincount(with_step, minlength=steps + 2)
        caught, recovered = np.cumsum(counts, axis=1)[:, :-1]
        return _shares(caught, recovered, len(self.ties)), settled

    def _histories(self, rng: Streams, runs: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """When each person catches it and recovers, run by run; each run draws its luck in turn."""
        ties, n = self.ties, len(self.ties)
        node, run = self.starters.pairs(rng.start)
        for k in range(runs):
            lasts = self._lasts(rng.recovery.random(n))
            luck = rng.transmission.random(ties.n_ties)[self.ways.tie_of_entry]
            passes = np.flatnonzero(luck < np.repeat(self._chance_within(lasts), ties.degree))
            begin = np.searchsorted(passes, ties.indptr).astype(np.int32)
            over = csr_array((self._takes(luck[passes]), ties.indices[passes], begin), shape=(n, n))
            first = node[run == k]
            caught = csgraph.dijkstra(over, indices=first, min_only=True) if len(first) else np.full(n, np.inf)
            yield caught, caught + lasts


@dataclass(frozen=True, eq=False)
class SIR(_Epidemic):
    """What people catch from their contacts in steps, and recover from for good.

    Whoever is infectious tries each contact in every step, and succeeds with probability ``transmission``; then they
    recover with probability ``recovery``, and never catch it again. With a ``recovery`` of 1 this is an
    `IndependentCascade`: one try for each contact. With 0 nobody recovers, and sooner or later it reaches all who can
    be reached: SI.

    All move at once. In each step all who were infectious before it try all who were susceptible, and recover after
    that; those who catch it in this step neither try nor recover in it.

    Parameters
    ----------
    ties : Ties, Network or networkx.Graph
        Directed ties carry it the way they point. Strength is ignored.
    transmission : float
        Probability per tie and step, in [0, 1].
    recovery : float
        Probability per step, in [0, 1].
    initial_adopters, chosen
        Who is infectious at first; as for `IndependentCascade`.

    Raises
    ------
    GraphError
        If the network has no people, or lacks a person named.
    ParameterError
        If a setting is out of its range.

    Notes
    -----
    Observed: ``susceptible_share``, ``infectious_share`` and ``recovered_share``, of all people; their sum is 1. How
    long each person would be infectious and how many steps each tie would take are drawn beforehand, which has the same
    distribution; the rest is the shortest way. So with the same seed, run by run, more transmission, less recovery or
    more people who start reach at least the same people, and no later. Because one person's tries share the time
    until that person recovers, the chance of an outbreak does not follow from `transmissibility` alone [1]_.

    References
    ----------
    .. [1] Newman, Physical Review E 66 (2002), 016128.

    Examples
    --------
    >>> from tertius.simulate import simulate
    >>> path = Ties.of([("Ann", "Bo"), ("Bo", "Cy")])
    >>> run = simulate(SIR(path, 1, 1, ["Ann"]), 3, seed=1)
    >>> [int(3 * share + 0.5) for share in run["infectious_share"]]  # one after another
    [1, 1, 1, 0]
    """

    ties: Ties
    transmission: float = 0.1
    recovery: float = 0.2
    initial_adopters: int | Sequence[Hashable] = 1
    chosen: str = "random"

    def __post_init__(self) -> None:
        self._take_ties()
        check_share("transmission", self.transmission)
        check_share("recovery", self.recovery)
        self._take_starters()

    @property
    def transmissibility(self) -> float:
        """Probability that a case passes it on to a contact before recovering, β / (1 − (1 − β)(1 − γ))."""
        if not self.transmission:
            return 0.0
        return self.transmission / (1 - (1 - self.transmission) * (1 - self.recovery))

    def _lasts(self, luck: np.ndarray) -> np.ndarray:
        return _steps(luck, self.recovery)

    def _takes(self, luck: np.ndarray) -> np.ndarray:
        return _steps(luck, self.transmission)

    def _chance_within(self, lasts: np.ndarray) -> np.ndarray:
        if self.transmission in (0, 1):
            return np.full(len(lasts), self.transmission)
        return -np.expm1(lasts * np.log1p(-self.transmission))


@dataclass(frozen=True, eq=False)
class ContinuousSIR(_Epidemic):
    """What people catch from their contacts at any time, and recover from for good.

    Over each tie from somebody infectious to somebody susceptible it passes at the rate ``transmission_rate``; whoever
    is infectious recovers at the rate ``recovery_rate``. Both wait without memory, for 1 / rate on average [1]_.

    Time is continuous and nothing is rounded: a step shows the state ``step_length`` units of time later.

    Parameters
    ----------
    ties : Ties, Network or networkx.Graph
        Directed ties carry it the way they point. Strength is ignored.
    transmission_rate : float
        Per tie and unit of time, at least 0.
    recovery_rate : float
        Per unit of time, at least 0; with 0 nobody recovers: SI.
    step_length : float
        Units of time between two looks at it, above 0.
    initial_adopters, chosen
        Who is infectious at first; as for `IndependentCascade`.

    Raises
    ------
    GraphError
        If the network has no people, or lacks a person named.
    ParameterError
        If a setting is out of its range.

    Notes
    -----
    Observed: ``susceptible_share``, ``infectious_share`` and ``recovered_share``, of all people; their sum is 1. How
    long each person would be infectious and how long each tie would take are drawn beforehand; the rest is the shortest
    way. So with the same seed, run by run, a higher transmission rate, a lower recovery rate or more people who start
    reach at least the same people, and no later.

    References
    ----------
    .. [1] Kiss, Miller and Simon, Mathematics of Epidemics on Networks (2017), Springer.

    Examples
    --------
    >>> ContinuousSIR([("Ann", "Bo")], transmission_rate=1, recovery_rate=3).transmissibility
    0.25
    """

    ties: Ties
    transmission_rate: float = 0.1
    recovery_rate: float = 0.2
    step_length: float = 1.0
    initial_adopters: int | Sequence[Hashable] = 1
    chosen: str = "random"

    def __post_init__(self) -> None:
        self._take_ties()
        check_least("transmission_rate", self.transmission_rate, 0, "a rate per unit of time")
        check_least("recovery_rate", self.recovery_rate, 0, "a rate per unit of time")
        check_above("step_length", self.step_length, 0, "a number of units of time")
        self._take_starters()

    @property
    def transmissibility(self) -> float:
        """Probability that a case passes it on to a contact before recovering, τ / (τ + γ)."""
        return self.transmission_rate / (self.transmission_rate + self.recovery_rate) if self.transmission_rate else 0.0

    def _lasts(self, luck: np.ndarray) -> np.ndarray:
        return _waits(luck, self.recovery_rate)

    def _takes(self, luck: np.ndarray) -> np.ndarray:
        return _waits(luck, self.transmission_rate)

    def _chance_within(self, lasts: np.ndarray) -> np.ndarray:
        if not self.transmission_rate:
            return np.zeros(len(lasts))
        return -np.expm1(-float(self.transmission_rate) * lasts)


def critical_transmissibility(graph) -> float:
    r"""Transmissibility above which an outbreak can become large.

    On a large network that is random but for its numbers of contacts :math:`k`, it is
    :math:`\langle k \rangle / (\langle k^2 \rangle - \langle k \rangle)`, one over the mean number of further contacts
    of somebody reached over a tie [1]_: with hubs it is low.

    Parameters
    ----------
    graph : networkx.Graph, Network or Ties
        Undirected.

    Returns
    -------
    float
        At least 0; ``inf`` if nobody has a second contact.

    Raises
    ------
    GraphError
        If the graph is directed, or has no ties.

    References
    ----------
    .. [1] Newman, Physical Review E 66 (2002), 016128.

    Examples
    --------
    >>> critical_transmissibility([("Ann", "Bo"), ("Bo", "Cy"), ("Cy", "Ann")])  # two contacts each
    1.0
    """
    degree = Ties.of(graph).undirected("The critical transmissibility").degree.astype(float)
    if not degree.any():
        raise GraphError("The critical transmissibility needs ties, and this network has none.")
    further = (degree**2).sum() - degree.sum()
    return float(degree.sum() / further) if further else float("inf")


def final_size(reproduction_number: float) -> float:
    r"""Share of people whom a large outbreak reaches in the end if everybody meets everybody.

    The larger solution of :math:`r = 1 - e^{-R_0 r}`; 0 if :math:`R_0 \le 1`.

    Parameters
    ----------
    reproduction_number : float
        R₀: how many one case infects at first, at least 0.

    Returns
    -------
    float
        In [0, 1).

    Raises
    ------
    ParameterError
        If ``reproduction_number`` is negative or no number.

    Examples
    --------
    >>> final_size(1), round(final_size(2), 4)
    (0.0, 0.7968)
    """
    check_least("reproduction_number", reproduction_number, 0, "a number of cases")
    if reproduction_number <= 1:
        return 0.0
    return float(1 + lambertw(-reproduction_number * np.exp(-reproduction_number)).real / reproduction_number)


def _steps(luck: np.ndarray, chance: float) -> np.ndarray:
    """Steps until a success, as numbers that know infinity."""
    steps = tries_needed(luck, chance).astype(float)
    steps[steps == NEVER] = np.inf
    return steps


def _waits(luck: np.ndarray, rate: float) -> np.ndarray:
    """Time until something happens at a rate; what is next to endless is, so that sums stay numbers."""
    with np.errstate(over="ignore"):
        waits = -np.log1p(-luck) / rate if rate else np.full(luck.shape, np.inf)
    return np.where(waits < ENDLESS, waits, np.inf)


def _shares(caught: np.ndarray, recovered: np.ndarray, n: int) -> dict[str, np.ndarray]:
    return {
        "susceptible_share": (n - caught) / n,
        "infectious_share": (caught - recovered) / n,
        "recovered_share": recovered / n,
    }
