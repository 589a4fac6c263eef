"""The invented leaders of the cases, whose own maps a learner can work with instead of theirs."""

from __future__ import annotations

from typing import NamedTuple


class Persona(NamedTuple):
    """A case's leader.

    Attributes
    ----------
    dataset : str
        The data set that holds their map.
    leader : str
        Who they are.
    """

    dataset: str
    leader: str


def personas() -> tuple[Persona, ...]:
    """List the personas."""
    return (Persona("manufacturing_vp", "the vice president of a manufacturing firm"),)
