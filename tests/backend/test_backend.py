"""tertius as a backend of networkx."""

import math
import os
import re
import subprocess
import sys

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tertius.backend import get_info
from tertius.backend.functions import interface
from tertius.errors import GraphError

seeds = st.integers(0, 10**6)
NAMES = ("constraint", "effective_size", "clustering", "local_bridges")


@pytest.fixture(autouse=True)
def no_word_of_the_cache():
    with nx.config(warnings_to_ignore={"cache"}):
        yield


def ours(name, graph, *args, **kwargs):
    result = getattr(nx, name)(graph, *args, backend="tertius", **kwargs)
    return list(result) if name == "local_bridges" else result


def theirs(name, graph, *args, **kwargs):
    result = getattr(nx, name)(graph, *args, backend="networkx", **kwargs)
    return list(result) if name == "local_bridges" else result


def random_graph(seed, directed=False, least=1, loops=False):
    rng = np.random.default_rng(seed)
    n = int(rng.integers(1, 12))
    graph = nx.gnp_random_graph(n, float(rng.random()), seed=int(seed), directed=directed)
    graph = nx.relabel_nodes(graph, dict(zip(range(n), rng.permutation(n).tolist(), strict=True)))
    for edge in graph.edges:
        if rng.random() < 0.8:  # an edge without a weight has 1
            graph.edges[edge]["weight"] = int(rng.integers(least, 6))
    if loops and n:
        graph.add_edge(0, 0, weight=3)
    return graph


def test_networkx_own_tests_pass(tmp_path):
    # The way that networkx documents: https://networkx.org/documentation/stable/reference/backends.html
    modules = [f"networkx.algorithms.tests.test_{name}" for name in ("structuralholes", "bridges", "cluster")]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-rx", "-p", "no:cacheprovider", "--pyargs", *modules],
        env={**os.environ, "NETWORKX_TEST_BACKEND": "tertius", "NETWORKX_FALLBACK_TO_NX": "1", "COLUMNS": "400"},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=300,
    )
    said = done.stdout[-5000:]
    assert done.returncode == 0, said
    named = re.findall(r"^XFAIL \S*::(\S+) - (.+)$", done.stdout, re.M)
    # Each of these asks for a 4 where there is no contact; they are strict, so on networkx itself they would fail.
    assert {name.partition("[")[0] for name, _ in named} == {
        "test_constraint_isolated_node_with_selfloop_using_nodes_kwarg",
        "test_constraint_isolated_node_with_selfloop_weighted_using_nodes_kwarg",
    }
    assert all("without contacts, constraint is undefined" in reason for _, reason in named)
    assert re.search(r"\b(\d{2,}) passed, 4 xfailed", done.stdout), said


@given(seeds, st.booleans(), st.sampled_from([None, "weight"]), st.sampled_from(["constraint", "effective_size"]))
@settings(deadline=None)
def test_structural_holes_are_those_of_networkx_for_chosen_nodes(seed, directed, weight, name):
    graph = random_graph(seed, directed)
    named = [node for node in graph if graph.out_degree(node)] if directed else list(graph)  # sinks: see below
    found = ours(name, graph, nodes=named, weight=weight)
    assert list(found) == named
    assert found == pytest.approx(theirs(name, graph, nodes=named, weight=weight), rel=0, abs=1e-9, nan_ok=True)
    everybody = ours(name, graph, weight=weight)
    assert list(everybody) == list(graph)
    assert {node: everybody[node] for node in named} == pytest.approx(found, rel=0, abs=0, nan_ok=True)


@given(seeds, st.booleans(), st.sampled_from([None, "weight"]), st.booleans())
@settings(deadline=None, max_examples=200)
def test_clustering_is_that_of_networkx_with_direction_negative_weights_and_loops(seed, directed, weight, loops):
    graph = random_graph(seed, directed, least=-4, loops=loops)
    weights = [data.get("weight", 1) for _, _, data in graph.edges(data=True)]
    if weight and weights and max(weights) == 0:
        with pytest.raises(ZeroDivisionError):
            ours("clustering", graph, weight=weight)
        return
    assert ours("clustering", graph, weight=weight) == pytest.approx(
        theirs("clustering", graph, weight=weight), rel=0, abs=1e-9
    )


@given(seeds, st.booleans(), st.sampled_from([None, "weight"]))
@settings(deadline=None)
def test_local_bridges_come_in_the_order_of_networkx(seed, with_span, weight):
    graph = random_graph(seed, least=0)
    assert ours("local_bridges", graph, with_span, weight) == theirs("local_bridges", graph, with_span, weight)


def test_clustering_of_one_node_of_some_and_of_none():
    graph = nx.barbell_graph(4, 1)
    for nodes in (0, [0, 4, "nobody"], [], iter([3, 3]), None):
        # An iterator can be used up once.
        twin = [3, 3] if hasattr(nodes, "__next__") else nodes
        assert ours("clustering", graph, nodes) == theirs("clustering", graph, twin)
    assert repr(ours("clustering", nx.path_graph(2))) == "{0: 0, 1: 0}"
    for wrong in ([[1]], 7.5):
        with pytest.raises(nx.NetworkXError) as expected:
            theirs("clustering", graph, wrong)
        with pytest.raises(nx.NetworkXError, match=re.escape(str(expected.value))):
            ours("clustering", graph, wrong)


