"""The learner's own map in their file: the tables of a `tertius.Network` as plain columns and rows, and back."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from tertius.errors import ParameterError
from tertius.learner import shape
from tertius.learner.content import LARGEST
from tertius.learner.values import plain

if TYPE_CHECKING:
    import pandas as pd

    from tertius.network import Network


def to_tables(network: Network) -> dict[str, Any]:
    """Return a network as the file holds it: ``nodes``, ``ties`` and ``meta``.

    Raises
    ------
    ParameterError
        If it is not a `Network`, holds names instead of code names, or a cell cannot be kept.
    """
    if not all(hasattr(network, part) for part in ("nodes", "ties", "meta")):
        raise ParameterError(f"The map is a tertius.Network; this is a {type(network).__name__}.")
    if network.meta.get("contains_names"):
        raise ParameterError(
            "This network holds people's names, and your file keeps a map under code names only: give each person a "
            "code such as P01, set meta['contains_names'] to False, and try again."
        )
    tables = {
        "nodes": _to_table(network.nodes),
        "ties": _to_table(network.ties),
        "meta": plain(network.meta, "The map's meta", LARGEST),
    }
    try:
        shape.people_and_ties(tables)
    except shape.Fault as fault:
        raise ParameterError(f"The map cannot be kept: {fault}.") from None
    return tables


def _to_table(frame: pd.DataFrame) -> dict[str, Any]:
    """Return columns and rows; a missing number becomes ``None``."""
    cells = [
        [
            None if is_missing is True else cell
            for cell, is_missing in zip(frame[column].tolist(), frame[column].isna().tolist(), strict=True)
        ]
        for column in frame.columns
    ]
    rows = [list(row) for row in zip(*cells, strict=True)]
    return plain({"columns": list(frame.columns), "rows": rows}, "The map", LARGEST)


def to_network(tables: dict[str, Any]) -> Network:
    """Return the network that the file holds."""
    from tertius.network import Network

    return Network(_to_frame(tables["nodes"]), _to_frame(tables["ties"]), copy.deepcopy(tables["meta"]))


def _to_frame(table: dict[str, Any]) -> pd.DataFrame:
    """Return a frame; a column in which nothing stands is one of missing numbers."""
    import pandas as pd

    columns = list(zip(*table["rows"], strict=True)) or [()] * len(table["columns"])
    return pd.DataFrame(
        {
            name: pd.Series(list(cells), dtype=float if all(cell is None for cell in cells) else None)
            for name, cells in zip(table["columns"], columns, strict=True)
        }
    )
