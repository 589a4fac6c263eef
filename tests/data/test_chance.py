"""Chance that is the same everywhere."""

import hashlib
import math
import random
import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tertius.data.chance import Stream
from tertius.errors import ParameterError


class Fixed(Stream):
    """A stream that always draws the same number."""

    def __init__(self, number):
        self.number = number

    def uniform(self):
        return self.number


def draws(stream, what, count):
    return [getattr(stream, what)() for _ in range(count)]


def test_a_stream_is_python_s_random_started_from_the_hash_of_its_name():
    start = int(hashlib.sha256(b"case/7/part").hexdigest()[:16], 16)
    expected = random.Random(start)
    assert draws(Stream("case", 7, "part"), "uniform", 5) == [expected.random() for _ in range(5)]


@pytest.mark.parametrize("other", [("other", 7, "part"), ("case", 8, "part"), ("case", 7, "other")])
def test_case_seed_and_component_each_change_the_stream(other):
    assert draws(Stream("case", 7, "part"), "uniform", 3) != draws(Stream(*other), "uniform", 3)


@pytest.mark.parametrize("seed", [-1, 1.0, "1", None, True])
def test_a_seed_is_a_whole_number(seed):
    with pytest.raises(ParameterError, match="whole number, 0 or more"):
        Stream("case", seed, "part")


@given(st.integers(0, 10**9))
def test_probability_0_never_happens_and_1_always(seed):
    stream = Stream("case", seed, "part")
    assert not any(stream.happens(0) for _ in range(20))
    assert all(stream.happens(1) for _ in range(20))


def test_a_likelier_thing_happens_whenever_a_less_likely_one_does():
    rare, likely = Stream("case", 1, "part"), Stream("case", 1, "part")
    pairs = [(rare.happens(0.2), likely.happens(0.5)) for _ in range(200)]
    assert all(more for less, more in pairs if less)
    assert sum(more for _, more in pairs) > sum(less for less, _ in pairs) > 0


def test_integers_cover_their_range_evenly():
    stream = Stream("case", 1, "part")
    found = [stream.integer(5) for _ in range(5000)]
    # Each is binomial(5000, 0.2): four standard errors are 113.
    assert all(abs(found.count(k) - 1000) <= 113 for k in range(5))
    assert set(found) == set(range(5))


@pytest.mark.parametrize(("number", "expected"), [(0.0, 0), (1 - 2**-53, 6), (3 / 7, 3), (math.nextafter(3 / 7, 0), 2)])
def test_an_integer_is_the_floor_of_n_times_the_number_drawn(number, expected):
    assert Fixed(number).integer(7) == expected


def test_normal_draws_have_the_mean_and_deviation_asked_for():
    stream = Stream("case", 1, "part")
    found = [stream.normal(10, 2) for _ in range(10_000)]
    # Four standard errors: 4 · 2/√10000 of the mean, 4 · 2/√20000 of the deviation.
    assert statistics.fmean(found) == pytest.approx(10, abs=0.08)
    assert statistics.stdev(found) == pytest.approx(2, abs=0.057)
    # Φ(1) = .8413 (any table of the normal distribution); four standard errors are .015.
    assert sum(value < 12 for value in found) / 10_000 == pytest.approx(0.8413, abs=0.015)


@pytest.mark.parametrize("number", [0.0, 2**-53, 1 - 2**-53])
def test_the_rarest_normal_draws_are_finite(number):
    # 2⁻⁵⁴ of the normal distribution lies below -8.3.
    assert 8 < abs(Fixed(number).normal()) < 8.4


def test_the_middle_number_gives_the_mean():
    assert Fixed(0.5).normal(3, 2) == pytest.approx(3, abs=1e-12)


@pytest.mark.parametrize(
    ("number", "expected"), [(0.0, 0), (0.36, 0), (math.exp(-1), 1), (0.37, 1), (0.73, 1), (0.74, 2), (0.9999, 6)]
)
def test_a_poisson_count_is_read_off_the_cumulative_probabilities(number, expected):
    # Mean 1: e⁻¹ = .3679, .7358, .9197, .9810, .9963, .9994, .99992.
    assert Fixed(number).poisson(1) == expected


def test_poisson_counts_have_their_mean_for_variance():
    stream = Stream("case", 1, "part")
    found = [stream.poisson(2.5) for _ in range(10_000)]
    # Four standard errors: 4 · √(2.5/10⁴) of the mean; of the variance, 4 · √((2.5 + 2 · 2.5²)/10⁴).
    assert statistics.fmean(found) == pytest.approx(2.5, abs=0.064)
    assert statistics.variance(found) == pytest.approx(2.5, abs=0.16)
    assert [Fixed(1 - 2**-53).poisson(0), Fixed(0.0).poisson(9)] == [0, 0]
    assert Fixed(1 - 2**-53).poisson(3) < 40  # ends although the cumulative sum may never reach 1


@given(st.integers(0, 10**9), st.lists(st.integers(), max_size=20))
def test_shuffling_keeps_every_item_once_each(seed, items):
    assert sorted(Stream("case", seed, "part").shuffled(items)) == sorted(items)


def test_every_order_comes_up_equally_often():
    stream = Stream("case", 1, "part")
    found = ["".join(stream.shuffled("abc")) for _ in range(6000)]
    # Each of the six is binomial(6000, 1/6): four standard errors are 116.
    assert len(set(found)) == 6
    assert all(abs(found.count(order) - 1000) <= 116 for order in set(found))


@given(st.integers(0, 10**9), st.integers(0, 12))
def test_a_subset_keeps_the_order_and_a_larger_one_contains_it(seed, size):
    items = list("abcdefghijklm")
    small = Stream("case", seed, "part").subset(items, size)
    large = Stream("case", seed, "part").subset(items, size + 1)
    assert len(small) == len(set(small)) == size
    assert small == sorted(small)
    assert set(small) < set(large)


def test_a_subset_is_no_larger_than_what_it_is_drawn_from():
    assert Stream("case", 1, "part").subset("abc", 3) == ["a", "b", "c"]
    with pytest.raises(ParameterError, match="4 were to be drawn from 3"):
        Stream("case", 1, "part").subset("abc", 4)
