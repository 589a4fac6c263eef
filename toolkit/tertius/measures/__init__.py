"""Measures of a network: numbers with a definition, a source, and a word on when they are undefined."""

from tertius.measures.bridges import local_bridges, overlap
from tertius.measures.closure import forbidden_triads, forced_weak
from tertius.measures.paths import first_steps
from tertius.measures.removal import removal_curve
from tertius.measures.structure import (
    bridging_share,
    clustering,
    constraint,
    effective_size,
    efficiency,
    hierarchy,
    structure,
)
from tertius.measures.terms import terms
from tertius.measures.transfer import cohesion, network_range

__all__ = [
    "bridging_share",
    "clustering",
    "cohesion",
    "constraint",
    "effective_size",
    "efficiency",
    "first_steps",
    "forbidden_triads",
    "forced_weak",
    "hierarchy",
    "local_bridges",
    "network_range",
    "overlap",
    "removal_curve",
    "structure",
    "terms",
]
