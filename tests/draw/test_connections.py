"""The picture of connections: ties made and dropped, who gains, and what would be best."""

import numpy as np

from tertius.draw import connections, figure, network
from tertius.draw.connections import AHEAD, DROPPED, LOOKS_AT, LOSES, MADE, NONE, TIE_LOOKS, TIED
from tertius.models import Connections
from tertius.simulate import show


def scene_of(steps=20, runs=8, **how):
    both = show(Connections(**how), steps, runs=runs, seed=1)
    return (*both, connections(*both))


def test_the_scene_is_the_run():
    for how in ({}, {"cost": 0.6, "first": "complete"}):
        run, many, scene = scene_of(**how)
        before, seen = None, set()
        for t, state in enumerate(run.states):
            for (i, j), code in zip(scene.ties.named_pairs(), scene.links[t], strict=True):
                is_tied = state.tied[i, j]
                was = is_tied if before is None else before[i, j]
                assert code == {(1, 1): TIED, (0, 0): NONE, (0, 1): MADE, (1, 0): DROPPED}[int(was), int(is_tied)]
                seen.add(int(code))
            got = run.model.payoffs(state.tied.astype(float))
            for i, code in enumerate(scene.people[t]):
                assert code == (LOOKS_AT if i in state.pair else AHEAD if got[i] > 0 else LOSES)
            before = state.tied
        assert len(seen) >= 3
        np.testing.assert_allclose(scene.curve.middle, np.median(many["welfare"], axis=1))
        assert scene.curve.limits[0] <= run["welfare"].min()
        assert scene.curve.limits[1] >= run.model.best_welfare


def test_the_sentence_says_what_is_best_and_whether_it_rests():
    run, many, scene = scene_of(60, cost=0.6, first="star")
    assert scene.sentences[0].startswith(
        "Step 0: 4 ties; all payoffs together are 2.20, and 2.20 in the best network, a star."
    )
    assert "No pair would change" not in scene.sentences[0]
    assert scene.sentences[-1].startswith("Step 60: no ties; all payoffs together are 0.00")
    assert "No pair would change anything." in scene.sentences[-1]
    assert f"{int(many['is_stable'][-1].sum())} of the 8 runs have come to rest." in scene.sentences[-1]
    assert run["is_stable"][-1]
    assert len(figure(scene).table) == 8
    assert network(scene, 5).collections
    assert len({look.line for look in TIE_LOOKS}) == 4
