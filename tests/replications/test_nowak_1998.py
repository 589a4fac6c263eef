"""Nowak and Sigmund: how well names must be known."""

from tests.replications.table import Paper

from tertius.models import ImageScoring
from tertius.models.reputation import ALWAYS, NEVER
from tertius.simulate import ensemble

paper = Paper("Nowak and Sigmund 1998", "Nature 393, 573-577")


@paper.number(
    "lead of those who look at names over those who never give, where a name is known with chance c/b, {}",
    {0.1: 0, 0.5: 0},
    status="exact",
)
def test_the_bound(ratio):
    looks, never = ImageScoring(knows=ratio, benefit=1.0, cost=ratio).payoffs()
    return looks - never


@paper.number("share of meetings with a gift where everybody's strategy is {}", {ALWAYS: 1, NEVER: 0}, status="exact")
def test_extremes(strategy):
    return ensemble(ImageScoring(people=10, strategies=[strategy] * 10), 3, runs=8, seed=1)["giving"][-1].mean()
