"""Hong and Page: ten people drawn at random beside the ten best, on rugged landscapes."""

from functools import cache

import pytest
from tests.replications.table import Estimate, Paper

from tertius.models import TeamSearch
from tertius.simulate import ensemble

paper = Paper("Hong and Page 2004", "Proceedings of the National Academy of Sciences 101, 16385-16389")


@cache
def results(reach, team):
    model = TeamSearch(reach=reach, team=team)
    return ensemble(model, 40 * team, runs=64, seed=1, until=model.is_settled)


def reported(mean, deviation):
    """A mean of the paper, over 500 landscapes."""
    return Estimate(mean, deviation / 500**0.5)


@paper.number("mean value, the best team, reach {}, {} people", {(12, 10): reported(92.34, 1.26)}, status="reported")
def test_the_best(key):
    return Estimate.of(results(*key)["best_team"][-1])


@paper.number("mean value, the mixed team, reach {}, {} people", {(12, 10): reported(94.35, 0.56)}, status="reported")
def test_the_mixed(key):
    return Estimate.of(results(*key)["mixed_team"][-1])


@paper.number(
    "diversity of the {} team, reach 12, ten people",
    {"best": 84.4, "mixed": 91.9},
    status="computed",
    tolerance=0.5,
    why="their standard error is not known",
)
def test_diversity(which):
    return Estimate.of(results(12, 10)[f"{which}_diversity"][-1])


LONGER = {(20, 10): (93.55, 95.73), (12, 20): (93.66, 94.74), (20, 20): (95.00, 96.48)}
WHY = "their spread was not read"


@pytest.mark.slow
@paper.number(
    "mean value, the best team, reach {}, {} people",
    {key: best for key, (best, _) in LONGER.items()},
    status="reported",
    tolerance=0.5,
    why=WHY,
)
def test_the_best_of_more(key):
    return Estimate.of(results(*key)["best_team"][-1])


@pytest.mark.slow
@paper.number(
    "mean value, the mixed team, reach {}, {} people",
    {key: mixed for key, (_, mixed) in LONGER.items()},
    status="reported",
    tolerance=0.5,
    why=WHY,
)
def test_the_mixed_of_more(key):
    return Estimate.of(results(*key)["mixed_team"][-1])
