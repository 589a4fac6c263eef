"""Structural holes and clustering: constraint, effective size, efficiency, hierarchy."""

import math

import igraph
import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tertius import (
    Network,
    Ties,
    bridging_share,
    clustering,
    constraint,
    effective_size,
    efficiency,
    hierarchy,
    network_range,
    overlap,
    structure,
)
from tertius.errors import Caveat, GraphError, ParameterError

seeds = st.integers(0, 10**6)
HOLES = (constraint, effective_size, efficiency, hierarchy)
BORGATTI = nx.Graph(["AB", "AF", "AG", "AE", "EG", "FG", "BG", "BD", "DG", "GC"])


def random_graph(seed, directed=False, most=12):
    """Any number of ties, strengths 1 to 4, some of them equal, and a few people without any."""
    rng = np.random.default_rng(seed)
    graph = nx.gnp_random_graph(int(rng.integers(1, most)), float(rng.random()), seed=int(seed), directed=directed)
    alike = rng.random() < 0.3
    for edge in graph.edges:
        graph.edges[edge]["strength"] = 2.0 if alike else float(rng.integers(1, 5))
    graph.add_node("alone")
    return graph


def by_definition(graph, weighted, scope):
    """Burt's formulas as they stand, in loops over everybody."""
    nodes = list(graph)

    def mutual(i, j):
        arcs = [
            graph.edges[pair].get("strength", 1) if weighted else 1
            for pair in ((i, j), (j, i))
            if graph.has_edge(*pair)
        ]
        return sum(arcs) if i != j else 0

    rows = []
    for i in nodes:
        contacts = [j for j in nodes if mutual(i, j)]
        around = [i, *contacts] if scope == "ego" else nodes
        n = len(contacts)
        if not n:
            rows.append((0, math.nan, math.nan, math.nan, math.nan, 0.0))
            continue
        of_all = {j: sum(mutual(j, k) for k in around) for j in [i, *contacts]}
        strongest = {j: max(mutual(j, k) for k in around) for j in contacts}
        local = {}
        size = 0
        for j in contacts:
            direct = mutual(i, j) / of_all[i]
            indirect = sum(mutual(i, q) / of_all[i] * mutual(q, j) / of_all[q] for q in contacts if q != j)
            local[j] = (direct + indirect) ** 2
            size += 1 - sum(mutual(i, q) / of_all[i] * mutual(j, q) / strongest[j] for q in contacts)
        total = sum(local.values())
        relative = [c / (total / n) for c in local.values()]
        spread = sum(r * math.log(r) for r in relative) / (n * math.log(n)) if n > 1 else math.nan
        pairs = [(j, k) for a, j in enumerate(contacts) for k in contacts[:a]]
        closed = sum(mutual(j, k) > 0 for j, k in pairs) / len(pairs) if pairs else 0.0
        rows.append((n, size, size / n, total, spread, closed))
    columns = ["degree", "effective_size", "efficiency", "constraint", "hierarchy", "clustering"]
    return pd.DataFrame(rows, pd.Index(nodes, dtype=object), columns)


@given(seeds, st.booleans(), st.booleans(), st.sampled_from(["whole", "ego"]))
@settings(deadline=None, max_examples=200)
def test_all_measures_are_what_their_definitions_say(seed, directed, weighted, scope):
    graph = random_graph(seed, directed)
    ours = structure(graph, weighted=weighted, scope=scope)
    pd.testing.assert_frame_equal(ours, by_definition(graph, weighted, scope), rtol=0, atol=1e-9)


@given(seeds, st.booleans(), st.booleans(), st.sampled_from(["whole", "ego"]))
@settings(deadline=None)
def test_each_measure_alone_is_its_column_of_the_table(seed, directed, weighted, scope):
    graph = random_graph(seed, directed)
    table = structure(graph, weighted=weighted, scope=scope)
    for measure in HOLES:
        alone = measure(graph, weighted=weighted, scope=scope)
        pd.testing.assert_series_equal(alone, table[measure.__name__], check_exact=True)
    pd.testing.assert_series_equal(clustering(graph), table["clustering"], check_exact=True)


