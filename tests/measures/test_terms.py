"""Measures taken apart."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tertius import bridging_share, structure, terms
from tertius.errors import Caveat, GraphError, ParameterError
from tertius.measures.terms import MEASURES


@given(
    st.integers(0, 10**6),
    st.booleans(),
    st.booleans(),
    st.sampled_from(["whole", "ego"]),
    st.sampled_from(MEASURES[:-1]),
)
@settings(deadline=None, max_examples=200)
def test_the_last_column_adds_up_to_the_measure(seed, directed, weighted, scope, measure):
    rng = np.random.default_rng(seed)
    graph = nx.gnp_random_graph(int(rng.integers(1, 9)), float(rng.random()), seed=int(seed), directed=directed)
    for edge in graph.edges:
        graph.edges[edge]["strength"] = float(rng.integers(1, 5))
    whole = structure(graph, weighted=weighted, scope=scope)
    for node in graph:
        table = terms(measure, graph, node, weighted=weighted, scope=scope)
        assert table.columns[-1] == measure
        contacts = whole.loc[node, "degree"]
        assert len(table) == (contacts * (contacts - 1) / 2 if measure == "clustering" else contacts)
        if contacts:
            expected = whole.loc[node, measure]
            assert table[measure].sum(skipna=False) == pytest.approx(expected, rel=0, abs=1e-9, nan_ok=True)


@given(st.integers(0, 10**6))
@settings(deadline=None)
def test_pairs_of_strangers_add_up_to_the_bridging_share(seed):
    graph = nx.gnp_random_graph(8, 0.5, seed=seed)
    shares = bridging_share(graph)
    for node in graph:
        table = terms("bridging_share", graph, node)
        if len(table):
            assert table["bridging_share"].sum() == pytest.approx(shares[node], rel=0, abs=1e-9)
            assert ((table["tied"] == 0) == (table["bridging_share"] > 0)).all()
        else:
            assert np.isnan(shares[node])


def test_steps_of_constraint_by_hand():
    # me: Ann 1, Bo 2, Cy 1. Ann and Bo share 1; Bo's ties are 2 + 1. Ann: .25 + .5 · 1/3; Bo: .5 + .25 · 1/2.
    ties = [("me", "Ann", 1), ("me", "Bo", 2), ("me", "Cy", 1), ("Ann", "Bo", 1)]
    table = terms("constraint", ties, "me", weighted=True)
    assert table.columns.tolist() == ["direct", "through Ann", "through Bo", "in all", "constraint"]
    assert table.loc["Ann"].tolist() == pytest.approx([0.25, 0, 1 / 6, 5 / 12, 25 / 144], abs=1e-12)
    assert table.loc["Bo"].tolist() == pytest.approx([0.5, 1 / 8, 0, 5 / 8, 25 / 64], abs=1e-12)
    assert table.loc["Cy"].tolist() == pytest.approx([0.25, 0, 0, 0.25, 1 / 16], abs=1e-12)


def test_steps_of_effective_size_by_hand():
    # Ann's strongest tie is 1 and hers to Bo as strong; of my attention half goes to Bo.
    ties = [("me", "Ann", 1), ("me", "Bo", 2), ("me", "Cy", 1), ("Ann", "Bo", 1)]
    table = terms("efficiency", ties, "me", weighted=True)
    assert table.loc["Ann", "through Bo"] == pytest.approx(0.5 * 1 / 1, abs=1e-12)
    assert table.loc["Bo", "through Ann"] == pytest.approx(0.25 * 1 / 2, abs=1e-12)
    assert table["effective_size"].tolist() == pytest.approx([0.5, 0.875, 1], abs=1e-12)
    assert table["efficiency"].sum() == pytest.approx(2.375 / 3, abs=1e-12)


def test_people_named_by_tuples_and_people_without_contacts():
    grid = nx.grid_2d_graph(2, 2)
    assert set(terms("constraint", grid, (0, 0)).index) == {(0, 1), (1, 0)}
    assert set(terms("clustering", grid, (0, 0)).index) == {((0, 1), (1, 0))}
    grid.add_node("alone")
    for measure in MEASURES:
        assert terms(measure, grid, "alone").empty
        assert terms(measure, grid, "alone").columns[-1] == measure


def test_what_cannot_be_taken_apart_is_refused():
    path = nx.path_graph(3)
    with pytest.raises(GraphError, match="There is no 'Zoe'"):
        terms("constraint", path, "Zoe")
    with pytest.raises(ParameterError, match="did you mean 'constraint'"):
        terms("constrain", path, 0)
    with pytest.raises(ParameterError, match="scope is 'all'"):
        terms("constraint", path, 0, scope="all")
    with pytest.raises(GraphError, match="undirected"):
        terms("bridging_share", nx.DiGraph([(1, 2)]), 1)
    path.graph["alter_ties"] = "none"
    with pytest.raises(GraphError, match="Effective size needs to know"):
        terms("effective_size", path, 0)
    path.graph["alter_ties"] = "partial"
    with pytest.warns(Caveat, match="^Effective size: only some"):
        table = terms("effective_size", path, 0)
    assert "only some" in table.attrs["caveat"]
