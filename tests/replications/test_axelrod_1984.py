"""Axelrod: how likely another meeting must be for tit for tat to stand."""

from tests.replications.table import Paper

from tertius.models import TrustGame

paper = Paper("Axelrod 1984", "The Evolution of Cooperation")


@paper.number(
    "chance of another meeting above which tit for tat withstands {}, payoffs 5, 3, 1, 0",
    {"always defect": 1 / 2, "alternate": 2 / 3, "anybody": 2 / 3},
    status="exact",
)
def test_what_withstands(invader):
    return TrustGame().tit_for_tat_patience()[invader]
