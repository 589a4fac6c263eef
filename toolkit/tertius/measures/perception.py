"""The network as people see it: maps in the head, people who do not answer, and contacts who have more contacts."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from tertius.errors import GraphError, ParameterError, check_count, check_share
from tertius.measures.ego_map import position_of
from tertius.measures.in_between import share_in_between
from tertius.measures.tables import index_of, node_index
from tertius.ties import Ties


@dataclass(frozen=True, eq=False, repr=False)
class CognitiveStructure:
    """Who is tied to whom in the eyes of each of several people [1]_.

    Make one with `CognitiveStructure.of`. A tie of Ann to Bo is reported by Ann, by Bo, and by everybody who looks on;
    they need not agree. What somebody was not asked, or did not answer, is unknown, and not a no.

    Attributes
    ----------
    cube : numpy.ndarray, float64, shape (n, n, reporters)
        1 where the reporter says that the first is tied to the second, 0 where not, ``nan`` where unknown. Nobody has
        a tie to themselves: unknown.
    ids : tuple
        The n people.
    reporters : tuple
        Who looked; each may be one of the people or not.

    References
    ----------
    .. [1] Krackhardt, Social Networks 9 (1987), 109-134.
    """

    cube: np.ndarray
    ids: tuple
    reporters: tuple

    def __post_init__(self) -> None:
        self.cube.flags.writeable = False

    @classmethod
    def of(cls, reports, relation: str | None = None) -> CognitiveStructure:
        """Put reports together.

        Parameters
        ----------
        reports : mapping or Network
            For each reporter the network as that one sees it: anything that `Ties.of` takes. Whoever stands in one of
            them is a person of all, and a tie that is not in a report is a no. Or a `Network` whose ties say, in the
            column ``reported_by``, whose view they are.
        relation : str, optional
            Of a `Network`; its default if left out.

        Returns
        -------
        CognitiveStructure

        Raises
        ------
        GraphError
            If there are no reports, or a network's ties do not say who reported them.

        Examples
        --------
        >>> maps = CognitiveStructure.of({"Ann": [("Ann", "Bo")], "Bo": [("Bo", "Cy")]})
        >>> float(maps.consensus().loc["Ann", "Bo"])  # one of two says so
        1.0
        """
        ids, seen = _of_table(reports, relation) if hasattr(reports, "to_ties") else _of_networks(reports)
        if not seen:
            raise GraphError("There are no reports; give the network as at least one person sees it.")
        cube = np.zeros((len(ids), len(ids), len(seen)))
        for k, (source, target) in enumerate(seen.values()):
            cube[source, target, k] = 1
        cube[np.arange(len(ids)), np.arange(len(ids))] = np.nan
        return cls(cube, tuple(ids), tuple(seen))

    def __repr__(self) -> str:
        return f"CognitiveStructure({len(self.ids)} people, {len(self.reporters)} reporters)"

    def slice(self, reporter: Hashable) -> pd.DataFrame:
        """Return the network as one reporter sees it: 1, 0 or ``nan`` for each ordered pair."""
        if reporter not in self.reporters:
            raise GraphError(
                f"{reporter!r} reported nothing; there are reports by {', '.join(map(repr, self.reporters))}."
            )
        return self._table(self.cube[:, :, self.reporters.index(reporter)].copy())

    def by_sender(self) -> pd.DataFrame:
        """Return what each person says of their own ties to others: the row-dominated network."""
        own = self._own()
        known = np.flatnonzero(own >= 0)
        table = np.full(self.cube.shape[:2], np.nan)
        table[known] = self.cube[known, :, own[known]]
        return self._table(table)

    def by_receiver(self) -> pd.DataFrame:
        """Return what each person says of others' ties to them: the column-dominated network."""
        own = self._own()
        known = np.flatnonzero(own >= 0)
        table = np.full(self.cube.shape[:2], np.nan)
        table[:, known] = self.cube[:, known, own[known]]
        return self._table(table)

    def agreed(self) -> pd.DataFrame:
        """Return the ties that both ends report; one no is a no, and a yes beside an unknown is unknown."""
        sender, receiver = self.by_sender(), self.by_receiver()
        return (sender * receiver).mask((sender == 0) | (receiver == 0), 0.0)

    def claimed(self) -> pd.DataFrame:
        """Return the ties that either end reports; one yes is a yes, and a no beside an unknown is unknown."""
        sender, receiver = self.by_sender(), self.by_receiver()
        return ((sender + receiver) / 2).mask((sender == 1) | (receiver == 1), 1.0)

    def consensus(self, threshold: float = 0.5) -> pd.DataFrame:
        """Return the ties that at least this share of all who say anything about them report, the two ends included."""
        if not 0 < threshold <= 1:
            raise ParameterError(f"threshold is {threshold!r}; it is a share of the reporters, above 0 and up to 1.")
        known = ~np.isnan(self.cube)
        said, asked = np.where(known, self.cube, 0).sum(axis=2), known.sum(axis=2)
        share = np.divide(said, asked, out=np.full(said.shape, np.nan), where=asked > 0)
        return self._table(np.where(np.isnan(share), np.nan, share >= threshold - 1e-9))

    def accuracy(self, target=None) -> pd.Series:
        """Work out how well each reporter's map agrees with a network, beyond chance.

        A perfect map: 1. No better than guessing: 0. It is the phi coefficient, the correlation of two yes-or-no
        answers, over all ordered pairs but those with the reporter: whoever answers knows their own ties best.

        Parameters
        ----------
        target : pandas.DataFrame, optional
            1, 0 or ``nan`` for each ordered pair; the consensus if left out, which has the reporter's own answers in
            it.

        Returns
        -------
        pandas.Series
            One number in [-1, 1] for each reporter; ``nan`` where one side says the same of all pairs.

        Raises
        ------
        ParameterError
            If the target is about other people.

        References
        ----------
        .. [1] Krackhardt, Administrative Science Quarterly 35 (1990), 342-369.
        """
        target = self.consensus() if target is None else target
        index = index_of(self.ids)
        if not isinstance(target, pd.DataFrame) or set(target.index) != set(index) or set(target.columns) != set(index):
            raise ParameterError("The target is a table with the same people in its rows and columns.")
        truth = target.reindex(index=index, columns=index).to_numpy(float)
        place = {person: i for i, person in enumerate(self.ids)}
        values = []
        for k, reporter in enumerate(self.reporters):
            seen = self.cube[:, :, k]
            counted = ~np.isnan(seen) & ~np.isnan(truth)
            if reporter in place:
                counted[place[reporter]] = counted[:, place[reporter]] = False
            values.append(_phi(seen[counted] > 0.5, truth[counted] > 0.5))
        return pd.Series(values, index_of(self.reporters), name="accuracy", dtype=float)

    def _own(self) -> np.ndarray:
        """Which report is each person's own; -1 for who made none."""
        place = {reporter: k for k, reporter in enumerate(self.reporters)}
        return np.array([place.get(person, -1) for person in self.ids], np.int64)

    def _table(self, values: np.ndarray) -> pd.DataFrame:
        index = index_of(self.ids)
        return pd.DataFrame(values, index, index)


