"""Who is behind the code names: a table in memory that ends with the notebook, unless the learner asks to keep it.

It is one table for the whole process, and no part of any network: tables, reports and files cannot carry it along.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable, Mapping

from tertius.errors import ReadError
from tertius.privacy import key as keys

_NAMES: dict[str, str] = {}


def remember(names: Mapping[str, str]) -> None:
    """Add names to the table: code name to name."""
    _NAMES.update({code: name for code, name in names.items() if name})


def behind(code_names: Iterable[str]) -> dict[str, str]:
    """The names behind these code names, as far as they are known in memory or in the table on disk."""
    wanted = list(code_names)
    if any(code not in _NAMES for code in wanted):
        for code, name in _kept().items():
            _NAMES.setdefault(code, name)
    return {code: _NAMES[code] for code in wanted if code in _NAMES}


def forget(code_names: Iterable[str] | None = None) -> None:
    """Take people off the table in memory, all of them if none are named."""
    for code in list(_NAMES) if code_names is None else list(code_names):
        _NAMES.pop(code, None)


def drop(code_names: Iterable[str]) -> None:
    """Take people off the table in memory and off the one that was kept beside the key.

    Raises
    ------
    ReadError
        If that one cannot be read or written.
    """
    gone = set(code_names)
    forget(gone)
    kept = _kept()
    if gone & set(kept):
        _write({code: name for code, name in kept.items() if code not in gone})


def keep(names: Mapping[str, str]) -> None:
    """Write names beside the key, so that they are known in the next notebook too; those kept before stay.

    Raises
    ------
    ReadError
        If the table cannot be written.
    """
    _write(_kept() | {code: name for code, name in names.items() if name})


def _write(table: Mapping[str, str]) -> None:
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\n").writerows(sorted(table.items()))
    path = keys.folder() / keys.NAMES_NAME
    part = path.with_name(path.name + ".part")
    try:
        part.unlink(missing_ok=True)
        keys.write_new(part, stream.getvalue().encode("utf-8", "replace"))
        os.replace(part, path)
    except OSError as error:
        raise ReadError(f"The table of names cannot be kept in your configuration folder: {error.strerror}.") from None


def _kept() -> dict[str, str]:
    path = keys.folder() / keys.NAMES_NAME
    try:
        rows = list(csv.reader(io.StringIO(path.read_text("utf-8"), newline="")))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeError, csv.Error):
        raise ReadError(
            f"The table of names, {keys.NAMES_NAME} in your configuration folder, cannot be read. Move it away, and "
            "read your files again with keep_names=True."
        ) from None
    return {row[0]: row[1] for row in rows if len(row) == 2}
