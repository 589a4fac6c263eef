"""Who stands between whom, by group: the five brokerage roles of Gould and Fernandez."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

import numpy as np
import pandas as pd
from scipy import sparse

from tertius.errors import choose_from
from tertius.measures.chance import AgainstChance, against_chance
from tertius.measures.groups import Groups, Membership, membership
from tertius.measures.lookup import HashTables, PlainTable, lookup
from tertius.measures.tables import node_index
from tertius.measures.triangles import triangles
from tertius.ties import Ties

ROLES = ("coordinator", "itinerant", "representative", "gatekeeper", "liaison")
"""By the groups of sender, broker and receiver: AAA, ABA, AAB, ABB, ABC."""

_ROLE = np.array([4, 2, 3, -1, 1, -1, -1, 0])  # what `_role` looks up; of three groups, just two cannot be one pair
_REVERSED = [0, 1, 3, 2, 4]  # the role when word goes the other way

BLOCK = 2_000_000
"""Two-paths that are looked at together; bounds the memory of the weighted roles to about 100 MB."""


def brokerage_roles(graph, groups: Groups, *, weighted: bool = False) -> pd.DataFrame:
    """Count how often each person stands between two others who are not tied, by the groups of the three.

    Word goes from Ann to Bo to Cy, and Ann has no tie to Cy: Bo brokers. If all three are of one group, Bo is a
    *coordinator*; if only Ann and Cy share one, an *itinerant*, from outside. Ann and Bo of one group, Cy of another:
    a *representative*, who lets word out. Bo and Cy of one, Ann of another: a *gatekeeper*, who lets it in. Three
    groups: a *liaison* [1]_. The same ties under other labels make other roles.

    Parameters
    ----------
    graph : networkx graph, Network or Ties
        A tie points the way word goes; turn "asks for advice" round first. Undirected ties go both ways, so each open
        pair counts twice, and representative equals gatekeeper. Strengths and self-ties are ignored.
    groups : str, mapping or pandas.Series
        A column of the network's people, or who is in which group. Somebody without a group counts as a group of
        their own, with a warning.
    weighted : bool
        Whether a pair is shared out among all who stand between its two people: with two brokers each counts a half.

    Returns
    -------
    pandas.DataFrame
        One row for each person, in node order, with the columns ``coordinator``, ``itinerant``, ``representative``,
        ``gatekeeper`` and ``liaison``: ordered pairs, at least 0. Sum them by group for the roles of a group.

    Raises
    ------
    GraphError
        If the graph does not know which contacts know each other, or if nobody has a group.
    ParameterError
        If ``groups`` names no column and is no mapping.

    References
    ----------
    .. [1] Gould and Fernandez, Sociological Methodology 19 (1989), 89-126.

    Examples
    --------
    >>> import networkx as nx
    >>> word = nx.DiGraph([("Ann", "Bo"), ("Bo", "Cy")])
    >>> roles = brokerage_roles(word, {"Ann": "law", "Bo": "law", "Cy": "steel"})
    >>> roles.loc["Bo"].to_dict()  # a lawyer who takes word from a lawyer out to steel
    {'coordinator': 0, 'itinerant': 0, 'representative': 1, 'gatekeeper': 0, 'liaison': 0}
    """
    ties, members = _checked(graph, groups)
    nodes = node_index(ties)
    roles = _weighted(ties, members.number) if weighted else _OpenPairs(ties).roles(members.number)
    return pd.DataFrame(roles, nodes, list(ROLES))


def brokerage_by_chance(
    graph, groups: Groups, *, of: str = "groups", shuffles: int = 1000, seed: int | None = None
) -> AgainstChance:
    """Compare brokerage roles with what the same ties give when labels are dealt out at random.

    Parameters
    ----------
    graph, groups
        As for `brokerage_roles`.
    of : {"groups", "people", "network"}
        Whose roles: those of all members of each group together, of each person, or of everybody together. A group
        keeps its name and size in a shuffle; its members change.
    shuffles : int
        How often, at least 1.
    seed : int, optional
        Give the same seed for the same shuffles.

    Returns
    -------
    AgainstChance
        Numbers indexed by group or person and role (of the network: by role). ``expected`` is exact: a person's open
        pairs times the chance that three people drawn at random have such labels. Of many people a twentieth is
        beyond 1 in 20 by luck alone.

    Raises
    ------
    GraphError, ParameterError
        As `brokerage_roles`.

    Examples
    --------
    >>> import networkx as nx
    >>> star = nx.star_graph(["hub", "Ann", "Bo", "Cy"])
    >>> chance = brokerage_by_chance(star, dict.fromkeys(star, "law"), of="network", seed=1)
    >>> chance.expected.to_dict()["coordinator"]  # one group: nothing to shuffle
    6.0
    """
    choose_from(of, ("groups", "people", "network"), "of")
    ties, members = _checked(graph, groups)
    pairs = _OpenPairs(ties)
    shape = (len(members.labels), len(ROLES))

    def measure(number: np.ndarray) -> np.ndarray:
        roles = pairs.roles(number)
        if of == "people":
            return roles.ravel()
        if of == "network":
            return roles.sum(axis=0)
        return np.stack([np.bincount(number, role, minlength=shape[0]) for role in roles.T], axis=1).ravel()

    likely = _likely(members.sizes)
    opened = pairs.roles(members.number).sum(axis=1)
    if of == "people":
        nodes = node_index(ties)
        index, expected = _by_role(nodes, "person"), np.outer(opened, likely.sum(axis=0))
    elif of == "network":
        index, expected = pd.Index(ROLES, name="role"), opened.sum() * likely.sum(axis=0)
    else:
        index, expected = _by_role(members.index, "group"), opened.sum() * likely
    return against_chance(members.number, measure, expected.ravel(), index, shuffles, seed)


def _checked(graph, groups: Groups) -> tuple[Ties, Membership]:
    ties = Ties.of(graph).knowing_alter_ties("Brokerage")
    return ties, membership(graph, ties, groups).with_loners(ties)


def _by_role(index: pd.Index, name: str) -> pd.MultiIndex:
    codes = np.divmod(np.arange(len(index) * len(ROLES)), len(ROLES))
    return pd.MultiIndex(levels=[index, pd.Index(ROLES)], codes=list(codes), names=(name, "role"))


def _likely(sizes: np.ndarray) -> np.ndarray:
    """Chance that a broker drawn at random is of a group and has a role, of three people; shape (groups, 5)."""
    n = sizes.sum()
    if n < 3:
        return np.zeros((len(sizes), len(ROLES)))
    others = n - sizes
    pairs_elsewhere = (sizes * (sizes - 1)).sum() - sizes * (sizes - 1)
    counts = [
        sizes * (sizes - 1) * (sizes - 2),
        sizes * pairs_elsewhere,
        sizes * (sizes - 1) * others,
        sizes * (sizes - 1) * others,
        sizes * (others * (others - 1) - pairs_elsewhere),
    ]
    return np.stack(counts, axis=1) / (n * (n - 1) * (n - 2))


class _OpenPairs:
    """What the roles under any labels are counted from: all two-paths, less those that lead back or are closed.

    Two-paths are counted group by group, without listing them; only those around triangles are listed.
    """

    def __init__(self, ties: Ties) -> None:
        self.n = len(ties)
        self.source, self.target = ties.row.astype(np.int64), ties.indices.astype(np.int64)
        self.out_degree = np.bincount(self.source, minlength=self.n)
        self.in_degree = np.bincount(self.target, minlength=self.n)
        listed = triangles(ties)
        self.low, self.high, self.sides = listed.low, listed.high, listed.sides()
        corners = np.stack([self.low[self.sides[0]], self.high[self.sides[0]], self.high[self.sides[1]]])
        self.broker = corners * len(ROLES)
        self.both_ways = not ties.directed  # what holds one way holds the other way, too
        if self.both_ways:
            self.back = self.source, self.target
            self.paths = [(path, slice(None)) for path in ((0, 1, 2), (1, 2, 0), (2, 0, 1))]
            return
        arcs = lookup(self.source * self.n + self.target, self.n**2)
        mutual = _among(arcs, self.target * self.n + self.source)
        self.back = self.source[mutual], self.target[mutual]
        up, down = _among(arcs, self.low * self.n + self.high), _among(arcs, self.high * self.n + self.low)
        self.paths = []
        for i, v, j in permutations(range(3)):
            held = [(up if x < y else down)[self.sides[_side(x, y)]] for x, y in ((i, v), (v, j), (i, j))]
            self.paths.append(((i, v, j), np.flatnonzero(np.logical_and.reduce(held))))

    def roles(self, number: np.ndarray) -> np.ndarray:
        """Ordered open pairs of each person by role; int64, shape (n, 5)."""
        groups = int(number.max()) + 1 if self.n else 0
        sent = _by_group(self.source, number[self.target], self.n, groups)
        received = sent if self.both_ways else _by_group(self.target, number[self.source], self.n, groups)
        within = number[self.source] == number[self.target]
        same_out = np.bincount(self.source[within], minlength=self.n)
        same_in = same_out if self.both_ways else np.bincount(self.target[within], minlength=self.n)
        other_out, other_in = self.out_degree - same_out, self.in_degree - same_in
        both_elsewhere = np.asarray(sent.multiply(received).sum(axis=1)).ravel() - same_in * same_out
        counts = np.stack(
            [
                same_in * same_out,
                both_elsewhere,
                same_in * other_out,
                other_in * same_out,
                other_in * other_out - both_elsewhere,
            ],
            axis=1,
        )
        broker, contact = self.back
        role = np.where(number[broker] == number[contact], 0, 1)
        counts -= np.bincount(broker * len(ROLES) + role, minlength=counts.size).reshape(counts.shape)
        alike = (number[self.low] == number[self.high])[self.sides]
        for (i, v, j), closed in self.paths:
            role = _role(*(alike[_side(x, y), closed] for x, y in ((i, v), (v, j), (i, j))))
            taken = np.bincount(self.broker[v, closed] + role, minlength=counts.size).reshape(counts.shape)
            counts -= taken + taken[:, _REVERSED] if self.both_ways else taken
        return counts


def _side(x: int, y: int) -> int:
    """Which side of a triangle joins two of its corners: 0-1, 0-2 and 1-2 in turn."""
    return x + y - 1


def _by_group(person: np.ndarray, group: np.ndarray, n: int, groups: int) -> sparse.csr_array:
    """How many ties each person has with each group; shape (n, groups)."""
    return sparse.csr_array(sparse.coo_array((np.ones(len(person), np.int64), (person, group)), shape=(n, groups)))


def _role(from_own: np.ndarray, to_own: np.ndarray, alike: np.ndarray) -> np.ndarray:
    """Position in `ROLES`: is the sender of the broker's group, the receiver, and are these two of one group?"""
    return _ROLE[from_own + 2 * to_own + 4 * alike]


