"""Rings of neighbours and their shortcuts."""

import igraph
import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tertius import Ties
from tertius.data import rewired_ring
from tertius.data.rings import ring_ends
from tertius.errors import ParameterError

rings = st.integers(1, 4).flatmap(lambda radius: st.tuples(st.integers(2 * radius + 1, 25), st.just(radius)))
seeds = st.integers(0, 10**6)


@given(rings)
@settings(max_examples=30, deadline=None)
def test_unrewired_everybody_knows_the_nearest_on_both_sides(ring):
    n, radius = ring
    ours = {frozenset(pair) for pair in rewired_ring(n, radius, 0).named_pairs()}
    assert ours == {frozenset((i, (i + j) % n)) for i in range(n) for j in range(1, radius + 1)}
    assert ours == {frozenset(pair) for pair in nx.watts_strogatz_graph(n, 2 * radius, 0).edges}


@pytest.mark.parametrize("radius", [1, 2, 3, 4, 5])
def test_a_cut_of_the_ring_is_crossed_by_a_bridge_of_triangular_width(radius):
    # Exact: r(r + 1)/2 ties. The ring is cut here and at its far side, out of reach.
    source, target = rewired_ring(50, radius, 0).pairs
    assert ((source < 25) & (target >= 25) & (target - source < 25)).sum() == radius * (radius + 1) // 2


@given(rings, st.floats(0, 1), seeds)
@settings(max_examples=60, deadline=None)
def test_rewiring_keeps_the_number_of_ties_and_makes_no_double_or_self_tie(ring, rewired, seed):
    n, radius = ring
    ties = rewired_ring(n, radius, rewired, seed=seed)
    pairs = ties.named_pairs()
    assert len(set(map(frozenset, pairs))) == ties.n_ties == n * radius
    assert all(u != v for u, v in pairs)
    # The same arrays as through the one door, where order and symmetry are checked.
    again = Ties.of(ties.array())
    np.testing.assert_array_equal(again.indptr, ties.indptr)
    np.testing.assert_array_equal(again.indices, ties.indices)
    assert ties.ids == tuple(range(n))
    assert not ties.directed


# Wide enough that nobody comes to know everybody, whose ties could not move.
wide_rings = st.integers(1, 4).flatmap(lambda radius: st.tuples(st.integers(6 * radius + 5, 40), st.just(radius)))


@given(wide_rings, st.floats(0, 1), st.floats(0, 1), seeds)
@settings(max_examples=60, deadline=None)
def test_with_more_rewiring_the_ties_that_were_moved_are_still_moved(ring, p, q, seed):
    n, radius = ring
    (near, low), (_, high) = (
        ring_ends(n, radius, rewired, np.random.default_rng(seed), 3) for rewired in sorted((p, q))
    )
    straight = (near + np.repeat(np.arange(1, radius + 1), n)) % n
    moved_low, moved_high = (ends != straight[:, None] for ends in (low, high))
    assert (moved_low <= moved_high).all()


def test_rings_of_one_seed_send_their_ties_to_the_same_places():
    # A target is another one only where it was not free any more: 2 · radius of 300 people at most, or so.
    _, low = ring_ends(300, 2, 0.2, np.random.default_rng(4), 20)
    near, high = ring_ends(300, 2, 0.6, np.random.default_rng(4), 20)
    straight = (near + np.repeat([1, 2], 300)) % 300
    moved = low != straight[:, None]
    assert moved.mean() == pytest.approx(0.2, abs=4 * np.sqrt(0.16 / moved.size))
    assert (low[moved] == high[moved]).mean() > 0.95


def test_the_far_end_goes_to_anybody_free_with_equal_chance():
    # The first tie of a ring of 8, 0–1, can go to 2, …, 6: a fifth each, within 4 standard errors. Three of eight
    # draws hit nobody free, so the second and the third draw are at work too.
    _, far = ring_ends(8, 1, 1.0, np.random.default_rng(1), 8000)
    shares = np.bincount(far[0], minlength=8) / 8000
    assert shares[[0, 1, 7]].tolist() == [0, 0, 0]
    assert (abs(shares[2:7] - 0.2) < 4 * np.sqrt(0.16 / 8000)).all()


def all_ways_to_rewire(n, radius):
    """Every ring that can come of moving all ties, lap by lap, with its probability."""
    laps = [(i, (i + j) % n) for j in range(1, radius + 1) for i in range(n)]
    rings = {frozenset(map(frozenset, laps)): 1.0}
    for u, v in laps:
        after: dict = {}
        for ring, chance in rings.items():
            free = [w for w in range(n) if w != u and frozenset((u, w)) not in ring]
            for w in free or [v]:
                new = ring - {frozenset((u, v))} | {frozenset((u, w))}
                after[new] = after.get(new, 0) + chance / max(len(free), 1)
        rings = after
    return rings


