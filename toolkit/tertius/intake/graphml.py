"""Networks in GraphML, as yEd, Gephi, igraph and networkx write them."""

from __future__ import annotations

from tertius.intake.declared import CANNOT_KNOW, Declared
from tertius.intake.options import ReadOptions
from tertius.intake.parts import Parsed
from tertius.intake.report import Draft
from tertius.intake.xml_walk import walk

__all__ = ["CANNOT_KNOW", "parse"]


class _Visitor:
    """Collects nodes and edges with their data."""

    def __init__(self, declared: Declared, draft: Draft) -> None:
        self.declared, self.draft = declared, draft
        self.directed: bool | None = None
        self.n_graphs = 0
        self.open: list[str] = []
        self.keys: dict[str, str] = {}
        self.defaults: dict[tuple[str, str], str] = {}
        self.key: tuple[str, str] = ("", "")
        self.element: dict[str, str] = {}
        self.line = 0
        self.said: dict[str, str] = {}
        self.data_key = ""

    def start(self, name: str, said: dict[str, str], line: int) -> None:
        if name == "graph":
            self._begin_graph(said, line)
        elif name == "hyperedge":
            told = "A tie among more than two people is no tie of a network here."
            self.draft.refuse("R39", told, "Turn it into ties between two, and save again.", row=line)
        elif name == "key":
            self.keys[said.get("id", "")] = said.get("attr.name") or said.get("yfiles.type") or said.get("id", "")
            self.key = said.get("for", "all"), said.get("id", "")
        elif name in ("node", "edge"):
            self.element, self.line, self.said = said, line, {}
        elif name == "data":
            self.data_key = said.get("key", "")
        self.open.append(name)

    def _begin_graph(self, said: dict[str, str], line: int) -> None:
        self.n_graphs += 1
        if "graph" in self.open or self.n_graphs > 1:
            told = "There is more than one network in the file, or one within another."
            self.draft.refuse("R39", told, "Save each in a file of its own.", row=line)
        word = said.get("edgedefault")
        if word not in ("directed", "undirected", None):
            told = "edgedefault says whether ties have a direction."
            self.draft.refuse("R40", told, 'It can be "directed" or "undirected".', row=line, found=word)
        self.directed = None if word is None else word == "directed"

    def end(self, name: str, text: str, line: int) -> None:
        self.open.pop()
        if name == "default" and self.open and self.open[-1] == "key":
            self.defaults[self.key] = text
        elif name == "data" and self.open and self.open[-1] in ("node", "edge"):
            self.said.setdefault(self.keys.get(self.data_key, self.data_key), text.strip())
        elif name in ("NodeLabel", "label") and "node" in self.open:
            self.said.setdefault("label", text.strip())
        elif name == "node":
            self.declared.person(self.element.get("id"), self.line, self._with_defaults("node"))
        elif name == "edge":
            word = self.element.get("directed")
            directed = None if word is None else word.strip().lower() in ("true", "1")
            ends = self.element.get("source"), self.element.get("target")
            self.declared.tie(*ends, self.line, self._with_defaults("edge"), directed)

    def _with_defaults(self, kind: str) -> dict[str, str]:
        said = {word: value for word, value in self.said.items() if value}
        for (what, id), value in self.defaults.items():
            if what in (kind, "all"):
                said.setdefault(self.keys[id], value.strip())
        return said


def parse(data: bytes, draft: Draft, options: ReadOptions, me: str | None) -> Parsed:
    """Make a network of the file."""
    draft.evidence = "a network in GraphML"
    declared = Declared(draft, options)
    visitor = _Visitor(declared, draft)
    walk(data, visitor, draft)
    if not visitor.n_graphs:
        draft.refuse("R02", "There is no network in the file.", "Look whether it was saved whole.")
    return declared.network(me, visitor.directed)
