"""Whom to choose, with time for a few: what a choice of people is worth, and rules for choosing."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from itertools import combinations
from math import comb

import networkx as nx
import numpy as np
import pandas as pd

from tertius.errors import GraphError, ParameterError, check_count, check_share
from tertius.ties import Ties

MOST_CHOICES = 200_000
"""More choices than these are not tried one by one."""
AT_ONCE = 5_000


def choice_value(
    graph,
    chosen: Iterable[Hashable],
    capacity: Mapping[Hashable, float],
    motivation: Mapping[Hashable, float],
    *,
    pass_on: float = 0.25,
) -> float:
    r"""What a choice of people brings: what they give themselves, and what they move others to give.

    Each of the chosen, S, gives the share of their capacity that is their motivation. Everybody else gives all of
    their capacity if they are moved, which each chosen person they know does with probability ``pass_on`` × that
    person's motivation, independently:

    .. math::

        V(S) = \sum_{s \in S} c_s \mu_s + \sum_{t \notin S} c_t \Big[1 - \prod_{s \in S, s \sim t} (1 - p \mu_s)\Big]

    With a ``pass_on`` of 0 only the chosen count; whoever is known to two of them counts less than twice. The formula
    is ours: it has diminishing returns, and one person more can even lower it.

    Parameters
    ----------
    graph : networkx graph, Network or Ties
        Undirected; strengths are ignored.
    chosen : iterable of nodes
    capacity : mapping or pandas.Series
        What each person could give, in any one unit.
    motivation : mapping or pandas.Series
        The share of it that a person gives when chosen, in [0, 1].
    pass_on : float, default 0.25
        Probability that a chosen person of motivation 1 moves somebody they know.

    Returns
    -------
    float
        In the unit of ``capacity``.

    Raises
    ------
    GraphError
        If somebody chosen is not in the graph, or a number that is needed is missing.
    ParameterError
        If ``pass_on`` or a motivation is not in [0, 1], or a capacity is negative.

    Examples
    --------
    >>> import networkx as nx
    >>> star = nx.Graph([("Ann", "Bo"), ("Ann", "Cy")])
    >>> choice_value(star, ["Ann"], dict(Ann=2, Bo=4, Cy=4), dict(Ann=0.5, Bo=1, Cy=1), pass_on=0.5)
    3.0
    """
    chosen = list(dict.fromkeys(chosen))
    given, reach, worth = _prepare(graph, chosen, capacity, motivation, pass_on)
    return float(_values(given, reach, worth, np.arange(len(chosen))[None, :], _places(graph, chosen))[0])


def compare_choices(
    graph,
    candidates: Iterable[Hashable],
    capacity: Mapping[Hashable, float],
    motivation: Mapping[Hashable, float],
    *,
    size: int = 4,
    pass_on: float = 0.25,
) -> pd.DataFrame:
    """How near simple rules of choosing come to the best choice, which is found by trying all.

    Parameters
    ----------
    graph, capacity, motivation, pass_on
        As for `choice_value`.
    candidates : iterable of nodes
        Those who can be chosen. Of equals the one named first is taken.
    size : int, default 4
        How many are chosen.

    Returns
    -------
    pandas.DataFrame
        Indexed by rule: ``capacity``, ``ties`` (most contacts), ``ties × capacity``, ``in-between`` (betweenness),
        ``step by step`` (each time whoever adds most), ``random`` (the mean over all choices) and ``best``. Columns:
        ``chosen`` (list of nodes, empty for ``random``), ``value``, and ``share`` of the best value (``nan`` if
        nothing can be had).

    Raises
    ------
    GraphError
        As for `choice_value`.
    ParameterError
        If there are fewer candidates than ``size``, or more than 200,000 choices.

    Examples
    --------
    >>> import networkx as nx
    >>> star = nx.Graph([("Ann", "Bo"), ("Ann", "Cy")])
    >>> wealth, will = dict(Ann=2, Bo=4, Cy=4), dict(Ann=0.5, Bo=0.5)
    >>> rules = compare_choices(star, ["Ann", "Bo"], wealth, will, size=1, pass_on=1)
    >>> rules.loc[["capacity", "best"], "chosen"].to_list()
    [['Bo'], ['Ann']]
    """
    candidates = list(dict.fromkeys(candidates))
    check_count("size", size, 1, len(candidates), limit="the number of candidates, ")
    count = comb(len(candidates), size)
    if count > MOST_CHOICES:
        raise ParameterError(
            f"There are {count:,} ways to choose {size} of {len(candidates)}, and I try at most {MOST_CHOICES:,}. "
            "Name fewer candidates, or choose fewer."
        )
    given, reach, worth = _prepare(graph, candidates, capacity, motivation, pass_on)
    places = _places(graph, candidates)

    def value(sets: np.ndarray) -> np.ndarray:
        return _values(given, reach, worth, sets, places)

    sets = np.array(list(combinations(range(len(candidates)), size)))
    values = np.concatenate([value(sets[first : first + AT_ONCE]) for first in range(0, len(sets), AT_ONCE)])
    ties = Ties.of(graph).degree[places]
    wealth = worth[places]
    picks = {
        "capacity": _highest(wealth, size),
        "ties": _highest(ties, size),
        "ties × capacity": _highest(ties * wealth, size),
        "in-between": _highest(_betweenness(graph, candidates), size),
        "step by step": _step_by_step(value, len(candidates), size),
    }
    rows = [([candidates[k] for k in pick], value(np.array([pick]))[0]) for pick in picks.values()]
    # Sums in another order differ in the last digits; of equally good choices the first is best.
    best = np.flatnonzero(values >= values.max() * (1 - 1e-12))[0]
    rows += [([], values.mean()), ([candidates[k] for k in sets[best]], values[best])]
    table = pd.DataFrame(rows, pd.Index([*picks, "random", "best"], name="rule"), ["chosen", "value"])
    share = table["value"] / table.loc["best", "value"] if table.loc["best", "value"] else np.nan
    return table.assign(share=share)


def _places(graph, people: list) -> np.ndarray:
    place = {node: k for k, node in enumerate(Ties.of(graph).ids)}
    for node in people:
        if node not in place:
            raise GraphError(f"There is no {node!r} in this network.")
    return np.array([place[node] for node in people], np.int64)


def _prepare(graph, people: list, capacity, motivation, pass_on: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return what each of these people gives, how likely each moves everybody, and everybody's capacity."""
    check_share("pass_on", pass_on)
    ties = Ties.of(graph).undirected("The value of a choice")
    places = _places(ties, people)
    motives = np.array([_number(motivation, node, "motivation") for node in people])
    for node, motive in zip(people, motives.tolist(), strict=True):
        check_share(f"The motivation of {node!r}", motive, "share")
    knows = np.zeros((len(people), len(ties)), bool)
    for k, place in enumerate(places.tolist()):
        knows[k, ties.indices[ties.indptr[place] : ties.indptr[place + 1]]] = True
    needed = knows.any(axis=0)
    needed[places] = True
    worth = np.zeros(len(ties))
    for k in np.flatnonzero(needed).tolist():
        worth[k] = _number(capacity, ties.ids[k], "capacity")
        if worth[k] < 0:
            raise ParameterError(f"The capacity of {ties.ids[k]!r} is {worth[k]:g}; nobody can give less than nothing.")
    return worth[places] * motives, pass_on * motives[:, None] * knows, worth


