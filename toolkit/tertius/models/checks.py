"""Checks of a model's settings, made once at the door."""

from __future__ import annotations

from operator import index

from tertius.errors import ParameterError


def check_count(name: str, value: object, least: int, most: int | None = None, *, limit: str = "") -> None:
    """Refuse what is not a whole number from ``least`` to ``most``; ``limit`` says what ``most`` is.

    Examples
    --------
    >>> check_count("parts", 2.5, 1)
    Traceback (most recent call last):
    tertius.errors.ParameterError: parts is 2.5; it must be a whole number of at least 1.
    """
    try:
        fine = not isinstance(value, bool) and index(value) >= least and (most is None or value <= most)
    except TypeError:
        fine = False
    if not fine:
        bounds = f"of at least {least}" if most is None else f"from {least} to {limit}{most}"
        raise ParameterError(f"{name} is {value!r}; it must be a whole number {bounds}.")


def check_share(name: str, value: float, what: str = "probability") -> None:
    """Refuse what is not in [0, 1].

    Examples
    --------
    >>> check_share("noise", 1.5)
    Traceback (most recent call last):
    tertius.errors.ParameterError: noise is 1.5; it is a probability, from 0 to 1.
    """
    if not 0 <= value <= 1:
        raise ParameterError(f"{name} is {value!r}; it is a {what}, from 0 to 1.")


def check_least(name: str, value: float, least: float, what: str) -> None:
    """Refuse what is not a finite number of at least ``least``.

    Examples
    --------
    >>> check_least("hours", float("nan"), 0, "hours a month")
    Traceback (most recent call last):
    tertius.errors.ParameterError: hours is nan; it is hours a month, at least 0.
    """
    if not least <= value < float("inf"):
        raise ParameterError(f"{name} is {value!r}; it is {what}, at least {least:g}.")
