"""How long a lesson takes: what its head promises beside an estimate, and how long its notebook runs."""

from __future__ import annotations

import re

from tertius.instructor.prose import read_prose
from tertius.instructor.source import Lesson

PROMISED = re.compile(r"\b(\d+)\s+minutes\b")
WORDS = 200
"""Words read in a minute: slow enough for a text that one thinks about."""

MINUTES = {
    "warmup": 2, "run": 6, "vary": 2, "quiz": 1.5, "exercise": 4, "mine": 8, "reflect": 4, "act": 3, "save": 1,
}  # fmt: skip
"""What is to be done in a step, reading aside: once for each experiment, quiz item and exercise, else once a lesson.

An experiment's six minutes are a prediction, some minutes with the Explorer and a cause in one's own words. The time
for one's own network is what it takes to go on with a network that one has; to make a map is a lesson of its own.
"""

REPEATED = ("run", "quiz", "exercise")

OPEN_CODE = 1
"""Minutes for a cell of open code: what is tagged analyst or answer."""

TOLERANCE = 0.4
"""How far the estimate may be from the promise: people differ by more, so a closer one would pretend to know."""

MOST_SECONDS = 30
"""A whole notebook may run this long, from the start of its kernel, on two cores."""


def budget_faults(lesson: Lesson) -> list[str]:
    """Whether a lesson takes about as long as its head promises."""
    head = next((cell for cell in lesson.shown if cell.step == "head" and PROMISED.search(cell.source)), None)
    if head is None:
        return [f"{lesson.file}: its head does not say how long the lesson takes; write, such as, About 45 minutes."]
    promised = int(PROMISED.search(head.source)[1])
    needed = estimate(lesson)
    if abs(needed - promised) <= TOLERANCE * promised:
        return []
    return [
        f"{head.where}: it promises {promised} minutes, and what there is to read and do takes about {needed:.0f}; "
        f"say so, or make the lesson {'shorter' if needed > promised else 'longer'}."
    ]


def estimate(lesson: Lesson) -> float:
    """Minutes that somebody alone needs to read a lesson and to do what it asks."""
    words = sum(read_prose(cell.source).words for cell in lesson.shown if cell.kind == "markdown")
    opened = sum(cell.kind == "code" and not cell.is_folded for cell in lesson.shown)
    doing = 0.0
    for step, minutes in MINUTES.items():
        cells = [cell for cell in lesson.shown if cell.step == step]
        items = {cell.item for cell in cells if cell.item} if step in REPEATED else set()
        doing += minutes * (max(len(items), 1) if cells else 0)
    return words / WORDS + OPEN_CODE * opened + doing


def too_slow(seconds: float, file: str) -> list[str]:
    """Whether a notebook took longer to run than a lesson may."""
    if seconds <= MOST_SECONDS:
        return []
    return [f"{file}: it took {seconds:.0f} seconds to run; a lesson takes at most {MOST_SECONDS}, so compute less."]
