"""64 runs in a word: packing, counting, and bits that are set with any probability and share their luck."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from tertius.models.bits import chance_words, counted, held, one_run_each, packed, successes, unpacked

shares = st.floats(0, 1)
words = arrays.arrays(np.uint64, arrays.array_shapes(max_dims=2))


def luck(seed=1):
    return np.random.Generator(np.random.SFC64(seed))


@given(words)
def test_packing_undoes_unpacking(some):
    bits = unpacked(some)
    assert bits.shape == (*some.shape, 64)
    np.testing.assert_array_equal(packed(bits), some)
    np.testing.assert_array_equal(bits[..., 5], (some >> np.uint64(5)) & np.uint64(1))


@pytest.mark.parametrize("shape", [(0,), (1,), (254,), (255,), (256,), (3, 7), (1000,), (300, 4), (40_000,)])
def test_counting_in_words_is_counting_bits(shape):
    some = luck().integers(0, 2**64, shape, dtype=np.uint64)
    np.testing.assert_array_equal(counted(some), unpacked(some).sum(axis=0))


def test_counting_holds_for_words_that_are_all_set():
    assert (counted(np.full(16_320 + 255, ~np.uint64(0))) == 16_575).all()


@pytest.mark.parametrize("columns", [1, 2, 3, 8, 64])
def test_rows_are_held_in_which_any_bit_of_any_word_is_set(columns):
    rng = np.random.default_rng(columns)
    words = rng.integers(0, 2**64, (300, columns), np.uint64) * (rng.random((300, columns)) < 0.5 / columns)
    assert 0 < len(held(words)) < 300
    np.testing.assert_array_equal(held(words), np.flatnonzero(words.any(axis=1)))


def test_set_bits_are_listed_word_by_word():
    some = np.array([0, 5, 0, 1 << 63], np.uint64)
    at, run = one_run_each(some)
    assert (at.tolist(), run.tolist()) == ([1, 1, 3], [0, 2, 63])


@pytest.mark.parametrize("chance", [0, 1e-9, 1 / 256, 0.1, 0.25, 0.3, 0.5, 1 - 1e-9, 1])
def test_bits_are_set_as_often_as_their_chance_says(chance):
    # 2^20 bits, 4 standard errors; 0 and 1 exactly.
    count = counted(chance_words(chance, 1 << 14, luck())).sum()
    expected = chance * (1 << 20)
    assert abs(count - expected) <= 4 * np.sqrt(expected * (1 - chance)) + (1e-9 < chance < 1 - 1e-9)
    if chance in (0, 1):
        assert count == expected


def test_the_digits_beyond_the_eighth_decide_as_they_should():
    # Among bits whose first eight digits are those of the chance, a share of .7 must be set; 4 standard errors.
    chance = (77 + 0.7) / 256
    floor, there, above = (counted(chance_words(c, 1 << 15, luck())).sum() for c in (77 / 256, chance, 78 / 256))
    close = above - floor
    assert abs((there - floor) / close - 0.7) < 4 * np.sqrt(0.21 / close)


def test_bits_of_a_word_and_words_beside_each_other_are_independent():
    # Pairs of neighbours, of .1 each: .01 together; 4 standard errors.
    bits = unpacked(chance_words(0.1, 20_000, luck()))
    for both in (bits[:, :-1] & bits[:, 1:], bits[:-1] & bits[1:]):
        assert abs(both.mean() - 0.01) < 4 * np.sqrt(0.01 / both.size) * 1.2


@given(shares, shares, st.integers(0, 99))
@settings(max_examples=50, deadline=None)
def test_a_higher_chance_sets_the_same_bits_and_more(p, q, seed):
    low, high = (chance_words(r, 300, luck(seed)) for r in sorted((p, q)))
    assert not (low & ~high).any()


@given(arrays.arrays(float, 40, elements=shares), arrays.arrays(float, 40, elements=shares), st.integers(0, 99))
@settings(max_examples=50, deadline=None)
def test_each_word_has_its_own_chance_and_luck_of_its_own(p, q, seed):
    low, high = np.minimum(p, q), np.maximum(p, q)
    less, more = chance_words(low, 40, luck(seed)), chance_words(high, 40, luck(seed))
    assert not (less & ~more).any()
    np.testing.assert_array_equal(less[low == high], more[low == high])
    np.testing.assert_array_equal(chance_words(np.full(40, p[0]), 40, luck(seed)), chance_words(p[0], 40, luck(seed)))


@pytest.mark.parametrize("chance", [0.001, 0.05, 0.5, 0.97])
def test_gaps_between_successes_make_as_many_as_single_tries(chance):
    # 500 rounds of 1,000 tries: binomial mean and variance, and every place alike; 4 standard errors.
    rng = luck()
    rounds = [successes(1000, chance, rng) for _ in range(500)]
    count = np.array([len(one) for one in rounds])
    assert abs(count.mean() - 1000 * chance) < 4 * np.sqrt(1000 * chance * (1 - chance) / 500)
    assert abs(count.var(ddof=1) / (1000 * chance * (1 - chance)) - 1) < 4 * np.sqrt(2 / 500) * 1.2
    where = np.concatenate(rounds)
    assert ((where >= 0) & (where < 1000)).all()
    first = (where < 500).mean()
    assert abs(first - 0.5) < 4 * np.sqrt(0.25 / len(where))
    assert all((np.diff(one) > 0).all() for one in rounds)


def test_no_chance_and_certainty_need_no_gaps():
    assert successes(5, 0, luck()).tolist() == []
    assert successes(0, 0.5, luck()).tolist() == []
    assert successes(5, 1, luck()).tolist() == [0, 1, 2, 3, 4]
    assert len(successes(10**12, 1e-10, luck())) < 200
