"""How a folder of tables describes itself: Data Package 2.0."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

PROFILES = "https://datapackage.org/profiles/2.0/"
NAME = "datapackage.json"


def resource(
    name: str, content: bytes, fields: Sequence[Mapping[str, Any]], key: Sequence[str], ends: Sequence[str] = ()
) -> dict[str, Any]:
    """Describe one table.

    Parameters
    ----------
    name : str
        Of the table; its file is called so too.
    content : bytes
        Of the file.
    fields : sequence of mapping
        Its columns, each with ``name``, ``type`` and perhaps more.
    key, ends : sequence of str
        Columns that tell rows apart, and columns that name somebody in the table ``nodes``.
    """
    schema: dict[str, Any] = {
        "fields": [
            {**column, **({"delimiter": "|", "itemType": "string"} if column["type"] == "list" else {})}
            for column in fields
        ],
        "missingValues": [""],
        "primaryKey": list(key),
    }
    if ends:
        schema["foreignKeys"] = [
            {"fields": [end], "reference": {"resource": "nodes", "fields": ["id"]}} for end in ends
        ]
    return {
        "$schema": PROFILES + "dataresource.json",
        "name": name,
        "path": f"{name}.csv",
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": schema,
    }
