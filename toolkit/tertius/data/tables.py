"""A data set as plain rows, before anybody needs pandas: what the generators make, and what the files hold."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from tertius.network import Network


@dataclass(frozen=True)
class Field:
    """A column: its name, type and meaning.

    Attributes
    ----------
    name : str
    type : {"string", "integer", "number", "boolean", "date", "list"}
    description : str
        What it says, with its unit.
    constraints : mapping
        As in a Table Schema: ``required``, ``unique``, ``minimum``, ``maximum``, ``enum``.
    decimals : int
        Of a number, in the file.
    """

    name: str
    type: str
    description: str
    constraints: Mapping[str, Any] = field(default_factory=dict)
    decimals: int = 0


@dataclass(frozen=True)
class Tables:
    """Nodes and ties as lists of rows, with their columns and what is known about the whole.

    Attributes
    ----------
    nodes, ties : list of dict
        One row each, in the order of their keys. A missing text or day is ``""``, a missing number ``None``, a
        missing list empty.
    node_fields, tie_fields : tuple of Field
    meta : dict
        As `tertius.Network.meta`.
    """

    nodes: list[dict[str, Any]]
    ties: list[dict[str, Any]]
    node_fields: tuple[Field, ...]
    tie_fields: tuple[Field, ...]
    meta: dict[str, Any]

    def network(self) -> Network:
        """Return the same as a `tertius.Network`."""
        from tertius.network import Network

        nodes, ties = _frame(self.nodes, self.node_fields), _frame(self.ties, self.tie_fields)
        return Network(nodes, ties, copy.deepcopy(self.meta))


def _frame(rows: list[dict[str, Any]], fields: tuple[Field, ...]) -> pd.DataFrame:
    import numpy as np
    import pandas as pd

    dtypes = {"integer": np.int64, "number": np.float64, "boolean": np.bool_}
    columns = {}
    for column in fields:
        values = [row[column.name] for row in rows]
        if column.type == "list":
            values = [list(value) for value in values]
        columns[column.name] = np.array(values, dtypes[column.type]) if column.type in dtypes else values
    return pd.DataFrame(columns)