@pytest.mark.parametrize("name", ["constraint", "effective_size"])
def test_a_node_that_is_not_there_is_a_key_error_as_in_networkx(name):
    for call in (ours, theirs):
        with pytest.raises(KeyError, match="nobody"):
            call(name, nx.path_graph(3), nodes=["nobody"])


def test_where_networkx_differs_from_the_formula_the_formula_counts():
    # The differences that docs/measures.md lists; networkx 3.6.
    graph = nx.DiGraph([(0, 1), (0, 2), (1, 0), (2, 1)])
    assert theirs("effective_size", graph)[0] == pytest.approx(4 / 3, abs=1e-9)
    assert theirs("effective_size", graph, nodes=list(graph))[0] == pytest.approx(7 / 6, abs=1e-9)
    assert ours("effective_size", graph)[0] == pytest.approx(7 / 6, abs=1e-9)
    sink = nx.DiGraph([(1, 0), (2, 0)])
    for name, value in (("constraint", 0.5), ("effective_size", 2)):
        assert math.isnan(theirs(name, sink, nodes=[0])[0])
        assert ours(name, sink, nodes=[0])[0] == ours(name, sink)[0] == pytest.approx(value, abs=1e-9)
    loop = nx.Graph([(0, 0), (0, 1), (0, 2)])
    assert theirs("constraint", loop)[0] == pytest.approx(1.63, abs=5e-3)  # the person counts as their own contact
    assert ours("constraint", loop)[0] == ours("constraint", loop, nodes=[0])[0] == pytest.approx(0.5, abs=1e-9)
    assert theirs("local_bridges", loop) == []  # the same
    assert ours("local_bridges", loop) == [(0, 1, math.inf), (0, 2, math.inf)]


def test_what_cannot_be_answered_is_refused():
    several = nx.MultiGraph([(0, 1), (0, 1), (1, 2)])
    for name in ("constraint", "effective_size"):
        with pytest.raises(NotImplementedError, match="for the given arguments"):
            ours(name, several)
        for weight in (0, -1, math.nan, math.inf):
            graph = nx.Graph()
            graph.add_edge("Ann", "Bo", weight=weight)
            with pytest.raises(GraphError, match="'Ann'–'Bo' has the strength"):
                ours(name, graph, weight="weight")
            assert ours(name, graph)["Ann"] == 1  # weights that are not asked for do not matter
    with pytest.raises(nx.NetworkXNotImplemented, match="not implemented for multigraph type"):
        ours("clustering", several)
    for kind in (nx.MultiGraph, nx.DiGraph):
        with pytest.raises(nx.NetworkXNotImplemented):
            ours("local_bridges", kind([(0, 1)]))
    square = nx.cycle_graph(4)
    with pytest.raises(NotImplementedError, match="for the given arguments"):
        ours("local_bridges", square, weight=lambda u, v, data: 2)
    square.add_edge(0, 1, weight=-2)  # networkx sees changes made by methods
    with pytest.raises(GraphError, match="has the weight -2; it must be at least 0"):
        ours("local_bridges", square, weight="weight")
    square.add_edge(0, 1, weight=math.nan)
    with pytest.raises(GraphError, match=r"\(0, 1\) has the weight nan; a weight is a finite number"):
        ours("clustering", square, weight="weight")
    square.add_edge(0, 1, weight="close")
    with pytest.raises(GraphError, match="'close'"):
        ours("constraint", square, weight="weight")


@pytest.mark.parametrize("name", NAMES)
def test_a_star_that_knows_no_ties_among_contacts_is_refused_here_too(name):
    star = nx.star_graph(3)
    star.graph["alter_ties"] = "none"
    with pytest.raises(GraphError, match="which of your contacts know each other"):
        ours(name, star)


def test_a_changed_graph_is_read_anew():
    graph = nx.path_graph(3)
    assert ours("constraint", graph)[1] == 0.5
    graph.add_edge(0, 2)
    assert ours("constraint", graph)[1] == pytest.approx(1.125, abs=1e-9)


def test_networkx_prefers_this_backend_when_told_so():
    loop = nx.Graph([(0, 0), (0, 1)])
    with nx.config.backend_priority(algos=["tertius"]):
        assert nx.constraint(loop)[0] == 1  # a person alone has 1 here; networkx counts the loop
        assert nx.triangles(loop) == {0: 0, 1: 0}  # what is not here is left to networkx
        assert nx.constraint(nx.MultiGraph([(0, 1), (0, 1)])) == {0: 1, 1: 1}
    assert nx.constraint(loop)[0] != 1


def test_a_converted_graph_can_be_converted_back():
    for graph in (random_graph(3, loops=True), random_graph(4, directed=True)):
        back = interface.convert_to_nx(interface.convert_from_nx(graph, edge_attrs={"weight": 1}))
        assert type(back) is type(graph)
        assert list(back) == list(graph)
        assert set(back.edges) == set(graph.edges)
        for u, v, weight in graph.edges(data="weight", default=1):
            assert back.edges[u, v]["weight"] == weight
    assert interface.convert_to_nx({1: 2}) == {1: 2}


def test_networkx_is_told_of_what_is_here_and_loads_nothing_for_it():
    assert set(get_info()["functions"]) == set(NAMES)
    assert "tertius" in nx.constraint.__doc__
    code = "import sys, networkx; print(*sys.modules)"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(said.stdout.split())
    assert "tertius.backend" in loaded
    assert not loaded & {"tertius.measures", "tertius.ties", "pandas", "scipy", "numpy"}
    assert not hasattr(interface, "triangles")  # a function of networkx that is not here
