"""Friends of friends become acquainted, and a bridge that was tended stops being one."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar, NamedTuple

import numpy as np
from scipy import sparse

from tertius.errors import GraphError, ParameterError, check_count, check_least, check_share
from tertius.measures.bridges import common_contacts
from tertius.measures.closure import strong_array, strong_ties
from tertius.models.waiting import tries_needed
from tertius.simulate.protocol import Streams
from tertius.ties import Ties

PAIRS_AT_ONCE = 1 << 14
"""How many pairs draw their luck together; the luck is the same for any number."""


class Closing(NamedTuple):
    """State of `ClosurePressure`; runs on the last axis.

    Attributes
    ----------
    closes_with : numpy.ndarray, int32, shape (pairs under pressure, runs)
        The step with which each of these pairs closes; a run's whole luck.
    t : numpy.ndarray, int64, shape (runs,)
        Steps so far.
    """

    closes_with: np.ndarray
    t: np.ndarray


@dataclass(frozen=True, eq=False)
class ClosurePressure:
    """Two people who are both close to a third meet sooner or later, and bridges get company.

    An acquaintance in another circle is worth tending. But once the tie is strong, your close contacts and that
    person come under pressure to meet; as soon as one of them does, the two of you have a contact in common and the
    tie is no local bridge any more [1]_.

    In each step, all at once, every pair of people without a tie who share at least one contact to whom both are
    close meets with probability ``chance``. Such a new tie is weak: it puts nobody else under pressure.

    Parameters
    ----------
    ties : Ties, Network or networkx.Graph
        Undirected.
    cut : float
        Ties of at least this strength are close.
    chance : float
        Probability that a pair under pressure meets in a step, in [0, 1].
    bridge : pair of nodes, optional
        A local bridge to keep an eye on.
    tended : bool
        Whether the bridge is made close, whatever its strength.

    Raises
    ------
    GraphError
        If the ties are directed, do not say which contacts know each other, or ``bridge`` is no local bridge.
    ParameterError
        If a setting is out of its range, or ``bridge`` is no pair.

    Notes
    -----
    Observed: ``ties_closed`` (pairs that have met), ``local_bridges`` (ties whose ends share nobody) and, with a
    ``bridge``, ``bridge_stands`` (1 while it is a local bridge, then 0). When each pair would meet is drawn at the
    start, for every pair that shares a contact, close or not. So with the same seed, run by run, more chance, a lower
    cut or a tended bridge close at least the same pairs.

    References
    ----------
    .. [1] Granovetter, American Journal of Sociology 78 (1973), 1360-1380.

    Examples
    --------
    >>> from tertius.simulate import simulate
    >>> circles = Ties.of([("Ann", "Bo"), ("Bo", "Cy", 0.2), ("Cy", "Di")])
    >>> simulate(ClosurePressure(circles, chance=1, bridge=("Bo", "Cy")), 1, seed=1)["bridge_stands"].tolist()
    [1, 0]
    >>> left_alone = ClosurePressure(circles, chance=1, bridge=("Bo", "Cy"), tended=False)
    >>> simulate(left_alone, 1, seed=1)["bridge_stands"].tolist()
    [1, 1]
    """

    ties: Ties
    cut: float = 0.6
    chance: float = 0.03
    bridge: tuple[Hashable, Hashable] | None = None
    tended: bool = True

    streams: ClassVar[tuple[str, ...]] = ("closing",)

    def __post_init__(self) -> None:
        ties = Ties.of(self.ties).undirected("Closure pressure").knowing_alter_ties("Closure pressure")
        if not len(ties):
            raise GraphError("Closure pressure needs people, and this network has none.")
        object.__setattr__(self, "ties", ties)
        check_share("chance", self.chance)
        check_least("cut", self.cut, 0, "the least strength of a close tie")
        if self.bridge is not None:
            if isinstance(self.bridge, str) or not np.iterable(self.bridge) or len(tuple(self.bridge)) != 2:
                raise ParameterError(f"bridge is {self.bridge!r}; it is the two people at the ends of a tie.")
            self._bridge_at(*self.bridge)

    @cached_property
    def close(self) -> np.ndarray:
        """Which ties are close; bool, shape (n_ties,), in the order of ``ties.pairs``."""
        close = strong_ties(self.ties, float(self.cut))
        if self.bridge is not None and self.tended:
            close = close | (np.arange(len(close)) == self._bridge_at(*self.bridge))
        return close

    @cached_property
    def pairs(self) -> tuple[np.ndarray, np.ndarray]:
        """Who is under pressure to meet: two arrays, lower position first, in order."""
        u, v = self._open_pairs
        return u[self._pressed], v[self._pressed]

    def pairs_through(self, u: Hashable, v: Hashable) -> int:
        """How many pairs the local bridge u–v puts under pressure: the close ties of its ends, itself left out.

        0 if it is not close itself.

        Raises
        ------
        GraphError
            If there is no such local bridge.
        """
        k = self._bridge_at(u, v)
        return int(self._close_degree[[axis[k] for axis in self.ties.pairs]].sum() - 2) if self.close[k] else 0

    def survival(self, u: Hashable, v: Hashable, steps: int | np.ndarray) -> np.ndarray:
        """Probability that u–v is still a local bridge after some steps: exact.

        It is lost when a contact of one end meets the other end, or when somebody meets both. Each pair stays apart
        for t steps with probability (1 − chance)^t, whatever the others do. Where, without the bridge, its ends are
        five steps or more apart, only the o = `pairs_through` pairs matter, and the whole is (1 − chance)^(o·t).

        Parameters
        ----------
        u, v : nodes
        steps : int or array of int

        Returns
        -------
        numpy.ndarray, float64
            In the shape of ``steps``.

        Raises
        ------
        GraphError
            If there is no such local bridge.
        """
        ones, twos = self._ways_to_end(u, v)
        return _stands((1 - self.chance) ** np.asarray(steps, float), ones, twos)

    def half_life(self, u: Hashable, v: Hashable) -> float:
        """After how many steps the local bridge u–v is as likely lost as not: where `survival` is a half.

        Parameters
        ----------
        u, v : nodes

        Returns
        -------
        float
            ``inf`` if nothing can end it. Where only the `pairs_through` it can, that of `bridge_half_life`.

        Raises
        ------
        GraphError
            If there is no such local bridge.
        """
        ones, twos = self._ways_to_end(u, v)
        if ones + twos == 0 or self.chance in (0, 1):
            return 0.0 if ones + twos and self.chance == 1 else np.inf
        low, high = 0.0, 1.0
        for _ in range(60):
            middle = (low + high) / 2
            low, high = (low, middle) if _stands(middle, ones, twos) > 0.5 else (middle, high)
        return float(np.log(high) / np.log1p(-self.chance))

    def start(self, rng: Streams, runs: int) -> Closing:
        """Draw for each pair when it would meet; the network has no new tie yet."""
        pressed, parts = self._pressed, []
        for first in range(0, len(pressed), PAIRS_AT_ONCE):
            here = pressed[first : first + PAIRS_AT_ONCE]
            parts.append(rng.closing.random((len(here), runs))[here])
        luck = np.concatenate(parts) if parts else np.empty((0, runs))
        return Closing(tries_needed(luck, self.chance), np.zeros(runs, np.int64))

    def step(self, state: Closing, t: int, rng: Streams) -> Closing:
        """Let the pairs meet whose step has come."""
        return state._replace(t=state.t + 1)

    def observe(self, state: Closing) -> dict[str, np.ndarray]:
        """Count what has closed, and the local bridges that are left."""
        standing = self.standing(state)
        observed = {
            "ties_closed": np.count_nonzero(self.closed(state), axis=0),
            "local_bridges": np.count_nonzero(standing, axis=0),
        }
        if self.bridge is not None:
            observed["bridge_stands"] = standing[self._bridge_at(*self.bridge)].astype(np.int64)
        return observed

    def standing(self, state: Closing) -> np.ndarray:
        """Which of the ties are local bridges still; bool, shape (n_ties, runs), or (n_ties,) for one run's state."""
        closed = self.closed(state)
        one_meets, two_meet, first, second = self._threats
        lost = one_meets @ closed.astype(np.int32) + two_meet @ (closed[first] & closed[second]).astype(np.int32) > 0
        standing = np.zeros((self.ties.n_ties, *closed.shape[1:]), bool)
        standing[self._bridges] = ~lost
        return standing

    def closed(self, state: Closing) -> np.ndarray:
        """Which of `pairs` have met; bool, shape (pairs, runs), or (pairs,) for the state of one run."""
        return state.closes_with <= state.t

    def _ways_to_end(self, u: Hashable, v: Hashable) -> tuple[int, int]:
        """How many single pairs end the local bridge u–v by meeting, and how many only together with another."""
        one_meets, two_meet, _, _ = self._threats
        k = np.searchsorted(self._bridges, self._bridge_at(u, v))
        return int(one_meets[[k]].sum()), int(two_meet[[k]].sum())

    @cached_property
    def _close_degree(self) -> np.ndarray:
        return np.diff(strong_array(self.ties, self.close).indptr).astype(np.int64)

    @cached_property
    def _open_pairs(self) -> tuple[np.ndarray, np.ndarray]:
        """All pairs without a tie who share a contact, whatever the strengths: they draw the luck."""
        tied = self.ties.array().astype(bool).astype(np.int64)
        return _upper((tied @ tied).astype(bool) > tied.astype(bool))

    @cached_property
    def _pressed(self) -> np.ndarray:
        """Which of these are under pressure."""
        close = strong_array(self.ties, self.close)
        u, v = self._open_pairs
        if not len(u):
            return np.zeros(0, bool)
        return np.asarray((close @ close)[u, v]).ravel() > 0

    @cached_property
    def _bridges(self) -> np.ndarray:
        """The local bridges, as positions in ``ties.pairs``."""
        return np.flatnonzero(common_contacts(self.ties) == 0)

    @cached_property
    def _threats(self):
        """What ends each local bridge: a pair that meets, or two pairs with the same third person that both do.

        Four: ones where a pair ends a bridge (bridges, pairs), ones where two do (bridges, twos), and the two.
        """
        n = len(self.ties)
        number = {pair: k for k, pair in enumerate(zip(*(axis.tolist() for axis in self.pairs), strict=True))}
        meets: list[dict[int, int]] = [{} for _ in range(n)]
        for (a, b), k in number.items():
            meets[a][b] = meets[b][a] = k
        indptr, indices = self.ties.indptr, self.ties.indices
        source, target = (axis[self._bridges].tolist() for axis in self.ties.pairs)
        ones, twos = ([], []), ([], [], [])
        for bridge, (u, v) in enumerate(zip(source, target, strict=True)):
            around = [indices[indptr[w] : indptr[w + 1]].tolist() for w in (u, v)]
            for end, others in ((v, around[0]), (u, around[1])):
                for w in others:
                    if w in meets[end]:
                        ones[0].append(bridge)
                        ones[1].append(meets[end][w])
            for w in meets[u].keys() & meets[v].keys():
                twos[0].append(bridge)
                twos[1].append(meets[u][w])
                twos[2].append(meets[v][w])
        first, second = (np.array(axis, np.int64) for axis in twos[1:])
        one_meets = _incidence(*ones, (len(self._bridges), len(number)))
        two_meet = _incidence(twos[0], range(len(first)), (len(self._bridges), len(first)))
        return one_meets, two_meet, first, second

    def _bridge_at(self, u: Hashable, v: Hashable) -> int:
        for node in (u, v):
            if node not in self.ties.ids:
                raise GraphError(f"There is no {node!r} in this network.")
        a, b = sorted((self.ties.ids.index(u), self.ties.ids.index(v)))
        source, target = self.ties.pairs
        for k in self._bridges.tolist():
            if source[k] == a and target[k] == b:
                return k
        raise GraphError(
            f"{u!r}–{v!r} is no local bridge of this network: there is no such tie, or its ends share a contact. "
            "tertius.local_bridges lists them."
        )


