"""Matrices in CSV: a row and a column for each person, in each cell the tie from the row's to the column's."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from tertius.intake import square, weights
from tertius.intake.edges import Edges, network
from tertius.intake.names import masked, tidy
from tertius.intake.options import ReadOptions
from tertius.intake.parts import Parsed
from tertius.intake.people import People
from tertius.intake.report import Draft, cut, plural

CANNOT_KNOW = (
    "Whether an empty cell or a 0 means that two people are strangers, or that nobody asked.",
    "When the ties were made, and how their weights were measured.",
)


def is_header(cells: list[str]) -> bool:
    """Whether a record can be the first of a matrix, which names the columns; any can."""
    return len(cells) > 2


def parse(
    records: Iterable[tuple[int, list[str]]], draft: Draft, options: ReadOptions, me: str | None = None
) -> Parsed:
    """Make a network of the matrix: undirected if both sides of its diagonal are the same, or one is empty."""
    found = square.tidied(list(records))
    rows = found.rows
    if len(rows) < 2:
        draft.refuse("R02", "There is a header and nothing below it.", "Look whether the file was saved.")
    _tell_shape(found, draft)
    first, names = rows[0][0], [tidy(cell) for cell in rows[0][1][1:]]
    draft.evidence = f"a matrix of {plural(len(names), 'person', 'people')}"
    people = People(draft, options.limits.nodes)
    for name in names:
        before = len(people)
        if people.add(name, first, "1") is None or len(people) == before:
            told = "A column has no name, or that of another."
            draft.refuse("R15", told, "Give each person one row and one column.", row=first, found=masked(name))
    place = {}
    for line, cells in rows[1:]:
        name = tidy(cells[0])
        if people.known.get(name) is None or name in place:
            told = "This row has no column of its own: the name is missing there, or has a row already."
            draft.refuse("R37", told, "Give each person one row and one column.", row=line, found=masked(name))
        if len(cells) < len(names) + 1 or any(cell.strip() for cell in cells[len(names) + 1 :]):
            told = f"The row has {len(cells) - 1} cells, and there are {plural(len(names), 'column')}."
            draft.refuse("R37", told, "Give each person one row and one column.", row=line)
        place[name] = line
    if len(place) < len(names):
        missing = next(name for name in names if name not in place)
        told = f"There are {plural(len(names), 'column')} and {plural(len(place), 'row')}."
        draft.refuse("R37", told, "Give each person one row and one column.", row=first, found=masked(missing))
    return _network(rows[1:], people, place, draft, options, me)


def _tell_shape(found: square.Found, draft: Draft) -> None:
    """Say what stands around the matrix and is no part of it."""
    line = found.rows[0][0]
    if found.titles:
        draft.note("N02", f"I passed over {plural(found.titles, 'line')} above the matrix.")
    if found.totals:
        shown = " and ".join(map(repr, map(cut, found.totals)))
        told = f"A row or column of sums, called {shown}, is nobody's, so I left it out."
        draft.warn("N06", told, "If it is somebody's, give it another name.")
    if found.kept:
        told = "It is called a sum, and the numbers in it are none, so I took it for a person."
        draft.warn("N06", told, "If it is none, take its row and column out.", row=line, found=cut(found.kept))
    if not found.is_named:
        n = len(found.rows) - 1
        told = f"The matrix has no names, so I called its people 1 to {n}, in the order in which they stand."
        hint = f"If each line is a tie with its weight: {draft.call(kind='edge_csv')}." if n == square.FEWEST else ""
        draft.warn("R07", told, hint or "Write the names above and beside it.", row=line)


def _network(
    rows: list[tuple[int, list[str]]],
    people: People,
    place: dict[str, int],
    draft: Draft,
    options: ReadOptions,
    me: str | None,
) -> Parsed:
    n = len(people)
    matrix = np.zeros((n, n))
    cells, lines = [], []
    for line, row in rows:
        of_row = list(map(str.strip, row[1 : n + 1]))
        own = people.known[tidy(row[0])]
        # On the diagonal a word or sign says no more than that it is one.
        of_row[own] = of_row[own] if square.is_number(of_row[own]) else ""
        cells += of_row
        lines += [line] * n
        draft.check_time()
    said = {cell: square.says(cell) for cell in set(cells)}
    if set(said.values()) <= {"0", "1"} or not any(cell.casefold() in square.TIE for cell in said):
        cells = [said[cell] for cell in cells]
    values = weights.parse(cells, lines, "of the matrix", draft, options.decimal).reshape(n, n)
    for k, (_, row) in enumerate(rows):
        matrix[people.known[tidy(row[0])]] = values[k]
    is_symmetric = bool((matrix == matrix.T).all())
    is_half = bool(np.triu(matrix, 1).any()) != bool(np.tril(matrix, -1).any())
    directed = options.directed if options.directed is not None else not (is_symmetric or is_half)
    if options.directed is None and is_half:
        told = "Only one side of the matrix's diagonal is filled in, so I read each tie as shared by both."
        hint = f"If a tie goes from the row's person to the column's: {draft.call(directed=True)}."
        draft.warn("R40", told, hint)
    elif options.directed is None:
        side = "the same" if is_symmetric else "not the same"
        reading = "shared by both" if is_symmetric else "from the row's person to the column's"
        told = f"The matrix is {side} on both sides of its diagonal, so I read each tie as {reading}."
        draft.note("R40", told, f"If that is wrong: {draft.call(directed=not directed)}.")
    if not directed and is_symmetric:
        matrix = np.triu(matrix)
    source, target = np.nonzero(matrix)
    draft.n_records += len(source)
    of_row = np.array([place[name] for name in people.ids], np.int64)
    edges = Edges(source, target, matrix[source, target], of_row[source], np.ones(len(source), np.int64))
    people.tell(declared=True)
    if not len(source):
        draft.refuse("R02", "No tie is in the matrix.", "A network needs at least one tie between two people.")
    return network(edges, people, draft, options, me, directed=directed, weight_column="of the matrix")
