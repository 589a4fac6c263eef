"""Files of every kind that is read, well-formed, odd, broken and hostile, each with what must come out of it.

``docs/reading.md`` is the table of them; `python -m tests.intake.table` writes it, and a test holds it to that.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

STATES = ("well-formed", "odd", "broken", "hostile")

MARKER = "XYLOPHONE-SECRET"
"""Stands where nobody may look: in texts, subjects, remarks. It must be in no output."""


@dataclass(frozen=True)
class File:
    """A file, or a folder of files, and what reading it gives.

    Attributes
    ----------
    kind : str
        The format that it is, or claims to be.
    state : str
        One of `STATES`.
    what : str
        What is particular about it, in a few words.
    content : bytes, str or mapping
        What is in it; a folder is a mapping of names to contents.
    name : str
    gives : tuple of (int, int) or str
        People and ties; or the code of the refusal.
    tells : tuple of str
        Codes that the report has beside.
    settings : mapping
        What is told to ``read``.
    """

    kind: str
    state: str
    what: str
    content: bytes | str | Mapping[str, bytes | str]
    name: str
    gives: tuple[int, int] | str
    tells: tuple[str, ...] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)

    def write(self, folder: Path) -> Path:
        """Write it into a folder, and return where it is."""
        path = folder / self.name
        if isinstance(self.content, Mapping):
            for inner, content in self.content.items():
                one = path / inner
                one.parent.mkdir(parents=True, exist_ok=True)
                one.write_bytes(_bytes(content))
        else:
            path.write_bytes(_bytes(self.content))
        return path


def _bytes(content: bytes | str) -> bytes:
    return content if isinstance(content, bytes) else content.encode()


def every() -> list[File]:
    """All files, by kind and state."""
    from tests.intake.corpus import address_books, graphs, mail, meetings, tables

    groups = (tables, graphs, address_books, mail, meetings)
    found = [file for group in groups for file in group.FILES]
    kinds = list(dict.fromkeys(file.kind for file in found))
    return sorted(found, key=lambda file: (kinds.index(file.kind), STATES.index(file.state)))
