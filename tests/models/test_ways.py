"""Ways from person to person, and counters of voices: the same as following single ties, however it is worked out."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tertius import Ties
from tertius.models import ways as module
from tertius.models.bits import chance_words, unpacked
from tertius.models.voices import Voices
from tertius.models.ways import Ways

seeds = st.integers(0, 10**6)


def random_ties(seed, directed):
    rng = np.random.default_rng(seed)
    n = int(rng.integers(1, 40))
    graph = nx.gnm_random_graph(n, int(rng.integers(0, 3 * n)), seed=seed, directed=directed)
    return Ties.of(graph)


def hubs(seed=1, directed=False):
    """A network with hubs: one knows 600 others, some 30, most three."""
    graph = nx.barabasi_albert_graph(900, 3, seed=seed)
    graph.add_edges_from((0, v) for v in range(1, 601))
    graph.add_edges_from((1, v) for v in range(200, 500))
    if directed:
        graph = nx.DiGraph([*graph.edges, *((v, u) for u, v in graph.edges if v % 2)])
    return Ties.of(graph)


def some_words(shape, chance, seed):
    return chance_words(chance, int(np.prod(shape)), np.random.default_rng(seed)).reshape(shape)


@pytest.mark.parametrize("ties", [hubs(), hubs(directed=True), *(random_ties(k, k % 2) for k in range(8))])
def test_ways_are_the_ties_and_know_which(ties):
    ways = Ways.of(ties)
    assert Ways.of(ties) is ways
    there = set(zip(ties.row.tolist(), ties.indices.tolist(), strict=True))
    pairs = list(zip(ways.source.tolist(), ways.target.tolist(), strict=True))
    assert set(pairs) == there
    assert len(pairs) == len(there)
    ends = np.sort(np.column_stack(ties.pairs)) if not ties.directed else np.column_stack(ties.pairs)
    own = np.column_stack([ways.source, ways.target])
    np.testing.assert_array_equal(ends[ways.tie], own if ties.directed else np.sort(own))
    np.testing.assert_array_equal(ways.target[ways.into], np.repeat(np.arange(len(ties)), ways.degree))
    entries = np.column_stack([ties.row, ties.indices])
    np.testing.assert_array_equal(ends[ways.tie_of_entry], entries if ties.directed else np.sort(entries))
    nodes = np.arange(len(ties))[::2]
    way, position = ways.out_of(nodes)
    np.testing.assert_array_equal(ways.source[way], nodes[position])
    assert len(way) == ties.degree[nodes].sum()


def slowly(ways, new, live):
    reached = np.zeros_like(new)
    for way, (u, v) in enumerate(zip(ways.source.tolist(), ways.target.tolist(), strict=True)):
        reached[v] |= new[u] & live[way]
    return reached


@given(seeds, st.booleans(), st.integers(1, 3), st.sampled_from([0, 8, 10**9]))
@settings(max_examples=60, deadline=None)
def test_what_is_passed_on_does_not_depend_on_how_it_is_worked_out(seed, directed, words, few):
    ways = Ways.of(random_ties(seed, directed))
    new = some_words((ways.n, words), 0.2, seed)
    live = some_words((len(ways.source), words), 0.5, seed + 1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "FEW", few)
        np.testing.assert_array_equal(ways.passed_on(new, live), slowly(ways, new, live))


@pytest.mark.parametrize("few", [0, 10**9])
def test_nor_where_some_have_very_many_contacts(few, monkeypatch):
    monkeypatch.setattr(module, "FEW", few)
    ways = Ways.of(hubs())
    assert 0 < len(ways.further) < 40
    new, live = some_words((900, 2), 0.1, 1), some_words((len(ways.source), 2), 0.3, 2)
    np.testing.assert_array_equal(ways.passed_on(new, live), slowly(ways, new, live))


def count_and_compare(ties, words, need, rounds, chance, seed):
    """Let everybody speak once, some in each round, and compare who has heard enough with plain counts."""
    ways = Ways.of(ties)
    voices = Voices(ways)
    counters = voices.begin(need, words)
    heard = np.zeros((len(ties), 64 * words), int)
    spoken = np.zeros((len(ties), words), np.uint64)
    knows = np.zeros((len(ties), len(ties)), int)
    knows[ways.target, ways.source] = 1
    for turn in range(rounds):
        new = some_words(spoken.shape, chance, seed + turn) & ~spoken
        spoken |= new
        before = heard >= need
        heard += knows @ unpacked(new).reshape(len(ties), -1).astype(int)
        enough = unpacked(voices.hear(*counters, new)).reshape(len(ties), -1)
        np.testing.assert_array_equal(enough & ~before, (heard >= need) & ~before)


@given(seeds, st.booleans(), st.integers(1, 2), st.sampled_from([0, 10**9]), st.booleans())
@settings(max_examples=60, deadline=None)
def test_counters_tell_when_enough_voices_were_heard(seed, directed, words, few, in_each_run):
    ties = random_ties(seed, directed)
    need = np.random.default_rng(seed).integers(1, 7, (len(ties), 64 * words if in_each_run else 1))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "FEW", few)
        count_and_compare(ties, words, need, 4, 0.3, seed)


@pytest.mark.parametrize("few", [0, 10**9])
def test_counters_hold_for_hundreds_of_voices_at_once(few, monkeypatch):
    # 600 voices: more than a byte holds.
    monkeypatch.setattr(module, "FEW", few)
    need = np.random.default_rng(1).integers(1, 400, (900, 128))
    count_and_compare(hubs(), 2, need, 3, 0.7, 5)
