"""`Network`: two tables, and the graphs and arrays made of them."""

import math

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from tertius.errors import GraphError
from tertius.network import Network
from tertius.ties import Ties


def network(unit="rating", directed=False, weights=(4.0, 1.0), waves=(1, 1), **meta):
    nodes = pd.DataFrame({"id": ["Ann", "Bo", "Cy", "Di"], "group": ["x", "x", "y", "y"]})
    ties = pd.DataFrame(
        {
            "source": ["Ann", "Cy"],
            "target": ["Bo", "Ann"],
            "relation": "knows",
            "wave": list(waves),
            "weight": list(weights),
        }
    )
    relation = {"name": "knows", "directed": directed, "unit": unit, "scale_max": 5, "symmetrise": "max"}
    declared = {"name": "toy", "default_relation": "knows", "default_wave": 1, "relations": [relation], **meta}
    return Network(nodes, ties, declared)


def test_the_graph_and_the_arrays_agree():
    toy = network()
    direct, through = Ties.of(toy), Ties.of(toy.graph())
    for name in ("indptr", "indices", "strength"):
        np.testing.assert_array_equal(getattr(direct, name), getattr(through, name))
    assert direct.ids == through.ids == ("Ann", "Bo", "Cy", "Di")


def test_edges_carry_strength_distance_and_raw_weight_and_nothing_called_weight():
    edge = network().graph().edges["Ann", "Bo"]
    assert edge == {"strength": 0.8, "distance": 1.25, "weight_raw": 4.0}


def test_people_without_ties_are_kept_in_table_order_with_what_is_known():
    graph = network().graph()
    assert list(graph) == ["Ann", "Bo", "Cy", "Di"]
    assert graph.nodes["Di"] == {"group": "y"}


@pytest.mark.parametrize(
    ("unit", "expected"),
    [("binary", [1, 1]), ("rating", [0.8, 0.2]), ("count", [1.0, math.log(2) / math.log(5)])],
)
def test_strength_follows_the_unit(unit, expected):
    toy = network(unit=unit).to_ties()
    assert dict(zip(toy.named_pairs(), toy.pair_strength, strict=True)) == pytest.approx(
        {("Ann", "Bo"): expected[0], ("Ann", "Cy"): expected[1]}
    )


def test_a_directed_relation_keeps_or_joins_its_directions():
    toy = network(directed=True)
    assert sorted(toy.graph().edges) == [("Ann", "Bo"), ("Cy", "Ann")]
    assert toy.graph().is_directed()
    assert not toy.graph(directed=False).is_directed()
    assert sorted(map(sorted, toy.graph(directed=False).edges)) == [["Ann", "Bo"], ["Ann", "Cy"]]


def test_waves_are_kept_apart():
    toy = network(waves=(1, 2))
    assert list(toy.graph().edges) == [("Ann", "Bo")]
    assert list(toy.graph(wave=2).edges) == [("Ann", "Cy")]
    with pytest.raises(GraphError, match=r"no wave 3 .* has \[1, 2\]"):
        toy.graph(wave=3)


def test_the_choice_is_recorded_on_the_graph():
    assert network(ego="Ann", alter_ties="partial").graph().graph == {
        "name": "toy",
        "relation": "knows",
        "wave": 1,
        "alter_ties": "partial",
        "ego": "Ann",
    }


def test_an_unknown_relation_is_refused_with_those_there_are():
    with pytest.raises(GraphError, match="no relation 'advice'; this network has 'knows'"):
        network().graph("advice")


def test_tables_that_do_not_fit_are_refused():
    toy = network()
    with pytest.raises(GraphError, match="need the column 'id'"):
        Network(toy.nodes.drop(columns="id"), toy.ties, toy.meta)
    with pytest.raises(GraphError, match="A tie names 'Ann'"):
        Network(toy.nodes.iloc[1:], toy.ties, toy.meta)
    with pytest.raises(GraphError, match="'Ann' stands twice"):
        Network(pd.concat([toy.nodes, toy.nodes.iloc[:1]]), toy.ties, toy.meta)


