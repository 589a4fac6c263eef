"""What a learner can set on an Explorer: `Choice`, `Slider`, `Toggle` and `Count`.

A control is frozen data: it checks a value, writes it as a reader would, and tells the browser how to show itself.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from operator import index
from typing import Any

from tertius.errors import ParameterError, choose_from

SPACE = "\N{NO-BREAK SPACE}"
"""Between a number and its percent sign, so that a line never breaks there."""


def written(value: float, decimals: int = 0, percent: bool = False) -> str:
    """Write a number as the browser writes it: halves go up, a share becomes a percentage.

    Examples
    --------
    >>> written(2.5), written(0.125, 1, percent=True).replace(SPACE, " ")
    ('3', '12.5 %')
    >>> written(float("nan"))
    'unknown'
    """
    if not math.isfinite(value):
        return "unknown"
    number = Decimal(value * 100 if percent else value).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    text = f"{number:f}"
    if not number:
        text = text.lstrip("-")
    return f"{text}{SPACE}%" if percent else text


def decimals_for(values: Iterable[float], percent: bool = False, most: int = 3) -> int:
    """Return how many decimals tell all of ``values`` exactly, but no more than ``most``.

    Examples
    --------
    >>> decimals_for([0, 0.25, 0.5]), decimals_for([0, 0.25, 0.5], percent=True)
    (2, 0)
    """
    scaled = [value * 100 if percent else value for value in values if math.isfinite(value)]
    for decimals in range(most):
        if all(abs(value - round(value, decimals)) < 1e-9 * max(1, abs(value)) for value in scaled):
            return decimals
    return most


def _check_label(label: object) -> None:
    if not isinstance(label, str) or not label.strip():
        raise ParameterError(f"A control's label is a text that a learner reads; this one is {label!r}.")


def whole(value: object) -> int | None:
    """Return a whole number of any type as ``int``; ``None`` for anything else, yes and no among it.

    Examples
    --------
    >>> whole(3), whole(3.0), whole(True)
    (3, None, None)
    """
    try:
        return None if isinstance(value, bool) else index(value)
    except TypeError:
        return None


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


@dataclass(frozen=True)
class Choice:
    """One of a few options.

    Attributes
    ----------
    label : str
    options : sequence, or mapping of value to text
        The values that ``build`` receives (texts, numbers or yes/no); with a mapping, also what the learner reads.
    default : optional
        The first option if left out.

    Examples
    --------
    >>> order = Choice("Cut first", {"weakest": "the weakest ties", "strongest": "the strongest ties"}, "weakest")
    >>> order.written("strongest")
    'the strongest ties'
    >>> order.checked("order", "weekest")
    Traceback (most recent call last):
    tertius.errors.ParameterError: order is 'weekest'; did you mean 'weakest'? It can be 'weakest' or 'strongest'.
    """

    label: str
    options: Any
    default: Any = None

    def __post_init__(self) -> None:
        _check_label(self.label)
        given = self.options
        if isinstance(given, (str, bytes)) or not isinstance(given, Iterable):
            raise ParameterError(f"The options of {self.label!r} are a list or a dict; got {given!r}.")
        pairs = tuple(given.items()) if isinstance(given, Mapping) else tuple((value, str(value)) for value in given)
        if len(pairs) < 2:
            raise ParameterError(f"The choice {self.label!r} needs at least two options; got {len(pairs)}.")
        for value, text in pairs:
            if not isinstance(value, (str, bool)) and not _is_number(value):
                raise ParameterError(f"An option of {self.label!r} is a text, a number or True/False; got {value!r}.")
            _check_label(text)
        object.__setattr__(self, "options", pairs)
        if self.default is None:
            object.__setattr__(self, "default", pairs[0][0])
        self.checked(self.label, self.default)

    @property
    def values(self) -> tuple[Any, ...]:
        """Everything that it can be."""
        return tuple(option for option, _ in self.options)

    def checked(self, name: str, value: Any) -> Any:
        """Return ``value`` if it is an option; otherwise raise `ParameterError`."""
        for option in self.values:
            if type(option) is type(value) and option == value:
                return option
        if all(isinstance(option, str) for option in self.values):
            return choose_from(value, self.values, name)
        choices = ", ".join(map(repr, self.values))
        raise ParameterError(f"{name} is {value!r}; it can be one of {choices}.")

    def written(self, value: Any) -> str:
        """What the learner reads for ``value``."""
        return next(text for option, text in self.options if type(option) is type(value) and option == value)

    def told(self) -> dict[str, Any]:
        """What the browser needs to show this control."""
        return {"kind": "choice", "label": self.label, "default": self.default, "options": list(self.options)}


@dataclass(frozen=True)
class Slider:
    """A number between two ends, in equal steps.

    Attributes
    ----------
    label : str
    low, high, step, default : number
        If all are whole numbers, so are the slider's values.
    percent : bool
        Whether the number is a share, written as a percentage.

    Examples
    --------
    >>> rewired = Slider("Rewired", 0, 1, 0.1, default=0.1, percent=True)
    >>> rewired.checked("rewired", 0.1 + 0.2)
    0.3
    >>> rewired.checked("rewired", 3)
    Traceback (most recent call last):
    tertius.errors.ParameterError: rewired is 3; it goes from 0 to 1 in steps of 0.1.
    """

    label: str
    low: float
    high: float
    step: float
    default: float
    percent: bool = False

    def __post_init__(self) -> None:
        _check_label(self.label)
        for name in ("low", "high", "step"):
            if not _is_number(getattr(self, name)):
                raise ParameterError(
                    f"The {name} of the slider {self.label!r} is a number; got {getattr(self, name)!r}."
                )
        if self.step <= 0 or self.high <= self.low:
            raise ParameterError(
                f"The slider {self.label!r} needs low < high and a step above 0; "
                f"got {self.low}, {self.high} and {self.step}."
            )
        places = (self.high - self.low) / self.step
        if abs(places - round(places)) > 1e-6:
            raise ParameterError(
                f"The slider {self.label!r} cannot reach {self.high} from {self.low} in steps of {self.step}."
            )
        object.__setattr__(self, "default", self.checked("default", self.default))

    @property
    def _is_whole(self) -> bool:
        return all(isinstance(number, int) for number in (self.low, self.high, self.step))

    @property
    def values(self) -> tuple[float, ...]:
        """Everything that it can be, from low to high."""
        places = round((self.high - self.low) / self.step)
        return tuple(self.checked(self.label, self.low + place * self.step) for place in range(places + 1))

    def checked(self, name: str, value: Any) -> float:
        """Return ``value``, cleaned of rounding noise, if the slider can reach it; otherwise raise `ParameterError`."""
        if _is_number(value):
            place = round((value - self.low) / self.step)
            reached = self.low + place * self.step
            if self.low - 1e-9 <= value <= self.high + 1e-9 and abs(value - reached) < 1e-6 * self.step:
                return int(reached) if self._is_whole else float(round(reached, 10))
        raise ParameterError(f"{name} is {value!r}; it goes from {self.low} to {self.high} in steps of {self.step}.")

    @property
    def decimals(self) -> int:
        """How many decimals tell every value of the slider."""
        return decimals_for([self.low, self.step], self.percent, most=6)

    def written(self, value: float) -> str:
        """What the learner reads for ``value``."""
        return written(value, self.decimals, self.percent)

    def told(self) -> dict[str, Any]:
        """What the browser needs to show this control."""
        return {
            "kind": "slider",
            "label": self.label,
            "default": self.default,
            "low": self.low,
            "high": self.high,
            "step": self.step,
            "percent": self.percent,
            "decimals": self.decimals,
        }


@dataclass(frozen=True)
class Toggle:
    """Yes or no.

    Examples
    --------
    >>> Toggle("Shuffle strengths", False).written(True)
    'yes'
    """

    label: str
    default: bool = False

    def __post_init__(self) -> None:
        _check_label(self.label)
        self.checked("default", self.default)

    @property
    def values(self) -> tuple[bool, ...]:
        """Everything that it can be."""
        return False, True

    def checked(self, name: str, value: Any) -> bool:
        """Return ``value`` if it is True or False; otherwise raise `ParameterError`."""
        if not isinstance(value, bool):
            raise ParameterError(f"{name} is {value!r}; it can be True or False.")
        return value

    def written(self, value: bool) -> str:
        """What the learner reads for ``value``."""
        return "yes" if value else "no"

    def told(self) -> dict[str, Any]:
        """What the browser needs to show this control."""
        return {"kind": "toggle", "label": self.label, "default": self.default}


@dataclass(frozen=True)
class Count:
    """A whole number that is typed, such as the seed.

    Examples
    --------
    >>> Count("Runs", 5, 200, 40).checked("runs", 3)
    Traceback (most recent call last):
    tertius.errors.ParameterError: runs is 3; it is a whole number from 5 to 200.
    """

    label: str
    low: int
    high: int
    default: int

    def __post_init__(self) -> None:
        _check_label(self.label)
        self.checked(self.label.lower(), self.default)

    def checked(self, name: str, value: Any) -> int:
        """Return ``value`` if it is a whole number in range; otherwise raise `ParameterError`."""
        number = whole(value)
        if number is None or not self.low <= number <= self.high:
            raise ParameterError(f"{name} is {value!r}; it is a whole number from {self.low} to {self.high}.")
        return number

    def written(self, value: int) -> str:
        """What the learner reads for ``value``."""
        return str(value)

    def told(self) -> dict[str, Any]:
        """What the browser needs to show this control."""
        return {"kind": "count", "label": self.label, "default": self.default, "low": self.low, "high": self.high}


Control = Choice | Slider | Toggle | Count
