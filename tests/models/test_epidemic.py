"""SIR in steps and in continuous time: by hand, theory within four standard errors, coupling run by run."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tertius import Ties
from tertius.errors import GraphError, ParameterError
from tertius.models import SIR, ContinuousSIR, IndependentCascade, critical_transmissibility, exact_reach, final_size
from tertius.simulate import BLOCK, Streams, ensemble, simulate

seeds = st.integers(0, 10**6)
kite = nx.krackhardt_kite_graph()


def caught(model, seed):
    """When each person catches it in each run of the first block, and when they recover."""
    state = model.start(Streams(model.streams, seed, 0), BLOCK)
    return state.caught, state.recovers


# By hand


def test_a_sure_illness_goes_from_contact_to_contact_and_leaves_each_after_one_step():
    run = simulate(SIR(nx.path_graph(4), 1, 1, [0]), 5, seed=1)
    assert (4 * run["infectious_share"]).tolist() == [1, 1, 1, 1, 0, 0]
    assert (4 * run["recovered_share"]).tolist() == [0, 1, 2, 3, 4, 4]
    assert run.states[0].caught.tolist() == [0, 1, 2, 3]


def test_without_transmission_nobody_catches_it_and_without_recovery_it_stays():
    nobody = simulate(SIR(kite, 0, 0.5, [3]), 50, seed=1)
    assert (nobody["susceptible_share"] == 0.9).all()
    for_good = ensemble(SIR(kite, 0.3, 0, [3]), 200, runs=64, seed=1)
    assert (for_good["recovered_share"] == 0).all()
    assert (for_good["infectious_share"][-1] == 1).all()


@given(seeds, st.booleans(), st.floats(0, 1), st.floats(0, 1), st.integers(0, 3))
@settings(max_examples=40, deadline=None)
def test_everybody_is_in_one_place_and_goes_one_way(seed, directed, transmission, recovery, starters):
    graph = nx.gnm_random_graph(8, seed % 20, seed=seed, directed=directed)
    for model in (
        SIR(graph, transmission, recovery, starters),
        ContinuousSIR(graph, transmission, recovery, 0.5, starters),
    ):
        many = ensemble(model, 12, runs=64, seed=seed)
        total = many["susceptible_share"] + many["infectious_share"] + many["recovered_share"]
        np.testing.assert_allclose(total, 1, atol=1e-12)
        assert (np.diff(many["susceptible_share"], axis=0) <= 0).all()
        assert (np.diff(many["recovered_share"], axis=0) >= 0).all()
        assert (many["infectious_share"] >= 0).all()
        np.testing.assert_allclose(many["susceptible_share"][0], 1 - starters / 8)


def slowly(graph, transmission, recovery, start, steps, rng):
    """The rule as it is said: all infectious try all susceptible contacts, then recover."""
    state = dict.fromkeys(graph, "S")
    state.update(dict.fromkeys(start, "I"))
    counts = [[list(state.values()).count(letter) for letter in "SIR"]]
    for _ in range(steps):
        new = {v for u in graph if state[u] == "I" for v in graph[u] if state[v] == "S" and rng.random() < transmission}
        well = {u for u in graph if state[u] == "I" and rng.random() < recovery}
        state.update(dict.fromkeys(new, "I"))
        state.update(dict.fromkeys(well, "R"))
        counts.append([list(state.values()).count(letter) for letter in "SIR"])
    return np.array(counts)


def test_luck_that_is_drawn_beforehand_is_the_rule_step_by_step():
    # 4,096 runs against 3,000 of the rule as it is said; 4 standard errors of both, for S, I and R at each step.
    many = ensemble(SIR(kite, 0.2, 0.3, [3]), 12, runs=4096, seed=1)
    rng = np.random.default_rng(2)
    slow = np.array([slowly(kite, 0.2, 0.3, [3], 12, rng) for _ in range(3000)]) / 10
    for k, name in enumerate(("susceptible_share", "infectious_share", "recovered_share")):
        own, their = slow[:, :, k].mean(axis=0), slow[:, :, k].std(axis=0) / np.sqrt(3000)
        gap = abs(many.mean(name) - own)
        assert (gap <= 4 * np.hypot(many.stderr(name), their) + 1e-12).all()


def test_waits_next_to_endless_are_never_over():
    for model in (SIR(kite, 0, 1e-308, 1), ContinuousSIR(kite, 1e-308, 1e-308, 0.5, 1)):
        many = ensemble(model, 5, runs=64, seed=0)
        assert (many["infectious_share"] == 0.1).all()


# Theory


@pytest.mark.parametrize(("transmission", "recovery"), [(0.1, 0.2), (0.5, 0.5), (0.3, 1), (0.05, 0.01)])
def test_a_tie_transmits_as_often_as_the_formula_says(transmission, recovery):
    # Two people, 4,096 runs, 4 standard errors: β / (1 − (1 − β)(1 − γ)).
    model = SIR([(0, 1)], transmission, recovery, [0])
    expected = transmission / (1 - (1 - transmission) * (1 - recovery))
    assert model.transmissibility == pytest.approx(expected, abs=1e-12)
    both = np.concatenate([np.isfinite(caught(model, seed)[0][1]) for seed in range(64)])
    assert abs(both.mean() - expected) < 4 * np.sqrt(expected * (1 - expected) / 4096)


@pytest.mark.parametrize(("transmission", "recovery"), [(0.1, 0.2), (2, 0.5), (0.3, 0)])
def test_so_it_does_in_continuous_time(transmission, recovery):
    model = ContinuousSIR([(0, 1)], transmission, recovery, 1, [0])
    expected = transmission / (transmission + recovery)
    assert model.transmissibility == pytest.approx(expected, abs=1e-12)
    caught_, _ = zip(*[caught(model, seed) for seed in range(64)], strict=True)
    share = np.isfinite(np.concatenate(caught_, axis=1)[1]).mean()
    assert abs(share - expected) <= 4 * np.sqrt(expected * (1 - expected) / 4096)


def test_along_a_path_without_recovery_each_tie_takes_a_geometric_wait():
    # Mean distance / β, variance distance (1 − β) / β²; 4,096 runs, 4 standard errors.
    when = np.concatenate([caught(SIR(nx.path_graph(6), 0.25, 0, [0]), seed)[0] for seed in range(64)], axis=1)
    for distance in range(1, 6):
        assert abs(when[distance].mean() - distance / 0.25) < 4 * np.sqrt(distance * 0.75 / 0.25**2 / 4096)
        assert abs(when[distance].var() / (distance * 0.75 / 0.25**2) - 1) < 0.3


def test_waits_in_continuous_time_are_exponential():
    when, well = zip(*[caught(ContinuousSIR([(0, 1)], 2, 0.5, 1, [0]), seed) for seed in range(64)], strict=True)
    well = np.concatenate(well, axis=1)[0]
    assert abs(well.mean() - 2) < 4 * 2 / np.sqrt(4096)
    assert abs((well > 2).mean() - np.exp(-1)) < 4 * 0.5 / np.sqrt(4096)
    # Given that it passes, the tie takes an exponential wait of both rates together: 1 / 2.5 on average.
    when = np.concatenate(when, axis=1)[1]
    passed = when[np.isfinite(when)]
    assert abs(passed.mean() - 0.4) < 4 * 0.4 / np.sqrt(len(passed))


def test_with_sure_recovery_it_is_the_independent_cascade():
    # Final size, against every way in which luck can fall; 4,096 runs, 4 standard errors.
    many = ensemble(SIR(kite, 0.3, 1, [3]), 30, runs=4096, seed=1)
    expected = exact_reach(IndependentCascade(kite, 0.3, [3])).sum() / 10
    assert abs(many.mean("recovered_share")[-1] - expected) < 4 * many.stderr("recovered_share")[-1]


def test_large_outbreaks_on_a_complete_graph_are_as_large_as_the_formula_says():
    # R₀ = 2 among 2,000 who all meet. Given an outbreak, the share is normal about r, variance r(1 − r)(1 + …)/n: take
    # the runs' own standard error, 4 of them, and 3/n for the finite crowd.
    n = 2000
    model = ContinuousSIR(Ties.of(np.ones((n, n)) - np.eye(n)), 2 / n, 1, 1, 20)
    end = ensemble(model, 60, runs=64, seed=1)["recovered_share"][-1]
    assert abs(end.mean() - final_size(2)) < 4 * end.std() / 8 + 0.02


@pytest.mark.parametrize("r0", [0, 0.5, 1, 1.01, 1.5, 3, 20])
def test_the_final_size_solves_its_equation(r0):
    size = final_size(r0)
    assert size == pytest.approx(1 - np.exp(-r0 * size), abs=1e-9)
    assert (size > 0) == (r0 > 1)


def test_hubs_make_the_critical_transmissibility_low():
    # ⟨k⟩ / (⟨k²⟩ − ⟨k⟩): 1/2 on a cubic graph; a star of 10: 20/11 / (110/11 − 20/11) = 2/9.
    assert critical_transmissibility(nx.complete_graph(4)) == pytest.approx(1 / 2)
    assert critical_transmissibility(nx.star_graph(10)) == pytest.approx(2 / 9)
    assert critical_transmissibility([(0, 1)]) == np.inf
    with pytest.raises(GraphError, match="needs ties"):
        critical_transmissibility(nx.empty_graph(3))
    with pytest.raises(GraphError, match="directed"):
        critical_transmissibility(nx.DiGraph([(0, 1)]))


# Coupling: theorems, run by run


@given(
    seed=seeds,
    transmission=st.tuples(st.floats(0, 1), st.floats(0, 1)).map(sorted),
    recovery=st.tuples(st.floats(0, 1), st.floats(0, 1)).map(sorted),
    starters=st.tuples(st.integers(0, 4), st.integers(0, 4)).map(sorted),
    directed=st.booleans(),
)
@settings(max_examples=50, deadline=None)
def test_more_transmission_less_recovery_or_more_starters_reach_the_same_people_and_no_later(
    seed, transmission, recovery, starters, directed
):
    graph = nx.gnm_random_graph(9, seed % 25, seed=seed, directed=directed)
    for kind, step in ((SIR, {}), (ContinuousSIR, {"step_length": 0.5})):
        less = kind(graph, transmission[0], recovery[1], initial_adopters=starters[0], **step)
        more = kind(graph, transmission[1], recovery[0], initial_adopters=starters[1], **step)
        assert (caught(more, seed)[0] <= caught(less, seed)[0] + 1e-9).all()


def test_how_often_one_looks_does_not_change_what_happens():
    fine, coarse = (
        ensemble(ContinuousSIR(kite, 0.4, 0.3, length, [3]), steps, runs=64, seed=1)
        for length, steps in ((0.25, 40), (1, 10))
    )
    for name in fine.names:
        np.testing.assert_array_equal(fine[name][::4], coarse[name])


def test_people_without_contacts_and_names_change_nothing():
    larger = kite.copy()
    larger.add_node("alone")
    named = nx.relabel_nodes(kite, {node: ("p", node) for node in kite})
    for kind in (SIR, ContinuousSIR):
        before = caught(kind(kite, 0.3, 0.3, initial_adopters=[3]), 5)[0]
        np.testing.assert_array_equal(before, caught(kind(named, 0.3, 0.3, initial_adopters=[("p", 3)]), 5)[0])
        assert np.isinf(caught(kind(larger, 0.3, 0.3, initial_adopters=[3]), 5)[0][10]).all()


def test_run_r_is_the_same_in_any_number_and_with_any_workers():
    model = SIR(nx.karate_club_graph(), 0.1, 0.2, 2)
    few, many = (ensemble(model, 10, runs=runs, seed=3)["infectious_share"] for runs in (5, 150))
    np.testing.assert_array_equal(few, many[:, :5])
    np.testing.assert_array_equal(many, ensemble(model, 10, runs=150, seed=3, n_jobs=2)["infectious_share"])


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: SIR(kite, 1.5), "transmission is 1.5; it is a probability"),
        (lambda: SIR(kite, 0.1, -1), "recovery is -1"),
        (lambda: SIR(kite, float("nan")), "transmission is nan"),
        (lambda: SIR(kite, initial_adopters=11), "the number of people, 10"),
        (lambda: ContinuousSIR(kite, -1), "transmission_rate is -1; it is a rate"),
        (lambda: ContinuousSIR(kite, 1, float("inf")), "recovery_rate is inf"),
        (lambda: ContinuousSIR(kite, step_length=0), "step_length is 0"),
        (lambda: final_size(-1), "reproduction_number is -1"),
    ],
)
def test_settings_out_of_range_are_refused(call, message):
    with pytest.raises(ParameterError, match=message):
        call()
