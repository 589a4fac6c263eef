"""What lesson 02 says of three first voices (E2): whom to ask, on the case's network and on one with hubs.

Means are over 1,024 runs a seed. Forty are too few: with those, friends of random people beat random people on 18 of
20 networks with hubs, and most ties beat friends on 18 of 20 of the case.
"""

from functools import cache

import networkx as nx
import numpy as np
import pytest

from tertius import Ties
from tertius.data import pharma_executive
from tertius.models import IndependentCascade
from tertius.simulate import ensemble

SEEDS = range(20)
RULES = ("random", "friend", "degree", "spread out")


@cache
def network(kind, seed):
    """The acquaintances of the case without the executive, or as many people and ties with hubs."""
    acquaintances = Ties.of(pharma_executive(seed=seed), relation="acquaintance")
    graph = nx.Graph(list(acquaintances.named_pairs()))
    graph.add_nodes_from(acquaintances.ids)
    graph.remove_node("EXEC")
    if kind == "case":
        return Ties.of(graph)
    people, ties = len(graph), graph.number_of_edges()
    rng = np.random.default_rng(seed)
    weight = np.arange(1, people + 1) ** -0.7
    pairs: set[tuple[int, int]] = set()
    while len(pairs) < ties:
        one, other = sorted(rng.choice(people, 2, p=weight / weight.sum()).tolist())
        if one != other:
            pairs.add((one, other))
    hubs = nx.empty_graph(people)
    hubs.add_edges_from(pairs)
    return Ties.of(hubs)


@cache
def reach(kind, rule, seed):
    """People reached from three voices, each tie passing it on with chance .15."""
    model = IndependentCascade(network(kind, seed), 0.15, 3, rule)
    many = ensemble(model, 40, runs=1024, seed=seed, until=model.is_settled)
    assert (many["adopted_share"][0] * len(model.ties)).round().tolist() == [3] * 1024  # equal voices
    return len(model.ties) * many["adopted_share"][-1].mean()


def ahead(kind, more, less):
    """How many more people one rule reaches than another, seed by seed."""
    return np.array([reach(kind, more, seed) - reach(kind, less, seed) for seed in SEEDS])


def test_both_networks_have_as_many_people_and_ties():
    for seed in SEEDS:
        assert len(network("case", seed)) == len(network("hubs", seed)) == 80
        assert network("case", seed).n_ties == network("hubs", seed).n_ties


@pytest.mark.parametrize("kind", ["case", "hubs"])
def test_most_people_have_fewer_ties_than_their_contacts_on_average(kind):
    for seed in SEEDS:
        ties = network(kind, seed)
        degree = ties.degree.astype(float)
        has = degree > 0
        contacts = (ties.array() > 0).astype(float) @ degree
        assert (degree[has] < contacts[has] / degree[has]).mean() > 0.5


def test_friends_of_random_people_reach_more_than_random_people():
    assert (ahead("hubs", "friend", "random") > 0).all()
    gap = ahead("case", "friend", "random")
    assert gap.mean() > 4 * gap.std(ddof=1) / np.sqrt(20)


@pytest.mark.parametrize("kind", ["case", "hubs"])
def test_most_ties_reach_more_than_friends(kind):
    assert (ahead(kind, "degree", "friend") > 0).all()


def test_spreading_out_helps_in_the_case_and_hurts_where_there_are_hubs():
    helps, hurts = ahead("case", "spread out", "degree"), ahead("hubs", "spread out", "degree")
    for gap, sign in ((helps, 1), (hurts, -1)):
        assert sign * gap.mean() > 2 * gap.std(ddof=1) / np.sqrt(20)
    assert (hurts < 0).all()
