"""From what was typed to a file that is known to be here, to be a file, and not to be too large."""

from __future__ import annotations

import difflib
import errno
import os
from itertools import islice
from pathlib import Path
from typing import NoReturn

from tertius.intake.options import Limits
from tertius.intake.report import Draft
from tertius.intake.sniff import START_BYTES


def locate(typed: str, draft: Draft) -> Path:
    """Return where the file or folder is, or refuse with what is there instead."""
    if not typed.strip() or "\0" in typed:
        draft.refuse("R01", "This cannot be the name of a file.", 'Give its name, such as tertius.read("ties.csv").')
    if "://" in typed:
        draft.refuse("R01", "This is a web address.", "Download the file first, and read it from there.")
    file = Path(typed)
    try:
        file = file.expanduser()
        if file.is_dir():
            return file
        if not file.exists():
            _refuse_missing(file, draft)
        if not file.is_file():
            draft.refuse("R07", "This is a device or a pipe, not a file.", "Save its content as a file.")
    except (OSError, RuntimeError, UnicodeError) as error:
        refuse_unopened(error, draft)
    return file


def ends(file: Path, draft: Draft) -> tuple[bytes, bytes]:
    """The first and the last bytes of a file."""
    try:
        with file.open("rb") as stream:
            start = stream.read(START_BYTES)
            stream.seek(max(0, os.fstat(stream.fileno()).st_size - START_BYTES))
            return start, stream.read(START_BYTES)
    except OSError as error:
        refuse_unopened(error, draft)


def whole(file: Path, draft: Draft, limits: Limits) -> bytes:
    """The content of a file, if it is no larger than allowed."""
    most = int(limits.megabytes * 1_000_000)
    try:
        with file.open("rb") as stream:
            # No more than there is: as much room is taken as is asked for.
            there = max(os.fstat(stream.fileno()).st_size, START_BYTES)
            data = stream.read(min(there, most) + 1)
    except OSError as error:
        refuse_unopened(error, draft)
    if len(data) > most:
        draft.refuse(
            "R45",
            f"The file is larger than the {limits.megabytes:g} MB I read.",
            "Look whether it is the right one; or allow more: limits=tertius.intake.Limits(megabytes=500).",
        )
    return data


def names_in(folder: Path, draft: Draft) -> list[str]:
    """The names of the first files and folders in a folder, as many as tell what it is."""
    try:
        return [entry.name for entry in islice(folder.iterdir(), 10_000)]
    except OSError as error:
        refuse_unopened(error, draft)


def refuse_unopened(error: Exception, draft: Draft) -> NoReturn:
    """Refuse what the system does not open, in its words without the path."""
    number = getattr(error, "errno", None)
    why = os.strerror(number) if number in errno.errorcode else "its path makes no sense here"
    hint = "Close it in other programs, look whether you may read it, and check how its name is written."
    draft.refuse("R01", f"The file cannot be opened: {why}.", hint)


def _refuse_missing(file: Path, draft: Draft) -> NoReturn:
    """Say that there is no such file, with the names that come near."""
    folder = file.parent
    if not folder.is_dir():
        hint = "Put the file beside this notebook and give its name alone."
        draft.refuse("R01", f"There is no folder {folder.name!r} to look in.", hint)
    there = {entry.name.lower(): entry.name for entry in sorted(folder.iterdir()) if not entry.name.startswith(".")}
    near = difflib.get_close_matches(file.name.lower(), there, n=3, cutoff=0.6)
    tables = [name for name in there if name.endswith((".csv", ".tsv"))][:3]
    hint = "Put the file there, or give its whole path."
    if near:
        hint = f"Did you mean {' or '.join(repr(there[name]) for name in near)}?"
    elif tables:
        hint = f"The tables there are {', '.join(repr(there[name]) for name in tables)}."
    place = "the folder of this notebook" if folder == Path() else f"the folder {folder.name or str(folder)!r}"
    draft.refuse("R01", f"There is no such file in {place}.", hint)
