"""E-I index, mixing matrix, assortativity, variety."""

from itertools import permutations

import igraph
import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.measures.graphs import random_graph, random_groups, renamed, star_without_alter_ties, within_four_errors

from tertius import (
    assortativity,
    blau_index,
    ei_by_chance,
    ei_by_group,
    ei_by_person,
    ei_index,
    mixing_matrix,
    network_range,
    variety,
)
from tertius.errors import GraphError, ParameterError

seeds = st.integers(0, 10**6)


def test_six_ties_outside_and_four_inside_give_a_fifth():
    # lesson 08, exercise 2: (6 − 4) / 10.
    graph = nx.Graph([("me", f"out{i}") for i in range(6)] + [("me", f"in{i}") for i in range(4)])
    groups = {node: "out" if str(node).startswith("out") else "in" for node in graph}
    assert ei_index(graph, groups) == pytest.approx(0.2, abs=1e-9)
    assert ei_by_person(graph, groups).loc["me"].tolist() == pytest.approx([6, 4, 0.2])
    assert ei_by_group(graph, groups).loc["in"].tolist() == pytest.approx([6, 4, 0.2])
    assert ei_by_group(graph, groups).loc["out"].tolist() == [6, 0, 1]


@given(seeds, st.booleans())
@settings(deadline=None)
def test_ties_are_counted_as_loops_count_them(seed, directed):
    graph = random_graph(seed, directed=directed)
    groups = random_groups(graph, seed)
    within = [groups[u] == groups[v] for u, v in graph.edges]
    whole = ei_index(graph, groups)
    if within:
        assert whole == pytest.approx((within.count(False) - within.count(True)) / len(within), abs=1e-12)
    else:
        assert np.isnan(whole)
    by_group, by_person = ei_by_group(graph, groups), ei_by_person(graph, groups)
    for label, row in by_group.iterrows():
        ends = [(groups[u], groups[v]) for u, v in graph.edges]
        assert row["internal"] == sum(u == v == label for u, v in ends)
        assert row["external"] == sum((u == label) != (v == label) for u, v in ends)
    for node, row in by_person.iterrows():
        own = [groups[u] == groups[v] for u, v in graph.edges if node in (u, v)]
        assert [row["external"], row["internal"]] == [own.count(False), own.count(True)]
        assert np.isnan(row["ei_index"]) == (not own)


@given(seeds, st.booleans())
@settings(deadline=None)
def test_mixing_and_assortativity_are_those_of_networkx(seed, directed):
    graph = random_graph(seed, directed=directed)
    groups = random_groups(graph, seed)
    nx.set_node_attributes(graph, groups, "sector")
    counts = mixing_matrix(graph, "sector")
    labels = {label: k for k, label in enumerate(counts)}
    theirs = nx.attribute_mixing_matrix(graph, "sector", mapping=labels, normalized=False)
    assert counts.to_numpy().tolist() == theirs.tolist()
    ours = assortativity(graph, "sector")
    if np.isnan(ours):
        assert np.count_nonzero(theirs) <= 1
    else:
        assert ours == pytest.approx(nx.attribute_assortativity_coefficient(graph, "sector"), abs=1e-9)


def test_assortativity_is_that_of_igraph():
    for seed in range(20):
        graph = nx.gnm_random_graph(20, 40, seed=seed, directed=bool(seed % 2))
        numbers = [node % 3 for node in graph]
        theirs = igraph.Graph.from_networkx(graph).assortativity_nominal(numbers, directed=graph.is_directed())
        assert assortativity(graph, dict(zip(graph, numbers, strict=True))) == pytest.approx(theirs, abs=1e-9)


def test_the_club_split_along_its_ties():
    graph = nx.karate_club_graph()  # agrees with networkx 3.6 on Zachary's clubs (1977)
    theirs = nx.attribute_assortativity_coefficient(graph, "club")
    assert assortativity(graph, "club") == pytest.approx(theirs, abs=1e-9)
    chance = ei_by_chance(graph, "club", shuffles=200, seed=3).frame().loc["network"]
    assert chance["p_less"] == pytest.approx(1 / 201, abs=1e-12)
    assert chance["p_more"] == 1


