"""The shape of a matrix in a table: where its names stand, which lines are none of it, what a cell without number says.

Spreadsheets put titles above a matrix and sums beside it, R leaves out the first cell of the header, and people mark a
tie with a cross. All of this is undone here, for those who recognise a matrix and for those who read it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from tertius.intake.names import plain, tidy
from tertius.intake.weights import without_gaps

Row = tuple[int, list[str]]
"""A line of the file, and its cells."""

_SUMS = (
    "total totals sum sums grandtotal gesamt gesamtergebnis gesamtsumme summe somme totale totaux totalgeneral suma "
    "soma totaal summa"
)
TOTALS = frozenset(_SUMS.split())
"""What spreadsheets call a row or column of sums, without case, accents and spaces."""

TIE = frozenset("x × ✓ ✔ true wahr vrai vero verdadero verdadeiro waar yes ja oui sì sí si sim".split())  # noqa: SIM905
"""Words and signs for a tie without strength."""

NO_TIE = frozenset("- – — . false falsch faux falso onwaar no nein non nee não".split())  # noqa: SIM905
"""Words and signs for none."""

NOT_ASKED = frozenset("na n/a nan".split())  # noqa: SIM905
"""What stands on the diagonal, where nobody is asked of their tie to themselves."""

MOST_TITLES = 5
FEWEST = 3
"""People in a matrix without names; two by two cells could be anything."""


class Found(NamedTuple):
    """A matrix as the rest of the reading expects it.

    Attributes
    ----------
    rows : list
        The names of the columns, after a first cell that does not matter; then a row for each person.
    titles : int
        How many lines stood above.
    totals : list of str
        What the row and the column of sums were called.
    kept : str
        A name that says that sums stand there, and they do not.
    is_named : bool
        Whether people have names.
    """

    rows: list[Row]
    titles: int = 0
    totals: Sequence[str] = ()
    kept: str = ""
    is_named: bool = True


def is_number(cell: str) -> bool:
    """Whether a cell holds a number.

    Examples
    --------
    >>> [is_number(cell) for cell in ("3", " 0,5", "-1", "Ann", "-", "")]
    [True, True, True, False, False, False]
    """
    return re.fullmatch(r"[+-]?(?:[0-9]+[.,]?[0-9]*|[.,][0-9]+)", without_gaps(cell.strip())) is not None


def says(cell: str) -> str:
    """What stands for the cell: a word for a tie is 1, and one for none, or nothing, is 0; else the cell itself.

    Examples
    --------
    >>> says(" X"), says("-"), says(""), says("2"), says("TRUE")
    ('1', '0', '0', '2', '1')
    """
    word = cell.strip().casefold()
    return "1" if word in TIE else "0" if word in NO_TIE or not word else cell.strip()


def is_total(name: str) -> bool:
    """Whether a name is that of a row or column of sums.

    Examples
    --------
    >>> is_total("Grand Total"), is_total("SUMME:"), is_total("Summers")
    (True, True, False)
    """
    return plain(name) in TOTALS


def is_matrix(rows: list[list[str]]) -> bool:
    """Whether the first row names columns and the others begin with the same names and go on with numbers.

    Examples
    --------
    >>> is_matrix([["", "A", "B"], ["A", "", "1"], ["B", "x", ""]]), is_matrix([["A", "B"], ["B", "C"]])
    (True, False)
    """
    found = tidied(list(enumerate(rows)))
    return found.is_named and _is_square([cells for _, cells in found.rows])


def is_bare(rows: list[list[str]]) -> bool:
    """Whether there are as many rows as columns, all of numbers, and nobody is tied to themselves.

    Other numbers on the diagonal make it as likely a list of ties with details.

    Examples
    --------
    >>> is_bare([["0", "1", "0"], ["1", "0", "2"], ["0", "2", "0"]]), is_bare([["1", "2", "5"], ["2", "3", "1"]])
    (True, False)
    """
    if len(rows) < FEWEST or not _are_numbers(rows[0]):
        return False
    rows = _without_ends(rows)
    n = len(rows)
    if not all(len(row) == n and _are_numbers(row) for row in rows):
        return False
    return not may_be_named(rows) and not any(rows[k][k].strip(" 0.,") for k in range(n))


def _are_numbers(cells: list[str]) -> bool:
    return all(is_number(cell) or not cell.strip() for cell in cells)


def may_be_named(rows: list[list[str]]) -> bool | None:
    """Whether the first row and column of a matrix of numbers are names; ``None`` if they can be names or ties.

    Names are the same in both, each once. Nobody's name stands in the first cell; so if another stands there, or the
    whole diagonal is empty, only names that count up are likely ones.

    Examples
    --------
    >>> may_be_named([["", "7", "4"], ["7", "0", "1"], ["4", "1", "0"]])
    True
    >>> may_be_named([["0", "1", "2"], ["1", "0", "3"], ["2", "3", "0"]]) is None
    True
    >>> may_be_named([["0", "1", "0"], ["1", "0", "3"], ["0", "3", "0"]])
    False
    """
    across, down = ([cell.strip() for cell in cells] for cells in (rows[0], [row[0] for row in rows]))
    names = across[1:]
    if across != down or len(set(names)) < len(names) or not all(cell.isdecimal() and len(cell) < 9 for cell in names):
        return False
    counts_up = [int(name) - int(names[0]) for name in names] == list(range(len(names)))
    if across[0]:
        return None if counts_up else False
    return True if counts_up or any(rows[k][k].strip() for k in range(1, len(rows))) else None


def tidied(records: list[Row]) -> Found:
    """Undo what spreadsheets and statistics programs do around a matrix; what is none comes back as it is."""
    titles = 0
    while titles < min(MOST_TITLES, len(records) - 2) and sum(map(bool, map(str.strip, records[titles][1]))) == 1:
        titles += 1
    rows = [(line, list(cells)) for line, cells in records[titles:]]
    if is_bare([cells for _, cells in rows]):
        names = [str(k) for k in range(len(rows) + 1)]
        numbered = [(line, [str(k), *cells[: len(rows)]]) for k, (line, cells) in enumerate(rows, 1)]
        return Found([(rows[0][0], names), *numbered], titles, is_named=False)
    if len(rows) < 2:
        return Found(records)
    _even_out(rows)
    totals, kept = _take_totals(rows)
    return Found(rows, titles, totals, kept)


def _without_ends(rows: list[list[str]]) -> list[list[str]]:
    """The rows without columns at the end in which nothing stands."""
    width = max((k + 1 for row in rows for k, cell in enumerate(row) if cell.strip()), default=0)
    return [row[:width] + [""] * (width - len(row)) for row in rows] if all(len(row) >= width for row in rows) else rows


def _even_out(rows: list[Row]) -> None:
    """Take empty cells off the header's end, and give it a first one if R left it out."""
    header = rows[0][1]
    while header and not header[-1].strip():
        header.pop()
    names = set(map(tidy, header))
    if (
        header
        and tidy(header[0])
        and all(len(cells) > len(header) and tidy(cells[0]) in names for _, cells in rows[1:])
    ):
        of_rows = {tidy(cells[0]) for _, cells in rows[1:]}
        if tidy(header[0]) in of_rows or len(of_rows) == len(header):
            header.insert(0, "")


