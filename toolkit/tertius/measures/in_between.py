"""How often a person lies on the shortest paths of others, worked out exactly or estimated with a stated error."""

from __future__ import annotations

import os
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.sparse import csgraph

from tertius.errors import check_count, warn
from tertius.measures.tables import node_index
from tertius.ties import Ties

EXACT_UP_TO = 2_000
"""People of a network that is worked out exactly unless a sample is asked for."""

SAMPLE = 1_000
"""Starting points that are drawn in a larger network."""

FASTER_FROM = 1_000
"""People from whom on dense arrays are faster than igraph, where few steps lead everywhere."""

DEEP = 12
"""Steps from the person with most ties beyond which few people stand in each step, so that sparse arrays are faster."""


def betweenness(graph, *, sample: int | str | None = None, seed: int | None = None) -> pd.DataFrame:
    """Share of all pairs of others whose shortest path runs through each person.

    Nobody needs you: 0. The hub of a star, through whom every pair goes: 1. Where a pair has several shortest paths,
    each counts its part [1]_. News knows no shortest paths: read it as who could be in between, not who is.

    Parameters
    ----------
    graph : networkx graph, Network or Ties
        Directed ties are followed as they point, and every ordered pair counts. Strengths and self-ties are ignored.
    sample : int or "all", optional
        From how many people, drawn at random, paths are followed. Default: all, up to 2,000 people; beyond, 1,000,
        with a warning. "all" is exact at any size, and slow: minutes for 20,000 people.
    seed : int, optional
        Give the same seed for the same sample.

    Returns
    -------
    pandas.DataFrame
        One row for each person, in node order, with the columns ``betweenness``, from 0 to 1 (``nan`` in a network of
        fewer than three), and ``stderr``, its standard error: 0 where it is exact. The error of a sample is estimated
        from the same sample, so who is on none of its paths has 0 and 0: rarely in between, not never. Where igraph
        is installed and faster, exact values come from there; they are the same.

    Raises
    ------
    GraphError
        If the graph does not know which contacts know each other.
    ParameterError
        If ``sample`` is more than there are people, or less than 2.

    References
    ----------
    .. [1] Freeman, Sociometry 40 (1977), 35-41; computed after Brandes, Journal of Mathematical Sociology 25 (2001),
       163-177, sampled as in Brandes and Pich, International Journal of Bifurcation and Chaos 17 (2007), 2303-2318.

    Examples
    --------
    >>> import networkx as nx
    >>> betweenness(nx.path_graph(["Ann", "Bo", "Cy"]))["betweenness"].to_dict()
    {'Ann': 0.0, 'Bo': 1.0, 'Cy': 0.0}
    """
    ties = Ties.of(graph).knowing_alter_ties("Betweenness")
    value, error = share_in_between(ties, sample, seed)
    return pd.DataFrame({"betweenness": value, "stderr": error}, node_index(ties))


def share_in_between(ties: Ties, sample: int | str | None, seed: int | None) -> tuple[np.ndarray, np.ndarray]:
    """Betweenness and its standard error; float64, shape (n,)."""
    n = len(ties)
    if sample is not None and sample != "all":
        check_count("sample", sample, 2, n, limit="the number of people, ")
    if seed is not None:
        check_count("seed", seed, 0)
    is_chosen_here = sample is None and n > EXACT_UP_TO
    k = SAMPLE if is_chosen_here else n if sample in (None, "all") else sample
    pairs = (n - 1) * (n - 2)
    error = np.zeros(n)
    if n < 3:
        value = error = np.full(n, np.nan)
    elif k == n:
        value = _all_dependencies(ties) / pairs
    else:
        drawn = np.random.default_rng(seed).choice(n, k, replace=False)
        total, squares = _dependencies(ties, drawn)
        value = total * n / k / pairs
        variance = np.maximum(squares - total**2 / k, 0) / (k - 1)
        error = n / pairs * np.sqrt((1 - k / n) * variance / k)
    if is_chosen_here:
        warn(
            f"The network has {n:,} people, so betweenness was estimated from the paths of {k:,}, drawn at random: the "
            f"column stderr says how far off each value may be (at most {error.max():.2g}). "
            "sample='all' works it out exactly."
        )
    return value, error


