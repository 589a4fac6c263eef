"""How much room a person's contacts leave: constraint, effective size and what goes with them, from one pass."""

from __future__ import annotations

import numpy as np
import pandas as pd

from tertius.measures.holes import Holes
from tertius.measures.tables import node_index, with_caveat
from tertius.ties import Ties

FRACTIONAL = pd.Index(["effective_size", "efficiency", "constraint", "hierarchy", "clustering"])


def structure(graph, *, weighted: bool = False, scope: str = "whole") -> pd.DataFrame:
    """All structural measures of everybody, from one pass over the network.

    Each column is also a function of its own, which says what it means: `effective_size`, `efficiency`, `constraint`,
    `hierarchy`, `clustering`. `overlap` is the same for ties.

    Parameters
    ----------
    graph : networkx graph, Network or Ties
        Of a directed graph, whoever is tied in either direction is a contact, and the two directions are added up.
    weighted : bool
        Whether strengths count in the first four measures. If not, each tie (directed: each direction) counts 1.
    scope : {"whole", "ego"}
        What a contact's ties are a share of: all that the contact has, or those to ego and ego's contacts.

    Returns
    -------
    pandas.DataFrame
        One row per node, in node order, with the columns ``degree`` (number of contacts), ``effective_size``,
        ``efficiency``, ``constraint``, ``hierarchy`` and ``clustering``. Without contacts: ``nan``, except
        ``degree`` and ``clustering``, which are 0.

    Raises
    ------
    GraphError
        If the graph does not know which contacts know each other.
    ParameterError
        If ``scope`` is neither of the two.

    Warns
    -----
    Caveat
        If only some ties among contacts are known, or they are inferred; ``attrs["caveat"]`` says so too.

    Examples
    --------
    >>> import networkx as nx
    >>> star = nx.star_graph(["me", "Ann", "Bo"])
    >>> structure(star)[["degree", "effective_size", "constraint"]].values.tolist()
    [[2.0, 2.0, 0.5], [1.0, 1.0, 1.0], [1.0, 1.0, 1.0]]
    """
    holes = Holes(graph, "Structure", weighted, scope)
    # A table made of one block and a column is ready in half the time that six columns take.
    block = np.array([getattr(holes, name) for name in FRACTIONAL])
    frame = pd.DataFrame(block.T, node_index(holes.ties), FRACTIONAL, copy=False)
    frame.insert(0, "degree", holes.degree)
    return with_caveat(frame, holes.ties)


def constraint(graph, *, weighted: bool = False, scope: str = "whole") -> pd.Series:
    r"""How far everybody's attention leads back to the same few contacts.

    Four contacts who are strangers to one another: 1/4. One contact alone: 1. Two who know each other and nobody
    else: 1.125; so it can exceed 1. With :math:`p_{ij}` the share of i's ties, by strength, that goes to j, it is
    :math:`\sum_j (p_{ij} + \sum_q p_{iq} p_{qj})^2` over contacts j, and others q around each [1]_.

    Parameters
    ----------
    graph : networkx graph, Network or Ties
        Of a directed graph, whoever is tied in either direction is a contact, and the two directions are added up.
    weighted : bool
        Whether strengths count. If not, each tie (directed: each direction) counts 1.
    scope : {"whole", "ego"}
        Whether :math:`p_{qj}` is a share of all ties of q, as in networkx and igraph, or of those to ego and ego's
        contacts, as in UCINET unless told otherwise.

    Returns
    -------
    pandas.Series
        One number above 0 per node, in node order; lower means more structural holes around. Without contacts:
        ``nan``.

    Raises
    ------
    GraphError
        If the graph does not know which contacts know each other.
    ParameterError
        If ``scope`` is neither of the two.

    References
    ----------
    .. [1] Burt, Structural Holes (1992), chapter 2.

    Examples
    --------
    >>> import networkx as nx
    >>> constraint(nx.star_graph(["me", "Ann", "Bo", "Cy", "Di"])).to_dict()
    {'me': 0.25, 'Ann': 1.0, 'Bo': 1.0, 'Cy': 1.0, 'Di': 1.0}
    """
    return _series(Holes(graph, "Constraint", weighted, scope), "constraint")


def effective_size(graph, *, weighted: bool = False, scope: str = "whole") -> pd.Series:
    r"""How many contacts everybody has that do not stand for each other.

    Four strangers: 4. Four who all know each other: 1. Where ties are equal, it is the number of contacts less the
    ties that each has, on average, to the others [2]_. In general, with :math:`m_{jq}` the strength of a contact's tie
    over that of the contact's strongest, it is :math:`\sum_j (1 - \sum_q p_{iq} m_{jq})` [1]_.

    Parameters
    ----------
    graph : networkx graph, Network or Ties
        Of a directed graph, whoever is tied in either direction is a contact, and the two directions are added up.
    weighted : bool
        Whether strengths count. If not, each tie (directed: each direction) counts 1.
    scope : {"whole", "ego"}
        Whether a contact's strongest tie is looked for everywhere, as in networkx, or among those to ego and ego's
        contacts. Where ties are equal, this changes nothing.

    Returns
    -------
    pandas.Series
        One number from 1 to the number of contacts per node, in node order; with strengths it can be less than 1.
        Without contacts: ``nan``.

    Raises
    ------
    GraphError
        If the graph does not know which contacts know each other.
    ParameterError
        If ``scope`` is neither of the two.

    References
    ----------
    .. [1] Burt, Structural Holes (1992), chapter 2.
    .. [2] Borgatti, Connections 20 (1997), 35-38.

    Examples
    --------
    >>> import networkx as nx
    >>> graph = nx.Graph([("me", "Ann"), ("me", "Bo"), ("me", "Cy"), ("me", "Di"), ("Ann", "Bo"), ("Cy", "Di")])
    >>> effective_size(graph).to_dict()["me"]  # four contacts, each tied to one other
    3.0
    """
    return _series(Holes(graph, "Effective size", weighted, scope), "effective_size")


