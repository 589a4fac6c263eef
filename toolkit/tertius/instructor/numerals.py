"""Numbers in a lesson's prose, each of which something stands behind.

A number that nobody computes anew goes wrong unseen. So a number in the Markdown of a lesson, or in a text that its
code hands to a form of its worksheet, has to

* be shown by a cell of the executed notebook, exactly or more precisely (43 % beside 0.4312 in a table), or
* be set as a number in a cell's code or in the case, or
* stand in a sentence that names its source (Onnela and colleagues 2007), or
* be declared as held by a test, which exists and mentions it, with a comment in the same cell that learners do not see:
  ``<!-- backed: tests/lessons/test_06_properties.py::test_the_gap_is_wide -->``, in code ``# backed: …``.

What counts things rather than results needs none of these: whole numbers up to twelve without a percent sign,
ordinals, years beside a name or after such words as *in* and *since*, dates, times of day, minutes and a plan's 90
days, names such as E1 or M19, licences, the lesson's list of sources, and what stands in code, formulas, addresses and
the numbers of a list.

The rule cannot know whether a number that is shown *means* what the prose says of it. It finds the number that a new
seed, a new rule or a slip of the pen has left alone.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from nbformat import NotebookNode

from tertius.instructor.calls import calls, parsed
from tertius.instructor.prose import read_prose, sentences
from tertius.instructor.source import Cell, Lesson

MOST_COUNTED = 12
"""Whole numbers up to this one count; nearly every output would hold them anyway."""

SIGN = r"\s?(?:%|per ?cent\b|percentage points?\b)"
NUMBER = re.compile(
    r"(?<![\w.,])(?<![A-Za-z][-–])(\d{1,3}(?:[,\u202f\u00a0]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?!\w)"
    rf"(?=((?:\s?(?:[–-]|to|and|or)\s?\d[\d.]*)?{SIGN})?)"
)
"""A number that stands alone; the second group is a percent sign, its own or that of the range that it begins."""

MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
YEAR = r"(?:1[6-9]|20)\d\d"
NAME = rf"(?!(?:A[st]|By|From|In|Of|On|Since|The|To|Until|With|{MONTH})\b)[^\W\d_a-z][\w’'-]+"
CITED = re.compile(rf"(?:\b{NAME}|\bcolleagues|\bet al\.),?\s\(?{YEAR}\b")
"""A name and a year: what makes a sentence carry its source."""

COUNTED = r"(?!\s(?:people|persons?|runs?|networks?|ties?|nodes?|steps?|seeds?|contacts?|draws?|rounds?|times|of)\b)"
PLAIN = re.compile(
    rf"\d{{4}}-\d\d(?:-\d\d)?|\b\d{{1,2}}:\d\d\b|\b\d{{1,2}}\.?\s{MONTH}\b(?:\s\d{{4}})?"
    rf"|\b{MONTH}\s\d{{1,2}}\b(?:,?\s\d{{4}})?|\b{MONTH}\s\d{{4}}\b|\bCC(?:[ -]BY(?:-SA)?)?\s?\d(?:\.\d)?"
    r"|\b\d+(?:\s?(?:[–-]|to|and|or)\s?\d+)?[\s-](?:minutes?|min)\b|\b\d+-(?:day|week|month|year)\b"
    rf"|(?:\(|\b{NAME},?\s\(?|\bcolleagues,?\s\(?|\bet al\.,?\s\(?){YEAR}\b"
    rf"|\b(?:in|since|until|from|by|before|after|of|between|to|and)\s{YEAR}\b{COUNTED}",
)
"""Dates, times, licences and years."""

LISTED = re.compile(r"(?:Sources?|To cite)\b")
"""How a paragraph begins whose numbers are volumes and pages."""

DECLARED = re.compile(r"^\s*#\s*(backed\b.*)$", re.MULTILINE)
BACKED = re.compile(r"backed:\s*(\S+?)::(\w+)$")
SHOWN = re.compile(r"(?<![\w.])-?\d+(?:,\d{3})*(?:\.\d+)?(?:e-?\d+)?")


class Numeral(NamedTuple):
    """A number in prose, as it is written, with the value and the places that it claims."""

    text: str
    value: float
    places: int
    is_percent: bool


def numeral_faults(lesson: Lesson, nodes: Iterable[NotebookNode]) -> list[str]:
    """Every number in a lesson's prose that nothing stands behind.

    Parameters
    ----------
    lesson : Lesson
    nodes : iterable of NotebookNode
        The cells of its executed solution notebook.
    """
    shown = set(_shown(nodes))
    given = set(_given(lesson))
    faults = []
    for cell, texts, comments in _told(lesson):
        open_ones = [one for one in numerals(texts) if not _is_shown(one, shown) and not _is_given(one, given)]
        for declared in comments:
            held, fault = _held(lesson.folder.parent, declared)
            left = [one for one in open_ones if not _is_given(one, held)]
            if fault:
                faults.append(f"{cell.where}: {fault}")
            elif left == open_ones:
                faults.append(f"{cell.where}: '{declared}' backs no number here that needs it; delete or mend it.")
            open_ones = left
        example = "<!-- backed: tests/….py::test_… -->" if cell.kind == "markdown" else "# backed: tests/….py::test_…"
        faults += [
            f"{cell.where}: nothing stands behind {one.text!r}; show it in a cell, set it in the case, or name its "
            f"source in the sentence (Burt 2004) or the test that holds it in a comment, {example}."
            for one in dict.fromkeys(open_ones)
        ]
    return faults


def numerals(texts: Iterable[str]) -> Iterator[Numeral]:
    """Numbers in blocks of prose that claim something and name no source beside them.

    Examples
    --------
    >>> [one.text for one in numerals(["Of 151 people 43 % stay, as in 2007. Burt (2004) asked 673 managers."])]
    ['151', '43 %']
    """
    for block in texts:
        if LISTED.match(block):
            continue
        for sentence in sentences(block):
            if CITED.search(sentence):
                continue
            for match in NUMBER.finditer(PLAIN.sub(" … ", sentence)):
                digits = re.sub(r"[,\u202f\u00a0]", "", match[1])
                value, is_percent = float(digits), bool(match[2])
                if is_percent or "." in digits or value > MOST_COUNTED:
                    places = len(digits.partition(".")[2])
                    yield Numeral(f"{match[1]} %" if is_percent else match[1], value, places, is_percent)


def _told(lesson: Lesson) -> Iterator[tuple[Cell, list[str], list[str]]]:
    """Each cell with its blocks of prose and its declarations of tests."""
    asked: dict[str, list[str]] = {}
    for call in calls(lesson):
        asked.setdefault(call.cell.name, []).extend(call.texts)
    for cell in lesson.cells:
        if cell.kind == "markdown":
            told = read_prose(cell.source)
            yield cell, list(told.blocks), [comment for comment in told.comments if comment.startswith("backed")]
        elif cell.name in asked:
            blocks = [block for text in asked[cell.name] for block in read_prose(text).blocks]
            yield cell, blocks, DECLARED.findall(cell.source)


def _is_shown(one: Numeral, shown: set[float]) -> bool:
    """Whether an output holds the number, or one that rounds to it."""
    near = 0.5 * 10**-one.places + 1e-9
    return any(abs(scaled - one.value) <= near for number in shown for scaled in _scaled(one, number))


def _is_given(one: Numeral, given: set[float]) -> bool:
    """Whether the number is among those that were set somewhere, exactly."""
    return any(abs(scaled - one.value) < 1e-9 for number in given for scaled in _scaled(one, number))


def _scaled(one: Numeral, number: float) -> tuple[float, ...]:
    return (number, 100 * number) if one.is_percent else (number,)


def _numbers(text: str) -> set[float]:
    return {float(found.replace(",", "")) for found in SHOWN.findall(text)}


def _shown(nodes: Iterable[NotebookNode]) -> Iterator[float]:
    for node in nodes:
        for output in node.get("outputs", []):
            data = output.get("data", {})
            for text in (output.get("text", ""), data.get("text/plain", ""), *_read(data.get("text/html", ""))):
                yield from _numbers(text)


def _read(page: str) -> Iterator[str]:
    """What a reader of a page sees or hears at once.

    A figure's table stays closed until it is asked for, and an Explorer's holds nearly every number up to a hundred.
    """
    page = re.sub(r"<(script|style)\b.*?</\1>", " ", page, flags=re.DOTALL)
    page = re.sub(
        r"<figure\b.*?</figure>",
        lambda figure: re.sub(r"(?s)<table\b.*?</table>", " ", figure[0]),
        page,
        flags=re.DOTALL,
    )
    yield from re.findall(r'\balt="([^"]*)"', page)
    yield re.sub(r"<[^>]*>", " ", page)


def _given(lesson: Lesson) -> Iterator[float]:
    """Numbers that a lesson's code or case sets."""
    for cell in lesson.shown:
        if cell.kind == "code":
            yield from _literals(parsed(cell.source))
    for value in lesson.case.values():
        yield from (float(part) for part in (value if isinstance(value, list) else [value]) if _is_number(part))


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _literals(tree: ast.AST) -> Iterator[float]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and _is_number(node.value):
            yield float(node.value)


