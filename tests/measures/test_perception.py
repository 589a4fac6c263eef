"""Maps in the head, missing answers, the friendship paradox."""

from itertools import permutations

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.measures.graphs import random_graph, renamed, star_without_alter_ties

from tertius import CognitiveStructure, Network, asked_for, betweenness, friendship_paradox, missing_answers
from tertius.errors import GraphError, ParameterError

seeds = st.integers(0, 10**6)


def random_reports(seed):
    """Reports by some of up to six people, and by somebody from outside."""
    rng = np.random.default_rng(seed)
    people = list(range(int(rng.integers(2, 7))))
    reports = {}
    for reporter in [*people, "guest"]:
        if rng.random() < 0.7 or reporter == 0:
            graph = nx.DiGraph()
            graph.add_nodes_from(people)
            graph.add_edges_from(pair for pair in permutations(people, 2) if rng.random() < 0.4)
            reports[reporter] = graph
    return people, reports


def says(reports, reporter, i, j):
    """1, 0, or None for unknown."""
    return int(reports[reporter].has_edge(i, j)) if reporter in reports else None


@given(seeds)
@settings(deadline=None)
def test_reports_are_put_together_as_loops_do_it(seed):
    people, reports = random_reports(seed)
    maps = CognitiveStructure.of(reports)
    tables = {
        "sender": maps.by_sender(),
        "receiver": maps.by_receiver(),
        "agreed": maps.agreed(),
        "claimed": maps.claimed(),
        "consensus": maps.consensus(0.4),
    }
    for i, j in permutations(people, 2):
        ends = [says(reports, i, i, j), says(reports, j, i, j)]
        share = np.mean([graph.has_edge(i, j) for graph in reports.values()])
        expected = {
            "sender": ends[0],
            "receiver": ends[1],
            "agreed": 0 if 0 in ends else None if None in ends else 1,
            "claimed": 1 if 1 in ends else None if None in ends else 0,
            "consensus": int(share >= 0.4 - 1e-9),
        }
        for name, value in expected.items():
            found = tables[name].loc[i, j]
            assert np.isnan(found) if value is None else found == value
    for table in tables.values():
        assert np.isnan(np.diag(table)).all()
    for reporter, graph in reports.items():
        seen = maps.slice(reporter)
        assert all(seen.loc[i, j] == graph.has_edge(i, j) for i, j in permutations(people, 2))


@given(seeds)
@settings(deadline=None)
def test_accuracy_is_the_correlation_over_pairs_without_the_reporter(seed):
    people, reports = random_reports(seed)
    maps = CognitiveStructure.of(reports)
    rng = np.random.default_rng((seed, 1))
    truth = pd.DataFrame(rng.random((len(people),) * 2) < 0.4, people, people).astype(float)
    truth = truth.mask(rng.random(truth.shape) < 0.1)
    accuracy = maps.accuracy(truth)
    for reporter, graph in reports.items():
        pairs = [(i, j) for i, j in permutations(people, 2) if reporter not in (i, j) and not np.isnan(truth.loc[i, j])]
        one, other = [graph.has_edge(i, j) for i, j in pairs], [truth.loc[i, j] for i, j in pairs]
        if len(set(one)) < 2 or len(set(other)) < 2:
            assert np.isnan(accuracy[reporter])
        else:
            assert accuracy[reporter] == pytest.approx(np.corrcoef(one, other)[0, 1], abs=1e-9)


def test_whoever_sees_all_ties_has_accuracy_one():
    # no forgetting and no bias.
    graph = nx.gnp_random_graph(8, 0.3, seed=3, directed=True)
    maps = CognitiveStructure.of(dict.fromkeys(graph, graph))
    assert maps.accuracy().tolist() == pytest.approx([1] * 8, abs=1e-12)
    assert maps.accuracy(1 - maps.consensus()).tolist() == pytest.approx([-1] * 8, abs=1e-12)
    blank = CognitiveStructure.of({"guest": graph, 0: nx.create_empty_copy(graph)})
    assert np.isnan(blank.accuracy(blank.slice("guest"))[0])


