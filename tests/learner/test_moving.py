"""Downloading the file, restoring it elsewhere, starting again, and what is kept off a shared computer."""

import json
import subprocess
import sys

import pandas as pd
import pytest

import tertius
from tertius.errors import ParameterError, ReadError
from tertius.learner import NAME, Learner

BINDER = {"BINDER_SERVICE_HOST": "10.0.0.1"}
TRUSTED = {"JUPYTERHUB_USER": "ann", "TERTIUS_TRUSTED_HUB": "1"}


@pytest.fixture
def own_map():
    nodes = pd.DataFrame({"id": ["P01", "P02"]})
    ties = pd.DataFrame({"source": ["P01"], "target": "P02", "relation": "own", "wave": 1, "weight": 2.0})
    relation = {"name": "own", "directed": False, "unit": "rating", "scale_max": 5, "symmetrise": "max"}
    meta = {"name": "own", "ego": "P01", "default_relation": "own", "default_wave": 1, "relations": [relation]}
    return tertius.Network(nodes, ties, meta)


@pytest.fixture
def full(opened, own_map):
    """A learner with something in every part."""
    learner = opened()
    learner.predict("L06-E1", "weakest", 80)
    learner.answer("L06-Q1", "b", "wrong")
    learner.answer("L06-Q1", "a", "right")
    learner.reflect("L06-R1", "I left out my brother.")
    learner.act("L06-A1", "Write to P07", "2026-02-03")
    learner.measure({"degree": 12})
    learner.write_plan([{"who": "P07"}])
    learner.use_persona("law_firm")
    learner.use_network(own_map)
    return learner


def recorded(learner):
    """Everything but the times of the file itself."""
    stored = json.loads(learner.export())
    return {key: value for key, value in stored.items() if key not in ("created", "updated")}


def test_what_is_downloaded_is_the_file(full):
    assert full.export() == full.path.read_bytes()


def test_what_an_instructor_gets_has_no_reflections_and_no_map(full):
    stored = json.loads(full.export(private=False))
    assert "network" not in stored
    assert stored["reflections"] == {}
    assert stored["answers"].keys() == {"L06-Q1"}
    assert full.network is not None
    assert full.reflections


def test_saving_wiping_and_restoring_brings_everything_back(full, opened, clock):
    before, downloaded = recorded(full), full.export()
    clock.goes_on(minutes=5)
    full.wipe()
    assert recorded(opened()) != before
    clock.goes_on(minutes=5)
    assert full.restore(downloaded) == "9 new entries came back from the file."
    assert recorded(full) == recorded(opened()) == before
    assert full.saved == "2026-01-31T09:40:00Z"


def test_a_restored_file_adds_to_what_is_here(full, opened, tmp_path, clock):
    copy = tmp_path / "download.json"
    copy.write_bytes(full.export())
    clock.goes_on(hours=1)
    full.answer("L06-Q1", "c", "wrong")
    elsewhere = opened(tmp_path / "elsewhere" / NAME)
    elsewhere.answer("L06-Q1", "z", "wrong")
    elsewhere.predict("L06-E1", "random", 60)
    told = elsewhere.restore(copy)
    assert told == "9 new entries came back from download.json."
    assert [entry["answer"] for entry in elsewhere.answers["L06-Q1"]] == ["b", "a", "z"]
    assert elsewhere.predictions["L06-E1"]["answer"] == "weakest", "it was made first"
    assert elsewhere.predictions["L06-E1"]["later"][0]["answer"] == "random"
    assert elsewhere.restore(copy) == "No new entries came back from download.json."


def test_a_file_in_which_nothing_was_recorded_is_told_and_changes_nothing(full, opened, tmp_path):
    other = opened(tmp_path / "other" / NAME)
    other.wipe()
    before = full.path.read_bytes()
    told = full.restore(other.path)
    assert told == f"{NAME} holds nothing that was recorded; perhaps it was saved before anything was typed."
    assert full.path.read_bytes() == before


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"{", "The file could not be read as JSON (it goes wrong on line 1); nothing was changed."),
        (b"", "The file is empty; nothing was changed."),
        (
            b'{"schema": 99}',
            "The file was written by a newer tertius (its version is 99, and this tertius knows 1); nothing was "
            "changed.",
        ),
    ],
    ids=["damaged", "empty", "newer"],
)
def test_a_file_that_cannot_be_used_is_told_and_changes_nothing(full, data, said):
    before = full.path.read_bytes()
    with pytest.raises(ReadError) as refused:
        full.restore(data)
    assert str(refused.value) == said
    assert full.path.read_bytes() == before


def test_a_file_that_is_not_there_is_told(full, tmp_path):
    with pytest.raises(ReadError, match=r"^gone\.json could not be opened \(No such file or directory\); nothing was"):
        full.restore(tmp_path / "gone.json")


