"""Barter of knowledge: meeting by meeting by hand, two people by enumeration, what never happens, what shortcuts do."""

from itertools import combinations, pairwise, product

import networkx as nx
import numpy as np
import pytest
from tests.models.played import played

from tertius.errors import GraphError, ParameterError
from tertius.models import KnowledgeBarter
from tertius.simulate import BLOCK, Streams, ensemble, simulate


def trade(mine, theirs, teach, learn, gain):
    """Both after they have taught each other these categories."""
    mine, theirs = list(mine), list(theirs)
    for c in teach:
        theirs[c] += gain * (mine[c] - theirs[c])
    for c in learn:
        mine[c] += gain * (theirs[c] - mine[c])
    return mine, theirs


def leads(mine, theirs):
    return [c for c in range(len(mine)) if mine[c] > 1.01 * theirs[c]]


@pytest.mark.parametrize("network", [None, nx.star_graph(6)])
def test_people_meet_one_after_another(network):
    model = KnowledgeBarter(network, people=7, radius=2, rewired=0.3, categories=4, gain=0.3, experts=2)
    states = played(model, 4)
    rng = Streams(model.streams, 1, 0)
    model.start(rng, BLOCK)
    near = model._near
    for before, after in pairwise(states):
        which = rng.meetings.integers(0, len(before.far), (7, BLOCK))
        luck = rng.choosing.random((7, 4, BLOCK))
        for run in range(0, BLOCK, 5):
            levels, traded = before.knowledge[..., run].tolist(), 0
            for tie, order in zip(which[:, run], luck[..., run], strict=True):
                i, j = near[tie], before.far[tie, run]
                teach, learn = leads(levels[i], levels[j]), leads(levels[j], levels[i])
                number = min(len(teach), len(learn))
                kept = [sorted(able, key=order.__getitem__)[:number] for able in (teach, learn)]
                levels[i], levels[j] = trade(levels[i], levels[j], *kept, 0.3)
                traded += number > 0
            np.testing.assert_allclose(after.knowledge[..., run], levels, atol=1e-12)
            assert after.traded[run] == traded / 7


def test_two_people_teach_what_enumeration_says():
    # Three categories to teach and one to learn, so one of three, evenly, at each of two meetings of a step; 4,096
    # runs, 4 standard errors.
    model = KnowledgeBarter([(0, 1)], categories=4, gain=0.5)
    levels = ((8.0, 6.0, 4.0, 1.0), (2.0, 1.0, 2.0, 7.0))
    share = {levels: 1.0}
    for _ in range(2):
        after = {}
        for (mine, theirs), chance in share.items():
            teach, learn = leads(mine, theirs), leads(theirs, mine)
            number = min(len(teach), len(learn))
            ways = list(product(combinations(teach, number), combinations(learn, number)))
            for way in ways:
                pair = tuple(map(tuple, trade(mine, theirs, *way, 0.5)))
                after[pair] = after.get(pair, 0) + chance / len(ways)
        share = after
    assert len(share) > 5
    expected = sum(chance * np.array(theirs) for (_, theirs), chance in share.items())
    same = played(model, 0)[0]._replace(knowledge=np.repeat(np.array(levels)[..., None], BLOCK, axis=-1))
    found = np.concatenate(
        [model.step(same, 1, Streams(model.streams, 3, block)).knowledge[1] for block in range(64)], axis=1
    )
    error = found.std(axis=1, ddof=1) / np.sqrt(found.shape[1])
    assert (abs(found.mean(axis=1) - expected) <= 4 * error + 1e-9).all()
    assert (error[:3] > 0).all()


def test_what_never_happens():
    for how in ({}, {"experts": 3}, {"rewired": 1.0}):
        model = KnowledgeBarter(people=12, radius=2, categories=3, **how)
        states = played(model, 20)
        top = states[0].knowledge.max(axis=0)
        assert (top == 30).any() == bool(how.get("experts"))
        for before, after in pairwise(states):
            assert (after.knowledge >= before.knowledge).all()
            assert (after.knowledge <= top + 1e-12).all()
            changed = (after.knowledge != before.knowledge).any(axis=(0, 1))
            np.testing.assert_array_equal(changed, after.traded > 0)