@given(seeds, st.booleans())
@settings(deadline=None)
def test_names_isolates_and_other_parts_change_nothing(seed, weighted):
    graph = random_graph(seed)
    before = structure(graph, weighted=weighted)
    larger = nx.relabel_nodes(graph, lambda node: ("p", node))
    larger.add_edge("x", "y", strength=4.0)
    rng = np.random.default_rng(seed)
    shuffled = nx.Graph()
    shuffled.add_nodes_from(rng.permutation(np.array([*larger, None], object)[:-1]).tolist())
    shuffled.add_edges_from(larger.edges(data=True))
    after = structure(shuffled, weighted=weighted).loc[[("p", node) for node in graph]]
    np.testing.assert_allclose(after.to_numpy(), before.to_numpy(), rtol=0, atol=1e-9)


@given(seeds)
@settings(deadline=None)
def test_strengths_on_another_scale_change_nothing(seed):
    graph = random_graph(seed)
    before = structure(graph, weighted=True)
    for _, _, data in graph.edges(data=True):
        data["strength"] *= 1e-200
    pd.testing.assert_frame_equal(structure(graph, weighted=True), before, rtol=0, atol=1e-9)


@pytest.mark.parametrize("n", [3, 4, 7, 30])
def test_a_clique_by_formula(n):
    # Exact: constraint (2n − 3)² / (n − 1)³; effective size d − 2t/d = 1; all contacts alike.
    table = structure(nx.complete_graph(n)).iloc[0]
    assert table["constraint"] == pytest.approx((2 * n - 3) ** 2 / (n - 1) ** 3, abs=1e-9)
    assert table["effective_size"] == pytest.approx(1, abs=1e-9)
    assert table["efficiency"] == pytest.approx(1 / (n - 1), abs=1e-9)
    assert table["hierarchy"] == pytest.approx(0, abs=1e-9)
    assert table["clustering"] == 1
    assert constraint(nx.complete_graph(3))[0] == pytest.approx(1.125, abs=1e-9)  # above 1


def test_stars_cycles_and_ends_of_a_path_by_formula():
    # Exact: star hub 1/k with hierarchy 0, pendant 1, cycle of 4 or more 1/2.
    star = structure(nx.star_graph(5))
    assert star.loc[0].tolist() == pytest.approx([5, 5, 1, 1 / 5, 0, 0], abs=1e-9)
    assert star.loc[1].tolist()[:4] == pytest.approx([1, 1, 1, 1], abs=1e-9)
    assert np.isnan(star.loc[1, "hierarchy"])
    assert constraint(nx.cycle_graph(4)).to_numpy() == pytest.approx(np.full(4, 1 / 2), abs=1e-9)
    assert constraint(nx.cycle_graph(9)).to_numpy() == pytest.approx(np.full(9, 1 / 2), abs=1e-9)


def test_one_more_contact_can_constrain_more():
    # Exact, lesson 01: four strangers .250; a fifth who knows nobody .200, who knows all .590, size 4 to 3.4.
    assert constraint(nx.star_graph(4))[0] == pytest.approx(0.25, abs=1e-9)
    assert constraint(nx.star_graph(5))[0] == pytest.approx(0.2, abs=1e-9)
    joined = nx.star_graph(5)
    joined.add_edges_from((5, other) for other in (1, 2, 3, 4))
    assert constraint(joined)[0] == pytest.approx(0.590, abs=5e-4)
    assert effective_size(joined)[0] == pytest.approx(3.4, abs=1e-9)


