"""Networks that the tests of measures are made with."""

import networkx as nx
import numpy as np


def random_graph(seed, most=10, directed=False, least=1):
    """A network of ``least`` to ``most`` people with any number of ties, of strengths 1 to 4."""
    rng = np.random.default_rng(seed)
    n = int(rng.integers(least, most + 1))
    ties = int(rng.integers(0, n * (n - 1) // (1 if directed else 2) + 1))
    graph = nx.gnm_random_graph(n, ties, seed=int(seed), directed=directed)
    for edge in graph.edges:
        graph.edges[edge]["strength"] = float(rng.integers(1, 5))
    return graph


def random_groups(graph, seed, most=3):
    rng = np.random.default_rng((seed, 1))
    return {node: "ABCDEF"[rng.integers(most)] for node in graph}


def star_without_alter_ties(k=3):
    star = nx.star_graph(k)
    star.graph["alter_ties"] = "none"
    return star


def renamed(graph):
    """The same network with other names, in another order, beside an isolate and a part of its own."""
    larger = nx.relabel_nodes(graph, lambda node: ("p", node))
    other = larger.__class__()
    other.add_node("alone")
    other.add_edge("x", "y", strength=1.0)
    other.add_nodes_from(reversed(list(larger.nodes(data=True))))
    other.add_edges_from(larger.edges(data=True))
    return other


def within_four_errors(values, expected):
    """Whether the mean of independent values is the expected one, within four standard errors."""
    values = np.asarray(values, float)
    error = values.std(axis=0, ddof=1) / np.sqrt(len(values))
    return bool(np.all(np.abs(values.mean(axis=0) - expected) <= 4 * error + 1e-12))
