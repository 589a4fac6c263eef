"""Several addresses of one person: proposed where they share a name, and joined only if the learner says so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from tertius.intake.identifiers import load_key, own_identifiers
from tertius.intake.names import folded, masked
from tertius.intake.options import ReadOptions
from tertius.intake.report import Draft, plural
from tertius.privacy import codes

Identifier = tuple[str, str]


class Aliases:
    """What ``merge`` says of whoever is met in a file.

    Parameters
    ----------
    options : ReadOptions
        ``merge`` says which addresses or profiles, or code names made of them, are one person.
    draft : Draft
    """

    def __init__(self, options: ReadOptions, draft: Draft) -> None:
        self._group: dict[Identifier | str, int] = {}
        self._words: dict[Identifier | str, str] = {}
        for number, group in enumerate(options.merge):
            for word in group:
                found = own_identifiers([word]) if "@" in word or "/" in word else {word}
                self._group.update(dict.fromkeys(found, number))
                self._words.update(dict.fromkeys(found, word))
        self._key = load_key(draft) if options.merge else None
        self._first: dict[int, Identifier] = {}
        self._met: set[Identifier | str] = set()
        self._joined: set[Identifier] = set()

    def leader(self, *identifiers: Identifier) -> Identifier:
        """The identifier that stands for a person, of whom these are known; the first of them, unless joined.

        Examples
        --------
        >>> draft = Draft("mail.mbox", "mail.mbox")
        >>> Aliases(ReadOptions(), draft).leader(("email", "ann@example.org"))
        ('email', 'ann@example.org')
        """
        if not self._group:
            return identifiers[0]
        for identifier in identifiers:
            for word in (identifier, codes.codes([identifier], self._key)[0]):
                if word in self._group:
                    self._met.add(word)
                    first = self._first.setdefault(self._group[word], identifiers[0])
                    if first != identifiers[0]:
                        self._joined.add(identifiers[0])
                    return first
        return identifiers[0]

    def tell(self, draft: Draft) -> None:
        """Say how many were joined, and which words of ``merge`` are nobody in the file."""
        if self._joined:
            told = (
                f"As you said, I took {plural(len(self._joined), 'address', 'addresses')} for one of another person's."
            )
            draft.note("N04", told, count=len(self._joined))
        missing = list(dict.fromkeys(word for known, word in self._words.items() if known not in self._met))
        if missing:
            first = missing[0] if missing[0].startswith(codes.PREFIX) else masked(missing[0])
            told = (
                f"Of those whom merge= joins, {len(missing):,} {'is' if len(missing) == 1 else 'are'} not in the file."
            )
            draft.warn("N04", told, "Look how they are written in the report.", found=first, count=len(missing))


def propose(named: Iterable[tuple[str, str]], draft: Draft) -> None:
    """Tell who may be one person, and how to join them: those of one name, which may be somebody else's too.

    Parameters
    ----------
    named : iterable of (str, str)
        Code names, and the names behind them.
    draft : Draft
    """
    alike = defaultdict(list)
    for code, name in named:
        if len(name.split()) > 1 and "@" not in name:
            alike[folded(name)].append(code)
    groups = [group for group in alike.values() if len(group) > 1]
    if groups:
        call = draft.call(merge=[groups[0]])
        draft.note(
            "N04",
            f"{plural(len(groups), 'name stands', 'names stand')} beside several addresses, which may be one "
            "person's or not; I kept them apart.",
            f"If the first are one person's: {call}." if len(groups[0]) < 20 else "To join them, use merge=.",
            count=len(groups),
        )
