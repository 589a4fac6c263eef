"""Where people stand in a network: near everybody, among the well tied, in the core, strong through the weak."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.sparse import csgraph
from scipy.sparse.linalg import ArpackNoConvergence, cg, eigsh

from tertius.errors import GraphError, ParameterError
from tertius.measures.in_between import share_in_between
from tertius.measures.tables import node_index
from tertius.ties import Ties

DENSE_UP_TO = 1_000
"""People for whom a full matrix is faster than a sparse one, and exact to the last digit."""


def centrality(graph, *, sample: int | str | None = None, seed: int | None = None) -> pd.DataFrame:
    """Five answers to "who is central?", side by side.

    They answer different questions, and different people win: who has most ties, who is near everybody, who stands
    in between, who is tied to the well tied, who is in the thick of it.

    Parameters
    ----------
    graph : networkx.Graph, Network or Ties
        Undirected; strengths and self-ties are ignored.
    sample, seed : optional
        As for `betweenness`, which is a sample in a network of more than 2,000 people.

    Returns
    -------
    pandas.DataFrame
        One row for each person, in node order, with the columns ``degree`` (share of all others tied to; ``nan`` for
        one person alone), ``closeness``, ``betweenness``, ``eigenvector`` (``nan`` where `eigenvector` refuses because
        the network does not determine it) and ``core``.

    Raises
    ------
    GraphError
        If the graph is directed, or does not know which contacts know each other.
    ParameterError
        As `betweenness`.

    Examples
    --------
    >>> import networkx as nx
    >>> centrality(nx.star_graph(["hub", "Ann", "Bo"])).loc["hub"].round(3).to_dict()
    {'degree': 1.0, 'closeness': 1.0, 'betweenness': 1.0, 'eigenvector': 0.707, 'core': 1.0}
    """
    ties = _checked(graph, "Centrality")
    try:
        leading = _eigenvector(ties)
    except GraphError:
        leading = np.nan
    n = len(ties)
    return pd.DataFrame(
        {
            "degree": ties.degree / (n - 1) if n > 1 else np.nan,
            "closeness": _closeness(ties),
            "betweenness": share_in_between(ties, sample, seed)[0],
            "eigenvector": leading,
            "core": _core(ties),
        },
        node_index(ties),
    )


def closeness(graph) -> pd.Series:
    r"""How near a person is to everybody: one over the mean distance, in ties.

    Tied to all: 1. In a network of several parts, most distances are infinite; here the mean is over those who can be
    reached, and the result is multiplied by their share of all others, after Wasserman and Faust [1]_. With r reached
    of n - 1 others at distances that add up to d, it is :math:`r/d \cdot r/(n - 1)`. Who reaches nobody has 0.

    Parameters
    ----------
    graph : networkx.Graph, Network or Ties
        Undirected; strengths and self-ties are ignored.

    Returns
    -------
    pandas.Series
        One number in [0, 1] for each person, in node order; ``nan`` for one person alone. As in networkx; igraph
        leaves out the second factor.

    Raises
    ------
    GraphError
        If the graph is directed, or does not know which contacts know each other.

    References
    ----------
    .. [1] Wasserman and Faust, Social Network Analysis (1994), 201.

    Examples
    --------
    >>> import networkx as nx
    >>> closeness(nx.path_graph(["Ann", "Bo", "Cy"])).round(3).to_dict()  # Ann: 2 others at distance 1 and 2
    {'Ann': 0.667, 'Bo': 1.0, 'Cy': 0.667}
    """
    ties = _checked(graph, "Closeness")
    return pd.Series(_closeness(ties), node_index(ties), name="closeness")


def eigenvector(graph) -> pd.Series:
    r"""How well a person is tied to the well tied: everybody's number in proportion to the sum of their contacts'.

    In a full group all have the same. It is the leading eigenvector of the ties, positive and of length 1 [1]_. In a
    network of several parts only the part with the largest eigenvalue has any: the others are 0.

    Parameters
    ----------
    graph : networkx.Graph, Network or Ties
        Undirected; strengths and self-ties are ignored.

    Returns
    -------
    pandas.Series
        One number in [0, 1] for each person, in node order; the squares add up to 1.

    Raises
    ------
    GraphError
        If the graph is directed, has no ties, or has two parts with the same largest eigenvalue, so that it is not
        determined; or if it does not know which contacts know each other.

    References
    ----------
    .. [1] Bonacich, Journal of Mathematical Sociology 2 (1972), 113-120.

    Examples
    --------
    >>> import networkx as nx
    >>> eigenvector(nx.path_graph(["Ann", "Bo", "Cy"])).round(3).to_dict()
    {'Ann': 0.5, 'Bo': 0.707, 'Cy': 0.5}
    """
    ties = _checked(graph, "Eigenvector centrality")
    return pd.Series(_eigenvector(ties), node_index(ties), name="eigenvector")


def bonacich_power(graph, beta: float = -0.3) -> pd.Series:
    r"""How strong a person is through contacts who are strong (beta above 0) or weak (beta below 0).

    In bargaining it helps to have partners with nowhere else to go: below 0, being tied to the well tied costs. At 0
    it is the number of ties. :math:`c = \alpha (I - \beta A)^{-1} A 1`, with alpha such that the squares add up to
    the number of people [1]_. For donors: high power below 0 is the others' dependence, and a risk to them.

    Parameters
    ----------
    graph : networkx.Graph, Network or Ties
        Undirected; strengths and self-ties are ignored.
    beta : float
        Smaller in size than one over the largest eigenvalue; the error says the bound.

    Returns
    -------
    pandas.Series
        One number for each person, in node order, also below 0 where beta is; 0 without ties. The same as ``bonpow``
        in R's sna and ``power_centrality`` in R's igraph.

    Raises
    ------
    ParameterError
        If ``beta`` is out of its bound.
    GraphError
        If the graph is directed or has no ties, or does not know which contacts know each other.

    References
    ----------
    .. [1] Bonacich, American Journal of Sociology 92 (1987), 1170-1182.

    Examples
    --------
    >>> import networkx as nx
    >>> path = nx.path_graph(["Ann", "Bo", "Cy", "Di", "Ed"])
    >>> power = bonacich_power(path, -0.3)
    >>> power.idxmax(), round(float(power["Bo"] / power["Cy"]), 3)  # (2 + 3 beta) / (2 + 4 beta): Ann has nobody but Bo
    ('Bo', 1.375)
    """
    ties = _checked(graph, "Bonacich power")
    bound = 1 / _leading_parts(ties, "Bonacich power")[0][0]
    if not abs(beta) < bound:
        raise ParameterError(
            f"beta is {beta!r}; in this network it must be between -{bound:.4g} and {bound:.4g}: one over the largest "
            "eigenvalue of its ties, beyond which influence would grow without end."
        )
    degree = ties.degree.astype(float)
    if len(ties) <= DENSE_UP_TO:
        power = np.linalg.solve(np.eye(len(ties)) - beta * _tied(ties).toarray(), degree)
    else:
        power, trouble = cg(sparse.eye_array(len(ties), format="csr") - beta * _tied(ties), degree, rtol=1e-12)
        if trouble:
            raise GraphError(f"beta is {beta!r}, too near its bound of {bound:.4g} for a network of this size.")
    return pd.Series(power * np.sqrt(len(ties) / (power @ power)), node_index(ties), name="power")


def core_number(graph) -> pd.Series:
    """How deep in the core a person stands: the largest k such that a group in which all have k ties has them in it.

    A star has no core: its hub has 1, like its leaves. Everybody in a full group of five has 4 [1]_.

    Parameters
    ----------
    graph : networkx.Graph, Network or Ties
        Undirected; strengths and self-ties are ignored.

    Returns
    -------
    pandas.Series
        One whole number for each person, in node order; 0 without ties.

    Raises
    ------
    GraphError
        If the graph is directed, or does not know which contacts know each other.

    References
    ----------
    .. [1] Seidman, Social Networks 5 (1983), 269-287; found after Batagelj and Zaversnik, Advances in Data Analysis and
       Classification 5 (2011), 129-145.

    Examples
    --------
    >>> import networkx as nx
    >>> core_number(nx.Graph([("Ann", "Bo"), ("Bo", "Cy"), ("Cy", "Ann"), ("Cy", "Di")])).to_dict()
    {'Ann': 2, 'Bo': 2, 'Cy': 2, 'Di': 1}
    """
    ties = _checked(graph, "A core")
    return pd.Series(_core(ties), node_index(ties), name="core")


def _checked(graph, what: str) -> Ties:
    return Ties.of(graph).undirected(what).knowing_alter_ties(what)


def _tied(ties: Ties) -> sparse.csr_array:
    """A one for every tie, in both directions."""
    return sparse.csr_array((np.ones(len(ties.indices)), ties.indices, ties.indptr), shape=(len(ties), len(ties)))


def _closeness(ties: Ties) -> np.ndarray:
    reached, total = _distances(ties)
    near = np.divide(reached, total, out=np.zeros(len(ties)), where=total > 0)
    return near * reached / (len(ties) - 1) if len(ties) > 1 else np.full(len(ties), np.nan)


def _distances(ties: Ties) -> tuple[np.ndarray, np.ndarray]:
    """How many others each person reaches, and the sum of the distances to them; int64, shape (n,).

    64 people set out at once, one in each bit of a word.
    """
    n, words = len(ties), 32
    reached, total = np.zeros(n, np.int64), np.zeros(n, np.int64)
    tied = np.flatnonzero(ties.degree)
    starts = ties.indptr[tied]
    for first in range(0, n, 64 * words):
        people = np.arange(first, min(n, first + 64 * words))
        seen = np.zeros((n, -(-len(people) // 64)), np.uint64)
        seen[people, (people - first) // 64] = np.uint64(1) << ((people - first) % 64).astype(np.uint64)
        front, distance = seen.copy(), 0
        while True:
            distance += 1
            new = np.zeros_like(seen)
            if len(tied):
                new[tied] = np.bitwise_or.reduceat(front[ties.indices], starts, axis=0)
            new &= ~seen
            count = np.bitwise_count(new).sum(axis=1, dtype=np.int64)
            if not count.any():
                break
            reached += count
            total += distance * count
            seen |= new
            front = new
    return reached, total


def _eigenvector(ties: Ties) -> np.ndarray:
    parts = _leading_parts(ties, "Eigenvector centrality")
    _, members, vector = parts[0]
    if len(parts) > 1:
        one, other = ties.ids[members[0]], ties.ids[parts[1][1][0]]
        raise GraphError(
            f"The part of {one!r} and the part of {other!r} are tied to each other by nobody and have the same largest "
            "eigenvalue, so eigenvector centrality is not determined. Ask for one part at a time."
        )
    values = np.zeros(len(ties))
    values[members] = vector
    return values


def _leading_parts(ties: Ties, what: str) -> list[tuple[float, np.ndarray, np.ndarray]]:
    """The connected part with the largest eigenvalue, or several with the same: eigenvalue, members, eigenvector."""
    if not ties.n_ties:
        raise GraphError(f"{what} needs a tie, and this network has none.")
    tied = _tied(ties)
    count, part = csgraph.connected_components(tied, directed=False)
    most = np.zeros(count, np.int64)
    np.maximum.at(most, part, ties.degree)
    best: list[tuple[float, np.ndarray, np.ndarray]] = []
    # An eigenvalue is at most the largest degree of its part, so that most small parts need no look.
    for candidate in np.argsort(-most, kind="stable").tolist():
        if best and most[candidate] < best[0][0] * (1 - 1e-9):
            break
        members = np.flatnonzero(part == candidate)
        value, vector = _leading(tied[members][:, members], what)
        if best and value > best[0][0] * (1 + 1e-9):
            best = []
        if not best or value > best[0][0] * (1 - 1e-9):
            best.append((value, members, vector))
    return best


def _leading(tied: sparse.csr_array, what: str) -> tuple[float, np.ndarray]:
    """Largest eigenvalue of a connected part, with its positive eigenvector of length 1."""
    if tied.shape[0] <= DENSE_UP_TO:
        values, vectors = np.linalg.eigh(tied.toarray())
    else:
        try:
            values, vectors = eigsh(tied, k=1, which="LA", v0=np.ones(tied.shape[0]), maxiter=100 * tied.shape[0])
        except ArpackNoConvergence:
            raise GraphError(
                f"{what} could not be worked out: the leading eigenvalues are too near each other."
            ) from None
    return float(values[-1]), np.abs(vectors[:, -1])


def _core(ties: Ties) -> np.ndarray:
    left = ties.degree.tolist()
    indptr, indices = ties.indptr.tolist(), ties.indices.tolist()
    waiting: list[list[int]] = [[] for _ in range(max(left, default=0) + 1)]
    for person, k in enumerate(left):
        waiting[k].append(person)
    core = [-1] * len(left)
    for k, here in enumerate(waiting):
        while here:  # taking somebody out can bring contacts down to k, and so onto this list
            person = here.pop()
            if core[person] >= 0:
                continue
            core[person] = k
            for other in indices[indptr[person] : indptr[person + 1]]:
                if core[other] < 0 and left[other] > k:
                    left[other] -= 1
                    waiting[left[other]].append(other)
    return np.array(core, np.int64)
