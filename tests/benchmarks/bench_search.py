"""P11: people who search rugged landscapes and copy each other, with the exact best of each, beside mesa."""

from __future__ import annotations

from collections.abc import Iterator

import mesa
from tests.benchmarks.runner import Row, timed

from tertius.models import LandscapeSearch
from tertius.simulate import BLOCK, ensemble

LANDSCAPES, STEPS, PEOPLE, DECISIONS, RUGGEDNESS = 1000, 200, 100, 20, 5
OURS, PEERS = 2 * BLOCK, 2
"""On how many landscapes each is measured; the times are scaled up to all of them."""


def rows() -> Iterator[Row]:
    """Yield a ring of 100 people, 20 decisions with five others each, 200 steps, 1,000 landscapes."""
    model = LandscapeSearch("ring", DECISIONS, RUGGEDNESS, PEOPLE)
    ours, peer = timed(
        lambda: ensemble(model, STEPS, runs=OURS, seed=1),
        lambda: [in_mesa(seed) for seed in range(PEERS)],
        repeat=3,
    )
    yield Row(
        f"P11 search on landscapes, {LANDSCAPES:,} of them with the exact best, {PEOPLE} people, {STEPS} steps",
        "< 15 s",
        [seconds * LANDSCAPES / OURS for seconds in ours],
        [seconds * LANDSCAPES / PEERS for seconds in peer],
        by=f"mesa, without the best, scaled from {PEERS} landscapes",
    )


class Searcher(mesa.Agent):
    """Somebody on a ring who looks at two neighbours, and else changes one decision."""

    def __init__(self, model: Search) -> None:
        super().__init__(model)
        self.bits = [int(model.rng.random() < 0.5) for _ in range(DECISIONS)]
        self.good = model.quality(self.bits)

    def look(self) -> None:
        """Choose what to do next, by what the others do now."""
        before, after = self.sees
        best = before if before.good >= after.good else after
        if best.good > self.good:
            self.next = best.bits, best.good
            return
        changed = self.bits.copy()
        changed[int(self.model.rng.integers(DECISIONS))] ^= 1
        value = self.model.quality(changed)
        self.next = (changed, value) if value > self.good else (self.bits, self.good)

    def go(self) -> None:
        """Do it."""
        self.bits, self.good = self.next


class Search(mesa.Model):
    """One landscape, and people on a ring who search it."""

    def __init__(self, seed: int) -> None:
        super().__init__(rng=seed)
        others = [[j for j in range(DECISIONS) if j != i] for i in range(DECISIONS)]
        self.reads = [[i, *self.rng.choice(others[i], RUGGEDNESS, False).tolist()] for i in range(DECISIONS)]
        self.worths = self.rng.random((DECISIONS, 2 ** (RUGGEDNESS + 1))).tolist()
        people = [Searcher(self) for _ in range(PEOPLE)]
        for i, one in enumerate(people):
            one.sees = people[i - 1], people[(i + 1) % PEOPLE]

    def quality(self, bits: list[int]) -> float:
        """How good a solution is: the mean of what each decision is worth with those it depends on."""
        total = 0.0
        for read, worth in zip(self.reads, self.worths, strict=True):
            number = 0
            for j in read:
                number = 2 * number + bits[j]
            total += worth[number]
        return total / DECISIONS

    def step(self) -> None:
        """Let all look, and then all go."""
        self.agents.do("look")
        self.agents.do("go")


def in_mesa(seed: int) -> None:
    """Play one landscape."""
    search = Search(seed)
    for _ in range(STEPS):
        search.step()