def test_a_file_that_is_far_too_large_is_not_read(full, tmp_path):
    film = tmp_path / "film.json"
    with film.open("wb") as file:
        file.truncate(200_000_001)  # takes no room on the disk
    with pytest.raises(ReadError, match=r"^film\.json is larger than the 200 MB that are read; nothing was changed\.$"):
        full.restore(film)


def test_a_name_that_a_message_gave_is_found_beside_the_learners_file(full, opened):
    full.path.write_bytes(b"{")
    learner = opened()
    aside = learner.messages[0].split("set aside as ")[1].split()[0]
    with pytest.raises(ReadError, match=r"could not be read as JSON \(it goes wrong on line 1\); nothing was changed"):
        learner.restore(aside)


# --- starting again


def test_wiping_deletes_every_file_of_ours_and_no_other(full, opened, folder):
    full.path.write_bytes(b"{")
    opened()
    (folder / "my-network.backup.tertius.json").write_text("the learner's own copy")
    (folder / ".my-network.abc123.part.tertius.json").write_text("half written")
    learner = opened()
    learner.wipe()
    files = {path.name for path in folder.iterdir() if not path.name.endswith(".lock")}
    assert files == {NAME, "my-network.backup.tertius.json"}
    assert learner.messages[-1] == (
        "Everything recorded was deleted, with 5 older files; copies that were downloaded, sent or backed up are out "
        "of reach."
    )
    assert recorded(learner) == recorded(opened())
    assert opened().answers == {}
    assert "P0" not in learner.path.read_text("utf-8")


def test_what_one_notebook_wipes_does_not_come_back_from_another(full, opened):
    other = opened()
    full.wipe()
    other.answer("L06-Q2", "a", "right")
    assert opened().answers.keys() == other.answers.keys() == {"L06-Q2"}
    assert opened().predictions == {}


# --- on a shared computer


def test_a_file_with_an_own_map_is_not_restored_on_a_shared_computer_unless_asked(full, opened, tmp_path):
    learner = opened(tmp_path / "hub" / NAME, BINDER)
    with pytest.raises(ReadError) as refused:
        learner.restore(full.path)
    assert str(refused.value) == (
        "This notebook runs on a shared computer, and my-network.tertius.json holds your own map; the people on it "
        "have not agreed to that. Restore it on your own computer, or leave the map out with without_map=True."
    )
    assert not learner.path.exists()
    learner.restore(full.path, without_map=True)
    assert learner.network is None
    assert learner.answers == full.answers
    assert "P02" not in learner.path.read_text("utf-8")
    learner.restore(full.path, allow_public_hub=True)
    assert learner.network is not None


def test_an_own_map_is_not_kept_on_a_shared_computer_unless_asked(opened, own_map):
    learner = opened(environment=BINDER)
    with pytest.raises(ParameterError, match="shared computer, and what is kept here stays until it is deleted"):
        learner.use_network(own_map)
    assert learner.network is None
    learner.use_network(own_map, allow_public_hub=True)
    assert learner.messages == []
    again = opened(environment=BINDER)
    assert again.messages == [
        "This notebook runs on a shared computer, and your own map is on it: wipe() deletes it when you are done."
    ]


def test_everything_but_an_own_map_is_recorded_and_restored_on_a_shared_computer(opened, tmp_path):
    learner = opened(environment=BINDER)
    learner.answer("L06-Q1", "a", "right")
    learner.use_persona("law_firm")
    other = opened(tmp_path / "hub" / NAME, BINDER)
    other.restore(learner.export())
    assert other.persona == "law_firm"
    assert opened(environment=BINDER).messages == []


def test_a_hub_of_ones_own_institution_is_trusted(full, opened, own_map, tmp_path):
    learner = opened(tmp_path / "hub" / NAME, TRUSTED)
    learner.restore(full.path)
    learner.use_network(own_map)
    assert opened(tmp_path / "hub" / NAME, TRUSTED).messages == []


def test_the_variables_of_the_system_are_asked_if_no_others_are_given(full, tmp_path, monkeypatch):
    monkeypatch.setenv("TERTIUS_PUBLIC_HUB", "1")
    monkeypatch.delenv("TERTIUS_TRUSTED_HUB", raising=False)
    with pytest.raises(ReadError, match="shared computer"):
        Learner.open(tmp_path / "hub" / NAME).restore(full.path)


# --- light


def test_recording_needs_the_standard_library_only(tmp_path):
    code = (
        "import sys; from tertius.learner import Learner; learner = Learner.open(sys.argv[1]); "
        "learner.answer('Q', 1, 'right'); learner.use_persona('law_firm'); learner.export(); "
        "print(*sorted({name.split('.')[0] for name in sys.modules} - sys.stdlib_module_names))"
    )
    loaded = subprocess.run([sys.executable, "-c", code, tmp_path], capture_output=True, text=True, check=True).stdout
    assert not {"numpy", "pandas", "networkx", "ipywidgets", "IPython", "jsonschema"} & set(loaded.split())
    assert {"tertius", "lazy_loader"} <= set(loaded.split())
