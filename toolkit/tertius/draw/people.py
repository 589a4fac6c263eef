"""Who the people of a picture are, the scene of a run among them, and which ties lead from some to others."""

from __future__ import annotations

import numpy as np

from tertius.draw.places import layout
from tertius.draw.scene import Scene
from tertius.network import Network
from tertius.simulate import Run
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


def scene_among(who: Network | None, run: Run, ties: Ties, positions: np.ndarray | None, /, **shown) -> Scene:
    """Make the scene of a run among people.

    Parameters
    ----------
    who : Network, optional
        As ``people`` of `told_apart`.
    run : Run
    ties : Ties
    positions : numpy.ndarray, shape (n, 2), optional
        Default: `layout` of the ties.
    **shown
        All else that a `Scene` has; what says nothing of time has a step of the run at each step.

    Returns
    -------
    Scene
    """
    labels, groups, ego = told_apart(ties, who)
    time = {"time_label": "step", "times": np.arange(run.steps + 1, dtype=float), "time_percent": False}
    positions = layout(ties) if positions is None else positions
    return Scene(ties=ties, positions=positions, labels=labels, groups=groups, ego=ego, **{**time, **shown})


def ways_between(ties: Ties, who: np.ndarray, whom: np.ndarray) -> np.ndarray:
    """Mark the ties that lead from some people to some others, step by step.

    Parameters
    ----------
    ties : Ties
        Directed ties lead the way they point.
    who, whom : numpy.ndarray, bool, shape (steps + 1, n)

    Returns
    -------
    numpy.ndarray, uint8, shape (steps + 1, n_ties)
        1 for those that do, in the order of ``ties.pairs``.

    Examples
    --------
    >>> Ann, Bo = np.array([[True, False]]), np.array([[False, True]])
    >>> ways_between(Ties.of([("Ann", "Bo")]), Bo, Ann).tolist()
    [[1]]
    """
    u, v = ties.pairs
    leads = who[:, u] & whom[:, v]
    if not ties.directed:
        leads |= who[:, v] & whom[:, u]
    return leads.astype(np.uint8)
