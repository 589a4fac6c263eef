"""What a file is, from its bytes. Names and extensions are only hearsay.

Each function returns the kind of file, as in `formats.FORMATS`; or a `Finding`, why tertius does not read it and what
to do instead; or ``None``, if it cannot tell.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from tertius.intake import square
from tertius.intake.formats import FORMATS
from tertius.intake.names import plain, tidy

START_BYTES = 64 * 1024
"""How much of a file is looked at before it is read."""

AS_TIES = "Save the ties as a CSV file with one line for each tie and the columns source and target, and read that."
AS_CSV = "Open it in the program it belongs to, save or export the ties as CSV, and read that file."


class Finding(NamedTuple):
    """What a file turned out to be, as the parts of a problem."""

    code: str
    expected: str
    hint: str


_WORKBOOK_HINT = 'In your spreadsheet program, save each sheet as "CSV UTF-8" (File, Save as), and read that file.'

_MAGIC = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "R04", "an old Office file (such as .xls)", _WORKBOOK_HINT),
    (b"!BDN", "R05", "an Outlook mailbox (PST)", "Export the contacts or ties from Outlook as CSV, and read that."),
    (b"%PDF", "R05", "a PDF document", "Ask for the table behind it, as CSV; a PDF holds only its picture."),
    (b"{\\rtf", "R05", "a word processor's document (RTF)", "Copy the table into a spreadsheet and save it as CSV."),
    (b"\x89PNG", "R05", "a picture (PNG)", AS_TIES),
    (b"\xff\xd8\xff", "R05", "a picture (JPEG)", AS_TIES),
    (b"GIF8", "R05", "a picture (GIF)", AS_TIES),
    (b"II*\x00", "R05", "a picture (TIFF)", AS_TIES),
    (b"MM\x00*", "R05", "a picture (TIFF)", AS_TIES),
    (b"\x1f\x8b", "R05", "a compressed file (gzip)", "Unpack it first, and read the file inside."),
    (b"BZh", "R05", "a compressed file (bzip2)", "Unpack it first, and read the file inside."),
    (b"\xfd7zXZ\x00", "R05", "a compressed file (xz)", "Unpack it first, and read the file inside."),
    (b"7z\xbc\xaf\x27\x1c", "R05", "a compressed folder (7z)", "Unpack it first, and read the file inside."),
    (b"Rar!\x1a\x07", "R05", "a compressed folder (rar)", "Unpack it first, and read the file inside."),
    (b"SQLite format 3\x00", "R05", "a database (SQLite)", "Export the table of ties from it as CSV, and read that."),
    (b"PAR1", "R05", "a data table of another kind (Parquet)", AS_CSV),
    (b"ARROW1", "R05", "a data table of another kind (Arrow)", AS_CSV),
    (b"\x89HDF", "R05", "a data file of another kind (HDF5)", AS_CSV),
    (b"\x93NUMPY", "R05", "an array (NumPy)", AS_CSV),
)

LINKEDIN_MEMBERS = ("Connections.csv", "messages.csv")
"""The files of LinkedIn's archive that are read."""

_MAILBOX = re.compile(
    rb">?From (?:[^\r\n]{0,400}[0-9]:[0-9][0-9][^\r\n]{0,40}|-?[ \t]*)\r?\n(?:>From [^\r\n]*\r?\n)?>?[!-9;-~]+[ \t]*:"
)
"""How a mailbox starts: the line that parts messages, then a header."""

SEPARATOR_LINE = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)
"""What Excel writes above a table to say what separates its cells."""

_NAMES_OR_TIES = Finding(
    "R07",
    "The first row and the first column of this matrix hold the same numbers, which could be names or ties.",
    "Leave its first cell empty if they are names; if they are ties, write a row and a column of names before them.",
)

_PICKLE = re.compile(rb"\x80[\x02-\x05](?:\x95|[\x00-\x7f(\]})])")


_EMAIL_LINE = re.compile(rb"([!-9;-~]+)[ \t]*:|[ \t]")


