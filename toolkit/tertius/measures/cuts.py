"""What holds a network together alone: the ties and the people without whom a part falls off."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
from scipy.sparse import csgraph

from tertius.measures.tables import node_index, tie_index
from tertius.ties import Ties


def global_bridges(graph) -> pd.DataFrame:
    """Ties that are the only way between two parts of the network.

    Cut one, and its two ends can no longer reach each other at all. Every bridge is a local bridge; most local bridges
    are no bridges, because there is a way round, if a long one (`local_bridges`) [1]_.

    Parameters
    ----------
    graph : networkx.Graph, Network or Ties
        Undirected; self-ties are ignored.

    Returns
    -------
    pandas.DataFrame
        One row for each bridge, indexed by its two ends in node order, with the columns ``source_side`` and
        ``target_side`` (people on either side of the cut, the ends themselves among them) and ``strength``.

    Raises
    ------
    GraphError
        If the graph is directed, or does not know which contacts know each other.

    References
    ----------
    .. [1] Granovetter, American Journal of Sociology 78 (1973), 1360-1380; found by depth-first search after Tarjan,
       Information Processing Letters 2 (1974), 160-161.

    Examples
    --------
    >>> import networkx as nx
    >>> graph = nx.Graph([("Ann", "Bo"), ("Bo", "Cy"), ("Cy", "Ann"), ("Cy", "Di")])
    >>> global_bridges(graph)[["source_side", "target_side"]].to_dict("index")
    {('Cy', 'Di'): {'source_side': 3, 'target_side': 1}}
    """
    ties = Ties.of(graph).undirected("A bridge").knowing_alter_ties("A bridge")
    below = {(parent, child): size for parent, child, size, reaches in _branches(ties) if reaches == BELOW}
    part = _part_sizes(ties)
    source, target = (end.tolist() for end in ties.pairs)
    places, sides = [], []
    for k, (u, v) in enumerate(zip(source, target, strict=True)):
        if (u, v) in below:
            places.append(k)
            sides.append((part[u] - below[u, v], below[u, v]))
        elif (v, u) in below:
            places.append(k)
            sides.append((below[v, u], part[u] - below[v, u]))
    where = np.array(places, np.int64)
    near, far = np.array(sides, np.int64).reshape(-1, 2).T
    strength = ties.pair_strength[where]
    return pd.DataFrame({"source_side": near, "target_side": far, "strength": strength}, tie_index(ties, where))


def cut_points(graph) -> pd.DataFrame:
    """People without whom the others fall apart, with what is left.

    They need not have most ties, nor know that they are the only link; being one is a weight as well as a power.

    Parameters
    ----------
    graph : networkx.Graph, Network or Ties
        Undirected; strengths and self-ties are ignored.

    Returns
    -------
    pandas.DataFrame
        One row for each cut point, in node order, with the columns ``pieces`` (parts into which the person's own part
        falls, at least 2), ``largest`` (people in the largest of them) and ``cut_off`` (people in the others).

    Raises
    ------
    GraphError
        If the graph is directed, or does not know which contacts know each other.

    References
    ----------
    .. [1] Hopcroft and Tarjan, Communications of the ACM 16 (1973), 372-378.

    Examples
    --------
    >>> import networkx as nx
    >>> cut_points(nx.path_graph(["Ann", "Bo", "Cy", "Di"])).to_dict("index")
    {'Bo': {'pieces': 2, 'largest': 2, 'cut_off': 1}, 'Cy': {'pieces': 2, 'largest': 2, 'cut_off': 1}}
    """
    ties = Ties.of(graph).undirected("A cut point").knowing_alter_ties("A cut point")
    pieces: dict[int, list[int]] = {}
    for parent, _, size, reaches in _branches(ties):
        if reaches != ABOVE:
            pieces.setdefault(parent, []).append(size)
    part = _part_sizes(ties)
    rows = {}
    for person, sizes in sorted(pieces.items()):
        rest = part[person] - 1 - sum(sizes)
        sizes = [*sizes, rest] if rest else sizes
        if len(sizes) > 1:
            rows[person] = (len(sizes), max(sizes), sum(sizes) - max(sizes))
    table = np.array(list(rows.values()), np.int64).reshape(-1, 3)
    return pd.DataFrame(table, node_index(ties)[list(rows)], ["pieces", "largest", "cut_off"])


BELOW, SAME, ABOVE = range(3)
"""How far up the ways out of a branch lead, besides its own tie: not out of it, to its parent, or beyond."""


def _branches(ties: Ties) -> Iterator[tuple[int, int, int, int]]:
    """Search depth first, and yield each branch when it is done: parent, child, people in it, how far it reaches up."""
    indptr, indices = ties.indptr.tolist(), ties.indices.tolist()
    order = [-1] * len(ties)  # when each person was met
    low = [0] * len(ties)  # who was met first of all that can be reached from the branch by one tie
    size = [1] * len(ties)
    at = indptr[:-1]
    met = 0
    for root in range(len(ties)):
        if order[root] >= 0:
            continue
        order[root] = low[root] = met
        met += 1
        way = [(root, -1)]
        while way:
            person, parent = way[-1]
            if at[person] < indptr[person + 1]:
                other = indices[at[person]]
                at[person] += 1
                if order[other] < 0:
                    order[other] = low[other] = met
                    met += 1
                    way.append((other, person))
                elif other != parent:
                    low[person] = min(low[person], order[other])
                continue
            way.pop()
            if parent >= 0:
                low[parent] = min(low[parent], low[person])
                size[parent] += size[person]
                up = order[parent]
                yield parent, person, size[person], BELOW if low[person] > up else SAME if low[person] == up else ABOVE


def _part_sizes(ties: Ties) -> list[int]:
    """How many people the connected part of each has."""
    _, part = csgraph.connected_components(ties.array(), directed=False)
    return np.bincount(part)[part].tolist()
