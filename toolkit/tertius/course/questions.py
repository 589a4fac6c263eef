"""What a learner can be asked for: `Options`, `Number`, `Drawing`, `Words`, `Day`, `Tick` and `Rows`.

Each is a `Question`, which is frozen data.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tertius.errors import ParameterError
from tertius.learner.shape import is_number
from tertius.widgets.controls import decimals_for, written
from tertius.widgets.packing import clean

LONGEST = 10_000
"""Characters of a text that can be handed in; what is longer is kept as a draft."""

TWO_WAYS = re.compile(r"[-+]?[1-9]\d{0,2},\d{3}")
"""A number such as "1,000", which is a thousand to some and one to others."""


class Question:
    """What can be asked for: how a form asks it, and what of that which stands in its field is an answer."""

    def field(self, name: str, label: str) -> dict[str, Any]:
        """How a form asks it."""
        raise NotImplementedError

    def taken(self, value: Any) -> Any:
        """Return a value if it is an answer, else ``None``."""
        raise NotImplementedError

    def told(self, value: Any) -> str:
        """Write an answer as a reader would."""
        raise NotImplementedError

    def typed(self, value: Any) -> Any:
        """Return a value if it can stand in the field, be it an answer yet or not, else ``None``."""
        return self.taken(value)

    def fault(self, value: Any) -> str:
        """Say in a sentence why what was typed is no answer; empty if it is one, or if nothing was typed."""
        return ""


@dataclass(frozen=True)
class Options(Question):
    """One or several of a few options.

    Attributes
    ----------
    options : sequence of str, or mapping of value to text
        The values that are recorded; with a mapping, also what the learner reads.
    several : bool
        Whether more than one may be picked; then the answer is a list.
    inline : bool
        Whether the options stand side by side.
    none : str
        Of several, what to tick if none fits; empty if one always does.

    Examples
    --------
    >>> Options({"weakest": "the weak ties", "strongest": "the strong ties"}).told("weakest")
    'the weak ties'
    """

    options: Any
    several: bool = False
    inline: bool = False
    none: str = ""

    def __post_init__(self) -> None:
        given = self.options
        if isinstance(given, str) or not isinstance(given, (Mapping, Sequence)) or len(given) < 2:
            raise ParameterError(f"A question needs a list or dict of at least two options; got {given!r}.")
        pairs = given.items() if isinstance(given, Mapping) else ((value, value) for value in given)
        pairs = tuple((value, str(text)) for value, text in pairs)
        if not all(isinstance(value, str) and value for value, _ in pairs) or len(dict(pairs)) < len(pairs):
            raise ParameterError(
                f"The options of a question are known by short texts, each by its own; got {[v for v, _ in pairs]}."
            )
        if self.none and not self.several:
            raise ParameterError("An option for 'none of these' is for questions where several may be picked.")
        object.__setattr__(self, "options", pairs)

    def field(self, name: str, label: str) -> dict[str, Any]:
        """As `Question.field`."""
        kind = "choices" if self.several else "choice"
        pairs = [list(pair) for pair in self.options]
        return {"name": name, "kind": kind, "label": label, "options": pairs, "inline": self.inline, "none": self.none}

    def taken(self, value: Any) -> Any:
        """As `Question.taken`."""
        known = dict(self.options)
        if not self.several:
            return value if isinstance(value, str) and value in known else None
        if not isinstance(value, (list, tuple, set, frozenset)):
            return None
        chosen = [one for one in known if one in value]
        return chosen if chosen or self.none else None

    def told(self, value: Any) -> str:
        """As `Question.told`."""
        texts = dict(self.options)
        if self.several:
            return ", ".join(texts.get(one, str(one)) for one in value) or self.none
        return texts.get(value, str(value))


@dataclass(frozen=True)
class Number(Question):
    """A number between two ends.

    Attributes
    ----------
    low, high : number
    step : number, optional
        Any number in between if left out.
    unit : str
        What stands behind it, such as "steps".
    is_share : bool, optional
        Whether "10 %" means 0.1. Left out, it does where ``high`` is at most 1.

    Examples
    --------
    >>> Number(0, 200, unit="steps").told(148)
    '148 steps'
    >>> Number(0, 1).taken("0,107"), Number(0, 1).taken("10.7 %"), Number(0, 1).taken("8")
    (0.107, 0.107, None)
    >>> Number(0, 20, 1).fault("2.5")
    '“2.5” is not a number from 0 to 20 in steps of 1.'
    """

    low: float
    high: float
    step: float | None = None
    unit: str = ""
    is_share: bool | None = None

    def __post_init__(self) -> None:
        if self.is_share is None:
            object.__setattr__(self, "is_share", is_number(self.high) and self.high <= 1)
        if not (is_number(self.low) and is_number(self.high) and self.low < self.high):
            raise ParameterError(f"A number to ask for needs low < high; got {self.low!r} and {self.high!r}.")
        if self.step is not None and not (is_number(self.step) and self.step > 0):
            raise ParameterError(f"The steps of a number to ask for are a number above 0; got {self.step!r}.")

    def field(self, name: str, label: str) -> dict[str, Any]:
        """As `Question.field`."""
        return {
            "name": name,
            "kind": "number",
            "label": label,
            "low": self.low,
            "high": self.high,
            "step": self.step,
            "unit": self.unit,
        }

    def taken(self, value: Any) -> float | None:
        """As `Question.taken`; of a share, "10 %" is 0.1."""
        number = as_number(value)
        if number is None:
            return None
        if self.is_share and isinstance(value, str) and "%" in value:
            number /= 100
        is_reached = self.step is None or abs((number - self.low) / self.step % 1 - 0.5) > 0.5 - 1e-6
        return number if self.low <= number <= self.high and is_reached else None

    def typed(self, value: Any) -> Any:
        """As `Question.typed`."""
        return clean(value) if isinstance(value, str) else value if is_number(value) else None

    def fault(self, value: Any) -> str:
        """As `Question.fault`."""
        if is_blank(value) or self.taken(value) is not None:
            return ""
        if isinstance(value, str) and TWO_WAYS.fullmatch(value.strip()):
            return f"“{value}” can be read in two ways: write {value.replace(',', '')} or {value.replace(',', '.')}."
        steps = "" if self.step is None else f" in steps of {self.step:g}"
        low, high = (written(end, decimals_for([end])) for end in (self.low, self.high))
        return f"“{str(value)[:40]}” is not a number from {low} to {high}{steps}."

    def told(self, value: Any) -> str:
        """As `Question.told`."""
        return f"{written(value, decimals_for([value]))} {self.unit}".rstrip()


@dataclass(frozen=True)
class Drawing(Question):
    """A curve that the learner draws, at a few points.

    Attributes
    ----------
    x : sequence of float
        Where; 3 to 11 points, rising.
    x_label, y_label : str
    low, high : float
        The ends of the vertical axis.
    percent, x_percent : bool
        Whether heights, or places, are shares, written as percentages.
    """

    x: Sequence[float]
    x_label: str
    y_label: str
    low: float = 0.0
    high: float = 1.0
    percent: bool = True
    x_percent: bool = False

    def __post_init__(self) -> None:
        x = tuple(float(one) for one in self.x)
        if not 3 <= len(x) <= 11 or list(x) != sorted(set(x)):
            raise ParameterError(f"A curve is drawn at 3 to 11 rising points; got {list(x)}.")
        if not (is_number(self.low) and is_number(self.high) and self.low < self.high):
            raise ParameterError(f"A curve to draw needs low < high; got {self.low!r} and {self.high!r}.")
        object.__setattr__(self, "x", x)

    def field(self, name: str, label: str) -> dict[str, Any]:
        """As `Question.field`."""
        return {
            "name": name,
            "kind": "curve",
            "label": label,
            "x": list(self.x),
            "places": self.places,
            "x_label": self.x_label,
            "y_label": self.y_label,
            "low": self.low,
            "high": self.high,
            "percent": self.percent,
        }

    @property
    def places(self) -> list[str]:
        """The points' places as a reader sees them."""
        decimals = decimals_for(self.x, self.x_percent)
        return [written(at, decimals, self.x_percent) for at in self.x]

    def taken(self, value: Any) -> list[float] | None:
        """As `Question.taken`."""
        if not isinstance(value, (list, tuple)) or len(value) != len(self.x) or not all(map(is_number, value)):
            return None
        return [min(max(float(one), self.low), self.high) for one in value]

    def told(self, value: Any) -> str:
        """As `Question.told`."""
        decimals = decimals_for(value, self.percent, most=0 if self.percent else 2)
        heights = (written(one, decimals, self.percent) for one in value)
        return ", ".join(f"{height} at {at}" for height, at in zip(heights, self.places, strict=True))


