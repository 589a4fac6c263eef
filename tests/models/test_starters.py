"""Who starts: named people, rules that draw, and rules that do not."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tertius import Ties
from tertius.errors import GraphError, ParameterError
from tertius.models.bits import unpacked
from tertius.models.starters import RULES, Starters, by_rule

karate = Ties.of(nx.karate_club_graph())


def who(ties, number, chosen, seed=1, transmission=0.0):
    """Who starts in each run; bool, shape (n, 64)."""
    return unpacked(Starters(ties, number, chosen, transmission).words(np.random.default_rng(seed)))


def test_named_people_start_in_every_run_and_each_once():
    ties = Ties.of([("Ann", "Bo"), ("Bo", "Cy")])
    starters = Starters(ties, ["Cy", "Ann", "Cy"])
    assert starters.named == ("Cy", "Ann")
    assert unpacked(starters.words(np.random.default_rng(1))).tolist() == [[True] * 64, [False] * 64, [True] * 64]
    assert who(ties, [], "random").sum() == 0


@given(st.sampled_from(RULES), st.integers(0, 34), st.integers(0, 34), st.integers(0, 99))
@settings(max_examples=40, deadline=None)
def test_more_people_are_the_same_and_some_more(chosen, one, other, seed):
    few, many = (who(karate, number, chosen, seed, 0.1) for number in sorted((one, other)))
    assert (few.sum(axis=0) == min(one, other)).all()
    assert not (few & ~many).any()


def test_random_people_are_anybody_alike():
    # 3 of 34 in 64 · 200 runs; 4 standard errors, over the runs of each person.
    drawn = np.concatenate([who(karate, 3, "random", seed) for seed in range(200)], axis=1)
    assert (abs(drawn.mean(axis=1) - 3 / 34) < 4 * np.sqrt(3 / 34 * 31 / 34 / drawn.shape[1])).all()


def test_somebodys_contact_is_drawn_in_two_steps():
    # Of a star of four leaves and one isolate: a leaf draws the hub, the hub a leaf, the isolate nobody: drawn again.
    star = nx.star_graph(4)
    star.add_node("alone")
    drawn = np.concatenate([who(Ties.of(star), 1, "friend", seed) for seed in range(100)], axis=1).mean(axis=1)
    expected = np.array([0.8, *[0.05] * 4, 0])
    assert (abs(drawn - expected) <= 4 * np.sqrt(expected * (1 - expected) / 6400)).all()


def test_most_contacts_come_first_and_of_equals_the_first():
    assert by_rule(karate, 3, "degree").tolist() == [33, 0, 32]  # 17, 16 and 12 contacts
    assert by_rule(Ties.of(nx.cycle_graph(5)), 2, "degree").tolist() == [0, 1]


def test_a_discount_counts_those_less_whom_the_chosen_may_reach():
    # Chen, Wang and Yang 2009: d − 2t − (d − t) t p. A hub of five leads to 1, which has three further contacts.
    graph = nx.Graph([(0, k) for k in range(1, 6)] + [(1, k) for k in (6, 7, 8)] + [(9, k) for k in (10, 11, 12)])
    ties = Ties.of(graph)
    assert by_rule(ties, 2, "degree").tolist() == [0, 1]
    # Now 1 counts 4 − 2 − 3 · .1 = 1.7, and 9 counts 3.
    assert [ties.ids[k] for k in by_rule(ties, 2, "degree discount", 0.1)] == [0, 9]


def test_spread_out_people_do_not_know_each_other_and_share_one_contact_at_most():
    # 0 and 1 know each other; 0 and 2 share two contacts, 0 and 3 one, 4 is far away.
    graph = nx.Graph([(0, 1), (0, "a"), (0, "b"), (0, "c"), (0, "d"), (1, "e"), (1, "f"), (1, "g")])
    graph.add_edges_from([(2, "a"), (2, "b"), (2, "h"), (2, "i"), (3, "c"), (3, "j"), (3, "k"), (4, "l"), (4, "m")])
    ties = Ties.of(graph)
    assert [ties.ids[k] for k in by_rule(ties, 3, "degree")] == [0, 1, 2]
    assert [ties.ids[k] for k in by_rule(ties, 3, "spread out")] == [0, 3, 4]


def test_where_nobody_is_far_enough_away_the_best_of_all_others_follow():
    assert by_rule(Ties.of(nx.complete_graph(4)), 3, "spread out").tolist() == [0, 1, 2]


@pytest.mark.parametrize(
    ("who_starts", "chosen", "error", "message"),
    [
        (
            5,
            "random",
            ParameterError,
            "initial_adopters is 5; .* from 0 to the number of people, 4",
        ),
        (-1, "random", ParameterError, "initial_adopters is -1"),
        (1.5, "random", ParameterError, "initial_adopters is 1.5"),
        (1, "degre", ParameterError, "chosen is 'degre'; did you mean 'degree'"),
        ([9], "random", GraphError, "9 is to start, and there is no such person"),
        (4, "friend", ParameterError, "only 3 people of this network are anybody's contact"),
    ],
)
def test_who_cannot_start_is_refused(who_starts, chosen, error, message):
    graph = nx.path_graph(3)
    graph.add_node(3)
    with pytest.raises(error, match=message):
        Starters(Ties.of(graph), who_starts, chosen)
