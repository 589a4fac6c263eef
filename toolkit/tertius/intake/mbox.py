"""A mailbox in one file (mbox), read line by line: what is held does not grow with its size."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from tertius.intake import folders, opening
from tertius.intake.mail import CANNOT_KNOW, HEADER_BYTES, Headers, headers_of, network_of
from tertius.intake.options import ReadOptions
from tertius.intake.parts import Parsed
from tertius.intake.report import Draft, plural

__all__ = ["CANNOT_KNOW", "parse"]

PIECE = 64 * 1024
"""A line longer than this is read in pieces."""

_BEGIN = re.compile(rb"From (?:.*[0-9]:[0-9][0-9]|-?\s*$)")
"""How a message begins after an empty line; some programs write no sender or no date."""

_BEGIN_AT_ONCE = re.compile(
    rb"From (?:.{0,320} )?(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? +"
    rb"(?:[A-Z][a-z][a-z] +[0-9]{1,2}|[0-9]{1,2} +[A-Z][a-z][a-z])[ ,].{0,40}[0-9]:[0-9][0-9]"
)
"""How it begins without an empty line before: with a whole date, which no sentence has by chance."""

_HEADER = re.compile(rb">?[!-9;-~]+[ \t]*:")


def parse(place: Path, draft: Draft, options: ReadOptions, me: list[str]) -> Parsed:
    """Make a network of the mailbox, or of those in a folder."""
    files = [place]
    draft.evidence = "a mailbox (mbox)"
    if place.is_dir():
        files, aside = folders.mailboxes(place, draft)
        draft.evidence = f"{plural(len(files), 'mailbox', 'mailboxes')} (mbox) in a folder"
        if aside:
            told = f"I left out drafts, spam and trash: {', '.join(aside[:3])}{' and others' * (len(aside) > 3)}."
            draft.note("N02", told, count=len(aside))
    size = sum(file.stat().st_size for file in files)
    if size > options.limits.mailbox_megabytes * 1_000_000:
        draft.refuse(
            "R45",
            f"The mailbox is larger than the {options.limits.mailbox_megabytes:g} MB I read.",
            "Export a smaller folder; or allow more: limits=tertius.intake.Limits(mailbox_megabytes=10_000).",
        )
    hint = "Look whether it is a mailbox, and exported whole."
    return network_of(lambda: (one for file in files for one in messages(file, draft)), draft, options, me, hint)


def messages(file: Path, draft: Draft) -> Iterator[Headers | None]:
    """Yield the headers of each message that are read; ``None`` where they are too long.

    A message begins at a line ``From …`` that comes before a header. With a weekday, a day and a time it may stand
    anywhere; with less of them, or nothing, after an empty line or as the first. A sentence that begins with "From"
    parts nothing.
    """
    try:
        with file.open("rb") as stream:
            if stream.read(len(BOM_UTF8)) != BOM_UTF8:
                stream.seek(0)
            # Some programs write the first one as if it were a sentence.
            first = stream.readline(PIECE).removeprefix(b">")
            yield from _messages(chain([first], iter(lambda: stream.readline(PIECE), b"")))
    except OSError as error:
        opening.refuse_unopened(error, draft)


def _messages(lines: Iterator[bytes]) -> Iterator[Headers | None]:
    after_blank, at_start = True, True
    for line in lines:
        while at_start and line.startswith(b"From ") and (_BEGIN if after_blank else _BEGIN_AT_ONCE).match(line):
            line = next(lines, b"")
            if line.startswith(b">From "):
                # It was in another mailbox before, and has the line of that one too.
                line = next(lines, b"")
            if _HEADER.match(line):
                block, size = [], 0
                while line.strip(b"\r\n") and size <= HEADER_BYTES:
                    if line.startswith(b"From ") and _BEGIN_AT_ONCE.match(line):
                        break
                    block.append(line)
                    size += len(line)
                    line = next(lines, b"")
                yield headers_of(block) if size <= HEADER_BYTES else None
            after_blank = False
        after_blank = not line.strip(b"\r\n") if at_start else False
        at_start = line.endswith(b"\n") or not line
