"""What makes a lesson teach: predictions that are scored, answers that are checked, and work that is never lost.

``lesson = tertius.lesson("06")`` opens a `Worksheet`; its methods are called like the steps of a lesson.
"""

from tertius.course.checking import Check, Key
from tertius.course.questions import Day, Drawing, Number, Options, Rows, Tick, Words
from tertius.course.scoring import calibration, calibration_in_words
from tertius.course.worksheet import Worksheet, lesson

__all__ = [
    "Check",
    "Day",
    "Drawing",
    "Key",
    "Number",
    "Options",
    "Rows",
    "Tick",
    "Words",
    "Worksheet",
    "calibration",
    "calibration_in_words",
    "lesson",
]
