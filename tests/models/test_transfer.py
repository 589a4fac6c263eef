"""Whole messages: exact chances, and the same by trying."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tertius.errors import ParameterError
from tertius.models import MessageTransfer, helped_chance, whole_message_chance
from tertius.simulate import ensemble


def test_ten_parts_at_four_in_five_arrive_one_time_in_nine():
    assert whole_message_chance(10, 0.8) == pytest.approx(0.107, abs=5e-4)  # Exact: .8^10
    assert whole_message_chance(10, 0.8) == pytest.approx(0.8**10, abs=1e-9)
    assert whole_message_chance(10, 0.8, 6) == pytest.approx(1 - (1 - 0.8**10) ** 6, abs=1e-9)
    assert whole_message_chance(3, 0.5, 0) == 0
    assert whole_message_chance(20, 1) == 1


def test_help_mends_a_share_of_the_failures():
    assert helped_chance(0.5, 0.6, relief=0.5) == pytest.approx(1 - 0.5 * 0.7, abs=1e-9)
    assert helped_chance(0.3, 5, relief=1) == 1  # more cohesion than whole counts as whole
    assert helped_chance(0.3, 0.8, relief=0) == pytest.approx(0.3)


@pytest.mark.parametrize(("parts", "chance"), [(1, 0.4), (5, 0.5), (10, 0.8), (20, 0.95)])
def test_trying_part_by_part_comes_to_the_closed_form(parts, chance):
    # 10,000 runs, 4 standard errors; the test draws every part, the model one number.
    rng = np.random.default_rng(1)
    arrived = np.zeros(10_000, bool)
    runs = ensemble(MessageTransfer([chance], parts), 4, runs=10_000, seed=1)
    for attempt in range(1, 5):
        arrived |= (rng.random((parts, 10_000)) < chance).all(axis=0)
        expected = whole_message_chance(parts, chance, attempt)
        error = np.sqrt(expected * (1 - expected) / 10_000)
        assert abs(arrived.mean() - expected) < 4 * error
        assert abs(runs.mean("arrived")[attempt] - expected) < 4 * error


def test_weak_ties_win_tips_by_number_and_strong_ties_win_know_how():
    # twelve weak ties against four strong ones, one attempt, for each of 20 seeds of 64 runs.
    weak, strong = [0.4] * 12, [0.8] * 4
    for seed in range(20):
        arrived = {
            (name, parts): ensemble(MessageTransfer(chances, parts), 1, runs=64, seed=seed).mean("arrived")[1]
            for name, chances in (("weak", weak), ("strong", strong))
            for parts in (1, 10)
        }
        assert arrived["weak", 1] > arrived["strong", 1]
        assert arrived["weak", 10] < arrived["strong", 10]


@given(
    seed=st.integers(0, 1000),
    chances=st.tuples(st.floats(0, 1), st.floats(0, 1)).map(sorted),
    parts=st.tuples(st.integers(1, 20), st.integers(1, 20)).map(sorted),
)
@settings(max_examples=30, deadline=None)
def test_higher_chances_or_fewer_parts_never_lose_an_arrival(seed, chances, parts):
    less = ensemble(MessageTransfer([chances[0]] * 3, parts[1]), 4, runs=64, seed=seed)
    more = ensemble(MessageTransfer([chances[1]] * 3, parts[0]), 4, runs=64, seed=seed)
    assert (less["arrived"] <= more["arrived"]).all()
    assert (less["learned"] == (less["arrived"] > 0)).all()


def test_certain_and_impossible_parts():
    runs = ensemble(MessageTransfer([0, 1, 1], 20), 2, runs=64, seed=1)
    assert runs["arrived"].tolist() == [[0] * 64, [2] * 64, [2] * 64]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: whole_message_chance(0, 0.5), "parts is 0"),
        (lambda: whole_message_chance(2, 1.5), "chance is 1.5; it is a probability"),
        (lambda: whole_message_chance(2, 0.5, -1), "attempts is -1"),
        (lambda: helped_chance(0.5, -1), "cohesion is -1"),
        (lambda: helped_chance(0.5, 1, relief=2), "relief is 2"),
        (lambda: MessageTransfer([]), "chances is empty"),
        (lambda: MessageTransfer([0.5, float("nan")]), "chances is nan"),
        (lambda: MessageTransfer([0.5], 2.5), "parts is 2.5"),
    ],
)
def test_settings_out_of_range_are_refused(call, message):
    with pytest.raises(ParameterError, match=message):
        call()
