"""The text format of multilayer networks, ``.mpx``: sections under headings, or bare lines of two ends and a layer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from tertius.errors import DataError

HEADINGS = ("#TYPE", "#VERSION", "#LAYERS", "#ACTOR ATTRIBUTES", "#EDGE ATTRIBUTES", "#ACTORS", "#EDGES")


class Edge(NamedTuple):
    """A line of the file: two ends, their layer, and what else the line says."""

    source: str
    target: str
    layer: str
    values: tuple[str, ...] = ()


@dataclass
class Layers:
    """What a file holds, everything as text.

    Attributes
    ----------
    directed : dict
        Whether each layer has a direction; a layer that the file does not declare has none.
    columns : list of str
        Names of what is known about actors.
    actors : dict
        Each actor's values, in the order of ``columns``; actors stand in the order of the file.
    edges : list of Edge
    """

    directed: dict[str, bool] = field(default_factory=dict)
    columns: list[str] = field(default_factory=list)
    actors: dict[str, tuple[str, ...]] = field(default_factory=dict)
    edges: list[Edge] = field(default_factory=list)

    def ties(self, layer: str) -> dict[tuple[str, str], tuple[str, ...]]:
        """Return the ties of a layer and their values; a tie without direction that is listed both ways counts once."""
        position = {actor: k for k, actor in enumerate(self.actors)}
        found = {}
        for edge in self.edges:
            if edge.layer == layer:
                turned = not self.directed[layer] and position[edge.source] > position[edge.target]
                found[(edge.target, edge.source) if turned else (edge.source, edge.target)] = edge.values
        return found


def parse(text: str) -> Layers:
    """Read a network from its text.

    Parameters
    ----------
    text : str
        The whole file. Names such as ``NA`` and ``G2/G3`` are text like any other.

    Returns
    -------
    Layers

    Raises
    ------
    DataError
        If there is a heading or a line that this format does not have.
    """
    heading, layers = "#EDGES", Layers()
    for number, line in enumerate(text.splitlines(), 1):
        line = line.strip()
        if line.startswith("#"):
            heading = line.upper()
            if heading not in HEADINGS:
                raise DataError(f"Line {number} of the network file is {line!r}, which is no heading that I know.")
        elif line:
            cells = tuple(cell.strip() for cell in line.split(","))
            _read(heading, cells, layers, number)
    return layers


def _read(heading: str, cells: tuple[str, ...], layers: Layers, number: int) -> None:
    if heading == "#LAYERS" and len(cells) >= 2:
        layers.directed[cells[0]] = cells[1].upper() == "DIRECTED"
    elif heading == "#ACTOR ATTRIBUTES":
        layers.columns.append(cells[0])
    elif heading == "#ACTORS" and len(cells) == 1 + len(layers.columns):
        layers.actors[cells[0]] = cells[1:]
    elif heading == "#EDGES" and len(cells) >= 3:
        edge = Edge(*cells[:3], cells[3:])
        layers.directed.setdefault(edge.layer, False)
        for actor in edge[:2]:
            layers.actors.setdefault(actor, ("",) * len(layers.columns))
        layers.edges.append(edge)
    elif heading not in ("#TYPE", "#VERSION", "#EDGE ATTRIBUTES"):
        raise DataError(f"Line {number} of the network file has {len(cells)} cells under {heading}; that does not fit.")
