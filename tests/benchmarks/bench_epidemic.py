"""P7: 100 outbreaks among 10,000 people: in steps beside ndlib, in continuous time beside EoN."""

from __future__ import annotations

from collections.abc import Iterator
from time import perf_counter

import EoN
import ndlib.models.epidemics as epidemics
import ndlib.models.ModelConfig as config
from tests.benchmarks import networks
from tests.benchmarks.runner import Row, timed

from tertius.models import SIR, ContinuousSIR
from tertius.simulate import ensemble

RUNS, STEPS, SAMPLE = 100, 100, 3
STARTERS = list(range(0, 1000, 100))


def rows() -> Iterator[Row]:
    """Yield a network with hubs, where an outbreak reaches most."""
    graph = networks.hubs(10_000)
    ties, peer = networks.as_ties(graph), networks.as_networkx(graph)
    for what, target, model, theirs, by in (
        ("in steps", "≥ 100×", SIR(ties, 0.05, 0.2, STARTERS), in_steps, "ndlib"),
        ("in continuous time", "≥ 50×", ContinuousSIR(ties, 0.1, 0.2, 1, STARTERS), in_time, "EoN fast_SIR"),
    ):
        ours, _ = timed(lambda model=model: ensemble(model, STEPS, runs=RUNS, seed=1), repeat=3)
        yield Row(
            f"P7 SIR {what}, {RUNS} runs, 10,000 people",
            target,
            ours,
            [theirs(peer) / SAMPLE * RUNS for _ in range(2)],
            by=f"{by}, scaled from {SAMPLE} runs",
        )


def in_steps(graph) -> float:
    """Seconds for a few runs of ndlib, without setting it up."""
    total = 0.0
    for _ in range(SAMPLE):
        settings = config.Configuration()
        settings.add_model_parameter("beta", 0.05)
        settings.add_model_parameter("gamma", 0.2)
        settings.add_model_initial_configuration("Infected", STARTERS)
        model = epidemics.SIRModel(graph)
        model.set_initial_status(settings)
        began = perf_counter()
        model.iteration_bunch(STEPS, node_status=False)
        total += perf_counter() - began
    return total


def in_time(graph) -> float:
    """Seconds for a few runs of EoN."""
    began = perf_counter()
    for _ in range(SAMPLE):
        EoN.fast_SIR(graph, 0.1, 0.2, initial_infecteds=STARTERS)
    return perf_counter() - began
