"""Widgets: a network that can be moved through time, and a simulation whose settings can be moved.

Each frames something that works without it: a `Scene`, a `Model`. One script draws them in a notebook and in a page of
its own (`NetworkView.html`, `Explorer.freeze`).
"""

from tertius.widgets.budget import Budget
from tertius.widgets.controls import Choice, Slider, Toggle
from tertius.widgets.explorer import Explorer
from tertius.widgets.frozen import Frozen
from tertius.widgets.map_builder import MapBuilder
from tertius.widgets.network_choice import NetworkChoice
from tertius.widgets.sandbox import Sandbox
from tertius.widgets.view import NetworkView

__all__ = [
    "Budget",
    "Choice",
    "Explorer",
    "Frozen",
    "MapBuilder",
    "NetworkChoice",
    "NetworkView",
    "Sandbox",
    "Slider",
    "Toggle",
]
