"""`Remembered`: whom a learner has put on their map from memory, checked, and as a `tertius.Network` and back."""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Self

import pandas as pd

from tertius.errors import ParameterError
from tertius.intake.names import names_nobody, readable, tidy
from tertius.intake.pair import looks_like_a_name
from tertius.intake.report import plural
from tertius.network import Network

EGO = "me"
RELATION = "remembered"
"""What the ties of a map from memory are called: beside those of an import, and never mixed with them."""

MOST_PEOPLE = 40
MOST_IN_GRID = 15
LONGEST = {"code": 60, "group": 80, "offers": 300, "needs": 300}
"""Characters in each text."""

SCALE = 5
MIDDLE = 3
"""The closeness that counts for a tie until somebody says how close it is, and for ties among contacts."""

RELATIONS = {
    "colleague": "a colleague",
    "above": "above me",
    "below": "reports to me",
    "partner": "a client or partner",
    "private": "a friend or family",
    "other": "something else",
}
CLOSENESS = {"1": "1: distant", "2": "2", "3": "3: in between", "4": "4", "5": "5: very close"}
OFTEN = {
    "daily": "most days",
    "weekly": "every week or so",
    "monthly": "every month or so",
    "yearly": "a few times a year",
    "rarely": "less than that",
}
ABOUT_ME = ("group", "offers", "needs")
CHOICES = {"relation": RELATIONS, "closeness": CLOSENESS, "often": OFTEN}

_MARKS = re.compile("[,;|\n]")


@dataclass(frozen=True)
class Contact:
    """One person on the map, as it was typed.

    Attributes
    ----------
    key : str
        Tells the contact from the others, whatever the code.
    code : str
        Initials or another short name.
    prompts : tuple of str
        The questions to which the contact was named.
    group, relation, often, last : str
        Where from; one of `RELATIONS`; one of `OFTEN`; the day of the last contact. Empty if not said.
    closeness : str
        "1" to "5", or empty.
    offers, needs : str
        Tags, with commas between them.
    grid : bool
        Whether it is asked whom of the others the contact knows.
    """

    key: str
    code: str = ""
    prompts: tuple[str, ...] = ()
    group: str = ""
    relation: str = ""
    closeness: str = ""
    often: str = ""
    last: str = ""
    offers: str = ""
    needs: str = ""
    grid: bool = True

    @classmethod
    def of(cls, given: Any, number: int | str) -> Self:
        """Check one contact of what a browser sent."""
        where = f"Contact {number}"
        if not isinstance(given, Mapping) or not isinstance(given.get("key"), str) or not given["key"]:
            raise ParameterError(f"{where} did not arrive whole; type it again.")
        texts = {}
        for name in ("key", "code", "group", "relation", "closeness", "often", "last", "offers", "needs"):
            text = given.get(name) or ""
            if not isinstance(text, str):
                raise ParameterError(f"{where}: what stands under {name} is no text.")
            if len(text) > (most := LONGEST.get(name, 200)):
                raise ParameterError(
                    f"{where}: what stands under {name} has {len(text):,} characters, and there is room for {most}."
                )
            texts[name] = text
        for name, options in CHOICES.items():
            if texts[name] and texts[name] not in options:
                raise ParameterError(f"{where}: {texts[name][:40]!r} is none of the options for {name}.")
        if texts["last"] and not _is_day(texts["last"]):
            raise ParameterError(f"{where}: {texts['last'][:40]!r} is no day; write it like 2026-01-31.")
        prompts = given.get("prompts")
        named = tuple(one for one in prompts if isinstance(one, str)) if isinstance(prompts, (list, tuple)) else ()
        return cls(**texts, prompts=tuple(dict.fromkeys(named)), grid=given.get("grid") is not False)

    def value(self) -> dict[str, Any]:
        """The contact as it is sent to the browser."""
        return {**vars(self), "prompts": list(self.prompts)}


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def tags(text: str) -> list[str]:
    """The tags of a text with commas between them, each once.

    Examples
    --------
    >>> tags("data, grant writing; data,")
    ['data', 'grant writing']
    """
    return list(dict.fromkeys(tag for part in _MARKS.split(text) if (tag := tidy(readable(part)))))


