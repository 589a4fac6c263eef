"""Trust among people who talk: rounds by hand, payoffs against formulas, beliefs against an exact chain."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.models.played import played

from tertius import Ties
from tertius.errors import GraphError, ParameterError
from tertius.models import TrustByExperience, TrustGame, TrustNetwork
from tertius.simulate import BLOCK, Streams, ensemble

GAME = TrustGame()
RUNS = 10_000


def payoff(model, runs=4096, seed=1):
    """Mean of what is got until all is over, and its standard error."""
    many = ensemble(model, 2000, runs=runs, seed=seed, until=model.is_over)
    assert many["is_over"][-1].all()
    return many.mean("payoff")[-1], many.stderr("payoff")[-1]


def slow(model, seed, steps):
    """Every run of the first block, person by person, with the luck that the model draws."""
    rng = Streams(model.streams, seed, 0)
    ties, n = Ties.of(model.ties), len(model.ties)
    around = [set(row.tolist()) for row in np.split(ties.indices, ties.indptr[1:-1])]
    lasts = model.start(rng, BLOCK).lasts
    trusts = [[True] * n for _ in range(BLOCK)]
    paid, broken = np.zeros(BLOCK), np.zeros(BLOCK, int)
    for t in range(1, steps + 1):
        visits, telling = rng.visits.random(BLOCK), rng.telling.random((n, BLOCK))
        for run in range(BLOCK):
            if t > lasts[run]:
                continue
            who = int(visits[run] * n)
            if not trusts[run][who]:
                paid[run] += GAME.punishment
            elif model.breaks == "always" or (model.breaks == "once" and not broken[run]):
                paid[run] += GAME.temptation
                broken[run] += 1
                trusts[run][who] = False
                for other in around[who]:
                    if telling[other, run] < model.tell:
                        trusts[run][other] = False
            else:
                paid[run] += GAME.reward
    return np.array(trusts).T, paid, broken


@pytest.mark.parametrize("breaks", ["never", "once", "always"])
@pytest.mark.parametrize("graph", [nx.path_graph(5), nx.DiGraph([(0, 1), (1, 2), (2, 0), (3, 0)])])
def test_rounds_are_what_they_are_person_by_person(breaks, graph):
    model = TrustNetwork(graph, meeting=0.9, tell=0.6, breaks=breaks)
    state = played(model, 30, seed=4)[-1]
    trusts, paid, broken = slow(model, 4, 30)
    np.testing.assert_array_equal(state.trusts, trusts)
    np.testing.assert_allclose(state.payoff, paid, atol=1e-9)
    np.testing.assert_array_equal(state.broken, broken)


# Payoffs: 4,096 or 10,000 runs, 4 standard errors


@pytest.mark.parametrize("w", [0.5, 0.9])
def test_keeping_every_promise_pays_the_reward_for_as_long_as_it_lasts(w):
    mean, error = payoff(TrustNetwork(nx.path_graph(4), w))
    assert abs(mean - 3 / (1 - w)) < 4 * error


@pytest.mark.parametrize(
    ("graph", "tell"), [(nx.cycle_graph(10), 0.5), (nx.complete_graph(6), 1), (nx.star_graph(5), 1)]
)
def test_breaking_the_first_promise_pays_what_the_formula_says(graph, tell):
    # T + w/(1 − w) (R − (m/n)(R − P)), with m = 1 + tell · the mean number of contacts: anybody may come first.
    w, n = 0.8, len(graph)
    told = 1 + tell * 2 * graph.number_of_edges() / n
    expected = 5 + w / (1 - w) * (3 - told / n * 2)
    mean, error = payoff(TrustNetwork(graph, w, tell, "once"), RUNS)
    assert abs(mean - expected) < 4 * error


def test_breaking_every_promise_pays_once_a_person_if_nobody_talks():
    # Σ w^t ((1 − 1/n)^t T + (1 − (1 − 1/n)^t) P)
    w, n = 0.8, 5
    fresh = 1 / (1 - w * (n - 1) / n)
    mean, error = payoff(TrustNetwork(nx.empty_graph(n), w, breaks="always"))
    assert abs(mean - (5 * fresh + 1 / (1 - w) - fresh)) < 4 * error


def test_breaking_every_promise_pays_once_if_all_are_told():
    mean, error = payoff(TrustNetwork(nx.complete_graph(5), 0.8, breaks="always"))
    assert abs(mean - (5 + 0.8 / 0.2)) < 4 * error


def test_where_nobody_or_everybody_is_told_the_bound_is_exact_for_breaking_always_too():
    # With the payoffs of the two tests above: just below the bound breaking always pays more, just above it less.
    for n in (2, 5, 10):
        for w, is_tempting in ((-1e-6, True), (1e-6, False)):
            silent, told = (GAME.patience_needed(m, n) + w for m in (1, n))
            fresh = 1 / (1 - silent * (n - 1) / n)
            assert (5 * fresh + 1 / (1 - silent) - fresh > 3 / (1 - silent)) == is_tempting
            assert (5 + told / (1 - told) > 3 / (1 - told)) == is_tempting


@given(st.tuples(st.floats(0, 1), st.floats(0, 1)).map(sorted))
@settings(max_examples=20, deadline=None)
def test_after_one_broken_promise_more_telling_never_leaves_more_trust(tell):
    graph = nx.karate_club_graph()
    less, more = (ensemble(TrustNetwork(graph, 0.95, q, "once"), 20, runs=64, seed=5) for q in tell)
    assert (less["trusting_share"] >= more["trusting_share"]).all()


# Beliefs


def exact_isolated(keeps, visits, prior=(1, 1)):
    """Share of people still trusting after so many visits each, by following every possible record."""
    records = {(0, 0): 1.0}
    for _ in range(visits):
        after: dict = {}
        for (good, bad), chance in records.items():
            a, b = prior[0] + good, prior[1] + bad
            if a >= GAME.trust_threshold * (a + b) - 1e-12:
                after[good + 1, bad] = after.get((good + 1, bad), 0) + chance * keeps
                after[good, bad + 1] = after.get((good, bad + 1), 0) + chance * (1 - keeps)
            else:
                after[good, bad] = after.get((good, bad), 0) + chance
        records = after
    return sum(
        chance
        for (good, bad), chance in records.items()
        if prior[0] + good >= GAME.trust_threshold * (prior[0] + prior[1] + good + bad) - 1e-12
    )


@pytest.mark.parametrize("keeps", [0.4, 0.7])
def test_somebody_alone_stops_trusting_as_often_as_the_exact_chain_says(keeps):
    many = ensemble(TrustByExperience(nx.empty_graph(1), keeps), 15, runs=4096, seed=1)
    for visits in (1, 3, 8, 15):
        expected = exact_isolated(keeps, visits)
        error = np.sqrt(expected * (1 - expected) / 4096)
        assert abs(many.mean("trusting_share")[visits] - expected) <= 4 * error + 1e-12


def test_where_everybody_is_told_everything_all_trust_or_none_does():
    # One record for all, with a round a visit: the chain of somebody alone again.
    many = ensemble(TrustByExperience(nx.complete_graph(6), 0.6), 12, runs=4096, seed=2)
    assert set(np.unique(many["trusting_share"])) == {0.0, 1.0}
    expected = exact_isolated(0.6, 12)
    assert abs(many.mean("trusting_share")[12] - expected) < 4 * np.sqrt(expected * (1 - expected) / 4096)


def test_gossip_ends_trust_together():
    # With the same number of rounds, talk makes the runs in which all trust ended far more frequent than silence.
    alone, told = (
        ensemble(TrustByExperience(nx.complete_graph(6), 0.5, tell), 12, runs=640, seed=3)["trusting_share"][-1]
        for tell in (0, 1)
    )
    assert (told == 0).mean() > (alone == 0).mean() + 0.1
    assert told.std() > 2 * alone.std()


def test_belief_is_the_mean_of_what_is_known():
    model = TrustByExperience(nx.empty_graph(1), 1, prior=(2, 3))
    beliefs = ensemble(model, 3, runs=2, seed=1)["belief"]
    np.testing.assert_allclose(beliefs[:, 0], [2 / 5, 3 / 6, 4 / 7, 5 / 8], atol=1e-12)


def test_people_without_contacts_change_nobody_else():
    states = played(TrustNetwork(nx.disjoint_union(nx.complete_graph(3), nx.empty_graph(1)), 0.99, breaks="always"), 60)
    # Each of the two parts loses trust only through its own members.
    first_three = [states[-1].trusts[:3, run] for run in range(BLOCK)]
    assert all(part.all() or not part.any() for part in first_three)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: TrustNetwork(nx.Graph()), "Trust needs people"),
        (lambda: TrustNetwork([(1, 2)], meeting=1), "every payoff is infinite"),
        (lambda: TrustNetwork([(1, 2)], breaks="allways"), "did you mean 'always'"),
        (lambda: TrustNetwork([(1, 2)], tell=-1), "tell is -1"),
        (lambda: TrustByExperience([(1, 2)], keeps=2), "keeps is 2"),
        (lambda: TrustByExperience([(1, 2)], prior=(0, 1)), "prior is 0; it is a number of promises, above 0"),
    ],
)
def test_settings_out_of_range_are_refused(call, message):
    with pytest.raises((ParameterError, GraphError), match=message):
        call()
