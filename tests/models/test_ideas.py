"""Surveys of ideas: exact slopes, least squares by hand; ideas from distant circles and what the own group sees."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.models.played import played

from tertius.errors import ParameterError
from tertius.models import IdeaBrokerage, IdeaSurvey
from tertius.simulate import ensemble, simulate

SEEDS = range(20)
shares = st.floats(0, 1)


# A slope that need not be a cause


@pytest.mark.parametrize(("effect", "ability"), [(0, 0.8), (0, 0), (0.5, 0.5), (1, 0.8)])
def test_slopes_are_what_the_formula_says(effect, ability):
    # Exact: raw −(β + κ²), adjusted −β. 40 runs of 200 managers a seed, 20 seeds, 4 standard errors.
    raw, adjusted = (
        np.concatenate([ensemble(IdeaSurvey(effect, ability), 19, runs=40, seed=seed)[name][-1] for seed in SEEDS])
        for name in ("raw_slope", "adjusted_slope")
    )
    for slopes, expected in ((raw, -(effect + ability**2)), (adjusted, -effect)):
        assert abs(slopes.mean() - expected) < 4 * slopes.std(ddof=1) / np.sqrt(len(slopes))
    assert IdeaSurvey(effect, ability).expected_slope(adjusted=False) == pytest.approx(-(effect + ability**2), abs=1e-9)
    assert IdeaSurvey(effect, ability, adjusted=True).expected_slope() == pytest.approx(-effect, abs=1e-9)


def test_slopes_are_least_squares_of_those_asked():
    model = IdeaSurvey(0.3, 0.6, adjusted=True, people=50, pace=20)
    states = played(model, 3)
    assert [int(state.asked[0]) for state in states] == [20, 40, 50, 50]
    for state in states:
        observed, asked = model.observe(state), state.asked[0]
        for run in (0, 17, 63):
            a, x, y = (values[:asked, run] for values in state[:3])
            assert observed["raw_slope"][run] == pytest.approx(np.polyfit(x, y, 1)[0], abs=1e-9)
            fit = np.linalg.lstsq(np.column_stack([np.ones(asked), x, a]), y, rcond=None)[0]
            assert observed["adjusted_slope"][run] == pytest.approx(fit[1], abs=1e-9)
        np.testing.assert_array_equal(observed["slope"], observed["adjusted_slope"])


def test_managers_are_standardised_and_as_correlated_as_they_should_be():
    # 64 × 200 managers, 4 standard errors of a correlation, 1/√N.
    state = played(IdeaSurvey(0.5, 0.6), 0)[0]
    ability, constraint = state.ability.ravel(), state.constraint.ravel()
    error = 4 / np.sqrt(ability.size)
    assert abs(constraint.std() - 1) < error
    assert abs(np.corrcoef(ability, -constraint)[0, 1] - 0.6) < error


def test_if_ability_alone_opens_networks_holding_it_equal_leaves_nothing_to_compare():
    run = simulate(IdeaSurvey(0, 1), 3, seed=1)
    assert np.isnan(run["adjusted_slope"]).all()
    assert np.isfinite(run["raw_slope"]).all()


def test_a_setting_changes_the_slope_and_not_who_is_asked():
    weak, strong = (played(IdeaSurvey(effect, 0.5), 0)[0] for effect in (0, 1))
    np.testing.assert_array_equal(weak.constraint, strong.constraint)
    np.testing.assert_allclose(strong.idea - weak.idea, -weak.constraint, atol=1e-12)


# Ideas from distant circles


def slow(model, opinion, heard):
    """The idea of one month: every pair by hand."""
    best = (0.0, None)
    for i in range(model.contacts):
        for j in range(i):
            if heard[i] and heard[j]:
                apart = np.linalg.norm(opinion[i] - opinion[j])
                best = max(best, (apart, (i, j)), key=lambda pair: pair[0])
    if best[1] is None:
        return 0.0, 0.0
    middle = np.linalg.norm((opinion[best[1][0]] + opinion[best[1][1]]) / 2)
    return best[0], best[0] * np.exp(-middle / model.horizon)


def test_with_all_heard_the_furthest_two_are_joined():
    model = IdeaBrokerage(contacts=5, bridging=2, hears_own=1, hears_other=1, horizon=0.7)
    state = played(model, 3)[-1]
    for run in range(64):
        value, judged = slow(model, state.opinion[:, :, run], [True] * 5)
        assert state.value[run] / 3 == pytest.approx(value, abs=1e-9)
        assert state.judged[run] / 3 == pytest.approx(judged, abs=1e-9)


def test_those_not_heard_do_not_count():
    # Two contacts: an idea only in months in which both are heard; 64 × 200 months, 4 standard errors.
    model = IdeaBrokerage(contacts=2, bridging=1, hears_own=0.8, hears_other=0.5)
    state = played(model, 200)[-1]
    apart = np.linalg.norm(state.opinion[0] - state.opinion[1], axis=0)
    months = state.value / apart
    np.testing.assert_allclose(months, months.round(), atol=1e-6)
    assert abs(months.mean() / 200 - 0.4) < 4 * np.sqrt(0.24 / (64 * 200))


def test_opinions_stand_around_the_middle_of_their_group():
    # Own group: spread .2; another: √(2 + .04), the distance of two middles and the spread. 4 standard errors.
    state = played(IdeaBrokerage(contacts=6, bridging=3), 0)[0]
    own, other = state.opinion[3:].ravel(), state.opinion[:3].ravel()
    assert abs(own.std() - 0.2) < 4 * 0.2 / np.sqrt(2 * own.size)
    assert abs(other.std() - np.sqrt(2.04)) < 4 * np.sqrt(2.04) * np.sqrt(3 / (2 * other.size))


def constraint(bridging, contacts=6):
    """Of somebody in a full group of ten, with some contacts in other full groups instead."""
    graph = nx.disjoint_union_all([nx.complete_graph(10) for _ in range(contacts + 1)])
    graph.add_node("you")
    graph.add_edges_from(("you", k) for k in range(contacts - bridging))
    graph.add_edges_from(("you", 10 * (k + 1)) for k in range(bridging))
    return nx.constraint(graph, ["you"])["you"]


def test_value_rises_with_the_groups_reached_and_falls_with_constraint():
    # constant number of contacts, all heard as often; each seed the mean of 40 runs of 24 months.
    levels = [0, 1, 2, 3, 4]
    assert (np.diff([constraint(bridging) for bridging in levels]) < 0).all()
    for seed in SEEDS:
        value = [
            ensemble(IdeaBrokerage(bridging=b, hears_other=0.8), 24, runs=40, seed=seed)["value"][-1].mean()
            for b in levels
        ]
        assert (np.diff(value) > 0).all()


def test_with_a_near_horizon_and_weak_bridges_a_few_bridges_do_best():
    # hump-shaped. Paired over 20 seeds of 40 runs, 4 standard errors: 2 bridges beat none and all 6.
    judged = np.array(
        [
            [
                ensemble(IdeaBrokerage(bridging=b, horizon=0.8), 24, runs=40, seed=seed)["judged"][-1].mean()
                for b in (0, 2, 6)
            ]
            for seed in SEEDS
        ]
    )
    for other in (0, 2):
        lead = judged[:, 1] - judged[:, other]
        assert lead.mean() > 4 * lead.std(ddof=1) / np.sqrt(20)


@given(st.tuples(st.floats(0.05, 5), st.floats(0.05, 5)).map(sorted), st.integers(0, 6))
@settings(max_examples=20, deadline=None)
def test_a_wider_horizon_never_judges_lower(horizons, bridging):
    near, far = (ensemble(IdeaBrokerage(bridging=bridging, horizon=h), 6, runs=64, seed=1) for h in horizons)
    assert (near["judged"] <= far["judged"] + 1e-12).all()
    np.testing.assert_array_equal(near["value"], far["value"])
    assert (far["judged"] <= far["value"] + 1e-12).all()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: IdeaSurvey(effect=-1), "effect is -1; it is a slope, from 0 to 1"),
        (lambda: IdeaSurvey(ability=2), "ability is 2"),
        (lambda: IdeaSurvey(pace=3), "pace is 3"),
        (lambda: IdeaSurvey(people=5), "people is 5; it must be a whole number of at least 10"),
        (lambda: IdeaBrokerage(contacts=1), "contacts is 1"),
        (
            lambda: IdeaBrokerage(bridging=7),
            "bridging is 7; it must be a whole number from 0 to the number of contacts",
        ),
        (lambda: IdeaBrokerage(spread=0), "spread is 0"),
        (lambda: IdeaBrokerage(horizon=0), "horizon is 0"),
        (lambda: IdeaBrokerage(hears_own=2), "hears_own is 2"),
    ],
)
def test_settings_out_of_range_are_refused(call, message):
    with pytest.raises(ParameterError, match=message):
        call()
