"""People and a code that learn from each other: by hand, by an exact chain, and what the paper found."""

from functools import cache
from itertools import pairwise, product

import numpy as np
import pytest
from tests.models.played import played

from tertius.errors import ParameterError
from tertius.models import OrganizationalLearning
from tertius.models.learning import Believing
from tertius.simulate import BLOCK, Streams, ensemble, sweep


def slow_step(model, state, luck):
    """One step of one run, belief by belief."""
    reality, beliefs, code = (array.tolist() for array in state)
    n, m = len(beliefs), len(code)
    if model.turnover:
        for i in range(n):
            if luck["leaves"][i] < model.turnover:
                beliefs[i] = luck["new"][i].tolist()
    if model.turbulence:
        reality = [-fact if luck["turns"][d] < model.turbulence else fact for d, fact in enumerate(reality)]
    coin = model.reading == "actions"
    actions = [
        [b if b or not coin else 2 * luck["coins"][i][d] - 1 for d, b in enumerate(beliefs[i])] for i in range(n)
    ]
    of_code = sum(c * r for c, r in zip(code, reality, strict=True))
    better = [a for a in actions if sum(x * r for x, r in zip(a, reality, strict=True)) > of_code]
    after, learns = list(code), np.broadcast_to(model.learns, n)
    for d in range(m):
        votes = sum(a[d] for a in better)
        if votes and luck["code"][d] < 1 - (1 - model.code_learns) ** abs(votes):
            after[d] = 1 if votes > 0 else -1
        for i in range(n):
            if code[d] and luck["learning"][i][d] < np.float32(learns[i]):
                gap = code[d] - beliefs[i][d]
                beliefs[i][d] += (gap > 0) - (gap < 0) if coin else gap
    return reality, beliefs, after


@pytest.mark.parametrize("reading", ["actions", "text"])
@pytest.mark.parametrize("moving", [{}, {"turnover": 0.2, "turbulence": 0.1}])
def test_everybody_learns_as_they_do_belief_by_belief(reading, moving):
    model = OrganizationalLearning((0.2, 0.9, 0.5, 0.0), 0.4, **moving, people=4, dimensions=5, reading=reading)
    states = played(model, 6, seed=2)
    rng = Streams(model.streams, 2, 0)
    model.start(rng, BLOCK)
    shape = (4, 5, BLOCK)
    for before, after in pairwise(states):
        luck = {"coins": rng.acting.integers(0, 2, shape, np.int8), "code": rng.code.random((5, BLOCK))}
        luck["learning"] = rng.learning.random(shape, np.float32)
        luck["leaves"] = rng.turnover.random((4, BLOCK))
        luck["new"] = rng.turnover.integers(-1, 2, shape, np.int8)
        luck["turns"] = rng.turbulence.random((5, BLOCK))
        for run in range(BLOCK):
            one = Believing(*(array[..., run] for array in before))
            mine = {name: values[..., run] for name, values in luck.items()}
            for found, expected in zip(after, slow_step(model, one, mine), strict=True):
                np.testing.assert_array_equal(found[..., run], expected)
    assert any((state.code != 0).any() for state in states)


def chain(model, steps):
    """Exact distribution of (beliefs, code) on one fact, which is 1, for a few people."""
    people, p1, p2 = range(model.people), model.learns, model.code_learns
    share = {(beliefs, 0): 3.0**-model.people for beliefs in product((-1, 0, 1), repeat=model.people)}
    for _ in range(steps):
        after = {}
        for (beliefs, code), chance in share.items():
            free = [i for i in people if beliefs[i] == 0]
            for coins in product((-1, 1), repeat=len(free)):
                actions = list(beliefs)
                for i, coin in zip(free, coins, strict=True):
                    actions[i] = coin
                votes = sum(a for a in actions if a > code)
                codes = {code: 1.0}
                if votes:
                    turns = 1 - (1 - p2) ** abs(votes)
                    codes = {code: 1 - turns}
                    codes[int(np.sign(votes))] = codes.get(int(np.sign(votes)), 0) + turns
                for moved in product((0, 1), repeat=model.people if code else 0):
                    believed = tuple(
                        b + int(np.sign(code - b)) * step
                        for b, step in zip(beliefs, moved or (0,) * model.people, strict=True)
                    )
                    weight = chance * 0.5 ** len(free) * np.prod([p1 if step else 1 - p1 for step in moved])
                    for said, probability in codes.items():
                        after[believed, said] = after.get((believed, said), 0) + weight * probability
        share = after
    assert sum(share.values()) == pytest.approx(1)
    return share


@pytest.mark.parametrize("steps", [1, 3, 6])
def test_two_people_and_one_fact_learn_as_the_exact_chain_says(steps):
    # 4,096 runs, 4 standard errors.
    model = OrganizationalLearning(0.3, 0.4, people=2, dimensions=1)
    share = chain(model, steps)
    many = ensemble(model, steps, runs=4096, seed=1)
    for name, expected in (
        ("knowledge", sum(chance * code for (_, code), chance in share.items())),
        ("people_knowledge", sum(chance * np.mean(beliefs) for (beliefs, _), chance in share.items())),
    ):
        assert abs(many.mean(name)[-1] - expected) < 4 * many.stderr(name)[-1]


