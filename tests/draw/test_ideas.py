"""The picture of a survey: answers as places, who was asked, and what the sentence says of the slope."""

import numpy as np
import pytest

from tertius.draw import figure, idea_survey, network
from tertius.draw.ideas import ABLE, LESS_ABLE, NOT_ASKED, PERSON_LOOKS
from tertius.models import IdeaSurvey
from tertius.simulate import show


def scene_of(steps=19, runs=40, **how):
    both = show(IdeaSurvey(**how), steps, runs=runs, seed=1)
    return (*both, idea_survey(*both))


def test_managers_appear_as_they_are_asked_where_their_answers_are():
    run, _, scene = scene_of()
    ability, constraint, idea, _ = run.states[0]
    for t, row in enumerate(scene.people):
        asked = 10 * (t + 1)
        assert (row[asked:] == NOT_ASKED).all()
        able = ability[:asked] > np.median(ability)
        np.testing.assert_array_equal(row[:asked], np.where(able, ABLE, LESS_ABLE))
    assert np.corrcoef(scene.positions[:, 0], constraint)[0, 1] > 0.99
    assert np.corrcoef(scene.positions[:, 1], idea)[0, 1] > 0.99
    assert scene.times.tolist() == list(range(10, 201, 10))
    assert len(network(scene, 3).collections) == 2  # those not asked yet are not drawn


@pytest.mark.parametrize("adjusted", [False, True])
def test_the_curve_is_the_slope_that_was_asked_for(adjusted):
    run, many, scene = scene_of(adjusted=adjusted)
    name = "adjusted_slope" if adjusted else "raw_slope"
    np.testing.assert_allclose(scene.curve.run, run[name], atol=1e-12)
    np.testing.assert_allclose(scene.curve.high, np.quantile(many[name], 0.95, axis=1), atol=1e-12)
    low, high = scene.curve.limits
    assert low == -high <= scene.curve.low.min()
    assert high >= scene.curve.high.max()


@pytest.mark.parametrize(
    ("how", "told"),
    [
        ({}, "below zero. In truth opening the network changes nothing."),
        ({"adjusted": True}, "around zero. In truth opening the network changes nothing."),
        ({"effect": 1}, "below zero. In truth opening the network adds 1."),
        ({"ability": 0}, "around zero. In truth opening the network changes nothing."),
    ],
)
def test_the_sentence_says_where_the_band_lies_and_what_is_true(how, told):
    run, _, scene = scene_of(**how)
    assert scene.sentences[-1].endswith(told)
    assert f"is {run['slope'][-1]:.2f}. In 9 of 10 surveys it lies between" in scene.sentences[-1]
    assert len(figure(scene).table) == 8


def test_where_nothing_is_left_to_compare_the_sentence_says_so():
    _, _, scene = scene_of(steps=2, runs=5, ability=1, adjusted=True)
    assert scene.sentences[0].endswith("nobody differs in constraint, so there is no slope to fit.")
    assert np.isfinite(scene.curve.run).all()


def test_shapes_differ_where_colours_do():
    assert len({look.shape for look in PERSON_LOOKS}) == 3
