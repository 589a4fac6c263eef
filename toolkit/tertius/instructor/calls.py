"""The worksheet of a lesson in its code: ``lesson = tertius.lesson("06")``, and what the cells ask through it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import NamedTuple

from tertius.instructor.source import Cell, Lesson

LETTERS = {"warmup": "W", "predict": "E", "explain": "E", "quiz": "Q", "exercise": "X", "reflect": "R", "act": "A"}
"""Methods of a worksheet that ask something, called like the step that they belong to, and what their ids begin with."""

MAKER = "tertius.lesson"

WHOLE = ("restore", "save")
"""Methods of a worksheet that concern the whole lesson."""


class Call(NamedTuple):
    """A method of the worksheet, called in a cell."""

    cell: Cell
    method: str
    node: ast.Call

    @property
    def id(self) -> str:
        """Its first argument, or an empty text if that is no literal text."""
        first = self.node.args[0] if self.node.args else None
        return first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else ""

    @property
    def texts(self) -> list[str]:
        """Every literal text among its arguments, in order."""
        parts = (part for part in ast.walk(self.node) if isinstance(part, ast.Constant) and isinstance(part.value, str))
        return [part.value for part in sorted(parts, key=lambda part: (part.lineno, part.col_offset))]


def calls(lesson: Lesson) -> list[Call]:
    """Every call of a method of the lesson's worksheet, in order."""
    return list(_calls(lesson))


def call_faults(lesson: Lesson) -> list[str]:
    """Everything that is wrong with how a lesson's cells use its worksheet.

    One cell makes the worksheet, for the lesson's own number. What a cell asks carries the id in the cell's name, which
    is how an answer in the learner's file finds its place, and is asked once.
    """
    return [fault for rule in (_worksheets, _ids, _asked) for fault in rule(lesson)]


def with_solutions(code: str) -> str:
    """Make the worksheet in a piece of code show the solutions, and leave all else as it is.

    Examples
    --------
    >>> print(with_solutions('lesson = tertius.lesson("06")  # begin'))
    lesson = tertius.lesson("06", solutions=True)  # begin
    """
    lines = code.encode().splitlines(keepends=True)
    # From the last to the first, so that what is put in moves no place that is still to come.
    for node in reversed(_makers(_parsed(code))):
        line, end = node.end_lineno - 1, node.end_col_offset - 1
        lines[line] = lines[line][:end] + b", solutions=True" + lines[line][end:]
    return b"".join(lines).decode()


def _parsed(code: str) -> ast.AST:
    try:
        return ast.parse(code)
    except SyntaxError:  # a rule of its own says so
        return ast.Module([], [])


def _makers(tree: ast.AST) -> list[ast.Call]:
    """Calls of ``tertius.lesson``, in order."""
    found = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and ast.unparse(node.func) == MAKER]
    return sorted(found, key=lambda node: (node.lineno, node.col_offset))


def _calls(lesson: Lesson) -> Iterator[Call]:
    trees = [(cell, _parsed(cell.source)) for cell in lesson.shown if cell.kind == "code"]
    names = {
        target.id
        for _, tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and ast.unparse(node.value.func) == MAKER
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for cell, tree in trees:
        found = [
            node
            for node in ast.walk(tree)
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id in names
            and (node.func.attr in LETTERS or node.func.attr in WHOLE)
        ]
        for node in sorted(found, key=lambda node: (node.lineno, node.col_offset)):
            yield Call(cell, node.func.attr, node)


def _worksheets(lesson: Lesson) -> Iterator[str]:
    made = [(cell, node) for cell in lesson.shown if cell.kind == "code" for node in _makers(_parsed(cell.source))]
    wanted = f'tertius.lesson("{lesson.stem[:2]}")'
    for cell, node in made:
        if ast.unparse(node) != wanted.replace('"', "'"):
            yield f"{cell.where}: {ast.unparse(node)} is not this lesson's worksheet; write {wanted}, nothing more."
    for cell, _ in made[1:]:
        yield f"{cell.where}: the worksheet was made before, in {made[0][0].name}; make it once."


def _ids(lesson: Lesson) -> Iterator[str]:
    seen: set[tuple[str, str]] = set()
    for call in calls(lesson):
        if call.method in WHOLE:
            continue
        letter = LETTERS[call.method]
        if not call.id:
            yield f'{call.cell.where}: {call.method} takes its id first, as it stands, such as "{letter}1".'
            continue
        name = f"{lesson.code}-{call.id}-{call.method}"
        if not call.id.startswith(letter) or not f"{call.cell.name}-".startswith(f"{name}-"):
            fitting = f"{letter}1" if not call.id.startswith(letter) else call.id
            yield (
                f'{call.cell.where}: {call.method}("{call.id}") stands in a cell of another name; '
                f"it belongs into {lesson.code}-{fitting}-{call.method}."
            )
        if (call.method, call.id) in seen:
            yield f'{call.cell.where}: {call.method}("{call.id}") comes a second time; give each its own id.'
        seen.add((call.method, call.id))


def _asked(lesson: Lesson) -> Iterator[str]:
    """A step that has a form asks through it; only a lesson that makes its worksheet can."""
    used = {(call.method, call.id if call.method in ("predict", "explain") else "") for call in calls(lesson)}
    if not any(_makers(_parsed(cell.source)) for cell in lesson.shown if cell.kind == "code"):
        return
    steps = {cell.step: cell for cell in reversed(lesson.shown)}
    for method in (*LETTERS, *WHOLE):
        if method in steps and method not in ("predict", "explain") and (method, "") not in used:
            yield f"{steps[method].where}: the step {method} asks nothing; call lesson.{method} in one of its cells."
    for cell in {(cell.experiment, cell.step): cell for cell in reversed(lesson.shown)}.values():
        if cell.step in ("predict", "explain") and cell.experiment and (cell.step, cell.experiment) not in used:
            yield (
                f"{cell.where}: the step {cell.step} asks nothing; "
                f'call lesson.{cell.step}("{cell.experiment}") in one of its cells.'
            )
