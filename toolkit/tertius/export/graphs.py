"""Networks for other programs: GraphML, GEXF and node-link JSON."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from typing import Any

import networkx as nx

from tertius.errors import ParameterError

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML file can hold."""

_BREAKS = re.compile("[\t\n\r]")
"""Those that an XML reader may turn into others."""

LEFT_OUT = ("strength", "distance")
"""What is worked out anew from the weights when a network is read."""

RESERVED = ("id", "key", "source", "target", "viz", "start", "end", "slices", "spells", "pid", "parents", "type")
"""What these formats, or who writes them, mean something else by; such a column is written with a line after it."""


def plain(graph: nx.Graph, xml: bool) -> nx.Graph:
    """A copy with texts, numbers and truths alone: lists become texts with bars, what is missing is left out.

    Raises
    ------
    ParameterError
        If two people are the same, or one is nobody, without characters that XML cannot hold.
    """
    called = {id: _text(id, xml) for id in graph}
    if len(set(called.values())) < len(called) or not all(called.values()):
        raise ParameterError(
            "Some ids differ only by characters that this kind of file cannot hold: save a folder of tables, or .json."
        )
    copy = type(graph)()
    copy.graph["name"] = _text(graph.graph.get("name") or "network", xml)
    for id, said in graph.nodes(data=True):
        copy.add_node(called[id], **_attributes(said, xml))
    for u, v, said in graph.edges(data=True):
        kept = {"weight" if key == "weight_raw" else key: value for key, value in said.items() if key not in LEFT_OUT}
        copy.add_edge(called[u], called[v], **_attributes(kept, xml))
    return copy


def _attributes(said: dict[str, Any], xml: bool) -> dict[str, Any]:
    values = {f"{key}_" if key in RESERVED else _text(key, xml): _value(value, xml) for key, value in said.items()}
    return {key: value for key, value in values.items() if value is not None}


def _value(value: Any, xml: bool) -> Any:
    if isinstance(value, (list, tuple)):
        return "|".join(_text(part, xml) for part in value) or None
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, bool):
        return value
    if isinstance(value, (int, float)):
        return value if value == value and abs(value) != float("inf") else None
    return None if value is None else _text(value, xml) or None


def _text(text: Any, xml: bool) -> str:
    valid = str(text).encode("utf-8", "replace").decode("utf-8")
    return _NOT_IN_XML.sub("", _BREAKS.sub(" ", valid)) if xml else valid


def graphml(graph: nx.Graph) -> bytes:
    """The graph as GraphML."""
    return "\n".join(nx.generate_graphml(plain(graph, xml=True))).encode("utf-8")


def gexf(graph: nx.Graph) -> bytes:
    """The graph as GEXF 1.2, as Gephi reads it."""
    stream = io.BytesIO()
    nx.write_gexf(plain(graph, xml=True), stream, version="1.2draft")
    return stream.getvalue()


def json_graph(graph: nx.Graph) -> bytes:
    """The graph as JSON with a list of nodes and one of links."""
    content = nx.node_link_data(plain(graph, xml=False), edges="links")
    return f"{json.dumps(content, ensure_ascii=True, indent=1, sort_keys=True, allow_nan=False)}\n".encode()


WRITERS: dict[str, Callable[[nx.Graph], bytes]] = {".graphml": graphml, ".gexf": gexf, ".json": json_graph}
"""By the ending of the file's name."""
