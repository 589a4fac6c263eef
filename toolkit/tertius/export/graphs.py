"""Networks for other programs: GraphML, GEXF and node-link JSON."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from typing import Any

import networkx as nx

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML file can hold."""

LEFT_OUT = ("strength", "distance")
"""What is worked out anew from the weights when a network is read."""


def plain(graph: nx.Graph) -> nx.Graph:
    """A copy with texts, numbers and truths alone: lists become texts with bars, what is missing is left out."""
    copy = type(graph)()
    copy.graph["name"] = _text(graph.graph.get("title") or graph.graph.get("name") or "network")
    for id, said in graph.nodes(data=True):
        copy.add_node(_text(id), **_attributes(said))
    for u, v, said in graph.edges(data=True):
        kept = {"weight" if key == "weight_raw" else key: value for key, value in said.items() if key not in LEFT_OUT}
        copy.add_edge(_text(u), _text(v), **_attributes(kept))
    return copy


def _attributes(said: dict[str, Any]) -> dict[str, Any]:
    plain_values = {_text(key): _value(value) for key, value in said.items()}
    return {key: value for key, value in plain_values.items() if value is not None}


def _value(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return "|".join(map(_text, value)) or None
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, bool):
        return value
    if isinstance(value, (int, float)):
        return value if value == value and abs(value) != float("inf") else None
    return None if value is None else _text(value) or None


def _text(text: Any) -> str:
    return _NOT_IN_XML.sub("", str(text))


def graphml(graph: nx.Graph) -> bytes:
    """The graph as GraphML."""
    return "\n".join(nx.generate_graphml(plain(graph))).encode("utf-8")


def gexf(graph: nx.Graph) -> bytes:
    """The graph as GEXF 1.2, as Gephi reads it."""
    stream = io.BytesIO()
    nx.write_gexf(plain(graph), stream, version="1.2draft")
    return stream.getvalue()


def json_graph(graph: nx.Graph) -> bytes:
    """The graph as JSON with a list of nodes and one of links."""
    content = nx.node_link_data(plain(graph), edges="links")
    return f"{json.dumps(content, ensure_ascii=True, indent=1, sort_keys=True, allow_nan=False)}\n".encode()


WRITERS: dict[str, Callable[[nx.Graph], bytes]] = {".graphml": graphml, ".gexf": gexf, ".json": json_graph}
"""By the ending of the file's name."""
