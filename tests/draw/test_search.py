"""The picture of a search: who holds what, who copied, and what the sentence counts."""

import networkx as nx
import numpy as np
import pytest

from tertius.draw import figure, network, searching
from tertius.draw.search import BEST, COPIED, OWN, PERSON_LOOKS, SHARED
from tertius.models import LandscapeSearch, PlaneSearch
from tertius.simulate import show


def scene_of(which="ring", steps=30, runs=8, **how):
    both = show(
        LandscapeSearch(which, **{"decisions": 6, "ruggedness": 3, "people": 12, **how}), steps, runs=runs, seed=1
    )
    return (*both, searching(*both))


@pytest.mark.parametrize("which", ["none", "ring", "everyone", nx.star_graph(5)], ids=str)
def test_the_scene_is_the_run(which):
    run, many, scene = scene_of(which)
    for state, row in zip(run.states, scene.people, strict=True):
        held = state.solution.tolist()
        for i, code in enumerate(row):
            if state.quality[i] > 1 - 1e-9:
                assert code == BEST
            elif state.copied[i]:
                assert code == COPIED
            else:
                assert code == (SHARED if held.count(held[i]) > 1 else OWN)
    np.testing.assert_allclose(scene.curve.run, run["quality"])
    np.testing.assert_allclose(scene.curve.low, np.quantile(many["quality"], 0.05, axis=1))
    assert scene.ties is run.model.ties
    assert len(network(scene, 3).collections) >= 1


def test_people_on_a_plane_are_drawn_too():
    run, many = show(PlaneSearch("everyone", noise=0.2, size=20), 12, runs=8, seed=1)
    scene = searching(run, many)
    for state, row in zip(run.states, scene.people, strict=True):
        np.testing.assert_array_equal(row == BEST, state.quality > 1 - 1e-9)
    assert scene.sentences[0].startswith("Round 0: solutions are ")
    assert "16 people hold 16 different ones" in scene.sentences[0]


def test_the_sentence_counts():
    run, _, scene = scene_of("everyone")
    last = scene.sentences[-1]
    assert last.startswith(f"Round 30: solutions are {100 * run['quality'][-1]:.0f}\N{NO-BREAK SPACE}% as good as")
    have = np.count_nonzero(scene.people[-1] == BEST)
    assert (f"{have} have the best." in last) if have else ("All hold the same, and it is not the best." in last)
    assert f"{len(set(run.states[0].solution.tolist()))} different ones" in scene.sentences[0]
    copied = np.count_nonzero(scene.people[1] == COPIED)
    assert copied
    assert f"{copied} copied just now." in scene.sentences[1]
    assert len(figure(scene).table) == 8
    assert len({look.shape for look in PERSON_LOOKS}) == 4


def test_where_all_are_stuck_the_sentence_says_so():
    # Of several landscapes all stand on the highest hill of one, and on a lower one of another.
    ends = set()
    for seed in range(8):
        model = LandscapeSearch("everyone", decisions=6, ruggedness=5, people=4)
        run, many = show(model, 40, runs=1, seed=seed)
        last = searching(run, many).sentences[-1]
        there = run["at_best_share"][-1] == 1
        assert ("4 have the best." in last) == there
        assert ("All hold the same, and it is not the best." in last) == (not there)
        ends.add(bool(there))
    assert ends == {True, False}
