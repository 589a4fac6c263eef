"""From a term in a lesson to its entry in the glossary, as learners go: by a click."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import expect
from tests.browser.lab import write_json

OVERRIDES = Path(__file__).parents[2] / "toolkit" / "jupyter" / "overrides.json"
VIEWERS = "@jupyterlab/docmanager-extension:plugin"


@pytest.fixture
def shown_as_page(lab):
    """Open Markdown files as our settings ask for, whether or not they are installed here."""
    file = lab.settings / "@jupyterlab" / "docmanager-extension" / "plugin.jupyterlab-settings"
    write_json(file, json.loads(OVERRIDES.read_text(encoding="utf-8"))[VIEWERS])
    yield
    file.unlink()


@pytest.mark.parametrize(
    "notebook", ["06-weak-ties.ipynb", pytest.param("solutions/06-weak-ties.ipynb", marks=pytest.mark.slow)]
)
def test_a_term_leads_to_its_place_in_the_glossary(shown_as_page, open_notebook, notebook):
    lesson = open_notebook(notebook)
    lesson.cell("L06-recap").get_by_role("link", name="local bridge").click()
    page = lesson.page.locator(".jp-MarkdownViewer:visible")
    expect(page).to_be_visible()
    expect(page.get_by_role("heading", name="Local bridge")).to_be_in_viewport()
    expect(page.get_by_role("heading", name="Assortativity")).not_to_be_in_viewport()
