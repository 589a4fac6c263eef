"""Rings on which everybody knows their neighbours, and what is left of them when some ties are sent elsewhere."""

from __future__ import annotations

import numpy as np

from tertius.errors import ParameterError, check_count, check_share
from tertius.ties import Ties


def rewired_ring(n: int = 300, radius: int = 2, rewired: float = 0.1, *, seed: int = 1) -> Ties:
    """Put people in a ring, tie each to the nearest on both sides, then let some ties lead anywhere.

    With nothing rewired, word has to go round step by step. A few rewired ties are shortcuts across the ring [1]_,
    but each also takes one tie out of the neighbourhood: what needs several voices may then stop there [2]_.

    Each tie is moved with probability ``rewired``, lap by lap, once at most: one end stays, the far end goes to
    somebody drawn evenly from all to whom the staying end has no tie yet. So the number of ties never changes, nor
    does the average number of contacts. Where the staying end is tied to everybody, the tie stays.

    Parameters
    ----------
    n : int
        People, more than twice the radius.
    radius : int
        Neighbours on each side, at least 1.
    rewired : float
        Probability that a tie is moved, in [0, 1].
    seed : int
        The luck. Rings of one seed share it: with a higher ``rewired``, the ties that were moved are still moved, and
        more of them; ties that stay are where they were.

    Returns
    -------
    Ties
        Undirected, of strength 1, between people 0, 1, …, n − 1.

    Raises
    ------
    ParameterError
        If a setting is out of its range.

    References
    ----------
    .. [1] Watts and Strogatz, Nature 393 (1998), 440-442.
    .. [2] Centola and Macy, American Journal of Sociology 113 (2007), 702-734.

    Examples
    --------
    >>> ring = rewired_ring(6, radius=1, rewired=0)
    >>> ring.named_pairs()
    [(0, 1), (0, 5), (1, 2), (2, 3), (3, 4), (4, 5)]
    >>> rewired_ring(100, radius=2, rewired=0.5).n_ties
    200
    """
    check_ring(n, radius, rewired)
    check_count("seed", seed, 0)
    near, far = ring_ends(n, radius, rewired, np.random.default_rng(seed), runs=1)
    return ties_between(n, near, far[:, 0])


def ring_ends(
    n: int, radius: int, rewired: float, rng: np.random.Generator, runs: int
) -> tuple[np.ndarray, np.ndarray]:
    """Draw several rewired rings at once; the amount of luck drawn does not depend on ``rewired``.

    Parameters
    ----------
    n, radius, rewired
        As for `rewired_ring`, and already checked.
    rng : numpy.random.Generator
    runs : int
        How many rings.

    Returns
    -------
    near : numpy.ndarray, int32, shape (n · radius,)
        The end of each tie that stays: lap by lap, person by person.
    far : numpy.ndarray, int32, shape (n · radius, runs)
        The other end, in each ring.
    """
    near = np.tile(np.arange(n), radius)
    straight = (near + np.repeat(np.arange(1, radius + 1), n)) % n
    moves = rng.random((len(near), runs)) < rewired
    first, second, third = rng.random((3, len(near), runs))
    far = np.repeat(straight[:, None], runs, axis=1)
    before = set(np.concatenate([near * n + straight, straight * n + near]).tolist())
    for run in range(runs):
        tied = before.copy()
        moved = np.flatnonzero(moves[:, run])
        tries = [(luck[moved, run] * n).astype(np.int64).tolist() for luck in (first, second)]
        ends = []
        for u, v, w, x, luck in zip(
            near[moved].tolist(), straight[moved].tolist(), *tries, third[moved, run].tolist(), strict=True
        ):
            # Two tries hit somebody free nearly always; else one of all who are free is drawn, so the draw is even.
            if w == u or u * n + w in tied:
                w = x
                if w == u or u * n + w in tied:
                    free = [w for w in range(n) if w != u and u * n + w not in tied]
                    w = free[int(luck * len(free))] if free else v
            ends.append(w)
            tied -= {u * n + v, v * n + u}
            tied |= {u * n + w, w * n + u}
        far[moved, run] = ends
    return near.astype(np.int32), far.astype(np.int32)


def ties_between(n: int, near: np.ndarray, far: np.ndarray) -> Ties:
    """Ties of strength 1 among the people 0, 1, …, n − 1, between the given ends; each pair is named once."""
    source, target = np.concatenate([near, far]), np.concatenate([far, near])
    order = np.lexsort((target, source))
    indptr = np.concatenate([[0], np.cumsum(np.bincount(source, minlength=n))])
    return Ties(indptr.astype(np.int64), target[order].astype(np.int32), np.ones(len(order)), tuple(range(n)))


def check_ring(n: int, radius: int, rewired: float) -> None:
    """Refuse what is no ring."""
    check_count("n", n, 1)
    check_count("radius", radius, 1)
    if n <= 2 * radius:
        raise ParameterError(
            f"n is {n} and radius {radius}; with {radius} neighbours on each side, a ring needs more than "
            f"{2 * radius} people."
        )
    check_share("rewired", rewired)
