"""Podolny and Baron, in our form: gaps among those who judge your work pull you apart."""

import networkx as nx
from tests.replications.table import Paper

from tertius import role_strain

paper = Paper("Podolny and Baron 1997, in our form", "American Sociological Review 62, 673-693")


@paper.number("strain of two bosses who expect 2 and 6, {}", {"strangers": 4, "acquainted": 0}, status="exact")
def test_two_bosses(they):
    bosses = nx.star_graph(["me", "Ann", "Bo"])
    if they == "acquainted":
        bosses.add_edge("Ann", "Bo")
    return role_strain(bosses, {"Ann": 2, "Bo": 6}, "me")
