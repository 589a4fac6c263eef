"""Simulation models, one module a family; each says what it means, its rule, its parameters and its source."""

from tertius.models.percolation import TieRemoval, removal_gap

__all__ = ["TieRemoval", "removal_gap"]
