"""P12: places for 1,000 people, and how well distances in the picture match those in ties."""

from __future__ import annotations

from collections.abc import Iterator

import networkx as nx
import numpy as np
import rustworkx
from scipy.sparse import csgraph
from tests.benchmarks import networks
from tests.benchmarks.runner import Row, timed

from tertius import Ties
from tertius.draw import layout


def stress(ties: Ties, places: np.ndarray) -> float:
    """Mean of the squared share by which distances are off, at the best scale."""
    wanted = csgraph.shortest_path(ties.array(), unweighted=True)
    apart = np.linalg.norm(places[:, None] - places[None], axis=2)
    off = ~np.eye(len(places), dtype=bool)
    ratio = apart[off] / wanted[off]
    return float(((ratio * ratio.sum() / (ratio**2).sum() - 1) ** 2).mean())


def rows() -> Iterator[Row]:
    """Yield three kinds of network beside igraph and rustworkx, and one beside networkx; all in a square."""
    for kind, make in (("hubs", networks.hubs), ("small world", networks.small_world), ("groups", networks.groups)):
        graph = make(1000).connected_components().giant()
        ties = networks.as_ties(graph)
        ours, theirs = timed(
            lambda ties=ties: layout(networks.afresh(ties), aspect=1), graph.layout_fruchterman_reingold
        )
        found, peer = (
            stress(ties, layout(ties, aspect=1)),
            stress(ties, np.array(graph.layout_fruchterman_reingold().coords)),
        )
        what = f"P12 layout, {kind}, {len(ties):,} people: stress {found:.3f}, igraph's {peer:.3f}"
        yield Row(what, "≤ 20 ms at stress ≤ .20", ours, theirs, by="igraph, Fruchterman–Reingold")
    other = rustworkx.PyGraph()
    other.add_nodes_from(range(len(ties)))
    other.add_edges_from_no_data(graph.get_edgelist())
    same = networks.as_networkx(graph)
    found = rustworkx.spring_layout(other, seed=1)
    peer = stress(ties, np.array([found[k] for k in range(len(ties))]))
    for name, call in (
        (f"rustworkx, spring layout, stress {peer:.3f}", lambda: rustworkx.spring_layout(other, seed=1)),
        ("networkx, spring layout", lambda: nx.spring_layout(same, seed=1)),
    ):
        times = timed(lambda: layout(networks.afresh(ties), aspect=1), call, repeat=3)
        yield Row(f"P12 layout, groups, {len(ties):,} people", "–", *times, by=name)
