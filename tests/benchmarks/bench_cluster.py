"""P18: a sweep on a Dask cluster of two workers with a thread each, beside one process."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from time import perf_counter

import dask
import distributed
import joblib
from tests.benchmarks.runner import Row

from tertius.models import RingContagion
from tertius.simulate import sweep

KEEP_MEMORY = {"MALLOC_TRIM_THRESHOLD_": str(1 << 30), "MALLOC_MMAP_THRESHOLD_": str(1 << 26)}
"""Dask has workers give memory back at once, and arrays then cost more to get than to fill; see docs/cluster.md."""
GRID = {"rewired": [0.0, 0.03, 0.1, 0.3], "noise": [0.0, 0.01]}


def rows() -> Iterator[Row]:
    """Yield the same sweep by turns; what it takes to start the workers is paid before."""
    model = RingContagion(1000)

    def once(runs: int = 320) -> float:
        with tempfile.TemporaryDirectory(prefix="tertius-bench-") as folder:
            began = perf_counter()
            sweep(model, GRID, 100, runs=runs, seed=1, cache=folder)
            return perf_counter() - began

    with (
        dask.config.set({f"distributed.nanny.pre-spawn-environ.{name}": value for name, value in KEEP_MEMORY.items()}),
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1"
        ) as cluster,
        distributed.Client(cluster),
    ):
        ours, alone = [], []
        for turn in range(4):
            with joblib.parallel_config(backend="dask"):
                there = once(320 if turn else 64)
            here = once(320 if turn else 64)
            if turn:
                ours.append(there)
                alone.append(here)
    yield Row("P18 sweep of 8 settings, 320 runs each, on a cluster of two", "≥ 1.6×", ours, alone, by="one process")
