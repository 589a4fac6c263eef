"""The guide for teachers, ``docs/teaching.md``: made from the lessons' sources, never edited."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from tertius.instructor.budget import promised
from tertius.instructor.calls import Call, calls
from tertius.instructor.case import literal, read_remarks
from tertius.instructor.links import moved
from tertius.instructor.prose import read_prose
from tertius.instructor.source import TOPICS, Lesson

FILE = "docs/teaching.md"

TESTED = "†"
"""What marks a key of a case, in its comment, on which a tested property of the lesson hangs."""

HEAD = f"""\
<!-- Made by 'tertius lessons build' from lessons/source. To change it, edit the cells there that are tagged teach. -->

# Teaching the lessons

Each lesson can be taken alone or taught. For each there is here: how it fits into a session, what people get wrong,
what to talk about, how to make the lesson your own, and the answers. All of it comes from the lessons' sources.

**Sessions.** The plans are for 50, 75 and 180 minutes. What a lesson does not have is left out of its plan, and those
minutes are in hand. Let everybody predict before anybody runs.

**Your own case.** Names, places, questions and first settings stand in each lesson's case,
`lessons/source/NN-name.toml`. Edit a value, run `tertius lessons build NN`, and both notebooks follow: no code to
touch. On a key marked {TESTED} hangs something that is tested, for the case as it is. If you change one, read the
lesson again: its sentences may no longer fit what its cells show.

