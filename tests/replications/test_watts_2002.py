"""Global cascades on random networks: connected enough to spread, not enough to be immune."""

from functools import cache

import networkx as nx
import numpy as np
from scipy.stats import poisson
from tests.replications.table import Estimate, Paper

from tertius import Ties
from tertius.models import ThresholdCascade, cascade_window
from tertius.simulate import ensemble

paper = Paper(
    "Watts 2002",
    "Proceedings of the National Academy of Sciences 99, 5766-5771; pairs tied at random, threshold .18, one who "
    "starts, a cascade is more than a tenth; theirs over 240 runs, ours over networks with 64 runs each",
)


@cache
def cascades(n, mean, networks):
    """Of each network, the share of runs with a cascade, and how far these get on average."""
    shares, sizes = [], []
    for seed in range(networks):
        graph = nx.fast_gnp_random_graph(n, mean / (n - 1), seed=seed)
        model = ThresholdCascade(graph, 0.18, 1)
        many = ensemble(model, 300, runs=64, seed=seed, until=model.is_settled)
        there = many["is_cascade"][-1] > 0
        shares.append(there.mean())
        if there.any():
            sizes.append(many["adopted_share"][-1][there].mean())
    return shares, sizes


def of_240(share):
    """What a share of 240 independent runs says."""
    return Estimate(share, float(np.sqrt(share * (1 - share) / 240)))


@paper.number("chance of a cascade, {} people, mean contacts {}", {(1000, 3): of_240(0.88), (1000, 6.2): of_240(0.21),
              (10_000, 6.2): of_240(0.02)}, status="computed")  # fmt: skip
def test_how_often_there_is_a_cascade(size):
    return Estimate.of(cascades(*size, 30 if size[0] == 1000 else 12)[0])


@paper.number("share reached by a cascade, 1,000 people, mean contacts {}", {3: 0.94, 5: 0.99}, status="computed",
              tolerance=0.005, why="two decimals")  # fmt: skip
def test_how_far_a_cascade_gets(mean):
    return Estimate.of(cascades(1000, mean, 30)[1])


@paper.number(
    "cascades are rarer with 5 contacts than with 3: the sign of the difference", 1, status="computed", shape=True
)
def test_more_contacts_make_cascades_rarer():
    return np.sign(np.mean(cascades(1000, 3, 30)[0]) - np.mean(cascades(1000, 5, 30)[0]))


@paper.number("mean contacts z at both edges of the window: z P(Poisson(z) ≤ 3) at the {} edge", {"lower": 1, "upper":
              1}, status="exact")  # fmt: skip
def test_the_window(edge):
    lower, upper = cascade_window(0.18)
    assert lower < 3 < upper  # in between they hang together: 3 P(Poisson(3) ≤ 3) = 1.9
    z = upper if edge == "upper" else lower
    return z * poisson.cdf(3, z)


@paper.number("thresholds of .2501, .26, …, .5 that have a window", 0, status="exact")
def test_above_a_quarter_there_is_no_window():
    return sum(cascade_window(threshold)[0] > 0 for threshold in (0.2501, *np.arange(0.26, 0.51, 0.02)))


@paper.number("most contacts with which one voice is enough, threshold {}", {0.18: 5, 0.2: 5, 0.25: 4, 0.5: 2, 1.0: 1},
              status="exact")  # fmt: skip
def test_who_is_vulnerable(threshold):
    ties = Ties.of(nx.disjoint_union_all([nx.star_graph(k) for k in range(1, 9)]))
    vulnerable = ThresholdCascade(ties, threshold, 0).vulnerable
    return ties.degree[vulnerable].max()


@paper.number("people of 20 on a ring who join, threshold {}", {0.5: 20, 0.51: 1}, status="exact")
def test_on_a_ring(threshold):
    many = ensemble(ThresholdCascade(nx.cycle_graph(20), threshold, [0]), 20, runs=1, seed=1)
    return 20 * many["adopted_share"][-1, 0]
