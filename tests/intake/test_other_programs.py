"""What networkx writes is read as it was; values, labels and details of graph formats."""

import io
import json

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tertius.intake import read


def written(graph, kind):
    """A graph as networkx writes it."""
    if kind == "json_graph":
        return json.dumps(nx.node_link_data(graph, edges="links")).encode()
    if kind == "gml":
        return "\n".join(nx.generate_gml(graph)).encode()
    stream = io.BytesIO()
    {"graphml": nx.write_graphml_xml, "gexf": nx.write_gexf, "pajek": nx.write_pajek}[kind](graph, stream)
    return stream.getvalue()


ENDINGS = {"graphml": "graphml", "gexf": "gexf", "gml": "gml", "pajek": "net", "json_graph": "json"}


@st.composite
def graphs(draw):
    n = draw(st.integers(2, 8))
    names = [f"person {k}" for k in range(n)]
    graph = draw(st.sampled_from([nx.Graph, nx.DiGraph]))()
    graph.add_nodes_from(names)
    for u, v in draw(st.sets(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)), min_size=1, max_size=12)):
        if u != v:
            graph.add_edge(names[u], names[v], weight=draw(st.integers(1, 40)) / 8)
    return graph


@pytest.mark.parametrize("kind", ENDINGS)
@given(graph=graphs())
@settings(max_examples=15, deadline=None)
def test_what_networkx_writes_is_read_as_it_was(kind, graph, tmp_path_factory):
    if not graph.number_of_edges():
        return
    path = tmp_path_factory.mktemp("peer") / f"network.{ENDINGS[kind]}"
    path.write_bytes(written(graph, kind))

    network = read(path, unit="rating", allow_public_hub=True)
    assert network.report.kind == kind
    assert network.nodes["id"].tolist() == list(graph)
    assert network.relation()["directed"] == graph.is_directed()
    found = network.graph()
    assert {frozenset(e) if not graph.is_directed() else e for e in found.edges} == {
        frozenset(e) if not graph.is_directed() else e for e in graph.edges
    }
    for u, v, said in graph.edges(data=True):
        assert found.edges[u, v]["weight_raw"] == pytest.approx(said["weight"])


def test_labels_and_known_details_are_kept_and_the_others_named(reading):
    text = json.dumps(
        {
            "directed": False,
            "nodes": [{"id": "a", "name": "Ann", "group": "law", "age": 7}, {"id": "b"}],
            "links": [{"source": "a", "target": "b", "strength": 2, "mood": "x"}],
        }
    )
    network = reading(text, "network.json", me="a")
    assert network.nodes["label"].tolist() == ["Ann", "b"]
    assert network.nodes["group"].tolist() == ["law", ""]
    assert network.ties["weight"].tolist() == [2]
    assert network.ego == "a"
    assert "'age', 'mood'" in str(next(one for one in network.report.problems if one.code == "N02"))


def test_labels_take_the_place_of_numbers_where_they_tell_all_apart(reading):
    text = 'graph [ node [ id 1 label "Ann" ] node [ id 2 label "Bo" ] edge [ source 1 target 2 ] ]'
    assert reading(text, "n.gml", me="Ann").nodes["id"].tolist() == ["Ann", "Bo"]
    assert reading(text, "n.gml", me="1").ego == "Ann"
    same = reading(text.replace("Bo", "Ann"), "n.gml")
    assert same.nodes["id"].tolist() == ["1", "2"]
    assert same.nodes["label"].tolist() == ["Ann", "Ann"]


def test_lines_of_xml_are_those_of_the_file(refused):
    text = (
        '<graphml>\n<graph edgedefault="directed">\n<node id="a"/>\n<edge source="a"\n target="z"/>\n</graph></graphml>'
    )
    problem = refused(text, "n.graphml")
    assert (problem.code, problem.row, problem.found) == ("R22", 4, "z")


def test_places_in_json_are_entries_as_it_has_no_lines_to_go_by(refused):
    text = json.dumps({"nodes": ["a", "b"], "links": [["a", "b"], ["a", "Zed Zett"]], "directed": True})
    assert str(refused(text, "n.json")).startswith("n.json, entry 2: I found 'Ze…'.")


def test_the_weight_can_be_named_and_must_be_there(reading, refused):
    text = json.dumps(
        {"nodes": ["a", "b"], "links": [{"source": "a", "target": "b", "count": 2, "rating": 3}], "directed": True}
    )
    assert "weight=" in str(refused(text, "n.json"))
    assert reading(text, "n.json", weight="rating").ties["weight"].tolist() == [3]
    assert refused(text, "n.json", weight="mood").code == "R14"


def test_a_network_of_two_kinds_says_so(reading):
    network = reading('*Vertices 3 2\n1 "Ann"\n2 "Bo"\n3 "Talk"\n*Edges\n1 3\n2 3\n', "n.net")
    assert network.relation()["two_mode"]
    assert network.nodes["kind"].tolist() == ["person", "person", "event"]