**What learners write is theirs.** Ask them for plans and answers, not for the map of their contacts.
"""

SHORT = {"warmup": 5, "E1": 12, "E2": 12, "quiz": 3, "mine": 13, "act": 5}
PLANS = {50: SHORT, 75: {**SHORT, "limits": 10, "exercise": 15}}
"""Minutes in class, by the length of a session, for steps and experiments."""

SAID = {
    "warmup": "warm-up",
    "E1": "experiment E1",
    "E2": "experiment E2",
    "limits": "a debate on the limits",
    "quiz": "one quiz item",
    "exercise": "one exercise",
    "mine": "one's own network",
    "act": "the action",
}

HALVES = (
    {"run": "all experiments in pairs", "limits": "the limits"},
    {"quiz": "quiz", "exercise": "exercises", "mine": SAID["mine"], "reflect": "reflection", "act": SAID["act"]},
)
"""What a long session holds before and after its break of 10 minutes, 85 minutes each."""

ASKED = ("warmup", "quiz", "exercise")
"""The steps whose items are listed with their answers."""


def guide(lessons: Iterable[Lesson]) -> str:
    """The whole guide, in Markdown."""
    return "\n".join([HEAD, *map(section, lessons)])


def section(lesson: Lesson) -> str:
    """What the guide says of one lesson: a heading, and one more for each thing that there is to say."""
    up, name = "../lessons/", f"{lesson.stem}.ipynb"
    alone = f"Alone, it takes about {promised(lesson)} minutes.\n" if promised(lesson) else ""
    notes = {topic: [cell.source for cell in lesson.cells if cell.topic == topic] for topic in TOPICS}
    parts = {
        "Time": [*plans(lesson), *notes["time"]],
        "Misconceptions": notes["misconceptions"],
        "Discussion": notes["discussion"],
        "Adaptation": [*notes["adaptation"], _keys(lesson)],
        "Notes": notes["notes"],
        "Questions and answers": list(_answers(lesson)),
    }
    told = [
        f"## Lesson {lesson.stem[:2]}: {lesson.title}",
        f"{alone}[The lesson]({up}{name}), [the same with solutions]({up}solutions/{name}).",
    ]
    for heading, blocks in parts.items():
        if any(blocks):
            told += [f"### {heading}", *(moved(block, up, name) for block in blocks if block)]
    return "\n\n".join(told) + "\n"


def plans(lesson: Lesson) -> list[str]:
    """How a lesson fits into a session, for each length a paragraph."""
    steps = {cell.step for cell in lesson.shown} | {cell.experiment for cell in lesson.shown}
    told = []
    for length, minutes in PLANS.items():
        there = {step: minutes[step] for step in SAID if step in minutes and step in steps}
        left = length - sum(there.values())
        listed = ", ".join(f"{SAID[step]} {taken}" for step, taken in there.items())
        told.append(f"**{length} minutes**: {listed}{f'; {left} minutes in hand' if left else ''}.")
    first, second = (_listed([said for step, said in half.items() if step in steps]) for half in HALVES)
    return [*told, f"**180 minutes**: 85 for {first}; a break of 10; 85 for {second}."]


def _listed(parts: list[str]) -> str:
    *first, last = parts or ["questions"]
    return f"{', '.join(first)} and {last}" if first else last


def _keys(lesson: Lesson) -> str:
    """The case as a table: each key, what it is now and what its comment says."""
    remarks = read_remarks(lesson.folder / "source" / f"{lesson.stem}.toml")
    rows = [("key", "now", "what it is"), ("---",) * 3]
    for key, value in lesson.case.items():
        said = remarks.get(key, "")
        mark = f" {TESTED}" if TESTED in said else ""
        now = value if isinstance(value, str) else literal(value)
        rows.append((f"`{key}`{mark}", now, " ".join(said.replace(TESTED, "").split())))
    if len(rows) == 2:
        return ""
    table = "\n".join(f"| {' | '.join(map(_in_a_table, row))} |" for row in rows)
    return f"What there is to edit in `{lesson.stem}.toml`:\n\n{table}"


def _in_a_table(text: str) -> str:
    return " ".join(text.split()).replace("|", r"\|")


def _answers(lesson: Lesson) -> Iterator[str]:
    """Each item that is asked, with its answer as the source has it."""
    asked: dict[str, list[str]] = {}
    titles: dict[str, str] = {}
    called: dict[str, list[Call]] = {}
    for call in calls(lesson):
        called.setdefault(call.cell.name, []).append(call)
    for cell in lesson.shown:
        if cell.step not in ASKED:
            continue
        item = cell.item or cell.step
        if cell.kind == "markdown":
            for heading in read_prose(cell.source).headings[:1]:
                titles.setdefault(item, heading)
            continue
        blocks = [block for call in called.get(cell.name, []) for block in _form(call)]
        if "answer" in cell.tags:
            blocks.append(f"```python\n{cell.source}\n```")
        asked.setdefault(item, []).extend(blocks)
    for item, blocks in asked.items():
        if blocks:
            yield f"**{item}** {titles.get(item, '')}".rstrip()
            yield from blocks


def _form(call: Call) -> Iterator[str]:
    """What a form is given, as a list."""
    lines = [line for label, node in call.given for line in _lines(node, label)]
    if lines:
        yield "\n".join(lines)


def _lines(node: ast.AST, label: str, depth: int = 0) -> Iterator[str]:
    lead = f"{'  ' * depth}- {f'{label}: ' if label else ''}"
    parts = _parts(node)
    if not parts:
        yield lead + _said(node)
    elif not any(name or _parts(part) for name, part in parts):
        yield lead + " · ".join(_said(part) for _, part in parts)
    else:
        if label:
            yield lead.rstrip()
        for name, part in parts:
            yield from _lines(part, name, depth + bool(label))


def _parts(node: ast.AST) -> list[tuple[str, ast.AST]]:
    """What a literal list or mapping holds, each with its key; nothing for all else."""
    if isinstance(node, (ast.List, ast.Tuple, ast.Set)):
        return [("", part) for part in node.elts]
    if isinstance(node, ast.Dict):
        return [(_said(key), value) for key, value in zip(node.keys, node.values, strict=True) if key]
    return []


def _said(node: ast.AST) -> str:
    """A text as it stands, anything else as code."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return " ".join(node.value.split())
    return f"`{ast.unparse(node)}`"