@given(seeds, st.booleans())
@settings(deadline=None)
def test_names_isolates_and_other_parts_change_nothing(seed, directed):
    graph = random_graph(seed, directed=directed)
    groups = random_groups(graph, seed)
    larger = renamed(graph)
    new_groups = {("p", node): group for node, group in groups.items()} | dict.fromkeys(["alone", "x", "y"], "other")
    people, before = ei_by_person(larger, new_groups), ei_by_person(graph, groups)
    for node in graph:
        assert people.loc[[("p", node)]].to_numpy().tolist()[0] == pytest.approx(before.loc[node].tolist(), nan_ok=True)
    pd.testing.assert_frame_equal(
        ei_by_group(larger, new_groups).drop("other").sort_index(),
        ei_by_group(graph, groups).sort_index(),
        check_index_type=False,
    )
    mixed, kinds = mixing_matrix(larger, new_groups), variety(larger, new_groups)
    for one, row in mixing_matrix(graph, groups).iterrows():
        assert all(mixed.loc[one, other] == count for other, count in row.items())
    assert [kinds[("p", node)] for node in graph] == pytest.approx(variety(graph, groups).tolist(), nan_ok=True)


def test_expected_is_the_mean_over_every_deal_of_the_labels():
    # Exact: 1 − 2 Σ n_g (n_g − 1) / (n (n − 1)), on any graph, for the network and for a person.
    graph = random_graph(8, least=6, most=6)
    graph.remove_edges_from(list(graph.edges(0)))
    labels = ["A", "A", "A", "B", "B", "C"]
    deals = [dict(zip(graph, deal, strict=True)) for deal in set(permutations(labels))]
    dealt = dict(zip(graph, labels, strict=True))
    whole = ei_by_chance(graph, dealt, shuffles=1, seed=1)
    assert whole.expected["network"] == pytest.approx(1 - 2 * (6 + 2) / 30, abs=1e-9)
    assert np.mean([ei_index(graph, deal) for deal in deals]) == pytest.approx(1 - 2 * 8 / 30, abs=1e-9)
    people = ei_by_chance(graph, dealt, of="people", shuffles=1, seed=1).expected
    means = np.mean([ei_by_person(graph, deal)["ei_index"] for deal in deals], axis=0)
    assert people.tolist() == pytest.approx(means.tolist(), abs=1e-9, nan_ok=True)
    assert np.isnan(people[0])


def test_four_equal_groups_of_48_people_are_expected_at_053():
    # lesson 08, experiment 2 [exact]: 1 − 2 (n/k − 1)/(n − 1).
    graph = nx.gnm_random_graph(48, 120, seed=2)
    chance = ei_by_chance(graph, {node: node % 4 for node in graph}, shuffles=1000, seed=4)
    assert chance.expected["network"] == pytest.approx(1 - 2 * 11 / 47, abs=1e-9)
    assert within_four_errors(chance.shuffled, chance.expected.to_numpy())


def test_groups_and_people_are_shuffled_like_the_network():
    graph = nx.karate_club_graph()
    people = ei_by_chance(graph, "club", of="people", shuffles=300, seed=6)
    assert within_four_errors(people.shuffled, people.expected.to_numpy())
    assert people.observed.tolist() == ei_by_person(graph, "club")["ei_index"].tolist()
    groups = ei_by_chance(graph, "club", of="groups", shuffles=300, seed=6)
    assert groups.observed.tolist() == ei_by_group(graph, "club")["ei_index"].tolist()
    assert groups.expected.isna().all()
    assert (groups.frame()["mean"].abs() < 0.5).all()


def test_what_was_undefined_in_a_shuffle_does_not_count():
    # The one tie is between the first two: a group of one person has it in a shuffle, or has no tie at all.
    graph = nx.Graph([(0, 1)])
    graph.add_nodes_from([2, 3])
    chance = ei_by_chance(graph, {0: "a", 1: "b", 2: "b", 3: "b"}, of="groups", shuffles=60, seed=0)
    assert np.isnan(chance.shuffled[:, 0]).any()
    assert chance.frame().loc["a"].drop("expected").tolist() == [1, 1, 1, 1, 1, 1]
    alone = ei_by_chance(nx.empty_graph(3), {0: "a", 1: "b", 2: "b"}, shuffles=5, seed=0).frame()
    assert alone.isna().all(axis=None)


