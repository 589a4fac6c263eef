"""The course's glossary, ``lessons/glossary.md``: a heading for each term, to which lessons link."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from tertius.instructor.links import anchors, target_faults
from tertius.instructor.prose import read_prose
from tertius.instructor.source import Lesson
from tertius.instructor.spelling import misspelled

FILE = "glossary.md"
TERMS = re.compile(r"\*\*Terms\*\*:\s*(.*?)\.?\s*(?:\n\s*\n|\Z)", re.DOTALL)
LINK = re.compile(rf"\[[^\]]+\]\({re.escape(FILE)}#[^)\s]+\)")


def term_faults(lesson: Lesson) -> list[str]:
    """Terms of a lesson's recap that are no link into the glossary; where links lead is seen to with all others."""
    return [
        f"{cell.where}: link the term {term!r} to the glossary, such as [{term}]({FILE}#{_heading(term)})."
        for cell in lesson.shown
        if cell.step == "recap" and cell.kind == "markdown"
        for listed in TERMS.findall(cell.source)
        for term in map(str.strip, re.split(r"[,;]|\band\b", LINK.sub("", " ".join(listed.split()))))
        if term
    ]


def glossary_faults(folder: Path) -> list[str]:
    """Everything that is wrong with the glossary in the lessons folder; nothing if there is none."""
    path = folder / FILE
    if not path.exists():
        return []
    text = path.read_text(encoding="utf-8")
    entries = re.split(r"^## ", text, flags=re.MULTILINE)[1:]
    faults = list(_entries(entries))
    own = anchors([text])
    faults += [
        f"{FILE}: the link to {target} {fault}"
        for target in read_prose(text).targets
        for fault in target_faults(target, folder, own)
    ]
    return faults + misspelled([(FILE, " ".join(read_prose(text).blocks))], folder)


def _entries(entries: list[str]) -> Iterator[str]:
    before = ""
    for entry in entries:
        heading, _, body = entry.partition("\n")
        if not re.fullmatch(r"[A-Z][A-Za-z -]*", heading):
            yield f"{FILE}: the term {heading!r} cannot be linked to; write it in plain letters, the first one large."
        if heading.lower() == before.lower():
            yield f"{FILE}: the term {heading!r} comes twice; make one entry of them."
        elif heading.lower() < before.lower():
            yield f"{FILE}: the term {heading!r} comes after {before!r}; put the terms into the order of the alphabet."
        if not body.strip():
            yield f"{FILE}: the term {heading!r} is not explained; write two to four sentences."
        before = heading


def _heading(term: str) -> str:
    return (term[:1].upper() + term[1:]).replace(" ", "-")
