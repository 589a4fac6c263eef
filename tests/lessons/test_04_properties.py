"""What lesson 04 says happens: the tested properties that rest on models alone."""

import numpy as np

from tertius.models import TieDecay
from tertius.simulate import ensemble

SEEDS = range(20)

# What fades (E3): ten bridging ties, one circle each, twenty close; 24 months, ten hours; means of 40 runs

RULES = ("bridges", "mixed", "equal", "favourites")


def left(kind):
    """Mean over 40 runs, by seed and rule."""
    return np.array(
        [[ensemble(TieDecay(tended=rule), 24, runs=40, seed=seed)[kind][-1].mean() for rule in RULES] for seed in SEEDS]
    )


def test_circles_are_kept_by_bridges_then_mixed_then_equal_then_favourites():
    assert (np.diff(left("bridging"), axis=1) < 0).all()


def test_close_ties_are_kept_in_the_reverse_order_on_average():
    assert (np.diff(left("close").mean(axis=0)) > 0).all()


def test_every_rule_spends_the_same_hours():
    for rule in RULES:
        hours = ensemble(TieDecay(tended=rule), 24, runs=40, seed=1)["hours"][-1]
        np.testing.assert_allclose(hours, 240, atol=1e-9)
