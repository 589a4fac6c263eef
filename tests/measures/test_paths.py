"""First steps of shortest paths."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tertius import first_steps
from tertius.errors import GraphError, ParameterError


@given(st.integers(0, 10**6), st.booleans(), st.integers(1, 5))
@settings(deadline=None)
def test_shares_are_those_of_all_shortest_paths_listed_one_by_one(seed, directed, within):
    rng = np.random.default_rng(seed)
    n = int(rng.integers(1, 12))
    graph = nx.gnm_random_graph(n, int(rng.integers(0, 3 * n)), seed=seed, directed=directed)
    ours = first_steps(graph, 0, graph.nodes, within=within)
    expected = {}
    for target in graph:
        if target == 0 or not nx.has_path(graph, 0, target):
            continue
        paths = list(nx.all_shortest_paths(graph, 0, target))
        if len(paths[0]) - 1 <= within:
            for path in paths:
                expected[target, path[1]] = expected.get((target, path[1]), 0) + 1 / len(paths)
    assert ours["share"].to_dict() == pytest.approx(expected)
    for target, distance in ours["distance"].droplevel("contact").items():
        assert distance == nx.shortest_path_length(graph, 0, target)


def test_the_strength_is_that_of_the_persons_own_tie():
    graph = nx.Graph()
    graph.add_edge("me", "Ann", strength=0.2)
    graph.add_edge("Ann", "Cy", strength=0.9)
    assert first_steps(graph, "me", ["Cy"])["strength"].tolist() == [0.2]


def test_who_is_not_there_or_out_of_reach():
    graph = nx.path_graph(3)
    graph.add_node("alone")
    with pytest.raises(GraphError, match="There is no 'Zoe'"):
        first_steps(graph, 0, ["Zoe"])
    with pytest.raises(GraphError, match="There is no 'Zoe'"):
        first_steps(graph, "Zoe", [0])
    with pytest.raises(ParameterError, match="within is 0"):
        first_steps(graph, 0, [2], within=0)
    assert first_steps(graph, 0, ["alone", 0]).empty
