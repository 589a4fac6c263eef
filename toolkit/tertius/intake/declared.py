"""Files that declare their people and then their ties, each tie between two who were declared.

Several programs read such files and say nothing of ends that nobody declared, of ids that stand twice, and of weights
that are no numbers. Here each is found before anything is made of the file, with its line.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import numpy as np

from tertius.intake import weights
from tertius.intake.columns import COUNT_HEADERS, WEIGHT_HEADERS
from tertius.intake.edges import Edges, network
from tertius.intake.names import folded, masked, names_nobody, plain, readable, tidy
from tertius.intake.options import ReadOptions
from tertius.intake.parts import Parsed
from tertius.intake.people import People
from tertius.intake.report import Draft, cut, plural

PARTS = ("kind", "organisation", "sector", "role", "group", "location")
"""What is read of a person beside id and label, where the file calls it so."""

LABELS = ("label", "name")

CANNOT_KNOW = (
    "Whether two people without a tie are strangers, or nobody asked.",
    "When the ties were made, and how their weights were measured.",
)


class Declared:
    """People and ties as a file declares them.

    Parameters
    ----------
    draft : Draft
    options : ReadOptions
    ids_are_numbers : bool
        Whether ids only count people, so that labels serve better, if each has one of its own.
    """

    def __init__(self, draft: Draft, options: ReadOptions, *, ids_are_numbers: bool = False) -> None:
        self.draft, self.options = draft, options
        self.ids_are_numbers = ids_are_numbers
        self.people: dict[str, tuple[int, dict[str, str]]] = {}
        self._ends: list[tuple[str, str]] = []
        self._lines: list[int] = []
        self._said: list[Mapping[str, str]] = []
        self._directions: list[bool | None] = []
        self._unread: dict[str, None] = {}
        self._repeated: list[int] = []
        self._endless: list[int] = []

    def person(self, id: str | None, line: int, said: Mapping[str, str]) -> None:
        """Declare somebody, with what is said of them."""
        name = tidy(id or "")
        if names_nobody(name):
            expected = "A person is declared here without an id, so no tie can name them."
            self.draft.refuse("R14", expected, "Save the network again from the program that made it.", row=line)
        kept = {}
        for word, value in said.items():
            part = plain(word)
            part = "organisation" if part == "organization" else part
            if part in PARTS or part in LABELS:
                kept.setdefault("label" if part in LABELS else part, tidy(readable(value)))
            elif word:
                self._unread[word] = None
        if name in self.people:
            before, others = self.people[name]
            if others != kept:
                expected = (
                    f"The same id is declared {self.draft.at(before)} with other details, so it may be two people."
                )
                self.draft.refuse("R20", expected, "Give each an id of its own.", row=line, found=masked(name))
            self._repeated.append(line)
            return
        if len(self.people) >= self.options.limits.nodes:
            self.draft.refuse_more("people", "nodes", self.options.limits.nodes, row=line)
        self.people[name] = line, kept

    def tie(
        self, source: str | None, target: str | None, line: int, said: Mapping[str, str], directed: bool | None
    ) -> None:
        """Declare a tie, with what is said of it, and its direction if that is its own."""
        self.draft.n_records += 1
        if self.draft.n_records > self.options.limits.ties:
            self.draft.refuse_more("ties", "ties", self.options.limits.ties, row=line)
        if self.draft.n_records % 4096 == 0:
            self.draft.check_time()
        ends = tidy(source or ""), tidy(target or "")
        if not all(ends):
            self._endless.append(line)
            return
        self._ends.append(ends)
        self._lines.append(line)
        self._said.append(said)
        self._directions.append(directed)

    def network(self, me: str | None, directed: bool | None) -> Parsed:
        """Make the network; ``directed`` is what the file says of all ties that say nothing themselves."""
        draft, options = self.draft, self.options
        if not self.people:
            draft.refuse("R02", "The file declares nobody.", "Look whether it was saved, and is the right one.")
        self._tell_skipped()
        self._check_ends()
        column = self._weight_column()
        names = self._names()
        people = People(draft, options.limits.nodes)
        position = {id: people.add(name, self.people[id][0], "id") for id, name in names.items()}
        cells = [tidy(said.get(column, "")) if column else "" for said in self._said]
        weight = weights.parse(cells, self._lines, column, draft, options.decimal) if column else None
        direction = self._direction(directed)
        people.tell(declared=True)
        self._tell_unread(column)
        ends = np.array([[position[u], position[v]] for u, v in self._ends], np.int64).reshape(-1, 2)
        n = len(ends)
        edges = Edges(
            ends[:, 0],
            ends[:, 1],
            np.full(n, np.nan) if weight is None else weight,
            np.array(self._lines, np.int64),
            np.ones(n, np.int64),
        )
        made = network(
            edges,
            people,
            draft,
            options,
            self._named(me, names),
            directed=direction,
            weight_column=column,
            weight_counts=plain(column) in COUNT_HEADERS,
        )
        said = [kept for _, kept in self.people.values()]
        labels = [one.get("label") or shown for one, shown in zip(said, made.nodes["label"], strict=True)]
        nodes = made.nodes.assign(label=labels)
        for part in PARTS:
            if any(one.get(part) for one in said):
                nodes[part] = [one.get(part) or ("person" if part == "kind" else "") for one in said]
        return Parsed(nodes, made.ties, made.meta)

    def _named(self, me: str | None, names: Mapping[str, str]) -> str | None:
        """The owner, whom the call may name by id or by a label that only one person has."""
        if me is None or me in names:
            return names.get(me)
        labelled = [id for id, (_, kept) in self.people.items() if kept.get("label") == tidy(me)]
        return names[labelled[0]] if len(labelled) == 1 else me

    def _tell_skipped(self) -> None:
        draft = self.draft
        if self._repeated:
            told = f"{plural(len(self._repeated), 'person', 'people')} declared twice with the same details; kept once."
            draft.warn("R19", told, row=self._repeated[0], count=len(self._repeated))
        n = len(self._endless)
        draft.skip("tie without both ends", n)
        if n * 5 > draft.n_records:
            told = f"{n:,} of {plural(draft.n_records, 'tie')} lack an end, more than a fifth."
            draft.refuse("R36", told, "Save the network again from the program that made it.", row=self._endless[0])
        if n:
            draft.warn("R16", f"{plural(n, 'tie')} without both ends left out.", row=self._endless[0], count=n)

    def _check_ends(self) -> None:
        for (u, v), line in zip(self._ends, self._lines, strict=True):
            for end in (u, v):
                if end not in self.people:
                    near = next((id for id in self.people if folded(id) == folded(end)), None)
                    hint = f"There is {masked(near)!r} {self.draft.at(self.people[near][0])}. " if near else ""
                    self.draft.refuse(
                        "R22",
                        "A tie names somebody whom the file does not declare.",
                        f"{hint}Declare everybody, or save the network again from the program that made it.",
                        row=line,
                        found=masked(end),
                    )

    def _names(self) -> dict[str, str]:
        """What each id becomes: itself, or the label where ids are only numbers and labels tell all apart."""
        labels = [kept.get("label", "") for _, kept in self.people.values()]
        if self.ids_are_numbers and not any(map(names_nobody, labels)):
            if len({folded(label) for label in labels}) == len(labels):
                return dict(zip(self.people, labels, strict=True))
            twice = [label for label, times in Counter(map(folded, labels)).items() if times > 1]
            line = next(line for line, kept in self.people.values() if folded(kept["label"]) == twice[0])
            told = "Several people have the same label; I kept them apart by their numbers."
            self.draft.warn("R21", told, row=line, count=len(twice))
        return {id: id for id in self.people}

    def _weight_column(self) -> str:
        if self.options.unit == "binary" and self.options.weight is None:
            return ""
        words = list(dict.fromkeys(word for said in self._said for word in said))
        wanted = self.options.weight
        if wanted is not None:
            found = [word for word in words if plain(word) == plain(wanted)]
            if not found:
                shown = ", ".join(repr(cut(word)) for word in words[:8]) or "nothing"
                expected = f"You named {cut(wanted)!r} as weight, and ties have {shown}."
                self.draft.refuse("R14", expected, "Name one of these, or leave weight= out.")
            return found[0]
        found = [word for word in words if plain(word) in WEIGHT_HEADERS]
        exact = [word for word in found if plain(word) == "weight"]
        if len(found) > 1 and len(exact) != 1:
            choices = " and ".join(repr(cut(word)) for word in found)
            hint = f"Tell me: {self.draft.call(weight=found[0])}."
            self.draft.refuse("R07", f"Several details of a tie could be the weight: {choices}.", hint)
        return (exact or found or [""])[0]

    def _direction(self, otherwise: bool | None) -> bool | None:
        if self.options.directed is not None:
            return self.options.directed
        said = {otherwise if one is None else one for one in self._directions} or {otherwise}
        if len(said) > 1:
            other = next(
                line for line, one in zip(self._lines, self._directions, strict=True) if one not in (None, otherwise)
            )
            self.draft.refuse(
                "R40",
                "Some ties are directed and some undirected, and a network is one or the other.",
                f"Save them in two files, or read all as one: {self.draft.call(directed=False)}.",
                row=other,
            )
        return said.pop()

    def _tell_unread(self, column: str) -> None:
        for said in self._said:
            self._unread.update(dict.fromkeys(word for word in said if word != column and word))
        unread = [word for word in self._unread if plain(word) not in ("id", "source", "target")]
        if unread:
            shown = ", ".join(repr(cut(word)) for word in unread[:8]) + (" and more" if len(unread) > 8 else "")
            self.draft.note("N02", f"I did not read {shown}.")
