"""Dormant ties: the best silence, and topics renewed one by one."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tertius.errors import ParameterError
from tertius.models import DormantContact, best_silence, dormant_value
from tertius.simulate import ensemble


@given(st.floats(0, 1), st.floats(0.2, 6), st.floats(0.2, 12))
@settings(max_examples=60, deadline=None)
def test_no_silence_is_worth_more_than_the_best(overlap, renewal, trust):
    # Exact: τ* = max(0, θ ln(A(1 + θ_T/θ)))
    how = {"renewal": renewal, "trust": trust}
    best = best_silence(overlap, **how)
    values = dormant_value(np.linspace(0, 4 * best + 10, 4001), overlap, **how)
    assert dormant_value(best, overlap, **how) >= values.max() - 1e-9


def test_three_years_of_silence_beat_both_ties_kept_up():
    # A = .8, s = 1, θ = 2, θ_T = 8; the current strong tie .20, a current weak one .16.
    strong, weak = dormant_value(0, 0.8, 1), dormant_value(0, 0.2, 0.2)
    assert strong == pytest.approx(0.2, abs=1e-9)
    assert weak == pytest.approx(0.16, abs=1e-9)
    assert dormant_value(3) == pytest.approx((1 - 0.8 * np.exp(-1.5)) * np.exp(-3 / 8), abs=1e-9)
    assert dormant_value(3) > strong > weak


@pytest.mark.parametrize("overlap", [0, 0.3, 0.8, 1])
def test_topics_renewed_one_by_one_come_to_the_closed_form(overlap):
    # 4,096 runs of 50 topics, 4 standard errors.
    runs = ensemble(DormantContact(overlap=overlap, strength=0.7), 60, runs=4096, seed=1)
    for month in (0, 6, 24, 60):
        expected = 1 - overlap * np.exp(-month / 24)
        assert abs(runs.mean("new_share")[month] - expected) <= 4 * runs.stderr("new_share")[month] + 1e-12
        value = dormant_value(month / 12, overlap, 0.7)
        assert abs(runs.mean("value")[month] - value) <= 4 * runs.stderr("value")[month] + 1e-12
    variance = runs["new_share"][24].var()
    share = np.exp(-1)
    assert variance == pytest.approx(overlap * 50 * share * (1 - share) / 50**2, rel=4 * np.sqrt(2 / 4096), abs=1e-12)


def test_slower_renewal_never_brings_more():
    slow, fast = (ensemble(DormantContact(renewal=years), 24, runs=64, seed=2)["new_share"] for years in (4, 1))
    assert (slow <= fast).all()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: dormant_value(-1), "at least 0"),
        (lambda: dormant_value(1, 2), "overlap is 2"),
        (lambda: dormant_value(1, strength=2), "strength is 2"),
        (lambda: best_silence(renewal=0), "renewal is 0"),
        (lambda: best_silence(trust=0), "trust is 0"),
        (lambda: DormantContact(topics=0), "topics is 0"),
    ],
)
def test_settings_out_of_range_are_refused(call, message):
    with pytest.raises(ParameterError, match=message):
        call()
