"""Two tables in one folder: people and ties, filled in by hand after our template, or written by `Network.save`."""

from __future__ import annotations

import copy
import csv
import json
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pandas as pd

from tertius.errors import GraphError, ParameterError, SaveError
from tertius.export import package, tables
from tertius.intake import hub, opening, text
from tertius.intake.columns import PAIRS
from tertius.intake.names import masked, plain, readable, tidy
from tertius.intake.options import ReadOptions
from tertius.intake.report import SEVERITIES, Draft, ImportProblem, ImportReport, plural
from tertius.network import Network

PEOPLE, TIES = "people.csv", "ties.csv"
EXAMPLE = "EXAMPLE"
"""What the invented people of the template are called; they are left out when it is read."""

SCALE, MIDDLE = 5, 3.0
LISTS = ("offers", "needs")
COLUMNS = ("id", "group", "role", *LISTS, "organisation", "sector", "location", "expertise")
WORDS_FOR_ID = ("id", "code", "person", "name", "who")

_NAMELIKE = re.compile(r"[^\W\d_]{2,}[ .]+[^\W\d_]{3,}|.*@.*|[+\d][\d\s/()-]{6,}")

CANNOT_KNOW = (
    "Whether two people without a line are strangers, or you do not know.",
    "How others would put it: it is your view alone.",
)

TEMPLATE = {
    PEOPLE: [
        ["code", "group", "role", "offers", "needs", "remark"],
        ["me", "", "", "", "", "this is you: say where you are from, what you offer and what you need"],
        [f"{EXAMPLE}-1", "law", "a client", "data|contacts", "time", "invented: put people of your own in its place"],
        [f"{EXAMPLE}-2", "city", "a friend", "", "grant writing", "invented: codes or initials, no full names"],
    ],
    TIES: [
        ["source", "target", "weight", "last_contact", "remark"],
        ["me", f"{EXAMPLE}-1", "4", "2026-01-31", "invented: weight is how close you are, from 1 to 5"],
        ["me", f"{EXAMPLE}-2", "2", "", "invented: leave blank what you do not know"],
        [f"{EXAMPLE}-1", f"{EXAMPLE}-2", "", "", "invented: these two know each other"],
    ],
}


def looks_like_a_name(code: str) -> bool:
    """Whether a code looks like a full name, an address or a telephone number.

    Examples
    --------
    >>> [looks_like_a_name(code) for code in ("Ann Lee", "ann@example.org", "AL", "client 3")]
    [True, True, False, False]
    """
    return _NAMELIKE.fullmatch(code.strip()) is not None


def template(folder: str | os.PathLike[str] = "my_network") -> Path:
    """Write two tables to fill in, people.csv and ties.csv, with a few invented lines to show how.

    Fill them in with any spreadsheet, save as CSV, and read the folder: ``tertius.read("my_network")``. The invented
    lines are left out then, if they still stand there.

    Parameters
    ----------
    folder : str or path
        Made if need be.

    Returns
    -------
    pathlib.Path
        The folder.

    Raises
    ------
    SaveError
        If one of the tables is there already, or cannot be written. Nothing is ever overwritten.
    """
    place = Path(folder).expanduser()
    for name in TEMPLATE:
        if (place / name).exists():
            raise SaveError(f"There is a {name} in {place.name} already; name another folder, or go on with that one.")
    try:
        place.mkdir(parents=True, exist_ok=True)
        for name, rows in TEMPLATE.items():
            lines = StringIO(newline="")
            csv.writer(lines, lineterminator="\r\n").writerows(rows)
            # With a mark at the start, without which spreadsheets take letters for others.
            with (place / name).open("xb") as stream:
                stream.write(lines.getvalue().encode("utf-8-sig"))
    except OSError as error:
        raise SaveError(f"The template could not be written to {place.name} ({error.strerror}).") from None
    return place


def found(path: Any) -> list[Path] | None:
    """The files of a pair, if a path is a folder that holds one, or a list of two; ``None`` if it is neither."""
    if isinstance(path, (list, tuple)):
        if len(path) != 2 or not all(isinstance(part, (str, os.PathLike)) for part in path):
            raise ParameterError('A pair of tables is two files: tertius.read(["people.csv", "ties.csv"]).')
        return [Path(part).expanduser() for part in path]
    try:
        folder = Path(path).expanduser()
        if not folder.is_dir():
            return None
        if (folder / package.NAME).exists() and all((folder / name).exists() for name in tables.FILES):
            return [folder / name for name in tables.FILES]
        if (folder / PEOPLE).exists():
            return [folder / PEOPLE, folder / TIES]
    except (TypeError, ValueError, OSError, RuntimeError):
        pass
    return None


