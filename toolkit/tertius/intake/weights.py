"""Weights: from the text in a cell to a number, without guessing what a comma means."""

from __future__ import annotations

import math
import re
from collections import Counter

import numpy as np

from tertius.intake.names import ERROR_CELL
from tertius.intake.report import Draft

_PLAIN = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_GROUPED_BY_COMMA = re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]*)?")
_GROUPED_BY_POINT = re.compile(r"[+-]?[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]*)?")
_FRACTION_BY_COMMA = re.compile(r"[+-]?[0-9]*,[0-9]+(?:[eE][+-]?[0-9]+)?")
_GROUPED_BY_GAP = re.compile(r"[+-]?[0-9]{1,3}(?:[ \u00a0\u2009\u202f'\u2019][0-9]{3})+(?:[.,][0-9]*)?")
_GAP = re.compile(r"[ \u00a0\u2009\u202f'\u2019]")
_NOT_FINITE = re.compile(r"[+-]?(?:nan|inf(?:inity)?|∞)", re.IGNORECASE)

_EITHER_BY_COMMA = re.compile(r"[+-]?[1-9][0-9]{0,2},[0-9]{3}")
_EITHER_BY_POINT = re.compile(r"[+-]?[1-9][0-9]{0,2}\.[0-9]{3}")


def without_gaps(cell: str) -> str:
    """A number without what stands between groups of three digits: spaces, wide or narrow, and the Swiss apostrophe.

    Examples
    --------
    >>> without_gaps("1 500,5"), without_gaps("12'345'678"), without_gaps("1 50"), without_gaps("Ann 500")
    ('1500,5', '12345678', '1 50', 'Ann 500')
    """
    return _GAP.sub("", cell) if not cell.isdigit() and _GROUPED_BY_GAP.fullmatch(cell) else cell


def shows_comma(cell: str) -> bool:
    """Whether a cell proves that a comma starts the fraction, as ``0,5`` does.

    Examples
    --------
    >>> [shows_comma(cell) for cell in ("0,5", "1.500,25", "1,500", "0.5")]
    [True, True, False, False]
    """
    if _EITHER_BY_COMMA.fullmatch(cell):
        return False
    return bool(_FRACTION_BY_COMMA.fullmatch(cell)) or ("," in cell and bool(_GROUPED_BY_POINT.fullmatch(cell)))


def shows_point(cell: str) -> bool:
    """Whether a cell proves that a point starts the fraction, as ``0.5`` and ``1,500.25`` do.

    Examples
    --------
    >>> [shows_point(cell) for cell in ("0.5", "1,500.25", "1,500,000", "1.500", "7")]
    [True, True, True, False, False]
    """
    if "," in cell:
        return bool(_GROUPED_BY_COMMA.fullmatch(cell)) and not _EITHER_BY_COMMA.fullmatch(cell) and cell[0] != "0"
    return "." in cell and bool(_PLAIN.fullmatch(cell)) and not _EITHER_BY_POINT.fullmatch(cell)


def to_number(cell: str, decimal: str) -> float | None:
    """The number in a cell, or ``None`` if there is none.

    Examples
    --------
    >>> to_number("1,500", ","), to_number("1,500", "."), to_number("many", ".")
    (1.5, 1500.0, None)
    """
    if decimal == ",":
        if "." in cell and not _GROUPED_BY_POINT.fullmatch(cell):
            return None
        cell = cell.replace(".", "").replace(",", ".")
    elif "," in cell:
        if not _GROUPED_BY_COMMA.fullmatch(cell):
            return None
        cell = cell.replace(",", "")
    return float(cell) if _PLAIN.fullmatch(cell) else None


def parse(cells: list[str], lines: list[int], column: str, draft: Draft, decimal: str | None) -> np.ndarray:
    """Return the weights as numbers, ``nan`` where a cell is empty; refuse what is no weight.

    Parameters
    ----------
    cells : list of str
        Trimmed, one a record.
    lines : list of int
        Where each stands, for messages.
    column : str
        What the column is called, for messages.
    decimal : {",", "."} or None
        The sign before the fraction, or ``None`` to find out.
    """
    if any(without_gaps(cell) != cell for cell in set(cells)):
        cells = list(map(without_gaps, cells))
    often = Counter(cells)
    distinct = [cell for cell in often if cell]

    def refuse(code: str, bad: list[str], expected: str, hint: str) -> None:
        row = lines[cells.index(bad[0])]
        count = sum(often[cell] for cell in bad)
        draft.refuse(code, expected, hint, row=row, column=column, found=bad[0], count=count)

    told = decimal
    decimal = decimal or _found_decimal(distinct, refuse, draft)
    values = {"": math.nan}
    wrong: dict[str, list[str]] = {}
    for cell in distinct:
        plain = cell.replace("\u2212", "-")
        value = to_number(plain, decimal)
        code = _code_of(plain, value)
        if code:
            wrong.setdefault(code, []).append(cell)
        else:
            values[cell] = value
    if wrong:
        code, bad = next(iter(wrong.items()))
        expected, hint = _MESSAGES[code]
        if code == "R26" and told and to_number(bad[0], "." if told == "," else ","):
            expected = f"It is not a number with decimal={told!r}."
        refuse(code, bad, expected, hint)
    with_comma = [cell for cell in distinct if "," in cell]
    if with_comma and not told:
        cell = with_comma[0]
        is_open = any(map(_EITHER_BY_COMMA.fullmatch, with_comma))
        other = "." if decimal == "," else ","
        draft.warn(
            "R32",
            f"I read it as {values[cell]:g}.",
            f"If that is wrong: {draft.call(decimal=other)}." if is_open else "",
            row=lines[cells.index(cell)],
            column=column,
            found=cell,
            count=sum(often[cell] for cell in with_comma),
        )
    return np.array([values[cell] for cell in cells], float)


_MESSAGES = {
    "R26": ("It is not a number.", "Write a number; or leave the cell empty if the weight is unknown."),
    "R27": ("A weight is a finite number.", "Write a number; or leave the cell empty if the weight is unknown."),
    "R28": (
        "A weight cannot be negative: it says how close two people are.",
        "Put ties that work against each other, such as conflict, into a file of their own.",
    ),
    "R44": ("It is a spreadsheet's error, not a value.", "Mend the formula in the spreadsheet and save the CSV again."),
}


def _code_of(cell: str, value: float | None) -> str:
    if value is None:
        return "R44" if ERROR_CELL.fullmatch(cell) else "R27" if _NOT_FINITE.fullmatch(cell) else "R26"
    return "R27" if not math.isfinite(value) else "R28" if value < 0 else ""


def _found_decimal(distinct: list[str], refuse, draft: Draft) -> str:
    by_comma = [cell for cell in distinct if shows_comma(cell)]
    by_point = [cell for cell in distinct if shows_point(cell)]
    either_way = f"Tell me: {draft.call(decimal=',')} or {draft.call(decimal='.')}."
    if by_comma and by_point:
        refuse(
            "R32",
            by_comma,
            f"Elsewhere in this column stands {by_point[0]!r}, so comma and point both seem to start a fraction.",
            "Write all weights in one way.",
        )
    doubtful = _EITHER_BY_POINT if by_comma else _EITHER_BY_COMMA
    unsure = [cell for cell in distinct if doubtful.fullmatch(cell)]
    if unsure and not by_point:
        small, large = unsure[0].replace(",", "."), unsure[0].replace(",", "").replace(".", "")
        refuse("R32", unsure, f"It could mean {float(small):g} or {float(large):.0f}.", either_way)
    return "," if by_comma else "."
