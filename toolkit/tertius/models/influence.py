"""Whom to tell first: choose the people from whom a cascade reaches most."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations, islice
from math import comb, exp

import numpy as np

from tertius.errors import ParameterError, check_count, choose_from
from tertius.models.bits import unpacked
from tertius.models.cascade import IndependentCascade
from tertius.models.exact import Outcomes
from tertius.models.linear import LinearThreshold
from tertius.models.parts import Parts
from tertius.models.reverse import imm
from tertius.models.starters import RULES, Starters
from tertius.simulate import BLOCK
from tertius.simulate.engine import checked_seed, grouped
from tertius.simulate.protocol import Streams

SEARCHES = ("greedy", "exhaustive")
MOST_EXACT = 1 << 14
"""With no more ways in which luck can fall, all are tried."""
MOST_PEOPLE = 200
"""With more people, whom each reaches in each sample is too much to hold, and samples are taken backwards."""
MOST_SETS = 200_000
SAMPLES = 1024
MOST_WORDS = 1 << 20
"""How many words are tried together."""


@dataclass(frozen=True)
class Choice:
    """Who was chosen to start, how far a cascade gets from them, and how good that is.

    Attributes
    ----------
    people : tuple
        In the order in which they were chosen.
    rule : str
    reach : float
        Expected number of people reached, themselves included.
    stderr : float
        Its standard error; 0 if it was worked out exactly.
    bound : float
        The reach is at least this share of the best possible: 1 for the best itself, ``nan`` if nothing is known.
    how : str
        How the people were found, and what the bound rests on.
    """

    people: tuple
    rule: str
    reach: float
    stderr: float
    bound: float
    how: str


def choose_adopters(
    model: IndependentCascade | LinearThreshold, k: int, rule: str = "greedy", *, seed: int = 1
) -> Choice:
    r"""Choose ``k`` people to start a cascade.

    A person adds least where the others reach already, so the reach has diminishing returns: taking, step by step,
    whoever adds most gets at least :math:`1 - 1/e = 0.63` of the best possible [1]_, and mostly far more.

    Parameters
    ----------
    model : IndependentCascade or LinearThreshold
        The rule, with its ties and settings; who starts in it does not matter. One voice is enough in both, so this
        says nothing about what takes several.
    k : int
        How many, at least 1.
    rule : str
        ``"greedy"``: step by step. ``"exhaustive"``: the best of all sets, up to 200,000 of them and 200 people. Or a
        rule that asks for no search: ``"random"``, ``"friend"`` (both drawn once), ``"degree"``,
        ``"degree discount"``, ``"spread out"``; see `IndependentCascade`.
    seed : int
        The luck of samples and drawn rules.

    Returns
    -------
    Choice

    Raises
    ------
    GraphError, ParameterError
        If there is no such rule, ``k`` is not a number of people, or there are too many sets to try.

    Notes
    -----
    What a search tries depends on the network alone. With up to 2¹⁴ ways in which luck can fall: all of them, so reach
    and bound are exact. Up to 200 people: 1,024 samples of live ways, the same for all sets, so the bound holds on the
    samples; the reach is estimated anew from others. More, undirected ties and news: 16 to 1,024 such samples, fewer
    for more people. More, but directed ties or thresholds: people are drawn who might be reached, and from whom
    (reverse influence sampling, with as many samples as IMM asks for at ε = 0.3 [2]_); the bound compares the reach on
    fresh samples with the most that any set can have, and holds with probability 1 − 1/n. Of equals the first in the
    network's order is taken.

    References
    ----------
    .. [1] Kempe, Kleinberg and Tardos, KDD 2003, 137-146.
    .. [2] Tang, Shi and Xiao, SIGMOD 2015, 1539-1554; the bound is that of Tang, Tang, Xiao and Yuan, SIGMOD 2018,
       991-1005.

    Examples
    --------
    >>> two_stars = IndependentCascade([("A", 1), ("A", 2), ("A", 3), ("B", 4), ("B", 5)], 0.5)
    >>> choice = choose_adopters(two_stars, 2)
    >>> choice.people, choice.reach, choice.stderr
    (('A', 'B'), 4.5, 0.0)
    """
    ways_to_fall, seed = Outcomes.count(model), checked_seed(seed)
    check_count("k", k, 1, len(model.ties), limit="the number of people, ")
    choose_from(rule, (*SEARCHES, *RULES), "rule")
    outcomes = Outcomes.of(model) if ways_to_fall <= MOST_EXACT else None
    places, bound, how = _found(model, k, rule, outcomes, seed)
    people = tuple(model.ties.ids[place] for place in places.tolist())
    if outcomes is not None:
        reach, stderr = float(outcomes.chances(outcomes.reached(places)).sum()), 0.0
    else:
        reach, stderr = _reach(model, people, seed)
    return Choice(people, rule, reach, stderr, bound, how)


def _found(
    model: IndependentCascade | LinearThreshold, k: int, rule: str, outcomes: Outcomes | None, seed: int
) -> tuple[np.ndarray, float, str]:
    """Find people by a rule: their positions, the bound and how they were found."""
    n = len(model.ties)
    if rule in RULES:
        starters = Starters(model.ties, k, rule, getattr(model, "mean_chance", 0.0))
        node, run = starters.pairs(Streams(("start",), seed, 0).start)
        return node[run == 0], float("nan"), "by the rule, without a search"
    if n > MOST_PEOPLE:
        if rule == "exhaustive":
            raise ParameterError(
                f"There are {n} people, and all sets are tried among {MOST_PEOPLE} at most; try 'greedy'."
            )
        rng = np.random.Generator(np.random.SFC64(seed))
        if isinstance(model, IndependentCascade) and not model.ties.directed:
            parts = Parts(model, rng)
            return parts.step_by_step(k), 1 - exp(-1), f"step by step, on {parts.samples:,} samples of live ties"
        found = imm(model, k, rng)
        return found.people, found.bound, f"step by step, on {found.samples:,} samples of who would have told somebody"
    if outcomes is not None:
        tried = f"all {np.count_nonzero(outcomes.chance):,} ways in which luck can fall"
    else:
        outcomes, tried = _sampled(model, seed), f"{SAMPLES:,} samples of live ways"
    worth = Worth(outcomes)
    if rule == "greedy":
        return worth.step_by_step(k), 1 - exp(-1), f"step by step, on {tried}"
    count = comb(n, k)
    if count > MOST_SETS:
        raise ParameterError(
            f"There are {count:,} sets of {k} of {n} people, and I try at most {MOST_SETS:,}; choose fewer, or "
            "try 'greedy'."
        )
    return worth.best(k), 1.0, f"the best of {count:,} sets, on {tried}"


class Worth:
    """How far any set of people reaches, on every way in which luck can fall or on samples of them."""

    def __init__(self, outcomes: Outcomes) -> None:
        self.outcomes = outcomes
        self.alone = np.stack([outcomes.reached(np.array([person])) for person in range(outcomes.ways.n)])
        self._are_alike = bool((outcomes.chance == outcomes.chance[0]).all())

    def of(self, reached: np.ndarray) -> np.ndarray:
        """Expected numbers of people reached, from who is reached in each outcome, uint64 (…, n, words)."""
        chance = self.outcomes.chance
        if self._are_alike:
            return np.bitwise_count(reached).sum(axis=(-2, -1), dtype=np.int64) * chance[0]
        return np.add.reduce(unpacked(reached), axis=-3, dtype=np.int32).reshape(*reached.shape[:-2], -1) @ chance

    def step_by_step(self, k: int) -> np.ndarray:
        """Take ``k`` times whoever adds most; of equals the first."""
        n, chosen = len(self.alone), []
        covered = np.zeros(self.alone.shape[1:], np.uint64)
        for _ in range(k):
            worth = np.concatenate([self.of(self.alone[part] | covered) for part in self._parts(range(n))])
            worth[chosen] = -np.inf
            chosen.append(int(np.flatnonzero(worth >= worth.max() - 1e-9)[0]))
            covered |= self.alone[chosen[-1]]
        return np.array(chosen, np.int64)

    def best(self, k: int) -> np.ndarray:
        """Try all sets of ``k`` people; of equals the first."""
        most, found = -np.inf, np.zeros(k, np.int64)
        sets = combinations(range(len(self.alone)), k)
        while part := list(islice(sets, self._at_once)):
            tried = np.array(part)
            reached = self.alone[tried[:, 0]]
            for column in tried.T[1:]:
                reached |= self.alone[column]
            worth = self.of(reached)
            first = int(np.flatnonzero(worth >= worth.max() - 1e-9)[0])
            if worth[first] > most + 1e-9:
                most, found = worth[first], tried[first]
        return found

    @property
    def _at_once(self) -> int:
        return max(1, MOST_WORDS // self.alone[0].size)

    def _parts(self, everybody: range) -> list[slice]:
        return [slice(first, first + self._at_once) for first in everybody[:: self._at_once]]


def _sampled(model: IndependentCascade | LinearThreshold, seed: int) -> Outcomes:
    """Draw which ways are live: the luck of the first runs of an ensemble with this seed."""
    words = SAMPLES // BLOCK
    model = replace(model, luck="shared") if isinstance(model, IndependentCascade) else model
    live = np.stack([model.live(Streams(model.streams, seed, block)) for block in range(words)], axis=1)
    return Outcomes(model.ways, live, np.full(SAMPLES, 1 / SAMPLES))


def _reach(model: IndependentCascade | LinearThreshold, people: tuple, seed: int) -> tuple[float, float]:
    """Estimate how far it gets from these people, on runs that no search has seen; with its standard error."""
    fast = {"luck": "fast"} if isinstance(model, IndependentCascade) else {}
    model = replace(model, initial_adopters=people, **fast)
    words = SAMPLES // BLOCK
    blocks = range(words, 2 * words)
    reached = np.concatenate(
        [
            model.tally([Streams(model.streams, seed, block) for block in group], len(model.ties)).last
            for group in grouped(model, blocks)
        ]
    )
    return float(reached.mean()), float(reached.std(ddof=1) / np.sqrt(len(reached)))
