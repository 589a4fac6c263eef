"""Search on a plane with one high hill: the plane itself, person by person by hand, and who may fall behind whom."""

from itertools import pairwise, product
from types import SimpleNamespace

import networkx as nx
import numpy as np
import pytest
from tests.models.played import played

from tertius.errors import GraphError, ParameterError
from tertius.models import PlaneSearch
from tertius.models.plane import plane
from tertius.models.search import NETWORKS
from tertius.simulate import BLOCK, Streams


def drawn(size=100, noise=1.0, seed=1, runs=8):
    return plane(size, noise, np.random.default_rng(seed), runs)


def tops(size, seed, runs=8):
    """Where the hills are: the first thing that is drawn."""
    return np.floor(np.random.default_rng(seed).random((2, runs)) * size)


@pytest.mark.parametrize("noise", [0, 0.3, 1])
@pytest.mark.parametrize("size", [10, 100, 130])
def test_a_plane_goes_from_0_to_100_and_is_highest_on_its_hill(size, noise):
    for seed in range(3):
        heights = drawn(size, noise, seed)
        np.testing.assert_allclose(heights.min(axis=0), 0, atol=1e-12)
        np.testing.assert_allclose(heights.max(axis=0), 100, atol=1e-9)
        highest = np.array(np.divmod(heights.argmax(axis=0), size))
        away = ((highest - tops(size, seed)) ** 2).sum(axis=0)
        # Exact: the noise has at most .7³ + … + .7⁷ = .951 of the hill's height, so the hill has the rest there.
        most = noise * sum(0.7**octave for octave in range(3, 8))
        assert (away <= 2 * 3 * size / 100 * -np.log(1 - most) + 1e-9).all()


def test_without_noise_it_is_a_bell():
    heights = drawn(noise=0, runs=1)[:, 0].reshape(100, 100)
    row, column = tops(100, 1, 1)[:, 0].astype(int)
    for i, j in product(range(100), repeat=2):
        assert heights[i, j] == pytest.approx(100 * np.exp(-((i - row) ** 2 + (j - column) ** 2) / 6), abs=1e-9)


def test_noise_goes_from_corner_to_corner_of_every_octave():
    # 128 places a side: where a place is a corner of the octaves, the noise is the sum of their heights there.
    rng = np.random.default_rng(4)
    row, column = np.floor(rng.random((2, 2, 1)) * 128)[:, 1, 0]
    i, j = np.arange(128)[:, None], np.arange(128)
    raw = np.exp(-((i - row) ** 2 + (j - column) ** 2) / (2 * 3 * 1.28))
    for octave in range(3, 8):
        corners = rng.random((2, 2**octave + 1, 2**octave + 1))[1]
        wide = 128 // 2**octave
        for a, b in product(range(128), repeat=2):
            (x, s), (y, t) = divmod(a, wide), divmod(b, wide)
            s, t = (3 * (z / wide) ** 2 - 2 * (z / wide) ** 3 for z in (s, t))
            near = corners[x : x + 2, y : y + 2]
            raw[a, b] += 0.7**octave * (np.array([1 - s, s]) @ near @ np.array([1 - t, t]))
    expected = 100 * (raw - raw.min()) / (raw.max() - raw.min())
    np.testing.assert_allclose(drawn(128, 1, 4, 2)[:, 1].reshape(128, 128), expected, atol=1e-9)


def test_the_same_luck_is_the_same_plane_and_other_luck_another():
    np.testing.assert_array_equal(drawn(seed=2), drawn(seed=2))
    assert not np.allclose(drawn(seed=2), drawn(seed=3))
    assert not np.allclose(drawn(runs=2)[:, 0], drawn(runs=2)[:, 1])


@pytest.mark.parametrize("network", [*NETWORKS, nx.DiGraph([(0, 1), (1, 2), (3, 2)]), nx.empty_graph(2)], ids=str)
def test_people_do_what_they_do_person_by_person(network):
    model = PlaneSearch(network, people=6, reach=3, size=12)
    states = played(model, 4)
    rng = Streams(model.streams, 1, 0)
    model.start(rng, BLOCK)
    near = {i: model.ties.indices[model.ties.row == i].tolist() for i in range(model.people)}
    for before, after in pairwise(states):
        luck = np.floor(rng.moving.random((2, model.people, BLOCK)) * 7).astype(int) - 3
        for i, run in product(range(model.people), range(BLOCK)):
            place, high = before.solution[i, run], before.quality[i, run]
            best = max(near[i], key=lambda j, run=run: (before.quality[j, run], -j), default=i)
            row, column = (min(max(z, 0), 11) for z in np.array(divmod(place, 12)) + luck[:, i, run])
            other = row * 12 + column
            if before.quality[best, run] > high:
                place = before.solution[best, run]
            elif before.heights[other, run] / 100 > high:
                place = other
            assert after.solution[i, run] == place
            assert after.copied[i, run] == (before.quality[best, run] > high)
            assert after.quality[i, run] == before.heights[place, run] / 100


@pytest.mark.parametrize("network", [*NETWORKS, nx.path_graph(9)], ids=str)
def test_nobody_ever_falls_and_the_highest_known_is_the_floor_where_all_see_all(network):
    # Exact.
    for before, after in pairwise(played(PlaneSearch(network, people=9, size=30), 12)):
        assert (after.quality >= before.quality).all()
        assert (after.quality <= 1).all()
        if network == "everyone":
            assert (after.quality >= before.quality.max(axis=0)).all()
        if network == "none":
            assert not after.copied.any()


def test_people_in_another_order_do_the_same():
    graph = nx.gnp_random_graph(8, 0.3, seed=2)
    order = np.random.default_rng(3).permutation(8)
    other = nx.Graph()
    other.add_nodes_from(order.tolist())
    other.add_edges_from(graph.edges)
    model, moved = PlaneSearch(graph), PlaneSearch(other)
    before = played(model, 0)[0]
    luck = np.random.default_rng(5).random((2, 8, BLOCK))
    one, two = (SimpleNamespace(moving=SimpleNamespace(random=lambda _, u=u: u)) for u in (luck, luck[:, order]))
    state, after = before, before._replace(**{k: getattr(before, k)[order] for k in ("solution", "quality", "copied")})
    for t in range(1, 6):
        state, after = model.step(state, t, one), moved.step(after, t, two)
        np.testing.assert_array_equal(after.quality, state.quality[order])
    assert state.copied.any()


def test_networks_share_planes_and_first_places():
    for one, other in zip(*(played(PlaneSearch(name), 0)[0] for name in ("ring", "everyone")), strict=True):
        np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: PlaneSearch("rings"), ParameterError, "network is 'rings'; did you mean 'ring'"),
        (lambda: PlaneSearch("ring", people=2), ParameterError, "people is 2"),
        (lambda: PlaneSearch(nx.Graph()), GraphError, "needs people"),
        (lambda: PlaneSearch(noise=1.1), ParameterError, "noise is 1.1; it is a share of the most noise"),
        (lambda: PlaneSearch(reach=0), ParameterError, "reach is 0"),
        (lambda: PlaneSearch(size=9), ParameterError, "size is 9; it must be a whole number from 10 to 200"),
    ],
)
def test_settings_that_make_no_search_are_refused(call, error, message):
    with pytest.raises(error, match=message):
        call()
