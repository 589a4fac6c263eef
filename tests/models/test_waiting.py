"""Waiting times drawn in one go."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tertius.models.waiting import NEVER, tries_needed

shares = st.floats(0, 1)
draws = st.floats(0, 1, exclude_max=True)


@given(draws, shares)
def test_the_first_try_succeeds_where_the_draw_is_below_the_chance(u, chance):
    assert (tries_needed(np.array([u]), chance)[0] == 1) == (u < chance or chance == 1)


def test_rounded_logarithms_do_not_decide_the_first_try():
    for chance in np.linspace(0.001, 0.999, 999):
        just_below = np.nextafter(chance, 0)
        waits = tries_needed(np.array([just_below, chance]), chance)
        assert waits[0] == 1 < waits[1]


@given(draws, shares, shares)
def test_a_higher_chance_never_takes_longer(u, p, q):
    low, high = sorted((p, q))
    assert tries_needed(np.array([u]), high)[0] <= tries_needed(np.array([u]), low)[0]


def test_no_chance_never_and_certainty_at_once():
    u = np.array([0.0, 0.5, 1 - 2**-53])
    assert tries_needed(u, 0).tolist() == [NEVER] * 3
    assert tries_needed(u, 1).tolist() == [1] * 3


@pytest.mark.parametrize("chance", [0.02, 0.3, 0.9])
def test_waits_are_as_long_as_fresh_draws_would_make_them(chance):
    # Geometric: still waiting after k tries with probability (1 − chance)^k; 4 standard errors of 100,000 draws.
    waits = tries_needed(np.random.default_rng(1).random(100_000), chance)
    for k in range(1, 30):
        expected = (1 - chance) ** k
        assert abs((waits > k).mean() - expected) < 4 * np.sqrt(expected * (1 - expected) / 1e5) + 1e-9
