"""P3: all local bridges with their spans."""

from __future__ import annotations

from collections.abc import Iterator
from time import perf_counter

import networkx as nx
from tests.benchmarks import networks
from tests.benchmarks.runner import Row, timed

from tertius import local_bridges, overlap, structure


def rows() -> Iterator[Row]:
    """Yield networkx's and ours at 1,000 people, and ours at 10,000; then overlap, alone and after `structure`."""
    graph = networks.hubs(1000)
    ties, peer = networks.as_ties(graph), networks.as_networkx(graph)
    ours, _ = timed(lambda: local_bridges(networks.afresh(ties)), repeat=19)
    began = perf_counter()
    list(nx.local_bridges(peer))
    theirs = [perf_counter() - began]
    yield Row("P3 local bridges with spans, hubs, 1,000 people", "≥ 1,000×", ours, theirs, by="networkx, once")
    for kind, make in (("hubs", networks.hubs), ("small world", networks.small_world)):
        ties = networks.as_ties(make(10_000))
        ours, _ = timed(lambda ties=ties: local_bridges(networks.afresh(ties)), repeat=5)
        yield Row(f"P3 local bridges with spans, {kind}, 10,000 people", "< 0.5 s", ours)
    structure(ties)
    alone, _ = timed(lambda: overlap(networks.afresh(ties)), repeat=9)
    after, _ = timed(lambda: overlap(ties), repeat=9)
    yield Row("P1 overlap of all ties, small world, 10,000 people", "–", alone)
    yield Row("P1 the same after structure, from one pass", "–", after)
