"""The picture of two teams: whose turn it is, and what the sentence says of both."""

import numpy as np

from tertius.draw import figure, network, teams
from tertius.draw.teams import OF_BEST, OF_MIXED, ON_TURN, PERSON_LOOKS
from tertius.models import TeamSearch
from tertius.simulate import show


def scene_of(steps=20, runs=8):
    both = show(TeamSearch(reach=5, steps=2, team=3, positions=40), steps, runs=runs, seed=1)
    return (*both, teams(*both))


def test_one_member_of_each_team_is_on_turn():
    run, many, scene = scene_of()
    assert scene.people[0].tolist() == [OF_BEST] * 3 + [OF_MIXED] * 3
    for t in range(1, 21):
        expected = [OF_BEST] * 3 + [OF_MIXED] * 3
        expected[(t - 1) % 3] = expected[3 + (t - 1) % 3] = ON_TURN
        assert scene.people[t].tolist() == expected
    for k, label in enumerate(scene.labels):
        member = run.model.people[run.states[0].members[k // 3, k % 3]]
        assert label == "-".join(map(str, member))
    np.testing.assert_allclose(scene.curve.run, run["mixed_team"])
    np.testing.assert_allclose(scene.curve.middle, run["best_team"])
    np.testing.assert_allclose(scene.curve.high, np.quantile(many["mixed_team"], 0.95, axis=1))
    assert len({tuple(place) for place in scene.positions.tolist()}) == 6
    assert len({look.shape for look in PERSON_LOOKS}) == 3


def test_the_sentence_says_how_high_both_stand():
    run, many, scene = scene_of()
    ahead, lead = int((many["lead"][-1] > 0).sum()), many["lead"][-1].mean()
    assert run["is_settled"][-1]
    assert scene.sentences[-1] == (
        f"Turn 20: the best team stands at {run['best_team'][-1]:.1f} on average, the mixed team at "
        f"{run['mixed_team'][-1]:.1f}. Neither gets any further. The mixed team is ahead in {ahead} of 8 runs, by "
        f"{lead:.1f} on average over all."
    )
    assert "Neither" not in scene.sentences[0]
    assert len(figure(scene, 3).table) == 8
    assert network(scene, 3).collections
