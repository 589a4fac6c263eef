"""Degree, closeness, betweenness, eigenvector, power, core."""

import builtins

import igraph
import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.measures.graphs import random_graph, renamed, star_without_alter_ties, within_four_errors

from tertius import betweenness, bonacich_power, centrality, closeness, core_number, eigenvector, load
from tertius.errors import Caveat, GraphError, ParameterError
from tertius.measures import in_between, positions
from tertius.ties import Ties

seeds = st.integers(0, 10**6)

KITE = dict(enumerate(["Andre", "Beverly", "Carol", "Diane", "Ed", "Fernando", "Garth", "Heather", "Ike", "Jane"]))
"""Names of networkx's krackhardt_kite_graph (Krackhardt 1990)."""


@pytest.fixture(scope="module")
def kite():
    return nx.relabel_nodes(nx.krackhardt_kite_graph(), KITE)


@pytest.fixture(params=["igraph", "numpy"])
def way(request, monkeypatch):
    """Betweenness with and without igraph."""
    if request.param == "numpy":
        found = builtins.__import__

        def without_igraph(name, *rest, **more):
            if name == "igraph":
                raise ImportError(name)
            return found(name, *rest, **more)

        monkeypatch.setattr(builtins, "__import__", without_igraph)
    return request.param


def test_three_measures_of_the_kite_have_three_winners(kite):
    # Computed, to three and four digits (Krackhardt 1990).
    table = centrality(kite).round(4)
    assert table["degree"].idxmax() == "Diane"
    assert table.loc["Diane", "degree"] == 0.6667
    assert table["closeness"].nlargest(2).round(3).to_dict() == {"Fernando": 0.643, "Garth": 0.643}
    expected = {"Heather": 0.3889, "Fernando": 0.2315, "Garth": 0.2315, "Ike": 0.2222, "Diane": 0.1019}
    expected |= {"Andre": 0.0231, "Beverly": 0.0231, "Carol": 0, "Ed": 0, "Jane": 0}
    assert table["betweenness"].to_dict() == expected


def test_the_medici_lead_with_and_without_the_pucci():
    # Computed; Padgett and Ansell 1993. The Pucci have no tie, and change what all are divided by.
    marriages = nx.florentine_families_graph()
    table = centrality(marriages)
    assert table.loc["Medici", "betweenness"] == pytest.approx(47.5 / 91, abs=1e-9)
    assert table["betweenness"].round(4).nlargest(3).to_dict() == {
        "Medici": 0.522,
        "Guadagni": 0.2546,
        "Albizzi": 0.2125,
    }
    assert table.loc["Medici", ["closeness", "eigenvector"]].round(4).tolist() == [0.56, 0.4303]
    marriages.add_node("Pucci")
    with_pucci = centrality(marriages)
    assert with_pucci.loc["Medici", "betweenness"].round(4) == 0.4524
    assert with_pucci.loc["Pucci"].to_dict() == {
        "degree": 0,
        "closeness": 0,
        "betweenness": 0,
        "eigenvector": 0,
        "core": 0,
    }


@given(seeds)
@settings(deadline=None)
def test_closeness_and_core_are_those_of_networkx(seed):
    graph = random_graph(seed, most=14, least=2)
    theirs = nx.closeness_centrality(graph, wf_improved=True)
    assert closeness(graph).to_dict() == pytest.approx(theirs, abs=1e-12)
    assert core_number(graph).to_dict() == nx.core_number(graph)


def test_closeness_of_more_people_than_a_word_and_a_block_has_bits():
    graph = nx.disjoint_union(nx.watts_strogatz_graph(2100, 4, 0.2, seed=1), nx.path_graph(70))
    ours = closeness(graph)
    for node in (0, 63, 64, 2047, 2048, 2099, 2100, 2169):
        assert ours[node] == pytest.approx(nx.closeness_centrality(graph, node), abs=1e-12)


