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


def among_runs(what: str, low: str, high: str, runs: int) -> str:
    """Say between which values something lies in 9 of 10 runs: a single run says little.

    Examples
    --------
    >>> among_runs("the share", "30 %", "50 %", 40), among_runs("the share", "50 %", "50 %", 40)
    ('In 9 of 10 runs the share lies between 30 % and 50 %.', 'In 9 of 10 runs the share is 50 %.')
    >>> among_runs("the share", "50 %", "50 %", 1)
    'This is one run.'
    """
    if runs == 1:
        return "This is one run."
    return f"In 9 of 10 runs {what} {f'is {low}' if low == high else f'lies between {low} and {high}'}."


def number(count: int) -> str:
    """Write a small whole number as a word.

    Examples
    --------
    >>> number(2), number(12)
    ('two', '12')
    """
    words = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    return words[count] if 0 <= count < len(words) else str(count)
