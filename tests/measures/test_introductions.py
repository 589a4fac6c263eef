"""Keeping apart and joining."""

from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.measures.graphs import random_graph, renamed, star_without_alter_ties

from tertius import introduction
from tertius.errors import GraphError, ParameterError

seeds = st.integers(0, 10**6)


@pytest.mark.parametrize("k", [2, 4, 7])
def test_each_introduction_costs_the_hub_of_a_star_two_over_k(k):
    # Exact: k − 2m/k; betweenness 1 − 2/(k(k−1)) after one; at the end 0 and (2n−3)²/(n−1)³, n = k+1.
    star = nx.star_graph(k)
    for m, (one, other) in enumerate(combinations(range(1, k + 1), 2)):
        found = introduction(star, 0, one, other).loc[0]
        assert found.loc["effective_size", "apart"] == pytest.approx(k - 2 * m / k, abs=1e-9)
        assert found.loc["effective_size", "change"] == pytest.approx(-2 / k, abs=1e-9)
        assert found.loc["contacts"].tolist() == [k, k, 0]
        if m == 0:
            assert found.loc["betweenness", "apart"] == pytest.approx(1, abs=1e-9)
            assert found.loc["betweenness", "joined"] == pytest.approx(1 - 2 / (k * (k - 1)), abs=1e-9)
        star.add_edge(one, other)
    assert found.loc["betweenness", "joined"] == pytest.approx(0, abs=1e-9)
    n = k + 1
    assert found.loc["constraint", "joined"] == pytest.approx((2 * n - 3) ** 2 / (n - 1) ** 3, abs=1e-9)
    assert found.loc["effective_size", "joined"] == pytest.approx(1, abs=1e-9)


@given(seeds)
@settings(deadline=None, max_examples=50)
def test_before_and_after_are_those_of_networkx_for_all_three(seed):
    graph = random_graph(seed, least=4)
    brokers = [(v, one, other) for v in graph for one, other in combinations(graph[v], 2)]
    if not brokers:
        return
    people = brokers[seed % len(brokers)]
    found = introduction(graph, *people)
    for name, is_joined in (("apart", False), ("joined", True)):
        state = nx.Graph(graph.edges)
        state.add_nodes_from(graph)
        if is_joined:
            state.add_edge(*people[1:])
        elif state.has_edge(*people[1:]):
            state.remove_edge(*people[1:])
        sizes, constraints, between = (
            nx.effective_size(state, people),
            nx.constraint(state),
            nx.betweenness_centrality(state),
        )
        for person in people:
            expected = [state.degree[person], sizes[person], constraints[person], between[person]]
            assert found.loc[person, name].tolist() == pytest.approx(expected, abs=1e-9, nan_ok=True)
    moved = introduction(renamed(graph), *(("p", person) for person in people))
    same = moved.index.get_level_values("measure") != "betweenness"
    assert moved["change"][same].tolist() == pytest.approx(found["change"][same].tolist(), abs=1e-9, nan_ok=True)


def test_it_makes_no_difference_whether_they_are_tied_by_now():
    apart = nx.path_graph(["Ann", "me", "Bo", "Cy"])
    joined = apart.copy()
    joined.add_edge("Ann", "Bo")
    assert introduction(apart, "me", "Ann", "Bo").equals(introduction(joined, "me", "Ann", "Bo"))
    assert not apart.has_edge("Ann", "Bo")
    assert np.isfinite(introduction(apart, "me", "Ann", "Bo")["change"]).all()


def test_a_sample_of_the_paths_is_the_same_before_and_after():
    graph = nx.barabasi_albert_graph(60, 2, seed=1)
    hub = max(graph, key=graph.degree)
    one, other = next(pair for pair in combinations(graph[hub], 2) if not graph.has_edge(*pair))
    sampled = introduction(graph, hub, one, other, sample=59, seed=1)
    exact = introduction(graph, hub, one, other)
    assert sampled["change"].tolist() == pytest.approx(exact["change"].tolist(), abs=0.02)
    assert sampled.equals(introduction(graph, hub, one, other, sample=59, seed=1))


def test_what_cannot_be_introduced_is_refused():
    path = nx.path_graph(["Ann", "me", "Bo", "Cy"])
    with pytest.raises(GraphError, match="'me' has no tie to 'Cy'"):
        introduction(path, "me", "Ann", "Cy")
    with pytest.raises(GraphError, match="takes three people"):
        introduction(path, "me", "Ann", "Ann")
    with pytest.raises(GraphError, match=r"'Anne' is not in this network of 4 people. Did you mean 'Ann'"):
        introduction(path, "me", "Anne", "Bo")
    with pytest.raises(GraphError, match="undirected"):
        introduction(nx.DiGraph([(1, 2), (2, 3)]), 2, 1, 3)
    with pytest.raises(GraphError, match="which of your contacts know each other"):
        introduction(star_without_alter_ties(), 0, 1, 2)
    with pytest.raises(ParameterError, match="sample is 9"):
        introduction(path, "me", "Ann", "Bo", sample=9)