def efficiency(graph, *, weighted: bool = False, scope: str = "whole") -> pd.Series:
    """Share of everybody's contacts that do not stand for each other: effective size over the number of contacts.

    Strangers: 1. Four contacts who all know each other: 1/4 [1]_.

    Parameters
    ----------
    graph : networkx graph, Network or Ties
        Of a directed graph, whoever is tied in either direction is a contact, and the two directions are added up.
    weighted : bool
        Whether strengths count. If not, each tie (directed: each direction) counts 1.
    scope : {"whole", "ego"}
        As for `effective_size`.

    Returns
    -------
    pandas.Series
        One share, at most 1, per node, in node order. Without contacts: ``nan``.

    Raises
    ------
    GraphError
        If the graph does not know which contacts know each other.
    ParameterError
        If ``scope`` is neither of the two.

    References
    ----------
    .. [1] Burt, Structural Holes (1992), chapter 2.

    Examples
    --------
    >>> import networkx as nx
    >>> efficiency(nx.complete_graph(5)).tolist()
    [0.25, 0.25, 0.25, 0.25, 0.25]
    """
    return _series(Holes(graph, "Efficiency", weighted, scope), "efficiency")


def hierarchy(graph, *, weighted: bool = False, scope: str = "whole") -> pd.Series:
    r"""How far everybody's constraint hangs on one contact rather than on all alike.

    Contacts who are alike: 0. Nearly all constraint from one of them, say a boss whom everybody else knows: near 1.
    With N contacts and :math:`r_j` the constraint from contact j over the mean, it is
    :math:`\sum_j r_j \ln r_j / (N \ln N)` [1]_.

    Parameters
    ----------
    graph : networkx graph, Network or Ties
        Of a directed graph, whoever is tied in either direction is a contact, and the two directions are added up.
    weighted : bool
        Whether strengths count. If not, each tie (directed: each direction) counts 1.
    scope : {"whole", "ego"}
        As for `constraint`.

    Returns
    -------
    pandas.Series
        One number in [0, 1] per node, in node order. With fewer than two contacts: ``nan``.

    Raises
    ------
    GraphError
        If the graph does not know which contacts know each other.
    ParameterError
        If ``scope`` is neither of the two.

    References
    ----------
    .. [1] Burt, Structural Holes (1992), chapter 2.

    Examples
    --------
    >>> import networkx as nx
    >>> hierarchy(nx.complete_graph(4)).tolist()
    [0.0, 0.0, 0.0, 0.0]
    """
    return _series(Holes(graph, "Hierarchy", weighted, scope), "hierarchy")


def clustering(graph) -> pd.Series:
    """Share of everybody's pairs of contacts who know each other.

    All of them: 1. A person whose contacts share only that person: 0 [1]_.

    Parameters
    ----------
    graph : networkx graph, Network or Ties
        Strengths are ignored. So is direction: whoever is tied in either direction is a contact. (networkx counts
        directed triangles instead: ``nx.clustering``.)

    Returns
    -------
    pandas.Series
        One share in [0, 1] per node, in node order. With fewer than two contacts: 0, as in networkx; there
        `bridging_share` is ``nan``.

    Raises
    ------
    GraphError
        If the graph does not know which contacts know each other.

    References
    ----------
    .. [1] Watts and Strogatz, Nature 393 (1998), 440-442.

    Examples
    --------
    >>> import networkx as nx
    >>> clustering(nx.Graph([("me", "Ann"), ("me", "Bo"), ("me", "Cy"), ("Ann", "Bo")])).round(3).to_dict()
    {'me': 0.333, 'Ann': 1.0, 'Bo': 1.0, 'Cy': 0.0}
    """
    return _series(Holes(graph, "Clustering", False, "whole"), "clustering")


def bridging_share(graph) -> pd.Series:
    """Share of everybody's pairs of contacts who are strangers to one another.

    A person all of whose contacts know each other bridges nothing (0); one whose contacts share only that person
    bridges every pair (1). It is one minus the local clustering coefficient [1]_.

    Parameters
    ----------
    graph : networkx.Graph, Network or Ties
        Undirected; strengths and self-ties are ignored.

    Returns
    -------
    pandas.Series
        One share in [0, 1] per node, in node order. With fewer than two contacts: ``nan``.

    Raises
    ------
    GraphError
        If the graph is directed, or does not know which contacts know each other.

    References
    ----------
    .. [1] Watts and Strogatz, Nature 393 (1998), 440-442.

    Examples
    --------
    >>> import networkx as nx
    >>> bridging_share(nx.Graph([("Ann", "Bo"), ("Bo", "Cy")])).to_dict()
    {'Ann': nan, 'Bo': 1.0, 'Cy': nan}
    """
    ties = Ties.of(graph).undirected("The bridging share")
    holes = Holes(ties, "The bridging share", False, "whole")
    return (1 - _series(holes, "clustering").where(holes.degree > 1)).rename("bridging_share")


def _series(holes: Holes, name: str) -> pd.Series:
    return with_caveat(pd.Series(getattr(holes, name), node_index(holes.ties), name=name), holes.ties)
