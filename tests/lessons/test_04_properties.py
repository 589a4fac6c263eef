"""What lesson 04 says happens: the tested properties that rest on models alone."""

import networkx as nx
import numpy as np
import pytest

from tertius.models import Connections, StarShare, TieDecay, best_star_share
from tertius.simulate import ensemble

SEEDS = range(20)

# How much on the star? (E2): square-root returns, a star of worth a beside nine of 1


def test_the_best_share_is_the_closed_form_wherever_the_controls_go():
    # Exact: b²/(b² + 9), b = a(1 − q): .640, .466 at q = .3, .5 at a = 3; beside it the slow way, the best of 2,001.
    share = np.linspace(0, 1, 2001)
    for worth in np.arange(1, 6.5, 0.5).tolist():
        for leaves in (0, 0.1, 0.3, 0.5, 0.8):
            counts = worth * (1 - leaves)
            best = best_star_share(worth, 9, leaves)
            assert best == pytest.approx(counts**2 / (counts**2 + 9), abs=1e-9)
            assert (
                abs(share[StarShare(worth, 9, leaves).value_at(share, 1 - leaves).argmax()] - best) <= 0.5 / 2000 + 1e-9
            )
    assert best_star_share(4) == pytest.approx(0.64, abs=1e-9)
    assert best_star_share(4, leaves=0.3) == pytest.approx(0.466, abs=5e-4)
    assert best_star_share(3) == pytest.approx(0.5, abs=1e-9)


def test_all_for_the_star_is_never_best():
    for seed in SEEDS:
        value = ensemble(StarShare(), 50, runs=40, seed=seed).mean("value")
        assert 0 < value.argmax() < 50
        assert (ensemble(StarShare(leaves=0.5), 50, runs=40, seed=seed)["hours"] == 10).all()


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


# Best and not stable (black): ties that cost both and bring near what is behind them


@pytest.mark.parametrize("people", [4, 5])
def test_a_star_is_best_for_all_and_its_middle_drops_it_where_ties_cost_more_than_they_bring(people):
    model = Connections(people, value=0.5, cost=0.55, first="star")
    star = nx.star_graph(people - 1)
    assert model.best == "star"
    assert model.payoffs(star)[0] < 0 < model.payoffs(star)[1]
    assert not model.is_pairwise_stable(star)
    for seed in SEEDS:
        left = ensemble(model, 5 * people, runs=1, seed=seed)
        assert left["ties"][-1, 0] < people - 1
        assert left["welfare_share"][-1, 0] < 1
