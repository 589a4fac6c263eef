"""The shape of a learner's file: what must stand in it, checked in plain Python and told in our words.

``learner.schema.json`` beside this module says the same for other programs; a test holds the two together. What is
not named here may stand in the file too, and is kept: a later version of tertius may have put it there.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, NamedTuple

SCHEMA = 1
"""The version of the file that this tertius writes."""

MOMENT = "%Y-%m-%dT%H:%M:%SZ"
"""How a time is written: UTC, to the second."""

STATUSES = ("unanswered", "right", "wrong", "noted")
"""What an answer can be; "noted" is for what has no right and wrong, such as a goal or a message."""


class Kind(NamedTuple):
    """What a value may be: in words, and as a test of the value."""

    words: str
    holds: Callable[[Any], bool]


def is_number(value: Any) -> bool:
    """Whether a value is a finite number; yes and no are not numbers."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= sys.float_info.max


def is_percent(value: Any) -> bool:
    """Whether a value can say how sure somebody is: from 50, a coin's toss, to 100."""
    return is_number(value) and 50 <= value <= 100


def is_moment(value: Any) -> bool:
    """Whether a value is a time that exists, written as the file writes it.

    Examples
    --------
    >>> is_moment("2026-01-31T09:30:00Z"), is_moment("2026-02-30T09:30:00Z"), is_moment("2026-01-31")
    (True, False, False)
    """
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z", value):
        return False
    try:
        datetime.strptime(value, MOMENT)
    except ValueError:
        return False
    return True


def moment(time: datetime) -> str:
    """Write a time as the file does.

    Examples
    --------
    >>> from datetime import datetime, timezone
    >>> moment(datetime(2026, 1, 31, 9, 30, tzinfo=timezone.utc))
    '2026-01-31T09:30:00Z'
    """
    return time.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"


ANYTHING = Kind("a value", lambda value: True)
TEXT = Kind("a text", lambda value: isinstance(value, str))
FILLED = Kind("a text that is not empty", lambda value: isinstance(value, str) and value != "")
TIME = Kind("a time such as 2026-01-31T09:30:00Z", is_moment)
YES_NO = Kind("true or false", lambda value: isinstance(value, bool))
NUMBER = Kind("a number or null", lambda value: value is None or is_number(value))
PERCENT = Kind("a number from 50 to 100 or null", lambda value: value is None or is_percent(value))
HOURS = Kind("a number from 0 up or null", lambda value: value is None or (is_number(value) and value >= 0))
OBJECT = Kind("an object", lambda value: isinstance(value, dict))
LIST = Kind("a list", lambda value: isinstance(value, list))
TABLE = Kind(
    "a table: columns of different names, and rows as long as there are columns",
    lambda value: (
        isinstance(value, dict)
        and isinstance(value.get("columns"), list)
        and all(isinstance(column, str) for column in value["columns"])
        and len(set(value["columns"])) == len(value["columns"])
        and isinstance(value.get("rows"), list)
        and all(isinstance(row, list) and len(row) == len(value["columns"]) for row in value["rows"])
    ),
)

BY_ID = {
    "predictions": {"answer": ANYTHING, "confidence": PERCENT, "because": TEXT, "at": TIME},
    "answers": {"answer": ANYTHING, "status": FILLED, "at": TIME},
    "reflections": {"text": TEXT, "at": TIME},
    "actions": {"what": TEXT, "when": TEXT, "done": YES_NO, "at": TIME},
    "measures": {"value": NUMBER, "at": TIME},
    "views": {"state": OBJECT, "at": TIME},
}
"""The parts that hold entries by the id of a question, and what an entry must have."""

PLAN_ROW = {"who": TEXT, "what": TEXT, "when": TEXT, "give": TEXT, "ask": TEXT, "hours": HOURS}
CHOICES = {
    "persona": {"name": FILLED, "at": TIME},
    "network": {"nodes": TABLE, "ties": TABLE, "meta": OBJECT, "at": TIME},
}
"""Whose map the learner works with; what was chosen before may stand under ``earlier``."""

SECTIONS = (*BY_ID, "plan", *CHOICES)


class Fault(Exception):
    """The first thing in a file that is not as it should be, as words that follow the file's name."""


def check(content: Any) -> None:
    """Look over a file of the present version.

    Parameters
    ----------
    content : object
        What the JSON holds.

    Raises
    ------
    Fault
        With the place, what was needed there and what was found.
    """
    _need(OBJECT, content, "the whole")
    _fields(content, {"created": TIME, "updated": TIME}, "the whole")
    for section, fields in BY_ID.items():
        entries = content.get(section, {})
        _need(OBJECT, entries, section)
        for id, entry in entries.items():
            if section == "predictions":
                _standing(entry, fields, "later", f"{section} → {id}")
            else:
                _entries(entry, fields, f"{section} → {id}")
    _entries(content.get("plan", []), PLAN_ROW | {"at": TIME}, "plan", {"dropped": YES_NO})
    for section, fields in CHOICES.items():
        if section in content:
            _standing(content[section], fields, "earlier", section)
    if "network" in content:
        for network in (content["network"], *content["network"].get("earlier", [])):
            people_and_ties(network)


def _need(kind: Kind, value: Any, place: str) -> None:
    if not kind.holds(value):
        found = repr(value)
        raise Fault(f"{place} should be {kind.words}, not {found if len(found) <= 40 else found[:39] + '…'}")


def _fields(entry: Any, fields: dict[str, Kind], place: str, optional: dict[str, Kind] | None = None) -> None:
    _need(OBJECT, entry, place)
    for name, kind in fields.items():
        if name not in entry:
            raise Fault(f"{place} lacks {name!r}")
        _need(kind, entry[name], f"{place} → {name}")
    for name, kind in (optional or {}).items():
        if name in entry:
            _need(kind, entry[name], f"{place} → {name}")


def _entries(entries: Any, fields: dict[str, Kind], place: str, optional: dict[str, Kind] | None = None) -> None:
    _need(LIST, entries, place)
    for number, entry in enumerate(entries, 1):
        _fields(entry, fields, f"{place} → {number}", optional)


def _standing(entry: Any, fields: dict[str, Kind], others: str, place: str) -> None:
    """Check what stands, and the others of its kind that are kept beside it."""
    _fields(entry, fields, place)
    _entries(entry.get(others, []), fields, f"{place} → {others}")


def people_and_ties(network: dict[str, Any]) -> None:
    """Check what a JSON Schema cannot say: the columns needed, ids that are unique, ties between known people."""
    for table, needed in (("nodes", ("id",)), ("ties", ("source", "target", "relation", "wave", "weight"))):
        for column in needed:
            if column not in network[table]["columns"]:
                raise Fault(f"network → {table} lacks the column {column!r}")
    people = set()
    for id in _column(network["nodes"], "id"):
        _need(FILLED, id, "network → nodes → id")
        if id in people:
            raise Fault(f"network → nodes holds the person {id!r} twice")
        people.add(id)
    for end in ("source", "target"):
        for id in _column(network["ties"], end):
            if not isinstance(id, str) or id not in people:
                raise Fault(f"network → ties names {id!r}, who is not among the nodes")


def _column(table: dict[str, Any], name: str) -> list:
    position = table["columns"].index(name)
    return [row[position] for row in table["rows"]]