@pytest.mark.parametrize(("n", "radius"), [(5, 1), (6, 2)])
def test_rings_are_as_frequent_as_counting_every_way_to_rewire_says(n, radius):
    # Exact, and places that became free are taken again; 20,000 rings, 5 standard errors (there are many rings).
    expected = all_ways_to_rewire(n, radius)
    near, far = ring_ends(n, radius, 1.0, np.random.default_rng(2), 20_000)
    found: dict = {}
    for ends in far.T.tolist():
        ring = frozenset(map(frozenset, zip(near.tolist(), ends, strict=True)))
        found[ring] = found.get(ring, 0) + 1 / 20_000
    assert found.keys() <= expected.keys()
    for ring, chance in expected.items():
        assert abs(found.get(ring, 0) - chance) < 5 * np.sqrt(chance * (1 - chance) / 20_000)


def test_where_everybody_knows_everybody_no_tie_can_move():
    ties = rewired_ring(5, 2, 1.0)
    assert ties.degree.tolist() == [4] * 5


def test_the_same_seed_gives_the_same_ring_and_another_seed_another():
    one, same, other = (rewired_ring(50, 2, 0.3, seed=seed).named_pairs() for seed in (7, 7, 8))
    assert one == same
    assert one != other


def test_the_ring_is_as_clustered_and_as_long_as_counting_says():
    # Exact: C(0) = 3(k − 2)/(4(k − 1)), L(0) = 50.4505 at n = 1,000, k = 10.
    for radius in (1, 2, 3, 5):
        graph = nx.Graph(rewired_ring(60, radius, 0).named_pairs())
        assert nx.average_clustering(graph) == pytest.approx(3 * (2 * radius - 2) / (4 * (2 * radius - 1)), abs=1e-9)
    whole = as_igraph(rewired_ring(1000, 5, 0))
    assert whole.average_path_length() == pytest.approx(50.4505, abs=5e-5)
    counted = sum(-(-min(d, 1000 - d) // 5) for d in range(1, 1000)) / 999
    assert whole.average_path_length() == pytest.approx(counted, abs=1e-9)


@pytest.mark.parametrize(
    ("rewired", "length", "clustering"), [(0.01, 0.17, 0.968), (0.1, 0.087, 0.734), (1, 0.065, 0.014)]
)
def test_a_few_shortcuts_make_a_small_world(rewired, length, clustering):
    # Computed, 20 graphs, the last digit being rounded: L/L(0) and C/C(0) at n = 1,000, k = 10.
    graphs = [as_igraph(rewired_ring(1000, 5, rewired, seed=seed)) for seed in range(20)]
    lengths = np.array([graph.average_path_length() for graph in graphs]) / 50.4505
    clusterings = np.array([graph.transitivity_avglocal_undirected() for graph in graphs]) / (2 / 3)
    for ours, theirs, digit in (
        (lengths, length, 0.005 if rewired == 0.01 else 0.0005),
        (clusterings, clustering, 0.0005),
    ):
        # Their mean of 20 graphs is as uncertain as ours.
        assert abs(ours.mean() - theirs) < 4 * np.sqrt(2 * ours.var(ddof=1) / 20) + digit
    if rewired < 1:  # three ties of a triangle must all stay (Watts and Strogatz 1998)
        assert clusterings.mean() == pytest.approx((1 - rewired) ** 3, abs=0.01)


def test_one_tie_in_a_thousand_halves_the_way():
    # Computed: L/L(0) = .52, C/C(0) = .997 at p = .001; a handful of ties, so graphs differ much.
    graphs = [as_igraph(rewired_ring(1000, 5, 0.001, seed=seed)) for seed in range(20)]
    lengths = np.array([graph.average_path_length() for graph in graphs]) / 50.4505
    assert abs(lengths.mean() - 0.52) < 4 * np.sqrt(2 * lengths.var(ddof=1) / 20)
    clusterings = np.array([graph.transitivity_avglocal_undirected() for graph in graphs]) / (2 / 3)
    assert abs(clusterings.mean() - 0.997) < 4 * np.sqrt(2 * clusterings.var(ddof=1) / 20) + 0.0005


def as_igraph(ties):
    return igraph.Graph(len(ties), ties.named_pairs())


@pytest.mark.parametrize(
    ("settings_", "message"),
    [
        ({"n": 4, "radius": 2}, "a ring needs more than 4 people"),
        ({"n": 2.5}, "n is 2.5"),
        ({"n": True}, "n is True"),
        ({"radius": 0}, "radius is 0"),
        ({"rewired": 1.1}, "rewired is 1.1"),
        ({"rewired": float("nan")}, "rewired is nan"),
        ({"seed": -1}, "seed is -1"),
        ({"seed": "one"}, "seed is 'one'"),
    ],
)
def test_what_is_no_ring_is_refused(settings_, message):
    with pytest.raises(ParameterError, match=message):
        rewired_ring(**settings_)
