"""What reading a file found: `ImportProblem`, `ImportReport`, and `Draft`, the report while it is being written.

A problem has a code. R01 to R47 are the mishaps that tertius knows by number, the same for every kind of file. Others
stand beside them, which are no mishaps: N01 says how weights were understood, N02 what was left unread, N03 how
people are told apart under code names, N04 who may be one person or several, N05 who was hidden on request, N06 which
records were set aside, N07 whose file it was taken for, N08 how often series were held, N09 that several interviews
lie side by side.
"""

from __future__ import annotations

import html
import json
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NoReturn

from tertius.errors import ReadError, choose_from
from tertius.intake.names import readable

SEVERITIES = ("reject", "warning", "note")
"""How much a problem matters, worst first."""

LOST = ("row of another length", "empty name")
"""Reasons for which a record counts as lost: it could not be understood, so the network may be wrong without it."""

SHOWN_CHARACTERS = 40
SHOWN_PROBLEMS = 10


def plural(n: int, one: str, many: str = "") -> str:
    """A number with its noun.

    Examples
    --------
    >>> plural(1, "tie"), plural(1200, "tie"), plural(2, "person", "people")
    ('1 tie', '1,200 ties', '2 people')
    """
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def cut(text: str) -> str:
    """The text without invisible characters, and no longer than messages can carry."""
    text = readable(text)
    return text if len(text) <= SHOWN_CHARACTERS else text[: SHOWN_CHARACTERS - 1] + "…"


@dataclass(frozen=True)
class ImportProblem:
    """One thing that was odd in a file, in one sentence or two: ``str(problem)``.

    Attributes
    ----------
    code : str
        R01 to R47, or N01 to N09.
    severity : {"note", "warning", "reject"}
    file : str
        The file's name, without its folder.
    row : int or None
        The line of the file, counted from 1, where the first such thing stands.
    counted : str
        What ``row`` counts: lines; or entries of a list, where a file has no lines that mean anything.
    column : str
        The column's header, or its number where there is no header.
    found : str
        What stands there, cut to 40 characters; names of people are masked.
    expected, hint : str
        What it should have been or could mean; what to do.
    count : int
        How many such things there are.
    """

    code: str
    severity: str
    file: str
    row: int | None = None
    column: str = ""
    found: str = ""
    expected: str = ""
    hint: str = ""
    count: int = 1
    counted: str = "line"

    def __post_init__(self) -> None:
        choose_from(self.severity, SEVERITIES, "severity")
        for name in ("file", "column", "found"):
            object.__setattr__(self, name, cut(getattr(self, name)))

    def __str__(self) -> str:
        where = ", ".join(
            part
            for part in (self.file, self.row and f"{self.counted} {self.row}", self.column and f"column {self.column}")
            if part
        )
        more = f" (and {self.count - 1:,} more like it)" if self.count > 1 else ""
        found = f"I found {self.found!r}{more}." if self.found else ""
        return f"{where}: " + " ".join(part for part in (found, self.expected, self.hint) if part)


