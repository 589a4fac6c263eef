"""`Ties.of`, the door where every graph is checked and converted."""

from dataclasses import replace

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from tertius.errors import Caveat, GraphError, ParameterError
from tertius.ties import Ties


@st.composite
def graphs(draw, directed=False):
    n = draw(st.integers(0, 8))
    graph = nx.DiGraph() if directed else nx.Graph()
    graph.add_nodes_from(range(n))
    if n:
        person = st.integers(0, n - 1)
        for u, v, s in draw(st.lists(st.tuples(person, person, st.floats(0.01, 100)), max_size=20)):
            graph.add_edge(u, v, strength=s)
    return graph


def rows(ties):
    """The ties as a plain dict, read straight off the arrays."""
    return {
        (ties.ids[i], ties.ids[j]): s
        for i in range(len(ties))
        for j, s in zip(
            ties.indices[ties.indptr[i] : ties.indptr[i + 1]].tolist(),
            ties.strength[ties.indptr[i] : ties.indptr[i + 1]].tolist(),
            strict=True,
        )
    }


@given(graphs())
def test_an_undirected_graph_has_each_tie_in_both_rows(graph):
    expected = {(u, v): d["strength"] for a, b, d in graph.edges(data=True) if a != b for u, v in ((a, b), (b, a))}
    ties = Ties.of(graph)
    assert rows(ties) == expected
    assert ties.ids == tuple(graph)
    assert ties.self_ties_dropped == nx.number_of_selfloops(graph)
    assert ties.n_ties == len(expected) // 2
    assert all(np.all(np.diff(ties.indices[a:b]) > 0) for a, b in zip(ties.indptr, ties.indptr[1:], strict=False))


@given(graphs(directed=True))
def test_a_directed_graph_keeps_its_directions_and_can_lose_them(graph):
    expected = {(u, v): d["strength"] for u, v, d in graph.edges(data=True) if u != v}
    ties = Ties.of(graph)
    assert ties.directed
    assert rows(ties) == expected
    joined = Ties.of(graph, directed=False)
    assert not joined.directed
    assert rows(joined) == pytest.approx(
        {(u, v): expected.get((u, v), 0) + expected.get((v, u), 0) for a, b in expected for u, v in ((a, b), (b, a))}
    )


@given(graphs())
def test_every_door_leads_to_the_same_arrays(graph):
    graph.remove_edges_from(list(nx.selfloop_edges(graph)))
    expected = Ties.of(graph)
    array = nx.to_scipy_sparse_array(graph, weight="strength") if len(graph) else sparse.csr_array((0, 0))
    for other in (array, array.toarray(), expected):
        ties = Ties.of(other)
        for name in ("indptr", "indices", "strength"):
            np.testing.assert_array_equal(getattr(ties, name), getattr(expected, name))
    named = Ties.of([(u, v, d["strength"]) for u, v, d in graph.edges(data=True)])
    assert rows(named) == rows(expected)


def test_a_sparse_array_is_left_as_it_is_whatever_its_form():
    entries = ([2.0, 0.0, 1.0, 4.0], ([1, 0, 0, 0], [0, 2, 1, 1]))  # a zero, and two that stand for one tie of 5
    for form in (sparse.coo_array, sparse.csr_array, sparse.csc_array):
        array = form(sparse.coo_array(entries, shape=(3, 3)))
        before = array.copy()
        ties = Ties.of(array)
        assert ties.directed
        assert rows(ties) == {(0, 1): 5.0, (1, 0): 2.0}
        np.testing.assert_array_equal(array.data, before.data)
    assert not Ties.of(sparse.csr_array(np.array([[0, True], [True, 0]]))).directed


def test_pairs_name_every_tie_once_in_row_order():
    ties = Ties.of([("b", "a", 2.0), ("c", "b", 3.0), ("a", "c", 4.0)])
    assert ties.named_pairs() == [("b", "a"), ("b", "c"), ("a", "c")]
    assert ties.pair_strength.tolist() == [2.0, 3.0, 4.0]


def test_weight_counts_as_strength_where_no_strength_is_given():
    graph = nx.Graph()
    graph.add_edge(1, 2, weight=5)
    graph.add_edge(2, 3, weight=5, strength=0.5)
    graph.add_edge(3, 4)
    assert Ties.of(graph).pair_strength.tolist() == [5.0, 0.5, 1.0]


def test_arrays_are_read_only():
    ties = Ties.of([(1, 2)])
    for array in (ties.indptr, ties.indices, ties.strength, ties.degree, ties.row, ties.once):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1


