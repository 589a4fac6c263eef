"""What a file is, from its bytes. Names and extensions are only hearsay.

Each function returns a `Finding`, why the file is no edge list and what to do instead, or ``None``. Formats that
tertius reads later will be taken out of these lists one by one.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from tertius.intake.names import tidy

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

_PICKLE = re.compile(rb"\x80[\x02-\x05](?:\x95|[\x00-\x7f(\]})])")


def of_bytes(start: bytes, end: bytes) -> Finding | None:
    """What the first and last bytes of a file give away, if it is no text."""
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


def _of_zip(start: bytes, end: bytes) -> Finding:
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
        return Finding("R04", "This is a Slack export, which tertius cannot read yet.", AS_TIES)
    if any(name.endswith("Connections.csv") for name in names):
        return Finding("R04", "This is a LinkedIn archive, which tertius cannot read yet.", AS_TIES)
    if b"PK\x05\x06" not in end:
        return Finding("R38", "This is a zip file that ends too early.", "Download it again, then unpack it.")
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


def of_markup(text: str) -> Finding | None:
    """A web page, or another file of tags; never an edge list, whatever the call says."""
    start = text.lstrip()[:4096].lower()
    if not start.startswith("<"):
        return None
    if start.startswith(("<!doctype html", "<html", "<head", "<body")) or "<html" in start:
        hint = "A site often sends one when you are not logged in: log in and download the file again."
        return Finding("R03", "This is a web page, not data.", hint)
    for root, what in (("<graphml", "GraphML"), ("<gexf", "GEXF")):
        if root in start:
            hint = "Open it in Gephi or similar and export the table of edges as CSV."
            return Finding("R07", f"This is a network in {what}, which tertius cannot read yet.", hint)
    if "<svg" in start:
        return Finding("R05", "This is a drawing (SVG), not a table of ties.", AS_TIES)
    return Finding("R07", "This is a file of tags (XML), not a table of ties.", AS_TIES)


_TEXTS = (
    (r"BEGIN:VCALENDAR", "a calendar (ICS)"),
    (r"BEGIN:VCARD", "an address book (vCard)"),
    (r"From \S.*\d\d:\d\d", "a mailbox (mbox)"),
    (r"(?:Return-Path|Received|Delivered-To|MIME-Version|Message-ID): ", "an e-mail"),
    (r"\*(?:vertices|network)\b", "a network in Pajek's format"),
    (r"dl\s+(?:n|nr|nm|format)\s*=", "a network in UCINET's DL format"),
    (r"(?:creator\s.*\n|version\s.*\n|comment\s.*\n)*graph\s*\[", "a network in GML"),
    (r"\[?\d{1,2}[./]\d{1,2}[./]\d{2,4},? \d{1,2}[:.]\d\d.{0,12}?(?:\]| -) [^:\n]+: ", "a WhatsApp chat"),
    (r"\{\s*\"|\[\s*[\[{]", "a file in JSON"),
)

_HEADERS = (
    ({"first name", "last name", "connected on"}, "LinkedIn's list of connections"),
    ({"conversation id", "sender profile url"}, "LinkedIn's messages"),
    ({"organization name", "labels"}, "Google's contacts"),
    ({"given name", "group membership"}, "Google's contacts"),
    ({"first name", "e-mail address"}, "Outlook's contacts"),
    ({"networkcanvasegouuid"}, "an interview from Network Canvas"),
)


def of_text(text: str) -> Finding | None:
    """Which other format a text is in, by how it starts."""
    start = text.lstrip("\ufeff \t\r\n")[:4096]
    for pattern, what in _TEXTS:
        if re.match(pattern, start, re.IGNORECASE):
            return Finding("R07", f"This looks like {what}, which tertius cannot read yet.", AS_TIES)
    for line in start.splitlines()[:20]:
        cells = {cell.strip(' "').lower() for cell in re.split(r"[,;\t]", line)}
        for header, what in _HEADERS:
            if header <= cells:
                return Finding("R07", f"This looks like {what}, which tertius cannot read yet.", AS_TIES)
    return None


def of_rows(rows: list[list[str]]) -> Finding | None:
    """A matrix, or a list of people, where lines of ties were expected."""
    header = [tidy(cell) for cell in rows[0]]
    names = {cell.casefold() for cell in header}
    if "id" in names and names & {"kind", "label", "name"} and "source" not in names:
        hint = "Read the file of ties instead; each person who is named in it is found there."
        return Finding("R07", "This looks like a list of people, without their ties.", hint)
    body = rows[1:]
    is_square = len(body) >= 2 and len(body) == len(header) - 1 and all(len(row) == len(header) for row in body)
    same_names = is_square and {tidy(row[0]) for row in body} == set(header[1:]) and not _is_number(header[0])
    if same_names and all(_is_number(cell) for row in body for cell in row[1:]):
        return Finding("R07", "This is a matrix, a row and a column for each person.", AS_TIES)
    return None


def _is_number(cell: str) -> bool:
    return re.fullmatch(r"[+-]?[0-9]*[.,]?[0-9]*", cell.strip()) is not None and cell.strip() != ""
