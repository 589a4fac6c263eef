"""Opinions that come closer: who thinks what, and how far apart people still are."""

from __future__ import annotations

import numpy as np

from tertius.draw.people import scene_among
from tertius.draw.scene import Curve, Look, Scene
from tertius.draw.words import among_runs
from tertius.models.opinion import DeGroot
from tertius.simulate import Ensemble, Run

PERSON_LOOKS = (
    Look("lowest fifth of first opinions", "#0072b2", shape="square"),
    Look("next to lowest", "#56b4e9", shape="diamond"),
    Look("middle", "#5f6b76", shape="ring"),
    Look("next to highest", "#d98200", shape="triangle"),
    Look("highest fifth of first opinions", "#b34700", shape="disc"),
)
TIE_LOOKS = (Look("listens", "#5f6b76", line="faint"), Look("far apart", "#b34700", line="dashed"))
FAR = 2
"""Ties between people this many fifths apart stand out."""


def opinions(run: Run, ensemble: Ensemble, *, people=None, positions: np.ndarray | None = None) -> Scene:
    """Describe the picture of a `DeGroot` or `FriedkinJohnsen` run among many.

    The range of first opinions is cut into fifths; dashed ties join people at least two fifths apart, where opinions
    still rub against each other.

    Parameters
    ----------
    run : Run
        The run whose people are shown.
    ensemble : Ensemble
        The runs behind the band, of the same model.
    people : Network, optional
        Gives labels, groups and the focal person; without it people are called by their node's name.
    positions : numpy.ndarray, shape (n, 2), optional
        Default: `layout`.

    Returns
    -------
    Scene
    """
    model: DeGroot = run.model
    now = np.array([state.now for state in run.states])
    least, most = now[0].min(), now[0].max()
    fifth = np.clip(np.floor(5 * (now - least) / (most - least)) if most > least else np.full(now.shape, 2), 0, 4)
    low, middle, high = ensemble.band("spread")
    u, v = model.ties.pairs
    return scene_among(
        people,
        run,
        model.ties,
        positions,
        title="How opinions come closer",
        person_looks=PERSON_LOOKS,
        tie_looks=TIE_LOOKS,
        people=fifth.astype(np.uint8),
        links=(np.abs(fifth[:, u] - fifth[:, v]) >= FAR).astype(np.uint8),
        curve=Curve(
            "from the lowest to the highest opinion",
            run["spread"],
            low,
            middle,
            high,
            ensemble.runs,
            (0.0, float(max(high.max(), run["spread"].max())) or 1.0),
            percent=False,
        ),
        sentences=tuple(_sentence(t, run, low[t], high[t], ensemble.runs) for t in range(run.steps + 1)),
    )


def _sentence(t: int, run: Run, low: float, high: float, runs: int) -> str:
    spread, first = run["spread"][t], run["spread"][0]
    apart = f"the lowest and the highest opinion are {spread:.2f} apart" + (f", at first {first:.2f}" if t else "")
    settled = " All agree." if spread <= 1e-3 * first else ""
    band = among_runs("this distance", f"{low:.2f}", f"{high:.2f}", runs)
    return f"Step {t}: the mean is {run['mean'][t]:.2f}; {apart}.{settled} {band}"
