"""How much of something a person's contacts bring near."""

from __future__ import annotations

from collections.abc import Hashable, Iterable

import numpy as np
import pandas as pd

from tertius.errors import GraphError
from tertius.ties import Ties


def exposure(graph, marked: Iterable[Hashable]) -> pd.Series:
    """How many of a person's contacts are marked, such as ambassadors or people who adopted something.

    Nobody marked: 0 for all; everybody marked: the number of contacts.

    Parameters
    ----------
    graph : networkx graph, Network or Ties
        Strengths are ignored. Directed ties are followed as they point.
    marked : iterable of nodes

    Returns
    -------
    pandas.Series
        One count per node, in node order; a person is not their own contact.

    Raises
    ------
    GraphError
        If somebody marked is not in the graph.

    Examples
    --------
    >>> import networkx as nx
    >>> exposure(nx.Graph([("Ann", "Bo"), ("Bo", "Cy")]), ["Ann", "Cy"]).to_dict()
    {'Ann': 0, 'Bo': 2, 'Cy': 0}
    """
    ties = Ties.of(graph)
    place = {node: k for k, node in enumerate(ties.ids)}
    is_marked = np.zeros(len(ties), np.int64)
    for node in marked:
        if node not in place:
            raise GraphError(f"{node!r} is marked and not in this network.")
        is_marked[place[node]] = 1
    count = np.bincount(ties.row, weights=is_marked[ties.indices], minlength=len(ties)).astype(np.int64)
    return pd.Series(count, pd.Index(list(ties.ids), dtype=object, tupleize_cols=False), name="exposure")