def bridge_half_life(pairs: int, chance: float) -> float:
    """After how many steps a bridge is lost with probability one half.

    Parameters
    ----------
    pairs : int
        How many pairs of people it puts under pressure to meet (`ClosurePressure.pairs_through`), at least 0.
    chance : float
        Probability that such a pair meets in a step, in [0, 1].

    Returns
    -------
    float
        ln 2 / (−pairs · ln(1 − chance)), where its ends are far apart without it; ``inf`` if nothing threatens it.

    Raises
    ------
    ParameterError
        If a setting is out of its range.

    Examples
    --------
    >>> round(bridge_half_life(8, 0.03), 2)
    2.84
    """
    check_count("pairs", pairs, 0)
    check_share("chance", chance)
    if pairs == 0 or chance == 0:
        return np.inf
    return 0.0 if chance == 1 else float(np.log(2) / (-pairs * np.log1p(-chance)))


def _stands(apart, ones: int, twos: int):
    """Chance that nothing has ended a bridge, if each pair is still apart with probability ``apart``."""
    return apart**ones * (1 - (1 - apart) ** 2) ** twos


def _upper(array) -> tuple[np.ndarray, np.ndarray]:
    """Row and column of the entries above the diagonal, in order."""
    entries = sparse.triu(array, 1).tocoo()
    held = entries.data != 0
    rows, columns = (axis[held].astype(np.int64) for axis in entries.coords)
    order = np.lexsort((columns, rows))
    return rows[order], columns[order]


def _incidence(rows, columns, shape: tuple[int, int]) -> sparse.csr_array:
    ones = np.ones(len(rows), np.int32)
    at = (np.array(rows, np.int64), np.array(list(columns), np.int64))
    return sparse.csr_array(sparse.coo_array((ones, at), shape=shape))
