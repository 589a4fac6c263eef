"""The tables that measures return: one row a node or a tie, with what to know before reading them."""

from __future__ import annotations

from collections.abc import Hashable, Iterable

import numpy as np
import pandas as pd

from tertius.ties import Ties


def index_of(labels: Iterable[Hashable]) -> pd.Index:
    """Make an index of people or groups."""
    # They may be tuples, which pandas would take apart into levels.
    return pd.Index(list(labels), dtype=object, tupleize_cols=False)


def node_index(ties: Ties) -> pd.Index:
    """Make an index of all nodes, in their order."""
    return index_of(ties.ids)


def tie_index(ties: Ties, places: np.ndarray | slice = slice(None)) -> pd.MultiIndex:
    """Make an index of the two ends of ties, all or some, in the order of ``ties.pairs``."""
    names = node_index(ties)
    return pd.MultiIndex(levels=[names, names], codes=[end[places] for end in ties.pairs], names=("source", "target"))


def with_caveat(table, ties: Ties):
    """Let a table carry what its source could know of ties among contacts, in ``attrs``.

    Examples
    --------
    >>> from dataclasses import replace
    >>> ties = replace(Ties.of([("Ann", "Bo")]), alter_ties="inferred")
    >>> with_caveat(pd.Series([1.0]), ties).attrs["caveat"]
    'ties among contacts are inferred, not reported; where the guess is wrong, so is this.'
    """
    if ties.caveat:
        table.attrs["caveat"] = ties.caveat
    return table
