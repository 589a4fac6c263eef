"""How long a lesson takes: what its head promises beside an estimate, and how long its notebook runs."""

from __future__ import annotations

import re

from tertius.instructor.calls import calls
from tertius.instructor.prose import read_prose
from tertius.instructor.source import Lesson

PROMISED = re.compile(r"\b(\d+)\s+minutes\b")
WORDS = 200
"""Words read in a minute: slow enough for a text that one thinks about."""

MINUTES = {
    "restore": 1, "warmup": 2, "run": 6, "vary": 2, "quiz": 1.5, "exercise": 4, "mine": 8, "reflect": 4, "act": 3,
    "save": 1,
}  # fmt: skip
"""What is to be done in a step, reading aside: once for each experiment, quiz item and exercise, else once a lesson.

Our own estimates, not measured. An experiment's six minutes are a prediction, some time with the Explorer and a cause
in one's own words. The time for one's own network is what it takes to go on with a network that one has; to make a map
is a lesson of its own.
"""

REPEATED = ("run", "quiz", "exercise")

OPEN_CODE = 1
"""Minutes for a cell of open code: what is tagged analyst or answer."""

TOLERANCE = 0.4
"""How far the estimate may be from the promise: people differ by more, so a closer one would pretend to know."""

MOST_SECONDS = 30
"""A whole notebook may run this long, from the start of its kernel, on two cores."""


def promised(lesson: Lesson) -> int | None:
    """Minutes that the head of a lesson promises, or ``None``."""
    heads = (block for cell in lesson.shown if cell.step == "head" for block in read_prose(cell.source).blocks)
    return next((int(found[1]) for found in map(PROMISED.search, heads) if found), None)


def estimate(lesson: Lesson) -> float:
    """Minutes that somebody alone needs to read a lesson and to do what it asks."""
    told = [cell.source for cell in lesson.shown if cell.kind == "markdown"]
    asked = [text for call in calls(lesson) for text in call.texts]
    words = sum(read_prose(text).words for text in (*told, *asked))
    opened = sum(cell.kind == "code" and not cell.is_folded for cell in lesson.shown)
    doing = 0.0
    for step, minutes in MINUTES.items():
        cells = [cell for cell in lesson.shown if cell.step == step]
        items = {cell.item for cell in cells if cell.item} if step in REPEATED else ()
        doing += minutes * max(len(items), 1) if cells else 0
    return words / WORDS + OPEN_CODE * opened + doing


def budget_faults(lesson: Lesson) -> list[str]:
    """Whether a lesson takes about as long as its head promises."""
    said, needed = promised(lesson), estimate(lesson)
    if said is None:
        return [
            f"{lesson.file}: its head does not say how long it takes; add, for example, 'About {needed:.0f} minutes.'"
        ]
    if abs(needed - said) <= TOLERANCE * said:
        return []
    return [
        f"{lesson.file}: its head promises {said} minutes, but to read and do all of it takes about {needed:.0f}; "
        f"promise that, or make the lesson {'shorter' if needed > said else 'longer'}."
    ]


def seconds_faults(seconds: float, file: str) -> list[str]:
    """Whether a notebook took longer to run than a lesson may."""
    if seconds <= MOST_SECONDS:
        return []
    return [
        f"{file}: it ran for {seconds:.0f} seconds, and a lesson may take {MOST_SECONDS}; let its cells compute less."
    ]