@dataclass(frozen=True)
class Remembered:
    """Everybody on the map, and who of them know each other.

    Attributes
    ----------
    people : tuple of Contact
    ties : tuple of (str, str)
        Keys of two contacts in the grid, in the order of ``people``.
    me : Contact
        The learner, of whom only ``group``, ``offers`` and ``needs`` are asked.
    """

    people: tuple[Contact, ...] = ()
    ties: tuple[tuple[str, str], ...] = ()
    me: Contact = Contact(EGO, EGO)

    @classmethod
    def of(cls, given: Any) -> Self:
        """Check what a browser sent.

        Raises
        ------
        ParameterError
            If it is no map, or too large. What stands in it is never cut or dropped.
        """
        if not isinstance(given, Mapping) or not all(isinstance(given.get(k), list) for k in ("people", "ties")):
            raise ParameterError("The map did not arrive whole; change something, and it is sent again.")
        if len(given["people"]) > MOST_PEOPLE:
            raise ParameterError(
                f"A map from memory has at most {MOST_PEOPLE} contacts, and this one has {len(given['people'])}."
            )
        people = tuple(Contact.of(one, number) for number, one in enumerate(given["people"], 1))
        place = {one.key: k for k, one in enumerate(people)}
        if len(place) < len(people):
            raise ParameterError("Two contacts arrived as one; type the last one again.")
        asked = {one.key for one in people if one.grid}
        if len(asked) > MOST_IN_GRID:
            raise ParameterError(f"The grid has room for {MOST_IN_GRID}; leave {len(asked) - MOST_IN_GRID} out of it.")
        ties = set()
        for pair in given["ties"]:
            if not (isinstance(pair, (list, tuple)) and len(pair) == 2 and all(isinstance(k, str) for k in pair)):
                raise ParameterError("A tie did not arrive whole; tick it again.")
            if pair[0] != pair[1] and asked.issuperset(pair):  # who has left the grid leaves no ties behind
                ties.add(tuple(sorted(pair, key=place.__getitem__)))
        ordered = sorted(ties, key=lambda pair: (place[pair[0]], place[pair[1]]))
        me = Contact.of({**(given.get("me") or {}), "key": EGO, "code": EGO}, "you")
        return cls(people, tuple(ordered), Contact(EGO, EGO, group=me.group, offers=me.offers, needs=me.needs))

    def value(self) -> dict[str, Any]:
        """What is sent to the browser."""
        return {"people": [one.value() for one in self.people], "ties": [list(pair) for pair in self.ties]} | {
            "me": {name: getattr(self.me, name) for name in ABOUT_ME}
        }

    def ids(self) -> dict[str, str]:
        """What each contact is called in the network, by key: the code, made unique, or P01, P02 … without one."""
        called: dict[str, str] = {}
        wanted = [_called(one.code) for one in self.people]
        free = (f"P{k:02}" for k in range(1, 2 * MOST_PEOPLE + 2))
        taken = {EGO, *wanted}
        for one, code in zip(self.people, wanted, strict=True):
            if not code:
                code = next(id for id in free if id not in taken)
            elif code == EGO or code in called.values():
                code = next(id for k in range(2, MOST_PEOPLE + 3) if (id := f"{code}-{k}") not in taken)
            called[one.key] = code
            taken.add(code)
        return called

    @property
    def alter_ties(self) -> str:
        """Whether everybody was in the grid."""
        return "reported" if all(one.grid for one in self.people) else "partial"

    def network(self, on: date) -> Network:
        """Return the map as a network whose ego is ``me``.

        Parameters
        ----------
        on : datetime.date
            The day on which it was made.

        Returns
        -------
        Network
            One relation, ``remembered``, undirected. ``weight`` is the closeness from 1 to 5; where nobody said how
            close, ``closeness`` is ``nan`` and the weight 3. If closeness was said of nobody, ties have no weight.
        """
        ids = self.ids()
        is_rated = any(one.closeness for one in self.people)
        middle = float(MIDDLE) if is_rated else math.nan
        about_me = {
            "group": tidy(readable(self.me.group)),
            "offers": tags(self.me.offers),
            "needs": tags(self.me.needs),
        }
        nodes = [_person(EGO, **about_me)] + [
            _person(
                ids[one.key],
                group=tidy(readable(one.group)),
                offers=tags(one.offers),
                needs=tags(one.needs),
                prompts=list(one.prompts),
                in_grid=one.grid,
            )
            for one in self.people
        ]
        ties = [
            _tie(
                EGO,
                ids[one.key],
                weight=float(one.closeness) if one.closeness else middle,
                closeness=float(one.closeness) if one.closeness else math.nan,
                last_contact=one.last,
                often=one.often,
                bond=one.relation,
            )
            for one in self.people
        ] + [_tie(ids[a], ids[b], weight=middle, closeness=math.nan) for a, b in self.ties]
        relation = {
            "name": RELATION,
            "directed": False,
            "two_mode": False,
            "unit": "rating" if is_rated else "binary",
            "scale_max": SCALE if is_rated else 1,
            "symmetrise": "max",
            "alter_ties": self.alter_ties,
        }
        meta = {
            "name": "my-map",
            "title": "My map",
            "ego": EGO,
            "alter_ties": self.alter_ties,
            "default_relation": RELATION,
            "default_wave": 1,
            "reference_date": on.isoformat(),
            "synthetic": False,
            "contains_names": False,
            "relations": [relation],
        }
        return Network(_frame(nodes, _person("")), _frame(ties, _tie("", "", weight=1.0, closeness=1.0)), meta)

    @classmethod
    def from_network(cls, network: Network) -> Self:
        """Find in a network what was put there from memory; nothing if nothing was."""
        if "remembered" not in network.nodes or RELATION not in (r["name"] for r in network.meta.get("relations", [])):
            return cls()
        among = network.ties[network.ties["relation"] == RELATION]
        own = {row["target"]: row for row in among[among["source"] == network.ego].to_dict("records")}
        people = []
        rows = network.nodes[is_remembered(network.nodes)].to_dict("records")
        for row in rows:
            if row["id"] == network.ego:
                continue
            tie = own.get(row["id"], {})
            closeness = tie.get("closeness", math.nan)
            people.append(
                Contact(
                    key=row["id"],
                    code=row["id"],
                    prompts=tuple(row["prompts"]),
                    relation=_text(tie.get("bond")),
                    closeness=f"{closeness:.0f}" if closeness == closeness and closeness is not None else "",
                    often=_text(tie.get("often")),
                    last=_text(tie.get("last_contact")),
                    grid=bool(row["in_grid"]),
                    **_remembered(row),
                )
            )
        rest = among[among["source"] != network.ego][["source", "target"]].to_numpy().tolist()
        me = next((_remembered(row) for row in rows if row["id"] == network.ego), {})
        return cls.of({"people": [one.value() for one in people], "ties": rest, "me": me})

    def same_as(self, other: Remembered) -> bool:
        """Whether both make the same map, whatever the keys and however it was typed."""
        return self._settled() == other._settled()

    def stamp(self) -> str:
        """A short mark of the map: the same for maps that are the same."""
        value = self._settled().value()
        return hashlib.blake2b(json.dumps(value, sort_keys=True).encode(), digest_size=8).hexdigest()

    def _settled(self) -> Remembered:
        """As it comes back from a network."""
        ids = self.ids()
        people = tuple(replace(_tidied(one), key=ids[one.key], code=ids[one.key]) for one in self.people)
        return Remembered(people, tuple((ids[a], ids[b]) for a, b in self.ties), _tidied(self.me))

    def notes(self) -> list[str]:
        """What somebody who looks over the map would remark, a sentence each."""
        ids, notes = self.ids(), []
        counts = Counter(_called(one.code) for one in self.people)
        twice = [code for code, n in counts.items() if code and n > 1]
        notes += [
            f"“{code}” is there more than once; to be told apart, the later ones count as {code}-2 …" for code in twice
        ]
        unnamed = [ids[one.key] for one in self.people if not _called(one.code)]
        if unnamed:
            notes.append(
                f"Without a code of their own, {', '.join(unnamed)} {'is' if len(unnamed) == 1 else 'are'} so called."
            )
        namelike = [one.code for one in self.people if looks_like_a_name(one.code)]
        if namelike:
            notes.append(
                f"“{readable(namelike[0])}” looks like a name, an address or a number. Initials or a code are enough "
                "for you, and tell others less."
            )
        unsaid = sum(not one.closeness for one in self.people)
        if unsaid and unsaid < len(self.people):
            notes.append(
                f"How close you are to {plural(unsaid, 'person', 'people')} is not said yet; until then each counts as "
                f"{MIDDLE} of {SCALE}."
            )
        left_out = sum(not one.grid for one in self.people)
        if left_out:
            notes.append(
                f"{plural(left_out, 'contact is', 'contacts are')} not in the grid, so the map knows only some of the "
                "ties among your contacts; results will say so."
            )
        return notes