@pytest.mark.parametrize("directed", [False, True])
def test_betweenness_is_that_of_networkx(way, directed):
    for seed in range(40):
        graph = random_graph(seed, most=14, least=3, directed=directed)
        theirs = nx.betweenness_centrality(graph)
        ours = betweenness(graph)
        assert ours["betweenness"].to_dict() == pytest.approx(theirs, abs=1e-9)
        assert (ours["stderr"] == 0).all()


@pytest.mark.parametrize(
    "graph",
    [
        nx.barabasi_albert_graph(150, 3, seed=1),
        nx.path_graph(60),  # many steps with few people in each: the sparse way
        nx.convert_node_labels_to_integers(nx.grid_2d_graph(12, 12)),
        nx.disjoint_union(nx.path_graph(40), nx.karate_club_graph()),
        nx.gnm_random_graph(120, 300, seed=2, directed=True),
    ],
    ids=["hubs", "path", "grid", "parts", "directed"],
)
def test_all_ways_to_betweenness_agree(graph):
    ties = Ties.of(graph)
    everybody = np.arange(len(ties))
    theirs = np.array(igraph.Graph.from_networkx(graph).betweenness()) * (1 if graph.is_directed() else 2)
    tied = positions._tied(ties)
    for along in (in_between._along_dense, in_between._along_sparse):
        total, _ = along(tied, tied.T.tocsr(), everybody)
        assert total == pytest.approx(theirs, abs=1e-9, rel=1e-9)
    total, squares = in_between._dependencies(ties, everybody)
    assert total == pytest.approx(theirs, abs=1e-9, rel=1e-9)
    each = [in_between._along_sparse(tied, tied.T.tocsr(), np.array([source]))[0] for source in everybody]
    assert squares == pytest.approx(np.square(each).sum(axis=0), abs=1e-9, rel=1e-9)


def test_a_sample_is_right_on_average_and_says_how_far_off_it_is():
    graph = nx.connected_watts_strogatz_graph(120, 6, 0.1, seed=3)
    exact = betweenness(graph)["betweenness"].to_numpy()
    samples = [betweenness(graph, sample=30, seed=seed) for seed in range(150)]
    values = np.array([sample["betweenness"] for sample in samples])
    errors = np.array([sample["stderr"] for sample in samples])
    assert within_four_errors(values, exact)
    # The stated errors, squared, are unbiased for how far off the samples are, squared.
    assert within_four_errors(((values - exact) ** 2 - errors**2).mean(axis=1), 0)
    assert betweenness(graph, sample=30, seed=5).equals(samples[5])
    whole = betweenness(graph, sample=120, seed=1)
    assert whole["betweenness"].to_numpy() == pytest.approx(exact, abs=1e-12)
    assert (whole["stderr"] == 0).all()


def test_a_large_network_is_sampled_with_a_warning_unless_all_are_asked_for(monkeypatch):
    monkeypatch.setattr(in_between, "EXACT_UP_TO", 30)
    monkeypatch.setattr(in_between, "SAMPLE", 20)
    club = nx.karate_club_graph()
    with pytest.warns(Caveat, match=r"34 people, so betweenness was estimated from the paths of 20.*at most"):
        sampled = betweenness(club, seed=1)
    assert sampled["stderr"].max() > 0
    with pytest.warns(Caveat, match="estimated"):
        assert centrality(club, seed=1)["betweenness"].equals(sampled["betweenness"])
    exact = betweenness(club, sample="all")
    assert exact["betweenness"].to_dict() == pytest.approx(nx.betweenness_centrality(club), abs=1e-9)


