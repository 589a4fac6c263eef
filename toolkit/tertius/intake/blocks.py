"""Blocks of lines between BEGIN and END, as in address books (vCard) and calendars (iCalendar)."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator

from tertius.intake.report import Draft
from tertius.intake.text import Text

LARGEST = 256 * 1024
"""Characters that may be read of a block; more is neither a card nor a meeting."""

_NAME = re.compile(r"(?:[\w-]+\.)?([A-Za-z-]+)(?=[;:])")


def blocks(
    text: Text, kind: str, wanted: Collection[str], draft: Draft, outside: Callable[[str], None] | None = None
) -> Iterator[tuple[int, list[str]]]:
    """Yield the lines of each block that are wanted, and the line where it begins.

    A line that goes on over several is joined; all other properties, and blocks within the block, are dropped on the
    way. A block that does not end before the next one or the file does, or is too long, comes without lines.

    Parameters
    ----------
    text : Text
    kind : str
        What the block is called, such as ``"VEVENT"``.
    wanted : collection of str
        Names of properties.
    draft : Draft
        Is told of a file that ends within a block.
    outside : callable, optional
        Is given each line that stands in no such block, before the blocks that follow it come.
    """
    begin, end = f"BEGIN:{kind}", f"END:{kind}"
    begun, depth, size, number, is_wanted, is_quoted, goes_on = 0, 0, 0, 0, False, False, False
    lines: list[list[str]] = []
    for number, raw in enumerate(text.lines(), 1):
        content = raw.rstrip("\r\n")
        word = content.strip().upper()
        if word == begin:
            if begun:
                yield begun, []
            begun, depth, size, is_wanted, is_quoted, goes_on, lines = number, 0, 0, False, False, False, []
        elif word == end and begun:
            yield begun, ["".join(parts) for parts in lines] if size <= LARGEST else []
            begun = 0
        elif begun and word.startswith(("BEGIN:", "END:")):
            depth += 1 if word.startswith("BEGIN:") else -1
        elif begun and depth <= 0:
            if goes_on:
                if lines and is_wanted:
                    lines[-1][-1] = lines[-1][-1][:-1]
                    lines[-1].append(content.lstrip())
            elif content[:1] in (" ", "\t"):
                if lines and is_wanted:
                    lines[-1].append(content[1:])
            else:
                name = _NAME.match(content)
                is_wanted = name is not None and name[1].upper() in wanted
                is_quoted = "QUOTED-PRINTABLE" in content.partition(":")[0].upper()
                if is_wanted:
                    lines.append([content])
            # In quoted-printable, as vCard 2.1 has it, a line that ends so goes on over the next, whatever that is.
            goes_on = is_quoted and content.endswith("=")
            size += len(content) if is_wanted else 0
            if size > LARGEST:
                lines = []
        elif not begun and outside is not None:
            outside(content)
        if number % 8192 == 0:
            draft.check_time()
    if begun:
        draft.warn("R38", "The file ends before its last entry does.", "Export it again.", row=number)
        yield begun, []
