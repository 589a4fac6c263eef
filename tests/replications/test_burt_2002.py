"""Burt: bridges fade first; what is left after two years of ten hours a month, by rule."""

from math import exp

from tests.replications.table import Estimate, Paper

from tertius.models import TieDecay
from tertius.simulate import ensemble

paper = Paper("Burt 2002, in our form", "Social Networks 24, 333-363")
LEFT = {"bridges": 5.2, "mixed": 2.8, "equal": 1.6, "favourites": 0.5}


def left(hours):
    """The chance that an untended or tended bridge is left after two years, by hand."""
    return (1 - 0.12 * exp(-1.5 * hours)) ** 24


BY_HAND = {
    "bridges": 10 * left(1),
    "mixed": 5 * left(1) + 5 * left(0),
    "equal": 10 * left(1 / 3),
    "favourites": 10 * left(0),
}


@paper.number(
    "of ten bridges left after 24 months, tending {}", LEFT, status="computed", tolerance=0.05, why="one decimal"
)
def test_bridges_left(rule):
    return TieDecay(tended=rule).expected_left(24)[0]


@paper.number("the same in 640 runs, beside 1 − .12 exp(−1.5 h) a month by hand, tending {}", BY_HAND, status="exact")
def test_bridges_left_in_runs(rule):
    return Estimate.of(ensemble(TieDecay(tended=rule), 24, runs=640, seed=1)["bridging"][-1])
