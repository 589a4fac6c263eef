"""Every error that tertius raises on purpose.

Each message is one sentence or two: what was needed, what came, what to try. All are `TertiusError`, and also the
builtin that a Python programmer would catch.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class TertiusError(Exception):
    """Something that tertius can explain and the reader can mend."""


class GraphError(TertiusError, ValueError):
    """A network that cannot be used as it is: wrong kind, impossible strength, undefined as a whole."""


class ParameterError(TertiusError, ValueError):
    """A setting out of its range, or of the wrong type."""


class ModelError(TertiusError, RuntimeError):
    """A simulation model that breaks the protocol, such as one that edits its state in place."""


class DataError(TertiusError, LookupError):
    """A data set that is unknown, damaged, or not on this computer."""


class ReadError(TertiusError, ValueError):
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
    """A learner's file that could not be written; what was recorded is still held, and goes with the next save."""


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
