"""Obstfeld, in our form: what introducing costs the broker, and what it brings."""

import networkx as nx
from tests.replications.table import Paper

from tertius import betweenness, constraint, effective_size
from tertius.models import JoiningBroker
from tertius.simulate import simulate

paper = Paper("Obstfeld 2005, in our form", "Administrative Science Quarterly 50, 100-130")


def broker_after(introductions):
    """The network of a broker with six contacts, after so many introductions."""
    model = JoiningBroker(contacts=6, introduces=1)
    return model.ties(simulate(model, introductions, seed=1).states[-1])


@paper.number(
    "effective size of a broker with six contacts after introductions: {}",
    {m: 6 - 2 * m / 6 for m in (0, 1, 4, 15)},
    status="exact",
)
def test_effective_size(introductions):
    return effective_size(broker_after(introductions))[0]


@paper.number("betweenness of the broker after introductions: {}", {1: 1 - 2 / 30, 15: 0}, status="exact")
def test_betweenness(introductions):
    return betweenness(broker_after(introductions))["betweenness"][0]


@paper.number("constraint of the broker when all have met", (2 * 7 - 3) ** 2 / 6**3, status="exact")
def test_constraint():
    return constraint(broker_after(15))[0]


@paper.number("what one introduction brings the {} at v = 2, r = 1", {"group": 1, "broker": -1 / 3}, status="exact")
def test_gain(who):
    model = JoiningBroker(contacts=6, value=2, fee=1)
    broker, group = (after - before for before, after in zip(model.returns(0), model.returns(1), strict=True))
    return group if who == "group" else broker


@paper.number("constraint of everybody in a full group of seven", (2 * 7 - 3) ** 2 / 6**3, status="exact")
def test_constraint_of_a_clique():
    return constraint(nx.complete_graph(7)).mean()
