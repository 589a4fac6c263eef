"""Build the lessons' notebooks from their sources, and check that the stored ones are what would be built."""

from __future__ import annotations

import difflib
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode

from tertius.errors import LessonError
from tertius.instructor.notebooks import as_bytes, execute, is_own, read_stored, solution, student, without_outputs
from tertius.instructor.rules import output_faults, text_faults
from tertius.instructor.source import FILE, Lesson, read_lesson


@dataclass(frozen=True)
class Built:
    """One notebook that was built.

    Attributes
    ----------
    path : pathlib.Path
    cells : int
    seconds : float
        How long it took to run.
    has_changed : bool
        Whether the file is not what it was before.
    """

    path: Path
    cells: int
    seconds: float
    has_changed: bool


def build(names: Iterable[str] = (), folder: str | Path = "lessons", into: str | Path | None = None) -> list[Built]:
    """Build lessons: check the text, make both notebooks, run them, check what they show, write them.

    Nothing is written of a lesson that breaks a rule. Building twice writes the same bytes.

    Parameters
    ----------
    names : iterable of str
        Such as ``06-weak-ties`` or ``06``; all lessons if empty.
    folder : str or Path
        Where ``source`` is.
    into : str or Path, optional
        Where the notebooks go, ``folder`` if left out: ``NN-name.ipynb`` and ``solutions/NN-name.ipynb``.

    Returns
    -------
    list of Built

    Raises
    ------
    LessonError
        With one sentence for each thing that is wrong.
    """
    folder = Path(folder)
    into = folder if into is None else Path(into)
    built = []
    for source in _sources(folder, names):
        lesson = _sound(source)
        ready = []
        for path, make in _notebooks(lesson, into):
            notebook = make(lesson)
            file = path.relative_to(into).as_posix()
            path.parent.mkdir(parents=True, exist_ok=True)
            began = time.perf_counter()
            execute(notebook, path.parent, file)
            seconds = time.perf_counter() - began
            faults = output_faults(lesson, [cell for cell in notebook.cells if not is_own(cell)], file)
            if faults:
                raise LessonError(*faults)
            ready.append((path, notebook, seconds))
        for path, notebook, seconds in ready:
            new = as_bytes(notebook)
            has_changed = not path.exists() or path.read_bytes() != new
            if has_changed:
                path.write_bytes(new)
            built.append(Built(path, len(notebook.cells), seconds, has_changed))
    return built


def check(names: Iterable[str] = (), folder: str | Path = "lessons") -> int:
    """Check that stored notebooks are in step with their sources and hold their outputs, without running anything.

    Parameters
    ----------
    names, folder
        As for `build`.

    Returns
    -------
    int
        How many notebooks were checked.

    Raises
    ------
    LessonError
        With one sentence for each thing that is wrong.
    """
    folder, names = Path(folder), list(names)
    faults, checked = [], 0
    for source in _sources(folder, names):
        try:
            lesson = _sound(source)
        except LessonError as error:
            faults += error.faults
            continue
        for path, make in _notebooks(lesson, folder):
            checked += 1
            file = path.relative_to(folder).as_posix()
            try:
                faults += _stored_faults(lesson, make(lesson), read_stored(path, file), file)
            except LessonError as error:
                faults += error.faults
    if not names:
        faults += _orphans(folder)
    if faults:
        raise LessonError(*faults)
    return checked


def _sources(folder: Path, names: Iterable[str]) -> list[Path]:
    found = sorted(path for path in (folder / "source").glob("*.md") if FILE.fullmatch(path.stem))
    if not found:
        raise LessonError(f"There are no lessons in {folder.name}/source; go to the folder of the repository.")
    stems = [path.stem for path in found]
    chosen = []
    for name in names:
        stem = Path(name).stem
        fitting = [path for path in found if path.stem == stem or path.stem[:2] == stem]
        if not fitting:
            near = difflib.get_close_matches(stem, stems, n=1, cutoff=0)
            raise LessonError(f"There is no lesson {name!r}; did you mean {near[0]!r}? There is {', '.join(stems)}.")
        chosen += fitting
    return chosen or found


def _sound(source: Path) -> Lesson:
    lesson = read_lesson(source)
    faults = text_faults(lesson)
    if faults:
        raise LessonError(*faults)
    return lesson


def _notebooks(lesson: Lesson, folder: Path) -> list[tuple[Path, Callable[[Lesson], NotebookNode]]]:
    name = f"{lesson.stem}.ipynb"
    return [(folder / name, student), (folder / "solutions" / name, solution)]


def _stored_faults(lesson: Lesson, fresh: NotebookNode, stored: NotebookNode, file: str) -> list[str]:
    again = f"run 'tertius lessons build {lesson.stem}'"
    plain = without_outputs(stored)
    if as_bytes(plain) != as_bytes(fresh):
        return [f"{file}, {_difference(fresh, plain)} out of step with source/{lesson.file}; {again}."]
    faults = []
    for cell in stored.cells:
        if cell.cell_type != "code":
            continue
        if is_own(cell):
            if cell.outputs or cell.execution_count is not None:
                faults.append(f"{file}, cell {cell.id}: results on one's own network are not stored; {again}.")
        elif cell.execution_count is None:
            faults.append(f"{file}, cell {cell.id}: it is stored without having been run; {again}.")
    if faults:
        return faults
    return output_faults(lesson, [cell for cell in stored.cells if not is_own(cell)], file)


def _difference(fresh: NotebookNode, plain: NotebookNode) -> str:
    """Name the first cell that differs, as the begin of a sentence that goes on with "out of step"."""
    if [cell.get("id") for cell in fresh.cells] != [cell.get("id") for cell in plain.cells]:
        return "its cells are"
    for one, other in zip(fresh.cells, plain.cells, strict=True):
        if one != other:
            return f"cell {one.id}: it is"
    return "its metadata are"


def _orphans(folder: Path) -> list[str]:
    sources = {path.stem for path in (folder / "source").glob("*.md")}
    stored = [*folder.glob("*.ipynb"), *(folder / "solutions").glob("*.ipynb")]
    return [
        f"{path.relative_to(folder).as_posix()} has no source; delete it, or write source/{path.stem}.md."
        for path in sorted(stored)
        if FILE.fullmatch(path.stem) and path.stem not in sources
    ]