@dataclass(frozen=True)
class ImportReport:
    """How a file was read: what it was taken for, what was kept, what was odd, what it cannot tell.

    Show it, or print it. Every record is accounted for: ``n_records == n_kept + sum(skipped.values())``.

    Attributes
    ----------
    file : str
        The file's name, without its folder.
    kind, evidence : str
        What kind of file it was taken for, and why.
    encoding, delimiter : str
    n_records, n_kept : int
        Lines of data; those whose content is in the network.
    skipped : dict
        Reason to number of records.
    nodes, ties : int
        People and ties in the network.
    alter_ties : str
        What the file can know about ties among contacts.
    cannot_know : tuple of str
        What this kind of file cannot tell, a sentence each.
    problems : tuple of ImportProblem
        Worst first.
    privacy : str
        Whether real names are in the network, in one sentence.
    """

    file: str
    kind: str
    evidence: str = ""
    encoding: str = ""
    delimiter: str = ""
    n_records: int = 0
    n_kept: int = 0
    skipped: Mapping[str, int] = field(default_factory=dict)
    nodes: int = 0
    ties: int = 0
    alter_ties: str = ""
    cannot_know: tuple[str, ...] = ()
    problems: tuple[ImportProblem, ...] = ()
    privacy: str = ""

    def __post_init__(self) -> None:
        if self.n_records != self.n_kept + sum(self.skipped.values()):
            raise ValueError(
                f"{self.n_records} records came, {self.n_kept} were kept and {sum(self.skipped.values())} skipped: "
                "the report does not add up."
            )

    @property
    def is_refused(self) -> bool:
        """Whether the file was refused."""
        return any(problem.severity == "reject" for problem in self.problems)

    def of(self, severity: str) -> tuple[ImportProblem, ...]:
        """The problems of one severity: "reject", "warning" or "note"."""
        choose_from(severity, SEVERITIES, "severity")
        return tuple(problem for problem in self.problems if problem.severity == severity)

    def _parts(self) -> tuple[str, list[str]]:
        """What both displays begin with: a sentence with the counts, and the problems that are shown."""
        if self.is_refused:
            sentence = f"{cut(self.file)} was not read."
        else:
            people, ties = plural(self.nodes, "person", "people"), plural(self.ties, "tie")
            sentence = f"{cut(self.file)}: {people} and {ties}, from {self.evidence}."
        if self.n_records:
            reasons = ", ".join(f"{n:,} {reason}" for reason, n in self.skipped.items())
            skipped = f", {sum(self.skipped.values()):,} skipped ({reasons})" if reasons else ""
            sentence += f" {plural(self.n_records, 'record')}: {self.n_kept:,} kept{skipped}."
        shown = [f"{problem.severity}: {problem}" for problem in self.problems[:SHOWN_PROBLEMS]]
        if len(self.problems) > SHOWN_PROBLEMS:
            shown.append(f"and {len(self.problems) - SHOWN_PROBLEMS} more, in .problems")
        return sentence, shown

    def __str__(self) -> str:
        sentence, shown = self._parts()
        lines = [sentence, *(f"- {problem}" for problem in shown)]
        if self.cannot_know:
            lines += ["What this file cannot tell you:", *(f"- {limit}" for limit in self.cannot_know)]
        return "\n".join([*lines, self.privacy]).rstrip()

    def _repr_html_(self) -> str:
        sentence, shown = self._parts()
        parts = [f"<p>{html.escape(sentence)}</p>", _list(shown)]
        if self.cannot_know:
            parts += ["<p>What this file cannot tell you:</p>", _list(self.cannot_know)]
        if self.privacy:
            parts.append(f"<p>{html.escape(self.privacy)}</p>")
        return f'<div class="tertius-report">{"".join(parts)}</div>'


def _list(items: Iterable[str]) -> str:
    inside = "".join(f"<li>{html.escape(item)}</li>" for item in items)
    return f"<ul>{inside}</ul>" if inside else ""


def _quoted(word: str) -> str:
    return json.dumps(word, ensure_ascii=False)


