"""What changed from one wave to another, and whether it changed more for some than for others."""

from __future__ import annotations

from collections.abc import Hashable, Iterable

import numpy as np
import pandas as pd

from tertius.errors import GraphError, ParameterError
from tertius.network import Network
from tertius.ties import Ties


def density_by_wave(
    network: Network, people: Iterable[Hashable], *, across: str | None = None, relation: str | None = None
) -> pd.DataFrame:
    """Share of the possible ties that exist, among some people and among all others, wave by wave.

    Ties between one of the people and one of the others count in neither.

    Parameters
    ----------
    network : Network
        Leave out first whoever cannot have such ties: ``network.without(network.ego)``.
    people : iterable of nodes
    across : str, optional
        A column of the nodes table, such as ``"group"``: only pairs who differ in it count.
    relation : str, optional
        Left out: the default relation. Directed: a pair counts in both directions.

    Returns
    -------
    pandas.DataFrame
        One row a wave, with the columns ``people`` and ``others``, each in [0, 1]; ``nan`` where no tie is possible.

    Raises
    ------
    GraphError
        If one of the people is not in the network, or has nothing in the column ``across``.

    Examples
    --------
    >>> from tertius.data import load
    >>> law = load("law_firm")
    >>> guests = law.ties.loc[law.ties["relation"] == "attendance", "source"]
    >>> lawyers = law.without(law.ego, "round 1", "round 2", "round 3", "round 4")
    >>> density_by_wave(lawyers, guests, across="group").round(3).loc[[2, 3], "people"].to_list()
    [0.027, 0.167]
    """
    member = _members(network, people)
    possible = ~np.eye(len(member), dtype=bool)
    if across is not None:
        possible &= _differ(network, across)
    rows = {}
    for wave in _waves(network, relation):
        tied = Ties.of(network, relation=relation, wave=wave).array().toarray() > 0
        rows[wave] = {
            "people": _mean(tied[possible & np.outer(member, member)]),
            "others": _mean(tied[possible & np.outer(~member, ~member)]),
        }
    return _table(rows)


def reciprocity_by_wave(network: Network, people: Iterable[Hashable], *, relation: str | None = None) -> pd.DataFrame:
    """Mean over some people, and over all others, of the share of their ties that are returned, wave by wave.

    Both the ties that a person has to others and those that others have to the person count; somebody without ties
    counts in neither mean.

    Parameters
    ----------
    network : Network
    people : iterable of nodes
    relation : str, optional
        A directed one. Left out: the default relation.

    Returns
    -------
    pandas.DataFrame
        One row a wave, with the columns ``people`` and ``others``, each in [0, 1]; ``nan`` where nobody has a tie.

    Raises
    ------
    GraphError
        If the relation has no direction, or if one of the people is not in the network.

    Examples
    --------
    >>> from tertius.data import load
    >>> law = load("law_firm")
    >>> guests = law.ties.loc[law.ties["relation"] == "attendance", "source"]
    >>> reciprocity_by_wave(law, guests).round(2).loc[[2, 3], "people"].to_list()
    [0.41, 0.5]
    """
    member = _members(network, people)
    rows = {}
    for wave in _waves(network, relation):
        ties = Ties.of(network, relation=relation, wave=wave)
        if not ties.directed:
            raise GraphError("Only a tie with a direction can be returned; this relation has none.")
        tied = ties.array().toarray() > 0
        count = tied.sum(axis=0) + tied.sum(axis=1)
        share = np.divide(2 * (tied & tied.T).sum(axis=1), count, out=np.full(len(count), np.nan), where=count > 0)
        known = count > 0
        rows[wave] = {"people": _mean(share[member & known]), "others": _mean(share[~member & known])}
    return _table(rows)


def difference_in_differences(by_wave: pd.DataFrame, before: int, after: int) -> float:
    """What the first column gained from one wave to another, minus what the second column gained.

    It takes away what changed for both alike. It does not take away a change that only the first would have had
    anyway: look at two earlier waves for that.

    Parameters
    ----------
    by_wave : pandas.DataFrame
        One row a wave and two columns, such as `density_by_wave` gives.
    before, after : int

    Returns
    -------
    float

    Raises
    ------
    ParameterError
        If the table has no such wave, or not two columns.

    Examples
    --------
    >>> table = pd.DataFrame({"people": [0.03, 0.11], "others": [0.03, 0.04]}, index=[2, 3])
    >>> round(difference_in_differences(table, 2, 3), 3)
    0.07
    """
    if by_wave.shape[1] != 2:
        raise ParameterError(f"The table has the columns {list(by_wave.columns)}; two are compared.")
    for wave in (before, after):
        if wave not in by_wave.index:
            raise ParameterError(f"There is no wave {wave!r} in the table; it has {by_wave.index.tolist()}.")
    gained = by_wave.loc[after] - by_wave.loc[before]
    return float(gained.iloc[0] - gained.iloc[1])


def _members(network: Network, people: Iterable[Hashable]) -> np.ndarray:
    people = set(people)
    ids = network.nodes["id"]
    strangers = sorted(people.difference(ids), key=str)
    if strangers:
        raise GraphError(f"{strangers[0]!r} is not in this network.")
    return ids.isin(people).to_numpy()


def _differ(network: Network, column: str) -> np.ndarray:
    if column not in network.nodes.columns:
        raise GraphError(f"There is no column {column!r} in the nodes table; it has {list(network.nodes.columns)}.")
    values = network.nodes[column]
    empty = network.nodes.loc[values.isna() | (values == ""), "id"]
    if len(empty):
        raise GraphError(
            f"{empty.iloc[0]!r} has nothing in the column {column!r}; leave out who has none: "
            f"network.without({', '.join(map(repr, empty[:5]))}{', …' if len(empty) > 5 else ''})."
        )
    return values.to_numpy()[:, None] != values.to_numpy()[None, :]


def _waves(network: Network, relation: str | None) -> list[int]:
    name = network.relation(relation)["name"]
    return sorted(network.ties.loc[network.ties["relation"] == name, "wave"].unique().tolist())


def _mean(values: np.ndarray) -> float:
    return float(values.mean()) if values.size else np.nan


def _table(rows: dict[int, dict[str, float]]) -> pd.DataFrame:
    return pd.DataFrame.from_dict(rows, orient="index", columns=["people", "others"]).rename_axis("wave")
