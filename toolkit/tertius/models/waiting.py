"""How long chance takes to strike, drawn in one go."""

from __future__ import annotations

import numpy as np

NEVER = np.iinfo(np.int32).max
"""Stands for a wait without end."""


def tries_needed(u: np.ndarray, chance: float) -> np.ndarray:
    """How many independent tries it takes to succeed once, each with the same chance.

    One even draw decides it for good: the first try succeeds if ``u < chance``, and so on (the inverse of the
    geometric distribution). The same draw with a higher chance never takes longer, so two settings that share their
    luck can be compared run by run.

    Parameters
    ----------
    u : numpy.ndarray
        Even draws in [0, 1).
    chance : float
        Of each try, in [0, 1].

    Returns
    -------
    numpy.ndarray, int32
        At least 1; `NEVER` where the chance is 0.

    Examples
    --------
    >>> tries_needed(np.array([0.1, 0.6, 0.8, 0.9]), 0.5).tolist()
    [1, 2, 3, 4]
    """
    if chance <= 0:
        return np.full(u.shape, NEVER, np.int32)
    if chance >= 1:
        return np.ones(u.shape, np.int32)
    with np.errstate(over="ignore"):  # a chance next to nothing makes a wait next to endless
        failures = np.floor(np.log1p(-u) / np.log1p(-chance))
    # Rounded logarithms must not decide the first try.
    failures = np.where(u < chance, 0, np.maximum(failures, 1))
    return np.minimum(failures + 1, NEVER).astype(np.int32)
