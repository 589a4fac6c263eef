"""Blocks of runs that are kept on disk, so that work which was broken off goes on where it stopped."""

from __future__ import annotations

import csv
import dataclasses
import hashlib
import os
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from types import CodeType, FunctionType
from weakref import WeakKeyDictionary

import joblib
import numpy as np

from tertius.errors import SaveError
from tertius.simulate.engine import BLOCK


class Kept:
    """A folder with one file for each block of 64 runs of one setting, a table that any program reads.

    A file is there whole or not at all, whenever the process that writes it is killed. Processes may share a folder.

    Parameters
    ----------
    folder : Path
    settings : mapping
        Written into every row, for people; not read again.
    at : sequence of int
        Of which steps there are rows.
    """

    def __init__(self, folder: Path, settings: Mapping[str, object], at: Sequence[int]) -> None:
        self.folder, self.settings, self.at = folder, settings, tuple(at)

    def path(self, block: int) -> Path:
        """Where a block is, or would be."""
        return self.folder / f"block-{block:06d}.csv"

    def write(self, block: int, columns: Mapping[str, np.ndarray]) -> None:
        """Keep a block: numbers of shape (steps kept, 64) by name, with ``stopped`` the last.

        Raises
        ------
        SaveError
            If it cannot be written; nothing of it is left behind.
        """
        cells = [values.tolist() for values in columns.values()]
        about = [str(value) for value in self.settings.values()]
        part = self.folder / f".{block}-{os.getpid()}-{secrets.token_hex(4)}.part"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with part.open("w", newline="", encoding="utf-8") as file:
                rows = csv.writer(file)
                rows.writerow([*self.settings, "run", "step", *columns])
                for k, step in enumerate(self.at):
                    for run in range(BLOCK):
                        rows.writerow([*about, block * BLOCK + run, step, *(values[k][run] for values in cells)])
            part.replace(self.path(block))
        except OSError as error:
            raise SaveError(error.strerror or str(error)) from error
        finally:
            with suppress(OSError):
                part.unlink(missing_ok=True)

    def read(self, block: int) -> dict[str, np.ndarray] | None:
        """Numbers of a block as they were written, to the last digit; ``None`` without any, or where damaged."""
        try:
            with self.path(block).open(newline="", encoding="utf-8") as file:
                head, *rows = csv.reader(file)
            first = len(self.settings) + 2
            if len(rows) != len(self.at) * BLOCK:
                return None
            columns = list(zip(*rows, strict=True))[first:]
            shape = len(self.at), BLOCK
            return {name: _numbers(cells).reshape(shape) for name, cells in zip(head[first:], columns, strict=True)}
        except (OSError, ValueError, csv.Error):
            return None


def _numbers(cells: Sequence[str]) -> np.ndarray:
    if set(cells) <= {"True", "False"}:
        return np.array([cell == "True" for cell in cells])
    try:
        return np.array([int(cell) for cell in cells])
    except ValueError:
        return np.array([float(cell) for cell in cells])


def plain(values: np.ndarray) -> np.ndarray:
    """The same numbers as bool, int64 or float64, which is what is read back from a file."""
    return np.array(values.tolist()).reshape(values.shape)


def fingerprint(*what: object) -> str:
    """Name that changes whenever something does that could change a result; 24 letters and digits.

    Told apart are settings, networks by their ties, the rules that a model's class has, and the version of tertius; not
    what these rules call elsewhere.

    Examples
    --------
    >>> fingerprint({"transmission": 0.1}) == fingerprint({"transmission": 0.1})
    True
    >>> fingerprint({"transmission": 0.1}) == fingerprint({"transmission": 0.2})
    False
    """
    return _digest([version("tertius"), *_told(what)])[:24]


def _digest(told: Iterable[object]) -> str:
    digest = hashlib.sha256()
    for one in told:
        digest.update(repr(one).encode())
        digest.update(b"|")
    return digest.hexdigest()


_known: WeakKeyDictionary[object, str] = WeakKeyDictionary()
"""Digests of objects that do not change and are equal to themselves alone, such as a network's ties."""


def _told(value: object) -> Iterator[object]:
    """All that an object is made of, in an order that does not depend on the process."""
    kind = type(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        if kind.__eq__ is not object.__eq__ or not kind.__dataclass_params__.frozen:
            yield from _told_dataclass(value)
        else:
            if value not in _known:
                _known[value] = _digest(_told_dataclass(value))
            yield _known[value]
    elif isinstance(value, np.ndarray) and value.dtype != object:
        yield value.dtype.str, value.shape, hashlib.sha256(np.ascontiguousarray(value).tobytes()).hexdigest()
    elif isinstance(value, Mapping):
        yield "mapping", len(value)
        for key, entry in value.items():
            yield from _told((key, entry))
    elif isinstance(value, (list, tuple)):
        if all(type(entry) in (int, float, str) for entry in value):
            yield value
        else:
            yield kind.__name__, len(value)
            for entry in value:
                yield from _told(entry)
    elif value is None or isinstance(value, (bool, int, float, str, np.generic)):
        yield value.item() if isinstance(value, np.generic) else value
    elif hasattr(kind, "step"):  # a model that is no dataclass
        yield from _told_kind(kind)
        yield joblib.hash(vars(value))
    else:
        yield joblib.hash(value)


def _told_dataclass(value: object) -> Iterator[object]:
    yield from _told_kind(type(value))
    for field in dataclasses.fields(value):
        yield field.name
        yield from _told(getattr(value, field.name))


def _told_kind(kind: type) -> Iterator[object]:
    for one in kind.__mro__[:-1]:
        yield one.__module__, one.__qualname__
        for name, thing in sorted(vars(one).items()):
            if name == "__post_init__" or not name.startswith("__"):
                if isinstance(thing, property):
                    thing = thing.fget
                elif isinstance(thing, cached_property):
                    thing = thing.func
                elif isinstance(thing, (classmethod, staticmethod)):
                    thing = thing.__func__
                if isinstance(thing, FunctionType):
                    yield name
                    yield from _told_code(thing.__code__)


def _told_code(code: CodeType) -> Iterator[object]:
    """What a function does, without where it stands."""
    yield code.co_code, code.co_names, code.co_varnames
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _told_code(constant)
        else:
            yield sorted(map(repr, constant)) if isinstance(constant, frozenset) else constant
