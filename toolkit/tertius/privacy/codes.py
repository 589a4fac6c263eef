"""Code names: the same person gets the same one in every file, and nobody without the key can undo it."""

from __future__ import annotations

import base64
import hmac
import unicodedata
from collections import defaultdict
from collections.abc import Iterable

from tertius.privacy.key import Key

PREFIX = "P-"
SHORT, LONG = 8, 16
"""Characters of a code name; and of two that would otherwise be the same."""


def is_address(text: str) -> bool:
    """Whether a text is an e-mail address, and not a directory entry such as ``/o=Acme/cn=ann``.

    Examples
    --------
    >>> is_address("ann@example.org"), is_address("/o=Acme/cn=ann"), is_address("ann")
    (True, False, False)
    """
    text = text.strip()
    return "@" in text[1:-1] and not any(c.isspace() for c in text) and not text.startswith("/") and len(text) <= 320


def address(text: str) -> str:
    """An e-mail address in the one form that stands for its mailbox.

    Lower case, without ``+tag``; Gmail's two domains are one, and its mailboxes know no dots.

    Examples
    --------
    >>> address("Ann.Lee+news@Googlemail.com"), address("Ann.Lee@Example.org")
    ('annlee@gmail.com', 'ann.lee@example.org')
    """
    local, _, domain = text.strip().strip("<>").lower().rpartition("@")
    local = local.partition("+")[0] or local
    domain = domain.rstrip(".")
    if domain in ("gmail.com", "googlemail.com"):
        local, domain = local.replace(".", "") or local, "gmail.com"
    return f"{local}@{domain}"


def profile(url: str) -> str:
    """A profile's address without its host, language, query and capitals.

    Examples
    --------
    >>> profile("https://www.linkedin.com/in/Ann-Lee/?lang=en") == profile("http://de.linkedin.com/in/ann-lee")
    True
    """
    text = url.strip().lower().partition("?")[0].partition("#")[0].rstrip("/")
    host, slash, rest = text.partition("://")[2].partition("/") if "://" in text else text.partition("/")
    site = ".".join(host.split(".")[-2:])
    return f"{site}{slash}{rest}"


def named(name: str, organisation: str = "") -> str:
    """A name and an organisation in one form: a weak way to tell people apart, where there is nothing better.

    Examples
    --------
    >>> named(" Ann  LEE", "Acme") == named("ann lee", "ACME ")
    True
    """
    parts = (unicodedata.normalize("NFKC", part).casefold().split() for part in (name, organisation))
    return "\x1f".join(" ".join(part) for part in parts)


def identifier(text: str) -> tuple[str, str]:
    """What kind of identifier a text is, and the text in its one form.

    Examples
    --------
    >>> identifier("Ann@Example.org"), identifier("Ann Lee")[0]
    (('email', 'ann@example.org'), 'name')
    """
    if is_address(text):
        return "email", address(text)
    if "://" in text:
        return "url", profile(text)
    return "name", named(text)


def codes(identifiers: Iterable[tuple[str, str]], key: Key) -> list[str]:
    """A code name for each identifier.

    Parameters
    ----------
    identifiers : iterable of (str, str)
        What kind of identifier ("email", "url", "name") and the identifier in its one form (`address`, `profile`,
        `named`).
    key : Key

    Returns
    -------
    list of str
        ``P-`` and 8 characters of base32. Different identifiers with the same 8 characters get 16.

    Examples
    --------
    >>> people = [("email", "ann@example.org"), ("email", "bo@example.org"), ("email", "ann@example.org")]
    >>> ann, bo, again = codes(people, Key(bytes(32)))
    >>> ann == again, ann == bo, len(ann)
    (True, False, 10)
    """
    digests = []
    sharing = defaultdict(set)
    for kind, identifier in identifiers:
        digest = hmac.digest(key(), f"{kind}\x00{identifier}".encode("utf-8", "surrogatepass"), "sha256")
        letters = base64.b32encode(digest).decode("ascii")
        digests.append(letters)
        sharing[letters[:SHORT]].add(letters)
    return [PREFIX + (d[:SHORT] if len(sharing[d[:SHORT]]) == 1 else d[:LONG]) for d in digests]
