"""Trust among people who talk: who still trusts, who was let down, and who has only heard of it."""

from __future__ import annotations

import numpy as np

from tertius.draw.people import scene_among
from tertius.draw.scene import Curve, Look, Scene
from tertius.draw.words import among_runs, percent
from tertius.models.gossip import TrustNetwork
from tertius.simulate import Ensemble, Run

TRUSTS, COMES, LOST = range(3)
PERSON_LOOKS = (
    Look("trusts", "#0072b2", shape="disc"),
    Look("came in this round", "#d55e00", shape="triangle"),
    Look("trusts no more", "#5f6b76", shape="ring"),
)
TIE_LOOKS = (Look("talk", "#5f6b76", line="faint"), Look("word of it went here", "#b34700", line="dashed"))


def trust_lost(run: Run, ensemble: Ensemble, *, people=None, positions: np.ndarray | None = None) -> Scene:
    """Describe the picture of a `TrustNetwork` run among many.

    Parameters
    ----------
    run : Run
        The run whose trustors are shown.
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
    model: TrustNetwork = run.model
    ties, shown = model.ties, run.steps + 1
    trusts = np.array([state.trusts for state in run.states])
    codes = np.where(trusts, TRUSTS, LOST)
    visitor = np.array([int(state.visitor) for state in run.states])
    lost = np.zeros(trusts.shape, bool)
    lost[1:] = trusts[:-1] & ~trusts[1:]
    u, v = ties.pairs
    came = visitor[:, None]
    told = (came == u) & lost[:, v] & lost[np.arange(shown), visitor][:, None]
    if not ties.directed:
        told |= (came == v) & lost[:, u] & lost[np.arange(shown), visitor][:, None]
    plays = ~np.array([bool(state.is_over) for state in run.states[:-1]])
    codes[1:][plays, visitor[1:][plays]] = COMES
    low, middle, high = ensemble.band("trusting_share")
    return scene_among(
        people,
        run,
        ties,
        positions,
        title="Who still trusts",
        person_looks=PERSON_LOOKS,
        tie_looks=TIE_LOOKS,
        people=codes.astype(np.uint8),
        links=told.astype(np.uint8),
        curve=Curve("people who trust", run["trusting_share"], low, middle, high, ensemble.runs),
        time_label="round",
        sentences=tuple(
            _sentence(t, run, int(trusts[t].sum()), int(lost[t].sum()), low[t], high[t], ensemble.runs)
            for t in range(shown)
        ),
    )


def _sentence(t: int, run: Run, trusting: int, lost: int, low: float, high: float, runs: int) -> str:
    state = run.states[t]
    parts = [f"Round {t}: {trusting or 'none'} of {len(state.trusts)} trust."]
    if lost:
        heard = f", and {lost - 1} heard of it" if lost > 1 else ""
        parts.append(f"A promise was broken: one was let down{heard}.")
    broken = int(state.broken)
    parts.append(f"So far {broken or 'no'} {'promise was' if broken == 1 else 'promises were'} broken.")
    if state.is_over:
        parts.append("It is over.")
    return " ".join([*parts, among_runs("the share who trust", percent(low), percent(high), runs)])
