"""What an introduction changes, for the one who makes it and for the two who meet."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace

import numpy as np
import pandas as pd

from tertius.errors import GraphError
from tertius.measures.ego_map import EgoMap, position_of
from tertius.measures.in_between import share_in_between
from tertius.measures.tables import index_of
from tertius.ties import Ties


def introduction(
    graph,
    broker: Hashable,
    one: Hashable,
    other: Hashable,
    *,
    sample: int | str | None = None,
    seed: int | None = None,
) -> pd.DataFrame:
    """Compare keeping two contacts apart with joining them, for all three.

    Joining is the *tertius iungens*, the third who joins [1]_; keeping apart the *tertius gaudens*, the third who
    gains. Where ties count the same, an introduction costs a broker with k contacts 2/k of effective size. What the two
    make of it, no number here says.

    Parameters
    ----------
    graph : networkx.Graph, Network or Ties
        Undirected. If the two are tied already, "apart" is the network without their tie. Strengths are ignored.
    broker, one, other : nodes
        The broker is tied to both.
    sample, seed : optional
        As for `betweenness`; apart and joined use the same sample.

    Returns
    -------
    pandas.DataFrame
        A row for each of the three people and each measure (``contacts``, ``effective_size``, ``constraint``,
        ``betweenness``), with the columns ``apart``, ``joined`` and ``change``. Undefined: ``nan``.

    Raises
    ------
    GraphError
        If somebody is not there, or the broker is not tied to both; if the graph is directed, or does not know which
        contacts know each other.
    ParameterError
        As `betweenness`.

    References
    ----------
    .. [1] Obstfeld, Administrative Science Quarterly 50 (2005), 100-130.

    Examples
    --------
    >>> import networkx as nx
    >>> star = nx.star_graph(["me", "Ann", "Bo", "Cy"])
    >>> introduction(star, "me", "Ann", "Bo").loc["me"].round(3)
                    apart  joined  change
    measure
    contacts        3.000   3.000   0.000
    effective_size  3.000   2.333  -0.667
    constraint      0.333   0.611   0.278
    betweenness     1.000   0.667  -0.333
    """
    ties = Ties.of(graph).undirected("An introduction").knowing_alter_ties("What an introduction changes")
    people = [broker, one, other]
    centre, u, v = (position_of(ties, person) for person in people)
    if len({centre, u, v}) < 3:
        raise GraphError(f"An introduction takes three people, and these are {people}.")
    contacts = ties.indices[ties.indptr[centre] : ties.indptr[centre + 1]]
    for person, place in ((one, u), (other, v)):
        if place not in contacts:
            raise GraphError(f"{broker!r} has no tie to {person!r}, and can introduce own contacts only.")
    columns = {}
    for name, is_joined in (("apart", False), ("joined", True)):
        network = _with_tie(ties, u, v, is_joined)
        between, _ = share_in_between(network, sample, seed)
        values = []
        for person, place in zip(people, (centre, u, v), strict=True):
            own = EgoMap.of(network, person)
            numbers = own.numbers(own.whole())
            values += [len(own), numbers["effective_size"][0], numbers["constraint"][0], between[place]]
        columns[name] = np.array(values, float)
    columns["change"] = columns["joined"] - columns["apart"]
    measures = ["contacts", "effective_size", "constraint", "betweenness"]
    names = index_of(people)
    codes = np.divmod(np.arange(12), 4)
    index = pd.MultiIndex(levels=[names, pd.Index(measures)], codes=list(codes), names=("person", "measure"))
    return pd.DataFrame(columns, index)


def _with_tie(ties: Ties, u: int, v: int, is_there: bool) -> Ties:
    """The same network with a tie between two people, or without one."""
    rows = ties.array().tolil()
    rows[u, v] = rows[v, u] = float(is_there)
    return replace(Ties.of(rows.tocsr(), directed=False), ids=ties.ids)
