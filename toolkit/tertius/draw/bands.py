"""What many runs show: one measurement over time with the band of nine in ten runs, or one measurement by another."""

from __future__ import annotations

import numpy as np

from tertius.draw.charts import Chart, Line
from tertius.draw.words import among_runs, percent
from tertius.simulate import Ensemble

PLACES = 25
"""At most one place more is drawn and written down; the first and the last step are among them."""


def bands(ensemble: Ensemble, observed: str, *, title: str = "", label: str = "") -> Chart:
    """Chart a share over the steps: run 0, the middle of all runs, and the band in which nine of ten are.

    Parameters
    ----------
    ensemble : Ensemble
    observed : str
        A share that was measured.
    title, label : str, optional
        What the chart and the share are called.

    Returns
    -------
    Chart
        With at most 26 steps, the first and the last among them.

    Raises
    ------
    ParameterError
        If nothing of that name was observed.

    Examples
    --------
    >>> from tertius.models import Crowd
    >>> from tertius.simulate import ensemble
    >>> bands(ensemble(Crowd(thresholds=[0, 1]), 2, runs=9, seed=1), "adopted_share").lines[1].y.tolist()
    [0.0, 0.5, 1.0]
    """
    values = ensemble[observed]
    steps = steps_shown(ensemble.steps)
    low, middle, high = ensemble.band(observed)[:, steps]
    label = label or observed.replace("_", " ")
    ends = percent(low[-1]), percent(high[-1])
    return Chart(
        title=title or f"One run and {ensemble.runs}",
        x_label="step",
        y_label=label,
        x=steps.astype(float),
        lines=(
            Line("one run", values[steps, 0], "#b34700", "none", "ring"),
            Line("middle of all runs", middle, "#0072b2"),
            Line("one in twenty is lower", low, "#5f6b76", "dashed"),
            Line("one in twenty is higher", high, "#5f6b76", "dashed", "triangle"),
        ),
        sentence=f"After {ensemble.steps} steps the {label} is {percent(values[-1, 0])} in one run and "
        f"{percent(middle[-1])} in the middle of all. {among_runs('it', *ends, ensemble.runs)}",
    )


def phases(ensemble: Ensemble, across: str, up: str, *, title: str = "") -> Chart:
    """Chart the means of two shares against each other: where the runs go, and not when.

    Parameters
    ----------
    ensemble : Ensemble
    across, up : str
        Two shares that were measured.
    title : str, optional

    Returns
    -------
    Chart
        A point for each of at most 26 steps; the table names the steps.

    Raises
    ------
    ParameterError
        If nothing of that name was observed.

    Examples
    --------
    >>> from tertius.models import SIR
    >>> from tertius.simulate import ensemble
    >>> runs = ensemble(SIR([("Ann", "Bo")], 1, 1, ["Ann"]), 2, runs=1, seed=1)
    >>> chart = phases(runs, "susceptible_share", "infectious_share")
    >>> chart.x.tolist(), chart.lines[0].y.tolist()
    ([0.5, 0.0, 0.0], [0.5, 0.5, 0.0])
    """
    steps = steps_shown(ensemble.steps)
    x, y = ensemble.mean(across)[steps], ensemble.mean(up)[steps]
    names = [name.replace("_", " ") for name in (across, up)]
    top = int(np.argmax(y))
    return Chart(
        title=title or f"{names[1]} by {names[0]}",
        x_label=names[0],
        y_label=names[1],
        x=x,
        lines=(Line(names[1], y, "#0072b2", "solid", "disc"),),
        sentence=f"On average the {names[0]} goes from {percent(x[0])} to {percent(x[-1])}. The {names[1]} is highest "
        f"at step {steps[top]}, {percent(y[top])}, and {percent(y[-1])} in the end.",
        x_percent=True,
        notes=tuple(map(str, steps.tolist())),
        notes_head="step",
    )


def steps_shown(steps: int) -> np.ndarray:
    """The steps that a chart shows, the first and the last among them."""
    return np.unique(np.linspace(0, steps, min(steps, PLACES) + 1).round().astype(int))
