"""How many contacts are marked."""

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tertius import exposure
from tertius.errors import GraphError


@given(st.integers(1, 12), st.floats(0, 1), st.integers(0, 10**6), st.booleans(), st.sets(st.integers(0, 11)))
@settings(deadline=None)
def test_it_counts_marked_contacts(n, p, seed, directed, marked):
    graph = nx.gnp_random_graph(n, p, seed, directed)
    marked &= set(graph)
    expected = {node: sum(other in marked for other in graph[node]) for node in graph}
    assert exposure(graph, marked).to_dict() == expected


def test_the_extremes():
    star = nx.star_graph(4)
    assert exposure(star, []).tolist() == [0] * 5
    assert exposure(star, star).to_dict() == dict(star.degree)
    assert exposure(star, [0, 0])[0] == 0
    assert exposure(nx.empty_graph(2), [1]).tolist() == [0, 0]


def test_somebody_marked_who_is_not_there_is_refused():
    with pytest.raises(GraphError, match="'Zoe' is marked and not in this network"):
        exposure(nx.star_graph(3), ["Zoe"])
