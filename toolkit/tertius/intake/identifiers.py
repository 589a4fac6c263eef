"""What the words can stand for by which somebody is called in a file, and the key that makes code names of them."""

from __future__ import annotations

from tertius.errors import ReadError
from tertius.intake.names import folded
from tertius.intake.report import Draft
from tertius.privacy import codes, key


def own_identifiers(me: list[str]) -> set[tuple[str, str]]:
    """What the words in ``me`` can stand for."""
    mine: set[tuple[str, str]] = set()
    for word in me:
        if codes.is_address(word):
            mine.add(("email", codes.address(word)))
        elif "/" in word:
            mine.add(("url", codes.profile(word)))
        else:
            mine.add(("name", folded(word)))
    return mine


def load_key(draft: Draft) -> key.Key:
    """The key of this computer; made, if there is none."""
    try:
        return key.load()
    except ReadError as error:
        draft.refuse("R47", str(error))
