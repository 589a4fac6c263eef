"""News of jobs: equilibria, the exact chain, and the simulation beside it."""

from itertools import product

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tertius import Ties
from tertius.errors import GraphError, ParameterError
from tertius.models import Employment, EmploymentChain, JobSearch, isolated_unemployment
from tertius.simulate import BLOCK, Streams, ensemble, simulate

# Strong or weak contacts


@pytest.mark.parametrize(
    ("needy", "equilibria"),
    [(0.02, [(0, 24)]), (0.05, [(0, 24)]), (0.1, [(0, 24)]), (0.15, [])]
    + [(needy, [(8, 0)]) for needy in (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)],
)
def test_few_in_need_keep_acquaintances_and_many_keep_friends(needy, equilibria):
    # Computed: T = 24, λ = 3, δ = .2.
    assert JobSearch(needy).equilibria() == equilibria


def test_an_equilibrium_is_a_best_reply_to_itself_found_by_trying_every_division():
    for needy in np.linspace(0, 1, 41):
        search = JobSearch(float(needy), hours=12, strong_cost=2, hears=0.3)
        table = [[search.job_chance(own, others) for own, _ in search.divisions] for others, _ in search.divisions]
        expected = [pair for k, pair in enumerate(search.divisions) if table[k][k] >= max(table[k]) - 1e-12]
        assert search.equilibria() == expected
        for others, row in enumerate(table):
            assert row[search.best_reply(others)] == pytest.approx(max(row), abs=1e-12)


def test_a_lone_contact_in_need_is_told_for_sure_and_else_the_odds_are_shared():
    # By hand, μ = 1/2, δ = 1, S = 1, W = 1: the friend is free and hears (1/2), tells the one friend, who needs it.
    search = JobSearch(0.5, hours=3, strong_cost=2, hears=1.0)
    assert search.divisions == [(0, 3), (1, 1)]
    strong, weak = search.chances(1)
    assert strong == pytest.approx(0.5, abs=1e-12)
    assert weak == pytest.approx(0.25, abs=1e-12)  # and the acquaintance's one friend must need nothing
    assert search.job_chance(1, 1) == pytest.approx(1 - 0.5 * 0.75, abs=1e-12)


@given(st.floats(0.01, 0.99), st.integers(1, 24))
def test_the_odds_of_being_told_are_those_of_one_among_a_random_number_in_need(needy, contacts):
    # f(k): of k − 1 others each is in need with μ; the one who is told is drawn evenly.
    others = np.arange(contacts)
    ways = np.array(
        [float(np.prod(np.arange(contacts - 1, contacts - 1 - j, -1) / np.arange(1, j + 1))) for j in others]
    )
    expected = (ways * needy**others * (1 - needy) ** (contacts - 1 - others) / (others + 1)).sum()
    search = JobSearch(needy, hours=contacts, strong_cost=1, hears=1.0)
    assert search.chances(contacts)[0] / (1 - needy) == pytest.approx(expected, rel=1e-9)


def test_where_nobody_is_in_need_every_contact_tells_and_acquaintances_are_more():
    search = JobSearch(0.0)
    assert search.chances(4) == (0.2, 0.2)  # f → 1 as μ → 0
    assert JobSearch(1e-9).chances(4) == pytest.approx((0.2, 0.2), abs=1e-6)
    assert search.equilibria() == [(0, 24)]
    assert JobSearch(1.0).job_chance(4, 4) == 0  # all are in need: nobody has news to spare


# Work and contacts


def slow_transition(ties, hears, loses):
    """One step from every combination of who has work, by every possible course of events."""
    n, rows = len(ties), np.split(ties.indices, ties.indptr[1:-1])
    table = np.zeros((2**n, 2**n))
    for k in range(2**n):
        works = [k >> i & 1 for i in range(n)]
        needs = [[j for j in rows[i].tolist() if not works[j]] for i in range(n)]
        for heard in product([0, 1], repeat=n):
            tellers = [i for i in range(n) if heard[i] and works[i] and needs[i]]
            for told in product(*(needs[i] for i in tellers)):
                odds = np.prod([hears if h else 1 - hears for h in heard])
                odds /= np.prod([len(needs[i]) for i in tellers])
                now = [w or (h and not w) or i in told for i, (w, h) in enumerate(zip(works, heard, strict=True))]
                holders = [i for i in range(n) if now[i]]
                for lost in product([0, 1], repeat=len(holders)):
                    stay = [i for i, gone in zip(holders, lost, strict=True) if not gone]
                    chance = odds * np.prod([loses if gone else 1 - loses for gone in lost])
                    table[k, sum(1 << i for i in stay)] += chance
    return table


