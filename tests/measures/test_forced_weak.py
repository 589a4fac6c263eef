"""What closure forbids, and which ties it forces to be weak."""

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tertius.errors import GraphError, ParameterError
from tertius.measures import forbidden_triads, forced_weak, local_bridges

seeds = st.integers(0, 10**6)


def random_graph(seed, most=12):
    rng = np.random.default_rng(seed)
    n = int(rng.integers(1, most))
    graph = nx.gnm_random_graph(n, int(rng.integers(0, n * (n - 1) // 2 + 1)), seed=int(seed))
    for edge in graph.edges:
        graph.edges[edge]["strength"] = float(rng.integers(1, 5))
    return graph


def close_to(graph, node, cut=3):
    return [other for other in graph[node] if graph.edges[node, other]["strength"] >= cut]


def closed(graph, nodes):
    """Give a weak tie to every two strong contacts of some people who have none."""
    graph = graph.copy()
    for node in nodes:
        near = close_to(graph, node)
        for v in near:
            for w in near:
                if v != w and not graph.has_edge(v, w):
                    graph.add_edge(v, w, strength=1.0)
    return graph


def test_karate_breaks_closure_in_109_of_195_places():
    # Computed: strength 3 or more counts as strong (Zachary 1977).
    counted = forbidden_triads(nx.karate_club_graph(), 3).sum()
    assert counted.to_dict() == {"strong_pairs": 195, "forbidden": 109}


@given(seeds)
@settings(deadline=None)
def test_forbidden_triads_are_those_a_triple_loop_finds(seed):
    graph = random_graph(seed)
    counted = forbidden_triads(graph, 3)
    for node in graph:
        near = close_to(graph, node)
        pairs = [(v, w) for i, v in enumerate(near) for w in near[:i]]
        forbidden = sum(not graph.has_edge(v, w) for v, w in pairs)
        assert counted.loc[node].tolist() == [len(pairs), forbidden]


@given(seeds)
@settings(deadline=None)
def test_forced_ties_are_those_that_would_make_a_forbidden_triad_if_they_were_strong(seed):
    graph = random_graph(seed)
    expected = []
    for u, v in sorted(map(sorted, graph.edges)):
        strong = graph.copy()
        strong.edges[u, v]["strength"] = 9.0
        at = [(node, other, far) for node, other in ((u, v), (v, u)) for far in close_to(strong, node) if far != other]
        if any(not graph.has_edge(other, far) for _, other, far in at):
            expected.append((u, v))
    forced = forced_weak(graph, 3)
    assert forced.index.tolist() == expected
    bridges = set(nx.local_bridges(graph, with_span=False))
    for (u, v), row in forced.iterrows():
        assert row["local_bridge"] == ((u, v) in bridges or (v, u) in bridges)
        assert row["strong"] == (graph.edges[u, v]["strength"] >= 3)
        assert row["strength"] == graph.edges[u, v]["strength"]


@given(seeds)
@settings(max_examples=500, deadline=None)
def test_granovetters_theorem(seed):
    # Exact, 500 graphs closed at random nodes: if somebody satisfies closure and has two strong ties,
    # the bridge counted if it is strong, then every local bridge there is weak.
    rng = np.random.default_rng(seed)
    graph = random_graph(seed)
    graph = closed(graph, [node for node in graph if rng.random() < 0.5])
    counted = forbidden_triads(graph, 3)
    for u, v in nx.local_bridges(graph, with_span=False):
        for node in (u, v):
            if counted.loc[node, "forbidden"] == 0 and counted.loc[node, "strong_pairs"] > 0:
                assert graph.edges[u, v]["strength"] < 3


@given(seeds)
@settings(deadline=None)
def test_of_local_bridges_those_are_forced_that_have_another_strong_tie_at_an_end(seed):
    # The rule of thumb of lesson 06, exercise 2.
    graph = random_graph(seed)
    forced = forced_weak(graph, 3)
    bridging = set(map(frozenset, forced.index[forced["local_bridge"]]))
    for u, v in local_bridges(graph).index:
        another = (set(close_to(graph, u)) - {v}) | (set(close_to(graph, v)) - {u})
        assert (frozenset((u, v)) in bridging) == bool(another)


def test_a_weak_tie_need_not_bridge_and_a_tie_in_a_triangle_may_be_forced():
    # Ann is close to Bo; Cy and Ann know each other and share Di, but Bo knows neither.
    graph = nx.Graph([("Ann", "Bo"), ("Ann", "Cy"), ("Ann", "Di"), ("Cy", "Di")])
    forced = forced_weak(graph, [("Bo", "Ann")])
    assert forced["local_bridge"].to_dict() == {("Ann", "Cy"): False, ("Ann", "Di"): False}
    assert not forced["strong"].any()


def test_strong_ties_can_be_named_or_told_by_their_strength():
    graph = nx.karate_club_graph()
    named = [(v, u) for u, v, weight in graph.edges.data("weight") if weight >= 3]
    pd.testing.assert_frame_equal(forbidden_triads(graph, named), forbidden_triads(graph, 3))
    pd.testing.assert_frame_equal(forced_weak(graph, named), forced_weak(graph, 3))
    assert forbidden_triads(graph, []).to_numpy().sum() == 0
    assert forced_weak(graph, 99).empty


@pytest.mark.parametrize("measure", [forbidden_triads, forced_weak])
def test_what_cannot_be_asked_is_refused(measure):
    with pytest.raises(GraphError, match="there is no such tie"):
        measure(nx.path_graph(3), [(0, 2)])
    for wrong in ("strong", True, None):
        with pytest.raises(ParameterError, match="give the least strength of a strong tie"):
            measure(nx.path_graph(3), wrong)
    with pytest.raises(ParameterError, match="strong is nan"):
        measure(nx.path_graph(3), float("nan"))
    with pytest.raises(GraphError, match="undirected"):
        measure(nx.DiGraph([(1, 2)]), 1)
    star = nx.star_graph(3)
    star.graph["alter_ties"] = "none"
    with pytest.raises(GraphError, match="which of your contacts know each other"):
        measure(star, 1)
    assert measure(nx.empty_graph(2), 1).to_numpy().sum() == 0
