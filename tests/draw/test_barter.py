"""The picture of barter: who knows how much beside the start, and where two could trade."""

import networkx as nx
import numpy as np
import pytest

from tertius.draw import barter, figure, network
from tertius.draw.barter import PERSON_LOOKS
from tertius.models import KnowledgeBarter
from tertius.simulate import show


def scene_of(which=None, steps=12, runs=8, **how):
    both = show(KnowledgeBarter(which, **{"people": 12, "radius": 2, "rewired": 0.2, **how}), steps, runs=runs, seed=1)
    return (*both, barter(*both))


@pytest.mark.parametrize("which", [None, nx.path_graph(["Ann", "Bo", "Cy", "Di", "Ed"])], ids=["ring", "path"])
def test_the_scene_is_the_run(which):
    run, many, scene = scene_of(which)
    first = run.states[0].knowledge.mean(axis=1)
    for state, row, links in zip(run.states, scene.people, scene.links, strict=True):
        for level, look in zip(state.knowledge.mean(axis=1), row, strict=True):
            assert look == sum(level > np.quantile(first, share) for share in (0.25, 0.5, 0.75))
        for u, v, stuck in zip(*scene.ties.pairs, links, strict=True):
            one, other = state.knowledge[u], state.knowledge[v]
            assert stuck != (any(one > 1.01 * other) and any(other > 1.01 * one))
    np.testing.assert_allclose(scene.curve.middle, np.median(many["mean"], axis=1))
    assert scene.ties.n_ties == run.model.ties(run.states[0]).n_ties
    assert len({look.shape for look in PERSON_LOOKS}) == 4
    assert network(scene, 2).collections


def test_the_sentence_says_what_is_known_and_where_two_could_trade():
    run, many, scene = scene_of()
    low, high = np.quantile(many["mean"][4], [0.05, 0.95])
    share = 100 * (1 - scene.links[4].mean())
    assert scene.sentences[4] == (
        f"Step 4: people know {run['mean'][4]:.2f} on average, at first {run['mean'][0]:.2f}. On "
        f"{share:.0f}\N{NO-BREAK SPACE}% of the ties two could trade. In 9 of 10 runs this mean lies between "
        f"{low:.2f} and {high:.2f}."
    )
    last = scene_of(steps=80, runs=1, gain=1.0, categories=2)[2].sentences[-1]
    assert "No two who are tied can trade any more." in last
    assert last.endswith("This is one run.")
    assert len(figure(scene).table) == 8
