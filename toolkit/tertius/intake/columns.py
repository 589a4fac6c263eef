"""Which column of an edge list is what: found by header, or by position where there clearly is none."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from typing import NamedTuple, NoReturn

from tertius.intake import sniff
from tertius.intake.names import plain, tidy
from tertius.intake.options import ReadOptions
from tertius.intake.report import Draft, cut
from tertius.intake.text import DELIMITERS
from tertius.intake.weights import without_gaps

_STEMS = ("name", "node", "person", "actor", "member", "employee", "id")

PAIRS = (
    ("source", "target"),
    ("from", "to"),
    ("ego", "alter"),
    ("person", "contact"),
    ("sender", "receiver"),
    ("sender", "recipient"),
    ("giver", "receiver"),
    ("sourceid", "targetid"),
    ("fromid", "toid"),
    ("vertex1", "vertex2"),
    ("quelle", "ziel"),
    ("von", "nach"),
    ("von", "an"),
    ("source", "cible"),
    ("de", "a"),
    ("de", "vers"),
    ("origen", "destino"),
    ("desde", "hasta"),
    ("origem", "destino"),
    ("de", "para"),
    ("origine", "destinazione"),
    ("da", "a"),
    ("bron", "doel"),
    ("van", "naar"),
    *((stem + first, stem + second) for stem in _STEMS for first, second in (("1", "2"), ("a", "b"))),
)
"""Headers of the two columns of people, without case, accents, spaces and signs, in several languages."""

_COUNTS = (
    "count counts number times frequency messages emails meetings calls contacts interactions anzahl haufigkeit "
    "frequence frecuencia frequenza frequencia cantidad aantal"
)
_WEIGHTS = (
    "weight weights strength tiestrength tieweight edgeweight closeness value rating score intensity gewicht starke "
    "poids force peso pesos fuerza forza forca sterkte"
)

COUNT_HEADERS = _COUNTS.split()
"""Headers of a column that counts contacts."""

WEIGHT_HEADERS = _WEIGHTS.split() + COUNT_HEADERS
"""Headers of a column of weights."""


class Columns(NamedTuple):
    """Which column is what; positions count from 0."""

    names: list[str]
    has_header: bool
    source: int
    target: int
    weight: int | None

    @property
    def width(self) -> int:
        """How many cells a record has."""
        return len(self.names)

    @property
    def unread(self) -> list[int]:
        """The columns that hold neither people nor the weight."""
        return [k for k in range(self.width) if k not in (self.source, self.target, self.weight)]

    @property
    def weight_counts(self) -> bool:
        """Whether the header says that the weight is a number of contacts."""
        return self.weight is not None and plain(self.names[self.weight]) in COUNT_HEADERS


def is_header(cells: list[str]) -> bool:
    """Whether a record names the two columns of people.

    Examples
    --------
    >>> is_header(["Source", "TARGET", "closeness"]), is_header(["Ann", "Bo"])
    (True, False)
    """
    return bool(_pairs_in(cells))


def _pairs_in(cells: list[str]) -> list[tuple[str, str]]:
    """The pairs of headers that are there; DE and A are more likely two countries than from and to in French."""
    written = {plain(cell): cell for cell in cells}
    there = [pair for pair in PAIRS if pair[0] in written and pair[1] in written]
    return [pair for pair in there if len(pair[0]) > 2 or not (written[pair[0]] + written[pair[1]]).isupper()]


def find(sample: list[tuple[int, list[str]]], draft: Draft, options: ReadOptions) -> Columns:
    """Say which column is what, from the first records.

    Parameters
    ----------
    sample : list
        The first records, as pairs of line and cells.
    draft : Draft
        Takes the notes; refuses where the columns would have to be guessed.
    options : ReadOptions
        ``header``, ``source``, ``target`` and ``weight`` settle what is open.
    """
    line, first = sample[0]
    rows = [cells for _, cells in sample]
    names = [tidy(cell) for cell in first]
    while len(names) > 1 and not names[-1]:
        names.pop()
    is_told = bool(options.header) or options.source is not None or options.weight is not None
    if is_told or (options.header is None and is_header(names)):
        columns = _by_header(names, line, draft, options)
        if len(rows) == 1:
            hint = "Add a line for each tie, or look whether the file was saved."
            draft.refuse("R02", "There is a header and nothing below it.", hint, row=line)
    else:
        columns = _by_position(names, rows, line, draft, options)
    draft.evidence = _evidence(columns)
    return columns


# --- by header --------------------------------------------------------------------------------------------------


def _by_header(names: list[str], line: int, draft: Draft, options: ReadOptions) -> Columns:
    for name, times in Counter(filter(None, names)).items():
        if times > 1:
            expected = f"{times} columns have this name, so I cannot tell them apart."
            draft.refuse("R15", expected, "Give each column a name of its own.", row=line, column=name)
    headers = [plain(name) for name in names]
    pairs = _pairs_in(names)
    if options.source is not None and options.target is not None:
        source = _named(options.source, "source", names, line, draft)
        target = _named(options.target, "target", names, line, draft)
        if source == target:
            draft.refuse("R14", "source and target name the same column.", "Name two columns.", row=line)
    elif len(pairs) > 1:
        (a, b), (c, d) = ([names[headers.index(word)] for word in pair] for pair in pairs[:2])
        expected = f"The two people could be in {cut(a)!r} and {cut(b)!r}, or in {cut(c)!r} and {cut(d)!r}."
        draft.refuse("R07", expected, f"Tell me: {draft.call(source=a, target=b)}.", row=line)
    elif pairs:
        source, target = (headers.index(word) for word in pairs[0])
    elif options.header and len(names) == 2:
        source, target = 0, 1
    else:
        _refuse_names(names, line, draft)
    weight = _weight(names, headers, (source, target), line, draft, options)
    return Columns(names, True, source, target, weight)


def _named(wanted: str, setting: str, names: list[str], line: int, draft: Draft) -> int:
    """The column that the call names, in the same or another case."""
    if tidy(wanted) in names:
        return names.index(tidy(wanted))
    alike = [k for k, name in enumerate(names) if plain(name) and plain(name) == plain(wanted)]
    if len(alike) == 1:
        return alike[0]
    near = difflib.get_close_matches(plain(wanted), [plain(name) for name in names], n=1, cutoff=0.5)
    hint = next((f"The nearest is {cut(name)!r}." for name in names if near and plain(name) == near[0]), "")
    expected = f"You named the column {cut(wanted)!r} as {setting}, and there is none. {_listed(names)}"
    draft.refuse("R14", expected, hint, row=line)


def _weight(
    names: list[str], headers: list[str], taken: tuple[int, int], line: int, draft: Draft, options: ReadOptions
) -> int | None:
    if options.weight is not None:
        return _named(options.weight, "weight", names, line, draft)
    found = [k for k, header in enumerate(headers) if header in WEIGHT_HEADERS and k not in taken]
    if len(found) > 1:
        so_called = [k for k in found if headers[k] == "weight"]
        if len(so_called) != 1:
            choices = " and ".join(repr(cut(names[k])) for k in found)
            hint = f"Tell me: {draft.call(weight=names[found[0]])}."
            draft.refuse("R07", f"Several columns could be the weight: {choices}.", hint, row=line)
        found = so_called
    return found[0] if found else None


def _listed(names: list[str]) -> str:
    shown = ", ".join(repr(cut(name)) for name in names[:8])
    return f"The columns are {shown}{' and more' if len(names) > 8 else ''}."


def _nearly_headers(names: list[str]) -> dict[str, str]:
    """The first of the cells that are, or nearly are, the header of a column of people; and which."""
    known = [word for pair in PAIRS for word in pair if not word.startswith(_STEMS) or word.startswith("person")]
    known = [word for word in known if len(word) > 3 or word in ("to", "ego")]
    found = {}
    for name in names[:100]:
        near = difflib.get_close_matches(plain(name), known, n=1, cutoff=0.75)
        if near and plain(name) not in WEIGHT_HEADERS:
            found[name] = near[0]
    return found


def _refuse_names(names: list[str], line: int, draft: Draft, may_be_tie: bool = False) -> NoReturn:
    """Ask which columns hold the two people, with the headers that nearly say it."""
    near = [
        f"{cut(name)!r} is close to {word!r}." for name, word in _nearly_headers(names).items() if plain(name) != word
    ]
    settings = dict(zip(("source", "target"), names, strict=False)) if len(names) > 1 else {}
    otherwise = "; or header=False if this line is a tie" if may_be_tie else ""
    draft.refuse(
        "R14",
        " ".join(["I cannot tell which two columns hold the people.", _listed(names), *near]),
        f"Name them source and target in the file, or tell me: {draft.call(**settings)}{otherwise}.",
        row=line,
    )


# --- by position ------------------------------------------------------------------------------------------------


def _by_position(names: list[str], rows: list[list[str]], line: int, draft: Draft, options: ReadOptions) -> Columns:
    """Accept a file without a header if it clearly has none, else ask."""
    finding = sniff.of_rows(rows)
    if finding and options.header is None:
        draft.refuse(finding.code, finding.expected, finding.hint, row=line)
    width = Counter(map(len, rows)).most_common(1)[0][0]
    if width < 2:
        separator = DELIMITERS.get(draft.delimiter, repr(draft.delimiter))
        expected = f"Cut at each {separator}, most lines hold one cell, and a tie needs two people."
        draft.refuse("R11", expected, "Look whether this is an edge list, and what separates its cells.", row=line)
    third = [tidy(row[2]) for row in rows if len(row) == 3 and tidy(row[2])] if width == 3 else []
    has_weights = bool(third) and all(map(looks_numeric, third))
    below = {tidy(cell) for row in rows[1:] for cell in row[:2]}
    recurs = any(name in below for name in names[:2] if name)
    if width > 3 or (width == 3 and not has_weights):
        if recurs or options.header is False:
            draft.refuse(
                "R14",
                f"There is no header, and of {width} columns I cannot tell which hold the people.",
                "Write a first line that names the columns, two of them source and target.",
                row=line,
            )
        _refuse_names(names, line, draft)
    if width == 2 and not recurs and options.header is None:
        if _nearly_headers(names):
            _refuse_names(names, line, draft, may_be_tie=True)
        draft.refuse(
            "R07",
            "I cannot tell whether the first line names the columns or is a tie.",
            f"Tell me: {draft.call(header=True)} if it names them, or header=False if it is a tie.",
            row=line,
        )
    third_column = " and the third as the weight" if has_weights else ""
    draft.note(
        "R07",
        f"There is no header, so I took the first two columns as the people{third_column}.",
        f"If the first line names the columns: {draft.call(header=True)}.",
        row=line,
    )
    return Columns([str(k + 1) for k in range(width)], False, 0, 1, 2 if has_weights else None)


def looks_numeric(cell: str) -> bool:
    """Whether a cell was meant as a number, good or not.

    Examples
    --------
    >>> [looks_numeric(cell) for cell in ("3", "0,5", "-1e3", "NaN", "friend", "")]
    [True, True, True, True, False, False]
    """
    return (
        re.fullmatch(r"[+-]?(?:[0-9.,]*[0-9][0-9.,]*(?:e[+-]?[0-9]+)?|nan|inf)", without_gaps(cell.strip()), re.I)
        is not None
    )


def _evidence(columns: Columns) -> str:
    """Why the file is an edge list, in the words of the report."""
    if not columns.has_header:
        return "an edge list without header"
    names = [cut(name) for name in columns.names]
    weight = f" and the weight {names[columns.weight]!r}" if columns.weight is not None else ""
    return f"an edge list with the people in {names[columns.source]!r}, {names[columns.target]!r}{weight}"


def tell_unread(columns: Columns, unread: list[int], rows: list[list[str]], draft: Draft) -> None:
    """Name in the report the columns that were not read, and one that may be the weight if there is none."""
    unread = [k for k in unread if columns.names[k]]
    if not unread:
        return
    hint = ""
    numeric = [k for k in unread if all(looks_numeric(row[k]) for row in rows if len(row) > k and row[k].strip())]
    if numeric and columns.weight is None:
        name = columns.names[numeric[0]]
        hint = f"If {cut(name)!r} says how strong a tie is: {draft.call(weight=name)}."
    shown = ", ".join(repr(cut(columns.names[k])) for k in unread[:8]) + (" and more" if len(unread) > 8 else "")
    draft.note("N02", f"I did not read {shown}, only who is tied to whom and how strongly.", hint)
