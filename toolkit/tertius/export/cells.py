"""Texts in tables that spreadsheets open: a text that looks like a formula is kept from being one."""

from __future__ import annotations

import re

_FORMULA = re.compile("'*\\s*[=+\\-@\t\r\uff1d\uff0b\uff0d\uff20]")
"""What a spreadsheet may take for a formula, also after spaces, and that with our mark before it."""


def guarded(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would take for a formula; it then shows it as text.

    Examples
    --------
    >>> guarded("=1+1"), guarded(" @SUM(A1)"), guarded("a=b"), guarded("'=1+1")
    ("'=1+1", "' @SUM(A1)", 'a=b', "''=1+1")
    """
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """Take the apostrophe away again; only in files that `guarded` has gone over.

    Examples
    --------
    >>> unguarded("'=1+1"), unguarded("'tis"), unguarded("''=1+1")
    ('=1+1', "'tis", "'=1+1")
    """
    return text[1:] if text.startswith("'") and _FORMULA.match(text[1:]) else text
