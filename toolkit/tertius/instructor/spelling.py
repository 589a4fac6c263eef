"""Known misspellings in what a lesson says, found by codespell.

codespell has a list of mistakes that people make, and no list of words that there are: it never stumbles over a name or
a term, and lets pass a mistake that nobody made before. It reads British and American spelling alike. It runs as a
program of its own, and asks nobody on the network.
"""

from __future__ import annotations

import ast
import importlib.util
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator

from tertius.instructor.prose import read_prose
from tertius.instructor.source import Cell, Lesson

PACKAGE = "codespell_lib"
FOUND = re.compile(r"^(\d+): (\S+) ==> ([^|\n]+?),?\s*(?:\|.*)?$", re.MULTILINE)
"""A line of its report: the number of the text, the word, and what may be meant, sometimes with a remark."""


def spelling_faults(lesson: Lesson) -> list[str]:
    """Misspelled words in the Markdown and in the literal texts of the code; none if codespell is not installed."""
    if importlib.util.find_spec(PACKAGE) is None:
        return []
    said = [(cell, " ".join(_words(cell).split())) for cell in lesson.cells]
    command = [sys.executable, "-m", PACKAGE, "--stdin-single-line", "--disable-colors", "-"]
    # In an empty folder, because codespell goes by the settings that it finds where it is run.
    with tempfile.TemporaryDirectory(prefix="tertius-") as folder:
        done = subprocess.run(
            command,
            input="\n".join(text for _, text in said),
            cwd=folder,
            env={**os.environ, "PYTHONUTF8": "1"},
            capture_output=True,
            encoding="utf-8",
        )
    found = dict.fromkeys(FOUND.findall(done.stdout))
    return [
        f"{said[int(line) - 1][0].where}: {wrong!r} is misspelled; write {right.replace(', ', ' or ')!r}."
        for line, wrong, right in found
    ]


def _words(cell: Cell) -> str:
    return " ".join(read_prose(cell.source).blocks if cell.kind == "markdown" else _texts(cell.source))


def _texts(code: str) -> Iterator[str]:
    """Literal texts of a piece of code, and its comments: the first line is all that leaders see of it."""
    yield from re.findall(r"^\s*#(.*)$", code, re.MULTILINE)
    try:
        tree = ast.parse(code)
    except SyntaxError:  # a rule of its own says so
        return
    yield from (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))
