"""Networks of several layers: read from the files of a package that is never imported, or missed in words."""

import importlib.metadata
import subprocess
import sys
from dataclasses import replace

import pandas as pd
import pytest

import tertius
from tertius.data import mpx, multilayer
from tertius.data.multilayer import MULTILAYER
from tertius.errors import DataError

# People, and ties by relation and wave where it gives them.
SIZES = {"bank_wiring": 14, "tailor_shop": 39, "monastery": 18, "aucs": 61, "florentine_two_layer": 15, "book": 8}
TIES = {
    ("tailor_shop", "social", 1): 158,
    ("tailor_shop", "social", 2): 223,
    ("tailor_shop", "work", 1): 76,
    ("tailor_shop", "work", 2): 95,
    ("aucs", "work", 1): 194,
    ("aucs", "lunch", 1): 193,
    ("aucs", "leisure", 1): 88,
    ("aucs", "facebook", 1): 124,
    ("aucs", "coauthor", 1): 21,
}


def is_installed():
    try:
        return bool(importlib.metadata.version("uunet"))
    except importlib.metadata.PackageNotFoundError:
        return False


needs_extra = pytest.mark.skipif(not is_installed(), reason="the extra multilayer is not installed")
TEXT = """#TYPE
multiplex

#LAYERS
likes,DIRECTED
lunch,UNDIRECTED

#ACTOR ATTRIBUTES
group,STRING

#EDGE ATTRIBUTES
likes,rank,numeric

#ACTORS
B,G2/G3
A,NA

#EDGES
A,B,likes,3
B,A,likes,1
A,B,lunch
B,A,lunch
"""


def test_sections_are_read_and_ties_without_direction_count_once():
    held = mpx.parse(TEXT)
    assert held.directed == {"likes": True, "lunch": False}
    assert held.actors == {"B": ("G2/G3",), "A": ("NA",)}
    assert held.columns == ["group"]
    assert held.ties("likes") == {("A", "B"): ("3",), ("B", "A"): ("1",)}
    assert held.ties("lunch") == {("B", "A"): ()}


def test_line_ends_and_spaces_do_not_matter():
    spaced = TEXT.replace("\n", "\r\n").replace("A,B", "A , B").replace("#EDGES", " #edges ")
    assert mpx.parse(spaced) == mpx.parse(TEXT)


def test_bare_lines_are_ties_without_direction():
    held = mpx.parse("A,B,work\nB,C,work\n\nA,C,lunch\n")
    assert held.directed == {"work": False, "lunch": False}
    assert list(held.actors) == ["A", "B", "C"]
    assert held.ties("work") == {("A", "B"): (), ("B", "C"): ()}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("#PEOPLE\nA\n", "Line 1 of the network file is '#PEOPLE', which is no heading"),
        ("A,B\n", "Line 1 of the network file has 2 cells under #EDGES"),
        ("#ACTORS\nA,G1\n", "Line 2 of the network file has 2 cells under #ACTORS"),
        ("<html>\n", "Line 1 of the network file has 1 cells under #EDGES"),
    ],
)
def test_what_is_no_such_file_is_refused(text, said):
    with pytest.raises(DataError, match=said):
        mpx.parse(text)


@needs_extra
@pytest.mark.parametrize("name", SIZES)
def test_each_network_has_the_people_and_ties_of_the_study(name):
    network = tertius.load(name)
    row = tertius.datasets().set_index("name").loc[name]
    assert len(network.nodes) == SIZES[name] == row["nodes"]
    assert len(network.ties) == row["ties"]
    assert row["availability"] == "ready"
    assert sorted(network.ties["wave"].unique()) == list(range(1, row["waves"] + 1))
    for relation in network.meta["relations"]:
        for wave in network.ties.loc[network.ties["relation"] == relation["name"], "wave"].unique():
            ties = network.to_ties(relation["name"], int(wave))
            assert ties.n_ties == TIES.get((name, relation["name"], wave), ties.n_ties)
            assert ((ties.strength > 0) & (ties.strength <= 1)).all()


@needs_extra
@pytest.mark.parametrize("name", SIZES)
def test_each_network_follows_the_data_model(name):
    network = tertius.load(name)
    position = {each: k for k, each in enumerate(network.nodes["id"])}
    columns = (network.ties[column] for column in ("source", "target", "relation", "wave"))
    keys = [(position[u], position[v], relation, wave) for u, v, relation, wave in zip(*columns, strict=True)]
    assert keys == sorted(set(keys))
    assert all(u < v or network.relation(relation)["directed"] for u, v, relation, _ in keys)
    assert {"id", "kind", "label", "group"} <= set(network.nodes.columns)
    columns = dict(tertius.describe(name).sections)["Columns and units"]
    for column in (*network.nodes.columns, *{relation["name"] for relation in network.meta["relations"]}):
        assert f"`{column}`" in columns
    assert dict(tertius.describe(name).sections)["Citation"] == network.meta["citation"]


@needs_extra
def test_what_looks_like_nothing_in_a_file_stays_text():
    nodes = tertius.load("aucs").nodes
    assert nodes["group"].eq("NA").any()
    assert nodes["group"].eq("G2/G3").any()
    assert nodes["role"].eq("NA").any()


@needs_extra
def test_numbers_about_families_and_choices_are_numbers():
    families = tertius.load("florentine_two_layer").nodes.set_index("id")
    assert families.loc["Medici", ["priorates", "wealth", "total_ties"]].tolist() == [53, 103, 54]
    assert pd.api.types.is_float_dtype(families["wealth"])
    assert set(tertius.load("monastery").ties["weight"]) == {1, 2, 3}
    assert tertius.load("bank_wiring").to_ties("job_trading").strength.max() == 1


@needs_extra
def test_loading_reads_files_and_never_imports_the_package():
    code = (
        "import sys, tertius\n"
        f"for name in {list(SIZES)}: tertius.load(name), tertius.describe(name)\n"
        "tertius.datasets(); print('uunet' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"


@needs_extra
def test_a_package_with_other_numbers_is_refused():
    with pytest.raises(DataError, match=r"book.mpx of uunet .* has 8 people, and the study has 9"):
        replace(MULTILAYER["book"], nodes=9).network()
    changed = (replace(MULTILAYER["book"].layers[0], ties=7), *MULTILAYER["book"].layers[1:])
    with pytest.raises(DataError, match="has 8 ties of the layer 'Friend', and the study has 7"):
        replace(MULTILAYER["book"], layers=changed).network()
    unknown = (replace(MULTILAYER["book"].layers[0], name="Foe"), *MULTILAYER["book"].layers[1:])
    with pytest.raises(DataError, match="has 0 ties of the layer 'Foe'"):
        replace(MULTILAYER["book"], layers=unknown).network()


def test_without_the_extra_they_are_listed_and_the_extra_is_named(monkeypatch):
    monkeypatch.setattr(multilayer, "PACKAGE", "no-such-package-is-installed")
    table = tertius.datasets().set_index("name")
    assert table.loc[list(SIZES), "availability"].tolist() == ["needs extra"] * 6
    assert table.loc[list(SIZES), "nodes"].tolist() == list(SIZES.values())
    for ask in (tertius.load, tertius.fetch):
        with pytest.raises(DataError, match=r"'aucs' comes with the extra 'multilayer', .* pip install 'tertius\["):
            ask("aucs")


def test_a_package_without_the_file_counts_as_missing():
    assert replace(MULTILAYER["book"], file="gone.mpx").path() is None
