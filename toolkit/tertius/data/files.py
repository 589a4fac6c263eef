"""The files of a shipped data set: written the same way every time, and looked over before they are believed.

``nodes.csv`` and ``ties.csv`` are described by ``datapackage.json``, a Data Package 2.0 with what tertius needs to
know under the key ``tertius``. Only the standard library is used.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tertius.data.tables import Field, Tables
from tertius.errors import DataError
from tertius.export.package import PROFILES, resource

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

TABLES = ("nodes", "ties")
TYPES = {
    "string": (re.compile(".*", re.DOTALL), str),
    "integer": (re.compile(r"-?\d+"), int),
    "number": (re.compile(r"-?\d+(\.\d+)?"), float),
    "boolean": (re.compile("true|false"), lambda cell: cell == "true"),
    "date": (re.compile(r"\d{4}-\d\d-\d\d"), lambda cell: date.fromisoformat(cell).isoformat()),
    "list": (re.compile(r"[^|]+(\|[^|]+)*"), lambda cell: cell.split("|")),
}
"""How a cell of each type is written, and what makes a value of it.

A day stays a text, such as ``2026-01-31``; a list is one of texts, with bars between them.
"""
KEYS = {"nodes": ["id"], "ties": ["source", "target", "relation", "wave"]}
"""The columns that tell one row from another."""


@dataclass(frozen=True)
class About:
    """What a data package says about itself beyond its tables.

    Attributes
    ----------
    description : str
        One or two sentences.
    created : str
        A fixed moment, as ``2026-01-31T00:00:00Z``.
    lesson : str
        Number of the lesson that it belongs to.
    """

    description: str
    created: str
    lesson: str


def write(folder: Path, tables: Tables, about: About) -> None:
    """Write ``nodes.csv``, ``ties.csv`` and ``datapackage.json``, the same bytes for the same tables.

    Parameters
    ----------
    folder : pathlib.Path
        An existing folder; files of these names are replaced.
    tables : Tables
    about : About
    """
    parts = {"nodes": (tables.nodes, tables.node_fields), "ties": (tables.ties, tables.tie_fields)}
    contents = {name: _csv_bytes(rows, fields) for name, (rows, fields) in parts.items()}
    for name, content in contents.items():
        (folder / f"{name}.csv").write_bytes(content)
    resources = [_described(name, contents[name], fields) for name, (_, fields) in parts.items()]
    write_json(folder / "datapackage.json", _package(tables, about, resources))


def write_json(path: Path, content: Any) -> None:
    """Write JSON with sorted keys, in UTF-8, with a final newline."""
    text = json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True, allow_nan=False)
    path.write_bytes((text + "\n").encode())


def _package(tables: Tables, about: About, resources: list[dict]) -> dict[str, Any]:
    meta = dict(tables.meta)
    name, title, version = (meta.pop(key) for key in ("name", "title", "version"))
    counts = {
        "nodes": len(tables.nodes),
        "ties": len(tables.ties),
        "waves": len({tie["wave"] for tie in tables.ties}),
    }
    return {
        "$schema": PROFILES + "datapackage.json",
        "name": name,
        "title": title,
        "version": version,
        "description": about.description,
        "created": about.created,
        "licenses": [
            {
                "name": "CC0-1.0",
                "path": "https://creativecommons.org/publicdomain/zero/1.0/",
                "title": "Creative Commons Zero 1.0 Universal",
            }
        ],
        "contributors": [{"title": "the tertius contributors", "roles": ["author"]}],
        "sources": [{"title": "Invented: drawn by the script beside this file", "path": "generate.py"}],
        "resources": resources,
        "tertius": {"counts": counts, "lesson": about.lesson, "meta": meta},
    }


def _described(name: str, content: bytes, fields: tuple[Field, ...]) -> dict[str, Any]:
    columns = [
        {"name": column.name, "type": column.type, "description": column.description}
        | ({"constraints": dict(column.constraints)} if column.constraints else {})
        for column in fields
    ]
    return resource(name, content, columns, KEYS[name], ("source", "target") if name == "ties" else ())


def _csv_bytes(rows: list[dict[str, Any]], fields: tuple[Field, ...]) -> bytes:
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow([column.name for column in fields])
    table.writerows([[_cell(row[column.name], column) for column in fields] for row in rows])
    return text.getvalue().encode()


def _cell(value: Any, column: Field) -> str:
    if value is None or value in ("", []):
        return ""
    if column.type == "boolean":
        return "true" if value else "false"
    if column.type == "list":
        return "|".join(value)
    return f"{value:.{column.decimals}f}" if column.type == "number" else str(value)


def read_package(folder: Path | Traversable, name: str) -> dict[str, Any]:
    """Read what a data set's ``datapackage.json`` says, without opening the tables.

    Parameters
    ----------
    folder : pathlib.Path or importlib.resources.abc.Traversable
    name : str
        The data set, for the messages.

    Raises
    ------
    DataError
        If the file is missing or is not a data package of ours.
    """
    try:
        package = json.loads(_content(folder, "datapackage.json", name).decode("utf-8"))
    except ValueError as error:
        raise _damaged(name, f"datapackage.json cannot be read as JSON ({error})") from None
    for path in (
        *((key,) for key in ("name", "title", "version", "resources")),
        *(("tertius", "counts", key) for key in ("nodes", "ties", "waves")),
        *(("tertius", "meta", key) for key in ("ego", "default_relation", "licence", "relations", "synthetic")),
        ("tertius", "lesson"),
    ):
        _need(package, path, name)
    for table in TABLES:
        resource = _resource_of(package, table, name)
        for path in (("bytes",), ("hash",), ("schema", "fields")):
            _need(resource, path, name)
        for column in resource["schema"]["fields"]:
            if column.get("type") not in TYPES:
                raise _damaged(name, f"datapackage.json gives {column.get('name')!r} the type {column.get('type')!r}")
    return package


def _need(content: Any, path: tuple[str, ...], name: str) -> None:
    for key in path:
        if not isinstance(content, dict) or key not in content:
            raise _damaged(name, f"datapackage.json lacks {' → '.join(path)}")
        content = content[key]


def _resource_of(package: Mapping[str, Any], table: str, name: str) -> dict[str, Any]:
    for described in package["resources"]:
        if described.get("name") == table:
            return described
    raise _damaged(name, f"datapackage.json describes no table {table!r}")


def read(folder: Path | Traversable, name: str) -> Tables:
    """Read a data set's tables and check them against their description.

    Parameters
    ----------
    folder : pathlib.Path or importlib.resources.abc.Traversable
    name : str
        The data set, for the messages.

    Returns
    -------
    Tables

    Raises
    ------
    DataError
        If a file is missing or has changed, or if its contents are not what ``datapackage.json`` promises.
    """
    package = read_package(folder, name)
    fields, rows = {}, {}
    for table in TABLES:
        resource = _resource_of(package, table, name)
        fields[table] = tuple(
            Field(column["name"], column["type"], column.get("description", ""), column.get("constraints", {}))
            for column in resource["schema"]["fields"]
        )
        content = _content(folder, f"{table}.csv", name)
        _check_sum(content, resource, f"{table}.csv", name)
        rows[table] = _rows(content, fields[table], table, name)
    meta = {key: package[key] for key in ("name", "title", "version")} | package["tertius"]["meta"]
    _check_ties(rows["nodes"], rows["ties"], meta, name)
    return Tables(rows["nodes"], rows["ties"], fields["nodes"], fields["ties"], meta)


def read_text(folder: Path | Traversable, file: str, name: str) -> str:
    """Read a text that comes with a data set, such as its card.

    Raises
    ------
    DataError
        If the file is missing.
    """
    return _content(folder, file, name).decode("utf-8")


def _damaged(name: str, what: str) -> DataError:
    return DataError(
        f"The data set {name!r} is damaged: {what}. Install tertius again; in a copy of the repository, "
        f"datasets/{name}/generate.py makes the files anew."
    )


def _content(folder: Path | Traversable, file: str, name: str) -> bytes:
    try:
        return (folder / file).read_bytes()
    except (FileNotFoundError, NotADirectoryError, KeyError):
        raise _damaged(name, f"{file} is missing") from None


def _check_sum(content: bytes, resource: Mapping[str, Any], file: str, name: str) -> None:
    if len(content) != resource["bytes"]:
        raise _damaged(name, f"{file} has {len(content)} bytes and should have {resource['bytes']}")
    if f"sha256:{hashlib.sha256(content).hexdigest()}" != resource["hash"]:
        raise _damaged(name, f"{file} was changed; its checksum is not the one in datapackage.json")


def _rows(content: bytes, fields: tuple[Field, ...], table: str, name: str) -> list[dict[str, Any]]:
    lines = csv.reader(io.StringIO(content.decode("utf-8"), newline=""), strict=True)
    names = [column.name for column in fields]
    try:
        header = next(lines, [])
        missing = [column for column in names if column not in header]
        if missing:
            raise _damaged(name, f"{table}.csv has no column {missing[0]!r}; it has {header}")
        if header != names:
            raise _damaged(name, f"{table}.csv has the columns {header} and should have {names}")
        rows = []
        for line in lines:
            place = f"{table}.csv, line {lines.line_num}"
            if len(line) != len(fields):
                raise _damaged(name, f"{place}, has {len(line)} cells and should have {len(fields)}")
            cells = zip(fields, line, strict=True)
            rows.append({column.name: _value(cell, column, place, name) for column, cell in cells})
    except csv.Error as error:
        raise _damaged(name, f"{table}.csv, line {lines.line_num}, cannot be read ({error})") from None
    _check_unique(rows, KEYS[table], table, name)
    return rows


def _value(cell: str, column: Field, place: str, name: str) -> Any:
    """Convert one cell, and hold it against its column."""
    rules, where = column.constraints, f"{place}, column {column.name}"
    if cell == "":
        # Only a text or a number can be unknown: there is no empty yes-or-no, and no empty wave.
        if rules.get("required") or column.type in ("integer", "boolean"):
            raise _damaged(name, f"{where}, is empty")
        return {"number": None, "list": []}.get(column.type, "")
    pattern, convert = TYPES[column.type]
    try:
        value = convert(cell) if pattern.fullmatch(cell) else None
    except ValueError:
        value = None
    if value is None:
        raise _damaged(name, f"{where}, holds {cell!r}, which is not of type {column.type}")
    if "enum" in rules and value not in rules["enum"]:
        raise _damaged(name, f"{where}, holds {cell!r}, which is none of {list(rules['enum'])}")
    if value < rules.get("minimum", value) or value > rules.get("maximum", value):
        raise _damaged(name, f"{where}, holds {cell}, which is out of its range")
    return value


def _check_unique(rows: list[dict[str, Any]], key: list[str], table: str, name: str) -> None:
    seen = set()
    for row in rows:
        value = tuple(row[column] for column in key)
        if value in seen:
            raise _damaged(name, f"{table}.csv names {', '.join(map(repr, value))} twice")
        seen.add(value)


def _check_ties(nodes: list[dict[str, Any]], ties: list[dict[str, Any]], meta: Mapping[str, Any], name: str) -> None:
    """Check what no column can say alone: known ends, declared relations, undirected ties once and in node order."""
    position = {row["id"]: k for k, row in enumerate(nodes)}
    directed = {relation["name"]: relation["directed"] for relation in meta["relations"]}
    if meta.get("ego") is not None and meta["ego"] not in position:
        raise _damaged(name, f"its ego {meta['ego']!r} is not in nodes.csv")
    for tie in ties:
        ends = tie["source"], tie["target"]
        for end in ends:
            if end not in position:
                raise _damaged(name, f"ties.csv names {end!r}, who is not in nodes.csv")
        if tie["relation"] not in directed:
            raise _damaged(name, f"ties.csv has the undeclared relation {tie['relation']!r}")
        if ends[0] == ends[1]:
            raise _damaged(name, f"ties.csv ties {ends[0]!r} to itself")
        if not directed[tie["relation"]] and position[ends[0]] > position[ends[1]]:
            raise _damaged(name, f"ties.csv names the undirected tie {ends[1]!r}, {ends[0]!r} in the wrong order")
