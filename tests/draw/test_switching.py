"""The picture of people who are one of two things: its people are the run's, and its sentence counts them."""

import numpy as np
import pytest

from tertius.draw import switching
from tertius.draw.switching import BEGAN, ENDED, IS, NOT
from tertius.errors import ParameterError
from tertius.models import (
    SIR,
    DeathBirthGame,
    IndependentCascade,
    LinearThreshold,
    ThresholdCascade,
    TrustByExperience,
)
from tertius.simulate import show
from tertius.ties import Ties

PATH = Ties.of([("Ann", "Bo"), ("Bo", "Cy"), ("Cy", "Di"), ("Di", "Ed"), ("Cy", "Ed")])
SPACE = "\N{NO-BREAK SPACE}"


def test_news_goes_along_a_path():
    scene = switching(*show(IndependentCascade(PATH, 1.0, ["Ann"]), 3, runs=8, seed=1))
    assert scene.people.tolist() == [
        [IS, NOT, NOT, NOT, NOT],
        [IS, BEGAN, NOT, NOT, NOT],
        [IS, IS, BEGAN, NOT, NOT],
        [IS, IS, IS, BEGAN, BEGAN],
    ]
    ties = PATH.named_pairs()
    assert [[ties[k] for k in np.flatnonzero(row)] for row in scene.links] == [
        [("Ann", "Bo")],
        [("Bo", "Cy")],
        [("Cy", "Di"), ("Cy", "Ed")],
        [],
    ]
    assert scene.sentences[0].startswith(f"Step 0: 1 of 5 people has heard it (20{SPACE}%). In 9 of 10 runs")
    assert scene.sentences[3] == (
        f"Step 3: 5 of 5 people have heard it (100{SPACE}%). 2 heard it just now. In 9 of 10 runs the share of people "
        f"who have heard it is 100{SPACE}%."
    )
    assert len(scene.person_looks) == 3


@pytest.mark.parametrize(
    ("model", "observed"),
    [
        (ThresholdCascade(PATH, 0.4), "adopted_share"),
        (LinearThreshold(PATH, 1.0), "adopted_share"),
        (TrustByExperience(PATH, keeps=0.4), "trusting_share"),
        (DeathBirthGame(PATH, selection=0.1, initial_cooperators=2), "cooperating_share"),
    ],
)
def test_the_people_are_those_of_the_run(model, observed):
    run, many = show(model, 20, runs=8, seed=2)
    scene = switching(run, many)
    there = np.isin(scene.people, (IS, BEGAN))
    np.testing.assert_allclose(there.mean(axis=1), run[observed])
    if len(scene.person_looks) == 4:
        ended = (scene.people == ENDED).sum()
        assert ended == (there[:-1] & ~there[1:]).sum() > 0
    np.testing.assert_array_equal(scene.curve.high, many.band(observed)[2])


def test_another_model_is_refused_in_one_sentence():
    with pytest.raises(ParameterError, match="got one of SIR"):
        switching(*show(SIR(PATH), 2, runs=5, seed=1))
