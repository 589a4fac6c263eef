"""Threshold models of collective behavior: one person's threshold, and the spread of all."""

import numpy as np
from tests.replications.table import Paper

from tertius.models import Crowd, crowd_end
from tertius.simulate import simulate

paper = Paper("Granovetter 1978", "American Journal of Sociology 83, 1420-1443")
LADDER = list(range(100))


@paper.number("people who riot, thresholds 0, 1, 2, …, 99", 100, status="exact")
def test_one_after_another_joins():
    return 100 * simulate(Crowd(thresholds=LADDER), 100, seed=1)["adopted_share"][-1]


@paper.number("the same with the single 1 changed to 2", 1, status="exact")
def test_one_person_more_patient():
    return 100 * simulate(Crowd(thresholds=[0, 2, *LADDER[2:]]), 100, seed=1)["adopted_share"][-1]


END = "people of 100 in the end, normal thresholds of mean 25, deviation {}"


@paper.number(END, {8: 0.09, 10: 0.77}, status="computed", tolerance=0.005, why="two decimals")
def test_with_little_variety_nearly_nobody_joins(deviation):
    return crowd_end(25, deviation)


@paper.number(END, {30: 99.3, 100: 65.9}, status="computed", tolerance=0.05, why="one decimal")
def test_with_much_variety_most_join(deviation):
    return crowd_end(25, deviation)


def jump():
    """The deviation at which the end jumps, by halving."""
    low, high = 10.0, 14.0
    while high - low > 1e-6:
        middle = (low + high) / 2
        low, high = (middle, high) if crowd_end(25, middle) < 50 else (low, middle)
    return low, high


@paper.number("deviation at which it jumps, mean 25", 12.2, status="reported", tolerance=0.05, why="one decimal")
def test_where_it_jumps():
    return np.mean(jump())


@paper.number("people of 100 just before it jumps", 6, status="reported", tolerance=0.5, why="they say about 6")
def test_how_many_before_it_jumps():
    return crowd_end(25, jump()[0])
