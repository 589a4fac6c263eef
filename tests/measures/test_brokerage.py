"""The five brokerage roles, and what they are by chance."""

from itertools import permutations

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.measures.graphs import random_graph, random_groups, renamed, star_without_alter_ties, within_four_errors

from tertius import Network, brokerage_by_chance, brokerage_roles
from tertius.errors import Caveat, GraphError, ParameterError
from tertius.measures import brokerage
from tertius.measures.brokerage import ROLES

seeds = st.integers(0, 10**6)

BY_GROUPS = {"AAA": "coordinator", "ABA": "itinerant", "AAB": "representative", "ABB": "gatekeeper", "ABC": "liaison"}
"""Roles by the groups of sender, broker, receiver (Gould and Fernandez 1989)."""


def counted_one_by_one(graph, groups, weighted=False):
    graph = graph.to_directed()
    counts = {node: dict.fromkeys(ROLES, 0.0 if weighted else 0) for node in graph}
    for i, j in permutations(graph, 2):
        if graph.has_edge(i, j):
            continue
        brokers = [v for v in graph if graph.has_edge(i, v) and graph.has_edge(v, j)]
        for v in brokers:
            seen = {}
            pattern = "".join(seen.setdefault(groups[node], "ABC"[len(seen)]) for node in (i, v, j))
            counts[v][BY_GROUPS[pattern]] += 1 / len(brokers) if weighted else 1
    return pd.DataFrame.from_dict(counts, orient="index", columns=ROLES)


@pytest.mark.parametrize(("pattern", "role"), BY_GROUPS.items())
def test_each_role_is_told_by_the_groups_of_the_three(pattern, role):
    roles = brokerage_roles(nx.DiGraph([(0, 1), (1, 2)]), dict(enumerate(pattern)))
    assert roles.loc[1].to_dict() == {**dict.fromkeys(ROLES, 0), role: 1}
    assert roles.loc[[0, 2]].to_numpy().sum() == 0


def test_representative_takes_word_out_and_gatekeeper_lets_it_in():
    # Some tools swap the two: here word leaves the broker's own group, then enters it.
    out = brokerage_roles(
        nx.DiGraph([("colleague", "me"), ("me", "stranger")]), {"colleague": 1, "me": 1, "stranger": 2}
    )
    back = brokerage_roles(
        nx.DiGraph([("stranger", "me"), ("me", "colleague")]), {"colleague": 1, "me": 1, "stranger": 2}
    )
    assert out.loc["me", "representative"] == 1
    assert back.loc["me", "gatekeeper"] == 1


@given(seeds, st.booleans(), st.booleans())
@settings(deadline=None)
def test_roles_are_those_that_loops_count(seed, directed, weighted):
    graph = random_graph(seed, directed=directed)
    groups = random_groups(graph, seed)
    roles = brokerage_roles(graph, groups, weighted=weighted)
    pd.testing.assert_frame_equal(roles, counted_one_by_one(graph, groups, weighted), check_index_type=False)


@given(seeds, st.booleans())
@settings(deadline=None)
def test_roles_add_up_to_the_open_two_paths(seed, directed):
    # Exact: Σ = Σ_{i≠j} (A²)_ij (1 − A_ij); weighted, each open pair with a broker counts once.
    graph = random_graph(seed, most=25, directed=directed)
    tied = nx.to_numpy_array(graph, weight=None)
    paths = tied @ tied * (1 - tied) * (1 - np.eye(len(graph)))
    groups = random_groups(graph, seed, most=5)
    roles = brokerage_roles(graph, groups)
    assert roles.to_numpy().sum() == paths.sum()
    shared = brokerage_roles(graph, groups, weighted=True)
    assert shared.to_numpy().sum() == pytest.approx((paths > 0).sum(), abs=1e-9)
    if not directed:
        assert (roles["representative"] == roles["gatekeeper"]).all()


