"""Bonacich: power through strong or weak partners, on paths that can be solved by hand."""

import networkx as nx
from tests.replications.table import Paper

from tertius import bonacich_power

paper = Paper("Bonacich 1987", "American Journal of Sociology 92, 1170-1182")


@paper.number("inner over outer, path of four, beta {}", {b: (2 + b) / (1 + b) for b in (-0.5, 0.3)}, status="exact")
def test_path_of_four(beta):
    power = bonacich_power(nx.path_graph(4), beta)
    return power[1] / power[0]


@paper.number(
    "second over centre, path of five, beta {}", {b: (2 + 3 * b) / (2 + 4 * b) for b in (-0.3, 0.3)}, status="exact"
)
def test_path_of_five(beta):
    power = bonacich_power(nx.path_graph(5), beta)
    return power[1] / power[2]
