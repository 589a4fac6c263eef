"""A person's map: contacts, and the numbers of the whole or of a part."""

import igraph
import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.measures.graphs import random_graph

from tertius import Ties, load
from tertius.errors import GraphError
from tertius.measures.ego_map import EgoMap

seeds = st.integers(0, 10**6)


def numbers(graph, ego):
    own = EgoMap.of(graph, ego)
    return {name: values[0] for name, values in own.numbers(own.whole()).items()}


@given(seeds)
@settings(deadline=None)
def test_numbers_are_those_of_networkx(seed):
    graph = random_graph(seed, least=2)
    plain = nx.Graph(graph.edges)
    plain.add_nodes_from(graph)
    sizes, constraints = nx.effective_size(plain, nodes=list(plain)), nx.constraint(plain)
    for ego in graph:
        found = numbers(graph, ego)
        assert found["effective_size"] == pytest.approx(sizes[ego], abs=1e-9, nan_ok=True)
        assert found["constraint"] == pytest.approx(constraints[ego], abs=1e-9, nan_ok=True)
        around = plain.subgraph(plain[ego])
        assert found["density"] == pytest.approx(nx.density(around) if len(around) > 1 else np.nan, nan_ok=True)
        for contact, weight in zip(EgoMap.of(graph, ego).names, found["weight"], strict=True):
            assert weight == pytest.approx(nx.local_constraint(plain, ego, contact), abs=1e-9)


def test_constraint_is_that_of_igraph():
    club = nx.karate_club_graph()
    theirs = igraph.Graph.from_networkx(nx.Graph(club.edges)).constraint()
    assert [numbers(club, ego)["constraint"] for ego in nx.Graph(club.edges)] == pytest.approx(theirs, abs=1e-9)


@given(seeds)
@settings(deadline=None)
def test_a_part_of_the_map_is_the_network_without_the_others(seed):
    graph = random_graph(seed, least=4, most=12)
    own = EgoMap.of(graph, 0)
    kept = np.random.default_rng(seed).random((1, len(own))) < 0.6
    less = graph.copy()
    less.remove_nodes_from([name for name, is_kept in zip(own.names, kept[0], strict=True) if not is_kept])
    # With one contact forgotten, that contact is gone for the others, too; who is no contact stays.
    expected, found = numbers(less, 0), own.numbers(kept)
    for name in ("size", "density", "effective_size", "constraint"):
        assert found[name][0] == pytest.approx(expected[name], abs=1e-9, nan_ok=True)
    assert found["weight"][0][kept[0]].tolist() == pytest.approx(expected["weight"].tolist(), abs=1e-9)


def test_known_maps():
    # Exact: K3 1.125, star 1/k, four contacts with two ties 3; lesson 03, exercise 1: 6 − 10/6.
    assert numbers(nx.complete_graph(3), 0)["constraint"] == pytest.approx(1.125, abs=1e-9)
    assert numbers(nx.star_graph(4), 0)["constraint"] == pytest.approx(0.25, abs=1e-9)
    star = nx.star_graph(6)
    star.add_edges_from([(1, 2), (2, 3), (3, 4), (4, 5), (5, 6)])
    assert numbers(star, 0)["density"] == pytest.approx(5 / 15, abs=1e-9)
    assert numbers(star, 0)["effective_size"] == pytest.approx(6 - 10 / 6, abs=1e-9)
    # Borgatti's graph (1997): G 14/3 and .4003; A 2.5 and .5955; C 1 and 1.
    borgatti = nx.Graph(["AB", "AF", "AG", "AE", "EG", "FG", "BG", "BD", "DG", "GC"])
    values = {ego: (numbers(borgatti, ego)["effective_size"], numbers(borgatti, ego)["constraint"]) for ego in "GAC"}
    assert values["G"] == pytest.approx((14 / 3, 0.4003), abs=5e-5)
    assert values["A"] == pytest.approx((2.5, 0.5955), abs=5e-5)
    assert values["C"] == (1, 1)
    alone = numbers(nx.empty_graph(2), 0)
    assert alone["size"] == 0
    assert np.isnan([alone["density"], alone["effective_size"], alone["constraint"]]).all()
    assert np.isnan(numbers(nx.path_graph(2), 0)["density"])


def test_whose_map_it_is():
    network = load("manufacturing_vp")
    assert EgoMap.of(network).ego == EgoMap.of(network.graph()).ego == EgoMap.of(network, "VP").ego
    assert len(EgoMap.of(nx.DiGraph([("me", "Ann"), ("Bo", "me")]), "me")) == 2  # contacts in either direction
    with pytest.raises(GraphError, match="does not say whose it is"):
        EgoMap.of(nx.path_graph(2))
    with pytest.raises(GraphError, match="does not say whose it is"):
        EgoMap.of(Ties.of([(1, 2)]))
    with pytest.raises(GraphError, match=r"'A2' is not in this network of 151 people. Did you mean 'A2\d'"):
        EgoMap.of(network, "A2")
