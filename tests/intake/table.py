"""Write docs/reading.md: which files are read, and what comes out of each file of the corpus.

python -m tests.intake.table
"""

from __future__ import annotations

import contextlib
import io
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.intake.corpus import File, every

from tertius.errors import ReadError
from tertius.intake import FORMATS, read
from tertius.intake.report import plural
from tertius.privacy import key, names

PAGE = Path(__file__).parents[2] / "docs" / "reading.md"

INTRODUCTION = """# Reading your own network

`tertius.read(file)` finds out from a file's content what it is; `kind=` says it instead, and `tertius read FILE` does
the same without a notebook. In a mailbox or a calendar it needs to know who you are: `me="you@example.org"`. Everything
stays on your computer. Out of accounts and address books people come under code names, and what was written is never
looked at: `network.with_names()` shows who they are, to you alone, until the notebook stops.

A file that leaves something open is not guessed at: the message says what was found, on which line, and what to type.
Cells that are missing at the end of a line are read as empty, and counted in the report; a line that does not name both
people of a tie is left out with a warning.

| kind | what it is | people appear |
| --- | --- | --- |
"""

REFUSED = """
A folder is read as a whole if it is a Maildir, or holds mailboxes, single e-mails, what was in LinkedIn's archive, or
the tables of an interview.

Not read, with the way round in the message: workbooks (save the sheet as CSV), Slack, WhatsApp, UCINET's DL, Kumu's
JSON, LDIF and address books of other programs (export vCard), LinkedIn's invitations, Outlook's PST, PDF, web pages,
pictures, databases, and Python's pickle, which can run programs when it is opened.

## How strong a tie is

Of messages and meetings each counts less the older it is (half after 180 days, or what `half_life=` says) and the more
people share it; a tie that goes both ways counts up to twice as much as one that goes one way. The network's
`strength_table()` shows all parts, a word for each tie (strong, medium, weak or dormant), and how the order changes
with half-lives of 90 and 365 days.

Lists, newsletters, robots, messages to more than 25 people, and drafts, spam and trash (by what they are called in many
languages) are set aside and counted; so are meetings that were cancelled or that you declined. Rooms, groups and robots
are nobody's contact. It is recorded contact, never closeness: the closest often never write.

The same name beside two addresses may be one person or two, so they stay apart; the report shows their code names, and
`merge=[["P-AAAAAAAA", "P-BBBBBBBB"]]` joins them, as does `tertius read FILE --merge P-AAAAAAAA,P-BBBBBBBB`.

## What comes out of which file

{files} files, made up by the tests, each read as it is. The codes are those in `report.problems`; R is for mishaps that
every kind of file can have, N for notes. This table is written by `python -m tests.intake.table`.
"""


def rows() -> Iterator[tuple[File, str]]:
    """Each file of the corpus with what comes out of it, in words that are the same on every computer."""
    for file in every():
        with tempfile.TemporaryDirectory(prefix="tertius-table-") as folder:
            os.environ[key.FOLDER] = str(Path(folder, "config"))
            names.forget()
            path = file.write(Path(folder))
            with contextlib.redirect_stdout(io.StringIO()):
                yield file, _outcome(path, file)


def _outcome(path: Path, file: File) -> str:
    try:
        network = read(path, allow_public_hub=True, **file.settings)
    except ReadError as error:
        (problem,) = error.report.of("reject")
        return f"refused, {problem.code}: {problem.expected or problem.found}"
    told = sorted({problem.code for problem in network.report.of("warning")})
    skipped = sum(network.report.skipped.values())
    return (
        f"{plural(len(network.nodes), 'person', 'people')}, {plural(len(network.ties), 'tie')}"
        + (f", {skipped} of {network.report.n_records} records set aside" if skipped else "")
        + (f"; told: {', '.join(told)}" if told else "")
    )


def escaped(text: str, most: int = 150) -> str:
    """A text as a cell of the table, or its beginning."""
    text = text if len(text) <= most else text[: most - 1] + "…"
    return text.replace("|", "\\|").replace("<", "&lt;").replace("\n", " ")


def page() -> str:
    """The whole page."""
    kinds = [
        f'| `kind="{kind}"` | {form.what} | {"under code names" if form.is_personal else "as in the file"} |\n'
        for kind, form in FORMATS.items()
    ]
    found = list(rows())
    parts = [INTRODUCTION, *kinds, REFUSED.format(files=len(found))]
    for kind in dict.fromkeys(file.kind for file, _ in found):
        parts.append(f"\n### {FORMATS[kind].what[0].upper()}{FORMATS[kind].what[1:]}\n\n")
        parts.append("| file | what is particular | what came out |\n| --- | --- | --- |\n")
        parts += [
            f"| {file.state} | {escaped(file.what)} | {escaped(outcome)} |\n"
            for file, outcome in found
            if file.kind == kind
        ]
    return "".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(f"{PAGE.name}: {len(every())} files")
