"""What the generators measure with, against slow and obvious calculations by networkx and scipy."""

import math

import networkx as nx
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats

from tertius.data import planted
from tertius.data.chance import Stream

graphs = st.builds(
    lambda n, p, seed: nx.relabel_nodes(nx.gnp_random_graph(n, p, seed), str),
    st.integers(2, 14),
    st.floats(0, 0.7),
    st.integers(0, 10**6),
)


def named(graph):
    return list(graph), list(graph.edges)


@given(graphs)
@settings(deadline=None)
def test_overlap_counts_shared_among_all_other_contacts(graph):
    around = planted.contacts(*named(graph))
    for u, v in graph.edges:
        shared = len(list(nx.common_neighbors(graph, u, v)))
        either = graph.degree(u) - 1 + graph.degree(v) - 1 - shared
        assert planted.overlap(around, u, v) == (shared / either if either else 0)
        assert planted.overlap(around, u, v) == planted.overlap(around, v, u)


def test_overlap_is_1_in_a_clique_and_0_on_a_bridge_or_between_two_alone():
    clique = planted.contacts(*named(nx.complete_graph(4)))
    assert planted.overlap(clique, 0, 1) == 1
    barbell = planted.contacts(*named(nx.barbell_graph(3, 0)))
    assert planted.overlap(barbell, 2, 3) == 0
    assert planted.overlap(planted.contacts("ab", [("a", "b")]), "a", "b") == 0


@given(graphs)
@settings(deadline=None)
def test_the_largest_share_is_that_of_networkx(graph):
    assert planted.largest_share(*named(graph)) == max(map(len, nx.connected_components(graph))) / len(graph)


def test_weakest_first_takes_low_values_and_strongest_first_high_ones():
    # Two triangles on a bridge; one tie of seven is cut (.15 of 7 is 1.05).
    nodes, ties = named(nx.barbell_graph(3, 0))
    bridge_is_weak = [1 if tie == (2, 3) else 2 for tie in ties]
    assert planted.shares_left(nodes, ties, bridge_is_weak, 0.15, Stream("test", 1, "order")) == (0.5, 1.0)
    bridge_is_strong = [-value for value in bridge_is_weak]
    assert planted.shares_left(nodes, ties, bridge_is_strong, 0.15, Stream("test", 1, "order")) == (1.0, 0.5)


def test_ties_of_equal_value_go_in_random_order():
    # A path of three ties, all equal, one cut: an end (largest 3 of 4) or the middle (2 of 4).
    nodes, ties = named(nx.path_graph(4))
    luck = Stream("test", 1, "order")
    found = [planted.shares_left(nodes, ties, [1, 1, 1], 1 / 3, luck)[0] for _ in range(900)]
    assert set(found) == {0.75, 0.5}
    # The middle goes a third of the time: binomial(900, 1/3), four standard errors are 57.
    assert abs(found.count(0.5) - 300) <= 57


@given(graphs, st.integers(1, 5), st.data())
@settings(deadline=None)
def test_the_first_hop_share_is_what_listing_all_shortest_paths_gives(graph, within, data):
    nodes, ties = named(graph)
    weak = data.draw(st.lists(st.booleans(), min_size=len(ties), max_size=len(ties)))
    is_weak = {frozenset(tie): value for tie, value in zip(ties, weak, strict=True)}
    ego, *items = nodes
    shares = []
    for item in items:
        if nx.has_path(graph, ego, item) and nx.shortest_path_length(graph, ego, item) <= within:
            paths = list(nx.all_shortest_paths(graph, ego, item))
            shares.append(sum(is_weak[frozenset(path[:2])] for path in paths) / len(paths))
    found = planted.first_hop_share(nodes, ties, weak, ego, items, within)
    if shares:
        assert found == pytest.approx(sum(shares) / len(shares))
    else:
        assert math.isnan(found)


numbers = st.lists(st.integers(-5, 5), min_size=3, max_size=30)


@given(numbers)
def test_ranks_are_those_of_scipy(values):
    assert planted.ranks(values) == stats.rankdata(values).tolist()


@given(st.lists(st.tuples(st.integers(-9, 9), st.integers(-9, 9)), min_size=3, max_size=30))
def test_the_correlation_is_that_of_scipy(pairs):
    one, other = zip(*pairs, strict=True)
    found = planted.correlation(one, other)
    if len(set(one)) == 1 or len(set(other)) == 1:
        assert math.isnan(found)
    else:
        assert found == pytest.approx(stats.pearsonr(one, other).statistic, abs=1e-9)


@given(graphs)
@settings(deadline=None)
def test_distances_are_those_of_networkx(graph):
    around = planted.contacts(*named(graph))
    for start in graph:
        assert planted.distances(around, start) == nx.single_source_shortest_path_length(graph, start)


@given(graphs)
@settings(deadline=None)
def test_betweenness_is_that_of_networkx(graph):
    found = planted.betweenness(planted.contacts(*named(graph)))
    assert found == pytest.approx(nx.betweenness_centrality(graph, normalized=False), abs=1e-9)


@given(st.lists(st.tuples(*[st.integers(-9, 9)] * 3), min_size=8, max_size=30, unique=True))
@settings(deadline=None)
def test_least_squares_finds_the_slopes_of_numpy(rows):
    *columns, values = zip(*rows, strict=True)
    design = np.column_stack([np.ones(len(rows)), *columns])
    assume(np.linalg.cond(design) < 100)
    expected = np.linalg.lstsq(design, np.array(values, float), rcond=None)[0]
    found = planted.least_squares(list(zip(*columns, strict=True)), values)
    assert found == pytest.approx(expected.tolist(), abs=1e-7)


def test_least_squares_of_a_plane_gives_the_plane():
    rows = [(0, 0), (1, 0), (0, 1), (2, 3)]
    assert planted.least_squares(rows, [1 + 2 * x - 3 * y for x, y in rows]) == pytest.approx([1, 2, -3])


@given(st.integers(2, 12), st.floats(0, 1), st.integers(0, 10**6))
@settings(deadline=None)
def test_reciprocity_is_that_of_networkx(n, p, seed):
    graph = nx.gnp_random_graph(n, p, seed, directed=True)
    some = [node for node in graph if graph.degree(node)]
    assert planted.reciprocity(list(graph), list(graph.edges)) == pytest.approx(dict(nx.reciprocity(graph, some) or {}))


def test_what_a_choice_is_worth_by_hand():
    # Ann (2, gives half) knows Bo and Cy (4 each): with a pass-on of 0.5 each is moved by a quarter.
    around = planted.contacts("abc", [("a", "b"), ("a", "c")])
    capacity, motivation = {"a": 2, "b": 4, "c": 4}, {"a": 0.5, "b": 1, "c": 1}
    assert planted.choice_value(around, capacity, motivation, "a", 0.5) == 3
    # Bo and Cy give 8; Ann is moved by one, the other, or both: 1 − ½ · ½ = ¾.
    assert planted.choice_value(around, capacity, motivation, "bc", 0.5) == 9.5
    assert planted.choice_values(around, capacity, motivation, "abc", 1, 0.5) == {("a",): 3, ("b",): 5, ("c",): 5}
