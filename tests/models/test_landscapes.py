"""Landscapes: what a solution is worth, the best of all found exactly, hills counted; against plain loops."""

import numpy as np
import pytest

from tertius.errors import ParameterError
from tertius.models import landscapes
from tertius.models.landscapes import drawn, highest, local_optima, quality
from tertius.simulate import BLOCK


def landscape(decisions, ruggedness, interacts="random", seed=1):
    return drawn(decisions, ruggedness, interacts, np.random.default_rng(seed), BLOCK)


def by_hand(raw, solution, run):
    """Mean contribution of a solution: each looks its combination up, the k-th decision that it reads being bit k."""
    worth = [
        raw.worths[i, sum((solution >> int(read) & 1) << k for k, read in enumerate(reads[:, run])), run]
        for i, reads in enumerate(raw.reads)
    ]
    return np.mean(worth)


def of_all(land, decisions):
    every = np.repeat(np.arange(1 << decisions)[:, None], BLOCK, axis=1)
    return quality(land, every)


@pytest.mark.parametrize("interacts", landscapes.INTERACTIONS)
@pytest.mark.parametrize(("decisions", "ruggedness"), [(1, 0), (5, 0), (6, 2), (8, 7), (9, 8)])
def test_quality_is_the_mean_of_what_each_decision_contributes(monkeypatch, interacts, decisions, ruggedness):
    together = landscape(decisions, ruggedness, interacts)
    monkeypatch.setattr(landscapes, "AT_ONCE", 0)
    raw = landscape(decisions, ruggedness, interacts)
    values = of_all(raw, decisions)
    for run in (0, 63):
        for solution in range(0, 1 << decisions, 3):
            assert values[solution, run] == pytest.approx(by_hand(raw, solution, run), abs=1e-12)
    # All worked out beforehand, they are the same, and so is the best of them.
    np.testing.assert_allclose(of_all(together, decisions), values, atol=1e-12)
    np.testing.assert_allclose(highest(raw), values.max(axis=0), atol=1e-12)
    np.testing.assert_allclose(highest(together), values.max(axis=0), atol=1e-12)


@pytest.mark.parametrize(("decisions", "ruggedness", "interacts"), [(14, 5, "random"), (15, 2, "adjacent")])
def test_the_best_of_very_many_solutions_is_found(decisions, ruggedness, interacts):
    land = landscape(decisions, ruggedness, interacts)
    assert len(land.worths) == decisions  # settled one by one, not all at once
    np.testing.assert_allclose(highest(land), of_all(land, decisions).max(axis=0), atol=1e-12)


def test_a_decision_reads_itself_and_others():
    reads = landscape(7, 3).reads
    assert (reads[:, 0] == np.arange(7)[:, None]).all()
    assert all(len(set(reads[i, :, run].tolist())) == 4 for i in range(7) for run in range(BLOCK))
    # Each of six others is one of the three read with chance 1/2: 64 runs × 7 decisions, 4 standard errors.
    for shift in range(1, 7):
        share = np.mean([(reads[i, 1:] == (i + shift) % 7).any(axis=0) for i in range(7)])
        assert abs(share - 0.5) < 4 * 0.5 / np.sqrt(7 * BLOCK)
    adjacent = landscape(7, 3, "adjacent").reads
    assert (adjacent == ((np.arange(7)[:, None] + np.arange(4)) % 7)[..., None]).all()


def test_smooth_landscapes_have_one_hill_of_known_mean_height():
    # Exact: K = 0 has one optimum, E[max] = 2/3; the larger of two uniforms has variance 1/18.
    land = landscape(12, 0)
    assert (local_optima(land) == 1).all()
    assert abs(highest(land).mean() - 2 / 3) < 4 * np.sqrt(1 / 18 / (12 * BLOCK))


def test_the_roughest_landscapes_have_as_many_hills_as_theory_says():
    # Exact: K = N − 1 has 2^N / (N + 1) on average; 256 landscapes, 4 standard errors.
    tops = np.concatenate([local_optima(landscape(8, 7, seed=seed)) for seed in range(4)])
    assert abs(tops.mean() - 2**8 / 9) < 4 * tops.std(ddof=1) / np.sqrt(len(tops))


def test_hills_are_where_no_single_change_helps():
    land = landscape(6, 3)
    values, tops = of_all(land, 6), local_optima(land)
    for run in (0, 40):
        found = sum(all(values[s, run] >= values[s ^ 1 << i, run] for i in range(6)) for s in range(64))
        assert tops[run] == found


def test_what_is_too_large_to_count_is_refused():
    with pytest.raises(ParameterError, match="decisions is 14; it must be a whole number from 1 to 13"):
        local_optima(landscape(14, 1))
