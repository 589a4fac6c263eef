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


def between(low: str, high: str) -> str:
    """Write a range; where both ends read alike it is one number.

    Examples
    --------
    >>> between("3", "5"), between("79 %", "79 %")
    ('3 to 5', '79 %')
    """
    return low if low == high else f"{low} to {high}"


def among_runs(low: float, high: float, runs: int) -> str:
    """Say in which range a share lies in nine of ten runs: a single run says little.

    Examples
    --------
    >>> among_runs(0.5, 0.5, 40).replace("\\N{NO-BREAK SPACE}", " ")
    'In nine of ten of the 40 runs it is 50 %.'
    """
    if runs == 1:
        return "This is one run."
    return f"In nine of ten of the {runs} runs it is {between(percent(low), percent(high))}."


def number(count: int) -> str:
    """Write a small whole number as a word.

    Examples
    --------
    >>> number(2), number(12)
    ('two', '12')
    """
    words = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    return words[count] if 0 <= count < len(words) else str(count)
