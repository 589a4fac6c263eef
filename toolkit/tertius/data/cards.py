"""The card of a data set: what it is, what it can show, and what was planted in it, folded away."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

TRUTH = "Planted truth"
"""The section of a card that gives the answers away."""


@dataclass(frozen=True, repr=False)
class Card:
    """What to know about a data set before using it; print it, or leave it as the last line of a notebook cell.

    Made by `tertius.describe`.

    Attributes
    ----------
    name : str
        What `tertius.load` calls it.
    title : str
    sections : tuple of (str, str)
        Heading and text of each section; the heading of the first is empty.
    truth : str
        What was planted, which the printed card leaves out; empty if nothing was.
    """

    name: str
    title: str
    sections: tuple[tuple[str, str], ...]
    truth: str = ""

    @classmethod
    def parse(cls, name: str, text: str) -> Card:
        """Read a card written as Markdown: a title, then sections under second-level headings."""
        opening, *rest = re.split(r"^## +", text.strip(), flags=re.MULTILINE)
        title, _, first = opening.partition("\n")
        sections, truth = [("", first.strip())], ""
        for section in rest:
            heading, _, body = section.partition("\n")
            body = re.sub(r"</?details>|<summary>.*?</summary>", "", body).strip()
            if heading.strip() == TRUTH:
                truth = body
            else:
                sections.append((heading.strip(), body))
        return cls(name, title.lstrip("# ").strip(), tuple(sections), truth)

    def __repr__(self) -> str:
        return f"Card({self.name!r})"

    def __str__(self) -> str:
        blocks = [f"{self.title}\n{'=' * len(self.title)}"]
        for heading, body in self.sections:
            blocks.append(f"{heading}\n{'-' * len(heading)}\n{body}" if heading else body)
        if self.truth:
            hint = f"Folded away, because it answers the lesson: print(tertius.describe({self.name!r}).truth)"
            blocks.append(f"{TRUTH}\n{'-' * len(TRUTH)}\n{hint}")
        return _plain("\n\n".join(blocks))

    def _repr_html_(self) -> str:
        parts = [f"<h3>{escape(self.title)}</h3>"]
        for heading, body in self.sections:
            parts += [f"<h4>{escape(heading)}</h4>"] * bool(heading) + [_html(body)]
        if self.truth:
            summary = f"{TRUTH} (it answers the lesson)"
            parts.append(f"<details><summary>{summary}</summary>{_html(self.truth)}</details>")
        return f'<div class="tertius-card">{"".join(parts)}</div>'


def text_of(title: str, about: str, sections: Mapping[str, str]) -> str:
    """Return a card as Markdown, for `Card.parse`: what it is about, and its sections by heading."""
    return "\n\n".join([f"# {title}", about, *(f"## {heading}\n\n{text}" for heading, text in sections.items())])


def _plain(text: str) -> str:
    """Drop the marks of strong words, and break lines that are too long to read."""
    lines = text.replace("**", "").split("\n")
    indents = ("  " if line.startswith("- ") else "" for line in lines)
    wrapped = (textwrap.wrap(line, 120, subsequent_indent=indent) for line, indent in zip(lines, indents, strict=True))
    return "\n".join("\n".join(line) for line in wrapped)


def _html(text: str) -> str:
    """Turn paragraphs, lists, tables and `code` into HTML; everything else is shown as it was typed."""
    blocks = (block.strip() for block in re.split(r"\n\s*\n", text))
    return "".join(_block(block) for block in blocks if block)


def _block(block: str) -> str:
    lines = block.splitlines()
    if lines[0].startswith("- "):
        items = re.split(r"^- ", block, flags=re.MULTILINE)[1:]
        return f"<ul>{''.join(f'<li>{_inline(item)}</li>' for item in items)}</ul>"
    if lines[0].startswith("|"):
        rows = [[cell.strip() for cell in line.strip("| ").split("|")] for line in lines]
        head, body = rows[0], [row for row in rows[1:] if not all(set(cell) <= set("-:") for cell in row)]
        cells = [("th", head), *(("td", row) for row in body)]
        shown = ("".join(f"<{tag}>{_inline(cell)}</{tag}>" for cell in row) for tag, row in cells)
        return f"<table>{''.join(f'<tr>{row}</tr>' for row in shown)}</table>"
    return f"<p>{_inline(block)}</p>"


def _inline(text: str) -> str:
    joined = escape(" ".join(text.split()))
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", joined))
