"""Ohtsuki, Hauert, Lieberman and Nowak: helping pays where contacts are few."""

import networkx as nx
from tests.replications.table import Estimate, Paper

from tertius.models import DeathBirthGame
from tertius.simulate import ensemble

paper = Paper("Ohtsuki, Hauert, Lieberman and Nowak 2006", "Nature 441, 502-505; their rule b/c > k is approximate")
PEOPLE, CONTACTS = 30, 3


def takes_over(ratio):
    """How often one helper's kind takes over, beside luck alone: 4,096 runs on one random network."""
    graph = nx.random_regular_graph(CONTACTS, PEOPLE, seed=1)
    game = DeathBirthGame(graph, benefit=ratio, cost=1.0, selection=0.1)
    share = ensemble(game, 1000, runs=4096, seed=1, until=game.is_settled)["cooperating_share"][-1]
    assert set(share.tolist()) == {0.0, 1.0}
    return Estimate.of(share - 1 / PEOPLE)


@paper.number(
    "whether one helper's kind takes over more often (1) or less often (−1) than by luck, by four standard errors; "
    "30 people of three contacts, selection .1, b/c {}",
    {2 * CONTACTS: 1, CONTACTS / 2: -1},
    status="reported",
    shape=True,
)
def test_few_contacts(ratio):
    lead, error = takes_over(ratio)
    return int(lead > 4 * error) - int(lead < -4 * error)


@paper.number("chance that one helper's kind takes over without selection, six in a ring", 1 / 6, status="exact")
def test_luck_alone():
    return DeathBirthGame(nx.cycle_graph(6), selection=0).fixation_chance()
