"""Networks in Pajek's format (.net): a numbered list of people, then ties by their numbers."""

from __future__ import annotations

import re

from tertius.intake.declared import CANNOT_KNOW, Declared
from tertius.intake.options import ReadOptions
from tertius.intake.parts import Parsed
from tertius.intake.report import Draft
from tertius.intake.text import Text

__all__ = ["CANNOT_KNOW", "parse"]

_AGAIN = "Save the network again from the program that made it."
_NUMBER = re.compile(r"[+-]?[0-9]*\.?[0-9]+(?:[eE][+-]?[0-9]+)?")
_DRAWN = frozenset(("ic", "bc", "bw", "lc", "x_fact", "y_fact", "s_size"))
"""What may follow a label: colours and sizes to draw a person with."""

_OTHERS = ("*partition", "*vector", "*permutation", "*cluster", "*hierarchy")
"""Sections of a project that say something of people whom a network declares."""

_TIES = {"*arcs": True, "*edges": False, "*arcslist": True, "*edgeslist": False}


class _Reader:
    """Goes through the sections of a file."""

    def __init__(self, declared: Declared, draft: Draft) -> None:
        self.declared, self.draft = declared, draft
        self.n = 0
        self.n_first = 0
        self.labels: dict[int, tuple[str, int]] = {}
        self.section = ""
        self.layer = ""
        self.layers: set[str] = set()
        self.is_aside = False
        self.row = 0

    def line(self, raw: str, line: int) -> None:
        text = raw.strip()
        if not text or text.startswith("%"):
            return
        if text.startswith("*"):
            self._begin(text, line)
        elif self.section == "*vertices":
            self._vertex(text, line)
        elif self.section in _TIES:
            self._tie(text, line)
        elif self.section == "*matrix":
            self._matrix_row(text, line)

    def _begin(self, text: str, line: int) -> None:
        words = text.split()
        self.section = words[0].lower()
        if self.section == "*network":
            self.is_aside = False
        elif self.section in _OTHERS:
            self.is_aside = True
            self.draft.note("N02", "I did not read a section that holds no ties.", row=line, found=words[0])
        elif self.is_aside:
            self.section = ""
        elif self.section == "*vertices":
            self._declare(words, line)
        elif self.section in _TIES or self.section == "*matrix":
            self.layer = next((word for word in words[1:] if word.startswith(":")), "")
        else:
            self.draft.note("N02", "I did not read a section that holds no ties.", row=line, found=words[0])

    def _declare(self, words: list[str], line: int) -> None:
        """Take the number of people, and of those of the first kind."""
        if self.n:
            self.draft.refuse("R39", "There is more than one network in it.", "Save each by itself.", row=line)
        self.n, self.n_first = (self._number(word, line) for word in [*words[1:3], "0", "0"][:2])
        most = self.declared.options.limits.nodes
        if self.n > most:
            hint = f"Allow more, if that is right: limits=tertius.intake.Limits(nodes={2 * self.n:_})."
            self.draft.refuse("R45", f"It declares more than the {most:,} people I read.", hint, row=line)
        if not self.n:
            self.draft.refuse("R02", "It declares no people.", _AGAIN, row=line)

    def _number(self, word: str, line: int) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", word):
            self.draft.refuse("R26", "Here stands a whole number.", _AGAIN, row=line, found=word)
        return int(word)

    def _vertex(self, text: str, line: int) -> None:
        word, *rest = text.split(maxsplit=1)
        number = self._person(word, line, "R37")
        label = _label(rest[0]) if rest else word
        if number in self.labels:
            told = f"The number {number} was given on line {self.labels[number][1]} already."
            self.draft.refuse("R20", told, _AGAIN, row=line)
        self.labels[number] = label, line

    def _person(self, word: str, line: int, code: str = "R22") -> int:
        number = self._number(word, line)
        if not 1 <= number <= self.n:
            told = f"The file declares people with the numbers 1 to {self.n}, and here is another."
            self.draft.refuse(code, told, _AGAIN, row=line, found=word)
        return number

    def _tie(self, text: str, line: int) -> None:
        words = text.split()
        directed = _TIES[self.section]
        if self.section.endswith("list"):
            ends = [self._person(word, line) for word in words]
            for other in ends[1:]:
                self._keep(ends[0], other, "1", line, directed)
            return
        if len(words) < 2:
            self.declared.tie(words[0], None, line, {}, None)
            return
        weight = words[2] if len(words) > 2 and not words[2].isalpha() and words[2][0] != "[" else "1"
        self._keep(self._person(words[0], line), self._person(words[1], line), weight, line, directed)

    def _matrix_row(self, text: str, line: int) -> None:
        self.row += 1
        cells = text.split()
        rows = self.n_first or self.n
        width = self.n - self.n_first if self.n_first else self.n
        if len(cells) != width or self.row > rows:
            told = f"The matrix has {rows} rows of {width} numbers."
            self.draft.refuse("R37", told, _AGAIN, row=line)
        for k, cell in enumerate(cells, 1 + self.n_first):
            if cell.strip("0.") or not cell.strip("."):
                self._keep(self.row, k, cell, line, not self.n_first)

    def _keep(self, u: int, v: int, weight: str, line: int, directed: bool) -> None:
        self.layers.add(self.layer)
        if len(self.layers) > 1:
            told = "It holds several relations, and I read one at a time."
            self.draft.refuse("R07", told, "Save each in a file of its own.", row=line)
        if self.n_first and (u <= self.n_first) == (v <= self.n_first):
            told = f"The file has two kinds, numbers up to {self.n_first} and above, and this tie joins two of one."
            self.draft.refuse("R39", told, _AGAIN, row=line)
        self.declared.tie(str(u), str(v), line, {"weight": weight}, False if self.n_first else directed)

    def people(self) -> None:
        for number in range(1, self.n + 1):
            label, line = self.labels.get(number, (str(number), 0))
            kind = "event" if self.n_first and number > self.n_first else "person"
            said = {"label": label, "kind": kind} if self.n_first else {"label": label}
            self.declared.person(str(number), line, said)


def parse(text: Text, draft: Draft, options: ReadOptions, me: str | None) -> Parsed:
    """Make a network of the file."""
    draft.evidence = "a network in Pajek's format"
    declared = Declared(draft, options, ids_are_numbers=True)
    reader = _Reader(declared, draft)
    for number, raw in enumerate(text.lines(), 1):
        reader.line(raw, number)
    if not reader.n:
        draft.refuse("R02", "There is no list of people in it.", _AGAIN)
    if reader.row and reader.row < (reader.n_first or reader.n):
        draft.refuse("R38", f"The matrix ends after {reader.row} rows.", _AGAIN)
    reader.people()
    made = declared.network(me, None)
    if reader.n_first:
        made.meta["relations"][0]["two_mode"] = True
    return made


def _label(text: str) -> str:
    """The label before places and colours: in quotation marks; or words up to two numbers, or the name of a colour.

    Examples
    --------
    >>> _label('"Ann Lee" 0.1 0.2'), _label("Ann Lee 0.1 0.2 0.5 ic Red"), _label("Team 7")
    ('Ann Lee', 'Ann Lee', 'Team 7')
    """
    if text.startswith('"'):
        return text[1:].partition('"')[0]
    words = text.split()
    for k in range(1, len(words) - 1):
        if words[k] in _DRAWN or (_NUMBER.fullmatch(words[k]) and _NUMBER.fullmatch(words[k + 1])):
            return " ".join(words[:k])
    return " ".join(words)
