"""Networks in GML: lists of words and values in square brackets."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from tertius.intake.declared import CANNOT_KNOW, Declared
from tertius.intake.options import ReadOptions
from tertius.intake.parts import Parsed
from tertius.intake.report import Draft
from tertius.intake.text import Text

__all__ = ["CANNOT_KNOW", "parse"]

DEEPEST = 100

_TOKEN = re.compile(r'"[^"]*"|[\[\]]|[^\s\[\]"]+|"')


def parse(text: Text, draft: Draft, options: ReadOptions, me: str | None) -> Parsed:
    """Make a network of the file."""
    draft.evidence = "a network in GML"
    declared = Declared(draft, options, ids_are_numbers=True)
    directed, n_graphs = False, 0
    for path, said, line in _blocks(text, draft):
        if path == ("graph",):
            n_graphs += 1
            if n_graphs > 1:
                draft.refuse(
                    "R39", "There is more than one network in it.", "Save each in a file of its own.", row=line
                )
            directed = said.get("directed", "0") == "1"
        elif path == ("graph", "node"):
            declared.person(said.pop("id", None), line, said)
        elif path == ("graph", "edge"):
            declared.tie(said.pop("source", None), said.pop("target", None), line, said, None)
        elif path[:1] == ("graph",) and path[-1] in ("node", "edge") and len(path) > 2:
            draft.refuse("R39", "One network lies within another.", "Take them apart, and save again.", row=line)
    if not n_graphs:
        draft.refuse("R02", "There is no network in the file.", "Look whether it was saved whole.")
    return declared.network(me, directed)


def _blocks(text: Text, draft: Draft) -> Iterator[tuple[tuple[str, ...], dict[str, str], int]]:
    """Each block in brackets when it ends: the words that lead to it, its own values, and the line where it begins."""
    stack: list[tuple[str, dict[str, str], int]] = []
    word, line = "", 1
    for token, line in _tokens(text, draft):
        if token == "[":
            if not word:
                draft.refuse("R07", "A bracket opens here, and no word says what is in it.", _AGAIN, row=line)
            if len(stack) >= DEEPEST:
                told = f"Brackets lie more than {DEEPEST} deep in each other."
                draft.refuse("R45", told, "This limit cannot be raised; no network needs it.", row=line)
            stack.append((word, {}, line))
            word = ""
        elif token == "]":
            if word or not stack:
                draft.refuse("R07", "A bracket closes here that should not.", _AGAIN, row=line)
            _, said, begun = stack[-1]
            path = tuple(name for name, _, _ in stack)
            stack.pop()
            yield path, said, begun
        elif not word:
            word = token.lower()
        else:
            if stack:
                value = html.unescape(token[1:-1]) if token.startswith('"') else token
                stack[-1][1].setdefault(word, value)
            word = ""
    if stack or word:
        draft.refuse("R38", f"The file ends too early; I read up to line {line}.", _AGAIN, row=line)


_AGAIN = "Save the network again from the program that made it."


def _tokens(text: Text, draft: Draft) -> Iterator[tuple[str, int]]:
    line, rest, begun = 0, "", 0
    for raw in text.lines():
        line += 1
        if rest:
            # A quoted text goes on over this line.
            rest += raw
            if '"' not in raw:
                continue
            raw, rest = rest, ""
        elif raw.lstrip().startswith("#"):
            continue
        else:
            begun = line
        if line % 8192 == 0:
            draft.check_time()
        for match in _TOKEN.finditer(raw):
            if match.group() == '"':
                rest = raw[match.start() :]
                break
            yield match.group(), begun
    if rest:
        draft.refuse("R13", "A quotation mark opens here and does not close.", _AGAIN, row=begun)
