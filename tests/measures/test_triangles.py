"""The one listing of triangles."""

import itertools

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tertius import Ties
from tertius.measures import triangles as module
from tertius.measures.triangles import Triangles, triangles


def listed_by_name(listed):
    found = []
    for block in listed.blocks():
        for ties in zip(*(part.tolist() for part in block), strict=True):
            assert len({listed.low[tie] for tie in ties[:2]}) == 1
            assert listed.high[ties[0]] < listed.high[ties[1]]
            found.append(frozenset(end for tie in ties for end in (listed.low[tie], listed.high[tie])))
    return found


@given(st.integers(0, 10**6), st.sampled_from([4, 1 << 16]), st.booleans())
@settings(deadline=None)
def test_every_triangle_is_listed_once_whatever_the_block(seed, block, large):
    rng = np.random.default_rng(seed)
    n = 300 if large else int(rng.integers(1, 14))
    graph = nx.gnm_random_graph(n, int(rng.integers(0, 5 * n)), seed=int(seed))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "BLOCK", max(block, n))  # a person's wedges fit into one block
        listed = Triangles(Ties.of(graph), False)
        found = listed_by_name(listed)
        ab, ac, bc = listed.sides()
    expected = {frozenset(clique) for clique in nx.enumerate_all_cliques(graph) if len(clique) == 3}
    assert len(found) == len(expected)
    assert set(found) == expected
    # a→b, a→c and b→c, whatever b and c are called.
    low, high = listed.low, listed.high
    assert len(ab) == len(expected)
    for one, other in ((low[ab], low[ac]), (high[ab], low[bc]), (high[ac], high[bc])):
        np.testing.assert_array_equal(one, other)


@given(st.integers(0, 10**6), st.booleans())
@settings(deadline=None)
def test_whole_matrices_give_the_same_sums_as_the_listing(seed, weighted):
    graph = nx.gnp_random_graph(12, 0.6, seed=int(seed))
    rng = np.random.default_rng(seed)
    for edge in graph.edges:
        graph.edges[edge]["strength"] = float(rng.integers(1, 5))
    ties = Ties.of(graph)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "DENSE_UP_TO", 0)
        by_listing = Triangles(ties, weighted)._shared
    dense = Triangles(ties, weighted)._shared_dense()
    for one, other in zip(by_listing, dense, strict=True):
        np.testing.assert_allclose(one, other, rtol=0, atol=1e-12)
    assert dense[0].dtype == by_listing[0].dtype == np.int64


def test_a_hub_makes_no_wedges():
    star = Ties.of(nx.star_graph(100_000))
    assert not triangles(star).count.any()
    assert not triangles(star)._later.any()


def test_the_list_is_kept_with_the_ties():
    ties = Ties.of(nx.complete_graph(4))
    assert triangles(ties) is triangles(ties)
    assert triangles(ties) is not triangles(ties, weighted=True)
    assert triangles(ties) is not triangles(Ties.of(nx.complete_graph(4)))


def test_ties_keep_their_key_in_the_order_of_pairs():
    ties = Ties.of(nx.karate_club_graph())
    listed = triangles(ties)
    order = np.argsort(listed.key)
    ends = [sorted(pair) for pair in zip(listed.low[order].tolist(), listed.high[order].tolist(), strict=True)]
    assert ends == [list(pair) for pair in zip(*(end.tolist() for end in ties.pairs), strict=True)]
    for u, v in itertools.pairwise(listed.low.tolist()):
        assert u <= v
