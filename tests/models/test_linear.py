"""The linear threshold model: both its forms, every way in which luck can fall, and coupling run by run."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tertius import Ties
from tertius.errors import ParameterError
from tertius.models import LinearThreshold, ThresholdCascade, exact_reach
from tertius.models.bits import unpacked
from tertius.simulate import BLOCK, Streams, ensemble, simulate

kite = nx.krackhardt_kite_graph()


def weighted(seed=1):
    graph = nx.gnm_random_graph(6, 8, seed=seed)
    graph.add_node("alone")
    for k, edge in enumerate(graph.edges):
        graph.edges[edge]["strength"] = 1.0 + k % 3
    return graph


def last(model, steps, seed):
    rng = Streams(model.streams, seed, 0)
    state = model.start(rng, BLOCK)
    for t in range(1, steps + 1):
        state = model.step(state, t, rng)
    return unpacked(state.active[:, 0])


def by_thresholds(graph, influence, by, start, steps, runs, seed):
    """The definition: thresholds are drawn, and whoever's contacts weigh enough adopts; share at each step and run."""
    ties = Ties.of(graph)
    weight = ties.array().toarray() if by == "strength" else (ties.array().toarray() > 0).astype(float)
    whole = weight.sum(axis=0)
    weight = influence * weight / np.where(whole > 0, whole, 1)
    threshold = 1 - np.random.default_rng(seed).random((len(ties), runs))
    active = np.zeros((len(ties), runs), bool)
    active[start] = True
    shares = [active.mean(axis=0)]
    for _ in range(steps):
        active = active | (weight.T @ active >= threshold - 1e-12)
        shares.append(active.mean(axis=0))
    return np.array(shares)


@pytest.mark.parametrize("by", ["contacts", "strength"])
@pytest.mark.parametrize("influence", [1, 0.6])
def test_one_contact_each_is_the_same_as_thresholds_step_by_step(by, influence):
    # 4,096 runs of each form; 4 standard errors of both, and of the exact end.
    graph = weighted()
    model = LinearThreshold(graph, influence, by, [0])
    runs = ensemble(model, 6, runs=4096, seed=1)
    other = by_thresholds(graph, influence, by, [0], 6, 4096, 1)
    gap = abs(runs.mean("adopted_share") - other.mean(axis=1))[1:]
    assert (gap < 4 * np.hypot(runs.stderr("adopted_share"), other.std(axis=1) / 64)[1:]).all()
    assert abs(7 * runs.mean("adopted_share")[-1] - exact_reach(model).sum()) < 28 * runs.stderr("adopted_share")[-1]


def test_thresholds_drawn_by_the_cascade_of_thresholds_are_the_same_model():
    one = ensemble(LinearThreshold(kite, initial_adopters=[3]), 10, runs=4096, seed=1)
    two = ensemble(ThresholdCascade(kite, None, [3]), 10, runs=4096, seed=1)
    gap = abs(one.mean("adopted_share") - two.mean("adopted_share"))[1:]
    assert (gap < 4 * np.hypot(one.stderr("adopted_share"), two.stderr("adopted_share"))[1:]).all()


def test_exact_reach_by_hand():
    # A path: the middle is moved by one end in half of all cases; then the other end for sure.
    assert exact_reach(LinearThreshold(nx.path_graph(3), initial_adopters=[0])).to_list() == [1, 0.5, 0.5]
    assert exact_reach(LinearThreshold(nx.path_graph(3), 0.5, initial_adopters=[0])).to_list() == [1, 0.25, 0.125]
    star = nx.Graph()
    star.add_weighted_edges_from([("hub", "a", 3), ("hub", "b", 1)], weight="strength")
    assert exact_reach(LinearThreshold(star, by="strength", initial_adopters=["a"]))["hub"] == pytest.approx(0.75)


def test_no_influence_moves_nobody_and_sure_contacts_move_all():
    cycle = nx.DiGraph([(0, 1), (1, 2), (2, 3)])
    assert simulate(LinearThreshold(cycle, 0, initial_adopters=[0]), 5, seed=1)["adopted_share"][-1] == 0.25
    run = simulate(LinearThreshold(cycle, 1, initial_adopters=[0]), 3, seed=1)  # one contact each, who weighs 1
    assert run["adopted_share"].tolist() == [0.25, 0.5, 0.75, 1]


@given(
    seed=st.integers(0, 10**6),
    influence=st.tuples(st.floats(0, 1), st.floats(0, 1)).map(sorted),
    starters=st.tuples(st.integers(0, 5), st.integers(0, 5)).map(sorted),
    by=st.sampled_from(["contacts", "strength"]),
)
@settings(max_examples=50, deadline=None)
def test_more_influence_or_more_starters_reach_the_same_people_at_least(seed, influence, starters, by):
    graph = weighted(seed % 50)
    less = LinearThreshold(graph, influence[0], by, starters[0])
    more = LinearThreshold(graph, influence[1], by, starters[1])
    for steps in (1, 3, 6):
        assert (last(less, steps, seed) <= last(more, steps, seed)).all()


def test_luck_does_not_depend_on_how_many_people_it_is_drawn_for_at_once(monkeypatch):
    model = LinearThreshold(nx.karate_club_graph(), 0.9, "strength", [0])
    one = model.live(Streams(model.streams, 1, 0))
    monkeypatch.setattr("tertius.models.linear.PEOPLE_AT_ONCE", 5)
    np.testing.assert_array_equal(one, model.live(Streams(model.streams, 1, 0)))


@pytest.mark.parametrize(
    ("settings_", "message"),
    [
        ({"influence": 1.1}, "influence is 1.1; it is a weight of all contacts together, from 0 to 1"),
        ({"influence": float("nan")}, "influence is nan"),
        ({"by": "weight"}, "by is 'weight'"),
        ({"initial_adopters": 11}, "the number of people, 10"),
    ],
)
def test_settings_out_of_range_are_refused(settings_, message):
    with pytest.raises(ParameterError, match=message):
        LinearThreshold(kite, **settings_)


@pytest.mark.parametrize("strong", [1e20, 1e308, 5e-324])
def test_how_strong_other_people_are_tied_does_not_matter(strong):
    ties = [("you", "me", strong), ("they", "me", strong), ("Ann", "Bo", 1.0), ("Cy", "Bo", 2.0)]
    graph = nx.DiGraph()
    graph.add_weighted_edges_from(ties, weight="strength")
    model = LinearThreshold(graph, by="strength", initial_adopters=["Ann", "you"])
    reached = exact_reach(model)
    assert reached["Bo"] == pytest.approx(1 / 3, abs=1e-12)
    assert reached["me"] == pytest.approx(1 / 2, abs=1e-12)
    share = ensemble(model, 2, runs=2048, seed=1)["adopted_share"][-1] * 6
    assert abs(share.mean() - 2 - 1 / 3 - 1 / 2) < 4 * share.std(ddof=1) / np.sqrt(2048)