@given(seeds)
@settings(deadline=None)
def test_eigenvector_is_leading_and_belongs_to_one_part(seed):
    graph = random_graph(seed, most=12)
    tied = nx.to_numpy_array(graph, weight=None)
    if not tied.any():
        with pytest.raises(GraphError, match="needs a tie"):
            eigenvector(graph)
        return
    largest = {
        tuple(part): np.linalg.eigvalsh(nx.to_numpy_array(graph.subgraph(part), weight=None))[-1]
        for part in nx.connected_components(graph)
    }
    leading = [part for part, value in largest.items() if value > max(largest.values()) - 1e-9]
    if len(leading) > 1:
        with pytest.raises(GraphError, match="same largest eigenvalue"):
            eigenvector(graph)
        assert centrality(graph)["eigenvector"].isna().all()
        return
    vector = eigenvector(graph)
    assert tied @ vector.to_numpy() == pytest.approx(max(largest.values()) * vector.to_numpy(), abs=1e-9)
    assert (vector >= 0).all()
    assert vector @ vector == pytest.approx(1, abs=1e-9)
    assert set(vector[vector > 1e-12].index) <= set(leading[0])


def test_the_part_with_the_larger_eigenvalue_need_not_have_the_larger_degree():
    # A star of four has eigenvalue 2 and a hub with four ties; a full group of four has eigenvalue 3.
    vector = eigenvector(nx.disjoint_union(nx.star_graph(4), nx.complete_graph(4)))
    assert vector.tolist() == pytest.approx([0] * 5 + [0.5] * 4, abs=1e-12)


def test_eigenvector_and_power_of_many_people_agree_with_the_full_matrix(monkeypatch):
    graph = nx.disjoint_union(nx.barabasi_albert_graph(200, 3, seed=1), nx.complete_graph(4))
    full = eigenvector(graph), bonacich_power(graph, -0.05)
    monkeypatch.setattr(positions, "DENSE_UP_TO", 3)
    sparse = eigenvector(graph), bonacich_power(graph, -0.05)
    for one, other in zip(full, sparse, strict=True):
        assert one.tolist() == pytest.approx(other.tolist(), abs=1e-9)
    theirs = nx.eigenvector_centrality_numpy(graph.subgraph(range(200)), weight=None)
    assert full[0][:200].to_dict() == pytest.approx(theirs, abs=1e-9)


def test_igraph_agrees_where_definitions_do():
    for seed in range(20):
        graph = nx.connected_watts_strogatz_graph(24, 4, 0.4, seed=seed)
        other = igraph.Graph.from_networkx(graph)
        table = centrality(graph)
        assert table["core"].tolist() == other.coreness()
        assert table["closeness"].tolist() == pytest.approx(other.closeness(), abs=1e-9)  # in one part
        scaled = table["eigenvector"] / table["eigenvector"].max()
        assert scaled.tolist() == pytest.approx(other.eigenvector_centrality(), abs=1e-7)  # igraph iterates to 1e-7


def test_power_on_paths_by_hand():
    # Exact: path of 4, middle/end = (2+β)/(1+β); path of 5, c₂/c₃ = (2+3β)/(2+4β).
    for beta in (-0.6, -0.3, 0.2, 0.5):
        four = bonacich_power(nx.path_graph(4), beta)
        assert four[1] / four[0] == pytest.approx((2 + beta) / (1 + beta), abs=1e-9)
    for beta in (-0.4, -0.3, 0.3, 0.5):
        five = bonacich_power(nx.path_graph(5), beta)
        assert five[1] / five[2] == pytest.approx((2 + 3 * beta) / (2 + 4 * beta), abs=1e-9)
        assert (five[1] > five[2]) == (beta < 0)


@given(seeds, st.floats(-0.95, 0.95))
@settings(deadline=None)
def test_power_is_katz_less_one_and_degree_at_zero(seed, share):
    # Exact: c = α (k − 1)/β with k = (I − βA)⁻¹ 1; Σ c² = n.
    graph = random_graph(seed, most=12, least=2)
    tied = nx.to_numpy_array(graph, weight=None)
    if not tied.any():
        with pytest.raises(GraphError, match="needs a tie"):
            bonacich_power(graph)
        return
    beta = share / np.linalg.eigvalsh(tied)[-1]
    power = bonacich_power(graph, beta).to_numpy()
    assert power @ power == pytest.approx(len(graph), abs=1e-9)
    katz = np.linalg.solve(np.eye(len(graph)) - beta * tied, np.ones(len(graph))) - 1
    if abs(beta) > 1e-6:
        scaled = katz / beta
        assert power == pytest.approx(scaled * np.sqrt(len(graph) / (scaled @ scaled)), abs=1e-6)
    degree = bonacich_power(graph, 0).to_numpy()
    assert degree / degree.max() == pytest.approx(tied.sum(axis=0) / tied.sum(axis=0).max(), abs=1e-9)


