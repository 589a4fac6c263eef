"""The files in datasets/: made again byte for byte, described truly, and refused when damaged."""

import csv
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import lazy_loader
import pytest

import tertius.data as cases
from tertius.data import files, load
from tertius.data.cases import manufacturing
from tertius.data.catalogue import SHIPPED
from tertius.data.tables import Field
from tertius.errors import DataError, ParameterError

REPOSITORY = Path(__file__).resolve().parents[2]
DATASETS = REPOSITORY / "datasets"
FOLDER = DATASETS / "manufacturing_vp"
MADE = ["datapackage.json", "ground_truth.json", "nodes.csv", "ties.csv"]


def package_of(folder):
    return json.loads((folder / "datapackage.json").read_text("utf-8"))


GENERATE = """
import runpy, sys
datasets, made, *names = sys.argv[1:]
for name in names:
    sys.argv[1:] = [f"{made}/{name}"]
    runpy.run_path(f"{datasets}/{name}/generate.py", run_name="__main__")
print(*sys.modules)
"""


def generate(python, made, **environment):
    """Run every generate.py under some Python that has no more than tertius and lazy_loader; list what it loaded."""
    packages = made.parent / "packages"
    shutil.copytree(Path(lazy_loader.__file__).parent, packages / "lazy_loader")
    for name in SHIPPED:
        (made / name).mkdir(parents=True)
    run = subprocess.run(
        [python, "-B", "-c", GENERATE, str(DATASETS), str(made), *SHIPPED],
        env=os.environ | environment | {"PYTHONPATH": os.pathsep.join([str(REPOSITORY / "toolkit"), str(packages)])},
        capture_output=True,
        text=True,
        check=True,
    )
    return set(run.stdout.split())


