"""Who starts: people who are named, or some who are found by a rule."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from functools import cached_property

import numpy as np

from tertius.errors import GraphError, ParameterError, check_count, choose_from
from tertius.models.bits import BIT
from tertius.simulate import BLOCK
from tertius.ties import Ties

DRAWN = ("random", "friend")
"""Rules that draw anew for each run."""
RULES = (*DRAWN, "degree", "degree discount", "spread out")
AT_ONCE = 8
"""How many draws a run are made together; who is drawn is the same for any number of people."""


class Starters:
    """Who starts in each run: people who are named, each once, or a number of people found by a rule.

    With the same luck more people are the same and some more, whatever the rule.

    Parameters
    ----------
    ties : Ties
    who : int or list of nodes
    chosen : str
        One of `RULES`; does not matter for people who are named.
    transmission : float
        What ``"degree discount"`` discounts by.

    Raises
    ------
    GraphError
        If somebody named is not in the network.
    ParameterError
        If there is no such rule, or it cannot find as many people.
    """

    def __init__(
        self, ties: Ties, who: int | Sequence[Hashable], chosen: str = "random", transmission: float = 0.0
    ) -> None:
        choose_from(chosen, RULES, "chosen")
        self.ties, self.chosen, self.transmission = ties, chosen, transmission
        self.named = named_people(who)
        if self.named is not None:
            self._places = places_of(ties, self.named)
            self.number = len(self.named)
            return
        check_count("initial_adopters", who, 0, len(ties), limit="the number of people, ")
        self.number = who
        befriended = len(np.unique(ties.indices)) if chosen == "friend" else who
        if who > befriended:
            raise ParameterError(
                f"initial_adopters is {who}, chosen as somebody's contacts, and only {befriended} people of this "
                "network are anybody's contact."
            )

    def pairs(self, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
        """Draw who starts in each of 64 runs: positions and runs, two int64 arrays, each pair once."""
        if self.named is None and self.chosen in DRAWN:
            places = self._drawn(rng)
        else:
            places = np.repeat(self.fixed[:, None], BLOCK, axis=1)
        return places.ravel(), np.tile(np.arange(BLOCK), len(places))

    def words(self, rng: np.random.Generator) -> np.ndarray:
        """Draw who starts in each of 64 runs; uint64, shape (n,)."""
        words = np.zeros(len(self.ties), np.uint64)
        node, run = self.pairs(rng)
        np.bitwise_or.at(words, node, BIT[run])
        return words

    @cached_property
    def fixed(self) -> np.ndarray:
        """Positions of those who start in every run; int64."""
        if self.named is not None:
            return self._places
        return by_rule(self.ties, self.number, self.chosen, self.transmission)

    def _drawn(self, rng: np.random.Generator) -> np.ndarray:
        """Draw people one after another, until there are enough in each run; int64, shape (number, 64)."""
        ties, n, degree = self.ties, len(self.ties), self.ties.degree
        found: list[dict[int, None]] = [{} for _ in range(BLOCK)]
        while any(len(people) < self.number for people in found):
            person, contact = rng.random((AT_ONCE, 2, BLOCK)).swapaxes(0, 1)
            drawn = (person * n).astype(np.int64)
            if self.chosen == "friend":
                alone = degree[drawn] == 0
                entry = ties.indptr[drawn] + (contact * degree[drawn]).astype(np.int64)
                drawn = np.where(alone, -1, ties.indices[np.where(alone, 0, entry)])
            for people, column in zip(found, drawn.T.tolist(), strict=True):
                for node in column:
                    if node >= 0 and len(people) < self.number:
                        people[node] = None
        return np.array([list(people) for people in found], np.int64).reshape(BLOCK, self.number).T


def named_people(who: object) -> tuple[Hashable, ...] | None:
    """People who are named, each once; ``None`` if ``who`` is no list of people but says how many."""
    if isinstance(who, (str, bytes)) or not np.iterable(who):
        return None
    try:
        return tuple(dict.fromkeys(who))
    except TypeError:
        raise ParameterError(
            f"initial_adopters is {who!r}; it is a number of people, or a list of their names."
        ) from None


def places_of(ties: Ties, named: Sequence[Hashable]) -> np.ndarray:
    """Positions of people who are named; int64."""
    wanted = dict.fromkeys(named)
    place = {node: i for i, node in enumerate(ties.ids) if node in wanted}
    for node in named:
        if node not in place:
            raise GraphError(f"{node!r} is to start, and there is no such person in this network.")
    return np.array([place[node] for node in named], np.int64)


def by_rule(ties: Ties, k: int, chosen: str, transmission: float = 0.0) -> np.ndarray:
    """The first ``k`` people by a rule that draws nothing; of equals the first in the network's order.

    ``"degree"``: most contacts. ``"degree discount"``: most contacts, those counted less who are chosen or may be
    reached by the chosen anyway [1]_. ``"spread out"``: most contacts, of those who are no contact of the chosen and
    share at most one contact with each of them; once there is nobody like that, of all who are left.

    References
    ----------
    .. [1] Chen, Wang and Yang, KDD 2009, 199-208.

    Examples
    --------
    >>> two_stars = Ties.of([(0, 1), (0, 2), (0, 3), (0, 4), (4, 5), (4, 6), (4, 7), (5, 8)])
    >>> by_rule(two_stars, 2, "degree").tolist(), by_rule(two_stars, 2, "spread out").tolist()
    ([0, 4], [0, 5])
    """
    if chosen == "degree":
        return np.argsort(-ties.degree, kind="stable")[:k]
    score = ties.degree.astype(float)
    near_chosen = np.zeros(len(ties), np.int64)
    free, open_to = np.ones((2, len(ties)), bool)
    found = []
    for _ in range(k):
        allowed = free & open_to if (free & open_to).any() else free
        best = int(np.argmax(np.where(allowed, score, -np.inf)))
        found.append(best)
        free[best] = False
        contacts = ties.indices[ties.indptr[best] : ties.indptr[best + 1]]
        if chosen == "spread out":
            shared = np.bincount(_contacts_of(ties, contacts), minlength=len(ties))
            open_to[contacts] = False
            open_to[shared > 1] = False
        else:
            near_chosen[contacts] += 1
            near, degree = near_chosen[contacts], ties.degree[contacts]
            score[contacts] = degree - 2 * near - (degree - near) * near * transmission
    return np.array(found, np.int64)


def _contacts_of(ties: Ties, nodes: np.ndarray) -> np.ndarray:
    """The contacts of all these nodes, one after another."""
    rows = [ties.indices[ties.indptr[node] : ties.indptr[node + 1]] for node in nodes.tolist()]
    return np.concatenate(rows) if rows else np.zeros(0, np.int32)
