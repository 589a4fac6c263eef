"""Address books saved as tables: from records to contacts, by a table of headers for each part of an entry."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from types import MappingProxyType
from typing import NamedTuple

from tertius.intake import dates
from tertius.intake.contacts import Contact, given_labels, refuse_if_much_is_lost
from tertius.intake.names import ERROR_CELL, plain, tidy
from tertius.intake.options import ReadOptions
from tertius.intake.report import Draft, cut

WITHIN = 20
"""How many records from the start the header may be: some exports begin with notes."""


MOST_COLUMNS = 1_000
"""No export has more, and looking through them would take long."""


class Headers(NamedTuple):
    """Which headers an export has, each in the languages that are known, without case, accents and signs.

    Attributes
    ----------
    parts : mapping
        Part of a contact ("first", "last", "name", "organisation", "role", "location", "url", "emails", "groups",
        "since") to its headers. Of ``emails`` all columns are read, of the others the first that is there.
    needed : tuple of tuple of str
        Parts that tell this export from others; one of these sets must be there in full.
    separator : str
        What stands between several values in one cell.
    right_of : mapping
        Headers that mean something else too, and are this part only to the right of another part.
    is_dated : bool
        Whether the export always says since when, so that such a column is found by its content if need be.
    """

    parts: Mapping[str, tuple[str, ...]]
    needed: tuple[tuple[str, ...], ...]
    separator: str = ""
    right_of: Mapping[str, str] = MappingProxyType({})
    is_dated: bool = False

    def fit(self, cells: list[str]) -> bool:
        """Whether a record is the header of such an export."""
        if len(cells) > MOST_COLUMNS:
            return False
        there = self.places(cells)
        return any(all(part in there for part in parts) for parts in self.needed)

    def places(self, cells: list[str]) -> dict[str, list[int]]:
        """The columns of each part."""
        found = [plain(cell) for cell in cells]
        places = {
            part: [k for header in headers for k, cell in enumerate(found) if re.fullmatch(header, cell)]
            for part, headers in self.parts.items()
        }
        for header, other in self.right_of.items():
            first = min(places[other], default=len(found))
            for columns in places.values():
                columns[:] = [k for k in columns if found[k] != header or k > first]
        return {part: columns for part, columns in places.items() if columns}


def contacts(
    records: Iterable[tuple[int, list[str]]], headers: Headers, draft: Draft, options: ReadOptions
) -> Iterator[Contact]:
    """Yield the contacts of an export.

    The header may come after notes. Cells of other columns, such as remarks, are passed over. A record that is longer
    than the header, with something in the cells that are too many, is lost: its cells have moved.
    """
    stream = iter(records)
    for _, cells in islice(stream, WITHIN):
        if headers.fit(cells):
            break
    else:
        draft.refuse(
            "R14",
            "The header that such an export has is not there.",
            "Export the file again with the account's language set to English, and do not edit it in between.",
        )
    names = [tidy(cell) for cell in cells]
    places = headers.places(cells)
    draft.evidence = f"a table with the columns {', '.join(repr(cut(names[k])) for k in sorted(_firsts(places))[:6])}"
    rows, lost = [], []
    for line, cells in stream:
        if len(cells) > len(names) and any(map(str.strip, cells[len(names) :])):
            lost.append(line)
        else:
            rows.append((line, cells + [""] * (len(names) - len(cells))))
        if len(rows) % 1024 == 0:
            draft.check_time()
    draft.n_records += len(lost)
    if headers.is_dated and "since" not in places and rows:
        places |= _dated(rows, places, draft)
    days = _days(rows, places, names, draft, options)
    for (line, cells), day in zip(rows, days, strict=True):
        yield _contact(line, cells, places, headers.separator, day)
    if not rows and not lost:
        draft.refuse("R02", "There is a header and nothing below it.", "Look whether the export was complete.")
    refuse_if_much_is_lost({"row of another length": lost}, draft)


def _firsts(places: dict[str, list[int]]) -> list[int]:
    return [columns[0] for columns in places.values()]


def _dated(rows: list[tuple[int, list[str]]], places: dict[str, list[int]], draft: Draft) -> dict[str, list[int]]:
    """The last column that is no other part and holds days in most of its cells."""
    taken = {k for columns in places.values() for k in columns}
    for k in reversed(range(min(len(cells) for _, cells in rows))):
        filled = [cells[k] for _, cells in rows if cells[k].strip()]
        if k not in taken and sum(map(dates.is_day, filled)) * 2 > len(filled):
            return {"since": [k]}
    draft.warn("R35", "No column holds dates that I can read, so I kept all records without a date.")
    return {}


def _days(rows: list, places: dict[str, list[int]], names: list[str], draft: Draft, options: ReadOptions) -> list:
    if "since" not in places:
        return [None] * len(rows)
    k = places["since"][0]
    return dates.parse([cells[k] for _, cells in rows], [line for line, _ in rows], names[k], draft, options.date_order)


def _contact(line: int, cells: list[str], places: dict[str, list[int]], separator: str, day: object) -> Contact:
    def all_of(part: str) -> list[str]:
        values = [cells[k] for k in places.get(part, ())]
        if separator:
            values = [value for cell in values for value in cell.split(separator)]
        return [value for value in map(tidy, values) if value and not ERROR_CELL.fullmatch(value)]

    def first_of(part: str) -> str:
        return next(iter(all_of(part)), "")

    name = " ".join(filter(None, (first_of("first"), first_of("middle"), first_of("last")))) or first_of("name")
    organisation = first_of("organisation")
    return Contact(
        line=line,
        name=name,
        organisation=organisation,
        role=first_of("role"),
        location=first_of("location"),
        url=first_of("url"),
        emails=all_of("emails"),
        groups=given_labels(all_of("groups")),
        since=day,
        is_organisation=bool(organisation) and not name,
    )
