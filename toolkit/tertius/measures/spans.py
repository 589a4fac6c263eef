"""How far apart the two ends of a local bridge would be without it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

from tertius.measures.reach import CACHE, bit_of_each, joined, ranges
from tertius.measures.triangles import BLOCK, Triangles
from tertius.ties import Ties

SQUARES = 64
"""How many words of 64 pairs can be looked at in the time that one tie of a possible square takes."""

TABLE = 1 << 26
"""Bytes of a table with a bit for each pair of people; of a larger network, columns are done in turn."""

FAR = 16
"""Shells that are grown around everybody at once; spans above twice this, and one more, are searched for one by one."""


def spans(ties: Ties, listed: Triangles, wanted: np.ndarray) -> np.ndarray:
    """Length of the shortest way between the two ends of some ties that does not use the tie itself.

    Parameters
    ----------
    ties : Ties
        Undirected.
    listed : Triangles
        Of these ties.
    wanted : numpy.ndarray, int64, shape (k,)
        Positions in ``listed`` of ties whose ends have no contact in common.

    Returns
    -------
    numpy.ndarray, float64, shape (k,)
        At least 3; ``inf`` where there is no other way.

    Notes
    -----
    A tie in a square has span 3. In general, take the shortest circle through a tie u-v, and how far the people on
    it are from u and from v. In a circle of 2k + 1 people, one is k steps from both. In a circle of 2k + 2, one is k
    steps from v and from a contact of u other than v. So instead of a search for each tie, it is enough to know who is
    k steps from whom: a bit for each pair of people, 64 of them worked out at once.
    """
    low, high = listed.low[wanted], listed.high[wanted]
    found = np.full(len(wanted), np.inf)
    squares = SQUARES * ties.degree[listed.low].sum() < ties.degree[low].sum() * len(ties) / 64
    if squares:
        found[_in_square(ties, listed)[wanted]] = 3
    left = np.flatnonzero(np.isinf(found) & (ties.degree[low] > 1))
    if not len(left) or _are_bridges(ties, low[left], high[left]):
        return found
    found[left], settled = _by_shells(ties, low[left], high[left], above=3 if squares else 2)
    left = np.flatnonzero(np.isinf(found) & (ties.degree[low] > 1))
    if not settled and not _are_bridges(ties, low[left], high[left]):
        one_of, chain = _chains(ties, low[left], high[left])
        searched = [_searched(ties, low[k], high[k]) for k in left[one_of].tolist()]
        found[left] = np.array(searched)[chain]
    return found


def _in_square(ties: Ties, listed: Triangles) -> np.ndarray:
    """Which ties are part of a circle of four; bool, shape (m,).

    In such a circle one person ranks highest, and is joined through two others to one and the same person opposite.
    """
    n, rank = len(ties), listed.rank
    indices = ties.indices.astype(np.int64)
    # Each tie stands twice in the rows of ``ties``: upward, in the order of ``listed``, and downward, by its high end.
    by_high = np.argsort(listed.high, kind="stable")
    up = np.repeat(rank, ties.degree) < rank[indices]
    tie_of = np.empty(len(indices), np.int64)
    tie_of[up], tie_of[~up] = np.arange(len(by_high)), by_high
    low, high = listed.low[by_high], listed.high[by_high]
    marked = np.zeros(len(by_high), bool)
    for begin, end in _pieces(high, ties.degree[low]):
        # From the highest person through each contact to all of that contact's contacts who rank lower.
        of, entry = ranges(ties.indptr[low[begin:end]], ties.degree[low[begin:end]])
        top = high[begin:end][of]
        lower = np.flatnonzero(rank[indices[entry]] < rank[top])
        of, entry, top = of[lower], entry[lower], top[lower]
        joins = top * n + indices[entry]
        order = np.argsort(joins)
        same = np.diff(joins[order], prepend=-1, append=-1) == 0
        several = order[same[1:] | same[:-1]]
        marked[by_high[begin:end][of[several]]] = True
        marked[tie_of[entry[several]]] = True
    return marked


def _pieces(group: np.ndarray, size: np.ndarray) -> Iterator[tuple[int, int]]:
    """Cut a list between its groups into pieces that are about one `BLOCK` in size."""
    ends = np.flatnonzero(np.diff(group, append=-1)) + 1
    upto = np.cumsum(size)[ends - 1]
    begin = 0
    while begin < len(group):
        done = upto[np.searchsorted(ends, begin)] if begin else 0
        end = int(ends[min(np.searchsorted(upto, done + BLOCK), len(ends) - 1)])
        yield begin, end
        begin = end


def _are_bridges(ties: Ties, low: np.ndarray, high: np.ndarray) -> bool:
    """Whether all of some ties are bridges: without them, there is one part more for each."""
    n = len(ties)
    key = ties.row.astype(np.int64) * n + ties.indices
    kept = np.ones(len(key), bool)
    kept[np.searchsorted(key, np.concatenate([low * n + high, high * n + low]))] = False

    def parts(row: np.ndarray, column: np.ndarray) -> int:
        links = sparse.coo_array((np.ones(len(row), bool), (row, column)), shape=(n, n))
        return csgraph.connected_components(links, directed=False)[0]

    return parts(ties.row[kept], ties.indices[kept]) - parts(ties.row, ties.indices) == len(low)


def _by_shells(ties: Ties, low: np.ndarray, high: np.ndarray, above: int) -> tuple[np.ndarray, bool]:
    """Spans of ties that are known to be larger than ``above``, and whether ``inf`` means that there is no other way.

    A shell k is who is exactly k steps away: from the people of a block of columns, for everybody a row.
    """
    n, settled = len(ties), True
    found, bridge = np.full(len(low), np.inf), np.zeros(len(low), bool)
    indices = ties.indices.astype(np.int64)
    tied = np.flatnonzero(ties.degree)
    of, entry = ranges(ties.indptr[low], ties.degree[low])
    other = np.flatnonzero(indices[entry] != high[of])
    contacts = indices[entry[other]]  # of the low end, without the high one
    starts = np.searchsorted(of[other], np.arange(len(low) + 1))
    for column in np.array_split(np.arange(n), -(-n * n // (8 * TABLE))):
        shell = bit_of_each(column, n)
        seen = shell.copy()
        step = max(1, CACHE // shell[0].nbytes)
        for k in range(1, FAR + 1):
            inner, shell = shell, np.zeros_like(shell)
            shell[tied] = joined(inner, indices, ties.indptr[tied], ties.degree[tied])
            shell &= ~seen
            seen |= shell
            for span in range(max(2 * k, above + 1), 2 * k + 2):
                left = np.flatnonzero(found > span)
                for begin in range(0, len(left), step):
                    some = left[begin : begin + step]
                    if span == 2 * k:
                        met = shell[low[some]]
                    else:
                        met = joined(shell, contacts, starts[some], starts[some + 1] - starts[some])
                        met &= ~inner[low[some]]
                    met &= shell[high[some]]
                    found[some[met.any(axis=1)]] = span
            left = np.flatnonzero(np.isinf(found) & ~bridge)
            bridge[left] = len(left) and _are_bridges(ties, low[left], high[left])
            if not shell.any() or not (~bridge & (found > 2 * k + 2)).any():
                break
        else:
            settled = False
    return found, settled


def _chains(ties: Ties, low: np.ndarray, high: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Group ties that meet at people without other ties: a circle through one leads through all, so spans are equal.

    Returns the position of one tie of each group, and the group of each tie.
    """
    k, n = len(low), len(ties)
    tie = np.tile(np.arange(k), 2)
    end = np.concatenate([low, high])
    passing = ties.degree[end] == 2
    links = sparse.coo_array((np.ones(passing.sum(), bool), (tie[passing], k + end[passing])), shape=(k + n, k + n))
    _, group = csgraph.connected_components(links, directed=False)
    _, one_of, chain = np.unique(group[:k], return_index=True, return_inverse=True)
    return one_of, chain


def _searched(ties: Ties, start: int, goal: int) -> float:
    """Span of one tie, by a search from both ends."""

    def around(node: int) -> list[int]:
        return ties.indices[ties.indptr[node] : ties.indptr[node + 1]].tolist()

    edge = [set(around(start)) - {goal}, set(around(goal)) - {start}]
    seen = [edge[0] | {start, goal}, edge[1] | {start, goal}]
    span = 2
    while all(edge) and edge[0].isdisjoint(edge[1]):
        side = 0 if len(edge[0]) <= len(edge[1]) else 1
        edge[side] = {v for u in edge[side] for v in around(u)} - seen[side]
        seen[side] |= edge[side]
        span += 1
    return span if all(edge) else np.inf
