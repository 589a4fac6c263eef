"""From bytes to lines of cells: letters, the separator, and records with the line they stand on."""

from __future__ import annotations

import codecs
import csv
import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import NoReturn

from tertius.intake.report import Draft, plural
from tertius.intake.sniff import SEPARATOR_LINE, START_BYTES, is_binary

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
"""The separators that are tried, and what people call them."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)

_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")


@dataclass(frozen=True)
class Text:
    """A file's letters."""

    letters: str

    def lines(self) -> Iterator[str]:
        """The physical lines, each with its own ending: LF, CR LF, or CR alone."""
        return (match.group() for match in _LINE.finditer(self.letters))

    def start(self) -> str:
        """The first 64 thousand characters or so, ending with a whole line."""
        start = self.letters[:START_BYTES]
        if len(start) == len(self.letters):
            return start
        return start[: max(start.rfind("\n"), start.rfind("\r")) + 1] or start


def decode(data: bytes, draft: Draft, encoding: str | None = None) -> Text:
    """Find the encoding: what the call says, else the file's own mark, else UTF-8, else cp1252 with a warning."""
    mark = next((entry for entry in _MARKS if data.startswith(entry[0])), None)
    if encoding is not None:
        is_marked = mark is not None and _family(encoding) == _family(mark[1])
        codec, draft.encoding = mark[1] if is_marked else encoding, encoding
        letters = _decoded(data, codec, f'encoding="{encoding}" does not fit: some bytes have no meaning in it.', draft)
    elif mark:
        _, codec, draft.encoding = mark
        letters = _decoded(data, codec, f"It says itself that it is in {draft.encoding}, and is not.", draft)
        draft.note("R09", f"The file says itself that it is in {draft.encoding}, so I read it that way.")
    else:
        letters = _decoded_by_trial(data, draft)
    if b"\r" in data and b"\n" not in data:
        draft.note("R09", "Lines end in the way of old Macintosh computers; I read them as lines.")
    return Text(letters)


def _family(encoding: str) -> list[str]:
    return codecs.lookup(encoding).name.split("-")[:2]


