"""What spreading looks like: who has adopted, who is next, and who waits because one voice is not enough."""

from __future__ import annotations

import numpy as np

from tertius.draw.people import scene_among, ways_between
from tertius.draw.places import around_a_ring, layout
from tertius.draw.scene import Curve, Look, Scene
from tertius.draw.words import among_runs, number, percent
from tertius.models.contagion import ComplexContagion, RingContagion
from tertius.simulate import Ensemble, Run

ADOPTED, NEW, NEXT, WAITS, UNREACHED = range(5)
PERSON_LOOKS = (
    Look("has adopted", "#0072b2", shape="disc"),
    Look("adopted just now", "#d55e00", shape="triangle"),
    Look("has heard enough, adopts next", "#cc79a7", shape="diamond"),
    Look("has heard too few, waits", "#d98200", shape="ring"),
    Look("knows nobody who has adopted", "#9aa3ab", shape="square"),
)
TIE_LOOKS = (
    Look("tie", "#5f6b76", line="faint"),
    Look("a voice that is not enough", "#b34700", line="solid"),
)
MOST = 0.9
"""The share of people at which the sentence says that most have adopted."""


def adoption(run: Run, ensemble: Ensemble, *, people=None, positions: np.ndarray | None = None) -> Scene:
    """Describe the picture of a `ComplexContagion` or `RingContagion` run among many.

    What to look for is who waits: a ring is somebody who knows an adopter and has heard too few, and the ties that
    carry these voices stand out. Where only rings are left at the edge, and no diamond, it has stalled.

    Parameters
    ----------
    run : Run
        The run whose people are shown.
    ensemble : Ensemble
        The runs behind the band, of the same model.
    people : Network, optional
        Gives labels, groups and the focal person; without it people are called by their node's name.
    positions : numpy.ndarray, shape (n, 2), optional
        Default: around a ring in order for `RingContagion`, so that its shortcuts lie across; otherwise `layout`.

    Returns
    -------
    Scene
    """
    model: ComplexContagion | RingContagion = run.model
    is_ring = isinstance(model, RingContagion)
    ties = model.ties(run.states[0]) if is_ring else model.ties
    if positions is None:
        positions = around_a_ring(len(ties)) if is_ring else layout(ties)
    active = np.array([state.active for state in run.states])
    heard = np.array([state.heard for state in run.states])
    codes = np.select([active, heard >= model.threshold_count, heard > 0], [ADOPTED, NEXT, WAITS], UNREACHED)
    codes[1:][active[1:] & ~active[:-1]] = NEW
    share = run["adopted_share"]
    low, middle, high = ensemble.band("adopted_share")
    return scene_among(
        people,
        run,
        ties,
        positions,
        title="How far it spreads",
        person_looks=PERSON_LOOKS,
        tie_looks=TIE_LOOKS,
        people=codes.astype(np.uint8),
        links=ways_between(ties, active, codes == WAITS),
        curve=Curve("people who have adopted", share, low, middle, high, ensemble.runs),
        sentences=_sentences(run, ensemble, codes, low, high),
    )


def _sentences(run: Run, ensemble: Ensemble, codes: np.ndarray, low: np.ndarray, high: np.ndarray) -> tuple[str, ...]:
    model, share = run.model, run["adopted_share"]
    n = codes.shape[1]
    counts = np.stack([(codes == code).sum(axis=1) for code in range(5)], axis=1)
    there = np.flatnonzero(share >= MOST - 1e-9)
    first = int(there[0]) if len(there) else None
    runs_there = (ensemble["adopted_share"] >= MOST - 1e-9).sum(axis=1)
    stalled = [bool(model.is_settled(state)) for state in run.states]
    said = []
    for t, (old, new, _, waits, _) in enumerate(counts.tolist()):
        adopted = f"{old + new} of {n} people ({percent(share[t])})"
        parts = [f"Step {t}: {adopted} have adopted, {new or 'none'} of them just now." if t else f"{adopted} start."]
        if t == 0 and isinstance(model, RingContagion):
            parts.append(_shortcuts(model, run))
        if waits:
            parts.append(_waiting(waits, model.threshold_count))
        if old + new == n:
            parts.append("Everybody has adopted.")
        elif stalled[t]:
            parts.append("It has stalled: nobody else can adopt.")
        if first is not None and t >= first:
            parts.append(f"{percent(MOST)} was reached with step {first}.")
        parts.append(among_runs("the share who have adopted", percent(low[t]), percent(high[t]), ensemble.runs))
        if ensemble.runs > 1:
            parts.append(_reached(int(runs_there[t]), ensemble.runs))
        said.append(" ".join(parts))
    return tuple(said)


def _shortcuts(model: RingContagion, run: Run) -> str:
    u, v = model.ties(run.states[0]).pairs
    apart = np.minimum(v - u, model.n - (v - u))
    return f"{np.count_nonzero(apart > model.radius)} of {len(u)} ties are shortcuts across the ring."


def _reached(there: int, runs: int) -> str:
    some = {0: "None", runs: "All"}.get(there, there)
    return f"{some} of the {runs} runs {'have' if there > 1 else 'has'} reached {percent(MOST)}."


def _waiting(waits: int, threshold_count: int) -> str:
    verb = "waits" if waits == 1 else "wait"
    voices = "one voice" if threshold_count == 2 else f"fewer than {number(threshold_count)} voices"
    return f"{waits} {verb} with {voices}, and it takes {number(threshold_count)}."
