"""Address books: from a list of contacts to a star around the person whose list it is, under code names.

Being in an address book is no evidence of contact, and says nothing of ties among the others: the relation is called
``listed``, has no strength, and the network's ``alter_ties`` is ``"none"``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pandas as pd

from tertius.errors import ReadError
from tertius.intake.aliases import Aliases, Identifier, propose
from tertius.intake.identifiers import load_key, own_identifiers
from tertius.intake.names import folded, may_be_one, names_nobody, plain, readable, tidy
from tertius.intake.options import ReadOptions
from tertius.intake.parts import Parsed, relation
from tertius.intake.report import Draft, plural
from tertius.privacy import codes, names

EGO = "me"
"""The id of the person whose account or address book it is."""

LABEL_CHARACTERS = 1_000

PRIVACY = (
    "People stand under code names; who they are is known on this computer until the notebook stops: "
    "network.with_names() shows them, to you alone."
)


@dataclass
class Contact:
    """Somebody in an address book, as far as it is read.

    Attributes
    ----------
    line : int
        Where the entry begins.
    name, organisation, role, location, url : str
    emails : list of str
        Addresses; what is no address is passed over by `identifier`.
    groups : list of str
        Labels that the owner gave.
    since : date or None
    is_organisation : bool
    apart : tuple of (str, str) or None
        What tells the contact from another with the same address.
    """

    line: int
    name: str = ""
    organisation: str = ""
    role: str = ""
    location: str = ""
    url: str = ""
    emails: list[str] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    since: date | None = None
    is_organisation: bool = False
    apart: tuple[str, str] | None = None

    def identifiers(self) -> list[tuple[str, str]]:
        """What the contact is known by: e-mail addresses, a profile; and if there is neither, name and organisation.

        Who shares an address with somebody else is known by what tells the two apart.
        """
        if self.apart:
            return [self.apart]
        known = [("email", codes.address(email)) for email in self.emails if codes.is_address(email)]
        if self.url:
            known.append(("url", codes.profile(self.url)))
        return known or [("name", codes.named(self.name, self.organisation))]

    def identifier(self) -> tuple[str, str]:
        """The first of them, which tells the contact from others."""
        return self.identifiers()[0]

    def set_apart(self) -> None:
        """Be known by the profile, or by name and address, from now on."""
        known = dict(reversed(self.identifiers()))
        self.apart = ("url", known["url"]) if "url" in known else ("name", codes.named(self.name, known["email"]))

    @property
    def shown(self) -> str:
        """The best name for the table of names."""
        return tidy(readable(self.name or self.organisation or next(iter(self.emails), "") or self.url))


def star(
    contacts: Iterable[Contact],
    draft: Draft,
    options: ReadOptions,
    me: list[str],
    title: str,
    aliases: Aliases | None = None,
) -> Parsed:
    """Make people and ties of contacts.

    Entries with the same identifier are one person; but those of one address whose names cannot be one person's are
    kept apart, as households and offices share addresses. An entry that is the owner's own, by one of the words in
    ``me``, is left out, and so is one that names nobody.

    Parameters
    ----------
    contacts : iterable of Contact
        One a record; each is counted.
    me : list of str
        Addresses, profiles or names of the owner; may be empty.
    title : str
        What the network is called: the kind of file, as its name may be somebody's.
    aliases : Aliases, optional
        Those of the whole file, if this is a part of it, whose reader tells of them; else what ``options`` say.
    """
    known = aliases or Aliases(options, draft)
    people, sharing = _told_apart(contacts, draft, options, me, known)
    if not people:
        draft.refuse("R02", "No contact is left.", "Look whether it is the right file, and whether it was saved whole.")
    draft.warn(
        "R43",
        "This is a list of contacts: it says whom you know, not how well, and not which of them know each other. "
        "Measures that need to know will refuse.",
    )
    code_names = named_apart(people.keys(), draft)
    remember({code: one.shown for code, one in zip(code_names, people.values(), strict=True)}, options, draft)
    if aliases is None:
        known.tell(draft)
    _tell_sharing(sharing, dict(zip(people, code_names, strict=True)), draft)
    propose(((code, one.name) for code, one in zip(code_names, people.values(), strict=True)), draft)
    nodes = people_table(code_names, people.values())
    days = [one.since.isoformat() if one.since else "" for one in people.values()]
    ties = pd.DataFrame(
        {
            "source": EGO,
            "target": code_names,
            "relation": "listed",
            "wave": 1,
            "weight": np.nan,
            "first_contact": days,
            "last_contact": "",
            "status": "observed",
            "reported_by": "",
        }
    )
    listed = relation("listed", False, "binary") | {"alter_ties": options.alter_ties or "none"}
    return Parsed(nodes, ties, meta(title, draft, listed["alter_ties"], [listed]))


def _told_apart(
    contacts: Iterable[Contact], draft: Draft, options: ReadOptions, me: list[str], aliases: Aliases
) -> tuple[dict[Identifier, Contact], dict[Identifier, tuple[int, Identifier]]]:
    """Each person once, without the owner; and who has the address of another: on which line, and of whom."""
    people: dict[Identifier, Contact] = {}
    sharing: dict[Identifier, tuple[int, Identifier]] = {}
    mine = own_identifiers(me)
    repeated, own, nobody = [], 0, []
    for contact in contacts:
        draft.n_records += 1
        if draft.n_records % 1024 == 0:
            draft.check_time()
        if names_nobody(contact.shown):
            nobody.append(contact.line)
            continue
        identifier = aliases.leader(*contact.identifiers())
        if identifier in people and identifier == contact.identifier() and _differ(people[identifier], contact):
            contact.set_apart()
            other, identifier = identifier, aliases.leader(*contact.identifiers())
            if identifier not in people:
                sharing[identifier] = contact.line, other
        if mine & {("name", folded(contact.name)), *contact.identifiers()}:
            own += 1
        elif identifier in people:
            repeated.append(contact.line)
            _join(people[identifier], contact)
        else:
            people[identifier] = contact
            if len(people) > options.limits.nodes:
                draft.refuse_more("people", "nodes", options.limits.nodes, row=contact.line)
    draft.skip("entry without a name", len(nobody))
    draft.skip("your own entry", own)
    draft.skip("entry of somebody listed before", len(repeated))
    if repeated:
        told = f"{plural(len(repeated), 'entry', 'entries')} of people listed before; each person is kept once."
        draft.warn("R19", told, row=repeated[0], count=len(repeated))
    if nobody:
        told = f"{plural(len(nobody), 'entry', 'entries')} without a name, address or profile left out."
        draft.note("R16", told, row=nobody[0], count=len(nobody))
    return people, sharing


def _differ(one: Contact, other: Contact) -> bool:
    """Whether two entries of one identifier are of different people, by their names."""
    if one.url and one.url == other.url:
        return False
    names = [contact.name for contact in (one, other) if contact.name and "@" not in contact.name]
    return one.identifier()[0] == "email" and len(names) == 2 and not may_be_one(*names)


def _tell_sharing(
    sharing: dict[Identifier, tuple[int, Identifier]], code_of: dict[Identifier, str], draft: Draft
) -> None:
    if sharing:
        identifier, (line, other) = next(iter(sharing.items()))
        have = plural(len(sharing), "person has", "people have")
        told = f"{have} the address of somebody with another name; I kept them apart."
        hint = f"If the first two are one person: {draft.call(merge=[[code_of[other], code_of[identifier]]])}."
        draft.warn("N04", told, hint, row=line, count=len(sharing))


def given_labels(words: Iterable[str]) -> list[str]:
    """The labels that the owner gave; those that Google gives to everybody, and its stars, are none.

    Examples
    --------
    >>> given_labels(["* myContacts", "* Friends", "starred", "Team"])
    ['Friends', 'Team']
    """
    labels = [word.lstrip("* ") for word in words]
    return [label for label in labels if plain(label) not in ("mycontacts", "starred", "")]


def _join(kept: Contact, other: Contact) -> None:
    """Fill what the first entry leaves empty from another of the same person."""
    for part in ("name", "organisation", "role", "location", "url", "since"):
        if not getattr(kept, part):
            setattr(kept, part, getattr(other, part))
    kept.groups += [group for group in other.groups if group not in kept.groups]


def named_apart(identifiers: Iterable[tuple[str, str]], draft: Draft) -> list[str]:
    """The code names of these people, made with the key of this computer."""
    identifiers = list(identifiers)
    made = codes.codes(identifiers, load_key(draft))
    weak = sum(kind == "name" for kind, _ in identifiers)
    if weak:
        draft.note(
            "N03",
            f"{plural(weak, 'person has', 'people have')} neither an address nor a profile, so the code name is of "
            "name and organisation: two people with the same would be one.",
            count=weak,
        )
    return made


def remember(table: dict[str, str], options: ReadOptions, draft: Draft) -> None:
    """Put names into the table in memory; beside the key too, if the learner asked for it."""
    names.remember(table)
    if options.keep_names:
        try:
            names.keep(table)
        except ReadError as error:
            draft.refuse("R47", str(error))
        draft.note("N03", "As you said, the names are kept in your configuration folder, beside the key.")


def people_table(code_names: list[str], people: Iterable[Contact]) -> pd.DataFrame:
    """The nodes: the owner first, then everybody under a code name."""
    people = list(people)

    def column(first: str, values: list[str]) -> list[str]:
        return [first, *(tidy(readable(value))[:LABEL_CHARACTERS] for value in values)]

    return pd.DataFrame(
        {
            "id": [EGO, *code_names],
            "kind": ["person", *("organisation" if one.is_organisation else "person" for one in people)],
            "label": [EGO, *code_names],
            "organisation": column("", ["" if one.is_organisation else one.organisation for one in people]),
            "role": column("", [one.role for one in people]),
            "group": column("", [", ".join(one.groups) for one in people]),
            "location": column("", [one.location for one in people]),
        }
    )


def meta(title: str, draft: Draft, alter_ties: str, relations: list[dict]) -> dict:
    """What is known about a network from a personal account."""
    return {
        "name": draft.kind,
        "title": title,
        "ego": EGO,
        "alter_ties": alter_ties,
        "default_relation": relations[0]["name"],
        "default_wave": 1,
        "relations": relations,
        "contains_names": False,
        "pseudonymous": True,
        "synthetic": False,
    }


def refuse_if_much_is_lost(lost: dict[str, list[int]], draft: Draft) -> None:
    """Count lines that could not be used; refuse if they are more than a fifth, else warn."""
    for reason, at in lost.items():
        if at:
            draft.skip(reason, len(at))
            told = f"{plural(len(at), 'entry', 'entries')} could not be used ({reason}), so I left them out."
            if sum(map(len, lost.values())) * 5 <= draft.n_records:
                draft.warn("R12", told, row=at[0], count=len(at))
    n_lost = sum(map(len, lost.values()))
    if n_lost * 5 > draft.n_records:
        reasons = ", ".join(f"{reason} ({len(at):,}, first on line {at[0]})" for reason, at in lost.items() if at)
        draft.refuse(
            "R36",
            f"I could not use {n_lost:,} of {draft.n_records:,} entries, more than a fifth: {reasons}.",
            "Export the file again; do not open and save it in a spreadsheet program in between.",
            row=min(at[0] for at in lost.values() if at),
        )
