"""Restore and save: whose network, the file brought back and taken away, a shared computer, and starting again."""

import base64
import json

import pandas as pd
import pytest
from tests.course import toy

import tertius
from tertius.course.keeping import MOST_BYTES
from tertius.errors import ParameterError
from tertius.learner import NAME, Learner

HUB = {"TERTIUS_PUBLIC_HUB": "1"}


def as_chosen(data: bytes, name="download.json"):
    """What a browser sends of a file that the learner chose."""
    return {"file": {"name": name, "size": len(data), "data": base64.b64encode(data).decode()}}


@pytest.fixture
def own_map():
    nodes = pd.DataFrame({"id": ["P01", "P02"]})
    ties = pd.DataFrame({"source": ["P01"], "target": "P02", "relation": "own", "wave": 1, "weight": 2.0})
    relation = {"name": "own", "directed": False, "unit": "rating", "scale_max": 5, "symmetrise": "max"}
    meta = {"name": "own", "ego": "P01", "default_relation": "own", "default_wave": 1, "relations": [relation]}
    return tertius.Network(nodes, ties, meta)


@pytest.fixture
def download(tmp_path, own_map):
    """A file from elsewhere, with an answer and an own map."""
    elsewhere = Learner.open(tmp_path / "elsewhere", environment={})
    elsewhere.reflect("L06-R1", "Written elsewhere.")
    elsewhere.use_network(own_map)
    return elsewhere.export()


def names(form):
    return [button["name"] for button in form.shape["buttons"]]


class Heard:
    """What a form sends to the browser by message, in order."""

    def __init__(self, form):
        self.messages = []
        send = form.send

        def listen(content, buffers=None):
            self.messages.append(content)
            send(content, buffers)

        form.send = listen


# --- whose network


def test_a_lesson_works_with_its_case_until_the_learner_chooses(sheet):
    form = sheet.restore("manufacturing_vp")
    assert sheet.network().meta["name"] == "manufacturing_vp"
    field = form.shape["fields"][0]
    assert field["options"][0] == ["", f"as the lesson has it: {sheet.personas['manufacturing_vp']}"]
    assert [value for value, _ in field["options"][1:]] == list(sheet.personas)
    assert form.values == {"whose": ""}


def test_an_invented_persons_network_can_be_chosen_and_left_again(sheet, start):
    form = sheet.restore("karate")
    assert form.press("use", whose="manufacturing_vp") == ""
    assert "Choose Run, then Run All Cells, to see it in every cell." in form.panel
    again = start(code="05")
    assert again.restore("florentine").values == {"whose": "manufacturing_vp"}
    assert again.network().meta["name"] == "manufacturing_vp"
    assert form.press("use", whose="") == ""
    other = start(code="05")
    assert other.restore("florentine").values == {"whose": ""}
    assert other.network().meta["name"] == "florentine", "as each lesson has it, not as the lesson of the choice had it"


def test_an_own_map_can_be_chosen_once_there_is_one(sheet, own_map):
    form = sheet.restore("manufacturing_vp")
    assert form.press("use", whose="own") == "Choose one of the networks in the list."
    sheet.learner.use_network(own_map)
    sheet.learner.use_persona("manufacturing_vp")
    assert form.press("use", whose="own") == ""
    assert sheet.network().nodes["id"].tolist() == ["P01", "P02"]
    assert form.values == {"whose": "own"}


@pytest.mark.parametrize("absurd", ["gone", 7, ["own"], {"a": 1}])
def test_a_network_that_is_not_in_the_list_is_refused(sheet, file, absurd):
    assert sheet.restore("manufacturing_vp").press("use", whose=absurd) == "Choose one of the networks in the list."
    assert not file.exists()


def test_a_persona_of_another_version_is_none(sheet, start):
    sheet.learner.use_persona("gone")
    again = start()
    assert again.restore("manufacturing_vp").values == {"whose": ""}
    assert again.network().meta["name"] == "manufacturing_vp"


def test_without_the_restore_cell_the_network_is_not_known(sheet):
    with pytest.raises(ParameterError, match=r"run lesson\.restore\(…\) first"):
        sheet.network()


# --- the file comes back


