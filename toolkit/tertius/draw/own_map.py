"""Somebody's own map: the contacts, the ties that are known, and those that are only inferred."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pandas as pd

from tertius.draw.people import told_apart
from tertius.draw.places import layout
from tertius.draw.scene import Look, Scene
from tertius.errors import GraphError
from tertius.intake.report import plural
from tertius.network import Network
from tertius.ties import Ties

PERSON = Look("person", "#0072b2", shape="disc")
TIES = (
    Look("reported or recorded", "#5f6b76", line="solid"),
    Look("inferred: may not exist", "#b34700", line="dashed"),
)
"""What nobody said is dashed, has another colour, and is counted in the sentence."""


def own_map(network: Network, *, positions: np.ndarray | None = None) -> Scene:
    """Describe a picture of a person's network that tells known ties from inferred ones.

    The known ties are those of the default relation; the inferred ones those whose ``status`` is ``inferred``, of any
    relation. People without either are left out.

    Parameters
    ----------
    network : Network
        With an ego.
    positions : numpy.ndarray, shape (n, 2), optional
        Of the people in the picture, in the order of the nodes table. Default: `layout` of the ties on show.

    Returns
    -------
    Scene
        With one step and no curve, for `figure` and `tertius.NetworkView`.

    Raises
    ------
    GraphError
        If the network has no ego.

    Examples
    --------
    >>> from tertius.data import load
    >>> own_map(load("social_entrepreneur").own_map()).sentences[0]
    'FOUNDER and 26 contacts: 60 ties reported or recorded.'
    """
    if network.ego is None:
        raise GraphError("An own map needs an ego, and this network has none: set meta['ego'] to somebody's id.")
    table = network.ties
    is_inferred = (table["status"] == "inferred") if "status" in table else np.zeros(len(table), bool)
    in_default = table["relation"] == network.meta["default_relation"]
    inferred, said = (_pairs(table[rows]) for rows in (is_inferred, in_default & ~is_inferred))
    default = {frozenset(pair) for pair in Ties.of(network, directed=False).named_pairs()}
    present = {network.ego}.union(*default, *inferred)
    graph = nx.Graph()
    graph.add_nodes_from(id for id in network.nodes["id"] if id in present)
    graph.add_edges_from(map(tuple, default | inferred))
    ties = Ties.of(graph)
    labels, groups, ego = told_apart(ties, network)
    links = np.array([frozenset(pair) not in said for pair in ties.named_pairs()], np.uint8).reshape(1, -1)
    n = len(ties)
    return Scene(
        title=network.meta.get("title") or "Own map",
        ties=ties,
        positions=layout(ties) if positions is None else positions,
        labels=labels,
        groups=groups,
        person_looks=(PERSON,),
        tie_looks=TIES if links.any() else TIES[:1],
        people=np.zeros((1, n), np.uint8),
        links=links,
        curve=None,
        time_label="",
        times=np.zeros(1),
        time_percent=False,
        sentences=(_sentence(labels[ego], n - 1, links),),
        ego=ego,
    )


def _pairs(table: pd.DataFrame) -> set[frozenset]:
    return set(map(frozenset, table[["source", "target"]].to_numpy().tolist()))


def _sentence(whose: str, contacts: int, links: np.ndarray) -> str:
    inferred = int(links.sum())
    known = plural(links.size - inferred, "tie")
    said = f"{'You' if whose == 'me' else whose} and {plural(contacts, 'contact')}: {known} reported or recorded"
    if not inferred:
        return f"{said}."
    return f"{said}, {plural(inferred, 'dashed one')} only inferred, and in no measure."
