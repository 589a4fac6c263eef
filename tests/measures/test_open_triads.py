"""Open triads by name, and how far a network is closed."""

from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.measures.graphs import random_graph, renamed, star_without_alter_ties

from tertius import closure_share, forbidden_triads, open_triads
from tertius.errors import GraphError, ParameterError
from tertius.measures import closure

seeds = st.integers(0, 10**6)


@given(seeds, st.sampled_from([0.0, 3.0]))
@settings(deadline=None)
def test_open_triads_are_those_that_loops_find(seed, strong):
    graph = random_graph(seed, most=12)
    expected = []
    for node in graph:
        near = sorted(other for other in graph[node] if graph.edges[node, other]["strength"] >= strong)
        expected += [[node, *pair] for pair in combinations(near, 2) if not graph.has_edge(*pair)]
    found = open_triads(graph, strong)
    assert found.to_numpy().tolist() == expected
    counted = found["between"].value_counts()
    assert forbidden_triads(graph, strong)["forbidden"].to_dict() == {node: counted.get(node, 0) for node in graph}


@given(seeds)
@settings(deadline=None)
def test_the_share_of_all_ties_is_transitivity(seed):
    graph = random_graph(seed, most=12)
    ours = closure_share(graph)
    if np.isnan(ours):
        assert max(dict(graph.degree).values(), default=0) < 2
    else:
        assert ours == pytest.approx(nx.transitivity(graph), abs=1e-12)
    after = closure_share(renamed(graph))
    assert after == pytest.approx(ours, abs=1e-12, nan_ok=True)


def test_karate_is_a_quarter_closed_and_its_strong_ties_less_than_half():
    # Transitivity .2557; 109 of 195 strong two-paths are open (Zachary 1977).
    club = nx.karate_club_graph()
    assert closure_share(club) == pytest.approx(0.2557, abs=5e-5)
    assert closure_share(club, 3) == pytest.approx(1 - 109 / 195, abs=1e-12)
    assert len(open_triads(club, 3)) == 109


def test_a_weak_tie_closes_and_full_groups_hold_to_closure():
    graph = nx.Graph()
    graph.add_weighted_edges_from([("Ann", "Bo", 5), ("Ann", "Cy", 5), ("Bo", "Cy", 1)], weight="strength")
    assert open_triads(graph, 5).empty
    assert closure_share(graph, 5) == 1
    assert closure_share(nx.complete_graph(5)) == 1
    assert closure_share(nx.star_graph(4)) == 0
    named = open_triads(nx.path_graph(3), [(0, 1), (2, 1)])
    assert named.to_numpy().tolist() == [[1, 0, 2]]
    assert np.isnan(closure_share(nx.path_graph(3), [(0, 1)]))


@pytest.mark.parametrize("measure", [open_triads, closure_share])
def test_what_cannot_be_asked_is_refused(measure, monkeypatch):
    with pytest.raises(GraphError, match="undirected"):
        measure(nx.DiGraph([(1, 2)]))
    with pytest.raises(GraphError, match="which of your contacts know each other"):
        measure(star_without_alter_ties())
    with pytest.raises(ParameterError, match="give the least strength"):
        measure(nx.path_graph(3), "strong")
    monkeypatch.setattr(closure, "MOST_TRIADS", 5)
    with pytest.raises(GraphError, match="6 pairs of ties that meet, too many to list"):
        open_triads(nx.star_graph(4))
    assert open_triads(nx.empty_graph(2)).columns.tolist() == ["between", "one", "other"]
