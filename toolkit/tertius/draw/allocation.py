"""What dividing hours brings: one star beside nine others, and several ways to divide."""

from __future__ import annotations

import numpy as np

from tertius.draw.charts import Chart, Line
from tertius.draw.scene import Curve, Look, Scene
from tertius.draw.words import percent
from tertius.errors import ParameterError, check_count
from tertius.models.allocation import Allocation
from tertius.models.concentration import StarShare, best_star_share
from tertius.simulate import Ensemble, Run
from tertius.ties import Ties

YOU, STAR, OTHER = range(3)
PERSON_LOOKS = (
    Look("you", "#5f6b76", shape="square"),
    Look("the star", "#e69f00", shape="triangle"),
    Look("one of the others", "#0072b2", shape="disc"),
)
MUCH, LITTLE, NOTHING = range(3)
TIE_LOOKS = (
    Look("an hour or more", "#22303c", line="solid"),
    Look("less than an hour", "#5f6b76", line="dashed"),
    Look("no time", "#c2c8ce", line="none"),
)


def star_share(run: Run, ensemble: Ensemble) -> Scene:
    """Describe the picture of a `StarShare` run among many; the slider moves the star's share of the hours.

    The solid line is what is to be expected, the dashed one the mean of the runs, in each of which the star stays or
    leaves; the area goes from what is left if the star leaves up to what there is if not.

    Parameters
    ----------
    run : Run
        Any run; all have the same shares.
    ensemble : Ensemble
        The runs behind the dashed line, of the same model.

    Returns
    -------
    Scene
    """
    model: StarShare = run.model
    share, shown, n = run["share"], run.steps + 1, model.others
    hours = np.column_stack([share, *([(1 - share) / n] * n)]) * model.hours
    left, there, expected = (model.value_at(share, stays) for stays in (0.0, 1.0, 1 - model.leaves))
    turn = np.pi * (np.arange(n) + 0.5) / n
    fan = np.column_stack([0.65 - 0.62 * np.cos(turn), 0.4 - 0.38 * np.sin(turn)])
    return Scene(
        title="How much for the star?",
        ties=Ties.of([(0, k) for k in range(1, n + 2)]),
        positions=np.round(np.vstack([[0.65, 0.4], [0.65, 0.95], fan]), 4),
        labels=("you", "star", *(f"{k + 1}" for k in range(n))),
        groups=("",) * (n + 2),
        person_looks=PERSON_LOOKS,
        tie_looks=TIE_LOOKS,
        people=np.tile(np.array([YOU, STAR, *[OTHER] * n], np.uint8), (shown, 1)),
        links=np.select([hours >= 1 - 1e-9, hours > 1e-9], [MUCH, LITTLE], NOTHING).astype(np.uint8),
        curve=Curve(
            "what all bring",
            expected,
            left,
            ensemble.mean("value"),
            there,
            ensemble.runs,
            limits=(0.0, float(np.ceil(there.max() / 5) * 5) or 1.0),
            percent=False,
            names=("expected", f"mean of {ensemble.runs} runs", "if the star leaves, up to: if not"),
        ),
        time_label="share of your hours for the star",
        times=np.asarray(share, float),
        time_percent=True,
        sentences=tuple(_star_sentence(model, *row) for row in zip(share, expected, left, strict=True)),
        ego=0,
    )


def _star_sentence(model: StarShare, share: float, expected: float, left: float) -> str:
    best = best_star_share(model.worth, model.others, model.leaves)
    most = float(model.value_at(best, 1 - model.leaves))
    return (
        f"{percent(share)} of {model.hours:g} hours for the star: {expected:.2f} to be expected, {left:.2f} if the "
        f"star leaves. The best share is {percent(best)}, which brings {most:.2f}."
    )


def allocation_curves(allocation: Allocation, units: int = 10, unit: float = 1.0) -> Chart:
    """Chart what hours bring if divided as well as possible, evenly, or all on one contact.

    Parameters
    ----------
    allocation : Allocation
    units : int
        Units of hours at most, at least 1.
    unit : float
        Hours, above 0.

    Returns
    -------
    Chart
        With a note on how each best division was found.

    Raises
    ------
    ParameterError
        If a setting is out of its range, or there is too much to try (see `Allocation.best`).
    """
    check_count("units", units, 1)
    best = [allocation.best(count, unit) for count in range(units + 1)]
    people = allocation.contacts
    hours = unit * np.arange(units + 1)
    each = [(np.arange(count, count + len(people)) // len(people))[::-1] * unit for count in range(units + 1)]
    even = np.array([allocation.value(dict(zip(people, row.tolist(), strict=True))) for row in each])
    one = np.array([max(allocation.value({person: x}) for person in people) for x in hours.tolist()])
    found = np.array([division.value for division in best])
    if not found[-1]:
        raise ParameterError("No division of these hours brings anything; give more hours, or a smaller minimum.")
    funded = int((best[-1].hours > 0).sum())
    told = f"With {hours[-1]:g} hours the best division found goes to {funded} of {len(people)} contacts; an even one"
    return Chart(
        title="What hours bring",
        x_label="hours a month",
        y_label="value",
        x=hours,
        lines=(
            Line("best division found", found, "#0072b2", "solid"),
            Line("evenly over all", even, "#009e73", "dashed"),
            Line("all on one", one, "#b34700", "none", "diamond"),
        ),
        sentence=f"{told} brings {percent(even[-1] / found[-1])} of it, all on one {percent(one[-1] / found[-1])}.",
        y_percent=False,
        notes=tuple(division.method for division in best),
        notes_head="how the best was found",
    )
