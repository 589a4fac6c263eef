"""Cooperation among neighbours: death by death by hand, fixation against exact chains and the rule for few contacts."""

from itertools import pairwise

import networkx as nx
import numpy as np
import pytest
from tests.models.played import played

from tertius.errors import GraphError, ParameterError
from tertius.models import DeathBirthGame
from tertius.simulate import BLOCK, Streams, ensemble

LOPSIDED = nx.Graph([(0, 1), (0, 2), (0, 3), (3, 4)])


def fitness(graph, model, cooperates, i):
    """What somebody gets less what they pay, contact by contact."""
    gains = sum(model.benefit * cooperates[j] - model.cost * cooperates[i] for j in graph[i])
    return 1 - model.selection + model.selection * gains


@pytest.mark.parametrize("graph", [LOPSIDED, nx.Graph([(0, 1), (1, 2)]), nx.empty_graph(3)], ids=str)
def test_people_die_and_are_followed_one_by_one(graph):
    graph = graph.copy()
    graph.add_node("alone")
    model = DeathBirthGame(graph, 3.0, 1.0, 0.2, initial_cooperators=2)
    states = played(model, 6)
    people, n = list(graph), len(graph)
    rng = Streams(model.streams, 1, 0)
    model.start(rng, BLOCK)
    for before, after in pairwise(states):
        dying, luck = np.floor(rng.dying.random((n, BLOCK)) * n).astype(int), rng.following.random((n, BLOCK))
        for run in range(BLOCK):
            cooperates = dict(zip(people, before[:, run].tolist(), strict=True))
            for k in range(n):
                who = people[dying[k, run]]
                chances = [fitness(graph, model, cooperates, j) for j in graph[who]]
                place = luck[k, run] * sum(chances)
                for j, chance in zip(list(graph[who]), chances, strict=True):
                    if place < chance:
                        cooperates[who] = cooperates[j]
                        break
                    place -= chance
            assert list(cooperates.values()) == after[:, run].tolist()


def test_as_many_cooperate_at_first_as_are_asked_for_and_more_are_the_same_and_others():
    few, more = (played(DeathBirthGame(LOPSIDED, initial_cooperators=k), 0)[0] for k in (1, 3))
    assert (few.sum(axis=0) == 1).all()
    assert (more.sum(axis=0) == 3).all()
    assert (few <= more).all()
    # Everybody is as likely: 64 runs among five people, 4 standard errors.
    assert (abs(few.mean(axis=1) - 0.2) < 4 * np.sqrt(0.2 * 0.8 / BLOCK)).all()


def test_blocks_measured_at_once_are_what_the_steps_give():
    game = DeathBirthGame(LOPSIDED, selection=0.1, initial_cooperators=2)
    for until in (None, game.is_settled):
        together = ensemble(game, 30, runs=3 * BLOCK, seed=1, until=until)
        one_by_one = ensemble(game, 30, runs=3 * BLOCK, seed=1, until=until and (lambda state: game.is_settled(state)))
        first = played(game, 30)
        np.testing.assert_array_equal(together["cooperating_share"], one_by_one["cooperating_share"])
        np.testing.assert_array_equal(together.stopped, one_by_one.stopped)
        for t, state in enumerate(first):
            np.testing.assert_array_equal(together["cooperating_share"][t, :BLOCK], state.mean(axis=0))


def test_who_is_alone_stays_as_they_are_and_who_all_agree_stay_so():
    graph = nx.path_graph(3)
    graph.add_node("alone")
    for before, after in pairwise(played(DeathBirthGame(graph, initial_cooperators=2), 20)):
        assert (after[3] == before[3]).all()
    for k in (0, 4):
        game = DeathBirthGame(graph, initial_cooperators=k)
        assert (played(game, 5)[-1] == (k == 4)).all()
        assert game.is_settled(played(game, 0)[0]).all()


def test_settled_runs_never_change():
    game = DeathBirthGame(nx.disjoint_union(nx.path_graph(3), nx.path_graph(2)), initial_cooperators=2)
    states = played(game, 30)
    settled = np.array([game.is_settled(state) for state in states])
    assert settled[-1].mean() > 0.9
    for t, (before, after) in enumerate(pairwise(states)):
        assert (before == after)[:, settled[t]].all()


@pytest.mark.parametrize(
    "graph", [nx.cycle_graph(8), nx.complete_graph(5), nx.cubical_graph(), nx.random_regular_graph(3, 10, seed=1)]
)
@pytest.mark.parametrize("k", [1, 3])
def test_without_selection_each_is_as_likely_to_be_everybodys_ancestor(graph, k):
    # Exact: k of n, where all have as many contacts.
    game = DeathBirthGame(graph, selection=0, initial_cooperators=k)
    assert game.fixation_chance() == pytest.approx(k / len(graph), abs=1e-9)


def test_without_selection_those_with_more_contacts_have_more_descendants():
    # Exact: the chance is in proportion to contacts; on a star of three leaves the hub has half of all.
    star = DeathBirthGame(nx.star_graph(3), selection=0)
    assert star._fixation[[1, 2, 4, 8]] == pytest.approx([1 / 2, 1 / 6, 1 / 6, 1 / 6], abs=1e-9)


