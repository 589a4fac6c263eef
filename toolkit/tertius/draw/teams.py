"""The best team beside a mixed one: whose turn it is, and how high both have come."""

from __future__ import annotations

import numpy as np

from tertius.draw.scene import Curve, Look, Scene
from tertius.models.teams import BEST, MIXED, TeamSearch
from tertius.simulate import Ensemble, Run
from tertius.ties import Ties

OF_BEST, OF_MIXED, ON_TURN = range(3)
PERSON_LOOKS = (
    Look("in the best team", "#0072b2", shape="square"),
    Look("in the mixed team", "#d98200", shape="disc"),
    Look("looks for a higher place now", "#d55e00", shape="triangle"),
)


def teams(run: Run, ensemble: Ensemble) -> Scene:
    """Describe the picture of a `TeamSearch` run among many: each step is the turn of one member of each team.

    Parameters
    ----------
    run : Run
        The run whose teams are shown.
    ensemble : Ensemble
        The runs behind the band, of the same model.

    Returns
    -------
    Scene
    """
    model: TeamSearch = run.model
    size, shown = model.team, run.steps + 1
    people = np.tile(np.repeat([OF_BEST, OF_MIXED], size), (shown, 1))
    step = np.arange(1, shown)
    for team in (BEST, MIXED):
        people[step, team * size + (step - 1) % size] = ON_TURN
    steps = model.people[run.states[0].members].reshape(2 * size, model.steps)
    low, high = ensemble.quantile("mixed_team", (0.05, 0.95))
    values = np.concatenate([run["mixed_team"], run["best_team"], low, high])
    return Scene(
        title="The best, or a mixture?",
        ties=Ties.of([(k, k) for k in range(2 * size)]),
        positions=_places(size),
        labels=tuple("-".join(map(str, own)) for own in steps.tolist()),
        groups=("",) * (2 * size),
        person_looks=PERSON_LOOKS,
        tie_looks=(),
        people=people.astype(np.uint8),
        links=np.zeros((shown, 0), np.uint8),
        curve=Curve(
            "value found, 0 to 100",
            run["mixed_team"],
            low,
            run["best_team"],
            high,
            ensemble.runs,
            (float(values.min()), float(values.max()) + 1e-9),
            percent=False,
            names=("mixed team", "best team", f"mixed team, 90 % of {ensemble.runs} runs"),
        ),
        time_label="turn",
        times=np.arange(shown, dtype=float),
        time_percent=False,
        sentences=tuple(_sentence(t, run, ensemble) for t in range(shown)),
    )


def _places(size: int) -> np.ndarray:
    """One team above, the other below, each in two lines so that there is room for what everybody is called."""
    x = np.linspace(0.1, 1.1, size) if size > 1 else np.array([0.6])
    step = 0.06 * (np.arange(size) % 2)
    return np.round(np.vstack([np.column_stack([x, y - step]) for y in (0.78, 0.28)]), 4)


def _sentence(t: int, run: Run, ensemble: Ensemble) -> str:
    best, mixed = run["best_team"][t], run["mixed_team"][t]
    parts = [f"Turn {t}: the best team stands at {best:.1f} on average, the mixed team at {mixed:.1f}."]
    if run["is_settled"][t]:
        parts.append("Neither gets any further.")
    if ensemble.runs > 1:
        ahead = int((ensemble["lead"][t] > 0).sum())
        lead = ensemble["lead"][t].mean()
        parts.append(f"The mixed team is ahead in {ahead} of {ensemble.runs} runs, by {lead:.1f} on average over all.")
    return " ".join(parts)
