"""Contacts in one group or in several: who is heard, and to whom a promise is worth keeping."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tertius.draw.charts import Chart, Line
from tertius.draw.scene import Curve, Look, Scene
from tertius.draw.words import among_runs, percent
from tertius.errors import ParameterError
from tertius.models.trust import ContactSplit, TrustGame
from tertius.simulate import Ensemble, Run
from tertius.ties import Ties

YOU, SAFE, UNSAFE, HEARD, UNHEARD = range(5)
PERSON_LOOKS = (
    Look("you", "#5f6b76", shape="square"),
    Look("contact, your word is worth keeping", "#0072b2", shape="disc"),
    Look("contact, a broken word would pay", "#b34700", shape="triangle"),
    Look("in a group you hear from", "#009e73", shape="diamond"),
    Look("in a group you do not hear from", "#8a949e", shape="ring"),
)
TIE_LOOKS = (Look("know each other", "#5f6b76", line="faint"), Look("your contact", "#22303c", line="solid"))
SPLITS = ("6", "5+1", "4+2", "3+3", "2+2+2", "1+1+1+1+1+1")


def contact_split(run: Run, ensemble: Ensemble) -> Scene:
    """Describe the picture of a `ContactSplit` run among many; the slider moves the chance of meeting again.

    Groups with a contact are heard; a contact to whom your word is worth keeping can rely on it.

    Parameters
    ----------
    run : Run
        The run whose contacts are shown.
    ensemble : Ensemble
        The runs behind the band, of the same model.

    Returns
    -------
    Scene
    """
    model: ContactSplit = run.model
    kept = np.array([model.kept(state) for state in run.states])
    size, groups = model.group_size, model.groups
    first = np.concatenate([np.arange(count) + group * size for group, count in enumerate(model.split)]) + 1
    people = np.full((run.steps + 1, 1 + groups * size), UNHEARD)
    people[:, 0] = YOU
    people[:, 1 : 1 + size * model.groups_reached] = HEARD
    people[:, first] = np.where(kept, SAFE, UNSAFE)
    inside = [
        (1 + group * size + i, 1 + group * size + j) for group in range(groups) for i in range(size) for j in range(i)
    ]
    ties = Ties.of([(node, node) for node in range(1 + groups * size)] + [(0, node) for node in first] + inside)
    low, middle, high = ensemble.band("kept_share")
    own = (ties.pairs[0] == 0).astype(np.uint8)
    return Scene(
        title="Who is heard, and who can rely on you",
        ties=ties,
        positions=_places(groups, size),
        labels=("you", *(f"{group + 1}{chr(97 + k % 26)}" for group in range(groups) for k in range(size))),
        groups=("", *(f"group {group + 1}" for group in range(groups) for _ in range(size))),
        person_looks=PERSON_LOOKS,
        tie_looks=TIE_LOOKS,
        people=people.astype(np.uint8),
        links=np.tile(own, (run.steps + 1, 1)),
        curve=Curve("contacts who can rely on you", run["kept_share"], low, middle, high, ensemble.runs),
        time_label="chance of meeting again",
        times=np.asarray(run["meeting"], float),
        time_percent=True,
        sentences=tuple(
            _sentence(model, meeting, int(count), low[t], high[t], ensemble.runs)
            for t, (meeting, count) in enumerate(zip(run["meeting"], kept.sum(axis=1), strict=True))
        ),
        ego=0,
    )


def _places(groups: int, size: int) -> np.ndarray:
    """You in the middle; the groups around you, each in a circle of its own."""
    around = 2 * np.pi * np.arange(groups) / groups
    centre = np.column_stack([0.52 * np.sin(around), 0.4 * np.cos(around)])
    within = 2 * np.pi * np.arange(size) / size
    # Everybody's first contact stands nearest to you, so that its line crosses nobody.
    turned = around[:, None] + np.pi + within
    member = centre[:, None] + 0.1 * np.stack([np.sin(turned), np.cos(turned)], axis=2)
    return np.round(np.vstack([[0, 0], member.reshape(-1, 2)]) + np.array([0.65, 0.5]), 4)


def _sentence(model: ContactSplit, meeting: float, kept: int, low: float, high: float, runs: int) -> str:
    split, reached = " + ".join(map(str, model.split)), model.groups_reached
    parts = [
        f"{model.contacts} contacts, {split}: {reached} of {model.groups} groups {'is' if reached == 1 else 'are'} "
        f"heard, effective size {model.effective_size:.2g}.",
        f"With a chance of {percent(meeting)} to meet again your word is worth keeping to {kept} of {model.contacts}; "
        f"for all it takes {percent(model.patience_needed)}.",
    ]
    if model.tell not in (0, 1):
        parts.append(among_runs("the share to whom it is worth keeping", percent(low), percent(high), runs))
    return " ".join(parts)


def patience_by_split(
    splits: Sequence[str] = SPLITS, *, meeting: float = 0.7, tell: float = 1.0, game: TrustGame | None = None
) -> Chart:
    """Chart, for several layouts of contacts, how much different is heard and how much patience a promise takes.

    Parameters
    ----------
    splits : sequence of text
        Layouts such as ``"3+3"``, in the order in which they are drawn.
    meeting : float
        The chance of meeting again that there is, in [0, 1]: a line for comparison.
    tell, game
        As for `tertius.models.ContactSplit`.

    Returns
    -------
    Chart

    Raises
    ------
    ParameterError
        If a setting is out of its range.

    Examples
    --------
    >>> patience_by_split(["6", "3+3"]).lines[0].y.round(3).tolist()
    [0.5, 0.667]
    """
    if not splits:
        raise ParameterError("splits is empty; give at least one layout, such as '3+3'.")
    layouts = [ContactSplit(split, tell, game or TrustGame()) for split in splits]
    needed = np.array([layout.patience_needed for layout in layouts])
    heard = np.array([layout.groups_reached / layout.groups for layout in layouts])
    both = [
        (layout.groups_reached, split)
        for layout, split, patience in zip(layouts, splits, needed, strict=True)
        if patience <= meeting + 1e-9
    ]
    # Of those that keep all contacts safe, the one that hears most; of equals the first.
    best = f"{max(both, key=lambda pair: pair[0])[1]} hears the most of those" if both else "none is"
    return Chart(
        title="Heard, or relied on",
        x_label="contacts in each group",
        y_label="share",
        x=np.arange(1, len(layouts) + 1, dtype=float),
        lines=(
            Line("patience needed for all", needed, "#b34700", "none", "triangle"),
            Line("groups heard, of all", heard, "#009e73", "none", "diamond"),
            Line("chance of meeting again", np.full(len(layouts), float(meeting)), "#22303c", "dashed"),
        ),
        sentence=f"Where patience needed is at most {percent(meeting)}, your word is worth keeping to all: {best}.",
        x_names=tuple(splits),
    )
