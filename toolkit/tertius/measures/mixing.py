"""Ties within groups and between them: E-I index, mixing matrix, assortativity, and variety of labels."""

from __future__ import annotations

from collections.abc import Hashable, Iterable

import numpy as np
import pandas as pd
from scipy import sparse

from tertius.errors import ParameterError, choose_from
from tertius.measures.chance import AgainstChance, against_chance, share_of_pairs_alike
from tertius.measures.groups import Groups, Membership, membership
from tertius.measures.tables import node_index
from tertius.ties import Ties


def ei_index(graph, groups: Groups) -> float:
    """Whether ties lead out of groups or stay inside: external less internal ties, over all ties.

    All ties between groups: 1; all within: -1; as many of each: 0. Zero is not what chance brings: of four equal
    groups three quarters of all people are outsiders, so that ties at random give about 0.5 [1]_. Compare with
    `ei_by_chance` before calling a positive number bridging.

    Parameters
    ----------
    graph : networkx graph, Network or Ties
        Each tie counts once, each one-way tie too. Strengths and self-ties are ignored.
    groups : str, mapping or pandas.Series
        A column of the network's people, or who is in which group.

    Returns
    -------
    float
        From -1 to 1; ``nan`` without ties.

    Raises
    ------
    GraphError
        If somebody has no group.
    ParameterError
        If ``groups`` names no column and is no mapping.

    References
    ----------
    .. [1] Krackhardt and Stern, Social Psychology Quarterly 51 (1988), 123-140.

    Examples
    --------
    >>> import networkx as nx
    >>> ei_index(nx.path_graph(["Ann", "Bo", "Cy"]), {"Ann": "law", "Bo": "law", "Cy": "steel"})  # one in, one out
    0.0
    """
    ties, members = _checked(graph, groups, "the E-I index")
    external, internal = _Counts(ties, "network", len(members.labels)).of(members.number)
    return float(_index(external, internal)[0])


def ei_by_group(graph, groups: Groups) -> pd.DataFrame:
    """Ties of each group that lead out of it and that stay inside, with their E-I index.

    Parameters
    ----------
    graph, groups
        As for `ei_index`.

    Returns
    -------
    pandas.DataFrame
        One row for each group, with the columns ``external`` (ties between a member and somebody else), ``internal``
        (ties between two members, each counted once) and ``ei_index`` (``nan`` without ties).

    Raises
    ------
    GraphError, ParameterError
        As `ei_index`.

    Examples
    --------
    >>> import networkx as nx
    >>> table = ei_by_group(nx.path_graph(["Ann", "Bo", "Cy"]), {"Ann": "law", "Bo": "law", "Cy": "steel"})
    >>> table.loc["law"].to_dict()
    {'external': 1.0, 'internal': 1.0, 'ei_index': 0.0}
    """
    ties, members = _checked(graph, groups, "the E-I index")
    return _table(_Counts(ties, "groups", len(members.labels)), members.number, members.index)


def ei_by_person(graph, groups: Groups) -> pd.DataFrame:
    """Ties of each person to other groups and to their own, with their E-I index.

    Parameters
    ----------
    graph, groups
        As for `ei_index`. Ties in both directions count for both people.

    Returns
    -------
    pandas.DataFrame
        One row for each person, in node order, with the columns ``external``, ``internal`` and ``ei_index`` (``nan``
        without ties).

    Raises
    ------
    GraphError, ParameterError
        As `ei_index`.

    Examples
    --------
    >>> import networkx as nx
    >>> people = ei_by_person(nx.path_graph(["Ann", "Bo", "Cy"]), {"Ann": "law", "Bo": "law", "Cy": "steel"})
    >>> people["ei_index"].to_dict()
    {'Ann': -1.0, 'Bo': 0.0, 'Cy': 1.0}
    """
    ties, members = _checked(graph, groups, "the E-I index")
    nodes = node_index(ties)
    return _table(_Counts(ties, "people", len(members.labels)), members.number, nodes)


