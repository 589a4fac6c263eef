"""Hours over contacts: the value by hand, the best by trying all, and what is exact about it."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize

from tertius.errors import GraphError, ParameterError
from tertius.models import Allocation, best_hours
from tertius.models.allocation import _divisions

CRITERIA = ("influence", "complementarity", "potential")


def instance(seed, *, disjoint=False, n=6, items=15, values=False, **how):
    """Random contacts who each hold about a third of 15 items a criterion."""
    rng = np.random.default_rng(seed)
    motivation = {f"c{j}": rng.random() for j in range(n)}
    criteria = {
        name: {j: [(j, e) if disjoint else e for e in range(items) if rng.random() < 0.35] for j in motivation}
        for name in CRITERIA
    }
    worth = None
    if values:
        worth = {
            name: {item: rng.uniform(0.5, 3) for held in holds.values() for item in held}
            for name, holds in criteria.items()
        }
    return Allocation(motivation, criteria, worth, **how)


def slow(plan, hours):
    """F as it is written, item by item."""
    weights = plan.weights or dict.fromkeys(plan.criteria, 1)
    total = 0.0
    for name, holds in plan.criteria.items():
        items = {item for held in holds.values() for item in held}
        worth = {item: (plan.values or {}).get(name, {}).get(item, 1) for item in items}
        found = 0.0
        for item in items:
            nobody = 1.0
            for contact, motive in plan.motivation.items():
                x = hours.get(contact, 0)
                y = np.exp(-x / plan.scale)
                s = (1 - y) / (1 - (1 - plan.fade) * y) if x >= plan.minimum else 0
                if item in holds.get(contact, ()):
                    nobody *= 1 - motive * (1 - plan.leave) * s
            found += worth[item] * (1 - nobody)
        total += weights[name] / sum(weights.values()) * found / sum(worth.values())
    return total


@given(st.integers(0, 10**6), st.booleans(), st.sampled_from([0, 2]), st.sampled_from([0, 0.4]))
@settings(max_examples=40, deadline=None)
def test_the_value_is_the_formula(seed, disjoint, minimum, leave):
    weights = {"influence": 2, "complementarity": 1, "potential": 0.5}
    plan = instance(seed, disjoint=disjoint, values=True, weights=weights, minimum=minimum, leave=leave)
    rng = np.random.default_rng(seed)
    hours = {j: float(x) for j, x in zip(plan.contacts, rng.integers(0, 5, 6), strict=True)}
    assert plan.value(hours) == pytest.approx(slow(plan, hours), abs=1e-9)
    more = {j: plan.value({**hours, j: hours[j] + 1}) - plan.value(hours) for j in plan.contacts}
    np.testing.assert_allclose(plan.gains(hours), list(more.values()), atol=1e-12)
    assert 0 <= plan.value(hours) <= 1


def test_a_relationship_settles_where_the_month_by_month_rule_takes_it():
    # s ← (1 − λ)s + (1 − e^(−x/h))(1 − (1 − λ)s) reaches s(x)
    plan = Allocation({"a": 1}, {"k": {"a": ["e"]}}, scale=3, fade=0.2)
    for x in (0, 0.5, 2, 10):
        s = 0.9
        for _ in range(3000):
            s = (1 - 0.2) * s + (1 - np.exp(-x / 3)) * (1 - (1 - 0.2) * s)
        assert plan.kept_up(x) == pytest.approx(s, abs=1e-9)


@given(st.floats(0.1, 10), st.floats(0.01, 1))
@settings(max_examples=40, deadline=None)
def test_being_kept_up_rises_with_every_hour_by_less(scale, fade):
    kept = Allocation({"a": 1}, {"k": {"a": ["e"]}}, scale=scale, fade=fade).kept_up(np.linspace(0, 5 * scale, 60))
    assert (np.diff(kept) >= -1e-12).all()
    assert (np.diff(kept, 2) <= 1e-12).all()


# The best division


def test_all_divisions_are_tried_once():
    rows = _divisions(6, 8)
    assert len(rows) == 1287  # n = 6, B = 8
    assert (rows.sum(axis=1) == 8).all()
    assert rows.min() == 0
    assert len({tuple(row) for row in rows.tolist()}) == 1287
    assert _divisions(1, 5).tolist() == [[5]]
    assert _divisions(3, 0).tolist() == [[0, 0, 0]]


@pytest.mark.parametrize("minimum", [0, 3])
def test_the_best_of_all_divisions(minimum):
    for seed in range(5):
        plan = instance(seed, minimum=minimum)
        best = plan.best(4)
        by_hand = max(slow(plan, dict(zip(plan.contacts, row, strict=True))) for row in _divisions(6, 4).tolist())
        assert best.value == pytest.approx(by_hand, abs=1e-9)
        assert best.value == pytest.approx(plan.value(best.hours), abs=1e-12)
        assert best.hours.sum() == 4
        assert best.is_best
        assert best.ceiling == best.value


def test_hour_by_hour_is_never_below_63_percent_and_where_nothing_overlaps_the_best():
    # Greedy ≥ (1 − 1/e) optimum; disjoint: equal (Fox 1966). 30 instances each.
    ratios = []
    for seed in range(30):
        plan, apart = instance(seed, values=True), instance(seed, disjoint=True, values=True)
        greedy, best = plan._hour_by_hour(8, 1), plan.best(8)
        ratios.append(greedy.value / best.value)
        assert best.value <= greedy.ceiling + 1e-12
        assert not greedy.is_best
        step, tried = apart._hour_by_hour(8, 1), apart.best(8)
        assert step.value == pytest.approx(tried.value, abs=1e-12)
        assert step.is_best
    assert min(ratios) >= 1 - 1 / np.e


def test_too_many_to_try_are_divided_hour_by_hour_and_the_result_says_so():
    plan = instance(3, n=20)
    best = plan.best(12)
    assert best.method == "hour by hour"
    assert not best.is_best
    assert best.value < best.ceiling
    assert best.hours.sum() == 12
    apart = instance(3, n=20, disjoint=True).best(12)
    assert apart.method == "hour by hour, exact"
    assert apart.is_best


def test_with_a_minimum_a_table_finds_the_best_and_hour_by_hour_would_not():
    for seed in range(10):
        plan = instance(seed, disjoint=True, values=True, minimum=3)
        assert plan._by_table(8, 1).value == pytest.approx(plan.best(8).value, abs=1e-12)
        assert plan._by_table(8, 1).hours.sum() == 8
    large = instance(1, disjoint=True, n=20, minimum=3).best(12)
    assert large.method == "table of best parts"
    assert large.hours.sum() == 12
    assert large.value == pytest.approx(instance(1, disjoint=True, n=20, minimum=3).value(large.hours), abs=1e-12)
    with pytest.raises(ParameterError, match="too many to try, and with a minimum"):
        instance(1, n=20, minimum=3).best(12)


def test_concentration_pays_under_a_minimum_and_not_under_diminishing_returns_alone():
    # Computed, shapes over 30 instances: nearly all funded, all on one under half of the best; with a
    # minimum of 3 two are funded, the top two by score earn about all, and hour by hour can fall below a quarter.
    spread, all_in, funded, top_two, greedy = [], [], [], [], []
    for seed in range(30):
        plan, fixed = instance(seed), instance(seed, minimum=3)
        best, few = plan.best(8), fixed.best(8)
        spread.append((best.hours > 0).sum())
        all_in.append(max(plan.value({j: 8}) for j in plan.contacts) / best.value)
        funded.append((few.hours > 0).sum())
        score = {j: plan.motivation[j] * sum(len(holds[j]) for holds in plan.criteria.values()) for j in plan.contacts}
        first, second = sorted(score, key=score.get, reverse=True)[:2]
        top_two.append(fixed.value({first: 4, second: 4}) / few.value)
        greedy.append(fixed._hour_by_hour(8, 1).value / few.value)
    assert np.mean(spread) > 5
    assert np.mean(all_in) < 0.55
    assert set(funded) == {2}
    assert np.mean(top_two) > 0.97
    assert min(greedy) < 0.25


def test_nobody_without_motivation_gets_an_hour_and_doubling_all_values_changes_nothing():
    plan = instance(4, values=True)
    unwilling = Allocation({**plan.motivation, "c2": 0}, plan.criteria, plan.values)
    assert unwilling.best(8).hours["c2"] == 0
    twice = {name: {item: 2 * v for item, v in worth.items()} for name, worth in plan.values.items()}
    doubled = Allocation(plan.motivation, plan.criteria, twice)
    pd.testing.assert_series_equal(plan.best(8).hours, doubled.best(8).hours)
    assert doubled.best(8).value == pytest.approx(plan.best(8).value, abs=1e-12)


def test_of_equals_the_first_is_served():
    plan = Allocation({"a": 1, "b": 1, "c": 1}, {"k": {"a": [1], "b": [2], "c": [3]}})
    assert plan.best(1).hours.to_list() == [1, 0, 0]
    assert plan._hour_by_hour(2, 1).hours.to_list() == [1, 1, 0]


# Hours that need not be whole


def test_square_roots_share_by_the_squares():
    # Exact: x_j = B v_j²/Σv²; a star of 4 beside nine of 1: .640, with q = .3: .466.
    nine = dict.fromkeys(range(9), 1)
    assert best_hours({"star": 4, **nine}, 1)["star"] == pytest.approx(16 / 25, abs=1e-9)
    assert best_hours({"star": 4 * 0.7, **nine}, 1)["star"] == pytest.approx(0.466, abs=5e-4)
    values = {"a": 3, "b": 1, "c": 0}
    plan = Allocation(
        dict.fromkeys(values, 1), {"k": {"a": ["x"], "b": ["y"]}}, {"k": {"x": 3, "y": 1}}, response="sqrt"
    )
    exact = best_hours(values, 10)
    fine = plan.best(1000, 0.01)
    assert fine.method == "hour by hour, exact"
    np.testing.assert_allclose(fine.hours, exact, atol=0.011)
    assert fine.value <= plan.value(exact) + 1e-12


@given(st.lists(st.floats(0.05, 5), min_size=1, max_size=6), st.floats(0.1, 20), st.floats(0.3, 5))
@settings(max_examples=40, deadline=None)
def test_saturating_returns_are_filled_like_water(values, hours, scale):
    # Exact: x_j = h max(0, ln(v_j/(hμ))); beside it scipy finds the level at which all hours are spent.
    found = best_hours(dict(enumerate(values)), hours, response="saturating", scale=scale)
    worth = np.array(values)

    def spent(log_price):
        return scale * np.maximum(0, np.log(worth) - log_price).sum() - hours

    level = optimize.brentq(spent, np.log(worth).max() - hours / scale - 1, np.log(worth).max(), xtol=1e-13)
    np.testing.assert_allclose(found, scale * np.maximum(0, np.log(worth) - level), atol=1e-7)
    assert found.sum() == pytest.approx(hours, rel=1e-9)


def test_whole_hours_come_near_the_water_level():
    values = {"a": 4.0, "b": 2.0, "c": 0.2}
    plan = Allocation(
        dict.fromkeys(values, 1), {"k": {j: [j] for j in values}}, {"k": values}, fade=1.0
    )  # with λ = 1, s = 1 − y
    np.testing.assert_allclose(plan.best(600, 0.01).hours, best_hours(values, 6, response="saturating"), atol=0.011)


def test_nothing_and_nobody():
    assert best_hours({"a": 1, "b": 0}, 0).to_list() == [0, 0]
    assert best_hours({"a": 1, "b": 0}, 3, response="saturating").to_list() == [3, 0]
    assert instance(1).best(0).value == 0


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: Allocation({}, {"k": {}}), ParameterError, "motivation is empty"),
        (lambda: Allocation({"a": 1}, {}), ParameterError, "criteria is empty"),
        (lambda: Allocation({"a": 2}, {"k": {}}), ParameterError, "The motivation of 'a' is 2"),
        (lambda: Allocation({"a": None}, {"k": {}}), GraphError, "'a' has no motivation"),
        (lambda: Allocation({"a": 1}, {"k": {"b": [1]}}), GraphError, "'b' holds something under 'k'"),
        (lambda: Allocation({"a": 1}, {"k": {"a": "xyz"}}), ParameterError, "is a text; give a list"),
        (lambda: Allocation({"a": 1}, {"k": {"a": [1]}}, {"k": {1: 0}}), ParameterError, "The value of 1 under 'k'"),
        (lambda: Allocation({"a": 1}, {"k": {"a": [1]}}, weights={"k": 0}), ParameterError, "All weights are 0"),
        (lambda: Allocation({"a": 1}, {"kin": {"a": [1]}}, weights={"kim": 1}), ParameterError, "did you mean 'kin'"),
        (lambda: instance(1, response="sqrt"), ParameterError, "no meaning for what two contacts hold both"),
        (lambda: instance(1, fade=0), ParameterError, "fade is 0"),
        (lambda: instance(1, scale=0), ParameterError, "scale is 0"),
        (lambda: instance(1).value({"x": 1}), GraphError, "'x' gets hours and is no contact"),
        (lambda: instance(1).value({"c1": -1}), ParameterError, "The time for 'c1' is -1"),
        (lambda: instance(1).best(-1), ParameterError, "units is -1"),
        (lambda: best_hours({"a": 0}, 1), ParameterError, "Nobody is worth anything"),
        (lambda: best_hours({"a": -1}, 1), ParameterError, "The value of 'a' is -1"),
    ],
)
def test_what_cannot_be_divided_is_refused(call, error, message):
    with pytest.raises(error, match=message):
        call()
