"""What a notebook on disk still holds of somebody's own network after they did as the lesson says."""

import base64
import json
import re

import pytest
from playwright.sync_api import expect
from tests.browser import axe
from tests.browser.forms import Forms, write_notebook
from tests.browser.lab import write_json

CODE = "Zq"
"""People in the file are called Zq1, Zq2 …: letters that stand nowhere else in the notebook."""

NAME = "Zqarandel"
"""What people are called where pictures stand in a file, whose letters are as good as chance."""


@pytest.fixture
def kept_state(lab):
    """Keep widgets in saved notebooks, whether or not our settings for JupyterLab are installed here."""
    file = lab.settings / "@jupyter-widgets" / "jupyterlab-manager" / "plugin.jupyterlab-settings"
    write_json(file, {"saveState": True})
    yield
    file.unlink()


def test_restarting_with_clear_outputs_leaves_nothing_of_ones_own_network(lab, kept_state, open_notebook):
    rows = [f"{CODE}{k},{CODE}{(k + step) % 9},{step}" for k in range(9) for step in (1, 2)]
    (lab.notebooks / "own.csv").write_text("\n".join(["source,target,weight", *rows]) + "\n", encoding="utf-8")
    stored = json.loads((lab.notebooks / "06-weak-ties.ipynb").read_text(encoding="utf-8"))
    cell = next(cell for cell in stored["cells"] if cell["id"] == "L06-mine-network")
    old = "network = lesson.network()\n"
    cell["source"][cell["source"].index(old)] = 'network = tertius.read("own.csv", directed=False)\n'

    notebook = open_notebook(lab.add("own.ipynb", stored))
    notebook.run_all()
    assert notebook.errors() == []
    saved = notebook.save()
    assert CODE in json.dumps(saved["cells"])
    assert saved["metadata"]["widgets"]

    notebook.choose("Kernel", "Restart Kernel and Clear Outputs of All Cells…")
    notebook.page.locator(".jp-Dialog .jp-mod-accept").click()
    notebook.wait_for("'tertius' not in globals()")
    assert CODE not in json.dumps(notebook.save())


def test_names_shown_in_a_map_are_in_no_file_that_the_notebook_or_the_learner_keeps(lab, kept_state, open_notebook):
    read = """
import os, tertius
os.environ["TERTIUS_CONFIG"] = os.path.abspath("../own-key")
contacts = tertius.read("Connections.csv")
"""
    cells = {
        "read": read,
        "map": "builder = tertius.MapBuilder(contacts)\nbuilder",
        "other": 'builder.network().save("kept")',
    }
    name = write_notebook(lab, "star", {**cells, "page": 'open("page.html", "w").write(builder.page());'})
    folder = lab.notebooks / "star"
    head = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    rows = [f"{NAME}{k},Person{NAME},https://www.linkedin.com/in/{NAME}{k},,Acme,,0{k} May 2020\n" for k in range(1, 6)]
    (folder / "Connections.csv").write_text(head + "".join(rows), encoding="utf-8")

    notebook = open_notebook(name)
    notebook.run_all()
    assert notebook.errors() == []
    form = Forms(notebook).form("map")
    assert NAME not in form.root.inner_html()
    form.button("Show or hide names").click()
    expect(form.root.locator(".tertius-map > .tertius-heard")).to_contain_text("Names are shown")
    assert NAME not in json.dumps(notebook.save())
    for k in (1, 2):
        line = form.root.locator('[data-at="prompt work"]')
        line.fill(f"{NAME}{k} Person{NAME}")
        line.press("Enter")
    expect(form.root.locator(".tertius-card summary b").first).to_have_text(f"{NAME}1 Person{NAME}")
    form.is_saved()
    form.button("Show my six numbers").click()
    expect(form.panel).to_contain_text("density")
    saved = notebook.save()
    assert saved["metadata"]["widgets"]
    notebook.run_all()
    assert "P-" in Forms(notebook).file.read_text("utf-8")
    kept = [path for path in folder.rglob("*") if path.is_file() and path.name != "Connections.csv"]
    assert {"forms.ipynb", "my-network.tertius.json", "page.html", "ties.csv"} <= {path.name for path in kept}
    for path in [*kept, lab.log]:
        assert NAME not in path.read_text("utf-8"), path.name


def test_in_the_sandbox_a_network_and_a_file_are_chosen_by_keyboard_and_the_file_leaves_nothing(
    lab, kept_state, open_notebook, tmp_path
):
    (tmp_path / "mine.csv").write_text(f"source,target,note\n{NAME}1,{NAME}2,hush{NAME}\n{NAME}2,{NAME}3,\n")
    notebook = open_notebook("09-sandbox.ipynb")
    notebook.run_all()
    assert notebook.errors() == []
    form = Forms(notebook).form("L09-mine-network")
    network = notebook.cell("L09-mine-network").locator("[aria-label^='Network of']")
    expect(network).to_have_attribute("aria-label", re.compile("^Network of 81 people"))
    assert axe.violations(form.root) == []
    counts, keys = [cell["count"] for cell in notebook.cells()], notebook.page.keyboard
    form.box("whose").focus()
    keys.type("Zach")
    for key in ("Tab", "Tab", "Enter"):  # past the file
        keys.press(key)
    expect(network).to_have_attribute("aria-label", re.compile("^Network of 34 people"))
    form.box("file").set_input_files(tmp_path / "mine.csv")
    expect(network).to_have_attribute("aria-label", re.compile("^Network of 3 people and 2 "))
    expect(form.panel).to_contain_text("your file mine.csv")
    expect(form.box("whose")).to_have_value("")
    stored = json.dumps(notebook.save())
    assert NAME in stored, "what is on show is kept, as everywhere"
    assert f"hush{NAME}" not in stored
    assert base64.b64encode((tmp_path / "mine.csv").read_bytes())[:40].decode() not in stored
    form.box("whose").select_option(label="Zachary's karate club")
    form.button("Show this network").click()
    expect(network).to_have_attribute("aria-label", re.compile("^Network of 34 people"))
    assert NAME not in json.dumps(notebook.save())
    assert [cell["count"] for cell in notebook.cells()] == counts