def read(files: Sequence[Path], me: str | None, options: ReadOptions) -> Network:
    """Read a pair of tables.

    Parameters
    ----------
    files : sequence of pathlib.Path
        What `found` returned.
    me : str, optional
    options : ReadOptions

    Raises
    ------
    ReadError
    """
    draft = Draft(files[0].parent.name or ".", files[0].name, strict=options.strict, seconds=options.limits.seconds)
    if not options.allow_public_hub:
        hub.refuse_if_shared(os.environ, draft)
    return _saved(files, draft, options) if len(files) == 3 else _filled_in(files, me, draft, options)


def _bytes(file: Path, draft: Draft, options: ReadOptions) -> bytes:
    draft.file = file.name
    if not file.exists():
        hint = "A pair of tables is people.csv and ties.csv; tertius.template(…) writes both."
        draft.refuse("R01", "There is no such file in the folder.", hint)
    return opening.whole(file, draft, options.limits)


# --- written by Network.save ------------------------------------------------------------------------------------


def _saved(files: Sequence[Path], draft: Draft, options: ReadOptions) -> Network:
    contents = {file.name: _bytes(file, draft, options) for file in files}
    draft.file, draft.kind = package.NAME, "saved"
    draft.evidence = "a network that tertius saved"
    try:
        described = json.loads(contents[package.NAME].decode("utf-8"))
    except (ValueError, RecursionError):
        draft.refuse("R38", "It cannot be read as JSON.", "Save the network again.")
    if not tables.is_ours(described):
        draft.refuse("R07", "Tables lie here that tertius did not save.", "Name the file of ties: read('…/ties.csv').")
    try:
        nodes, ties = (tables.table_of(contents[f"{name}.csv"], described, name) for name in ("nodes", "ties"))
        if len(nodes) > options.limits.nodes or len(ties) > options.limits.ties:
            draft.refuse("R45", "It holds more people or ties than I read.", "Allow more with limits=.")
        network = Network(nodes, ties, copy.deepcopy(described["tertius"]["meta"]))
        network.to_ties()
    except tables.Damaged as damaged:
        draft.refuse("R37", f"{damaged}.", "Put back the file as it was saved, or save the network again.")
    except (GraphError, KeyError, TypeError, AttributeError, ValueError) as error:
        told = str(error) if isinstance(error, GraphError) else "What it says of its ties does not hold together."
        draft.refuse("R37", told, "Put back the files as they were saved, or save the network again.")
    draft.n_records = len(ties)
    changed = [one["path"] for one in described["resources"] if _digest(contents[one["path"]]) != one.get("hash")]
    if changed:
        draft.warn("R37", f"{' and '.join(changed)} changed after it was saved; I read it as it is now.")
    report = draft.finish(nodes=len(nodes), ties=len(ties), alter_ties=network.alter_ties, cannot_know=(), privacy="")
    return network.with_report(report)


def _digest(content: bytes) -> str:
    return package.resource("x", content, [], [])["hash"]


# --- filled in by hand ------------------------------------------------------------------------------------------


def _filled_in(files: Sequence[Path], me: str | None, draft: Draft, options: ReadOptions) -> Network:
    from tertius import intake

    people_file, ties_file = files
    rows, lines = _rows(people_file, draft, options)
    of_people = tuple(draft.problems)
    if not ties_file.exists():
        return _people_alone(rows, me, draft)
    examples = [id for id in rows if id.startswith(f"{EXAMPLE}-")]
    if me is None and "me" in rows:
        me = "me"
    chosen = replace(options, directed=False) if options.directed is None else options
    extra = _ties_said(ties_file, draft, options)
    rated = [cells.get("weight", "") for cells in extra.values()]
    unrated = sum(not weight for weight in rated) if any(rated) and chosen.missing_weight is None else 0
    if unrated:
        chosen = replace(chosen, missing_weight=MIDDLE)
    if any(rated) and chosen.unit in (None, "rating") and chosen.scale_max is None:
        chosen = replace(chosen, unit="rating", scale_max=float(SCALE))
    network = intake.read(ties_file, me=me, options=chosen)
    named = set(network.nodes["id"])
    strangers = [id for id in network.nodes["id"] if id not in rows and not id.startswith(f"{EXAMPLE}-")]
    draft.file = ties_file.name
    if strangers:
        draft.refuse(
            "R22",
            f"A tie names somebody who is not in {people_file.name}.",
            f"Add a line for them to {people_file.name}, or write the code the same way in both.",
            found=masked(strangers[0]),
            count=len(strangers),
        )
    kept = [id for id in rows if id not in examples]
    nodes = pd.DataFrame([{"id": id, "kind": "person", "label": readable(id), **rows[id]} for id in kept])
    ties = network.ties[network.ties["source"].isin(kept) & network.ties["target"].isin(kept)].reset_index(drop=True)
    if not kept or nodes.empty:
        draft.refuse(
            "R02", "Nobody but the invented examples is in the tables.", "Put people of your own in their place."
        )
    days = [extra.get(frozenset(pair), {}).get("last_contact", "") for pair in ties[["source", "target"]].to_numpy()]
    ties = ties.assign(status="reported", reported_by=me or "", last_contact=days)
    namelike = [id for id in kept if looks_like_a_name(id)]
    meta = network.meta | {
        "name": "my-network",
        "title": "My network",
        "ego": network.ego,
        "contains_names": bool(namelike),
        "reference_date": max(days, default="") or None,
    }
    of_ties = replace(network.report, problems=(*network.report.problems, *of_people))
    report = _joined(of_ties, draft, lines, kept, examples, namelike, len(ties), named, unrated)
    return Network(
        nodes, ties, {key: value for key, value in meta.items() if value is not None or key == "ego"}, report
    )


