"""Every error that tertius raises on purpose, its one warning, and the checks of settings that raise them at the door.

Each message is one sentence or two: what was needed, what came, what to try. All are `TertiusError`, and also the
builtin that a Python programmer would catch.
"""

from __future__ import annotations

import difflib
import sys
import warnings
from collections.abc import Iterable, Mapping
from numbers import Integral, Rational, Real
from operator import index


class TertiusError(Exception):
    """Something that tertius can explain and the reader can mend."""


class GraphError(TertiusError, ValueError):
    """A network that cannot be used as it is: wrong kind, impossible strength, undefined as a whole."""


class ParameterError(TertiusError, ValueError):
    """A setting out of its range, or of the wrong type."""


class ModelError(TertiusError, RuntimeError):
    """A simulation model that breaks the protocol, such as one that edits its state in place."""


class WorkerError(TertiusError, RuntimeError):
    """A process that took part in a computation and died; what it had finished is kept if there was a folder for it."""


class _PlainInANotebook:
    """Mixed into errors whose fault is in a file or a name and not in the code: a notebook shows no traceback."""

    def _render_traceback_(self) -> list[str]:
        """Lines that a notebook shows: the sentence alone."""
        return [f"{type(self).__name__}: {self}"]


class DataError(_PlainInANotebook, TertiusError, LookupError):
    """A data set that is unknown, damaged, or not on this computer."""


class ReadError(_PlainInANotebook, TertiusError, ValueError):
    """A file that could not be read without guessing.

    Attributes
    ----------
    report : tertius.intake.ImportReport or None
        What was found before reading stopped.
    """

    def __init__(self, message: str, report: object = None) -> None:
        super().__init__(message)
        self.report = report


class SaveError(TertiusError, OSError):
    """A file that could not be written; what was recorded or written before is kept, and goes on with the next call."""


class LessonError(TertiusError, ValueError):
    """A lesson's text, case or notebook that breaks a rule.

    Attributes
    ----------
    faults : tuple of str
        One sentence for each thing to mend, with the file and the cell's name.
    """

    def __init__(self, *faults: str) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


class Caveat(UserWarning):
    """Something to know before reading a result, which is right as far as the data go."""


def warn(caveat: str) -> None:
    """Show a `Caveat` beside the line outside tertius that asked for the result."""
    frame, level = sys._getframe(1), 2
    while frame.f_back and frame.f_globals.get("__name__", "").partition(".")[0] == "tertius":
        frame, level = frame.f_back, level + 1
    warnings.warn(caveat, Caveat, stacklevel=level)


def choose_from(word: object, options: Iterable[str], what: str) -> str:
    """Return ``word`` if it is one of ``options``; otherwise raise `ParameterError` naming the nearest ones.

    Examples
    --------
    >>> choose_from("weakest", ("weakest", "strongest"), "order")
    'weakest'
    >>> choose_from("weekest", ("weakest", "strongest"), "order")
    Traceback (most recent call last):
    tertius.errors.ParameterError: order is 'weekest'; did you mean 'weakest'? It can be 'weakest' or 'strongest'.
    """
    options = list(options)
    if isinstance(word, str) and word in options:
        return word
    near = difflib.get_close_matches(str(word), options, n=1)
    hint = f"did you mean {near[0]!r}? " if near else ""
    *first, last = [repr(option) for option in options]
    choices = f"{', '.join(first)} or {last}" if first else last
    raise ParameterError(f"{what} is {word!r}; {hint}It can be {choices}.")


def check_count(name: str, value: object, least: int, most: int | None = None, *, limit: str = "") -> None:
    """Refuse what is not a whole number from ``least`` to ``most``; ``limit`` says what ``most`` is.

    Examples
    --------
    >>> check_count("parts", 2.5, 1)
    Traceback (most recent call last):
    tertius.errors.ParameterError: parts is 2.5; it must be a whole number of at least 1.
    """
    try:
        fine = not isinstance(value, bool) and index(value) >= least and (most is None or value <= most)
    except TypeError:
        fine = False
    if not fine:
        bounds = f"of at least {least}" if most is None else f"from {least} to {limit}{most}"
        raise ParameterError(f"{name} is {value!r}; it must be a whole number {bounds}.")


def check_share(name: str, value: float, what: str = "probability") -> None:
    """Refuse what is not in [0, 1].

    Examples
    --------
    >>> check_share("noise", 1.5)
    Traceback (most recent call last):
    tertius.errors.ParameterError: noise is 1.5; it is a probability, from 0 to 1.
    """
    if not lies_between(value, 0, 1):
        raise ParameterError(f"{name} is {value!r}; it is a {what}, from 0 to 1.")


def check_least(name: str, value: float, least: float, what: str) -> None:
    """Refuse what is not a finite number of at least ``least``.

    Examples
    --------
    >>> check_least("hours", float("nan"), 0, "hours a month")
    Traceback (most recent call last):
    tertius.errors.ParameterError: hours is nan; it is hours a month, at least 0.
    """
    if not lies_between(value, least, sys.float_info.max):
        raise ParameterError(f"{name} is {value!r}; it is {what}, at least {least:g}.")


def check_above(name: str, value: float, bound: float, what: str) -> None:
    """Refuse what is not a finite number above ``bound``.

    Examples
    --------
    >>> check_above("scale", 0, 0, "a number of hours")
    Traceback (most recent call last):
    tertius.errors.ParameterError: scale is 0; it is a number of hours, above 0.
    """
    if not lies_between(value, bound, sys.float_info.max) or value == bound:
        raise ParameterError(f"{name} is {value!r}; it is {what}, above {bound:g}.")


def check_two(name: str, value: object, what: str) -> None:
    """Refuse what is no pair; what its two entries are, is to be checked by itself.

    Examples
    --------
    >>> check_two("prior", 1, "a number of kept promises and one of broken ones")
    Traceback (most recent call last):
    tertius.errors.ParameterError: prior is 1; it is two numbers: a number of kept promises and one of broken ones.
    """
    if isinstance(value, (str, Mapping)) or not isinstance(value, Iterable) or len(list(value)) != 2:
        raise ParameterError(f"{name} is {value!r}; it is two numbers: {what}.")


def lies_between(value: object, least: float, most: float) -> bool:
    """Whether something is a number within these bounds; a text or a list is none."""
    # A fraction or a decimal is a number too, and yet numpy cannot work with it.
    if not isinstance(value, Integral) and (not isinstance(value, Real) or isinstance(value, Rational)):
        return False
    try:
        return least <= float(value) <= most
    except OverflowError:
        return False
