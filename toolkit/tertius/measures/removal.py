"""What is left of a network while its ties are taken away, one after another."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.sparse import csgraph

from tertius.errors import ParameterError
from tertius.ties import Ties


def removal_curve(graph, order: Sequence) -> pd.DataFrame:
    r"""Size of the largest connected part after each of a sequence of ties is removed.

    The second column, susceptibility, says how large the other parts are: it peaks where a network falls apart. With
    parts of size :math:`s`, the largest left out, it is :math:`\sum s^2 / n` [1]_.

    Parameters
    ----------
    graph : networkx.Graph, Network or Ties
        Undirected; strengths and self-ties are ignored.
    order : sequence
        Which tie goes first, second, …: pairs of nodes, or positions of ties in ``Ties.of(graph).pairs``. It may name
        some ties only; the others stay.

    Returns
    -------
    pandas.DataFrame
        One row for each number of ties cut, from 0 to ``len(order)``, with the columns ``largest`` (people in the
        largest part), ``largest_share`` (of all people) and ``susceptibility`` (people).

    Raises
    ------
    GraphError
        If the graph is directed.
    ParameterError
        If ``order`` names a tie that is not there, or one twice.

    Notes
    -----
    Ties are put back in reverse order: of all ties only the n - 1 that join two parts matter, and those are a
    minimum spanning forest. One sorted pass over them gives the whole curve [2]_.

    References
    ----------
    .. [1] Onnela et al., Proceedings of the National Academy of Sciences 104 (2007), 7332-7336.
    .. [2] Newman and Ziff, Physical Review Letters 85 (2000), 4104-4107.

    Examples
    --------
    >>> import networkx as nx
    >>> removal_curve(nx.path_graph(4), [(1, 2), (0, 1)])["largest"].tolist()
    [4, 2, 2]
    """
    ties = Ties.of(graph).undirected("Removing ties")
    largest, squares = parts_after_cuts(ties, _positions(ties, order)[:, None], len(order))
    n = max(len(ties), 1)
    return pd.DataFrame(
        {
            "largest": largest[:, 0],
            "largest_share": largest[:, 0] / n,
            "susceptibility": (squares[:, 0] - largest[:, 0] ** 2) / n,
        },
        pd.RangeIndex(len(order) + 1, name="cut"),
    )


def parts_after_cuts(ties: Ties, cut_at: np.ndarray, cuts: int) -> tuple[np.ndarray, np.ndarray]:
    """Work out the parts of a network after 0, 1, … ``cuts`` removals, for many orders at once.

    Parameters
    ----------
    ties : Ties
        Undirected.
    cut_at : numpy.ndarray, int, shape (n_ties, runs)
        With which removal (0 first) each tie goes in each run; ``cuts`` or more: never. One removal may take many.
    cuts : int

    Returns
    -------
    largest : numpy.ndarray, int64, shape (cuts + 1, runs)
        People in the largest part.
    squares : numpy.ndarray, int64, shape (cuts + 1, runs)
        Sum over all parts of the square of their size.
    """
    n, runs = len(ties), cut_at.shape[1]
    largest = np.zeros((cuts + 1, runs), np.int64)
    squares = np.zeros((cuts + 1, runs), np.int64)
    if n == 0:
        return largest, squares
    source, target = ties.pairs
    # The last tie to go is the first to come back: weights 1 … cuts in that order, and 0 + 1 for those that stay.
    back = cuts - np.minimum(cut_at, cuts)
    shift = np.arange(runs) * n
    u = (source[:, None] + shift).ravel()
    v = (target[:, None] + shift).ravel()
    u, v, joined = _forest(n * runs, u, v, back.ravel())
    # What never goes joins people for good: one look at it spares most of the mergers one by one.
    stays = joined == 0
    part, sizes = _parts(n * runs, u[stays], v[stays])
    run_of_part = np.empty(len(sizes), np.int64)
    run_of_part[part] = np.arange(n * runs) // n
    grown = np.zeros((cuts + 1, runs), np.int64)
    np.maximum.at(grown[cuts], run_of_part, sizes)
    squares[cuts] = np.bincount(run_of_part, weights=sizes.astype(float) ** 2, minlength=runs)
    u, v, joined = part[u[~stays]], part[v[~stays]], joined[~stays]
    run = run_of_part[u]
    order = _ranked(joined, run, cuts, runs)
    joined, run = joined[order], run[order]
    one, other = _merged_sizes(sizes, u[order], v[order])
    # A merger that comes back as the k-th counts while at most cuts - k ties are gone.
    gone = cuts - joined
    np.maximum.at(grown, (gone, run), one + other)
    added = np.bincount(gone * runs + run, weights=2.0 * one * other, minlength=(cuts + 1) * runs)
    added = added.reshape(cuts + 1, runs).astype(np.int64)
    added[cuts] += squares[cuts]
    largest[:] = np.maximum.accumulate(grown[::-1])[::-1]
    squares[:] = np.cumsum(added[::-1], axis=0)[::-1]
    return largest, squares


def part_of_each(ties: Ties, cut_at: np.ndarray, cuts: int) -> np.ndarray:
    """Find the part that each node is in after 0, 1, … ``cuts`` removals, in one order.

    Parameters
    ----------
    ties : Ties
        Undirected.
    cut_at : numpy.ndarray, int, shape (n_ties,)
        With which removal (0 first) each tie goes; ``cuts`` or more: never.
    cuts : int

    Returns
    -------
    numpy.ndarray, int64, shape (cuts + 1, n)
        A number for each part; parts are numbered from 0 in the order of their first node.
    """
    n = len(ties)
    if n == 0:
        return np.zeros((cuts + 1, 0), np.int64)
    u, v, back = _forest(n, *(end.astype(np.int64) for end in ties.pairs), cuts - np.minimum(cut_at, cuts))
    # A network for each removal, side by side, with those ties of the forest that are left: one search finds all parts.
    step, tie = np.nonzero(cuts - back >= np.arange(cuts + 1)[:, None])
    part, _ = _parts(n * (cuts + 1), u[tie] + step * n, v[tie] + step * n)
    part = part.reshape(cuts + 1, n)
    return part - part.min(axis=1, keepdims=True)


def _parts(n: int, u: np.ndarray, v: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The connected part of each node, and how many nodes each part has."""
    links = sparse.coo_array((np.ones(len(u), np.int8), (u, v)), shape=(n, n))
    _, part = csgraph.connected_components(links, directed=False)
    return part, np.bincount(part)