def _people_alone(rows: dict[str, dict[str, Any]], me: str | None, draft: Draft) -> Network:
    """A network of people whose ties are not there."""
    draft.kind, draft.evidence = "template", "a table of people"
    draft.warn("R41", f"There is no {TIES} beside it, so nobody has a tie.", "Fill in who knows whom, and read again.")
    nodes = pd.DataFrame([{"id": id, "kind": "person", "label": readable(id), **said} for id, said in rows.items()])
    ties = pd.DataFrame(
        {column: pd.Series(dtype=object) for column in ("source", "target", "relation")}
        | {"wave": pd.Series(dtype=int), "weight": pd.Series(dtype=float)}
    )
    relation = {"name": "tie", "directed": False, "two_mode": False, "unit": "binary", "scale_max": 1}
    meta = {
        "name": "my-network",
        "title": "My network",
        "ego": me or ("me" if "me" in rows else None),
        "alter_ties": "none",
        "default_relation": "tie",
        "default_wave": 1,
        "relations": [relation | {"symmetrise": "max"}],
        "contains_names": any(map(looks_like_a_name, rows)),
        "synthetic": False,
    }
    report = draft.finish(nodes=len(nodes), ties=0, alter_ties="none", cannot_know=("Who knows whom.",), privacy="")
    return Network(nodes, ties, meta, report)


def _joined(
    report: ImportReport,
    draft: Draft,
    lines: Mapping[str, int],
    kept: list[str],
    examples: list[str],
    namelike: list[str],
    n_ties: int,
    named: set[str],
    unrated: int,
) -> ImportReport:
    """The report of the ties, with what is to be said of the people."""
    # What the tables declare together the ties alone do not know; and more of them is read than an edge list has.
    problems = [problem for problem in report.problems if problem.code not in ("R22", "N02")]
    if unrated:
        problems = [problem for problem in problems if problem.code != "R30"]

    def tell(code: str, severity: str, expected: str, hint: str = "", **place: Any) -> None:
        problems.append(ImportProblem(code, severity, PEOPLE, expected=expected, hint=hint, **place))

    if unrated:
        told = f"{plural(unrated, 'tie has', 'ties have')} no weight; each counts as {MIDDLE:g} of {SCALE}."
        problems.append(ImportProblem("R30", "note", TIES, expected=told, count=unrated))
    if examples:
        tell(
            "N01", "note", f"{plural(len(examples), 'invented example')} of the template left out.", count=len(examples)
        )
    if namelike:
        place = {"row": lines[namelike[0]], "found": masked(namelike[0]), "count": len(namelike)}
        tell("R17", "warning", "It looks like a name or an address.", "Use a code or initials instead.", **place)
    alone = [id for id in kept if id not in named]
    if alone:
        tell("N02", "note", f"{plural(len(alone), 'person', 'people')} without a tie kept.", count=len(alone))
    gone = report.ties - n_ties
    return replace(
        report,
        file=draft.path_as_typed,
        kind="template",
        evidence="a pair of tables, people and ties",
        nodes=len(kept),
        ties=n_ties,
        n_kept=report.n_kept - gone,
        skipped={**report.skipped, **({"invented example": gone} if gone else {})},
        cannot_know=CANNOT_KNOW,
        privacy=report.privacy if namelike else "",
        problems=tuple(sorted(problems, key=lambda problem: SEVERITIES.index(problem.severity))),
    )


