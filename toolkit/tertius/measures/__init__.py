"""Measures of a network: numbers with a definition, a source, and a word on when they are undefined."""

from tertius.measures.bridges import local_bridges, overlap
from tertius.measures.brokerage import brokerage_by_chance, brokerage_roles
from tertius.measures.chance import AgainstChance
from tertius.measures.closure import forbidden_triads, forced_weak
from tertius.measures.paths import first_steps
from tertius.measures.removal import removal_curve
from tertius.measures.transfer import cohesion, network_range

__all__ = [
    "AgainstChance",
    "brokerage_by_chance",
    "brokerage_roles",
    "cohesion",
    "first_steps",
    "forbidden_triads",
    "forced_weak",
    "local_bridges",
    "network_range",
    "overlap",
    "removal_curve",
]
