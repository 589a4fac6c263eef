"""Golub and Jackson: a crowd is wise only if nobody's influence stays large."""

import networkx as nx
from tests.replications.table import Paper

from tertius.models import DeGroot

paper = Paper("Golub and Jackson 2010", "American Economic Journal: Microeconomics 2, 112-149")


@paper.number("largest influence among 1,000 people, {}", {"star": 1000 / 2998, "ring": 1 / 1000}, status="exact")
def test_largest_influence(shape):
    graph = nx.star_graph(999) if shape == "star" else nx.cycle_graph(1000)
    return DeGroot(graph).influence().max()