def _held(root: Path, declared: str) -> tuple[set[float], str]:
    """Numbers that a declared test holds, in itself or in what its module sets, and what is wrong with the declaration.

    A share in a test holds the percentage in prose: 0.15 stands behind 15 % and 15 percentage points.
    """
    match = BACKED.fullmatch(declared)
    if not match:
        return set(), f"'{declared}' declares no test; write backed: tests/….py::test_…, nothing more."
    path, name = match.groups()
    file = root / path
    if not path.startswith("tests/") or not file.is_file():
        return set(), f"'{declared}' names a file that is not there; name one of the tests of this repository."
    module = ast.parse(file.read_text(encoding="utf-8"))
    tests = [node for node in ast.walk(module) if isinstance(node, ast.FunctionDef) and node.name == name]
    if not tests:
        return set(), f"'{declared}' names a test that {path} does not have; name one that is there."
    test = tests[0]
    if ast.get_docstring(test) is not None:
        test.body = test.body[1:]
    used = {node.id for node in ast.walk(test) if isinstance(node, ast.Name)}
    settings = [
        node
        for node in module.body
        if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id in used for t in node.targets)
    ]
    parts = [test, *settings]
    said = [node.value for part in parts for node in ast.walk(part) if isinstance(node, ast.Constant)]
    held = {number for text in said if isinstance(text, str) for number in _numbers(text)}
    return held.union(*map(_literals, parts)), ""
