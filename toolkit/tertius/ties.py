"""`Ties`: one relation of a network as read-only arrays, and the one door where graphs are checked and converted."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain

import networkx as nx
import numpy as np
from scipy import sparse

from tertius.errors import GraphError, choose_from, warn

ALTER_TIES = ("complete", "reported", "partial", "inferred", "none")
"""How much is known about ties among a person's contacts, from everything to nothing."""


@dataclass(frozen=True, eq=False)
class Ties:
    """Who is tied to whom, and how strongly, as compressed rows.

    Make one with `Ties.of`. Row ``i`` holds the nodes that ``ids[i]`` is tied to (directed: points at), in ascending
    order. An undirected tie stands in both rows. All arrays are read-only.

    Attributes
    ----------
    indptr : numpy.ndarray, int64, shape (n + 1,)
        Row ``i`` is ``indices[indptr[i]:indptr[i + 1]]``.
    indices : numpy.ndarray, int32
        Positions of the nodes tied to.
    strength : numpy.ndarray, float64
        One positive, finite number for each entry of ``indices``; larger is closer.
    ids : tuple
        The nodes, in the graph's order.
    directed : bool
    alter_ties : str
        What the source could know about ties among contacts: one of `ALTER_TIES`.
    self_ties_dropped : int
        How many ties from a node to itself were left out.
    """

    indptr: np.ndarray
    indices: np.ndarray
    strength: np.ndarray
    ids: tuple
    directed: bool = False
    alter_ties: str = "complete"
    self_ties_dropped: int = field(default=0)

    def __post_init__(self) -> None:
        choose_from(self.alter_ties, ALTER_TIES, "alter_ties")
        for array in (self.indptr, self.indices, self.strength):
            array.flags.writeable = False

    @classmethod
    def of(cls, graph, relation=None, wave=None, directed: bool | None = None, *, parallel: str | None = None) -> Ties:
        """Convert anything that is a network, checking it once.

        Parameters
        ----------
        graph : networkx graph, Network, Ties, square scipy sparse or numpy array, or iterable of ties
            A tie in an iterable is ``(source, target)`` or ``(source, target, strength)``. On a networkx edge,
            strength is its ``strength``, else its ``weight`` (taken as larger-is-closer), else 1.
        relation, wave : optional
            Which relation and wave of a `Network`; its defaults if left out.
        directed : bool, optional
            Default: as the graph is (an array: directed unless symmetric; an iterable: undirected). ``False`` on a
            directed graph adds the strengths of the two directions (Burt 1992); ``True`` on an undirected graph
            keeps both directions.
        parallel : {"sum", "max"}, optional
            What to do with several ties between the same two nodes. Without it they are refused.

        Returns
        -------
        Ties

        Raises
        ------
        GraphError
            If a strength is not a positive finite number, if two nodes share several ties and ``parallel`` was not
            given, or if ``graph`` is not a network.

        Examples
        --------
        >>> ties = Ties.of([("Ann", "Bo"), ("Bo", "Cy", 0.5)])
        >>> ties.ids, ties.n_ties
        (('Ann', 'Bo', 'Cy'), 2)
        >>> ties.degree.tolist()
        [1, 2, 1]
        """
        if parallel is not None:
            choose_from(parallel, ("sum", "max"), "parallel")
        if isinstance(graph, Ties):
            return graph if directed is None or directed == graph.directed else graph._turned(directed)
        if hasattr(graph, "to_ties"):
            return graph.to_ties(relation=relation, wave=wave, directed=directed)
        if relation is not None or wave is not None:
            raise GraphError(
                f"relation and wave choose among the ties of a Network; this is a {type(graph).__name__}, "
                "which has one set of ties. Leave them out."
            )
        alter_ties = "complete"
        if isinstance(graph, nx.Graph):
            ids, source, target, strength = _from_networkx(graph)
            was_directed, both_ways = graph.is_directed(), not graph.is_directed()
            alter_ties = graph.graph.get("alter_ties", "complete")
        elif sparse.issparse(graph) or isinstance(graph, np.ndarray):
            ids, source, target, strength, was_directed = _from_array(graph)
            both_ways = not was_directed
        else:
            ids, source, target, strength = _from_pairs(graph)
            was_directed, both_ways = bool(directed), False
        return cls._build(ids, source, target, strength, was_directed, both_ways, directed, parallel, alter_ties)

    @classmethod
    def _build(cls, ids, source, target, strength, was_directed, both_ways, directed, parallel, alter_ties) -> Ties:
        """Check strengths, drop self-ties, settle parallel ties, sort.

        ``both_ways`` says that undirected ties arrive in both directions already.
        """
        _check_strengths(ids, source, target, strength)
        loops = source == target
        dropped = int(np.count_nonzero(loops))
        if dropped:
            source, target, strength = source[~loops], target[~loops], strength[~loops]
        if not was_directed and not both_ways:
            source, target = np.concatenate([source, target]), np.concatenate([target, source])
            strength = np.concatenate([strength, strength])
        n = len(ids)
        key = source * n + target
        if not (key[1:] > key[:-1]).all():
            if strength.min() == strength.max():
                key = np.sort(key)
            else:
                order = np.argsort(key)
                key, strength = key[order], strength[order]
            if not (key[1:] > key[:-1]).all():
                key, strength = _joined(ids, key, strength, parallel)
            target = key % n
        indptr = np.searchsorted(key, np.arange(n + 1) * n)
        ties = cls(indptr, target.astype(np.int32), strength, tuple(ids), was_directed, alter_ties, dropped)
        return ties if directed is None or directed == was_directed else ties._turned(directed)

    def _turned(self, directed: bool) -> Ties:
        if directed:
            return replace(self, directed=True)
        source, target = self.row.astype(np.int64), self.indices.astype(np.int64)
        ends = np.concatenate([source, target]), np.concatenate([target, source])
        strength = np.concatenate([self.strength, self.strength])
        ties = Ties._build(self.ids, *ends, strength, False, True, None, "sum", self.alter_ties)
        return replace(ties, self_ties_dropped=self.self_ties_dropped)

    def __len__(self) -> int:
        return len(self.ids)

    def __repr__(self) -> str:
        kind = "directed" if self.directed else "undirected"
        return f"Ties({len(self)} nodes, {self.n_ties} {kind} ties)"

    @property
    def n_ties(self) -> int:
        """Number of ties; an undirected tie counts once."""
        return len(self.indices) if self.directed else len(self.indices) // 2

    @cached_property
    def degree(self) -> np.ndarray:
        """Number of nodes each node is tied to (directed: points at); int64, shape (n,)."""
        return _frozen(np.diff(self.indptr))

    @cached_property
    def row(self) -> np.ndarray:
        """The row that each entry of ``indices`` stands in; int32, the same length."""
        return _frozen(np.repeat(np.arange(len(self), dtype=np.int32), self.degree))

    @cached_property
    def once(self) -> np.ndarray:
        """Positions in ``indices`` that name every tie exactly once; int64, shape (n_ties,)."""
        if self.directed:
            return _frozen(np.arange(len(self.indices)))
        return _frozen(np.flatnonzero(self.row < self.indices))

    @property
    def pairs(self) -> tuple[np.ndarray, np.ndarray]:
        """Ends of every tie, once: two int32 arrays, shape (n_ties,), in row order."""
        return self.row[self.once], self.indices[self.once]

    @property
    def pair_strength(self) -> np.ndarray:
        """Strength of every tie, in the order of `pairs`; float64, shape (n_ties,)."""
        return self.strength[self.once]

    def named_pairs(self) -> list[tuple[Hashable, Hashable]]:
        """Ends of every tie, by name, in the order of `pairs`."""
        source, target = self.pairs
        return [(self.ids[u], self.ids[v]) for u, v in zip(source.tolist(), target.tolist(), strict=True)]

    def array(self) -> sparse.csr_array:
        """The strengths as a scipy sparse array, shape (n, n)."""
        return sparse.csr_array((self.strength, self.indices, self.indptr), shape=(len(self), len(self)))

    def undirected(self, what: str) -> Ties:
        """Return self, or refuse on behalf of ``what`` if directed."""
        if self.directed:
            raise GraphError(
                f"{what} is defined for undirected ties, and these are directed. "
                "Pass graph.to_undirected(), or Ties.of(graph, directed=False), to ignore direction."
            )
        return self

    def knowing_alter_ties(self, what: str) -> Ties:
        """Return self; refuse on behalf of ``what`` if nobody could know who knows whom, warn if only some is known."""
        if self.alter_ties == "none":
            raise GraphError(
                f"{what} needs to know which of your contacts know each other, and this file does not say: it is a "
                "star around you. Add ties among the contacts who matter most, then ask again."
            )
        if self.caveat:
            warn(f"{what}: {self.caveat}")
        return self

    @property
    def caveat(self) -> str | None:
        """What to know before reading a measure that depends on who knows whom, or ``None``."""
        if self.alter_ties == "partial":
            return "only some ties among contacts are known; with the others, contacts would be more connected."
        if self.alter_ties == "inferred":
            return "ties among contacts are inferred, not reported; where the guess is wrong, so is this."
        return None


