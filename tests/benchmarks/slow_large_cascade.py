"""P5 on 100,000 and a million people, in a process of its own that says how much memory it took at most."""

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
from tertius.models import IndependentCascade
from tertius.simulate import ensemble

source, target = np.load(sys.argv[1])
people, chance, luck = int(sys.argv[2]), float(sys.argv[3]), sys.argv[4]
links = sparse.coo_array((np.ones(len(source)), (source, target)), shape=(people, people))
ties = tertius.Ties.of(links + links.T)
del links, source, target
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024  # kilobytes on Linux
model = IndependentCascade(ties, chance, list(range(0, 1000, 100)), luck=luck)
began = perf_counter()
many = ensemble(model, 100, runs=1000, seed=1)
took = perf_counter() - began
print(took, before, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024, many.mean("adopted_share")[-1])
"""


def rows() -> Iterator[Row]:
    """Yield ensembles of 1,000 runs on networks with hubs, five ties for each newcomer."""
    for people in (100_000, 1_000_000):
        with tempfile.TemporaryDirectory(prefix="tertius-bench-") as folder:
            ends = networks.edges(networks.hubs(people)).T
            path = Path(folder, "ties.npy")
            np.save(path, ends)
            for chance, luck in ((0.02, "fast"), (0.02, "shared"), (0.1, "shared")):
                told = [sys.executable, "-c", CODE, path, str(people), str(chance), luck]
                said = subprocess.run(told, capture_output=True, text=True, check=True).stdout.split()
                took, before, peak, share = map(float, said)
                yield Row(
                    f"P5 1,000 cascades, {luck} luck, {people:,} people, {ends.shape[1]:,} ties, chance {chance}: "
                    f"{share:.2%} reached, {peak / 1e9:.2f} GB at most, {before / 1e9:.2f} before",
                    "–",
                    [took],
                )
