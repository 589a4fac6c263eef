"""Ties that an import suggests and does not know: kept apart, marked, and in no measure unless it asks for them."""

from __future__ import annotations

from itertools import combinations

import pandas as pd

from tertius.errors import GraphError, ParameterError, check_count
from tertius.joining import stacked
from tertius.network import Network


def infer_ties(network: Network, column: str = "organisation", *, most: int = 20) -> Network:
    """Suggest that contacts who share an organisation may know each other.

    The suggestions are a relation of their own, ``inferred``, with the status ``inferred`` and without weight.
    Measures do not see them unless ``relation="inferred"`` is asked for; pictures draw them dashed.

    Parameters
    ----------
    network : Network
        Such as a star of contacts.
    column : str
        Of the people: what those who may know each other share.
    most : int
        Where more people share it, nothing is suggested: two of a large firm seldom know each other.

    Returns
    -------
    Network
        The default relation stays what it was.

    Raises
    ------
    GraphError
        If nobody is told by that column.
    ParameterError
        If ``most`` is less than 2.

    Examples
    --------
    >>> from tertius.data import load
    >>> suggested = infer_ties(load("social_entrepreneur").own_map(), "group")
    >>> suggested.to_ties("inferred").alter_ties, suggested.meta["default_relation"]
    ('inferred', 'contact')
    """
    check_count("most", most, 2)
    if not isinstance(column, str) or column not in network.nodes:
        raise GraphError(f"There is no column {column!r} to go by; people have {', '.join(network.nodes.columns)}.")
    if any(relation["name"] == "inferred" for relation in network.meta["relations"]):
        raise ParameterError("This network has inferred ties already; start again from the one without.")
    told = network.nodes[network.nodes["id"] != network.ego]
    told = told[told[column].map(lambda cell: isinstance(cell, str) and bool(cell.strip()))]
    if told.empty:
        raise GraphError(f"The column {column!r} is empty, so it suggests no tie.")
    shared = told.groupby(told[column].str.strip().str.casefold(), sort=False)["id"].agg(list)
    pairs = [pair for people in shared if len(people) <= most for pair in combinations(people, 2)]
    rows = pd.DataFrame(pairs, columns=["source", "target"], dtype=object).assign(
        relation="inferred", wave=1, weight=float("nan"), status="inferred"
    )
    ties = stacked(network.ties, rows)
    relation = {
        "name": "inferred",
        "directed": False,
        "two_mode": False,
        "unit": "binary",
        "scale_max": 1,
        "symmetrise": "max",
        "alter_ties": "inferred",
    }
    meta = network.meta | {"relations": [*network.meta["relations"], relation]}
    return Network(network.nodes, ties, meta, network.report)