def _of_networks(reports: Mapping) -> tuple[list, dict]:
    if not isinstance(reports, Mapping):
        raise GraphError(
            f"Reports are a network for each reporter, {{'Ann': graph, …}}; this is a {type(reports).__name__}."
        )
    networks = {reporter: Ties.of(graph, directed=True) for reporter, graph in reports.items()}
    ids = list(dict.fromkeys(node for ties in networks.values() for node in ties.ids))
    place = {node: i for i, node in enumerate(ids)}
    seen = {}
    for reporter, ties in networks.items():
        position = np.array([place[node] for node in ties.ids], np.int64)
        seen[reporter] = position[ties.row], position[ties.indices]
    return ids, seen


def _of_table(network, relation: str | None) -> tuple[list, dict]:
    declared = network.relation(relation)
    ties = network.ties[network.ties["relation"] == declared["name"]]
    if "reported_by" not in ties or not (ties["reported_by"].notna() & (ties["reported_by"] != "")).all():
        raise GraphError(f"Ties of {declared['name']!r} do not all say whose view they are, in a column 'reported_by'.")
    ids = network.nodes["id"].tolist()
    place = pd.Series(np.arange(len(ids)), ids)
    seen = {}
    for reporter, view in ties.groupby("reported_by", sort=False):
        source, target = (place.reindex(view[end]).to_numpy(np.int64) for end in ("source", "target"))
        if not declared["directed"]:
            source, target = np.concatenate([source, target]), np.concatenate([target, source])
        seen[reporter] = source, target
    return ids, seen


def _phi(one: np.ndarray, other: np.ndarray) -> float:
    both, first, second, n = int((one & other).sum()), int(one.sum()), int(other.sum()), len(one)
    spread = first * (n - first) * second * (n - second)
    return (both * n - first * second) / np.sqrt(spread) if spread else float("nan")


def asked_for(graph, silent: Iterable[Hashable] = ()) -> pd.Series:
    """Share of the others who answered that name each person.

    Parameters
    ----------
    graph : networkx graph, Network or Ties
        Directed ties point from who answers to who is named. Strengths are ignored.
    silent : iterable of nodes
        Who gave no answers: what they would have said is unknown, and does not count as a no.

    Returns
    -------
    pandas.Series
        One share in [0, 1] for each person, in node order; ``nan`` where nobody else answered.

    Raises
    ------
    GraphError
        If somebody silent is not in the network.

    Examples
    --------
    >>> import networkx as nx
    >>> advice = nx.DiGraph([("Ann", "Bo"), ("Cy", "Bo"), ("Bo", "Ann")])
    >>> asked_for(advice).to_dict(), float(asked_for(advice, silent=["Cy"])["Bo"])
    ({'Ann': 0.5, 'Bo': 1.0, 'Cy': 0.0}, 1.0)
    """
    ties = Ties.of(graph)
    answered = np.ones(len(ties), bool)
    answered[[position_of(ties, person) for person in silent]] = False
    return pd.Series(_asked_for(ties, answered), node_index(ties), name="asked_for")


