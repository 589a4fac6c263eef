"""P2: brokerage roles of 10,000 people, beside plain loops over brokers and their contacts."""

from __future__ import annotations

from collections.abc import Iterator

import networkx as nx
import numpy as np
from tests.benchmarks.runner import Row, timed

from tertius import Ties, brokerage_roles
from tertius.measures.brokerage import ROLES

PEOPLE = 10_000


def rows() -> Iterator[Row]:
    """Yield three networks of ten ties a person, people in five groups: hubs, rings with shortcuts, one-way ties."""
    networks = {
        "hubs (BA)": nx.barabasi_albert_graph(PEOPLE, 5, seed=1),
        "rings (WS)": nx.watts_strogatz_graph(PEOPLE, 10, 0.1, seed=1),
        "one-way ties at random": nx.gnm_random_graph(PEOPLE, 10 * PEOPLE, seed=1, directed=True),
    }
    groups = dict(enumerate(np.random.default_rng(1).integers(5, size=PEOPLE).tolist()))
    for name, graph in networks.items():
        ties = Ties.of(graph)
        assert brokerage_roles(ties, groups).to_numpy().tolist() == looped(graph, groups)
        ours, peer = timed(
            lambda ties=ties: brokerage_roles(ties, groups),
            lambda graph=graph: looped(graph, groups),
        )
        yield Row(
            f"P2 brokerage roles, {PEOPLE:,} people, {name}", "≥ 9×", ours, peer, by="loops over the networkx graph"
        )


def looped(graph: nx.Graph, groups: dict[int, int]) -> list[list[int]]:
    """Count roles the plain way, over the networkx graph."""
    sends, hears = (graph.succ, graph.pred) if graph.is_directed() else (graph.adj, graph.adj)
    counts = []
    for broker in graph:
        count = [0] * len(ROLES)
        own = groups[broker]
        for sender in hears[broker]:
            for receiver in sends[broker]:
                if receiver == sender or graph.has_edge(sender, receiver):
                    continue
                if groups[sender] == own:
                    count[0 if groups[receiver] == own else 2] += 1
                elif groups[receiver] == own:
                    count[3] += 1
                else:
                    count[1 if groups[sender] == groups[receiver] else 4] += 1
        counts.append(count)
    return counts