def test_a_matrix_reads_as_its_ties(reading):
    network = reading(",Ann,Bo,Cy\nAnn,0,2,0\nBo,2,0,5\nCy,0,5,0\n", "m.csv")
    assert list(zip(network.ties["source"], network.ties["target"], network.ties["weight"], strict=True)) == [
        ("Ann", "Bo", 2),
        ("Bo", "Cy", 5),
    ]
    directed = reading(",Ann,Bo,Cy\nAnn,0,2,0\nBo,0,0,5\nCy,1,0,0\n", "m.csv")
    assert directed.relation()["directed"]
    assert ("Cy", "Ann") in set(zip(directed.ties["source"], directed.ties["target"], strict=True))


def test_a_large_matrix_is_known_by_its_beginning(reading):
    names = [f"person {k} of a house with a long name" for k in range(60)]
    rows = ["," + ",".join(names)]
    rows += [name + "," + ",".join(str(int(abs(k - j) == 1)) for j in range(60)) for k, name in enumerate(names)]
    network = reading("\n".join(rows), "m.csv")
    assert network.report.kind == "adjacency_csv"
    assert len(network.ties) == 59


def test_the_owner_may_be_named_by_label_if_it_is_nobody_elses(reading, refused):
    node = '<node id="n{0}"><data key="name">{1}</data></node>'
    text = '<graphml><graph edgedefault="undirected">{}<edge source="n0" target="n1"/></graph></graphml>'
    assert reading(text.format(node.format(0, "Bo") + node.format(1, "Ann")), "n.graphml", me="Ann").ego == "n1"
    alike = text.format(node.format(0, "Ann") + node.format(1, "Ann"))
    assert refused(alike, "n.graphml", me="Ann").code == "R42"


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("1 Ann Lee", "Ann Lee"),
        ('1 "Ann  Lee" 0.1 0.2', "Ann  Lee"),
        ("1\tAnn Lee\t0.1 0.2 0.5 box", "Ann Lee"),
        ("1 Ann Lee ic Red", "Ann Lee"),
        ("1 Team 7", "Team 7"),
        ("1", "1"),
    ],
)
def test_labels_of_pajek_end_where_drawing_begins(reading, line, label):
    network = reading(f'*Vertices 2\n{line}\n2 "Bo"\n*Edges\n1 2\n', "n.net")
    assert network.nodes["id"].tolist() == [label, "Bo"]


GRAPHOLOGY = {
    "options": {"type": "mixed"},
    "nodes": [{"key": str(k), "attributes": {"label": name}} for k, name in enumerate("ABC")],
    "edges": [{"source": "0", "target": "1", "attributes": {"weight": 4}}, {"source": "1", "target": "2"}],
}
CYTOSCAPE = [{"data": {"id": "a"}}, {"data": {"id": "b"}}, {"data": {"source": "a", "target": "b", "weight": 3}}]


def test_graphology_keeps_details_in_attributes_and_direction_in_options(reading, refused):
    def of(edges, kind):
        return json.dumps(GRAPHOLOGY | {"edges": edges, "options": {"type": kind}})

    one, other = GRAPHOLOGY["edges"]
    network = reading(of([one], "mixed"), "n.json")
    assert network.relation()["directed"]
    assert network.nodes["label"].tolist() == ["A", "B", "C"]
    assert network.ties["weight"].tolist() == [4]
    assert not reading(of([one], "undirected"), "n.json").relation()["directed"]
    assert not reading(of([one | {"undirected": True}], "mixed"), "n.json").relation()["directed"]
    assert refused(of([one, other | {"undirected": True}], "mixed"), "n.json").code == "R40"


@pytest.mark.parametrize("content", [CYTOSCAPE, {"elements": CYTOSCAPE}])
def test_elements_of_cytoscape_in_one_list(reading, content):
    network = reading(json.dumps(content), "n.json")
    assert network.ties[["source", "target", "weight"]].to_numpy().tolist() == [["a", "b", 3]]


@pytest.mark.parametrize("made", [nx.Graph, nx.DiGraph])
@pytest.mark.parametrize("write", [nx.adjacency_data, nx.cytoscape_data])
def test_other_json_of_networkx_is_read_as_it_was(reading, made, write):
    graph = made()
    graph.add_weighted_edges_from([("Ann", "Bo", 2), ("Bo", "Cy", 3), ("Cy", "Ann", 4)])
    network = reading(json.dumps(write(graph)), "n.json")
    assert network.relation()["directed"] == graph.is_directed()
    found = set(map(frozenset if not graph.is_directed() else tuple, network.ties[["source", "target"]].to_numpy()))
    assert found == set(map(frozenset if not graph.is_directed() else tuple, graph.edges))
    assert sorted(network.ties["weight"]) == [2, 3, 4]
    assert network.report.skipped == {}


def test_ties_without_weight_in_gexf_weigh_one_if_others_have_a_weight(reading):
    people = "".join(f'<node id="{id}"/>' for id in "abc")
    text = f'<gexf><graph defaultedgetype="mixed"><nodes>{people}</nodes><edges>{{}}</edges>'
    edges = '<edge source="a" target="b" type="directed"{}/><edge source="b" target="c" type="directed"/>'
    network = reading(text.format(edges.format(' weight="3"')) + "</graph></gexf>", "n.gexf")
    assert network.ties["weight"].tolist() == [3, 1]
    assert network.relation()["directed"]
    assert reading(text.format(edges.format("")) + "</graph></gexf>", "n.gexf").relation()["unit"] == "binary"
