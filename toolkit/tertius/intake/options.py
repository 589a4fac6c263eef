"""What a learner can tell `tertius.read`, and how much it is willing to read."""

from __future__ import annotations

import codecs
import dataclasses
import difflib
import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tertius.errors import ParameterError, check_count, choose_from
from tertius.network import UNITS
from tertius.ties import ALTER_TIES


@dataclass(frozen=True)
class Limits:
    """How much is read before `tertius.read` gives up, with a message that names the limit.

    Attributes
    ----------
    megabytes : float
        Size of the file.
    nodes, ties : int
        People, and lines that hold a tie.
    field_characters : int
        Length of one cell.
    mailbox_megabytes : float
        Size of a mailbox, which is read line by line and never held.
    archive_ratio : float
        How many times its packed size a file in a zip may have.
    archive_members : int
        Files in a zip.
    seconds : float
        Time for one file.
    """

    megabytes: float = 200
    nodes: int = 50_000
    ties: int = 1_000_000
    field_characters: int = 1_000_000
    mailbox_megabytes: float = 2_000
    archive_ratio: float = 200
    archive_members: int = 10_000
    seconds: float = 120

    def __post_init__(self) -> None:
        for limit in dataclasses.fields(self):
            value = getattr(self, limit.name)
            if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value < math.inf:
                raise ParameterError(f"The limit {limit.name} is {value!r}; it must be a number, 0 or more.")
        if self.field_characters != int(self.field_characters) or self.field_characters > 2**31 - 1:
            raise ParameterError(f"The limit field_characters is {self.field_characters!r}; it must be a whole number.")


_NO_FILE_ENCODINGS = ("idna", "punycode", "raw-unicode-escape", "unicode-escape", "utf-7")
"""Encodings of Python that stand for something else than the letters of a file."""


_CHOICES = {
    "decimal": (",", "."),
    "unit": UNITS,
    "alter_ties": ALTER_TIES,
    "date_order": ("dmy", "mdy"),
    "links": ("id", "place"),
}
"""Settings that are one of a few words."""


