"""Lazer and Friedman: who copies whom, how fast, and how good it gets in the end."""

from functools import cache

import networkx as nx
from tests.replications.table import Estimate, Paper

from tertius.models import LandscapeSearch
from tertius.simulate import ensemble

paper = Paper(
    "Lazer and Friedman 2007, on landscapes as Kauffman and Weinberger drew them",
    "Administrative Science Quarterly 52, 667-694",
)
NETWORKS = {"all see all": "everyone", "in a line": nx.path_graph(100), "each alone": "none"}
COMPUTED = {
    ("all see all", 5): 0.895,
    ("all see all", 20): 0.910,
    ("all see all", 200): 0.910,
    ("in a line", 5): 0.811,
    ("in a line", 20): 0.929,
    ("in a line", 200): 0.977,
    ("each alone", 5): 0.728,
    ("each alone", 20): 0.825,
    ("each alone", 200): 0.901,
}


@cache
def quality(network):
    model = LandscapeSearch(NETWORKS[network], decisions=20, ruggedness=5, people=100)
    return ensemble(model, 200, runs=64, seed=1)["quality"]


@paper.number(
    "mean quality, 20 decisions, ruggedness 5, 100 people, {}, step {}",
    COMPUTED,
    status="computed",
    tolerance=0.02,
    why="theirs is 40 landscapes, as a share of the best of 4,000 climbs",
)
def test_quality_over_time(key):
    network, step = key
    return Estimate.of(quality(network)[step])


@paper.number(
    "step at which the line passes those who all see all", 17.5, status="computed", tolerance=2.5, why="15 to 20"
)
def test_the_curves_cross():
    return int((quality("in a line").mean(axis=1) > quality("all see all").mean(axis=1)).nonzero()[0][0])