def test_the_entrepreneurs_contacts_are_as_varied_as_planted():
    # Exact: 9 NGO, 8 residents, 4 city, 2 business, 2 funders, 1 professor: 1 − 170/676 = .749.
    sectors = ["ngo"] * 9 + ["resident"] * 8 + ["city"] * 4 + ["business"] * 2 + ["funder"] * 2 + ["academia"]
    assert blau_index(sectors) == pytest.approx(1 - 170 / 676, abs=1e-9)
    star = nx.star_graph(26)
    assert variety(star, {0: "ngo"} | dict(enumerate(sectors, 1)))[0] == pytest.approx(1 - 170 / 676, abs=1e-9)


def test_blau_runs_from_one_label_to_all_different():
    assert blau_index(["law"] * 5) == 0
    assert blau_index(range(4)) == pytest.approx(1 - 1 / 4, abs=1e-12)
    assert blau_index(["law", None, float("nan"), "", "steel"]) == 0.5
    assert np.isnan(blau_index([]))
    assert np.isnan(blau_index([None]))
    with pytest.raises(ParameterError, match="A label is a word or a number"):
        blau_index([["law"], "steel"])


@given(seeds)
@settings(deadline=None)
def test_variety_is_range_with_every_contact_counting_once(seed):
    graph = random_graph(seed)
    groups = random_groups(graph, seed)
    plain = nx.Graph(graph.edges)
    plain.add_nodes_from(graph)
    expected = network_range(plain, groups)
    assert variety(graph, groups).tolist() == pytest.approx([expected[n] for n in graph], abs=1e-9, nan_ok=True)


def test_contacts_of_no_known_group_are_left_out_of_variety():
    star = star_without_alter_ties(4)  # ego's own contacts are enough
    assert variety(star, {1: "law", 2: "law", 3: "steel"})[0] == pytest.approx(1 - 5 / 9, abs=1e-12)
    assert np.isnan(variety(star, {1: "law"})[1])
    assert variety(nx.DiGraph([(0, 1), (2, 0)]), {1: "a", 2: "b"})[0] == 0.5


@pytest.mark.parametrize("measure", [ei_index, ei_by_group, ei_by_person, ei_by_chance, mixing_matrix, assortativity])
def test_what_cannot_be_asked_is_refused(measure):
    path = nx.path_graph(3)
    with pytest.raises(GraphError, match=r"1 has no group \(2 people in all\), and .* needs everybody's"):
        measure(path, {0: "a"})
    with pytest.raises(GraphError, match="None of the 3 people"):
        measure(path, {"0": "a"})
    with pytest.raises(ParameterError, match="groups is a int"):
        measure(path, 3)
    for strength in (0, -1, float("nan"), float("inf")):
        with pytest.raises(GraphError, match="a strength is a positive"):
            measure([(0, 1, strength)], {0: "a", 1: "a"})
    with pytest.raises(GraphError, match="share more than one tie"):
        measure(nx.MultiGraph([(0, 1), (0, 1)]), {0: "a", 1: "a"})
    loop = nx.path_graph(2)
    loop.add_edge(0, 0)
    assert assortativity(loop, {0: "a", 1: "b"}) == pytest.approx(-1)  # the self-tie is dropped


def test_without_ties_or_with_one_group_there_is_nothing_to_compare():
    assert np.isnan(ei_index(nx.empty_graph(2), {0: "a", 1: "b"}))
    assert np.isnan(assortativity(nx.empty_graph(2), {0: "a", 1: "b"}))
    assert np.isnan(assortativity(nx.complete_graph(3), dict.fromkeys(range(3), "a")))
    assert ei_index(nx.complete_graph(3), dict.fromkeys(range(3), "a")) == -1
