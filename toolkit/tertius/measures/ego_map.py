"""One person's contacts and the ties among them: what is known of them, and the numbers of the map or a part of it."""

from __future__ import annotations

import difflib
from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np

from tertius.errors import GraphError
from tertius.ties import Ties

STRUCTURAL = ("density", "effective_size", "constraint")
"""Numbers that need to know which contacts know each other."""


@dataclass(frozen=True, eq=False)
class EgoMap:
    """A person's contacts, in either direction, and the ties among them.

    Attributes
    ----------
    ties : Ties
        The whole network, undirected.
    ego : int
        Position of the person.
    contacts : numpy.ndarray, int64, shape (k,)
        Positions of the contacts, ascending.
    strength : numpy.ndarray, float64, shape (k,)
        Of the person's ties to them.
    tied : numpy.ndarray, bool, shape (k, k)
        Which contacts have a tie to each other.
    elsewhere : numpy.ndarray, int64, shape (k,)
        Ties of each contact to people who are no contacts of the person.
    """

    ties: Ties
    ego: int
    contacts: np.ndarray
    strength: np.ndarray
    tied: np.ndarray
    elsewhere: np.ndarray

    @classmethod
    def of(cls, graph, ego: Hashable | None = None) -> EgoMap:
        """Find a person's map in a network; by default that of the network's own ego."""
        ties = Ties.of(graph, directed=False)
        centre = found_ego(graph, ties, ego)
        row = slice(ties.indptr[centre], ties.indptr[centre + 1])
        contacts = ties.indices[row].astype(np.int64)
        tied = ties.array()[contacts][:, contacts].toarray() > 0
        elsewhere = ties.degree[contacts] - 1 - tied.sum(axis=1)
        return cls(ties, centre, contacts, ties.strength[row], tied, elsewhere)

    def __len__(self) -> int:
        return len(self.contacts)

    @property
    def names(self) -> list[Hashable]:
        """The contacts, by name."""
        return [self.ties.ids[contact] for contact in self.contacts.tolist()]

    def whole(self) -> np.ndarray:
        """All contacts, as the one part of the map that `numbers` is asked about; bool, shape (1, k)."""
        return np.ones((1, len(self)), bool)

    def numbers(self, kept: np.ndarray, tied: np.ndarray | None = None) -> dict[str, np.ndarray]:
        """Work out size, density, effective size and constraint of many parts of the map at once.

        All ties count the same. A contact's attention is shared out among all whom the contact knows, in the map or
        elsewhere, as in Burt's measures of a whole network (networkx and igraph do the same).

        Parameters
        ----------
        kept : numpy.ndarray, bool, shape (parts, k)
            Which contacts are there in each part.
        tied : numpy.ndarray, bool, shape (parts, k, k), optional
            Which of them have a tie to each other; by default all that have one in the map.

        Returns
        -------
        dict of str to numpy.ndarray
            ``size`` and, each ``nan`` where it is undefined, ``density`` (of pairs of contacts; undefined below two),
            ``effective_size`` and ``constraint`` (undefined without contacts), shape (parts,); and ``weight``, how
            much each contact adds to constraint, shape (parts, k).
        """
        there = (self.tied if tied is None else tied) & kept[:, :, None] & kept[:, None, :]
        size = kept.sum(axis=1)
        known = there.sum(axis=2)
        among = known.sum(axis=1) / 2
        pairs = size * (size - 1) / 2
        with np.errstate(divide="ignore", invalid="ignore"):  # undefined values are nan, by intent
            density = among / np.where(pairs > 0, pairs, np.nan)
            effective = size - 2 * among / size
            # Of the attention that goes to each contact directly, how much more comes through the others?
            through = np.einsum("rqj,rq->rj", there, 1 / (1 + known + self.elsewhere))
            weight = np.where(kept, ((1 + through) / size[:, None]) ** 2, 0.0)
            constraint = np.where(size > 0, weight.sum(axis=1), np.nan)
        return {
            "size": size,
            "density": density,
            "effective_size": effective,
            "constraint": constraint,
            "weight": weight,
        }


def found_ego(graph, ties: Ties, ego: Hashable | None) -> int:
    """Position of a person, by default of the one whose network it is."""
    if ego is None:
        ego = getattr(graph, "ego", None)
        if ego is None and isinstance(getattr(graph, "graph", None), dict):
            ego = graph.graph.get("ego")
        if ego is None:
            raise GraphError("This network does not say whose it is. Name the person: ego='Ann'.")
    return position_of(ties, ego)


def position_of(ties: Ties, person: Hashable) -> int:
    """Position of a person in the network; who is not there is refused, with the nearest names."""
    try:
        return ties.ids.index(person)
    except ValueError:
        near = difflib.get_close_matches(str(person), [str(node) for node in ties.ids], n=1)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        raise GraphError(f"{person!r} is not in this network of {len(ties):,} people.{hint}") from None
