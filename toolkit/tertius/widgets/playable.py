"""`PLAYABLE`: the models that can be put on any network, each with one number that says how much, and its picture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from tertius import draw, models
from tertius.draw.scene import Scene
from tertius.simulate import Model
from tertius.ties import Ties
from tertius.widgets.controls import written

Settings = dict[str, Any]


@dataclass(frozen=True)
class Playable:
    """A model that a learner can put on any network, and move by one number.

    Attributes
    ----------
    label : str
        What goes on, as a learner reads it.
    model : type
    setting : str
        The model's setting that the number is for.
    says : str
        What this setting is, with its unit.
    low, high : number
        What it is with nothing and with all; whole numbers if the setting is one.
    picture : callable
        Takes a `Run` and its `Ensemble`, and returns a `Scene`.
    observed : str
        The number that says what came of it.
    others : callable
        Takes the ties, and returns the settings that depend on who is there.
    is_share : bool
        Whether the number is written as a percentage.
    instead : str
        What plays if the model needs no network.
    """

    label: str
    model: type
    setting: str
    says: str
    low: float
    high: float
    picture: Callable[..., Scene]
    observed: str
    others: Callable[[Ties], Settings] = lambda ties: {}
    is_share: bool = True
    instead: str = ""

    def value(self, much: float) -> float:
        """The setting for ``much``, from 0 for nothing to 1 for all."""
        value = self.low + much * (self.high - self.low)
        return round(value) if isinstance(self.high, int) else round(value, 4)

    def settings(self, ties: Ties, much: float) -> Settings:
        """All settings that the model gets, besides the network."""
        return {**self.others(ties), self.setting: self.value(much)}

    def on(self, ties: Ties, much: float) -> Model:
        """The model on a network."""
        settings = self.settings(ties, much)
        return self.model(**settings) if self.instead else self.model(ties, **settings)

    def written(self, much: float) -> str:
        """The setting for ``much``, as a learner reads it."""
        value = self.value(much)
        return written(value, 1, percent=True).replace(".0", "") if self.is_share else f"{value:g}"

    def told(self, much: float) -> str:
        """What goes on, and how much of it, in one line."""
        who = f" ({self.instead})" if self.instead else ""
        return f"{self.label[0].upper()}{self.label[1:]}{who} · {self.says}: {self.written(much)}"


def _some_start(ties: Ties) -> Settings:
    """Five people start, and no more than half of all."""
    return {"initial_adopters": min(5, (len(ties) + 1) // 2)}


def _half_help(ties: Ties) -> Settings:
    """Half of all help at first; as strong a selection as leaves everybody a fifth of their fitness."""
    most = int(ties.degree.max(initial=0))
    return {"selection": float(f"{0.8 / (1 + most):.2g}"), "initial_cooperators": (len(ties) + 1) // 2}


def _stronger_half_close(ties: Ties) -> Settings:
    """The stronger half of all ties are close: what counts as strong differs from network to network."""
    return {"cut": float(np.quantile(ties.pair_strength, 0.5, method="lower"))} if ties.n_ties else {}


def _until_all_know(ties: Ties) -> Settings:
    """Every promise is broken, and it goes on for long."""
    return {"breaks": "always", "meeting": 0.98}


def _as_many(ties: Ties) -> Settings:
    return {"people": len(ties)}


def _six_at_most(ties: Ties) -> Settings:
    return {"people": int(np.clip(len(ties), 2, 6))}


def _all_alike(ties: Ties) -> Settings:
    return {"tended": "equal"}


PLAYABLE = {
    "practice": Playable(
        "a new practice spreads",
        models.ComplexContagion,
        "noise",
        "chance to take it up on one voice instead of two",
        0.0,
        0.1,
        draw.adoption,
        "adopted_share",
        _some_start,
    ),
    "news": Playable(
        "news is passed on",
        models.IndependentCascade,
        "transmission",
        "chance that a contact is told",
        0.0,
        1.0,
        draw.switching,
        "adopted_share",
    ),
    "joining": Playable(
        "people join when enough contacts have",
        models.ThresholdCascade,
        "threshold",
        "share of contacts it takes",
        0.0,
        0.5,
        draw.switching,
        "adopted_share",
        _some_start,
    ),
    "weighing": Playable(
        "people join, and nobody knows who needs how many",
        models.LinearThreshold,
        "influence",
        "weight of all contacts, of the most there is",
        0.0,
        1.0,
        draw.switching,
        "adopted_share",
        _some_start,
    ),
    "illness": Playable(
        "something is caught",
        models.SIR,
        "transmission",
        "chance to catch it from a contact in a step",
        0.0,
        0.5,
        draw.epidemic,
        "recovered_share",
    ),
    "illness_any_time": Playable(
        "something is caught, at any time",
        models.ContinuousSIR,
        "transmission_rate",
        "times it passes over a tie in a unit of time",
        0.0,
        1.0,
        draw.epidemic,
        "recovered_share",
        is_share=False,
    ),
    "opinions": Playable(
        "opinions come closer",
        models.FriedkinJohnsen,
        "susceptibility",
        "how far people follow others",
        0.0,
        1.0,
        draw.opinions,
        "spread",
    ),
    "averages": Playable(
        "everybody takes on the average opinion",
        models.DeGroot,
        "self_weight",
        "weight of the own opinion, where a contact's is 1",
        0.0,
        10.0,
        draw.opinions,
        "spread",
        is_share=False,
    ),
    "search": Playable(
        "people search and copy",
        models.LandscapeSearch,
        "ruggedness",
        "decisions, of 11, that change what one is worth",
        0,
        8,
        draw.searching,
        "quality",
        is_share=False,
    ),
    "hill": Playable(
        "people look for the one high hill",
        models.PlaneSearch,
        "noise",
        "roughness of the ground, of the most there is",
        0.0,
        1.0,
        draw.searching,
        "quality",
    ),
    "knowledge": Playable(
        "people trade what they know",
        models.KnowledgeBarter,
        "gain",
        "share of the gap that a trade closes",
        0.0,
        0.5,
        draw.barter,
        "mean",
    ),
    "jobs": Playable(
        "word of jobs is passed on",
        models.Employment,
        "hears",
        "chance to hear of a job in a step",
        0.0,
        0.1,
        draw.employment,
        "employed_share",
    ),
    "trust": Playable(
        "somebody breaks every promise",
        models.TrustNetwork,
        "tell",
        "chance that a contact is told",
        0.0,
        1.0,
        draw.trust_lost,
        "trusting_share",
        _until_all_know,
    ),
    "experience": Playable(
        "people trust by what they have seen and heard",
        models.TrustByExperience,
        "keeps",
        "chance that a promise is kept",
        0.0,
        1.0,
        draw.switching,
        "trusting_share",
    ),
    "helping": Playable(
        "people help all contacts or nobody",
        models.DeathBirthGame,
        "benefit",
        "what help is worth, where it costs 1",
        0.0,
        20.0,
        draw.switching,
        "cooperating_share",
        _half_help,
        is_share=False,
    ),
    "cutting": Playable(
        "ties are cut, weakest first",
        models.TieRemoval,
        "pace",
        "share of all ties that go in a step",
        0.005,
        0.045,
        draw.tie_removal,
        "largest_share",
    ),
    "closing": Playable(
        "friends of friends meet",
        models.ClosurePressure,
        "chance",
        "chance to meet, with a close contact in common",
        0.0,
        0.1,
        draw.closing_bridge,
        "local_bridges",
        _stronger_half_close,
    ),
    "learning": Playable(
        "an organisation learns",
        models.OrganizationalLearning,
        "learns",
        "chance to take over what the organisation holds",
        0.0,
        1.0,
        draw.organizational_learning,
        "knowledge",
        _as_many,
        instead="as many people, and no ties",
    ),
    "connecting": Playable(
        "people make ties as it pays",
        models.Connections,
        "cost",
        "what a tie costs each of its two people",
        0.0,
        0.6,
        draw.connections,
        "welfare",
        _six_at_most,
        is_share=False,
        instead="as many people, at most 6, who make their own ties",
    ),
    "exchange": Playable(
        "a host brings people together",
        models.Exchange,
        "free_riders",
        "share of members who give little",
        0.0,
        1.0,
        draw.exchange,
        "learned",
        instead="a host and 24 members, who make their own ties",
    ),
    "fading": Playable(
        "ties fade unless they are tended",
        models.TieDecay,
        "hours",
        "hours a month for 30 contacts",
        0.0,
        30.0,
        draw.tie_decay,
        "bridging",
        _all_alike,
        is_share=False,
        instead="one person with 30 contacts of their own",
    ),
}
"""What goes on, by a short name. "As much as there can be" is a choice of ours for each: where the number still tells
something."""
