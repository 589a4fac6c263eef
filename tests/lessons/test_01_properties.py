"""What lesson 01 says happens: the tested properties that rest on models alone."""

import numpy as np
import pytest

from tertius.draw import patience_by_split
from tertius.models import ContactSplit, IdeaSurvey, JoiningBroker, TrustGame
from tertius.simulate import ensemble

SEEDS = range(20)

# Holes or closure? (E1): six contacts of 36 people in six full groups; payoffs 5, 3, 1; all in the group told

LAYOUTS = {"6": (1, 1, 0.5), "3+3": (2, 4, 2 / 3), "2+2+2": (3, 5, 3 / 4), "1+1+1+1+1+1": (6, 6, 6 / 7)}


@pytest.mark.parametrize("split", LAYOUTS)
def test_each_extreme_wins_one_task(split):
    # Exact: groups reached, effective size 1, 4, 5, 6 and patience .500, .667, .750, .857.
    layout = ContactSplit(split)
    found = (layout.groups_reached, layout.effective_size, layout.patience_needed)
    assert found == pytest.approx(LAYOUTS[split], abs=1e-9)
    assert layout.contacts == 6


def test_at_70_percent_three_and_three_serves_both_tasks_and_nothing_wider_does():
    safe = [s for s, needed in zip(LAYOUTS, (LAYOUTS[s][2] for s in LAYOUTS), strict=True) if needed <= 0.7]
    assert safe == ["6", "3+3"]
    assert "3+3 hears the most" in patience_by_split(meeting=0.7).sentence
    for split in LAYOUTS:
        kept = ensemble(ContactSplit(split), 19, runs=40, seed=1)["kept_share"][14]
        assert (kept == 1).all() == (split in safe)


def test_if_half_are_told_even_the_tight_group_is_less_safe():
    # Blue: with half told, six in one group need x/(1 + x), x = 6/3.5: .63 instead of .5; singles stay at .857.
    assert ContactSplit("6", tell=0.5).patience_needed == pytest.approx(6 / 9.5, abs=1e-9)
    assert ContactSplit("1+1+1+1+1+1", tell=0.5).patience_needed == pytest.approx(6 / 7, abs=1e-9)
    for seed in SEEDS:
        half, all_told = (ensemble(ContactSplit("6", tell=q), 19, runs=40, seed=seed)["kept_share"] for q in (0.5, 1))
        assert (half[12] <= all_told[12]).all()
        assert half[12].mean() < 1 == all_told[12].mean()


def test_two_people_alone_need_a_chance_of_a_half():
    assert TrustGame().patience_needed() == pytest.approx(0.5, abs=1e-9)
    assert np.diff([LAYOUTS[split][2] for split in LAYOUTS]).min() > 0


# Slope without a cause (E2): 200 managers; in each seed the band of 40 surveys


def band(seed, name, **how):
    return ensemble(IdeaSurvey(**how), 19, runs=40, seed=seed).quantile(name, (0.05, 0.95))[:, -1]


def test_without_any_effect_the_raw_band_is_below_zero_and_the_adjusted_one_contains_it():
    for seed in SEEDS:
        assert band(seed, "raw_slope")[1] < 0
        low, high = band(seed, "adjusted_slope")
        assert low < 0 < high


def test_without_ability_behind_it_the_raw_band_contains_zero():
    for seed in SEEDS:
        low, high = band(seed, "raw_slope", effect=0, ability=0)
        assert low < 0 < high


def test_with_a_true_effect_alone_both_bands_are_below_zero():
    for seed in SEEDS:
        for name in ("raw_slope", "adjusted_slope"):
            assert band(seed, name, effect=1, ability=0)[1] < 0


# The broker who introduces (E3): k contacts, project value v, gap fee r


@pytest.mark.parametrize("contacts", [4, 6, 10])
def test_each_introduction_costs_two_kths_of_effective_size(contacts):
    model = JoiningBroker(contacts, introduces=1)
    size = ensemble(model, model.pairs, runs=5, seed=1)["effective_size"]
    np.testing.assert_allclose(np.diff(size, axis=0), -2 / contacts, atol=1e-9)
    np.testing.assert_allclose(size[-1], 1, atol=1e-9)


def test_the_group_gains_above_the_fee_and_the_broker_above_three_times_it():
    for value in np.arange(0, 6.5, 0.5).tolist():
        for fee in (0, 0.5, 1, 1.5, 2):
            model = JoiningBroker(6, value, fee, introduces=1)
            (broker, group), (alone, before) = model.returns(1), model.returns(0)
            assert (group > before + 1e-9) == (value > fee)
            assert (broker > alone + 1e-9) == (value > 3 * fee)


def test_at_the_defaults_the_group_gains_and_the_broker_does_not():
    run = ensemble(JoiningBroker(6, 2, 1, introduces=1), 15, runs=5, seed=1)
    assert (np.diff(run["group_return"], axis=0) > 0).all()
    assert (np.diff(run["broker_return"], axis=0) < 0).all()
