"""The way by which word reaches a person."""

from __future__ import annotations

from collections.abc import Hashable, Iterable

import numpy as np
import pandas as pd

from tertius.errors import GraphError, ParameterError
from tertius.ties import Ties


def first_steps(graph, ego: Hashable, targets: Iterable[Hashable], *, within: int = 4) -> pd.DataFrame:
    """Through which of a person's own ties the shortest paths to others begin.

    If two shortest paths lead to someone, one through Ann and one through Bo, then Ann and Bo have a share of one
    half each. Word need not take a shortest path; this says where it would enter if it did.

    Parameters
    ----------
    graph : networkx graph, Network or Ties
        Directed ties are followed as they point. Strength plays no part in which path is short.
    ego : node
    targets : iterable of nodes
        Ego itself, people farther than ``within`` and people out of reach are left out.
    within : int
        Longest path that counts, in ties, at least 1.

    Returns
    -------
    pandas.DataFrame
        One row for each target and each contact that begins a shortest path to it, indexed by both (``target``,
        ``contact``), with the columns ``distance`` (ties), ``share`` (of the shortest paths, in (0, 1], adding up to
        1 for each target) and ``strength`` (of the tie from ego to the contact).

    Raises
    ------
    GraphError
        If ``ego`` or a target is not in the graph.
    ParameterError
        If ``within`` is less than 1.

    Examples
    --------
    >>> import networkx as nx
    >>> square = nx.Graph([("me", "Ann"), ("me", "Bo"), ("Ann", "Cy"), ("Bo", "Cy"), ("Bo", "Di")])
    >>> first_steps(square, "me", ["Cy", "Di"])["share"].to_dict()
    {('Cy', 'Ann'): 0.5, ('Cy', 'Bo'): 0.5, ('Di', 'Bo'): 1.0}
    """
    ties = Ties.of(graph)
    if within < 1:
        raise ParameterError(f"within is {within!r}; a path has at least 1 tie.")
    place = {node: i for i, node in enumerate(ties.ids)}
    targets = list(targets)
    for node in (ego, *targets):
        if node not in place:
            raise GraphError(f"There is no {node!r} in this network.")
    start = place[ego]
    wanted = [place[node] for node in dict.fromkeys(targets) if node != ego]
    contacts = ties.indices[ties.indptr[start] : ties.indptr[start + 1]].tolist()
    strengths = ties.strength[ties.indptr[start] : ties.indptr[start + 1]]
    distance, paths = _paths_through(ties, start, contacts, within)
    rows = [
        (target, k, distance[target], paths[target, k] / paths[target].sum(), strengths[k])
        for target in wanted
        if distance[target] > 0
        for k in np.flatnonzero(paths[target]).tolist()
    ]
    names = pd.Index(list(ties.ids), dtype=object, tupleize_cols=False)
    codes = [[row[0] for row in rows], [contacts[row[1]] for row in rows]]
    index = pd.MultiIndex(levels=[names, names], codes=codes, names=("target", "contact"))
    columns = {"distance": 2, "share": 3, "strength": 4}
    frame = pd.DataFrame({name: np.array([row[k] for row in rows], float) for name, k in columns.items()}, index)
    return frame.astype({"distance": int})


def _paths_through(ties: Ties, start: int, contacts: list[int], within: int) -> tuple[np.ndarray, np.ndarray]:
    """Distance from ``start`` to everybody (-1: farther), and how many shortest paths begin with each contact."""
    forward = ties.array().astype(bool).astype(float)
    distance = np.full(len(ties), -1)
    distance[start] = 0
    paths = np.zeros((len(ties), len(contacts)))
    paths[contacts, np.arange(len(contacts))] = 1
    distance[contacts] = 1
    edge = distance == 1
    for step in range(2, within + 1):
        spread = forward.T @ np.where(edge[:, None], paths, 0)
        edge = (distance < 0) & (spread.sum(axis=1) > 0)
        if not edge.any():
            break
        distance[edge] = step
        paths[edge] = spread[edge]
    return distance, paths