def _frozen(array: np.ndarray) -> np.ndarray:
    array.flags.writeable = False
    return array


def read_networkx(graph: nx.Graph) -> tuple[list, np.ndarray, np.ndarray, list[dict]]:
    """Read the nodes of a networkx graph, and for each neighbour of each both positions (int64) and the edge's data."""
    ids = list(graph)
    rows = [row for _, row in graph.adjacency()]
    lengths = np.fromiter(map(len, rows), np.int64, len(ids))
    ends = chain.from_iterable(rows)
    if ids != list(range(len(ids))):
        ends = map({node: i for i, node in enumerate(ids)}.__getitem__, ends)
    target = np.fromiter(ends, np.int64, int(lengths.sum()))
    source = np.repeat(np.arange(len(ids)), lengths)
    data = list(chain.from_iterable(row.values() for row in rows))
    if graph.is_multigraph():
        several = np.fromiter(map(len, data), np.int64, len(data))
        source, target = np.repeat(source, several), np.repeat(target, several)
        data = list(chain.from_iterable(keyed.values() for keyed in data))
    return ids, source, target, data


def _from_networkx(graph: nx.Graph):
    ids, source, target, data = read_networkx(graph)
    if not any(data):
        return ids, source, target, np.ones(len(data))
    values = [d.get("strength", d.get("weight", 1.0)) for d in data]
    return ids, source, target, as_strengths(values, lambda k: (ids[source[k]], ids[target[k]]))


