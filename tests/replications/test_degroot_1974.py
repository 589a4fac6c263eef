"""DeGroot: what people agree on, and who counts in it."""

import networkx as nx
from tests.replications.table import Paper

from tertius.models import DeGroot

paper = Paper("DeGroot 1974", "Journal of the American Statistical Association 69, 118-121")
QUARTERS = nx.DiGraph([("first", "second", {"strength": 0.5}), ("second", "first", {"strength": 0.25})])


@paper.number(
    "influence of the {} of two who listen by halves and by quarters", {"first": 1 / 3, "second": 2 / 3}, status="exact"
)
def test_two_who_listen(who):
    model = DeGroot(QUARTERS, [0.5, 0.75], uses_strength=True)
    return model.influence()[model.ties.ids.index(who)]


@paper.number("what they agree on after 60 steps, from 0 and 3", 2, status="exact")
def test_what_two_agree_on():
    return DeGroot(QUARTERS, [0.5, 0.75], uses_strength=True).after(60, [0, 3])[0]


@paper.number(
    "opinion of a hub at 1 among others at 0, none with weight of their own, after {} steps",
    {100: 1, 101: 0},
    status="exact",
)
def test_two_camps_swing(steps):
    return DeGroot(nx.star_graph(4), 0).after(steps, [1, 0, 0, 0, 0])[0]
