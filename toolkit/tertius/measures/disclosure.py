"""Tables that others may see: small cells hidden, and enough others that nobody can work them out."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.optimize import milp

from tertius.errors import ParameterError, check_count


def hide_small_cells(table: pd.DataFrame, *, least: int = 5) -> pd.DataFrame:
    """Hide every count below ``least``, and as many more as keep it hidden from somebody who knows the totals.

    Where one cell of a row is hidden and the row's total is known, the cell is known too. So of the cells that are
    left the smallest that helps is hidden as well, until no hidden cell follows from the totals of rows and columns.
    Zeros are hidden like other small counts: that a group has no tie to another says something about few people.

    Parameters
    ----------
    table : pandas.DataFrame
        Counts, such as a mixing matrix. If it is symmetric, as that of undirected ties is, a cell and its mirror
        image are hidden together.
    least : int
        The smallest count that is shown, at least 2.

    Returns
    -------
    pandas.DataFrame
        The counts; ``nan`` where hidden.

    Raises
    ------
    ParameterError
        If the table holds anything but counts, or ``least`` is less than 2.

    Examples
    --------
    >>> table = pd.DataFrame([[40, 3, 17], [12, 30, 9], [20, 8, 6]], ["law", "steel", "city"], ["law", "steel", "city"])
    >>> hide_small_cells(table)
            law  steel  city
    law    40.0    NaN   NaN
    steel  12.0   30.0   9.0
    city   20.0    NaN   NaN
    """
    check_count("least", least, 2)
    try:
        counts = table.to_numpy(float)
    except (TypeError, ValueError):
        counts = np.array([np.nan])
    if not (np.isfinite(counts) & (counts >= 0) & (counts == np.round(counts))).all():
        raise ParameterError("Only a table of counts can be hidden in part: whole numbers of at least 0.")
    symmetric = counts.shape[0] == counts.shape[1] and (counts == counts.T).all() and table.index.equals(table.columns)
    facts = _facts(counts.shape, symmetric)
    small = counts < least
    hidden = small.copy()
    while (cell := _given_away(counts, facts, small, hidden)) is not None:
        helpers = _cheapest(counts, hidden, cell)
        hidden |= helpers | helpers.T if symmetric else helpers
    return table.astype(float).mask(hidden)


def _facts(shape: tuple[int, int], symmetric: bool) -> np.ndarray:
    """How often each cell counts in what is known of a table: its totals, and that mirror images are equal.

    A table of one row has no other total than that of the row.
    """
    cells = np.arange(shape[0] * shape[1]).reshape(shape)
    lines = [*(cells if shape[1] > 1 else []), *(cells.T if shape[0] > 1 else [])]
    pairs = np.argwhere(np.triu(np.ones(shape), 1)) if symmetric else []
    facts = np.zeros((len(lines) + len(pairs), cells.size))
    for fact, line in zip(facts, lines, strict=False):
        fact[line] = 1
    for fact, (i, j) in zip(facts[len(lines) :], pairs, strict=True):
        fact[[cells[i, j], cells[j, i]]] = 1, -1
    return facts


def _given_away(counts: np.ndarray, facts: np.ndarray, small: np.ndarray, hidden: np.ndarray) -> tuple[int, int] | None:
    """A small cell that follows from the totals and the cells that are shown, or ``None``."""
    if not len(facts):
        return None
    terms = facts[:, hidden.ravel()]
    sums = terms @ counts[hidden]
    for k, cell in enumerate(np.argwhere(hidden).tolist()):
        if small[tuple(cell)]:
            goal = np.zeros(terms.shape[1])
            goal[k] = 1
            least, most = (
                sign * milp(sign * goal, integrality=1, constraints=(terms, sums, sums)).fun for sign in (1, -1)
            )
            if most - least < 0.5:
                return tuple(cell)
    return None


def _cheapest(counts: np.ndarray, hidden: np.ndarray, cell: tuple[int, int]) -> np.ndarray:
    """The cells of smallest sum that help to hide a cell: the other corners of a rectangle, or the next of a line."""
    i, j = cell
    rows = [row for row in range(counts.shape[0]) if row != i] or [i]
    columns = [column for column in range(counts.shape[1]) if column != j] or [j]
    corners = [np.array([(i, column), (row, j), (row, column)]).T for row in rows for column in columns]
    prices = [counts[tuple(three)][~hidden[tuple(three)]].sum() for three in corners]
    useful = [k for k, three in enumerate(corners) if not hidden[tuple(three)].all()]
    if not useful:
        raise ParameterError(
            "This table cannot be shown even in part: small cells follow from the totals. Join some groups first."
        )
    helpers = np.zeros_like(hidden)
    helpers[tuple(corners[min(useful, key=prices.__getitem__)])] = True
    return helpers
