"""Networks to measure on: made by igraph, which is quick, and given as igraph's own, as arrays, or to networkx."""

from __future__ import annotations

import random
from collections.abc import Callable

import igraph
import networkx as nx
import numpy as np
from scipy import sparse

from tertius import Ties


def hubs(people: int) -> igraph.Graph:
    """Few people with very many contacts (Barabási and Albert), five ties for each newcomer."""
    return _simple(lambda: igraph.Graph.Barabasi(people, 5))


def small_world(people: int) -> igraph.Graph:
    """A ring with ten contacts each, a tenth of the ties moved (Watts and Strogatz)."""
    return _simple(lambda: igraph.Graph.Watts_Strogatz(1, people, 5, 0.1))


def groups(people: int) -> igraph.Graph:
    """Groups of fifty, with ten contacts each inside and two outside (planted partition)."""
    count = people // 50
    share = np.full((count, count), 2 / people)
    np.fill_diagonal(share, 0.2)
    return _simple(lambda: igraph.Graph.SBM(pref_matrix=share.tolist(), block_sizes=[50] * count))


def _simple(make: Callable[[], igraph.Graph]) -> igraph.Graph:
    random.seed(1)  # where igraph takes its luck from
    return make().simplify()


def edges(graph: igraph.Graph) -> np.ndarray:
    """Both ends of every tie; int64, shape (ties, 2)."""
    return np.array(graph.get_edgelist(), np.int64).reshape(-1, 2)


def as_ties(graph: igraph.Graph) -> Ties:
    """Hold a network as the arrays that tertius works on."""
    source, target = edges(graph).T
    links = sparse.coo_array((np.ones(len(source)), (source, target)), shape=(graph.vcount(), graph.vcount()))
    return Ties.of(links + links.T)


def afresh(ties: Ties) -> Ties:
    """Hold the same arrays anew, so that nothing that was worked out before is known."""
    return Ties(ties.indptr, ties.indices, ties.strength, ties.ids)


def as_networkx(graph: igraph.Graph) -> nx.Graph:
    """Hold a network as networkx does."""
    same = nx.empty_graph(graph.vcount())
    same.add_edges_from(graph.get_edgelist())
    return same
