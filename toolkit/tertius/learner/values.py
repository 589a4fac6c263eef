"""What may be recorded: values are checked at the door, and turned into what JSON can hold."""

from __future__ import annotations

import json
import math
import re
import sys
from collections.abc import Mapping
from datetime import date
from typing import Any

from tertius.errors import ParameterError
from tertius.learner.shape import PLAN_ROW, is_number, is_percent

LONGEST = 1_000_000
"""Characters of one answer or text, written out."""

DEEPEST = 50
"""Levels of lists within lists in one answer; well below what is read from a file."""

LARGEST = sys.float_info.max
"""Numbers beyond this cannot be kept."""


def checked_id(id: Any) -> str:
    """Return the id of a question, reflection, action or measure, such as ``L06-Q1``."""
    if not isinstance(id, str) or not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}", id):
        raise ParameterError(
            f"An id is letters, digits, points, hyphens and underscores, such as 'L06-Q1'; this one is {_short(id)}."
        )
    return id


def checked_text(text: Any, what: str) -> str:
    """Return a text, which may be empty."""
    if not isinstance(text, str):
        raise ParameterError(f"{what} is a text; this is {_short(text)}.")
    if len(text) > LONGEST:
        raise ParameterError(f"{what} has {len(text):,} characters, more than the {LONGEST:,} that are kept.")
    return text


def checked_confidence(confidence: Any) -> float | int | None:
    """Return how sure somebody is, in per cent, or ``None`` if they do not say."""
    confidence = plain(confidence, "The confidence")
    if confidence is None or is_percent(confidence):
        return confidence
    raise ParameterError(f"The confidence goes from 50 (a coin's toss) to 100 (sure); this is {_short(confidence)}.")


def checked_day(day: Any, what: str) -> str:
    """Return a day as text, such as ``2026-01-31``."""
    if isinstance(day, date):
        return f"{day:%Y-%m-%d}"
    try:
        return date.fromisoformat(day).isoformat()
    except (TypeError, ValueError):
        raise ParameterError(f"{what} is a day such as '2026-01-31'; this is {_short(day)}.") from None


def checked_row(row: Any) -> dict[str, Any]:
    """Return a row of the plan with all its columns; what is left out is empty."""
    if not isinstance(row, Mapping):
        raise ParameterError(f"A row of the plan is a dict with {', '.join(PLAN_ROW)}; this is {_short(row)}.")
    strange = [column for column in row if column not in PLAN_ROW]
    if strange:
        raise ParameterError(f"The plan has no column {_short(strange[0])}; its columns are {', '.join(PLAN_ROW)}.")
    checked = {column: "" if row.get(column) is None else row[column] for column in PLAN_ROW if column != "hours"}
    if isinstance(checked["when"], date):
        checked["when"] = checked_day(checked["when"], "The plan's 'when'")
    checked = {column: checked_text(text, f"The plan's {column!r}").strip() for column, text in checked.items()}
    hours = plain(row.get("hours"), "The plan's 'hours'")
    if hours is not None and not (is_number(hours) and hours >= 0):
        raise ParameterError(f"The plan's 'hours' are a number from 0 up; these are {_short(hours)}.")
    return checked | {"hours": hours}


def checked_measures(values: Any) -> dict[str, float | int | None]:
    """Return measures by name; ``nan``, which says that a measure is undefined, becomes ``None``."""
    if not isinstance(values, Mapping) or not values:
        raise ParameterError(f"Measures come as a dict such as {{'effective_size': 4.5}}; this is {_short(values)}.")
    checked = {}
    for name, value in values.items():
        value = value.item() if hasattr(value, "item") else value
        if isinstance(value, float) and math.isnan(value):
            value = None
        if value is not None and not is_number(value):
            raise ParameterError(f"The measure {_short(name)} is a number or nan; this is {_short(value)}.")
        checked[checked_id(name)] = value
    return checked


def plain(value: Any, what: str, longest: int = LONGEST) -> Any:
    """Return a value as JSON holds it.

    Numbers and arrays of numpy, columns of pandas, tuples, sets (sorted) and dates are turned into their plain kin.

    Parameters
    ----------
    value : object
    what : str
        How a message calls it.
    longest : int
        How many characters it may have, written out.

    Raises
    ------
    ParameterError
        If it cannot be kept: something else, ``nan`` or infinite, too deep or too long.

    Examples
    --------
    >>> plain({"chosen": {"Cy", "Ann"}, "share": (0.5, 1)}, "The answer")
    {'chosen': ['Ann', 'Cy'], 'share': [0.5, 1]}
    """
    value = _plain(value, what, DEEPEST)
    if len(json.dumps(value, ensure_ascii=False)) > longest:
        raise ParameterError(f"{what} is too long to keep: written out it has more than {longest:,} characters.")
    return value


def _plain(value: Any, what: str, deeper: int) -> Any:
    if deeper == 0:
        raise ParameterError(f"{what} has lists within lists within lists, too many to keep.")
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, int | float):
        if abs(value) <= LARGEST:
            return float(value) if isinstance(value, float) else int(value)
        raise ParameterError(f"{what} holds a number that cannot be kept: it is too large, infinite or nan.")
    if isinstance(value, date):
        return value.isoformat()
    if hasattr(value, "to_dict"):
        value = value.to_dict()
    if isinstance(value, Mapping):
        if any(not isinstance(key, str | int | float) for key in value):
            raise ParameterError(f"{what} holds a dict whose keys are neither texts nor numbers; use texts.")
        inner = {str(key): _plain(part, what, deeper - 1) for key, part in value.items()}
        if len(inner) < len(value):
            raise ParameterError(f"{what} holds a dict with a number and the same number as text among its keys.")
        return inner
    if isinstance(value, list | tuple):
        return [_plain(part, what, deeper - 1) for part in value]
    if isinstance(value, set | frozenset):
        parts = [_plain(part, what, deeper - 1) for part in value]
        return sorted(parts, key=lambda part: (isinstance(part, str), part if is_number(part) else 0, repr(part)))
    if hasattr(value, "tolist"):
        return _plain(value.tolist(), what, deeper - 1)
    raise ParameterError(f"{what} holds a {type(value).__name__}, which cannot be kept; use texts, numbers and lists.")


def _short(value: Any) -> str:
    shown = repr(value)
    return shown if len(shown) <= 40 else shown[:39] + "…"
