"""The broker who introduces: positions beside networkx, returns by hand, order and coupling."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.models.played import played

from tertius.errors import ParameterError
from tertius.models import JoiningBroker
from tertius.simulate import ensemble, simulate


def graphs(run):
    for state in run.states:
        ties = run.model.ties(state)
        yield nx.Graph(ties.named_pairs())


@pytest.mark.parametrize("contacts", [2, 4, 6])
def test_each_introduction_costs_two_kths_of_effective_size_until_nothing_is_left(contacts):
    # Exact: k − 2m/k; ends at betweenness 0 and constraint (2n − 3)²/(n − 1)³, n = k + 1.
    run = simulate(JoiningBroker(contacts, introduces=1), contacts * (contacts - 1) // 2, seed=1)
    np.testing.assert_allclose(-np.diff(run["effective_size"]), 2 / contacts, atol=1e-9)
    graph = None
    for graph, size in zip(graphs(run), run["effective_size"], strict=True):
        assert size == pytest.approx(nx.effective_size(graph, [0])[0], abs=1e-9)
    n = contacts + 1
    assert nx.betweenness_centrality(graph)[0] == pytest.approx(0, abs=1e-9)
    assert nx.constraint(graph, [0])[0] == pytest.approx((2 * n - 3) ** 2 / (n - 1) ** 3, abs=1e-9)


def test_after_one_introduction_betweenness_is_known_and_later_it_depends_on_who():
    k = 5
    after = {1: set(), 2: set(), 3: set()}
    for seed in range(30):
        for m, graph in enumerate(graphs(simulate(JoiningBroker(k, introduces=1), 3, seed=seed))):
            if m:
                after[m].add(round(nx.betweenness_centrality(graph)[0], 9))
    assert after[1] == {round(1 - 2 / (k * (k - 1)), 9)}
    assert len(after[3]) > 1


@pytest.mark.parametrize("value", [0.5, 1, 2, 3, 4])
def test_the_group_gains_above_the_fee_and_the_broker_above_three_times_it(value):
    # Exact: group gains iff v > r, broker iff v > 3r.
    run = simulate(JoiningBroker(6, value, 1, introduces=1), 15, seed=1)
    for name, least in (("group_return", 1), ("broker_return", 3)):
        assert (np.sign(np.diff(run[name]).round(9)) == np.sign(value - least)).all()
    met = np.arange(16)
    np.testing.assert_allclose(run["group_return"], (15 - met) + value * met, atol=1e-9)
    np.testing.assert_allclose(run["broker_return"], (15 - met) + value * met / 3, atol=1e-9)


def test_density_can_make_joint_projects_succeed_more_often():
    model = JoiningBroker(4, value=6, fee=0, success=(0.4, 0.5))
    # 3 of 6 pairs: each yields 6 · (.4 + .25), a third of it for the broker.
    assert model.returns(3) == pytest.approx((3 * 6 * 0.65 / 3, 3 * 6 * 0.65), abs=1e-9)
    assert JoiningBroker(4, value=6, fee=0, success=(0.8, 0.8)).returns(6)[1] == pytest.approx(36)


def test_pairs_come_in_an_even_order_and_as_often_as_the_chance_says():
    # First introduced: each of 3 pairs a third of 4,096 runs; introductions of 10 steps: binomial. 4 standard errors.
    runs = ensemble(JoiningBroker(8, introduces=0.3), 10, runs=4096, seed=1)
    assert abs(runs.mean("introductions")[-1] - 3) < 4 * runs.stderr("introductions")[-1]
    first = np.concatenate([played(JoiningBroker(3), 0, seed)[0].place.argmin(axis=0) for seed in range(64)])
    counts = np.bincount(first, minlength=3)
    assert (abs(counts - 4096 / 3) < 4 * np.sqrt(4096 * 2 / 9)).all()


@given(st.tuples(st.floats(0, 1), st.floats(0, 1)).map(sorted))
@settings(max_examples=15, deadline=None)
def test_who_introduces_more_readily_has_introduced_at_least_the_same_pairs(chances):
    less, more = (played(JoiningBroker(5, introduces=q), 8) for q in chances)
    for a, b in zip(less, more, strict=True):
        assert ((a.place < a.joined) <= (b.place < b.joined)).all()


def test_never_and_always():
    runs = ensemble(JoiningBroker(4, introduces=0), 5, runs=9, seed=1)
    assert (runs["introductions"] == 0).all()
    runs = ensemble(JoiningBroker(4, introduces=1), 9, runs=9, seed=1)
    assert runs["introductions"][:, 0].tolist() == [0, 1, 2, 3, 4, 5, 6, 6, 6, 6]


@pytest.mark.parametrize(
    ("how", "message"),
    [
        ({"contacts": 1}, "contacts is 1"),
        ({"value": -1}, "value is -1"),
        ({"fee": -1}, "fee is -1"),
        ({"introduces": 2}, "introduces is 2"),
        ({"success": (1,)}, "success is"),
        ({"success": (2, 0)}, "success is 2"),
    ],
)
def test_settings_out_of_range_are_refused(how, message):
    with pytest.raises(ParameterError, match=message):
        JoiningBroker(**how)
