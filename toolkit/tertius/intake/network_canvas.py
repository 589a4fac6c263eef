"""Interviews made with Network Canvas, as it exports them: tables of people and of ties, in a folder or a zip."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pandas as pd

from tertius.intake import text
from tertius.intake.contacts import EGO, Contact, meta, named_apart, remember
from tertius.intake.names import tidy
from tertius.intake.options import ReadOptions
from tertius.intake.parts import Parsed, relation
from tertius.intake.report import Draft, plural
from tertius.intake.zipped import opened

CANNOT_KNOW = (
    "Whom the interview did not ask about.",
    "Whether two people without a tie are strangers, if the interview did not ask about them.",
    "What the others would say: every tie is as one person sees it.",
)

PEOPLE, TIES = re.compile(r".*_attributeList_(.+)\.csv", re.I), re.compile(r".*_edgeList_(.+)\.csv", re.I)
ID, INTERVIEW = "networkCanvasUUID", "networkCanvasEgoUUID"
FROM, TO = "networkCanvasSourceUUID", "networkCanvasTargetUUID"
GROUPS = ("group", "groups")


def parse(place: Path, draft: Draft, options: ReadOptions, me: list[str]) -> Parsed:
    """Make a network of one interview, or of several side by side; people of different interviews stay apart."""
    files = _files(place, draft, options)
    people = _people(files, draft, options)
    if not people:
        draft.refuse("R02", "The interview names nobody.", "Export it again.")
    interviews = list(dict.fromkeys(interview for interview, _ in people))
    draft.evidence = plural(len(interviews), "interview") + " made with Network Canvas"
    made = named_apart([("canvas", f"{interview}/{id}") for interview, id in people], draft)
    code = dict(zip(people, made, strict=True))
    remember({code[who]: one.name for who, one in people.items()}, options, draft)
    among = _ties(files, code, draft, options)
    egos = [EGO] if len(interviews) == 1 else [f"{EGO}-{k}" for k, _ in enumerate(interviews, 1)]
    ego_of = dict(zip(interviews, egos, strict=True))
    named = [(ego_of[interview], code[interview, id], "named") for interview, id in people]
    kinds = list(dict.fromkeys(["named", *(kind for *_, kind in among)]))
    table = pd.DataFrame([*named, *among], columns=["source", "target", "relation"])
    reporter = dict.fromkeys(egos) | {code[interview, id]: ego_of[interview] for interview, id in people}
    ties = table.assign(
        wave=1, weight=np.nan, status="reported", reported_by=[reporter[target] for target in table["target"]]
    )
    nodes = pd.DataFrame(
        {
            "id": [*egos, *made],
            "kind": "person",
            "label": [*egos, *made],
            "group": [""] * len(egos) + [", ".join(one.groups) for one in people.values()],
        }
    )
    alter_ties = options.alter_ties or ("reported" if among else "none")
    if not among:
        draft.warn("R43", "No ties among the contacts are in it, so measures that need them will refuse.")
    known = meta("Network Canvas interview", draft, alter_ties, [relation(kind, False, "binary") for kind in kinds])
    if len(interviews) > 1:
        known["ego"] = None
        told = f"{plural(len(interviews), 'interview')}: whom two of them name stays two people, and no ego is set."
        draft.warn("N09", told, count=len(interviews))
    return Parsed(nodes, ties, known)


def _files(place: Path, draft: Draft, options: ReadOptions) -> dict[str, bytes]:
    """The tables of people and ties, by name."""
    archive = opened(place, draft, options.limits)
    try:
        wanted = [name for name in archive.names if PEOPLE.fullmatch(name) or TIES.fullmatch(name)]
        return {name: archive.read(name) for name in wanted}
    finally:
        archive.close()


def _rows(name: str, data: bytes, needed: tuple[str, ...], draft: Draft, options: ReadOptions) -> list[dict[str, str]]:
    """The rows of a table by its headers; refused, if a column is missing that tells people apart."""
    if not data.strip():
        return []
    decoded = text.decode(data, draft, options.encoding)
    records = iter(text.records(decoded, draft, ",", lambda cells: ID in cells))
    _, header = next(records, (1, []))
    missing = [column for column in needed if column not in header]
    if missing:
        told = f"The table {Path(name).name} has no column {missing[0]}."
        draft.refuse("R14", told, "Export the interview again, as CSV, and do not edit it in between.", row=1)
    rows = []
    for line, cells in records:
        if len(cells) != len(header):
            told = f"In {Path(name).name} a line has more or fewer cells than its header."
            draft.refuse("R12", told, "Export the interview again.", row=line)
        rows.append({column: tidy(cell) for column, cell in zip(header, cells, strict=True)})
    return rows


def _people(files: dict[str, bytes], draft: Draft, options: ReadOptions) -> dict[tuple[str, str], Contact]:
    people: dict[tuple[str, str], Contact] = {}
    for name, data in files.items():
        if not PEOPLE.fullmatch(name):
            continue
        for number, row in enumerate(_rows(name, data, (ID, INTERVIEW), draft, options), 2):
            who = row[INTERVIEW], row[ID]
            if not all(who) or who in people:
                told = f"In {Path(name).name} a person has no id, or that of another."
                draft.refuse("R20", told, "Export the interview again.", row=number)
            shown = next((row[column] for column in row if column.lower() in ("name", "nickname", "label")), "")
            groups = [word for column in row if column.lower() in GROUPS and (word := row[column])]
            people[who] = Contact(number, name=shown, groups=groups)
            draft.n_records += 1
            if len(people) > options.limits.nodes:
                draft.refuse_more("people", "nodes", options.limits.nodes)
    return people


def _ties(
    files: dict[str, bytes], code: dict[tuple[str, str], str], draft: Draft, options: ReadOptions
) -> list[tuple[str, str, str]]:
    ties: dict[tuple[str, str, str], None] = {}
    own = again = 0
    for name, data in files.items():
        match = TIES.fullmatch(name)
        for number, row in enumerate(_rows(name, data, (FROM, TO, INTERVIEW), draft, options) if match else (), 2):
            draft.n_records += 1
            ends = [code.get((row[INTERVIEW], row[column])) for column in (FROM, TO)]
            if None in ends:
                told = f"In {Path(name).name} a tie names somebody who is in no table of people."
                draft.refuse("R22", told, "Put all tables of the export into one folder.", row=number)
            u, v = sorted(ends)
            tie = u, v, "named by type" if match[1].lower() == "named" else tidy(match[1])
            own += u == v
            again += u != v and tie in ties
            if u != v:
                ties[tie] = None
    draft.skip("tie to oneself", own)
    draft.skip("line that repeats a tie", again)
    return list(ties)
