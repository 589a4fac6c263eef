"""A survey of managers: the more are asked, the surer the slope, and it may still not be a cause."""

from __future__ import annotations

import numpy as np

from tertius.draw.scene import Curve, Look, Scene
from tertius.models.ideas import IdeaSurvey
from tertius.simulate import Ensemble, Run
from tertius.ties import Ties

ABLE, LESS_ABLE, NOT_ASKED = range(3)
PERSON_LOOKS = (
    Look("asked, more able than most", "#0072b2", shape="triangle"),
    Look("asked, less able than most", "#d98200", shape="ring"),
    Look("not asked yet", "#c2c8ce", shape="none"),
)
REACH = 2.8
"""Managers further out than this many standard deviations are drawn at the edge."""


def idea_survey(run: Run, ensemble: Ensemble) -> Scene:
    """Describe the picture of an `IdeaSurvey` run among many.

    Nobody is tied to anybody here: a place is a manager's answer. To the right constraint is higher, the contacts know
    each other more; further up ideas are better. The curve is the slope fitted to those asked so far.

    Parameters
    ----------
    run : Run
        The survey whose managers are shown.
    ensemble : Ensemble
        The surveys behind the band, of the same model.

    Returns
    -------
    Scene
    """
    model: IdeaSurvey = run.model
    state = run.states[0]
    asked = np.array([s.asked for s in run.states])
    is_able = state.ability > np.median(state.ability)
    people = np.where(np.arange(model.people) < asked[:, None], np.where(is_able, ABLE, LESS_ABLE), NOT_ASKED)
    low, middle, high = np.nan_to_num(ensemble.band("slope"))
    slope = np.nan_to_num(run["slope"])
    edge = float(np.ceil(2 * max(np.abs([low, high]).max(), np.abs(slope).max())) / 2)
    kind = "ability held equal" if model.adjusted else "as it comes"
    return Scene(
        title="A slope, and whether it is a cause",
        ties=Ties.of([(k, k) for k in range(model.people)]),
        positions=_places(state.constraint, state.idea),
        labels=tuple(f"manager {k + 1}" for k in range(model.people)),
        groups=("",) * model.people,
        person_looks=PERSON_LOOKS,
        tie_looks=(),
        people=people.astype(np.uint8),
        links=np.zeros((run.steps + 1, 0), np.uint8),
        curve=Curve(
            f"slope of ideas on constraint, {kind}",
            slope,
            low,
            middle,
            high,
            ensemble.runs,
            (-edge, edge),
            percent=False,
        ),
        time_label="managers asked",
        times=asked.astype(float),
        time_percent=False,
        sentences=tuple(_sentence(model, *row) for row in zip(asked.tolist(), run["slope"], low, high, strict=True)),
    )


def _places(constraint: np.ndarray, idea: np.ndarray) -> np.ndarray:
    """Constraint from left to right, ideas from bottom to top."""
    answers = np.column_stack([constraint / constraint.std(), (idea - idea.mean()) / idea.std()])
    return np.round((np.clip(answers, -REACH, REACH) / REACH + 1) / 2 * (1.3, 1.0), 4)


def _sentence(model: IdeaSurvey, asked: int, slope: float, low: float, high: float) -> str:
    said = f"{asked} managers asked: "
    if np.isnan(slope):
        return f"{said}with ability held equal nobody differs in constraint, so there is no slope to fit."
    where = "below" if high < 0 else "above" if low > 0 else "around"
    held = "with ability held equal" if model.adjusted else "as it comes"
    cause = f"In truth opening the network {'changes nothing' if not model.effect else f'adds {model.effect:g}'}."
    return (
        f"{said}the slope {held} is {slope:.2f}. In 9 of 10 surveys it lies between {low:.2f} and {high:.2f}, "
        f"{where} zero. {cause}"
    )