def test_borgattis_example():
    # Borgatti, Connections 20 (1997); G 14/3 and .4003, A 2.5 and .5955, C 1 and 1.
    table = structure(BORGATTI)
    assert table.loc[["G", "A", "C"], "effective_size"].tolist() == pytest.approx([14 / 3, 2.5, 1], abs=1e-9)
    assert table.loc[["G", "A", "C"], "constraint"].tolist() == pytest.approx([0.4003, 0.5955, 1], abs=5e-5)
    assert table.loc["G", "efficiency"] == pytest.approx(14 / 3 / 6, abs=1e-9)


def test_borgattis_example_with_strengths():
    # networkx's test_structuralholes.py, from UCINET and by hand: constraint G .299, A .795; effective size 5.47, 2.47.
    strengths = {"AB": 2, "AF": 3, "AG": 5, "AE": 2, "EG": 8, "FG": 3, "BG": 4, "BD": 1, "DG": 3, "GC": 10}
    table = structure([(*pair, strength) for pair, strength in strengths.items()], weighted=True)
    assert table.loc[["G", "A", "C"], "constraint"].tolist() == pytest.approx([0.299, 0.795, 1], abs=1e-3)
    assert table.loc[["G", "A", "C"], "effective_size"].tolist() == pytest.approx([5.47, 2.47, 1], abs=1e-2)


def test_directed_ties_by_hand():
    # Computed by hand.
    table = structure(nx.DiGraph([(0, 1), (0, 2), (1, 0), (2, 1)]))
    assert table["constraint"].tolist() == pytest.approx([1.0031, 1.0031, 1.3889], abs=5e-5)
    assert table["effective_size"].tolist() == pytest.approx([7 / 6, 7 / 6, 1], abs=1e-9)
    sink = structure(nx.DiGraph([(1, 0), (2, 0)])).loc[0]
    assert sink[["constraint", "effective_size"]].tolist() == pytest.approx([0.5, 2], abs=1e-9)


def test_in_ones_own_network_contacts_have_no_one_else():
    # By hand: Bo shares one of three ties with Cy, and one of two within my network. (1/2 + 1/2 · 1/2)² twice.
    graph = nx.Graph([("me", "Bo"), ("me", "Cy"), ("Bo", "Cy"), ("Bo", "Di"), ("Cy", "Ed")])
    assert constraint(graph, scope="ego")["me"] == pytest.approx(1.125, abs=1e-9)
    assert constraint(graph)["me"] == pytest.approx(2 * (1 / 2 + 1 / 2 / 3) ** 2, abs=1e-9)
    assert effective_size(graph, scope="ego")["me"] == effective_size(graph)["me"] == 1


def test_hierarchy_is_high_where_one_contact_holds_all():
    # A boss whom all twenty others know: constraint by each, .06 to the boss; by hand from Burt's formula.
    wheel = nx.wheel_graph(21)
    assert hierarchy(wheel)[1] > hierarchy(wheel)[0] == pytest.approx(0, abs=1e-9)
    # Three contacts, ties 8, 1, 1 and no triangles: p² = .64, .01, .01.
    held = hierarchy([("me", "Ann", 8), ("me", "Bo", 1), ("me", "Cy", 1)], weighted=True)["me"]
    r = [3 * c / 0.66 for c in (0.64, 0.01, 0.01)]
    assert held == pytest.approx(sum(x * math.log(x) for x in r) / (3 * math.log(3)), abs=1e-9)


def test_karate():
    # Computed: 45 triangles, mean clustering .5706, 0 below two contacts.
    graph = nx.karate_club_graph()
    table = structure(graph)
    pairs = table["degree"] * (table["degree"] - 1) / 2
    assert (table["clustering"] * pairs).sum() / 3 == pytest.approx(45, abs=1e-9)
    assert table["clustering"].mean() == pytest.approx(0.5706, abs=5e-5)
    assert bridging_share(graph).mean() == pytest.approx((33 - table["clustering"].sum()) / 33, abs=1e-9)


