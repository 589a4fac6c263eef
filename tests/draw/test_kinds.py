"""Weak ties and local bridges in a still picture."""

import networkx as nx
import numpy as np
import pytest

import tertius
from tertius.draw import figure, network, tie_kinds
from tertius.draw.kinds import KINDS
from tertius.errors import GraphError, ParameterError

# Two triangles and a tie between them; Ann–Cy is weak within, Cy–Di weak and a local bridge.
TIES = [
    ("Ann", "Bo", 5),
    ("Bo", "Cy", 4),
    ("Ann", "Cy", 2),
    ("Cy", "Di", 1),
    ("Di", "Ed", 5),
    ("Ed", "Fay", 5),
    ("Di", "Fay", 4),
]


def graph(ties=TIES):
    made = nx.Graph()
    made.add_weighted_edges_from(ties, weight="strength")
    return made


def kinds(scene):
    return {pair: KINDS[code].name for pair, code in zip(scene.ties.named_pairs(), scene.links[0], strict=True)}


def test_each_tie_is_what_it_is():
    assert kinds(tie_kinds(graph(), weak=2)) == {
        ("Ann", "Bo"): "strong tie",
        ("Ann", "Cy"): "weak tie",
        ("Bo", "Cy"): "strong tie",
        ("Cy", "Di"): "weak tie, local bridge",
        ("Di", "Ed"): "strong tie",
        ("Di", "Fay"): "strong tie",
        ("Ed", "Fay"): "strong tie",
    }


def test_a_strong_tie_can_be_a_local_bridge():
    assert kinds(tie_kinds(graph(), weak=0.5))[("Cy", "Di")] == "strong tie, local bridge"


def test_weak_means_below_the_median_if_nothing_is_said():
    # Strengths 1, 2, 4, 4, 5, 5, 5: the median is 4.
    assert kinds(tie_kinds(graph())) == kinds(tie_kinds(graph(), weak=2))


def test_the_sentence_counts_and_names():
    assert tie_kinds(graph(), weak=2).sentences == (
        "Of 7 ties among 6 people, 2 are weak and 1 is a local bridge: Cy–Di (weak).",
    )
    assert tie_kinds(nx.complete_graph(3)).sentences == (
        "Of 3 ties among 3 people, none is weak and none is a local bridge.",
    )
    assert tie_kinds(nx.path_graph(9)).sentences[0].endswith("8 are local bridges, 0 of them weak.")


def test_the_local_bridges_are_those_of_the_measure():
    club = tertius.load("karate")
    scene = tie_kinds(club)
    shown = {pair for pair, kind in kinds(scene).items() if kind.endswith("local bridge")}
    assert shown == set(tertius.local_bridges(club).index)
    assert len(shown) == 11  # the karate club has 11 local bridges


def test_a_still_picture_has_a_table_of_what_it_shows():
    assert figure(tie_kinds(graph(), weak=2)).table == (
        ("what", "how many"),
        ("person", "6"),
        ("strong tie", "5"),
        ("weak tie", "1"),
        ("strong tie, local bridge", "0"),
        ("weak tie, local bridge", "1"),
    )


def test_few_people_are_all_named_and_many_are_not():
    def written(scene):
        return {text.get_text() for text in network(scene).texts}

    assert written(tie_kinds(graph())) == {"Ann", "Bo", "Cy", "Di", "Ed", "Fay"}
    assert written(tie_kinds(nx.cycle_graph(21))) == set()


def test_dashes_and_colours_tell_the_kinds_apart():
    assert len({(look.colour, look.line) for look in KINDS}) == 4
    assert {look.line for look in KINDS if look.name.startswith("weak")} == {"dashed"}


def test_places_can_be_given():
    places = np.arange(12.0).reshape(6, 2)
    assert tie_kinds(graph(), positions=places).positions is places


def test_what_cannot_be_shown_is_refused():
    with pytest.raises(GraphError, match="undirected"):
        tie_kinds(nx.DiGraph([(1, 2)]))
    with pytest.raises(ParameterError, match="weak is 0"):
        tie_kinds(graph(), weak=0)
    star = nx.star_graph(4)
    star.graph["alter_ties"] = "none"
    with pytest.raises(GraphError, match="star"):
        tie_kinds(star)