def other_python(version):
    """Path and environment of another Python, or None; pyenv finds its own by PYENV_VERSION, which others ignore."""
    environment = {"PYENV_VERSION": version}
    python = shutil.which(f"python{version}")
    probe = [python, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"]
    if python is None:
        return None
    found = subprocess.run(probe, env=os.environ | environment, capture_output=True, text=True, check=False)
    return (python, environment) if found.stdout.strip() == version else None


def assert_same_files(made):
    for name in SHIPPED:
        assert sorted(path.name for path in (made / name).iterdir()) == MADE
        for file in MADE:
            assert (made / name / file).read_bytes() == (DATASETS / name / file).read_bytes(), f"{name}/{file} differs"


def test_the_generators_make_the_same_bytes_with_the_standard_library_alone(tmp_path):
    loaded = generate(sys.executable, tmp_path / "made", PYTHONHASHSEED="4321", LC_ALL="C", TZ="Asia/Tokyo")
    assert_same_files(tmp_path / "made")
    assert not loaded & {"numpy", "pandas", "networkx", "scipy"}


@pytest.mark.slow
@pytest.mark.parametrize("version", ["3.11", "3.12", "3.13", "3.14"])
def test_another_python_makes_the_same_bytes(version, tmp_path):
    if version == f"{sys.version_info.major}.{sys.version_info.minor}":
        pytest.skip("the test above runs under this Python")
    python = other_python(version)
    if python is None:
        pytest.skip(f"there is no Python {version} here")
    generate(python[0], tmp_path / "made", **python[1])
    assert_same_files(tmp_path / "made")


@pytest.mark.parametrize("file", [*MADE, "CARD.md"])
@pytest.mark.parametrize("name", SHIPPED)
def test_files_are_utf8_with_unix_line_ends(name, file):
    content = (DATASETS / name / file).read_bytes()
    assert content.decode("utf-8")
    assert not content.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in content
    assert content.endswith(b"\n")
    assert not content.endswith(b"\n\n")


@pytest.mark.parametrize("name", SHIPPED)
def test_json_is_written_with_sorted_keys(name):
    for file in ("datapackage.json", "ground_truth.json"):
        text = (DATASETS / name / file).read_text("utf-8")
        assert text == json.dumps(json.loads(text), indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def test_git_converts_no_line_ends_in_data_sets():
    asked = ["git", "check-attr", "text", "datasets/manufacturing_vp/nodes.csv", "datasets/any/CARD.md", "README.md"]
    if not (REPOSITORY / ".git").exists():
        pytest.skip("this copy is not a git repository")
    lines = subprocess.run(asked, cwd=REPOSITORY, capture_output=True, text=True, check=True).stdout.splitlines()
    assert [line.split(": ")[2] for line in lines][:2] == ["unset", "unset"]


# datapackage.json


@pytest.mark.parametrize("name", SHIPPED)
def test_the_package_has_what_a_data_package_2_needs(name):
    package = package_of(DATASETS / name)
    assert package["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert package["name"] == name
    assert re.fullmatch(r"\d+\.\d+\.\d+", package["version"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", package["created"])
    assert [licence["name"] for licence in package["licenses"]] == ["CC0-1.0"]
    assert package["contributors"] == [{"roles": ["author"], "title": "the tertius contributors"}]
    assert package["sources"]
    assert [resource["name"] for resource in package["resources"]] == ["nodes", "ties"]


@pytest.mark.parametrize("table", ["nodes", "ties"])
@pytest.mark.parametrize("name", SHIPPED)
def test_each_resource_describes_its_file(name, table):
    folder = DATASETS / name
    resource = next(each for each in package_of(folder)["resources"] if each["name"] == table)
    content = (folder / resource["path"]).read_bytes()
    assert resource["$schema"] == "https://datapackage.org/profiles/2.0/dataresource.json"
    assert (resource["type"], resource["encoding"]) == ("table", "utf-8")
    assert resource["bytes"] == len(content)
    assert resource["hash"] == "sha256:" + hashlib.sha256(content).hexdigest()
    schema = resource["schema"]
    assert set(schema) <= {"fields", "missingValues", "primaryKey", "foreignKeys"}
    assert schema["missingValues"] == [""]
    for column in schema["fields"]:
        is_list = column["type"] == "list"
        allowed = {"name", "type", "description", "constraints"} | ({"delimiter", "itemType"} if is_list else set())
        assert set(column) <= allowed
        assert column["description"]
        assert not is_list or (column["delimiter"], column["itemType"]) == ("|", "string")
    with open(folder / resource["path"], encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines))
    assert rows[0] == [column["name"] for column in schema["fields"]]
    keys = [rows[0].index(column) for column in schema["primaryKey"]]
    found = [tuple(row[k] for k in keys) for row in rows[1:]]
    assert found == sorted(set(found))


@pytest.mark.parametrize("name", SHIPPED)
def test_ties_refer_to_nodes(name):
    schema = package_of(DATASETS / name)["resources"][1]["schema"]
    assert schema["primaryKey"] == ["source", "target", "relation", "wave"]
    assert schema["foreignKeys"] == [
        {"fields": [end], "reference": {"resource": "nodes", "fields": ["id"]}} for end in ("source", "target")
    ]


@pytest.mark.parametrize("name", SHIPPED)
def test_every_parameter_is_on_record(name):
    meta = package_of(DATASETS / name)["tertius"]["meta"]
    assert meta["seed"] == 1
    make = getattr(cases, name.removesuffix("_selected"))
    again = make(meta["seed"], **meta["parameters"])
    assert again.meta["parameters"] == meta["parameters"]
    assert again.ties.equals(load(name).ties)
    with pytest.raises(ParameterError, match="It can be"):
        make(colour="red")
    told = re.findall(r"^ *(\w+(?:, \w+)*) : ", make.__doc__, re.MULTILINE)
    assert {word for words in told for word in words.split(", ")} >= {"seed", *meta["parameters"]}


# The card


@pytest.mark.parametrize("name", SHIPPED)
def test_the_card_gives_the_figures_of_the_ground_truth(name):
    card = (DATASETS / name / "CARD.md").read_text("utf-8")
    folded = card.split("<details>")[1].split("</details>")[0]
    claims = json.loads((DATASETS / name / "ground_truth.json").read_text("utf-8"))["claims"]
    rows = [
        f"| `{claim['measure']}` | {claim['expected']:g} | "
        + " | ".join(f"{claim['over_seeds'][k]:g}" for k in keys)
        + " |"
        for claim in claims
        for keys in [("least", "mean", "greatest")]
    ]
    assert [line for line in folded.splitlines() if line.startswith("| `")] == rows


# Reading back, and damage


def test_what_was_written_is_read_back(tmp_path):
    case = manufacturing.tables(3)
    files.write(tmp_path, case, manufacturing.ABOUT)
    again = files.read(tmp_path, "manufacturing_vp")
    assert (again.nodes, again.ties) == (case.nodes, case.ties)
    assert again.meta == case.meta
    assert again.network().ties.equals(case.network().ties)


def test_missing_texts_and_numbers_come_back_as_missing(tmp_path):
    case = manufacturing.tables(1)
    weight = Field("weight", "number", "Optional.", decimals=2)
    ties = [{**tie, "weight": None if k == 0 else 2.5} for k, tie in enumerate(case.ties)]
    optional = type(case)(case.nodes, ties, case.node_fields, (*case.tie_fields[:-1], weight), case.meta)
    files.write(tmp_path, optional, manufacturing.ABOUT)
    assert (tmp_path / "ties.csv").read_text().splitlines()[1:3] == ["A01,A02,contact,1,", "A01,A03,contact,1,2.50"]
    again = files.read(tmp_path, "manufacturing_vp")
    assert [tie["weight"] for tie in again.ties[:2]] == [None, 2.5]
    assert again.nodes[0]["role"] == ""
    assert again.network().ties["weight"].isna().tolist()[:2] == [True, False]


def test_lists_and_days_come_back_as_they_were(tmp_path):
    case = manufacturing.tables(1)
    fields = (Field("offers", "list", "Tags."), Field("since", "date", "A day."))
    rows = [{**node, "offers": ["a", "b c"] if k == 0 else [], "since": "2026-02-28" if k else ""}
            for k, node in enumerate(case.nodes)]  # fmt: skip
    files.write(
        tmp_path,
        type(case)(rows, case.ties, case.node_fields + fields, case.tie_fields, case.meta),
        manufacturing.ABOUT,
    )
    lines = (tmp_path / "nodes.csv").read_text().splitlines()
    assert [line.split("false")[1] for line in lines[1:3]] == [",a|b c,", ",,2026-02-28"]
    again = files.read(tmp_path, "manufacturing_vp")
    assert again.nodes == rows
    nodes = again.network().nodes
    assert nodes["offers"].tolist()[:2] == [["a", "b c"], []]
    nodes.loc[0, "offers"].append("changed")
    assert again.nodes[0]["offers"] == ["a", "b c"]
    for old, new in ((b"2026-02-28", b"2026-02-30"), (b"2026-02-28", b"20260228"), (b"a|b c", b"a||b c")):
        changed = (tmp_path / "nodes.csv").read_bytes().replace(old, new, 1)
        kind = "date" if b"|" not in new else "list"
        with pytest.raises(DataError, match=f"which is not of type {kind}"):
            files._rows(changed, (*case.node_fields, *fields), "nodes", "manufacturing_vp")


@pytest.fixture
def copy(tmp_path):
    return Path(shutil.copytree(FOLDER, tmp_path / "manufacturing_vp"))


def refusal(folder):
    with pytest.raises(DataError) as raised:
        files.read(folder, "manufacturing_vp")
    message = str(raised.value)
    assert message.startswith("The data set 'manufacturing_vp' is damaged: ")
    assert message.endswith("Install tertius again; in a copy of the repository, "
                            "datasets/manufacturing_vp/generate.py makes the files anew.")  # fmt: skip
    assert str(folder) not in message
    return message


@pytest.mark.parametrize("name", ["datapackage.json", "nodes.csv", "ties.csv"])
def test_a_missing_file_is_named(copy, name):
    (copy / name).unlink()
    assert f"{name} is missing" in refusal(copy)


def test_one_changed_byte_is_noticed(copy):
    content = (copy / "ties.csv").read_bytes()
    (copy / "ties.csv").write_bytes(content.replace(b"A01,A02,contact,1,3", b"A01,A02,contact,1,4"))
    assert "ties.csv was changed; its checksum is not the one in datapackage.json" in refusal(copy)


def test_converted_line_ends_are_noticed(copy):
    content = (copy / "nodes.csv").read_bytes()
    (copy / "nodes.csv").write_bytes(content.replace(b"\n", b"\r\n"))
    assert f"nodes.csv has {len(content) + 152} bytes and should have {len(content)}" in refusal(copy)


def test_a_description_that_is_no_json_is_noticed(copy):
    (copy / "datapackage.json").write_text("<html>")
    assert "datapackage.json cannot be read as JSON" in refusal(copy)
    (copy / "datapackage.json").write_bytes(b'{"name": "\xff"}')
    assert "datapackage.json cannot be read as JSON" in refusal(copy)


def change_package(folder, change):
    package = package_of(folder)
    change(package)
    files.write_json(folder / "datapackage.json", package)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda p: p.pop("resources"), "datapackage.json lacks resources"),
        (lambda p: p.pop("tertius"), "datapackage.json lacks tertius → counts → nodes"),
        (lambda p: p["tertius"]["meta"].pop("relations"), "datapackage.json lacks tertius → meta → relations"),
        (lambda p: p["resources"].pop(), "datapackage.json describes no table 'ties'"),
        (lambda p: p["resources"][0].pop("hash"), "datapackage.json lacks hash"),
        (lambda p: p["resources"][0]["schema"].pop("fields"), "datapackage.json lacks schema → fields"),
        (lambda p: p["resources"][0]["schema"]["fields"][0].update(type="colour"), "gives 'id' the type 'colour'"),
        (lambda p: p["tertius"]["meta"].update(ego="ZZ9"), "its ego 'ZZ9' is not in nodes.csv"),
        (lambda p: p["tertius"]["meta"]["relations"].clear(), "ties.csv has the undeclared relation 'contact'"),
    ],
)
def test_an_incomplete_description_is_noticed(copy, change, said):
    change_package(copy, change)
    assert said in refusal(copy)


@pytest.mark.parametrize(
    ("table", "old", "new", "said"),
    [
        ("nodes", "id,kind,", "id,sort,", "nodes.csv has no column 'kind'; it has ['id', 'sort', "),
        ("nodes", "id,kind,", "kind,id,", "nodes.csv has the columns ['kind', 'id', "),
        ("nodes", "A02,person", "A01,person", "nodes.csv names 'A01' twice"),
        ("nodes", "A02,person", ",person", "nodes.csv, line 3, column id, is empty"),
        (
            "nodes",
            "A02,person",
            "A02,robot",
            "nodes.csv, line 3, column kind, holds 'robot', which is none of ['person']",
        ),
        (
            "nodes",
            "A02,,manufacturing,false",
            "A02,,manufacturing,no",
            "column novel_item, holds 'no', which is not of type",
        ),
        ("nodes", "A02,,manufacturing,false", "A02,,manufacturing,", "nodes.csv, line 3, column novel_item, is empty"),
        ("ties", "A01,A02,contact,1,3", "A01,A02,contact,1", "ties.csv, line 2, has 4 cells and should have 5"),
        (
            "ties",
            "A01,A02,contact,1,3",
            "A01,A02,contact,1,9",
            "ties.csv, line 2, column weight, holds 9, which is out of",
        ),
        (
            "ties",
            "A01,A02,contact,1,3",
            "A01,A02,contact,1,nan",
            "column weight, holds 'nan', which is not of type number",
        ),
        (
            "ties",
            "A01,A02,contact,1,3",
            "A01,A02,contact,1_0,3",
            "column wave, holds '1_0', which is not of type integer",
        ),
        ("ties", "A01,A02,contact,1,3", "A01,Q02,contact,1,3", "ties.csv names 'Q02', who is not in nodes.csv"),
        ("ties", "A01,A02,contact,1,3", "A01,A01,contact,1,3", "ties.csv ties 'A01' to itself"),
        (
            "ties",
            "A01,A02,contact,1,3",
            "A02,A01,contact,1,3",
            "names the undirected tie 'A01', 'A02' in the wrong order",
        ),
        ("ties", "A01,A02,contact,1,3", "A01,A03,contact,1,3", "ties.csv names 'A01', 'A03', 'contact', 1 twice"),
        ("ties", "A01,A02,contact,1,3", '"A01,A02,contact,1,3', "ties.csv, line 488, cannot be read"),
    ],
)
def test_tables_that_break_their_description_are_refused(copy, table, old, new, said):
    text = (copy / f"{table}.csv").read_text("utf-8")
    assert old in text
    content = text.replace(old, new, 1).encode()
    (copy / f"{table}.csv").write_bytes(content)

    def renew_checksum(package):
        resource = next(each for each in package["resources"] if each["name"] == table)
        resource.update(bytes=len(content), hash="sha256:" + hashlib.sha256(content).hexdigest())

    change_package(copy, renew_checksum)
    assert said in refusal(copy)