@pytest.mark.parametrize("where", ["restore", "save"])
def test_a_file_is_brought_back_and_shown_in_every_form(run_all, download, where):
    run = run_all()
    assert run.forms[where].press("restore", **as_chosen(download)) == ""
    told = "2 new entries came back from download.json. Choose Run, then Run All Cells, to see it in every cell."
    assert told in run.forms[where].panel
    assert run.forms["reflect"].values == {"text": "Written elsewhere."}
    assert "my-network.tertius.json holds 1 reflection and your own map." in run.forms["save"].panel


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        (as_chosen(b"{"), "download.json could not be read as JSON (it goes wrong on line 1); nothing was changed."),
        (as_chosen(b""), "download.json is empty; nothing was changed."),
        (as_chosen(b'{"cells": []}', "a.ipynb"), "a.ipynb is not a learner's file of tertius (it does not say"),
        (as_chosen(b'{"schema": 99}'), "download.json was written by a newer tertius"),
        ({}, "Choose a file first."),
        ({"file": "text"}, "Choose a file first."),
        ({"file": {"name": "a.json", "size": 3, "data": "!"}}, "a.json did not arrive whole; choose it again."),
        ({"file": {"name": "a.json", "size": 3, "data": None}}, "a.json did not arrive whole; choose it again."),
        (
            {"file": {"name": "a.json", "size": MOST_BYTES + 1}},
            "a.json is larger than 5 MB, more than a form takes: put it beside this notebook and run "
            "tertius.Learner.open().restore('a.json')",
        ),
        ({"file": {"size": "3"}}, "The file did not arrive whole; choose it again."),
    ],
    ids=range(10),
)
def test_a_file_that_cannot_be_used_is_told_in_a_sentence_and_changes_nothing(answered, chosen, said):
    before = answered.learner.path.read_bytes()
    shown = {name: toy.shown(form) for name, form in answered.forms.items()}
    assert answered.forms["restore"].press("restore", **chosen).startswith(said)
    assert answered.learner.path.read_bytes() == before
    assert {name: toy.shown(form) for name, form in answered.forms.items()} == shown


def test_a_file_in_which_nothing_was_recorded_is_told_and_nobody_sent_to_run_all_cells(answered, start, tmp_path):
    blank = start(path=tmp_path / "blank" / NAME).learner
    blank.wipe()
    answered.forms["save"].press("restore", **as_chosen(blank.export()))
    told = "download.json holds nothing that was recorded; perhaps it was saved before anything was typed."
    assert f"<p>{told}</p>" in answered.forms["save"].panel


def test_the_file_itself_brought_back_is_told_to_hold_nothing_new(answered):
    answered.forms["save"].press("restore", **as_chosen(answered.learner.export(), NAME))
    assert f"<p>No new entries came back from {NAME}.</p>" in answered.forms["save"].panel


# --- the file goes out


def test_the_download_is_the_file(answered):
    heard = Heard(answered.forms["save"])
    assert answered.forms["save"].press("download") == ""
    text = answered.learner.path.read_text("utf-8")
    assert heard.messages == [{"do": "download", "name": NAME, "text": text}]


def test_what_was_done_is_counted_and_listed(run_all):
    run = run_all()
    assert run.forms["save"].status == "0 of 12 done"
    run.forms["reflect"].press("save", text="So.")
    assert run.forms["save"].status == "1 of 12 done"
    assert '<th scope="row">Reflection 1</th><td>written</td>' in run.forms["save"].panel
    assert '<th scope="row">Question 1</th><td>not answered yet</td>' in run.forms["save"].panel


def test_everything_answered_is_everything_done(answered):
    assert answered.forms["save"].status == "12 of 12 done"


# --- starting again


def test_everything_is_deleted_after_a_typed_word_only(answered, run_all):
    save, heard = answered.forms["save"], Heard(answered.forms["save"])
    before = answered.learner.path.read_bytes()
    assert save.press("wipe") == ""
    assert names(save) == ["cancel", "wipe"]
    for typed in ({}, {"sure": "yes"}, {"sure": 7}):
        assert save.press("wipe", **typed) == "Type delete to delete everything you recorded, or choose to keep it."
    assert save.press("cancel") == ""
    assert answered.learner.path.read_bytes() == before
    save.press("wipe")
    assert save.press("wipe", sure=" Delete ") == ""
    assert heard.messages == [{"do": "forget"}], "the browser forgets too"
    assert answered.learner.is_blank
    blank = {name: toy.shown(form) for name, form in run_all().forms.items()}
    shown = {name: toy.shown(form) for name, form in answered.forms.items()}
    for name in toy.ANSWERS:
        assert shown[name] == blank[name], name