def _all_dependencies(ties: Ties) -> np.ndarray:
    """Sum over all sources, by igraph where it is installed and faster; float64, shape (n,)."""
    try:
        import igraph
    except ImportError:
        igraph = None
    if igraph is None or (len(ties) >= FASTER_FROM and not _is_deep(ties)):
        return _dependencies(ties, np.arange(len(ties)))[0]
    source, target = ties.pairs
    graph = igraph.Graph(len(ties), np.stack([source, target], axis=1).tolist(), directed=ties.directed)
    return np.array(graph.betweenness()) * (1 if ties.directed else 2)


def _is_deep(ties: Ties) -> bool:
    """Whether some people are many steps from the one with most ties."""
    steps = csgraph.dijkstra(ties.array(), indices=int(ties.degree.argmax()), unweighted=True)
    return bool(steps[np.isfinite(steps)].max() > DEEP)


def _dependencies(ties: Ties, sources: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Add up how much the paths from some sources depend on each person, and the squares of it.

    Returns
    -------
    total, squares : numpy.ndarray, float64, shape (n,)
    """
    away = sparse.csr_array((np.ones(len(ties.indices)), ties.indices, ties.indptr), shape=(len(ties), len(ties)))
    back = sparse.csr_array(away.T) if ties.directed else away
    along, size = (_along_sparse, 512) if _is_deep(ties) else (_along_dense, 64)
    blocks = [sources[start : start + size] for start in range(0, len(sources), size)]
    # scipy and numpy let go of Python's lock in these products; a browser's kernel has one thread only.
    workers = 1 if sys.platform == "emscripten" else min(os.cpu_count() or 1, len(blocks))
    if workers == 1:
        parts = [along(away, back, block) for block in blocks]
    else:
        with ThreadPoolExecutor(workers) as pool:
            parts = list(pool.map(lambda block: along(away, back, block), blocks))
    total, squares = np.sum(parts, axis=0)
    return total, squares


def _along_dense(away: sparse.csr_array, back: sparse.csr_array, sources: np.ndarray) -> np.ndarray:
    """Follow paths from a block of sources through dense arrays, a column a source; shape (2, n)."""
    n, columns = away.shape[0], np.arange(len(sources))
    front = np.zeros((n, len(sources)))  # shortest paths to everybody who is reached in this step
    front[sources, columns] = 1
    unseen = 1 - front
    steps = []
    while unseen.any():
        front = back @ front
        front *= unseen
        if not front.any():
            break
        new = np.minimum(front, 1)
        unseen -= new
        steps.append((front, new))
    result = np.zeros((2, n))
    share = None  # of a person's dependency, for each shortest path to that person
    while steps:
        front, new = steps.pop()
        if share is None:
            share = new
        else:
            share = away @ share
            share *= front
            result += share.sum(axis=1), np.einsum("ij,ij->i", share, share)
            share += new
        share /= np.maximum(front, 1, out=front)
    return result


def _along_sparse(away: sparse.csr_array, back: sparse.csr_array, sources: np.ndarray) -> np.ndarray:
    """Do as `_along_dense` with sparse arrays, a row a source: for networks with long ways and few people a step."""
    n, rows = away.shape[0], len(sources)
    front = sparse.csr_array((np.ones(rows), sources, np.arange(rows + 1)), shape=(rows, n))
    unseen = np.ones(rows * n, bool)
    unseen[_cells(front)] = False
    steps = []
    while True:
        front = front @ away
        cells = _cells(front)
        new = np.flatnonzero(unseen[cells])
        if not len(new):
            break
        parts = front.data[new], front.indices[new], np.searchsorted(new, front.indptr)
        front = sparse.csr_array(parts, shape=front.shape)
        unseen[cells[new]] = False
        steps.append(front)
    result = np.zeros((2, n))
    spread = np.zeros(rows * n)
    share = None
    while steps:
        front = steps.pop()
        dependency = np.zeros(len(front.data))
        if share is not None:
            share = share @ back
            spread[_cells(share)] = share.data  # what deeper steps left here is of people deeper down
            dependency = spread[_cells(front)] * front.data
            result += [np.bincount(front.indices, weight, n) for weight in (dependency, dependency**2)]
        share = sparse.csr_array(((1 + dependency) / front.data, front.indices, front.indptr), shape=front.shape)
    return result


def _cells(array: sparse.csr_array) -> np.ndarray:
    """Positions of the entries in the same array laid out row by row."""
    rows, n = array.shape
    return np.repeat(np.arange(0, rows * n, n), np.diff(array.indptr)) + array.indices
