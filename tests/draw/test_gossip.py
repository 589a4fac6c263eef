"""The picture of trust lost: who trusts, who came, and along which ties word went."""

import networkx as nx
import numpy as np
import pytest

from tertius.draw import figure, network, trust_lost
from tertius.draw.gossip import COMES, LOST, PERSON_LOOKS, TRUSTS
from tertius.models import TrustNetwork
from tertius.simulate import show


def scene_of(graph=None, steps=15, runs=8, seed=1, **how):
    model = TrustNetwork(graph or nx.karate_club_graph(), **{"meeting": 0.9, "tell": 0.5, "breaks": "always", **how})
    both = show(model, steps, runs=runs, seed=seed)
    return (*both, trust_lost(*both))


@pytest.mark.parametrize("graph", [nx.karate_club_graph(), nx.DiGraph([(0, 1), (1, 2), (2, 0), (0, 2)])], ids=str)
def test_the_scene_is_the_run(graph):
    run, _, scene = scene_of(graph, meeting=0.97)
    told = 0
    for t, (state, row) in enumerate(zip(run.states, scene.people, strict=True)):
        came = int(state.visitor) if t and not run.states[t - 1].is_over else None
        for i, look in enumerate(row):
            assert look == (COMES if i == came else TRUSTS if state.trusts[i] else LOST)
        for (u, v), is_told in zip(zip(*scene.ties.pairs, strict=True), scene.links[t], strict=True):
            before = run.states[t - 1].trusts if t else state.trusts
            lost = before & ~state.trusts
            ways = [(u, v)] if graph.is_directed() else [(u, v), (v, u)]
            assert bool(is_told) == any(came == one and lost[one] and lost[other] for one, other in ways)
            told += is_told
    assert told
    np.testing.assert_allclose(scene.curve.run, run["trusting_share"])
    assert len({look.shape for look in PERSON_LOOKS}) == 3
    assert network(scene, 2).collections


def test_the_sentence_says_who_was_let_down_and_who_heard():
    run, _, scene = scene_of()
    trusting = [int(state.trusts.sum()) for state in run.states]
    assert scene.sentences[0].startswith("Round 0: 34 of 34 trust. So far no promises were broken.")
    lost = trusting[0] - trusting[1]
    heard = f", and {lost - 1} heard of it" if lost > 1 else ""
    told = f"Round 1: {trusting[1]} of 34 trust. A promise was broken: one was let down{heard}."
    assert scene.sentences[1].startswith(f"{told} So far 1 promise was broken.")
    assert "It is over." in scene.sentences[-1]
    kept = scene_of(breaks="never")[2]
    assert not kept.links.any()
    assert "let down" not in "".join(kept.sentences)
    assert len(figure(scene).table) == 8
