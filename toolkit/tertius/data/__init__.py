"""Data sets: ours, those that come with networkx, and the rules by which the invented ones are made.

`datasets` lists them, `describe` says what to know about one, `load` gives it as a `tertius.Network`. None of the
three ever uses the network.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submod_attrs={
        "cards": ["Card"],
        "cases.manufacturing": ["manufacturing_vp"],
        "catalogue": ["datasets", "describe", "load"],
        "personas": ["Persona", "personas"],
        "rings": ["rewired_ring"],
    },
)
