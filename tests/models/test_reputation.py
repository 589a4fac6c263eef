"""Image scoring: meeting by meeting by hand, a generation by exact enumeration, extremes, what names are good for."""

from itertools import pairwise, permutations, product

import numpy as np
import pytest
from tests.models.played import played

from tertius.errors import ParameterError
from tertius.models import ImageScoring
from tertius.models.reputation import ALWAYS, NEVER
from tertius.simulate import BLOCK, Streams, ensemble


def generation(model, strategies, meetings, known):
    """What everybody got, and how often was given, meeting by meeting."""
    score, got, given = [0] * len(strategies), [0.0] * len(strategies), 0
    for (giver, receiver), knows in zip(meetings, known, strict=True):
        gives = (score[receiver] if knows else 5) >= strategies[giver]
        score[giver] = min(5, score[giver] + 1) if gives else max(-5, score[giver] - 1)
        if gives:
            got[receiver] += model.benefit
        else:
            got[giver] += model.cost
        given += gives
    return got, given


def test_people_meet_and_have_children_one_by_one():
    model = ImageScoring(0.6, 1.0, 0.3, people=5, meetings=40, mutation=0.2)
    before, after = played(model, 1)
    rng = Streams(model.streams, 1, 0)
    model.start(rng, BLOCK)
    shape = (40, BLOCK)
    givers = rng.meetings.integers(0, 5, shape)
    receivers = (givers + rng.meetings.integers(1, 5, shape)) % 5
    known = rng.knowing.random(shape) < 0.6
    luck, mutates = rng.parents.random((5, BLOCK)), rng.mutation.random((5, BLOCK)) < 0.2
    fresh = rng.mutation.integers(ALWAYS, NEVER + 1, (5, BLOCK), np.int8)
    for run in range(BLOCK):
        meetings = list(zip(givers[:, run], receivers[:, run], strict=True))
        got, given = generation(model, before.strategy[:, run].tolist(), meetings, known[:, run])
        assert after.giving[run] == given / 40
        for child in range(5):
            place, parent = luck[child, run] * sum(got), 0
            while place >= got[parent]:
                place, parent = place - got[parent], parent + 1
            expected = fresh[child, run] if mutates[child, run] else before.strategy[parent, run]
            assert after.strategy[child, run] == expected


@pytest.mark.parametrize("strategies", [(ALWAYS, 1, NEVER), (0, 0, NEVER), (-1, 2, 0)])
def test_a_generation_is_what_enumeration_says(strategies):
    # Three people, two meetings: all pairs, names known or not; 4,096 runs, 4 standard errors.
    model = ImageScoring(0.7, 1.0, 0.3, people=3, meetings=2, strategies=strategies)
    giving = mean = 0.0
    for meetings in product(permutations(range(3), 2), repeat=2):
        for known in product((True, False), repeat=2):
            chance = np.prod([0.7 if knows else 0.3 for knows in known]) / 36
            got, given = generation(model, strategies, meetings, known)
            share = np.array(got) / sum(got) if sum(got) else np.full(3, 1 / 3)
            giving += chance * given / 2
            mean += chance * share @ strategies
    many = ensemble(model, 1, runs=4096, seed=1)
    assert abs(many.mean("giving")[-1] - giving) <= 4 * many.stderr("giving")[-1]
    assert abs(many.mean("mean_strategy")[-1] - mean) < 4 * many.stderr("mean_strategy")[-1]


def test_where_nobody_gives_nothing_is_given_and_where_all_give_all_is():
    for strategy, giving in ((NEVER, 0), (ALWAYS, 1)):
        many = ensemble(ImageScoring(people=10, meetings=20, strategies=[strategy] * 10), 3, runs=10, seed=1)
        assert (many["giving"][1:] == giving).all()
        assert (many["mean_strategy"] == strategy).all()
        assert np.isnan(many["giving"][0]).all()


@pytest.mark.parametrize(("knows", "resists"), [(0.09, False), (0.11, True)])
def test_good_names_keep_out_those_who_never_give_if_they_are_known_well_enough(knows, resists):
    # Exact: q > c/b = .1; b − c against b(1 − q).
    model = ImageScoring(knows)
    looks, never = model.payoffs()
    assert (looks > never) == resists
    assert (looks, never) == pytest.approx((0.9, 1 - knows))


def test_names_keep_out_those_who_never_give():
    # 128 runs, 4 standard errors of the paired difference.
    known, unknown = (ensemble(ImageScoring(q), 50, runs=128, seed=1)["never_share"][-1] for q in (1, 0))
    lead = unknown - known
    assert lead.mean() > 4 * lead.std(ddof=1) / np.sqrt(128)


def test_without_mutation_a_strategy_that_is_gone_stays_gone():
    states = played(ImageScoring(people=8, meetings=10), 30)
    for run in range(0, BLOCK, 9):
        kinds = [set(state.strategy[:, run].tolist()) for state in states]
        assert all(after <= before for before, after in pairwise(kinds))
    lively = played(ImageScoring(people=8, meetings=10, mutation=1), 30)[-1].strategy
    assert set(lively.ravel().tolist()) == set(range(ALWAYS, NEVER + 1))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: ImageScoring(knows=2), "knows is 2"),
        (lambda: ImageScoring(cost=-1), "cost is -1"),
        (lambda: ImageScoring(benefit=0.1), "benefit is 0.1; it is what is given, worth more than it costs, above 0.1"),
        (lambda: ImageScoring(people=1), "people is 1"),
        (lambda: ImageScoring(meetings=0), "meetings is 0"),
        (lambda: ImageScoring(mutation=-1), "mutation is -1"),
        (lambda: ImageScoring(strategies=[1, 2]), "strategies holds 2 of them, and there are 100 people"),
        (lambda: ImageScoring(people=2, strategies=[1, 7]), "a strategy is 7; it must be a whole number from -5 to 6"),
    ],
)
def test_settings_out_of_range_are_refused(call, message):
    with pytest.raises(ParameterError, match=message):
        call()
