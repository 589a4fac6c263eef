"""Fox: hours given one by one to whoever gains most are best where nothing overlaps; Nemhauser and others: nearly."""

import numpy as np
from tests.replications.table import Paper

from tertius.models import Allocation, best_hours, best_star_share

paper = Paper(
    "Fox 1966, and Nemhauser, Wolsey and Fisher 1978",
    "Management Science 13, 210-216; Mathematical Programming 14, 265-294",
)
CRITERIA = ("influence", "complementarity", "potential")


def instance(seed, disjoint):
    """Six contacts, 15 items a criterion, each held with chance .35."""
    rng = np.random.default_rng(seed)
    motivation = {j: rng.random() for j in range(6)}
    holds = {
        name: {j: [(j, e) if disjoint else e for e in range(15) if rng.random() < 0.35] for j in motivation}
        for name in CRITERIA
    }
    return Allocation(motivation, holds)


def hour_by_hour(plan, hours=8):
    """Each hour to the largest gain, of equals to the first."""
    spent = dict.fromkeys(plan.contacts, 0)
    for _ in range(hours):
        spent[plan.gains(spent).idxmax()] += 1
    return plan.value(spent)


@paper.number("share of the best earned hour by hour where nothing overlaps, least of 10", 1, status="exact")
def test_where_nothing_overlaps():
    return min(hour_by_hour(plan) / plan.best(8).value for plan in (instance(seed, True) for seed in range(10)))


@paper.number("of 10 with overlap, how many earn under 63 % of the best hour by hour", 0, status="exact")
def test_where_things_overlap():
    shares = [hour_by_hour(plan) / plan.best(8).value for plan in (instance(seed, False) for seed in range(10))]
    return sum(share < 1 - np.exp(-1) for share in shares)


@paper.number(
    "best share of the hours for a star beside nine others, worth {}, chance of leaving {}",
    {(4, 0): 16 / 25, (4, 0.3): 2.8**2 / (2.8**2 + 9), (3, 0): 1 / 2},
    status="exact",
)
def test_best_share_of_a_star(key):
    worth, leaves = key
    return best_star_share(worth, leaves=leaves)


@paper.number("the same by dividing ten hours, worth 4", 0.64, status="exact")
def test_best_hours_of_a_star():
    return best_hours({"star": 4, **dict.fromkeys(range(9), 1)}, 10)["star"] / 10
