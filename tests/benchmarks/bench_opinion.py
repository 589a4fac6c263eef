"""P8: averaging opinions, with and without stubborn people, beside ndlib and beside reading the arrays.

Of 1,000 steps only those are worked out that still change something; so that the cost of a step is seen too, fewer are
measured beside reading every number once for each.
"""

from __future__ import annotations

from collections.abc import Iterator
from time import perf_counter

import ndlib.models.ModelConfig as config
import ndlib.models.opinions as opinions
import networkx as nx
import numpy as np
from tests.benchmarks.networks import as_networkx, as_ties, hubs
from tests.benchmarks.runner import Row, timed

from tertius.models import DeGroot, FriedkinJohnsen

PEOPLE, STEPS, SAMPLE = 10_000, 1000, 3
CHANGING = 40
"""So many steps all change something."""


def rows() -> Iterator[Row]:
    """Yield opinions of 10,000 people with ten ties each."""
    network = hubs(PEOPLE)
    first = np.random.default_rng(1).random(PEOPLE)
    ties, graph = as_ties(network), as_networkx(network)
    for model, stubborn in ((DeGroot(ties, 0), 0.0), (FriedkinJohnsen(ties, 0, susceptibility=0.8), 0.2)):
        what = f"P8 {type(model).__name__}, {PEOPLE:,} people"
        ours, _ = timed(lambda model=model: model.after(STEPS, first), repeat=5)
        theirs = [in_ndlib(graph, stubborn) / SAMPLE * STEPS for _ in range(2)]
        yield Row(f"{what}, {STEPS:,} steps", "≥ 500×", ours, theirs, by=f"ndlib, scaled from {SAMPLE} steps")
        ours, reading = timed(
            lambda model=model: model.after(CHANGING, first), lambda model=model: stream(model.weights), repeat=20
        )
        yield Row(f"{what}, {CHANGING} steps", "≤ 1.5×, so ≥ 0.67×", ours, reading, by="reading its arrays")


def in_ndlib(graph: nx.Graph, stubborn: float) -> float:
    """Seconds for a few steps of the peer, without setting it up."""
    settings = config.Configuration()
    for node in graph:
        settings.add_node_configuration("stubbornness", node, stubborn)
    model = opinions.FJModel(graph)
    model.set_initial_status(settings)
    model.iteration()  # the first only returns where all begin
    began = perf_counter()
    model.iteration_bunch(SAMPLE, node_status=False)
    return perf_counter() - began


def stream(weights) -> float:
    """Read every number of the arrays as often as there are steps."""
    return sum(float(weights.data.sum()) + int(weights.indices.sum()) for _ in range(CHANGING))
