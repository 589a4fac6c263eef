"""Closure pressure: how long a tended bridge stays one."""

from itertools import product

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tertius import Ties, local_bridges
from tertius.errors import GraphError, ParameterError
from tertius.models import ClosurePressure, bridge_half_life
from tertius.simulate import BLOCK, Streams, ensemble, simulate

seeds = st.integers(0, 10**6)


def two_circles():
    """Two triangles of close friends, and a weak tie between them."""
    graph = nx.barbell_graph(3, 0)
    nx.set_edge_attributes(graph, 1.0, "strength")
    graph.edges[2, 3]["strength"] = 0.2
    return graph


def random_graph(seed, most=8):
    rng = np.random.default_rng(seed)
    n = int(rng.integers(2, most))
    graph = nx.gnm_random_graph(n, int(rng.integers(0, n * (n - 1) // 2 + 1)), seed=int(seed))
    for edge in graph.edges:
        graph.edges[edge]["strength"] = float(rng.choice([0.3, 0.6, 0.9]))
    return graph


def played(model, steps, seed):
    """Which pairs have met after some steps, in all 64 runs of the first block, as sets of positions."""
    rng = Streams(model.streams, seed, 0)
    state = model.start(rng, BLOCK)
    for t in range(1, steps + 1):
        state = model.step(state, t, rng)
    pairs = list(zip(*(axis.tolist() for axis in model.pairs), strict=True))
    return [{pair for pair, met in zip(pairs, column, strict=True) if met} for column in model.closed(state).T]


def test_a_tended_bridge_puts_the_friends_of_both_ends_under_pressure():
    model = ClosurePressure(two_circles(), bridge=(2, 3))
    pairs = list(zip(*(axis.tolist() for axis in model.pairs), strict=True))
    assert pairs == [(0, 3), (1, 3), (2, 4), (2, 5)]
    assert model.pairs_through(3, 2) == 4
    left_alone = ClosurePressure(two_circles(), bridge=(2, 3), tended=False)
    assert left_alone.pairs_through(2, 3) == 0
    assert not len(left_alone.pairs[0])
    assert (ensemble(left_alone, 50, runs=64, seed=1)["bridge_stands"] == 1).all()


def test_a_bridge_survives_as_long_as_the_formula_says():
    # Exact: (1 − q)^(o·t), here o = 4. 4,096 runs, 4 standard errors.
    model = ClosurePressure(two_circles(), chance=0.03, bridge=(2, 3))
    runs = ensemble(model, 20, runs=4096, seed=1)
    expected = 0.97 ** (4 * np.arange(21))
    np.testing.assert_allclose(model.survival(2, 3, np.arange(21)), expected, atol=1e-9)
    assert (abs(runs.mean("bridge_stands") - expected) <= 4 * runs.stderr("bridge_stands")).all()
    assert (abs(runs.mean("ties_closed") - 4 * (1 - 0.97 ** np.arange(21))) <= 4 * runs.stderr("ties_closed")).all()


@pytest.mark.parametrize("around", [3, 4, 5, 6, 7])
def test_the_formula_is_exact_where_the_ends_are_far_apart_without_the_bridge(around):
    # A ring of close ties: without one of them its ends are `around` steps apart.
    model = ClosurePressure(nx.cycle_graph(around + 1), chance=0.1)
    assert model.pairs_through(0, 1) == 2
    formula = 0.9 ** (2 * 5)
    if around >= 5:
        assert model.survival(0, 1, 5) == pytest.approx(formula, abs=1e-9)
    elif around == 4:  # one more way: the person opposite may come to know both ends
        assert model.survival(0, 1, 5) == pytest.approx(formula * (1 - (1 - 0.9**5) ** 2), abs=1e-9)
    else:  # two pairs, each of which is also open at the other side of the square
        assert model.survival(0, 1, 5) == pytest.approx(formula, abs=1e-9)


def test_a_pair_may_be_pressed_from_elsewhere_so_that_even_a_weak_bridge_falls():
    # A square: 0–1 is left alone, but 0 and 2 have another friend in common, 3.
    square = Ties.of([(0, 1, 0.1), (1, 2, 0.1), (2, 3), (3, 0)])
    model = ClosurePressure(square, chance=0.1)
    assert model.pairs_through(0, 1) == 0
    assert model.survival(0, 1, 3) == pytest.approx(0.9**3, abs=1e-9)


@given(seeds)
@settings(max_examples=60, deadline=None)
def test_survival_is_that_of_every_possible_history(seed):
    graph = random_graph(seed, most=7)
    model = ClosurePressure(graph, chance=0.2)
    pairs = list(zip(*(axis.tolist() for axis in model.pairs), strict=True))
    bridges = list(nx.local_bridges(graph, with_span=False))
    if not bridges or len(pairs) > 9:
        return
    expected = dict.fromkeys(bridges, 0.0)
    for met in product([False, True], repeat=len(pairs)):
        after = graph.copy()
        after.add_edges_from(pair for pair, yes in zip(pairs, met, strict=True) if yes)
        odds = np.prod([1 - 0.8**3 if yes else 0.8**3 for yes in met])
        for u, v in bridges:
            expected[u, v] += odds * set(after[u]).isdisjoint(after[v])
    for (u, v), chance in expected.items():
        assert model.survival(u, v, 3) == pytest.approx(chance, abs=1e-9)


@given(seeds)
@settings(max_examples=40, deadline=None)
def test_what_is_observed_is_what_the_grown_network_shows(seed):
    graph = random_graph(seed, most=10)
    model = ClosurePressure(graph, chance=0.3)
    run = simulate(model, 5, seed=seed)
    for t, state in enumerate(run.states):
        grown, met = graph.copy(), model.closed(state)
        pairs = [axis[met].tolist() for axis in model.pairs]
        grown.add_edges_from(zip(*pairs, strict=True))
        assert run["ties_closed"][t] == met.sum() == grown.number_of_edges() - graph.number_of_edges()
        assert run["local_bridges"][t] == len(local_bridges(grown))
        standing = [pair for pair, yes in zip(model.ties.named_pairs(), model.standing(state), strict=True) if yes]
        assert set(standing) == set(local_bridges(grown).index)


@given(seeds)
@settings(max_examples=40, deadline=None)
def test_the_pairs_under_pressure_are_those_with_a_close_contact_in_common_and_no_tie(seed):
    graph = random_graph(seed, most=12)
    close = nx.Graph((u, v) for u, v, strength in graph.edges.data("strength") if strength >= 0.6)
    close.add_nodes_from(graph)
    expected = [
        (u, v) for u in graph for v in graph if u < v and not graph.has_edge(u, v) and set(close[u]) & set(close[v])
    ]
    model = ClosurePressure(graph, chance=1.0)
    assert list(zip(*(axis.tolist() for axis in model.pairs), strict=True)) == expected
    # New ties are weak: what has not closed at once never will.
    run = simulate(model, 3, seed=1)
    assert run["ties_closed"].tolist() == [0] + [len(expected)] * 3


@given(
    seeds,
    st.tuples(st.floats(0, 1), st.floats(0, 1)).map(sorted),
    st.sampled_from([(0.6, 0.6), (0.9, 0.6), (0.9, 0.3)]),
)
@settings(max_examples=40, deadline=None)
def test_more_chance_or_a_lower_cut_closes_the_same_pairs_at_least(seed, chances, cuts):
    graph = random_graph(seed, most=12)
    less = played(ClosurePressure(graph, cuts[0], chances[0]), 3, seed)
    more = played(ClosurePressure(graph, cuts[1], chances[1]), 3, seed)
    assert all(one <= two for one, two in zip(less, more, strict=True))


def test_a_tended_bridge_closes_the_pairs_that_close_anyway_and_more():
    graph = nx.connected_caveman_graph(4, 5)
    rng = np.random.default_rng(1)
    for edge in graph.edges:
        graph.edges[edge]["strength"] = float(rng.uniform(0.3, 1))
    bridge = next(nx.local_bridges(graph, with_span=False))
    graph.edges[bridge]["strength"] = 0.1
    alone, tended = (ClosurePressure(graph, chance=0.1, bridge=bridge, tended=tended) for tended in (False, True))
    assert all(one <= two for one, two in zip(played(alone, 5, 1), played(tended, 5, 1), strict=True))
    stands = [ensemble(model, 10, runs=64, seed=1).mean("bridge_stands")[-1] for model in (alone, tended)]
    assert stands[1] < stands[0]


def test_luck_is_drawn_alike_however_many_pairs_draw_together(monkeypatch):
    model = ClosurePressure(nx.karate_club_graph(), 3)
    whole = played(model, 4, 1)
    monkeypatch.setattr("tertius.models.closure.PAIRS_AT_ONCE", 7)
    assert played(model, 4, 1) == whole


def test_half_of_all_bridges_are_gone_at_the_half_life():
    # Exact: ln 2/(−o ln(1 − q)).
    half_life = bridge_half_life(4, 0.03)
    assert half_life == pytest.approx(np.log(2) / (-4 * np.log(0.97)), abs=1e-9)
    model = ClosurePressure(two_circles(), chance=0.03, bridge=(2, 3))
    assert model.survival(2, 3, half_life) == pytest.approx(0.5, abs=1e-9)
    assert bridge_half_life(0, 0.5) == bridge_half_life(3, 0) == np.inf
    assert bridge_half_life(3, 1) == 0


@given(seeds, st.sampled_from([0.01, 0.2, 0.7]))
@settings(max_examples=40, deadline=None)
def test_at_its_half_life_a_bridge_is_as_likely_lost_as_not(seed, chance):
    model = ClosurePressure(random_graph(seed), chance=chance)
    for pair in local_bridges(model.ties).index:
        half = model.half_life(*pair)
        if np.isinf(half):
            assert model.survival(*pair, 1000) == 1
        else:
            assert model.survival(*pair, half) == pytest.approx(0.5, abs=1e-9)


def test_the_half_life_of_a_bridge_far_from_others_is_the_closed_form():
    model = ClosurePressure(two_circles(), chance=0.03, bridge=(2, 3))
    assert model.half_life(2, 3) == pytest.approx(bridge_half_life(4, 0.03), rel=1e-9)
    assert ClosurePressure(two_circles(), chance=1, bridge=(2, 3)).half_life(2, 3) == 0
    assert ClosurePressure(two_circles(), chance=0, bridge=(2, 3)).half_life(2, 3) == np.inf
    assert ClosurePressure(two_circles(), chance=0.03, bridge=(2, 3), tended=False).half_life(2, 3) == np.inf


def test_no_tie_and_no_bridge_are_no_trouble():
    empty = ensemble(ClosurePressure(nx.empty_graph(3)), 2, runs=3, seed=1)
    assert empty["local_bridges"].tolist() == empty["ties_closed"].tolist() == [[0] * 3] * 3
    clique = ensemble(ClosurePressure(nx.complete_graph(4)), 2, runs=3, seed=1)
    assert (clique["local_bridges"] == 0).all()


@pytest.mark.parametrize(
    ("settings_", "message"),
    [
        ({"chance": 1.5}, "chance is 1.5; it is a probability"),
        ({"cut": -1}, "cut is -1; it is the least strength of a close tie"),
        ({"cut": float("nan")}, "cut is nan"),
    ],
)
def test_settings_out_of_range_are_refused(settings_, message):
    with pytest.raises(ParameterError, match=message):
        ClosurePressure(two_circles(), **settings_)


def test_what_is_no_local_bridge_is_refused():
    for pair in ((0, 1), (0, 5)):  # in a triangle; no tie
        with pytest.raises(GraphError, match="is no local bridge"):
            ClosurePressure(two_circles(), bridge=pair)
    with pytest.raises(GraphError, match="There is no 'Zoe'"):
        ClosurePressure(two_circles()).survival(0, "Zoe", 1)
    with pytest.raises(GraphError, match="undirected"):
        ClosurePressure(nx.DiGraph([(1, 2)]))
    star = nx.star_graph(3)
    star.graph["alter_ties"] = "none"
    with pytest.raises(GraphError, match="which of your contacts know each other"):
        ClosurePressure(star)
    with pytest.raises(ParameterError, match="pairs is -1"):
        bridge_half_life(-1, 0.1)
    with pytest.raises(ParameterError, match="chance is 2"):
        bridge_half_life(1, 2)
