"""P10: the largest connected part after each tie of an order is removed, beside igraph recomputing it each time."""

from __future__ import annotations

from collections.abc import Iterator
from time import perf_counter

import igraph
import numpy as np
from tests.benchmarks.runner import Row, timed

from tertius import Ties, removal_curve

SAMPLE = 40
"""After how many of the cuts the peer is measured; its time for all of them is scaled up from these."""


def rows() -> Iterator[Row]:
    """Yield networks of 10,000 and 100,000 people, ten ties a person, all ties removed in random order."""
    for people in (10_000, 100_000):
        graph = igraph.Graph.Barabasi(people, 5)
        graph.simplify()
        ties = Ties.of(np.array(graph.get_edgelist()).tolist())
        order = np.random.default_rng(1).permutation(ties.n_ties)
        ours, _ = timed(lambda ties=ties, order=order: removal_curve(ties, order), repeat=9)
        peer = [recomputed(graph, np.random.default_rng(turn)) for turn in range(3)]
        each = 1e6 * float(np.median(ours)) / ties.n_ties
        yield Row(
            f"P10 percolation, {people:,} people, {ties.n_ties:,} ties: {each:.2f} µs a tie",
            "≥ 10,000×, ≤ 0.35 µs a tie",
            ours,
            peer,
            by=f"igraph recomputing, scaled from {SAMPLE} cuts",
        )


def recomputed(graph: igraph.Graph, rng: np.random.Generator) -> float:
    """Seconds that igraph would take to cut every tie in turn and look for the largest part after each cut.

    Measured at cuts spread evenly over the way, where what is left is small and large alike.
    """
    count = graph.ecount()
    order = rng.permutation(count)
    total = 0.0
    for cut in np.linspace(0, count - 1, SAMPLE).astype(int).tolist():
        left = graph.copy()
        left.delete_edges(order[:cut].tolist())
        last = order[cut]
        end = graph.es[int(last)].tuple
        began = perf_counter()
        left.delete_edges([left.get_eid(*end)])
        max(left.connected_components().sizes())
        total += perf_counter() - began
    return total / SAMPLE * count
