"""Collective dynamics of small-world networks: a few shortcuts make distances short and leave contacts tied."""

from functools import cache

from scipy.sparse import csgraph
from tests.replications.table import Estimate, Paper

from tertius import clustering
from tertius.data import rewired_ring

paper = Paper(
    "Watts and Strogatz 1998", "Nature 393, 440-442; 1,000 people with ten contacts each, means over 20 rings"
)
RINGS = 20


def of_20(mean, spread):
    """A mean over 20 rings of this standard deviation, which is that of ours."""
    return Estimate(mean, spread / RINGS**0.5)


SHORT = {0.001: of_20(0.52, 0.13), 0.01: of_20(0.17, 0.012), 0.1: of_20(0.087, 0.0009)}
TIED = {0.001: of_20(0.997, 0.0016), 0.01: of_20(0.968, 0.004), 0.1: of_20(0.734, 0.0127), 1.0: of_20(0.014, 0.0007)}


@cache
def measured(rewired, rings):
    """Mean distance and clustering of each ring, as shares of those of the ring without shortcuts."""
    lengths, tied = [], []
    for seed in range(rings):
        ties = rewired_ring(1000, 5, rewired, seed=seed)
        lengths.append(csgraph.shortest_path(ties.array(), unweighted=True).sum() / 999_000 / 50.4505)
        tied.append(clustering(ties).mean() / (2 / 3))
    return lengths, tied


@paper.number("mean distance on the ring", 50.4505, status="exact", tolerance=0.00005, why="four decimals")
def test_distance_on_the_ring():
    return 50.4505 * measured(0, 1)[0][0]


@paper.number("clustering on the ring: 3 · 8 / (4 · 9)", 2 / 3, status="exact")
def test_clustering_on_the_ring():
    return 2 / 3 * measured(0, 1)[1][0]


@paper.number("mean distance over that of the ring, share of ties moved {}", SHORT, status="computed", tolerance=0.005,
              why="two digits")  # fmt: skip
def test_a_few_shortcuts(rewired):
    return Estimate.of(measured(rewired, RINGS)[0])


@paper.number("clustering over that of the ring, share of ties moved {}", TIED, status="computed", tolerance=0.0005,
              why="three decimals")  # fmt: skip
def test_contacts_stay_tied(rewired):
    return Estimate.of(measured(rewired, RINGS)[1])
