"""Listing, describing and loading data sets."""

import dataclasses
import socket
from pathlib import Path

import networkx as nx
import pytest

import tertius
from tertius.data import classics
from tertius.data.catalogue import SHIPPED, shipped_folder
from tertius.errors import DataError

COLUMNS = [
    *("name", "title", "nodes", "ties", "relations", "directed", "waves", "synthetic"),
    *("availability", "licence", "lesson"),
]
CASES = [
    *("pharma_executive", "social_entrepreneur", "nonprofit_director"),
    *("law_firm", "law_firm_selected", "manufacturing_vp"),
]
NAMES = [*CASES, "karate", "southern_women", "florentine", "les_miserables"]
LISTED = [*NAMES, "bank_wiring", "tailor_shop", "monastery", "aucs", "florentine_two_layer", "book"]
NETWORKX = {
    "karate": nx.karate_club_graph,
    "southern_women": nx.davis_southern_women_graph,
    "florentine": nx.florentine_families_graph,
    "les_miserables": nx.les_miserables_graph,
}


@pytest.fixture
def no_internet(monkeypatch):
    def refuse(*_args, **_kwargs):
        raise AssertionError("tried to use the network")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def test_the_list_has_a_row_for_each_data_set():
    table = tertius.datasets()
    assert list(table.columns) == COLUMNS
    assert table["name"].tolist() == LISTED
    assert table.set_index("name").loc[NAMES, "availability"].eq("ready").all()
    assert table.set_index("name")["synthetic"].to_dict() == {name: name in CASES for name in LISTED}
    assert table["lesson"].tolist()[:6] == ["02", "03", "04", "05", "05", "06"]
    assert table.loc[5].to_dict() == {
        "name": "manufacturing_vp",
        "title": "A manufacturing vice president and six industries",
        "nodes": 151,
        "ties": 487,
        "relations": "contact",
        "directed": False,
        "waves": 1,
        "synthetic": True,
        "availability": "ready",
        "licence": "CC0-1.0",
        "lesson": "06",
    }


@pytest.mark.parametrize("name", NAMES)
def test_each_data_set_is_what_the_list_says(name, no_internet):
    row = tertius.datasets().set_index("name").loc[name]
    network = tertius.load(name)
    assert (len(network.nodes), len(network.ties)) == (row["nodes"], row["ties"])
    assert network.meta["title"] == row["title"] == tertius.describe(name).title
    assert network.meta["licence"] == row["licence"]
    assert network.meta["synthetic"] == row["synthetic"]
    assert ", ".join(relation["name"] for relation in network.meta["relations"]) == row["relations"]
    assert network.ties["wave"].nunique() == row["waves"]
    assert any(relation["directed"] for relation in network.meta["relations"]) == row["directed"]


@pytest.mark.parametrize("name", NAMES)
def test_each_data_set_follows_the_data_model(name):
    network = tertius.load(name)
    ids = network.nodes["id"].tolist()
    assert all(type(each) is str and each == each.strip() and each for each in ids)
    assert {"id", "kind", "label", "group"} <= set(network.nodes.columns)
    assert set(network.nodes["kind"]) <= {"person", "organisation", "event"}
    position = {each: k for k, each in enumerate(ids)}
    columns = (network.ties[column] for column in ("source", "target", "relation", "wave"))
    keys = [(position[u], position[v], relation, wave) for u, v, relation, wave in zip(*columns, strict=True)]
    assert keys == sorted(set(keys))
    assert all(u < v or network.relation(relation)["directed"] for u, v, relation, _ in keys)
    assert all(u != v for u, v, *_ in keys)
    assert network.alter_ties == "complete"
    assert network.ties["wave"].dtype == "int64"
    assert network.ties["weight"].dtype == "float64"
    assert set(network.meta) >= {
        "name", "title", "version", "ego", "default_relation", "default_wave", "reference_date", "synthetic", "seed",
        "licence", "citation", "contains_names", "pseudonymous", "relations", "alter_ties",
    }  # fmt: skip
    for relation in network.meta["relations"]:
        assert set(relation) == {"name", "directed", "two_mode", "unit", "scale_max", "symmetrise"}
        assert {"status", "reported_by"} <= set(network.ties.columns) or not relation["name"].startswith("perceived")
        ties = network.to_ties(relation["name"])
        assert ((ties.strength > 0) & (ties.strength <= 1)).all()
        assert (
            relation["unit"] != "binary"
            or network.ties["weight"][network.ties["relation"] == relation["name"]].isna().all()
        )
    assert list(network.graph()) == ids


