"""Knowledge traded along ties: who knows how much, and with whom nobody could trade any more."""

from __future__ import annotations

import numpy as np

from tertius.draw.people import scene_among
from tertius.draw.places import around_a_ring, layout
from tertius.draw.scene import Curve, Look, Scene
from tertius.draw.words import among_runs, percent
from tertius.models.barter import AHEAD, KnowledgeBarter
from tertius.simulate import Ensemble, Run

QUARTERS = 4
PERSON_LOOKS = (
    Look("knows as little as the lowest quarter at first", "#56b4e9", shape="square"),
    Look("as much as the second quarter at first", "#5f6b76", shape="ring"),
    Look("as much as the third quarter at first", "#d98200", shape="diamond"),
    Look("as much as the highest quarter at first", "#b34700", shape="disc"),
)
TIE_LOOKS = (Look("could trade", "#009e73", line="solid"), Look("nothing to trade", "#c2c8ce", line="faint"))


def barter(run: Run, ensemble: Ensemble, *, people=None, positions: np.ndarray | None = None) -> Scene:
    """Describe the picture of a `KnowledgeBarter` run among many.

    People are told apart by how much they know beside what all knew at first. What to look for is where solid ties
    run out: there nobody has anything left that the other lacks, though both could still learn elsewhere.

    Parameters
    ----------
    run : Run
        The run whose people are shown.
    ensemble : Ensemble
        The runs behind the band, of the same model.
    people : Network, optional
        Gives labels, groups and the focal person; without it people are called by their node's name.
    positions : numpy.ndarray, shape (n, 2), optional
        Default: around a ring in order if the model draws one, otherwise `layout`.

    Returns
    -------
    Scene
    """
    model: KnowledgeBarter = run.model
    ties = model.ties(run.states[0])
    if positions is None:
        positions = around_a_ring(len(ties)) if model.network is None else layout(ties)
    level = np.array([state.knowledge.mean(axis=1) for state in run.states])
    cuts = np.quantile(level[0], np.arange(1, QUARTERS) / QUARTERS)
    u, v = ties.pairs
    stuck = np.array([~_could_trade(state.knowledge[u], state.knowledge[v]) for state in run.states])
    low, middle, high = ensemble.band("mean")
    return scene_among(
        people,
        run,
        ties,
        positions,
        title="Trading what one knows",
        person_looks=PERSON_LOOKS,
        tie_looks=TIE_LOOKS,
        people=np.searchsorted(cuts, level).astype(np.uint8),
        links=stuck.astype(np.uint8),
        curve=Curve(
            "knowledge, mean level",
            run["mean"],
            low,
            middle,
            high,
            ensemble.runs,
            (0.0, float(max(high.max(), run["mean"].max()))),
            percent=False,
        ),
        sentences=tuple(_sentence(t, run, stuck[t], low[t], high[t], ensemble.runs) for t in range(run.steps + 1)),
    )


def _could_trade(mine: np.ndarray, theirs: np.ndarray) -> np.ndarray:
    return (mine > AHEAD * theirs).any(axis=1) & (theirs > AHEAD * mine).any(axis=1)


def _sentence(t: int, run: Run, stuck: np.ndarray, low: float, high: float, runs: int) -> str:
    parts = [f"Step {t}: people know {run['mean'][t]:.2f} on average"]
    parts[0] += f", at first {run['mean'][0]:.2f}." if t else "."
    if stuck.all():
        parts.append("No two who are tied can trade any more.")
    else:
        parts.append(f"On {percent(1 - stuck.mean())} of the ties two could trade.")
    parts.append(among_runs("this mean", f"{low:.2f}", f"{high:.2f}", runs))
    return " ".join(parts)
