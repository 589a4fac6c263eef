"""P8: averaging opinions, with and without stubborn people, beside reading the arrays and beside networkx and loops."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from tests.benchmarks.networks import as_networkx, as_ties, hubs
from tests.benchmarks.runner import Row, timed

from tertius.models import DeGroot, FriedkinJohnsen

PEOPLE, STEPS, PEERS = 10_000, 1000, 2
"""The peer's time is scaled up from ``PEERS`` steps."""


def rows() -> Iterator[Row]:
    """Yield 1,000 steps of 10,000 people with ten ties each."""
    graph = hubs(PEOPLE)
    first = np.random.default_rng(1).random(PEOPLE)
    neighbours = {node: list(near) for node, near in as_networkx(graph).adjacency()}
    ties = as_ties(graph)
    for model, what in ((DeGroot(ties), "DeGroot"), (FriedkinJohnsen(ties), "Friedkin and Johnsen")):
        weights = model.weights
        ours, reading = timed(lambda model=model: model.after(STEPS, first), lambda w=weights: stream(w), repeat=5)
        _, peer = timed(lambda: None, lambda: loops(neighbours, first.tolist(), PEERS), repeat=3)
        yield Row(
            f"P8 {what}, {PEOPLE:,} people, {STEPS:,} steps",
            "≥ 500×",
            ours,
            [seconds * STEPS / PEERS for seconds in peer],
            by=f"loops over neighbours, scaled from {PEERS} steps",
        )
        yield Row(
            f"P8 {what}, beside reading its arrays", "≤ 1.5×, so a ratio ≥ 0.67", ours, reading, by="sums of them"
        )


def stream(weights) -> float:
    """Read every number of the arrays as often as there are steps."""
    return sum(float(weights.data.sum()) + int(weights.indices.sum()) for _ in range(STEPS))


def loops(neighbours: dict, opinions: list[float], steps: int) -> list[float]:
    """Average as it is told: person by person, contact by contact."""
    for _ in range(steps):
        opinions = [
            (opinions[node] + sum(opinions[other] for other in near)) / (1 + len(near))
            for node, near in neighbours.items()
        ]
    return opinions