def test_beta_beyond_its_bound_is_refused_with_the_bound():
    star = nx.star_graph(4)  # largest eigenvalue 2
    for beta in (0.5, -0.5, 3, float("nan")):
        with pytest.raises(ParameterError, match=r"between -0\.5 and 0\.5"):
            bonacich_power(star, beta)
    with pytest.raises(ValueError, match="eigenvalue"):
        bonacich_power(star, 1)


@given(seeds)
@settings(deadline=None)
def test_names_and_other_parts_change_nothing_but_what_all_are_divided_by(seed):
    graph = random_graph(seed, least=3)
    before, after = centrality(graph), centrality(renamed(graph))
    moved = after.loc[[("p", node) for node in graph]]
    n, more = len(graph), len(graph) + 3
    assert moved["degree"].tolist() == pytest.approx((before["degree"] * (n - 1) / (more - 1)).tolist())
    assert moved["closeness"].tolist() == pytest.approx((before["closeness"] * (n - 1) / (more - 1)).tolist())
    scale = (n - 1) * (n - 2) / ((more - 1) * (more - 2))
    assert moved["betweenness"].tolist() == pytest.approx((before["betweenness"] * scale).tolist())
    assert moved["core"].tolist() == before["core"].tolist()
    assert after.loc["alone", ["degree", "closeness", "betweenness", "core"]].tolist() == [0, 0, 0, 0]


def test_fewer_than_three_people_have_nobody_in_between(way):
    assert betweenness(nx.empty_graph(0)).empty
    assert betweenness(nx.path_graph(2)).isna().all(axis=None)
    alone = centrality(nx.empty_graph(1))
    assert alone.drop(columns="core").isna().all(axis=None)
    assert centrality(nx.empty_graph(0)).shape == (0, 5)
    assert betweenness(nx.empty_graph(3))["betweenness"].tolist() == [0, 0, 0]


def test_a_network_of_the_catalogue_and_self_ties_are_fine():
    network = load("manufacturing_vp")
    table = centrality(network)
    assert table["betweenness"].to_dict() == pytest.approx(nx.betweenness_centrality(network.graph()), abs=1e-9)
    with_self_tie = nx.path_graph(3)
    with_self_tie.add_edge(1, 1)
    pd.testing.assert_frame_equal(centrality(with_self_tie), centrality(nx.path_graph(3)))


@pytest.mark.parametrize("measure", [betweenness, bonacich_power, centrality, closeness, core_number, eigenvector])
def test_what_cannot_be_asked_is_refused(measure):
    with pytest.raises(GraphError, match="which of your contacts know each other"):
        measure(star_without_alter_ties())
    with pytest.raises(GraphError, match="share more than one tie"):
        measure(nx.MultiGraph([(0, 1), (0, 1)]))
    for strength in (0, -1, float("nan"), float("inf")):
        with pytest.raises(GraphError, match="a strength is a positive"):
            measure([(0, 1, strength)])
    if measure is not betweenness:
        with pytest.raises(GraphError, match="undirected"):
            measure(nx.DiGraph([(0, 1)]))
    if measure in (betweenness, centrality):
        for sample in (1, 4, 2.5, "some"):
            with pytest.raises(ParameterError, match="sample is"):
                measure(nx.path_graph(3), sample=sample)
        with pytest.raises(ParameterError, match="seed is -1"):
            measure(nx.path_graph(3), seed=-1)
