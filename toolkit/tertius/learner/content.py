"""What stands in a learner's file, in memory: read from bytes, brought forward, merged, and written as bytes.

In memory everything is a log, a list of entries with the time of each: ``answers`` and most parts by the id of the
question, ``plan``, ``persona`` and ``network`` as one list each. Entries are added and never changed, and within a
log each is later than the one before. So two copies of a file become one by keeping every entry that either has, and
nothing needs to be guessed.

What counts is a matter of reading the log: of predictions the first, which was made knowing least; of answers,
reflections, actions, measures, the persona and the map the latest; of the plan the rows that were not dropped. In the
file, what counts of a prediction, persona or map stands in front, and the others are kept beside it, under ``later``
or ``earlier``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from tertius.errors import ReadError
from tertius.learner import shape
from tertius.learner.shape import BY_ID, CHOICES, MOMENT, SCHEMA, SECTIONS, Fault, moment

Content = dict[str, Any]

LARGEST = 200_000_000
"""Bytes of a file that is read at all."""

TOO_LARGE = f"is larger than the {LARGEST // 1_000_000} MB that are read"

DEEPEST = 100
"""Levels of lists within lists that are read."""

AHEAD = timedelta(days=2)
"""How far ahead of this computer's clock another one may be."""

MIGRATIONS: dict[int, Callable[[Content], Content]] = {}
"""For each older version of the file, what turns its content into that of the next version.

There has been one version, so there is no step yet. A step takes what the JSON holds and may change it in place.
"""


