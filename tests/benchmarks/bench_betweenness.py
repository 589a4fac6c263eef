"""P4: exact betweenness, as it comes and by numpy alone, beside rustworkx."""

from __future__ import annotations

from collections.abc import Iterator

import networkx as nx
import numpy as np
import rustworkx
from tests.benchmarks.runner import Row, timed

from tertius import Ties, betweenness
from tertius.measures.in_between import _dependencies


def rows() -> Iterator[Row]:
    """Yield networks of 300 to 2,000 people, ten ties a person, with and without igraph, and a sample of 10,000."""
    networks = {
        "300 people, hubs (BA)": nx.barabasi_albert_graph(300, 5, seed=1),
        "1,000 people, hubs (BA)": nx.barabasi_albert_graph(1_000, 5, seed=1),
        "1,000 people, rings (WS)": nx.watts_strogatz_graph(1_000, 10, 0.1, seed=1),
        "2,000 people, hubs (BA)": nx.barabasi_albert_graph(2_000, 5, seed=1),
    }
    for name, graph in networks.items():
        ties = Ties.of(graph)
        everybody = np.arange(len(ties))
        peer = rustworkx.PyGraph()
        peer.add_nodes_from(range(len(ties)))
        peer.add_edges_from_no_data([(u, v) for u, v in zip(*(end.tolist() for end in ties.pairs), strict=True)])
        ways = {
            "as it comes": lambda ties=ties: betweenness(ties),
            "numpy alone": lambda ties=ties, everybody=everybody: _dependencies(ties, everybody),
        }
        for way, ours in ways.items():
            times = timed(ours, lambda peer=peer: rustworkx.betweenness_centrality(peer))
            yield Row(f"P4 betweenness, {name}, {way}", "≥ 1×", *times, by="rustworkx")
    large = Ties.of(nx.barabasi_albert_graph(10_000, 5, seed=1))
    ours, _ = timed(lambda: betweenness(large, sample=1_000, seed=1), repeat=3)
    error = betweenness(large, sample=1_000, seed=1).max()
    what = f"P4 betweenness, 10,000 people, 1,000 sampled: at most {error['betweenness']:.2g} ± {error['stderr']:.1g}"
    yield Row(what, "stated error", ours)
