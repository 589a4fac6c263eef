"""Who is in which group: from a column, an attribute or a mapping to a number a person."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass

import networkx as nx
import numpy as np
import pandas as pd

from tertius.errors import GraphError, ParameterError, choose_from, warn
from tertius.measures.tables import index_of
from tertius.ties import Ties

Groups = str | Mapping[Hashable, Hashable] | pd.Series
"""A column of the network's people, or who is in which group."""


@dataclass(frozen=True, eq=False)
class Membership:
    """The group of each person as a number.

    Attributes
    ----------
    labels : tuple
        The groups, in the order in which their first members stand among the people.
    number : numpy.ndarray, int64, shape (n,)
        Position in ``labels``; -1 where no group is known.
    """

    labels: tuple
    number: np.ndarray

    @property
    def sizes(self) -> np.ndarray:
        """How many people each group has; int64, shape (groups,)."""
        return np.bincount(self.number[self.number >= 0], minlength=len(self.labels))

    @property
    def index(self) -> pd.Index:
        """The groups as an index of a table."""
        return index_of(self.labels)

    def with_all(self, ties: Ties, what: str) -> Membership:
        """Return self, or refuse on behalf of ``what`` if somebody's group is not known."""
        unknown = np.flatnonzero(self.number < 0)
        if unknown.size:
            others = f" ({unknown.size} people in all)" if unknown.size > 1 else ""
            raise GraphError(
                f"{ties.ids[unknown[0]]!r} has no group{others}, and {what} needs everybody's. Give them one, such as "
                "'unknown', or leave them out of the network."
            )
        return self

    def with_loners(self, ties: Ties) -> Membership:
        """Put everybody whose group is not known into a group of their own, with a warning."""
        unknown = np.flatnonzero(self.number < 0)
        if not unknown.size:
            return self
        warn(
            f"{ties.ids[unknown[0]]!r} has no group ({unknown.size} of {len(ties)} people); each such person counts as "
            "a group of their own."
        )
        number = self.number.copy()
        number[unknown] = len(self.labels) + np.arange(unknown.size)
        return Membership(self.labels + tuple((ties.ids[i],) for i in unknown.tolist()), number)


def membership(graph: object, ties: Ties, groups: Groups) -> Membership:
    """Find everybody's group; ``None``, ``nan`` and an empty text mean that it is not known."""
    values = _column(graph, groups) if isinstance(groups, str) else groups
    if not hasattr(values, "get") or not hasattr(values, "keys"):
        raise ParameterError(
            f"groups is a {type(groups).__name__}; give the name of a column, or who is in which group: "
            "{'Ann': 'law', 'Bo': 'steel'}."
        )
    found = pd.Series([values.get(node) for node in ties.ids], dtype=object)
    try:
        number, labels = pd.factorize(found.mask(found == ""))
    except (TypeError, ValueError):
        node, label = next((u, v) for u, v in zip(ties.ids, found, strict=True) if not isinstance(v, Hashable))
        raise ParameterError(f"The group of {node!r} is {label!r}; a group is a word or a number.") from None
    if len(ties) and not len(labels):
        raise GraphError(f"None of the {len(ties)} people has a group; look at the names in groups.")
    return Membership(tuple(labels), number)


def _column(graph: object, name: str) -> Mapping:
    """What each person has in a column of the network's table, or as an attribute of a networkx graph."""
    if isinstance(graph, nx.Graph):
        columns = {key for _, attributes in graph.nodes(data=True) for key in attributes if isinstance(key, str)}
    elif isinstance(getattr(graph, "nodes", None), pd.DataFrame):
        columns = {column for column in graph.nodes.columns if column != "id"}
    else:
        columns = set()
    if not columns:
        raise ParameterError(
            f"groups is {name!r}, and these people have no columns; say who is in which group: {{'Ann': 'law', …}}."
        )
    choose_from(name, sorted(columns), "groups")
    return dict(
        graph.nodes(data=name)
        if isinstance(graph, nx.Graph)
        else zip(graph.nodes["id"], graph.nodes[name], strict=True)
    )
