"""Several models side by side: one measurement of each over time."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from tertius.draw.bands import steps_shown
from tertius.draw.charts import Chart, Line
from tertius.errors import ParameterError
from tertius.simulate import Ensemble

LOOKS = (
    ("#0072b2", "solid", "none"),
    ("#b34700", "dashed", "none"),
    ("#009e73", "none", "disc"),
    ("#d98200", "none", "triangle"),
    ("#5f6b76", "none", "diamond"),
)


def compared(
    ensembles: Mapping[str, Ensemble], observed: str, *, title: str = "", label: str = "", time_label: str = "step"
) -> Chart:
    """Chart the mean of one measurement over time, for several ensembles.

    Parameters
    ----------
    ensembles : mapping of str to Ensemble
        From two to five, of as many steps each, by what they are called.
    observed : str
        What was measured.
    title, label, time_label : str, optional
        What the chart, the measurement and a step are called.

    Returns
    -------
    Chart
        With at most 26 places in time, the first and the last among them. The sentence says who leads at the end, with
        standard errors, and who led where they first differed.

    Raises
    ------
    ParameterError
        If there are fewer than two or more than five, of different length, or something was not observed.

    Examples
    --------
    >>> from tertius.models import LandscapeSearch
    >>> from tertius.simulate import ensemble
    >>> found = {name: ensemble(LandscapeSearch(name), 40, runs=20, seed=1) for name in ("everyone", "ring")}
    >>> compared(found, "quality").sentence
    'After 40 steps ring leads with 0.968 ± 0.007, before everyone with 0.926 ± 0.012; at first everyone led.'
    """
    if not 2 <= len(ensembles) <= len(LOOKS):
        raise ParameterError(f"There are {len(ensembles)} ensembles; from 2 to {len(LOOKS)} can be compared.")
    lengths = {many.steps for many in ensembles.values()}
    if len(lengths) > 1:
        raise ParameterError(f"These ensembles are of {sorted(lengths)} steps; play all for as long.")
    (steps,) = lengths
    shown = steps_shown(steps)
    means = {name: many.mean(observed) for name, many in ensembles.items()}
    lines = tuple(Line(name, mean[shown], *look) for (name, mean), look in zip(means.items(), LOOKS, strict=False))
    return Chart(
        title=title,
        x_label=time_label,
        y_label=label or observed,
        x=shown.astype(float),
        lines=lines,
        sentence=_sentence(steps, means, {name: many.stderr(observed)[-1] for name, many in ensembles.items()}),
        y_percent=False,
    )


def _sentence(steps: int, means: dict[str, np.ndarray], errors: dict[str, float]) -> str:
    ranked = sorted(means, key=lambda name: -means[name][-1])
    first, *others = [f"{name} with {_written(means[name][-1], errors[name])}" for name in ranked]
    said = f"After {steps} steps {first.replace(' with', ' leads with', 1)}, before {' and '.join(others)}"
    table = np.array([means[name] for name in ranked])
    # Who leads where somebody first does: equal starts lead nowhere.
    differ = np.flatnonzero(np.ptp(table, axis=0) > 1e-12)
    if not len(differ):
        return f"Over {steps} steps all are the same, {_written(table[0, -1], errors[ranked[0]])}."
    early = ranked[int(table[:, differ[0]].argmax())]
    return f"{said}{'' if early == ranked[0] else f'; at first {early} led'}."


def _written(mean: float, error: float) -> str:
    return f"{mean:.3f} ± {error:.3f}" if np.isfinite(error) else f"{mean:.3f}"
