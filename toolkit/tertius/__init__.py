"""tertius: see, question and tend your professional network.

Lessons, measures and simulations on leadership networks. Everything public is here, loaded when first used::

    network = tertius.load("manufacturing_vp")               # or tertius.read("my-ties.csv")
    tertius.overlap(network)                                 # a measure: one value a tie
    model = tertius.models.TieRemoval(network)               # a simulation
    tertius.simulate.ensemble(model, steps=60, runs=200)     # many histories of it
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submodules=["course", "data", "draw", "intake", "measures", "models", "simulate", "widgets"],
    submod_attrs={
        "course": ["lesson"],
        "data": ["datasets", "describe", "fetch", "load", "personas"],
        "errors": ["DataError", "GraphError", "ModelError", "ParameterError", "ReadError", "SaveError", "TertiusError"],
        "intake": ["ReadOptions", "read"],
        "learner": ["Learner"],
        "measures": [
            "choice_value",
            "cohesion",
            "compare_choices",
            "contact_layers",
            "density_by_wave",
            "difference_in_differences",
            "exposure",
            "first_steps",
            "forbidden_triads",
            "forced_weak",
            "local_bridges",
            "matches",
            "network_range",
            "overlap",
            "reciprocity_by_wave",
            "removal_curve",
            "scorecard",
        ],
        "network": ["Network"],
        "ties": ["Ties"],
        "widgets": ["Budget", "Choice", "Explorer", "NetworkView", "Slider", "Toggle"],
    },
)
__version__ = "0.1.0"
