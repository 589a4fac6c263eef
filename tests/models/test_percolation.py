"""Tie removal as a model: orders, luck, and what holds a network together."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tertius import Ties, overlap, removal_curve
from tertius.errors import GraphError, ParameterError
from tertius.models import TieRemoval, removal_gap
from tertius.simulate import ensemble, simulate


def two_groups():
    """Two triangles, and a weak tie between them."""
    return Ties.of([(1, 2), (2, 3), (1, 3), (3, 4, 0.1), (4, 5), (5, 6), (4, 6)])


def test_cutting_the_one_weak_tie_halves_two_groups():
    weakest = simulate(TieRemoval(two_groups(), "weakest", pace=1 / 7), 7, seed=1)
    assert weakest["largest_share"][:2].tolist() == [1.0, 0.5]
    assert weakest["susceptibility"][:2].tolist() == [0.0, 1.5]  # by hand: 3² / 6
    assert weakest["ties_cut"].tolist() == list(range(8))
    strongest = ensemble(TieRemoval(two_groups(), "strongest", pace=1 / 7), 7, runs=64, seed=1)
    assert (strongest["largest_share"][6] == 2 / 6).all()  # the weak tie is the last one left
    assert (strongest["largest_share"][7] == 1 / 6).all()


@given(seed=st.integers(0, 1000), order=st.sampled_from(["weakest", "strongest", "random"]), shuffled=st.booleans())
@settings(max_examples=30, deadline=None)
def test_a_run_is_the_removal_curve_of_its_own_order(seed, order, shuffled):
    graph = nx.gnm_random_graph(12, 20, seed=seed)
    rng = np.random.default_rng(seed)
    for edge in graph.edges:
        graph.edges[edge]["strength"] = float(rng.integers(1, 4))
    ties = Ties.of(graph)
    run = simulate(TieRemoval(ties, order, shuffled=shuffled, pace=1 / 20), 20, seed=seed)
    cut_with = run.states[0].cut_with
    assert sorted(cut_with) == list(range(1, 21))
    curve = removal_curve(ties, np.argsort(cut_with))
    np.testing.assert_allclose(run["largest_share"], curve["largest_share"])
    np.testing.assert_allclose(run["susceptibility"], curve["susceptibility"])
    if order != "random" and not shuffled:
        strengths = ties.pair_strength[np.argsort(cut_with)]
        assert (np.diff(strengths if order == "weakest" else -strengths) >= 0).all()


def test_cutting_ends_where_it_is_told_to():
    ties = Ties.of(nx.karate_club_graph())
    whole, part = (simulate(TieRemoval(ties, most=most), 100, seed=1) for most in (1.0, 0.6))
    np.testing.assert_array_equal(part["largest_share"][:61], whole["largest_share"][:61])
    assert part["ties_cut"][60:].tolist() == [47] * 41  # .6 of 78 ties, rounded
    assert whole["ties_cut"][-1] == 78


def test_orders_share_their_luck_where_all_ties_are_equal():
    # With equal strengths the three orders are one: the same uniform draws decide.
    ties = Ties.of(nx.karate_club_graph().edges)
    curves = [ensemble(TieRemoval(ties, order), 50, runs=5, seed=3)["largest_share"] for order in ("weakest", "random")]
    np.testing.assert_array_equal(*curves)


def test_equal_strengths_go_in_random_order():
    # Each of three equal ties is the first to go in a third of the runs: 4 standard errors of 3,200 runs.
    triangle = Ties.of([(1, 2), (2, 3), (1, 3)])
    state = TieRemoval(triangle, pace=1 / 3)
    firsts = np.concatenate([simulate_block_first(state, seed) for seed in range(50)])
    shares = np.bincount(firsts, minlength=3) / len(firsts)
    assert (abs(shares - 1 / 3) < 4 * np.sqrt(2 / 9 / len(firsts))).all()


def simulate_block_first(model, seed):
    from tertius.simulate import BLOCK, Streams

    return model.start(Streams(model.streams, seed, 0), BLOCK).cut_with.argmin(axis=0)


def test_overlap_can_decide_instead_of_strength():
    # Strength is made the opposite of overlap: cutting by overlap must see through it.
    graph = nx.barbell_graph(5, 0)
    for (u, v), value in overlap(graph).items():
        graph.edges[u, v]["strength"] = 2 - value
    by_overlap = removal_gap(graph, 0.1, by="overlap")
    by_strength = removal_gap(graph, 0.1)
    assert by_overlap["weakest"] == 0.5
    assert by_overlap["gap"] == 0.5
    assert by_strength["gap"] == -0.5


def test_shuffled_strengths_leave_no_gap():
    # Two cliques and a weak bridge: as built, the bridge goes first. Shuffled, both orders cut it equally often.
    graph = nx.barbell_graph(8, 0)
    nx.set_edge_attributes(graph, 1.0, "strength")
    graph.edges[7, 8]["strength"] = 0.1
    assert removal_gap(graph, 0.05)["gap"] > 0.4
    shuffled = removal_gap(graph, 0.05, shuffled=True, runs=2048)
    assert abs(shuffled["gap"]) < 4 * shuffled["stderr"]


def test_the_gap_of_real_networks_is_measured_not_assumed():
    # Our own calculation on networks that ship with networkx, 20 seeds of 64 runs: positive, and far below the .5 of
    # the case whose strengths were made from overlap.
    for graph in (nx.karate_club_graph(), nx.les_miserables_graph()):
        for seed in range(20):
            gap = removal_gap(graph, 0.35, seed=seed)
            assert gap["gap"] > 4 * gap["stderr"]
            assert gap["gap"] < 0.2


def test_people_without_ties_count():
    graph = nx.path_graph(2)
    graph.add_nodes_from([5, 6])
    assert simulate(TieRemoval(graph, pace=1), 1, seed=1)["largest_share"].tolist() == [0.5, 0.25]


@pytest.mark.parametrize(
    ("settings_", "message"),
    [
        ({"order": "weekest"}, "order is 'weekest'; did you mean 'weakest'"),
        ({"by": "weight"}, "by is 'weight'"),
        ({"pace": 0}, "pace is 0"),
        ({"pace": float("nan")}, "pace is nan"),
        ({"most": 1.5}, "most is 1.5"),
    ],
)
def test_settings_out_of_range_are_refused(settings_, message):
    with pytest.raises(ParameterError, match=message):
        TieRemoval(two_groups(), **settings_)


def test_networks_that_cannot_be_cut_are_refused():
    with pytest.raises(GraphError, match="at least one tie, and this network has none"):
        TieRemoval(nx.empty_graph(4))
    with pytest.raises(GraphError, match="undirected"):
        TieRemoval(nx.DiGraph([(1, 2)]))
    with pytest.raises(ParameterError, match="share is 0"):
        removal_gap(two_groups(), 0)
    with pytest.raises(ParameterError, match="runs is 1"):
        removal_gap(two_groups(), runs=1)


def test_both_orders_of_a_gap_share_their_luck_with_any_seed_and_with_none():
    # Where all ties are equal, weakest and strongest first are one random order.
    for seed in (1, None):
        gap = removal_gap(nx.cycle_graph(12), 0.5, seed=seed)
        assert gap["gap"] == gap["stderr"] == 0
