"""All triangles of a network, each once."""

from __future__ import annotations

import numpy as np

from tertius.measures.lookup import lookup
from tertius.ties import Ties


def triangles(ties: Ties) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """List every three people who are all tied to each other, in any direction.

    Returns
    -------
    corners : numpy.ndarray, int64, shape (3, triangles)
        Positions of the three: a, b and c.
    sides : numpy.ndarray, int64, shape (3, triangles)
        Positions in ``low`` and ``high`` of their ties a-b, a-c and b-c.
    low, high : numpy.ndarray, int64, shape (number of pairs that are tied,)
        Ends of every tie, once: ``low`` of a-b is a, and so on.
    """
    n = len(ties)
    around = Ties.of(ties, directed=False)
    source, target = around.pairs
    # Point every tie from the end with fewer contacts to the one with more: the wedges below then number at most
    # the ties to the power 3/2, however large a hub is.
    people = np.argsort(around.degree, kind="stable")
    rank = np.empty(n, np.int64)
    rank[people] = np.arange(n)
    keys = np.minimum(rank[source], rank[target]) * n + np.maximum(rank[source], rank[target])
    keys.sort()
    low, high = np.divmod(keys, max(n, 1))
    later = np.cumsum(np.bincount(low, minlength=n))[low] - np.arange(1, len(low) + 1)
    first = np.repeat(np.arange(len(low)), later)
    second = np.arange(1, len(first) + 1) + np.repeat(np.arange(len(low)) - np.cumsum(later) + later, later)
    wanted = high[first] * n + high[second]
    table = lookup(keys, n * n)
    closed, third = table.find(table.mixed(wanted))
    sides = np.stack([first[closed], second[closed], third])
    corners = people[np.stack([low[sides[0]], high[sides[0]], high[sides[1]]])]
    return corners, sides, people[low], people[high]
