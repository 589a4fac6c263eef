"""Maximizing the spread of influence: how far a cascade reaches, and what taking the best one by one is worth."""

from functools import partial

import networkx as nx
import numpy as np
from tests.replications.table import Estimate, Paper

from tertius import Ties
from tertius.models import IndependentCascade, LinearThreshold, ThresholdCascade, choose_adopters, exact_reach
from tertius.simulate import ensemble

paper = Paper(
    "Kempe, Kleinberg and Tardos 2003", "Proceedings of KDD 2003, 137-146; expected numbers by hand, chance .3"
)
P = 0.3
SMALL = {
    "the end of a path of 6": (nx.path_graph(6), 0, sum(P**i for i in range(6))),
    "the hub of a star with 5 leaves": (nx.star_graph(5), 0, 1 + 5 * P),
    "a leaf of it": (nx.star_graph(5), 1, 1 + P + 4 * P**2),
    "one of three who all know each other": (nx.complete_graph(3), 0, 1 + 2 * P + 2 * P**2 - 2 * P**3),
}


@paper.number("people reached from {}", {name: value for name, (_, _, value) in SMALL.items()}, status="exact")
def test_every_way_in_which_luck_can_fall(name):
    graph, start, _ = SMALL[name]
    return exact_reach(IndependentCascade(graph, P, [start])).sum()


@paper.number("the same from 4,096 runs: {}", {name: value for name, (_, _, value) in SMALL.items()}, status="exact")
def test_runs(name):
    graph, start, _ = SMALL[name]
    reached = ensemble(IndependentCascade(graph, P, [start]), 6, runs=4096, seed=2)["adopted_share"][-1]
    return Estimate.of(len(graph) * reached)


@paper.number("people of 7 on a path whom the middle one moves, linear threshold: 1 + 2 (½ + ¼ + ¼)", 3, status="exact")
def test_thresholds_along_a_path():
    # Beside the middle each is moved by it with chance ½; so is the next by that one; the last has no other contact.
    return exact_reach(LinearThreshold(nx.path_graph(7), initial_adopters=[3])).sum()


@paper.number(
    "the same from 4,096 runs with thresholds that are {}", {"drawn": 3, "one contact each": 3}, status="exact"
)
def test_thresholds_along_a_path_in_runs(form):
    kind = LinearThreshold if form == "one contact each" else partial(ThresholdCascade, threshold=None)
    reached = ensemble(kind(nx.path_graph(7), initial_adopters=[3]), 7, runs=4096, seed=3)["adopted_share"][-1]
    return Estimate.of(7 * reached)


def greedy_and_best():
    """Reach of the greedy choice over the best, on 200 small networks with a chance for each tie."""
    for seed in range(200):
        rng = np.random.default_rng(seed)
        graph = nx.gnm_random_graph(8, 10, seed=seed, directed=bool(seed % 2))
        ties = Ties.of(graph)
        model = IndependentCascade(ties, rng.uniform(0.05, 0.95, ties.n_ties).round(2))
        yield choose_adopters(model, 3).reach / choose_adopters(model, 3, "exhaustive").reach


@paper.number("of 200 small networks, those where greedy gets less than 1 − 1/e of the best", 0, status="exact")
def test_greedy_gets_most_of_the_best():
    return sum(ratio < 1 - np.exp(-1) for ratio in greedy_and_best())
