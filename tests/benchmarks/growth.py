"""How cost grows with size: a line for each way of doing a job, and its steepness."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

FOLDER = Path("build", "benchmarks")
"""Where plots go, from where ``make bench`` runs; the folder is not tracked."""


@dataclass(frozen=True)
class Growth:
    """Seconds for networks of several sizes.

    Attributes
    ----------
    name : str
        Who did what.
    people : sequence of int
    seconds : sequence of float
    """

    name: str
    people: Sequence[int]
    seconds: Sequence[float]

    @property
    def exponent(self) -> float:
        """Power of size that cost grows with: slope of the line through the logarithms.

        Examples
        --------
        >>> round(Growth("us", [10, 100, 1000], [1, 10, 100]).exponent, 3)
        1.0
        """
        return float(np.polyfit(np.log(self.people), np.log(self.seconds), 1)[0])


def plot(lines: Sequence[Growth], title: str, file: str) -> Path:
    """Draw cost against size, both in powers of ten, and say where the picture is."""
    from matplotlib.figure import Figure

    axes = Figure(figsize=(8, 5.5), layout="constrained").subplots()
    for line, marker in zip(lines, "os^Dv<>Px*", strict=False):
        axes.loglog(line.people, line.seconds, marker=marker, label=f"{line.name}: size to the {line.exponent:.2f}")
    axes.set(title=title, xlabel="people", ylabel="seconds")
    axes.grid(alpha=0.3)
    axes.legend()
    FOLDER.mkdir(parents=True, exist_ok=True)
    axes.figure.savefig(FOLDER / file, dpi=120)
    return FOLDER / file
