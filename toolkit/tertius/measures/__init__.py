"""Measures of a network: numbers with a definition, a source, and a word on when they are undefined."""

from tertius.measures.bridges import local_bridges, overlap
from tertius.measures.choices import choice_value, compare_choices
from tertius.measures.closure import forbidden_triads, forced_weak
from tertius.measures.exposure import exposure
from tertius.measures.layers import contact_layers
from tertius.measures.matching import matches
from tertius.measures.paths import first_steps
from tertius.measures.removal import removal_curve
from tertius.measures.scorecard import scorecard
from tertius.measures.transfer import cohesion, network_range
from tertius.measures.waves import density_by_wave, difference_in_differences, reciprocity_by_wave

__all__ = [
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
]
