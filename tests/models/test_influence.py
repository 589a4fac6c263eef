"""Whom to tell first: the best on small networks, what greedy is worth, and what is said of large ones."""

from itertools import combinations

import networkx as nx
import numpy as np
import pytest

from tertius import Ties
from tertius.errors import ParameterError
from tertius.models import SIR, IndependentCascade, LinearThreshold, choose_adopters, exact_reach
from tertius.models.exact import Outcomes
from tertius.models.influence import Worth
from tertius.models.reverse import imm, sample
from tertius.simulate import ensemble, simulate

kite = nx.krackhardt_kite_graph()


def small(seed, directed=False):
    """A network of up to 12 people and 10 ties, and the cascade on it with a chance for each tie."""
    rng = np.random.default_rng(seed)
    n = int(rng.integers(4, 13))
    graph = nx.gnm_random_graph(n, int(rng.integers(2, min(10, n * (n - 1) // 2) + 1)), seed=seed, directed=directed)
    ties = Ties.of(graph)
    return IndependentCascade(ties, np.round(rng.uniform(0.05, 0.95, ties.n_ties), 2), 1)


def reach(model, people):
    return exact_reach(type(model)(model.ties, model.transmission, list(people))).sum()


def test_reach_has_diminishing_returns_and_greedy_gets_most_of_the_best():
    # 1,000 networks; f(S + v) − f(S) ≥ f(T + v) − f(T) for S within T, and 1 − 1/e of the best.
    ratios = []
    for seed in range(1000):
        model = small(seed, directed=seed % 2 == 1)
        worth = Worth(Outcomes.of(model))
        n, rng = len(model.ties), np.random.default_rng(seed)
        k = int(rng.integers(1, 4))
        greedy = np.bitwise_or.reduce(worth.alone[worth.step_by_step(k)])
        best = np.bitwise_or.reduce(worth.alone[worth.best(k)])
        ratios.append(float(worth.of(greedy) / worth.of(best)))
        order = rng.permutation(n)
        few, many = sorted(rng.integers(0, n, 2).tolist())
        sets = [np.bitwise_or.reduce(worth.alone[order[:size]], initial=0) for size in (few, many)]
        adds = [worth.of(one | worth.alone[order[-1]]) - worth.of(one) for one in sets]
        assert adds[0] >= adds[1] - 1e-9 >= -2e-9
    assert min(ratios) >= 1 - np.exp(-1)
    assert max(ratios) <= 1 + 1e-9
    assert np.mean(np.array(ratios) < 1 - 1e-9) > 0.01  # greedy is not simply always the best


@pytest.mark.parametrize("seed", range(6))
def test_the_best_of_all_sets_is_the_best_of_all_sets(seed):
    model = small(seed)
    found = choose_adopters(model, 2, "exhaustive")
    reaches = {pair: reach(model, pair) for pair in combinations(model.ties.ids, 2)}
    assert found.reach == pytest.approx(max(reaches.values()), abs=1e-9)
    assert reaches[tuple(sorted(found.people))] == pytest.approx(found.reach, abs=1e-9)
    assert (found.bound, found.stderr) == (1, 0)
    assert "the best of" in found.how


def test_of_equals_the_first_is_taken():
    assert choose_adopters(IndependentCascade(nx.cycle_graph(6), 0.5), 1).people == (0,)
    assert choose_adopters(IndependentCascade(nx.cycle_graph(6), 0.5), 2, "exhaustive").people == (0, 3)
    assert choose_adopters(IndependentCascade(nx.empty_graph(3), 0.5), 3).people == (0, 1, 2)


def test_step_by_step_takes_each_time_who_adds_most():
    model = small(3)
    found = choose_adopters(model, 3)
    people: list = []
    for _ in range(3):
        others = [node for node in model.ties.ids if node not in people]
        people.append(max(others, key=lambda node: round(reach(model, [*people, node]), 9)))
    assert found.people == tuple(people)
    assert found.bound == pytest.approx(1 - np.exp(-1))


def test_outcomes_that_only_seem_equally_likely_are_weighed():
    # Three people with four contacts each, of weights 2/8, 1/8, 3/8, 2/8: the first and the last of the 64 outcomes are
    # as likely as all are on average, and others are not. Worked out: 1 + 3 · 1/8 by the second contact.
    arcs = [
        (contact, person, strength)
        for person in "abc"
        for contact, strength in zip(range(4), (2, 1, 3, 2), strict=True)
    ]
    model = LinearThreshold(Ties.of(arcs, directed=True), by="strength")
    worth = Worth(Outcomes.of(model))
    assert [float(worth.of(alone)) for alone in worth.alone[[model.ties.ids.index(k) for k in range(4)]]] == [
        1.75, 1.375, 2.125, 1.75,
    ]  # fmt: skip
    assert choose_adopters(model, 1).people == (2,)


def test_samples_find_nearly_the_best_and_say_how_far_it_reaches():
    # The kite has 18 ties: sampled. The best pair, from every way in which luck can fall; 4 standard errors.
    model = IndependentCascade(kite, 0.3)
    found = choose_adopters(model, 2, "exhaustive")
    best = max(reach(model, pair) for pair in combinations(kite, 2))
    assert "1,024 samples of live ways" in found.how
    assert abs(found.reach - reach(model, found.people)) < 4 * found.stderr
    assert reach(model, found.people) > 0.98 * best


def test_thresholds_with_equal_contacts_are_chosen_for_too():
    path = LinearThreshold(nx.path_graph(7))
    found = choose_adopters(path, 1, "exhaustive")
    assert found.stderr == 0
    reaches = [exact_reach(LinearThreshold(nx.path_graph(7), initial_adopters=[node])).sum() for node in range(7)]
    assert found.reach == pytest.approx(max(reaches), abs=1e-9)


@pytest.mark.parametrize("rule", ["random", "friend", "degree", "degree discount", "spread out"])
def test_rules_that_ask_for_no_search_are_those_of_the_model(rule):
    model = IndependentCascade(nx.karate_club_graph(), 0.1, 3, rule)
    found = choose_adopters(model, 3, rule, seed=5)
    runs = ensemble(IndependentCascade(nx.karate_club_graph(), 0.1, list(found.people)), 40, runs=2000, seed=9)
    mean, stderr = (34 * value[-1] for value in (runs.mean("adopted_share"), runs.stderr("adopted_share")))
    assert abs(found.reach - mean) < 4 * np.hypot(found.stderr, stderr)
    assert np.isnan(found.bound)
    start = simulate(model, 0, seed=5).states[0].active
    assert {model.ties.ids[k] for k in np.flatnonzero(start)} == set(found.people)


# Large networks


@pytest.mark.parametrize("make", [IndependentCascade, LinearThreshold])
def test_a_sample_holds_everybody_from_whom_its_person_would_be_reached(make):
    # Somebody is in a sample as often as they reach a person drawn at random; 4 standard errors.
    model = make(kite, 0.3) if make is IndependentCascade else make(kite, 0.8)
    found = sample(model, 40_000, np.random.default_rng(1))
    shares = np.bincount(found.people, minlength=10) / 40_000
    for node in range(10):
        start = {"initial_adopters": [node]}
        again = make(kite, 0.3, **start) if make is IndependentCascade else make(kite, 0.8, **start)
        runs = ensemble(again, 30, runs=4096, seed=1)
        expected, stderr = runs.mean("adopted_share")[-1], runs.stderr("adopted_share")[-1]
        assert abs(shares[node] - expected) < 4 * np.hypot(stderr, np.sqrt(expected * (1 - expected) / 40_000))


def test_so_it_does_with_a_chance_for_each_way_and_in_parts():
    graph = nx.gnp_random_graph(9, 0.3, seed=2, directed=True)
    ties = Ties.of(graph)
    chance = np.random.default_rng(3).random(ties.n_ties)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tertius.models.reverse.ROOM", 1000)  # 111 samples at once
        found = sample(IndependentCascade(ties, chance), 30_000, np.random.default_rng(1))
    pair = np.array([0, 4])
    runs = ensemble(IndependentCascade(ties, chance, [0, 4]), 30, runs=4096, seed=1)
    expected, stderr = runs.mean("adopted_share")[-1], runs.stderr("adopted_share")[-1]
    gap = abs(found.share_with(pair) - expected)
    assert gap < 4 * np.hypot(stderr, np.sqrt(expected * (1 - expected) / 30_000))


def test_covering_is_greedy_and_knows_a_ceiling():
    found = sample(IndependentCascade(kite, 0.3), 3000, np.random.default_rng(1))
    people, share, most = found.cover(3)
    begins = np.concatenate([[0], found.ends[:-1]])
    members = [set(found.people[a:b].tolist()) for a, b in zip(begins, found.ends, strict=True)]
    left, chosen = members, []
    for _ in range(3):
        counts = [sum(node in one for one in left) for node in range(10)]
        chosen.append(int(np.argmax(counts)))
        left = [one for one in left if chosen[-1] not in one]
    assert people.tolist() == chosen
    assert share == pytest.approx(1 - len(left) / 3000)
    best = max(sum(bool(one & set(three)) for one in members) for three in combinations(range(10), 3)) / 3000
    assert share <= best <= most


@pytest.mark.parametrize("directed", [False, True])
def test_on_large_networks_the_choice_is_as_good_as_trying_all_on_many_samples(directed):
    # 300 people, two to choose. Beside it, greedy on 4,096 other samples; 4 standard errors of paired runs.
    graph = nx.barabasi_albert_graph(300, 2, seed=4)
    ties = Ties.of(graph, directed=True) if directed else Ties.of(graph)
    model = IndependentCascade(ties, 0.08)
    found = choose_adopters(model, 2, seed=1)
    assert ("live ties" in found.how) == (not directed)
    start = {node: ensemble(IndependentCascade(ties, 0.08, [node]), 40, runs=1024, seed=9) for node in range(12)}
    first = max(start, key=lambda node: start[node].mean("adopted_share")[-1])
    pairs = {
        node: ensemble(IndependentCascade(ties, 0.08, [first, node]), 40, runs=1024, seed=9)
        for node in range(12)
        if node != first
    }
    best = max(pairs.values(), key=lambda runs: runs.mean("adopted_share")[-1])["adopted_share"][-1]
    own = ensemble(IndependentCascade(ties, 0.08, list(found.people)), 40, runs=1024, seed=9)["adopted_share"][-1]
    gap = own - best
    assert gap.mean() >= -4 * gap.std(ddof=1) / 32
    assert abs(found.reach / 300 - own.mean()) < 4 * np.hypot(found.stderr / 300, own.std() / 32)
    assert 0.3 < found.bound < 1


def test_the_bound_of_sampling_backwards_holds_against_the_best_pair():
    graph = nx.barabasi_albert_graph(40, 2, seed=4)
    model = LinearThreshold(graph)
    found = imm(model, 2, np.random.default_rng(1))
    worth = dict.fromkeys(combinations(range(12), 2), 0.0)
    for pair in worth:
        runs = ensemble(LinearThreshold(graph, initial_adopters=list(pair)), 40, runs=512, seed=1)
        worth[pair] = runs.mean("adopted_share")[-1]
    own = ensemble(LinearThreshold(graph, initial_adopters=found.people.tolist()), 40, runs=512, seed=1)
    assert own.mean("adopted_share")[-1] >= found.bound * max(worth.values())
    assert 0.5 < found.bound < 1


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: choose_adopters(IndependentCascade(kite), 0), "k is 0"),
        (lambda: choose_adopters(IndependentCascade(kite), 11), "the number of people, 10"),
        (lambda: choose_adopters(IndependentCascade(kite), 1, "gredy"), "did you mean 'greedy'"),
        (lambda: choose_adopters(SIR(kite), 1), "needs an IndependentCascade or a LinearThreshold.* this is a SIR"),
        (
            lambda: choose_adopters(IndependentCascade(nx.cycle_graph(90)), 5, "exhaustive"),
            "43,949,268 sets of 5",
        ),
        (lambda: choose_adopters(IndependentCascade(nx.cycle_graph(201)), 1, "exhaustive"), "among 200 at most"),
    ],
)
def test_choices_that_cannot_be_made_are_refused(call, message):
    with pytest.raises(ParameterError, match=message):
        call()
