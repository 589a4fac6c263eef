"""The worksheet of a lesson in its code: ``lesson = tertius.lesson("06")``, and what the cells ask through it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from tertius.instructor.source import Cell, Lesson

ASKING = {
    "warmup": "W", "predict": "E", "run": "E", "explain": "E", "quiz": "Q", "exercise": "X", "mine": "M",
    "map": "M", "reflect": "R", "act": "A",
}  # fmt: skip
"""Methods of a worksheet that ask something, each called like its step, with the letter that its ids begin with."""

STEPS = {"map": "mine"}
"""Those that are not called like their step."""

WHOLE = ("restore", "save")
"""Methods of a worksheet that concern the whole lesson."""

NAME, MAKER = "lesson", "tertius.lesson"


class Call(NamedTuple):
    """A method of the worksheet, called in a cell.

    Attributes
    ----------
    cell : Cell
    method : str
    id : str
        Its first argument, or an empty text if that is no literal text.
    given : tuple of (str, ast.AST)
        Its other arguments, each with its keyword or an empty text; for a name stands what the lesson's code calls so.
    texts : tuple of str
        Every literal text that is in these; in an f-string … stands for what is worked out.
    """

    cell: Cell
    method: str
    id: str
    given: tuple[tuple[str, ast.AST], ...]
    texts: tuple[str, ...]


def literal_texts(node: ast.AST) -> Iterator[str]:
    """Every literal text in a piece of code, an f-string in one piece.

    Examples
    --------
    >>> list(literal_texts(ast.parse('ask("Who?", f"In {share:.0f} % of {n}.")')))
    ['Who?', 'In … % of ….']
    """
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(part.value if isinstance(part, ast.Constant) else "…" for part in node.values)
    else:
        for child in ast.iter_child_nodes(node):
            yield from literal_texts(child)


@cache
def parsed(code: str) -> ast.Module:
    """The syntax tree of a piece of code; empty if it is not Python, which a rule of its own says."""
    try:
        return ast.parse(code)
    except SyntaxError:
        return ast.Module([], [])


def calls(lesson: Lesson) -> list[Call]:
    """Every call of a method of the lesson's worksheet, in order."""
    code = [(cell, parsed(cell.source)) for cell in lesson.shown if cell.kind == "code"]
    values: dict[str, ast.AST] = {}
    for _, tree in code:
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign):
                values |= {target.id: node.value for target in node.targets if isinstance(target, ast.Name)}
    return [_call(cell, node, values) for cell, tree in code for node in _ordered(tree) if _is_asking(node)]


def _is_asking(node: ast.Call) -> bool:
    method = node.func
    is_own = isinstance(method, ast.Attribute) and isinstance(method.value, ast.Name) and method.value.id == NAME
    return is_own and (method.attr in ASKING or method.attr in WHOLE)


def _call(cell: Cell, node: ast.Call, values: dict[str, ast.AST]) -> Call:
    first = node.args[0] if node.args else None
    has_id = isinstance(first, ast.Constant) and isinstance(first.value, str)
    given = [("", one) for one in node.args[has_id:]] + [(one.arg or "", one.value) for one in node.keywords]
    given = [(label, _resolved(one, values)) for label, one in given]
    texts = tuple(text for _, one in given for text in literal_texts(one))
    return Call(cell, node.func.attr, first.value if has_id else "", tuple(given), texts)


def _resolved(node: ast.AST, values: dict[str, ast.AST]) -> ast.AST:
    return values.get(node.id, node) if isinstance(node, ast.Name) else node


def with_solutions(code: str) -> str:
    """Make the worksheet in a piece of code show the solutions, and leave all else as it is.

    Examples
    --------
    >>> print(with_solutions('lesson = tertius.lesson("06")  # begin'))
    lesson = tertius.lesson("06", solutions=True)  # begin
    """
    lines = code.encode().splitlines(keepends=True)
    # From the last to the first, so that what is put in moves no place that is still to come.
    for node in reversed(_makers(code)):
        if node.args:
            line, end = node.args[-1].end_lineno - 1, node.args[-1].end_col_offset
            lines[line] = lines[line][:end] + b", solutions=True" + lines[line][end:]
    return b"".join(lines).decode()


