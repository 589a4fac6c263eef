"""Complex contagion: the rule, exact fronts, coupling run by run, and what lesson 06 says of rings."""

from functools import cache
from itertools import product

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tertius import Ties
from tertius.data import rewired_ring
from tertius.errors import GraphError, ParameterError
from tertius.models import ComplexContagion, RingContagion, steps_until
from tertius.simulate import BLOCK, Streams, ensemble, simulate

SEEDS = range(20)
seeds = st.integers(0, 10**6)


def histories(model, steps, seed):
    """Who has adopted after each step, in all 64 runs of the first block."""
    rng = Streams(model.streams, seed, 0)
    state = model.start(rng, BLOCK)
    active = [state.active]
    for t in range(1, steps + 1):
        state = model.step(state, t, rng)
        active.append(state.active)
    return np.array(active)


def random_graph(seed, most=12):
    rng = np.random.default_rng(seed)
    n = int(rng.integers(2, most))
    return nx.gnm_random_graph(n, int(rng.integers(0, n * (n - 1) // 2 + 1)), seed=int(seed))


# The rule, by hand


def test_a_practice_stops_where_only_one_contact_vouches_for_it():
    # Ann and Bo start; Cy hears both, Di hears Bo and Cy; Ed hears Di alone.
    ties = [("Ann", "Bo"), ("Ann", "Cy"), ("Bo", "Cy"), ("Bo", "Di"), ("Cy", "Di"), ("Di", "Ed")]
    run = simulate(ComplexContagion(ties, initial_adopters=["Ann", "Bo"]), 4, seed=1)
    assert [state.active.tolist() for state in run.states[1:3]] == [[True] * 3 + [False] * 2, [True] * 4 + [False]]
    np.testing.assert_allclose(run["adopted_share"], [0.4, 0.6, 0.8, 0.8, 0.8])
    np.testing.assert_allclose(run["waiting_share"], [0.4, 0.2, 0.2, 0.2, 0.2])  # Cy and Di, then Di, then Ed


@given(seeds, st.booleans(), st.sampled_from(["one voice", "certain noise"]))
@settings(max_examples=40, deadline=None)
def test_with_one_voice_or_certain_noise_it_spreads_as_far_as_the_ties_in_as_many_steps(seed, directed, how):
    graph = random_graph(seed)
    if directed:
        graph = nx.DiGraph([(u, v) for u, v in graph.edges]) if graph.edges else nx.DiGraph([(0, 1)])
    start = next(iter(graph))
    rule = {"threshold_count": 1} if how == "one voice" else {"threshold_count": 99, "noise": 1.0}
    run = simulate(ComplexContagion(graph, initial_adopters=[start], **rule), len(graph), seed=seed)
    distance = nx.single_source_shortest_path_length(graph, start)
    for t, state in enumerate(run.states):
        assert state.active.tolist() == [distance.get(node, np.inf) <= t for node in graph]


def test_directed_ties_carry_it_the_way_they_point():
    run = simulate(ComplexContagion(nx.DiGraph([(1, 2), (3, 1)]), 1, initial_adopters=[1]), 3, seed=1)
    assert run.states[-1].active.tolist() == [True, True, False]


def test_people_without_contacts_never_adopt_and_change_nobody_else():
    graph = nx.karate_club_graph()
    larger = graph.copy()
    larger.add_node("alone")
    rule = {"noise": 0.2, "initial_adopters": [0, 33]}
    before, after = (histories(ComplexContagion(g, **rule), 12, 5) for g in (graph, larger))
    np.testing.assert_array_equal(before, after[:, :34])
    assert not after[:, 34].any()


def test_names_permute_results_and_nothing_else():
    graph = nx.karate_club_graph()
    named = nx.relabel_nodes(graph, {node: ("p", node) for node in graph})
    one = histories(ComplexContagion(graph, noise=0.1, initial_adopters=[3, 4]), 8, 1)
    two = histories(ComplexContagion(named, noise=0.1, initial_adopters=[("p", 4), ("p", 3)]), 8, 1)
    np.testing.assert_array_equal(one, two)


def slow(ties, threshold_count, noise, start, steps):
    """Expected share of adopters after each step: all sets of adopters, with their probabilities."""
    n, rows = len(ties), np.split(ties.indices, ties.indptr[1:-1])
    chances = {frozenset(start): 1.0}
    means = []
    for _ in range(steps + 1):
        means.append(sum(chance * len(active) for active, chance in chances.items()) / n)
        after: dict = {}
        for active, chance in chances.items():
            voices = {v: len(active.intersection(rows[v].tolist())) for v in set(range(n)) - active}
            sure = {v for v, k in voices.items() if k >= threshold_count}
            maybe = [v for v, k in voices.items() if 1 <= k < threshold_count]
            for says in product([False, True], repeat=len(maybe)):
                new = active | sure | {v for v, yes in zip(maybe, says, strict=True) if yes}
                odds = np.prod([noise if yes else 1 - noise for yes in says])
                after[new] = after.get(new, 0) + chance * odds
        chances = after
    return np.array(means)


@pytest.mark.parametrize("threshold_count", [2, 3])
@pytest.mark.parametrize("graph", [nx.krackhardt_kite_graph().subgraph(range(3, 10)), nx.cycle_graph(6)])
def test_with_noise_runs_agree_with_every_possible_history(graph, threshold_count):
    # Exact: the chain over all sets of adopters. 4,096 runs, 4 standard errors.
    graph = nx.convert_node_labels_to_integers(graph)
    ties = Ties.of(graph)
    model = ComplexContagion(ties, threshold_count, 0.15, initial_adopters=[0, 1])
    runs = ensemble(model, 8, runs=4096, seed=2)
    expected = slow(ties, threshold_count, 0.15, [0, 1], 8)
    assert expected[-1] > expected[1] > expected[0]
    assert (abs(runs.mean("adopted_share") - expected) <= 4 * runs.stderr("adopted_share") + 1e-12).all()


def test_patience_runs_from_the_first_voice_even_while_nobody_adopts():
    # Two people: the other adopts with the step that was drawn, however long nothing happens in any run.
    model = ComplexContagion([(0, 1)], 2, 0.01, initial_adopters=[0])
    patience = model.start(Streams(model.streams, 1, 0), BLOCK).patience[1]
    other = histories(model, 200, 1)[:, 1]
    assert (other.sum(axis=1) == 0).sum() + (np.diff(other.sum(axis=1)) == 0).sum() > 100
    for run in range(BLOCK):
        assert other[:, run].tolist() == [t >= patience[run] for t in range(201)]


# Who starts


def test_a_block_a_circle_and_a_scatter_start_with_the_same_number():
    ties = rewired_ring(40, 2, 0)
    for placed in ("block", "circle", "scattered"):
        start = histories(ComplexContagion(ties, initial_adopters=5, placed=placed), 0, 3)[0]
        assert (start.sum(axis=0) == 5).all()
        gaps = [np.diff(np.flatnonzero(np.concatenate([column, column]))).max() for column in start.T]
        side_by_side = np.array(gaps) == 36  # five in a row on a ring of 40 leave one gap
        # On an unrewired ring a person's circle is the block around that person.
        assert side_by_side.all() == (placed != "scattered")
        assert len({tuple(column) for column in start.T}) > 10


def test_a_circle_follows_the_ties_and_is_filled_up_where_it_is_too_small():
    graph = nx.disjoint_union(nx.complete_graph(4), nx.complete_graph(3))
    start = histories(ComplexContagion(graph, initial_adopters=3, placed="circle"), 0, 1)[0]
    assert set(start[:4].sum(axis=0).tolist()) == {0, 3}
    start = histories(ComplexContagion(graph, initial_adopters=5, placed="circle"), 0, 1)[0]
    assert {tuple(pair) for pair in np.array([start[:4].sum(axis=0), start[4:].sum(axis=0)]).T} == {(4, 1), (2, 3)}
    # Four of seven people live in the larger part, and their circle comes before the filling: 640 runs, 4 SE.
    model = ComplexContagion(graph, initial_adopters=4, placed="circle")
    all_there = np.mean([histories(model, 0, seed)[0][:4].all(axis=0) for seed in range(10)])
    assert abs(all_there - 4 / 7) < 4 * np.sqrt(12 / 49 / 640)


def test_everybody_is_as_likely_to_start_as_anybody():
    # 64 · 50 runs: a quarter each, within 4 standard errors.
    for placed in ("block", "circle", "scattered"):
        model = ComplexContagion(nx.cycle_graph(4), initial_adopters=1, placed=placed)
        share = np.mean([histories(model, 0, seed)[0].mean(axis=1) for seed in range(50)], axis=0)
        assert (abs(share - 0.25) < 4 * np.sqrt(3 / 16 / 3200)).all()


def test_nobody_starts_and_nothing_happens():
    run = simulate(ComplexContagion(nx.cycle_graph(4), noise=1.0, initial_adopters=0), 3, seed=1)
    assert run["adopted_share"].tolist() == [0, 0, 0, 0]


# Coupling: theorems, run by run


@given(
    seed=seeds,
    noises=st.tuples(st.floats(0, 1), st.floats(0, 1)).map(sorted),
    counts=st.tuples(st.integers(1, 4), st.integers(1, 4)).map(sorted),
    starters=st.tuples(st.integers(0, 4), st.integers(0, 4)).map(sorted),
    placed=st.sampled_from(["block", "circle", "scattered"]),
)
@settings(max_examples=60, deadline=None)
def test_more_noise_fewer_voices_or_more_starters_reach_the_same_people_at_least(
    seed, noises, counts, starters, placed
):
    ties = Ties.of(nx.disjoint_union(random_graph(seed), nx.path_graph(4)))
    less = ComplexContagion(ties, counts[1], noises[0], starters[0], placed)
    more = ComplexContagion(ties, counts[0], noises[1], starters[1], placed)
    assert (histories(less, 6, seed) <= histories(more, 6, seed)).all()


@given(
    seed=seeds,
    rewired=st.floats(0, 1),
    noises=st.tuples(st.floats(0, 1), st.floats(0, 1)).map(sorted),
    counts=st.tuples(st.integers(1, 4), st.integers(1, 4)).map(sorted),
    starters=st.tuples(st.integers(0, 9), st.integers(0, 9)).map(sorted),
)
@settings(max_examples=30, deadline=None)
def test_so_they_do_on_rings_of_their_own(seed, rewired, noises, counts, starters):
    less = RingContagion(20, 2, rewired, counts[1], noises[0], starters[0])
    more = RingContagion(20, 2, rewired, counts[0], noises[1], starters[1])
    assert (histories(less, 6, seed) <= histories(more, 6, seed)).all()


# Rings


@pytest.mark.parametrize(("radius", "threshold_count"), [(r, a) for r in range(1, 6) for a in range(1, 7)])
def test_fronts_move_as_many_people_a_step_as_radius_and_voices_say(radius, threshold_count):
    # Exact: r − a + 1 a side for a ≤ r, else 0; all have adopted after ⌈(n − |S|)/(2v)⌉ steps at most.
    n, starters = 60, 2 * radius + 1
    speed = max(0, radius - threshold_count + 1)
    model = RingContagion(n, radius, 0, threshold_count, initial_adopters=starters)
    run = simulate(model, 60, seed=1)
    adopters = np.round(run["adopted_share"] * n).astype(int)
    if speed == 0:
        assert (adopters == starters).all()
        return
    most = -(-(n - starters) // (2 * speed))
    # Until the two fronts hear each other across what is left, twice the radius.
    alone = 1 + (n - starters - 2 * radius) // (2 * speed)
    assert adopters[: alone + 1].tolist() == [starters + 2 * speed * t for t in range(alone + 1)]
    assert adopters[most] == n


@given(seeds, st.floats(0, 1), st.integers(1, 3))
@settings(max_examples=20, deadline=None)
def test_a_run_on_its_own_ring_is_the_contagion_on_the_ties_of_that_ring(seed, rewired, threshold_count):
    model = RingContagion(30, 2, rewired, threshold_count)
    run = simulate(model, 20, seed=seed)
    ties = model.ties(run.states[0])
    assert ties.n_ties == 60
    same = simulate(ComplexContagion(ties, threshold_count, initial_adopters=list(range(5))), 20, seed=seed)
    for one, two in zip(run.states, same.states, strict=True):
        np.testing.assert_array_equal(one.active, two.active)
        np.testing.assert_array_equal(one.heard, two.heard)


def test_each_run_has_a_ring_of_its_own_and_the_same_one_at_every_step():
    model = RingContagion(30, 2, 0.5)
    rings = set()
    for seed, block in ((1, 0), (1, 1), (2, 0)):
        state = model.start(Streams(model.streams, seed, block), BLOCK)
        for run in range(BLOCK):
            rings.add(tuple(model.ties(type(state)(*(part[..., run] for part in state))).named_pairs()))
    assert len(rings) == 3 * BLOCK
    states = simulate(model, 3, seed=1).states
    np.testing.assert_array_equal(states[0].contacts, states[3].contacts)


@pytest.mark.parametrize("noise", [0, 0.02])
def test_a_settled_run_stays_as_it_is(noise):
    model = RingContagion(60, 2, 0.1, noise=noise)
    free = ensemble(model, 400, runs=64, seed=1)
    ended = ensemble(model, 400, runs=64, seed=1, until=model.is_settled)
    np.testing.assert_array_equal(free["adopted_share"], ended["adopted_share"])
    assert (ended.stopped < 400).all()
    if noise:  # with noise nothing settles before everybody has adopted
        assert (ended["adopted_share"][-1] == 1).all()


# One ring for all runs of a seed, instead of a ring for each run as lesson 06 has it; medians of 40 runs, seeds 0–19


@cache
def time_to_most(rewired, threshold_count, noise, seed):
    model = ComplexContagion(rewired_ring(rewired=rewired, seed=seed), threshold_count, noise)
    return steps_until(ensemble(model, 300, runs=40, seed=seed, until=model.is_settled), 0.9)


def test_news_is_faster_with_shortcuts():
    for seed in SEEDS:
        assert np.median(time_to_most(0.1, 1, 0, seed)) < np.median(time_to_most(0, 1, 0, seed))


def test_a_practice_that_takes_two_voices_goes_round_the_ring_and_stalls_on_shortcuts():
    assert (time_to_most(0, 2, 0, 0) == 133).all()  # 270 people, from 5, two a step
    for rewired in (0.03, 0.1, 0.3, 1):
        assert sum(np.median(time_to_most(rewired, 2, 0, seed)) < np.inf for seed in SEEDS) <= 1


def test_a_little_noise_turns_the_result_round():
    faster = [np.median(time_to_most(0.3, 2, 0.05, k)) < np.median(time_to_most(0, 2, 0.05, k)) for k in SEEDS]
    assert sum(faster) >= 18


# What a run tells


def test_runs_that_do_not_get_there_take_for_ever():
    there = steps_until(ensemble(RingContagion(20, 2, 0), 20, runs=3, seed=1), 1)
    assert there.tolist() == [7, 7, 7]  # 15 people: 6 · 2, and 3 at once, as the middle one hears a voice of each side
    nowhere = steps_until(ensemble(RingContagion(20, 2, 0, threshold_count=3), 20, runs=3, seed=1), 1)
    assert nowhere.tolist() == [np.inf] * 3
    assert steps_until(ensemble(RingContagion(20, 2, 0), 0, runs=2, seed=1), 0.25).tolist() == [0, 0]


@pytest.mark.parametrize(
    ("settings_", "message"),
    [
        ({"threshold_count": 0}, "threshold_count is 0"),
        ({"threshold_count": 1.5}, "threshold_count is 1.5"),
        ({"noise": -0.1}, "noise is -0.1; it is a probability"),
        ({"noise": float("nan")}, "noise is nan"),
        ({"initial_adopters": 5}, "from 0 to the number of people, 4"),
        ({"initial_adopters": -1}, "initial_adopters is -1"),
        ({"initial_adopters": 2, "placed": "blok"}, "did you mean 'block'"),
    ],
)
def test_settings_out_of_range_are_refused(settings_, message):
    with pytest.raises(ParameterError, match=message):
        ComplexContagion(nx.cycle_graph(4), **settings_)


def test_what_cannot_spread_is_refused():
    with pytest.raises(GraphError, match="this network has none"):
        ComplexContagion(nx.Graph(), initial_adopters=0)
    with pytest.raises(GraphError, match="'Zoe' is to start"):
        ComplexContagion(nx.cycle_graph(4), initial_adopters=[0, "Zoe"])
    with pytest.raises(ParameterError, match="more than 4 people"):
        RingContagion(n=4, radius=2)
    with pytest.raises(ParameterError, match="the number of people, 10"):
        RingContagion(n=10, initial_adopters=11)
    with pytest.raises(ParameterError, match="rewired is 2"):
        RingContagion(rewired=2)
    with pytest.raises(ParameterError, match="share is 0"):
        steps_until(ensemble(RingContagion(20), 1, runs=1, seed=1), 0)