@dataclass(frozen=True)
class ReadOptions:
    """Answers to what a file leaves open. Leave out what you do not know: you will be asked.

    Attributes
    ----------
    directed : bool, optional
        Whether a line goes from its first person to its second (``True``) or is shared by both (``False``).
    strict : bool
        Refuse what would be a warning.
    encoding : str, optional
        How the file's letters are stored, such as ``"utf-8"`` or ``"cp1250"``.
    delimiter : str, optional
        The character between two cells.
    decimal : {",", "."}, optional
        The sign before the fraction: ``","`` reads 1,500 as one and a half, ``"."`` as fifteen hundred.
    missing_weight : float or "drop", optional
        The weight of a tie whose cell is empty while others have one; ``"drop"`` leaves such ties out.
    unit : {"binary", "rating", "count"}, optional
        What a weight is. ``"binary"`` ignores weights. ``"count"`` without weights counts lines: one a contact.
    scale_max : float, optional
        The top of the rating scale, if nobody in the file reaches it.
    header : bool, optional
        Whether the first line names the columns.
    source, target, weight : str, optional
        Headers of the columns that hold the two people and the weight.
    alter_ties : str, optional
        How much the file knows about ties among contacts: one of `tertius.ties.ALTER_TIES`.
    links : {"id", "place"}, optional
        In JSON, whether numbers in links are ids or places in the list of nodes.
    date_order : {"dmy", "mdy"}, optional
        In dates of numbers alone, whether the day or the month comes first.
    reference_date : str, optional
        The day, such as ``"2026-03-01"``, from which contact is looked back upon. Default: that of the newest record.
    half_life : float
        Days after which a contact record counts half in the strength of a tie.
    min_contacts : int
        People with fewer contact records are left out. Weak ties are then understated, and the report says so.
    merge : sequence of sequences of str
        Addresses, profiles or code names that are one person each, in what comes from an account. Nobody is joined
        otherwise: the report proposes who may be, by their names.
    keep_names : bool
        Keep the names behind the code names on this computer, beside the key, for the next notebook.
    allow_public_hub : bool
        Read even on a shared computer. Only where everybody in the file has agreed.
    limits : Limits
        How much to read.
    """

    directed: bool | None = None
    strict: bool = False
    encoding: str | None = None
    delimiter: str | None = None
    decimal: str | None = None
    missing_weight: float | str | None = None
    unit: str | None = None
    scale_max: float | None = None
    header: bool | None = None
    source: str | None = None
    target: str | None = None
    weight: str | None = None
    alter_ties: str | None = None
    links: str | None = None
    date_order: str | None = None
    reference_date: str | date | None = None
    half_life: float = 180
    min_contacts: int = 1
    merge: Sequence[Sequence[str]] = ()
    keep_names: bool = False
    allow_public_hub: bool = False
    limits: Limits = field(default_factory=Limits)

    def __post_init__(self) -> None:
        for name in ("directed", "header"):
            if getattr(self, name) not in (True, False, None):
                raise ParameterError(f"{name} is {getattr(self, name)!r}; it can be True, False or left out.")
        for name in ("strict", "keep_names", "allow_public_hub"):
            if not isinstance(getattr(self, name), bool):
                raise ParameterError(f"{name} is {getattr(self, name)!r}; it can be True or False.")
        for name, choices in _CHOICES.items():
            if getattr(self, name) is not None:
                choose_from(getattr(self, name), choices, name)
        if not isinstance(self.limits, Limits):
            raise ParameterError(f"limits is {self.limits!r}; it must be a tertius.intake.Limits(...).")
        self._check_letters()
        self._check_columns()
        if self.missing_weight != "drop":
            _check_positive(self.missing_weight, "missing_weight", ' or "drop"')
        _check_positive(self.scale_max, "scale_max")
        self._check_records()

    def _check_letters(self) -> None:
        if self.encoding is not None:
            try:
                "".encode(self.encoding)
                is_known = codecs.lookup(self.encoding).name not in _NO_FILE_ENCODINGS
            except (LookupError, TypeError, ValueError):
                is_known = False
            if not is_known:
                raise ParameterError(
                    f'encoding is {self.encoding!r}, which is none that files are saved in. Common ones are "utf-8", '
                    '"utf-16", "cp1252" (Western Europe) and "cp1250" (Central Europe).'
                )
        is_one = isinstance(self.delimiter, str) and len(self.delimiter) == 1
        if self.delimiter is not None and (not is_one or self.delimiter in '\r\n"\0'):
            raise ParameterError(
                f'delimiter is {self.delimiter!r}; it must be one character: ",", ";", "|", or "\\t" for a tab.'
            )

    def _check_records(self) -> None:
        if self.half_life is None:
            raise ParameterError("half_life is None; it must be a number of days above 0.")
        _check_positive(self.half_life, "half_life")
        check_count("min_contacts", self.min_contacts, 1)
        if self.reference_date is not None and not isinstance(self.reference_date, date):
            try:
                object.__setattr__(self, "reference_date", date.fromisoformat(self.reference_date))
            except (TypeError, ValueError):
                raise ParameterError(
                    f'reference_date is {self.reference_date!r}; it must be a day such as "2026-03-01".'
                ) from None
        is_list = isinstance(self.merge, Sequence) and not isinstance(self.merge, str)
        if not is_list or any(
            isinstance(group, str) or not isinstance(group, Sequence) or not all(isinstance(one, str) for one in group)
            for group in self.merge
        ):
            raise ParameterError(
                "merge lists people who are one, each as a list of addresses or code names: "
                'merge=[["ann@example.org", "ann.lee@example.com"]].'
            )

    def _check_columns(self) -> None:
        for name in ("source", "target", "weight"):
            column = getattr(self, name)
            if column is None:
                continue
            if not isinstance(column, str) or not column.strip():
                raise ParameterError(f"{name} is {column!r}; it must be the header of a column.")
            if self.header is False:
                raise ParameterError(f"{name} names a column, and header=False says that columns have no names.")
        if (self.source is None) != (self.target is None):
            raise ParameterError("source and target name the two columns of people: give both, or neither.")


def _check_positive(value: object, name: str, otherwise: str = "") -> None:
    if value is None:
        return
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 < value < math.inf:
        raise ParameterError(f"{name} is {value!r}; it must be a number above 0{otherwise}.")


def gather(options: ReadOptions | None, settings: dict[str, Any]) -> ReadOptions:
    """Join options and the settings that were typed into the call; the settings win.

    Examples
    --------
    >>> gather(None, {"decimal": ","}).decimal
    ','
    """
    if options is None:
        options = ReadOptions()
    elif not isinstance(options, ReadOptions):
        raise ParameterError(f"options is {options!r}; it must be a tertius.ReadOptions(...).")
    known = [option.name for option in dataclasses.fields(ReadOptions)]
    for name in settings:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f"did you mean {near[0]!r}? " if near else ""
            raise ParameterError(f"read() has no setting {name!r}; {hint}It has {', '.join(known)}.")
    return dataclasses.replace(options, **settings)
