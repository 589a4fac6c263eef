"""Who has what somebody needs, and needs what they have."""

import math

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.measures.graphs import random_graph

import tertius
from tertius import matches
from tertius.errors import GraphError, ParameterError
from tertius.network import Network


@pytest.fixture
def toy():
    """Me - both - takes, gives - other, and far, who is tied to nobody."""
    people = {
        "me": (["room"], ["money", "time"]),
        "takes": (["tea"], ["room", "tea"]),
        "both": (["money", "time"], ["room"]),
        "gives": (["money"], ["tea"]),
        "nothing": (["tea"], []),
        "far": (["time"], ["room"]),
    }
    nodes = pd.DataFrame([{"id": id, "offers": offers, "needs": needs} for id, (offers, needs) in people.items()])
    pairs = [("me", "both"), ("takes", "both"), ("gives", "nothing")]
    ties = pd.DataFrame(pairs, columns=["source", "target"]).assign(relation="contact", wave=1, weight=math.nan)
    relation = {"name": "contact", "directed": False, "unit": "binary", "scale_max": None, "symmetrise": "max"}
    return Network(nodes, ties, {"ego": "me", "default_relation": "contact", "relations": [relation]})


def test_two_way_matches_come_first_and_then_the_nearest(toy):
    table = matches(toy)
    assert table.index.tolist() == ["both", "far", "takes", "gives"]
    assert table["two_way"].tolist() == [True, True, False, False]
    assert table["steps"].tolist() == [1, math.inf, 2, math.inf]
    assert table["gives"].tolist() == [["money", "time"], ["time"], [], ["money"]]
    assert table["takes"].tolist() == [["room"], ["room"], ["room"], []]


def test_anybody_can_be_asked_for(toy):
    table = matches(toy, "gives")
    assert table.index.tolist() == ["nothing", "me", "takes"]
    assert table["two_way"].tolist() == [False, False, False]
    assert "takes" not in matches(toy, "takes").index  # who needs what they offer is no match for themselves


def test_steps_are_those_of_networkx():
    network = tertius.load("social_entrepreneur")
    steps = nx.single_source_shortest_path_length(network.graph(), network.ego)
    table = matches(network)
    assert table["steps"].to_dict() == {code: steps.get(code, math.inf) for code in table.index}


@given(st.integers(0, 10**6), st.sampled_from([1, 2, 3, None]))
@settings(deadline=None)
def test_matches_are_those_that_loops_find(seed, within):
    graph = random_graph(seed, least=2)
    rng = np.random.default_rng(seed)
    offers, needs = ({node: [t for t in "abcd" if rng.random() < 0.4] for node in graph} for _ in range(2))
    found = matches(graph, 0, offers=offers, needs=needs, within=within)
    steps = nx.single_source_shortest_path_length(graph, 0, cutoff=within)
    expected = []
    for node in graph:
        gives, takes = set(offers[node]) & set(needs[0]), set(needs[node]) & set(offers[0])
        if node != 0 and (gives or takes) and (within is None or node in steps):
            expected.append((not (gives and takes), steps.get(node, math.inf), node))
            assert set(found.loc[node, "gives"]) == gives
            assert set(found.loc[node, "takes"]) == takes
            assert found.loc[node, "steps"] == steps.get(node, math.inf)
    assert found.index.tolist() == [row[2] for row in sorted(expected)]
    assert found["two_way"].tolist() == sorted((not row[0] for row in expected), reverse=True)


def test_words_are_lists_or_texts_with_bars_and_nothing_is_nothing():
    path = nx.path_graph(["me", "Ann", "Bo"])
    offers = {"me": ["site"], "Ann": " data | money ", "Bo": float("nan")}
    needs = {"me": "money|data", "Ann": None, "Bo": ("site",)}
    found = matches(path, "me", offers=offers, needs=needs)
    assert found.loc["Ann"].tolist() == [["data", "money"], [], False, 1]
    assert found.loc["Bo"].tolist() == [[], ["site"], False, 2]
    assert matches(path, "me", offers={}, needs={}).empty


def test_what_has_no_words_or_no_such_person_is_refused(toy):
    path, none = nx.path_graph(["me", "Ann"]), {}
    with pytest.raises(ParameterError, match="no column 'offers'"):
        matches(tertius.load("karate"), "0")
    with pytest.raises(ParameterError, match="no column 'offers'"):
        matches(path, "me")
    with pytest.raises(ParameterError, match="within is 0"):
        matches(path, "me", offers=none, needs=none, within=0)
    with pytest.raises(GraphError, match="'Zoe' is not in this network"):
        matches(toy, "Zoe")
    toy.meta["ego"] = None
    with pytest.raises(GraphError, match="does not say whose it is"):
        matches(toy)
