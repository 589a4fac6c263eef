"""Who has what somebody needs, and needs what they have: matches for a trade."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping

import numpy as np
import pandas as pd
from scipy.sparse import csgraph

from tertius.errors import ParameterError, check_count
from tertius.measures.ego_map import found_ego
from tertius.measures.tables import node_index
from tertius.ties import Ties

Words = Mapping[Hashable, "Iterable[str] | str"]


def matches(
    graph,
    ego: Hashable | None = None,
    *,
    offers: Words | str = "offers",
    needs: Words | str = "needs",
    within: int | None = None,
) -> pd.DataFrame:
    """Who offers something that a person needs, or needs something that the person offers, and how far away they are.

    A two-way match is both at once: each could give the other something. Such people are easily overlooked, because
    they need be neither the closest nor the best connected. That two people match says nothing about whether they would
    like to; trade needs such a double match, help does not.

    Parameters
    ----------
    graph : networkx graph, Network or Ties
        Of a directed graph ties in either direction count. Strengths are ignored.
    ego : node, optional
        The person; the network's own ego if left out.
    offers, needs : mapping or str
        For each person what they offer, and what they need: words, or one text with bars between. By default the
        columns ``offers`` and ``needs`` of the network's people.
    within : int, optional
        How many ties away people may be, at least 1; by default anywhere, out of reach too.

    Returns
    -------
    pandas.DataFrame
        One row for everybody with at least one side of a match, indexed by id: ``gives`` (words that they offer and the
        person needs), ``takes`` (words that they need and the person offers), each a list; ``two_way``; and ``steps``
        from the person (``inf``: out of reach). Two-way matches come first, then the nearest, then in node order.

    Raises
    ------
    GraphError
        If the person is not there.
    ParameterError
        If there is no such column, or ``within`` is no whole number of at least 1.

    Examples
    --------
    >>> import networkx as nx
    >>> path = nx.path_graph(["me", "Ann", "Bo"])
    >>> offers, needs = {"me": "site", "Bo": "data"}, {"me": "data", "Ann": "site", "Bo": "site"}
    >>> found = matches(path, "me", offers=offers, needs=needs)
    >>> found["two_way"].to_dict(), found.loc["Bo", "gives"]
    ({'Bo': True, 'Ann': False}, ['data'])
    """
    if within is not None:
        check_count("within", within, 1)
    ties = Ties.of(graph, directed=False)
    centre = found_ego(graph, ties, ego)
    offered, needed = _words(graph, offers, "offers"), _words(graph, needs, "needs")
    wanted, held = (set(_listed(words.get(ties.ids[centre]))) for words in (needed, offered))
    steps = csgraph.dijkstra(ties.array(), directed=False, indices=centre, unweighted=True, limit=within or np.inf)
    table = pd.DataFrame(
        {
            "gives": [[word for word in _listed(offered.get(person)) if word in wanted] for person in ties.ids],
            "takes": [[word for word in _listed(needed.get(person)) if word in held] for person in ties.ids],
            "two_way": False,
            "steps": steps,
        },
        node_index(ties),
    )
    gives, takes = table["gives"].map(bool), table["takes"].map(bool)
    table["two_way"] = gives & takes
    there = (gives | takes) & (np.arange(len(ties)) != centre)
    if within is not None:
        there &= np.isfinite(steps)
    return table[there].sort_values(["two_way", "steps"], ascending=[False, True], kind="stable")


def _words(graph, given: Mapping | str, what: str) -> Mapping:
    if isinstance(given, Mapping):
        return given
    nodes = getattr(graph, "nodes", None)
    if isinstance(nodes, pd.DataFrame) and given in nodes:
        return dict(zip(nodes["id"], nodes[given], strict=True))
    raise ParameterError(f"These people have no column {given!r}; say what each {what}: {{'Ann': ['data'], …}}.")


def _listed(words: Iterable[str] | str | float | None) -> list[str]:
    """What somebody offers or needs as a list; nothing if it is empty or missing."""
    if words is None or (isinstance(words, float) and words != words):
        return []
    return [word.strip() for word in (words.split("|") if isinstance(words, str) else words) if word.strip()]
