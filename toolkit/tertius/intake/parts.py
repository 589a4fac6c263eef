"""The parts of a network that every format module returns, and how its relations are declared."""

from __future__ import annotations

from typing import Any, NamedTuple

import pandas as pd


class Parsed(NamedTuple):
    """What a format module returns: the parts of a `Network`. Problems go to the draft."""

    nodes: pd.DataFrame
    ties: pd.DataFrame
    meta: dict


def relation(name: str, directed: bool, unit: str, scale_max: float | None = None) -> dict[str, Any]:
    """Declare a relation, as `tertius.Network` needs it."""
    return {
        "name": name,
        "directed": directed,
        "two_mode": False,
        "unit": unit,
        "scale_max": scale_max,
        "symmetrise": "sum" if unit == "count" else "max",
    }