def ei_by_chance(
    graph, groups: Groups, *, of: str = "network", shuffles: int = 1000, seed: int | None = None
) -> AgainstChance:
    """Compare the E-I index with what the same ties give when labels are dealt out at random.

    Parameters
    ----------
    graph, groups
        As for `ei_index`.
    of : {"network", "groups", "people"}
        Whose index.
    shuffles : int
        How often, at least 1.
    seed : int, optional
        Give the same seed for the same shuffles.

    Returns
    -------
    AgainstChance
        ``expected`` is exact for the network and for people: one less twice the chance that two people drawn at
        random are of one group, whatever the ties. A group has other ties in every shuffle, so it has none: see
        ``mean`` in its table. ``p_less`` there says how often chance is as inward, ``p_more`` how often as outward.

    Raises
    ------
    GraphError, ParameterError
        As `ei_index`.

    Examples
    --------
    >>> import networkx as nx
    >>> ring = nx.cycle_graph(48)
    >>> chance = ei_by_chance(ring, {node: node // 12 for node in ring}, seed=1)  # four groups of 12 side by side
    >>> chance.frame().loc["network", ["observed", "expected"]].round(3).to_dict()  # 1 - 2 · 11/47
    {'observed': -0.833, 'expected': 0.532}
    """
    choose_from(of, ("network", "groups", "people"), "of")
    ties, members = _checked(graph, groups, "the E-I index")
    counts = _Counts(ties, of, len(members.labels))
    chance = 1 - 2 * share_of_pairs_alike(members.sizes)
    if of == "network":
        index, has_ties = pd.Index(["network"]), np.array([ties.n_ties > 0])
    elif of == "groups":
        index, has_ties = members.index, np.zeros(len(members.labels), bool)
    else:
        index = node_index(ties)
        has_ties = sum(counts.of(members.number)) > 0
    expected = np.where(has_ties, chance, np.nan)
    return against_chance(members.number, lambda number: _index(*counts.of(number)), expected, index, shuffles, seed)


def mixing_matrix(graph, groups: Groups) -> pd.DataFrame:
    """Count how many ties run from each group to each.

    Parameters
    ----------
    graph, groups
        As for `ei_index`.

    Returns
    -------
    pandas.DataFrame
        A row for the group a tie comes from, a column for the one it goes to. An undirected tie goes both ways, so
        one between two groups stands in two cells, and one within a group counts twice in its cell: a row then adds
        up to the ties that its members have. Before others see it, hide small cells: `hide_small_cells`.

    Raises
    ------
    GraphError, ParameterError
        As `ei_index`.

    References
    ----------
    .. [1] Newman, Physical Review E 67 (2003), 026126.

    Examples
    --------
    >>> import networkx as nx
    >>> table = mixing_matrix(nx.path_graph(["Ann", "Bo", "Cy"]), {"Ann": "law", "Bo": "law", "Cy": "steel"})
    >>> table.loc["law"].to_dict()  # Ann to Bo, Bo to Ann, Bo to Cy
    {'law': 2, 'steel': 1}
    """
    ties, members = _checked(graph, groups, "a mixing matrix")
    return pd.DataFrame(_mixing(ties, members), members.index, members.index)


def assortativity(graph, groups: Groups) -> float:
    r"""How far ties keep to their own group, beyond what the groups' shares of all ties would bring.

    All ties within groups: 1. As many as if the ends of all ties were joined anew at random: 0. None within: below 0.
    With :math:`e` the mixing matrix as shares, and :math:`a` and :math:`b` its row and column sums, it is
    :math:`(\sum e_{kk} - \sum a_k b_k) / (1 - \sum a_k b_k)` [1]_. It says that like is tied to like, and not why:
    people choose their like, and they grow alike, and one look cannot tell the two apart [2]_.

    Parameters
    ----------
    graph, groups
        As for `ei_index`.

    Returns
    -------
    float
        At most 1; ``nan`` without ties, or if all ties are within one group.

    Raises
    ------
    GraphError, ParameterError
        As `ei_index`.

    References
    ----------
    .. [1] Newman, Physical Review E 67 (2003), 026126.
    .. [2] Shalizi and Thomas, Sociological Methods & Research 40 (2011), 211-239.

    Examples
    --------
    >>> import networkx as nx
    >>> sectors = {"Ann": "law", "Bo": "law", "Cy": "steel", "Di": "steel"}
    >>> assortativity(nx.Graph([("Ann", "Bo"), ("Cy", "Di")]), sectors)
    1.0
    """
    ties, members = _checked(graph, groups, "assortativity")
    if not ties.n_ties:
        return float("nan")
    counts = _mixing(ties, members)
    total = int(counts.sum())
    alike = int(np.trace(counts)) * total
    by_chance = int(counts.sum(axis=0) @ counts.sum(axis=1))
    whole = total * total - by_chance
    return (alike - by_chance) / whole if whole else float("nan")