def test_without_gain_nothing_changes_and_without_a_double_match_nobody_trades():
    states = played(KnowledgeBarter(people=6, radius=1, gain=0), 3)
    np.testing.assert_array_equal(states[0].knowledge, states[-1].knowledge)
    model = KnowledgeBarter([(0, 1)], categories=2)
    first = played(model, 0)[0]
    better = np.repeat(np.array([[5.0, 5.0], [1.0, 5.01]])[..., None], BLOCK, axis=-1)  # less than 1 % ahead
    state = first._replace(knowledge=better)
    assert model.is_settled(state).all()
    after = model.step(state, 1, Streams(model.streams, 1, 0))
    np.testing.assert_array_equal(after.knowledge, better)
    assert (after.traded == 0).all()


def test_both_gain_from_every_trade():
    model = KnowledgeBarter([(0, 1)], categories=5)
    for before, after in pairwise(played(model, 5)):
        rises = after.knowledge.sum(axis=1) - before.knowledge.sum(axis=1)
        assert ((rises > 0).all(axis=0) | (rises == 0).all(axis=0)).all()
        np.testing.assert_array_equal((rises > 0).all(axis=0), after.traded > 0)


def test_when_no_two_can_trade_nothing_changes_any_more():
    model = KnowledgeBarter(people=5, radius=1, categories=2, gain=0.5)
    states = played(model, 60)
    settled = np.array([model.is_settled(state) for state in states])
    assert not settled[0].all()
    assert settled[-1].all()
    for run in range(BLOCK):
        end = int(settled[:, run].argmax())
        np.testing.assert_array_equal(states[end].knowledge[..., run], states[-1].knowledge[..., run])


def test_experts_are_as_many_as_said_and_anybody_in_anything():
    state = played(KnowledgeBarter(people=6, radius=1, categories=3, experts=2), 0)[0]
    is_expert = state.knowledge == 30
    assert (is_expert.any(axis=1).sum(axis=0) == 2).all()
    assert (is_expert.sum(axis=1) <= 1).all()
    assert is_expert.any(axis=2).all()


def test_a_few_ties_that_lead_elsewhere_teach_more():
    # .09 above 0, runs of other rings as units, 4 standard errors.
    straight, small = (
        ensemble(KnowledgeBarter(people=100, radius=3, rewired=p), 120, runs=64, seed=1)["mean"][-1] for p in (0, 0.09)
    )
    lead = small - straight
    assert lead.mean() > 4 * lead.std(ddof=1) / 8


def test_what_is_observed_and_who_is_tied():
    model = KnowledgeBarter(people=8, radius=2, rewired=0.4, categories=3)
    run = simulate(model, 2, seed=1)
    level = run.states[2].knowledge.mean(axis=1)
    assert run["mean"][2] == pytest.approx(level.mean())
    assert run["variance"][2] == pytest.approx(level.var())
    assert run["variation"][2] == pytest.approx(level.std() / level.mean())
    assert model.ties(run.states[0]).n_ties == 16
    star = KnowledgeBarter(nx.star_graph(3))
    assert star.ties(simulate(star, 0, seed=1).states[0]).named_pairs() == [(0, 1), (0, 2), (0, 3)]


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: KnowledgeBarter(nx.empty_graph(3)), GraphError, "To barter people need ties"),
        (lambda: KnowledgeBarter(nx.DiGraph([(0, 1)])), GraphError, "Barter is defined for undirected ties"),
        (lambda: KnowledgeBarter(people=4, radius=2), ParameterError, "n is 4 and radius 2"),
        (lambda: KnowledgeBarter(categories=1), ParameterError, "categories is 1"),
        (lambda: KnowledgeBarter(gain=2), ParameterError, "gain is 2"),
        (lambda: KnowledgeBarter(experts=301), ParameterError, "experts is 301"),
    ],
)
def test_what_cannot_be_bartered_is_refused(call, error, message):
    with pytest.raises(error, match=message):
        call()
