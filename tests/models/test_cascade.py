"""The independent cascade: by hand, against every way in which luck can fall, and coupled run by run."""

from itertools import product

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tertius import Ties
from tertius.errors import GraphError, ParameterError
from tertius.models import IndependentCascade, exact_reach
from tertius.models.bits import unpacked
from tertius.simulate import BLOCK, Streams, ensemble, simulate

seeds = st.integers(0, 10**6)
kite = nx.krackhardt_kite_graph()
shares = st.floats(0, 1)


def histories(model, steps, seed):
    """Who has adopted after each step in all 64 runs of the first block; bool, shape (steps + 1, n, 64)."""
    rng = Streams(model.streams, seed, 0)
    state = model.start(rng, BLOCK)
    active = [state.active]
    for t in range(1, steps + 1):
        state = model.step(state, t, rng)
        active.append(state.active)
    return unpacked(np.array(active)[..., 0])


def random_graph(seed, directed=False, most=12):
    rng = np.random.default_rng(seed)
    n = int(rng.integers(2, most))
    return nx.gnm_random_graph(n, int(rng.integers(0, n * (n - 1) // 2 + 1)), seed=int(seed), directed=directed)


def reach(model, runs=4096, seed=1):
    """Expected number reached, and its standard error over runs."""
    many = ensemble(model, 60, runs=runs, seed=seed, until=model.is_settled)
    n = len(model.ties)
    return n * many.mean("adopted_share")[-1], n * many.stderr("adopted_share")[-1]


# By hand


@given(seeds, st.booleans(), st.sampled_from(["shared", "fast"]))
@settings(max_examples=40, deadline=None)
def test_a_chance_of_one_reaches_as_far_as_the_ties_in_as_many_steps_and_none_nobody(seed, directed, luck):
    graph = random_graph(seed, directed)
    start = next(iter(graph))
    distance = nx.single_source_shortest_path_length(graph, start)
    run = simulate(IndependentCascade(graph, 1, [start], luck=luck), len(graph), seed=seed)
    for t, state in enumerate(run.states):
        assert state.active.astype(bool).tolist() == [distance.get(node, np.inf) <= t for node in graph]
    alone = simulate(IndependentCascade(graph, 0, [start], luck=luck), 3, seed=seed)
    assert alone["adopted_share"].tolist() == [1 / len(graph)] * 4


def test_directed_ties_carry_news_the_way_they_point():
    run = simulate(IndependentCascade(nx.DiGraph([(1, 2), (3, 1)]), 1, [1]), 3, seed=1)
    assert run.states[-1].active.tolist() == [1, 1, 0]


def test_each_tie_can_have_its_own_chance():
    path = Ties.of(nx.path_graph(5))
    run = simulate(IndependentCascade(path, [1, 1, 0, 1], [0]), 5, seed=1)
    assert run.states[-1].active.tolist() == [1, 1, 1, 0, 0]


def test_everybody_tries_once_and_only_once():
    # Two people, chance one half: after the first step nothing more happens, in any run.
    many = ensemble(IndependentCascade([(0, 1)], 0.5, [0]), 10, runs=500, seed=1)["adopted_share"]
    assert (many[1:] == many[1]).all()
    assert 0.4 < (many[1] == 1).mean() < 0.6


# Exact expectations


@pytest.mark.parametrize("p", [0, 0.15, 0.3, 0.7, 1])
def test_expected_reach_is_the_formula_on_paths_stars_and_a_triangle(p):
    path, star, triangle = nx.path_graph(6), nx.star_graph(5), nx.complete_graph(3)
    assert exact_reach(IndependentCascade(path, p, [0])).sum() == pytest.approx(sum(p**i for i in range(6)), abs=1e-9)
    assert exact_reach(IndependentCascade(star, p, [0])).sum() == pytest.approx(1 + 5 * p, abs=1e-9)
    assert exact_reach(IndependentCascade(star, p, [1])).sum() == pytest.approx(1 + p + 4 * p**2, abs=1e-9)
    expected = 1 + 2 * p + 2 * p**2 - 2 * p**3
    assert exact_reach(IndependentCascade(triangle, p, [0])).sum() == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("directed", [False, True])
def test_exact_reach_is_what_trying_every_set_of_live_ties_gives(directed):
    for seed in range(12):
        graph = random_graph(seed, directed, most=6)
        while graph.number_of_edges() > 8:
            graph.remove_edge(*next(iter(graph.edges)))
        ties = Ties.of(graph)
        chance = np.round(np.random.default_rng(seed).random(ties.n_ties), 1)
        expected = dict.fromkeys(graph, 0.0)
        for live in product([0, 1], repeat=ties.n_ties):
            kept = nx.create_empty_copy(graph)
            kept.add_edges_from(pair for pair, yes in zip(ties.named_pairs(), live, strict=True) if yes)
            likely = np.prod([c if yes else 1 - c for c, yes in zip(chance, live, strict=True)])
            for node in {0} | nx.descendants(kept, 0):
                expected[node] += likely
        found = exact_reach(IndependentCascade(graph, chance, [0]))
        assert found.to_dict() == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("luck", ["shared", "fast"])
@pytest.mark.parametrize(("starter", "p"), [(3, 0.3), (5, 0.3), (7, 0.3), (3, 0.15), (7, 0.6)])
def test_runs_on_the_kite_agree_with_every_way_in_which_luck_can_fall(luck, starter, p):
    # 18 ties, 262,144 ways; 4,096 runs, 4 standard errors.
    model = IndependentCascade(kite, p, [starter], luck=luck)
    mean, stderr = reach(model)
    assert abs(mean - exact_reach(model).sum()) < 4 * stderr


def test_fast_luck_has_the_same_chances_where_ways_are_tried_only_on_arrival():
    # Two hubs and a long tail, with a chance that is small enough; step by step, 4 standard errors of both.
    graph = nx.barabasi_albert_graph(800, 2, seed=3)
    for chance in (0.03, np.random.default_rng(1).choice([0.0, 0.02, 0.08], Ties.of(graph).n_ties)):
        shared, fast = (IndependentCascade(graph, chance, [0, 5, 700], luck=luck) for luck in ("shared", "fast"))
        assert fast.is_sparse
        assert not shared.is_sparse
        one, two = (ensemble(model, 8, runs=4096, seed=2) for model in (shared, fast))
        gap = abs(one.mean("adopted_share") - two.mean("adopted_share"))[1:]
        assert (gap < 4 * np.hypot(one.stderr("adopted_share"), two.stderr("adopted_share"))[1:]).all()


def test_fast_luck_is_fast_only_where_little_spreads():
    graph = nx.barabasi_albert_graph(800, 2, seed=3)
    assert not IndependentCascade(graph, 0.3, [0], luck="fast").is_sparse
    assert not IndependentCascade(graph, 0.01, 400, luck="fast").is_sparse
    assert not IndependentCascade(nx.empty_graph(5), 0.01, 1, luck="fast").is_sparse


def test_one_coin_for_both_ways_of_a_tie_is_as_good_as_two():
    # The same network with two arcs for each tie, each with its own coin; 4 standard errors of both.
    graph = nx.karate_club_graph()
    one = reach(IndependentCascade(Ties.of(graph), 0.12, [5]))
    two = reach(IndependentCascade(Ties.of(graph, directed=True), 0.12, [5]))
    assert abs(one[0] - two[0]) < 4 * np.hypot(one[1], two[1])


def test_the_chance_of_being_reached_holds_person_by_person():
    model = IndependentCascade(kite, 0.3, [7])
    reached = np.concatenate([histories(model, 10, seed)[-1] for seed in range(64)], axis=1)
    expected = exact_reach(model).to_numpy()
    spread = np.sqrt(expected * (1 - expected).clip(0) / reached.shape[1])
    assert (abs(reached.mean(axis=1) - expected) <= 4 * spread + 1e-12).all()


# Coupling: theorems, run by run


@given(
    seed=seeds,
    directed=st.booleans(),
    chances=st.tuples(shares, shares).map(sorted),
    starters=st.tuples(st.integers(0, 4), st.integers(0, 4)).map(sorted),
    chosen=st.sampled_from(["random", "friend", "degree", "spread out"]),
)
@settings(max_examples=60, deadline=None)
def test_more_chance_or_more_starters_reach_the_same_people_at_least(seed, directed, chances, starters, chosen):
    graph = nx.disjoint_union(random_graph(seed, directed), nx.cycle_graph(4, nx.DiGraph if directed else None))
    less = IndependentCascade(graph, chances[0], starters[0], chosen)
    more = IndependentCascade(graph, chances[1], starters[1], chosen)
    assert (histories(less, 6, seed) <= histories(more, 6, seed)).all()


@given(seeds, st.data())
@settings(max_examples=30, deadline=None)
def test_so_they_do_tie_by_tie(seed, data):
    ties = Ties.of(random_graph(seed))
    one, other = (np.array(data.draw(st.lists(shares, min_size=ties.n_ties, max_size=ties.n_ties))) for _ in range(2))
    less = IndependentCascade(ties, np.minimum(one, other), [0])
    more = IndependentCascade(ties, np.maximum(one, other), [0])
    assert (histories(less, 6, seed) <= histories(more, 6, seed)).all()


# What must not matter


def test_people_without_contacts_change_nobody_else():
    larger = kite.copy()
    larger.add_node("alone")
    before, after = (histories(IndependentCascade(graph, 0.4, [3]), 8, 5) for graph in (kite, larger))
    np.testing.assert_array_equal(before, after[:, :10])
    assert not after[:, 10].any()


def test_names_permute_results_and_nothing_else():
    named = nx.relabel_nodes(kite, {node: ("p", node) for node in kite})
    one = histories(IndependentCascade(kite, 0.4, [3, 4]), 8, 1)
    two = histories(IndependentCascade(named, 0.4, [("p", 4), ("p", 3)]), 8, 1)
    np.testing.assert_array_equal(one, two)


def test_parts_of_a_network_do_not_touch_each_other():
    two = nx.disjoint_union(nx.complete_graph(4), nx.complete_graph(4))
    many = ensemble(IndependentCascade(two, 0.9, [0]), 10, runs=200, seed=1)
    assert many["adopted_share"].max() == 0.5


def test_the_same_seed_is_the_same_history_and_run_r_the_same_in_any_number_and_with_any_workers():
    for luck in ("shared", "fast"):
        model = IndependentCascade(nx.barabasi_albert_graph(200, 2, seed=1), 0.05, 1, luck=luck)
        few, many = (ensemble(model, 10, runs=runs, seed=3)["adopted_share"] for runs in (5, 300))
        np.testing.assert_array_equal(few, many[:, :5])
        assert (many[:, :36] != many[:, 64:100]).any()
        np.testing.assert_array_equal(many, ensemble(model, 10, runs=300, seed=3, n_jobs=2)["adopted_share"])


def test_a_settled_run_stays_as_it_is():
    model = IndependentCascade(kite, 0.3, 1)
    free = ensemble(model, 30, runs=200, seed=1)
    ended = ensemble(model, 30, runs=200, seed=1, until=model.is_settled)
    np.testing.assert_array_equal(free["adopted_share"], ended["adopted_share"])
    assert (ended.stopped < 30).all()
    assert (ended.stopped >= 1).all()


# What cannot be


@pytest.mark.parametrize(
    ("settings_", "error", "message"),
    [
        ({"transmission": 1.2}, ParameterError, r"transmission is 1\.2; it is a probability, from 0 to 1"),
        ({"transmission": -0.1}, ParameterError, "transmission is -0.1"),
        ({"transmission": float("nan")}, ParameterError, "transmission is nan"),
        ({"transmission": "often"}, ParameterError, "transmission is 'often'"),
        ({"transmission": [0.1, 0.2]}, ParameterError, "transmission has 2 entries, and there are 18 ties"),
        ({"transmission": [0.1] * 17 + [2]}, ParameterError, r"transmission of tie 17 is 2\.0"),
        ({"initial_adopters": 11}, ParameterError, "from 0 to the number of people, 10"),
        ({"initial_adopters": ["Zoe"]}, GraphError, "'Zoe' is to start"),
        ({"luck": "bad"}, ParameterError, "luck is 'bad'"),
    ],
)
def test_settings_out_of_range_are_refused(settings_, error, message):
    with pytest.raises(error, match=message):
        IndependentCascade(kite, **settings_)


def test_a_network_of_nobody_is_refused():
    with pytest.raises(GraphError, match="this network has none"):
        IndependentCascade(nx.Graph(), initial_adopters=0)


def test_what_is_too_much_to_try_or_drawn_has_no_exact_reach():
    with pytest.raises(GraphError, match="far too many ways, and I try at most 262,144"):
        exact_reach(IndependentCascade(nx.karate_club_graph(), 0.1, [0]))
    with pytest.raises(GraphError, match="524,288 ways"):
        exact_reach(IndependentCascade(nx.path_graph(20), 0.1, [0]))
    with pytest.raises(ParameterError, match="2 people start who are drawn for each run"):
        exact_reach(IndependentCascade(kite, 0.1, 2))
    with pytest.raises(ParameterError, match="this is a Graph"):
        exact_reach(kite)
    assert exact_reach(IndependentCascade(nx.path_graph(30), 1, 1, "degree")).sum() == 30