class Unusable(ReadError):
    """A file that cannot be used, though it may have been opened: ``reason`` says why, after the file's name."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"The file {reason}.")
        self.reason = reason


class Newer(Unusable):
    """A file that a later tertius has written.

    Attributes
    ----------
    content : dict
        The parts that can be understood.
    """

    def __init__(self, version: int, content: Content) -> None:
        super().__init__(f"was written by a newer tertius (its version is {version}, and this tertius knows {SCHEMA})")
        self.content = content


# --- new, read, written -----------------------------------------------------------------------------------------


def fresh(now: datetime) -> Content:
    """Return the content of a file in which nothing has been recorded."""
    content: Content = {"schema": SCHEMA, "created": moment(now), "updated": moment(now)}
    return content | {section: {} if section in BY_ID else [] for section in SECTIONS}


def parse(data: bytes) -> Content:
    """Read the bytes of a file, older versions too.

    Raises
    ------
    Unusable
        If they are not what tertius writes.
    Newer
        If a later tertius has written them.
    """
    stored = _json(data)
    version = stored.get("schema") if isinstance(stored, dict) else None
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise Unusable("is not a learner's file of tertius (it does not say its version under 'schema')")
    if version > SCHEMA:
        raise Newer(version, _as_far_as_understood(stored))
    try:
        stored = migrate(stored)
        shape.check(stored)
    except Fault as fault:
        raise Unusable(f"is not as tertius writes it ({fault})") from None
    return _to_logs(stored)


def _json(data: bytes) -> Any:
    if len(data) > LARGEST:
        raise Unusable(TOO_LARGE)
    if not data.strip():
        raise Unusable("is empty")
    try:
        stored = json.loads(data.decode("utf-8-sig"), object_pairs_hook=_once_each, parse_constant=_no_constant)
    except UnicodeDecodeError:
        raise Unusable("is not text in UTF-8") from None
    except json.JSONDecodeError as error:
        raise Unusable(f"could not be read as JSON (it goes wrong on line {error.lineno})") from None
    except ValueError as error:
        raise Unusable(f"could not be read as JSON ({error})") from None
    except RecursionError:
        raise Unusable("holds lists within lists too deep to read") from None
    _look_through(stored, DEEPEST)
    return stored


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    content = dict(pairs)
    if len(content) < len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))
        raise ValueError(f"{twice!r} stands twice in one place")
    return content


def _no_constant(word: str) -> None:
    raise ValueError(f"{word} is no number")


def _look_through(value: Any, deeper: int) -> None:
    """Refuse what could not be written again: too many levels, and numbers that are too large."""
    if isinstance(value, float) and not shape.is_number(value):
        raise Unusable("holds a number that is too large")
    if isinstance(value, dict | list):
        if deeper == 0:
            raise Unusable("holds lists within lists too deep to read")
        for inner in value.values() if isinstance(value, dict) else value:
            _look_through(inner, deeper - 1)


def migrate(
    stored: Content, migrations: Mapping[int, Callable[[Content], Content]] = MIGRATIONS, newest: int = SCHEMA
) -> Content:
    """Bring the content of an older file forward, one version at a time.

    Parameters
    ----------
    stored : dict
        What the JSON holds, with its version under ``schema``.
    migrations : mapping
        The step from each version to the next.
    newest : int
        The version to arrive at.

    Examples
    --------
    >>> steps = {1: lambda old: old | {"answers": old.pop("replies")}}
    >>> migrate({"schema": 1, "replies": {}}, steps, newest=2)
    {'schema': 2, 'answers': {}}
    """
    while (version := stored["schema"]) < newest:
        try:
            stored = migrations[version](dict(stored))
        except (KeyError, TypeError, ValueError, AttributeError, IndexError):
            raise Fault(f"it could not be brought forward from version {version}") from None
        stored["schema"] = version + 1
    return stored


def _as_far_as_understood(stored: Content) -> Content:
    """Keep the parts of a newer file that are shaped as ours are."""
    times = {key: stored[key] for key in ("created", "updated") if shape.is_moment(stored.get(key))}
    content = {"created": "0001-01-01T00:00:00Z", "updated": "0001-01-01T00:00:00Z"} | times
    for section in SECTIONS:
        if section in stored:
            try:
                shape.check(content | {section: stored[section]})
            except Fault:
                continue
            content[section] = stored[section]
    return _to_logs({"schema": SCHEMA} | content)


def _to_logs(stored: Content) -> Content:
    content = stored | {section: stored.get(section, {}) for section in BY_ID} | {"plan": stored.get("plan", [])}
    content["predictions"] = {id: _with_others(entry, "later") for id, entry in content["predictions"].items()}
    for section in CHOICES:
        standing, *earlier = _with_others(stored[section], "earlier") if section in stored else [None]
        content[section] = [*earlier, standing] if standing else []
    return content


def _with_others(entry: dict[str, Any], others: str) -> list[dict[str, Any]]:
    standing = {key: value for key, value in entry.items() if key != others}
    return [standing, *entry.get(others, [])]


def to_file(content: Content) -> Content:
    """Return content in the shape of the file."""
    stored = dict(content)
    stored["predictions"] = {
        id: first | ({"later": later} if later else {}) for id, (first, *later) in content["predictions"].items()
    }
    for section in CHOICES:
        *earlier, last = stored.pop(section) or [None]
        if last is not None:
            stored[section] = last | ({"earlier": earlier} if earlier else {})
    return stored


def dump(content: Content) -> bytes:
    """Write content as the bytes of a file: UTF-8, a line an id, the same for the same content."""
    stored = to_file(content)
    known = [key for key in ("schema", "created", "updated", *SECTIONS) if key in stored]
    keys = known + sorted(stored.keys() - set(known))
    lines = [f" {_line(key)}: {_lines(stored[key])}" for key in keys]
    # Half a surrogate pair, as a browser may send of a torn emoji, is no UTF-8; Python's escape of it is also JSON's.
    return ("{\n" + ",\n".join(lines) + "\n}\n").encode("utf-8", errors="backslashreplace")


def _lines(value: Any) -> str:
    if isinstance(value, dict) and value:
        return "{\n" + ",\n".join(f"  {_line(key)}: {_line(value[key])}" for key in sorted(value)) + "\n }"
    if isinstance(value, list) and value:
        return "[\n" + ",\n".join(f"  {_line(entry)}" for entry in value) + "\n ]"
    return _line(value)


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, allow_nan=False)


def same(one: Any, other: Any) -> bool:
    """Whether two values would be written alike; 1 and 1.0 and true are not."""
    return _line(one) == _line(other)


# --- logs -------------------------------------------------------------------------------------------------------


def logs(content: Content) -> Iterator[list[dict[str, Any]]]:
    """Every log of the content."""
    for section in SECTIONS:
        yield from content[section].values() if section in BY_ID else (content[section],)


def copy(content: Content) -> Content:
    """Return content whose logs can be added to without changing these."""
    return {
        key: {id: list(log) for id, log in value.items()} if key in BY_ID else list(value) if key in SECTIONS else value
        for key, value in content.items()
    }


def next_moment(now: datetime, *histories: Iterable[Mapping[str, Any]]) -> str:
    """Return the time of an entry that is added to some logs: now, but later than all that stand there.

    The clock may have been set back, and more than one thing can happen in a second; the order must not be lost.

    Examples
    --------
    >>> from datetime import datetime, timezone
    >>> now = datetime(2026, 1, 31, 9, 30, tzinfo=timezone.utc)
    >>> next_moment(now, [{"at": "2026-01-30T00:00:00Z"}]), next_moment(now, [{"at": "2026-01-31T09:30:00Z"}])
    ('2026-01-31T09:30:00Z', '2026-01-31T09:30:01Z')
    """
    latest = max((entry["at"] for log in histories for entry in log), default="")
    return max(moment(now), _shifted(latest, 1)) if latest else moment(now)


def _shifted(at: str, seconds: int) -> str:
    return moment(datetime.strptime(at, MOMENT).replace(tzinfo=UTC) + timedelta(seconds=seconds))


def newest(content: Content) -> str:
    """Return the latest time that stands in the content."""
    times = [content["created"], content["updated"]]
    return max(times + [entry["at"] for log in logs(content) for entry in log])


def is_ahead(content: Content, now: datetime) -> bool:
    """Whether the content is dated so far in the future that a clock must have been wrong."""
    return newest(content) > moment(now + AHEAD)


def pulled_back(content: Content, now: datetime) -> Content:
    """Return the content with no time later than now; the order of the entries stays."""
    content, limit = copy(content), moment(now)
    content["created"], content["updated"] = min(content["created"], limit), min(content["updated"], limit)
    for log in logs(content):
        latest = limit
        for position in range(len(log) - 1, -1, -1):
            at = min(log[position]["at"], latest)
            log[position] = log[position] | {"at": at}
            latest = _shifted(at, -1)
    return content


def plan_rows(log: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the rows that a plan consists of now, in the order in which they were added."""
    standing: dict[str, dict[str, Any]] = {}
    for entry in log:
        row = {key: value for key, value in entry.items() if key not in ("at", "dropped")}
        standing.pop(_line(row), None)
        if not entry.get("dropped"):
            standing[_line(row)] = row
    return list(standing.values())


