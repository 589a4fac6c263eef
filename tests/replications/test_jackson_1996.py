"""Jackson and Wolinsky: what is best and what is stable, over all networks of five people."""

import networkx as nx
from tests.replications.table import Paper

from tertius.models import Connections

paper = Paper("Jackson and Wolinsky 1996", "Journal of Economic Theory 71, 44-74")
ALL = [graph for graph in nx.graph_atlas_g() if len(graph) == 5]


def stable(cost):
    model = Connections(5, 0.5, cost)
    return [graph for graph in ALL if model.is_pairwise_stable(graph)]


@paper.number(
    "welfare of a star of five, value .5, cost {}", {c: 8 * (0.5 - c) + 3 for c in (0.3, 0.6)}, status="exact"
)
def test_welfare_of_a_star(cost):
    return Connections(5, 0.5, cost).payoffs(nx.star_graph(4)).sum()


@paper.number(
    "most welfare of all networks of five, value .5, cost {}",
    {0.2: 20 * 0.3, 0.4: 8 * 0.1 + 3, 0.8: 8 * -0.3 + 3, 1: 0},
    status="exact",
)
def test_most_welfare(cost):
    model = Connections(5, 0.5, cost)
    return max(model.payoffs(graph).sum() for graph in ALL)


@paper.number("stable networks of five at a cost of .2, below δ − δ²", 1, status="exact")
def test_one_is_stable():
    return len(stable(0.2))


@paper.number("whether the {} is stable at a cost of .6, above δ", {"star": 0, "empty network": 1}, status="exact")
def test_the_best_is_not_stable(kind):
    graph = nx.star_graph(4) if kind == "star" else nx.empty_graph(5)
    return Connections(5, 0.5, 0.6).is_pairwise_stable(graph)


@paper.number("people with just one tie in all networks stable at a cost of {}", {0.6: 0, 0.9: 0}, status="exact")
def test_nobody_hangs_on(cost):
    return sum(degree == 1 for graph in stable(cost) for _, degree in graph.degree)
