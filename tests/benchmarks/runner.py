"""What every benchmark uses: `timed` measures, `Row` is one line of the table that `make bench` prints.

A benchmark is a file ``bench_name.py`` here with one function ``rows()`` that yields a `Row` as soon as it is measured;
one that takes long or much memory is called ``slow_name.py`` and runs when it is named.
Times differ from machine to machine; what counts is the ratio to a peer that was measured in the same run. So nothing
here passes or fails: the table is for people to read.

    def rows():
        ours, peer = timed(lambda: overlap(ties), lambda: slowly(graph), repeat=5)
        yield Row("P1 overlap, 10,000 people", "≥ 30×", ours, peer, by="networkx")
"""

from __future__ import annotations

import importlib
import os
import platform
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from math import ceil
from pathlib import Path
from statistics import median
from time import perf_counter

HEAD = ("what", "target", "ours", "peer", "ratio")


@dataclass(frozen=True)
class Row:
    """One line of the table.

    Attributes
    ----------
    what : str
        The target's number and what was done, with its size: ``"P10 percolation, 10,000 people"``.
    target : str
        What performance asks for, in words: ``"≥ 10,000×"``, ``"median ≤ 40 ms, p95 ≤ 60 ms"``.
    ours, peer : sequence of float, optional
        Seconds, one a repetition. Of few the median is shown; of 20 or more, the 95 % quantile too.
    by : str
        Who the peer is, and whether its time was scaled up from a part of the work.
    said : str
        What was measured, where it is no time.
    """

    what: str
    target: str
    ours: Sequence[float] = ()
    peer: Sequence[float] = ()
    by: str = ""
    said: str = ""

    def cells(self) -> tuple[str, ...]:
        """The texts of the table's columns; the ratio is how many times as long the peer took."""
        if not self.peer:
            return self.what, self.target, self.said or written(self.ours), "–", "–"
        ratio = f"{median(self.peer) / median(self.ours):,.3g}×"
        return self.what, self.target, written(self.ours), f"{written(self.peer)} ({self.by})", ratio


def timed(
    ours: Callable[[], object], peer: Callable[[], object] | None = None, *, repeat: int = 5
) -> tuple[list[float], list[float]]:
    """Seconds that each call takes, by turns, so that both meet the machine in the same moods; the first turn is lost.

    Returns
    -------
    (list of float, list of float)
        ``repeat`` times of each; the second list is empty without a peer.
    """
    times: tuple[list[float], list[float]] = ([], [])
    for turn in range(repeat + 1):
        for call, kept in zip((ours, peer), times, strict=True):
            if call is not None:
                began = perf_counter()
                call()
                if turn:
                    kept.append(perf_counter() - began)
    return times


def quantile(times: Sequence[float], share: float) -> float:
    """The shortest of the times that at least ``share`` of them do not exceed.

    Examples
    --------
    >>> quantile([4, 1, 3, 2], 0.95), quantile(range(1, 101), 0.95)
    (4, 95)
    """
    return sorted(times)[max(1, ceil(share * len(times))) - 1]


def written(times: Sequence[float]) -> str:
    """Seconds as people read them.

    Examples
    --------
    >>> written([0.0113]), written([0.43]), written([1900.0]), written([2e-6])
    ('11.3 ms', '430 ms', '1,900 s', '2 µs')
    >>> written([0.033] * 19 + [0.049])
    '33 ms, p95 33 ms'
    """
    if len(times) >= 20:
        return f"{_written(median(times))}, p95 {_written(quantile(times, 0.95))}"
    return _written(median(times))


def _written(seconds: float) -> str:
    unit, size = next(((unit, size) for unit, size in (("s", 1), ("ms", 1e-3)) if seconds >= size), ("µs", 1e-6))
    value = seconds / size
    return f"{value:,.0f} {unit}" if value >= 100 else f"{value:.3g} {unit}"


def benchmarks(kind: str = "bench") -> dict[str, Callable[[], Iterator[Row]]]:
    """Every benchmark of a kind by its name: the ``rows`` of ``kind_name.py``, loaded when called."""

    def load(name: str) -> Callable[[], Iterator[Row]]:
        return lambda: importlib.import_module(f"tests.benchmarks.{kind}_{name}").rows()

    names = sorted(path.stem.removeprefix(f"{kind}_") for path in Path(__file__).parent.glob(f"{kind}_*.py"))
    return {name: load(name) for name in names}


def line(cells: Sequence[str]) -> str:
    """A row of a Markdown table.

    Examples
    --------
    >>> line(("what", "target"))
    '| what | target |'
    """
    return f"| {' | '.join(cells)} |"


def run(names: Sequence[str]) -> None:
    """Run these benchmarks, all but the slow ones without names, and print each row when it is known."""
    usual = benchmarks()
    known = usual | benchmarks("slow")
    for name in names:
        if name not in known:
            raise SystemExit(f"There is no benchmark {name!r}; there are {', '.join(known)}.")
    packages = ", ".join(f"{name} {version(name)}" for name in ("networkx", "numpy", "scipy"))
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, {packages}\n")
    print(line(HEAD))
    print(line(["---"] * len(HEAD)), flush=True)
    for name in names or usual:
        for row in known[name]():
            print(line(row.cells()), flush=True)
