"""March: exploration and exploitation, as the text says it and as the paper's numbers need it."""

from functools import cache

from tests.replications.table import Estimate, Paper

from tertius.models import OrganizationalLearning
from tertius.simulate import ensemble

paper = Paper("March 1991", "Organization Science 2, 71-87")


@cache
def knowledge(learns, code_learns, reading="actions", steps=400):
    model = OrganizationalLearning(learns, code_learns, reading=reading)
    return ensemble(model, steps, runs=64, seed=1, until=model.is_settled)["knowledge"][-1]


@paper.number(
    "how much less the code knows if the text is taken to the letter, people learn .1, the code {}",
    {0.1: 0.1, 0.5: 0.1, 0.9: 0.1},
    status="computed",
    tolerance=0.05,
    why="about .1",
)
def test_the_text_to_the_letter(code_learns):
    return Estimate.of(knowledge(0.1, code_learns) - knowledge(0.1, code_learns, "text"))


@paper.number("what a code knows that never learns", 0, status="exact")
def test_a_code_that_never_learns():
    return knowledge(0.5, 0, steps=50).mean()
