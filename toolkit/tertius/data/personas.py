"""The leaders of the invented cases, whose maps a learner can use instead of their own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tertius.data import catalogue

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Persona:
    """The leader of a case.

    Attributes
    ----------
    name : str
        The data set, which is also what the learner's file calls the persona.
    leader : str
        Who it is, in words that fit into a sentence.
    sentence : str
        What the leader is up to.
    """

    name: str
    leader: str
    sentence: str


PERSONAS = (
    Persona(
        "pharma_executive",
        "an invented executive of a pharmaceutical firm",
        "She meets clinicians, patients, payers, regulators and researchers, and wonders what they make of her firm.",
    ),
    Persona(
        "social_entrepreneur",
        "an invented social entrepreneur",
        "She runs a small organisation, knows 26 people well or a little, and looks for help that she cannot pay for.",
    ),
    Persona(
        "nonprofit_director",
        "an invented director of a nonprofit",
        "She depends on donors and has too little time to look after all of them.",
    ),
    Persona(
        "law_firm",
        "an invented partner of a law firm",
        "She invites lawyers of allied firms to round tables and asks herself whether it does them any good.",
    ),
    Persona(
        "manufacturing_vp",
        "an invented vice president of a manufacturing firm",
        "She goes to her chamber of commerce and knows a few people in industries that are not hers.",
    ),
)
"""In the order of the lessons."""


def personas() -> pd.DataFrame:
    """List the five leaders whose map a learner can work with: one of them stands in wherever an own map is asked for.

    Returns
    -------
    pandas.DataFrame
        One row a persona: ``name``, for `Learner.use_persona` and `load`; ``leader``, in words; ``lesson`` that tells
        the case; ``sentence`` about what the leader is up to. ``load(name).own_map()`` is the map.

    Raises
    ------
    DataError
        If what a case says about itself is missing or damaged.

    Examples
    --------
    >>> personas().loc[4, "leader"]
    'an invented vice president of a manufacturing firm'
    """
    import pandas as pd

    rows = [
        {
            "name": persona.name,
            "leader": persona.leader,
            "lesson": catalogue.Shipped(persona.name).row()["lesson"],
            "sentence": persona.sentence,
        }
        for persona in PERSONAS
    ]
    return pd.DataFrame(rows)
