"""What people are called in a file: tidying a name without changing it, and showing it without telling it."""

from __future__ import annotations

import re
import unicodedata

LOST_DIGITS = re.compile(r"[0-9]+(?:[.,][0-9]+)?[eE][+-][0-9]+")
"""What a spreadsheet makes of a long number: ``1.2E+11``. The digits are gone, so it can name nobody."""

ERROR_CELL = re.compile(r"#(?:N/A|NV|[^\W\d_]+(?:/0)?[!?])", re.IGNORECASE)
"""A spreadsheet's error, such as ``#REF!`` or ``#DIV/0!``, saved in place of a value."""

WORDS_FOR_NOTHING = frozenset({"na", "n/a", "nan", "none", "null", "nil"})
"""What many programs take for an empty cell. Here each is a name like any other."""

_TURNING = ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")
"""Bidirectional classes that turn the text around them, and can make one name look like another."""

_CODE = re.compile(r"[A-Za-z]{0,2}[-_ ]?[0-9]{1,4}|NA", re.ASCII)


def tidy(cell: str) -> str:
    r"""Trim a name and bring accents into one form (NFC); nothing else changes.

    Examples
    --------
    >>> tidy("  Zoe\u0308 ") == "Zo\u00eb"
    True
    >>> tidy("007")
    '007'
    """
    return cell.strip() if cell.isascii() else unicodedata.normalize("NFC", cell).strip()


def is_control(character: str) -> bool:
    """Whether a character is a control character or a line break, which no name contains."""
    return unicodedata.category(character) in ("Cc", "Zl", "Zp", "Cs")


def names_nobody(name: str) -> bool:
    r"""Whether a name is empty, or holds nothing but spaces and marks that cannot be seen.

    Examples
    --------
    >>> names_nobody(" "), names_nobody("\u200b"), names_nobody("0")
    (True, True, False)
    """
    return not name.isalnum() and all(c.isspace() or unicodedata.category(c) == "Cf" for c in name)


def readable(text: str) -> str:
    r"""Drop the characters that show nothing or turn the text around them: controls and direction marks.

    Examples
    --------
    >>> readable("Ann\u202e\u0000")
    'Ann'
    """
    if text.isprintable():
        return text
    return "".join(c for c in text if not is_control(c) and unicodedata.bidirectional(c) not in _TURNING)


def folded(name: str) -> str:
    """A name without case, spaces, accents and invisible marks: equal for names that are easily the same person.

    Examples
    --------
    >>> folded("José  Luis") == folded("jose luis")
    True
    """
    if name.isascii():
        return "".join(name.casefold().split())
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(c for c in letters if not c.isspace() and unicodedata.category(c) not in ("Mn", "Cf"))


def plain(header: str) -> str:
    """A header without case, accents, spaces and signs.

    Examples
    --------
    >>> plain("Person A"), plain("e-mails")
    ('persona', 'emails')
    """
    letters = unicodedata.normalize("NFKD", header).casefold()
    return "".join(c for c in letters if c.isalnum())


def may_be_one(first: str, second: str) -> bool:
    """Whether two names can be of one person: all words of the shorter are in the longer, whole or as beginnings.

    Examples
    --------
    >>> may_be_one("Ann Lee", "Lee, A."), may_be_one("Ann", "Ann Lee"), may_be_one("Ann Lee", "Bob Lee")
    (True, True, False)
    """
    less, more = sorted((re.findall(r"\w+", _unmarked(name)) for name in (first, second)), key=len)
    for word in less:
        found = next((other for other in more if other.startswith(word) or word.startswith(other)), None)
        if found is None:
            return False
        more.remove(found)
    return True


def _unmarked(name: str) -> str:
    """A name without case and accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if unicodedata.category(c) != "Mn")


def masked(name: str) -> str:
    """A name as messages show it: its first two letters, at most half of it. Short codes are shown whole.

    Messages are copied into mails and forums, so none of them spells out who is in a file; the line number beside
    it is what leads back to the person.

    Examples
    --------
    >>> masked("Ann Miller"), masked("Bo"), masked("ann@example.org"), masked("P-07")
    ('An…', 'B…', 'an…', 'P-07')
    """
    if len(name) < 2 or _CODE.fullmatch(name):
        return name
    return readable(name[: min(2, len(name) // 2)]) + "…"