def _tidied(one: Contact) -> Contact:
    """A contact's texts as they come back from a network."""
    lists = {name: ", ".join(tags(getattr(one, name))) for name in ("offers", "needs")}
    return replace(one, group=tidy(readable(one.group)), **lists)


def _called(code: str) -> str:
    """A code as the network holds it; empty if it names nobody."""
    code = tidy(readable(code))
    return "" if names_nobody(code) else code


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _person(
    id: str,
    *,
    group: str = "",
    offers: list[str] | None = None,
    needs: list[str] | None = None,
    prompts: list[str] | None = None,
    in_grid: bool = False,
) -> dict[str, Any]:
    said = {"group": group, "offers": offers or [], "needs": needs or []}
    return {
        "id": id,
        "kind": "person",
        "label": id,
        **said,
        "prompts": prompts or [],
        "in_grid": in_grid,
        # The same once more: beside an import, the columns above hold what either says.
        "remembered": json.dumps(said, ensure_ascii=False),
    }


def is_remembered(nodes: pd.DataFrame) -> pd.Series:
    """Who of the people, the learner included, is there from memory."""
    return nodes["remembered"].map(lambda cell: isinstance(cell, str) and bool(cell))


def _remembered(row: Mapping[str, Any]) -> dict[str, str]:
    """What was typed of somebody: ``group``, ``offers`` and ``needs``, as texts."""
    try:
        said = json.loads(row["remembered"])
        lists = {name: ", ".join(said[name]) for name in ("offers", "needs")}
        return {"group": _text(said["group"]), **lists}
    except (ValueError, KeyError, TypeError):  # somebody has edited the file
        return {}


def _tie(
    source: str,
    target: str,
    *,
    weight: float,
    closeness: float,
    last_contact: str = "",
    often: str = "",
    bond: str = "",
) -> dict[str, Any]:
    return {
        "source": source,
        "target": target,
        "relation": RELATION,
        "wave": 1,
        "weight": weight,
        "status": "reported",
        "reported_by": EGO,
        "closeness": closeness,
        "last_contact": last_contact,
        "often": often,
        "bond": bond,
    }


def _frame(rows: list[dict[str, Any]], pattern: dict[str, Any]) -> pd.DataFrame:
    """A table of these rows; without any, its columns are those of the pattern."""
    if rows:
        return pd.DataFrame(rows)
    return pd.DataFrame([pattern]).iloc[:0]
