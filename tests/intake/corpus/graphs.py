"""Networks in the formats of other programs."""

import json

from tests.intake.corpus import File

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
KEYS = '<key id="d0" for="node" attr.name="label"/><key id="d1" for="edge" attr.name="weight" attr.type="double"/>\n'
A, B, C = (f'<node id="{id}"/>\n' for id in "abc")
AB, BC = '<edge source="a" target="b"/>\n', '<edge source="b" target="c"/>\n'
BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>\n'
THIEF = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>\n'


def graphml(state, what, content, gives, tells=(), name="network.graphml", **settings):
    return File("graphml", state, what, content, name, gives, tells, settings)


def gexf(state, what, content, gives, tells=(), name="network.gexf", **settings):
    return File("gexf", state, what, content, name, gives, tells, settings)


def gml(state, what, content, gives, tells=(), name="network.gml", **settings):
    return File("gml", state, what, content, name, gives, tells, settings)


def pajek(state, what, content, gives, tells=(), name="network.net", **settings):
    return File("pajek", state, what, content, name, gives, tells, settings)


def graph(state, what, content, gives, tells=(), name="network.json", **settings):
    text = content if isinstance(content, str) else json.dumps(content)
    return File("json_graph", state, what, text, name, gives, tells, settings)


def ml(*inside, default="undirected", head=HEAD, keys=KEYS, space=' xmlns="http://graphml.graphdrawing.org/xmlns"'):
    return f'{head}<graphml{space}>\n{keys}<graph edgedefault="{default}">\n{"".join(inside)}</graph></graphml>\n'


def ex(nodes, edges, head=HEAD, graph='defaultedgetype="undirected"', version="1.3"):
    return (
        f'{head}<gexf xmlns="http://gexf.net/{version}" version="{version}"><graph {graph}>\n'
        f"<nodes>\n{nodes}</nodes>\n<edges>\n{edges}</edges>\n</graph></gexf>\n"
    )


XA, XB = '<node id="a" label="Ann"/>\n', '<node id="b" label="Bo"/>\n'
XAB = '<edge id="0" source="a" target="b" weight="2"/>\n'
GML = 'graph [\n  directed 0\n  node [ id 1 label "Ann" ]\n  node [ id 2 label "Bo" ]\n  edge [ source 1 target 2 value 3 ]\n]\n'
NET = '*Vertices 3\n1 "Ann" 0.1 0.2 0.5\n2 "Bo"\n3 "Cy"\n'
NODES = [{"id": "a"}, {"id": "b"}, {"id": "c"}]
LINKS = [{"source": "a", "target": "b", "weight": 2}, {"source": "b", "target": "c", "weight": 4}]

