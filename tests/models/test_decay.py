"""Ties that fade: survival in closed form, rules of equal hours, and what keeps what."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.models.played import played

from tertius.errors import ParameterError
from tertius.models import TieDecay, decay_chance, survival_by_age, tending_hours
from tertius.simulate import ensemble

RULES = ("bridges", "mixed", "equal", "favourites")


def test_a_tie_is_left_after_t_months_as_often_as_the_formula_says_and_independently():
    # Exact: (1 − ℓ e^(−κh))^t, counts binomial. 4,096 runs, 4 standard errors.
    model = TieDecay(4, 4, tended=[0, 0.5, 1, 0, 0, 0.5, 1, 3], losses=(0.2, 0.1), rescue=1.2)
    runs = ensemble(model, 10, runs=4096, seed=1)
    loss = np.repeat([0.2, 0.1], 4) * np.exp(-1.2 * np.array([0, 0.5, 1, 0, 0, 0.5, 1, 3]))
    np.testing.assert_allclose(model.loss, loss, atol=1e-12)
    for t in (1, 4, 10):
        left = (1 - loss) ** t
        np.testing.assert_allclose(model.expected_left(t), [left[:4].sum(), left[4:].sum()], atol=1e-9)
        for name, part in (("bridging", left[:4]), ("close", left[4:])):
            assert abs(runs.mean(name)[t] - part.sum()) < 4 * runs.stderr(name)[t]
            variance = (part * (1 - part)).sum()  # of independent ties; its standard error about √(2/4096)
            assert abs(runs[name][t].var() / variance - 1) < 4 * np.sqrt(2 / 4096)


def test_what_is_lost_stays_lost_and_losses_of_0_and_1_are_certain():
    states = played(TieDecay(3, 3, losses=(1, 0), tended="nothing"), 3)
    assert states[1].alive[:3].sum() == 0
    assert states[3].alive[3:].all()
    states = played(TieDecay(losses=(0.5, 0.5), tended="equal"), 6)
    for before, after in pairwise(states):
        assert (after.alive <= before.alive).all()


def test_every_rule_spends_the_same_hours():
    for bridging, close, hours in ((10, 20, 10), (9, 17, 7), (1, 5, 3), (4, 4, 0)):
        for rule in RULES:
            spent = tending_hours(rule, bridging, close, hours)
            assert spent.sum() == pytest.approx(hours, abs=1e-9)
            assert len(spent) == bridging + close
        assert tending_hours("nothing", bridging, close, hours).sum() == 0
    assert tending_hours("favourites").nonzero()[0].tolist() == list(range(10, 20))
    assert tending_hours("mixed").nonzero()[0].tolist() == [0, 1, 2, 3, 4, 10, 11, 12, 13, 14]
    assert tending_hours("bridges").nonzero()[0].tolist() == list(range(10))
    assert ensemble(TieDecay(), 3, runs=2, seed=1)["hours"][:, 0].tolist() == [0, 10, 20, 30]


def test_ten_hours_over_ten_bridges_and_twenty_friends_in_two_years():
    # Computed: bridging survivors 5.2, 2.8, 1.6, .5 and the reverse order of close ties.
    left = np.array([TieDecay(tended=rule).expected_left(24) for rule in RULES])
    np.testing.assert_allclose(left[:, 0], [5.2, 2.8, 1.6, 0.5], atol=0.05)
    assert (np.diff(left[:, 1]) > 0).all()


@given(st.lists(st.floats(0, 3), min_size=6, max_size=6), st.lists(st.floats(0, 2), min_size=6, max_size=6))
@settings(max_examples=20, deadline=None)
def test_more_hours_never_keep_fewer(few, more):
    some = played(TieDecay(2, 4, tended=few), 8)[-1].alive
    many = played(TieDecay(2, 4, tended=[a + b for a, b in zip(few, more, strict=True)]), 8)[-1].alive
    assert (some <= many).all()


def test_by_age_the_hazard_falls_and_nine_of_ten_are_gone_in_the_first_year():
    # S(t) = (1 + t)^(−γ), hazard γ/(1 + t), γ = log₂ 10 = 3.32.
    assert survival_by_age(1) == pytest.approx(0.1, abs=1e-9)
    ages = np.array([0, 0.5, 2, 5])
    step = 1e-6
    hazard = -(np.log(survival_by_age(ages + step)) - np.log(survival_by_age(ages))) / step
    np.testing.assert_allclose(hazard, np.log2(10) / (1 + ages), rtol=1e-4)
    assert survival_by_age(3, 0) == 1


def test_the_logistic_form_has_these_log_odds():
    chance = decay_chance(np.array([0, 3]), np.array([0.5, 0]), at_birth=1, by_age=-2, by_overlap=-3)
    np.testing.assert_allclose(np.log(chance / (1 - chance)), [1 - 1.5, 1 - 2 * np.log(4)], atol=1e-9)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: tending_hours("bridge"), "did you mean 'bridges'"),
        (lambda: tending_hours("equal", 0), "bridging is 0"),
        (lambda: TieDecay(hours=-1), "hours is -1"),
        (lambda: TieDecay(close=0), "close is 0"),
        (lambda: TieDecay(2, 2, tended=[1, 2]), "hours for 2 ties; there are 4"),
        (lambda: TieDecay(1, 1, tended=[1, -2]), "tended is -2"),
        (lambda: TieDecay(losses=(0.1,)), "losses is"),
        (lambda: TieDecay(losses=(0.1, 2)), "losses is 2"),
        (lambda: TieDecay(rescue=-1), "rescue is -1"),
        (lambda: survival_by_age(-1), "nothing is younger than 0"),
        (lambda: survival_by_age(1, -1), "exponent is -1"),
    ],
)
def test_settings_out_of_range_are_refused(call, message):
    with pytest.raises(ParameterError, match=message):
        call()
