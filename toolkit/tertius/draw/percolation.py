"""What tie removal looks like: who is still in the largest part, which ties are gone, and how it goes on."""

from __future__ import annotations

import numpy as np

from tertius.draw.people import scene_among
from tertius.draw.scene import Curve, Look, Scene
from tertius.draw.words import among_runs, percent
from tertius.measures.removal import part_of_each
from tertius.models.percolation import TieRemoval
from tertius.simulate import Ensemble, Run

PERSON_LOOKS = (
    Look("in the largest part", "#0072b2", shape="disc"),
    Look("cut off from it", "#e69f00", shape="diamond"),
)
TIE_LOOKS = (Look("tie", "#5f6b76", line="solid"), Look("tie that was cut", "#c2c8ce", line="none"))
ORDER_WORDS = {"weakest": "weakest first", "strongest": "strongest first", "random": "in random order"}


def tie_removal(run: Run, ensemble: Ensemble, *, people=None, positions: np.ndarray | None = None) -> Scene:
    """Describe the picture of a `TieRemoval` run among many.

    Parameters
    ----------
    run : Run
        The run whose network is shown.
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
    model: TieRemoval = run.model
    ties, shown = model.ties, run.steps + 1
    cut_with = run.states[0].cut_with
    links = (cut_with <= np.arange(shown)[:, None]).astype(np.uint8)
    share = run["largest_share"]
    low, middle, high = ensemble.band("largest_share")
    return scene_among(
        people,
        run,
        ties,
        positions,
        title="What is left of the network",
        person_looks=PERSON_LOOKS,
        tie_looks=TIE_LOOKS,
        people=_outside_largest(part_of_each(ties, cut_with - 1, run.steps)),
        links=links,
        curve=Curve("people in the largest connected part", share, low, middle, high, ensemble.runs),
        time_label="share of ties cut",
        times=np.minimum(np.arange(shown) * model.pace, model.most),
        time_percent=True,
        sentences=tuple(
            _sentence(model, int(run["ties_cut"][t]), share[t], low[t], high[t], ensemble.runs) for t in range(shown)
        ),
    )


def _outside_largest(part: np.ndarray) -> np.ndarray:
    """Mark, for each step, who is not in the largest part; of equal parts the one with the first person counts."""
    largest = np.array([np.bincount(parts).argmax() for parts in part])
    return (part != largest[:, None]).astype(np.uint8)


def _sentence(model: TieRemoval, cut: int, share: float, low: float, high: float, runs: int) -> str:
    n, n_ties = len(model.ties), model.ties.n_ties
    held = f"{round(share * n)} of {n} people ({percent(share)})"
    if cut == 0:
        return f"No tie is cut: {held} are in the largest connected part."
    dealt = ", strengths shuffled" if model.shuffled else ""
    return (
        f"{cut} of {n_ties} ties are cut ({percent(cut / n_ties)}), {ORDER_WORDS[model.order]}{dealt}: {held} are "
        f"still in the largest connected part. {among_runs('that share', percent(low), percent(high), runs)}"
    )