@pytest.mark.parametrize(
    "graph",
    [nx.path_graph(2), nx.path_graph(3), nx.complete_graph(3), nx.star_graph(3), nx.DiGraph([(0, 1), (1, 2), (0, 2)])],
)
def test_the_chain_is_every_possible_course_of_events(graph):
    expected = slow_transition(Ties.of(graph), 0.3, 0.2)
    chain = EmploymentChain(graph, 0.3, 0.2)
    np.testing.assert_allclose(chain.transition, expected, atol=1e-12)
    np.testing.assert_allclose(chain.stationary @ expected, chain.stationary, atol=1e-12)
    assert chain.stationary.sum() == pytest.approx(1, abs=1e-12)


def test_alone_somebody_is_out_of_work_as_often_as_the_formula_says():
    # Exact: 1 − a(1 − b)/(1 − (1 − a)(1 − b)) = .132 at a = .1, b = .015.
    assert isolated_unemployment(0.1, 0.015) == pytest.approx(0.132, abs=5e-4)
    for hears, loses in ((0.1, 0.015), (0.5, 0.3), (1, 0.2), (0.2, 1)):
        exact = EmploymentChain(nx.empty_graph(1), hears, loses).unemployment()[0]
        assert isolated_unemployment(hears, loses) == pytest.approx(exact, abs=1e-9)
        assert exact == pytest.approx(1 - hears * (1 - loses) / (1 - (1 - hears) * (1 - loses)), abs=1e-9)


def test_without_ties_everybody_is_alone():
    # Exact: no ties, independence.
    chain = EmploymentChain(nx.empty_graph(3))
    np.testing.assert_allclose(chain.correlation(), np.eye(3), atol=1e-9)
    np.testing.assert_allclose(chain.unemployment(), isolated_unemployment(), atol=1e-9)
    np.testing.assert_allclose(chain.exit_chances(0, 10), 0.1 * 0.985, atol=1e-9)


CONNECTED = [graph for graph in nx.graph_atlas_g() if len(graph) in (2, 3, 4) and nx.is_connected(graph)]


@pytest.mark.parametrize("graph", CONNECTED, ids=lambda graph: f"{len(graph)} people, {graph.size()} ties")
def test_contacts_have_work_together_and_long_without_is_longer_still(graph):
    # positive correlations, duration dependence; here for every connected network of 2 to 4 people.
    chain = EmploymentChain(graph)
    assert (chain.correlation() > 0).all(axis=None)
    for node in graph:
        assert (np.diff(chain.exit_chances(node, 12)) < 0).all()
        assert chain.unemployment()[node] < isolated_unemployment()


@pytest.mark.parametrize("graph", [nx.path_graph(3), nx.complete_graph(4), nx.star_graph(4), nx.cycle_graph(5)])
def test_the_simulation_agrees_with_the_chain(graph):
    # 4,096 independent runs, 4 standard errors; after 120 steps the start is forgotten (.9 · .985 to that power).
    n = len(graph)
    chain = EmploymentChain(graph, 0.2, 0.1)
    model = Employment(graph, 0.2, 0.1)
    runs = ensemble(model, 120, runs=4096, seed=1)
    employed = 1 - chain.unemployment().mean()
    assert abs(runs.mean("employed_share")[-1] - employed) < 4 * runs.stderr("employed_share")[-1]
    counts = np.round(runs["employed_share"][-1] * n).astype(int)
    exact = np.bincount(chain._work.sum(axis=1).astype(int), weights=chain.stationary)
    shares = np.bincount(counts, minlength=n + 1) / 4096
    # How many have work together: this sees correlation, and 0 or few successes get a bound of their own.
    assert (abs(shares - exact) < 4 * np.sqrt(exact * (1 - exact) / 4096) + 1 / 4096).all()