def _number(values: Mapping, node: Hashable, what: str) -> float:
    value = values.get(node)
    if value is None or value != value:
        raise GraphError(f"{node!r} has no {what}; give them one, or leave them out with network.without({node!r}).")
    return float(value)


def _values(
    given: np.ndarray, reach: np.ndarray, worth: np.ndarray, sets: np.ndarray, places: np.ndarray
) -> np.ndarray:
    """What each row of ``sets``, positions among the candidates, brings."""
    moved = 1 - np.prod(1 - reach[sets], axis=1) if sets.shape[1] else np.zeros((len(sets), len(worth)))
    np.put_along_axis(moved, places[sets], 0, axis=1)
    return given[sets].sum(axis=1) + moved @ worth


def _highest(score: np.ndarray, size: int) -> list[int]:
    return np.argsort(-score, kind="stable")[:size].tolist()


def _step_by_step(value: Callable[[np.ndarray], np.ndarray], candidates: int, size: int) -> list[int]:
    chosen: list[int] = []
    for _ in range(size):
        free = [k for k in range(candidates) if k not in chosen]
        chosen.append(free[int(np.argmax(value(np.array([[*chosen, k] for k in free]))))])
    return chosen


def _betweenness(graph, people: list) -> np.ndarray:
    ties = Ties.of(graph)
    plain = nx.Graph()
    plain.add_nodes_from(ties.ids)
    plain.add_edges_from(ties.named_pairs())
    found = nx.betweenness_centrality(plain, normalized=False, weight=None)
    # Equal positions may differ in the last digit.
    return np.round([found[node] for node in people], 9)
