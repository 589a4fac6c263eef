"""Connections: every small network by hand, what is best and what is stable, and the way there by an exact chain."""

from itertools import combinations, pairwise

import networkx as nx
import numpy as np
import pytest
from tests.models.played import played

from tertius.errors import GraphError, ParameterError
from tertius.models import Connections
from tertius.simulate import BLOCK, ensemble, simulate

# Off the boundaries, where equality makes several best or stable: δ − δ² = .25 and .16 and .21.
SETTINGS = [(d, c) for d in (0.5, 0.8, 0.3) for c in (0.05, 0.2, 0.24, 0.35, 0.45, 0.6, 0.72, 0.9, 1.3)]


def utility(graph, delta, cost):
    """Payoffs by networkx's distances."""
    lengths = dict(nx.all_pairs_shortest_path_length(graph))
    return {i: sum(delta**d for j, d in lengths[i].items() if j != i) - cost * graph.degree(i) for i in graph}


def is_stable(graph, delta, cost):
    now = utility(graph, delta, cost)
    for i, j in combinations(graph, 2):
        other = graph.copy()
        tied = graph.has_edge(i, j)
        (other.remove_edge if tied else other.add_edge)(i, j)
        then = utility(other, delta, cost)
        gains = sorted([then[i] - now[i], then[j] - now[j]])
        if gains[1] > 1e-12 and (tied or gains[0] >= -1e-12):
            return False
    return True


def small_networks(n):
    return [graph for graph in nx.graph_atlas_g() if len(graph) == n]


@pytest.mark.parametrize(("delta", "cost"), SETTINGS[::3])
def test_payoffs_and_stability_are_those_of_loops(delta, cost):
    model = Connections(2, delta, cost)
    for graph in small_networks(5):
        np.testing.assert_allclose(model.payoffs(graph), list(utility(graph, delta, cost).values()), atol=1e-9)
        assert model.is_pairwise_stable(graph) == is_stable(graph, delta, cost)


@pytest.mark.parametrize("n", [3, 5])
@pytest.mark.parametrize(("delta", "cost"), SETTINGS[::2])
def test_what_is_best_is_best_of_all_networks(n, delta, cost):
    # Exact: complete, star or empty.
    model = Connections(n, delta, cost)
    welfare = [model.payoffs(graph).sum() for graph in small_networks(n)]
    assert model.best_welfare == pytest.approx(max(welfare), abs=1e-9)
    kinds = {"complete": nx.complete_graph(n), "star": nx.star_graph(n - 1), "empty": nx.empty_graph(n)}
    assert model.payoffs(kinds[model.best]).sum() == pytest.approx(max(welfare), abs=1e-9)
    edge, far = delta - delta**2, delta + (n - 2) * delta**2 / 2
    assert model.best == ("complete" if cost < edge else "star" if cost < far else "empty")


@pytest.mark.parametrize(("delta", "cost"), [*SETTINGS[1::2], (0.5, 0.25), (0.5, 0.5), (0.25, 0.25)])
def test_what_is_stable(delta, cost):
    # Exact: complete iff c ≤ δ − δ² (alone if <), star iff δ − δ² ≤ c ≤ δ, empty iff c ≥ δ; c > δ:
    # nobody in a stable network has exactly one tie.
    model, edge = Connections(5, delta, cost), delta - delta**2
    assert model.is_pairwise_stable(nx.complete_graph(5)) == (cost <= edge + 1e-12)
    assert model.is_pairwise_stable(nx.star_graph(4)) == (edge - 1e-12 <= cost <= delta + 1e-12)
    assert model.is_pairwise_stable(nx.empty_graph(5)) == (cost >= delta - 1e-12)
    stable = [graph for graph in small_networks(5) if model.is_pairwise_stable(graph)]
    if cost < edge - 1e-12:
        assert [graph.number_of_edges() for graph in stable] == [10]
    if cost > delta + 1e-12:
        assert all(degree != 1 for graph in stable for _, degree in graph.degree)


def test_a_tie_is_made_if_one_gains_and_the_other_does_not_lose():
    # At c = δ somebody alone gains δ² by joining one of a pair, who gains nothing.
    pair = nx.Graph([(0, 1)])
    pair.add_node(2)
    assert not Connections(3, 0.5, 0.5).is_pairwise_stable(pair)
    assert Connections(3, 0.5, 0.5 + 1e-6).is_pairwise_stable(nx.empty_graph(3))