FILES = [
    graphml("well-formed", "three people, two ties", ml(A, B, C, AB, BC), (3, 2)),
    graphml("well-formed", "labels, ratings, direction", ml('<node id="a"><data key="d0">Ann</data></node>', B,
            '<edge source="a" target="b"><data key="d1">2.5</data></edge>', default="directed"), (2, 1), ("N01",)),
    graphml("odd", "without its namespace", ml(A, B, AB, space=""), (2, 1)),
    graphml("odd", "labels as yEd draws them", ml('<node id="a"><data key="d9"><y:ShapeNode xmlns:y="http://y">'
            "<y:NodeLabel>Ann</y:NodeLabel></y:ShapeNode></data></node>", B, AB), (2, 1)),
    graphml("odd", "UTF-16", ml(A, B, AB, head=HEAD.replace("UTF-8", "UTF-16")).encode("utf-16"), (2, 1)),
    graphml("odd", "somebody declared twice alike", ml(A, A, B, AB), (2, 1), ("R19",)),
    graphml("odd", "the same tie twice, and a tie to oneself", ml(A, B, AB, AB, '<edge source="a" target="a"/>'), (2, 1),
            ("R23", "R24")),
    graphml("broken", "an end that nobody declared", ml(A, B, AB, BC), "R22"),
    graphml("broken", "an id twice, with other details", ml(A, '<node id="a"><data key="d0">Bo</data></node>', B, AB), "R20"),
    graphml("broken", "a person without id", ml(A, "<node/>", AB), "R14"),
    graphml("broken", "a weight that is no number", ml(A, B, '<edge source="a" target="b"><data key="d1">NaN</data></edge>'),
            "R27"),
    graphml("broken", "cut", ml(A, B, AB)[:-30], "R38"),
    graphml("broken", "a tag that does not close", ml(A, B, AB).replace("</graph>", "</grph>"), "R07"),
    graphml("broken", "no network", HEAD + "<graphml></graphml>", "R02"),
    graphml("broken", "mixed directions", ml(A, B, C, AB, BC.replace("/>", ' directed="true"/>')), "R40"),
    graphml("broken", "a tie among three", ml(A, B, C, '<hyperedge><endpoint node="a"/></hyperedge>'), "R39"),
    graphml("broken", "a network within a person", ml('<node id="a"><graph edgedefault="directed"/></node>'), "R39"),
    graphml("hostile", "entities that grow", ml(A, B, AB, head=HEAD + BOMB), "R45"),
    graphml("hostile", "an entity that reads a file", ml(A, B, AB, head=HEAD + THIEF), "R45"),
    graphml("hostile", "elements a hundred thousand deep", ml("<node>" * 100_000), "R45"),
    graphml("hostile", "markup and controls as ids", ml('<node id="&lt;script&gt;"/>', B,
            '<edge source="&lt;script&gt;" target="b"/>'), (2, 1)),
    graphml("hostile", "an unknown encoding", ml(A, B, AB, head=HEAD.replace("UTF-8", "klingon")), "R08"),
    gexf("well-formed", "as Gephi writes it", ex(XA + XB, XAB), (2, 1)),
    gexf("well-formed", "version 1.1, directed", ex(XA + XB, XAB, graph='defaultedgetype="directed"', version="1.1"), (2, 1)),
    gexf("odd", "without labels, with colours", ex('<node id="a"><viz:color xmlns:viz="http://v" r="1"/></node>' + XB, XAB), (2, 1)),
    gexf("odd", "a network that changes over time", ex(XA + XB, XAB, graph='mode="dynamic"'), (2, 1), ("N02",)),
    gexf("odd", "a tie without weight among others", ex(XA + XB + '<node id="c"/>', XAB + '<edge source="b" target="c"/>'), (3, 2), ("N01",)),
    gexf("odd", "a weight that changes", ex(XA + XB, XAB.replace("/>", '><attvalues><attvalue for="Weight" value="2" start="1"/>'
         '</attvalues></edge>'), graph='defaultedgetype="directed" mode="dynamic"'), (2, 1), ("N02",)),
    gexf("broken", "an end that nobody declared", ex(XA, XAB), "R22"),
    gexf("broken", "mixed directions", ex(XA + XB, XAB + XAB.replace("weight", 'type="directed" weight')), "R40"),
    gexf("broken", "a person within a person", ex(f'<node id="z"><nodes>{XA}</nodes></node>{XB}', XAB), "R39"),
    gexf("broken", "cut", ex(XA + XB, XAB)[:-40], "R38"),
    gexf("hostile", "entities that grow", ex(XA + XB, XAB, head=HEAD + BOMB), "R45"),
    gexf("hostile", "a negative weight", ex(XA + XB, XAB.replace('"2"', '"-2"')), "R28"),
    gml("well-formed", "two people, a tie of 3", GML, (2, 1), ("N01",)),
    gml("well-formed", "after a comment and the name of a program", '# made by hand\nCreator "x"\n' + GML, (2, 1)),
    gml("odd", "letters as entities, and letters themselves", GML.replace("Ann", "Zo&#235;").replace("Bo", "Jörg"), (2, 1)),
    gml("odd", "two people of one label", GML.replace("Bo", "Ann"), (2, 1), ("R21",)),
    gml("odd", "a label over two lines, details of a picture", GML.replace('"Bo"', '"B\no" graphics [ x 1.0 ]'), (2, 1)),
    gml("broken", "an end that nobody declared", GML.replace("target 2", "target 3"), "R22"),
    gml("broken", "cut", GML[:-4], "R38"),
    gml("broken", "a label that does not close", GML.replace('"Bo"', '"Bo'), "R13"),
    gml("broken", "a bracket too many", GML + "]\n", "R07"),
    gml("broken", "a person without id", GML.replace("id 1", ""), "R14"),
    gml("broken", "two networks", GML + GML, "R39"),
    gml("hostile", "brackets ten thousand deep", "graph [\n" + "node [ " * 10_000, "R45"),
    gml("hostile", "markup as a label", GML.replace("Ann", "<script>alert(1)</script>"), (2, 1)),
    pajek("well-formed", "ties without direction", NET + "*Edges\n1 2 1\n2 3 4\n", (3, 2)),
    pajek("well-formed", "arcs, lists", NET + "*Arcslist\n1 2 3\n", (3, 2)),
    pajek("well-formed", "a matrix", NET + "*Matrix\n0 1 0\n1 0 1\n0 1 0\n", (3, 4)),
    pajek("odd", "two kinds", NET.replace("3", "3 2", 1) + "*Edges\n1 3\n2 3\n", (3, 2)),
    pajek("odd", "two people of one label", NET.replace("Bo", "Ann") + "*Edges\n1 2\n", (3, 1), ("R21",)),
    pajek("odd", "a section of another kind, comments", "*Network x\n" + NET + "*Edges\n1 2\n% hm\n*Partition y\n1\n2\n3\n", (3, 1),
          ("N02",)),
    pajek("odd", "people without a line of their own", "*Vertices 4\n*Edges\n1 2\n3 4\n", (4, 2)),
    pajek("odd", "labels without quotation marks, a remark first, a kind of ties that is empty", "% made by hand\n*Vertices 2\n"
          '1 Ann Lee 0.1 0.2 0.5 ic Red\n2 Team 7\n*Arcs :1 "advice"\n1 2 3 c Blue\n*Edges\n', (2, 1)),
    pajek("odd", "a project: other things are said of its people", NET + "*Edges\n1 2 1 [1-4]\n*Partition x\n*Vertices 3\n1\n1\n2\n",
          (3, 1), ("N02",)),
    pajek("broken", "two networks", NET + "*Edges\n1 2\n*Network\n" + NET, "R39"),
    pajek("broken", "a number beyond the last", NET + "*Edges\n1 9\n", "R22"),
    pajek("broken", "more people than it declares", NET.replace("3", "2", 1) + "*Edges\n1 2\n", "R37"),
    pajek("broken", "a number twice", NET + '3 "Di"\n*Edges\n1 2\n', "R20"),
    pajek("broken", "a matrix of another size", NET + "*Matrix\n0 1\n1 0\n", "R37"),
    pajek("broken", "a matrix that ends early", NET + "*Matrix\n0 1 0\n", "R38"),
    pajek("broken", "arcs and edges", NET + "*Arcs\n1 2\n*Edges\n2 3\n", "R40"),
    pajek("broken", "several relations", NET + "*Arcs :1\n1 2\n*Arcs :2\n2 3\n", "R07"),
    pajek("broken", "no people", "*Vertices 0\n*Edges\n", "R02"),
    pajek("hostile", "a label that cannot be seen", '*Vertices 2\n1 "\u200b"\n2 "Bo"\n*Edges\n1 2\n', (2, 1)),
    pajek("hostile", "a thousand million people", "*Vertices 999999999\n*Edges\n1 2\n", "R45"),
    pajek("hostile", "a number of a thousand digits", f"*Vertices {'9' * 1000}\n", "R26"),
    graph("well-formed", "nodes and links", {"directed": False, "nodes": NODES, "links": LINKS}, (3, 2)),
    graph("well-formed", "edges instead of links, directed", {"directed": True, "nodes": NODES, "edges": LINKS}, (3, 2)),
    graph("odd", "links by place", {"directed": False, "nodes": [{"name": "A"}, {"name": "B"}], "links": [{"source": 0, "target": 1}]},
          (2, 1)),
    graph("odd", "numbers as ids", {"nodes": [{"id": 7}, {"id": 8}], "links": [{"source": 7, "target": 8}]}, (2, 1), ("R40",)),
    graph("odd", "ends that are nodes themselves", {"nodes": NODES, "links": [{"source": NODES[0], "target": NODES[1]}]}, (3, 1)),
    graph("odd", "a key before the lists", {"graph": {"name": "x"}, "multigraph": False, "nodes": NODES, "links": LINKS}, (3, 2)),
    graph("odd", "Graphology: details in attributes, direction in options", {"options": {"type": "undirected"}, "nodes": [
          {"key": "a"}, {"key": "b"}], "edges": [{"source": "a", "target": "b", "undirected": True, "attributes": {"weight": 4}}]},
          (2, 1), ("N01",)),
    graph("odd", "Cytoscape: elements with data", {"elements": {"nodes": [{"data": {"id": "1", "name": "Ann"}}, {"data": {"id": "2"}}],
          "edges": [{"data": {"source": "1", "target": "2"}}]}}, (2, 1), ("R40",)),
    graph("odd", "JSON Graph Format: nodes by id", {"graph": {"nodes": {"a": {"label": "Ann"}, "b": {}}, "edges": [
          {"source": "a", "target": "b"}]}}, (2, 1)),
    graph("odd", "a bare list of ties", [{"source": "a", "target": "b"}, {"source": "b", "target": "c"}], (3, 2), ("R40",)),
    graph("broken", "ids or places", {"nodes": [{"id": 1}, {"id": 0}], "links": [{"source": 0, "target": 1}]}, "R07"),
    graph("broken", "the same, told", {"nodes": [{"id": 1}, {"id": 0}], "links": [{"source": 0, "target": 1}]}, (2, 1), links="id"),
    graph("broken", "an end that nobody declared", {"nodes": NODES[:2], "links": LINKS}, "R22"),
    graph("broken", "NaN", '{"nodes": [{"id": "a"}, {"id": "b"}],\n"links": [{"source": "a", "target": "b", "weight": NaN}]}', "R27"),
    graph("broken", "cut", json.dumps({"nodes": NODES, "links": LINKS})[:-9], "R38"),
    graph("broken", "a comma too many", '{"nodes": [],, "links": []}', "R07"),
    graph("broken", "lists that are none", {"nodes": 3, "links": LINKS}, "R07"),
    graph("broken", "nobody", {"nodes": [], "links": []}, "R02"),
    graph("hostile", "a hundred thousand brackets", '{"nodes": ' + "[" * 100_000, "R45"),
    graph("hostile", "a number of ten thousand digits", '{"nodes": [{"id": ' + "9" * 10_000 + '}], "links": []}', "R45"),
    graph("hostile", "lists and yes as ids", {"nodes": [{"id": ["a"]}, {"id": True}], "links": []}, "R14"),
    graph("hostile", "an id that cannot be seen", {"nodes": [{"id": "\u202e"}, {"id": "b"}], "links": [{"source": "\u202e", "target": "b"}]},
          "R14"),
    graph("hostile", "markup as an id", {"nodes": [{"id": "<script>"}, {"id": "b"}], "links": [{"source": "<script>", "target": "b"}]},
          (2, 1)),
]  # fmt: skip
