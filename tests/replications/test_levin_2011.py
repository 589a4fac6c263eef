"""Levin, Walter and Murnighan, in our form: old trust, new knowledge."""

from math import exp, log

from tests.replications.table import Estimate, Paper

from tertius.models import DormantContact, best_silence, dormant_value
from tertius.simulate import ensemble

paper = Paper("Levin, Walter and Murnighan 2011, in our form", "Organization Science 22, 923-939")


@paper.number(
    "value of a contact, silence {} years, overlap {}, strength {}",
    {(0, 0.8, 1): 0.20, (0, 0.2, 0.2): 0.16, (3, 0.8, 1): (1 - 0.8 * exp(-1.5)) * exp(-3 / 8)},
    status="exact",
)
def test_value(key):
    return dormant_value(*key)


@paper.number("best silence in years, overlap .8, renewal 2, trust 8", 2 * log(4), status="exact")
def test_best_silence():
    return best_silence()


@paper.number("new topics after three years, overlap .8", 1 - 0.8 * exp(-1.5), status="exact")
def test_new_topics():
    return Estimate.of(ensemble(DormantContact(), 36, runs=640, seed=1)["new_share"][-1])