def test_a_missing_weight_has_no_silent_strength():
    with pytest.raises(GraphError, match="Some ties of 'knows' have no weight"):
        network(weights=(4.0, np.nan)).to_ties()
    assert network(unit="binary", weights=(4.0, np.nan)).to_ties().n_ties == 2


def test_without_leaves_out_people_and_their_ties():
    toy = network(ego="Ann")
    rest = toy.without("Bo", "Di")
    assert rest.nodes["id"].tolist() == ["Ann", "Cy"]
    assert rest.ties[["source", "target"]].to_numpy().tolist() == [["Cy", "Ann"]]
    assert rest.ego == "Ann"
    assert toy.without("Ann").ego is None
    assert toy.without("Ann").ties.empty
    assert toy.without().nodes.equals(toy.nodes)
    rest.meta["relations"][0]["unit"] = "changed"
    assert toy.relation()["unit"] == "rating"
    with pytest.raises(GraphError, match="'Zoe' is not in this network"):
        toy.without("Ann", "Zoe")


def layered(**meta):
    """Ann met Bo and Cy, who met too; Bo and Cy trust each other, Cy trusts Di, and Ann trusts Bo."""
    rows = [
        ("Ann", "Bo", "met", 3.0), ("Cy", "Ann", "met", 7.0), ("Bo", "Cy", "met", 1.0),
        ("Cy", "Bo", "trust", 2.0), ("Bo", "Cy", "trust", 4.0), ("Cy", "Di", "trust", 5.0), ("Ann", "Bo", "trust", 5.0),
    ]  # fmt: skip
    relations = [
        {"name": "met", "directed": True, "unit": "count", "scale_max": None, "symmetrise": "max"},
        {"name": "trust", "directed": True, "unit": "rating", "scale_max": 5, "symmetrise": "sum"},
    ]
    return Network(
        pd.DataFrame({"id": ["Ann", "Bo", "Cy", "Di"]}),
        pd.DataFrame(rows, columns=["source", "target", "relation", "weight"]).assign(wave=1, note="kept"),
        {"name": "toy", "ego": "Ann", "default_relation": "met", "relations": relations} | meta,
    )


def test_an_own_map_takes_the_ego_s_ties_from_one_relation_and_the_others_from_another():
    own = layered(own_map={"ego": "met", "contacts": "trust"}).own_map()
    strength = {("Ann", "Bo"): math.log(4) / math.log(8), ("Ann", "Cy"): 1, ("Bo", "Cy"): 0.8}
    ties = own.to_ties()
    assert dict(zip(ties.named_pairs(), ties.pair_strength, strict=True)) == pytest.approx(strength)
    assert own.nodes["id"].tolist() == ["Ann", "Bo", "Cy"]
    assert set(own.ties["note"]) == {"kept"}
    assert not own.relation()["directed"]
    assert (own.ego, own.alter_ties, own.meta["title"]) == ("Ann", "reported", "toy: own map of Ann")


def test_an_own_map_uses_the_default_relation_unless_told_otherwise():
    own = layered().own_map().to_ties()
    assert own.named_pairs() == [("Ann", "Bo"), ("Ann", "Cy"), ("Bo", "Cy")]
    assert own.pair_strength.tolist() == pytest.approx([math.log(4) / math.log(8), 1, math.log(2) / math.log(8)])


def test_the_own_map_of_an_own_map_is_the_same():
    own = layered(own_map={"ego": "met", "contacts": "trust"}).own_map()
    assert own.own_map().ties.equals(own.ties)


def test_an_ego_without_contacts_has_a_map_of_one():
    own = network(ego="Di").own_map()
    assert own.nodes["id"].tolist() == ["Di"]
    assert own.to_ties().n_ties == 0


def test_an_own_map_needs_an_ego():
    with pytest.raises(GraphError, match="An own map needs an ego"):
        network().own_map()


def test_relabelling_changes_nothing_but_names():
    toy = network()
    other = nx.relabel_nodes(toy.graph(), {"Ann": "P1"})
    np.testing.assert_array_equal(Ties.of(other).strength, Ties.of(toy).strength)
