"""Networks written to files: whole and read again without loss, or less of them for others."""

import csv
import io
import json
import re

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.widgets.payloads import PAYLOADS

import tertius
from tertius.data.personas import PERSONAS
from tertius.errors import ParameterError, ReadError, SaveError
from tertius.export import tables
from tertius.network import Network

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=10) | st.sampled_from(
    [text for name, text in PAYLOADS.items() if name != "torn"] + ["'", "NA", "007", "1.5", "true", " a ", "\r", "a\nb"]
)
TAGS = st.lists(TEXT.map(lambda text: text.replace("|", "")).filter(bool), max_size=3)
NUMBER = st.floats(allow_infinity=False)


def relation(name="tie", unit="rating", **said):
    return {"name": name, "directed": False, "unit": unit, "scale_max": 5, "symmetrise": "max", **said}


@st.composite
def networks(draw):
    """People and ties with cells of every kind."""
    ids = draw(st.lists(TEXT.filter(bool), min_size=1, max_size=6, unique=True))
    n = len(ids)
    columns = {"label": TEXT, "offers": TAGS, "capacity": NUMBER, "is_new": st.booleans(), "year": st.integers(-9, 9)}
    nodes = pd.DataFrame({"id": ids} | {name: [draw(cells) for _ in ids] for name, cells in columns.items()})
    pairs = draw(st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)), max_size=8, unique=True))
    pairs = [(ids[a], ids[b]) for a, b in pairs if a < b]
    ties = pd.DataFrame(
        {
            "source": pd.Series([a for a, _ in pairs], dtype=object),
            "target": pd.Series([b for _, b in pairs], dtype=object),
            "relation": pd.Series(["tie"] * len(pairs), dtype=object),
            "wave": pd.Series([1] * len(pairs), dtype=int),
            "weight": pd.Series([draw(st.floats(0.01, 5)) for _ in pairs], dtype=float),
            "remark": pd.Series([draw(TEXT) for _ in pairs], dtype=object),
        }
    )
    meta = {"title": draw(TEXT), "ego": ids[0], "alter_ties": "reported", "default_relation": "tie"}
    return Network(nodes, ties, meta | {"relations": [relation()]})


def assert_same(one, other):
    for name in ("nodes", "ties"):
        before, after = (getattr(network, name) for network in (one, other))
        assert list(before.columns) == list(after.columns)
        for column in before:
            cells = [[None if cell != cell else cell for cell in table[column].tolist()] for table in (before, after)]
            assert cells[0] == cells[1], column
    assert one.meta == other.meta


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(networks())
def test_every_network_comes_back_from_its_tables_as_it_was(tmp_path_factory, network):
    folder = tmp_path_factory.mktemp("saved") / "out"
    network.save(folder)
    assert_same(network, tertius.read(folder, allow_public_hub=True))
    first = {file.name: file.read_bytes() for file in folder.iterdir()}
    network.save(folder)
    assert first == {file.name: file.read_bytes() for file in folder.iterdir()}, "the same bytes each time"


@pytest.mark.parametrize("name", [persona.name for persona in PERSONAS])
def test_the_maps_of_the_personas_come_back_too(tmp_path, name):
    network = tertius.load(name).own_map()
    network.save(tmp_path / "out")
    assert_same(network, tertius.read(tmp_path / "out", allow_public_hub=True))


def hostile():
    """A network whose people are called by every payload."""
    ids = [text.encode("utf-8", "replace").decode() for text in PAYLOADS.values()]
    nodes = pd.DataFrame({"id": ids, "label": ids, "group": ids, "offers": [[text] for text in ids]})
    nodes["offers"] = nodes["offers"].map(lambda tags: [tag.replace("|", "/") for tag in tags])
    ties = pd.DataFrame(
        [(ids[0], id, "tie", 1, 1.0, "2026-01-31") for id in ids[1:]],
        columns=["source", "target", "relation", "wave", "weight", "last_contact"],
    )
    meta = {"ego": ids[0], "alter_ties": "reported", "default_relation": "tie", "relations": [relation()]}
    return Network(nodes, ties, meta)


