"""The map from memory as a step of a lesson: kept like every other form, and the network that the lesson works with."""

import json

import pytest
from tests.course import toy

from tertius.learner import Learner
from tertius.widgets.form import CLOSED

PAIR = {
    "people": [{"key": "1", "code": "AB", "closeness": "5"}, {"key": "2", "code": "CD", "closeness": "2"}],
    "ties": [["1", "2"]],
}


def test_running_the_cell_records_nothing(sheet, file):
    form = sheet.map("M1")
    assert (form.status, form.sign["text"]) == ("nobody on it yet", "Nothing to save yet")
    assert not file.exists()


def test_what_is_typed_is_kept_and_the_lesson_works_with_it(sheet, start, file):
    form = sheet.map("M1")
    save = sheet.save()
    assert save.status == "0 of 1 done"
    assert form.press("draft", map=PAIR) == ""
    assert (form.status, form.sign["text"], form.sign["at"]) == ("2 contacts", "Saved", sheet.learner.saved)
    assert sheet.network().ties["weight"].tolist() == [5, 2, 3]
    again = start()
    form_again, network = again.map("M1"), again.network()
    assert toy.shown(form_again)["values"]["map"]["ties"] == [["AB", "CD"]]
    assert form_again.status == "2 contacts"
    assert (network.ego, network.alter_ties) == ("me", "reported")
    assert again.save().status == "1 of 1 done"


def test_the_six_numbers_are_shown_in_the_lesson(sheet):
    form = sheet.map("M1")
    form.press("draft", map=PAIR)
    form.press("report")
    assert "1. Contacts: 2 people" in form.panel
    assert sheet.map("M1").panel == "", "a cell that is run again shows the map alone"


def test_a_map_that_is_restored_is_shown_at_once(sheet, start, tmp_path):
    sheet.map("M1").press("draft", map=PAIR)
    data = sheet.learner.export()
    other = start(path=tmp_path / "other" / "my-network.tertius.json")
    form, restore = other.map("M1"), other.restore("manufacturing_vp")
    assert form.status == "nobody on it yet"
    other.learner.restore(data)
    other.refresh()
    assert form.status == "2 contacts"
    assert [option[0] for option in restore.shape["fields"][0]["options"]][-1] == "own"


def test_the_map_and_nothing_of_it_elsewhere_is_left_out_of_what_an_instructor_gets(sheet):
    form = sheet.map("M1")
    form.press("draft", map=PAIR)
    form.press("report")
    assert "AB" in sheet.learner.export().decode()
    assert "AB" not in sheet.learner.export(private=False).decode()
    assert "AB" not in sheet.learner.export(without_map=True).decode()


def test_on_a_hub_a_yes_is_typed_first_and_the_browsers_copy_has_no_map(start):
    sheet = start(environment={"JUPYTERHUB_USER": "ann"})
    form, sent = sheet.map("M1"), []
    form.send = lambda content, buffers=None: sent.append(content)
    assert form.press("draft", map=PAIR) == "Type yes first; until then nothing is kept here."
    assert form.press("agree", agreed="yes") == ""
    assert form.press("draft", map=PAIR) == ""
    assert all("AB" not in message["text"] for message in sent if message["do"] == "copy")
    assert sheet.network().nodes["id"].tolist() == ["me", "AB", "CD"]


def test_in_a_file_from_a_newer_tertius_the_map_is_seen_and_not_changed(sheet, file):
    sheet.map("M1").press("draft", map=PAIR)
    stored = json.loads(file.read_text())
    file.write_text(json.dumps(stored | {"schema": stored["schema"] + 1}))
    closed = type(sheet)("L06", False, Learner.open(file, environment={}))
    form = closed.map("M1")
    assert (form.shape["is_open"], form.sign) == (False, CLOSED)
    form.press("draft", map={"people": [], "ties": []})
    assert json.loads(file.read_text())["network"]["nodes"]["rows"][1][0] == "AB"


def test_solutions_leave_the_learners_own_map_alone(tmp_path, monkeypatch):
    import tertius

    monkeypatch.setenv("TERTIUS_HOME", str(tmp_path))
    form = tertius.lesson("03", solutions=True).map("M1")
    form.press("draft", map=PAIR)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("start_from", ["text", 7])
def test_what_a_map_cannot_start_from_is_refused_in_the_cell(sheet, start_from):
    with pytest.raises(ValueError, match="A map starts from a Network"):
        sheet.map("M1", start_from)