class Draft:
    """A report while the file is being read, and the one way to refuse a file.

    Every step of reading gets the draft, notes on it what it saw, and calls `refuse` when it cannot go on without
    guessing. Problems of one code are told once, with their number and the first line.
    """

    def __init__(self, path_as_typed: str, file: str, *, strict: bool = False, seconds: float = 120) -> None:
        self.path_as_typed = path_as_typed
        self.file = file
        self.strict = strict
        self.seconds = seconds
        self.kind = ""
        self.evidence = ""
        self.encoding = ""
        self.delimiter = ""
        self.counted = "line"
        self.n_records = 0
        self.skipped: dict[str, int] = {}
        self.problems: list[ImportProblem] = []
        self._started = time.monotonic()

    def call(self, path: str | None = None, **settings: Any) -> str:
        """The call that the reader should make instead, to be copied from a message.

        Examples
        --------
        >>> Draft("ties.csv", "ties.csv").call(decimal=",")
        'tertius.read("ties.csv", decimal=",")'
        """
        words = [_quoted(readable(path or self.path_as_typed))]
        words += [f"{name}={_quoted(value) if isinstance(value, str) else value}" for name, value in settings.items()]
        return f"tertius.read({', '.join(words)})"

    def at(self, row: int) -> str:
        """Where a line, or entry, is, within a sentence.

        Examples
        --------
        >>> Draft("ties.csv", "ties.csv").at(3)
        'on line 3'
        """
        return f"{'on' if self.counted == 'line' else 'in'} {self.counted} {row}"

    def _problem(self, code: str, severity: str, expected: str, hint: str, place: dict[str, Any]) -> ImportProblem:
        return ImportProblem(
            code, severity, self.file, expected=expected, hint=hint, **{"counted": self.counted, **place}
        )

    def note(self, code: str, expected: str, hint: str = "", **place: Any) -> None:
        """Tell what was understood; nothing was lost. ``place`` has the other parts of an `ImportProblem`."""
        self.problems.append(self._problem(code, "note", expected, hint, place))

    def warn(self, code: str, expected: str, hint: str = "", **place: Any) -> None:
        """Tell what was changed, assumed or left out; with ``strict=True``, refuse instead."""
        if self.strict:
            self.refuse(code, expected, f"{hint} You asked for strict=True, which refuses this.".strip(), **place)
        self.problems.append(self._problem(code, "warning", expected, hint, place))

    def refuse(self, code: str, expected: str, hint: str = "", **place: Any) -> NoReturn:
        """Stop, with a `ReadError` that says why and carries the report so far."""
        problem = self._problem(code, "reject", expected, hint, place)
        self.problems.append(problem)
        unread = self.n_records - sum(self.skipped.values())
        skipped = {**self.skipped, "not used, because the file was refused": unread} if unread else self.skipped
        raise ReadError(str(problem), self._report(n_kept=0, skipped=skipped)) from None

    def refuse_more(self, what: str, limit: str, most: float, **place: Any) -> NoReturn:
        """Refuse a file that holds more than is read, naming the limit and how to raise it."""
        self.refuse(
            "R45",
            f"The file has more than the {most:,} {what} I read.",
            f"Read a part of it, or allow more: limits=tertius.intake.Limits({limit}={2 * int(most):_}).",
            **place,
        )

    def skip(self, reason: str, n: int = 1) -> None:
        """Count records that are not in the network."""
        if n:
            self.skipped[reason] = self.skipped.get(reason, 0) + int(n)

    def check_time(self) -> None:
        """Refuse when reading has taken longer than it may."""
        if time.monotonic() - self._started > self.seconds:
            self.refuse(
                "R46",
                f"Reading took longer than {self.seconds:g} seconds, so I stopped; nothing was kept.",
                "Read a smaller part of the file, or allow more: limits=tertius.intake.Limits(seconds=600).",
            )

    def finish(self, **parts: Any) -> ImportReport:
        """The report of a file that was read."""
        return self._report(n_kept=self.n_records - sum(self.skipped.values()), skipped=self.skipped, **parts)

    def _report(self, *, n_kept: int, skipped: Mapping[str, int], **parts: Any) -> ImportReport:
        worst_first = sorted(self.problems, key=lambda problem: SEVERITIES.index(problem.severity))
        return ImportReport(
            file=self.file,
            kind=self.kind,
            evidence=self.evidence,
            encoding=self.encoding,
            delimiter=self.delimiter,
            n_records=self.n_records,
            n_kept=n_kept,
            skipped=dict(skipped),
            problems=tuple(worst_first),
            **parts,
        )
