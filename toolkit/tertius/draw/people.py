"""Who the people of a picture are, and which ties lead from some of them to others."""

from __future__ import annotations

import numpy as np

from tertius.network import Network
from tertius.ties import Ties


def told_apart(ties: Ties, people: Network | None) -> tuple[tuple[str, ...], tuple[str, ...], int | None]:
    """Give everybody's label and group, in the order of the ties, and the position of the focal person.

    Parameters
    ----------
    ties : Ties
    people : Network, optional
        Where labels and groups stand; without it people are called by their node's name.

    Returns
    -------
    tuple of str, tuple of str, int or None
    """
    if people is None:
        return tuple(map(str, ties.ids)), ("",) * len(ties), None
    rows = people.nodes.set_index("id").reindex(list(ties.ids))
    labels = rows.get("label", rows.index)
    groups = rows.get("group", [""] * len(rows))
    ego = ties.ids.index(people.ego) if people.ego in ties.ids else None
    return tuple(map(str, labels)), tuple("" if group != group else str(group) for group in groups), ego


def ways_between(ties: Ties, who: np.ndarray, whom: np.ndarray) -> np.ndarray:
    """Mark the ties that lead from some people to some others, step by step.

    Parameters
    ----------
    ties : Ties
        Directed ties lead the way they point.
    who, whom : numpy.ndarray, bool, shape (steps + 1, n)

    Returns
    -------
    numpy.ndarray, uint8, shape (steps + 1, n_ties)
        1 for those that do, in the order of ``ties.pairs``.

    Examples
    --------
    >>> Ann, Bo = np.array([[True, False]]), np.array([[False, True]])
    >>> ways_between(Ties.of([("Ann", "Bo")]), Bo, Ann).tolist()
    [[1]]
    """
    u, v = ties.pairs
    leads = who[:, u] & whom[:, v]
    if not ties.directed:
        leads |= who[:, v] & whom[:, u]
    return leads.astype(np.uint8)
