"""How a bridge that is tended gets company: who is pressed to meet, who has met, and what is a local bridge still."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy import sparse, special

from tertius.draw.people import scene_among, told_apart
from tertius.draw.places import layout
from tertius.draw.scene import Curve, Look, Scene
from tertius.draw.words import percent
from tertius.models.closure import ClosurePressure
from tertius.simulate import Ensemble, Run
from tertius.ties import Ties

PERSON, END, PRESSED, MET = range(4)
PERSON_LOOKS = (
    Look("person", "#8a949e", shape="disc"),
    Look("end of the bridge", "#0072b2", shape="square"),
    Look("may meet somebody new", "#e69f00", shape="diamond"),
    Look("has met somebody new", "#009e73", shape="triangle"),
)
CLOSE, WEAK, BRIDGE, NEW, APART = range(5)
TIE_LOOKS = (
    Look("close tie", "#5f6b76", line="faint"),
    Look("weak tie", "#5f6b76", line="dashed"),
    Look("local bridge", "#b34700", line="solid"),
    Look("new tie, weak", "#009e73", line="dashed"),
    Look("pair that may meet", "#c2c8ce", line="none"),
)
MOST_NAMED = 3


def closing_bridge(run: Run, ensemble: Ensemble, *, people=None, positions: np.ndarray | None = None) -> Scene:
    """Describe the picture of a `ClosurePressure` run among many.

    With a bridge to keep an eye on, the curve is the share of runs in which it is a local bridge still, and the band
    says where that share would be by the formula, in nine of ten such sets of runs. Without one, the curve counts the
    local bridges that are left.

    Parameters
    ----------
    run : Run
        The run whose network is shown.
    ensemble : Ensemble
        The runs behind the curve, of the same model.
    people : Network, optional
        Gives labels, groups and the focal person; without it people are called by their node's name.
    positions : numpy.ndarray, shape (n, 2), optional
        Default: `layout` of the ties there are at the start.

    Returns
    -------
    Scene
        Its ties are those of the model, and one for each pair under pressure, which is seen once they have met.
    """
    model: ClosurePressure = run.model
    closed = np.array([model.closed(state) for state in run.states]).reshape(run.steps + 1, -1)
    standing = np.array([model.standing(state) for state in run.states])
    ties, links = _grown(model, closed, standing)
    labels, *_ = told_apart(model.ties, people)
    return scene_among(
        people,
        run,
        ties,
        layout(model.ties) if positions is None else positions,
        title="How long a bridge stays one",
        person_looks=PERSON_LOOKS,
        tie_looks=TIE_LOOKS,
        people=_people(model, closed),
        links=links,
        curve=_curve(run, ensemble),
        sentences=_sentences(run, ensemble, closed, labels),
    )


def _grown(model: ClosurePressure, closed: np.ndarray, standing: np.ndarray) -> tuple[Ties, np.ndarray]:
    """The network with a tie for each pair under pressure, and how each of these ties looks at each step."""
    n, shown = len(model.ties), len(closed)
    u, v = (np.concatenate([old, new]).astype(np.int64) for old, new in zip(model.ties.pairs, model.pairs, strict=True))
    strength = np.concatenate([model.ties.pair_strength, np.full(closed.shape[1], model.ties.strength.min(initial=1))])
    rows = sparse.coo_array((np.tile(strength, 2), (np.append(u, v), np.append(v, u))), shape=(n, n)).tocsr()
    ties = replace(Ties.of(rows), ids=model.ties.ids)
    old = np.where(standing, BRIDGE, np.where(model.close, CLOSE, WEAK))
    links = np.concatenate([old, np.where(closed, NEW, APART)], axis=1)
    in_order = np.lexsort((v, u))
    return ties, links[:, in_order].astype(np.uint8).reshape(shown, -1)


def _people(model: ClosurePressure, closed: np.ndarray) -> np.ndarray:
    n, shown = len(model.ties), len(closed)
    codes = np.full((shown, n), PERSON, np.uint8)
    codes[:, np.concatenate(model.pairs)] = PRESSED
    step, pair = np.nonzero(closed)
    for ends in model.pairs:
        codes[step, ends[pair]] = MET
    if model.bridge is not None:
        codes[:, [model.ties.ids.index(end) for end in model.bridge]] = END
    return codes


def _curve(run: Run, ensemble: Ensemble) -> Curve:
    model, runs = run.model, ensemble.runs
    if model.bridge is None:
        left = run["local_bridges"].astype(float)
        low, middle, high = ensemble.band("local_bridges")
        limits = (0.0, float(max(left[0], 1)))
        return Curve("local bridges left", left, low, middle, high, runs, limits=limits, percent=False)
    share = ensemble.mean("bridge_stands")
    chance = model.survival(*model.bridge, np.arange(run.steps + 1))
    names = ("this run: all or nothing", f"share of {runs} runs", "90 % of such shares, by the formula")
    low, high = (_binomial_quantile(q, runs, chance) / runs for q in (0.05, 0.95))
    return Curve("still a local bridge", run["bridge_stands"].astype(float), low, share, high, runs, names=names)


def _binomial_quantile(q: float, trials: int, chance: np.ndarray) -> np.ndarray:
    """The least number of successes that so many trials stay at or below with probability ``q`` or more."""
    at_most = special.bdtr(np.arange(trials + 1)[:, None], trials, chance[None, :])
    return (at_most >= q - 1e-12).argmax(axis=0)


def _sentences(run: Run, ensemble: Ensemble, closed: np.ndarray, labels: tuple[str, ...]) -> tuple[str, ...]:
    model, met = run.model, closed.sum(axis=1).tolist()
    pairs = closed.shape[1]
    news = [f"{count or 'none'} of {pairs} pairs under pressure {'has' if count < 2 else 'have'} met" for count in met]
    if not pairs:
        news = ["nobody is under pressure to meet"] * len(met)
    if model.bridge is None:
        left = run["local_bridges"].tolist()
        return tuple(
            f"Step {t}: {count} of {left[0]} local bridges are left; {news[t]}." for t, count in enumerate(left)
        )
    ends = [model.ties.ids.index(end) for end in model.bridge]
    name = "–".join(labels[end] for end in ends)
    chance = model.survival(*model.bridge, np.arange(run.steps + 1))
    half = model.half_life(*model.bridge)
    stands, of_all = run["bridge_stands"].tolist(), ensemble["bridge_stands"].sum(axis=1).tolist()
    lost = stands.index(0) if 0 in stands else None
    last = f"Half of all such bridges are lost after {half:.1f} steps." if np.isfinite(half) else "Nothing can end it."
    said = []
    for t in range(run.steps + 1):
        if stands[t]:
            first = f"Step {t}: {name} is a local bridge; {news[t]}."
        else:
            who = _who_met(model, closed[lost] & ~closed[lost - 1], ends, labels)
            first = f"Step {t}: {name} has not been a local bridge since step {lost}, when {who}; {news[t]}."
        share = percent(of_all[t] / ensemble.runs)
        so = f"It is one in {of_all[t]} of {ensemble.runs} runs ({share}); the formula expects {percent(chance[t])}."
        said.append(f"{first} {so} {last}" if np.isfinite(half) else f"{first} {last}")
    return tuple(said)


def _who_met(model: ClosurePressure, now: np.ndarray, ends: list[int], labels: tuple[str, ...]) -> str:
    """The pairs with an end of the bridge that met just now, a few by name."""
    met = [
        f"{labels[a]} and {labels[b]}"
        for a, b, yes in zip(*(axis.tolist() for axis in model.pairs), now.tolist(), strict=True)
        if yes and (a in ends or b in ends)
    ]
    return f"{'; '.join(met)} met" if len(met) <= MOST_NAMED else f"{len(met)} pairs met"
