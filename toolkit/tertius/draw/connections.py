"""Ties made and dropped as it pays: what people make, beside what would be best for all."""

from __future__ import annotations

import numpy as np

from tertius.draw.places import around_a_ring
from tertius.draw.scene import Curve, Look, Scene
from tertius.models.connections import Connections
from tertius.simulate import Ensemble, Run
from tertius.ties import Ties

LOOKS_AT, AHEAD, LOSES = range(3)
PERSON_LOOKS = (
    Look("looks at a tie", "#d55e00", shape="diamond"),
    Look("gains from the network", "#009e73", shape="disc"),
    Look("gets nothing from it, or less", "#5f6b76", shape="ring"),
)
NONE, TIED, MADE, DROPPED = range(4)
TIE_LOOKS = (
    Look("not tied", "#c2c8ce", line="none"),
    Look("tied", "#5f6b76", line="faint"),
    Look("made just now", "#0072b2", line="solid"),
    Look("dropped just now", "#b34700", line="dashed"),
)


def connections(run: Run, ensemble: Ensemble) -> Scene:
    """Describe the picture of a `Connections` run among many; each step two people look at the tie between them.

    Parameters
    ----------
    run : Run
        The run whose ties are shown.
    ensemble : Ensemble
        The runs behind the band, of the same model.

    Returns
    -------
    Scene
    """
    model: Connections = run.model
    n, shown = model.people, run.steps + 1
    one, other = np.triu_indices(n, 1)
    tied = np.array([state.tied[one, other] for state in run.states])
    links = np.where(tied, TIED, NONE)
    links[1:][tied[1:] & ~tied[:-1]] = MADE
    links[1:][~tied[1:] & tied[:-1]] = DROPPED
    got = np.array([model.payoffs(state.tied.astype(float)) for state in run.states])
    people = np.where(got > 0, AHEAD, LOSES)
    for t, state in enumerate(run.states[1:], 1):
        people[t, state.pair] = LOOKS_AT
    low, middle, high = ensemble.band("welfare")
    values = np.concatenate([run["welfare"], low, high, [model.best_welfare, 0]])
    return Scene(
        title="What people make of their ties",
        ties=Ties.of(list(zip(one.tolist(), other.tolist(), strict=True))),
        positions=around_a_ring(n),
        labels=tuple(str(k + 1) for k in range(n)),
        groups=("",) * n,
        person_looks=PERSON_LOOKS,
        tie_looks=TIE_LOOKS,
        people=people.astype(np.uint8),
        links=links.astype(np.uint8),
        curve=Curve(
            "all payoffs together",
            run["welfare"],
            low,
            middle,
            high,
            ensemble.runs,
            (float(values.min()), float(values.max()) + 1e-9),
            percent=False,
        ),
        time_label="step",
        times=np.arange(shown, dtype=float),
        time_percent=False,
        sentences=tuple(_sentence(t, model, run, ensemble) for t in range(shown)),
    )


def _sentence(t: int, model: Connections, run: Run, ensemble: Ensemble) -> str:
    count = int(run["ties"][t])
    best = {"complete": "all tied to all", "star": "a star", "empty": "no ties"}[model.best]
    parts = [
        f"Step {t}: {count or 'no'} {'tie' if count == 1 else 'ties'}; all payoffs together are "
        f"{run['welfare'][t]:.2f}, and {model.best_welfare:.2f} in the best network, {best}."
    ]
    if run["is_stable"][t]:
        parts.append("No pair would change anything.")
    if ensemble.runs > 1:
        parts.append(f"{np.count_nonzero(ensemble['is_stable'][t])} of the {ensemble.runs} runs have come to rest.")
    return " ".join(parts)
