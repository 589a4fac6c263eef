"""An organisation that learns from its people: who knows better, and who has come to agree."""

from __future__ import annotations

import numpy as np

from tertius.draw.places import around_a_ring
from tertius.draw.scene import Curve, Look, Scene
from tertius.draw.words import among_runs, percent
from tertius.models.learning import OrganizationalLearning
from tertius.simulate import Ensemble, Run
from tertius.ties import Ties

BETTER, AGREES, DIFFERS = range(3)
PERSON_LOOKS = (
    Look("right more often than the code", "#d55e00", shape="triangle"),
    Look("believes what the code says", "#0072b2", shape="disc"),
    Look("believes otherwise, and is no better", "#5f6b76", shape="ring"),
)


def organizational_learning(run: Run, ensemble: Ensemble) -> Scene:
    """Describe the picture of an `OrganizationalLearning` run among many.

    Nobody is tied to anybody here: all learn from the code, and it learns from the triangles. Where none are left, it
    learns no more.

    Parameters
    ----------
    run : Run
        The run whose people are shown.
    ensemble : Ensemble
        The runs behind the band, of the same model.

    Returns
    -------
    Scene
    """
    model: OrganizationalLearning = run.model
    n = model.people
    codes = np.array([_seen(state) for state in run.states])
    low, middle, high = ensemble.band("knowledge")
    least = float(min(low.min(), run["knowledge"].min(), 0.0))
    return Scene(
        title="What the organisation learns",
        ties=Ties.of([(k, k) for k in range(n)]),
        positions=around_a_ring(n),
        labels=tuple(str(k + 1) for k in range(n)),
        groups=("",) * n,
        person_looks=PERSON_LOOKS,
        tie_looks=(),
        people=codes.astype(np.uint8),
        links=np.zeros((run.steps + 1, 0), np.uint8),
        curve=Curve(
            "right less wrong in the code, share of all facts",
            run["knowledge"],
            low,
            middle,
            high,
            ensemble.runs,
            (least, 1.0),
        ),
        time_label="step",
        times=np.arange(run.steps + 1, dtype=float),
        time_percent=False,
        sentences=tuple(
            _sentence(t, run, row, *band, ensemble.runs)
            for t, (row, *band) in enumerate(zip(codes, low, high, strict=True))
        ),
    )


def _seen(state) -> np.ndarray:
    right, of_code = (state.beliefs * state.reality).sum(axis=1), (state.code * state.reality).sum()
    agrees = (state.beliefs == state.code).all(axis=1)
    return np.select([right > of_code, agrees], [BETTER, AGREES], DIFFERS)


def _sentence(t: int, run: Run, codes: np.ndarray, low: float, high: float, runs: int) -> str:
    better, agree = np.count_nonzero(codes == BETTER), np.count_nonzero(codes == AGREES)
    parts = [
        f"Step {t}: right less wrong, the code knows {percent(run['knowledge'][t])} of all facts. {better or 'Nobody'}"
        f" of {len(codes)} people {'are' if better > 1 else 'is'} right more often, {agree or 'nobody'} "
        f"{'believe' if agree > 1 else 'believes'} all it says."
    ]
    if run["is_settled"][t]:
        parts.append("Nobody is left to learn from.")
    parts.append(among_runs("what it knows", percent(low), percent(high), runs))
    return " ".join(parts)