def blau_index(labels: Iterable[Hashable]) -> float:
    r"""How varied a list of labels is: the chance that two of them, drawn with putting back, differ.

    All alike: 0. All of k labels equally often: 1 - 1/k, so it never reaches 1, and more labels allow more variety.
    With shares :math:`p_k` it is :math:`1 - \sum p_k^2` [1]_.

    Parameters
    ----------
    labels : iterable
        One label for each person; ``None``, ``nan`` and empty texts are left out.

    Returns
    -------
    float
        From 0 up to less than 1; ``nan`` without labels.

    Raises
    ------
    ParameterError
        If a label is a list or the like.

    References
    ----------
    .. [1] Blau, Inequality and Heterogeneity (1977).

    Examples
    --------
    >>> blau_index(["law", "law", "steel", "steel"])
    0.5
    """
    found = pd.Series(list(labels), dtype=object)
    try:
        number, _ = pd.factorize(found.mask(found == ""))
    except TypeError:
        raise ParameterError("A label is a word or a number, and one of these is a list or the like.") from None
    counts = np.bincount(number[number >= 0])
    total = int(counts.sum())
    return 1 - int(counts @ counts) / total**2 if total else float("nan")


def variety(graph, groups: Groups) -> pd.Series:
    """How varied the groups of each person's contacts are: Blau's index, every contact counting once.

    Contacts in one group only: 0. `network_range` counts contacts by the strength of their ties instead.

    Parameters
    ----------
    graph : networkx graph, Network or Ties
        Of a directed graph contacts in either direction count. Strengths and self-ties are ignored.
    groups : str, mapping or pandas.Series
        A column of the network's people, or who is in which group. Contacts without a group are left out.

    Returns
    -------
    pandas.Series
        One number for each person, in node order, from 0 up to less than 1. Without contacts of a known group: ``nan``.

    Raises
    ------
    GraphError
        If nobody has a group.
    ParameterError
        As `ei_index`.

    References
    ----------
    .. [1] Blau, Inequality and Heterogeneity (1977).

    Examples
    --------
    >>> import networkx as nx
    >>> star = nx.star_graph(["me", "Ann", "Bo"])
    >>> variety(star, {"me": "law", "Ann": "law", "Bo": "steel"}).to_dict()
    {'me': 0.5, 'Ann': 0.0, 'Bo': 0.0}
    """
    ties = Ties.of(graph, directed=False)
    members = membership(graph, ties, groups)
    known = members.number[ties.indices] >= 0
    person, group = ties.row[known], members.number[ties.indices[known]]
    ones = np.ones(len(person), np.int64)
    counts = sparse.csr_array(sparse.coo_array((ones, (person, group)), shape=(len(ties), len(members.labels))))
    total = np.asarray(counts.sum(axis=1)).ravel()
    alike = np.asarray(counts.multiply(counts).sum(axis=1)).ravel()
    values = 1 - np.divide(alike, total**2, out=np.full(len(ties), np.nan), where=total > 0)
    return pd.Series(values, node_index(ties), name="variety")


def _checked(graph, groups: Groups, what: str) -> tuple[Ties, Membership]:
    ties = Ties.of(graph)
    return ties, membership(graph, ties, groups).with_all(ties, what)


class _Counts:
    """External and internal ties of the network, of groups or of people, under any labels."""

    def __init__(self, ties: Ties, of: str, groups: int) -> None:
        self.source, self.target = ties.pairs
        self.scope = of
        self.length = {"network": 1, "groups": groups, "people": len(ties)}[of]

    def of(self, number: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Both counts, each of shape (1,), (groups,) or (n,)."""
        one, other = number[self.source], number[self.target]
        within = one == other
        if self.scope == "network":
            return np.array([(~within).sum()]), np.array([within.sum()])
        if self.scope == "people":
            one, other = self.source, self.target
        external = np.bincount(one[~within], minlength=self.length) + np.bincount(other[~within], minlength=self.length)
        internal = np.bincount(one[within], minlength=self.length)
        if self.scope == "people":
            internal += np.bincount(other[within], minlength=self.length)
        return external, internal


def _index(external: np.ndarray, internal: np.ndarray) -> np.ndarray:
    total = external + internal
    return np.divide(external - internal, total, out=np.full(len(total), np.nan), where=total > 0)


def _table(counts: _Counts, number: np.ndarray, index: pd.Index) -> pd.DataFrame:
    external, internal = counts.of(number)
    return pd.DataFrame({"external": external, "internal": internal, "ei_index": _index(external, internal)}, index)


def _mixing(ties: Ties, members: Membership) -> np.ndarray:
    groups = len(members.labels)
    cells = members.number[ties.row] * groups + members.number[ties.indices]
    return np.bincount(cells, minlength=groups * groups).reshape(groups, groups)
