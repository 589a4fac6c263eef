"""Outlook's contacts, exported as CSV; in the languages whose headers are known."""

from __future__ import annotations

from collections.abc import Iterable

from tertius.intake import linkedin
from tertius.intake.contact_table import Headers, contacts
from tertius.intake.contacts import star
from tertius.intake.options import ReadOptions
from tertius.intake.parts import Parsed
from tertius.intake.report import Draft

CANNOT_KNOW = (
    "Which of your contacts know each other.",
    "Whether you were ever in touch, and how well you know somebody.",
)

HEADERS = Headers(
    parts={
        "first": ("firstname", "vorname", "prenom", "nombre", "voornaam"),
        "middle": ("middlename", "weiterevornamen", "deuxiemeprenom", "segundonombre"),
        "last": ("lastname", "nachname", "nom", "apellidos", "achternaam"),
        "organisation": ("company", "firma", "societe", "organizacion", "compania", "bedrijf"),
        "role": ("jobtitle", "position", "titre", "puesto", "cargo", "functie"),
        "location": ("businesscity", "ortgeschaftlich", "villebureau"),
        "emails": (
            "emailaddress",
            "email[23]address",
            "emailadresse",
            "email[23]adresse",
            "adressedemessagerie",
            "adressedemessagerie[23]",
            "direcciondecorreoelectronico",
            "direcciondecorreoelectronico[23]",
            "emailadres",
            "email[23]adres",
        ),
        "groups": ("categories", "kategorien", "categorias", "categorieen"),
    },
    needed=(("first", "emails"), ("last", "emails")),
    separator=";",
)


def is_header(cells: list[str]) -> bool:
    """Whether a record is the header of such an export.

    Examples
    --------
    >>> is_header(["First Name", "Last Name", "E-mail Address"]), is_header(["Vorname", "E-Mail-Adresse"])
    (True, True)
    """
    return HEADERS.fit(cells) and not linkedin.is_header(cells)


def parse(records: Iterable[tuple[int, list[str]]], draft: Draft, options: ReadOptions, me: list[str]) -> Parsed:
    """Make a star of the contacts."""
    return star(contacts(records, HEADERS, draft, options), draft, options, me, "Outlook contacts")
