"""P1 on a million people with five million ties, in a process of its own that says how much memory it took at most."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from tests.benchmarks import networks
from tests.benchmarks.runner import Row

CODE = """
import resource, sys
from time import perf_counter
import numpy as np
from scipy import sparse
import tertius

source, target = np.load(sys.argv[1])
links = sparse.coo_array((np.ones(len(source)), (source, target)), shape=(10**6, 10**6))
links = links + links.T
before = perf_counter()
ties = tertius.Ties.of(links)
between = perf_counter()
table = tertius.structure(ties)
after = perf_counter()
assert table.shape == (10**6, 6) and ties.n_ties == len(source), (table.shape, ties)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024  # kilobytes on Linux
print(between - before, after - between, peak)
"""


def rows() -> Iterator[Row]:
    """Yield conversion and measures of networks with hubs and of a small world."""
    for kind, make in (("hubs", networks.hubs), ("small world", networks.small_world)):
        with tempfile.TemporaryDirectory(prefix="tertius-bench-") as folder:
            ends = networks.edges(make(1_000_000)).T
            np.save(Path(folder, "ties.npy"), ends)
            said = [measured(Path(folder, "ties.npy")) for _ in range(3)]
        converted, worked_out, peaks = zip(*said, strict=True)
        what = f"P1 {kind}, 1,000,000 people, {ends.shape[1]:,} ties"
        yield Row(f"{what}: checked at the door", "–", converted)
        yield Row(f"{what}: all measures, {max(peaks) / 1e9:.2f} GB at most", "< 4 GB", worked_out)


def measured(path: Path) -> tuple[float, float, float]:
    said = subprocess.run([sys.executable, "-c", CODE, path], capture_output=True, text=True, check=True).stdout.split()
    return tuple(map(float, said))
