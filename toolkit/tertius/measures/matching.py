"""Who has what a person needs, and needs what that person has."""

from __future__ import annotations

import math
from collections.abc import Hashable

import pandas as pd

from tertius.data.planted import contacts, distances
from tertius.errors import GraphError
from tertius.network import Network
from tertius.ties import Ties


def matches(network: Network, person: Hashable | None = None) -> pd.DataFrame:
    """Who offers something that a person needs, or needs something that the person offers, and how far away they are.

    A two-way match is both at once: each could give the other something. That two people match says nothing about
    whether they would like to; trade needs such a double match, help does not.

    Parameters
    ----------
    network : Network
        With the columns ``offers`` and ``needs``, lists of tags, in its nodes table.
    person : node, optional
        Left out: the ego of the network.

    Returns
    -------
    pandas.DataFrame
        One row for everybody with at least one side of a match, indexed by id: ``gives`` (tags that they offer and the
        person needs), ``takes`` (tags that they need and the person offers), ``two_way``, and ``steps`` from the
        person along the default relation (``inf``: out of reach). Two-way matches come first, then the nearest.

    Raises
    ------
    GraphError
        If the network has no such columns, or not this person.

    Examples
    --------
    >>> from tertius.data import load
    >>> found = matches(load("social_entrepreneur"))
    >>> found.loc[found["two_way"], "steps"].to_list()
    [1.0, 2.0, 2.0, 3.0, 3.0]
    """
    for column in ("offers", "needs"):
        if column not in network.nodes.columns:
            raise GraphError(f"A match needs the columns 'offers' and 'needs'; this network has no {column!r}.")
    person = network.ego if person is None else person
    nodes = network.nodes.set_index("id")
    if person not in nodes.index:
        raise GraphError(f"There is no {person!r} in this network; name the person whose matches you want.")
    table = pd.DataFrame(
        {
            "gives": [[tag for tag in tags if tag in nodes.at[person, "needs"]] for tags in nodes["offers"]],
            "takes": [[tag for tag in tags if tag in nodes.at[person, "offers"]] for tags in nodes["needs"]],
        },
        nodes.index,
    )
    gives, takes = table["gives"].map(bool), table["takes"].map(bool)
    ties = Ties.of(network, directed=False)
    steps = distances(contacts(ties.ids, ties.named_pairs()), person)
    table = table.assign(two_way=gives & takes, steps=[float(steps.get(id, math.inf)) for id in ties.ids])
    table = table[(gives | takes) & (table.index != person)]
    return table.sort_values(["two_way", "steps"], ascending=[False, True], kind="stable")
