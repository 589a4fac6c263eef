"""A measure of one person taken apart, so that it can be followed on paper."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace
from itertools import combinations
from math import log, nan

import numpy as np
import pandas as pd

from tertius.errors import GraphError, choose_from
from tertius.measures.holes import SCOPES
from tertius.measures.tables import with_caveat
from tertius.ties import Ties

MEASURES = ("constraint", "effective_size", "efficiency", "hierarchy", "clustering", "bridging_share")


def terms(measure: str, graph, node: Hashable, *, weighted: bool = False, scope: str = "whole") -> pd.DataFrame:
    r"""Every term of a measure of one person: a table whose last column adds up to it.

    It is made for small networks, to be read row by row; it follows the formulas in plain steps.

    Parameters
    ----------
    measure : {"constraint", "effective_size", "efficiency", "hierarchy", "clustering", "bridging_share"}
    graph : networkx graph, Network or Ties
    node : node
        Ego: whose measure it is.
    weighted, scope
        As for the measure. Clustering and bridging share know neither.

    Returns
    -------
    pandas.DataFrame
        One row for each contact j; no row without contacts. The columns, with the notation of `constraint` and
        `effective_size`:

        * constraint: ``direct`` (:math:`p_{ij}`), a column ``through`` each contact q who passes some attention on
          (:math:`p_{iq} p_{qj}`), ``in all`` (their sum), ``constraint`` (its square).
        * effective size: ``through`` each q (:math:`p_{iq} m_{jq}`), ``redundant`` (their sum), ``effective_size`` (1
          less that). Efficiency adds ``efficiency``, the same over the number of contacts.
        * hierarchy: ``constraint``, ``relative`` (over the mean), ``logarithm`` (of that), ``hierarchy``.
        * clustering and bridging share have one row for each *pair* of contacts: ``tied`` (1 or 0), and the pair's part
          of the measure.

    Raises
    ------
    GraphError
        If there is no such person, or the graph does not know which contacts know each other; for the bridging share
        also if the graph is directed.
    ParameterError
        If ``measure`` or ``scope`` is none of these.

    Examples
    --------
    >>> import networkx as nx
    >>> triangle = nx.Graph([("me", "Ann"), ("me", "Bo"), ("Ann", "Bo")])
    >>> terms("constraint", triangle, "me")
         direct  through Ann  through Bo  in all  constraint
    Ann     0.5         0.00        0.25    0.75      0.5625
    Bo      0.5         0.25        0.00    0.75      0.5625
    >>> terms("constraint", triangle, "me")["constraint"].sum().item()
    1.125
    """
    choose_from(measure, MEASURES, "measure")
    choose_from(scope, SCOPES, "scope")
    ties = Ties.of(graph).knowing_alter_ties(measure.replace("_", " ").capitalize())
    if measure == "bridging_share":
        ties.undirected("The bridging share")
    if node not in ties.ids:
        raise GraphError(f"There is no {node!r} in this network.")
    ego = _Ego(ties, ties.ids.index(node), weighted, scope)
    return with_caveat(getattr(ego, measure)(), ties)


class _Ego:
    """The tables of one person, i; strengths are those of both directions together."""

    def __init__(self, ties: Ties, i: int, weighted: bool, scope: str) -> None:
        if not weighted:
            ties = replace(ties, strength=np.ones(len(ties.indices)))
        both = Ties.of(ties, directed=False)
        rows = [
            dict(zip(both.indices[a:b].tolist(), both.strength[a:b].tolist(), strict=True))
            for a, b in zip(both.indptr[:-1].tolist(), both.indptr[1:].tolist(), strict=True)
        ]
        self.own, self.contacts = rows[i], list(rows[i])
        around = {i, *self.contacts}
        self.rows = {j: {k: s for k, s in rows[j].items() if scope == "whole" or k in around} for j in self.contacts}
        self.names = [ties.ids[j] for j in self.contacts]
        self.p = {j: s / sum(self.own.values()) for j, s in self.own.items()}

    def _table(self, passed_on) -> pd.DataFrame:
        """Columns of what comes through each contact q, row by row of j, where anything does."""
        columns = {
            f"through {name}": [passed_on(q, j) if q in self.rows[j] else 0.0 for j in self.contacts]
            for q, name in zip(self.contacts, self.names, strict=True)
        }
        index = pd.Index(self.names, dtype=object, tupleize_cols=False)
        return pd.DataFrame({name: column for name, column in columns.items() if any(column)}, index, dtype=float)

    def constraint(self) -> pd.DataFrame:
        table = self._table(lambda q, j: self.p[q] * self.rows[q][j] / sum(self.rows[q].values()))
        table.insert(0, "direct", [self.p[j] for j in self.contacts])
        table["in all"] = table.sum(axis=1)
        table["constraint"] = table["in all"] ** 2
        return table

    def effective_size(self) -> pd.DataFrame:
        table = self._table(lambda q, j: self.p[q] * self.rows[j][q] / max(self.rows[j].values()))
        table["redundant"] = table.sum(axis=1)
        table["effective_size"] = 1 - table["redundant"]
        return table

    def efficiency(self) -> pd.DataFrame:
        table = self.effective_size()
        table["efficiency"] = table["effective_size"] / len(table)
        return table

    def hierarchy(self) -> pd.DataFrame:
        table = self.constraint()[["constraint"]]
        n = len(table)
        table["relative"] = table["constraint"] / table["constraint"].mean()
        table["logarithm"] = np.log(table["relative"])
        table["hierarchy"] = table["relative"] * table["logarithm"] / (n * log(n)) if n > 1 else nan
        return table

    def _pairs(self) -> pd.DataFrame:
        pairs = list(combinations(range(len(self.contacts)), 2))
        names = pd.Index(self.names, dtype=object, tupleize_cols=False)
        codes = [[pair[end] for pair in pairs] for end in (0, 1)]
        index = pd.MultiIndex(levels=[names, names], codes=codes, names=("one", "other"))
        tied = [int(self.contacts[b] in self.rows[self.contacts[a]]) for a, b in pairs]
        return pd.DataFrame({"tied": np.array(tied, np.int64)}, index)

    def clustering(self) -> pd.DataFrame:
        table = self._pairs()
        table["clustering"] = table["tied"] / max(len(table), 1)
        return table

    def bridging_share(self) -> pd.DataFrame:
        table = self._pairs()
        table["bridging_share"] = (1 - table["tied"]) / max(len(table), 1)
        return table
