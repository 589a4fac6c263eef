"""Diversity against bandwidth: exact forms, and the same thing week by week."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tertius.errors import ParameterError
from tertius.models import TieNews, best_difference, expected_news, expected_topics, expected_topics_at_rate
from tertius.simulate import BLOCK, Streams, ensemble, simulate

losses = st.floats(0, 6)
refreshes = st.floats(0, 0.99)


def test_the_best_contact_is_in_the_middle_and_closer_if_common_ground_is_refreshed():
    # Exact: .40 at λ = 2.5, ρ = 0; .15 at ρ = .2.
    assert best_difference(2.5, 0) == pytest.approx(0.40, abs=1e-9)
    assert best_difference(2.5, 0.2) == pytest.approx(0.15, abs=1e-9)


def test_the_curve_is_its_formula():
    x = np.linspace(0, 1, 11)
    np.testing.assert_allclose(expected_news(x, 2.5, 0.2), np.exp(-2.5 * x) * (0.2 + 0.8 * x), atol=1e-12)
    assert expected_news(0, 3, 0) == 0  # the same world: nothing new
    assert expected_news(0, 3, 0.4) == pytest.approx(0.4)
    assert expected_news(1, 0.5, 0.4) == pytest.approx(np.exp(-0.5))


@given(losses, refreshes)
def test_no_difference_brings_more_than_the_best_one(loss, refresh):
    x = np.linspace(0, 1, 501)
    best = best_difference(loss, refresh)
    assert expected_news(best, loss, refresh) >= expected_news(x, loss, refresh).max() - 1e-12


@given(st.floats(0.01, 6), refreshes)
def test_the_best_is_inside_where_contact_thins_out_neither_too_slowly_nor_too_fast(loss, refresh):
    # Exact: interior iff ρ/(1 − ρ) < 1/λ < 1/(1 − ρ).
    low, middle, high = refresh / (1 - refresh), 1 / loss, 1 / (1 - refresh)
    best = best_difference(loss, refresh)
    if min(abs(middle - low), abs(high - middle)) > 1e-9:
        assert (0 < best < 1) == (low < middle < high)
    if 0 < best < 1:
        assert best == pytest.approx(1 / loss - refresh / (1 - refresh), abs=1e-9)


def test_at_the_ends_of_the_scales():
    assert best_difference(0, 0) == 1  # contact costs nothing: the furthest
    assert best_difference(6, 0.5) == 0
    assert best_difference(2, 1) == 0  # everything is new: the closest


def test_week_by_week_ties_bring_what_the_curve_says():
    # 40 steps of 2,048 runs for each of 11 ties, 4 standard errors.
    for loss, refresh in ((2.5, 0), (2.5, 0.2), (0.5, 0.5)):
        model = TieNews(loss, refresh, n_ties=11)
        items = np.concatenate([last(model, 40, seed).items for seed in range(32)], axis=1) / 40
        contacts = np.concatenate([last(model, 40, seed).contacts for seed in range(4)], axis=1) / 40
        expected = expected_news(model.difference, loss, refresh)
        assert (abs(items.mean(axis=1) - expected) <= 4 * items.std(axis=1, ddof=1) / np.sqrt(2048)).all()
        touched = np.exp(-loss * model.difference)
        assert (abs(contacts.mean(axis=1) - touched) <= 4 * contacts.std(axis=1, ddof=1) / np.sqrt(256)).all()


def last(model, steps, seed):
    rng = Streams(model.streams, seed, 0)
    state = model.start(rng, BLOCK)
    for t in range(1, steps + 1):
        state = model.step(state, t, rng)
    return state


@given(
    losses=st.tuples(losses, losses).map(sorted),
    refreshes=st.tuples(refreshes, refreshes).map(sorted),
    seed=st.integers(0, 1000),
)
@settings(max_examples=30, deadline=None)
def test_less_loss_or_more_refresh_bring_the_same_items_at_least(losses, refreshes, seed):
    less = last(TieNews(losses[1], refreshes[0]), 5, seed)
    more = last(TieNews(losses[0], refreshes[1]), 5, seed)
    assert (less.items <= more.items).all()
    assert (less.contacts <= more.contacts).all()


def test_what_is_observed_is_what_the_ties_have_brought():
    model = TieNews()
    run = simulate(model, 52, seed=2)
    for t, state in enumerate(run.states):
        news = state.items / max(t, 1)
        assert (run["closest"][t], run["furthest"][t], run["best"][t]) == (news[0], news[-1], news.max())
        assert [run[f"news_{k}"][t] for k in range(21)] == news.tolist()
        if news.any():
            assert run["best_difference"][t] == model.difference[news.argmax()]
    assert np.isnan(run["best_difference"][0])


@pytest.mark.parametrize(("refresh", "best"), [(0, 0.4), (0.2, 0.15)])
def test_after_years_the_contact_near_the_best_difference_leads(refresh, best):
    # The curve is flat at its top, so the leader is within .1 of it, in the median of 64 runs, for each of 20 seeds.
    for seed in range(20):
        runs = ensemble(TieNews(refresh=refresh), 260, runs=64, seed=seed)
        assert np.median(runs["best_difference"][-1]) == pytest.approx(best, abs=0.1 + 1e-9)
        assert (runs["best"][-1] > runs["furthest"][-1]).all()
        if refresh == 0:
            assert (runs["closest"] == 0).all()


def test_an_urn_repeats_itself_as_often_as_the_closed_forms_say():
    # Exact: n(1 − (1 − 1/n)^N), and n(1 − e^(−BT/n)) for a Poisson number. 20,000 urns, 4 SE.
    rng = np.random.default_rng(1)
    for topics, items in ((5, 3), (5, 20), (40, 20)):
        drawn = rng.integers(0, topics, (20_000, items))
        found = np.array([len(set(row)) for row in drawn.tolist()])
        assert abs(found.mean() - expected_topics(topics, items)) < 4 * found.std() / np.sqrt(20_000)
        counts = rng.poisson(items, 20_000)
        found = np.array([len(set(row)) for row in (rng.integers(0, topics, k).tolist() for k in counts)])
        assert abs(found.mean() - expected_topics_at_rate(topics, items)) < 4 * found.std() / np.sqrt(20_000)


def test_urns_by_hand():
    assert expected_topics(2, 2) == pytest.approx(1.5, abs=1e-9)
    assert expected_topics(7, 0) == expected_topics_at_rate(7, 0) == 0
    assert expected_topics(7, 1) == pytest.approx(1, abs=1e-9)
    assert expected_topics_at_rate(10, 10) == pytest.approx(10 * (1 - np.exp(-1)), abs=1e-9)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: expected_news(1.2), "difference is 1.2"),
        (lambda: expected_news(0.5, loss=-1), "loss is -1"),
        (lambda: expected_news(0.5, refresh=2), "refresh is 2; it is a share"),
        (lambda: best_difference(float("nan")), "loss is nan"),
        (lambda: expected_topics(0, 1), "topics is 0"),
        (lambda: expected_topics(3, 1.5), "items is 1.5; it must be a whole number"),
        (lambda: expected_topics_at_rate(3, -1), "rate is -1"),
        (lambda: TieNews(n_ties=1), "n_ties is 1"),
        (lambda: TieNews(refresh=float("nan")), "refresh is nan"),
    ],
)
def test_settings_out_of_range_are_refused(call, message):
    with pytest.raises(ParameterError, match=message):
        call()
