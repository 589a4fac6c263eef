"""Records of contact, such as messages and meetings, summed up for each two people while they go by.

Nothing is kept of a record but its share in the sums, so what is held does not grow with a mailbox.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd

from tertius.intake.addresses import ME, Addresses
from tertius.intake.contacts import EGO, meta
from tertius.intake.options import ReadOptions
from tertius.intake.parts import Parsed, relation
from tertius.intake.report import Draft, plural
from tertius.strength import HALF_LIVES, columns, strength

RELATION = "contact"


class Sums:
    """What went between two people: numbers of records, first and last day, and sums that fade, one a half-life."""

    __slots__ = ("c_in", "c_out", "first", "last", "n_in", "n_out", "n_shared")

    def __init__(self, day: int, n_half_lives: int) -> None:
        self.n_out = self.n_in = self.n_shared = 0
        self.first = self.last = day
        self.c_out = [0.0] * n_half_lives
        self.c_in = [0.0] * n_half_lives

    def add(self, day: int, out: float, into: float, half_lives: Sequence[float]) -> None:
        """Add a record of a day to the sums, which are those of the last day so far."""
        if day > self.last:
            for k, days in enumerate(half_lives):
                fade = 2.0 ** ((self.last - day) / days)
                self.c_out[k] = self.c_out[k] * fade + out
                self.c_in[k] = self.c_in[k] * fade + into
            self.last = day
            return
        self.first = min(self.first, day)
        for k, days in enumerate(half_lives):
            fade = 2.0 ** ((day - self.last) / days)
            self.c_out[k] += out * fade
            self.c_in[k] += into * fade

    def at(self, day: int, half_lives: Sequence[float]) -> tuple[list[float], list[float]]:
        """The sums on a later day."""
        fades = [2.0 ** ((self.last - day) / days) for days in half_lives]
        return [c * f for c, f in zip(self.c_out, fades, strict=True)], [
            c * f for c, f in zip(self.c_in, fades, strict=True)
        ]


class Pair:
    """The same for two of the others, of whom there are many more; less is kept: one half-life."""

    __slots__ = ("c_in", "c_out", "first", "last", "n_shared")

    n_out = n_in = 0

    def __init__(self, day: int) -> None:
        self.first = self.last = day
        self.n_shared = 0
        self.c_out = self.c_in = 0.0

    def add(self, day: int, out: float, into: float, half_life: float) -> None:
        """Add a record of a day to the sums, which are those of the last day so far."""
        self.n_shared += 1
        fade = 2.0 ** (-abs(day - self.last) / half_life)
        if day > self.last:
            self.c_out, self.c_in = self.c_out * fade + out, self.c_in * fade + into
            self.last = day
        else:
            self.c_out, self.c_in = self.c_out + out * fade, self.c_in + into * fade
            self.first = min(self.first, day)

    def at(self, day: int, half_lives: Sequence[float]) -> tuple[list[float], list[float]]:
        """The sums on a later day."""
        fade = 2.0 ** ((self.last - day) / half_lives[0])
        return [self.c_out * fade], [self.c_in * fade]


class Ledger:
    """All sums of a file.

    Parameters
    ----------
    people : Addresses
        Gives positions to those who are named in records.
    draft : Draft
    options : ReadOptions
        ``half_life``, ``reference_date``, ``min_contacts`` and ``limits.ties``.
    """

    def __init__(self, people: Addresses, draft: Draft, options: ReadOptions) -> None:
        self.people, self.draft, self.options = people, draft, options
        self.half_life = float(options.half_life)
        self.half_lives = sorted({*HALF_LIVES, self.half_life})
        self.until = options.reference_date.toordinal() if options.reference_date else None
        self.own: dict[int, Sums] = {}
        self.among: dict[tuple[int, int], Pair] = {}
        self.named: dict[int, int] = {}
        self.newest = 0

    def is_too_late(self, day: int) -> bool:
        """Whether a day comes after the one from which the learner looks back."""
        return self.until is not None and day > self.until

    def message(self, day: int, sender: int, recipients: Sequence[int]) -> None:
        """Count a message; its weight is shared by the recipients, the owner among them."""
        share = 1.0 / len(recipients)
        others = [one for one in recipients if one not in (ME, sender)]
        if sender == ME:
            for one in others:
                self._own(day, one, share, 0.0).n_out += 1
        else:
            self._own(day, sender, 0.0, share).n_in += 1
            others.append(sender)
        self._among(day, others, share, 0.0)

    def meeting(self, day: int, others: Sequence[int]) -> None:
        """Count a meeting; its weight is shared by those who were there beside the owner, half in each direction."""
        share = 1.0 / len(others)
        for one in others:
            self._own(day, one, share / 2, share / 2).n_shared += 1
        self._among(day, others, share / 2, share / 2)

    def _own(self, day: int, one: int, out: float, into: float) -> Sums:
        sums = self.own.get(one)
        if sums is None:
            sums = self.own[one] = Sums(day, len(self.half_lives))
        sums.add(day, out, into, self.half_lives)
        return sums

    def _among(self, day: int, others: Sequence[int], out: float, into: float) -> None:
        self.newest = max(self.newest, day)
        for one in others:
            self.named[one] = self.named.get(one, 0) + 1
        if len(others) < 2:
            return
        ordered = sorted(set(others))
        for k, u in enumerate(ordered):
            for v in ordered[k + 1 :]:
                sums = self.among.get((u, v))
                if sums is None:
                    sums = self.among[u, v] = Pair(day)
                    self._check_ties()
                sums.add(day, out, into, self.half_life)

    def _check_ties(self) -> None:
        most = self.options.limits.ties
        if len(self.among) + len(self.own) > most:
            self.draft.refuse_more("ties", "ties", most)

    def network(self, title: str) -> Parsed:
        """Make people and ties of the sums.

        Ties of the owner are ``observed``, those among the others ``inferred``: they were named in the same records.
        All are strengths in (0, 1]; a tie among others cannot be stronger than those of its ends to the owner would be
        with the same balance.
        """
        today = max(self.newest, self.until or 0)
        kept = [k for k in range(len(self.people)) if self.named.get(k, 0) >= self.options.min_contacts]
        hidden = sum(0 < self.named.get(k, 0) < self.options.min_contacts for k in range(len(self.people)))
        if hidden:
            told = f"As you said, I left out {plural(hidden, 'person', 'people')} with fewer than "
            told += f"{self.options.min_contacts} records of contact, so weak ties are understated."
            self.draft.warn("N05", told, count=hidden)
        if not any(k in self.own for k in kept):
            aside = ", ".join(f"{n:,} {reason}" for reason, n in self.draft.skipped.items())
            self.draft.refuse(
                "R02",
                f"No contact between you and anybody else is left{f' (set aside: {aside})' if aside else ''}.",
                "Look whether me= names your own addresses, and whether it is the right file.",
            )
        codes = self.people.code_names(kept)
        code = dict(zip(kept, codes, strict=True))
        own = {(EGO, code[k]): sums for k, sums in self.own.items() if k in code}
        among = {(code[u], code[v]): sums for (u, v), sums in self.among.items() if u in code and v in code}
        ties = self._table(own, today, self.half_lives, "observed")
        c_out, c_in = columns(self.half_life)
        most = float((ties[c_out] + ties[c_in]).max())
        if among:
            ties = pd.concat([ties, self._table(among, today, [self.half_life], "inferred")], ignore_index=True)
        ties.insert(4, "weight", strength(ties[c_out].to_numpy(), ties[c_in].to_numpy(), most))
        declared = [relation(RELATION, False, "rating", 1.0)]
        known = meta(title, self.draft, self.options.alter_ties or "partial", declared)
        known |= {"reference_date": date.fromordinal(today).isoformat(), "half_life": self.half_life}
        nodes = pd.DataFrame({"id": [EGO, *codes], "kind": "person", "label": [EGO, *codes], "group": ""})
        return Parsed(nodes, ties, known)

    def _table(
        self,
        sums: dict[tuple[str, str], Sums] | dict[tuple[str, str], Pair],
        today: int,
        half_lives: Sequence[float],
        status: str,
    ) -> pd.DataFrame:
        """The ties with all that their strength is made of."""
        every = list(sums.values())
        faded = np.array([one.at(today, half_lives) for one in every]).reshape(len(every), 2, len(half_lives))
        table = {
            "source": [pair[0] for pair in sums],
            "target": [pair[1] for pair in sums],
            "relation": RELATION,
            "wave": 1,
            "n_out": [one.n_out for one in every],
            "n_in": [one.n_in for one in every],
            "n_shared": [one.n_shared for one in every],
            "first_contact": [date.fromordinal(one.first).isoformat() for one in every],
            "last_contact": [date.fromordinal(one.last).isoformat() for one in every],
            "status": status,
            "reported_by": "",
        }
        for k, days in enumerate(half_lives):
            table |= dict(zip(columns(days), faded[:, :, k].T, strict=True))
        return pd.DataFrame(table)