@dataclass(frozen=True)
class Words(Question):
    """A few words of the learner's own.

    Attributes
    ----------
    rows : int
        How many lines to offer.
    """

    rows: int = 1

    def field(self, name: str, label: str) -> dict[str, Any]:
        """As `Question.field`."""
        return {"name": name, "kind": "text", "label": label, "rows": self.rows}

    def taken(self, value: Any) -> str | None:
        """As `Question.taken`."""
        return clean(value) if isinstance(value, str) and value.strip() and len(value) <= LONGEST else None

    def typed(self, value: Any) -> str | None:
        """As `Question.typed`."""
        return clean(value) if isinstance(value, str) else None

    def fault(self, value: Any) -> str:
        """As `Question.fault`."""
        if not isinstance(value, str) or len(value) <= LONGEST:
            return ""
        return f"This text has {len(value):,} characters, and at most {LONGEST:,} can be handed in: shorten it."

    def told(self, value: Any) -> str:
        """As `Question.told`."""
        return f"“{value}”"


@dataclass(frozen=True)
class Day(Question):
    """A day of the calendar."""

    def field(self, name: str, label: str) -> dict[str, Any]:
        """As `Question.field`."""
        return {"name": name, "kind": "day", "label": label}

    def taken(self, value: Any) -> str | None:
        """As `Question.taken`."""
        try:
            return date.fromisoformat(value).isoformat()
        except (TypeError, ValueError):
            return None

    def typed(self, value: Any) -> str | None:
        """As `Question.typed`."""
        return clean(value) if isinstance(value, str) else None

    def fault(self, value: Any) -> str:
        """As `Question.fault`."""
        return "" if is_blank(value) or self.taken(value) else f"“{str(value)[:40]}” is no day of the calendar."

    def told(self, value: Any) -> str:
        """As `Question.told`."""
        return str(value)


