"""Address books as vCards (.vcf), versions 2.1 to 4.0: each card by itself, so that one bad card loses no other."""

from __future__ import annotations

import codecs
import quopri
import re
from collections.abc import Iterator

from tertius.intake.blocks import blocks
from tertius.intake.contacts import Contact, given_labels, refuse_if_much_is_lost, star
from tertius.intake.names import tidy
from tertius.intake.options import ReadOptions
from tertius.intake.parts import Parsed
from tertius.intake.report import Draft, plural
from tertius.intake.text import Text

CANNOT_KNOW = (
    "Which of your contacts know each other.",
    "Whether you were ever in touch, and how well you know somebody.",
)

READ = ("FN", "N", "ORG", "TITLE", "EMAIL", "ADR", "CATEGORIES", "KIND", "X-ADDRESSBOOKSERVER-KIND", "VERSION")
"""The properties that are read. Notes, pictures, numbers and birthdays never leave their lines."""

_KIND = re.compile(r"(?:[\w-]+\.)?(?:X-ADDRESSBOOKSERVER-)?KIND[;:]", re.IGNORECASE)
_NOBODY = ("group", "location", "device", "thing", "application")
"""Kinds of cards that are neither of a person nor of an organisation."""


def parse(text: Text, draft: Draft, options: ReadOptions, me: list[str]) -> Parsed:
    """Make a star of the cards."""
    return star(_contacts(text, draft), draft, options, me, "Address book")


def _contacts(text: Text, draft: Draft) -> Iterator[Contact]:
    draft.evidence = "an address book of cards (vCard)"
    broken, nobody = [], []
    for line, card in blocks(text, "VCARD", READ, draft):
        if _kind(card) in _NOBODY:
            draft.n_records += 1
            nobody.append(line)
            continue
        contact = _contact(line, card) if card else None
        if contact is None:
            draft.n_records += 1
            broken.append(line)
        else:
            yield contact
    draft.skip("card of a group or a place", len(nobody))
    if nobody:
        told = f"{plural(len(nobody), 'card')} of groups, places or things left out."
        draft.note("N06", told, row=nobody[0], count=len(nobody))
    refuse_if_much_is_lost({"card that cannot be understood": broken}, draft)


def _kind(lines: list[str]) -> str:
    """What a card says that it is of; nothing, if it is of a person."""
    said = (line.partition(":")[2] for line in lines if _KIND.match(line))
    return next(said, "").strip().lower()


def _contact(line: int, lines: list[str]) -> Contact | None:
    """What a card says, or ``None`` if it cannot be understood."""
    import vobject

    plain = [_without_quoting(one) for one in lines]
    source = "\r\n".join(["BEGIN:VCARD", *plain, "END:VCARD", ""])
    try:
        card = vobject.readOne(source, validate=False, allowQP=False)
        names = {name: card.contents.get(name, []) for name in ("fn", "n", "org", "title", "email", "adr")}
        full = next((tidy(str(one.value)) for one in names["fn"] if str(one.value).strip()), "")
        if not full and names["n"]:
            parts = names["n"][0].value
            full = tidy(" ".join(filter(None, map(_joined, (parts.given, parts.additional, parts.family)))))
        units = names["org"][0].value if names["org"] else []
        organisation = tidy(units[0] if isinstance(units, list) and units else str(units or ""))
        kind = _kind(plain)
        return Contact(
            line=line,
            name="" if kind == "org" else full,
            organisation=organisation or (full if kind == "org" else ""),
            role=next((tidy(str(one.value)) for one in names["title"]), ""),
            location=next((tidy(_joined(one.value.city)) for one in names["adr"]), ""),
            emails=[tidy(str(one.value)).removeprefix("mailto:") for one in names["email"]],
            groups=given_labels(tidy(str(word)) for one in card.contents.get("categories", []) for word in one.value),
            is_organisation=kind == "org" or (bool(organisation) and full in ("", organisation)),
        )
    except Exception:
        # vobject answers a bad card with whatever it stumbles over; all of it means the same here.
        return None


def _joined(part: object) -> str:
    return " ".join(map(str, part)) if isinstance(part, (list, tuple)) else str(part or "")


def _without_quoting(line: str) -> str:
    """A property of version 2.1 in quoted-printable, as plain letters."""
    head, colon, value = line.partition(":")
    upper = head.upper()
    if "QUOTED-PRINTABLE" not in upper:
        return line
    charset = re.search(r"CHARSET=\"?([\w-]+)", head, re.IGNORECASE)
    try:
        codec = codecs.lookup(charset[1]).name if charset else "utf-8"
        letters = quopri.decodestring(value.encode("latin-1", "replace")).decode(codec, "replace")
    except (LookupError, ValueError):
        letters = value
    letters = re.sub(r"[\r\n]+", " ", letters)
    name = re.split(r"[;:]", head)[0]
    return f"{name}{colon}{letters}"
