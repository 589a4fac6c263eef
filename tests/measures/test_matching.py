"""Who has what somebody needs, and needs what they have."""

import math

import networkx as nx
import pandas as pd
import pytest

import tertius
from tertius import matches
from tertius.errors import GraphError
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


def test_what_has_no_tags_or_no_such_person_is_refused(toy):
    with pytest.raises(GraphError, match="this network has no 'offers'"):
        matches(tertius.load("karate"))
    with pytest.raises(GraphError, match="There is no 'Zoe' in this network"):
        matches(toy, "Zoe")
    toy.meta["ego"] = None
    with pytest.raises(GraphError, match="name the person whose matches you want"):
        matches(toy)
