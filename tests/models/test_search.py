"""Search on landscapes: person by person by hand, an exact chain for two people, and who may fall behind whom."""

from itertools import pairwise, product

import networkx as nx
import numpy as np
import pytest
from tests.models.played import played

from tertius.errors import GraphError, ParameterError
from tertius.models import LandscapeSearch
from tertius.models.landscapes import Landscape, quality
from tertius.models.search import NETWORKS
from tertius.simulate import BLOCK, Streams, ensemble


def worth(state, solutions):
    """Qualities of solutions, one a run, as shares of the best."""
    return quality(Landscape(*state[4:]), np.asarray(solutions)) / state.highest


def slow_step(model, state, bits):
    """One step, each person by hand: (solution, quality, copied)."""
    near = {i: model.ties.indices[model.ties.row == i].tolist() for i in range(model.people)}
    solution, good, copied = (np.array(array) for array in state[:3])
    changed = worth(state, state.solution ^ 1 << bits)
    for i, run in product(range(model.people), range(BLOCK)):
        best = max(near[i], key=lambda j, run=run: (state.quality[j, run], -j), default=i)
        copied[i, run] = state.quality[best, run] > state.quality[i, run]
        if copied[i, run]:
            solution[i, run], good[i, run] = state.solution[best, run], state.quality[best, run]
        elif changed[i, run] > state.quality[i, run]:
            solution[i, run], good[i, run] = state.solution[i, run] ^ 1 << bits[i, run], changed[i, run]
    return solution, good, copied


@pytest.mark.parametrize(
    "network", [*NETWORKS, nx.star_graph(6), nx.DiGraph([(0, 1), (1, 2), (3, 2)]), nx.empty_graph(2)], ids=str
)
@pytest.mark.parametrize("decisions", [5, 14])
def test_people_do_what_they_do_person_by_person(network, decisions):
    model = LandscapeSearch(network, decisions, 2, people=7)
    states = played(model, 4)
    rng = Streams(model.streams, 1, 0)
    model.start(rng, BLOCK)
    for before, after in pairwise(states):
        bits = np.floor(rng.changing.random(before.solution.shape) * decisions).astype(int)
        solution, good, copied = slow_step(model, before, bits)
        np.testing.assert_array_equal(after.solution, solution)
        np.testing.assert_array_equal(after.copied, copied)
        np.testing.assert_allclose(after.quality, good, atol=1e-12)
        np.testing.assert_allclose(after.quality, worth(after, after.solution), atol=1e-12)


def test_two_people_on_one_landscape_do_as_the_exact_chain_says():
    # All pairs of solutions of three decisions, 4,096 runs on the same landscape, 4 standard errors.
    model = LandscapeSearch("everyone", 3, 2, people=2)
    first = model.start(Streams(model.streams, 5, 0), BLOCK)
    same = type(first)(*(np.repeat(array[..., :1], BLOCK, axis=-1) for array in first))
    value = worth(same, np.repeat(np.arange(8)[:, None], BLOCK, axis=1))[:, 0]
    share = {(int(first.solution[0, 0]), int(first.solution[1, 0])): 1.0}
    for _ in range(3):
        after = {}
        for (one, other), chance in share.items():
            moves = []
            for mine, theirs in ((one, other), (other, one)):
                tries = [max((mine, mine ^ 1 << bit), key=lambda s: value[s]) for bit in range(3)]
                moves.append([theirs] * 3 if value[theirs] > value[mine] else tries)
            for pair in product(*moves):
                after[pair] = after.get(pair, 0) + chance / 9
        share = after
    expected = sum(chance * (value[one] + value[other]) / 2 for (one, other), chance in share.items())
    found = []
    for block in range(64):
        rng, state = Streams(model.streams, 5, block), same
        for t in range(1, 4):
            state = model.step(state, t, rng)
        found.append(state.quality.mean(axis=0))
    found = np.concatenate(found)
    assert found.std() > 0
    assert abs(found.mean() - expected) < 4 * found.std(ddof=1) / np.sqrt(len(found))


@pytest.mark.parametrize("network", [*NETWORKS, nx.path_graph(9)], ids=str)
def test_nobody_ever_falls_and_the_best_known_is_the_floor_where_all_see_all(network):
    # Exact.
    states = played(LandscapeSearch(network, 10, 4, people=9), 12)
    for before, after in pairwise(states):
        assert (after.quality >= before.quality).all()
        assert (after.quality <= 1 + 1e-12).all()
        if network == "everyone":
            assert (after.quality >= before.quality.max(axis=0)).all()
        if network == "none":
            assert not after.copied.any()


def test_networks_share_landscapes_and_first_solutions():
    for one, other in zip(
        *(played(LandscapeSearch(name, people=9), 0)[0] for name in ("ring", "everyone")), strict=True
    ):
        np.testing.assert_array_equal(one, other)


def test_what_is_observed_is_counted_by_hand():
    model = LandscapeSearch("ring", 4, 1, people=12)
    state = played(model, 6)[-1]
    observed = model.observe(state)
    for run in range(BLOCK):
        assert observed["solutions"][run] == len(set(state.solution[:, run].tolist()))
        assert observed["at_best_share"][run] == np.mean(np.isclose(state.quality[:, run], 1))
        assert observed["quality"][run] == pytest.approx(state.quality[:, run].mean())
        assert observed["best"][run] == state.quality[:, run].max()


def test_smooth_landscapes_are_climbed_by_all():
    for network in NETWORKS:
        many = ensemble(LandscapeSearch(network, 6, 0, people=5), 120, runs=20, seed=1)
        assert many["at_best_share"][-1].min() == 1


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: LandscapeSearch("rings"), ParameterError, "network is 'rings'; did you mean 'ring'"),
        (lambda: LandscapeSearch("ring", people=2), ParameterError, "people is 2"),
        (lambda: LandscapeSearch("none", people=0), ParameterError, "people is 0"),
        (lambda: LandscapeSearch(nx.Graph()), GraphError, "needs people"),
        (lambda: LandscapeSearch(decisions=25, ruggedness=1), ParameterError, "decisions is 25"),
        (
            lambda: LandscapeSearch(decisions=5),
            ParameterError,
            "ruggedness is 5; it must be a whole number from 0 to one less than the decisions, 4",
        ),
        (lambda: LandscapeSearch(decisions=20, ruggedness=19), ParameterError, "20,971,520 random numbers a landscape"),
        (lambda: LandscapeSearch(interacts="near"), ParameterError, "interacts is 'near'"),
    ],
)
def test_settings_that_make_no_search_are_refused(call, error, message):
    with pytest.raises(error, match=message):
        call()
