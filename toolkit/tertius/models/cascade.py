"""News that one voice is enough for: the independent cascade."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

import numpy as np

from tertius.errors import ParameterError, check_share, choose_from
from tertius.models.bits import BIT, chance_words, one_run_each, successes
from tertius.models.rows import as_row
from tertius.models.spreading import Cascade, LiveWays, Tally
from tertius.models.starters import Starters
from tertius.simulate import BLOCK
from tertius.simulate.protocol import Streams
from tertius.ties import Ties

LUCK = ("shared", "fast")
MOST_PASSED_ON = 1.3
"""To how many more somebody reached passes news on where trying ways one by one is still the shorter way."""


@dataclass(frozen=True, eq=False)
class IndependentCascade(LiveWays):
    """News that each newcomer passes on to each contact with some probability, and tries only once.

    One voice is enough. Whoever hears the news tells each contact who has not heard it yet, once, and succeeds with
    probability ``transmission``, whatever the others do [1]_. So people with many contacts reach far on average, and
    yet not every time: compare many runs.

    All move at once: who was reached in one step tries in the next. Nobody forgets.

    Parameters
    ----------
    ties : Ties, Network or networkx.Graph
        Directed ties carry the news the way they point: reverse ties that mean "asks". Strength is ignored.
    transmission : float or sequence of float
        Probability of a try, in [0, 1]: one for all ties, or one for each in the order of ``ties.pairs``.
    initial_adopters : int or list of nodes
        Who starts: the people named, or that many, found by ``chosen``.
    chosen : {"random", "friend", "degree", "degree discount", "spread out"}
        How these are found. Random: anybody. Friend: somebody's contact, both drawn. Both anew for each run. The
        others draw nothing: most contacts; most contacts, those of the chosen discounted; most contacts, but no contact
        of the chosen, and at most one contact shared with each of them. Of equals the first in the network's order.
    luck : {"shared", "fast"}
        Shared: two models with the same seed share their luck, so that they can be compared run by run. Fast: for many
        runs on large networks where little spreads; runs have the same chances, and nothing is shared.

    Raises
    ------
    GraphError
        If the network has no people, or lacks a person named.
    ParameterError
        If a setting is out of its range.

    Notes
    -----
    Observed: ``adopted_share``, of all people. Whether a way from person to person would carry the news is drawn
    beforehand for every way (for both ways of an undirected tie at once: only one of them is ever tried), which has
    the same distribution. So with shared luck, run by run and step by step, more transmission or more people who
    start reach at least the same people. Memory for 64 runs: about 50 bytes a tie and 40 a person.

    References
    ----------
    .. [1] Kempe, Kleinberg and Tardos, KDD 2003, 137-146.

    Examples
    --------
    >>> from tertius.simulate import simulate
    >>> path = Ties.of([("Ann", "Bo"), ("Bo", "Cy"), ("Cy", "Di")])
    >>> simulate(IndependentCascade(path, 1, ["Ann"]), 3, seed=1)["adopted_share"].tolist()
    [0.25, 0.5, 0.75, 1.0]
    >>> simulate(IndependentCascade(path, [1, 0, 1], ["Ann"]), 3, seed=1)["adopted_share"].tolist()
    [0.25, 0.5, 0.5, 0.5]
    """

    ties: Ties
    transmission: float | Sequence[float] = 0.3
    initial_adopters: int | Sequence[Hashable] = 1
    chosen: str = "random"
    luck: str = "shared"

    streams: ClassVar[tuple[str, ...]] = ("start", "transmission")

    def __post_init__(self) -> None:
        self._take_ties()
        object.__setattr__(self, "transmission", checked_chances(self.ties, self.transmission))
        choose_from(self.luck, LUCK, "luck")
        self._take_starters()

    @cached_property
    def starters(self) -> Starters:
        """Who starts."""
        return Starters(self.ties, self.initial_adopters, self.chosen, self.mean_chance)

    @property
    def mean_chance(self) -> float:
        """Mean of the probabilities of all ties; 0 without ties."""
        return float(np.mean(self.transmission)) if np.size(self.transmission) else 0.0

    @cached_property
    def is_sparse(self) -> bool:
        """Whether ways are tried only when the news gets there: with fast luck, where few people will be reached.

        Somebody reached passes it on to about chance × (mean of squared numbers of contacts / mean number − 1) people
        more. If that is less than one, it ends, with those who start times 1 / (1 − that) people; if it is little more,
        most that it reaches are still few.
        """
        degree = self.ties.degree.astype(float)
        if self.luck == "shared" or not degree.any():
            return False
        more = self.mean_chance * ((degree**2).sum() / degree.sum() - 1)
        return bool(more < MOST_PASSED_ON and 16 * self.starters.number < max(1 - more, 0.25) * len(degree))

    def live(self, rng: Streams) -> np.ndarray:
        """Draw over which ways the news is passed on; uint64, shape (number of ways,), or none if tried on the way."""
        if self.is_sparse:
            return np.zeros(0, np.uint64)
        return chance_words(self.transmission, self.ties.n_ties, rng.transmission)[self.ways.tie]

    def told(self, state: Cascade, rng: Streams) -> np.ndarray:
        """Find whom those who are new reach, perhaps not for the first time; uint64, shape (n, 1)."""
        if not self.is_sparse:
            return super().told(state, rng)
        told, run = self._tried(*one_run_each(state.new[:, 0]), [rng])
        words = np.zeros((len(self.ties), 1), np.uint64)
        np.bitwise_or.at(words[:, 0], told, BIT[run])
        return words

    def tally(self, rngs: Sequence[Streams], steps: int) -> Tally:
        """Count who adopts in several blocks at once."""
        if not self.is_sparse:
            return super().tally(rngs, steps)
        # Who is new, as pairs in order of block, person and run; who has adopted, a word for each person and block.
        n, runs = len(self.ties), len(rngs) * BLOCK
        active = np.zeros(len(rngs) * n, np.uint64)
        node, run = zip(*[self.starters.pairs(rng.start) for rng in rngs], strict=True)
        run = np.concatenate([BLOCK * block + column for block, column in enumerate(run)])
        node, run = self._new(active, np.concatenate(node), run)
        tally = Tally(np.bincount(run, minlength=runs), steps)
        while tally.goes_on(len(node)):
            node, run = self._new(active, *self._tried(node, run, rngs))
            tally.add(np.bincount(run, minlength=runs))
        return tally

    def _new(self, active: np.ndarray, node: np.ndarray, run: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Mark in ``active`` those who have been told for the first time; return who and in which run, each once."""
        word, bit = run // BLOCK * len(self.ties) + node, run % BLOCK
        is_new = active[word] & BIT[bit] == 0
        key = np.sort(word[is_new] * BLOCK + bit[is_new])
        key = key[np.diff(key, prepend=-1) > 0]
        word, bit = key // BLOCK, key % BLOCK
        np.bitwise_or.at(active, word, BIT[bit])
        block = word // len(self.ties)
        return word - block * len(self.ties), block * BLOCK + bit

    @property
    def blocks_at_once(self) -> int:
        """How many blocks of 64 runs are measured at once."""
        return 16 if self.is_sparse else super().blocks_at_once

    def _tried(self, node: np.ndarray, run: np.ndarray, rngs: Sequence[Streams]) -> tuple[np.ndarray, np.ndarray]:
        """Try all ways out of these people, each in a run, block by block; return whom it reaches, and in which run."""
        chance, most = self.transmission, float(np.max(self.transmission, initial=0))
        is_alike = not np.ndim(chance)
        blocks = np.searchsorted(run, BLOCK * np.arange(1, len(rngs) + 1))
        luck = []

        def choose(ends: np.ndarray) -> np.ndarray:
            begin, found = 0, []
            for rng, end in zip(rngs, np.append(0, ends)[blocks].tolist(), strict=True):
                found.append(successes(end - begin, most, rng.transmission) + begin)
                if not is_alike:
                    luck.append(rng.transmission.random(len(found[-1])))
                begin = end
            return np.concatenate(found)

        way, position = self.ways.out_of(node, choose)
        if luck:
            kept = np.concatenate(luck) * most < chance[self.ways.tie[way]]
            way, position = way[kept], position[kept]
        return self.ways.target[way], run[position]


def checked_chances(ties: Ties, transmission: float | Sequence[float]) -> float | np.ndarray:
    """Return one probability, or an array of one for each tie.

    Raises
    ------
    ParameterError
        If one is not in [0, 1], or there are not as many as ties.
    """
    if isinstance(transmission, str) or not np.iterable(transmission):
        check_share("transmission", transmission)
        return float(transmission)
    chances = as_row(transmission)
    if chances is None or chances.shape != (ties.n_ties,):
        raise ParameterError(
            f"transmission has {len(transmission)} entries, and there are {ties.n_ties} ties: give one probability, or "
            "one for each tie in the order of ties.pairs."
        )
    wrong = np.flatnonzero(~((chances >= 0) & (chances <= 1)))
    if wrong.size:
        check_share(f"transmission of tie {wrong[0]}", float(chances[wrong[0]]))
    chances.flags.writeable = False
    return chances
