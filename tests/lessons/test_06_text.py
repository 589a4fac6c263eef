"""What the text of lesson 06 says in words, held against the numbers."""

import numpy as np
import pytest

import tertius
from tertius.models import RingContagion, TieRemoval, removal_gap, steps_until
from tertius.simulate import ensemble

SHARE = 0.35


@pytest.fixture(scope="module")
def case():
    return tertius.load("manufacturing_vp")


@pytest.fixture(scope="module")
def gap(case):
    return removal_gap(case, SHARE)


def test_weakest_first_breaks_it_and_strongest_first_leaves_it_nearly_whole(gap):
    assert gap["weakest"] < 0.5
    assert gap["strongest"] > 0.95


def test_nearly_all_ties_between_circles_are_weak(case):
    group = case.nodes.set_index("id")["group"]
    between = [strength for u, v, strength in case.graph().edges(data="strength") if group[u] != group[v]]
    assert sum(strength <= 0.4 for strength in between) / len(between) > 0.9


def test_the_gap_vanishes_when_strengths_are_shuffled(case):
    assert abs(removal_gap(case, SHARE, shuffled=True)["gap"]) < 0.03


@pytest.mark.parametrize("name", ["karate", "les_miserables"])
def test_elsewhere_the_gap_is_there_but_much_smaller(name, gap):
    other = removal_gap(tertius.load(name), SHARE)
    assert 2 * other["stderr"] < other["gap"] < gap["gap"] / 4


def test_at_random_is_much_nearer_to_strongest_first(case, gap):
    model = TieRemoval(case, "random", pace=1, most=SHARE)
    at_random = ensemble(model, 1, runs=64, seed=1).mean("largest_share")[1]
    assert abs(at_random - gap["strongest"]) < 0.1 * abs(at_random - gap["weakest"])


def test_the_first_tie_to_something_new_is_no_weaker_than_the_others(case):
    # "That says little": her ties are weak anyway, so that most ways begin with a weak one is no finding.
    new = case.nodes.loc[case.nodes["novel_item"], "id"]
    ways = tertius.first_steps(case, case.ego, new)
    first = ways.loc[ways["strength"] <= 0.4, "share"].sum() / ways["share"].sum()
    own = [strength for _, _, strength in case.graph().edges(case.ego, data="strength")]
    assert first <= sum(strength <= 0.4 for strength in own) / len(own)


def test_with_little_noise_most_practices_arrive_and_shortcuts_then_help():
    # "With the smallest chance on the slider most runs get there, with the next one all do."
    def steps(noise, rewired):
        return steps_until(ensemble(RingContagion(rewired=rewired, noise=noise), 150, runs=200, seed=1))

    assert 0.5 < np.isfinite(steps(0.01, 0.1)).mean() < 1
    assert np.isfinite(steps(0.02, 0.1)).all()
    for noise in (0.02, 0.05, 0.1):
        times = [np.median(steps(noise, rewired)) for rewired in (0.05, 0.1, 0.2, 0.5, 1)]
        assert times == sorted(times, reverse=True)