def test_people_who_never_learn_keep_their_beliefs_and_a_code_that_never_learns_stays_empty():
    stubborn, deaf = played(OrganizationalLearning(0, 1), 5), played(OrganizationalLearning(1, 0), 5)
    np.testing.assert_array_equal(stubborn[0].beliefs, stubborn[-1].beliefs)
    assert stubborn[-1].code.any()
    assert not deaf[-1].code.any()
    np.testing.assert_array_equal(deaf[0].beliefs, deaf[-1].beliefs)  # there is nothing to learn


def test_what_is_settled_stays():
    model = OrganizationalLearning(0.5, 0.5, people=5, dimensions=4)
    states = played(model, 60)
    settled = np.array([model.is_settled(state) for state in states])
    assert (settled[1:] >= settled[:-1]).all()
    assert settled[-1].mean() > 0.5
    assert not settled[0].any()
    for run in np.flatnonzero(settled[30]):
        np.testing.assert_array_equal(states[30].code[:, run], states[-1].code[:, run])
        np.testing.assert_array_equal(states[30].beliefs[..., run], states[-1].beliefs[..., run])


@pytest.mark.parametrize("unrest", ["turnover", "turbulence"])
def test_nothing_is_settled_where_people_leave_or_facts_turn_and_a_sweep_plays_to_the_last_step(unrest):
    model = OrganizationalLearning(0.9, 0.9, people=5, dimensions=4, **{unrest: 0.1})
    assert not any(model.is_settled(state).any() for state in played(model, 20))
    table = sweep(model, {unrest: [0.1]}, 40, runs=BLOCK, seed=1)
    assert (table["stopped"] == 40).all()
    expected = ensemble(model, 40, runs=BLOCK, seed=1)["knowledge"][-1]
    np.testing.assert_array_equal(table["knowledge"], expected)


@pytest.mark.parametrize(
    ("beliefs", "code", "reading", "settled"),
    [
        ([[1, 1]], [1, 1], "actions", True),
        ([[1, -1]], [1, -1], "actions", True),  # wrong together
        ([[1, 0]], [1, 1], "actions", False),  # not there yet
        ([[1, 0]], [1, 0], "actions", False),  # a coin may fall right
        ([[1, 0]], [1, 0], "text", True),
        ([[1, -1]], [1, 0], "actions", True),  # the code says nothing, and the person knows nothing better
        ([[1, 1]], [1, 0], "actions", False),
        ([[1, -1], [1, 1]], [1, 0], "actions", False),
    ],
)
def test_when_all_is_settled(beliefs, code, reading, settled):
    state = Believing(*(np.array(part, np.int8)[..., None] for part in ([1, 1], beliefs, code)))
    model = OrganizationalLearning(people=len(beliefs), dimensions=2, reading=reading)
    assert model.is_settled(state).tolist() == [settled]


@cache
def outcome(learns, code_learns, steps=400, **how):
    """Final knowledge of 320 runs."""
    model = OrganizationalLearning(learns, code_learns, **how)
    until = None if model.turnover else model.is_settled
    return ensemble(model, steps, runs=320, seed=1, until=until)["knowledge"][-1]


def is_ahead(one, other):
    difference = one - other
    return difference.mean() > 4 * difference.std(ddof=1) / np.sqrt(len(difference))


def test_slow_people_and_a_fast_code_know_most():
    # Runs paired by their luck.
    assert is_ahead(outcome(0.1, 0.9), outcome(0.9, 0.9))
    assert is_ahead(outcome(0.1, 0.9), outcome(0.1, 0.1))
    assert is_ahead(outcome(0.1, 0.9), outcome(0.9, 0.1))


def test_where_people_learn_fast_a_fast_code_hurts():
    assert is_ahead(outcome(0.9, 0.1), outcome(0.9, 0.9))


def test_half_slow_and_half_fast_know_more_than_all_at_their_mean():
    assert is_ahead(outcome((0.1,) * 25 + (0.9,) * 25, 0.5), outcome(0.5, 0.5))


def test_some_turnover_helps_where_people_learn_fast():
    # With turnover it never ends: after 100 steps.
    assert is_ahead(outcome(0.9, 0.5, 100, turnover=0.05), outcome(0.9, 0.5, 100))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: OrganizationalLearning(1.2), "learns is 1.2; it is a probability"),
        (lambda: OrganizationalLearning([0.1, 0.2]), "learns holds 2 probabilities, and there are 50 people"),
        (lambda: OrganizationalLearning((0.1, 2), people=2), "learns is 2"),
        (lambda: OrganizationalLearning(code_learns=-1), "code_learns is -1"),
        (lambda: OrganizationalLearning(turnover=2), "turnover is 2"),
        (lambda: OrganizationalLearning(turbulence=2), "turbulence is 2"),
        (lambda: OrganizationalLearning(people=0), "people is 0"),
        (lambda: OrganizationalLearning(dimensions=0), "dimensions is 0"),
        (lambda: OrganizationalLearning(reading="words"), "reading is 'words'"),
    ],
)
def test_settings_out_of_range_are_refused(call, message):
    with pytest.raises(ParameterError, match=message):
        call()
