"""People who search and copy: who has found what, and how many solutions are left."""

from __future__ import annotations

import numpy as np

from tertius.draw.people import scene_among
from tertius.draw.places import around_a_ring, layout
from tertius.draw.scene import Curve, Look, Scene
from tertius.draw.words import among_runs, percent
from tertius.models.plane import PlaneSearch
from tertius.models.search import LandscapeSearch
from tertius.simulate import Ensemble, Run

BEST, COPIED, SHARED, OWN = range(4)
PERSON_LOOKS = (
    Look("has the best solution there is", "#0072b2", shape="triangle"),
    Look("copied just now", "#d55e00", shape="diamond"),
    Look("holds what others hold too", "#009e73", shape="disc"),
    Look("holds what nobody else holds", "#d98200", shape="ring"),
)
TIE_LOOKS = (Look("sees", "#5f6b76", line="faint"),)


def searching(run: Run, ensemble: Ensemble, *, people=None, positions: np.ndarray | None = None) -> Scene:
    """Describe the picture of a `LandscapeSearch` or `PlaneSearch` run among many.

    What to look for are rings: solutions that only one person holds. Where there are none left and no triangle, all
    stand on a lower hill and nobody will find the highest.

    Parameters
    ----------
    run : Run
        The run whose people are shown.
    ensemble : Ensemble
        The runs behind the band, of the same model.
    people : Network, optional
        Gives labels, groups and the focal person; without it people are called by their node's name.
    positions : numpy.ndarray, shape (n, 2), optional
        Default: around a ring for networks by name, otherwise `layout`.

    Returns
    -------
    Scene
    """
    model: LandscapeSearch | PlaneSearch = run.model
    ties = model.ties
    if positions is None:
        positions = around_a_ring(len(ties)) if isinstance(model.network, str) else layout(ties)
    solution = np.array([state.solution for state in run.states])
    quality = np.array([state.quality for state in run.states])
    copied = np.array([state.copied for state in run.states])
    holders = (solution[:, :, None] == solution[:, None]).sum(axis=2)
    codes = np.select([quality >= 1 - 1e-9, copied, holders > 1], [BEST, COPIED, SHARED], OWN)
    low, middle, high = ensemble.band("quality")
    return scene_among(
        people,
        run,
        ties,
        positions,
        title="Who searches, and who copies",
        person_looks=PERSON_LOOKS,
        tie_looks=TIE_LOOKS,
        people=codes.astype(np.uint8),
        links=np.zeros((run.steps + 1, ties.n_ties), np.uint8),
        curve=Curve("quality of solutions, share of the best", run["quality"], low, middle, high, ensemble.runs),
        time_label="round",
        sentences=tuple(
            _sentence(t, len(ties), run, row, *band, ensemble.runs)
            for t, (row, *band) in enumerate(zip(codes, low, high, strict=True))
        ),
    )


def _sentence(t: int, n: int, run: Run, codes: np.ndarray, low: float, high: float, runs: int) -> str:
    held = int(run["solutions"][t])
    there, copied = np.count_nonzero(codes == BEST), np.count_nonzero(codes == COPIED)
    parts = [
        f"Round {t}: solutions are {percent(run['quality'][t])} as good as the best there is; {n} "
        f"{'people hold' if n > 1 else 'person holds'} {held} different {'one' if held == 1 else 'ones'}."
    ]
    if copied:
        parts.append(f"{copied} copied just now.")
    if there:
        parts.append(f"{there} {'has' if there == 1 else 'have'} the best.")
    elif held == 1 and n > 1:
        parts.append("All hold the same, and it is not the best.")
    return " ".join([*parts, among_runs("the quality", percent(low), percent(high), runs)])
