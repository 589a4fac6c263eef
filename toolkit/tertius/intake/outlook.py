"""Contacts of Outlook, Thunderbird and Yahoo, exported as CSV; in the languages whose headers are known."""

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
        "first": ("firstname", "vorname", "prenom", "nombre", "nome", "voornaam", "first"),
        "middle": ("middlename", "weiterevornamen", "deuxiemeprenom", "(segundo|secondo)(nombre|nome)", "middle"),
        "last": ("lastname", "nachname", "nom", "apellidos?", "cognome", "sobrenome", "apelido", "achternaam", "last"),
        "name": ("displayname", "anzeigename", "nomaafficher"),
        "organisation": (
            *("company", "firma", "societe", "organizacion", "compania", "societa", "azienda", "empresa", "bedrijf"),
            "organi[sz]ation",
        ),
        "role": ("jobtitle", "position", "fonction", "puesto", "cargo", "posizione", "qualifica", "functie", "titre"),
        "location": ("(business|work)city", "ortgeschaftlich", "villebureau", "ciudaddetrabajo", "cittauff"),
        "emails": (
            "emailaddress",
            "email[123]address",
            "emailadresse[123]?",
            "email[23]adresse",
            "adressedemessagerie[23]?",
            "adressee?mail[123]?",
            "direcciondel?correoelectronico[23]?",
            "indirizzopostaelettronica[23]?",
            "indirizzo(di)?email[123]?",
            "enderecode(email|correioeletronico|correioelectronico)[23]?",
            "emailadres[23]?",
            "email[23]adres",
            "primaryemail",
            "secondaryemail",
            "email",
            "alternateemail[12]",
        ),
        "groups": ("categories", "kategorien", "categorias", "categorie", "categorieen"),
    },
    needed=(("first", "emails"), ("last", "emails"), ("name", "emails")),
    separator=";",
    right_of={"titre": "organisation"},
)
"""In French, the salutation before a name and the work after the company are called by one word."""


def is_header(cells: list[str]) -> bool:
    """Whether a record is the header of such an export.

    Examples
    --------
    >>> is_header(["First Name", "Last Name", "E-mail Address"]), is_header(["Vorname", "E-Mail-Adresse"])
    (True, True)
    >>> is_header(["First Name", "Last Name", "Display Name", "Primary Email"]), is_header(["name", "email"])
    (True, False)
    """
    return HEADERS.fit(cells) and not linkedin.is_header(cells)


def parse(records: Iterable[tuple[int, list[str]]], draft: Draft, options: ReadOptions, me: list[str]) -> Parsed:
    """Make a star of the contacts."""
    return star(contacts(records, HEADERS, draft, options), draft, options, me, "Contacts")
