"""Tie overlap and local bridges."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import spearmanr

from tertius import Ties, local_bridges, overlap
from tertius.errors import GraphError
from tertius.measures.bridges import common_contacts

seeds = st.integers(0, 10**6)


def random_graph(seed, most=14):
    rng = np.random.default_rng(seed)
    n = int(rng.integers(1, most))
    return nx.gnm_random_graph(n, int(rng.integers(0, n * (n - 1) // 2 + 1)), seed=int(seed))


@given(seeds)
@settings(deadline=None)
def test_overlap_is_what_its_definition_says(seed):
    graph = random_graph(seed)
    for (u, v), value in overlap(graph).items():
        shared = set(graph[u]) & set(graph[v])
        around = (set(graph[u]) | set(graph[v])) - {u, v}
        assert value == pytest.approx(len(shared) / len(around) if around else 0, abs=1e-12)


@given(seeds)
@settings(deadline=None)
def test_local_bridges_and_spans_are_those_of_networkx(seed):
    graph = random_graph(seed)
    ours = {frozenset(pair): span for pair, span in local_bridges(graph)["span"].items()}
    assert ours == {frozenset((u, v)): float(span) for u, v, span in nx.local_bridges(graph)}


@given(seeds)
@settings(deadline=None)
def test_names_isolates_and_other_parts_change_nothing(seed):
    graph = random_graph(seed)
    before = overlap(graph).to_dict()
    larger = nx.relabel_nodes(graph, lambda node: ("p", node))
    larger.add_node("alone")
    larger.add_edge("x", "y")
    after = overlap(larger).to_dict()
    assert after.pop(("x", "y")) == 0
    assert {(u[1], v[1]): value for (u, v), value in after.items()} == before


def test_a_clique_overlaps_wholly_and_a_bridge_not_at_all():  # by definition (Onnela et al. 2007)
    assert set(overlap(nx.complete_graph(5))) == {1.0}
    barbell = nx.barbell_graph(4, 0)
    assert overlap(barbell)[3, 4] == 0
    assert overlap(nx.complete_graph(2)).tolist() == [0]
    assert overlap(nx.empty_graph(3)).empty


def test_karate_has_eleven_local_bridges_and_one_bridge():
    # Computed with networkx 3.6: local_bridges and bridges of Zachary's club (1977).
    spans = local_bridges(nx.karate_club_graph())["span"]
    assert len(spans) == 11
    assert spans[np.isinf(spans)].index.tolist() == [(0, 11)]


def test_strength_and_overlap_go_together_in_karate():
    # Rank correlation .449, computed on Zachary's strengths.
    ties = Ties.of(nx.karate_club_graph())
    assert spearmanr(ties.pair_strength, overlap(ties)).statistic == pytest.approx(0.449, abs=5e-4)


def test_common_contacts_of_a_hub_do_not_take_quadratic_room():
    star = Ties.of(nx.star_graph(200_000))
    assert not common_contacts(star).any()


@pytest.mark.parametrize("measure", [overlap, local_bridges])
def test_what_a_star_cannot_know_is_refused(measure):
    star = nx.star_graph(3)
    star.graph["alter_ties"] = "none"
    with pytest.raises(GraphError, match="which of your contacts know each other"):
        measure(star)
    with pytest.raises(GraphError, match="undirected"):
        measure(nx.DiGraph([(1, 2)]))


def test_ties_are_indexed_by_their_ends_even_if_these_are_tuples():
    grid = nx.grid_2d_graph(2, 2)
    assert overlap(grid).index[0] == ((0, 0), (0, 1)) or overlap(grid).index[0] == ((0, 0), (1, 0))
    assert overlap(grid).index.names == ["source", "target"]
