"""Averaging opinions: consensus and who counts in it, swings, stubborn people, circles; all exact."""

from itertools import pairwise

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.models.played import played

from tertius.errors import GraphError, ParameterError
from tertius.models import DeGroot, FriedkinJohnsen
from tertius.simulate import ensemble, simulate

NEAR = {"atol": 1e-9, "rtol": 0}
seeds = st.integers(0, 10**6)


def random_digraph(seed, n=7, share=0.3):
    graph = nx.gnp_random_graph(n, share, seed=seed, directed=True)
    rng = np.random.default_rng(seed)
    nx.set_edge_attributes(graph, {edge: float(rng.integers(1, 5)) for edge in graph.edges}, "strength")
    return graph


def by_hand(graph, now, own, strength=False):
    """Everybody listens once, person by person."""
    after = []
    for i in graph:
        weight = {j: graph[i][j].get("strength", 1) if strength else 1 for j in graph[i]}
        total = own[i] + sum(weight.values())
        after.append((own[i] * now[i] + sum(w * now[j] for j, w in weight.items())) / total if total else now[i])
    return np.array(after)


@given(seeds, st.booleans())
@settings(deadline=None, max_examples=30)
def test_everybody_takes_on_the_average_of_those_they_listen_to(seed, strength):
    graph, rng = random_digraph(seed), np.random.default_rng(seed)
    own, first, follows = rng.integers(0, 3, 7).tolist(), rng.random(7), rng.random(7)
    model = DeGroot(graph, own, first, uses_strength=strength)
    slow = by_hand(graph, first, own, strength)
    np.testing.assert_allclose(model.after(1), slow, **NEAR)
    np.testing.assert_allclose(model.weights.sum(axis=1), 1, **NEAR)
    stubborn = FriedkinJohnsen(graph, own, first, strength, susceptibility=follows)
    twice = by_hand(graph, follows * slow + (1 - follows) * first, own, strength)
    np.testing.assert_allclose(stubborn.after(2), follows * twice + (1 - follows) * first, **NEAR)


@given(seeds, st.sampled_from([1.0, 0.25, 3.0]))
@settings(deadline=None, max_examples=30)
def test_all_come_to_agree_on_the_average_weighted_by_influence(seed, own):
    # Exact: consensus πᵀx(0), πᵀx conserved, π ∝ d + self_weight where listening goes both ways.
    graph = nx.connected_watts_strogatz_graph(9, 4, 0.4, seed=seed)
    first = np.random.default_rng(seed).random(9)
    model = DeGroot(graph, own, first)
    degree = np.array([d for _, d in graph.degree])
    influence = model.influence()
    np.testing.assert_allclose(influence, (degree + own) / (degree + own).sum(), **NEAR)
    for steps in (1, 5):
        assert influence @ model.after(steps) == pytest.approx(influence @ first, abs=1e-9)
    np.testing.assert_allclose(model.settled(), influence @ first, **NEAR)
    np.testing.assert_allclose(model.after(2000), influence @ first, **NEAR)


@pytest.mark.parametrize("kind", [DeGroot, FriedkinJohnsen])
@pytest.mark.parametrize("own", [0.0, 1.0])
@pytest.mark.parametrize("graph", [nx.karate_club_graph(), nx.path_graph(6)], ids=["karate", "path"])
def test_steps_that_are_known_beforehand_end_where_each_step_worked_out_does(kind, own, graph):
    # Two camps that swing among them; an even and an odd number of steps beyond the last that changes anything.
    model = kind(graph, own)
    first = now = np.random.default_rng(1).random(len(graph))
    for step in range(1002):
        if step in (0, 1, 2, 10, 100, 1000, 1001):
            np.testing.assert_allclose(model.after(step, first), now, **NEAR)
        now = model.heard(now, first)