def is_mailbox(start: bytes) -> bool:
    """Whether a file begins as a mailbox (mbox) does."""
    return _MAILBOX.match(start.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")) is not None


def is_email(start: bytes) -> bool:
    """Whether a file begins with the headers of a message, before which Apple's mail program writes a number.

    Examples
    --------
    >>> is_email(b"Received: from x\\n by y\\nFrom: ann@example.org\\n\\nHello"), is_email(b"From: Ann\\nHello")
    (True, False)
    """
    lines = re.sub(rb"\A(?:\xef\xbb\xbf)?(?:[0-9]+ *\r?\n)?", b"", start).split(b"\n")
    is_whole = len(start) < START_BYTES
    names = set()
    for line in lines if is_whole else lines[:-1]:
        if not line.strip(b"\r"):
            break
        match = _EMAIL_LINE.match(line)
        if match is None:
            return False
        names.add((match[1] or b"").lower())
    return b"from" in names and not names.isdisjoint((b"date", b"message-id", b"received", b"mime-version"))


def of_bytes(start: bytes, end: bytes) -> str | Finding | None:
    """What the first and last bytes of a file give away."""
    if is_mailbox(start):
        return "mbox"
    if is_email(start):
        return "eml"
    if start.startswith(_MAGIC[0][0]) and "__substg1.0_".encode("utf-16-le") in start + end:
        hint = "Save it as .eml, or export the whole folder as a mailbox (mbox), and read that."
        return Finding("R05", "This is an e-mail as Outlook saves it (MSG).", hint)
    for magic, code, what, hint in _MAGIC:
        if start.startswith(magic):
            return Finding(code, f"This is {what}, not a table of ties.", hint)
    if start.startswith(b"PK") and start[2:4] in (b"\x03\x04", b"\x05\x06", b"\x07\x08"):
        return _of_zip(start, end)
    if (start[:4] == b"RIFF" and start[8:12] == b"WEBP") or start[4:8] == b"ftyp":
        return Finding("R05", "This is a picture or a film, not a table of ties.", AS_TIES)
    if start[:2] == b"BM" and start[6:10] == b"\0\0\0\0":
        return Finding("R05", "This is a picture (BMP), not a table of ties.", AS_TIES)
    if _PICKLE.match(start):
        hint = "It can run programs when it is opened, so tertius never does. Have the ties saved as CSV instead."
        return Finding("R05", "This is a Python pickle, not a table of ties.", hint)
    return None


def _of_zip(start: bytes, end: bytes) -> str | Finding:
    """What a zip holds, from the names of its members; nothing is unpacked."""
    names = set(_member_names(start, b"PK\x03\x04", 26, 30)) | set(_member_names(end, b"PK\x01\x02", 28, 46))
    if any(name.startswith("xl/") for name in names):
        return Finding("R04", "This is an Excel workbook, not a CSV file.", _WORKBOOK_HINT)
    if any(name.startswith(("word/", "ppt/")) for name in names):
        return Finding("R04", "This is a document or a slide show, not a table of ties.", AS_TIES)
    if b"application/vnd.oasis.opendocument" in start[:200]:
        if b"opendocument.spreadsheet" in start[:200]:
            return Finding("R04", "This is an OpenDocument workbook, not a CSV file.", _WORKBOOK_HINT)
        return Finding("R04", "This is an OpenDocument file, not a table of ties.", AS_TIES)
    if {"users.json", "channels.json"} <= names:
        return Finding(
            "R04",
            "This is a Slack export, which tertius does not read: it holds what your colleagues wrote.",
            "Ask whoever runs the workspace for a table of who answered whom how often, saved as CSV with the columns "
            "source, target and count.",
        )
    if any(name.rpartition("/")[2] in LINKEDIN_MEMBERS for name in names):
        return "linkedin_archive"
    if any("_attributeList_" in name for name in names):
        return "network_canvas"
    if b"PK\x05\x06" not in end:
        return Finding("R38", "This is a zip file that ends too early.", "Download it again.")
    return Finding("R04", "This is a zip file, and I cannot tell which file in it you mean.", "Unpack it first.")


def _member_names(data: bytes, mark: bytes, length_at: int, name_at: int) -> list[str]:
    names = []
    position = data.find(mark)
    while position >= 0:
        length = int.from_bytes(data[position + length_at : position + length_at + 2], "little")
        names.append(data[position + name_at : position + name_at + length].decode("utf-8", "replace"))
        position = data.find(mark, position + 4)
    return names


def is_binary(start: bytes) -> bool:
    """Whether bytes that are no UTF-16 hold more control characters than any text does."""
    control = sum(start.count(byte) for byte in range(32) if byte not in b"\t\n\r\f\x1a\x1b")
    return control > max(4, len(start) // 50)


def of_markup(text: str) -> str | Finding | None:
    """A network in XML, a web page, or another file of tags; never an edge list, whatever the call says."""
    start = text.lstrip("\ufeff \t\r\n")[:4096].lower()
    if not start.startswith("<"):
        return None
    if start.startswith(("<!doctype html", "<html", "<head", "<body")) or "<html" in start:
        hint = "A site often sends one when you are not logged in: log in and download the file again."
        return Finding("R03", "This is a web page, not data.", hint)
    root = re.search(r"<(?:[\w.-]+:)?(graphml|gexf)[\s>/]", start)
    if root:
        return root[1]
    if "<svg" in start:
        return Finding("R05", "This is a drawing (SVG), not a table of ties.", AS_TIES)
    return Finding("R07", "This is a file of tags (XML), not a table of ties.", AS_TIES)


_AS_MAILBOX = "Export the whole folder as a mailbox (mbox) from your mail program, and read that."
_AS_COUNTS = (
    "Count who answered whom, and save it as CSV with the columns source, target and count; leave out what was written."
)

_LDIF = Finding(
    "R07",
    "This is an address book in LDIF, which tertius does not read.",
    "Export it as vCard (.vcf) instead, and read that.",
)

_TEXTS = (
    (r"BEGIN:VCALENDAR", "ics"),
    (r"BEGIN:VCARD", "vcard"),
    (r"(?:version: 1\s+)?(?:#[^\r\n]*[\r\n]\s*)*dn:+ ", _LDIF),
    (
        r"(?:Return-Path|Received|Delivered-To|MIME-Version|Message-ID|DKIM-Signature|ARC-[\w-]+|X-[\w-]+): "
        r"|(?:From|To|Date|Subject): [^\r\n]*\r?\n(?:From|To|Date|Subject): ",
        Finding("R07", "This looks like a single e-mail.", _AS_MAILBOX),
    ),
    (r"(?:%[^\r\n]*[\r\n]\s*)*\*(?:vertices|network)\b", "pajek"),
    (
        r"dl\s+(?:n|nr|nm|format)\s*=",
        Finding(
            "R07",
            "This looks like a network in UCINET's DL format, which tertius does not read.",
            "In UCINET, export it in Pajek's format, or the ties as CSV, and read that.",
        ),
    ),
    (r"(?:creator\s.*\n|version\s.*\n|comment\s.*\n|#.*\n)*graph\s*\[", "gml"),
    (
        r"[\u200e\u200f]?\[?\d{1,2}[./]\d{1,2}[./]\d{2,4},? \d{1,2}[:.]\d\d.{0,12}?(?:\]| -) [^:\n]+: ",
        Finding("R07", "This looks like a WhatsApp chat, which tertius does not read.", _AS_COUNTS),
    ),
    (r"\{\s*\"|\[\s*[\[{]", "json_graph"),
)


_NETWORK_CANVAS = Finding(
    "R07",
    "This is one table of an export from Network Canvas.",
    "Read the whole export, the zip or the folder that holds its tables.",
)
_OTHER_TABLES = (
    (
        {"from", "to", "sentat", "direction"},
        Finding(
            "R07",
            "This is LinkedIn's list of invitations, which tertius does not read: it says who asked to be connected.",
            "Read Connections.csv or messages.csv of the same archive, or the archive as it is.",
        ),
    ),
    (
        {"from", "to", "subject", "content"},
        Finding("R07", "This is a table of messages, with what was written, which tertius does not read.", _AS_COUNTS),
    ),
    ({"nodeid", "networkcanvasuuid"}, _NETWORK_CANVAS),
    ({"edgeid", "networkcanvasuuid"}, _NETWORK_CANVAS),
    ({"networkcanvasegouuid"}, _NETWORK_CANVAS),
)
"""Headers of tables that look like ties and are none."""

_ADDRESS_BOOK = Finding(
    "R07",
    "This looks like an address book, from a program or in a language that I do not know.",
    "Export it as vCard (.vcf), or with the program set to English, and read that.",
)
_WHEN_ANSWERED = {"timestamp", "zeitstempel", "horodateur", "marcatemporal", "informazionicronologiche", "tijdstempel"}
"""What a form calls the first column of its answers."""
_NAME_HEADER = re.compile(
    r".*(?:name|naam|namn|navn|nimi|nome|nombre|nom|apellidos?|cognome|nazwisko|imie|prijmeni|soyad\w*)"
)
_REACHED_BY = re.compile(
    r"(?:.*mail|epost|sahkoposti|.*courriel|.*correo|.*phone|telef[eo]no?)[a-z]*[0-9]*|(?:mobile?|handy|cell)(?:num.*)?"
)
_OF_TWO = re.compile(
    r"(?:from|to|sender|recipient|receiver|source|target|ego|alter)(?:s?(?:name|id|e?mail|address|person))?"
    r"|.*(?:name|person|node)[12ab]"
)


_PEOPLE = {"id", "name", "person", "code", "employee", "full name"}
_DETAILS = {
    *("kind", "label", "name", "department", "role", "team", "age", "gender", "organisation", "organization"),
    *("company", "position", "sector", "location", "office"),
}
"""Headers of a table that lists people, and says something of each."""


def of_text(text: str) -> str | Finding | None:
    """Which other format than a table of ties a text is in, by how it starts.

    Several exports that fit one header are a `Finding` that asks.
    """
    start = text.lstrip("\ufeff \t\r\n")[:4096]
    for pattern, what in _TEXTS:
        if re.match(pattern, start, re.IGNORECASE):
            return what
    kinds = _of_headers(text)
    if len(kinds) > 1:
        words = " or ".join(f'kind="{kind}"' for kind in kinds)
        what = " or ".join(FORMATS[kind].what for kind in kinds)
        return Finding("R07", f"This could be {what}.", f"Tell me: {words}.")
    return kinds[0] if kinds else _of_other_table(text) or _of_matrix(text)


def _of_matrix(text: str) -> str | Finding | None:
    """Whether the first records are those of a matrix; of a large one not all are there."""
    lines = text.lstrip("\ufeff").splitlines(keepends=True)
    if lines and SEPARATOR_LINE.fullmatch(lines[0]):
        del lines[0]
    for delimiter in ",;\t|":
        try:
            rows = [row for row in islice(csv.reader(lines, delimiter=delimiter), 18) if any(map(str.strip, row))]
            bare = [row for row in csv.reader(lines[:200], delimiter=delimiter) if any(map(str.strip, row))]
        except csv.Error:
            continue
        if square.is_bare(bare):
            return _NAMES_OR_TIES if square.may_be_named(bare) is None else "adjacency_csv"
        found = square.tidied(list(enumerate(rows))).rows
        if square.is_matrix(rows) and (len(found) > 11 or len(found) == len(found[0][1])):
            return "adjacency_csv"
    return None


def _of_other_table(text: str) -> Finding | None:
    """A table that is known and not read, by its first line."""
    for rows in _first_rows(text, 1):
        header = {plain(cell) for cell in rows[0]}
        for needed, finding in _OTHER_TABLES:
            if needed <= header:
                return finding
    return None


def _of_headers(text: str) -> list[str]:
    """The exports whose header stands within the first lines."""
    tables = [(kind, form.load()) for kind, form in FORMATS.items() if form.takes == "records" and form.is_personal]
    found = [kind for rows in _first_rows(text, 20) for kind, module in tables if any(map(module.is_header, rows))]
    return list(dict.fromkeys(found))


def _first_rows(text: str, n: int) -> Iterator[list[list[str]]]:
    """The first rows, cut at one separator after the other."""
    lines = text.lstrip("\ufeff").splitlines(keepends=True)[:200]
    if lines and SEPARATOR_LINE.fullmatch(lines[0]):
        del lines[0]
    for delimiter in ",;\t":
        try:
            rows = list(islice(filter(any, csv.reader(lines, delimiter=delimiter)), n))
        except csv.Error:
            continue
        if rows:
            yield rows


def of_rows(rows: list[list[str]]) -> Finding | None:
    """A matrix, a list of people or another table, where lines of ties were expected."""
    header = [tidy(cell) for cell in rows[0]]
    names = {cell.casefold() for cell in header}
    if names & _PEOPLE and names & _DETAILS - {header[0].casefold()} and "source" not in names:
        hint = 'Read the file of ties instead; or both, as in tertius.read(["people.csv", "ties.csv"]).'
        return Finding("R07", "This looks like a list of people, without their ties.", hint)
    if _is_address_book(rows):
        return _ADDRESS_BOOK
    if square.is_matrix(rows):
        return Finding(
            "R07", "This is a matrix, a row and a column for each person.", 'Read it with kind="adjacency_csv".'
        )
    if plain(header[0]) in _WHEN_ANSWERED:
        hint = "Write a line for each person named in an answer: source is who answered, and target who was named."
        return Finding("R07", "This looks like the answers to a form, a line for each who answered.", hint)
    if _is_two_mode(rows):
        hint = "Write a line for each cell that is not 0, with the row's name as source and the column's as target."
        return Finding("R07", "This looks like a table of who takes part in what.", hint)
    numbered = [stem for name in header[1:] if (stem := name.rstrip("0123456789")) not in ("", name)]
    if len(numbered) > 1 and len(set(numbered)) == 1:
        hint = "Write a line for each two of them, under the headers source and target."
        return Finding("R07", "This looks like a table with one person and several contacts in each line.", hint)
    return None


def _is_address_book(rows: list[list[str]]) -> bool:
    """Whether one column holds addresses, or is said to, or numbers to call; and there are names beside it."""
    header = list(map(plain, rows[0]))
    if len(header) < 2 or any("@" in cell for cell in rows[0]) or any(map(_OF_TWO.fullmatch, header)):
        return False
    reached = [k for k, head in enumerate(header) if _REACHED_BY.fullmatch(head)]
    has_addresses = [k for k in reached if any("@" in row[k] for row in rows[1:] if len(row) > k)]
    return len(has_addresses) == 1 or (bool(reached) and any(map(_NAME_HEADER.fullmatch, header)))


def _is_two_mode(rows: list[list[str]]) -> bool:
    """Whether rows and columns have names, none of them in both, and all cells say yes or no."""
    body = [list(map(tidy, row)) for row in rows[1:]]
    header = list(map(tidy, rows[0]))
    names = [row[0] for row in body]
    if len(header) < 3 or len(body) < 2 or header[0] or not all(header[1:]) or len(set(names)) < len(names):
        return False
    cells = {square.says(cell) for row in body for cell in row[1:]}
    return cells <= {"0", "1"} and not set(names) & set(header) and not any(map(square.is_number, names + header))


def of_folder(names: list[str]) -> str | None:
    """The kind of a folder that is read as a whole, from the names in it."""
    if "cur" in names:
        return "maildir"
    if not set(LINKEDIN_MEMBERS).isdisjoint(names):
        return "linkedin_archive"
    if any("_attributeList_" in name for name in names):
        return "network_canvas"
    return None
