"""P6: 1,024 cascades of thresholds among 10,000 people, beside ndlib doing one after another."""

from __future__ import annotations

from collections.abc import Iterator
from time import perf_counter

import ndlib.models.epidemics as epidemics
import ndlib.models.ModelConfig as config
import networkx as nx
import numpy as np
from tests.benchmarks.runner import Row, timed

from tertius import Ties
from tertius.models import ThresholdCascade
from tertius.simulate import ensemble

RUNS, STEPS, SAMPLE = 1024, 40, 2
PEOPLE, CONTACTS, THRESHOLD = 10_000, 4, 0.18


def rows() -> Iterator[Row]:
    """Yield a network tied at random, where most cascades reach nearly everybody."""
    graph = nx.fast_gnp_random_graph(PEOPLE, CONTACTS / (PEOPLE - 1), seed=1)
    model = ThresholdCascade(Ties.of(graph), THRESHOLD, 1)
    ours, _ = timed(lambda: ensemble(model, STEPS, runs=RUNS, seed=1), repeat=5)
    share = ensemble(model, STEPS, runs=RUNS, seed=1).mean("is_cascade")[-1]
    yield Row(
        f"P6 threshold cascades, {RUNS:,} runs, {PEOPLE:,} people, {share:.0%} of them large",
        "≥ 500×, < 150 ms",
        ours,
        [theirs(graph, seed) / SAMPLE * RUNS for seed in range(2)],
        by=f"ndlib, scaled from {SAMPLE} runs of {STEPS} steps",
    )


def theirs(graph: nx.Graph, seed: int) -> float:
    """Seconds for a few runs of the peer, each from one person, without setting it up."""
    rng, total = np.random.default_rng(seed), 0.0
    for _ in range(SAMPLE):
        settings = config.Configuration()
        settings.add_model_initial_configuration("Infected", [int(rng.integers(PEOPLE))])
        for node in graph:
            settings.add_node_configuration("threshold", node, THRESHOLD)
        model = epidemics.ThresholdModel(graph)
        model.set_initial_status(settings)
        began = perf_counter()
        model.iteration_bunch(STEPS, node_status=False)
        total += perf_counter() - began
    return total
