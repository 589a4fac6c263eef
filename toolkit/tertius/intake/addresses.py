"""Who is behind the addresses of a mailbox, calendar or list of messages: each is one person, unless told otherwise."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from tertius.intake.contacts import (
    LABEL_CHARACTERS,
    load_key,
    named_apart,
    own_identifiers,
    remember,
)
from tertius.intake.names import folded, readable, tidy
from tertius.intake.options import ReadOptions
from tertius.intake.report import Draft, plural
from tertius.privacy import codes

ME = -1
"""The position of the owner, who is nobody's contact."""


class Addresses:
    """The people met so far, each a position; the owner is `ME`.

    Parameters
    ----------
    me : list of str
        The owner's own addresses, profiles or name.
    draft : Draft
    options : ReadOptions
        ``merge`` says which addresses, or code names made of them, are one person.

    Attributes
    ----------
    same_as : dict
        Identifiers that stand for others, such as a profile for the e-mail address that another file has of it.
    """

    def __init__(self, me: list[str], draft: Draft, options: ReadOptions) -> None:
        self.draft, self.options = draft, options
        self.mine = own_identifiers(me)
        self.same_as: dict[tuple[str, str], tuple[str, str]] = {}
        self.identifiers: list[tuple[str, str]] = []
        self.names: list[str] = []
        self._position: dict[tuple[str, str], int] = {}
        self._group: dict[tuple[str, str] | str, int] = {}
        for number, group in enumerate(options.merge):
            for word in group:
                found = own_identifiers([word]) if "@" in word or "/" in word else {word}
                self._group.update(dict.fromkeys(found, number))
        self._key = load_key(draft) if options.merge else None
        self._first_of_group: dict[int, int] = {}
        self._merged = 0

    def __len__(self) -> int:
        return len(self.identifiers)

    def find(self, identifier: tuple[str, str], name: str = "") -> int:
        """Return whose identifier it is; somebody new is added, with the first name that is not empty."""
        if identifier in self.mine:
            return ME
        identifier = self.same_as.get(identifier, identifier)
        position = self._position.get(identifier)
        if position is None:
            position = self._position[identifier] = self._add(identifier)
        if name and not self.names[position]:
            self.names[position] = tidy(readable(name))[:LABEL_CHARACTERS]
        return position

    def _add(self, identifier: tuple[str, str]) -> int:
        group = self._group.get(identifier)
        if group is None and self._group:
            group = self._group.get(codes.codes([identifier], self._key)[0])
        if group is not None and group in self._first_of_group:
            self._merged += 1
            return self._first_of_group[group]
        if len(self.identifiers) >= self.options.limits.nodes:
            self.draft.refuse_more("people", "nodes", self.options.limits.nodes)
        self.identifiers.append(identifier)
        self.names.append("")
        if group is not None:
            self._first_of_group[group] = len(self.identifiers) - 1
        return len(self.identifiers) - 1

    def code_names(self, people: Sequence[int]) -> list[str]:
        """Give these people code names, remember who they are, and tell who may be one person."""
        made = named_apart([self.identifiers[k] for k in people], self.draft)
        shown = [self.names[k] or self.identifiers[k][1] for k in people]
        remember(dict(zip(made, shown, strict=True)), self.options, self.draft)
        if self._merged:
            told = f"As you said, I took {plural(self._merged, 'address', 'addresses')} for one of another person's."
            self.draft.note("N04", told, count=self._merged)
        alike = defaultdict(list)
        for code, k in zip(made, people, strict=True):
            name = self.names[k]
            if len(name.split()) > 1 and "@" not in name:
                alike[folded(name)].append(code)
        pairs = [group for group in alike.values() if len(group) > 1]
        if pairs:
            words = ", ".join(map(repr, pairs[0]))
            self.draft.note(
                "N04",
                f"{plural(len(pairs), 'name stands', 'names stand')} beside several addresses, which may be one "
                "person's or not; I kept them apart.",
                f"If the first are one person's: {self.draft.call(merge=[list(pairs[0])])}."
                if len(words) < 200
                else "To join them, use merge=.",
                count=len(pairs),
            )
        return made
