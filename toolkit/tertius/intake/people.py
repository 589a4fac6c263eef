"""The people whom a file names: each checked once, kept as written, in the order of first appearance."""

from __future__ import annotations

import re
from typing import NoReturn

from tertius.intake.names import (
    ERROR_CELL,
    LOST_DIGITS,
    WORDS_FOR_NOTHING,
    folded,
    is_control,
    masked,
    names_nobody,
    readable,
    tidy,
)
from tertius.intake.report import Draft, plural

ID_CHARACTERS = 200
"""The longest name a person can have; part of the data model, so it cannot be raised."""


class People:
    """The people named so far.

    Attributes
    ----------
    ids : list of str
        Trimmed, with accents in one form; otherwise as in the file.
    lines : list of int
        Where each is named first.
    known : dict
        The position of the person for every spelling of a cell that was seen, so that each is looked at once;
        ``None`` for a cell that names nobody.
    """

    def __init__(self, draft: Draft, limit: int) -> None:
        self.draft = draft
        self.limit = limit
        self.ids: list[str] = []
        self.lines: list[int] = []
        self.known: dict[str, int | None] = {}

    def __len__(self) -> int:
        return len(self.ids)

    def add(self, cell: str, line: int, column: str) -> int | None:
        """Return the position of the person whom a cell names, ``None`` if it names nobody; refuse what is no name."""
        name = tidy(cell)
        if name not in self.known:
            self._check(name, line, column)
            self.known[name] = None
            if not names_nobody(name):
                self.known[name] = len(self.ids)
                self.ids.append(name)
                self.lines.append(line)
        self.known[cell] = self.known[name]
        return self.known[name]

    def _check(self, name: str, line: int, column: str) -> None:
        if len(self.ids) >= self.limit:
            self.draft.refuse_more("people", "nodes", self.limit, row=line)
        if not name.isprintable() and any(map(is_control, name)):
            self._refuse_control(name, line, column)
        place = {"row": line, "column": column}
        if len(name) > ID_CHARACTERS:
            self.draft.refuse(
                "R45",
                f"A name has at most {ID_CHARACTERS} characters, and this one has {len(name):,}.",
                "This limit cannot be raised; look whether the column holds names.",
                found=masked(name),
                **place,
            )
        if LOST_DIGITS.fullmatch(name):
            self.draft.refuse(
                "R18",
                "A spreadsheet has cut a long number down to this, so it no longer tells who it is.",
                "Go back to the source, format the column as text, and save the CSV again.",
                found=name,
                **place,
            )
        if ERROR_CELL.fullmatch(name):
            hint = "Mend the formula in the spreadsheet and save the CSV again."
            self.draft.refuse("R44", "It is a spreadsheet's error, not a name.", hint, found=name, **place)

    def _refuse_control(self, name: str, line: int, column: str) -> NoReturn:
        place = {"row": line, "column": column, "found": masked(name)}
        if "\n" in name or "\r" in name:
            expected = "A quotation mark opens here and swallows the end of the line."
            self.draft.refuse("R13", expected, "Close it, or take it out.", **place)
        self.draft.refuse(
            "R10",
            "The name holds a character that can be neither seen nor typed.",
            "Type the name anew in that cell and save the CSV again.",
            **place,
        )

    @property
    def labels(self) -> list[str]:
        """The names as they are shown."""
        return [readable(name).strip() for name in self.ids]

    def tell(self, declared: bool = False) -> None:
        """Say in the report what is odd about the names, all of which are kept; and if nobody declared them."""
        if not declared:
            count = plural(len(self), "person", "people")
            self.draft.note("R22", f"There is no file of people: the {count} are those whom the lines name.")
        turned = [k for k, label in enumerate(self.labels) if label != self.ids[k]]
        if turned:
            expected = "Marks that turn the direction of the text were taken out of the label."
            self.draft.warn("R10", expected, **self._place(turned))
        damaged = [k for k, name in enumerate(self.ids) if "\ufffd" in name]
        if damaged:
            expected = "The sign \ufffd stands where an earlier program lost a letter."
            self.draft.warn("R08", expected, "Mend the name at its source.", **self._place(damaged))
        nothing = [k for k, name in enumerate(self.ids) if name.casefold() in WORDS_FOR_NOTHING]
        if nothing:
            place = {**self._place(nothing), "found": self.ids[nothing[0]]}
            self.draft.note("R17", "I read it as a name, not as an empty cell.", **place)
        digits = [k for k, name in enumerate(self.ids) if re.fullmatch(r"0[0-9]+|[0-9]{12,}", name)]
        if digits:
            self.draft.note("R18", "I read it as a name, every digit as it stands.", **self._place(digits))
        several = [k for k, name in enumerate(self.ids) if self._are_several(name)]
        if several:
            expected = "It could be several people, each of whom is named elsewhere too; I took it for one name."
            self.draft.warn("N04", expected, "If they are several, write a line for each.", **self._place(several))
        self._tell_lookalikes()

    def _are_several(self, name: str) -> bool:
        """Whether a name is made of the names of others."""
        parts = [part for part in map(str.strip, re.split(r"[,;|/&+]| and ", name)) if part]
        return len(parts) > 1 and all(self.known.get(part) is not None for part in parts)

    def _place(self, people: list[int]) -> dict:
        return {"row": self.lines[people[0]], "found": masked(self.ids[people[0]]), "count": len(people)}

    def _tell_lookalikes(self) -> None:
        first: dict[str, int] = {}
        pairs = [(first[key], k) for k, name in enumerate(self.ids) if first.setdefault(key := folded(name), k) != k]
        if not pairs:
            return
        shown = [
            f"{masked(self.ids[a])!r} {self.draft.at(self.lines[a])} and "
            f"{masked(self.ids[b])!r} {self.draft.at(self.lines[b])}"
            for a, b in pairs[:3]
        ]
        if len(pairs) > 3:
            shown.append(f"and {len(pairs) - 3:,} more")
        self.draft.warn(
            "R21",
            f"{plural(len(pairs), 'pair')} of names differ only in capitals, spaces or accents: {'; '.join(shown)}. "
            "I took them as different people.",
            "If they are the same, write them in one way.",
            row=self.lines[pairs[0][1]],
            count=len(pairs),
        )
