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
        "errors": [
            "Caveat",
            "DataError",
            "GraphError",
            "ModelError",
            "ParameterError",
            "ReadError",
            "SaveError",
            "TertiusError",
        ],
        "intake": ["ReadOptions", "infer_ties", "read", "template"],
        "learner": ["Learner"],
        "measures": [
            "CognitiveStructure",
            "Forgetting",
            "Layers",
            "asked_for",
            "assortativity",
            "betweenness",
            "blau_index",
            "bonacich_power",
            "bridging_share",
            "brokerage_by_chance",
            "brokerage_roles",
            "centrality",
            "choice_value",
            "closeness",
            "closure_share",
            "clustering",
            "cohesion",
            "compare_choices",
            "constraint",
            "core_number",
            "cut_points",
            "density_by_wave",
            "difference_in_differences",
            "effective_size",
            "efficiency",
            "ego_report",
            "ei_by_chance",
            "ei_by_group",
            "ei_by_person",
            "ei_index",
            "eigenvector",
            "energy",
            "exposure",
            "first_steps",
            "forbidden_triads",
            "forced_weak",
            "forget_names",
            "friendship_paradox",
            "global_bridges",
            "hide_small_cells",
            "hierarchy",
            "introduction",
            "local_bridges",
            "matches",
            "missing_answers",
            "mixing_matrix",
            "network_range",
            "open_triads",
            "overlap",
            "reciprocity_by_wave",
            "removal_curve",
            "role_strain",
            "structure",
            "terms",
            "variety",
        ],
        "network": ["Network"],
        "ties": ["Ties"],
        "widgets": ["Budget", "Choice", "Explorer", "MapBuilder", "NetworkView", "Slider", "Toggle"],
    },
)
__version__ = "0.1.0"