def test_two_people_have_half_a_chance_whatever_they_do():
    # Exact: whoever is left is followed by nobody but themselves.
    assert DeathBirthGame([(0, 1)], 9.0, 1.0, 0.3).fixation_chance() == pytest.approx(0.5, abs=1e-9)


def test_three_in_a_line_by_hand():
    # Exact. From {1}, the middle: it dies first with chance 1/3 and is lost; else an end follows it, and then the
    # middle, if it dies (1/3), follows the helping end with chance f/(f + g). From {end}: by the same reckoning.
    w, b, c = 0.1, 3.0, 1.0
    game = DeathBirthGame(nx.path_graph(3), b, c, w)
    lone_end, no_gain = 1 - w - w * c, 1 - w  # a helper at one end, the middle does not help; the other end
    both_end, free_end = 1 - w + w * (b - c), 1 - w + w * b  # middle and one end help; the other end does not
    x = lone_end / (lone_end + no_gain)  # the middle dies, and only one end helps: its child follows with chance x
    y = both_end / (both_end + free_end)  # the same where the middle helped before
    # Combinations (end, middle, end): a = 100, d = 010, e = 110, f = 101; 000 lost, 111 won. Who dies, each 1/3:
    # a: left -> 000; middle -> 110 with x; right -> 100.   d: left -> 110; middle -> 000; right -> 011 (as e).
    # e: left -> 110; middle -> 110 with y, else 100; right -> 111.   f: left -> 001; middle -> 111; right -> 100.
    move = np.array([[1 - x + 1, 0, x, 0], [0, 0, 2, 0], [1 - y, 0, 1 + y, 0], [2, 0, 0, 0]]) / 3
    won = np.array([0, 0, 1, 1]) / 3
    a, d, _, _ = np.linalg.solve(np.eye(4) - move, won)
    assert game.fixation_chance() == pytest.approx((2 * a + d) / 3, abs=1e-9)


@pytest.mark.parametrize(("graph", "benefit"), [(nx.cycle_graph(6), 6.0), (LOPSIDED, 2.0)], ids=["cycle", "lopsided"])
def test_simulated_fixation_is_what_the_chain_says(graph, benefit):
    # 2,048 runs, 4 standard errors.
    game = DeathBirthGame(graph, benefit, 1.0, 0.15)
    share = ensemble(game, 400, runs=2048, seed=1, until=game.is_settled)["cooperating_share"][-1]
    assert set(share.tolist()) == {0.0, 1.0}
    assert abs(share.mean() - game.fixation_chance()) < 4 * share.std(ddof=1) / np.sqrt(2048)


@pytest.mark.parametrize(
    "graph", [nx.cycle_graph(8), nx.cycle_graph(10), nx.random_regular_graph(3, 10, seed=2)], ids=str
)
def test_cooperation_is_favoured_above_a_ratio_that_people_and_contacts_set(graph):
    # Computed, as selection goes to 0: b/c above (n − 2) / (n/k − 2).
    n, k = len(graph), graph.degree[0]
    bound = (n - 2) / (n / k - 2)
    below, above = (DeathBirthGame(graph, ratio * bound, 1.0, 1e-4).fixation_chance() - 1 / n for ratio in (0.99, 1.01))
    assert below < 0 < above
    assert bound > k


@pytest.mark.parametrize("graph", [nx.complete_graph(6), nx.octahedral_graph()])
def test_where_contacts_are_half_of_all_no_benefit_is_enough(graph):
    for benefit in (5.0, 500.0):
        assert DeathBirthGame(graph, benefit, 1.0, 1e-5).fixation_chance() < 1 / 6


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: DeathBirthGame(nx.Graph()), GraphError, "needs people"),
        (lambda: DeathBirthGame(nx.DiGraph([(0, 1)])), GraphError, "The death-birth game is defined for undirected"),
        (lambda: DeathBirthGame(LOPSIDED, benefit=-1), ParameterError, "benefit is -1"),
        (lambda: DeathBirthGame(LOPSIDED, cost=float("nan")), ParameterError, "cost is nan"),
        (lambda: DeathBirthGame(LOPSIDED, selection=-0.1), ParameterError, "selection is -0.1"),
        (
            lambda: DeathBirthGame(LOPSIDED, selection=0.25),
            ParameterError,
            r"selection is 0.25; with a cost of 1 and up to 3 contacts it must be below 0.25",
        ),
        (lambda: DeathBirthGame(LOPSIDED, initial_cooperators=6), ParameterError, "to the number of people, 5"),
        (lambda: DeathBirthGame(nx.cycle_graph(11)).fixation_chance(), GraphError, "at most 10 people"),
        (lambda: DeathBirthGame(nx.empty_graph(2)).fixation_chance(), GraphError, "needs a network in one part"),
    ],
)
def test_settings_that_make_no_game_are_refused(call, error, message):
    with pytest.raises(error, match=message):
        call()