def _asked_for(ties: Ties, answered: np.ndarray) -> np.ndarray:
    named = np.bincount(ties.indices, answered[ties.row], len(ties))
    asked = answered.sum() - answered
    return np.divide(named, asked, out=np.full(len(ties), np.nan), where=asked > 0)


def missing_answers(graph, share: float, *, top: int = 5, runs: int = 200, seed: int | None = None) -> pd.DataFrame:
    """Let some people give no answers, many times, and see whether the same few stay on top.

    Parameters
    ----------
    graph : networkx graph, Network or Ties
        Directed ties point from who answers to who is named.
    share : float
        Of the people, who are drawn at random in each run and give no answers. They can still be named.
    top : int
        How many are on top, at least 1; of equals, who stands first in the network.
    runs : int
        How often, at least 1.
    seed : int, optional
        Give the same seed for the same runs; who is silent at a smaller share is silent at a larger one, too.

    Returns
    -------
    pandas.DataFrame
        One row a run, with the columns ``asked_for`` and ``in_between``: which share of the top by each measure is
        still on top. Asked-for counts those who answered; betweenness has no way to leave unknown ties open, and
        follows those that were reported.

    Raises
    ------
    ParameterError
        If a setting is out of its range.

    Examples
    --------
    >>> import networkx as nx
    >>> all_answer = missing_answers(nx.gnp_random_graph(12, 0.3, seed=1, directed=True), 0, runs=3)
    >>> all_answer["asked_for"].tolist()
    [1.0, 1.0, 1.0]
    """
    check_share("share", share, "share of the people")
    check_count("runs", runs, 1)
    ties = Ties.of(graph).knowing_alter_ties("Who stays on top")
    n = len(ties)
    check_count("top", top, 1, n, limit="the number of people, ")
    if seed is not None:
        check_count("seed", seed, 0)
    rng = np.random.default_rng(seed)
    everybody = np.ones(n, bool)
    before = {name: _top(values, top) for name, values in _standing(ties, everybody).items()}
    kept = []
    for _ in range(runs):
        answered = everybody.copy()
        answered[np.argsort(rng.random(n))[: int(np.floor(share * n + 0.5 + 1e-9))]] = False
        after = _standing(ties, answered)
        kept.append({name: len(before[name] & _top(values, top)) / top for name, values in after.items()})
    return pd.DataFrame(kept)


def _standing(ties: Ties, answered: np.ndarray) -> dict[str, np.ndarray]:
    told = answered[ties.row]
    row_ends = np.concatenate([[0], np.cumsum(told)])[ties.indptr]
    reported = Ties(row_ends, ties.indices[told], ties.strength[told], ties.ids, directed=True)
    return {"asked_for": _asked_for(ties, answered), "in_between": share_in_between(reported, "all", None)[0]}


def _top(values: np.ndarray, top: int) -> set[int]:
    return set(np.argsort(-np.nan_to_num(values, nan=-1.0), kind="stable")[:top].tolist())


def friendship_paradox(graph) -> pd.Series:
    r"""Compare how many contacts people have with how many their contacts have: three averages, three questions.

    Most people have fewer contacts than their contacts have on average, because whoever has many is many people's
    contact [1]_. Nobody's fault, and no sign of bad data: ask for a friend of somebody drawn at random, and you
    reach further.

    Parameters
    ----------
    graph : networkx.Graph, Network or Ties
        Undirected; strengths and self-ties are ignored.

    Returns
    -------
    pandas.Series
        ``people`` with contacts, and ``isolates``, who are left out of all that follows; ``of_people``, the mean number
        of contacts; ``of_tie_ends``, the mean where each person counts as often as they are a contact (mean + variance
        / mean); ``of_contacts``, the mean over people of their contacts' mean; ``share_below``, the share of people
        who have fewer contacts than theirs have on average. Without ties the last four are ``nan``.

    Raises
    ------
    GraphError
        If the graph is directed, or does not know which contacts know each other.

    References
    ----------
    .. [1] Feld, American Journal of Sociology 96 (1991), 1464-1477.

    Examples
    --------
    >>> import networkx as nx
    >>> friendship_paradox(nx.star_graph(4))[["of_people", "of_tie_ends", "of_contacts"]].round(1).tolist()
    [1.6, 2.5, 3.4]
    """
    ties = Ties.of(graph).undirected("The friendship paradox").knowing_alter_ties("The friendship paradox")
    degree = ties.degree[ties.degree > 0].astype(float)
    counts = {"people": len(degree), "isolates": len(ties) - len(degree)}
    names = ("of_people", "of_tie_ends", "of_contacts", "share_below")
    means = dict.fromkeys(names, np.nan)
    if len(degree):
        of_contacts = np.bincount(ties.row, ties.degree[ties.indices], len(ties))[ties.degree > 0] / degree
        below = degree < of_contacts - 1e-9
        averages = (degree.mean(), (degree**2).sum() / degree.sum(), of_contacts.mean(), below.mean())
        means = dict(zip(names, averages, strict=True))
    return pd.Series({**counts, **means}, name="friendship_paradox")