@given(seeds)
@settings(deadline=None, max_examples=60)
def test_where_circles_listen_to_nobody_else_opinions_end_where_a_long_run_does(seed):
    graph, first = random_digraph(seed, share=0.2), np.random.default_rng(seed).random(7)
    model = DeGroot(graph, opinions=first)
    np.testing.assert_allclose(model.settled(), np.linalg.matrix_power(model.weights.toarray(), 2**14) @ first, **NEAR)
    closed = [c for c in nx.strongly_connected_components(graph) if not nx.node_boundary(graph, c)]
    if len(closed) == 1:
        assert model.influence().sum() == pytest.approx(1)
        np.testing.assert_allclose(model.influence()[[i not in closed[0] for i in graph]], 0, **NEAR)
        np.testing.assert_allclose(model.settled(), model.influence() @ first, **NEAR)
    else:
        with pytest.raises(GraphError, match=f"{len(closed)} circles listen to nobody else"):
            model.influence()


@given(seeds, st.floats(0, 0.95))
@settings(deadline=None, max_examples=30)
def test_stubborn_people_end_where_a_long_run_does(seed, follows):
    graph, first = random_digraph(seed), np.random.default_rng(seed).random(7)
    model = FriedkinJohnsen(graph, opinions=first, susceptibility=follows)
    np.testing.assert_allclose(model.settled(), model.after(600), **NEAR)
    assert model.influence() @ first == pytest.approx(model.settled().mean(), abs=1e-9)
    assert model.influence().sum() == pytest.approx(1, abs=1e-9)
    spread = ensemble(model, 6, runs=1, seed=1)["spread"]
    assert (spread <= spread[0] + 1e-12).all()


def test_two_who_listen_by_quarters():
    # Exact: [[½, ½], [¼, ¾]] gives (1/3, 2/3).
    ties = nx.DiGraph([(0, 1, {"strength": 0.5}), (1, 0, {"strength": 0.25})])
    model = DeGroot(ties, [0.5, 0.75], uses_strength=True)
    np.testing.assert_allclose(model.weights.toarray(), [[0.5, 0.5], [0.25, 0.75]], **NEAR)
    np.testing.assert_allclose(model.influence(), [1 / 3, 2 / 3], **NEAR)


@pytest.mark.parametrize("share", [0, 0.3, 0.9])
def test_two_who_keep_a_foot_in_their_first_opinion(share):
    # Exact: (a, 1)/(1 + a).
    model = FriedkinJohnsen([(0, 1)], 0, [0, 1], susceptibility=share)
    np.testing.assert_allclose(model.settled(), np.array([share, 1]) / (1 + share), **NEAR)


def test_with_full_susceptibility_it_is_degroot_and_with_none_nobody_moves():
    path = nx.path_graph(5)
    first = [0, 1, 4, 9, 16]
    full, none = (FriedkinJohnsen(path, opinions=first, susceptibility=share) for share in (1, 0))
    np.testing.assert_allclose(full.after(9), DeGroot(path).after(9, first), **NEAR)
    np.testing.assert_allclose(none.after(9), first, **NEAR)


def test_between_stubborn_ends_everybody_is_the_average_of_their_neighbours():
    # Exact: harmonic, so on a path it rises evenly, whatever the first opinions between.
    model = FriedkinJohnsen(nx.path_graph(6), 0, [0, 7, -3, 2, 9, 5], susceptibility=[0, 1, 1, 1, 1, 0])
    np.testing.assert_allclose(model.settled(), [0, 1, 2, 3, 4, 5], **NEAR)


def test_two_camps_without_weight_of_their_own_swing_for_ever():
    # Exact: undirected without self-weight, bipartite graphs oscillate.
    star = DeGroot(nx.star_graph(3), 0, [1, 0, 0, 0])
    np.testing.assert_allclose(star.after(100), [1, 0, 0, 0], **NEAR)
    np.testing.assert_allclose(star.after(101), [0, 1, 1, 1], **NEAR)
    for ties in (nx.star_graph(3), nx.cycle_graph(4), nx.DiGraph([(0, 1), (1, 2), (2, 0)])):
        for ask in (DeGroot(ties, 0).influence, lambda ties=ties: DeGroot(ties, 0).settled(1.0)):
            with pytest.raises(GraphError, match=r"circle with 0, 1, 2.* swings for ever"):
                ask()
    for ties in (nx.cycle_graph(5), nx.DiGraph([(0, 1), (1, 2), (2, 0), (1, 0)])):  # ways back of lengths 3 and 2
        assert DeGroot(ties, 0).influence().sum() == pytest.approx(1)


