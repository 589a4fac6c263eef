"""One star beside nine others: the best share in closed form, by trying, and on average over runs."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tertius.errors import ParameterError
from tertius.models import StarShare, best_hours, best_star_share
from tertius.simulate import ensemble, simulate


@given(st.floats(0, 6), st.integers(1, 20), st.floats(0, 1))
def test_no_other_share_is_expected_to_bring_more(worth, others, leaves):
    best = best_star_share(worth, others, leaves)
    model = StarShare(worth, others, leaves)
    tried = model.value_at(np.linspace(0, 1, 1001), 1 - leaves)
    assert model.value_at(best, 1 - leaves) >= tried.max() - 1e-9
    if worth * (1 - leaves):
        hours = best_hours({"star": worth * (1 - leaves), **dict.fromkeys(range(others), 1)}, 10)
        assert best == pytest.approx(hours["star"] / 10, abs=1e-9)


def test_the_published_shares():
    # Exact: .640 (a = 4, q = 0), .466 (q = .3); a = 3: 9/18
    assert best_star_share(4) == pytest.approx(0.64, abs=1e-9)
    assert best_star_share(4, leaves=0.3) == pytest.approx(7.84 / 16.84, abs=1e-9)
    assert best_star_share(3) == pytest.approx(0.5, abs=1e-9)


def test_a_star_who_leaves_brings_nothing():
    run = simulate(StarShare(leaves=1), 50, seed=1)
    share = run["share"]
    np.testing.assert_allclose(share, np.arange(51) / 50, atol=1e-12)
    np.testing.assert_allclose(run["value"], np.sqrt(9 * (1 - share) * 10), atol=1e-9)
    stays = simulate(StarShare(), 50, seed=1)["value"]
    np.testing.assert_allclose(stays, 4 * np.sqrt(share * 10) + np.sqrt(9 * (1 - share) * 10), atol=1e-9)


def test_runs_come_to_what_is_expected_and_a_star_more_likely_to_leave_leaves_at_least_as_often():
    # 4,096 runs, 4 standard errors.
    model = StarShare(leaves=0.3)
    runs = ensemble(model, 50, runs=4096, seed=1)
    for t in (0, 10, 32, 50):
        error = 4 * runs.stderr("value")[t] + 1e-12
        assert abs(runs.mean("value")[t] - model.value_at(t / 50, 0.7)) <= error
    more = ensemble(StarShare(leaves=0.6), 50, runs=4096, seed=1)
    assert (more["value"] <= runs["value"] + 1e-12).all()
    assert (runs["hours"] == 10).all()


def test_the_share_ends_at_one():
    assert simulate(StarShare(pace=0.4), 4, seed=1)["share"].tolist() == pytest.approx([0, 0.4, 0.8, 1, 1])


@pytest.mark.parametrize(
    ("how", "message"),
    [
        ({"worth": -1}, "worth is -1"),
        ({"others": 0}, "others is 0"),
        ({"leaves": 2}, "leaves is 2"),
        ({"hours": -1}, "hours is -1"),
        ({"pace": 0}, "pace is 0"),
    ],
)
def test_settings_out_of_range_are_refused(how, message):
    with pytest.raises(ParameterError, match=message):
        StarShare(**how)
