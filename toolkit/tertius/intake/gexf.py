"""Networks in GEXF, versions 1.1 to 1.3, as Gephi writes them."""

from __future__ import annotations

from tertius.intake.declared import CANNOT_KNOW, Declared
from tertius.intake.names import plain
from tertius.intake.options import ReadOptions
from tertius.intake.parts import Parsed
from tertius.intake.report import Draft, plural
from tertius.intake.xml_walk import walk

__all__ = ["CANNOT_KNOW", "parse"]

DIRECTIONS = {"directed": True, "undirected": False, "mutual": False, "mixed": None}


class _Visitor:
    """Collects nodes and edges with their attributes; colours, places and times are passed over."""

    def __init__(self, declared: Declared, draft: Draft) -> None:
        self.declared, self.draft = declared, draft
        self.directed: bool | None = None
        self.n_graphs = 0
        self.open: list[str] = []
        self.of = ""
        self.titles: dict[tuple[str, str], str] = {}
        self.attribute = ("", "")
        self.defaults: dict[tuple[str, str], str] = {}
        self.element: dict[str, str] = {}
        self.line = 0
        self.said: dict[str, str] = {}
        self.has_times = False
        self.n_weighted = 0
        self.bare: list[dict[str, str]] = []

    def start(self, name: str, said: dict[str, str], line: int) -> None:
        if name == "graph":
            self.n_graphs += 1
            if self.n_graphs > 1:
                told = "There is more than one network in the file."
                self.draft.refuse("R39", told, "Save each in a file of its own.", row=line)
            self.directed = self._direction(said.get("defaultedgetype") or "undirected", line)
            self.has_times = said.get("mode") == "dynamic"
        elif name == "attributes":
            self.of = said.get("class", "")
        elif name == "attribute":
            self.attribute = self.of, said.get("id", "")
            self.titles[self.attribute] = said.get("title") or said.get("id", "")
        elif name in ("node", "edge"):
            if name in self.open:
                told = "A person lies within another, as a group."
                self.draft.refuse("R39", told, "Take the groups apart, and save again.", row=line)
            self.element, self.line, self.said = said, line, {}
        elif name == "attvalue":
            kind = "node" if "node" in self.open else "edge"
            key = said.get("for") or said.get("id", "")
            self.said.setdefault(self.titles.get((kind, key), key), said.get("value", "").strip())
        self.open.append(name)

    def _direction(self, word: str, line: int) -> bool | None:
        if word not in DIRECTIONS:
            told = "It says whether ties have a direction."
            self.draft.refuse("R40", told, 'It can be "directed" or "undirected".', row=line, found=word)
        return DIRECTIONS[word]

    def end(self, name: str, text: str, line: int) -> None:
        self.open.pop()
        if name == "default" and self.open and self.open[-1] == "attribute":
            self.defaults[self.attribute] = text.strip()
        elif name == "node":
            label = self.element.get("label", "")
            self.declared.person(self.element.get("id"), self.line, self._complete("node", {"label": label}))
        elif name == "edge":
            weight = self.element.get("weight", "").strip()
            if "weight" in self.element:
                # An attribute of the same name would be the weight again, as it changes over time.
                self.said = {word: value for word, value in self.said.items() if plain(word) != "weight"}
                self.n_weighted += 1
            said = self._complete("edge", {"weight": weight} if "weight" in self.element else {})
            word = self.element.get("type")
            directed = None if word is None else self._direction(word, self.line)
            ends = self.element.get("source"), self.element.get("target")
            self.declared.tie(*ends, self.line, said, directed)
            if not any(plain(word) == "weight" for word in said):
                self.bare.append(said)

    def weigh_the_bare(self, draft: Draft) -> None:
        """Give ties without weight the weight 1, as the format says, if others have one."""
        if self.n_weighted and self.bare:
            for said in self.bare:
                said["weight"] = "1"
            told = f"{plural(len(self.bare), 'tie has', 'ties have')} no weight, which in GEXF means 1."
            draft.note("N01", told, count=len(self.bare))

    def _complete(self, kind: str, first: dict[str, str]) -> dict[str, str]:
        said = {word: value for word, value in (first | self.said).items() if value or word == "weight"}
        for (what, id), value in self.defaults.items():
            if what == kind:
                said.setdefault(self.titles[what, id], value)
        return said


def parse(data: bytes, draft: Draft, options: ReadOptions, me: str | None) -> Parsed:
    """Make a network of the file."""
    draft.evidence = "a network in GEXF"
    declared = Declared(draft, options)
    visitor = _Visitor(declared, draft)
    walk(data, visitor, draft)
    if not visitor.n_graphs:
        draft.refuse("R02", "There is no network in the file.", "Look whether it was saved whole.")
    if options.missing_weight is None:
        visitor.weigh_the_bare(draft)
    if visitor.has_times:
        told = (
            "The network changes over time; I read all people and ties that it ever has as one, as they are at first."
        )
        draft.warn("N02", told)
    return declared.network(me, visitor.directed)
