"""Which ties of a network are weak, and which are local bridges: a still picture."""

from __future__ import annotations

import numpy as np

from tertius.draw.places import layout
from tertius.draw.scene import Look, Scene
from tertius.errors import ParameterError
from tertius.measures.bridges import common_contacts
from tertius.ties import Ties

PERSON = Look("person", "#0072b2", shape="disc")
KINDS = (
    Look("strong tie", "#5f6b76", line="solid"),
    Look("weak tie", "#5f6b76", line="dashed"),
    Look("strong tie, local bridge", "#b34700", line="solid"),
    Look("weak tie, local bridge", "#b34700", line="dashed"),
)
"""Dashed is weak; a local bridge has the other colour, and the sentence names it where there are few."""

MOST_NAMED = 6


def tie_kinds(graph, *, weak: float | None = None, positions: np.ndarray | None = None) -> Scene:
    """Describe a picture that tells weak ties from strong ones, and local bridges from other ties.

    Parameters
    ----------
    graph : networkx.Graph, Network or Ties
        Undirected.
    weak : float, optional
        Ties of at most this strength are weak. Default: those below the median strength.
    positions : numpy.ndarray, shape (n, 2), optional
        Default: `layout` of the ties.

    Returns
    -------
    Scene
        With one step and no curve.

    Raises
    ------
    GraphError
        If the graph is directed, or does not know which contacts know each other.
    ParameterError
        If ``weak`` is not above 0.

    Examples
    --------
    >>> import networkx as nx
    >>> tie_kinds(nx.Graph([("Ann", "Bo"), ("Bo", "Cy"), ("Cy", "Ann"), ("Cy", "Di")])).sentences[0]
    'Of 4 ties among 4 people, none is weak and 1 is a local bridge: Cy–Di (strong).'
    """
    if weak is not None and not weak > 0:
        raise ParameterError(f"weak is {weak!r}; it is the greatest strength of a weak tie, above 0.")
    ties = Ties.of(graph).undirected("A local bridge").knowing_alter_ties("A local bridge")
    strength = ties.pair_strength
    if weak is not None:
        is_weak = strength <= weak + 1e-12
    else:
        is_weak = strength < np.median(strength) - 1e-12 if len(strength) else np.zeros(0, bool)
    is_bridge = common_contacts(ties) == 0
    n = len(ties)
    return Scene(
        title="Weak ties and local bridges",
        ties=ties,
        positions=layout(ties) if positions is None else positions,
        labels=tuple(map(str, ties.ids)),
        groups=("",) * n,
        person_looks=(PERSON,),
        tie_looks=KINDS,
        people=np.zeros((1, n), np.uint8),
        links=(is_weak + 2 * is_bridge).astype(np.uint8)[None, :],
        curve=None,
        time_label="",
        times=np.zeros(1),
        time_percent=False,
        sentences=(_sentence(ties, is_weak, is_bridge),),
    )


def _sentence(ties: Ties, is_weak: np.ndarray, is_bridge: np.ndarray) -> str:
    n_weak, n_bridges = int(is_weak.sum()), int(is_bridge.sum())
    bridges = [
        f"{u}–{v} ({'weak' if faint else 'strong'})"
        for (u, v), faint, bridge in zip(ties.named_pairs(), is_weak, is_bridge, strict=True)
        if bridge
    ]
    weak = f"{n_weak or 'none'} {'is' if n_weak < 2 else 'are'} weak"
    start = f"Of {ties.n_ties} ties among {len(ties)} people, {weak} and"
    if not bridges:
        return f"{start} none is a local bridge."
    kind = "is a local bridge" if n_bridges == 1 else "are local bridges"
    if n_bridges <= MOST_NAMED:
        return f"{start} {n_bridges} {kind}: {', '.join(bridges)}."
    return f"{start} {n_bridges} {kind}, {int((is_weak & is_bridge).sum())} of them weak."
