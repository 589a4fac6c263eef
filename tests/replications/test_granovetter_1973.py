"""The strength of weak ties: local bridges, forbidden triads, and what closure does to a bridge that is tended."""

import numpy as np
from scipy import stats
from tests.replications.table import Estimate, Paper

from tertius import Ties, forbidden_triads, load, local_bridges
from tertius.models import ClosurePressure, bridge_half_life
from tertius.simulate import ensemble

paper = Paper(
    "Granovetter 1973", "American Journal of Sociology 78, 1360-1380; counts in the karate club of Zachary 1977"
)


@paper.number("karate club: local bridges", 11, status="computed")
def test_local_bridges():
    return len(local_bridges(load("karate")))


@paper.number("karate club: bridges that nothing goes round", 1, status="computed")
def test_true_bridges():
    return np.isinf(local_bridges(load("karate"))["span"]).sum()


@paper.number("karate club, strength of at least 3 as strong: {}", {"pairs of strong ties that meet": 195,
              "of these open, so forbidden": 109}, status="computed")  # fmt: skip
def test_forbidden_triads(which):
    karate = load("karate")
    ties = Ties.of(karate)
    three = ties.array()[0, 11]  # these two met in three settings; the data set scales strengths to 1 at most
    counted = forbidden_triads(karate, three).sum()
    return counted["strong_pairs" if which.startswith("pairs") else "forbidden"]


BRIDGE = [("Ann", "Bo"), ("Bo", "Cy"), ("Bo", "Di")]
"""Two pairs could go round the bridge Ann–Bo: Ann with Cy, and Ann with Di."""


@paper.number(
    "a bridge with two open pairs round it, q = .03: share that stands after 10 steps", 0.97**20, status="exact"
)
def test_a_bridge_under_pressure():
    model = ClosurePressure(BRIDGE, cut=0.6, chance=0.03, bridge=("Ann", "Bo"))
    assert model.pairs_through("Ann", "Bo") == 2
    stands = ensemble(model, 10, runs=4096, seed=1)["bridge_stands"][-1].astype(float)
    low, high = stats.binomtest(int(stands.sum()), 4096).proportion_ci(0.9999)
    assert low < model.survival("Ann", "Bo", 10) < high
    return Estimate.of(stands)


@paper.number("its half-life in steps: ln 2 / (−2 ln .97)", np.log(2) / (-2 * np.log(0.97)), status="exact")
def test_half_life():
    return bridge_half_life(2, 0.03)