def test_a_hub_coordinates_its_own_group_and_is_liaison_among_all_different():
    # Exact: k(k − 1) ordered pairs.
    star = nx.star_graph(6)
    assert brokerage_roles(star, dict.fromkeys(star, "law")).loc[0].tolist() == [30, 0, 0, 0, 0]
    assert brokerage_roles(star, {node: node for node in star}).loc[0].tolist() == [0, 0, 0, 0, 30]


@given(seeds, st.booleans())
@settings(deadline=None)
def test_names_isolates_and_other_parts_change_nothing(seed, directed):
    graph = random_graph(seed, directed=directed)
    groups = random_groups(graph, seed)
    larger = renamed(graph)
    new_groups = {("p", node): group for node, group in groups.items()} | dict.fromkeys(["alone", "x", "y"], "A")
    roles = brokerage_roles(larger, new_groups)
    assert roles.loc[["alone", "x", "y"]].to_numpy().sum() == 0
    before = brokerage_roles(graph, groups)
    assert all(roles.loc[[("p", node)]].to_numpy().tolist() == [before.loc[node].tolist()] for node in graph)


@given(seeds)
@settings(deadline=None, max_examples=20)
def test_weighted_roles_are_the_same_in_many_small_blocks(seed):
    graph = random_graph(seed, most=20, directed=True)
    groups = random_groups(graph, seed)
    whole = brokerage_roles(graph, groups, weighted=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(brokerage, "BLOCK", 5)
        pd.testing.assert_frame_equal(brokerage_roles(graph, groups, weighted=True), whole)


def test_who_has_no_group_is_a_group_of_their_own_with_a_warning():
    path = nx.path_graph(["Ann", "Bo", "Cy", "Di"])
    for nothing in (None, float("nan"), "", pd.NA):
        with pytest.warns(Caveat, match="'Ann' has no group"):
            roles = brokerage_roles(path, {"Ann": nothing, "Bo": "law", "Cy": "steel", "Di": "law"})
        assert roles.loc["Bo"].to_dict() == {**dict.fromkeys(ROLES, 0), "liaison": 2}
        assert roles.loc["Cy"].to_dict() == {**dict.fromkeys(ROLES, 0), "itinerant": 2}
    with pytest.warns(Caveat, match="2 of 3 people"):  # two of them are not one group
        assert brokerage_roles(nx.path_graph(3), {1: "law"}).loc[1, "liaison"] == 2


def test_groups_can_be_a_column_an_attribute_or_a_table():
    graph = nx.path_graph(3)
    expected = brokerage_roles(graph, {0: "a", 1: "a", 2: "b"})
    nx.set_node_attributes(graph, {0: "a", 1: "a", 2: "b"}, "sector")
    assert brokerage_roles(graph, "sector").equals(expected)
    assert brokerage_roles(graph, pd.Series({0: "a", 1: "a", 2: "b", 3: "of somebody else"})).equals(expected)
    nodes = pd.DataFrame({"id": ["0", "1", "2"], "sector": ["a", "a", "b"]})
    ties = pd.DataFrame({"source": ["0", "1"], "target": ["1", "2"], "relation": "knows", "wave": 1, "weight": 1.0})
    meta = {"default_relation": "knows", "relations": [{"name": "knows", "directed": False, "unit": "binary"}]}
    roles = brokerage_roles(Network(nodes, ties, meta), "sector")
    assert roles.to_numpy().tolist() == expected.to_numpy().tolist()
    with pytest.raises(ParameterError, match="did you mean 'sector'"):
        brokerage_roles(graph, "sektor")
    with pytest.raises(ParameterError, match="have no columns"):
        brokerage_roles([(1, 2)], "sector")


def test_what_cannot_be_asked_is_refused():
    path = nx.path_graph(3)
    with pytest.raises(GraphError, match="None of the 3 people has a group"):
        brokerage_roles(path, {"0": "a"})
    with pytest.raises(ParameterError, match="groups is a list"):
        brokerage_roles(path, ["a", "b", "c"])
    with pytest.raises(ParameterError, match=r"The group of 1 is \['b'\]"):
        brokerage_roles(path, {0: "a", 1: ["b"], 2: "c"})
    with pytest.raises(GraphError, match="which of your contacts know each other"):
        brokerage_roles(star_without_alter_ties(), dict.fromkeys(range(4), "a"))
    with pytest.raises(GraphError, match="share more than one tie"):
        brokerage_roles([(1, 2), (1, 2), (2, 3)], {1: "a", 2: "a", 3: "a"})
    with pytest.raises(GraphError, match="strength"):
        brokerage_roles([(1, 2, float("inf"))], {1: "a", 2: "a"})
    with pytest.raises(ParameterError, match="of is 'group'"):
        brokerage_by_chance(path, {0: 1, 1: 1, 2: 2}, of="group")
    with pytest.raises(ParameterError, match="shuffles is 0"):
        brokerage_by_chance(path, {0: 1, 1: 1, 2: 2}, shuffles=0)
    assert brokerage_roles(nx.empty_graph(0), {}).shape == (0, 5)
    assert brokerage_roles([(1, 1), (1, 2), (2, 3)], {1: 1, 2: 1, 3: 1}).loc[2, "coordinator"] == 2  # self-tie dropped


@pytest.mark.parametrize("of", ["groups", "people", "network"])
def test_what_is_expected_is_the_mean_over_every_deal_of_the_labels(of):
    graph = random_graph(11, directed=True, least=6, most=6)
    labels = ["A", "A", "A", "B", "B", "C"]
    chance = brokerage_by_chance(graph, dict(zip(graph, labels, strict=True)), of=of, shuffles=1, seed=0)
    total = 0.0
    deals = list(permutations(labels))
    for deal in deals:
        roles = counted_one_by_one(graph, dict(zip(graph, deal, strict=True)))
        if of == "groups":
            roles = roles.groupby(list(deal)).sum()
        total = total + (roles.sum(axis=0) if of == "network" else roles).to_numpy(float).ravel()
    assert chance.expected.to_numpy() == pytest.approx(total / len(deals), abs=1e-9)


@pytest.mark.parametrize("of", ["groups", "people", "network"])
def test_shuffles_come_near_what_is_expected(of):
    graph = nx.karate_club_graph()
    chance = brokerage_by_chance(graph, "club", of=of, shuffles=400, seed=5)
    assert within_four_errors(chance.shuffled, chance.expected.to_numpy())
    roles = brokerage_roles(graph, "club")
    if of == "groups":
        roles = roles.groupby([graph.nodes[node]["club"] for node in graph], sort=False).sum()
    assert chance.observed.tolist() == (roles.sum() if of == "network" else roles).to_numpy().ravel().tolist()


def test_the_table_says_how_often_chance_does_as_much():
    # The club split where ties are few: both officers coordinate their own more than any of 200 deals would bring.
    chance = brokerage_by_chance(nx.karate_club_graph(), "club", of="network", shuffles=200, seed=1)
    table = chance.frame()
    assert table.loc["coordinator", "p_more"] == pytest.approx(1 / 201, abs=1e-12)
    assert table.loc["coordinator", "p_less"] == 1
    assert (table["low"] <= table["mean"]).all()
    assert (table["mean"] <= table["high"]).all()
    by_hand = (1 + (chance.shuffled[:, 1] <= chance.observed["itinerant"]).sum()) / 201
    assert table.loc["itinerant", "p_less"] == pytest.approx(by_hand, abs=1e-12)
    assert table.loc["liaison", ["p_less", "p_more"]].tolist() == [1, 1]  # two groups: never any
    again = brokerage_by_chance(nx.karate_club_graph(), "club", of="network", shuffles=200, seed=1)
    assert (again.shuffled == chance.shuffled).all()