def _among(keys: PlainTable | HashTables, wanted: np.ndarray) -> np.ndarray:
    """Whether each number is among the keys."""
    is_there = np.zeros(len(wanted), bool)
    is_there[keys.find(keys.mixed(wanted))[0]] = True
    return is_there


def _weighted(ties: Ties, number: np.ndarray) -> np.ndarray:
    """Open pairs by role, each shared out among its brokers; float64, shape (n, 5)."""
    n = len(ties)
    roles = np.zeros(n * len(ROLES))
    arcs = lookup(ties.row.astype(np.int64) * n + ties.indices, n**2)
    for i, v, j in _two_paths(ties):
        pair = i * n + j
        opened = (i != j) & ~_among(arcs, pair)
        i, v, j = i[opened], v[opened], j[opened]
        sender, broker, receiver = number[i], number[v], number[j]
        role = _role(sender == broker, receiver == broker, sender == receiver)
        _, place, brokers = np.unique(pair[opened], return_inverse=True, return_counts=True)
        roles += np.bincount(v * len(ROLES) + role, 1 / brokers[place], len(roles))
    return roles.reshape(n, len(ROLES))


def _two_paths(ties: Ties) -> Iterator[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """All i→v→j in blocks; all that begin at one person are in the same block."""
    lengths = ties.degree[ties.indices]
    before = np.concatenate([[0], np.cumsum(lengths)])[ties.indptr]  # two-paths that begin at earlier people
    start = 0
    while start < len(ties):
        stop = max(start + 1, int(np.searchsorted(before, before[start] + BLOCK, side="right")) - 1)
        arcs = slice(ties.indptr[start], ties.indptr[stop])
        v = np.repeat(ties.indices[arcs].astype(np.int64), lengths[arcs])
        i = np.repeat(ties.row[arcs].astype(np.int64), lengths[arcs])
        offset = np.arange(len(v)) - np.repeat(np.cumsum(lengths[arcs]) - lengths[arcs], lengths[arcs])
        yield i, v, ties.indices[ties.indptr[v] + offset].astype(np.int64)
        start = stop
