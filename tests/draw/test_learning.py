"""The picture of a learning organisation: who knows better, who agrees, and how the sentence counts them."""

import numpy as np

from tertius.draw import figure, network, organizational_learning
from tertius.draw.learning import AGREES, BETTER, DIFFERS, PERSON_LOOKS
from tertius.models import OrganizationalLearning
from tertius.simulate import show


def scene_of(steps=30, runs=8, **how):
    both = show(OrganizationalLearning(people=12, dimensions=8, **how), steps, runs=runs, seed=1)
    return (*both, organizational_learning(*both))


def test_the_scene_is_the_run():
    run, many, scene = scene_of(learns=0.4)
    for state, row in zip(run.states, scene.people, strict=True):
        code = int(state.code @ state.reality)
        for belief, look in zip(state.beliefs, row, strict=True):
            better = int(belief @ state.reality) > code
            assert look == (BETTER if better else AGREES if (belief == state.code).all() else DIFFERS)
    np.testing.assert_allclose(scene.curve.run, run["knowledge"])
    np.testing.assert_allclose(scene.curve.high, np.quantile(many["knowledge"], 0.95, axis=1))
    assert {BETTER, DIFFERS} <= set(scene.people[0].tolist())
    assert len({look.shape for look in PERSON_LOOKS}) == 3
    assert len(figure(scene).table) == 8
    assert network(scene, 3).collections


def test_the_sentence_counts_who_is_right_more_often():
    run, _, scene = scene_of(steps=200, learns=0.9)
    better = np.count_nonzero(scene.people[0] == BETTER)
    assert scene.sentences[0].startswith(
        "Step 0: right less wrong, the code knows 0\N{NO-BREAK SPACE}% of all facts. "
        f"{better} of 12 people are right more often, nobody believes all it says."
    )
    assert run["is_settled"][-1]
    assert (
        "Nobody of 12 people is right more often, 12 believe all it says. Nobody is left to learn"
        in scene.sentences[-1]
    )
