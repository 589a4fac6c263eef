"""Lessons as web pages: one file each that works from disk, whose Explorers move and which asks nobody for anything."""

from __future__ import annotations

import html
import os
import re
import time
from collections.abc import Container, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

from nbconvert import HTMLExporter
from nbformat import NotebookNode, v4

from tertius.errors import LessonError
from tertius.instructor.build import _sound, _sources
from tertius.instructor.notebooks import execute, is_own, solution
from tertius.widgets.page import POLICY, script_tag
from tertius.widgets.view import ASLEEP, FREEZE

HERE = Path(__file__).parent

LOADING = {"src", "srcset", "poster", "background", "data", "action", "formaction"}
"""Attributes whose address is fetched without being asked; so is the ``href`` of a link element."""

LINK = re.compile(r'href="(?:\.\./|\./)?([\w-]+)\.(?:ipynb|md)(?=["#])')
"""A link to something that lies in the folder of the lessons, from there or from a folder below."""


@dataclass(frozen=True)
class Page:
    """One page that was written: a lesson, or a Markdown file that a lesson links to, such as the glossary.

    Attributes
    ----------
    path : pathlib.Path
    size : int
        Bytes.
    seconds : float
        How long it took to run the lesson.
    """

    path: Path
    size: int
    seconds: float


def pages(names: Iterable[str], folder: str | Path, into: str | Path) -> list[Page]:
    """Run the complete notebooks of lessons and write each as one HTML page.

    Explorers are frozen: they hold all values of their choices and toggles and up to five of each slider. Cells for
    the learner's own network show their code alone. Markdown files beside the lessons that they link to become pages
    too.

    Parameters
    ----------
    names : iterable of str
        Such as ``06-weak-ties`` or ``06``; all lessons if empty.
    folder : str or Path
        The folder of the lessons.
    into : str or Path
        Where the pages go: ``NN-name.html``.

    Returns
    -------
    list of Page

    Raises
    ------
    LessonError
        If a lesson breaks a rule or stops, or its page would ask for something on the internet.
    """
    folder, into = Path(folder), Path(into)
    # A complete notebook belongs into the folder of the solutions, where there is one.
    home = next(place for place in (folder / "solutions", folder) if place.is_dir())
    beside = {path.stem for path in folder.glob("*.md")}
    known = {path.stem for path in (folder / "source").glob("*.md")} | beside
    texts, seconds = {}, {}
    for source in _sources(folder, names):
        lesson = _sound(source)
        notebook = solution(lesson)
        began = time.perf_counter()
        with frozen_views():
            execute(notebook, home, lesson.file)
        seconds[lesson.stem] = time.perf_counter() - began
        folded = {cell.name for cell in lesson.cells if cell.is_folded}
        texts[lesson.stem] = page(notebook, lesson.file, known, folded)
    for name in sorted(name for name in beside if any(f'href="{name}.html' in text for text in texts.values())):
        cell = v4.new_markdown_cell((folder / f"{name}.md").read_text(encoding="utf-8"), id=name)
        texts[name] = page(v4.new_notebook(cells=[cell], metadata={"title": name.capitalize()}), f"{name}.md", known)
    into.mkdir(parents=True, exist_ok=True)
    written = []
    for name, text in texts.items():
        path = into / f"{name}.html"
        path.write_text(text, encoding="utf-8")
        written.append(Page(path, len(text.encode()), seconds.get(name, 0.0)))
    return written


@contextmanager
def frozen_views() -> Iterator[None]:
    """Let kernels that are started meanwhile show frozen views."""
    before = os.environ.get(FREEZE)
    os.environ[FREEZE] = "yes"
    try:
        yield
    finally:
        if before is None:
            del os.environ[FREEZE]
        else:
            os.environ[FREEZE] = before


def page(notebook: NotebookNode, file: str, known: Container[str], folded: Container[str] = ()) -> str:
    """Write an executed notebook as one HTML document.

    Parameters
    ----------
    notebook : NotebookNode
    file : str
        What messages call it.
    known : container of str
        Names of lessons and Markdown files: links to them lead to their pages.
    folded : container of str
        The names of the cells whose code is folded.

    Returns
    -------
    str

    Raises
    ------
    LessonError
        If it would ask for something on the internet or elsewhere on the disk.
    """
    for cell in notebook.cells:
        if cell.cell_type == "code":
            _without_kernel(cell)
    template = (HERE / "page.html.j2").read_text(encoding="utf-8")
    exporter = HTMLExporter(raw_template=template)
    look = (HERE / "page.css").read_text(encoding="utf-8")
    facts = {"policy": POLICY, "look": look, "folded": folded}
    text, _ = exporter.from_notebook_node(notebook, {"lesson": facts})
    # Each frozen view brings the script with it, for a notebook may show it alone; here one serves all.
    if script_tag() in text:
        text = text.replace(script_tag(), "").replace("</body>", f"{script_tag()}\n</body>")
    text = LINK.sub(lambda link: f'href="{link[1]}.html' if link[1] in known else link[0], text)
    if strangers := Strangers.of(text):
        raise LessonError(
            *(f"{file}: its page would have to fetch {one}; put it into the lesson." for one in strangers)
        )
    return text


def _without_kernel(cell: NotebookNode) -> None:
    """Say what is missing where only a kernel could show it."""
    if is_own(cell):
        cell.outputs = [_said("This works on your own network, in the notebook.")]
        return
    alive = [output for output in cell.outputs if output.get("data", {}) != {"text/plain": ASLEEP}]
    if len(alive) < len(cell.outputs):
        cell.outputs = [*alive, _said("This can be used in the notebook only.")]


def _said(text: str) -> NotebookNode:
    return v4.new_output("display_data", {"text/html": f'<p class="aside">{html.escape(text)}</p>'})


class Strangers(HTMLParser):
    """Finds the addresses that a page would fetch by itself."""

    @classmethod
    def of(cls, text: str) -> list[str]:
        """Return them in the order of the page."""
        parser = cls()
        parser.feed(text)
        return parser.found

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._is_style = False

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Look at what a tag would fetch."""
        self._is_style = tag == "style"
        for name, value in attributes:
            if name in LOADING or (tag == "link" and name == "href"):
                self._note(value or "")
            elif name == "style":
                self.handle_style(value or "")

    def handle_data(self, data: str) -> None:
        """Look at what a style sheet would fetch."""
        if self._is_style:
            self.handle_style(data)

    def handle_style(self, text: str) -> None:
        """Look at what a style would fetch."""
        for address in re.findall(r"""(?:url\(|@import\s*)\s*["']?([^"')\s;]+)""", text):
            self._note(address)

    def _note(self, address: str) -> None:
        if not address.startswith(("data:", "#")):
            self.found.append(address)
