"""Structural holes and clustering as arrays, one number a node; `tertius.structure` says what they mean."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from tertius.errors import choose_from
from tertius.measures.ego_scope import EgoSums, ego_sums
from tertius.measures.triangles import triangles
from tertius.ties import Ties

SCOPES = ("whole", "ego")


class Holes:
    """The measures as arrays of one number a node, each worked out when asked for."""

    def __init__(self, graph, what: str, weighted: bool, scope: str) -> None:
        choose_from(scope, SCOPES, "scope")
        self.ties = Ties.of(graph).knowing_alter_ties(what)
        self.listed = triangles(self.ties, weighted=weighted)
        self.degree = self.listed.degree
        self.contacts = np.where(self.degree > 0, self.degree, np.nan)
        self.within_ego = scope == "ego"

    @cached_property
    def _strength(self) -> np.ndarray | float:
        return 1.0 if self.listed.strength is None else self.listed.strength

    @cached_property
    def _ego(self) -> EgoSums:
        return ego_sums(self.listed)

    @cached_property
    def _squares(self) -> tuple[np.ndarray, np.ndarray]:
        """Constraint by each contact, times the square of ego's total strength, for both ends of each tie."""
        if self.within_ego:
            low, high = (self._strength + self._ego.relayed) ** 2
            return low, high
        square = (self._strength + self.listed.relayed) ** 2
        return square, square

    @cached_property
    def _all_squares(self) -> np.ndarray:
        return self.listed.over_ends(*self._squares)

    @cached_property
    def _closed(self) -> np.ndarray:
        """How many pairs of contacts know each other, either way round."""
        return self.listed.over_ends(self.listed.count, self.listed.count)

    @property
    def constraint(self) -> np.ndarray:
        """Burt's constraint; without contacts ``nan``."""
        return self._all_squares / np.where(self.degree > 0, self.listed.total, np.nan) ** 2

    @cached_property
    def effective_size(self) -> np.ndarray:
        """Burt's effective size; without contacts ``nan``."""
        listed = self.listed
        if listed.strength is None:
            redundant = self._closed
        elif self.within_ego:
            redundant = listed.over_ends(*(listed.matched / self._ego.strongest))
        else:
            strongest = np.zeros(len(self.degree))
            np.maximum.at(strongest, listed.low, listed.strength)
            np.maximum.at(strongest, listed.high, listed.strength)
            redundant = listed.over_ends(
                listed.matched / strongest[listed.high], listed.matched / strongest[listed.low]
            )
        return self.contacts - redundant / np.where(self.degree > 0, listed.total, 1)

    @property
    def efficiency(self) -> np.ndarray:
        """Effective size over the number of contacts; without any ``nan``."""
        return self.effective_size / self.contacts

    @property
    def hierarchy(self) -> np.ndarray:
        """Burt's hierarchy; with fewer than two contacts ``nan``."""
        # Σ r ln r / (N ln N), with r = N c_j / C, is 1 + (Σ c_j ln c_j / C - ln C) / ln N; any scale of c will do.
        low, high = self._squares
        by_low = low * np.log(low)
        by_high = by_low if high is low else high * np.log(high)
        several = self.degree > 1
        total = np.where(several, self._all_squares, np.nan)
        spread = self.listed.over_ends(by_low, by_high) / total - np.log(total)
        return np.maximum(1 + spread / np.log(np.where(several, self.degree, 2)), 0)

    @property
    def clustering(self) -> np.ndarray:
        """Share of pairs of contacts who know each other; with fewer than two contacts 0."""
        return self._closed / np.maximum(self.degree * (self.degree - 1), 1)
