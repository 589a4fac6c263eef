"""Buskens and Raub, in our form: witnesses replace patience."""

import networkx as nx
import numpy as np
from tests.replications.table import Estimate, Paper

from tertius.models import ContactSplit, TrustGame, TrustNetwork
from tertius.simulate import ensemble

paper = Paper("Buskens and Raub 2002, in our form", "Advances in Group Processes 19, 167-202")


@paper.number(
    "patience needed, ten trustors, payoffs 5, 3, 1, of whom {} are told",
    {1: 10 / 11, 5: 2 / 3, 10: 1 / 2},
    status="exact",
)
def test_patience(told):
    return TrustGame().patience_needed(told=told, trustors=10)


@paper.number(
    "patience needed, six contacts in groups of {}",
    {"6": 1 / 2, "3+3": 2 / 3, "2+2+2": 3 / 4, "1+1+1+1+1+1": 6 / 7},
    status="exact",
)
def test_patience_by_group(split):
    return ContactSplit(split).patience_needed


@paper.number("what breaking one promise gains at just that patience, three who all talk, in play", 0, status="exact")
def test_at_the_bound_it_is_all_the_same():
    patience = TrustGame().patience_needed(told=3, trustors=3)
    pays = [
        ensemble(
            model := TrustNetwork(nx.complete_graph(3), meeting=patience, breaks=breaks),
            200,
            runs=10_000,
            seed=1,
            until=model.is_over,
        )["payoff"][-1]
        for breaks in ("once", "never")
    ]
    return Estimate.of(np.subtract(*pays))
