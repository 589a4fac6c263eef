"""Bridges and cut points."""

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.measures.graphs import random_graph, renamed, star_without_alter_ties

from tertius import cut_points, global_bridges, local_bridges
from tertius.errors import GraphError

seeds = st.integers(0, 10**6)


def sparse_graph(seed):
    """Few enough ties that many are bridges."""
    graph = random_graph(seed, most=14)
    return nx.Graph(list(graph.edges(data=True))[: len(graph) + 2])


@given(seeds)
@settings(deadline=None)
def test_bridges_are_those_of_networkx_and_their_sides_those_of_a_cut(seed):
    graph = sparse_graph(seed)
    found = global_bridges(graph)
    assert set(map(frozenset, found.index)) == set(map(frozenset, nx.bridges(graph)))
    for (u, v), row in found.iterrows():
        cut = graph.copy()
        cut.remove_edge(u, v)
        assert row["source_side"] == len(nx.node_connected_component(cut, u))
        assert row["target_side"] == len(nx.node_connected_component(cut, v))
        assert row["strength"] == graph.edges[u, v]["strength"]


@given(seeds)
@settings(deadline=None)
def test_cut_points_are_those_of_networkx_with_what_is_left(seed):
    graph = sparse_graph(seed)
    found = cut_points(graph)
    assert set(found.index) == set(nx.articulation_points(graph))
    for person, row in found.iterrows():
        part = graph.subgraph(nx.node_connected_component(graph, person) - {person})
        sizes = sorted(map(len, nx.connected_components(part)))
        assert row.tolist() == [len(sizes), sizes[-1], sum(sizes[:-1])]


@given(seeds)
@settings(deadline=None)
def test_names_isolates_and_other_parts_change_nothing(seed):
    graph = sparse_graph(seed)
    larger = renamed(graph)
    sides = {
        frozenset([(("p", u), row["source_side"]), (("p", v), row["target_side"])])
        for (u, v), row in global_bridges(graph).iterrows()
    } | {frozenset([("x", 1), ("y", 1)])}
    for (u, v), row in global_bridges(larger).iterrows():
        sides.remove(frozenset([(u, row["source_side"]), (v, row["target_side"])]))
    assert not sides
    before, after = cut_points(graph), cut_points(larger)
    assert {("p", person): row for person, row in before.T.items()}.keys() == set(after.index)
    assert all(after.loc[[("p", person)]].to_numpy().tolist() == [row.tolist()] for person, row in before.iterrows())


@given(seeds)
@settings(deadline=None)
def test_bridges_are_the_local_bridges_without_a_way_round(seed):
    # span ∞ is a bridge.
    graph = sparse_graph(seed)
    spans = local_bridges(graph)["span"]
    endless = set(map(frozenset, spans.index[spans == float("inf")]))
    assert set(map(frozenset, global_bridges(graph).index)) == endless


def test_without_heather_the_kite_falls_into_seven_and_two():
    # lesson 00, experiment 1; Krackhardt 1990. Node 7 is Heather.
    found = cut_points(nx.krackhardt_kite_graph())
    assert found.loc[7].to_dict() == {"pieces": 2, "largest": 7, "cut_off": 2}
    assert found.index.tolist() == [7, 8]


def test_karate_has_one_bridge():
    # Computed: (0, 11) in Zachary's club (1977).
    found = global_bridges(nx.karate_club_graph())
    assert found.index.tolist() == [(0, 11)]
    assert found.iloc[0][["source_side", "target_side"]].tolist() == [33, 1]


def test_long_ways_do_not_exhaust_the_interpreter():
    assert len(global_bridges(nx.path_graph(20_000))) == 19_999
    assert len(cut_points(nx.path_graph(20_000))) == 19_998


@pytest.mark.parametrize("measure", [global_bridges, cut_points])
def test_what_cannot_be_asked_is_refused(measure):
    with pytest.raises(GraphError, match="undirected"):
        measure(nx.DiGraph([(1, 2)]))
    with pytest.raises(GraphError, match="which of your contacts know each other"):
        measure(star_without_alter_ties())
    with pytest.raises(GraphError, match="share more than one tie"):
        measure(nx.MultiGraph([(0, 1), (0, 1)]))
    assert measure(nx.empty_graph(3)).empty
    assert measure(nx.empty_graph(0)).empty
    loop = nx.path_graph(3)
    loop.add_edge(1, 1)
    assert measure(loop).equals(measure(nx.path_graph(3)))
