"""Finding is not absorbing: what has many parts seldom comes whole over a weak tie."""

from tests.replications.table import Estimate, Paper

from tertius.models import MessageTransfer, helped_chance, whole_message_chance
from tertius.simulate import ensemble

paper = Paper(
    "Hansen 1999; Reagans and McEvily 2003",
    "Administrative Science Quarterly 44, 82-111; 48, 240-267; the form is ours, and its numbers are by hand",
)


@paper.number("chance that ten parts of .8 each come whole", 0.8**10, status="exact")
def test_ten_parts():
    assert round(whole_message_chance(10, 0.8), 3) == 0.107
    return whole_message_chance(10, 0.8)


@paper.number("in three attempts", 1 - (1 - 0.8**10) ** 3, status="exact")
def test_three_attempts():
    return whole_message_chance(10, 0.8, attempts=3)


@paper.number("the same from 10,000 runs", 1 - (1 - 0.8**10) ** 3, status="exact")
def test_three_attempts_in_runs():
    return Estimate.of(ensemble(MessageTransfer([0.8], parts=10), 3, runs=10_000, seed=1)["learned"][-1])


@paper.number("chance of a part of .5 with cohesion 1, relief .5", 0.75, status="exact")
def test_cohesion_helps():
    return helped_chance(0.5, 1, 0.5)
