"""From a lesson to its two notebooks, with outputs that are the same whenever they are made."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode, v4

from tertius.errors import LessonError
from tertius.instructor.calls import with_solutions
from tertius.instructor.links import moved
from tertius.instructor.rules import asked_for
from tertius.instructor.source import Cell, Lesson
from tertius.learner.files import HOME

METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"file_extension": ".py", "mimetype": "text/x-python", "name": "python"},
}
"""The same for every notebook, whatever Python it was made with."""

LIVE = "application/vnd.jupyter.widget-view+json"
"""A view of a live widget; it names a model of the kernel that showed it, which nobody can find again."""

SECONDS = 120
"""A cell may take this long; a whole lesson is meant to take a quarter of it."""


def student(lesson: Lesson) -> NotebookNode:
    """Make the notebook that learners get, not yet run: answers blank, code folded, results out of sight."""
    return _notebook(lesson, _for_students)


def solution(lesson: Lesson) -> NotebookNode:
    """Make the complete notebook, not yet run: answers filled in, everything open, links from a folder below."""
    return _notebook(lesson, _solved)


def _notebook(lesson: Lesson, shown: Callable[[Cell], tuple[str, dict]]) -> NotebookNode:
    cells = []
    for cell in lesson.shown:
        source, more = shown(cell)
        make = v4.new_code_cell if cell.kind == "code" else v4.new_markdown_cell
        metadata = {"name": cell.name, "tags": list(cell.tags), **more}
        cells.append(make(source, id=cell.name, metadata=metadata))
    return v4.new_notebook(cells=cells, metadata={**METADATA, "title": lesson.title})


def _solved(cell: Cell) -> tuple[str, dict]:
    return (with_solutions(cell.source) if cell.kind == "code" else moved(cell.source, "../")), {}


def _for_students(cell: Cell) -> tuple[str, dict]:
    source = blank(cell.source) if "answer" in cell.tags else cell.source
    folded: dict[str, bool] = {}
    if cell.is_folded:
        folded["source_hidden"] = True
    if cell.kind == "code" and cell.step in ("run", "explain"):
        folded["outputs_hidden"] = True
    more: dict = {"jupyter": folded} if folded else {}
    if "outputs_hidden" in folded:
        more["collapsed"] = True
    return source, more


def blank(code: str) -> str:
    """Take the answer out of an answer cell: the comments above it stay, and every name it gives a value is None.

    Examples
    --------
    >>> print(blank("# How many ties?\\nanswer = 3 * 2"))
    # How many ties?
    answer = None
    """
    lines = code.splitlines()
    first = next((k for k, line in enumerate(lines) if line.strip() and not line.startswith("#")), len(lines))
    question = "\n".join(lines[:first]).rstrip()
    blanks = "\n".join(f"{name} = None" for name in asked_for(code))
    return f"{question}\n{blanks}" if question else blanks


def execute(notebook: NotebookNode, folder: Path, file: str) -> float:
    """Run a notebook in a new kernel in ``folder`` and store what it shows.

    Returns
    -------
    float
        Seconds that it took, from the start of its kernel; while other programs kept the computer busy, only those in
        which the processor worked for it.

    Raises
    ------
    LessonError
        If a cell stops with an error, or takes too long.
    """
    client = NotebookClient(
        notebook,
        timeout=SECONDS,
        kernel_name="python3",
        coalesce_streams=True,
        record_timing=False,
        store_widget_state=False,
        resources={"metadata": {"path": str(folder)}},
    )
    # Folders of its own: what somebody has in a startup file must not change a lesson, and a lesson must not write into
    # anybody's learner's file. The kernel's own remarks on its start are not for us; what cells write to standard error
    # comes with their outputs.
    with tempfile.TemporaryDirectory(prefix="tertius-") as own:
        settings = {"IPYTHONDIR": os.path.join(own, "ipython"), HOME: os.path.join(own, "learner")}
        began, worked = time.perf_counter(), _worked()
        try:
            client.execute(env={**os.environ, **settings}, stderr=subprocess.DEVNULL)
        except CellExecutionError as error:
            cell = next(cell for cell in notebook.cells if _stopped(cell))
            said = " ".join(error.evalue.split())
            raise LessonError(f"{file}, cell {cell.id}: it stops with {error.ename}: {said}") from None
        except CellTimeoutError:
            raise LessonError(f"{file}: a cell takes longer than {SECONDS} seconds.") from None
        except DeadKernelError:
            raise LessonError(f"{file}: the kernel died while running it.") from None
    passed, worked = time.perf_counter() - began, _worked() - worked
    tidy(notebook)
    return min(passed, worked or passed)


def _worked() -> float:
    """Seconds that the processor worked for programs that this one started and saw end; 0 where nobody counts them."""
    times = os.times()
    return times.children_user + times.children_system


def _stopped(cell: NotebookNode) -> bool:
    return any(output.output_type == "error" for output in cell.get("outputs", []))


def tidy(notebook: NotebookNode) -> None:
    """Leave out of an executed notebook what differs from one time to the next, and what is the learner's own.

    Views of live widgets go, with the text and the static figure beside them left standing. The cells for the
    learner's own network keep no outputs: they are to be run, and nobody's contacts belong into a repository.
    """
    title = notebook.metadata["title"]
    notebook.metadata = nbformat.from_dict({**METADATA, "title": title})
    count = 0
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        count += 1
        cell.metadata.pop("execution", None)
        if is_own(cell):
            cell.execution_count, cell.outputs = None, []
            continue
        cell.execution_count = count
        for output in cell.outputs:
            if output.output_type == "execute_result":
                output.execution_count = count
            for part in (output.get("data", {}), output.get("metadata", {})):
                part.pop(LIVE, None)


def is_own(cell: NotebookNode) -> bool:
    """Whether a code cell works on the learner's own network."""
    return "mine" in cell.metadata.get("tags", [])


def without_outputs(notebook: NotebookNode) -> NotebookNode:
    """Return a copy as it was before it was run."""
    copy = nbformat.from_dict(notebook)
    for cell in copy.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return copy


def as_bytes(notebook: NotebookNode) -> bytes:
    """A notebook as it stands on disk, with the same line ends on every system."""
    return (nbformat.writes(notebook, indent=1, sort_keys=True, ensure_ascii=False).rstrip("\n") + "\n").encode()


def read_stored(path: Path, file: str) -> NotebookNode:
    """Read a stored notebook; ``file`` is what messages call it.

    Raises
    ------
    LessonError
        If it is absent or no notebook.
    """
    try:
        return nbformat.reads(path.read_text(encoding="utf-8"), as_version=4)
    except FileNotFoundError:
        raise LessonError(f"{file} has not been built; run 'tertius lessons build'.") from None
    except (ValueError, KeyError, AttributeError, nbformat.ValidationError):  # not text, not JSON, JSON of another kind
        raise LessonError(f"{file} is not a notebook; run 'tertius lessons build'.") from None