def test_a_table_of_ties_says_whose_view_each_is():
    nodes = pd.DataFrame({"id": ["Ann", "Bo", "Cy"]})
    rows = [("Ann", "Bo", "Ann"), ("Bo", "Cy", "Ann"), ("Ann", "Bo", "Bo")]
    ties = pd.DataFrame(rows, columns=["source", "target", "reported_by"]).assign(relation="knows", wave=1, weight=1.0)
    meta = {"default_relation": "knows", "relations": [{"name": "knows", "directed": False, "unit": "binary"}]}
    maps = CognitiveStructure.of(Network(nodes, ties, meta))
    assert repr(maps) == "CognitiveStructure(3 people, 2 reporters)"
    assert maps.slice("Ann").loc["Cy", "Bo"] == 1  # undirected: both ways
    assert maps.agreed().loc["Ann", "Bo"] == 1
    assert np.isnan(maps.by_receiver().loc["Bo", "Cy"])  # Cy did not say
    assert maps.consensus(0.6).loc["Bo", "Cy"] == 0
    ties.loc[0, "reported_by"] = None
    with pytest.raises(GraphError, match="do not all say whose view"):
        CognitiveStructure.of(Network(nodes, ties, meta))


def test_reports_that_cannot_be_used_are_refused():
    for nothing in ({}, [("Ann", "Bo")]):
        with pytest.raises(GraphError, match=r"[Rr]eports"):
            CognitiveStructure.of(nothing)
    maps = CognitiveStructure.of({"Ann": [("Ann", "Bo")]})
    with pytest.raises(GraphError, match="'Bo' reported nothing"):
        maps.slice("Bo")
    for threshold in (0, 1.1, float("nan")):
        with pytest.raises(ParameterError, match="threshold is"):
            maps.consensus(threshold)
    for target in (pd.DataFrame(), np.ones((2, 2)), pd.DataFrame(1, ["Ann", "Bo"], ["Ann", "Cy"])):
        with pytest.raises(ParameterError, match="same people"):
            maps.accuracy(target)


@given(seeds)
@settings(deadline=None)
def test_asked_for_is_indegree_over_those_who_could_name(seed):
    graph = random_graph(seed, directed=True, least=2)
    assert asked_for(graph).to_dict() == pytest.approx(nx.in_degree_centrality(graph), abs=1e-12)
    silent = [node for node in graph if np.random.default_rng((seed, node)).random() < 0.4]
    heard = asked_for(graph, silent)
    for node in graph:
        others = [other for other in graph if other != node and other not in silent]
        named = sum(graph.has_edge(other, node) for other in others)
        assert heard[node] == pytest.approx(named / len(others) if others else np.nan, nan_ok=True)
    with pytest.raises(GraphError, match="'nobody' is not in this network"):
        asked_for(graph, ["nobody"])


def advice_network(seed):
    """48 lawyers in four practices, ties of density .20 within and .03 across, some asked more than others."""
    rng = np.random.default_rng(seed)
    practice, pull = np.arange(48) // 12, rng.lognormal(0, 0.6, 48)
    chance = np.where(practice[:, None] == practice, 0.20, 0.03) * pull / pull.mean()
    return nx.from_numpy_array((rng.random((48, 48)) < chance) & ~np.eye(48, dtype=bool), create_using=nx.DiGraph)


def test_missing_answers_by_hand():
    graph = nx.empty_graph(5, create_using=nx.DiGraph)
    graph.add_edges_from([(1, 0), (2, 0), (3, 0), (0, 1), (2, 1), (0, 2)])
    runs = missing_answers(graph, 0.2, top=1, runs=60, seed=1)  # one of five is silent: 0 still leads in asked-for
    assert set(runs["asked_for"]) == {1.0}
    # Betweenness: 0 leads (1→0→2 and 3→0→1, 3→0→2); if 0 is silent nobody is between, and the first of equals is 0.
    assert betweenness(graph)["betweenness"].idxmax() == 0
    again = missing_answers(graph, 0.2, top=1, runs=60, seed=1)
    assert again.equals(runs)
    full = missing_answers(graph, 0, top=3, runs=2)
    assert (full == 1).all(axis=None)
    nobody = missing_answers(advice_network(1), 1, runs=1, seed=1)
    assert nobody["asked_for"][0] < 1  # nothing is known, so the first five stand in for the top


