"""The best team and the mixed one: each person and each turn by hand, and what the paper found."""

from itertools import pairwise

import numpy as np
import pytest
from tests.models.played import played

from tertius.errors import ParameterError
from tertius.models import TeamSearch
from tertius.models.teams import BEST, MIXED, stopping_places, stretched
from tertius.simulate import ensemble


def stop(values, steps, place):
    """Where somebody stops: the steps in turn, round and round, until all in a row have failed."""
    failed, k = 0, 0
    while failed < len(steps):
        there = (place + steps[k]) % len(values)
        if values[there] > values[place]:
            place, failed = there, 0
        else:
            failed += 1
        k = (k + 1) % len(steps)
    return place


@pytest.mark.parametrize("seed", range(5))
def test_people_stop_where_their_steps_take_them_one_by_one(seed):
    rng = np.random.default_rng(seed)
    values = rng.integers(0, 9, 23).astype(float)  # equal values too: no step to one is taken
    people = TeamSearch(reach=5, steps=3, team=1, positions=23).people
    stops = stopping_places(values, people)
    assert stops.tolist() == [[stop(values, steps, place) for place in range(23)] for steps in people.tolist()]


def test_nobody_moves_where_all_is_level():
    # Exact.
    np.testing.assert_array_equal(stopping_places(np.full(9, 4.0), np.array([[1, 2], [3, 1]])), [list(range(9))] * 2)


def by_hand(model, state, run, which):
    """Where a team comes to stand from each position."""
    values, steps = state.values[:, run], model.people[state.members[which, :, run]].tolist()
    places = []
    for place in range(model.positions):
        before = None
        while place != before:
            before = place
            for own in steps:
                place = stop(values, own, place)
        places.append(place)
    return places


@pytest.mark.parametrize("smoothing", [1, 4])
def test_teams_go_on_until_nobody_gets_further(smoothing):
    model = TeamSearch(reach=4, steps=2, team=3, smoothing=smoothing, positions=30)
    states = played(model, 30)
    last = states[-1]
    assert model.is_settled(last).all()
    assert not model.is_settled(states[2]).any()
    for run in (0, 17, 63):
        for which in (BEST, MIXED):
            assert last.place[which, :, run].tolist() == by_hand(model, last, run, which)
        able = [
            np.mean([last.values[stop(last.values[:, run], steps, place), run] for place in range(30)])
            for steps in model.people.tolist()
        ]
        ranked = sorted(range(len(able)), key=lambda i, able=able: (-round(able[i], 9), i))
        assert last.members[BEST, :, run].tolist() == ranked[:3]
    for before, after in pairwise(states):  # each turn is of one member of each team, and never goes down
        here, there = (np.take_along_axis(before.values[None], state.place, axis=1) for state in (before, after))
        assert (there >= here).all()
        assert ((there > here) | (after.place == before.place)).all()


def test_the_mixed_team_is_drawn_evenly():
    # 64 runs of 20 teams of 3 among 12: each person in a quarter of them, 4 standard errors.
    model = TeamSearch(reach=4, steps=2, team=3, positions=10)
    often = np.zeros(12)
    for seed in range(20):
        members = played(model, 0, seed)[0].members[MIXED]
        assert (np.diff(np.sort(members, axis=0), axis=0) > 0).all()  # nobody twice
        often += np.bincount(members.ravel(), minlength=12)
    assert (abs(often / 1280 - 0.25) < 4 * np.sqrt(0.25 * 0.75 / 1280)).all()


def test_diversity_is_the_share_of_steps_that_differ():
    model = TeamSearch(reach=4, steps=2, team=3, positions=10)
    state = played(model, 0)[0]
    observed = model.observe(state)
    for which, name in ((BEST, "best_diversity"), (MIXED, "mixed_diversity")):
        team = model.people[state.members[which, :, 5]]
        shares = [np.mean(team[i] != team[j]) for i in range(3) for j in range(i)]
        assert observed[name][5] == pytest.approx(100 * np.mean(shares))
    alone = TeamSearch(reach=4, steps=2, team=1, positions=10)
    assert np.isnan(alone.observe(played(alone, 0)[0])["best_diversity"]).all()


def test_smoothing_averages_neighbours_and_stretches():
    values = np.random.default_rng(1).random((12, 3))
    smooth = stretched(values, 3)
    means = np.array([values[[i, (i + 1) % 12, (i + 2) % 12]].mean(axis=0) for i in range(12)])
    np.testing.assert_allclose(smooth.min(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(smooth.max(axis=0), 100)
    for run in range(3):
        assert abs(np.corrcoef(means[:, run], smooth[:, run])[0, 1] - 1) < 1e-9


def test_on_smooth_landscapes_the_best_catch_up():
    # paired by their luck, 64 landscapes of 400 positions, 4 standard errors.
    lead = [
        ensemble(model := TeamSearch(smoothing=s, positions=400), 200, runs=64, seed=1, until=model.is_settled)["lead"][
            -1
        ]
        for s in (1, 8)
    ]
    assert lead[0].mean() > 4 * lead[0].std(ddof=1) / 8
    assert (lead[0] - lead[1]).mean() > 4 * (lead[0] - lead[1]).std(ddof=1) / 8


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: TeamSearch(steps=0), "steps is 0"),
        (lambda: TeamSearch(reach=2), "reach is 2; it must be a whole number of at least 3"),
        (lambda: TeamSearch(positions=12), "positions is 12; it must be a whole number of at least 13"),
        (lambda: TeamSearch(smoothing=0), "smoothing is 0"),
        (lambda: TeamSearch(smoothing=50, positions=60), "from 1 to half the positions, 30"),
        (lambda: TeamSearch(team=0), "team is 0"),
        (lambda: TeamSearch(reach=3, team=7), "team is 7, and with 3 steps from 1 to 3 there are 6 people"),
    ],
)
def test_settings_out_of_range_are_refused(call, message):
    with pytest.raises(ParameterError, match=message):
        call()