def test_pairs_look_at_their_tie_one_after_another():
    model = Connections(4, 0.5, 0.35)
    states = played(model, 12)
    for before, after in pairwise(states):
        for run in range(0, BLOCK, 7):
            graph = nx.from_numpy_array(before.tied[..., run])
            i, j = after.pair[:, run].tolist()
            other = graph.copy()
            tied = graph.has_edge(i, j)
            (other.remove_edge if tied else other.add_edge)(i, j)
            now, then = utility(graph, 0.5, 0.35), utility(other, 0.5, 0.35)
            gains = sorted([then[i] - now[i], then[j] - now[j]])
            changes = gains[1] > 1e-12 and (tied or gains[0] >= -1e-12)
            np.testing.assert_array_equal(after.tied[..., run], nx.to_numpy_array(other if changes else graph) > 0)


def test_three_people_get_where_the_exact_chain_says():
    # All networks of three people, c between δ − δ² and δ; 4,096 runs, 4 standard errors.
    model = Connections(3, 0.5, 0.3)
    pairs = list(combinations(range(3), 2))
    share = {frozenset(): 1.0}
    for _ in range(3):
        after = {}
        for tied, chance in share.items():
            for i, j in pairs:
                graph, other = (nx.empty_graph(3) for _ in range(2))
                graph.add_edges_from(tied)
                other.add_edges_from(tied ^ {(i, j)})
                now, then = utility(graph, 0.5, 0.3), utility(other, 0.5, 0.3)
                gains = sorted([then[i] - now[i], then[j] - now[j]])
                moves = gains[1] > 1e-12 and ((i, j) in tied or gains[0] >= -1e-12)
                to = frozenset(tied ^ {(i, j)}) if moves else tied
                after[to] = after.get(to, 0) + chance / 3
        share = after
    many = ensemble(model, 3, runs=4096, seed=1)
    ties = sum(chance * len(tied) for tied, chance in share.items())
    assert many["ties"][-1].std() > 0
    assert abs(many.mean("ties")[-1] - ties) < 4 * many.stderr("ties")[-1]


def test_what_is_settled_is_stable_and_stays():
    for first in ("empty", "star", "complete"):
        model = Connections(5, 0.5, 0.35, first)
        run = simulate(model, 300, seed=1, until=model.is_settled)
        assert run["is_stable"][-1]
        graph = nx.empty_graph(5)
        graph.add_edges_from(model.ties(run.states[-1]))
        assert is_stable(graph, 0.5, 0.35)
        assert run["ties"][-1] == graph.number_of_edges()
        assert run["welfare"][-1] == pytest.approx(sum(utility(graph, 0.5, 0.35).values()))
        assert run["welfare_share"][-1] == pytest.approx(run["welfare"][-1] / model.best_welfare)
    middle = simulate(Connections(5, 0.5, 0.35, "star"), 20, seed=1)
    assert (middle["ties"] == 4).all()  # δ − δ² < c < δ: a star stays
    assert (middle["welfare_share"] == 1).all()


def test_where_ties_are_dear_the_star_is_best_and_falls_apart():
    # δ < c: the middle drops its ties, and the best network is left.
    model = Connections(5, 0.5, 0.6, "star")
    many = ensemble(model, 100, runs=20, seed=1)
    assert model.best == "star"
    assert (many["ties"][-1] == 0).all()
    assert np.isnan(Connections(5, 0.5, 2).observe(played(Connections(5, 0.5, 2), 0)[0])["welfare_share"]).all()


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: Connections(1), ParameterError, "people is 1"),
        (lambda: Connections(13), ParameterError, "people is 13"),
        (lambda: Connections(value=2), ParameterError, "value is 2"),
        (lambda: Connections(value=1), ParameterError, "value is 1; it lies between 0 and 1"),
        (lambda: Connections(cost=-1), ParameterError, "cost is -1"),
        (lambda: Connections(first="ring"), ParameterError, "first is 'ring'"),
        (lambda: Connections().payoffs(nx.DiGraph([(0, 1)])), GraphError, "defined for undirected ties"),
    ],
)
def test_settings_out_of_range_are_refused(call, error, message):
    with pytest.raises(error, match=message):
        call()
