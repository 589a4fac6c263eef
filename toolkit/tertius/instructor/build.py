"""Build notebooks and the guide for teachers from the lessons' sources, and check that the stored ones are in step."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode

from tertius.errors import LessonError
from tertius.instructor.budget import seconds_faults
from tertius.instructor.glossary import glossary_faults
from tertius.instructor.guide import FILE as GUIDE
from tertius.instructor.guide import guide, section
from tertius.instructor.notebooks import as_bytes, execute, is_own, read_stored, solution, student, without_outputs
from tertius.instructor.numerals import numeral_faults
from tertius.instructor.rules import output_faults, text_faults
from tertius.instructor.source import FILE, Lesson, read_lesson

Make = Callable[[Lesson], NotebookNode]


@dataclass(frozen=True)
class Built:
    """One notebook that was built, or the guide for teachers.

    Attributes
    ----------
    path : pathlib.Path
    cells : int
        In the notebook, or collected in the guide.
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

    Then the guide for teachers is made anew, ``docs/teaching.md`` beside the lessons folder; it is about all lessons.
    Nothing is written of a lesson that breaks a rule. Building twice writes the same bytes.

    Parameters
    ----------
    names : iterable of str
        Such as ``06-weak-ties`` or ``06``; all lessons if empty.
    folder : str or Path
        Where ``source`` is.
    into : str or Path, optional
        Where the notebooks go, ``folder`` if left out: ``NN-name.ipynb`` and ``solutions/NN-name.ipynb``. If it is
        given, the guide stays as it is.

    Returns
    -------
    list of Built

    Raises
    ------
    LessonError
        With one sentence for each thing that is wrong.
    """
    folder = Path(folder)
    target = folder if into is None else Path(into)
    built = []
    for source in _sources(folder, names):
        lesson = _sound(source)
        ready = []
        for path, make in _notebooks(lesson, target):
            notebook = make(lesson)
            file = path.relative_to(target).as_posix()
            path.parent.mkdir(parents=True, exist_ok=True)
            seconds = execute(notebook, path.parent, file)
            faults = [*_shown_faults(lesson, notebook, make, file), *seconds_faults(seconds, file)]
            if faults:
                raise LessonError(*faults)
            ready.append((path, notebook, seconds))
        for path, notebook, seconds in ready:
            has_changed = _write(path, as_bytes(notebook))
            built.append(Built(path, len(notebook.cells), seconds, has_changed))
    if into is None:
        built.append(_build_guide(folder))
    return built


def _build_guide(folder: Path) -> Built:
    lessons = [read_lesson(source) for source in _sources(folder, ())]
    path, notes = _guide_file(folder), sum(cell.is_note for lesson in lessons for cell in lesson.cells)
    return Built(path, notes, 0.0, _write(path, guide(lessons).encode()))


def _write(path: Path, new: bytes) -> bool:
    """Write a file if that changes it; say whether."""
    if path.exists() and path.read_bytes() == new:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(new)
    return True


def _guide_file(folder: Path) -> Path:
    return folder.absolute().parent / GUIDE


def check(names: Iterable[str] = (), folder: str | Path = "lessons") -> int:
    """Check lessons, and that what was built of them is in step and holds its outputs, without running anything.

    The glossary, and notebooks without a source, are looked at when all lessons are.

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
    faults, checked, lessons = [], 0, []
    for source in _sources(folder, names):
        try:
            lesson = _sound(source)
        except LessonError as error:
            faults += error.faults
            continue
        lessons.append(lesson)
        for path, make in _notebooks(lesson, folder):
            checked += 1
            file = path.relative_to(folder).as_posix()
            try:
                faults += _stored_faults(lesson, make, read_stored(path, file), file)
            except LessonError as error:
                faults += error.faults
    if not names:
        faults += [*_orphans(folder), *glossary_faults(folder)]
    if not faults:
        faults += _guide_faults(folder, lessons, is_whole=not names)
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


def _notebooks(lesson: Lesson, folder: Path) -> list[tuple[Path, Make]]:
    name = f"{lesson.stem}.ipynb"
    return [(folder / name, student), (folder / "solutions" / name, solution)]


def _shown_faults(lesson: Lesson, notebook: NotebookNode, make: Make, file: str) -> list[str]:
    """What is wrong with what an executed notebook shows; numbers in the prose are held against the solution's."""
    cells = [cell for cell in notebook.cells if not is_own(cell)]
    faults = output_faults(lesson, cells, file)
    if make is solution and not faults:
        faults += numeral_faults(lesson, cells)
    return faults


def _guide_faults(folder: Path, lessons: list[Lesson], is_whole: bool) -> list[str]:
    """Whether the guide for teachers is in step: all of it, or only what it says of some lessons."""
    path = _guide_file(folder)
    stored = path.read_text(encoding="utf-8") if path.exists() else ""
    if is_whole and stored == guide(lessons):
        return []
    if not is_whole and all(section(lesson) in stored for lesson in lessons):
        return []
    return [f"{GUIDE} is out of step with the lessons' sources; run 'tertius lessons build'."]


def _stored_faults(lesson: Lesson, make: Make, stored: NotebookNode, file: str) -> list[str]:
    again = f"run 'tertius lessons build {lesson.stem}'"
    fresh, plain = make(lesson), without_outputs(stored)
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
    return faults or _shown_faults(lesson, stored, make, file)


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