def test_bridging_share_is_the_pairs_of_strangers():
    shares = bridging_share(nx.Graph([("me", "Ann"), ("me", "Bo"), ("me", "Cy"), ("Ann", "Bo")]))
    assert shares.name == "bridging_share"
    assert shares["me"] == pytest.approx(2 / 3, abs=1e-9)
    assert shares["Ann"] == 0
    assert np.isnan(shares["Cy"])
    with pytest.raises(GraphError, match="The bridging share is defined for undirected ties"):
        bridging_share(nx.DiGraph([(1, 2)]))


@given(seeds)
@settings(deadline=None, max_examples=50)
def test_agreement_with_igraph_and_networkx_on_undirected_graphs(seed):
    graph = random_graph(seed, most=14)
    plain, weighted = structure(graph), structure(graph, weighted=True)
    peer = igraph.Graph.from_networkx(graph)
    close = {"rel": 0, "abs": 1e-9, "nan_ok": True}
    assert plain["constraint"].tolist() == pytest.approx(peer.constraint(), **close)
    if graph.size():  # without ties igraph has no attribute of that name
        assert weighted["constraint"].tolist() == pytest.approx(peer.constraint(weights="strength"), **close)
    assert plain["clustering"].tolist() == pytest.approx(peer.transitivity_local_undirected(mode="zero"), **close)
    assert plain["constraint"].to_dict() == pytest.approx(nx.constraint(graph, backend="networkx"), **close)
    assert plain["effective_size"].to_dict() == pytest.approx(nx.effective_size(graph, nodes=list(graph)), **close)
    assert plain["clustering"].to_dict() == pytest.approx(nx.clustering(graph), **close)
    for name in ("constraint", "effective_size"):
        theirs = getattr(nx, name)(graph, nodes=list(graph), weight="strength")
        assert weighted[name].to_dict() == pytest.approx(theirs, **close)


@given(seeds)
@settings(deadline=None, max_examples=50)
def test_agreement_on_directed_graphs_where_everybody_names_someone(seed):
    # A sink, who names nobody, is nan in networkx's count for named nodes; docs/measures.md.
    graph = random_graph(seed, directed=True, most=14)
    graph.add_edges_from([(node, (node + 1) % (len(graph) - 1)) for node in graph if node != "alone"], strength=1.0)
    graph.remove_edges_from(list(nx.selfloop_edges(graph)))
    ours = structure(graph, weighted=True)
    for name in ("constraint", "effective_size"):
        theirs = getattr(nx, name)(graph, nodes=list(graph), weight="strength")
        assert ours[name].to_dict() == pytest.approx(theirs, rel=0, abs=1e-9, nan_ok=True)
    peer = igraph.Graph.from_networkx(graph)
    assert structure(graph)["constraint"].tolist() == pytest.approx(peer.constraint(), rel=0, abs=1e-9, nan_ok=True)


@pytest.mark.parametrize("seed", range(3))
def test_agreement_with_igraph_on_a_thousand_people(seed):
    # Large enough for hash tables and several blocks of wedges, with hubs (a), groups (b) and a crowd of all (c).
    for graph in (
        igraph.Graph.Barabasi(3000, 6),
        igraph.Graph.SBM(pref_matrix=[[0.3, 0.01], [0.01, 0.2]], block_sizes=[500, 700]),
        igraph.Graph.Erdos_Renyi(500, 0.5),
    ):
        graph.simplify()
        rng = np.random.default_rng(seed)
        graph.es["strength"] = rng.integers(1, 9, graph.ecount()).astype(float)
        edges = [(*edge.tuple, edge["strength"]) for edge in graph.es]
        ids = {node: k for k, node in enumerate(Ties.of(edges).ids)}
        order = [ids.get(node, -1) for node in range(graph.vcount())]
        assert min(order) >= 0
        ours = structure(edges).iloc[order]
        np.testing.assert_allclose(ours["constraint"], graph.constraint(), rtol=0, atol=1e-9)
        np.testing.assert_allclose(ours["clustering"], graph.transitivity_local_undirected(), rtol=0, atol=1e-9)
        weighted = constraint(edges, weighted=True).iloc[order]
        np.testing.assert_allclose(weighted, graph.constraint(weights="strength"), rtol=0, atol=1e-9)


