"""Who is how many ties from whom: searches from many people at once, a bit for each."""

from __future__ import annotations

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

CACHE = 1 << 18
"""Bytes of rows that are gathered at a time: few enough to stay in the processor's cache."""

LONG = 100
"""In a network with ways longer than this, the steps are too many to be taken by everybody at once."""


def distances(indptr: np.ndarray, indices: np.ndarray, sources: np.ndarray) -> np.ndarray:
    """Count the ties between some people and everybody.

    Parameters
    ----------
    indptr, indices : numpy.ndarray, int
        Rows of an undirected network, as in `Ties`; everybody has at least one tie.
    sources : numpy.ndarray, int64, shape (k,)
        All different.

    Returns
    -------
    numpy.ndarray, float32, shape (k, n)
        ``inf`` where there is no way.

    Examples
    --------
    >>> distances(np.array([0, 1, 3, 4]), np.array([1, 0, 2, 1]), np.array([0])).tolist()  # a path of three
    [[0.0, 1.0, 2.0]]
    """
    n, k = len(indptr) - 1, len(sources)
    starts, count, rows = indptr[:-1].astype(np.int64), np.diff(indptr).astype(np.int64), indices.astype(np.int64)
    edge = bit_of_each(sources, n)
    seen = edge.copy()
    steps = np.zeros((n, 64 * edge.shape[1]), np.uint8)
    for step in range(1, LONG + 1):
        edge = joined(edge, rows, starts, count) & ~seen
        if not edge.any():
            break
        seen |= edge
        steps += np.unpackbits(edge.view(np.uint8), axis=1, bitorder="little") * np.uint8(step)
    else:
        links = sparse.csr_array((np.ones(len(indices)), indices, indptr), shape=(n, n))
        return csgraph.dijkstra(links, directed=False, indices=sources, unweighted=True).astype(np.float32)
    found = np.where(steps[:, :k] > 0, steps[:, :k], np.float32(np.inf)).T
    found[np.arange(k), sources] = 0
    return found


def bit_of_each(columns: np.ndarray, n: int) -> np.ndarray:
    """Give each of some people a bit of their own in their own row; uint64, shape (n, words)."""
    bits = np.zeros((n, -(-len(columns) // 64)), np.uint64)
    place = np.arange(len(columns))
    bits[columns, place >> 6] = np.uint64(1) << (place & 63).astype(np.uint64)
    return bits


def joined(bits: np.ndarray, rows: np.ndarray, starts: np.ndarray, count: np.ndarray) -> np.ndarray:
    """Join, bit by bit, those rows of ``bits`` that runs of ``rows`` name; each run has at least one."""
    joined = np.empty((len(starts), bits.shape[1]), np.uint64)
    upto = np.cumsum(count)
    step = CACHE // bits[0].nbytes
    begin = 0
    while begin < len(starts):
        done = upto[begin] - count[begin]
        end = max(int(np.searchsorted(upto, done + step, side="right")), begin + 1)
        _, entry = ranges(starts[begin:end], count[begin:end])
        runs = upto[begin:end] - count[begin:end] - done
        np.bitwise_or.reduceat(bits[rows[entry]], runs, axis=0, out=joined[begin:end])
        begin = end
    return joined


def ranges(starts: np.ndarray, count: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Write out runs of numbers, after which of the runs each number belongs to.

    Examples
    --------
    >>> [part.tolist() for part in ranges(np.array([10, 20]), np.array([2, 3]))]
    [[0, 0, 1, 1, 1], [10, 11, 20, 21, 22]]
    """
    of = np.repeat(np.arange(len(starts)), count)
    return of, np.arange(len(of)) + np.repeat(starts - np.cumsum(count) + count, count)