def test_no_cell_of_a_table_is_a_formula(tmp_path):
    network = hostile()
    network.save(tmp_path / "out")
    for name in ("nodes.csv", "ties.csv"):
        content = (tmp_path / "out" / name).read_bytes().decode("utf-8")
        for row in csv.reader(io.StringIO(content, newline="")):
            assert not [cell for cell in row if cell.lstrip()[:1] in ("=", "+", "-", "@") and cell]
    assert_same(network, tertius.read(tmp_path / "out", allow_public_hub=True))


def test_a_table_that_is_not_ours_keeps_its_apostrophes(tmp_path):
    (tmp_path / "ties.csv").write_text("source,target\n'=1+1,Bo\nBo,Cy\n'=1+1,Cy\n")
    network = tertius.read(tmp_path / "ties.csv", directed=False, allow_public_hub=True)
    assert network.nodes["id"].tolist()[0] == "'=1+1"


READERS = {
    ".graphml": nx.read_graphml,
    ".gexf": nx.read_gexf,
    ".json": lambda path: nx.node_link_graph(json.loads(path.read_text("utf-8")), edges="links"),
}


def as_xml(text):
    """What is left of a text where tabs and line breaks are spaces, and what XML cannot hold is gone."""
    text = re.sub("[\t\n\r]", " ", text)
    return "".join(c for c in text if c >= " " and c not in "\ufffe\uffff")


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@pytest.mark.parametrize("ending", READERS)
@given(network=networks())
def test_other_programs_read_the_same_graph(tmp_path_factory, ending, network):
    path = tmp_path_factory.mktemp("saved") / f"out{ending}"
    ours = network.graph()
    clean = {id: id if ending == ".json" else as_xml(id) for id in ours}
    if len(set(clean.values())) < len(clean) or not all(clean.values()):
        with pytest.raises(ParameterError, match="cannot hold"):
            network.save(path)
        return
    said = network.save(path)
    graph = READERS[ending](path)
    assert (len(graph), graph.number_of_edges()) == (len(ours), ours.number_of_edges()) == (said.people, said.ties)
    assert set(graph) == set(clean.values())
    for u, v, kept in ours.edges(data=True):
        assert graph.edges[clean[u], clean[v]]["weight"] == pytest.approx(kept["weight_raw"])
    assert not {"strength", "distance"} & {key for *_, kept in graph.edges(data=True) for key in kept}


@pytest.mark.parametrize("ending", READERS)
def test_we_read_them_again_too(tmp_path, ending):
    network = tertius.load("social_entrepreneur").own_map()
    network.save(tmp_path / f"out{ending}")
    again = tertius.read(tmp_path / f"out{ending}", me=network.ego, allow_public_hub=True)
    assert set(again.nodes["id"]) == set(network.nodes["id"])
    ours, theirs = (
        {frozenset(row[:2]): row[2] for row in one.ties[["source", "target", "weight"]].to_numpy().tolist()}
        for one in (network, again)
    )
    assert theirs == pytest.approx(ours)
    groups = [one.nodes.set_index("id")["group"].to_dict() for one in (network, again)]
    assert groups[0] == groups[1]


@pytest.mark.parametrize("ending", READERS)
def test_other_programs_read_hostile_names_and_what_is_said_of_people(tmp_path, ending):
    hostile().save(tmp_path / f"out{ending}")
    graph = READERS[ending](tmp_path / f"out{ending}")
    assert graph.nodes[PAYLOADS["image"]]["group"] == PAYLOADS["image"]
    network = tertius.load("social_entrepreneur").own_map()
    network = Network(network.nodes.assign(start="now", viz="x"), network.ties, network.meta)
    network.save(tmp_path / f"map{ending}")
    row = network.nodes.iloc[3]
    kept = READERS[ending](tmp_path / f"map{ending}").nodes[row["id"]]
    assert (kept["group"], kept["offers"], kept["start_"]) == (row["group"], "|".join(row["offers"]), "now")


