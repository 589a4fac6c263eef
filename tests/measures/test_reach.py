"""Searches from many people at once."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tertius import Ties
from tertius.measures import reach
from tertius.measures.reach import distances


@given(st.integers(0, 10**6), st.sampled_from([1, 3, 100]))
@settings(deadline=None)
def test_distances_are_those_of_networkx_near_and_far_and_out_of_reach(seed, long):
    rng = np.random.default_rng(seed)
    graph = nx.gnm_random_graph(int(rng.integers(2, 90)), int(rng.integers(1, 150)), seed=int(seed))
    graph.remove_nodes_from(list(nx.isolates(graph)))
    graph = nx.convert_node_labels_to_integers(graph)
    ties = Ties.of(graph)
    sources = rng.permutation(len(graph))[: rng.integers(1, len(graph) + 1)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reach, "LONG", long)  # with longer ways than this it is done otherwise
        patch.setattr(reach, "CACHE", 64)
        found = distances(ties.indptr, ties.indices, sources)
    for row, source in zip(found.tolist(), sources.tolist(), strict=True):
        lengths = nx.single_source_shortest_path_length(graph, source)
        assert row == [lengths.get(node, np.inf) for node in graph]


def test_a_long_path():
    ties = Ties.of(nx.path_graph(1000))
    assert distances(ties.indptr, ties.indices, np.array([0]))[0].tolist() == list(range(1000))
