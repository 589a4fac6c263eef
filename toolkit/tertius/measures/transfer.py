"""What eases the passage of knowledge: others around a tie, and variety of expertise around a person."""

from __future__ import annotations

from collections.abc import Hashable, Mapping

import numpy as np
import pandas as pd
from scipy import sparse

from tertius.errors import GraphError, ParameterError
from tertius.ties import Ties


def cohesion(graph) -> pd.Series:
    r"""How much of a person's attention comes back to each contact through others: the help around a tie.

    Between two people who know nobody in common there is none. With :math:`p_{ij}` the share of all of i's ties, by
    strength, that goes to j, it is :math:`\sum_q p_{iq} p_{qj}` over everybody else q: the indirect part of Burt's
    constraint [1]_. Where it was high, R&D engineers found knowledge easier to pass on, whatever the tie's own
    strength [2]_ (observed, not tried out).

    Parameters
    ----------
    graph : networkx graph, Network or Ties
        Strengths count. Of a directed graph the two directions between two people are added up.

    Returns
    -------
    pandas.Series
        One share in [0, 1] for each person and contact, indexed by both (``source``, ``target``) in node order: two
        for each tie, which need not be equal.

    Raises
    ------
    GraphError
        If the graph does not know which contacts know each other.

    References
    ----------
    .. [1] Burt, Structural Holes (1992), chapter 2.
    .. [2] Reagans and McEvily, Administrative Science Quarterly 48 (2003), 240-267.

    Examples
    --------
    >>> import networkx as nx
    >>> cohesion(nx.Graph([("Ann", "Bo"), ("Ann", "Cy"), ("Bo", "Cy")])).to_dict()  # half of a half, through the third
    {('Ann', 'Bo'): 0.25, ('Ann', 'Cy'): 0.25, ('Bo', 'Ann'): 0.25, ('Bo', 'Cy'): 0.25, ('Cy', 'Ann'): 0.25, ...}
    """
    ties = Ties.of(Ties.of(graph), directed=False).knowing_alter_ties("Cohesion")
    shares = _shares(ties)
    indirect = np.zeros(len(ties.indices))
    if len(indirect):
        indirect = np.asarray((shares @ shares)[ties.row, ties.indices]).ravel()
    names = pd.Index(list(ties.ids), dtype=object, tupleize_cols=False)
    index = pd.MultiIndex(levels=[names, names], codes=[ties.row, ties.indices], names=("source", "target"))
    return pd.Series(indirect, index, name="cohesion")


def network_range(graph, areas: Mapping[Hashable, Hashable], *, density: Mapping | None = None) -> pd.Series:
    r"""How varied the expertise around each person is.

    With all contacts in one area it is 0; spread evenly over many areas it comes near 1. With :math:`p_{ik}` the share
    of i's ties, by strength, that goes to people of area k, it is :math:`1 - \sum_k v_k p_{ik}^2`, where :math:`v_k`
    is how well connected the area is itself: ties into an area of strangers reach further [1]_. By default
    :math:`v_k = 1`, which is Blau's index of variety.

    Parameters
    ----------
    graph : networkx graph, Network or Ties
        Strengths count. Of a directed graph the two directions between two people are added up.
    areas : mapping or pandas.Series
        The area of every person who is anybody's contact.
    density : mapping, optional
        How well connected each area is, in [0, 1].

    Returns
    -------
    pandas.Series
        One number in [0, 1] per node, in node order. Without contacts: ``nan``.

    Raises
    ------
    GraphError
        If a contact has no area.
    ParameterError
        If a density is missing or out of its range.

    References
    ----------
    .. [1] Reagans and McEvily, Administrative Science Quarterly 48 (2003), 240-267.

    Examples
    --------
    >>> import networkx as nx
    >>> star = nx.star_graph(["me", "Ann", "Bo"])
    >>> network_range(star, {"me": "law", "Ann": "law", "Bo": "steel"}).to_dict()
    {'me': 0.5, 'Ann': 0.0, 'Bo': 0.0}
    """
    ties = Ties.of(Ties.of(graph), directed=False)  # a Network itself may join directions otherwise
    number: dict[Hashable, int] = {}
    area = np.zeros(len(ties), np.int64)
    for i in np.flatnonzero(ties.degree).tolist():
        node = ties.ids[i]
        label = areas.get(node)
        if label is None or label != label:
            raise GraphError(f"{node!r} has ties and no area of expertise; give everybody one.")
        area[i] = number.setdefault(label, len(number))
    weight = np.ones(len(number))
    if density is not None:
        for label, k in number.items():
            value = density.get(label, np.nan)
            if not 0 <= value <= 1:
                raise ParameterError(f"density of {label!r} is {value!r}; it is a share, from 0 to 1.")
            weight[k] = value
    member = sparse.csr_array(
        (np.ones(len(ties)), (np.arange(len(ties)), area)), shape=(len(ties), max(len(number), 1))
    )
    spread = sparse.csr_array(_shares(ties) @ member)
    variety = 1 - (spread.multiply(spread)).toarray()[:, : len(number)] @ weight
    nodes = pd.Index(list(ties.ids), dtype=object, tupleize_cols=False)
    return pd.Series(np.where(ties.degree > 0, variety, np.nan), nodes, name="range")


def _shares(ties: Ties) -> sparse.csr_array:
    """Which share of a person's ties, by strength, goes to whom; rows add up to 1, or to 0 for people without ties."""
    total = np.bincount(ties.row, weights=ties.strength, minlength=len(ties))
    return sparse.csr_array((ties.strength / total[ties.row], ties.indices, ties.indptr), shape=(len(ties), len(ties)))
