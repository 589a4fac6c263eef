"""Opinions that move toward those of the people one listens to, with or without a foot in one's first opinion."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar, NamedTuple

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph
from scipy.sparse.linalg import SuperLU, splu

from tertius.errors import GraphError, ParameterError, check_count, check_least, check_share, lies_between
from tertius.simulate.protocol import Streams
from tertius.ties import Ties

PeopleNumbers = float | Sequence[float] | Mapping
"""One number for all, one for each person in order, or one by name."""


class Opinions(NamedTuple):
    """State of `DeGroot` and `FriedkinJohnsen`; runs on the last axis.

    Attributes
    ----------
    now, first : numpy.ndarray, float64, shape (n, runs)
        What everybody thinks, and what they thought at first.
    """

    now: np.ndarray
    first: np.ndarray


@dataclass(frozen=True, eq=False)
class DeGroot:
    r"""People who take on the average opinion of those they listen to, again and again.

    If everybody is heard by everybody in the end, all come to agree, on an average of the first opinions in which some
    count more: those to whom many listen, who are listened to in turn [1]_. This weight follows position and not being
    right; a crowd is wise only if nobody's weight stays large [2]_.

    Each step, all at once: :math:`x(t+1) = W x(t)`. Row i of W is what i listens to: each contact, and i with
    ``self_weight``, divided by their sum. Where all count the same and listening goes both ways, a person's weight in
    the end is their number of contacts plus ``self_weight``, divided by the sum of these. Without any self-weight a
    network of two camps in which everybody listens to the other camp alone swings for ever. Who listens to nobody
    keeps their opinion.

    Parameters
    ----------
    ties : Ties, Network or networkx.Graph
        Directed ties point at who is listened to. Strength is ignored, unless ``uses_strength``.
    self_weight : float, or one for each person
        How much a person's own opinion counts beside one contact's, at least 0.
    opinions : one number for each person, in order or by name, optional
        First opinions. Drawn evenly from [0, 1) if left out, for each run.
    uses_strength : bool
        Whether contacts count by the strength of the tie.

    Raises
    ------
    GraphError
        If the network has no people.
    ParameterError
        If a setting is out of its range, or there is not one for each person.

    Notes
    -----
    Observed: ``mean`` (of all people's opinions) and ``spread`` (the largest less the smallest), which never grows.

    References
    ----------
    .. [1] DeGroot, Journal of the American Statistical Association 69 (1974), 118-121.
    .. [2] Golub and Jackson, American Economic Journal: Microeconomics 2 (2010), 112-149.

    Examples
    --------
    >>> path = DeGroot([("Ann", "Bo"), ("Bo", "Cy")], opinions=[0, 0, 7])
    >>> path.influence().round(3).tolist()  # contacts plus one, of seven in all
    [0.286, 0.429, 0.286]
    >>> path.settled([0, 0, 7]).round(3).tolist()
    [2.0, 2.0, 2.0]
    """

    ties: Ties
    self_weight: PeopleNumbers = 1.0
    opinions: PeopleNumbers | None = None
    uses_strength: bool = False

    streams: ClassVar[tuple[str, ...]] = ("start",)

    def __post_init__(self) -> None:
        object.__setattr__(self, "ties", Ties.of(self.ties))
        if not len(self.ties):
            raise GraphError("Opinions need people, and this network has none.")
        for name in ("self_weight", "opinions"):
            self._keep(name)
        for person, weight in self._each("self_weight").items():
            check_least(f"self_weight of {person!r}", weight, 0, "a weight beside that of a contact")
        if self.opinions is not None:
            for person, opinion in self._each("opinions").items():
                if not lies_between(opinion, -sys.float_info.max, sys.float_info.max):
                    raise ParameterError(f"The opinion of {person!r} is {opinion!r}; an opinion is a finite number.")

    def _keep(self, name: str) -> None:
        """Keep a setting as it is now, whatever is done later to the row or mapping that was given."""
        value = getattr(self, name)
        if hasattr(value, "keys"):
            object.__setattr__(self, name, dict(value))
        elif not isinstance(value, str) and np.iterable(value):
            object.__setattr__(self, name, tuple(value))

    def _each(self, name: str) -> dict:
        """A setting for each person, by name."""
        return _by_person(self.ties.ids, getattr(self, name), name)

    @cached_property
    def weights(self) -> sparse.csr_array:
        """W: how much each person (row) listens to each (column); rows sum to 1; shape (n, n)."""
        n = len(self.ties)
        heard = self.ties.array() if self.uses_strength else (self.ties.array() > 0).astype(float)
        own = np.array(list(self._each("self_weight").values()), float)
        if self.uses_strength:  # as shares of the strongest: sums of very strong ties would be endless
            most = np.maximum(heard.max(axis=1).toarray().ravel(), own)
            most[most == 0] = 1.0
            heard.data, own = heard.data / np.repeat(most, np.diff(heard.indptr)), own / most
        total = heard.sum(axis=1) + own
        own = np.where(total == 0, 1.0, own)
        total = np.where(total == 0, 1.0, total)
        weights = sparse.csr_array(sparse.diags_array(1 / total) @ (heard + sparse.diags_array(own, shape=(n, n))))
        weights.sort_indices()
        if weights.nnz < np.iinfo(np.int32).max:  # a third less to read at every step
            weights.indices, weights.indptr = weights.indices.astype(np.int32), weights.indptr.astype(np.int32)
        return weights

    def start(self, rng: Streams, runs: int) -> Opinions:
        """Take the first opinions, or draw them."""
        drawn = rng.start.random((len(self.ties), runs))
        if self.opinions is not None:
            drawn = np.repeat(np.array(list(self._each("opinions").values()), float)[:, None], runs, axis=1)
        return Opinions(drawn, drawn)

    def step(self, state: Opinions, t: int, rng: Streams) -> Opinions:
        """Let everybody listen once."""
        return state._replace(now=self.heard(state.now, state.first))

    def heard(self, now: np.ndarray, first: np.ndarray) -> np.ndarray:
        """Opinions after everybody has listened once; of one history (n,), or of several (n, runs)."""
        return self.weights @ now

    def after(self, steps: int, opinions: PeopleNumbers | None = None) -> np.ndarray:
        """Opinions after some steps, from given first ones; the model's own if left out; float64, shape (n,).

        Once nothing changes any more, or two states take turns (in the last digit, or of two camps that swing), what
        comes is known and is not worked out again.
        """
        check_count("steps", steps, 0)
        first = self._first(opinions)
        order, weights = self._in_order
        kept = (1 - self._follows[order]) * first[order]
        is_kept = kept.any()
        before, now = None, first[order]
        for step in range(steps):
            after = weights @ now
            if is_kept:
                after += kept
            if _are_same(after, now):
                break
            if before is not None and _are_same(after, before):
                now = now if (steps - step) % 2 == 0 else before
                break
            before, now = now, after
        by_person = np.empty_like(now)
        by_person[order] = now
        return by_person

    @cached_property
    def _follows(self) -> np.ndarray:
        """How far each person follows others, from 0 to 1; shape (n,)."""
        return np.ones(len(self.ties))

    @cached_property
    def _in_order(self) -> tuple[np.ndarray, sparse.csr_array]:
        """People, most contacts first, and ΛW in this order: rows of a length beside each other are read faster."""
        order = np.argsort(-np.diff(self.weights.indptr), kind="stable")
        weights = (sparse.diags_array(self._follows[order]) @ self.weights[order][:, order]).tocsr()
        weights.sort_indices()
        return order, weights

    def observe(self, state: Opinions) -> dict[str, np.ndarray]:
        """Measure what people think on average, and how far apart they are."""
        return {"mean": state.now.mean(axis=0), "spread": np.ptp(state.now, axis=0)}

    def influence(self) -> np.ndarray:
        """How much each person's first opinion counts in what all come to agree on.

        Returns
        -------
        numpy.ndarray, float64, shape (n,)
            Shares that sum to 1; 0 for those to whom, in the end, nobody listens.

        Raises
        ------
        GraphError
            If they never all agree: there are several circles who listen to nobody else, or one that swings.
        """
        circles = self._circles()
        if len(circles) > 1:
            raise GraphError(
                f"{len(circles)} circles listen to nobody else, one of them with {self._names(circles[0])} and another "
                f"with {self._names(circles[1])}, so all never agree; ask for each alone."
            )
        share = np.zeros(len(self.ties))
        share[circles[0]] = self._shares(circles[0])
        return share

    def settled(self, opinions: PeopleNumbers | None = None) -> np.ndarray:
        """Opinions in the end, from given first ones: exact.

        Each circle who listen to nobody else agree among themselves, and all others come to stand between them.

        Parameters
        ----------
        opinions : one number for each person, optional
            The model's own if left out.

        Returns
        -------
        numpy.ndarray, float64, shape (n,)

        Raises
        ------
        GraphError
            If a circle swings for ever.
        """
        first = self._first(opinions)
        end, agreed = np.zeros(len(first)), np.zeros(len(first), bool)
        for circle in self._circles():
            end[circle], agreed[circle] = self._shares(circle) @ first[circle], True
        others = np.flatnonzero(~agreed)
        if len(others):
            rows = self.weights[others]
            among = sparse.csc_array(sparse.eye_array(len(others)) - rows[:, others])
            end[others] = splu(among).solve(rows[:, np.flatnonzero(agreed)] @ end[agreed])
        return end

    def _first(self, opinions: PeopleNumbers | None) -> np.ndarray:
        given = self.opinions if opinions is None else opinions
        if given is None:
            raise ParameterError("Opinions are drawn for each run of this model; say from which ones to begin.")
        if isinstance(given, np.ndarray) and given.shape == (len(self.ties),):
            return given.astype(float)
        return np.array(list(_by_person(self.ties.ids, given, "opinions").values()), float)

    def _circles(self) -> list[np.ndarray]:
        """Circles of people who all hear of each other and listen to nobody else, by their first member."""
        count, circle = csgraph.connected_components(self.weights, connection="strong")
        source = np.repeat(np.arange(len(circle)), np.diff(self.weights.indptr))
        leaves = circle[source] != circle[self.weights.indices]
        closed = np.setdiff1d(np.arange(count), circle[source[leaves]])
        return sorted((np.flatnonzero(circle == k) for k in closed), key=lambda members: members[0])

    def _shares(self, circle: np.ndarray) -> np.ndarray:
        """Each member's share in what a circle comes to agree on."""
        within = self.weights[circle][:, circle]
        if not within.diagonal().any() and _period(within) > 1:
            raise GraphError(
                f"The circle with {self._names(circle)} swings for ever and never settles; give self_weight above 0."
            )
        # The balance of all but one, and that shares sum to one.
        balance = sparse.lil_array(within.T - sparse.eye_array(len(circle)))
        balance[-1] = 1.0
        return splu(sparse.csc_array(balance)).solve(np.eye(len(circle))[-1])

    def _names(self, circle: np.ndarray) -> str:
        names = [repr(self.ties.ids[i]) for i in circle[:3]]
        return " and ".join(names) if len(circle) < 3 else f"{', '.join(names)}{' …' if len(circle) > 3 else ''}"


@dataclass(frozen=True, eq=False)
class FriedkinJohnsen(DeGroot):
    r"""People who listen to each other, and keep a foot in their first opinion.

    So they come closer and need not agree: where they stand in the end is a mixture of everybody's first opinions, and
    the more stubborn count more [1]_. With a susceptibility of 1 for all it is `DeGroot`, with 0 nobody moves.

    Each step, all at once: :math:`x(t+1) = \Lambda W x(t) + (I - \Lambda) x(0)`, with :math:`\Lambda` everybody's
    susceptibility and W as in `DeGroot`.

    Parameters
    ----------
    ties, self_weight, opinions, uses_strength
        As for `DeGroot`.
    susceptibility : float, or one for each person
        How far a person follows others, from 0 (not at all) to 1 (all the way).

    Raises
    ------
    GraphError, ParameterError
        As `DeGroot`.

    Notes
    -----
    Observed: as for `DeGroot`; ``spread`` never passes the first one.

    References
    ----------
    .. [1] Friedkin and Johnsen, Journal of Mathematical Sociology 15 (1990), 193-206.

    Examples
    --------
    >>> two = FriedkinJohnsen([("Ann", "Bo")], self_weight=0, opinions=[0, 1], susceptibility=0.5)
    >>> two.settled().round(3).tolist()  # a/(1 + a) and 1/(1 + a)
    [0.333, 0.667]
    """

    susceptibility: PeopleNumbers = 0.8

    def __post_init__(self) -> None:
        super().__post_init__()
        self._keep("susceptibility")
        for person, share in self._each("susceptibility").items():
            check_share(f"susceptibility of {person!r}", share, "share")

    @cached_property
    def _follows(self) -> np.ndarray:
        return np.array(list(self._each("susceptibility").values()), float)

    def heard(self, now: np.ndarray, first: np.ndarray) -> np.ndarray:
        """Opinions after everybody has listened once, some of them less."""
        follows = self._follows.reshape(-1, *[1] * (now.ndim - 1))
        return follows * (self.weights @ now) + (1 - follows) * first

    def settled(self, opinions: PeopleNumbers | None = None) -> np.ndarray:
        """Opinions in the end, from given first ones: exact.

        Parameters
        ----------
        opinions : one number for each person, optional
            The model's own if left out.

        Returns
        -------
        numpy.ndarray, float64, shape (n,)

        Raises
        ------
        GraphError
            If a circle who listen to nobody else are all fully susceptible; then nothing holds them (see `DeGroot`).
        """
        first = self._first(opinions)
        return self._held().solve((1 - self._follows) * first)

    def influence(self) -> np.ndarray:
        """How much each person's first opinion counts, on average over where all stand in the end.

        Returns
        -------
        numpy.ndarray, float64, shape (n,)
            Shares that sum to 1.

        Raises
        ------
        GraphError
            As `settled`.
        """
        n = len(self.ties)
        return self._held().solve(np.full(n, 1 / n), trans="T") * (1 - self._follows)

    def _held(self) -> SuperLU:
        """I − ΛW, factored; refused if there is a circle whom nothing holds."""
        for circle in self._circles():
            if (self._follows[circle] == 1).all():
                raise GraphError(
                    f"The circle with {self._names(circle)} listens to nobody else, and all in it follow fully; give "
                    "one of them a susceptibility below 1, or ask DeGroot."
                )
        moves = sparse.eye_array(len(self.ties)) - sparse.diags_array(self._follows) @ self.weights
        return splu(sparse.csc_array(moves))


def _by_person(ids: tuple, given: PeopleNumbers, name: str) -> dict:
    """One number for each person by name, from one for all, a row of them, or a mapping."""
    if hasattr(given, "keys"):
        given, there = dict(given), set(ids)
        strangers = [person for person in given if person not in there]
        missing = [person for person in ids if person not in given]
        if strangers:
            raise ParameterError(f"{name} names {strangers[0]!r}, who is not in this network.")
        if missing:
            raise ParameterError(f"{name} holds nothing for {missing[0]!r}; give one number for each person.")
        return {person: given[person] for person in ids}
    if isinstance(given, str) or not np.iterable(given):
        return dict.fromkeys(ids, given)
    values = list(given)
    if len(values) != len(ids):
        raise ParameterError(f"{name} holds {len(values)} numbers, and there are {len(ids)} people.")
    return dict(zip(ids, values, strict=True))


def _are_same(one: np.ndarray, other: np.ndarray) -> bool:
    """Whether all is equal; the first number alone settles it most of the time."""
    return bool(one[0] == other[0]) and np.array_equal(one, other)


def _period(links: sparse.csr_array) -> int:
    """Greatest common divisor of the lengths of all ways back, in a network in which all reach each other."""
    steps = csgraph.shortest_path(links, unweighted=True, indices=0)
    source = np.repeat(np.arange(links.shape[0]), np.diff(links.indptr))
    return int(np.gcd.reduce((steps[source] + 1 - steps[links.indices]).astype(np.int64)))
