"""People who join when enough of their contacts have: thresholds that are shares of them."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar, NamedTuple

import numpy as np
from scipy.optimize import brentq
from scipy.special import pdtr

from tertius.errors import ParameterError, check_share
from tertius.models.bits import counted
from tertius.models.rows import as_row
from tertius.models.spreading import Spreading, spread
from tertius.models.voices import Voices
from tertius.simulate import BLOCK
from tertius.simulate.protocol import Streams
from tertius.ties import Ties


class Joining(NamedTuple):
    """State of `ThresholdCascade`; a bit of each word is a run.

    Attributes
    ----------
    active : numpy.ndarray, uint64, shape (n, 1)
        Who has joined.
    new : numpy.ndarray, uint64, shape (n, 1)
        Who has joined just now.
    planes : numpy.ndarray, uint64, shape (digits, people, 1)
        How many voices most people have heard, as `tertius.models.voices.Voices` keeps it.
    missing : numpy.ndarray, int32, shape (people, runs)
        How many the others, who have very many contacts, still need.
    adopted : numpy.ndarray, int64, shape (runs,)
        How many have joined.
    """

    active: np.ndarray
    new: np.ndarray
    planes: np.ndarray
    missing: np.ndarray
    adopted: np.ndarray


@dataclass(frozen=True, eq=False)
class ThresholdCascade(Spreading):
    """People who join as soon as a share of their contacts has, and networks that let one person move all, or nobody.

    With few contacts each, there is no way through; with many, one voice is too small a share of them to move anybody.
    In between one person who joins can start a cascade through nearly everybody, and mostly starts nothing [1]_. Who
    joins on a single voice is vulnerable: a cascade needs so many of these that they hang together.

    All move at once: in each step everybody joins at least a share ``threshold`` of whose contacts had joined before
    it. Nobody leaves.

    Parameters
    ----------
    ties : Ties, Network or networkx.Graph
        Directed ties point at those whom they may move. Strength is ignored. People whom no tie leads to never join by
        it.
    threshold : float, sequence of float, or None
        The share of contacts, in [0, 1], who must have joined: one for all people, or one for each in the network's
        order. At least one contact must, even with 0. ``None``: drawn evenly from (0, 1] for each person, anew for each
        run, which makes it the linear threshold model with equal contacts.
    initial_adopters, chosen
        As for `IndependentCascade`.
    cascade_share : float
        More than this share of all people is a cascade, in [0, 1].

    Raises
    ------
    GraphError
        If the network has no people, or lacks a person named.
    ParameterError
        If a setting is out of its range.

    Notes
    -----
    Observed: ``adopted_share``, of all people, and ``is_cascade``, 1 if that is more than ``cascade_share``. With the
    same seed, run by run and step by step, lower thresholds or more people who start reach at least the same people. A
    person joins when ``max(1, ⌈threshold · contacts⌉)`` contacts have, so rounding never decides.

    References
    ----------
    .. [1] Watts, Proceedings of the National Academy of Sciences 99 (2002), 5766-5771.

    Examples
    --------
    >>> from tertius.simulate import simulate
    >>> path = Ties.of([("Ann", "Bo"), ("Bo", "Cy"), ("Cy", "Di"), ("Cy", "Ed")])
    >>> simulate(ThresholdCascade(path, 0.5, ["Ann"]), 3, seed=1)["adopted_share"].tolist()  # Cy needs two of three
    [0.2, 0.4, 0.4, 0.4]
    >>> simulate(ThresholdCascade(path, 0.3, ["Ann"]), 3, seed=1)["adopted_share"].tolist()
    [0.2, 0.4, 0.6, 1.0]
    """

    ties: Ties
    threshold: float | Sequence[float] | None = 0.18
    initial_adopters: int | Sequence[Hashable] = 1
    chosen: str = "random"
    cascade_share: float = 0.1

    streams: ClassVar[tuple[str, ...]] = ("start", "threshold")

    def __post_init__(self) -> None:
        self._take_ties()
        if self.threshold is not None:
            object.__setattr__(self, "threshold", _checked_thresholds(len(self.ties), self.threshold))
        check_share("cascade_share", self.cascade_share, "share of all people")
        self._take_starters()

    @cached_property
    def needed(self) -> np.ndarray | None:
        """How many contacts must have joined before each person does; int64 (n,), or ``None`` if that is drawn."""
        if self.threshold is None:
            return None
        return _voices_needed(self.threshold, self.ways.degree)

    @cached_property
    def vulnerable(self) -> np.ndarray:
        """Who joins on the voice of a single contact; bool, shape (n,). No cascade without many of them together."""
        if self.needed is None:
            raise ParameterError(
                "Who is vulnerable differs from run to run where thresholds are drawn; give thresholds."
            )
        return (self.needed == 1) & (self.ways.degree > 0)

    def start(self, rng: Streams, runs: int) -> Joining:
        """Let those who start join; nobody has heard them yet."""
        new = self.starters.words(rng.start)[:, None]
        return Joining(new, new, *self.voices.begin(self._need(rng), 1), counted(new)[0])

    def step(self, state: Joining, t: int, rng: Streams) -> Joining:
        """Let all who have now heard enough join, at once."""
        if not state.new.any():
            return state
        planes, missing = state.planes.copy(), state.missing.copy()
        new = self.voices.hear(planes, missing, state.new) & ~state.active
        return Joining(state.active | new, new, planes, missing, state.adopted + counted(new)[0])

    def observe(self, state: Joining) -> dict[str, np.ndarray]:
        """Measure how far it has come."""
        return self._observed(state.adopted)

    def measure(self, rngs: Sequence[Streams], steps: int) -> tuple[dict[str, np.ndarray], np.ndarray]:
        """Measure several blocks at once, without keeping states; the numbers are those of the steps."""
        start = np.stack([self.starters.words(rng.start) for rng in rngs], axis=1)
        need = self._need(rngs[0]) if self.needed is not None else np.concatenate([self._need(rng) for rng in rngs], 1)
        counters = self.voices.begin(need, len(rngs))
        tally = spread(start, lambda new: self.voices.hear(*counters, new), steps)
        return self._observed(tally.adopted()), tally.settled

    @cached_property
    def voices(self) -> Voices:
        """Counters of contacts who have joined."""
        return Voices(self.ways)

    def _need(self, rng: Streams) -> np.ndarray:
        if self.needed is not None:
            return self.needed[:, None]
        drawn = 1 - rng.threshold.random((len(self.ties), BLOCK))
        return _voices_needed(drawn, self.ways.degree[:, None])

    def _observed(self, adopted: np.ndarray) -> dict[str, np.ndarray]:
        share = adopted / len(self.ties)
        return {"adopted_share": share, "is_cascade": (share > self.cascade_share + 1e-12).astype(float)}


def _voices_needed(threshold: float | np.ndarray, degree: np.ndarray) -> np.ndarray:
    return np.maximum(1, np.ceil(threshold * degree - 1e-9)).astype(np.int64)


def _checked_thresholds(n: int, threshold: float | Sequence[float]) -> float | np.ndarray:
    if isinstance(threshold, str) or not np.iterable(threshold):
        check_share("threshold", threshold, "share of contacts")
        return float(threshold)
    given = as_row(threshold)
    if given is None or given.shape != (n,):
        raise ParameterError(
            f"threshold has {len(threshold)} entries, and there are {n} people: give one number, or one for each."
        )
    wrong = np.flatnonzero(~((given >= 0) & (given <= 1)))
    if wrong.size:
        check_share(f"threshold of person {wrong[0]}", float(given[wrong[0]]), "share of contacts")
    given.flags.writeable = False
    return given


def cascade_window(threshold: float = 0.18) -> tuple[float, float]:
    r"""Between which mean numbers of contacts one person can start a cascade, on a large network tied at random.

    A cascade can start where those who join on one voice hang together. With contacts counted by the Poisson
    distribution of mean :math:`z`, as where all pairs are tied with the same probability, that is
    :math:`z\,P(\text{Poisson}(z) \le K - 2) \ge 1`, where :math:`K = \lfloor 1 / \text{threshold} \rfloor` is the most
    contacts with which one voice is enough [1]_.

    Parameters
    ----------
    threshold : float
        The share of contacts, the same for all, above 0 and up to 1.

    Returns
    -------
    (float, float)
        The least and the most contacts on average; ``(nan, nan)`` if there is no such network, as above 1/4.

    Raises
    ------
    ParameterError
        If ``threshold`` is out of its range.

    Notes
    -----
    On networks that are not large the upper edge is blurred: cascades become rare before it, and beyond it there still
    are some.

    References
    ----------
    .. [1] Watts, Proceedings of the National Academy of Sciences 99 (2002), 5766-5771.

    Examples
    --------
    >>> [round(edge, 2) for edge in cascade_window(0.18)]
    [1.02, 5.76]
    >>> cascade_window(0.3)
    (nan, nan)
    """
    check_share("threshold", threshold, "share of contacts")
    if threshold == 0:
        raise ParameterError("threshold is 0; with that anybody joins on one voice, and the window has no upper edge.")
    most = np.floor(1 / threshold + 1e-9)

    def above(z: np.ndarray | float) -> np.ndarray | float:
        return z * pdtr(most - 2, z) - 1 if most >= 2 else 0 * z - 1

    # It climbs to one peak, which is below z = most, and falls.
    grid = np.linspace(0, most, 4001)
    peak = grid[np.argmax(above(grid))]
    if above(peak) < 0:
        return float("nan"), float("nan")
    end = peak + 1
    while above(end) > 0:
        end *= 2
    return float(brentq(above, 0, peak)), float(brentq(above, peak, end))
