"""Dates as days, without guessing which number is the month."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta

from tertius.intake.report import Draft, plural

FIRST_YEAR = 1990
"""Contact on record does not go back further; an earlier date is a broken clock."""

AHEAD = timedelta(days=2)
"""How far ahead of this computer's clock a date may lie: time zones, and clocks that run fast."""

ORDERS = {"dmy": "day first", "mdy": "month first"}

_MONTHS = (
    "jan ene gen janv januar january enero janvier gennaio janeiro januari sty ocak oca",
    "feb fev fevr februar february febrero fevrier febbraio fevereiro februari lut subat sub",
    "mar mrz mars marz maerz mrt march marzo marco maart mart",
    "apr abr avr april abril avril aprile kwi nisan nis",
    "may mai mag mayo maggio maio mei maj",
    "jun juni june junio juin giugno junho giu cze haziran haz",
    "jul juli july julio juil juillet luglio julho lug lip temmuz tem",
    "aug ago aout august agosto augustus augusti sie agustos agu",
    "sep sept set september septiembre septembre settembre setembro wrz eylul eyl",
    "oct okt ott out october oktober octubre octobre ottobre outubro paz ekim eki",
    "nov november noviembre novembre novembro marras marraskuu marraskuuta lis kas\u0131m kas",
    "dec dez dic des december dezember diciembre decembre dicembre dezembro desember gru aral\u0131k ara",
)
_MONTH = {word: number for number, words in enumerate(_MONTHS, 1) for word in words.split()}

_ISO = re.compile(r"([0-9]{4})[-./年]([0-9]{1,2})[-./月]([0-9]{1,2})(?![0-9])")
_NUMBERS = re.compile(r"([0-9]{1,2})[-./]([0-9]{1,2})[-./]([0-9]{4}|[0-9]{2})(?![0-9])")
_DAY_WORD = re.compile(r"([0-9]{1,2})\.?(?:\s+de)?[\s-]+([^\W\d_]+)\.?(?:\s+de)?,?[\s-]+([0-9]{4}|[0-9]{2})(?![0-9])")
_WORD_DAY = re.compile(r"([^\W\d_]+)\.?\s+([0-9]{1,2}),?\s+([0-9]{4})(?![0-9])")


def latest() -> date:
    """The last day that a date may have; later ones are broken clocks."""
    return datetime.now(UTC).date() + AHEAD


def is_valid(day: date) -> bool:
    """Whether contact can have been recorded on a day.

    Examples
    --------
    >>> is_valid(date(2020, 2, 29)), is_valid(date(1970, 1, 1)), is_valid(date(2999, 1, 1))
    (True, False, False)
    """
    return date(FIRST_YEAR, 1, 1) <= day <= latest()


def is_day(cell: str) -> bool:
    """Whether a cell holds a day, in either order of its numbers.

    Examples
    --------
    >>> is_day("21 sie 2024"), is_day("2/3/2024"), is_day("Acme")
    (True, True, False)
    """
    return _day(cell, "dmy") is not None or _day(cell, "mdy") is not None


def parse(cells: list[str], lines: list[int], column: str, draft: Draft, order: str | None) -> list[date | None]:
    """The days in a column, ``None`` where a cell is empty or holds no possible date; the latter is told.

    Where only numbers stand, the column itself shows the order if one of its cells has a number above 12; otherwise
    the order is asked.
    """
    days, wrong, open_cells = [], [], []
    found = order or _order_shown(cells)
    for k, cell in enumerate(cells):
        day = _day(cell, found)
        if day is None and cell.strip():
            (open_cells if found is None and _NUMBERS.match(cell.strip()) else wrong).append(k)
        days.append(day)
    if open_cells:
        k = open_cells[0]
        day, month = _NUMBERS.match(cells[k].strip()).group(1, 2)
        draft.refuse(
            "R34",
            f"It could be day {int(day)} of month {int(month)}, or day {int(month)} of month {int(day)}.",
            f'Tell me: {draft.call(date_order="dmy")} if the day comes first, or date_order="mdy".',
            row=lines[k],
            column=column,
            found=cells[k],
            count=len(open_cells),
        )
    if wrong:
        draft.warn(
            "R35",
            f"It is no date that I can read or that can be, so I kept {plural(len(wrong), 'record')} without a date.",
            row=lines[wrong[0]],
            column=column,
            found=cells[wrong[0]],
        )
    return days


def _order_shown(cells: list[str]) -> str | None:
    """The order that a number above 12 gives away; with one of each kind, none. Dots mean: day first."""
    shown = set()
    for cell in cells:
        match = _NUMBERS.match(cell.strip())
        if match:
            first, second = int(match[1]), int(match[2])
            shown |= {"dmy"} if first > 12 or "." in match[0] else {"mdy"} if second > 12 else set()
    return shown.pop() if len(shown) == 1 else None


def _day(cell: str, order: str | None) -> date | None:
    text = cell.strip()
    if match := _ISO.match(text):
        year, month, day = match.groups()
    elif match := _NUMBERS.match(text):
        first, second, year = match.groups()
        if first == second or int(second) > 12 or int(first) > 12:
            order = order or ("dmy" if int(first) > 12 else "mdy")
        if order is None:
            return None
        day, month = (first, second) if order == "dmy" else (second, first)
    elif match := _DAY_WORD.match(text):
        day, month, year = match[1], _month(match[2]), match[3]
    elif match := _WORD_DAY.match(text):
        month, day, year = _month(match[1]), match[2], match[3]
    else:
        return None
    try:
        made = date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
    except ValueError:
        return None
    return made if is_valid(made) else None


def _month(word: str) -> int:
    letters = unicodedata.normalize("NFKD", word.casefold())
    plain = "".join(c for c in letters if not unicodedata.combining(c))
    return _MONTH.get(plain, _MONTH.get(plain[:3], 0))