def test_what_was_saved_says_what_to_know_before_others_see_it(tmp_path):
    said = tertius.load("social_entrepreneur").own_map().save(tmp_path / "out")
    assert repr(said).startswith("out: 27 people and 60 ties.")
    assert "structure alone can identify" in repr(said)
    package = json.loads((tmp_path / "out" / "datapackage.json").read_text())
    assert "structure alone can identify" in package["description"]
    assert package["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    nodes = package["resources"][0]
    assert nodes["bytes"] == len((tmp_path / "out" / "nodes.csv").read_bytes())
    assert {"name": "offers", "type": "list", "delimiter": "|", "itemType": "string"} in nodes["schema"]["fields"]


def test_names_are_saved_only_when_that_is_said_and_never_under_version_control(tmp_path):
    network = Network(hostile().nodes, hostile().ties, hostile().meta | {"contains_names": True})
    with pytest.raises(ParameterError, match="include_names=True"):
        network.save(tmp_path / "out")
    assert "It holds names" in repr(network.save(tmp_path / "out", include_names=True))
    (tmp_path / ".git").mkdir()
    with pytest.raises(ParameterError, match="under version control"):
        network.save(tmp_path / "other", include_names=True)
    assert not (tmp_path / "other").exists()


@pytest.mark.parametrize("path", ["out.xlsx", "out.csv", "", "out.pickle", 7])
def test_a_kind_of_file_that_is_not_written_is_refused(path):
    with pytest.raises(ParameterError):
        hostile().save(path)


def test_a_folder_with_other_files_is_left_alone(tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "nodes.csv").write_text("mine")
    with pytest.raises(SaveError, match="holds other files"):
        hostile().save(tmp_path / "out")
    assert (tmp_path / "out" / "nodes.csv").read_text() == "mine"


@pytest.mark.parametrize(("cells", "problem"), [
    ([1, "a"], "cells of several kinds"),
    ([["a|b"], ["c"]], "cells of several kinds"),
    ([{"a": 1}, {"b": 2}], "cells of several kinds"),
])  # fmt: skip
def test_what_fits_in_no_table_is_refused_and_nothing_is_written(tmp_path, cells, problem):
    network = tertius.load("social_entrepreneur").own_map()
    nodes = network.nodes.iloc[:2].assign(odd=pd.Series(cells, dtype=object).to_numpy())
    odd = Network(nodes, network.ties.iloc[:0], network.meta)
    with pytest.raises(ParameterError, match=problem):
        odd.save(tmp_path / "out")
    assert not (tmp_path / "out").exists()


# --- damaged on the way


@pytest.mark.parametrize(("file", "before", "after", "problem"), [
    ("nodes.csv", b"id,kind", b"id,sort", "has the columns"),
    ("ties.csv", b"contact,1,", b"contact,one,", "which is no integer"),
    ("ties.csv", b"FOUNDER", b"NOBODY", "who is not in the nodes table"),
    ("datapackage.json", b'"saved": 1', b'"saved": 2', "tertius did not save"),
    ("datapackage.json", b"{", b"", "cannot be read as JSON"),
    ("datapackage.json", b'"relations"', b'"relation"', "does not hold together"),
])  # fmt: skip
def test_a_saved_network_that_was_damaged_is_refused_in_a_sentence(tmp_path, file, before, after, problem):
    tertius.load("social_entrepreneur").own_map().save(tmp_path / "out")
    place = tmp_path / "out" / file
    assert before in place.read_bytes()
    place.write_bytes(place.read_bytes().replace(before, after, 1))
    with pytest.raises(ReadError, match=problem):
        tertius.read(tmp_path / "out", allow_public_hub=True)


def test_a_table_that_was_changed_and_still_fits_is_read_with_a_warning(tmp_path):
    tertius.load("social_entrepreneur").own_map().save(tmp_path / "out")
    place = tmp_path / "out" / "nodes.csv"
    place.write_bytes(place.read_bytes().replace(b"NGO", b"Aid", 1))
    network = tertius.read(tmp_path / "out", allow_public_hub=True)
    assert [problem.code for problem in network.report.of("warning")] == ["R37"]
    assert "Aid" in set(network.nodes["group"])


# --- for others


def counted():
    """Four contacts with 9, 3, 2 and 0 records, and days."""
    people = ["me", "Often", "Three", "Rare", "Never"]
    nodes = pd.DataFrame(
        {"id": people, "label": people, "organisation": ["X", "X", "X", "Y", ""], "needs": [["a"]] * 5, "secret": "s"}
    )
    rows = [("me", "Often", 9.0, "2026-01-31"), ("me", "Three", 3.0, "2026-01-26"), ("me", "Rare", 2.0, "2025-12-31")]
    ties = pd.DataFrame(
        [(u, v, "mail", 1, w, day, "a remark") for u, v, w, day in rows],
        columns=["source", "target", "relation", "wave", "weight", "last_contact", "often"],
    )
    meta = {
        "ego": "me",
        "title": "Ann's",
        "alter_ties": "none",
        "default_relation": "mail",
        "reference_date": "2026-01-31",
    }
    return Network(nodes, ties, meta | {"relations": [relation("mail", "count")]})


def test_others_see_weeks_new_codes_and_nobody_rare(tmp_path):
    network = counted()
    said = network.share(tmp_path / "out")
    assert (said.people, said.ties, said.left_out) == (3, 2, 2)
    assert "2 with fewer than 3 contacts on record were left out" in repr(said)
    shared = tertius.read(tmp_path / "out", allow_public_hub=True)
    assert shared.ego == "ego"
    assert sorted(shared.nodes["id"]) == ["S01", "S02", "ego"]
    assert set(shared.ties["last_contact"]) == {"2026-01-26"}
    assert shared.meta["reference_date"] == "2026-01-26"
    assert sorted(shared.ties["weight"]) == [3, 9]
    everything = "".join(file.read_text("utf-8") for file in (tmp_path / "out").iterdir())
    for private in ("Often", "Three", "Rare", "Never", "secret", "remark", "Ann", "2026-01-31", "needs"):
        assert private not in everything
    pd.testing.assert_frame_equal(network.ties, counted().ties)


def test_small_groups_are_called_other_and_people_without_counts_stay(tmp_path):
    network = tertius.load("social_entrepreneur").own_map()
    said = network.share(tmp_path / "out")
    assert (said.people, said.left_out) == (27, None)
    assert "nobody was left out as rare" in repr(said)
    counts = tertius.read(tmp_path / "out", allow_public_hub=True).nodes["group"].value_counts()
    before = network.nodes["group"].value_counts()
    assert counts["other"] == before[before < 3].sum()
    assert (counts.drop("other") >= 3).all()


def test_the_order_of_the_new_codes_tells_nothing_and_the_structure_is_the_same(tmp_path):
    network = tertius.load("social_entrepreneur").own_map()
    orders = set()
    for k in range(3):
        network.share(tmp_path / f"out-{k}")
        shared = tertius.read(tmp_path / f"out-{k}", allow_public_hub=True)
        orders.add(tuple(shared.to_ties().degree.tolist()))
        assert sorted(shared.to_ties().degree) == sorted(network.to_ties().degree)
        assert np.isclose(sorted(shared.ties["weight"]), sorted(network.ties["weight"])).all()
    assert len(orders) > 1


def test_a_file_is_no_place_for_what_others_see(tmp_path):
    with pytest.raises(ParameterError, match="is a folder of tables"):
        counted().share(tmp_path / "out.json")


def test_an_empty_table_keeps_its_columns(tmp_path):
    network = Network(counted().nodes, counted().ties.iloc[:0], counted().meta)
    network.save(tmp_path / "out")
    again = tertius.read(tmp_path / "out", allow_public_hub=True)
    assert list(again.ties.columns) == list(network.ties.columns)
    assert tables.is_ours(json.loads((tmp_path / "out" / "datapackage.json").read_text()))