def _from_array(array):
    if array.ndim != 2 or array.shape[0] != array.shape[1]:
        raise GraphError(f"An array of ties must be square, a row and a column a node; this one is {array.shape}.")
    if array.dtype.kind not in "biuf":
        raise GraphError(f"An array of ties must hold numbers; this one holds {array.dtype}.")
    rows = sparse.csr_array(array, dtype=float, copy=True)
    rows.sum_duplicates()
    rows.eliminate_zeros()
    n = array.shape[0]
    source = np.repeat(np.arange(n), np.diff(rows.indptr))
    symmetric = (rows != rows.T).nnz == 0
    return list(range(n)), source, rows.indices.astype(np.int64), rows.data, not symmetric


def _from_pairs(pairs: Iterable):
    shape = "(source, target) or (source, target, strength)"
    if isinstance(pairs, (str, bytes)) or not isinstance(pairs, Iterable):
        raise GraphError(
            f"A network is a networkx graph, a Network, an array, or a list of {shape}; not a {type(pairs).__name__}."
        )
    index: dict[Hashable, int] = {}
    source, target, values = [], [], []
    for k, tie in enumerate(pairs):
        if isinstance(tie, str) or not hasattr(tie, "__len__") or len(tie) not in (2, 3):
            raise GraphError(f"Tie {k} is {tie!r}; a tie is {shape}.")
        try:
            source.append(index.setdefault(tie[0], len(index)))
            target.append(index.setdefault(tie[1], len(index)))
        except TypeError:
            raise GraphError(f"Tie {k} is {tie!r}; a name is a text, a number or a tuple of these.") from None
        values.append(tie[2] if len(tie) == 3 else 1.0)
    ids = list(index)
    strength = as_strengths(values, lambda k: (ids[source[k]], ids[target[k]]))
    return ids, np.array(source, np.int64), np.array(target, np.int64), strength


def as_strengths(values: list, name: Callable[[int], tuple]) -> np.ndarray:
    """Make numbers of values, or refuse the first that is none; ``name`` tells the ends of a tie by its position."""
    try:
        if any(issubclass(kind, (str, bytes, type(None))) for kind in set(map(type, values))):
            raise TypeError
        return np.array(values, float).reshape(len(values))
    except (TypeError, ValueError, OverflowError):
        for k, value in enumerate(values):
            try:
                if value is None or isinstance(value, (str, bytes)):
                    raise TypeError
                float(value)
            except (TypeError, ValueError, OverflowError):
                u, v = name(k)
                raise GraphError(
                    f"The tie {u!r}–{v!r} has the strength {value!r}; a strength is a positive number."
                ) from None
        raise


def _check_strengths(ids, source, target, strength) -> None:
    if not len(strength) or (strength.min() > 0 and strength.max() < np.inf):
        return
    wrong = np.flatnonzero(~(np.isfinite(strength) & (strength > 0)))
    k = wrong[0]
    value = strength[k]
    if value == 0:
        hint = "leave such a tie out"
    elif value < 0:
        hint = "put ties that work against each other into a relation of their own"
    else:
        hint = "give it a number, or leave the tie out"
    raise GraphError(
        f"The tie {ids[source[k]]!r}–{ids[target[k]]!r} has the strength {value:g}, and a strength is a positive, "
        f"finite number ({wrong.size} such {'entry' if wrong.size == 1 else 'entries'}): {hint}."
    )


def _joined(ids, key, strength, parallel):
    """Settle ties that stand several times in a sorted list."""
    first = np.diff(key, prepend=-1) > 0
    if parallel is None:
        source, target = divmod(key[~first][0], len(ids))
        raise GraphError(
            f"{ids[source]!r} and {ids[target]!r} share more than one tie. "
            "Say how to join them: Ties.of(graph, parallel='sum') or parallel='max'."
        )
    starts = np.flatnonzero(first)
    join = np.add if parallel == "sum" else np.maximum
    with np.errstate(over="ignore"):
        key, strength = key[starts], join.reduceat(strength, starts)
    _check_strengths(ids, *divmod(key, len(ids)), strength)
    return key, strength
