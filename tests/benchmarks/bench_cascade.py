"""P5: 1,000 independent cascades of ten people, beside cynetdiff doing one after another.

Shared luck draws what every tie would do in every run; fast luck draws only what is tried, where little spreads. The
peer's runs are scaled up from fewer where all would take minutes.
"""

from __future__ import annotations

from collections.abc import Iterator
from time import perf_counter

from cynetdiff.utils import networkx_to_ic_model
from tests.benchmarks import networks
from tests.benchmarks.runner import Row, timed

from tertius.models import IndependentCascade
from tertius.simulate import ensemble

RUNS = 1000
STARTERS = list(range(0, 1000, 100))
"""People who start, old and new ones among the newcomers of a network with hubs."""


def rows() -> Iterator[Row]:
    """Yield networks with hubs of 1,000 to 100,000 people, at a chance where most are reached and one where few are."""
    for people in (1000, 10_000, 100_000):
        graph = networks.hubs(people)
        ties, peer = networks.as_ties(graph), networks.as_networkx(graph)
        for chance in (0.1, 0.02):
            model, _ = networkx_to_ic_model(peer, activation_prob=chance, rng=1)
            count = 50 if people == 100_000 and chance == 0.1 else RUNS
            for luck in ("shared", "fast"):
                own = IndependentCascade(ties, chance, STARTERS, luck=luck)
                ours, _ = timed(lambda own=own: ensemble(own, 60, runs=RUNS, seed=1), repeat=3)
                theirs = [their_runs(model, count) * RUNS / count for _ in range(3)]
                target = {("shared", 0.1): "≥ 2×", ("fast", 0.02): "≥ 1×"}.get((luck, chance), "–")
                scaled = f", scaled from {count} runs" if count < RUNS else ""
                what = f"P5 cascades, {luck} luck, {people:,} people, chance {chance}"
                yield Row(what, target, ours, theirs, by=f"cynetdiff{scaled}")


def their_runs(model, count: int) -> float:
    """Seconds for some runs of the peer."""
    began = perf_counter()
    for _ in range(count):
        model.set_seeds(STARTERS)
        model.advance_until_completion()
        model.get_num_activated_nodes()
    return perf_counter() - began
