"""Rows of numbers that a model is given, one for each person, tie or month."""

from __future__ import annotations

import numpy as np


def as_row(given: object) -> np.ndarray | None:
    """An array of numbers, its own copy; ``None`` if these are none.

    Examples
    --------
    >>> as_row([1, 2]).tolist(), as_row(["much"])
    ([1.0, 2.0], None)
    """
    try:
        return np.array(given, float)
    except (TypeError, ValueError, OverflowError):
        return None
