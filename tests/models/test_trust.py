"""Keeping promises: bounds by hand, by geometric series and by every possible invader; layouts of six contacts."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.models.played import played

from tertius.errors import GraphError, ParameterError
from tertius.models import ContactSplit, TrustGame
from tertius.simulate import ensemble, simulate

payoffs = st.lists(st.integers(-20, 20), min_size=4, max_size=4, unique=True).map(lambda xs: sorted(xs, reverse=True))
chances = st.floats(0.01, 0.99)


# The bound of one broken promise


def test_the_published_example():
    # Exact: T, R, P = 5, 3, 1 and 10 trustors.
    game = TrustGame()
    assert game.patience_needed() == pytest.approx(0.5, abs=1e-9)
    for told, patience in ((1, 10 / 11), (5, 2 / 3), (10, 1 / 2)):
        assert game.patience_needed(told, trustors=10) == pytest.approx(patience, abs=1e-9)


@given(payoffs, st.integers(1, 12), st.data())
@settings(max_examples=60, deadline=None)
def test_at_the_bound_keeping_and_breaking_once_pay_the_same(payoffs, trustors, data):
    game = TrustGame(*payoffs)
    told = data.draw(st.floats(1, trustors))
    w = game.patience_needed(told, trustors)
    t, r, p, _ = payoffs
    share = told / trustors
    keeping = r / (1 - w)
    breaking = t + w / (1 - w) * ((1 - share) * r + share * p)
    assert breaking == pytest.approx(keeping, rel=1e-9)
    assert (t - r) / (t - p) == pytest.approx(game.patience_needed(), abs=1e-9)


def test_whoever_has_fewest_contacts_is_least_protected():
    game = TrustGame()
    star = nx.star_graph(4)
    patience = game.patience_by_person(star, tell=0.5)
    assert patience.index.tolist() == list(star)
    assert patience[0] == pytest.approx(game.patience_needed(3, 5))
    assert patience[3] == pytest.approx(game.patience_needed(1.5, 5))
    assert patience.idxmax() != 0
    # Directed ties point at who is told.
    assert game.patience_by_person(nx.DiGraph([(1, 2)])).tolist() == [
        game.patience_needed(2, 2),
        game.patience_needed(1, 2),
    ]


# Answering like with like


def against_tit_for_tat(game, w, moves):
    """What an invader gets who repeats these moves, True for cooperation; the sum of 4,000 rounds."""
    total, answer = 0.0, True
    for t in range(4000):
        own = moves[t % len(moves)]
        paid = (game.reward if answer else game.sucker) if own else (game.temptation if answer else game.punishment)
        total += w**t * paid
        answer = own
    return total


@given(payoffs, st.floats(0.05, 0.95))
@settings(max_examples=30, deadline=None)
def test_the_bounds_are_those_of_the_geometric_series(payoffs, w):
    game = TrustGame(*payoffs)
    bounds = game.tit_for_tat_patience()
    friendly = game.reward / (1 - w)
    for moves, name in (([False], "always defect"), ([False, True], "alternate")):
        lead = friendly - against_tit_for_tat(game, w, moves)
        if abs(w - bounds[name]) > 1e-6:
            assert (lead > 0) == (w > bounds[name])


@given(payoffs, st.floats(0.05, 0.95))
@settings(max_examples=30, deadline=None)
def test_above_both_bounds_nobody_whatsoever_does_better_and_below_somebody_does(payoffs, w):
    # The best reply of all, by value iteration: what is known of the past is the own last move.
    game = TrustGame(*payoffs)
    after_c = after_d = 0.0
    for _ in range(3000):
        after_c, after_d = (
            max(game.reward + w * after_c, game.temptation + w * after_d),
            max(game.sucker + w * after_c, game.punishment + w * after_d),
        )
    bound = game.tit_for_tat_patience()["anybody"]
    if abs(w - bound) > 1e-3:
        assert (after_c > game.reward / (1 - w) + 1e-6) == (w < bound)


def test_payoffs_five_three_one_nothing():
    # Bounds: .5, 2/3, so 2/3.
    assert list(TrustGame().tit_for_tat_patience().values()) == pytest.approx([1 / 2, 2 / 3, 2 / 3], abs=1e-9)
    assert TrustGame().trust_threshold == pytest.approx(1 / 3, abs=1e-9)


# Six contacts in one group or in six


@pytest.mark.parametrize(
    ("split", "groups", "size", "patience"),
    # Exact: .500, .667, .750, .857; effective size n − 2t/n: 1, 4, 5, 6
    [
        ("6", 1, 1, 1 / 2),
        ("5+1", 2, 6 - 20 / 6, 6 / 7),
        ("4+2", 2, 6 - 14 / 6, 3 / 4),
        ("3+3", 2, 4, 2 / 3),
        ("2+2+2", 3, 5, 3 / 4),
        ("1+1+1+1+1+1", 6, 6, 6 / 7),
    ],
)
def test_the_tighter_the_safer_and_the_wider_the_more_is_heard(split, groups, size, patience):
    layout = ContactSplit(split)
    assert layout.groups_reached == groups
    assert layout.effective_size == pytest.approx(size, abs=1e-9)
    assert layout.patience_needed == pytest.approx(patience, abs=1e-9)
    graph = nx.disjoint_union_all(nx.complete_graph(k) for k in layout.split)
    assert TrustGame().patience_by_person(graph).max() == pytest.approx(patience, abs=1e-9)
    run = simulate(layout, 19, seed=1)
    np.testing.assert_allclose(run["meeting"], np.arange(20) / 20, atol=1e-12)
    assert (run["all_kept"] == (np.arange(20) / 20 >= patience - 1e-9)).all()
    for t, state in enumerate(run.states):
        expected = [t / 20 >= TrustGame().patience_needed(k, 6) - 1e-9 for k in layout.split for _ in range(k)]
        assert layout.kept(state).tolist() == expected


def test_with_half_told_it_depends_on_who():
    # Each of the 5 others is told with probability a half: 64 runs × 6 contacts, 4 standard errors.
    states = played(ContactSplit("6", tell=0.5), 12)
    assert states[0].told.mean() == pytest.approx(3.5, abs=4 * np.sqrt(5 / 4 / (64 * 6)))
    assert states[0].told.min() >= 1
    assert ContactSplit("6", tell=0.5).patience_needed == pytest.approx(TrustGame().patience_needed(3.5, 6))
    kept = states[12].told * (0.6 / 0.4) >= 6 - 1e-9
    np.testing.assert_array_equal(ContactSplit("6", tell=0.5).kept(states[12]), kept)


@given(st.tuples(st.floats(0, 1), st.floats(0, 1)).map(sorted), st.sampled_from(["6", "4+2", "2+2+2"]))
@settings(max_examples=20, deadline=None)
def test_more_telling_never_makes_a_promise_worth_less(tell, split):
    less, more = (ensemble(ContactSplit(split, tell=q), 19, runs=64, seed=3)["kept_share"] for q in tell)
    assert (less <= more).all()


def test_meeting_again_stays_below_certain():
    assert simulate(ContactSplit("6", pace=0.3), 9, seed=1)["meeting"].tolist()[-1] == pytest.approx(0.9)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: TrustGame(3, 3, 1, 0), "each must be above the next"),
        (lambda: TrustGame().patience_needed(0.5), "told is 0.5"),
        (lambda: TrustGame().patience_needed(7, trustors=6), "to all 6 trustors"),
        (lambda: TrustGame().patience_needed(1, trustors=0), "trustors is 0"),
        (lambda: TrustGame().patience_by_person([(1, 2)], tell=2), "tell is 2"),
        (lambda: ContactSplit("3+x"), "split is '3.x'"),
        (lambda: ContactSplit((7,)), "from 1 to 6"),
        (lambda: ContactSplit(()), "split is"),
        (lambda: ContactSplit("1+1+1", groups=2), "groups is 2"),
        (lambda: ContactSplit("6", pace=0), "pace is 0"),
    ],
)
def test_settings_out_of_range_are_refused(call, message):
    with pytest.raises((ParameterError, GraphError), match=message):
        call()
