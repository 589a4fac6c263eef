"""Who the people of a picture are."""

from __future__ import annotations

from tertius.network import Network
from tertius.ties import Ties


def told_apart(ties: Ties, people: Network | None) -> tuple[tuple[str, ...], tuple[str, ...], int | None]:
    """Give everybody's label and group, in the order of the ties, and the position of the focal person.

    Parameters
    ----------
    ties : Ties
    people : Network, optional
        Where labels and groups stand; without it people are called by their node's name.

    Returns
    -------
    tuple of str, tuple of str, int or None
    """
    if people is None:
        return tuple(map(str, ties.ids)), ("",) * len(ties), None
    rows = people.nodes.set_index("id").reindex(list(ties.ids))
    labels = rows.get("label", rows.index)
    groups = rows.get("group", [""] * len(rows))
    ego = ties.ids.index(people.ego) if people.ego in ties.ids else None
    return tuple(map(str, labels)), tuple("" if group != group else str(group) for group in groups), ego