def test_what_cannot_be_left_out_is_refused():
    graph = nx.path_graph(4, create_using=nx.DiGraph)
    wrong = {"share is": {"share": 1.5}, "top is 0": {"top": 0}, "top is 5": {"top": 5}, "runs is": {"runs": 0}}
    for match, setting in wrong.items():
        with pytest.raises(ParameterError, match=match):
            missing_answers(graph, **{"share": 0.2, "top": 2, **setting})


@given(seeds)
@settings(deadline=None)
def test_the_three_averages_are_what_loops_find(seed):
    graph = random_graph(seed, most=12)
    found = friendship_paradox(graph)
    degree = {node: k for node, k in graph.degree if k}
    assert found[["people", "isolates"]].tolist() == [len(degree), len(graph) - len(degree)]
    if not degree:
        assert found[["of_people", "of_tie_ends", "of_contacts", "share_below"]].isna().all()
        return
    near = {node: np.mean([graph.degree[other] for other in graph[node]]) for node in degree}
    assert near == pytest.approx({n: k for n, k in nx.average_neighbor_degree(graph).items() if n in degree})
    ends = [graph.degree[node] for edge in graph.edges for node in edge]
    assert found["of_people"] == pytest.approx(np.mean(list(degree.values())))
    assert found["of_tie_ends"] == pytest.approx(np.mean(ends))
    assert found["of_contacts"] == pytest.approx(np.mean(list(near.values())))
    assert found["share_below"] == pytest.approx(np.mean([degree[n] < near[n] - 1e-9 for n in degree]))
    # Exact: (1/n') Σ_ties (k_u/k_v + k_v/k_u) ≥ 2m/n'; μ + σ²/μ at a tie-end.
    ratios = sum(degree[u] / degree[v] + degree[v] / degree[u] for u, v in graph.edges)
    assert found["of_contacts"] == pytest.approx(ratios / len(degree))
    assert found["of_contacts"] >= found["of_people"] - 1e-9
    mean, variance = np.mean(list(degree.values())), np.var(list(degree.values()))
    assert found["of_tie_ends"] == pytest.approx(mean + variance / mean)
    larger = friendship_paradox(renamed(graph))
    assert larger["people"] == found["people"] + 2


def test_published_shares_of_people_with_fewer_contacts_than_theirs():
    # Computed: karate 29/34 (Zachary 1977), Florentine marriages 11/15 (Padgett and Ansell 1993).
    assert friendship_paradox(nx.karate_club_graph())["share_below"] == pytest.approx(29 / 34, abs=1e-9)
    assert friendship_paradox(nx.florentine_families_graph())["share_below"] == pytest.approx(11 / 15, abs=1e-9)
    # [exact] star of five: 1.6, 2.5, 3.4; where all have as many contacts, all averages are equal.
    star = friendship_paradox(nx.star_graph(4))[["of_people", "of_tie_ends", "of_contacts"]]
    assert star.tolist() == pytest.approx([1.6, 2.5, 3.4], abs=1e-9)
    ring = friendship_paradox(nx.cycle_graph(7))
    assert ring[["of_people", "of_tie_ends", "of_contacts", "share_below"]].tolist() == [2, 2, 2, 0]


def test_the_paradox_needs_both_directions_and_ties_among_contacts():
    with pytest.raises(GraphError, match="undirected"):
        friendship_paradox(nx.DiGraph([(0, 1)]))
    with pytest.raises(GraphError, match="which of your contacts know each other"):
        friendship_paradox(star_without_alter_ties())
