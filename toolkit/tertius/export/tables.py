"""A network as two tables with their description, and back without loss."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from tertius.errors import ParameterError
from tertius.export.cells import guarded, unguarded
from tertius.export.package import NAME, PROFILES, resource

FILES = ("nodes.csv", "ties.csv", NAME)
KEYS = {"nodes": ("id",), "ties": ("source", "target", "relation", "wave")}
ENDS = ("source", "target")

STRUCTURE = (
    "No names stand here, and yet somebody who knows the people may recognise them by who is tied to whom: structure "
    "alone can identify."
)


def written(nodes: pd.DataFrame, ties: pd.DataFrame, meta: Mapping[str, Any]) -> dict[str, bytes]:
    """The files of a network, by name: the same bytes for the same network.

    Parameters
    ----------
    nodes, ties : pandas.DataFrame
    meta : mapping

    Raises
    ------
    ParameterError
        If a cell can be kept in no table.
    """
    contents, resources = {}, []
    for name, table in (("nodes", nodes), ("ties", ties)):
        fields = [{"name": str(column), "type": _kind(table[column], name)} for column in table.columns]
        content = contents[f"{name}.csv"] = _csv_bytes(table, fields)
        ends = ENDS if name == "ties" else ()
        resources.append(resource(name, content, fields, KEYS[name], ends))
    package = {
        "$schema": PROFILES + NAME,
        "name": "network",
        "title": str(meta.get("title") or "Network"),
        "description": STRUCTURE,
        "resources": resources,
        "tertius": {"saved": 1, "meta": dict(meta)},
    }
    try:
        text = json.dumps(package, ensure_ascii=True, indent=2, sort_keys=True, allow_nan=False)
    except (TypeError, ValueError) as error:
        raise ParameterError(f"What is said of the network (meta) cannot be written as JSON: {error}.") from None
    return contents | {NAME: f"{text}\n".encode()}


def _kind(cells: pd.Series, table: str) -> str:
    """The type of a column, by what stands in it."""
    known = [cell for cell in cells.tolist() if not _is_missing(cell)]
    if not known:
        return "number" if pd.api.types.is_numeric_dtype(cells) and not pd.api.types.is_bool_dtype(cells) else "string"
    for kind, holds in KINDS.items():
        if all(map(holds, known)) and (kind not in ("integer", "boolean") or len(known) == len(cells)):
            return kind
    raise ParameterError(
        f"The column {cells.name!r} of {table} holds cells of several kinds, such as {known[0]!r}; make them all "
        "text or all numbers, and save again."
    )


def _is_missing(cell: Any) -> bool:
    return cell is None or cell is pd.NA or cell is pd.NaT or (isinstance(cell, float) and math.isnan(cell))


def _is_number(cell: Any) -> bool:
    return isinstance(cell, (int, float)) and not isinstance(cell, bool) and math.isfinite(cell)


KINDS: dict[str, Callable[[Any], bool]] = {
    "boolean": lambda cell: isinstance(cell, bool),
    "integer": lambda cell: isinstance(cell, int) and not isinstance(cell, bool),
    "number": _is_number,
    "list": lambda cell: isinstance(cell, (list, tuple)) and all(_is_tag(tag) for tag in cell),
    "string": lambda cell: isinstance(cell, str),
}


def _is_tag(tag: Any) -> bool:
    return isinstance(tag, str) and bool(tag) and "|" not in tag


def _csv_bytes(table: pd.DataFrame, fields: list[dict[str, str]]) -> bytes:
    kinds = [column["type"] for column in fields]
    rows = [[guarded(column["name"]) for column in fields]]
    for row in table.itertuples(index=False, name=None):
        rows.append([_cell(cell, kind) for cell, kind in zip(row, kinds, strict=True)])
    return "".join(f"{','.join(map(_quoted, row))}\n" for row in rows).encode("utf-8", "replace")


def _quoted(cell: str) -> str:
    # Python's csv leaves a lone carriage return unquoted where lines end in a line feed.
    return '"' + cell.replace('"', '""') + '"' if any(mark in cell for mark in ',"\r\n') else cell


def _cell(cell: Any, kind: str) -> str:
    if _is_missing(cell):
        return ""
    if kind == "boolean":
        return "true" if cell else "false"
    if kind == "integer":
        return str(int(cell))
    if kind == "number":
        return repr(float(cell))
    return guarded("|".join(cell) if kind == "list" else cell)


# --- back -------------------------------------------------------------------------------------------------------


class Damaged(Exception):
    """What in a saved network is not as it was written, in words that follow the file's name."""


def is_ours(package: Any) -> bool:
    """Whether a description is one that `written` made."""
    return (
        isinstance(package, dict) and isinstance(package.get("tertius"), dict) and package["tertius"].get("saved") == 1
    )


def table_of(content: bytes, package: Mapping[str, Any], name: str) -> pd.DataFrame:
    """Make a table of a file's bytes and its description.

    Raises
    ------
    Damaged
        With the line.
    """
    try:
        fields = next(one["schema"]["fields"] for one in package["resources"] if one["name"] == name)
        names, kinds = ([column[part] for column in fields] for part in ("name", "type"))
        text = content.decode("utf-8-sig")
    except (KeyError, TypeError, StopIteration):
        raise Damaged(f"{NAME} does not describe the table {name!r}") from None
    except UnicodeDecodeError:
        raise Damaged(f"{name}.csv is not in UTF-8 any more; save it as CSV UTF-8") from None
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [unguarded(cell) for cell in next(lines, [])]
        if header != names:
            raise Damaged(f"{name}.csv has the columns {header}, and {NAME} says {names}")
        rows = []
        for line in lines:
            if len(line) != len(names):
                raise Damaged(f"{name}.csv, line {lines.line_num}, has {len(line)} cells and should have {len(names)}")
            place = f"{name}.csv, line {lines.line_num}, column"
            rows.append([_value(*cell, place) for cell in zip(line, kinds, names, strict=True)])
    except csv.Error as error:
        raise Damaged(f"{name}.csv, line {lines.line_num}, cannot be read ({error})") from None
    columns = list(zip(*rows, strict=True)) or [()] * len(names)
    return pd.DataFrame(
        {
            column: pd.Series(list(cells), dtype=float if kind == "number" else None if cells else object)
            for column, kind, cells in zip(names, kinds, columns, strict=True)
        }
    )


def _value(cell: str, kind: str, column: str, place: str) -> Any:
    try:
        if kind == "list":
            return unguarded(cell).split("|") if cell else []
        if kind == "boolean":
            return {"true": True, "false": False, "TRUE": True, "FALSE": False}[cell]
        if kind == "integer":
            return int(cell)
        if kind == "number":
            number = float(cell) if cell else math.nan
            if math.isinf(number) or (cell and math.isnan(number)):
                raise ValueError
            return number
    except (ValueError, KeyError):
        raise Damaged(f"{place} {column}, holds {cell[:40]!r}, which is no {kind}") from None
    if kind != "string":
        raise Damaged(f"{NAME} gives the column {column!r} the unknown type {str(kind)[:40]!r}")
    return unguarded(cell)
