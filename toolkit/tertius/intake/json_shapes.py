"""The shapes in which programs write a network as JSON, each brought into one: people and ties with their details."""

from __future__ import annotations

from typing import Any, NamedTuple

INNER = ("data", "attributes", "metadata")
"""Where some programs keep the details of a person or a tie."""


class Shape(NamedTuple):
    """A network in JSON, of whatever program.

    Attributes
    ----------
    nodes, links : list
        As in the file, but with all details side by side.
    directed : bool or None
        What the file says of ties that say nothing themselves.
    """

    nodes: list[Any]
    links: list[Any]
    directed: bool | None


def shape_of(content: Any) -> Shape | None:
    """Bring a file's content into one shape; ``None`` if it is no network.

    Known are lists of nodes and of links or edges (networkx, D3, vis.js, Graphology), the same within ``elements``
    (Cytoscape) or ``graph`` (JSON Graph Format), lists of neighbours (networkx), and a bare list of ties.

    Examples
    --------
    >>> shape_of({"elements": [{"data": {"id": "a"}}, {"data": {"source": "a", "target": "a"}}]})
    Shape(nodes=[{'id': 'a'}], links=[{'source': 'a', 'target': 'a'}], directed=None)
    """
    if isinstance(content, list):
        items = list(map(_flat, content))
        links = [one for one in items if isinstance(one, dict) and ("source" in one or "from" in one)]
        if items and len(links) == len(items):
            return Shape(_ends(links), links, None)
        return _of_elements(content, None) if any(isinstance(one, dict) and "data" in one for one in content) else None
    if not isinstance(content, dict):
        return None
    inner = content.get("graph")
    if isinstance(inner, dict) and "nodes" in inner:
        content = inner
    directed = _direction(content)
    if "elements" in content:
        return _of_elements(content["elements"], directed)
    nodes = content.get("nodes")
    links = content.get("links") if content.get("links") is not None else content.get("edges")
    if isinstance(nodes, dict):
        directed = True if "directed" not in content else directed
        nodes = [{**_flat(said), "id": id} if isinstance(said, dict) else id for id, said in nodes.items()]
    if isinstance(nodes, list) and isinstance(content.get("adjacency"), list) and links is None:
        links = _of_neighbours(nodes, content["adjacency"], directed)
    if not isinstance(nodes, list) or not isinstance(links, list):
        return None
    return Shape(list(map(_flat, nodes)), list(map(_flat, links)), directed)


def _flat(item: Any) -> Any:
    """A person or a tie with all details side by side."""
    if not isinstance(item, dict):
        return item
    within = {word: value for key in INNER if isinstance(item.get(key), dict) for word, value in item[key].items()}
    return {**within, **{word: value for word, value in item.items() if word not in INNER}}


def _direction(content: dict[str, Any]) -> bool | None:
    said = content.get("directed")
    options = content.get("options")
    if not isinstance(said, bool) and isinstance(options, dict):
        # Graphology's "mixed" networks say of each tie that has no direction that it is undirected.
        kind = options.get("type", "mixed")
        said = {"directed": True, "mixed": True, "undirected": False}.get(kind) if isinstance(kind, str) else None
    return said if isinstance(said, bool) else None


def _of_elements(elements: Any, directed: bool | None) -> Shape | None:
    """Cytoscape's shape: nodes and edges apart, or in one list, in which edges are those with a source."""
    if isinstance(elements, dict):
        nodes, links = elements.get("nodes"), elements.get("edges", [])
        if not isinstance(nodes, list) or not isinstance(links, list):
            return None
        return Shape(list(map(_flat, nodes)), list(map(_flat, links)), directed)
    if not isinstance(elements, list) or not all(isinstance(one, dict) and "data" in one for one in elements):
        return None
    items = list(map(_flat, elements))
    return Shape([one for one in items if "source" not in one], [one for one in items if "source" in one], directed)


def _of_neighbours(nodes: list[Any], adjacency: list[Any], directed: bool | None) -> list[Any]:
    """Links from the list of neighbours of each node; without direction each tie stands there twice."""
    links, seen = [], set()
    for node, neighbours in zip(nodes, adjacency, strict=False):
        source = node.get("id") if isinstance(node, dict) else None
        for other in neighbours if isinstance(neighbours, list) else []:
            target = other.get("id") if isinstance(other, dict) else None
            key = other.get("key") if isinstance(other, dict) else None
            if directed is False and repr((target, source, key)) in seen:
                continue
            seen.add(repr((source, target, key)))
            links.append({**other, "source": source, "target": target} if isinstance(other, dict) else other)
    return links


def _ends(links: list[dict[str, Any]]) -> list[Any]:
    """Everybody whom ties name, in the order of their first appearance."""
    ends = (one.get(word) for one in links for word in ("source", "from", "target", "to"))
    return list(dict.fromkeys(end for end in ends if isinstance(end, (str, int)) and not isinstance(end, bool)))
