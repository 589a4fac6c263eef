"""Pictures: where people stand, what a scene shows, and matplotlib figures of it with a text alternative."""

from tertius.draw.closure import closing_bridge
from tertius.draw.contagion import contagion
from tertius.draw.html import Figure, figure
from tertius.draw.kinds import tie_kinds
from tertius.draw.novelty import tie_news
from tertius.draw.percolation import tie_removal
from tertius.draw.picture import curve, network
from tertius.draw.places import layout
from tertius.draw.scene import Curve, Look, Scene

__all__ = [
    "Curve",
    "Figure",
    "Look",
    "Scene",
    "closing_bridge",
    "contagion",
    "curve",
    "figure",
    "layout",
    "network",
    "tie_kinds",
    "tie_news",
    "tie_removal",
]
