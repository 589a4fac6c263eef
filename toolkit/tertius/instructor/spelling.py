"""Known misspellings in what a lesson says, found by codespell.

codespell has a list of mistakes that people make, and no list of words that there are: it stumbles over few names and
terms, and lets pass a mistake that nobody made before. It reads British and American spelling alike. It runs as a
program of its own, and asks nobody on the network.

A word that it takes for a mistake and that is none, such as the name of Scott Feld, stands in ``source/spelling.txt``,
spelled as it may be.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from tertius.errors import LessonError
from tertius.instructor.calls import literal_texts, parsed
from tertius.instructor.prose import read_prose
from tertius.instructor.source import Cell, Lesson

FOUND = re.compile(r"^(\d+): (\S+) ==> ([^|\n]+?),?\s*(?:\|.*)?$", re.MULTILINE)
"""A line of its report: the number of the text, the word, and what may be meant, sometimes with a remark."""

WORDS = "spelling.txt"


def spelling_faults(lesson: Lesson) -> list[str]:
    """Misspelled words in the Markdown of a lesson, and in the literal texts and comments of its code."""
    return misspelled([(cell.where, _words(cell)) for cell in lesson.cells], lesson.folder)


def misspelled(texts: Iterable[tuple[str, str]], folder: Path) -> list[str]:
    """Misspelled words in texts, each given with how its messages begin; ``folder`` is that of the lessons.

    Raises
    ------
    LessonError
        If codespell does not run.
    """
    said = [(where, " ".join(text.split())) for where, text in texts]
    # In an empty folder, because codespell goes by the settings that it finds where it is run.
    with tempfile.TemporaryDirectory(prefix="tertius-") as empty:
        done = subprocess.run(
            [sys.executable, "-m", "codespell_lib", "--stdin-single-line", "--disable-colors", "-"],
            input="\n".join(text for _, text in said),
            cwd=empty,
            env={**os.environ, "PYTHONUTF8": "1"},
            capture_output=True,
            encoding="utf-8",
        )
    found = dict.fromkeys(FOUND.findall(done.stdout))
    if done.returncode and not found:
        raise LessonError(f"codespell does not run here; mend its installation. It says: {done.stderr.strip()[-200:]}")
    known = _known(folder)
    return [
        f"{said[int(line) - 1][0]}: {wrong!r} is misspelled; write {right.replace(', ', ' or ')!r}, or add the word to "
        f"source/{WORDS} if it is right."
        for line, wrong, right in found
        if wrong not in known
    ]


def _known(folder: Path) -> set[str]:
    file = folder / "source" / WORDS
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    return {line.strip() for line in lines if not line.startswith("#")}


def _words(cell: Cell) -> str:
    if cell.kind == "markdown":
        return " ".join(read_prose(cell.source).blocks)
    # Comments too: the first line is all that leaders see of code.
    comments = re.findall(r"^\s*#(.*)$", cell.source, re.MULTILINE)
    return " ".join([*comments, *literal_texts(parsed(cell.source))])
