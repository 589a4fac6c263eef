"""What to know about a network before reading what cutting its ties shows."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csgraph

from tertius.ties import Ties

FEW_TIES = 30
"""With fewer ties than this, one tie more or less changes the picture."""


def removal_caveats(graph, share: float = 0.35) -> list[str]:
    """Say what limits a `removal_gap` on this network: one sentence each, none if nothing does.

    A network in several parts before any tie is cut, strengths that are all equal, a file that does not say which
    contacts know each other, and few ties: each makes the gap say less than it seems to.

    Parameters
    ----------
    graph : networkx.Graph, Network or Ties
        Undirected.
    share : float
        Share of ties that will be cut, in (0, 1].

    Returns
    -------
    list of str

    Raises
    ------
    GraphError
        If the graph is directed.

    Examples
    --------
    >>> print(*removal_caveats([("Ann", "Bo", 1), ("Bo", "Cy", 2), ("Cy", "Ann", 2)]), sep="\\n")
    Few ties: there are 3, so a cut of 35 % takes 1, and each tie that was forgotten would count.
    """
    ties = Ties.of(graph).undirected("Removing ties")
    if not ties.n_ties:
        return ["No ties: there is nothing to cut."]
    caveats = []
    count, part = csgraph.connected_components(ties.array(), directed=False)
    if count > 1:
        largest = np.bincount(part).max()
        caveats.append(
            f"Several parts: before any tie is cut the network is in {count}, and the largest holds {largest} of "
            f"{len(ties)} people. The curve starts there."
        )
    if np.ptp(ties.pair_strength) < 1e-12:
        caveats.append(
            "One strength: all ties are equally strong, so weakest first and strongest first are both a random order, "
            "and there is no gap to find. Add a column of weights."
        )
    if ties.alter_ties == "none":
        caveats.append(
            "A star: the file does not say which contacts know each other. Each tie cut loses one person, whichever "
            "goes first, so the gap says nothing. Add ties among the contacts who matter most."
        )
    elif ties.alter_ties in ("partial", "inferred"):
        caveats.append(
            f"Ties among contacts are {ties.alter_ties}: those that are missing would hold some people whom the "
            "picture shows as cut off."
        )
    if ties.n_ties < FEW_TIES:
        cut = int(np.floor(share * ties.n_ties + 0.5))
        caveats.append(
            f"Few ties: there are {ties.n_ties}, so a cut of {100 * share:.0f} % takes {cut}, and each tie that was "
            "forgotten would count."
        )
    return caveats
