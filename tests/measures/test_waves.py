"""Density and reciprocity wave by wave, and the difference in differences."""

import math

import networkx as nx
import numpy as np
import pandas as pd
import pytest

import tertius
from tertius import density_by_wave, difference_in_differences, reciprocity_by_wave
from tertius.errors import GraphError, ParameterError
from tertius.network import Network

PEOPLE = ["a", "b", "c", "d"]


def network(*arcs, directed=True, groups="xyxy"):
    nodes = pd.DataFrame({"id": PEOPLE, "group": list(groups)})
    ties = pd.DataFrame(arcs, columns=["source", "target", "wave"]).assign(relation="advice", weight=math.nan)
    relation = {"name": "advice", "directed": directed, "unit": "binary", "scale_max": None, "symmetrise": "max"}
    return Network(nodes, ties, {"ego": None, "default_relation": "advice", "relations": [relation]})


def test_density_counts_pairs_inside_and_outside_and_none_between():
    toy = network(("a", "b", 1), ("a", "c", 1), ("c", "d", 1), ("d", "c", 1), ("b", "a", 2), ("a", "b", 2))
    table = density_by_wave(toy, ["a", "b"])
    assert table.to_dict("index") == {1: {"people": 0.5, "others": 1.0}, 2: {"people": 1.0, "others": 0.0}}
    assert table.index.name == "wave"


def test_across_counts_only_pairs_who_differ():
    toy = network(("a", "c", 1), ("a", "b", 1), groups="xxyy")
    # Among a, b and c four directed pairs differ in their group, and a→c is one; d alone has no pair.
    table = density_by_wave(toy, ["a", "b", "c"], across="group")
    assert table.loc[1, "people"] == 0.25
    assert math.isnan(table.loc[1, "others"])


def test_an_undirected_tie_fills_both_directions():
    assert density_by_wave(network(("a", "b", 1), directed=False), ["a", "b"]).loc[1, "people"] == 1


def test_reciprocity_is_the_mean_of_what_networkx_finds_for_each_person():
    law = tertius.load("law_firm")
    guests = set(law.ties.loc[law.ties["relation"] == "attendance", "source"])
    table = reciprocity_by_wave(law, guests)
    for wave in (1, 2, 3):
        graph = law.graph("advice", wave)
        shares = nx.reciprocity(graph, [node for node in graph if graph.degree(node)])
        assert table.loc[wave, "people"] == pytest.approx(np.mean([shares[node] for node in shares if node in guests]))
        assert table.loc[wave, "others"] == pytest.approx(
            np.mean([shares[node] for node in shares if node not in guests])
        )


def test_nobody_with_a_tie_has_no_reciprocity():
    table = reciprocity_by_wave(network(("a", "b", 1), ("b", "a", 1)), ["c"])
    assert math.isnan(table.loc[1, "people"])
    assert table.loc[1, "others"] == 1


def test_the_difference_in_differences_takes_away_what_changed_for_both():
    table = pd.DataFrame({"people": [0.1, 0.2, 0.5], "others": [0.1, 0.3, 0.4]}, index=[1, 2, 3])
    assert difference_in_differences(table, 2, 3) == pytest.approx(0.2)
    assert difference_in_differences(table, 1, 2) == pytest.approx(-0.1)
    assert difference_in_differences(table.add([0, 5, 9], axis=0), 2, 3) == pytest.approx(0.2)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: density_by_wave(network(("a", "b", 1)), ["z"]), GraphError, "'z' is not in this network"),
        (lambda: density_by_wave(network(("a", "b", 1)), ["a"], across="sector"), GraphError, "no column 'sector'"),
        (
            lambda: density_by_wave(tertius.load("law_firm"), [], across="group"),
            GraphError,
            r"'PARTNER' has nothing in the column 'group'; .*network.without\('PARTNER', 'round 1'",
        ),
        (lambda: reciprocity_by_wave(network(("a", "b", 1), directed=False), []), GraphError, "has none"),
        (lambda: difference_in_differences(pd.DataFrame({"a": [1]}), 1, 2), ParameterError, "two are compared"),
        (
            lambda: difference_in_differences(pd.DataFrame({"a": [1], "b": [2]}, index=[1]), 1, 2),
            ParameterError,
            "no wave 2 in the table",
        ),
    ],
)
def test_what_cannot_be_compared_is_refused_with_a_reason(call, error, message):
    with pytest.raises(error, match=message):
        call()
