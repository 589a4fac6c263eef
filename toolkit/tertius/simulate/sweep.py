"""Play a model for every setting of a grid, on one processor or many, so that it can be broken off and go on."""

from __future__ import annotations

import dataclasses
import itertools
import pickle
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from inspect import signature
from pathlib import Path
from tempfile import TemporaryFile
from time import monotonic
from typing import TYPE_CHECKING, Any

import numpy as np
from joblib import Parallel, delayed
from joblib.externals.loky.process_executor import BrokenProcessPool
from joblib.parallel import get_active_backend

from tertius.errors import ParameterError, SaveError, WorkerError, check_count
from tertius.simulate.engine import BLOCK, check_jobs, checked_length, checked_seed, grouped, play
from tertius.simulate.kept import Kept, fingerprint, plain
from tertius.simulate.protocol import Model

if TYPE_CHECKING:
    import pandas as pd

Columns = dict[str, np.ndarray]
"""Numbers of one block by name, each of shape (steps kept, 64)."""

GOES = 3
"""How often a sweep is tried if machines of a cluster die meanwhile; what was kept is not played again."""
QUIET = 2.0
"""Seconds before progress is shown."""


def sweep(
    build: Model | Callable[..., Model],
    grid: Mapping[str, Sequence[Any]],
    steps: int,
    *,
    runs: int,
    seed: int | None = None,
    at: Sequence[int] | None = None,
    n_jobs: int | None = None,
    cache: str | Path | None = None,
) -> pd.DataFrame:
    """Play many runs for every combination of some settings, and return a table with a row for each run.

    All settings share the seed, so with a model that shares its luck, run 3 of one setting can be compared with run 3
    of another. Where a model can say that a run is settled, the run ends there.

    Parameters
    ----------
    build : Model, or callable that returns one
        A model whose settings are replaced by those of the grid, or what makes a model of them.
    grid : mapping of str to sequence
        The values of each setting; every combination is played, the last setting changing fastest.
    steps, runs, seed
        As for `ensemble`; ``runs`` is for each combination.
    at : sequence of int, optional
        The steps that are kept, each from 0 to ``steps``. Left out: the last.
    n_jobs : int, optional
        How many processes share the work, -1 for all processors; the numbers are the same for any. Left out: one, or
        what ``joblib.parallel_config`` says around the call, such as ``backend="dask"`` for a cluster.
    cache : path, optional
        A folder where each finished block of 64 runs is kept at once, as a table of its own. Called again with the
        same settings, also after the process was killed, the sweep reads these and plays what is missing. Needs a
        ``seed``. On several machines: a folder that all of them see, or else blocks are kept as they come back.

    Returns
    -------
    pandas.DataFrame
        Columns: the settings, ``run``, ``step``, what was observed, and ``stopped``, the step with which the run was
        settled (``steps`` if it was not). Its ``attrs`` say how many blocks were ``played`` and ``reused``.

    Raises
    ------
    ParameterError
        If the grid is empty or names no setting of the model, a model refuses its settings, or a number is no count.
    WorkerError
        If a process or machine that took part died, or memory ran out. With ``cache`` all finished blocks are kept.
    SaveError
        If ``cache`` cannot be written: before anything is played, or later, as when the disk is full.

    Notes
    -----
    All models are made before any is played, so a wrong setting is found at once. What is kept is told apart by
    settings, ties, seed, steps, the rules in the model's class and the version of tertius. If you change a function
    that a rule calls elsewhere, name another folder.

    Examples
    --------
    >>> from tertius.models import IndependentCascade
    >>> path = IndependentCascade([("Ann", "Bo"), ("Bo", "Cy")], initial_adopters=["Ann"])
    >>> table = sweep(path, {"transmission": [0, 1]}, 5, runs=2, seed=1)
    >>> table["adopted_share"].round(2).to_list(), table["stopped"].to_list()
    ([0.33, 0.33, 1.0, 1.0], [1, 1, 3, 3])
    """
    if cache is not None and seed is None:
        raise ParameterError("A cache needs a seed: without one the same call plays other runs each time.")
    seed = checked_seed(seed)
    steps, runs = checked_length(steps, runs)
    check_jobs(n_jobs)
    at = [steps] if at is None else list(at) if np.iterable(at) else [at]
    for step in at:
        check_count("at", step, 0, steps, limit="the number of steps, ")
    if not at:
        raise ParameterError("at is empty; name the steps to keep, or leave it out for the last.")
    points = [_Point(settings, _made(build, settings), steps, seed, at, cache) for settings in _combined(grid)]
    blocks = range(-(-runs // BLOCK))
    total = len(points) * len(blocks)
    if cache is not None:
        _check_folder(cache)
    found = [point.read(blocks) for point in points]
    reused = sum(map(len, found))
    try:
        with _Progress(total) as progress:
            _fill(points, found, blocks, n_jobs, progress)
    except Exception as error:
        if not (_is_death(error) or isinstance(error, (MemoryError, SaveError))):
            raise
        if cache is None:
            rest = "nothing was kept; give cache=, a folder, so that the next call goes on where this one stopped"
        else:
            there = sum(len(point.read(blocks)) for point in points)
            rest = f"{there} of {total} blocks are kept in {str(cache)!r}, and the same call goes on from there"
        if isinstance(error, SaveError):
            raise SaveError(f"A block of this sweep could not be written ({error}): {rest}.") from error
        if isinstance(error, MemoryError):
            raise WorkerError(f"This sweep had not enough memory: {rest}.") from error
        raise WorkerError(
            f"A process that took part in this sweep died, perhaps for want of memory: {rest}."
        ) from error
    table = _table(points, found, runs, at)
    table.attrs = {"played": total - reused, "reused": reused}
    return table


class _Point:
    """One combination of settings, with all that playing a block of it takes."""

    def __init__(self, settings: dict, model: Model, steps: int, seed: int, at: list[int], cache) -> None:
        self.settings, self.model, self.steps, self.seed, self.at = settings, model, steps, seed, at
        self.kept = None
        if cache is not None:
            name = fingerprint(settings, model, steps, seed, at)
            self.kept = Kept(Path(cache).absolute() / name, settings, at)

    def __sizeof__(self) -> int:
        """Bytes as sent: joblib sends what is large once to a cluster, and not with every task."""
        return object.__sizeof__(self) + self._sent

    @cached_property
    def _sent(self) -> int:
        try:
            return len(pickle.dumps(self.model))
        except (pickle.PicklingError, AttributeError):  # a class of a notebook's own; it is sent all the same
            return 0

    def read(self, blocks: Sequence[int]) -> dict[int, Columns]:
        """Those of these blocks that were kept before."""
        read = ((block, self.kept.read(block)) for block in blocks) if self.kept else ()
        return {block: columns for block, columns in read if columns is not None}

    def keep(self, played: Mapping[int, Columns]) -> None:
        """Keep blocks, unless who played them has done so where we see it."""
        for block, columns in played.items():
            if self.kept and not self.kept.path(block).exists():
                self.kept.write(block, columns)

    def play(self, blocks: Sequence[int]) -> dict[int, Columns]:
        """Play blocks, and keep each."""
        until = getattr(self.model, "is_settled", None)
        columns = {}
        for block, played in zip(blocks, play(self.model, self.steps, self.seed, blocks, until), strict=True):
            known = {name: plain(values[self.at]) for name, values in played.observed.items()}
            known["stopped"] = plain(np.tile(played.stopped, (len(self.at), 1)))
            if self.kept:
                self.kept.write(block, known)
            columns[block] = known
        return columns


def _combined(grid: Mapping[str, Sequence[Any]]) -> list[dict[str, Any]]:
    """Every combination of the grid's values."""
    if not isinstance(grid, Mapping) or not grid:
        raise ParameterError('grid is empty; it names settings and their values, such as {"transmission": [0.1, 0.2]}.')
    values = {name: [of] if isinstance(of, str) or not np.iterable(of) else list(of) for name, of in grid.items()}
    for name, of in values.items():
        if not of:
            raise ParameterError(f"grid has no values for {name!r}.")
        if name in ("run", "step", "stopped"):
            raise ParameterError(f"grid has a setting {name!r}, which is the name of a column of every sweep.")
    return [dict(zip(values, combination, strict=True)) for combination in itertools.product(*values.values())]


def _made(build: Model | Callable[..., Model], settings: dict[str, Any]) -> Model:
    if not hasattr(build, "observe") or isinstance(build, type):
        if not callable(build):
            raise ParameterError(
                f"build is {build!r}; it is a model, or a function or class that makes one of the grid."
            )
        name = getattr(build, "__name__", type(build).__name__)
        try:
            signature(build).bind(**settings)
        except (TypeError, ValueError) as error:
            raise ParameterError(f"{name} does not take the settings of the grid: {error}.") from error
        model = build(**settings)
        if not hasattr(model, "observe"):
            raise ParameterError(f"{name} returned {type(model).__name__}, and a sweep plays models.")
        return model
    known = [field.name for field in dataclasses.fields(build)] if dataclasses.is_dataclass(build) else []
    for name in settings:
        if name not in known:
            raise ParameterError(
                f"grid names {name!r}, and {type(build).__name__} has no such setting; it has {', '.join(known)}."
            )
    return dataclasses.replace(build, **settings)


def _check_folder(cache: str | Path) -> None:
    """Refuse a folder that nothing can be written to, before anything is played."""
    try:
        Path(cache).mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=cache):
            pass
    except OSError as error:
        raise SaveError(
            f"cache is {str(cache)!r}, and nothing can be written there ({error.strerror or error}); name a folder of "
            "your own."
        ) from error


def _fill(points: list[_Point], found: list[dict], blocks: range, n_jobs: int | None, progress: _Progress) -> None:
    """Play what is not found yet, and keep it; once more where a cluster lost a model that it held for its machines."""
    for goes in range(GOES):
        tasks = [
            (number, group)
            for number, point in enumerate(points)
            for group in grouped(point.model, [block for block in blocks if block not in found[number]], n_jobs)
        ]
        try:
            for number, columns in _played(points, tasks, n_jobs):
                points[number].keep(columns)
                found[number].update(columns)
                progress.show(sum(map(len, found)))
            return
        except Exception as error:
            if not _is_loss(error) or goes == GOES - 1:
                raise
            for point, known in zip(points, found, strict=True):
                known.update(point.read(blocks))


def _play_one(point: _Point, number: int, group: Sequence[int]) -> tuple[int, dict[int, Columns]]:
    return number, point.play(group)


def _played(points: list[_Point], tasks: list[tuple], n_jobs: int | None) -> Iterator[tuple[int, dict[int, Columns]]]:
    """Play all tasks; results as they come, or together where joblib's backend can only return them so."""
    can_say = getattr(get_active_backend()[0], "supports_return_generator", False)
    work = Parallel(n_jobs=n_jobs, return_as="generator_unordered" if can_say else "list")
    yield from work(delayed(_play_one)(points[number], number, group) for number, group in tasks)


def _is_death(error: Exception) -> bool:
    """Whether a process of this computer died, or machines of a cluster did again and again."""
    return isinstance(error, BrokenProcessPool) or type(error).__name__ == "KilledWorker" or _is_loss(error)


def _is_loss(error: Exception) -> bool:
    """Whether a machine of a cluster died that held a model for the others."""
    return type(error).__name__ == "FutureCancelledError"


def _table(points: list[_Point], found: list[dict[int, Columns]], runs: int, at: list[int]) -> pd.DataFrame:
    import pandas as pd

    rows = len(at) * runs
    columns: dict[str, Any] = {}
    for name in points[0].settings:
        values = np.empty(len(points), object)
        for number, point in enumerate(points):
            values[number] = point.settings[name]  # one by one, because a list would be spread out
        columns[name] = pd.Series(np.repeat(values, rows)).infer_objects()
    columns["run"] = np.tile(np.repeat(np.arange(runs), len(at)), len(points))
    columns["step"] = np.tile(at, runs * len(points))
    for name in found[0][0]:
        if name in columns:
            raise ParameterError(
                f"grid has a setting {name!r}, and so is called what was observed; rename the setting."
            )
        of_points = [np.concatenate([blocks[k][name] for k in range(len(blocks))], axis=1) for blocks in found]
        columns[name] = np.concatenate([values[:, :runs].T.ravel() for values in of_points])
    return pd.DataFrame(columns)


class _Progress:
    """One line that says how far it is, on a screen or in a notebook, once it takes more than a moment."""

    def __init__(self, total: int) -> None:
        self._total, self._began, self._said = total, monotonic(), 0.0
        self._is_seen = sys.stderr.isatty() or "ipykernel" in sys.modules

    def __enter__(self) -> _Progress:
        return self

    def show(self, done: int) -> None:
        now = monotonic()
        if self._is_seen and now - self._began > QUIET and now - self._said > 0.2:
            self._said = now
            print(f"\rsweep: {done:,} of {self._total:,} blocks of 64 runs", end="", file=sys.stderr, flush=True)

    def __exit__(self, *error: object) -> None:
        if self._said:
            print(file=sys.stderr)
