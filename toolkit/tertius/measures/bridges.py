"""How far the ties around a tie overlap, and which ties bridge."""

from __future__ import annotations

import numpy as np
import pandas as pd

from tertius.measures.spans import spans
from tertius.measures.tables import tie_index, with_caveat
from tertius.measures.triangles import triangles
from tertius.ties import Ties


def overlap(graph) -> pd.Series:
    r"""Share of the contacts around a tie that its two ends have in common.

    A tie inside a full group has overlap 1; one whose ends share nobody, a local bridge, has 0. With
    :math:`n_{ij}` common contacts and degrees :math:`k`, it is
    :math:`n_{ij} / ((k_i - 1) + (k_j - 1) - n_{ij})` [1]_.

    Parameters
    ----------
    graph : networkx.Graph, Network or Ties
        Undirected; strengths and self-ties are ignored.

    Returns
    -------
    pandas.Series
        One share in [0, 1] for each tie, indexed by its two ends (``source``, ``target``) in node order. A tie
        between two people who know nobody else has 0.

    Raises
    ------
    GraphError
        If the graph is directed, or does not know which contacts know each other.

    References
    ----------
    .. [1] Onnela et al., Proceedings of the National Academy of Sciences 104 (2007), 7332-7336.

    Examples
    --------
    >>> import networkx as nx
    >>> overlap(nx.Graph([("Ann", "Bo"), ("Bo", "Cy"), ("Cy", "Ann"), ("Cy", "Di")])).to_dict()
    {('Ann', 'Bo'): 1.0, ('Ann', 'Cy'): 0.5, ('Bo', 'Cy'): 0.5, ('Cy', 'Di'): 0.0}
    """
    ties = Ties.of(graph).undirected("Tie overlap").knowing_alter_ties("Tie overlap")
    return with_caveat(pd.Series(tie_overlap(ties), tie_index(ties), name="overlap"), ties)


def local_bridges(graph) -> pd.DataFrame:
    """Ties whose two ends have no contact in common, with how far apart the ends would be without them.

    Without a local bridge of span 5, word between its ends takes five steps; without a bridge it takes for ever
    (span ``inf``) [1]_.

    Parameters
    ----------
    graph : networkx.Graph, Network or Ties
        Undirected; strengths and self-ties are ignored.

    Returns
    -------
    pandas.DataFrame
        One row for each local bridge, indexed by its two ends in node order, with the columns ``span`` (ties, at
        least 3; ``inf`` for a bridge) and ``strength``.

    Raises
    ------
    GraphError
        If the graph is directed, or does not know which contacts know each other.

    References
    ----------
    .. [1] Granovetter, American Journal of Sociology 78 (1973), 1360-1380.

    Examples
    --------
    >>> import networkx as nx
    >>> square = nx.Graph([("Ann", "Bo"), ("Bo", "Cy"), ("Cy", "Di"), ("Di", "Ann"), ("Di", "Ed")])
    >>> local_bridges(square)["span"].to_dict()
    {('Ann', 'Bo'): 3.0, ('Ann', 'Di'): 3.0, ('Bo', 'Cy'): 3.0, ('Cy', 'Di'): 3.0, ('Di', 'Ed'): inf}
    """
    ties = Ties.of(graph).undirected("A local bridge").knowing_alter_ties("A local bridge")
    listed = triangles(ties)
    bridging = np.flatnonzero(listed.count == 0)
    order = np.argsort(listed.key[bridging])
    places = np.flatnonzero(common_contacts(ties) == 0)
    columns = {"span": spans(ties, listed, bridging)[order], "strength": ties.pair_strength[places]}
    return with_caveat(pd.DataFrame(columns, tie_index(ties, places)), ties)


def common_contacts(ties: Ties) -> np.ndarray:
    """How many contacts the two ends of each tie share; int64, shape (n_ties,), in the order of ``ties.pairs``."""
    listed = triangles(ties)
    return listed.count[np.argsort(listed.key)]


def tie_overlap(ties: Ties) -> np.ndarray:
    """Overlap of each tie; float64, shape (n_ties,), in the order of ``ties.pairs``."""
    source, target = ties.pairs
    shared = common_contacts(ties)
    around = ties.degree[source] + ties.degree[target] - 2 - shared
    return np.divide(shared, around, out=np.zeros(len(shared)), where=around > 0)
