"""A mailbox in a folder (Maildir), a file a message; only the headers of each are read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from tertius.intake import opening
from tertius.intake.mail import CANNOT_KNOW, HEADER_BYTES, Headers, headers_of, network_of
from tertius.intake.options import ReadOptions
from tertius.intake.parts import Parsed
from tertius.intake.report import Draft

__all__ = ["CANNOT_KNOW", "parse"]

ASIDE = re.compile(r"drafts?|trash|junk|spam|templates|outbox|deleted[ _]?(?:items|messages)?", re.IGNORECASE)
"""Folders of messages that were not sent, or not wanted."""


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
        yield _headers(file)


def _files(folder: Path) -> list[Path]:
    inner = sorted(entry for entry in folder.iterdir() if entry.name.startswith(".") and (entry / "cur").is_dir())
    folders = [folder, *(one for one in inner if not ASIDE.fullmatch(one.name.rpartition(".")[2]))]
    found = []
    for place in folders:
        for part in ("cur", "new"):
            if not (place / part).is_dir():
                continue
            for file in sorted((place / part).iterdir()):
                flags = file.name.rpartition(":2,")[2] if ":2," in file.name else ""
                if file.is_file() and not file.is_symlink() and not set("DT") & set(flags):
                    found.append(file)
    return found


def _headers(file: Path) -> Headers | None:
    try:
        with file.open("rb") as stream:
            lines, size = [], 0
            while size <= HEADER_BYTES and (line := stream.readline(HEADER_BYTES)).strip(b"\r\n"):
                lines.append(line)
                size += len(line)
    except OSError:
        return None
    return headers_of(lines) if 0 < size <= HEADER_BYTES else None
