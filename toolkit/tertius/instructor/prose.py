"""What a Markdown cell says to its reader: its words without code, formulas and markup, its headings and links."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser

from markdown_it import MarkdownIt
from markdown_it.token import Token

FORMULA = re.compile(r"\$\$.*?\$\$|\$[^$\n]+\$", re.DOTALL)
SENTENCE = re.compile(r"(?<=[.!?])[”\"’)*]*\s+(?=[“\"‘(]?[A-Z])")


@dataclass(frozen=True)
class Prose:
    """What a piece of Markdown says.

    Attributes
    ----------
    blocks : tuple of str
        Each heading, paragraph, list item and table cell; without code, formulas and markup.
    headings : tuple of str
        As a reader sees them.
    targets : tuple of str
        Where its links and images point.
    comments : tuple of str
        Its HTML comments.
    """

    blocks: tuple[str, ...]
    headings: tuple[str, ...]
    targets: tuple[str, ...]
    comments: tuple[str, ...]

    @property
    def words(self) -> int:
        """How many words there are to read."""
        return sum(len(re.findall(r"\w[\w’'-]*", block)) for block in self.blocks)


def sentences(block: str) -> list[str]:
    """Cut a block into its sentences.

    Examples
    --------
    >>> sentences("They add up. All of them (Ann 1973). So what?")
    ['They add up.', 'All of them (Ann 1973).', 'So what?']
    """
    return SENTENCE.split(block)


@cache
def read_prose(markdown: str) -> Prose:
    """Read a piece of Markdown.

    Examples
    --------
    >>> told = read_prose("## A sum\\n\\n1. It is **6**, see [here](#A-sum). `7` is code.")
    >>> told.blocks
    ('A sum', 'It is 6, see here. is code.')
    >>> told.headings, told.targets
    (('A sum',), ('#A-sum',))
    """
    found = _Found()
    tokens = MarkdownIt("commonmark").enable("table").parse(markdown)
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.type == "html_block":
            found.block(found.html(token.content))
        elif token.type == "inline":
            text, seen = found.inline(token)
            found.block(text)
            if before is not None and before.type == "heading_open":
                found.headings.append(seen)
    return Prose(*map(tuple, (found.blocks, found.headings, found.targets, found.comments)))


@dataclass
class _Found:
    blocks: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    targets: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)

    def block(self, text: str) -> None:
        text = " ".join(FORMULA.sub(" ", text).split())
        if text:
            self.blocks.append(text)

    def inline(self, token: Token) -> tuple[str, str]:
        """Return the words of a piece of text, and the same with its code, as a reader sees it."""
        words, seen, is_address = "", "", False
        for part in token.children or []:
            if part.type == "code_inline":
                words, seen = words + " ", seen + part.content
                continue
            if part.type in ("softbreak", "hardbreak"):
                text = " "
            elif part.type == "html_inline":
                text = self.html(part.content)
            else:
                text = part.content if part.type in ("text", "image", "text_special") else ""
            # An address in angle brackets is shown and not read.
            words, seen = words + (" " if is_address else text), seen + text
            is_address = part.type == "link_open" and part.info == "auto"
            target = part.attrGet("href") or part.attrGet("src")
            if target:
                self.targets.append(str(target))
        return words, seen.strip()

    def html(self, page: str) -> str:
        read = _Html(page)
        self.targets += read.targets
        self.comments += read.comments
        return read.text


class _Html(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.text = ""
        self.targets: list[str] = []
        self.comments: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if value and (tag, name) in (("a", "href"), ("img", "src")):
                self.targets.append(value)

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        self.comments.append(data.strip())