def test_what_is_typed_for_a_yes_or_a_delete_is_never_kept(answered):
    save = answered.forms["save"]
    save.press("wipe")
    before = answered.learner.path.read_bytes()
    save.press("draft", sure="delete")
    answered.forms["restore"].press("draft", whose="manufacturing_vp")
    assert answered.learner.path.read_bytes() == before


# --- a shared computer


def test_on_a_shared_computer_the_learner_is_told_and_reminded_to_download(run_all):
    forms = run_all(environment=HUB).forms
    shared = "This notebook runs on a shared computer, which forgets everything some minutes after you leave."
    reminder = "Download your file now, or this work is lost when the session ends."
    assert shared in forms["restore"].shape["intro"]
    assert shared in forms["save"].shape["intro"]
    assert (reminder in forms["save"].shape["intro"], forms["save"].shape["warns"]) == (False, False)
    forms["reflect"].press("save", text="So.")
    assert (reminder in forms["save"].shape["intro"], forms["save"].shape["warns"]) == (True, True)
    forms["save"].press("download")
    assert (reminder in forms["save"].shape["intro"], forms["save"].shape["warns"]) == (False, False)
    forms["reflect"].press("draft", text="So, then.")
    assert (reminder in forms["save"].shape["intro"], forms["save"].shape["warns"]) == (True, True)


def test_on_ones_own_computer_nobody_is_warned(answered):
    assert answered.forms["restore"].shape["intro"] == answered.forms["save"].shape["intro"] == ""
    assert answered.forms["save"].shape["warns"] is False
    assert answered.forms["restore"].shape["copies_beside"] is None


def test_on_a_shared_computer_the_browser_keeps_a_copy_without_the_map(run_all, own_map):
    run = run_all(environment=HUB)
    heard = Heard(run.forms["reflect"])
    run.forms["reflect"].press("draft", text="")
    assert heard.messages == [], "nothing is recorded yet"
    run.learner.use_network(own_map, allow_public_hub=True)
    run.forms["reflect"].press("save", text="So.")
    copy = json.loads(heard.messages[-1]["text"])
    assert heard.messages[-1]["do"] == "copy"
    assert copy["reflections"]["L06-R1"][0]["text"] == "So."
    assert "network" not in copy
    assert copy["created"] == run.forms["restore"].shape["copies_beside"]


def test_a_copy_from_the_browser_is_brought_back(run_all, download):
    run = run_all(environment=HUB)
    text = json.dumps({key: value for key, value in json.loads(download).items() if key != "network"})
    assert run.forms["restore"].press("copy", copy=text) == ""
    assert "1 new entry came back from the copy in this browser." in run.forms["restore"].panel
    assert run.forms["restore"].press("copy", copy=7).endswith("; nothing was changed.")


def test_a_map_comes_onto_a_shared_computer_after_a_typed_yes_only(run_all, download):
    run = run_all(environment=HUB)
    form = run.forms["restore"]
    assert form.press("restore", **as_chosen(download)) == ""
    assert run.learner.is_blank
    assert [field["name"] for field in form.shape["fields"]] == ["whose", "file", "agreed"]
    assert names(form) == ["without", "agree", "cancel"]
    for typed in ({}, {"agreed": "no"}, {"agreed": True}):
        assert form.press("agree", **typed) == (
            "Type yes to bring your own map onto a shared computer, or restore all but the map."
        )
    assert run.learner.is_blank
    assert form.press("agree", agreed="Yes") == ""
    assert run.learner.has_map
    assert names(form) == ["use"]
    assert form.press("use", whose="manufacturing_vp") == form.press("use", whose="own") == "", "it is here already"


def test_everything_but_the_map_or_nothing_may_be_restored_as_well(run_all, download):
    run = run_all(environment=HUB)
    form = run.forms["restore"]
    form.press("restore", **as_chosen(download))
    assert form.press("cancel") == ""
    assert (names(form), run.learner.is_blank) == (["use"], True)
    form.press("restore", **as_chosen(download))
    assert form.press("without") == ""
    assert not run.learner.has_map
    assert run.forms["reflect"].values == {"text": "Written elsewhere."}
    assert "1 new entry came back from download.json." in form.panel


def test_another_file_takes_the_place_of_one_that_waits(run_all, download):
    form = run_all(environment=HUB).forms["restore"]
    form.press("restore", **as_chosen(download))
    assert form.press("restore", **as_chosen(b"{")).startswith("download.json could not be read as JSON")
    assert names(form) == ["use"]
