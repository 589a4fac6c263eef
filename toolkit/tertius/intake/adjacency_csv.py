"""Matrices in CSV: a row and a column for each person, in each cell the tie from the row's to the column's."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from tertius.intake import weights
from tertius.intake.edges import Edges, network
from tertius.intake.names import masked, tidy
from tertius.intake.options import ReadOptions
from tertius.intake.parts import Parsed
from tertius.intake.people import People
from tertius.intake.report import Draft, plural

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
    """Make a network of the matrix: undirected if it is the same on both sides of its diagonal."""
    rows = list(records)
    if len(rows) < 2:
        draft.refuse("R02", "There is a header and nothing below it.", "Look whether the file was saved.")
    first, names = rows[0][0], [tidy(cell) for cell in rows[0][1][1:]]
    while names and not names[-1]:
        names.pop()
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
        cells += [cell.strip() or "0" for cell in row[1 : n + 1]]
        lines += [line] * n
        draft.check_time()
    values = weights.parse(cells, lines, "of the matrix", draft, options.decimal).reshape(n, n)
    for k, (_, row) in enumerate(rows):
        matrix[people.known[tidy(row[0])]] = values[k]
    is_symmetric = bool((matrix == matrix.T).all())
    directed = options.directed if options.directed is not None else not is_symmetric
    if options.directed is None:
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
