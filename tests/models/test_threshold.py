"""Threshold cascades and crowds: by hand, theorems run by run, the cascade window, and one person's threshold."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm, poisson

from tertius import Ties
from tertius.errors import ParameterError
from tertius.models import Crowd, ThresholdCascade, cascade_window, crowd_end
from tertius.models.bits import unpacked
from tertius.simulate import BLOCK, Streams, ensemble, simulate

seeds = st.integers(0, 10**6)
shares = st.floats(0, 1)


def random_graph(seed, directed=False, most=12):
    rng = np.random.default_rng(seed)
    n = int(rng.integers(2, most))
    return nx.gnm_random_graph(n, int(rng.integers(0, n * (n - 1) // 2 + 1)), seed=int(seed), directed=directed)


def histories(model, steps, seed):
    rng = Streams(model.streams, seed, 0)
    state = model.start(rng, BLOCK)
    active = [state.active]
    for t in range(1, steps + 1):
        state = model.step(state, t, rng)
        active.append(state.active)
    return unpacked(np.array(active)[..., 0])


# Thresholds that are shares of contacts


@given(seeds, st.booleans(), st.sampled_from([0, 0.1, 0.2, 0.25, 1 / 3, 0.5, 0.75, 1]))
@settings(max_examples=60, deadline=None)
def test_everybody_joins_once_a_share_of_their_contacts_has(seed, directed, threshold):
    graph = random_graph(seed, directed)
    knows = nx.to_numpy_array(graph).T  # whom each person hears
    start = np.zeros(len(graph), bool)
    start[: 1 + seed % 2] = True
    run = simulate(ThresholdCascade(graph, threshold, list(graph)[: 1 + seed % 2]), 6, seed=1)
    active = start
    for state in run.states:
        assert state.active.astype(bool).tolist() == active.tolist()
        heard, all_ = knows @ active, knows.sum(axis=1)
        active = active | ((heard >= 1) & (heard / np.where(all_ > 0, all_, 1) >= threshold - 1e-9))


def test_rounding_never_decides():
    # Three of ten contacts are a share of .3, which no binary number is.
    for several, share in ((3, 0.3), (6, 0.6), (7, 0.7)):
        star = nx.star_graph(10)
        model = ThresholdCascade(star, share, list(range(1, several + 1)))
        assert simulate(model, 1, seed=1).states[1].active[0] == 1
        model = ThresholdCascade(star, share, list(range(1, several)))
        assert simulate(model, 1, seed=1).states[1].active[0] == 0


def test_a_threshold_for_each_person():
    path = nx.path_graph(4)
    run = simulate(ThresholdCascade(path, [1, 0.5, 1, 0], [0]), 5, seed=1)
    assert run.states[-1].active.tolist() == [1, 1, 0, 0]


@given(
    seed=seeds,
    directed=st.booleans(),
    thresholds=st.tuples(shares, shares).map(sorted),
    starters=st.tuples(st.integers(0, 4), st.integers(0, 4)).map(sorted),
)
@settings(max_examples=60, deadline=None)
def test_lower_thresholds_or_more_starters_reach_the_same_people_at_least(seed, directed, thresholds, starters):
    graph = nx.disjoint_union(random_graph(seed, directed), nx.cycle_graph(4, nx.DiGraph if directed else None))
    less = ThresholdCascade(graph, thresholds[1], starters[0])
    more = ThresholdCascade(graph, thresholds[0], starters[1])
    assert (histories(less, 6, seed) <= histories(more, 6, seed)).all()


def test_with_next_to_no_threshold_it_fills_the_component_and_above_half_a_ring_it_stays():
    # φ → 0 fills the component; on a cycle φ > 1/2 stays with those who start.
    graph = nx.disjoint_union(nx.path_graph(5), nx.complete_graph(3))
    assert simulate(ThresholdCascade(graph, 1e-12, [0]), 8, seed=1)["adopted_share"][-1] == 5 / 8
    assert simulate(ThresholdCascade(nx.cycle_graph(9), 0.51, [0, 1]), 8, seed=1)["adopted_share"][-1] == 2 / 9
    assert simulate(ThresholdCascade(nx.cycle_graph(9), 0.5, [0, 1]), 8, seed=1)["adopted_share"][-1] == 1


def test_a_long_wave_goes_round_a_ring():
    # One more on each side in each step: 2,000 people after 1,000 steps.
    run = ensemble(ThresholdCascade(nx.cycle_graph(2001), 0.5, 1), 1000, runs=70, seed=1)
    assert (1 + 2 * np.arange(1001) == np.round(run["adopted_share"] * 2001).T).all()


def test_who_joins_on_one_voice_is_vulnerable():
    star = nx.star_graph(6)
    star.add_node("alone")
    assert ThresholdCascade(star, 0.18).vulnerable.tolist() == [False, *[True] * 6, False]  # one of six is .167
    assert ThresholdCascade(star, 0.16).vulnerable.tolist() == [True] * 7 + [False]
    with pytest.raises(ParameterError, match="differs from run to run"):
        _ = ThresholdCascade(star, None).vulnerable


def test_a_cascade_is_more_than_a_share_of_all():
    path = nx.path_graph(10)
    for share, is_cascade in ((0.2, 1), (0.3, 0), (0.31, 0)):
        model = ThresholdCascade(path, [0.5] * 3 + [1] * 7, [0], cascade_share=share)
        run = simulate(model, 5, seed=1)
        assert run["adopted_share"][-1] == 0.3
        assert run["is_cascade"].tolist()[-1] == is_cascade


def test_fixed_thresholds_have_no_diminishing_returns():
    # two voices of three do nothing alone and everything together.
    graph = nx.Graph([(0, 2), (1, 2), (2, 3)])

    def reach(*start):
        return round(4 * simulate(ThresholdCascade(graph, 0.6, list(start)), 5, seed=1)["adopted_share"][-1])

    assert reach(0, 1) - reach(1) > reach(0) - 0


def test_the_window_is_the_poisson_form():
    # z · P(Poisson(z) ≤ K − 2) ≥ 1 with K = ⌊1/φ⌋; K = 5 at .18 and .2, none above 1/4.
    for threshold, most in ((0.18, 5), (0.2, 5), (0.25, 4), (0.1, 10)):
        low, high = cascade_window(threshold)
        for z in np.linspace(0.5, 20, 400):
            inside = z * poisson.cdf(most - 2, z) >= 1
            assert inside == (low <= z <= high)
    assert np.isnan(cascade_window(0.2501)).all()
    assert np.isnan(cascade_window(1)).all()
    with pytest.raises(ParameterError, match="and the window has no upper edge"):
        cascade_window(0)


@pytest.mark.parametrize(
    ("settings_", "message"),
    [
        ({"threshold": 1.2}, "threshold is 1.2; it is a share of contacts"),
        ({"threshold": float("nan")}, "threshold is nan"),
        ({"threshold": [0.1]}, "threshold has 1 entries, and there are 4 people"),
        ({"threshold": [0.1, 0.2, -1, 0]}, r"threshold of person 2 is -1\.0"),
        ({"cascade_share": 2}, "cascade_share is 2; it is a share of all people"),
        ({"initial_adopters": 5}, "the number of people, 4"),
    ],
)
def test_settings_out_of_range_are_refused(settings_, message):
    with pytest.raises(ParameterError, match=message):
        ThresholdCascade(nx.cycle_graph(4), **settings_)


# A crowd in which everybody sees everybody


def test_one_persons_threshold_decides_a_riot():
    # Granovetter 1978: thresholds 0 to 99, and the single 1 changed to 2.
    ladder = list(range(100))
    assert simulate(Crowd(thresholds=ladder), 100, seed=1)["adopted_share"][-1] == 1
    assert simulate(Crowd(thresholds=[0, 2, *ladder[2:]]), 100, seed=1)["adopted_share"][-1] == 0.01


@given(st.lists(st.integers(0, 30), min_size=1, max_size=25), st.randoms())
@settings(max_examples=60, deadline=None)
def test_the_end_does_not_depend_on_the_order_in_which_people_join(thresholds, order):
    run = simulate(Crowd(thresholds=thresholds), len(thresholds), seed=1)
    joined: set[int] = set()
    while ready := [k for k in set(range(len(thresholds))) - joined if thresholds[k] <= len(joined)]:
        joined.add(order.choice(ready))
    assert round(run["adopted_share"][-1] * len(thresholds)) == len(joined)
    assert run.model.is_settled(run.states[-1])


def test_a_large_crowd_ends_where_one_without_end_does():
    # Normal thresholds as shares of n; 100,000 people, so chance moves the end by little. Mean and deviation in people.
    for mean, deviation in ((25, 8), (25, 30), (40, 25)):
        model = Crowd(100_000, 1000 * mean, 1000 * deviation)
        end = 100 * ensemble(model, 400, runs=1, seed=1, until=model.is_settled)["adopted_share"][-1].mean()
        assert abs(end - crowd_end(mean, deviation)) < 0.5


@given(st.floats(-50, 150), st.floats(0.5, 100))
@settings(max_examples=60, deadline=None)
def test_the_end_without_end_is_the_first_place_where_the_climb_stops(mean, deviation):
    end = crowd_end(mean, deviation)
    assert end == pytest.approx(100 * norm.cdf((end - mean) / deviation), abs=1e-7)
    below = np.linspace(0, end, 500, endpoint=False)[:-1]
    assert (100 * norm.cdf((below - mean) / deviation) >= below - 1e-7).all()


def test_with_no_variety_all_join_or_nobody():
    assert (crowd_end(0, 0), crowd_end(1, 0)) == (100, 0)
    assert simulate(Crowd(5, 0, 0), 1, seed=1)["adopted_share"][-1] == 1


@given(seeds, st.floats(0, 60), st.floats(0, 60))
@settings(max_examples=30, deadline=None)
def test_a_lower_mean_makes_at_least_the_same_people_join(seed, one, other):
    low, high = sorted((one, other))
    more, less = (ensemble(Crowd(50, mean, 10), 50, runs=64, seed=seed)["adopted_share"] for mean in (low, high))
    assert (less <= more).all()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: Crowd(0), "n is 0"),
        (lambda: Crowd(mean=float("nan")), "mean is nan"),
        (lambda: Crowd(deviation=-1), "deviation is -1"),
        (lambda: Crowd(thresholds=[]), "a list of numbers of at least 0"),
        (lambda: Crowd(thresholds=[1, -1]), "a list of numbers of at least 0"),
        (lambda: crowd_end(n=0), "n is 0"),
        (lambda: crowd_end(deviation=float("inf")), "deviation is inf"),
    ],
)
def test_crowds_that_cannot_be_are_refused(call, message):
    with pytest.raises(ParameterError, match=message):
        call()


def test_a_settled_run_stays_as_it_is():
    for model in (ThresholdCascade(Ties.of(nx.karate_club_graph()), 0.25, 2), Crowd(60, 20, 9)):
        free = ensemble(model, 80, runs=100, seed=1)
        ended = ensemble(model, 80, runs=100, seed=1, until=model.is_settled)
        np.testing.assert_array_equal(free["adopted_share"], ended["adopted_share"])
        assert (ended.stopped < 80).all()