def test_a_disconnected_part_keeps_its_own_consensus_and_a_loner_their_opinion():
    graph = nx.Graph([("a", "b"), ("c", "d")])
    graph.add_node("e")
    model = DeGroot(graph, 0.5, {"a": 0, "b": 2, "c": 5, "d": 7, "e": 9})
    np.testing.assert_allclose(model.settled(), [1, 1, 6, 6, 9], **NEAR)
    with pytest.raises(GraphError, match="3 circles listen to nobody else, one of them with 'a' and 'b'"):
        model.influence()


def test_opinions_are_played_as_they_are_worked_out():
    first = pd.Series([3.0, 1.0, 2.0], index=["Cy", "Ann", "Bo"])
    model = FriedkinJohnsen(
        [("Ann", "Bo"), ("Bo", "Cy")], opinions=first, susceptibility={"Cy": 0, "Ann": 1, "Bo": 0.5}
    )
    run = simulate(model, 4, seed=1)
    np.testing.assert_allclose(run.states[0].now, [1, 2, 3])
    np.testing.assert_allclose(run.states[4].now, model.after(4), **NEAR)
    assert run["mean"][4] == pytest.approx(model.after(4).mean())
    assert run["spread"][4] == pytest.approx(np.ptp(model.after(4)))


def test_drawn_opinions_are_even_and_never_move_apart():
    model = DeGroot(nx.path_graph(50))
    states = played(model, 3)
    assert abs(states[0].now.mean() - 0.5) < 4 * np.sqrt(1 / 12 / states[0].now.size)
    for before, after in pairwise(states):
        assert (np.ptp(after.now, axis=0) <= np.ptp(before.now, axis=0) + 1e-12).all()


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: DeGroot(nx.Graph()), GraphError, "Opinions need people"),
        (lambda: DeGroot([(0, 1)], -1), ParameterError, "self_weight of 0 is -1"),
        (lambda: DeGroot([(0, 1)], opinions=[1, 2, 3]), ParameterError, "opinions holds 3 numbers, and there are 2"),
        (lambda: DeGroot([(0, 1)], opinions={0: 1}), ParameterError, "opinions holds nothing for 1"),
        (lambda: DeGroot([(0, 1)], opinions={0: 1, 2: 1}), ParameterError, "opinions names 2, who is not in"),
        (lambda: DeGroot([(0, 1)], opinions=[0, np.nan]), ParameterError, "opinion of 1 is nan"),
        (lambda: DeGroot([(0, 1)]).after(3), ParameterError, "say from which ones to begin"),
        (lambda: FriedkinJohnsen([(0, 1)], susceptibility=[0, 2]), ParameterError, "susceptibility of 1 is 2"),
        (
            lambda: FriedkinJohnsen(
                nx.DiGraph([("Ann", "Bo"), ("Bo", "Ann"), ("Cy", "Ann")]),
                opinions=0.5,
                susceptibility={"Ann": 1, "Bo": 1, "Cy": 0.5},
            ).settled(),
            GraphError,
            "circle with 'Ann' and 'Bo' listens to nobody else",
        ),
    ],
)
def test_what_cannot_be_averaged_is_refused(call, error, message):
    with pytest.raises(error, match=message):
        call()


@pytest.mark.parametrize("strong", [1e308, 1.0, 5e-324])
def test_only_how_ties_compare_counts_however_strong_they_all_are(strong):
    triangle = nx.Graph()
    triangle.add_edges_from([("a", "b"), ("b", "c"), ("a", "c")], strength=strong)
    weights = DeGroot(triangle, 0, [0, 1, 2], uses_strength=True).weights.toarray()
    np.testing.assert_allclose(weights, (np.ones((3, 3)) - np.eye(3)) / 2, atol=1e-12)
