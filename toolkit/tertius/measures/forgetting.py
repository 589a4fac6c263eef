"""How sure a map can be: what its numbers are if some of the names on it had been forgotten, too."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from itertools import combinations
from math import comb

import numpy as np
import pandas as pd

from tertius.errors import GraphError, ParameterError, check_count, check_least, check_share, choose_from
from tertius.measures.ego_map import STRUCTURAL, EgoMap
from tertius.measures.groups import Groups, membership

WEAK_BELOW = 0.6
"""A tie of less strength is weak: 1 and 2 of a rating from 1 to 5."""

BLOCK = 1 << 21
"""Entries of all maps that are looked at together; bounds memory to some 50 MB."""

MOST_PARTS = 10_000
"""Maps that are worked out when every way of forgetting is asked for."""

MEASURES = ("size", "density", "effective_size", "constraint", "variety", "weak_share")
"""The numbers of a map, in the order of its scorecard."""


@dataclass(frozen=True)
class Forgetting:
    """Which names, and which ties among the others, a map might lack.

    Attributes
    ----------
    share : float
        Of the contacts that are forgotten: of k contacts, k times this, rounded.
    which : {"weakest", "random", "graded"}
        The weakest ties first, equal ones in random order; any contact; or any, the weak ones more likely: in the order
        of an exponential waiting time whose mean grows with e^(gamma · strength).
    ties : float
        Share of the ties among the contacts that are left which are forgotten, each by itself.
    gamma : float
        Of "graded": 0 is random; the larger, the more surely the weak go first.

    Examples
    --------
    >>> Forgetting(0.2).count(13)  # 2.6 names
    3
    """

    share: float = 0.2
    which: str = "weakest"
    ties: float = 0.0
    gamma: float = 2.0

    def __post_init__(self) -> None:
        check_share("share", self.share, "share of the names")
        check_share("ties", self.ties, "share of the ties")
        check_least("gamma", self.gamma, 0, "how much strength protects from being forgotten")
        choose_from(self.which, ("weakest", "random", "graded"), "which")

    def count(self, contacts: int) -> int:
        """How many of so many contacts are forgotten."""
        return int(np.floor(self.share * contacts + 0.5 + 1e-9))


A_FIFTH = Forgetting()


@dataclass(frozen=True, eq=False, repr=False)
class ForgottenNames:
    """The numbers of a map beside those it has in many runs of forgetting.

    Attributes
    ----------
    ego : node
    contacts, forgotten : int
        How many are on the map, and how many of them are forgotten in each run.
    rule : Forgetting
    is_exact : bool
        Whether the runs are all ways of forgetting, each once, rather than a sample.
    values : pandas.Series
        The numbers of the map: ``size``, ``density``, ``effective_size``, ``constraint``, ``variety`` and
        ``weak_share``, less what the network cannot know.
    runs : pandas.DataFrame
        The same numbers in each run, one row a run; ``nan`` where undefined.
    top_contact : node or None
        Who adds most to constraint on the whole map; ``None`` if several do, or if it cannot be known.
    top_stays : float
        Share of the runs in which nobody adds more; ``nan`` without a top contact.
    """

    ego: Hashable
    contacts: int
    forgotten: int
    rule: Forgetting
    is_exact: bool
    values: pd.Series
    runs: pd.DataFrame
    top_contact: Hashable | None = None
    top_stays: float = field(default=float("nan"))

    def __repr__(self) -> str:
        how = "all ways" if self.is_exact else "runs"
        return f"ForgottenNames({self.forgotten} of {self.contacts} contacts, {len(self.runs):,} {how})"

    def _repr_html_(self) -> str:
        return self.frame()._repr_html_()

    def frame(self) -> pd.DataFrame:
        """Return a table of the numbers and their ranges.

        Returns
        -------
        pandas.DataFrame
            A row for each number, with the columns ``value`` (of the map), ``median``, ``low`` and ``high`` (5–95 % of
            the runs in which it was defined) and ``undefined`` (in how many it was not).
        """
        return pd.DataFrame(
            {
                "value": self.values,
                "median": self.runs.median(),
                "low": self.runs.quantile(0.05),
                "high": self.runs.quantile(0.95),
                "undefined": self.runs.isna().sum(),
            }
        )


def forget_names(
    graph,
    ego: Hashable | None = None,
    rule: Forgetting = A_FIFTH,
    *,
    groups: Groups | None = None,
    runs: int | str = 500,
    seed: int | None = None,
) -> ForgottenNames:
    """Forget some names on a person's map, many times, and see how far its numbers move.

    Whoever draws a map from memory forgets some: the 217 residents of one hall forgot a fifth of their friends there,
    on average, and rather the less close [1]_. If you forgot a fifth of your contacts once, you might have forgotten a
    fifth of those you named: a number that changes little then is one to rely on. The range covers forgetting only;
    that the ties you named are as you say, it takes for granted.

    Parameters
    ----------
    graph : networkx graph, Network or Ties
        Of a directed graph contacts in either direction count.
    ego : node, optional
        Whose map; the network's own ego if left out.
    rule : Forgetting
        Which names: by default a fifth of them, the weakest ties first.
    groups : str, mapping or pandas.Series, optional
        A column of the network's people, or who is in which group: for ``variety``.
    runs : int or "all"
        How many runs; or every way of forgetting once, where ties are kept, not "graded", and there are at most
        10,000 ways: up to 12 contacts always.
    seed : int, optional
        Give the same seed for the same runs. With the same seed, who is forgotten at a smaller share is forgotten at
        a larger one, too.

    Returns
    -------
    ForgottenNames
        A contact forgotten is gone from the network, so that the others no longer share their attention with them. All
        ties count the same, but in ``weak_share``: the share of ties of a strength below 0.6 (where strengths exceed
        1, below 0.6 of the largest). Left out is what the data cannot know: ``density``, ``effective_size`` and
        ``constraint`` without ties among contacts, ``variety`` without groups, and ``weak_share`` where all ties are
        equally strong.

    Raises
    ------
    GraphError
        If the person is not there or has no contacts.
    ParameterError
        If there are too many ways of forgetting to try them all.

    References
    ----------
    .. [1] Brewer and Webster, Social Networks 21 (1999), 361-373.

    Examples
    --------
    >>> import networkx as nx
    >>> star = nx.star_graph(["me", "Ann", "Bo", "Cy", "Di", "Ed"])
    >>> star.add_edge("Ann", "Bo")
    >>> names = forget_names(star, "me", Forgetting(0.2, "random"), runs="all")  # each of five once
    >>> names.frame().loc["effective_size", ["value", "low", "high"]].to_dict()
    {'value': 4.6, 'low': 3.5, 'high': 4.0}
    """
    if not isinstance(rule, Forgetting):
        raise ParameterError(f"The rule is {rule!r}; say what is forgotten with tertius.Forgetting(0.2, 'weakest').")
    own = EgoMap.of(graph, ego)
    if not len(own):
        raise GraphError(f"{own.ties.ids[own.ego]!r} has no contacts in this network, so there is nothing to forget.")
    if seed is not None:
        check_count("seed", seed, 0)
    if runs != "all":
        check_count("runs", runs, 1)
    kept = _every_way(own, rule) if runs == "all" else _sampled(own, rule, runs, seed)
    labels = None if groups is None else membership(graph, own.ties, groups).number[own.contacts]
    value, weights = _scorecard(own, own.whole(), None, labels)
    luck = _luck(seed, 1)
    step = max(1, BLOCK // len(own) ** 2)
    blocks = [
        _scorecard(own, part, _ties_left(own, rule, len(part), luck), labels)
        for part in (kept[start : start + step] for start in range(0, len(kept), step))
    ]
    table, weight = pd.concat([block for block, _ in blocks], ignore_index=True), np.concatenate([w for _, w in blocks])
    top, stays = None, float("nan")
    if "constraint" in table:
        first = int(weights[0].argmax())
        if (weights[0] >= weights[0, first] - 1e-12).sum() == 1:
            top = own.names[first]
            stays = float((kept[:, first] & (weight[:, first] >= weight.max(axis=1) - 1e-12)).mean())
    return ForgottenNames(
        own.ties.ids[own.ego],
        len(own),
        rule.count(len(own)),
        rule,
        runs == "all",
        value.iloc[0].rename("value"),
        table,
        top,
        stays,
    )


def _scorecard(
    own: EgoMap, kept: np.ndarray, tied: np.ndarray | None, labels: np.ndarray | None
) -> tuple[pd.DataFrame, np.ndarray]:
    """The numbers of parts of a map, one row a part; and what each contact adds to constraint."""
    numbers = own.numbers(kept, tied)
    weight = numbers.pop("weight")
    if own.ties.alter_ties == "none":
        numbers = {name: values for name, values in numbers.items() if name not in STRUCTURAL}
    if labels is not None:
        known = labels >= 0
        counts = kept[:, known].astype(np.int64) @ np.eye(int(labels.max()) + 1, dtype=np.int64)[labels[known]]
        numbers["variety"] = 1 - _share((counts**2).sum(axis=1), counts.sum(axis=1) ** 2)
    if np.ptp(own.ties.strength) > 0:
        weak = scaled(own) < WEAK_BELOW - 1e-9
        numbers["weak_share"] = _share((kept & weak).sum(axis=1), kept.sum(axis=1))
    return pd.DataFrame({name: numbers[name].astype(float) for name in MEASURES if name in numbers}), weight


def scaled(own: EgoMap) -> np.ndarray:
    """Strengths of the person's ties, at most 1: those of a `Network` are, others are divided by the largest of all."""
    return own.strength / max(1.0, own.ties.strength.max())


