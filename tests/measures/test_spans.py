"""Spans of local bridges, on graphs of every kind of path that the work takes."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tertius import Ties, local_bridges
from tertius.measures import reach
from tertius.measures import spans as module
from tertius.measures.spans import _in_square
from tertius.measures.triangles import triangles


def expected(graph):
    """Remove each tie in turn and look for the shortest way round."""
    found = {}
    for u, v in graph.edges:
        if not set(graph[u]) & set(graph[v]):
            left = graph.copy()
            left.remove_edge(u, v)
            found[frozenset((u, v))] = nx.shortest_path_length(left, u, v) if nx.has_path(left, u, v) else np.inf
    return found


def ours(graph):
    return {frozenset(pair): span for pair, span in local_bridges(graph)["span"].items()}


def sparse_graph(seed, most=40):
    """Trees, circles and chains among them: as many ties as people, or a few more or less."""
    rng = np.random.default_rng(seed)
    n = int(rng.integers(2, most))
    ties = min(int(rng.integers(n // 2, 2 * n)), n * (n - 1) // 2)
    return nx.gnm_random_graph(n, ties, seed=int(seed))


@given(st.integers(0, 10**6), st.sampled_from([0, 10**9]), st.sampled_from([1, 2, 16]), st.sampled_from([8, 1 << 26]))
@settings(deadline=None, max_examples=300)
def test_spans_are_the_shortest_ways_round_however_they_are_found(seed, squares, far, table):
    graph = sparse_graph(seed)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "SQUARES", squares)  # 0: list the squares first; else leave them to the shells
        patch.setattr(module, "FAR", far)  # few shells leave much to single searches
        patch.setattr(module, "TABLE", table)  # 8 bytes: one column after the other
        patch.setattr(module, "CACHE", 64)
        patch.setattr(reach, "CACHE", 64)
        patch.setattr(module, "BLOCK", 4)
        assert ours(graph) == expected(graph)


@given(st.integers(0, 10**6))
@settings(deadline=None)
def test_ties_in_squares_are_those_with_a_way_round_of_three(seed):
    graph = nx.gnp_random_graph(12, 0.3, seed=int(seed))
    ties = Ties.of(graph)
    listed = triangles(ties)
    for u, v, marked in zip(listed.low, listed.high, _in_square(ties, listed), strict=True):
        around = [(a, b) for a in graph[u] for b in graph[v] if a != v and b != u and graph.has_edge(a, b)]
        assert marked == bool(around)


@pytest.mark.parametrize("n", [4, 5, 33, 34, 35, 200])
def test_a_cycle_goes_all_the_way_round(n):
    # networkx's docstring of local_bridges: every tie of a cycle has span n − 1.
    assert set(local_bridges(nx.cycle_graph(n))["span"]) == {n - 1}
    assert set(local_bridges(nx.path_graph(n))["span"]) == {np.inf}


def test_two_cycles_with_a_long_way_between_them():
    graph = nx.disjoint_union(nx.cycle_graph(50), nx.cycle_graph(41))
    nx.add_path(graph, [0, *range(100, 140), 50])
    spans = local_bridges(graph)["span"]
    assert spans.value_counts().to_dict() == {49.0: 50, 40.0: 41, np.inf: 41}


def test_a_crowd_with_one_pendant():
    graph = nx.complete_graph(200)
    graph.add_edge(0, "pendant")
    assert local_bridges(graph)["span"].to_dict() == {(0, "pendant"): np.inf}


def test_nobody_and_no_bridges():
    assert local_bridges(nx.Graph()).empty
    assert local_bridges(nx.empty_graph(3)).empty
    assert local_bridges(nx.complete_graph(3)).empty


@pytest.mark.slow
def test_spans_of_ten_thousand_people_are_those_that_single_searches_find():
    graph = nx.barabasi_albert_graph(10_000, 5, seed=1)
    ties = Ties.of(graph)
    for (u, v), span in local_bridges(ties)["span"].sample(500, random_state=1).items():
        assert module._searched(ties, u, v) == span
