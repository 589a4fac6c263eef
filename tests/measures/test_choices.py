"""What a choice of people is worth, and how near rules come to the best one."""

import math
from itertools import combinations

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tertius
from tertius import choice_value, compare_choices
from tertius.errors import GraphError, ParameterError

STAR = nx.star_graph(["hub", "a", "b", "c"])
ONES = dict.fromkeys(STAR, 1.0)


def slowly(graph, chosen, capacity, motivation, pass_on):
    """The formula, word by word."""
    value = sum(capacity[s] * motivation[s] for s in chosen)
    for t in set(graph) - set(chosen):
        unmoved = math.prod(1 - pass_on * motivation[s] for s in chosen if graph.has_edge(s, t))
        value += capacity[t] * (1 - unmoved)
    return value


worlds = st.builds(
    lambda n, p, seed: (nx.gnp_random_graph(n, p, seed), np.random.default_rng(seed).random((2, n))),
    st.integers(4, 9),
    st.floats(0, 1),
    st.integers(0, 10**6),
)


@given(worlds, st.integers(0, 4), st.floats(0, 1))
@settings(deadline=None)
def test_the_value_is_the_formula(world, size, pass_on):
    graph, (capacity, motivation) = world
    capacity, motivation = dict(enumerate(capacity)), dict(enumerate(motivation))
    expected = slowly(graph, range(size), capacity, motivation, pass_on)
    assert choice_value(graph, range(size), capacity, motivation, pass_on=pass_on) == pytest.approx(expected)


@given(worlds, st.integers(1, 3), st.floats(0, 1))
@settings(deadline=None, max_examples=50)
def test_the_rules_choose_what_they_say(world, size, pass_on):
    graph, (capacity, motivation) = world
    capacity, motivation = dict(enumerate(capacity)), dict(enumerate(motivation))
    table = compare_choices(graph, graph, capacity, motivation, size=size, pass_on=pass_on)
    values = {s: slowly(graph, s, capacity, motivation, pass_on) for s in combinations(graph, size)}
    assert table.loc["best", "value"] == pytest.approx(max(values.values()))
    assert table.loc["random", "value"] == pytest.approx(np.mean(list(values.values())))
    between = nx.betweenness_centrality(graph)
    scores = {
        "capacity": capacity,
        "ties": dict(graph.degree),
        "ties × capacity": {node: graph.degree(node) * capacity[node] for node in graph},
        "in-between": {node: round(between[node], 9) for node in graph},
    }
    for rule, score in scores.items():
        assert table.loc[rule, "chosen"] == sorted(graph, key=lambda node: (-score[node], node))[:size]
    steps = []
    for _ in range(size):
        gain = {
            node: slowly(graph, [*steps, node], capacity, motivation, pass_on) for node in graph if node not in steps
        }
        steps.append(max(gain, key=lambda node: round(gain[node], 9)))
    assert table.loc["step by step", "value"] == pytest.approx(slowly(graph, steps, capacity, motivation, pass_on))
    for rule in table.index.drop("random"):
        assert table.loc[rule, "value"] == pytest.approx(
            slowly(graph, table.loc[rule, "chosen"], capacity, motivation, pass_on)
        )
    assert table["share"].max() <= 1 + 1e-12


def test_the_extremes_of_passing_on():
    assert choice_value(STAR, ["hub"], ONES, ONES, pass_on=0) == 1
    assert choice_value(STAR, ["hub"], ONES, ONES, pass_on=1) == 4
    assert choice_value(STAR, [], ONES, ONES) == 0
    assert (
        choice_value(STAR, ["a", "b"], ONES, ONES, pass_on=0.5) == 2.75
    )  # the hub is moved by one, the other, or both


def test_one_more_person_can_lower_the_value():
    # Chosen, the second gives a tenth; left alone, the first would have moved them to give everything.
    pair = nx.path_graph(2)
    worth, will = {0: 1, 1: 10}, {0: 1, 1: 0.1}
    assert choice_value(pair, [0], worth, will, pass_on=1) == 11
    assert choice_value(pair, [0, 1], worth, will, pass_on=1) == 2


