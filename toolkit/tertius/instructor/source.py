"""A lesson as its author wrote it: cells with names and tags, its case filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jupytext

from tertius.errors import LessonError
from tertius.instructor.case import Filling, read_case

STEPS = (
    "head", "setup", "restore", "case", "objectives", "warmup",
    "concept", "predict", "run", "explain",
    "limits", "vary", "quiz", "exercise", "mine", "reflect", "act", "recap", "save",
)  # fmt: skip
"""The anatomy of a lesson: every cell belongs to one of these steps, in this order."""

EXPERIMENT = ("concept", "predict", "run", "explain")
"""The steps that a lesson goes through once for each experiment."""

MARKS = ("text-alt", "answer", "analyst", "teach")
"""What a cell can be besides."""

TOPICS = ("time", "misconceptions", "discussion", "adaptation", "notes")
"""What notes for teachers are about; the last word of their names."""

FILE = re.compile(r"(\d\d)(-[a-z0-9]+)+")


@dataclass(frozen=True)
class Cell:
    """One cell of a lesson.

    Attributes
    ----------
    kind : {"code", "markdown"}
    name : str
        ``L06-E1-run``: the lesson, the experiment (or quiz item …) if it belongs to one, the step, and more words if
        the step has several cells. It is also the cell's id in the notebook.
    tags : tuple of str
        One of `STEPS`, and any of `MARKS`.
    source : str
        With the values of the case filled in.
    where : str
        The file and the cell's name, as messages begin.
    """

    kind: str
    name: str
    tags: tuple[str, ...]
    source: str
    where: str

    @property
    def step(self) -> str:
        """The step of the anatomy that it belongs to, or an empty text."""
        return next((tag for tag in self.tags if tag in STEPS), "")

    @property
    def item(self) -> str:
        """What it belongs to, such as ``E1`` or ``Q2``, or an empty text."""
        found = re.match(r"L\d\d-([A-Z]\d)-", self.name)
        return found[1] if found else ""

    @property
    def experiment(self) -> str:
        """Such as ``E1``, or an empty text."""
        return self.item if self.item.startswith("E") else ""

    @property
    def is_note(self) -> bool:
        """Whether it is a note for teachers."""
        return "teach" in self.tags

    @property
    def topic(self) -> str:
        """What a note for teachers is about, one of `TOPICS`, or an empty text."""
        last = self.name.rpartition("-")[2]
        return last if self.is_note and last in TOPICS else ""

    @property
    def is_folded(self) -> bool:
        """Whether its code is shown as one line: all but what is tagged analyst or answer."""
        return self.kind == "code" and not {"analyst", "answer"}.intersection(self.tags)


@dataclass(frozen=True)
class Lesson:
    """A lesson's text with its case.

    Attributes
    ----------
    stem : str
        The file's name without its ending, such as ``06-weak-ties``.
    cells : tuple of Cell
    case : mapping of str to value
        What its case file holds, as `tertius.instructor.case.read_case` returns it.
    folder : Path
        The folder of the lessons, in which ``source`` lies.
    """

    stem: str
    cells: tuple[Cell, ...]
    case: Mapping[str, Any]
    folder: Path

    @property
    def shown(self) -> tuple[Cell, ...]:
        """The cells that are in the notebooks: all but the notes for teachers."""
        return tuple(cell for cell in self.cells if not cell.is_note)

    @property
    def file(self) -> str:
        """The source's file name."""
        return f"{self.stem}.md"

    @property
    def code(self) -> str:
        """Such as ``L06``; what every cell's name begins with."""
        return f"L{self.stem[:2]}"

    @property
    def title(self) -> str:
        """The first heading of the first cell, or the file's stem."""
        first = self.cells[0].source.splitlines()[0] if self.cells else ""
        return first[2:].strip() if first.startswith("# ") else self.stem


def read_lesson(path: str | Path) -> Lesson:
    """Read ``NN-name.md`` and fill in the values of ``NN-name.toml`` beside it.

    Parameters
    ----------
    path : str or Path
        A MyST Markdown file as jupytext writes it.

    Returns
    -------
    Lesson

    Raises
    ------
    LessonError
        If a file is absent or malformed, or if text and case do not fit.
    """
    path = Path(path)
    if not FILE.fullmatch(path.stem):
        raise LessonError(f"{path.name}: a lesson's file is called like 06-weak-ties.md.")
    try:
        notebook = jupytext.reads(path.read_text(encoding="utf-8"), fmt="md:myst")
    except FileNotFoundError:
        raise LessonError(f"{path.name} is missing.") from None
    except Exception as error:  # jupytext lets through what its YAML, JSON and Markdown parsers raise
        raise LessonError(f"{path.name} could not be read: {' '.join(str(error).split())}") from None
    case = path.with_suffix(".toml")
    values = read_case(case)
    filling = Filling(values, case.name)
    cells = tuple(_cells(path.name, notebook, filling))
    lesson = Lesson(path.stem, cells, values, path.absolute().parent.parent)
    if not lesson.cells:
        raise LessonError(f"{path.name} holds no cells.")
    unused = filling.unused()
    if unused:
        raise LessonError(*(f"{case.name}: {key} is used nowhere in {path.name}." for key in unused))
    return lesson


def _cells(file: str, notebook, filling: Filling) -> Iterator[Cell]:
    for cell in notebook.cells:
        name, tags = cell.metadata.pop("name", ""), cell.metadata.pop("tags", [])
        start = cell.source.strip().splitlines()[0][:40] if cell.source.strip() else "nothing"
        where = f"{file}, cell {name}" if name else f"{file}, the cell that begins with {start!r}"
        if cell.cell_type not in ("code", "markdown"):
            raise LessonError(f"{where}: a lesson has Markdown and code cells; this one is {cell.cell_type}.")
        if cell.metadata:
            raise LessonError(f"{where}: a cell has a name and tags, nothing else; found {next(iter(cell.metadata))}.")
        fill = filling.code if cell.cell_type == "code" else filling.prose
        yield Cell(cell.cell_type, name, tuple(tags), fill(cell.source.strip(), where), where)
