"""Layers and what they lack, energy, role strain, matches."""

from itertools import permutations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.measures.graphs import random_graph, renamed, star_without_alter_ties

from tertius import Layers, energy, role_strain
from tertius.errors import GraphError, ParameterError

seeds = st.integers(0, 10**6)


@given(seeds)
@settings(deadline=None, max_examples=30)
def test_what_mending_a_layer_gains_is_where_it_alone_is_missing(seed):
    graphs = {name: random_graph(seed + k, most=7, directed=True, least=7) for k, name in enumerate("KVAC")}
    layers = Layers.of(graphs)
    pairs = list(permutations(range(7), 2))
    for name, graph in graphs.items():
        assert layers.density(name) == pytest.approx(nx.density(graph), abs=1e-12)
        alone = [
            pair
            for pair in pairs
            if not graph.has_edge(*pair) and all(g.has_edge(*pair) for other, g in graphs.items() if other != name)
        ]
        assert [tuple(row) for row in layers.what_if(name).to_numpy().tolist()] == alone
        assert layers.gains()[name] == len(alone)
        # Mended everywhere, that many pairs more have all layers.
        mended = Layers.of({**graphs, name: nx.complete_graph(7, create_using=nx.DiGraph)})
        assert mended.together().sum() - layers.together().sum() == len(alone)
        some = pairs[::3]
        assert len(layers.what_if(name, some)) == len(set(alone) & set(some))
    everywhere = [pair for pair in pairs if all(graph.has_edge(*pair) for graph in graphs.values())]
    assert layers.density() == pytest.approx(len(everywhere) / 42, abs=1e-12)
    assert layers.density("K", "V") == pytest.approx(len(graphs["K"].edges & graphs["V"].edges) / 42, abs=1e-12)


def test_densities_of_networks_as_large_as_the_high_tech_managers():
    # Computed: 190, 102 and 20 of 420 ordered pairs of 21 managers are .452, .243, .048.
    sizes = {"advice": 190, "friendship": 102, "reports to": 20}
    layers = Layers.of({name: nx.gnm_random_graph(21, m, seed=1, directed=True) for name, m in sizes.items()})
    assert layers.densities().round(3).to_dict() == {"advice": 0.452, "friendship": 0.243, "reports to": 0.048}


def test_people_of_one_layer_are_people_of_all():
    layers = Layers.of({"knows": [("Ann", "Bo")], "values": nx.DiGraph([("Bo", "Cy"), ("Ann", "Bo")])})
    assert layers.ids == ("Ann", "Bo", "Cy")
    assert layers.together().sum() == 1
    assert layers.what_if("knows").to_numpy().tolist() == [["Bo", "Cy"]]
    assert repr(layers) == "Layers(knows, values: 3 people)"
    with pytest.raises(ParameterError, match="did you mean 'knows'"):
        layers.what_if("know")
    with pytest.raises(GraphError, match="'Di' is in none of these layers"):
        layers.what_if("knows", [("Ann", "Di")])
    for nothing in ({}, [("Ann", "Bo")]):
        with pytest.raises(GraphError, match="Layers are networks by name"):
            Layers.of(nothing)


def test_energy_is_the_mean_of_what_is_received():
    ratings = {("Ann", "Bo"): 2, ("Cy", "Bo"): -2, ("Di", "Bo"): 1, ("Bo", "Ann"): -1}
    assert energy(ratings).to_dict() == pytest.approx({"Bo": 1 / 3, "Ann": -1})
    assert energy({}).empty
    for value in (3, -2.1, float("nan")):
        with pytest.raises(ParameterError, match="a rating is from -2 to 2"):
            energy({("Ann", "Bo"): value})
    with pytest.raises(ParameterError, match="rates themselves"):
        energy({("Ann", "Ann"): 1})


def test_role_strain_by_hand():
    # Exact, lesson 01, exercise 2: 2 and 6 → 4; (μ₁ − μ₂)²/4; one boss or all linked: 0.
    star = nx.star_graph(["me", "Ann", "Bo", "Cy"])
    assert role_strain(star, {"Ann": 2, "Bo": 6}, "me") == pytest.approx(4, abs=1e-9)
    assert role_strain(star, {"Ann": 2.5, "Bo": -1}, "me") == pytest.approx(3.5**2 / 4, abs=1e-9)
    assert role_strain(star, {"Ann": 7}, "me") == 0
    star.add_edge("Ann", "Bo")
    assert role_strain(star, {"Ann": 2, "Bo": 6}, "me") == 0
    # Ann and Bo settle on 4, and Cy wants 7: mean 5, so (2 · 1 + 4) / 3.
    assert role_strain(star, {"Ann": 2, "Bo": 6, "Cy": 7}, "me") == pytest.approx(2, abs=1e-9)
    star.add_edges_from([("Di", "Cy"), ("Di", "Bo")])  # talking through somebody who expects nothing does not count
    assert role_strain(star, {"Ann": 2, "Bo": 6, "Cy": 7}, "me") == pytest.approx(2, abs=1e-9)


@given(seeds)
@settings(deadline=None)
def test_role_strain_is_the_variance_of_circles(seed):
    graph = random_graph(seed, least=3)
    rng = np.random.default_rng(seed)
    expectations = {boss: float(rng.integers(0, 9)) for boss in graph[0] if rng.random() < 0.8}
    if not expectations:
        return
    settled = []
    for circle in nx.connected_components(graph.subgraph(expectations)):
        settled += [np.mean([expectations[boss] for boss in circle])] * len(circle)
    assert role_strain(graph, expectations, 0) == pytest.approx(np.var(settled), abs=1e-9)
    moved = role_strain(renamed(graph), {("p", boss): value for boss, value in expectations.items()}, ("p", 0))
    assert moved == pytest.approx(np.var(settled), abs=1e-9)


def test_strain_that_cannot_be_known_is_refused():
    path = nx.path_graph(["me", "Ann", "Bo"])
    with pytest.raises(GraphError, match="'Bo' is no contact of 'me'"):
        role_strain(path, {"Bo": 1}, "me")
    with pytest.raises(GraphError, match="'Cy' is not in this network"):
        role_strain(path, {"Cy": 1}, "me")
    with pytest.raises(ParameterError, match="Nobody expects anything"):
        role_strain(path, {}, "me")
    for value in (float("nan"), float("inf")):
        with pytest.raises(ParameterError, match="an expectation is a number"):
            role_strain(path, {"Ann": value}, "me")
    with pytest.raises(GraphError, match="which of your contacts know each other"):
        role_strain(star_without_alter_ties(), {1: 2, 2: 6}, 0)
