"""Numbers as people read them."""

from __future__ import annotations


def percent(share: float) -> str:
    """Write a share as a percentage, with a space that does not break.

    Examples
    --------
    >>> percent(0.35).replace("\\N{NO-BREAK SPACE}", " ")
    '35 %'
    """
    return f"{100 * share:.0f}\N{NO-BREAK SPACE}%"