def _take_totals(rows: list[Row]) -> tuple[list[str], str]:
    """Take out a last row and column of sums, and return what they were called; or a name that only looks like it."""
    header = rows[0][1]
    at = len(header) - 1
    column = header[at] if at > 0 and is_total(header[at]) else ""
    row = rows[-1][1][0] if rows[-1][1] and is_total(rows[-1][1][0]) else ""
    if column and row and tidy(column) == tidy(row) and not _are_sums(rows, at):
        return [], tidy(column)
    if row:
        rows.pop()
    if column and len(header) > 2:
        header.pop()
        for k, (line, cells) in enumerate(rows[1:], 1):
            rows[k] = line, cells[:at] + cells[at + 1 :]
    return [tidy(name) for name in dict.fromkeys((row, column)) if name], ""


def _are_sums(rows: list[Row], at: int) -> bool:
    """Whether the last row and column hold the sums of the others; a sum may be missing."""

    def value(cell: str) -> float:
        said = without_gaps(says(cell)).replace(",", ".")
        return float(said) if is_number(said) else 0.0

    body = [[value(cell) for cell in cells[1 : at + 1]] for _, cells in rows[1:]]
    if any(len(row) != at for row in body):
        return False
    inner = [row[:-1] for row in body[:-1]]
    lines = [*inner, *map(list, zip(*inner, strict=True))]
    said = [row[-1] for row in body[:-1]] + body[-1][:-1]
    if all(abs(sum(line) - total) < 1e-6 * max(1.0, abs(total)) for line, total in zip(lines, said, strict=True)):
        return True
    # Sums of another kind, as of half a matrix with its other half: none is less than a part of it.
    more = [total - max(line, default=0.0) for line, total in zip(lines, said, strict=True)]
    return min(more) >= 0 and max(more) > 0


def _is_square(rows: list[list[str]]) -> bool:
    header = list(map(tidy, rows[0])) if rows else []
    body = rows[1:]
    names = set(header[1:])
    if len(header) < 3 or len(body) < 2 or len(body) > len(names) or is_number(header[0]):
        return False
    if not all(len(row) >= len(header) and tidy(row[0]) in names for row in body):
        return False
    known = TIE | NO_TIE | NOT_ASKED
    return all(
        is_number(cell) or not cell.strip() or cell.strip().casefold() in known for row in body for cell in row[1:]
    )
