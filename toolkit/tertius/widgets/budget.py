"""`Budget`: what is kept equal between settings, measured on what was played and never taken for granted."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from tertius.errors import ParameterError
from tertius.simulate import Run


@dataclass(frozen=True)
class Budget:
    """What two settings must have in common so that comparing them is fair, and how to measure it.

    Attributes
    ----------
    name : str
        What it is in words, such as "ties cut".
    used : str or callable
        How much of it a run used: the name of something observed, whose last value counts, or a function that takes
        the `Run` and returns a number.

    Examples
    --------
    >>> from tertius.models import TieRemoval
    >>> from tertius.simulate import simulate
    >>> run = simulate(TieRemoval([(1, 2), (2, 3), (3, 4), (4, 1)], pace=0.25, most=0.5), steps=2, seed=1)
    >>> budget = Budget("ties cut", "ties_cut")
    >>> budget.measured(run)
    '2'
    >>> budget.told("2", "4")
    'Not equal: 2 ties cut now, 4 before.'
    """

    name: str
    used: str | Callable[[Run], float]

    def __post_init__(self) -> None:
        if not isinstance(self.name, str) or not self.name.strip():
            raise ParameterError(f"A budget's name says in words what is equal, such as 'ties cut'; got {self.name!r}.")
        if not isinstance(self.used, str) and not callable(self.used):
            raise ParameterError(
                f"What was used of {self.name!r} is measured by the name of something observed, such as 'ties_cut', "
                f"or by a function of the run; got {self.used!r}."
            )

    def measured(self, run: Run) -> str:
        """Return how much ``run`` used, written with up to six digits; what reads the same is equal.

        Raises
        ------
        ParameterError
            If the run observed nothing of that name, or what was measured is no finite number.
        """
        found = run[self.used][-1] if isinstance(self.used, str) else self.used(run)
        try:
            number = float(found)
        except (TypeError, ValueError):
            number = math.nan
        if not math.isfinite(number):
            raise ParameterError(f"What was used of {self.name!r} is a number; measured was {found!r}.")
        return f"{Decimal(f'{number + 0.0:.6g}'):f}"

    def told(self, now: str, before: str | None) -> str:
        """Say whether what is used ``now`` equals what the settings before used; ``None`` if there were none."""
        if before is None or now == before:
            return f"Kept equal: {self.name} ({now})."
        return f"Not equal: {now} {self.name} now, {before} before."
