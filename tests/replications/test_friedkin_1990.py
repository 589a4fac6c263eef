"""Friedkin and Johnsen: where two people stand in the end who keep a foot in their first opinion."""

import networkx as nx
from tests.replications.table import Paper

from tertius.models import FriedkinJohnsen

paper = Paper("Friedkin and Johnsen 1990", "Journal of Mathematical Sociology 15, 193-206")


@paper.number(
    "opinion in the end of one at 0 beside one at 1, susceptibility {}",
    {a: a / (1 + a) for a in (0.3, 0.5, 0.9)},
    status="exact",
)
def test_two_people(susceptibility):
    return FriedkinJohnsen([(0, 1)], 0, [0, 1], susceptibility=susceptibility).settled()[0]


@paper.number("the same after 200 steps, susceptibility {}", {0.5: 1 / 3, 0.9: 0.9 / 1.9}, status="exact")
def test_two_people_step_by_step(susceptibility):
    return FriedkinJohnsen([(0, 1)], 0, [0, 1], susceptibility=susceptibility).after(200)[0]


@paper.number("opinion of the third of a path between stubborn ends at 0 and 5", 2, status="exact")
def test_between_stubborn_ends():
    model = FriedkinJohnsen(nx.path_graph(6), 0, [0, 9, 9, 9, 9, 5], susceptibility=[0, 1, 1, 1, 1, 0])
    return model.settled()[2]
