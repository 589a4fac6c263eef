"""Google's contacts, exported as "Google CSV": with the headers in use since 2024, and those before."""

from __future__ import annotations

from collections.abc import Iterable

from tertius.intake.contact_table import Headers, contacts
from tertius.intake.contacts import star
from tertius.intake.options import ReadOptions
from tertius.intake.parts import Parsed
from tertius.intake.report import Draft

CANNOT_KNOW = (
    "Which of your contacts know each other.",
    "Whether you were ever in touch: some services put everybody into the address book who once wrote.",
)

HEADERS = Headers(
    parts={
        "first": ("firstname", "givenname"),
        "middle": ("middlename", "additionalname"),
        "last": ("lastname", "familyname"),
        "name": ("name", "fileas"),
        "organisation": ("organizationname", "organization1name"),
        "role": ("organizationtitle", "organization1title"),
        "location": ("address1city",),
        "emails": tuple(f"email{k}value" for k in range(1, 10)),
        "labels": ("labels",),
        "membership": ("groupmembership",),
        "groups": ("labels", "groupmembership"),
    },
    needed=(("organisation", "labels"), ("first", "membership")),
    separator=" ::: ",
)


def is_header(cells: list[str]) -> bool:
    """Whether a record is the header of such an export.

    Examples
    --------
    >>> is_header(["Given Name", "Family Name", "Group Membership"]), is_header(["Organization Name", "Labels"])
    (True, True)
    """
    return HEADERS.fit(cells)


def parse(records: Iterable[tuple[int, list[str]]], draft: Draft, options: ReadOptions, me: list[str]) -> Parsed:
    """Make a star of the contacts."""
    return star(contacts(records, HEADERS, draft, options), draft, options, me, "Google contacts")