@pytest.mark.parametrize("ids", [[0, 1, 2], [2, 0, 1], ["a", "b", "c"], [0, 1.0, True + 1]])
def test_nodes_keep_their_names_and_order_numbers_or_not(ids):
    graph = nx.Graph()
    graph.add_nodes_from(ids)
    graph.add_edge(ids[2], ids[0])
    ties = Ties.of(graph)
    assert ties.ids == tuple(ids)
    assert ties.named_pairs() == [(ids[0], ids[2])]


def test_what_the_source_knows_travels_with_the_ties():
    star = nx.star_graph(3)
    star.graph["alter_ties"] = "none"
    ties = Ties.of(star)
    assert ties.alter_ties == "none"
    assert Ties.of(ties, directed=True).alter_ties == "none"
    with pytest.raises(GraphError, match=r"Density needs to know .* star around you"):
        ties.knowing_alter_ties("Density")


@pytest.mark.parametrize(("known", "said"), [("partial", "only some"), ("inferred", "inferred, not reported")])
def test_what_the_source_knows_in_part_is_said_beside_the_line_that_asks(known, said):
    ties = replace(Ties.of([(1, 2)]), alter_ties=known)
    with pytest.warns(Caveat, match=f"^Density: .*{said}") as shown:
        assert ties.knowing_alter_ties("Density") is ties
    assert shown[0].filename == __file__
    assert said in ties.caveat
    assert Ties.of([(1, 2)]).caveat is None


def test_parallel_ties_are_refused_until_told_how_to_join_them():
    graph = nx.MultiGraph([("a", "b", {"strength": 1.0}), ("a", "b", {"strength": 4.0}), ("b", "c")])
    with pytest.raises(GraphError, match=r"'a' and 'b' share more than one tie.*parallel='sum'"):
        Ties.of(graph)
    assert Ties.of(graph, parallel="sum").pair_strength.tolist() == [5.0, 1.0]
    assert Ties.of(graph, parallel="max").pair_strength.tolist() == [4.0, 1.0]
    with pytest.raises(ParameterError, match="parallel is 'min'"):
        Ties.of(graph, parallel="min")


@pytest.mark.parametrize(
    ("strength", "found"),
    [(0, "the strength 0,"), (-2, "the strength -2,"), (np.nan, "the strength nan,"), (np.inf, "the strength inf,")],
)
def test_impossible_strengths_are_refused_with_the_tie_named(strength, found):
    with pytest.raises(GraphError) as refusal:
        Ties.of([("Ann", "Bo"), ("Bo", "Cy", strength)])
    assert "'Bo'–'Cy'" in str(refusal.value)
    assert found in str(refusal.value)


def test_strengths_that_add_up_to_more_than_a_number_can_hold_are_refused():
    huge = 1.7e308
    with pytest.raises(GraphError, match="'Ann'–'Bo' has the strength inf"):
        Ties.of([("Ann", "Bo", huge), ("Ann", "Bo", huge)], parallel="sum")
    graph = nx.DiGraph()
    graph.add_edge("Ann", "Bo", strength=huge)
    graph.add_edge("Bo", "Ann", strength=huge)
    with pytest.raises(GraphError, match="'Ann'–'Bo' has the strength inf"):
        Ties.of(graph, directed=False)


@pytest.mark.parametrize("strength", ["3", None, "strong", [1, 2], 10**400])
def test_a_strength_that_is_no_number_is_refused(strength):
    with pytest.raises(GraphError, match=r"'Bo'–'Cy' has the strength .*; a strength is a positive number"):
        Ties.of([("Ann", "Bo", 1), ("Bo", "Cy", strength)])


@pytest.mark.parametrize(
    ("graph", "message"),
    [
        ("ties.csv", "not a str"),
        (7, "not a int"),
        ([("a",)], "Tie 0 is"),
        (["ab"], "Tie 0 is 'ab'"),
        (np.ones((2, 3)), r"square.*\(2, 3\)"),
        (np.array([["x"]]), "must hold numbers"),
    ],
)
def test_what_is_no_network_is_refused(graph, message):
    with pytest.raises(GraphError, match=message):
        Ties.of(graph)


def test_choosing_a_relation_of_a_plain_graph_is_refused():
    with pytest.raises(GraphError, match="relation and wave choose among the ties of a Network"):
        Ties.of(nx.path_graph(2), relation="advice")


def test_direction_matters_where_it_must():
    with pytest.raises(GraphError, match="Overlap is defined for undirected ties"):
        Ties.of(nx.DiGraph([(1, 2)])).undirected("Overlap")


def test_the_repr_names_no_address():
    assert repr(Ties.of([(1, 2), (2, 3)])) == "Ties(3 nodes, 2 undirected ties)"
