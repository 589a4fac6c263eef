"""People who are one of two things: who has heard or joined, trusts or helps, and who turned just now."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from tertius.draw.people import scene_among, ways_between
from tertius.draw.scene import Curve, Look, Scene
from tertius.draw.words import among_runs, percent
from tertius.errors import ParameterError
from tertius.models.cascade import IndependentCascade
from tertius.models.cooperation import DeathBirthGame
from tertius.models.gossip import TrustByExperience
from tertius.models.linear import LinearThreshold
from tertius.models.threshold import ThresholdCascade
from tertius.simulate import Ensemble, Run


class Story(NamedTuple):
    """What the two things are called in one model.

    Attributes
    ----------
    title, observed : str
    one, many : str
        What somebody does who is the first of them, and what several do.
    other : str
        What somebody does who is the second.
    begins, ends : str
        What happened to those who turned just now; ``ends`` is empty where nobody turns back.
    """

    title: str
    observed: str
    one: str
    many: str
    other: str
    begins: str
    ends: str = ""


JOINS = Story("Who joins", "adopted_share", "has joined", "have joined", "has not joined", "joined just now")
STORIES = {
    IndependentCascade: Story(
        "How far news gets", "adopted_share", "has heard it", "have heard it", "has not heard it", "heard it just now"
    ),
    LinearThreshold: JOINS,
    ThresholdCascade: JOINS,
    TrustByExperience: Story(
        "Who trusts", "trusting_share", "trusts", "trust", "does not trust", "began again just now", "stopped just now"
    ),
    DeathBirthGame: Story(
        "Who helps",
        "cooperating_share",
        "helps all contacts",
        "help",
        "helps nobody",
        "began just now",
        "ended just now",
    ),
}
NOT, IS, BEGAN, ENDED = range(4)
TIE_LOOKS = (Look("both alike", "#5f6b76", line="faint"), Look("one does, one does not", "#b34700", line="dashed"))


def switching(run: Run, ensemble: Ensemble, *, people=None, positions: np.ndarray | None = None) -> Scene:
    """Describe the picture of a run among many in which everybody is one of two things.

    These are `IndependentCascade`, `ThresholdCascade`, `LinearThreshold`, `TrustByExperience` and `DeathBirthGame`.
    What to look for are the dashed ties, between the two kinds of people: only there can it go on.

    Parameters
    ----------
    run : Run
        The run whose people are shown.
    ensemble : Ensemble
        The runs behind the band, of the same model.
    people : Network, optional
        Gives labels, groups and the focal person; without it people are called by their node's name.
    positions : numpy.ndarray, shape (n, 2), optional
        Default: `layout` of the model's ties.

    Returns
    -------
    Scene

    Raises
    ------
    ParameterError
        If the run is one of another model.
    """
    ties, story = run.model.ties, _story(run.model)
    now = np.array([_is(run.model, state) for state in run.states])
    codes = np.where(now, IS, NOT)
    codes[1:][now[1:] & ~now[:-1]] = BEGAN
    if story.ends:
        codes[1:][~now[1:] & now[:-1]] = ENDED
    low, middle, high = ensemble.band(story.observed)
    return scene_among(
        people,
        run,
        ties,
        positions,
        title=story.title,
        person_looks=_looks(story),
        tie_looks=TIE_LOOKS,
        people=codes.astype(np.uint8),
        links=ways_between(ties, now, ~now) | ways_between(ties, ~now, now),
        curve=Curve(f"people who {story.many}", run[story.observed], low, middle, high, ensemble.runs),
        sentences=tuple(_sentence(t, story, row, low[t], high[t], ensemble.runs) for t, row in enumerate(codes)),
    )


def _story(model) -> Story:
    if type(model) not in STORIES:
        known = ", ".join(kind.__name__ for kind in STORIES)
        raise ParameterError(f"This picture is of runs of {known}; got one of {type(model).__name__}.")
    return STORIES[type(model)]


def _is(model, state) -> np.ndarray:
    """Who is the first of the two things; bool, shape (n,)."""
    if isinstance(model, TrustByExperience):
        return model.trusts(state)
    # Cascades keep a bit for each run, the run on show in the first.
    return state if isinstance(model, DeathBirthGame) else (state.active & np.uint64(1)).astype(bool)


def _looks(story: Story) -> tuple[Look, ...]:
    looks = (
        Look(story.other, "#5f6b76", shape="ring"),
        Look(story.one, "#0072b2", shape="disc"),
        Look(story.begins, "#d55e00", shape="triangle"),
    )
    return (*looks, Look(story.ends, "#cc79a7", shape="diamond")) if story.ends else looks


def _sentence(t: int, story: Story, codes: np.ndarray, low: float, high: float, runs: int) -> str:
    count, n = int(np.isin(codes, (IS, BEGAN)).sum()), len(codes)
    does = story.one if count == 1 else story.many
    parts = [f"Step {t}: {count or 'none'} of {n} people {does} ({percent(count / n)})."]
    turned = {story.begins: (codes == BEGAN).sum(), story.ends: (codes == ENDED).sum()}
    news = [f"{many} {what}" for what, many in turned.items() if many]
    if news:
        parts.append(f"{', '.join(news)}.")
    return " ".join([*parts, among_runs(f"the share of people who {story.many}", percent(low), percent(high), runs)])
