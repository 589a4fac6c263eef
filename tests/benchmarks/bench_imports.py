"""P15: how long `import tertius` takes, beside the two packages that nobody here can do without."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

from tests.benchmarks.runner import Row

CODE = "from time import perf_counter; began = perf_counter(); {}; print(perf_counter() - began)"
PEER = "import networkx, numpy"


def seconds(statement: str) -> float:
    """How long a new Python takes for a statement, its own start not counted."""
    said = subprocess.run([sys.executable, "-c", CODE.format(statement)], capture_output=True, check=True, text=True)
    return float(said.stdout)


def rows(repeat: int = 15) -> Iterator[Row]:
    """Yield the package as it is imported; and, for what it costs, with a first measure and the pandas it needs."""
    for statement, target in (("import tertius", "≤ 1.3 times the peer"), ("from tertius import overlap", "–")):
        times = [(seconds(statement), seconds(PEER)) for _ in range(repeat + 1)]
        ours, peer = zip(*times[1:], strict=True)
        yield Row(f"P15 {statement}", target, ours, peer, by=PEER)