def _share(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    return np.divide(part, whole, out=np.full(len(whole), np.nan), where=whole > 0)


def _luck(seed: int | None, purpose: int) -> np.random.Generator:
    """Luck of its own for names and for ties, so that one does not change the other."""
    return np.random.default_rng(np.random.SeedSequence(seed).spawn(2)[purpose])


def _sampled(own: EgoMap, rule: Forgetting, runs: int, seed: int | None) -> np.ndarray:
    """Who is kept in each run; bool, shape (runs, k)."""
    luck = _luck(seed, 0).random((runs, len(own)))
    if rule.which == "weakest":
        order = np.lexsort((luck, np.broadcast_to(own.strength, luck.shape)), axis=1)
    else:
        gamma = rule.gamma if rule.which == "graded" else 0.0
        order = np.argsort(-np.log1p(-luck) * np.exp(gamma * scaled(own)), axis=1, kind="stable")
    kept = np.ones(luck.shape, bool)
    np.put_along_axis(kept, order[:, : rule.count(len(own))], False, axis=1)
    return kept


def _ties_left(own: EgoMap, rule: Forgetting, runs: int, luck: np.random.Generator) -> np.ndarray | None:
    """Which ties among contacts are still known in each of the next runs; bool, shape (runs, k, k); ``None``: all."""
    if not rule.ties:
        return None
    one, other = np.nonzero(np.triu(own.tied))
    tied = np.zeros((runs, len(own), len(own)), bool)
    tied[:, one, other] = luck.random((runs, len(one))) >= rule.ties
    return tied | tied.swapaxes(1, 2)


def _every_way(own: EgoMap, rule: Forgetting) -> np.ndarray:
    """Who is kept in every way of forgetting that is as likely as any other; bool, shape (ways, k)."""
    if rule.which == "graded" or rule.ties:
        raise ParameterError(
            "All ways of forgetting can be tried for names forgotten at random or weakest first; give runs."
        )
    count = rule.count(len(own))
    certain, even = np.array([], np.int64), np.arange(len(own))
    if rule.which == "weakest" and count:
        last = np.sort(own.strength)[count - 1]
        certain, even = np.flatnonzero(own.strength < last), np.flatnonzero(own.strength == last)
    ways = comb(len(even), count - len(certain))
    if ways > MOST_PARTS:
        raise ParameterError(
            f"There are {ways:,} ways to forget {count} of {len(own)} names; give a number of runs instead."
        )
    kept = np.ones((ways, len(own)), bool)
    kept[:, certain] = False
    for row, chosen in zip(kept, combinations(even.tolist(), count - len(certain)), strict=True):
        row[list(chosen)] = False
    return kept