# --- two copies -------------------------------------------------------------------------------------------------


def merge(one: Content, other: Content) -> Content:
    """Make one of two copies of a file, keeping every entry that either has.

    Entries that are alike to the letter are the same entry; the others are put in the order of their times. Of two
    predictions for one question the first made counts, whichever copy it comes from. The order of the copies does
    not matter, merging a copy again changes nothing, and it does not matter which two of three are merged first.

    A part that this tertius does not know is joined too, as far as it consists of objects and lists; where the copies
    differ otherwise, the one that was updated later is followed.

    Returns
    -------
    dict
    """
    later = (one["updated"] > other["updated"]) - (one["updated"] < other["updated"])
    known = (*SECTIONS, "created")
    unknown = [{key: value for key, value in content.items() if key not in known} for content in (one, other)]
    merged = _blend(*unknown, later)
    merged["created"] = min(one["created"], other["created"])
    for section in SECTIONS:
        if section in BY_ID:
            ids = one[section] | other[section]
            merged[section] = {id: _union(one[section].get(id, []), other[section].get(id, [])) for id in ids}
        else:
            merged[section] = _union(one[section], other[section])
    return merged


def _union(one: list[dict[str, Any]], other: list[dict[str, Any]]) -> list[dict[str, Any]]:
    entries = {_line(entry): entry for entry in (*one, *other)}
    return [entries[line] for line in sorted(entries, key=lambda line: (entries[line]["at"], line))]


def _blend(one: Any, other: Any, later: int) -> Any:
    """Join two values of unknown meaning; ``later`` is 1 or -1 if one copy or the other was updated later, else 0."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one | other | {key: _blend(one[key], other[key], later) for key in one.keys() & other.keys()}
    late, early = (one, other) if (later, _line(one)) > (0, _line(other)) else (other, one)
    if isinstance(late, list) and isinstance(early, list):
        in_late, in_early = {_line(value) for value in late}, {_line(value) for value in early}
        if not later and in_late < in_early:
            return early
        return late + [value for value in early if _line(value) not in in_late]
    return late
