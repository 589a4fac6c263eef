"""People search for good solutions and copy each other: connected groups are fast, and then stuck."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, NamedTuple

import numpy as np

from tertius.data.rings import ties_between
from tertius.errors import GraphError, check_count, choose_from
from tertius.models import landscapes
from tertius.models.landscapes import Landscape
from tertius.simulate.protocol import Streams
from tertius.ties import Ties

NETWORKS = ("none", "ring", "everyone")


class Searching(NamedTuple):
    """State of `LandscapeSearch`; runs on the last axis, each on a landscape of its own.

    Attributes
    ----------
    solution : numpy.ndarray, int64, shape (people, runs)
        Everybody's solution; bit i is decision i.
    quality : numpy.ndarray, float64, shape (people, runs)
        How good it is, as a share of the best of all solutions.
    copied : numpy.ndarray, bool, shape (people, runs)
        Who copied somebody in this step.
    highest : numpy.ndarray, float64, shape (runs,)
        How good the best of all solutions is.
    reads, worths, low, high : numpy.ndarray
        The landscape; see `tertius.models.landscapes.Landscape`.
    """

    solution: np.ndarray
    quality: np.ndarray
    copied: np.ndarray
    highest: np.ndarray
    reads: np.ndarray
    worths: np.ndarray
    low: np.ndarray
    high: np.ndarray


class Searchers:
    """People who copy better contacts or try something else; for frozen dataclasses with ``network`` and ``people``."""

    network: str | Any
    people: int

    def _take_network(self) -> None:
        """Check who there is, and convert ties; last in ``__post_init__``."""
        if isinstance(self.network, str):
            choose_from(self.network, NETWORKS, "network")
            check_count("people", self.people, 3 if self.network == "ring" else 1)
        else:
            ties = Ties.of(self.network)
            if not len(ties):
                raise GraphError("A search needs people, and this network has none.")
            object.__setattr__(self, "network", ties)
            object.__setattr__(self, "people", len(ties))

    @cached_property
    def ties(self) -> Ties:
        """Who sees whom."""
        if isinstance(self.network, Ties):
            return self.network
        person = np.arange(self.people)
        if self.network == "ring":
            return ties_between(self.people, person, (person + 1) % self.people)
        one, other = np.triu_indices(self.people if self.network == "everyone" else 0, 1)
        return ties_between(self.people, one, other)

    @cached_property
    def _seen(self) -> np.ndarray:
        """Whom everybody sees, in order, filled up with themselves; int64, shape (people, most contacts)."""
        degree = self.ties.degree
        seen = np.tile(np.arange(self.people)[:, None], (1, max(int(degree.max(initial=0)), 1)))
        seen[np.arange(seen.shape[1]) < degree[:, None]] = self.ties.indices
        return seen

    def tried(self, state, rng: Streams) -> tuple[np.ndarray, np.ndarray]:
        """Draw what each person would try, and how good it is; shape (people, runs)."""
        raise NotImplementedError

    def step(self, state, t: int, rng: Streams):
        """Let everybody copy the best contact who is better, or try something else."""
        solution, quality = state.solution, state.quality
        other, value = self.tried(state, rng)
        if self.network == "everyone":
            model = np.broadcast_to(quality.argmax(axis=0), solution.shape)
        else:
            first = quality[self._seen].argmax(axis=1)
            model = np.take_along_axis(self._seen, first, axis=1)
        theirs = np.take_along_axis(quality, model, axis=0)
        copies = theirs > quality
        improves = value > quality
        return state._replace(
            solution=np.select([copies, improves], [np.take_along_axis(solution, model, axis=0), other], solution),
            quality=np.select([copies, improves], [theirs, value], quality),
            copied=copies,
        )

    def observe(self, state) -> dict[str, np.ndarray]:
        """Measure how good the solutions are, and how many there are."""
        held = np.sort(state.solution, axis=0)
        return {
            "quality": state.quality.mean(axis=0),
            "best": state.quality.max(axis=0),
            "at_best_share": (state.quality >= 1 - 1e-9).mean(axis=0),
            "solutions": 1 + np.count_nonzero(held[1:] != held[:-1], axis=0),
        }


@dataclass(frozen=True, eq=False)
class LandscapeSearch(Searchers):
    r"""People who each look for a good solution, and copy those of their contacts that are better.

    Where all see all, a good solution is everybody's in a moment, and then all stand on the same hill and nobody finds
    the next. Where few see few, there are more solutions about for longer: slower, and in the end better [1]_. In
    experiments with people it was the opposite [2]_, and if people follow the majority instead of the best it turns
    round again [3]_.

    A solution is a row of N yes/no decisions. How good it is, is the mean of N contributions, each drawn at random for
    every combination of one decision and K others: with K = 0 there is one hill, with more K many. Qualities are shares
    of the best of all solutions, which is found exactly. Each step, all at once, on what was there before it: whoever
    has a contact with a strictly better solution copies the best of these as a whole (of equals, of the first person);
    everybody else changes one decision drawn evenly, and keeps the change if the solution is then strictly better.

    Parameters
    ----------
    network : {"none", "ring", "everyone"} or graph
        Who sees whom. Directed ties point at who is seen. Strength is ignored.
    decisions : int
        N, from 1 to 24.
    ruggedness : int
        K, from 0 to N − 1.
    people : int
        At least 1, for a network by name; on a ring at least 3.
    interacts : {"random", "adjacent"}
        Which others a contribution depends on: drawn for each decision, or the next ones around a circle.

    Raises
    ------
    ParameterError
        If a setting is out of its range, or N and K together are too large.
    GraphError
        If the network has no people.

    Notes
    -----
    Observed: ``quality`` (mean over all people, in [0, 1]), ``best`` (of all people), ``at_best_share`` (people with
    the best of all solutions) and ``solutions`` (how many different ones are held). Runs are searches on other
    landscapes. With the same seed all networks begin with the same landscapes and solutions. The scale by which one
    paper widens differences is left out.

    References
    ----------
    .. [1] Lazer and Friedman, Administrative Science Quarterly 52 (2007), 667-694.
    .. [2] Mason and Watts, Proceedings of the National Academy of Sciences 109 (2012), 764-769.
    .. [3] Barkoczi and Galesic, Nature Communications 7 (2016), 13109.

    Examples
    --------
    >>> from tertius.simulate import simulate
    >>> run = simulate(LandscapeSearch("everyone", decisions=3, ruggedness=0, people=20), 30, seed=1)
    >>> float(run["quality"][-1])  # one hill, found by all
    1.0
    """

    network: str | Any = "ring"
    decisions: int = 12
    ruggedness: int = 5
    people: int = 60
    interacts: str = "random"

    streams: ClassVar[tuple[str, ...]] = ("landscape", "people", "changing")

    def __post_init__(self) -> None:
        landscapes.check_landscape(self.decisions, self.ruggedness, self.interacts)
        self._take_network()

    def start(self, rng: Streams, runs: int) -> Searching:
        """Draw landscapes, and everybody's first solution."""
        landscape = landscapes.drawn(self.decisions, self.ruggedness, self.interacts, rng.landscape, runs)
        shape = (self.people, runs)
        solution = np.floor(rng.people.random(shape) * 2**self.decisions).astype(np.int64)
        highest = landscapes.highest(landscape)
        quality = landscapes.quality(landscape, solution) / highest
        return Searching(solution, quality, np.zeros(shape, bool), highest, *landscape)

    def tried(self, state: Searching, rng: Streams) -> tuple[np.ndarray, np.ndarray]:
        """Change one decision of each person."""
        which = np.floor(rng.changing.random(state.solution.shape) * self.decisions).astype(np.int64)
        changed = state.solution ^ 1 << which
        return changed, landscapes.quality(Landscape(*state[4:]), changed) / state.highest