def _forest(n: int, u: np.ndarray, v: np.ndarray, back: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Ties of a minimum spanning forest by ``back``, with it.

    In a dense network the first ties back join almost everybody; of the others, only those between the parts that the
    first have made need sorting (Osipov, Sanders and Singler 2009).
    """
    if len(back) <= 2 * n:
        return _forest_of_few(n, u, v, back)
    early = back <= np.searchsorted(np.cumsum(np.bincount(back)), 1.5 * n)
    tree = _forest_of_few(n, u[early], v[early], back[early])
    part, sizes = _parts(n, *tree[:2])
    late = np.flatnonzero(~early & (part[u] != part[v]))
    late = late[np.argsort(back[late], kind="stable")]
    one, other = part[u[late]], part[v[late]]
    _, first = np.unique(np.minimum(one, other) * np.int64(len(sizes)) + np.maximum(one, other), return_index=True)
    late = late[np.sort(first)]
    *_, chosen = _forest_of_few(len(sizes), part[u[late]], part[v[late]], np.arange(len(late)))
    return tuple(np.concatenate([some, rest[late[chosen]]]) for some, rest in zip(tree, (u, v, back), strict=True))


def _forest_of_few(n: int, u: np.ndarray, v: np.ndarray, back: np.ndarray):
    weights = sparse.csr_array((back + 1.0, (u, v)), shape=(n, n))
    forest = csgraph.minimum_spanning_tree(weights).tocoo()
    return *forest.coords, forest.data.astype(np.int64) - 1


def _ranked(joined: np.ndarray, run: np.ndarray, cuts: int, runs: int) -> np.ndarray:
    """Sort by run, then by ``joined`` (1 or more): in linear time where, within a run, all differ.

    Run by run, so that the mergers of one run find their parts in the processor's cache.
    """
    key = run * (cuts + 1) + joined
    slots = np.full((cuts + 1) * runs, -1)
    slots[key] = np.arange(len(key))
    filled = slots[slots >= 0]
    return filled if len(filled) == len(key) else np.argsort(key, kind="stable")


def _merged_sizes(sizes: np.ndarray, source: np.ndarray, target: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Sizes of the two parts that each tie of a forest joins, taken in the given order."""
    parent = (-sizes).tolist()  # a root holds minus its size
    one, other = [], []
    for u, v in zip(source.tolist(), target.tolist(), strict=True):
        a = parent[u]
        while a >= 0:
            b = parent[a]
            if b >= 0:
                parent[u] = b
            u, a = a, b
        b = parent[v]
        while b >= 0:
            c = parent[b]
            if c >= 0:
                parent[v] = c
            v, b = b, c
        one.append(a)
        other.append(b)
        if a > b:
            parent[v] = a + b
            parent[u] = v
        else:
            parent[u] = a + b
            parent[v] = u
    return -np.array(one, np.int64), -np.array(other, np.int64)


def _positions(ties: Ties, order: Sequence) -> np.ndarray:
    """When each tie is removed (0 first); ``len(order)`` for those that stay."""
    cut_at = np.full(ties.n_ties, len(order), np.int64)
    array = np.asarray(order) if isinstance(order, np.ndarray) else None
    if array is None or array.dtype.kind not in "iu" or array.ndim != 1:
        array = _named_positions(ties, order)
    wrong = array[(array < 0) | (array >= ties.n_ties)]
    if wrong.size:
        raise ParameterError(f"There is no tie {wrong[0]}; this network's ties are 0 to {ties.n_ties - 1}.")
    named = np.bincount(array, minlength=ties.n_ties)
    if named.size and named.max() > 1:
        u, v = (ties.ids[axis[named.argmax()]] for axis in ties.pairs)
        raise ParameterError(f"The order names the tie {u!r}–{v!r} twice; a tie can be removed once.")
    cut_at[array] = np.arange(len(array))
    return cut_at


def _named_positions(ties: Ties, order: Sequence) -> np.ndarray:
    if all(isinstance(tie, (int, np.integer)) and not isinstance(tie, bool) for tie in order):
        return np.array(order, np.int64)
    place = {frozenset(pair): k for k, pair in enumerate(ties.named_pairs())}
    positions = []
    for k, tie in enumerate(order):
        try:
            positions.append(place[frozenset(tie)])
        except (KeyError, TypeError):
            raise ParameterError(f"Entry {k} of the order is {tie!r}, and there is no such tie.") from None
    return np.array(positions, np.int64)
