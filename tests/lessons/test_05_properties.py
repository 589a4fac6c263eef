"""What lesson 05 says happens, over seeds 0-19: the tested properties that rest on models alone."""

from functools import cache

import numpy as np
import pytest

from tertius.models import Exchange, LandscapeSearch
from tertius.simulate import ensemble

SEEDS = range(20)

# Four formats (E1): 24 hours a quarter over a year, half of 24 members free riders; each seed 40 runs

WAYS = ("one-to-one", "roundtable", "newsletter", "forum")


@cache
def year(way, seed, free_riders=0.5):
    return ensemble(Exchange(way, free_riders=free_riders), 12, runs=40, seed=seed)


def means(name, seed, **how):
    return {way: year(way, seed, **how).mean(name)[-1] for way in WAYS}


def test_the_host_spends_the_same_hours_on_each():
    for seed in SEEDS:
        assert set(means("host_hours", seed).values()) == {96.0}


def test_members_learn_most_and_meet_most_at_the_round_table_and_the_host_is_least_in_between():
    for seed in SEEDS:
        for name in ("learned", "member_ties"):
            found = means(name, seed)
            assert max(found, key=found.get) == "roundtable"
        size = means("effective_size", seed)
        assert min(size, key=size.get) == "roundtable"


def test_most_ideas_come_back_from_talks_one_by_one():
    for seed in SEEDS:
        found = means("ideas_back", seed)
        assert max(found, key=found.get) == "one-to-one"


def test_a_newsletter_brings_no_ideas_back_and_joins_nobody():
    for seed in SEEDS:
        for name in ("ideas_back", "member_ties"):
            assert (year("newsletter", seed)[name] == 0).all()


def test_the_forum_has_the_widest_band_for_its_mean():
    for seed in SEEDS:
        band = {}
        for way in WAYS:
            low, high = year(way, seed).quantile("learned", (0.05, 0.95))[:, -1]
            band[way] = (high - low) / year(way, seed).mean("learned")[-1]
        assert max(band, key=band.get) == "forum"


def test_without_free_riders_the_forum_passes_the_round_table():
    for seed in SEEDS:
        found = means("learned", seed, free_riders=0.0)
        assert found["forum"] > found["roundtable"]


@pytest.mark.parametrize(("name", "way"), [("ideas_back", "one-to-one"), ("learned", "newsletter")])
def test_free_riders_change_nothing_where_nobody_waits_for_them(name, way):
    for seed in SEEDS:
        np.testing.assert_array_equal(year(way, seed)[name], year(way, seed, free_riders=0.0)[name])


# Too connected? (E3): twelve decisions, ruggedness 5, 60 people; each seed 40 landscapes


def quality(network, seed, rounds):
    return ensemble(LandscapeSearch(network), rounds, runs=40, seed=seed).mean("quality")[-1]


def test_after_five_rounds_those_lead_who_all_see_all():
    for seed in SEEDS:
        everyone, ring, nobody = (quality(network, seed, 5) for network in ("everyone", "ring", "none"))
        assert everyone > ring > nobody


def test_after_200_rounds_those_lead_who_see_few():
    for seed in SEEDS:
        ring = quality("ring", seed, 200)
        assert ring > quality("everyone", seed, 200)
        assert seed > 4 or ring > quality("none", seed, 200)  # far behind, and slow to work out
