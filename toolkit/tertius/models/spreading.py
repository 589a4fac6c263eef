"""What all models have in common in which people adopt something one after another and never give it up."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np

from tertius.errors import GraphError
from tertius.models.bits import counted, held, unpacked
from tertius.models.starters import Starters
from tertius.models.ways import Ways
from tertius.simulate.protocol import Streams
from tertius.ties import Ties


class Spreading:
    """People who start, and others who follow them; for frozen dataclasses with ``ties`` and ``initial_adopters``."""

    ties: Ties
    initial_adopters: int | Sequence[Hashable]
    chosen: str

    def _take_ties(self) -> None:
        """Convert the ties; first in ``__post_init__``."""
        object.__setattr__(self, "ties", Ties.of(self.ties))
        if not len(self.ties):
            raise GraphError("What spreads needs people to spread among, and this network has none.")

    def _take_starters(self) -> None:
        """Check who starts; last in ``__post_init__``."""
        if self.starters.named is not None:
            object.__setattr__(self, "initial_adopters", self.starters.named)

    @cached_property
    def starters(self) -> Starters:
        """Who starts."""
        return Starters(self.ties, self.initial_adopters, self.chosen)

    @cached_property
    def ways(self) -> Ways:
        """The ties as ways from person to person."""
        return Ways.of(self.ties)

    @property
    def blocks_at_once(self) -> int:
        """How many blocks of 64 runs are measured at once."""
        return self.ways.blocks_at_once

    def is_settled(self, state) -> np.ndarray:
        """Say for each run whether nobody is new, so that nothing happens any more; bool (runs,). Good as ``until``."""
        return ~unpacked(np.bitwise_or.reduce(state.new[:, 0]))


class Cascade(NamedTuple):
    """State of a cascade; a bit of each word is a run.

    Attributes
    ----------
    active : numpy.ndarray, uint64, shape (n, 1)
        Who has been reached.
    new : numpy.ndarray, uint64, shape (n, 1)
        Who was reached just now, and passes it on next.
    live : numpy.ndarray, uint64, shape (number of ways, 1)
        Over which ways it is passed on, should it get there, in the order of `tertius.models.ways.Ways`; empty where
        this is not drawn beforehand.
    adopted : numpy.ndarray, int64, shape (runs,)
        How many have been reached.
    """

    active: np.ndarray
    new: np.ndarray
    live: np.ndarray
    adopted: np.ndarray


class LiveWays(Spreading):
    """The rule of cascades whose luck is which ways are live: who is new reaches all at the ends of live ways."""

    def live(self, rng: Streams) -> np.ndarray:
        """Draw which ways are live; uint64, shape (number of ways,)."""
        raise NotImplementedError

    def start(self, rng: Streams, runs: int) -> Cascade:
        """Tell those who start, and draw which ways are live."""
        new = self.starters.words(rng.start)[:, None]
        return Cascade(new, new, self.live(rng)[:, None], counted(new)[0])

    def step(self, state: Cascade, t: int, rng: Streams) -> Cascade:
        """Let all who are new pass it on, at once."""
        if not state.new.any():
            return state
        new = self.told(state, rng) & ~state.active
        return state._replace(active=state.active | new, new=new, adopted=state.adopted + counted(new)[0])

    def told(self, state: Cascade, rng: Streams) -> np.ndarray:
        """Find whom those who are new reach, perhaps not for the first time; uint64, shape (n, 1)."""
        return self.ways.passed_on(state.new, state.live)

    def observe(self, state: Cascade) -> dict[str, np.ndarray]:
        """Measure how far it has come."""
        return {"adopted_share": state.adopted / len(self.ties)}

    def measure(self, rngs: Sequence[Streams], steps: int) -> tuple[dict[str, np.ndarray], np.ndarray]:
        """Measure several blocks at once, without keeping states; the numbers are those of the steps."""
        tally = self.tally(rngs, steps)
        return {"adopted_share": tally.adopted() / len(self.ties)}, tally.settled

    def tally(self, rngs: Sequence[Streams], steps: int) -> Tally:
        """Count who adopts in several blocks at once."""
        start = np.stack([self.starters.words(rng.start) for rng in rngs], axis=1)
        live = np.stack([self.live(rng) for rng in rngs], axis=1)
        return spread(start, lambda new: self.ways.passed_on(new, live), steps)


class Tally:
    """How many have adopted at each step in each run, as it goes on.

    Parameters
    ----------
    first : numpy.ndarray, int64
        How many start, in each run.
    steps : int
        How many steps there will be.

    Attributes
    ----------
    settled : numpy.ndarray, int64, shape (runs,)
        The step with which nobody was new.
    """

    def __init__(self, first: np.ndarray, steps: int) -> None:
        self._steps = steps
        self._adopted = [first.reshape(-1)]
        self.settled = np.where(self._adopted[0] > 0, 1, 0)

    def goes_on(self, is_any_new: bool) -> bool:
        """Whether there is another step to be worked out."""
        return bool(is_any_new) and len(self._adopted) <= self._steps

    def add(self, newly: np.ndarray) -> None:
        """Add those who are new in the next step; int64, in the shape of ``first``."""
        newly = newly.reshape(-1)
        self.settled[newly > 0] = len(self._adopted) + 1
        self._adopted.append(self._adopted[-1] + newly)

    @property
    def last(self) -> np.ndarray:
        """How many have adopted so far; int64, shape (runs,)."""
        return self._adopted[-1]

    def adopted(self) -> np.ndarray:
        """How many have adopted at each step; int64, shape (steps + 1, runs)."""
        known = np.array(self._adopted)
        return known[np.minimum(np.arange(self._steps + 1), len(known) - 1)]


def spread(start: np.ndarray, pass_on: Callable[[np.ndarray], np.ndarray], steps: int) -> Tally:
    """Let those who start, and then those who are new, pass it on, until nobody is new or the steps are over.

    Parameters
    ----------
    start : numpy.ndarray, uint64, shape (n, words)
    pass_on : callable
        Takes who is new, and returns who adopts by them, perhaps not for the first time; both uint64 (n, words).
    steps : int

    Returns
    -------
    Tally
    """
    new, active = start, start.copy()
    tally = Tally(counted(new), steps)
    while tally.goes_on(new.any()):
        new = pass_on(new)
        new &= ~active
        active |= new
        nodes = held(new)
        tally.add(counted(new[nodes] if 2 * len(nodes) < len(new) else new))
    return tally
