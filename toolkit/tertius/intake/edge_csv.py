"""Edge lists in CSV: a line a tie, two columns of people and perhaps one of weights.

`parse` turns records into the parts of a `Network`. What a file leaves open is settled by rules that are stated here
and told in the report, or else asked:

* **Columns** are found by their headers (``columns.PAIRS``, ``columns.WEIGHT_HEADERS``), in any case. All others are
  left unread and are named in the report: remarks about people are nobody's business until they are asked for. Two
  columns without a header are accepted if a name of the first line comes again below; three, if the third holds a
  number in every line.
* **People** are those named in the lines, in the order of their first appearance. Names stay as they are in the file.
* **Weights** in whole numbers up to 10 are ratings, the largest being the top of the scale; larger whole numbers, and
  whole numbers in a column with a name such as ``count``, are counts; fractions are ratings up to the largest. If all
  are 1, a tie is only there or not.
* **Direction**: undirected if no two people stand in both orders, else asked.
* **Ties among contacts**: the file lists ties among all the people whom it names, so two people without a line are
  taken to have no tie, on the word of whoever wrote it: ``alter_ties="reported"``. If every tie involves one person
  and there are three or more others, it is a list of contacts: ``"none"``.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, islice

import numpy as np

from tertius.intake import columns as column_roles
from tertius.intake import weights
from tertius.intake.columns import Columns, is_header
from tertius.intake.edges import Edges, network
from tertius.intake.names import plain, tidy
from tertius.intake.options import ReadOptions
from tertius.intake.parts import Parsed
from tertius.intake.people import People
from tertius.intake.report import LOST, Draft, plural
from tertius.intake.square import MOST_TITLES, is_total

__all__ = ["CANNOT_KNOW", "is_header", "parse"]

CANNOT_KNOW = (
    "Who has no ties: only people who stand in a line of the file are in the network.",
    "Whether two people without a line are strangers, or nobody asked.",
    "When the ties were made, and how their weights were measured.",
)

DIRECTION_HEADERS = ("type", "directed", "direction")
DIRECTION_WORDS = frozenset(("directed", "undirected", "mutual"))
"""A column with one of these headers that holds only these words declares the direction, as in files of Gephi and Kumu.
Among directed ties a mutual one goes both ways."""

LAYER_HEADERS = ("relation", "layer", "wave")
"""Headers that tell several networks in one file apart."""

SAMPLE = 200
"""How many records are looked at to tell what the columns are."""


def parse(
    records: Iterable[tuple[int, list[str]]], draft: Draft, options: ReadOptions, me: str | None = None
) -> Parsed:
    """Turn the records of an edge list into people, ties and what is known about both.

    Parameters
    ----------
    records : iterable
        Pairs of line and cells.
    draft : Draft
        Takes the problems; refuses what would have to be guessed.
    options : ReadOptions
    me : str, optional
        The person whose network it is, named as in the file.

    Returns
    -------
    Parsed
    """
    stream = iter(records)
    sample = list(islice(stream, SAMPLE))
    if not sample:
        draft.refuse("R02", "The file holds no line with content.", "Look whether it was saved, and is the right one.")
    if options.header is not False:
        sample = _below_titles(sample, draft)
    columns = column_roles.find(sample, draft, options)
    people = People(draft, options.limits.nodes)
    sample = sample[columns.has_header :]
    edges, words, mutual = _collect(chain(sample, stream), columns, people, draft, options)
    directed, declaring = _declared(words, columns, draft, options)
    if directed:
        edges = _both_ways(edges, [k for column in declaring for k in mutual.get(column, ())], draft)
    people.tell()
    unread = [k for k in columns.unread if k not in declaring]
    column_roles.tell_unread(columns, unread, [cells for _, cells in sample], draft)
    return network(
        edges,
        people,
        draft,
        options,
        me,
        directed=directed,
        weight_column="" if columns.weight is None else columns.names[columns.weight],
        weight_counts=columns.weight_counts,
    )


def _below_titles(sample: list[tuple[int, list[str]]], draft: Draft) -> list[tuple[int, list[str]]]:
    """Pass over lines of one cell above a header that is known."""
    for k, (_, cells) in enumerate(sample[: MOST_TITLES + 1]):
        if is_header(cells):
            if k:
                draft.note("N02", f"I passed over {plural(k, 'line')} above the header.", row=sample[0][0], count=k)
            return sample[k:]
        if sum(map(bool, map(str.strip, cells))) != 1:
            break
    return sample


# --- the records ------------------------------------------------------------------------------------------------


def _collect(
    records: Iterable[tuple[int, list[str]]], columns: Columns, people: People, draft: Draft, options: ReadOptions
) -> tuple[Edges, dict[int, set[str]], dict[int, list[int]]]:
    """Go through the records once; return those that name two people, and the words in columns about all ties.

    Beside them, which of those records a column of directions calls mutual.
    """
    source, target, lines, cells_of_weight = [], [], [], []
    lost = {reason: [] for reason in LOST}
    too_many, too_few, sums, comma_like = [], [], [], 0
    last_end = max(columns.source, columns.target)
    watched = {k: set() for k in columns.unread if plain(columns.names[k]) in DIRECTION_HEADERS + LAYER_HEADERS}
    mutual = {k: [] for k in watched if plain(columns.names[k]) in DIRECTION_HEADERS}
    names, width, limit, known = columns.names, columns.width, options.limits.ties, people.known
    draft.check_time()
    for line, cells in records:
        draft.n_records += 1
        if draft.n_records > limit:
            draft.refuse_more("lines of ties", "ties", limit, row=line)
        if draft.n_records % 4096 == 0:
            draft.check_time()
        if len(cells) != width:
            if len(cells) <= last_end or any(map(str.strip, cells[width:])):
                lost["row of another length"].append(line)
                comma_like += len(cells) == width + 1 and cells[-1].isdigit() and cells[-2].strip().isdigit()
                continue
            if len(cells) < width:
                # People, and some spreadsheets, leave out cells that would be empty at the end of a line.
                too_few.append(line)
                cells = cells + [""] * (width - len(cells))
            else:
                too_many.append(line)
        from_cell, to_cell = cells[columns.source], cells[columns.target]
        if (from_cell == to_cell or not from_cell or not to_cell) and is_total(from_cell or to_cell):
            sums.append(line)
            continue
        if not from_cell.strip() or not to_cell.strip():
            lost["empty name"].append(line)
            continue
        u = known[from_cell] if from_cell in known else people.add(from_cell, line, names[columns.source])
        v = known[to_cell] if to_cell in known else people.add(to_cell, line, names[columns.target])
        if u is None or v is None:
            lost["empty name"].append(line)
            continue
        source.append(u)
        target.append(v)
        lines.append(line)
        if columns.weight is not None:
            cells_of_weight.append(cells[columns.weight].strip())
        for k, seen in watched.items():
            if len(seen) < 10:
                seen.add(tidy(cells[k]).casefold())
        for k, those in mutual.items():
            if tidy(cells[k]).casefold() == "mutual":
                those.append(len(source) - 1)
    draft.check_time()
    _tell_lost(lost, comma_like, draft)
    draft.skip("line of sums", len(sums))
    if sums:
        draft.warn("N06", "It holds sums and no tie, so I left it out.", row=sums[0], count=len(sums))
    if too_many:
        told = "Empty cells stand at the end of the line; I ignored them."
        draft.note("R12", told, row=too_many[0], count=len(too_many))
    if too_few:
        told = "Cells are missing at the end of the line; I took them for empty."
        draft.note("R12", told, row=too_few[0], count=len(too_few))
    weight = np.full(len(source), np.nan)
    if columns.weight is not None:
        weight = weights.parse(cells_of_weight, lines, names[columns.weight], draft, options.decimal)
    edges = Edges(
        np.array(source, np.int64),
        np.array(target, np.int64),
        weight,
        np.array(lines, np.int64),
        np.ones(len(source), np.int64),
    )
    return edges, watched, mutual


def _both_ways(edges: Edges, mutual: list[int], draft: Draft) -> Edges:
    """Let mutual ties among directed ones stand in both orders."""
    if not mutual:
        return edges
    draft.n_records += len(mutual)
    draft.note("R40", f"{plural(len(mutual), 'tie is', 'ties are')} mutual; I read each as two, one each way.")
    more = edges.where(np.array(mutual, np.int64))
    more = more._replace(source=more.target, target=more.source)
    return Edges(*(np.concatenate(both) for both in zip(edges, more, strict=True)))


def _tell_lost(lost: dict[str, list[int]], comma_like: int, draft: Draft) -> None:
    """Count the lines that could not be used; refuse if they are more than a fifth."""
    for reason, lines in lost.items():
        draft.skip(reason, len(lines))
    n_lost = sum(map(len, lost.values()))
    if n_lost * 5 > draft.n_records:
        reasons = ", ".join(
            f"{reason} ({plural(len(at), 'line')}, first on line {at[0]})" for reason, at in lost.items() if at
        )
        hint = "Mend these lines, or take them out, and read the file again."
        if comma_like * 2 > n_lost and draft.delimiter == ",":
            hint = (
                "The weights seem to be written with a comma, which also separates the cells: "
                "save the file with semicolons between the cells."
            )
        draft.refuse(
            "R36",
            f"I could not use {n_lost:,} of {plural(draft.n_records, 'line')}, more than a fifth: {reasons}.",
            hint,
            row=min(at[0] for at in lost.values() if at),
        )
    for reason, code, expected, hint in (
        ("row of another length", "R12", "has more or fewer cells than the others", "Look for a missing separator."),
        ("empty name", "R16", "lacks one of its two people", "Fill in the name, if there is one."),
    ):
        if lost[reason]:
            n = len(lost[reason])
            told = f"This line {expected}, so I left it out ({n:,} such {'line' if n == 1 else 'lines'})."
            draft.warn(code, told, hint, row=lost[reason][0], count=n)


def _declared(
    words: dict[int, set[str]], columns: Columns, draft: Draft, options: ReadOptions
) -> tuple[bool | None, list[int]]:
    """The direction that the call or a column declares, and the columns that do.

    Several relations or waves in one file are refused, and so are both directions at once.
    """
    directed, declaring = options.directed, []
    for k, seen in words.items():
        name = columns.names[k]
        if plain(name) in LAYER_HEADERS and len(seen) > 1:
            draft.refuse(
                "R07",
                f"It tells {'many' if len(seen) >= 10 else len(seen)} networks apart, and I read one at a time.",
                "Save the lines of each in a file of its own.",
                column=name,
            )
        words = seen - {""}
        if plain(name) not in DIRECTION_HEADERS or not words or not words <= DIRECTION_WORDS:
            continue
        declaring.append(k)
        if options.directed is not None:
            continue
        if "" in seen or {"directed", "undirected"} <= seen:
            told = "Some ties are directed and some undirected, and a network is one or the other."
            if "" in seen:
                told = "It says of some ties whether they have a direction, and of others nothing."
            hint = f"Save them in two files, or read all as one: {draft.call(directed=False)}."
            draft.refuse("R40", told, hint, column=name)
        shown = " or ".join(sorted(words))
        draft.note("R40", f"It says that ties are {shown}, so I read them that way.", column=name)
        directed = "directed" in words
    return directed, declaring
