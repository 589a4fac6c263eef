"""Measures of a network: numbers with a definition, a source, and a word on when they are undefined."""

from tertius.measures.bridges import local_bridges, overlap
from tertius.measures.paths import first_steps
from tertius.measures.removal import removal_curve

__all__ = ["first_steps", "local_bridges", "overlap", "removal_curve"]