@given(worlds, st.floats(0, 1), st.data())
@settings(deadline=None)
def test_nobody_adds_more_to_a_larger_choice(world, pass_on, data):
    # Exact: the value has diminishing returns, though it may fall.
    graph, (capacity, motivation) = world
    capacity, motivation = dict(enumerate(capacity)), dict(enumerate(motivation))
    places = data.draw(st.lists(st.sampled_from(["out", "larger", "both"]), min_size=len(graph), max_size=len(graph)))
    few = [node for node, place in enumerate(places) if place == "both"]
    many = [node for node, place in enumerate(places) if place != "out"]

    def adds(chosen, node):
        with_them, without = (
            choice_value(graph, c, capacity, motivation, pass_on=pass_on) for c in ([*chosen, node], chosen)
        )
        return with_them - without

    for node in set(graph) - set(many):
        assert adds(few, node) >= adds(many, node) - 1e-9


def test_naming_somebody_twice_changes_nothing():
    assert choice_value(STAR, ["a", "a"], ONES, ONES) == choice_value(STAR, ["a"], ONES, ONES)


def test_only_numbers_that_are_needed_must_be_there():
    graph = nx.Graph([("a", "b")])
    graph.add_node("far")
    assert choice_value(graph, ["a"], {"a": 1, "b": 1, "far": math.nan}, {"a": 1}) == 1.25


def test_of_equals_the_one_named_first_is_taken():
    table = compare_choices(nx.empty_graph("cab"), "cab", dict.fromkeys("abc", 1), dict.fromkeys("abc", 0.5), size=2)
    assert table["chosen"].drop("random").tolist() == [["c", "a"]] * 6


def test_where_nothing_can_be_had_the_share_is_undefined():
    table = compare_choices(STAR, STAR, dict.fromkeys(STAR, 0), ONES, size=1)
    assert table["share"].isna().all()


def test_a_series_from_the_nodes_table_will_do():
    case = tertius.load("nonprofit_director")
    people = case.without(case.ego).nodes.set_index("id")
    donors = people.index[people["donor"]]
    table = compare_choices(case, donors, people["capacity"], people["motivation"])
    assert isinstance(table, pd.DataFrame)
    again = compare_choices(
        case.without(case.ego), donors, people["capacity"].to_dict(), people["motivation"].to_dict()
    )
    assert table.equals(again)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: choice_value(STAR, ["nobody"], ONES, ONES), GraphError, "There is no 'nobody'"),
        (lambda: choice_value(STAR, ["a"], {}, ONES), GraphError, "'hub' has no capacity"),
        (
            lambda: choice_value(STAR, ["a"], ONES, {"a": math.nan}),
            GraphError,
            r"'a' has no motivation; .*without\('a'\)",
        ),
        (lambda: choice_value(STAR, ["a"], ONES, {"a": 2}), ParameterError, "motivation of 'a' is 2"),
        (lambda: choice_value(STAR, ["a"], ONES | {"hub": -1}, ONES), ParameterError, "capacity of 'hub' is -1"),
        (lambda: choice_value(STAR, ["a"], ONES, ONES, pass_on=1.5), ParameterError, "pass_on is 1.5"),
        (lambda: choice_value(nx.DiGraph(STAR), ["a"], ONES, ONES), GraphError, "undirected"),
        (lambda: compare_choices(STAR, "ab", ONES, ONES), ParameterError, "from 1 to the number of candidates, 2"),
        (
            lambda: compare_choices(nx.empty_graph(60), range(60), dict.fromkeys(range(60), 1), {}),
            ParameterError,
            "487,635 ways to choose 4 of 60",
        ),
    ],
)
def test_what_cannot_be_valued_is_refused_with_a_reason(call, error, message):
    with pytest.raises(error, match=message):
        call()