@pytest.mark.parametrize(
    ("name", "nodes", "ties"),
    [("karate", 34, 78), ("southern_women", 32, 89), ("florentine", 15, 20), ("les_miserables", 77, 254)],
)
def test_the_classics_are_those_of_networkx(name, nodes, ties):
    graph, ours = NETWORKX[name](), tertius.load(name)
    assert (len(ours.nodes), len(ours.ties)) == (nodes, ties)
    assert ours.nodes["id"].tolist() == [str(node) for node in graph]
    theirs = {frozenset(map(str, (u, v))): data.get("weight") for u, v, data in graph.edges(data=True)}
    weights = [None if weight != weight else weight for weight in ours.ties["weight"]]
    pairs = map(frozenset, zip(ours.ties["source"], ours.ties["target"], strict=True))
    assert dict(zip(pairs, weights, strict=True)) == theirs
    unit = ours.relation()["unit"]
    assert (unit == "count") == all(weight is not None for weight in weights)
    assert (unit == "binary") == all(weight is None for weight in weights)


def test_the_karate_club_knows_who_went_with_whom():
    groups = tertius.load("karate").nodes.set_index("id")["group"]
    assert groups.value_counts().to_dict() == {"Mr. Hi": 17, "Officer": 17}
    assert (groups["0"], groups["33"]) == ("Mr. Hi", "Officer")


def test_southern_women_is_two_mode():
    network = tertius.load("southern_women")
    kind = network.nodes.set_index("id")["kind"]
    assert kind.value_counts().to_dict() == {"person": 18, "event": 14}
    assert set(kind[network.ties["source"]]) == {"person"}
    assert set(kind[network.ties["target"]]) == {"event"}
    assert network.relation()["two_mode"] is True


def test_names_of_real_people_are_declared():
    declared = {name: tertius.load(name).meta["contains_names"] for name in NAMES}
    assert declared == dict.fromkeys(NAMES, False) | {"southern_women": True, "florentine": True}


def test_a_networkx_with_another_network_is_refused():
    changed = dataclasses.replace(classics.CLASSICS["karate"], ties=77)
    with pytest.raises(DataError, match=r"gives 34 nodes and 78 ties for 'karate', and the study has 34 and 77"):
        changed.network()


def test_what_is_loaded_is_the_learner_s_own_to_change():
    first = tertius.load("manufacturing_vp")
    first.nodes.loc[0, "group"] = "changed"
    first.meta["relations"][0]["unit"] = "changed"
    again = tertius.load("manufacturing_vp")
    assert again.nodes.loc[0, "group"] == "manufacturing"
    assert again.meta["relations"][0]["unit"] == "rating"


@pytest.mark.parametrize("ask", [tertius.load, tertius.describe, tertius.fetch])
@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("karrate", "karate"),
        ("FLORENTINE", "florentine"),
        ("manufacturing", "manufacturing_vp"),
        ("law_firms", "law_firm"),
        ("", "karate"),
        (3, "karate"),
    ],
)
def test_an_unknown_name_brings_the_three_nearest(ask, name, near):
    with pytest.raises(DataError) as raised:
        ask(name)
    message = str(raised.value)
    assert message.startswith(f"There is no data set {name!r}.")
    assert sum(f"'{known}'" in message.removeprefix(f"There is no data set {name!r}.") for known in LISTED) == 3
    assert f"'{near}'" in message or name in ("", 3)
    assert "tertius.datasets()" in message
    assert isinstance(raised.value, LookupError)


def test_a_refusal_in_a_notebook_is_one_sentence_without_a_traceback():
    with pytest.raises(DataError) as raised:
        tertius.load("karrate")
    assert raised.value._render_traceback_() == [f"DataError: {raised.value}"]


def test_a_file_name_is_sent_to_read():
    with pytest.raises(DataError, match=r"For a file of your own, use tertius\.read"):
        tertius.load("my-ties.csv")


def test_every_folder_of_data_in_the_repository_is_listed():
    folders = Path(__file__).resolve().parents[2] / "datasets"
    assert sorted(folder.name for folder in folders.iterdir() if folder.is_dir()) == sorted(SHIPPED)
    assert shipped_folder("manufacturing_vp").samefile(folders / "manufacturing_vp")


def test_a_data_set_that_did_not_come_along_is_missed_in_words():
    with pytest.raises(DataError, match="The files of the data set 'law_farm' did not come with this copy"):
        shipped_folder("law_farm")
