"""A small notebook of every kind of form, and what a test does in it as a learner would."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import nbformat
from playwright.sync_api import Locator, expect
from tests.browser.lab import Lab, Notebook

from tertius.learner import NAME


def write_notebook(lab: Lab, folder: str, cells: dict[str, str]) -> str:
    """Write a notebook of these code cells into a folder of its own, where the learner's file will be too."""
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = nbformat.v4.new_notebook(metadata={"kernelspec": kernel})
    notebook.cells = [nbformat.v4.new_code_cell(code.strip(), metadata={"name": name}) for name, code in cells.items()]
    (lab.notebooks / folder).mkdir()
    nbformat.write(notebook, lab.notebooks / folder / "forms.ipynb")
    return f"{folder}/forms.ipynb"


@dataclass
class Forms:
    """The forms of an open notebook, and the learner's file beside it."""

    notebook: Notebook

    @property
    def file(self) -> Path:
        return (self.notebook.lab.notebooks / self.notebook.name).with_name(NAME)

    def stored(self) -> dict:
        """What stands in the learner's file."""
        return json.loads(self.file.read_text("utf-8"))

    def last(self, section: str, id: str) -> dict:
        """What was recorded last under an id; of predictions the first."""
        found = self.stored()[section][id]
        return found[-1] if isinstance(found, list) else found

    def form(self, cell: str) -> Form:
        """The form that a cell shows, when it is live."""
        root = self.notebook.cell(cell).locator(".tertius-form[data-live]")
        expect(root).to_be_visible()
        root.scroll_into_view_if_needed()
        return Form(self, root)


@dataclass
class Form:
    """One form, as a learner sees it."""

    forms: Forms
    root: Locator

    @property
    def sign(self) -> Locator:
        """The line at the foot."""
        return self.root.locator(".tertius-sign")

    @property
    def panel(self) -> Locator:
        """What came of it."""
        return self.root.locator(".tertius-panel")

    @property
    def problem(self) -> Locator:
        return self.root.get_by_role("alert")

    @property
    def said(self) -> Locator:
        """What a screen reader is told."""
        return self.root.get_by_role("status")

    def box(self, name: str) -> Locator:
        """What is typed into or chosen from, in the field of that name."""
        return self.root.locator(f"[data-field={name}]").locator("input, textarea, select, [role=slider]")

    def option(self, text: str) -> Locator:
        return self.root.get_by_label(text, exact=True)

    def button(self, text: str) -> Locator:
        return self.root.get_by_role("button", name=text, exact=True)

    def is_saved(self, text: str = "Saved") -> None:
        """Wait until the sign says so."""
        expect(self.sign).to_contain_text(text)
        expect(self.root).to_have_attribute("data-sign", "saved")
