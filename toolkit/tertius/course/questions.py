"""What a learner can be asked for: `Options`, `Number`, `Drawing` and `Words`.

A question is frozen data: it tells a form how to ask, and writes an answer as a reader would.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tertius.errors import ParameterError
from tertius.learner.shape import is_number
from tertius.widgets.controls import decimals_for, written


@dataclass(frozen=True)
class Options:
    """One or several of a few options.

    Attributes
    ----------
    options : sequence of str, or mapping of value to text
        The values that are recorded; with a mapping, also what the learner reads.
    several : bool
        Whether more than one may be picked; then the answer is a list, which may be empty.

    Examples
    --------
    >>> Options({"weakest": "the weak ties", "strongest": "the strong ties"}).told("weakest")
    'the weak ties'
    """

    options: Any
    several: bool = False

    def __post_init__(self) -> None:
        given = self.options
        if isinstance(given, str) or not isinstance(given, (Mapping, Sequence)) or len(given) < 2:
            raise ParameterError(f"A question needs a list or dict of at least two options; got {given!r}.")
        pairs = given.items() if isinstance(given, Mapping) else ((value, value) for value in given)
        pairs = tuple((value, str(text)) for value, text in pairs)
        if not all(isinstance(value, str) and value for value, _ in pairs):
            raise ParameterError(f"The options of a question are known by short texts; got {[v for v, _ in pairs]}.")
        object.__setattr__(self, "options", pairs)

    def field(self, name: str, label: str) -> dict[str, Any]:
        """How a form asks it."""
        kind = "choices" if self.several else "choice"
        return {"name": name, "kind": kind, "label": label, "options": [list(pair) for pair in self.options]}

    def told(self, value: Any) -> str:
        """Write an answer as a reader would."""
        texts = dict(self.options)
        if self.several:
            return ", ".join(texts.get(one, str(one)) for one in value) or "none of them"
        return texts.get(value, str(value))


@dataclass(frozen=True)
class Number:
    """A number between two ends.

    Attributes
    ----------
    low, high : number
    step : number, optional
        Any number in between if left out.
    unit : str
        What stands behind it, such as "steps".

    Examples
    --------
    >>> Number(0, 200, unit="steps").told(148)
    '148 steps'
    """

    low: float
    high: float
    step: float | None = None
    unit: str = ""

    def __post_init__(self) -> None:
        if not (is_number(self.low) and is_number(self.high) and self.low < self.high):
            raise ParameterError(f"A number to ask for needs low < high; got {self.low!r} and {self.high!r}.")

    def field(self, name: str, label: str) -> dict[str, Any]:
        """How a form asks it."""
        more = {"step": self.step} if self.step else {}
        return {"name": name, "kind": "number", "label": label, "low": self.low, "high": self.high, **more} | (
            {"unit": self.unit} if self.unit else {}
        )

    def told(self, value: Any) -> str:
        """Write an answer as a reader would."""
        return f"{written(value, decimals_for([value]))} {self.unit}".rstrip()


@dataclass(frozen=True)
class Drawing:
    """A curve that the learner draws, at a few points.

    Attributes
    ----------
    x : sequence of float
        Where; 3 to 11 points, rising.
    x_label, y_label : str
    low, high : float
        The ends of the vertical axis.
    percent : bool
        Whether heights are shares, written as percentages.
    """

    x: Sequence[float]
    x_label: str
    y_label: str
    low: float = 0.0
    high: float = 1.0
    percent: bool = True

    def __post_init__(self) -> None:
        x = tuple(float(one) for one in self.x)
        if not 3 <= len(x) <= 11 or list(x) != sorted(set(x)):
            raise ParameterError(f"A curve is drawn at 3 to 11 rising points; got {list(x)}.")
        object.__setattr__(self, "x", x)

    def field(self, name: str, label: str) -> dict[str, Any]:
        """How a form asks it."""
        axes = {"x_label": self.x_label, "y_label": self.y_label, "low": self.low, "high": self.high}
        return {"name": name, "kind": "curve", "label": label, "x": list(self.x), "percent": self.percent, **axes}

    def told(self, value: Any) -> str:
        """Write an answer as a reader would."""
        decimals = decimals_for(value, self.percent, most=1)
        heights = (written(one, decimals, self.percent) for one in value)
        places = (f"{at:g}" for at in self.x)
        return ", ".join(f"{height} at {at}" for height, at in zip(heights, places, strict=True))


@dataclass(frozen=True)
class Words:
    """A few words of the learner's own.

    Attributes
    ----------
    rows : int
        How many lines to offer.
    """

    rows: int = 1

    def field(self, name: str, label: str) -> dict[str, Any]:
        """How a form asks it."""
        return {"name": name, "kind": "text", "label": label, "rows": self.rows, "most": 4000}

    def told(self, value: Any) -> str:
        """Write an answer as a reader would."""
        return f"“{value}”"


Question = Options | Number | Drawing | Words


def question(given: Any) -> Question:
    """Return a question; a list or dict of options is one too.

    Examples
    --------
    >>> question(["yes", "no"]).told("no")
    'no'
    """
    return given if isinstance(given, Question) else Options(given)


def is_blank(answer: Any) -> bool:
    """Whether nothing has been answered yet.

    Examples
    --------
    >>> [is_blank(answer) for answer in (None, ..., "  ", [], {"Ann": None}, 0, [None, 2])]
    [True, True, True, True, True, False, False]
    """
    if answer is None or answer is ...:
        return True
    if isinstance(answer, str):
        return not answer.strip()
    if isinstance(answer, Mapping):
        return all(map(is_blank, answer.values()))
    if isinstance(answer, (list, tuple, set, frozenset)):
        return all(map(is_blank, answer))
    return isinstance(answer, float) and answer != answer
