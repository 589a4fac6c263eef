"""Goodwill: the month by hand, fixed points, what holds in every run, and where the rhythms cross."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.models.played import played

from tertius.errors import ParameterError
from tertius.models import Goodwill
from tertius.simulate import ensemble, simulate

shares = st.floats(0, 1)
seeds = st.integers(0, 10**6)


def both(seed=1, runs=64, **how):
    return tuple(ensemble(Goodwill(rhythm, **how), 24, runs=runs, seed=seed) for rhythm in ("steady", "in need"))


# A month, by hand


def test_a_steady_month():
    # Fades .3 to .27; one hour closes .4 (1 − e^(−1/2)) of what is missing.
    run = simulate(Goodwill(hours=24, fade=0.1, need_chance=1), 1, seed=1)
    after = 0.27 + 0.4 * (1 - np.exp(-0.5)) * 0.73
    assert run["goodwill"][1] == pytest.approx(after, abs=1e-12)
    assert run["needs_met"][1] == pytest.approx(after, abs=1e-12)
    assert run["hours"].tolist() == [0, 1]


def test_contact_only_in_need_spends_all_hours_on_the_months_of_need():
    model = Goodwill("in need", hours=12, fade=0, discount=0.5, need_chance=0.3, months=10)
    states = played(model, 12)
    count = states[0].needs.sum(axis=0)
    for t in range(1, 11):
        spent = states[t].hours - states[t - 1].hours
        np.testing.assert_allclose(spent, states[0].needs[t - 1] * 12 / np.maximum(count, 1), atol=1e-12)
    closed = 0.5 * 0.4 * (1 - np.exp(-12 / np.maximum(count, 1) / 2))
    np.testing.assert_allclose(states[12].goodwill[0], 1 - 0.7 * (1 - closed) ** count, atol=1e-12)
    np.testing.assert_allclose(states[12].hours, np.where(count > 0, 12, 0), atol=1e-12)


def slow(model, needs, can_help, good):
    """One run, contact by contact; ``good`` says which touches do good."""
    g, met, spent = [model.first_goodwill] * model.contacts, 0.0, 0.0
    for month in range(model.months):
        stays_away = 1.0
        for j in range(model.contacts):
            g[j] *= 1 - model.fade
            asked = needs[month] and can_help[month][j]
            if model.rhythm == "steady":
                hours, worth = model.hours / model.months / model.contacts, 1.0
            else:
                hours, worth = (model.hours / sum(needs) / model.relevant if asked else 0.0), model.discount
            u = worth * model.ceiling * (1 - np.exp(-hours / model.scale))
            g[j] = g[j] * (1 - u) + (u if good[month][j] else 0)
            spent += hours
            if asked:
                stays_away *= 1 - g[j]
        if needs[month]:
            met += 1 - stays_away
    return g, met, spent


@pytest.mark.parametrize("rhythm", ["steady", "in need"])
def test_many_contacts_agree_with_going_through_them_one_by_one(rhythm):
    model = Goodwill(rhythm, 60, 0.1, contacts=5, relevant=2, quality=0.7, discount=0.8, need_chance=0.4, months=9)
    states = played(model, 9)
    for run in range(64):
        needs = states[0].needs[:, run].tolist()
        # Who can help is told by who was asked; which touch does good, by whether goodwill rose beyond fading.
        can_help = [state.asked[:, run].tolist() for state in states[1:]]
        good = [
            (after.goodwill[:, run] >= before.goodwill[:, run] * 0.9).tolist() for before, after in pairwise(states)
        ]
        assert all(sum(month) == (2 if need else 0) for month, need in zip(can_help, needs, strict=True))
        g, met, spent = slow(model, needs, can_help, good)
        np.testing.assert_allclose(states[-1].goodwill[:, run], g, atol=1e-12)
        assert states[-1].needs_met[run] == pytest.approx(met, abs=1e-12)
        assert states[-1].hours[run] == pytest.approx(spent, abs=1e-12)


def test_who_can_help_is_drawn_evenly_and_touches_do_good_as_often_as_they_should():
    # 64 runs × 24 months × 4 contacts; 4 standard errors.
    states = played(Goodwill(contacts=4, relevant=1, need_chance=1, quality=0.7, fade=0), 24)
    asked = np.mean([state.asked.mean(axis=1) for state in states[1:]], axis=0)
    np.testing.assert_allclose(asked, 0.25, atol=4 * np.sqrt(0.25 * 0.75 / (64 * 24)))
    rose = np.mean([(b.goodwill > a.goodwill).mean() for a, b in pairwise(states)])
    assert rose == pytest.approx(0.7, abs=4 * np.sqrt(0.21 / (64 * 24 * 4)))


# What is exact


@given(hours=st.floats(0, 144), fade=shares, first=shares)
@settings(max_examples=40, deadline=None)
def test_steady_goodwill_approaches_its_fixed_point_at_a_constant_rate(hours, fade, first):
    model = Goodwill("steady", hours, fade, first)
    goodwill = simulate(model, 24, seed=1)["goodwill"]
    kept = (1 - fade) * (1 - model.closed_by(hours / 24))
    missing = (first - model.long_run()) * kept ** np.arange(25)
    np.testing.assert_allclose(goodwill, model.long_run() + missing, atol=1e-9)


def test_with_touches_that_may_do_harm_the_fixed_point_holds_on_average():
    # 4,096 runs, 4 standard errors; after 24 months 1e-4 of the way is left.
    model = Goodwill("steady", hours=72, fade=0.3, quality=0.6, need_chance=0)
    runs = ensemble(model, 24, runs=4096, seed=3)
    assert abs(runs.mean("goodwill")[-1] - model.long_run()) < 4 * runs.stderr("goodwill")[-1] + 1e-4
    assert model.long_run() < replace(model, quality=1.0).long_run() - 0.1


@given(hours=st.floats(0, 60), first=shares, need_chance=st.floats(0.2, 1), seed=seeds)
@settings(max_examples=30, deadline=None)
def test_without_fading_or_ceiling_the_timing_does_not_matter(hours, first, need_chance, seed):
    # [exact] λ = 0, κ = 1, η = q = 1: 1 − (1 − g0) e^(−H/h0) for both.
    how = {"hours": hours, "fade": 0, "first_goodwill": first, "ceiling": 1, "need_chance": need_chance}
    steady, in_need = both(seed, **how)
    with_need = in_need["never_in_need"][-1] == 0
    end = 1 - (1 - first) * np.exp(-hours / 2)
    np.testing.assert_allclose(steady["goodwill"][-1], end, atol=1e-9)
    np.testing.assert_allclose(in_need["goodwill"][-1][with_need], end, atol=1e-9)


@given(hours=st.floats(0, 144), ceiling=shares, seed=seeds)
@settings(max_examples=30, deadline=None)
def test_without_fading_steady_ends_at_least_as_high_in_every_run(hours, ceiling, seed):
    steady, in_need = both(seed, hours=hours, fade=0, ceiling=ceiling)
    assert (steady["goodwill"][-1] >= in_need["goodwill"][-1] - 1e-12).all()


@given(st.tuples(shares, shares).map(sorted), st.tuples(*[st.floats(0, 100)] * 2).map(sorted), shares, seeds)
@settings(max_examples=30, deadline=None)
def test_more_hours_or_a_smaller_loss_in_need_never_meet_less(discounts, hours, fade, seed):
    how = {"contacts": 3, "relevant": 2, "fade": fade}
    for rhythm, less, more in (
        ("in need", {"discount": discounts[0]}, {"discount": discounts[1]}),
        ("in need", {"hours": hours[0]}, {"hours": hours[1]}),
        ("steady", {"hours": hours[0]}, {"hours": hours[1]}),
    ):
        few, many = (ensemble(Goodwill(rhythm, **how, **s), 24, runs=64, seed=seed) for s in (less, more))
        assert (few["needs_met"] <= many["needs_met"] + 1e-12).all()


def test_both_rhythms_meet_the_same_needs_and_use_the_same_hours():
    steady, in_need = both(2, runs=64, need_chance=0.1, contacts=3, relevant=2)
    needed = steady["never_in_need"][-1] == 0
    assert 0 < needed.sum() < 64  # .9^24 = .08 of the runs have none
    np.testing.assert_allclose(steady["hours"][-1], 24, atol=1e-9)
    np.testing.assert_allclose(in_need["hours"][-1][needed], 24, atol=1e-9)
    assert (in_need["hours"][-1][~needed] == 0).all()
    for runs in (steady, in_need):
        assert (runs["needs_met"][-1][~needed] == 0).all()


def test_after_the_last_month_goodwill_only_fades():
    states = played(Goodwill(fade=0.5, months=3, need_chance=1), 5)
    np.testing.assert_allclose(states[5].goodwill, states[3].goodwill / 4, atol=1e-12)
    assert (states[5].hours == states[3].hours).all()
    assert not states[5].asked.any()


def test_everybody_warm_enough_is_an_ambassador():
    runs = ensemble(Goodwill(first_goodwill=0.6, hours=0, fade=0.01, contacts=7), 1, runs=5, seed=1)
    assert runs["ambassadors"].tolist() == [[7] * 5, [0] * 5]


# Of the two rhythms: each seed the mean of 40 runs


def wins(seeds=range(20), **how):
    pairs = (both(seed, 40, **how) for seed in seeds)
    return sum(steady["needs_met"][-1].mean() > in_need["needs_met"][-1].mean() for steady, in_need in pairs)


@pytest.mark.parametrize(
    ("hours", "fade", "steady_wins"),
    [(48, 0.3, 20), (48, 0.5, 0), (12, 0.02, range(18, 21)), (12, 0.08, 0), (12, 0.3, 0)],
)
def test_the_more_hours_the_faster_goodwill_may_fade_for_steady_to_win(hours, fade, steady_wins):
    won = wins(hours=hours, fade=fade)
    assert won in steady_wins if isinstance(steady_wins, range) else won == steady_wins


def test_with_twelve_contacts_contact_in_need_aims_and_wins_until_there_is_time_for_all():
    many = {"contacts": 12, "relevant": 2}
    assert [wins(hours=hours, **many) for hours in (24, 48, 96)] == [0, 0, 0]
    assert wins(hours=144, **many) >= 18
    steady, in_need = both(1, 40, hours=144, **many)
    assert steady["ambassadors"][-1].min() == 12
    assert in_need["ambassadors"][-1].mean() < 1


@pytest.mark.parametrize(
    ("how", "message"),
    [
        ({"rhythm": "stedy"}, "did you mean 'steady'"),
        ({"hours": -1}, "hours is -1; it is hours in all, at least 0"),
        ({"scale": 0}, "scale is 0; it is a number of hours, above 0"),
        ({"fade": 1.5}, "fade is 1.5; it is a share"),
        ({"need_chance": -0.1}, "need_chance is -0.1; it is a probability"),
        (
            {"contacts": 2, "relevant": 3},
            "relevant is 3; it must be a whole number from 1 to the number of contacts, 2",
        ),
        ({"months": 0}, "months is 0"),
    ],
)
def test_settings_out_of_range_are_refused(how, message):
    with pytest.raises(ParameterError, match=message):
        Goodwill(**how)
