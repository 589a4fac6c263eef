"""A lesson's case: the values of its ``.toml`` file, and how they get into its text.

``{{ case.leader }}`` in the text stands for the value of ``leader`` in the table ``[case]``. In prose the value is put
in as it is; in code it becomes a Python literal, so that a text needs no quotes around it and cannot break the code.
There ``{{ q1.options }}`` may also stand for a whole table, which becomes a dict.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tertius.errors import LessonError

KEY = r"[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)*"
IN_CODE = re.compile(rf"\{{\{{\s*({KEY})\s*\}}\}}")
IN_PROSE = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
"""In prose double braces mean nothing else, so what looks wrong in them is refused; code may hold ``{{1}}``."""


def read_case(path: Path) -> dict[str, Any]:
    """Read a case file as one flat mapping: the value of ``leader`` in the table ``[case]`` is ``case.leader``.

    Raises
    ------
    LessonError
        If the file is absent, not TOML, or holds something that is no text, number, yes/no or list of these.
    """
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise LessonError(f"{path.name} is missing; a lesson's case stands beside its text.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LessonError(f"{path.name} is not a TOML file: {error}.") from None
    return dict(_flat(path.name, "", values))


def read_remarks(path: Path) -> dict[str, str]:
    """Read what the comments of a case file say of its keys: those right above a key, and behind its value.

    Parameters
    ----------
    path : Path
        Of a file that `read_case` can read.

    Returns
    -------
    dict of str to str
        By key, as `read_case` names them; keys without a comment are left out.
    """
    remarks, table, above = {}, "", []
    for line in map(str.strip, path.read_text(encoding="utf-8").splitlines()):
        if line.startswith("#"):
            above.append(line.lstrip("# "))
            continue
        header, key = re.match(r"\[([\w.]+)\]", line), re.match(r"(\w+)\s*=", line)
        if header:
            table = f"{header[1]}."
        elif key:
            said = " ".join([*above, _behind(line)]).strip()
            remarks |= {table + key[1]: said} if said else {}
        above = []
    return remarks


def _behind(line: str) -> str:
    """The comment behind a value: what follows the first # before which the line is whole."""
    for place in (place for place, sign in enumerate(line) if sign == "#"):
        try:
            tomllib.loads(line[:place])
        except tomllib.TOMLDecodeError:
            continue
        return line[place:].lstrip("# ")
    return ""


def _flat(file: str, above: str, values: Mapping[str, Any]):
    for name, value in values.items():
        key = above + name
        if not re.fullmatch(KEY, key):
            raise LessonError(f"{file}: the key {key!r} is not made of small letters, digits and underscores.")
        if isinstance(value, dict):
            yield from _flat(file, f"{key}.", value)
        elif isinstance(value, (str, int, float)) or (
            isinstance(value, list) and all(isinstance(part, (str, int, float)) for part in value)
        ):
            yield key, value.strip() if isinstance(value, str) else value
        else:
            raise LessonError(f"{file}: {key} is {value!r}; a value is a text, a number, true or false, or a list.")


class Filling:
    """Puts the values of a case into text, and remembers which were used.

    Parameters
    ----------
    values : mapping of str to value
        As `read_case` returns them.
    file : str
        The case's file, for messages.

    Examples
    --------
    >>> filling = Filling({"case.leader": "the VP", "data.name": "karate"}, "06-weak-ties.toml")
    >>> filling.prose("{{ case.leader }} phones.", "a cell")
    'the VP phones.'
    >>> filling.code("load({{ data.name }})", "a cell"), filling.code("{{ case }}", "a cell")
    ('load("karate")', '{"leader": "the VP"}')
    >>> filling.unused()
    []
    """

    def __init__(self, values: Mapping[str, Any], file: str) -> None:
        self.values = values
        self.file = file
        self._used: set[str] = set()

    def prose(self, text: str, where: str) -> str:
        """Fill Markdown; ``where`` begins the message if something is wrong."""
        return IN_PROSE.sub(lambda match: self._said(match[1].strip(), where), text)

    def code(self, text: str, where: str) -> str:
        """Fill Python code with literals."""
        return IN_CODE.sub(lambda match: literal(self._value(match[1], where)), text)

    def unused(self) -> list[str]:
        """Keys that no text asked for."""
        return [key for key in self.values if key not in self._used]

    def _said(self, key: str, where: str) -> str:
        value = self._value(key, where)
        if isinstance(value, (list, bool, dict)):
            raise LessonError(f"{where}: {key} is {value!r} in {self.file}; prose takes a text or a number.")
        return str(value)

    def _value(self, key: str, where: str) -> Any:
        within = {
            name.removeprefix(f"{key}."): value for name, value in self.values.items() if name.startswith(f"{key}.")
        }
        if key not in self.values and within:
            self._used.update(f"{key}.{name}" for name in within)
            return within
        if key not in self.values:
            known = ", ".join(self.values) or "nothing"
            raise LessonError(f"{where}: {{{{ {key} }}}} is not in {self.file}, which has {known}.")
        self._used.add(key)
        return self.values[key]


def literal(value: Any) -> str:
    """Write a value of a case as Python code.

    Examples
    --------
    >>> literal(["two \\"words\\"", 0.35, True])
    '["two \\\\"words\\\\"", 0.35, True]'
    """
    if isinstance(value, list):
        return f"[{', '.join(map(literal, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{literal(name)}: {literal(part)}' for name, part in value.items())}}}"
    # JSON's escapes are Python's, and its double quotes are the house's.
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else repr(value)
