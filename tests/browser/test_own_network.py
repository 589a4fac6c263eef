"""What a notebook on disk still holds of somebody's own network after they did as the lesson says."""

import json

import pytest
from tests.browser.lab import write_json

CODE = "Zq"
"""People in the file are called Zq1, Zq2 …: letters that stand nowhere else in the notebook."""


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
