"""Burt: a slope of ideas on constraint that ability makes."""

from tests.replications.table import Estimate, Paper

from tertius.models import IdeaSurvey
from tertius.simulate import ensemble

paper = Paper("Burt 2004, with ability as the cause", "American Journal of Sociology 110, 349-399")


@paper.number(
    "slope of ideas on constraint where constraint does nothing, ability {}",
    {"left out": -0.64, "held equal": 0.0},
    status="exact",
)
def test_slopes(ability):
    name = "adjusted_slope" if ability == "held equal" else "raw_slope"
    return Estimate.of(ensemble(IdeaSurvey(effect=0, ability=0.8), 19, runs=320, seed=1)[name][-1])
