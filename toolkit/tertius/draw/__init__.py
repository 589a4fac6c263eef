"""Pictures: where people stand, what a scene shows, and matplotlib figures of it with a text alternative."""

from tertius.draw.charts import Chart, Line, chart
from tertius.draw.closure import closing_bridge
from tertius.draw.contagion import adoption
from tertius.draw.html import Figure, figure
from tertius.draw.jobs import employment, job_split
from tertius.draw.kinds import tie_kinds
from tertius.draw.novelty import tie_news
from tertius.draw.own_map import own_map
from tertius.draw.percolation import tie_removal
from tertius.draw.picture import curve, network
from tertius.draw.places import layout
from tertius.draw.scene import Curve, Look, Scene
from tertius.draw.transfer import whole_message

__all__ = [
    "Chart",
    "Curve",
    "Figure",
    "Line",
    "Look",
    "Scene",
    "adoption",
    "chart",
    "closing_bridge",
    "curve",
    "employment",
    "figure",
    "job_split",
    "layout",
    "network",
    "own_map",
    "tie_kinds",
    "tie_news",
    "tie_removal",
    "whole_message",
]
