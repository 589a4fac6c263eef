"""What a simulation gives back: `Run`, one history; `Ensemble`, what was measured on many."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tertius.errors import ParameterError

if TYPE_CHECKING:
    import pandas as pd


def _of(observed: dict[str, np.ndarray], name: str) -> np.ndarray:
    if name not in observed:
        raise ParameterError(f"Nothing called {name!r} was observed; there is {', '.join(map(repr, observed))}.")
    return observed[name]


BAND = (0.05, 0.5, 0.95)
"""A band is where nine of ten runs are, around their median."""


@dataclass(frozen=True, eq=False, repr=False)
class Run:
    """One history, with every state: for pictures.

    Attributes
    ----------
    model : Model
    seed : int
        Give it again for the same history.
    states : tuple
        The state at step 0, 1, …; each as the model returns it, without the axis of runs.
    observed : dict of str to numpy.ndarray, shape (steps + 1,)
    """

    model: Any
    seed: int
    states: tuple
    observed: dict[str, np.ndarray]

    @property
    def steps(self) -> int:
        """How many times the rule was applied."""
        return len(self.states) - 1

    def __getitem__(self, name: str) -> np.ndarray:
        return _of(self.observed, name)

    def __repr__(self) -> str:
        return f"Run({type(self.model).__name__}, {self.steps} steps, seed {self.seed})"


@dataclass(frozen=True, eq=False, repr=False)
class Ensemble:
    """What was measured on many runs: for bands and comparisons.

    Attributes
    ----------
    model : Model
    seed : int
    observed : dict of str to numpy.ndarray, shape (steps + 1, runs)
    stopped : numpy.ndarray, int, shape (runs,)
        The step at which each run had met ``until``; without ``until``, or if it never did, the last step.
    """

    model: Any
    seed: int
    observed: dict[str, np.ndarray]
    stopped: np.ndarray

    @property
    def runs(self) -> int:
        """How many runs there are."""
        return len(self.stopped)

    @property
    def steps(self) -> int:
        """How many times the rule was applied."""
        return len(next(iter(self.observed.values()))) - 1

    @property
    def names(self) -> tuple[str, ...]:
        """What was observed."""
        return tuple(self.observed)

    def __getitem__(self, name: str) -> np.ndarray:
        return _of(self.observed, name)

    def __iter__(self) -> Iterator[str]:
        return iter(self.observed)

    def __repr__(self) -> str:
        return f"Ensemble({type(self.model).__name__}, {self.runs} runs of {self.steps} steps, seed {self.seed})"

    def mean(self, name: str) -> np.ndarray:
        """Mean over the runs at each step; shape (steps + 1,)."""
        return self[name].mean(axis=1)

    def stderr(self, name: str) -> np.ndarray:
        """Standard error of `mean` at each step, runs being independent; shape (steps + 1,), ``nan`` for one run."""
        if self.runs < 2:
            return np.full(self.steps + 1, np.nan)
        return self[name].std(axis=1, ddof=1) / np.sqrt(self.runs)

    def quantile(self, name: str, q: float | tuple[float, ...]) -> np.ndarray:
        """Quantiles over the runs at each step; shape (steps + 1,), or (len(q), steps + 1) for several."""
        return np.quantile(self[name], q, axis=1)

    def band(self, name: str) -> np.ndarray:
        """Where nine of ten runs are at each step, low, median and high; shape (3, steps + 1)."""
        return self.quantile(name, BAND)

    def frame(self) -> pd.DataFrame:
        """All measurements as a tidy table: a row for each run and step, a column for each name."""
        import pandas as pd

        run, step = np.meshgrid(np.arange(self.runs), np.arange(self.steps + 1), indexing="ij")
        columns = {name: values.T.ravel() for name, values in self.observed.items()}
        return pd.DataFrame({"run": run.ravel(), "step": step.ravel(), **columns})