def test_people_without_ties_and_networks_without_people():
    for measure in (structure, *HOLES, clustering, bridging_share):
        assert len(measure(nx.Graph())) == 0
        alone = measure(nx.empty_graph(2))
        assert alone.index.tolist() == [0, 1]
    assert structure(nx.empty_graph(1)).loc[0, ["degree", "clustering"]].tolist() == [0, 0]
    assert structure(nx.empty_graph(1)).iloc[0, 1:5].isna().all()
    assert structure(nx.empty_graph(1))["degree"].dtype == np.int64


def test_self_ties_change_nothing():
    graph = BORGATTI.copy()
    graph.add_edge("G", "G", strength=9)
    graph.add_edge("alone", "alone")
    pd.testing.assert_frame_equal(structure(graph, weighted=True).loc[list(BORGATTI)], structure(BORGATTI))
    assert np.isnan(constraint(graph)["alone"])


@pytest.mark.parametrize("measure", [structure, *HOLES, clustering, bridging_share, overlap])
def test_what_a_star_cannot_know_is_refused_and_what_is_partly_known_said(measure):
    star = nx.star_graph(3)
    star.graph["alter_ties"] = "none"
    with pytest.raises(GraphError, match="needs to know which of your contacts know each other"):
        measure(star)
    for known, said in (("partial", "only some ties among contacts are known"), ("inferred", "are inferred")):
        star.graph["alter_ties"] = known
        with pytest.warns(Caveat, match=said) as shown:
            result = measure(star)
        assert [warning.filename for warning in shown] == [__file__]
        assert said in result.attrs["caveat"]
    star.graph["alter_ties"] = "reported"
    assert not measure(star).attrs


@pytest.mark.parametrize("strength", [0.0, -1.0, float("nan"), float("inf")])
def test_impossible_strengths_are_refused_even_where_they_do_not_count(strength):
    graph = nx.Graph()
    graph.add_edge("Ann", "Bo", strength=strength)
    with pytest.raises(GraphError, match="'Ann'–'Bo' has the strength"):
        structure(graph)


def test_strengths_too_far_apart_to_be_multiplied_are_refused():
    far = [("Ann", "Bo", 1e-60), ("Bo", "Cy", 1e60), ("Cy", "Ann", 1.0)]
    with pytest.raises(GraphError, match=r"more than 1e\+100 times as strong"):
        constraint(far, weighted=True)
    assert constraint(far)["Ann"] == pytest.approx(1.125, abs=1e-9)


def test_an_unknown_scope_is_refused():
    with pytest.raises(ParameterError, match="scope is 'Ego'; did you mean 'ego'"):
        structure(nx.path_graph(2), scope="Ego")


def test_two_directions_of_a_network_are_added_up_whatever_it_does_elsewhere():
    # `symmetrise` is how a Network makes one tie of two; Burt's measures add the two directions.
    people = pd.DataFrame({"id": ["Ann", "Bo", "Cy"]})
    ties = pd.DataFrame(
        [("Ann", "Bo", 4.0), ("Bo", "Ann", 4.0), ("Ann", "Cy", 4.0)], columns=["source", "target", "weight"]
    ).assign(relation="asks", wave=1)
    relation = {"name": "asks", "directed": True, "unit": "rating", "scale_max": 4, "symmetrise": "max"}
    network = Network(people, ties, {"relations": [relation], "default_relation": "asks"})
    assert constraint(network, weighted=True)["Ann"] == pytest.approx(4 / 9 + 1 / 9, abs=1e-9)
    assert network_range(network, {"Bo": "law", "Cy": "steel", "Ann": "glass"})["Ann"] == pytest.approx(4 / 9, abs=1e-9)
