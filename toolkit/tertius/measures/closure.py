"""What follows if strong ties close their triangles: which ties must be weak, and where the rule is broken."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from numbers import Real

import numpy as np
import pandas as pd
from scipy import sparse

from tertius.errors import GraphError, ParameterError
from tertius.measures.bridges import common_contacts
from tertius.measures.tables import node_index
from tertius.ties import Ties

MOST_TRIADS = 1_000_000
"""Pairs of ties that are looked at to list open triads by name."""

Strong = float | Iterable[tuple[Hashable, Hashable]]


def forbidden_triads(graph, strong: Strong) -> pd.DataFrame:
    """Count, for each person, the pairs of strong ties whose far ends have no tie: what closure forbids.

    If you are close to two people, they tend to get to know each other. Where they have, however weakly, the triad
    is closed; a person with two strong ties and no tie between their ends is the centre of a forbidden triad [1]_.
    The name is Granovetter's: the triad is supposed to be rare, and real networks have plenty.

    Parameters
    ----------
    graph : networkx.Graph, Network or Ties
        Undirected; self-ties are ignored.
    strong : float or iterable of ties
        Which ties are strong: those of at least this strength, or the pairs named.

    Returns
    -------
    pandas.DataFrame
        One row for each person, in node order, with the columns ``strong_pairs`` (pairs of strong ties that meet at
        the person) and ``forbidden`` (how many of these are open). Both are 0 with fewer than two strong ties.

    Raises
    ------
    GraphError
        If the graph is directed, or does not know which contacts know each other, or lacks a tie that was named.
    ParameterError
        If ``strong`` is neither a number nor ties.

    References
    ----------
    .. [1] Granovetter, American Journal of Sociology 78 (1973), 1360-1380.

    Examples
    --------
    >>> import networkx as nx
    >>> path = nx.path_graph(["Ann", "Bo", "Cy"])
    >>> forbidden_triads(path, [("Ann", "Bo"), ("Bo", "Cy")]).loc["Bo"].to_dict()
    {'strong_pairs': 1, 'forbidden': 1}
    """
    ties = Ties.of(graph).undirected("A forbidden triad").knowing_alter_ties("A forbidden triad")
    close = strong_array(ties, strong_ties(ties, strong))
    tied = ties.array().astype(bool).astype(np.int64)
    degree = np.diff(close.indptr).astype(np.int64)
    pairs = degree * (degree - 1) // 2
    closed = np.asarray((close @ tied).multiply(close).sum(axis=1)).ravel() // 2
    nodes = pd.Index(list(ties.ids), dtype=object, tupleize_cols=False)
    return pd.DataFrame({"strong_pairs": pairs, "forbidden": pairs - closed}, nodes)


def open_triads(graph, strong: Strong = 0.0) -> pd.DataFrame:
    """List, by name, every two contacts of a person who have no tie to each other.

    These are a person's gaps: who could be introduced, or kept apart. Of the strong ties alone they are the triads
    that closure forbids [1]_; a person has none exactly if the person satisfies strong triadic closure.

    Parameters
    ----------
    graph : networkx.Graph, Network or Ties
        Undirected; self-ties are ignored.
    strong : float or iterable of ties
        Which two ties count: those of at least this strength, or the pairs named. Default: all. The third tie may
        have any strength; it closes the triad however weak it is.

    Returns
    -------
    pandas.DataFrame
        One row for each open triad, in node order, with the columns ``between`` (the person in the middle), ``one`` and
        ``other`` (the two who have no tie).

    Raises
    ------
    GraphError
        If the graph is directed, or does not know which contacts know each other, or lacks a tie that was named; or
        if there are more than a million pairs of ties to look at.
    ParameterError
        If ``strong`` is neither a number nor ties.

    References
    ----------
    .. [1] Granovetter, American Journal of Sociology 78 (1973), 1360-1380.

    Examples
    --------
    >>> import networkx as nx
    >>> graph = nx.Graph([("Ann", "Bo"), ("Ann", "Cy"), ("Ann", "Di"), ("Bo", "Cy")])
    >>> open_triads(graph).values.tolist()
    [['Ann', 'Bo', 'Di'], ['Ann', 'Cy', 'Di']]
    """
    ties = Ties.of(graph).undirected("An open triad").knowing_alter_ties("An open triad")
    close = strong_array(ties, strong_ties(ties, strong))
    close.sort_indices()
    degree = np.diff(close.indptr).astype(np.int64)
    pairs = int((degree * (degree - 1) // 2).sum())
    if pairs > MOST_TRIADS:
        raise GraphError(
            f"There are {pairs:,} pairs of ties that meet, too many to list. Count them by person with "
            "forbidden_triads, or list those of a smaller network."
        )
    middle = np.repeat(np.arange(len(ties)), degree)
    later = np.repeat(close.indptr[1:], degree) - np.arange(1, len(middle) + 1)
    first = np.repeat(np.arange(len(middle)), later)
    second = np.arange(1, len(first) + 1) + np.repeat(np.arange(len(middle)) - np.cumsum(later) + later, later)
    one, other = close.indices[first], close.indices[second]
    gap = _entries(ties.array(), one, other) == 0
    ends = (middle[first[gap]], one[gap], other[gap])
    names = dict(zip(("between", "one", "other"), ends, strict=True))
    return pd.DataFrame({name: node_index(ties)[end] for name, end in names.items()})


def closure_share(graph, strong: Strong = 0.0) -> float:
    """Share of all pairs of ties that meet whose far ends have a tie: how far a network is closed.

    All of one's contacts know each other, everywhere: 1. Nobody's do: 0. Of strong ties alone it says how far strong
    triadic closure holds, and 1 that it holds everywhere [1]_. Of all ties it is the transitivity of a network.

    Parameters
    ----------
    graph, strong
        As for `open_triads`.

    Returns
    -------
    float
        From 0 to 1; ``nan`` where no two such ties meet.

    Raises
    ------
    GraphError, ParameterError
        As `forbidden_triads`.

    References
    ----------
    .. [1] Granovetter, American Journal of Sociology 78 (1973), 1360-1380.

    Examples
    --------
    >>> import networkx as nx
    >>> closure_share(nx.Graph([("Ann", "Bo"), ("Ann", "Cy"), ("Bo", "Cy"), ("Cy", "Di")]))  # 3 of 5
    0.6
    """
    counted = forbidden_triads(graph, strong).sum()
    pairs = int(counted["strong_pairs"])
    return 1 - int(counted["forbidden"]) / pairs if pairs else float("nan")


def forced_weak(graph, strong: Strong) -> pd.DataFrame:
    """Ties that must be weak, given which ties are strong, if every two strong ties of a person close their triangle.

    Ann and Bo are close; Ann knows Cy, and Bo does not. Then Ann's tie to Cy must be weak: were it strong, closure
    would have brought Bo and Cy together. A local bridge has no triangles at all, so one other strong tie at either
    end is enough to force it [1]_. The converse does not follow: a weak tie need not bridge anything.

    Parameters
    ----------
    graph : networkx.Graph, Network or Ties
        Undirected; self-ties are ignored.
    strong : float or iterable of ties
        Which ties are strong: those of at least this strength, or the pairs named.

    Returns
    -------
    pandas.DataFrame
        One row for each tie that must be weak, indexed by its two ends in node order, with the columns
        ``local_bridge`` (its ends have no contact in common), ``strong`` (it is among the strong ties all the same:
        here the network breaks the rule) and ``strength``.

    Raises
    ------
    GraphError
        If the graph is directed, or does not know which contacts know each other, or lacks a tie that was named.
    ParameterError
        If ``strong`` is neither a number nor ties.

    References
    ----------
    .. [1] Granovetter, American Journal of Sociology 78 (1973), 1360-1380.

    Examples
    --------
    >>> import networkx as nx
    >>> graph = nx.Graph([("Ann", "Bo"), ("Ann", "Cy"), ("Cy", "Di")])
    >>> forced_weak(graph, [("Ann", "Bo")])["local_bridge"].to_dict()  # Cy–Di may be strong or weak
    {('Ann', 'Cy'): True}
    """
    ties = Ties.of(graph).undirected("Closure").knowing_alter_ties("Closure")
    marked = strong_ties(ties, strong)
    close = strong_array(ties, marked)
    tied = ties.array().astype(bool).astype(np.int64)
    source, target = ties.pairs
    # Of the strong contacts of u other than v, how many are tied to v? Any that is not forces u–v.
    shared = sparse.csr_array(close @ tied)
    others = np.diff(close.indptr)
    forced = np.zeros(ties.n_ties, bool)
    for u, v in ((source, target), (target, source)):
        forced |= others[u] - marked > _entries(shared, u, v)
    names = pd.Index(list(ties.ids), dtype=object, tupleize_cols=False)
    index = pd.MultiIndex(levels=[names, names], codes=[source[forced], target[forced]], names=("source", "target"))
    return pd.DataFrame(
        {
            "local_bridge": common_contacts(ties)[forced] == 0,
            "strong": marked[forced],
            "strength": ties.pair_strength[forced],
        },
        index,
    )


def strong_ties(ties: Ties, strong: Strong) -> np.ndarray:
    """Which ties are strong; bool, shape (n_ties,), in the order of ``ties.pairs``."""
    if isinstance(strong, Real) and not isinstance(strong, bool):
        if np.isnan(strong):
            raise ParameterError("strong is nan; give the least strength of a strong tie, or name the strong ties.")
        return ties.pair_strength >= strong
    if isinstance(strong, (bool, str, bytes)) or not isinstance(strong, Iterable):
        raise ParameterError(
            f"strong is {strong!r}; give the least strength of a strong tie, such as 0.6, or name the strong ties."
        )
    place = {frozenset(pair): k for k, pair in enumerate(ties.named_pairs())}
    marked = np.zeros(ties.n_ties, bool)
    for tie in strong:
        try:
            marked[place[frozenset(tie)]] = True
        except (KeyError, TypeError):
            raise GraphError(f"{tie!r} is to be strong, and there is no such tie in this network.") from None
    return marked


def strong_array(ties: Ties, marked: np.ndarray) -> sparse.csr_array:
    """The strong ties, in both directions, as a sparse array of ones, shape (n, n)."""
    u, v = (axis[marked] for axis in ties.pairs)
    ones = np.ones(2 * len(u), np.int64)
    ends = (np.concatenate([u, v]), np.concatenate([v, u]))
    return sparse.csr_array(sparse.coo_array((ones, ends), shape=(len(ties), len(ties))))


def _entries(array: sparse.csr_array, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
    """The entries of a sparse array at some places."""
    if not len(rows):
        return np.zeros(0, np.int64)
    return np.asarray(array[rows, columns]).ravel()
