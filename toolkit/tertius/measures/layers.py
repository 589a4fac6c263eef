"""Several relations among the same people: what keeps them from being used, where they pull apart."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.sparse import csgraph

from tertius.errors import GraphError, ParameterError, choose_from
from tertius.measures.ego_map import EgoMap, position_of
from tertius.measures.tables import index_of
from tertius.ties import Ties


@dataclass(frozen=True, eq=False, repr=False)
class Layers:
    """Several relations among the same people, each a yes or no for every ordered pair.

    Make one with `Layers.of`. Somebody asks another for help if they know what that one can do, value it, can reach
    them in time, and can bear the cost: where all layers hold [1]_.

    Attributes
    ----------
    names : tuple of str
        The layers.
    ids : tuple
        The people.
    held : numpy.ndarray, bool, shape (layers, n, n)
        Whether a layer holds from one person to another; never to themselves.

    References
    ----------
    .. [1] Borgatti and Cross, Management Science 49 (2003), 432-445.
    """

    names: tuple[str, ...]
    ids: tuple
    held: np.ndarray

    def __post_init__(self) -> None:
        self.held.flags.writeable = False

    @classmethod
    def of(cls, layers: Mapping) -> Layers:
        """Put relations together.

        Parameters
        ----------
        layers : mapping
            A name, and a network: anything that `Ties.of` takes. Undirected ties hold both ways. Whoever stands in one
            layer stands in all.

        Returns
        -------
        Layers

        Raises
        ------
        GraphError
            If there are no layers.

        Examples
        --------
        >>> layers = Layers.of({"knows": [("Ann", "Bo"), ("Bo", "Cy")], "values": [("Ann", "Bo")]})
        >>> layers.densities().round(2).to_dict(), round(layers.density(), 2)
        ({'knows': 0.67, 'values': 0.33}, 0.33)
        """
        if not isinstance(layers, Mapping) or not layers:
            raise GraphError("Layers are networks by name, {'knows': graph, 'values': graph}; there are none.")
        networks = {name: Ties.of(graph) for name, graph in layers.items()}
        ids = tuple(dict.fromkeys(node for ties in networks.values() for node in ties.ids))
        place = {node: i for i, node in enumerate(ids)}
        held = np.zeros((len(networks), len(ids), len(ids)), bool)
        for layer, ties in zip(held, networks.values(), strict=True):
            position = np.array([place[node] for node in ties.ids], np.int64)
            layer[position[ties.row], position[ties.indices]] = True
        return cls(tuple(networks), ids, held)

    def __repr__(self) -> str:
        return f"Layers({', '.join(self.names)}: {len(self.ids)} people)"

    def together(self, *names: str) -> np.ndarray:
        """Return where all the named layers hold, or all there are; bool, shape (n, n)."""
        return self.held[[self._place(name) for name in names or self.names]].all(axis=0)

    def density(self, *names: str) -> float:
        """Return the share of all ordered pairs for which all the named layers hold, or all there are."""
        pairs = len(self.ids) * (len(self.ids) - 1)
        return float(self.together(*names).sum() / pairs) if pairs else float("nan")

    def densities(self) -> pd.Series:
        """Return the share of all ordered pairs for which each layer holds."""
        return pd.Series({name: self.density(name) for name in self.names}, name="density")

    def what_if(self, name: str, pairs: Iterable[tuple[Hashable, Hashable]] | None = None) -> pd.DataFrame:
        """List the pairs for which all layers would hold if one of them did.

        Parameters
        ----------
        name : str
            The layer to be mended.
        pairs : iterable of (source, target), optional
            Where it is mended; everywhere if left out.

        Returns
        -------
        pandas.DataFrame
            The pairs for which this layer alone is missing, with the columns ``source`` and ``target``, in the order of
            the people. Their number is what mending it would gain.

        Raises
        ------
        ParameterError
            If there is no such layer.
        GraphError
            If a pair names somebody who is not there.

        Examples
        --------
        >>> layers = Layers.of({"knows": [("Ann", "Bo"), ("Bo", "Cy")], "values": [("Ann", "Bo")]})
        >>> layers.what_if("values").values.tolist()
        [['Bo', 'Cy'], ['Cy', 'Bo']]
        """
        layer = self._place(name)
        others = np.delete(self.held, layer, axis=0).all(axis=0) & ~np.eye(len(self.ids), dtype=bool)
        gained = others & ~self.held[layer]
        if pairs is not None:
            place = {node: i for i, node in enumerate(self.ids)}
            mended = np.zeros_like(gained)
            for pair in pairs:
                strangers = [person for person in pair if person not in place]
                if strangers:
                    raise GraphError(f"{strangers[0]!r} is in none of these layers.")
                mended[tuple(place[person] for person in pair)] = True
            gained &= mended
        people = index_of(self.ids)
        source, target = np.nonzero(gained)
        return pd.DataFrame({"source": people[source], "target": people[target]})

    def gains(self) -> pd.Series:
        """Return for how many pairs each layer alone is missing: what mending it everywhere would gain."""
        return pd.Series({name: len(self.what_if(name)) for name in self.names}, name="gain", dtype=np.int64)

    def _place(self, name: str) -> int:
        return self.names.index(choose_from(name, self.names, "layer"))


def energy(ratings: Mapping[tuple[Hashable, Hashable], float]) -> pd.Series:
    """How people feel after they talked with somebody, on average: from -2, drained, to 2, full of drive [1]_.

    Parameters
    ----------
    ratings : mapping
        For each (who rates, who is rated) a number from -2 to 2. Who was not rated by anybody is not in the result.

    Returns
    -------
    pandas.Series
        The mean for each person rated, in the order in which they first come.

    Raises
    ------
    ParameterError
        If a rating is out of its range, or somebody rates themselves.

    References
    ----------
    .. [1] Cross and Parker, The Hidden Power of Social Networks (2004).

    Examples
    --------
    >>> energy({("Ann", "Bo"): 2, ("Cy", "Bo"): -1, ("Bo", "Ann"): 0}).to_dict()
    {'Bo': 0.5, 'Ann': 0.0}
    """
    received: dict[Hashable, list[float]] = {}
    for (rater, rated), value in ratings.items():
        if not -2 <= value <= 2:
            raise ParameterError(f"{rater!r} rates {rated!r} at {value!r}; a rating is from -2 to 2.")
        if rater == rated:
            raise ParameterError(f"{rater!r} rates themselves; leave that out.")
        received.setdefault(rated, []).append(value)
    people = index_of(received)
    return pd.Series([float(np.mean(values)) for values in received.values()], people, name="energy", dtype=float)


def role_strain(graph, expectations: Mapping[Hashable, float], ego: Hashable | None = None) -> float:
    """How far what is expected of a person pulls apart, because those who expect it do not talk to each other.

    Gaps among contacts help where news counts; among those who judge your work they hurt [1]_. Bosses who know each
    other settle on the mean of what they expect; each such circle counts by its size. One circle, or the same wish of
    all: 0. Two bosses who do not know each other: a quarter of the squared difference.

    Parameters
    ----------
    graph : networkx graph, Network or Ties
        Of a directed graph ties in either direction count. Strengths are ignored.
    expectations : mapping
        What each of those who judge the person's work expects, as a number on a scale of your own.
    ego : node, optional
        The person; the network's own ego if left out. Ties through them do not count as talking to each other.

    Returns
    -------
    float
        The variance of what the circles expect, at least 0, in the square of the scale.

    Raises
    ------
    GraphError
        If somebody is not a contact of the person, or the graph does not know which contacts know each other.
    ParameterError
        If nobody expects anything, or an expectation is no finite number.

    References
    ----------
    .. [1] Podolny and Baron, American Sociological Review 62 (1997), 673-693. The formula is ours.

    Examples
    --------
    >>> import networkx as nx
    >>> bosses = nx.Graph([("me", "Ann"), ("me", "Bo")])
    >>> role_strain(bosses, {"Ann": 2, "Bo": 6}, "me")  # (2 - 6)² / 4
    4.0
    """
    own = EgoMap.of(graph, ego)
    own.ties.knowing_alter_ties("Role strain")
    if not expectations:
        raise ParameterError("Nobody expects anything; say who does: {'Ann': 2, 'Bo': 6}.")
    place = {name: k for k, name in enumerate(own.names)}
    for boss, expected in expectations.items():
        if boss not in place:
            position_of(own.ties, boss)
            raise GraphError(
                f"{boss!r} is no contact of {own.ties.ids[own.ego]!r}, and cannot expect anything of them."
            )
        if not np.isfinite(expected):
            raise ParameterError(f"{boss!r} expects {expected!r}; an expectation is a number.")
    bosses = [place[boss] for boss in expectations]
    wanted = np.array(list(expectations.values()), float)
    _, circle = csgraph.connected_components(sparse.csr_array(own.tied[np.ix_(bosses, bosses)]), directed=False)
    settled = (np.bincount(circle, wanted) / np.bincount(circle))[circle]
    return float(np.var(settled))
