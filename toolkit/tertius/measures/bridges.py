"""How far the ties around a tie overlap, and which ties bridge."""

from __future__ import annotations

import numpy as np
import pandas as pd

from tertius.ties import Ties


def overlap(graph) -> pd.Series:
    r"""Share of the contacts around a tie that its two ends have in common.

    A tie inside a full group has overlap 1; one whose ends share nobody, a local bridge, has 0. With
    :math:`n_{ij}` common contacts and degrees :math:`k`, it is
    :math:`n_{ij} / ((k_i - 1) + (k_j - 1) - n_{ij})` [1]_.

    Parameters
    ----------
    graph : networkx.Graph, Network or Ties
        Undirected; strengths and self-ties are ignored.

    Returns
    -------
    pandas.Series
        One share in [0, 1] for each tie, indexed by its two ends (``source``, ``target``) in node order. A tie
        between two people who know nobody else has 0.

    Raises
    ------
    GraphError
        If the graph is directed, or does not know which contacts know each other.

    References
    ----------
    .. [1] Onnela et al., Proceedings of the National Academy of Sciences 104 (2007), 7332-7336.

    Examples
    --------
    >>> import networkx as nx
    >>> overlap(nx.Graph([("Ann", "Bo"), ("Bo", "Cy"), ("Cy", "Ann"), ("Cy", "Di")])).to_dict()
    {('Ann', 'Bo'): 1.0, ('Ann', 'Cy'): 0.5, ('Bo', 'Cy'): 0.5, ('Cy', 'Di'): 0.0}
    """
    ties = Ties.of(graph).undirected("Tie overlap").knowing_alter_ties("Tie overlap")
    return pd.Series(tie_overlap(ties), _tie_index(ties), name="overlap")


def local_bridges(graph) -> pd.DataFrame:
    """Ties whose two ends have no contact in common, with how far apart the ends would be without them.

    Without a local bridge of span 5, word between its ends takes five steps; without a bridge it takes for ever
    (span ``inf``) [1]_.

    Parameters
    ----------
    graph : networkx.Graph, Network or Ties
        Undirected; strengths and self-ties are ignored.

    Returns
    -------
    pandas.DataFrame
        One row for each local bridge, indexed by its two ends in node order, with the columns ``span`` (ties, at
        least 3; ``inf`` for a bridge) and ``strength``.

    Raises
    ------
    GraphError
        If the graph is directed, or does not know which contacts know each other.

    References
    ----------
    .. [1] Granovetter, American Journal of Sociology 78 (1973), 1360-1380.

    Examples
    --------
    >>> import networkx as nx
    >>> square = nx.Graph([("Ann", "Bo"), ("Bo", "Cy"), ("Cy", "Di"), ("Di", "Ann"), ("Di", "Ed")])
    >>> local_bridges(square)["span"].to_dict()
    {('Ann', 'Bo'): 3.0, ('Ann', 'Di'): 3.0, ('Bo', 'Cy'): 3.0, ('Cy', 'Di'): 3.0, ('Di', 'Ed'): inf}
    """
    ties = Ties.of(graph).undirected("A local bridge").knowing_alter_ties("A local bridge")
    source, target = ties.pairs
    bridging = np.flatnonzero(common_contacts(ties) == 0)
    spans = [_span(ties, u, v) for u, v in zip(source[bridging].tolist(), target[bridging].tolist(), strict=True)]
    return pd.DataFrame(
        {"span": np.array(spans, float), "strength": ties.pair_strength[bridging]}, _tie_index(ties)[bridging]
    )


def common_contacts(ties: Ties) -> np.ndarray:
    """How many contacts the two ends of each tie share; int64, shape (n_ties,), in the order of ``ties.pairs``."""
    n = len(ties)
    source, target = ties.pairs
    if not len(source):
        return np.zeros(0, np.int64)
    # Point every tie from the end with fewer contacts to the one with more: the wedges below then number at most
    # the ties to the power 3/2, however large a hub is.
    rank = np.empty(n, np.int64)
    rank[np.argsort(ties.degree, kind="stable")] = np.arange(n)
    low = np.where(rank[source] < rank[target], source, target).astype(np.int64)
    high = (source + target - low).astype(np.int64)
    order = np.lexsort((rank[high], low))
    low, high = low[order], high[order]
    keys = low * n + rank[high]
    out = np.bincount(low, minlength=n)
    ends = np.cumsum(out)
    # For each pointed tie k (a→b), pair it with the later ties a→c of the same row: a wedge at a, closed if b→c.
    later = ends[low] - np.arange(len(low)) - 1
    first = np.repeat(np.arange(len(low)), later)
    offset = np.arange(later.sum()) - np.repeat(np.cumsum(later) - later, later)
    second = first + 1 + offset
    wanted = high[first] * n + rank[high[second]]
    place = np.searchsorted(keys, wanted)
    closed = keys[np.minimum(place, len(keys) - 1)] == wanted
    shared = np.zeros(len(low), np.int64)
    for corner in (first[closed], second[closed], place[closed]):
        shared += np.bincount(corner, minlength=len(low))
    result = np.empty(len(low), np.int64)
    result[order] = shared
    return result


def tie_overlap(ties: Ties) -> np.ndarray:
    """Overlap of each tie; float64, shape (n_ties,), in the order of ``ties.pairs``."""
    source, target = ties.pairs
    shared = common_contacts(ties)
    around = ties.degree[source] + ties.degree[target] - 2 - shared
    return np.divide(shared, around, out=np.zeros(len(shared)), where=around > 0)


def _span(ties: Ties, start: int, goal: int) -> float:
    """Distance from ``start`` to ``goal`` without their own tie, searching from both ends; at least 3 for a bridge."""
    indptr, indices = ties.indptr, ties.indices
    seen = [{start}, {goal}]
    edge = [np.array([start]), np.array([goal])]
    distance = 0
    while len(edge[0]) and len(edge[1]):
        side = 0 if len(edge[0]) <= len(edge[1]) else 1
        own, other = seen[side], seen[1 - side]
        new: set[int] = set()
        for u in edge[side].tolist():
            for v in indices[indptr[u] : indptr[u + 1]].tolist():
                if (u == start and v == goal) or (u == goal and v == start) or v in own:
                    continue
                new.add(v)
        distance += 1
        if not new.isdisjoint(other):
            return float(distance)
        own |= new
        edge[side] = np.array(sorted(new))
    return float("inf")


def _tie_index(ties: Ties) -> pd.MultiIndex:
    # Nodes may be tuples, which pandas would take apart into more levels.
    names = pd.Index(list(ties.ids), dtype=object, tupleize_cols=False)
    return pd.MultiIndex(levels=[names, names], codes=list(ties.pairs), names=("source", "target"))
