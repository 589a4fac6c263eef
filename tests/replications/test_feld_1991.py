"""Feld: your contacts have more contacts than you."""

import networkx as nx
from tests.replications.table import Paper

from tertius import friendship_paradox

paper = Paper("Feld 1991", "American Journal of Sociology 96, 1464-1477")


@paper.number(
    "star of five, mean number of contacts of {}",
    {"people": 1.6, "tie ends": 2.5, "contacts": 3.4},
    status="exact",
)
def test_three_averages(which):
    return friendship_paradox(nx.star_graph(4))[f"of_{which.replace(' ', '_')}"]


@paper.number(
    "share who have fewer contacts than theirs, {}",
    {"karate club": 29 / 34, "Florentine marriages": 11 / 15},
    status="computed",
)
def test_share_below(network):
    graph = nx.karate_club_graph() if network == "karate club" else nx.florentine_families_graph()
    return friendship_paradox(graph)["share_below"]
