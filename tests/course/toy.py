"""A small lesson that asks everything that a lesson can ask, for tests with and without a browser."""

from __future__ import annotations

from tertius import course

OPEN = """
import tertius
from tertius.course import *
lesson = tertius.lesson("06")
"""

CELLS = {
    "restore": 'lesson.restore("manufacturing_vp")',
    "warmup": """
lesson.warmup("W1", "What does a long line in a picture mean?",
    {"weak": ("a weak tie", "Length is layout."), "layout": ("nothing", "Only the layout.")}, "layout", "lesson 03")
""",
    "predict": """
lesson.predict("E1", "Cut first what?", Options({"weakest": "the weak ties", "strongest": "the strong ties"}))
""",
    "explain": 'lesson.explain("E1", "weakest", "They **bridge**.")',
    "predict-number": 'lesson.predict("E2", "When is half of it gone?", Number(0, 200, unit="steps"))',
    "explain-number": 'lesson.explain("E2", [50, 60, 70], "Half is gone at {median}.", median=60)',
    "predict-curve": """
lesson.predict("E3", "Draw what is left.", Drawing([0, 0.25, 0.5, 0.75, 1], "share cut", "share left", x_percent=True))
""",
    "explain-curve": 'lesson.explain("E3", [[1, 1], [0.7, 0.8], [0.4, 0.6], [0.2, 0.3], [0, 0]], "It falls.")',
    "quiz": """
lesson.quiz("Q1", "Which tie is a local bridge?",
    {"only": ("the only short way", "That is what it means."), "weak": ("any weak one", "Not every one.")}, "only")
""",
    "exercise": """
lesson.exercise("X1", "Which ties are local bridges?",
    {"ties": ("Local bridges", Options(["A–B", "B–C", "C–D"], several=True, none="none of these")),
     "share": ("Share of all ties", Number(0, 1))},
    Key({"ties": {"A–B", "C–D"}, "share": 0.25}, within=0.01, hints=("Look.", "Count.", "Divide 2 by 8."),
        solution="A–B and C–D, two of eight."))
""",
    "mine": """
lesson.mine("M1", "Three weak ties", "Write *codes*, no names.", {
    "contacts": ("Your contacts", Rows({"who": ("Who (a code)", Words()), "kind": ("Kind", Options(["work", "other"])),
                                        "since": ("Since", Day()), "hours": ("Hours", Number(0, 20))}, offered=2,
                                       most=4)),
    "told": ("I told them", Tick())})
""",
    "reflect": 'lesson.reflect("R1", "What surprised you?")',
    "act": 'lesson.act("A1", "What will you do?")',
    "save": "lesson.save()",
}
"""The cells by name; every kind of field is in one of them, and each shows a form."""

CURVE = [1, 0.75, 0.5, 0.25, 0]
"""What somebody may draw."""

CONTACT = {"who": "P07", "kind": "work", "since": "2020-05-01", "hours": "1,5"}

ANSWERS = {
    "warmup": ("check", {"answer": "weak"}),
    "predict": ("save", {"answer": "weakest", "confidence": "80", "because": "they bridge"}),
    "explain": ("show", {"why": "the bridges went first"}),
    "predict-number": ("save", {"answer": "40", "confidence": "60"}),
    "explain-number": ("skip", {}),
    "predict-curve": ("save", {"answer": CURVE}),
    "explain-curve": ("show", {"why": "it falls"}),
    "quiz": ("check", {"answer": "only"}),
    "exercise": ("check", {"ties": ["A–B", "C–D"], "share": "25 %"}),
    "mine": (
        "save",
        {"contacts": [{"who": "P07", "kind": "work", "since": "2020-05-01", "hours": "1,5"}], "told": True},
    ),
    "reflect": ("save", {"text": "That it holds so long."}),
    "act": ("save", {"what": "Write to P07", "when": "2026-12-01"}),
}
"""What a learner may press in each form, and what stands in its fields then."""


def ask_all(lesson: course.Worksheet) -> dict[str, object]:
    """Run every cell, and return the forms by the cell's name."""
    return {name: eval(code.strip(), {**vars(course), "lesson": lesson}) for name, code in CELLS.items()}


def shown(form: object) -> dict[str, object]:
    """What a form shows: all but what became of the last wish."""
    return {name: getattr(form, name) for name in ("shape", "values", "panel", "sign", "status")}
