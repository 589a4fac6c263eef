"""What lesson 06 says happens, over seeds 0-19: the tested properties (T) of its storyboard."""

import numpy as np
import pytest

from tertius import Ties, first_steps, load
from tertius.data import manufacturing_vp
from tertius.models import removal_gap

SEEDS = range(20)


@pytest.fixture(scope="module")
def cases():
    return {seed: manufacturing_vp(seed=seed) for seed in SEEDS}


def test_strongest_first_keeps_at_least_15_percent_more_connected(cases):
    gaps = [removal_gap(Ties.of(cases[seed]), 0.35, seed=seed)["gap"] for seed in SEEDS]
    assert min(gaps) >= 0.15


def test_with_strengths_shuffled_the_gap_is_gone(cases):
    shuffled = [removal_gap(Ties.of(cases[seed]), 0.35, shuffled=True, runs=256, seed=seed) for seed in SEEDS]
    assert max(abs(row["gap"]) for row in shuffled) <= 0.03
    mean = np.mean([row["gap"] for row in shuffled])
    assert abs(mean) <= 4 * np.sqrt(sum(row["stderr"] ** 2 for row in shuffled)) / len(SEEDS)


def test_the_first_step_to_novel_news_is_mostly_weak(cases):
    # Weak is a rating of 1 or 2 of 5. Own calculation beside it (datasets/manufacturing_vp): mean .96, least .75.
    shares = []
    for seed in SEEDS:
        nodes = cases[seed].nodes
        holders = nodes.loc[nodes["novel_item"].astype(str).str.lower() == "true", "id"]
        steps = first_steps(cases[seed], "VP", holders, within=4)
        weak = steps.loc[steps["strength"] <= 0.4 + 1e-9, "share"].sum() / steps["share"].sum()
        shares.append(weak)
    assert sum(share >= 0.70 for share in shares) >= 19
    assert np.mean(shares) >= 0.90


@pytest.mark.parametrize("name", ["karate", "les_miserables"])
def test_on_real_networks_the_gap_is_there_and_far_smaller_than_in_the_case(name, cases):
    for seed in SEEDS:
        real = removal_gap(Ties.of(load(name)), 0.35, seed=seed)
        made = removal_gap(Ties.of(cases[seed]), 0.35, seed=seed)
        assert real["gap"] > 4 * real["stderr"]
        assert real["gap"] < made["gap"] - 4 * np.hypot(real["stderr"], made["stderr"])