def _records(file: Path, draft: Draft, options: ReadOptions) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The headers of a table, and the cells of its lines."""
    decoded = text.decode(_bytes(file, draft, options), draft, options.encoding)
    if not decoded.start().strip("\0 \t\r\n,;|"):
        draft.refuse("R02", "The file is empty.", "Look whether it was saved, and is the right one.")
    # A table of one column has nothing that separates cells.
    is_narrow = not re.search("[,;\t|]", decoded.start().lstrip().splitlines()[0])
    with text.field_limit(options.limits.field_characters):
        records = list(text.records(decoded, draft, options.delimiter or ("," if is_narrow else None), _is_header))
    (line, first), *rest = records
    heads = [plain(cell) for cell in first]
    twice = {head for head in heads if head and heads.count(head) > 1}
    if twice:
        draft.refuse("R15", f"Two columns are called {sorted(twice)[0]!r}.", "Give each a name of its own.", row=line)
    return heads, [(line, [tidy(cell) for cell in cells]) for line, cells in rest]


def _by_head(heads: list[str], cells: list[str]) -> dict[str, str]:
    """The cells of a line by header; what is missing at its end is empty."""
    return dict(zip(heads, cells + [""] * (len(heads) - len(cells)), strict=False))


def _is_header(cells: list[str]) -> bool:
    return any(plain(cell) in WORDS_FOR_ID for cell in cells)


def _rows(file: Path, draft: Draft, options: ReadOptions) -> tuple[dict[str, dict[str, Any]], dict[str, int]]:
    """What is said of each person, by id, and on which line."""
    heads, records = _records(file, draft, options)
    column = next((word for word in WORDS_FOR_ID if word in heads), None)
    if column is None:
        draft.refuse(
            "R14",
            f"No column holds the people's codes. The columns are {', '.join(map(repr, heads))}.",
            "Call it code.",
        )
    rows: dict[str, dict[str, Any]] = {}
    lines: dict[str, int] = {}
    nobody, short, long = [], [], []
    for line, cells in records:
        if any(cells[len(heads) :]):
            told = (
                f"This line has {len(cells)} cells, and the header has {len(heads)}, so I cannot tell which is which."
            )
            hint = "Put a cell that holds a comma into quotation marks; between two tags write a bar, as in data|time."
            draft.refuse("R12", told, hint, row=line)
        if len(cells) != len(heads):
            (short if len(cells) < len(heads) else long).append(line)
        named = _by_head(heads, cells)
        id = named[column]
        if not id:
            nobody.append(line)
            continue
        said = {word: _cell(word, named[word]) for word in COLUMNS[1:] if word in heads}
        if id in rows and rows[id] != said:
            told = f"The same code stands on line {lines[id]} with other details."
            draft.refuse("R20", told, "Give each person a code of their own.", row=line, found=masked(id))
        rows.setdefault(id, said)
        lines.setdefault(id, line)
    if nobody:
        told = f"{plural(len(nobody), 'line')} without a code left out."
        draft.warn("R16", told, "Give each person a code.", row=nobody[0], count=len(nobody))
    for at, told in (
        (short, "Cells are missing at the end of the line; I took them for empty."),
        (long, "Empty cells stand at the end of the line; I ignored them."),
    ):
        if at:
            draft.note("R12", told, row=at[0], count=len(at))
    if not rows:
        draft.refuse("R02", "Nobody is in the table.", "Fill in a line for each person.")
    return rows, lines


def _cell(word: str, cell: str) -> Any:
    if word in LISTS or word == "expertise":
        return list(dict.fromkeys(tag for part in re.split("[|,;]", cell) if (tag := tidy(readable(part)))))
    return readable(cell)


def _ties_said(file: Path, draft: Draft, options: ReadOptions) -> dict[frozenset, dict[str, str]]:
    """What is said of each tie beside its ends."""
    heads, records = _records(file, draft, options)
    source, target = next((pair for pair in PAIRS if set(pair) <= set(heads)), ("source", "target"))
    said: dict[frozenset, dict[str, str]] = {}
    for line, row in records:
        cells = _by_head(heads, row)
        day = cells.get("lastcontact", "")
        if day and not _is_day(day):
            draft.refuse("R34", "A day is written like 2026-01-31.", row=line, column="last_contact", found=day)
        pair = frozenset((cells.get(source, ""), cells.get(target, "")))
        before = said.get(pair, {}).get("last_contact", "")
        said[pair] = {"weight": cells.get("weight", ""), "last_contact": max(day, before)}
    return said


def _is_day(cell: str) -> bool:
    try:
        return date.fromisoformat(cell).isoformat() == cell
    except ValueError:
        return False
