"""Cohesion around a tie, range around a person."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tertius.errors import GraphError, ParameterError
from tertius.measures import cohesion, network_range

seeds = st.integers(0, 10**6)


def random_graph(seed, directed=False):
    rng = np.random.default_rng(seed)
    graph = nx.gnp_random_graph(int(rng.integers(1, 12)), float(rng.random()), seed=int(seed), directed=directed)
    for edge in graph.edges:
        graph.edges[edge]["strength"] = float(rng.integers(1, 5))
    return graph


@given(seeds, st.booleans())
@settings(deadline=None)
def test_cohesion_is_the_indirect_part_of_networkx_local_constraint(seed, directed):
    graph = random_graph(seed, directed)
    around = nx.Graph()
    around.add_nodes_from(graph)
    for u, v, strength in graph.edges.data("strength"):
        before = around.edges[u, v]["strength"] if around.has_edge(u, v) else 0
        around.add_edge(u, v, strength=before + strength)
    ours = cohesion(graph)
    assert len(ours) == 2 * around.size()
    for (u, v), value in ours.items():
        direct = around.edges[u, v]["strength"] / around.degree(u, weight="strength")
        whole = np.sqrt(nx.local_constraint(around, u, v, weight="strength"))
        assert value == pytest.approx(whole - direct, abs=1e-9)


def test_cohesion_by_hand():
    # Ann has Bo (strength 1) and Cy (3); Bo and Cy share 1. Cy spends 1/4 on Bo: .75 · .25; the other way .5 · .75.
    graph = nx.Graph()
    graph.add_weighted_edges_from([("Ann", "Bo", 1), ("Ann", "Cy", 3), ("Bo", "Cy", 1)], weight="strength")
    found = cohesion(graph)
    assert found["Ann", "Bo"] == pytest.approx(0.75 * 0.25, abs=1e-9)
    assert found["Bo", "Ann"] == pytest.approx(0.5 * 0.75, abs=1e-9)
    assert (cohesion(nx.star_graph(4)) == 0).all()
    assert cohesion(nx.empty_graph(3)).empty


def test_range_runs_from_one_area_to_as_many_as_there_are_contacts():
    star = nx.star_graph(4)
    alike, all_different = dict.fromkeys(range(5), "law"), {i: i for i in range(5)}
    assert network_range(star, alike)[0] == pytest.approx(0, abs=1e-9)
    assert network_range(star, all_different)[0] == pytest.approx(1 - 4 / 16, abs=1e-9)
    assert network_range(star, all_different)[1] == pytest.approx(0, abs=1e-9)


def test_range_by_hand_with_strengths_and_densities():
    # 1 − Σ v p²; shares .6, .3 and .1, the first area half as dense as it could be.
    graph = nx.Graph()
    graph.add_weighted_edges_from([("me", "Ann", 6), ("me", "Bo", 3), ("me", "Cy", 1)], weight="strength")
    areas = {"me": "law", "Ann": "steel", "Bo": "law", "Cy": "glass"}
    assert network_range(graph, areas)["me"] == pytest.approx(1 - 0.36 - 0.09 - 0.01, abs=1e-9)
    density = {"steel": 0.5, "law": 1, "glass": 0}
    assert network_range(graph, areas, density=density)["me"] == pytest.approx(1 - 0.18 - 0.09, abs=1e-9)


def test_without_contacts_range_is_undefined_and_needs_no_area():
    graph = nx.path_graph(2)
    graph.add_node("alone")
    found = network_range(graph, {0: "a", 1: "b"})
    assert found.index.tolist() == [0, 1, "alone"]
    assert np.isnan(found["alone"])
    assert np.isnan(network_range(nx.empty_graph(2), {})).all()


def test_two_directions_are_added_up():
    graph = nx.DiGraph([("me", "Ann"), ("Ann", "me"), ("Bo", "me")])
    assert network_range(graph, {"me": 1, "Ann": 2, "Bo": 3})["me"] == pytest.approx(1 - 4 / 9 - 1 / 9, abs=1e-9)


def test_what_cannot_be_known_is_refused():
    star = nx.star_graph(3)
    star.graph["alter_ties"] = "none"
    with pytest.raises(GraphError, match="which of your contacts know each other"):
        cohesion(star)
    assert network_range(star, dict.fromkeys(range(4), "law"))[0] == 0  # ego's own contacts are enough for range
    for missing in ({0: "a"}, {0: "a", 1: None}, {0: "a", 1: float("nan")}):
        with pytest.raises(GraphError, match="1 has ties and no area"):
            network_range(nx.path_graph(2), missing)
    for density in ({"a": 0.5}, {"a": 0.5, "b": 2}):
        with pytest.raises(ParameterError, match="density of 'b'"):
            network_range(nx.path_graph(2), {0: "a", 1: "b"}, density=density)