@pytest.mark.parametrize("directed", [False, True])
@pytest.mark.parametrize("seed", range(5))
def test_one_step_of_the_simulation_is_one_row_of_the_chain(seed, directed):
    graph = nx.gnp_random_graph(4, 0.6, seed=seed, directed=directed)
    chain = EmploymentChain(graph, 0.4, 0.2)
    runs = [simulate_ends(Employment(graph, 0.4, 0.2, start_employed=0.6), seed) for seed in range(32)]
    before, after = np.concatenate(runs, axis=1)
    expected = chain.transition[before]
    for i in range(4):  # each person's chance, given the combination before: 2,048 transitions, 4 standard errors
        odds = expected[:, chain._work[:, i] > 0].sum(axis=1)
        gap = (after >> i & 1).mean() - odds.mean()
        assert abs(gap) < 4 * np.sqrt((odds * (1 - odds)).mean() / len(odds))


def simulate_ends(model, seed):
    """Combination of who has work before and after a step, for 64 runs."""
    rng = Streams(model.streams, seed, 0)
    before = model.start(rng, BLOCK)
    after = model.step(before, 1, rng)
    bits = 1 << np.arange(len(before))
    return np.array([bits @ before, bits @ after])


def test_certain_news_and_certain_loss():
    ring = nx.cycle_graph(6)
    assert simulate(Employment(ring, 1, 0, start_employed=0), 1, seed=1)["employed_share"].tolist() == [0, 1]
    assert simulate(Employment(ring, 1, 1), 2, seed=1)["employed_share"].tolist() == [1, 0, 0]
    assert simulate(Employment(ring, 0, 0, start_employed=0), 2, seed=1)["employed_share"].tolist() == [0, 0, 0]


def test_an_offer_goes_to_one_contact_without_work():
    # Only the hub has work, and passes on what it hears to one of five leaves; in 64 runs to each of them.
    star = nx.DiGraph([(0, leaf) for leaf in range(1, 6)])
    model = Employment(star, 1.0, 0.0)
    employed = np.zeros((6, 64), bool)
    employed[0] = True
    luck = np.random.default_rng(1).random((6, 64))
    offered = model._passed_on(employed, employed, luck)
    assert (offered.sum(axis=0) == 1).all()
    assert not offered[0].any()
    assert set(np.flatnonzero(offered.any(axis=1))) == {1, 2, 3, 4, 5}


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: JobSearch(1.2), "needy is 1.2; it is a share"),
        (lambda: JobSearch(0.1, hours=0), "hours is 0"),
        (lambda: JobSearch(0.1, strong_cost=1.5), "strong_cost is 1.5"),
        (lambda: JobSearch(0.1, hears=-1), "hears is -1"),
        (lambda: JobSearch(0.1).chances(9), "strong is 9; it must be a whole number from 0 to 8"),
        (lambda: Employment([(1, 2)], hears=2), "hears is 2"),
        (lambda: Employment([(1, 2)], loses=float("nan")), "loses is nan"),
        (lambda: Employment([(1, 2)], start_employed=-1), "start_employed is -1"),
        (lambda: EmploymentChain([(1, 2)], 0, 0), "nothing ever changes"),
        (lambda: isolated_unemployment(0, 0), "nothing ever changes"),
        (lambda: EmploymentChain([(1, 2)]).exit_chances(1, 0), "steps is 0"),
    ],
)
def test_settings_out_of_range_are_refused(call, message):
    with pytest.raises(ParameterError, match=message):
        call()


def test_networks_that_do_not_fit_are_refused():
    with pytest.raises(GraphError, match="this network has none"):
        Employment(nx.Graph())
    with pytest.raises(GraphError, match="at most 10 people; this network has 11"):
        EmploymentChain(nx.cycle_graph(11))
    with pytest.raises(GraphError, match="There is no 9"):
        EmploymentChain([(1, 2)]).exit_chances(9, 2)
    assert repr(EmploymentChain([(1, 2)])) == "EmploymentChain(2 people, hears=0.1, loses=0.015)"
