"""A broker introduces contacts to each other: what is left of the position, and who gains."""

from __future__ import annotations

import numpy as np

from tertius.draw.scene import Curve, Look, Scene
from tertius.models.joining import JoiningBroker
from tertius.simulate import Ensemble, Run
from tertius.ties import Ties

BROKER, MET, STRANGER = range(3)
PERSON_LOOKS = (
    Look("broker", "#22303c", shape="square"),
    Look("has met another contact", "#009e73", shape="disc"),
    Look("knows only the broker", "#d98200", shape="ring"),
)
OWN, NEW, JOINED, APART = range(4)
TIE_LOOKS = (
    Look("the broker's tie", "#5f6b76", line="faint"),
    Look("introduced just now", "#b34700", line="dashed"),
    Look("introduced", "#009e73", line="solid"),
    Look("apart", "#c2c8ce", line="none"),
)


def introductions(run: Run, ensemble: Ensemble) -> Scene:
    """Describe the picture of a `JoiningBroker` run.

    The solid line is what the broker gets in a step, the dashed one what the whole group gets; the area below is what
    goes to the contacts.

    Parameters
    ----------
    run : Run
        The run whose introductions are shown.
    ensemble : Ensemble
        Runs of the same model; with an introduction in each step all runs pay the same.

    Returns
    -------
    Scene
    """
    model: JoiningBroker = run.model
    place = run.states[0].place
    met = run["introductions"]
    k, shown = model.contacts, run.steps + 1
    joined = place < met[:, None]
    links = np.where(joined, JOINED, APART)
    links[1:][joined[1:] & ~joined[:-1]] = NEW
    one, other = np.triu_indices(k, 1)
    people = np.full((shown, k + 1), STRANGER)
    people[:, 0] = BROKER
    for ends in (one, other):
        step, pair = np.nonzero(joined)
        people[step, 1 + ends[pair]] = MET
    broker, group = run["broker_return"], run["group_return"]
    top = max(float(group.max()), float(broker.max()), 1.0)
    return Scene(
        title="Keep apart, or introduce?",
        ties=Ties.of([(0, j) for j in range(1, k + 1)] + [(1 + i, 1 + j) for i, j in zip(one, other, strict=True)]),
        positions=_places(k),
        labels=("broker", *(chr(65 + j) if k <= 26 else str(j + 1) for j in range(k))),
        groups=("",) * (k + 1),
        person_looks=PERSON_LOOKS,
        tie_looks=TIE_LOOKS,
        people=people.astype(np.uint8),
        links=np.column_stack([np.full((shown, k), OWN), links]).astype(np.uint8),
        curve=Curve(
            "return in a step",
            broker,
            np.zeros(shown),
            group,
            group - broker,
            ensemble.runs,
            limits=(0.0, top),
            percent=False,
            names=("broker", "whole group", "contacts together"),
        ),
        time_label="step",
        times=np.arange(shown, dtype=float),
        time_percent=False,
        sentences=tuple(_sentence(model, int(m)) for m in met),
        ego=0,
    )


def _places(k: int) -> np.ndarray:
    """The contacts around the broker, who stands beside the middle so that no tie of theirs runs through."""
    turn = 2 * np.pi * np.arange(k) / k
    ring = np.column_stack([0.65 + 0.6 * np.sin(turn), 0.5 + 0.47 * np.cos(turn)])
    return np.round(np.vstack([[0.67, 0.56], ring]), 4)


def _sentence(model: JoiningBroker, met: int) -> str:
    first = f"{met or 'None'} of {model.pairs} pairs {'has' if met < 2 else 'have'} been introduced."
    size = f"The broker's effective size is {model.effective_size(met):.3g} of {model.contacts}."
    (broker, group), (alone, all_before) = model.returns(met), model.returns(0)
    if not met:
        return f"{first} {size} The broker gets {broker:.3g} a step, the group as a whole {group:.3g}."
    return (
        f"{first} {size} The broker gets {broker:.3g} a step instead of {alone:.3g}, the group as a whole {group:.3g} "
        f"instead of {all_before:.3g}: {_who_gains(broker - alone, group - all_before)}."
    )


def _who_gains(broker: float, group: float) -> str:
    one, whole = (int(np.sign(round(change, 9))) for change in (broker, group))
    if one == whole:
        return {1: "both gain", -1: "both lose", 0: "nothing changes for either"}[one]
    told = {1: "gains", -1: "loses", 0: "breaks even"}
    return f"the group {told[whole]}, the broker {told[one]}"
