"""A mailbox in a folder (Maildir), a file a message; only the headers of each are read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from tertius.intake import opening
from tertius.intake.folder_names import from_utf7, is_folder_aside
from tertius.intake.mail import CANNOT_KNOW, Headers, headers_in, network_of
from tertius.intake.options import ReadOptions
from tertius.intake.parts import Parsed
from tertius.intake.report import Draft

__all__ = ["CANNOT_KNOW", "parse"]

_FLAGS = re.compile(r"[:;!\uf03a]2,([A-Za-z]*)$")
"""What is known of a message stands at the end of its name; Windows allows no colon there, so other signs are used."""

_NO_MESSAGE = re.compile(r"\..*|dovecot.*|maildir.*|Thumbs\.db|desktop\.ini", re.IGNORECASE)
"""Files that servers and systems put among the messages."""

DEEPEST = 10
"""Folders within folders that are looked into."""


def parse(folder: Path, draft: Draft, options: ReadOptions, me: list[str]) -> Parsed:
    """Make a network of the mailbox and the folders in it."""
    draft.evidence = "a mailbox in a folder (Maildir)"
    hint = "Look whether it is the right folder."
    return network_of(lambda: messages(folder, draft), draft, options, me, hint)


def messages(folder: Path, draft: Draft) -> Iterator[Headers | None]:
    """Yield the headers of each message that are read, in an order that does not depend on the system.

    Links are not followed, and files marked as drafts or deleted are passed over.
    """
    try:
        files = _files(folder)
    except OSError as error:
        opening.refuse_unopened(error, draft)
    for file in files:
        yield headers_in(file)


def _files(folder: Path) -> list[Path]:
    found = []
    for place in _folders(folder, 0):
        for part in ("cur", "new"):
            if not (place / part).is_dir():
                continue
            for file in sorted((place / part).iterdir()):
                flags = _FLAGS.search(file.name)
                is_aside = flags is not None and set("DT") & set(flags[1])
                if not is_aside and not _NO_MESSAGE.fullmatch(file.name) and file.is_file() and not file.is_symlink():
                    found.append(file)
    return found


def _folders(folder: Path, depth: int) -> Iterator[Path]:
    """The folder and those in it, side by side (``.Lists.Work``) or in one another, but for drafts and such."""
    yield folder
    if depth == DEEPEST:
        return
    for inner in sorted(folder.iterdir()):
        if inner.name in ("cur", "new", "tmp") or inner.is_symlink() or not inner.is_dir():
            continue
        if not any(map(is_folder_aside, from_utf7(inner.name).split("."))):
            yield from _folders(inner, depth + 1)