def call_faults(lesson: Lesson) -> list[str]:
    """Everything that is wrong with how a lesson's cells use its worksheet.

    One cell of the setup makes the worksheet, for the lesson's own number. What a cell asks carries the id in the
    cell's name, which is how an answer in the learner's file finds its place, and is asked once; each step and item
    that can ask does. Nothing of this is expected of a lesson that makes no worksheet.
    """
    faults = list(_worksheets(lesson))
    if any(_makers(cell.source) for cell in lesson.shown if cell.kind == "code"):
        faults += [*_ids(lesson), *_asked(lesson)]
    return faults


def _ordered(tree: ast.AST) -> list[ast.Call]:
    found = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return sorted(found, key=lambda node: (node.lineno, node.col_offset))


def _makers(code: str) -> list[ast.Call]:
    """Calls of ``tertius.lesson``, in order."""
    return [node for node in _ordered(parsed(code)) if ast.unparse(node.func) == MAKER]


def _worksheets(lesson: Lesson) -> Iterator[str]:
    wanted = f'{NAME} = {MAKER}("{lesson.stem[:2]}")'
    makers = []
    for cell in (cell for cell in lesson.shown if cell.kind == "code"):
        imported = [node for node in ast.walk(parsed(cell.source)) if isinstance(node, ast.ImportFrom)]
        if any(node.module == "tertius" and name.name == NAME for node in imported for name in node.names):
            yield f"{cell.where}: import tertius as a whole, and make the worksheet with {wanted}."
        makers += [cell] * len(_makers(cell.source))
    if not makers:
        return
    if not any(ast.unparse(node) == wanted.replace('"', "'") for node in parsed(makers[0].source).body):
        yield f"{makers[0].where}: make the worksheet in a line of its own that reads {wanted}."
    if makers[0].step != "setup":
        yield f"{makers[0].where}: make the worksheet in a cell of the step setup, before anything is asked."
    for cell in makers[1:]:
        yield f"{cell.where}: the worksheet was made before, in {makers[0].name}; delete it here."


def _ids(lesson: Lesson) -> Iterator[str]:
    seen: set[tuple[str, str]] = set()
    for call in calls(lesson):
        if call.method in WHOLE:
            continue
        letter = ASKING[call.method]
        if not re.fullmatch(r"[A-Z]\d", call.id):
            yield f'{call.cell.where}: give {NAME}.{call.method} its id as the first argument, such as "{letter}1".'
            continue
        told = f'{NAME}.{call.method}("{call.id}")'
        wanted = f"{lesson.code}-{call.id}-{STEPS.get(call.method, call.method)}"
        if not call.id.startswith(letter):
            yield f"{call.cell.where}: ids of {call.method} begin with {letter}; rename the one in {told}."
        elif not f"{call.cell.name}-".startswith(f"{wanted}-"):
            yield f"{call.cell.where}: {told} belongs into a cell called {wanted}; move it, or rename the cell."
        elif "answer" in call.cell.tags:
            yield f"{call.cell.where}: learners get this cell without its code; move {told} into the next one."
        elif (call.method, call.id) in seen:
            yield f"{call.cell.where}: {told} comes a second time; give each its own id."
        seen.add((call.method, call.id))


def _asked(lesson: Lesson) -> Iterator[str]:
    """Each step that has a form asks through it, and so does each item that a cell is named by."""
    asked = {(STEPS.get(call.method, call.method), call.id) for call in calls(lesson)}
    asked |= {(method, "") for method, _ in asked}
    first: dict[tuple[str, str], Cell] = {}
    for cell in lesson.shown:
        first.setdefault((cell.step, cell.item), cell)
    for (step, item), cell in first.items():
        if (step in ASKING or step in WHOLE) and (step, item) not in asked:
            example = f'"{item or ASKING[step] + "1"}", …' if step in ASKING else ""
            yield f"{cell.where}: {item or step} has no form; call {NAME}.{step}({example}) in a cell of this name."
