"""What is said about a network before its ties are cut."""

import networkx as nx
import pytest

import tertius
from tertius.errors import GraphError
from tertius.models import removal_caveats


def starts(graph, **how):
    return [sentence.split(":")[0] for sentence in removal_caveats(graph, **how)]


def rated(graph):
    """The same graph with strengths that differ."""
    for k, (u, v) in enumerate(graph.edges):
        graph.edges[u, v]["strength"] = 1 + k % 5
    return graph


def test_a_network_with_nothing_odd_about_it_has_no_caveats():
    assert removal_caveats(tertius.load("manufacturing_vp")) == []
    assert removal_caveats(tertius.load("karate")) == []


def test_parts_are_counted_and_people_without_ties_are_parts():
    graph = rated(nx.disjoint_union(nx.complete_graph(9), nx.path_graph(3)))
    graph.add_node("alone")
    assert removal_caveats(graph) == [
        "Several parts: before any tie is cut the network is in 3, and the largest holds 9 of 13 people. "
        "The curve starts there."
    ]


def test_equal_strengths_are_said_to_have_no_order():
    assert starts(nx.complete_graph(9)) == ["One strength"]


def test_few_ties_are_counted_with_those_that_go():
    assert removal_caveats(rated(nx.path_graph(5)), share=0.5) == [
        "Few ties: there are 4, so a cut of 50 % takes 2, and each tie that was forgotten would count."
    ]


@pytest.mark.parametrize(
    ("known", "start"),
    [
        ("none", "A star"),
        ("partial", "Ties among contacts are partial"),
        ("inferred", "Ties among contacts are inferred"),
    ],
)
def test_what_the_file_cannot_know_is_said(known, start):
    graph = rated(nx.complete_graph(9))
    graph.graph["alter_ties"] = known
    assert starts(graph) == [start]


def test_a_network_without_ties_has_nothing_to_cut():
    assert removal_caveats(nx.empty_graph(3)) == ["No ties: there is nothing to cut."]


def test_directed_ties_are_refused():
    with pytest.raises(GraphError, match="undirected"):
        removal_caveats(nx.DiGraph([(1, 2)]))