def _decoded_by_trial(data: bytes, draft: Draft) -> str:
    start = data[:START_BYTES]
    zeros_even, zeros_odd = start[::2].count(0), start[1::2].count(0)
    if max(zeros_even, zeros_odd) > max(1, len(start) // 5):
        guess = "utf-16-le" if zeros_odd > zeros_even else "utf-16-be"
        draft.refuse(
            "R08",
            "Every other byte is empty, so this is no plain text; it may be UTF-16 without its mark.",
            f'Try {draft.call(encoding=guess)}, or save the file again as "CSV UTF-8".',
        )
    if is_binary(start):
        draft.refuse(
            "R07",
            "This is no text: it is full of bytes that are not letters.",
            "Export the ties as a CSV file from the program that made it, and read that.",
        )
    try:
        draft.encoding = "utf-8"
        return data.decode("utf-8")
    except UnicodeDecodeError:
        draft.encoding = "cp1252"
        letters = _decoded(data, "cp1252", "Letters fit neither UTF-8 nor Western European (cp1252).", draft)
    _warn_of_guessed_letters(data, draft)
    return letters


def _decoded(data: bytes, codec: str, expected: str, draft: Draft) -> str:
    """The letters; or a refusal that names the line, if the bytes do not fit the codec."""
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        line = sum(1 for _ in _LINE.finditer(data[: error.start].decode(codec, "replace") + "."))
        if codec.startswith(("utf-16", "utf-32")) and error.end >= len(data) - 1:
            again = "Download or save it again."
            draft.refuse("R38", "The file ends in the middle of a letter, so its end is missing.", again, row=line)
        hint = f'Save the file again as "CSV UTF-8", or name its encoding, such as {draft.call(encoding="cp1250")}.'
        draft.refuse("R08", expected, hint, row=line)


def _warn_of_guessed_letters(data: bytes, draft: Draft) -> None:
    """Show a few letters that depend on the guess, each between its neighbours, so that no name is spelt out."""
    odd = re.compile(rb"[^\x80-\xff,;\t|\r\n]?[\x80-\xff][^\x80-\xff,;\t|\r\n]?")
    samples = dict.fromkeys(match.group().decode("cp1252") for match in islice(odd.finditer(data), 200))
    shown = ", ".join(repr(f"…{sample}…") for sample in list(samples)[:3])
    lines = [number for number, line in enumerate(re.split(rb"\r\n|\r|\n", data), 1) if not line.isascii()]
    draft.warn(
        "R08",
        f"Letters are not UTF-8 on {plural(len(lines), 'line')}; I read them as Western European (cp1252), so that "
        f"they look like {shown}.",
        f'If that is wrong, save the file as "CSV UTF-8", or name its encoding: {draft.call(encoding="cp1250")}.',
        row=lines[0],
        count=len(lines),
    )


@dataclass
class Records:
    """The records of a CSV file: iterate for ``(line, cells)``, the line being the record's first.

    Lines without content are no records and are passed over.
    """

    text: Text
    delimiter: str
    draft: Draft
    skip_lines: int = 0

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        lines = self.text.lines()
        lines = islice(lines, self.skip_lines, None)
        reader = csv.reader(lines, delimiter=self.delimiter, strict=True, skipinitialspace=self.delimiter != " ")
        while True:
            line = self.skip_lines + reader.line_num + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                self._refuse(line, self.skip_lines + reader.line_num, str(error))
            if any(cells) and any(map(str.strip, cells)):
                yield line, cells

    def _refuse(self, first: int, last: int, error: str) -> NoReturn:
        if "field limit" in error and last == first:
            self.draft.refuse(
                "R45",
                f"A cell is longer than the {csv.field_size_limit():,} characters I read.",
                "Look whether this is the right file; "
                "or allow more: limits=tertius.intake.Limits(field_characters=5_000_000).",
                row=first,
            )
        swallowed = f" and swallows everything up to line {last}" if last > first else ""
        self.draft.refuse(
            "R13",
            f"A quotation mark opens here{swallowed}, and it is not closed where its cell ends.",
            'Close it or take it out; inside a quoted cell, a quotation mark is written twice ("").',
            row=first,
        )


def records(
    text: Text,
    draft: Draft,
    delimiter: str | None,
    is_header: Callable[[list[str]], bool],
    has_preamble: bool = False,
) -> Records:
    """Find what separates cells, and return the records.

    The separator is what the call says; else what a first line ``sep=;`` says; else the one of comma, semicolon, tab
    and bar that cuts most of the first 50 records into the same number of cells. Where several do, one with a
    header that ``is_header`` knows wins (with ``has_preamble``, a header within the first 20 records), and a comma that
    stands only inside numbers is no separator.
    """
    start = text.start()
    first_line = re.match(r"[^\r\n]*", start).group()
    said = SEPARATOR_LINE.fullmatch(first_line)
    if said:
        start = start[len(first_line) :]
        delimiter = delimiter or said.group(1)
    elif delimiter is None:
        delimiter = _found_delimiter(start, draft, is_header, 20 if has_preamble else 1)
        if delimiter != ",":
            draft.note("R11", f"Cells are separated by a {DELIMITERS[delimiter]}; I read them that way.")
    draft.delimiter = delimiter
    return Records(text, delimiter, draft, skip_lines=1 if said else 0)


def _found_delimiter(start: str, draft: Draft, is_header: Callable[[list[str]], bool], within: int) -> str:
    first, alike = {}, {}
    for delimiter in DELIMITERS:
        sample = _sample(start, delimiter)
        widths = Counter(map(len, sample))
        width, often = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
        if len(sample) and (width > 1 or len(sample[0]) > 1 or within > 1):
            first[delimiter] = sample[:within]
            alike[delimiter] = often / len(sample) if width > 1 else 0
    fitting = [delimiter for delimiter in first if any(map(is_header, first[delimiter]))]
    fitting = fitting or [delimiter for delimiter in first if alike[delimiter] > 0.5] or list(first)
    if len(fitting) > 1 and "," in fitting and not re.search(r",(?![0-9])|(?<![0-9]),", start):
        fitting.remove(",")
    if len(fitting) > 1:
        fitting = [delimiter for delimiter in fitting if alike[delimiter] == 1] or fitting
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        names = " or ".join(f"a {DELIMITERS[delimiter]}" for delimiter in fitting)
        draft.refuse(
            "R11",
            f"I cannot tell whether {names} stands between two cells.",
            f"Tell me: {draft.call(delimiter=fitting[0])} or delimiter={fitting[1]!r}.",
        )
    draft.refuse(
        "R11",
        "I see one cell in each line: no comma, semicolon, tab or bar separates two.",
        "An edge list has two people in each line. If something else stands between them, tell me, such as "
        f"{draft.call(delimiter=' ')} for a space.",
    )


def _sample(start: str, delimiter: str) -> list[list[str]]:
    """The first 50 records, or as many as come before a quotation mark that does not close."""
    rows: list[list[str]] = []
    reader = csv.reader(Text(start).lines(), delimiter=delimiter, strict=True, skipinitialspace=True)
    try:
        for cells in reader:
            if any(map(str.strip, cells)):
                rows.append(cells)
            if len(rows) == 50:
                break
    except csv.Error:
        pass
    return rows


@contextmanager
def field_limit(characters: int) -> Iterator[None]:
    """Let cells be this long while reading, and set Python's own limit back afterwards."""
    before = csv.field_size_limit(int(characters))
    try:
        yield
    finally:
        csv.field_size_limit(before)
