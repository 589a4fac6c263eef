"""LinkedIn's list of connections: Connections.csv of its archive."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tertius.intake.contact_table import Headers, contacts
from tertius.intake.contacts import Contact, star
from tertius.intake.options import ReadOptions
from tertius.intake.parts import Parsed
from tertius.intake.report import Draft

CANNOT_KNOW = (
    "Which of your contacts know each other: LinkedIn does not say.",
    "How well you know somebody, and whether you were ever in touch.",
    "Whom you know without being connected there.",
)

HEADERS = Headers(
    parts={
        "first": ("firstname", "vorname", "prenom", "nombre", "nome", "voornaam", "fornamn", "fornavn", "imie", "ad"),
        "last": (
            *("lastname", "nachname", "nom", "apellidos?", "cognome", "sobrenome", "achternaam", "efternamn"),
            *("efternavn", "etternavn", "nazwisko", "soyad"),
        ),
        "url": ("url", "profileurl"),
        "emails": (
            *("emailaddress", "emailadresse", "adresseemail", "emailadres", "indirizzoemail", "email"),
            *("direcciondecorreoelectronico", "enderecodeemail", "epostadress", "epostadresse", "adresemail"),
        ),
        "organisation": (
            *("company", "unternehmen", "firma", "entreprise", "societe", "empresa", "azienda", "bedrijf", "foretag"),
            *("virksomhed", "bedrift", "sirket"),
        ),
        "role": (
            *("position", "poste", "cargo", "posizione", "qualifica", "functie", "befattning", "stilling"),
            *("stanowisko", "pozisyon", "unvan"),
        ),
        "since": (
            *("connectedon", "verbundenam", "vernetztam", "connect(e|ion)le", "conectadoel", "conectadoem"),
            *("collegatoil", "verbondenop"),
        ),
    },
    needed=(("first", "last", "since"), ("first", "last", "url", "organisation"), ("first", "last", "url", "role")),
    is_dated=True,
)


def is_header(cells: list[str]) -> bool:
    """Whether a record is the header of the list.

    Examples
    --------
    >>> is_header("First Name,Last Name,URL,Email Address,Company,Position,Connected On".split(","))
    True
    >>> is_header("Nome,Cognome,URL,Indirizzo e-mail,Azienda,Posizione,Data di collegamento".split(","))
    True
    """
    return HEADERS.fit(cells)


def connections(records: Iterable[tuple[int, list[str]]], draft: Draft, options: ReadOptions) -> Iterator[Contact]:
    """Yield the connections. What has no profile and no name but an employer is a ghost: an account that was closed."""
    for contact in contacts(records, HEADERS, draft, options):
        if contact.is_organisation:
            contact.is_organisation = False
            if not contact.url and not contact.emails:
                contact.organisation = ""
        yield contact


def parse(records: Iterable[tuple[int, list[str]]], draft: Draft, options: ReadOptions, me: list[str]) -> Parsed:
    """Make a star of the connections."""
    return star(connections(records, draft, options), draft, options, me, "LinkedIn connections")