@dataclass(frozen=True)
class Tick(Question):
    """Something that is so or not."""

    def field(self, name: str, label: str) -> dict[str, Any]:
        """As `Question.field`."""
        return {"name": name, "kind": "tick", "label": label}

    def taken(self, value: Any) -> bool:
        """Return whether it is ticked."""
        return value is True

    def told(self, value: Any) -> str:
        """As `Question.told`."""
        return "yes" if value else "no"


@dataclass(frozen=True)
class Rows(Question):
    """A short table that the learner fills in, row by row.

    Attributes
    ----------
    columns : mapping of str to (str, question)
        By name, what stands above the column, and `Words`, `Day`, `Number`, or options.
    offered : int
        How many empty rows to offer at first.
    most : int

    Examples
    --------
    >>> contacts = Rows({"who": ("Who (a code)", Words()), "why": ("Why", Words())}, offered=2)
    >>> contacts.taken([{"who": "P07", "why": "knows food"}, {"who": " "}])
    [{'who': 'P07', 'why': 'knows food'}]
    """

    columns: Mapping[str, tuple[str, Any]]
    offered: int = 3
    most: int = 15

    def __post_init__(self) -> None:
        columns = {name: (head, question(asked)) for name, (head, asked) in self.columns.items()}
        object.__setattr__(self, "columns", columns)

    def field(self, name: str, label: str) -> dict[str, Any]:
        """As `Question.field`."""
        columns = [asked.field(column, head) for column, (head, asked) in self.columns.items()]
        return {
            "name": name,
            "kind": "rows",
            "label": label,
            "columns": columns,
            "offered": self.offered,
            "most": self.most,
        }

    def taken(self, value: Any) -> list[dict[str, Any]] | None:
        """Return a value if it is an answer, else ``None``; empty rows are left out, and what is empty in a row too."""
        if not isinstance(value, (list, tuple)):
            return None
        rows = []
        for row in value[: self.most]:
            if not isinstance(row, Mapping):
                continue
            taken = {column: asked.taken(row.get(column)) for column, (_, asked) in self.columns.items()}
            filled = {column: cell for column, cell in taken.items() if cell is not None}
            if filled:
                rows.append(filled)
        return rows or None

    def typed(self, value: Any) -> list[dict[str, Any]] | None:
        """As `Question.typed`: all cells of each row, the empty ones too."""
        if not isinstance(value, (list, tuple)):
            return None
        return [
            {column: asked.typed(row.get(column)) for column, (_, asked) in self.columns.items()}
            for row in value
            if isinstance(row, Mapping)
        ]

    def fault(self, value: Any) -> str:
        """As `Question.fault`, of the first cell that has one."""
        rows = self.typed(value) or []
        if len(rows) > self.most:
            return f"These are {len(rows)} rows, and at most {self.most} can be handed in: remove some."
        for number, row in enumerate(rows, 1):
            for column, (_, asked) in self.columns.items():
                if fault := asked.fault(row[column]):
                    return f"Row {number}: {fault}"
        return ""

    def told(self, value: Any) -> str:
        """As `Question.told`."""
        return f"{len(value)} {'row' if len(value) == 1 else 'rows'}"


def question(given: Any) -> Question:
    """Return a question; a list or dict of options is one too.

    Examples
    --------
    >>> question(["yes", "no"]).told("no")
    'no'
    """
    return given if isinstance(given, Question) else Options(given)


def as_number(value: Any) -> float | None:
    """Read a number that somebody typed, with a decimal point or comma and perhaps a percent sign, else ``None``.

    Examples
    --------
    >>> as_number(" 10,7 % "), as_number("ten"), as_number("1,000")
    (10.7, None, None)
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        value = value.strip().replace("−", "-").removesuffix("%").strip()
        if TWO_WAYS.fullmatch(value):
            return None
        value = value.replace(",", ".")
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        return None
    return number if is_number(number) else None


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
