"""Who is behind the addresses of a mailbox, calendar or list of messages: each is one person, unless told otherwise."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tertius.intake.aliases import Aliases, propose
from tertius.intake.contacts import LABEL_CHARACTERS, named_apart, remember
from tertius.intake.identifiers import own_identifiers
from tertius.intake.names import readable, tidy
from tertius.intake.options import ReadOptions
from tertius.intake.report import Draft

ME = -1
"""The position of the owner, who is nobody's contact."""

_NOBODY = re.compile(
    r"(?:(?:no|do[-_.]?not|nicht|ne[-_.]pas)[-_.]?(?:reply|antworten|repondre)|mailer-daemon|postmaster|bounces?"
    r"|newsletter|notifications?|noreply.*|.*-noreply)@.*"
    r"|.*[@.]calendar\.google\.com"  # calendars, rooms, and an organizer whom Google does not know
)


def is_nobody(address: str) -> bool:
    """Whether an address, in its one form, is a robot's or a thing's.

    Examples
    --------
    >>> [is_nobody(one) for one in ("no-reply@zoom.us", "c_1@group.calendar.google.com", "ann@example.org")]
    [True, True, False]
    """
    return _NOBODY.fullmatch(address) is not None


class Addresses:
    """The people met so far, each a position; the owner is `ME`.

    Parameters
    ----------
    me : list of str
        The owner's own addresses, profiles or name.
    draft : Draft
    options : ReadOptions
    aliases : Aliases, optional
        Those of the whole file, if this is a part of it, whose reader tells of them; else what ``options`` say.

    Attributes
    ----------
    same_as : dict
        Identifiers that stand for others, such as a profile for the e-mail address that another file has of it.
    """

    def __init__(self, me: list[str], draft: Draft, options: ReadOptions, aliases: Aliases | None = None) -> None:
        self.draft, self.options = draft, options
        self.mine = own_identifiers(me)
        self.same_as: dict[tuple[str, str], tuple[str, str]] = {}
        self.identifiers: list[tuple[str, str]] = []
        self.names: list[str] = []
        self._position: dict[tuple[str, str], int] = {}
        self._told_elsewhere = aliases is not None
        self._aliases = aliases or Aliases(options, draft)

    def __len__(self) -> int:
        return len(self.identifiers)

    def find(self, identifier: tuple[str, str], name: str = "") -> int:
        """Return whose identifier it is; somebody new is added, with the first name that is not empty."""
        if identifier in self.mine:
            return ME
        identifier = self.same_as.get(identifier, identifier)
        position = self._position.get(identifier)
        if position is None:
            leader = self._aliases.leader(identifier)
            position = self._position.get(leader)
            if position is None:
                position = self._position[leader] = self._add(leader)
            self._position[identifier] = position
        if name and not self.names[position]:
            self.names[position] = tidy(readable(name))[:LABEL_CHARACTERS]
        return position

    def _add(self, identifier: tuple[str, str]) -> int:
        if len(self.identifiers) >= self.options.limits.nodes:
            self.draft.refuse_more("people", "nodes", self.options.limits.nodes)
        self.identifiers.append(identifier)
        self.names.append("")
        return len(self.identifiers) - 1

    def code_names(self, people: Sequence[int]) -> list[str]:
        """Give these people code names, remember who they are, and tell who may be one person."""
        made = named_apart([self.identifiers[k] for k in people], self.draft)
        shown = [self.names[k] or self.identifiers[k][1] for k in people]
        remember(dict(zip(made, shown, strict=True)), self.options, self.draft)
        if not self._told_elsewhere:
            self._aliases.tell(self.draft)
        propose(((code, self.names[k]) for code, k in zip(made, people, strict=True)), self.draft)
        return made
