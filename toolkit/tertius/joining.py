"""Tables of two networks as one."""

from __future__ import annotations

import copy
from typing import Any

import numpy as np
import pandas as pd


def _is_empty(cells: pd.Series) -> pd.Series:
    """Where nothing is said: no value, an empty text, an empty list."""
    return cells.isna() | cells.map(lambda cell: isinstance(cell, (str, list)) and not cell)


def stacked(above: pd.DataFrame, below: pd.DataFrame) -> pd.DataFrame:
    """Rows of two tables; where one has no such column, a text or list is empty, a yes or no no, a number ``nan``."""
    rows = [*above.to_dict("records"), *below.to_dict("records")]
    blank = {}
    for column in dict.fromkeys([*above.columns, *below.columns]):
        table = above if column in above and len(above) else below
        some = table[column].iloc[0] if column in table and len(table) else ""
        kinds = (list, []), (str, ""), ((bool, np.bool_), False)
        blank[column] = next((empty for kind, empty in kinds if isinstance(some, kind)), np.nan)
    # Each row gets a list of its own: an empty one that all share would be filled for all.
    cells = {
        column: [row[column] if column in row else copy.copy(empty) for row in rows] for column, empty in blank.items()
    }
    return pd.DataFrame(cells)


def joined(nodes: pd.DataFrame, others: pd.DataFrame) -> pd.DataFrame:
    """One table of people, in which what the second says counts where it says something."""
    both = stacked(nodes, others)
    said = {column: (~_is_empty(both[column])).tolist() for column in both}
    rows: dict[str, dict[str, Any]] = {}
    for number, row in enumerate(both.to_dict("records")):
        known = rows.setdefault(row["id"], dict(row))
        known.update({column: cell for column, cell in row.items() if said[column][number]})
    return pd.DataFrame(list(rows.values()), columns=both.columns)
