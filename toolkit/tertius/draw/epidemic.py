"""What an epidemic looks like: who can catch it, who passes it on, who has recovered, and how many of each."""

from __future__ import annotations

import numpy as np

from tertius.draw.bands import steps_shown
from tertius.draw.charts import Chart, Line
from tertius.draw.people import scene_among, ways_between
from tertius.draw.scene import Curve, Look, Scene
from tertius.draw.words import among_runs, percent
from tertius.models.epidemic import SIR, ContinuousSIR
from tertius.simulate import Ensemble, Run

SUSCEPTIBLE, NEW, INFECTIOUS, RECOVERED = range(4)
PERSON_LOOKS = (
    Look("can catch it", "#0072b2", shape="ring"),
    Look("caught it just now", "#d55e00", shape="triangle"),
    Look("infectious", "#cc79a7", shape="diamond"),
    Look("recovered", "#009e73", shape="square"),
)
TIE_LOOKS = (
    Look("tie", "#5f6b76", line="faint"),
    Look("it can pass here", "#b34700", line="solid"),
)
SHARES = {
    "susceptible_share": (PERSON_LOOKS[SUSCEPTIBLE], "dashed"),
    "infectious_share": (PERSON_LOOKS[INFECTIOUS], "solid"),
    "recovered_share": (PERSON_LOOKS[RECOVERED], "solid"),
}
"""What the lines of the chart are, in the colours and with the marks of the people they count."""


def epidemic(run: Run, ensemble: Ensemble, *, people=None, positions: np.ndarray | None = None) -> Scene:
    """Describe the picture of a `SIR` or `ContinuousSIR` run among many.

    What to look for are the ties that stand out, from somebody infectious to somebody who can catch it: where none is
    left it is over, and rings that remain are people it never reached.

    Parameters
    ----------
    run : Run
        The run whose people are shown.
    ensemble : Ensemble
        The runs behind the band, of the same model.
    people : Network, optional
        Gives labels, groups and the focal person; without it people are called by their node's name.
    positions : numpy.ndarray, shape (n, 2), optional
        Default: `layout` of the model's ties.

    Returns
    -------
    Scene
    """
    model: SIR | ContinuousSIR = run.model
    ties, now = model.ties, np.arange(run.steps + 1)[:, None] * model.step_length
    caught, recovers = run.states[0].caught, run.states[0].recovers
    has, over = caught <= now, recovers <= now
    is_new = has.copy()
    is_new[1:] &= ~has[:-1]
    codes = np.select([over, is_new, has], [RECOVERED, NEW, INFECTIOUS], SUSCEPTIBLE)
    low, middle, high = ensemble.band("infectious_share")
    return scene_among(
        people,
        run,
        ties,
        positions,
        title="Who has caught it",
        person_looks=PERSON_LOOKS,
        tie_looks=TIE_LOOKS,
        people=codes.astype(np.uint8),
        links=ways_between(ties, has & ~over, ~has),
        curve=Curve("people who are infectious", run["infectious_share"], low, middle, high, ensemble.runs),
        time_label="step" if isinstance(model, SIR) else "time",
        times=now[:, 0].astype(float),
        sentences=tuple(
            _sentence(t, now[t, 0], model, row, *band, ensemble.runs)
            for t, (row, *band) in enumerate(zip(codes, low, high, strict=True))
        ),
    )


def _sentence(t: int, now: float, model, codes: np.ndarray, low: float, high: float, runs: int) -> str:
    n = len(codes)
    can, new, old, recovered = np.bincount(codes, minlength=4).tolist()
    when = f"Step {t}" if isinstance(model, SIR) else f"Time {now:g}"
    if new + old:
        start = f"{when}: {new + old} of {n} people {'is' if new + old == 1 else 'are'} infectious"
        just = f"{new or 'nobody'} caught it just now; " if t else ""
        parts = [f"{start} ({percent((new + old) / n)}); {just}{recovered} recovered, {can} can still catch it."]
    else:
        parts = [f"{when}: it is over; {recovered} of {n} people recovered, and {can} never caught it."]
    return " ".join([*parts, among_runs("the share of people who are infectious", percent(low), percent(high), runs)])


def epidemic_shares(ensemble: Ensemble, *, title: str = "") -> Chart:
    """Chart how many can catch it, are infectious and have recovered: the middle of all runs, and nine of ten.

    Parameters
    ----------
    ensemble : Ensemble
        Runs of a `SIR` or `ContinuousSIR`.
    title : str, optional

    Returns
    -------
    Chart
        With at most 26 steps, the first and the last among them.

    Raises
    ------
    ParameterError
        If this was not observed.

    Examples
    --------
    >>> from tertius.simulate import ensemble
    >>> runs = ensemble(SIR([("Ann", "Bo")], 1, 1, ["Ann"]), 2, runs=1, seed=1)
    >>> [line.y.tolist() for line in epidemic_shares(runs).lines]  # Ann, then Bo, then nobody
    [[0.5, 0.0, 0.0], [0.5, 0.5, 0.0], [0.0, 0.5, 1.0]]
    """
    steps = steps_shown(ensemble.steps)
    lines = []
    for observed, (look, dashes) in SHARES.items():
        low, middle, high = ensemble.band(observed)[:, steps]
        lines.append(Line(look.name, middle, look.colour, dashes, look.shape, low=low, high=high))
    length = ensemble.model.step_length
    mean, spared = ensemble.mean("infectious_share"), ensemble["susceptible_share"][-1]
    top = int(np.argmax(mean))
    unit = "step" if isinstance(ensemble.model, SIR) else "time"
    return Chart(
        title=title or f"The middle of {ensemble.runs} runs, and where 9 of 10 are",
        x_label=unit,
        y_label="share of people",
        x=steps * length,
        lines=tuple(lines),
        sentence=f"On average the most are infectious at {unit} {top * length:g}, {percent(mean[top])}. By {unit} "
        f"{ensemble.steps * length:g} {percent(spared.mean())} have not caught it. "
        f"{among_runs('this share', *map(percent, np.quantile(spared, (0.05, 0.95))), ensemble.runs)}",
    )
