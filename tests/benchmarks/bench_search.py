"""P11: people who search rugged landscapes and copy each other, with the exact best of each, beside one by one."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
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
        lambda: [one_by_one(np.random.default_rng(seed)) for seed in range(PEERS)],
        repeat=3,
    )
    yield Row(
        f"P11 search on landscapes, {LANDSCAPES:,} of them with the exact best, {PEOPLE} people, {STEPS} steps",
        "< 15 s",
        [seconds * LANDSCAPES / OURS for seconds in ours],
        [seconds * LANDSCAPES / PEERS for seconds in peer],
        by=f"each person in turn in plain Python, without the best, scaled from {PEERS} landscapes",
    )


def one_by_one(rng: np.random.Generator) -> list[float]:
    """Play one landscape as a program of agents does: each a list of bits, asked in turn."""
    reads = [[i, *rng.choice([j for j in range(DECISIONS) if j != i], RUGGEDNESS, False)] for i in range(DECISIONS)]
    worths = rng.random((DECISIONS, 2 ** (RUGGEDNESS + 1))).tolist()

    def quality(bits: list[int]) -> float:
        total = 0.0
        for read, worth in zip(reads, worths, strict=True):
            number = 0
            for j in read:
                number = 2 * number + bits[j]
            total += worth[number]
        return total / DECISIONS

    people = rng.integers(0, 2, (PEOPLE, DECISIONS)).tolist()
    good = [quality(bits) for bits in people]
    for _ in range(STEPS):
        which = rng.integers(0, DECISIONS, PEOPLE).tolist()
        after, better = list(people), list(good)
        for i, bits in enumerate(people):
            best = max((i - 1, (i + 1) % PEOPLE), key=good.__getitem__)
            if good[best] > good[i]:
                after[i], better[i] = people[best], good[best]
                continue
            changed = bits.copy()
            changed[which[i]] ^= 1
            value = quality(changed)
            if value > good[i]:
                after[i], better[i] = changed, value
        people, good = after, better
    return good
