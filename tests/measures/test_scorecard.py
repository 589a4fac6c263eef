"""Rankings by several criteria, and whose place depends on the weights."""

from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tertius import scorecard
from tertius.errors import GraphError, ParameterError

CRITERIA = ("motivation", "influence", "complementarity", "potential")


def table(numbers):
    return pd.DataFrame(numbers, [f"p{k}" for k in range(len(numbers))], CRITERIA[: len(numbers[0])])


def test_a_place_that_depends_on_one_weight():
    # Ann leads on reach, Bo on will; with reach at half its weight Ann's 2 + 0 is behind Bo's 1 + 3.
    scores = pd.DataFrame({"reach": [4, 2, 1], "will": [0, 3, 4]}, ["Ann", "Bo", "Cy"])
    ranked = scorecard(scores, top=2)
    assert ranked.index.to_list() == ["Bo", "Cy", "Ann"]  # 2.5, 2.5 and 2: of equals the first
    assert ranked["score"].to_list() == [2.5, 2.5, 2]
    assert ranked.loc["Ann", ["best_rank", "worst_rank", "stays"]].to_list() == [1, 3, False]
    assert ranked["stays"].to_dict() == {"Bo": True, "Cy": False, "Ann": False}


numbers = st.integers(3, 8).flatmap(
    lambda n: st.lists(st.lists(st.integers(0, 5), min_size=3, max_size=3), min_size=n, max_size=n)
)


@given(numbers, st.sampled_from(["one", "all"]))
@settings(max_examples=30, deadline=None)
def test_ranks_are_those_of_going_through_every_weighting(numbers, moved):
    scores, weights = table(numbers), {"motivation": 2, "influence": 1, "complementarity": 1}
    found = scorecard(scores, weights, top=2, sway=0.5, moved=moved)
    if moved == "all":
        tries = list(product((0.5, 1, 1.5), repeat=3))
    else:
        tries = [(1, 1, 1)]
        tries += [tuple(f if j == k else 1 for j in range(3)) for k in range(3) for f in np.linspace(0.5, 1.5, 11)]
    ranks = {name: [] for name in scores.index}
    for tried in tries:
        total = [round(sum(w * f * x for w, f, x in zip((2, 1, 1), tried, row, strict=True)), 9) for row in numbers]
        order = sorted(range(len(numbers)), key=lambda k: (-total[k], k))
        for place, k in enumerate(order, start=1):
            ranks[f"p{k}"].append(place)
    for name, row in found.iterrows():
        assert (row["best_rank"], row["worst_rank"]) == (min(ranks[name]), max(ranks[name]))
        assert row["stays"] == (max(ranks[name]) <= 2)
        assert row["rank"] == ranks[name][0 if moved == "one" else tries.index((1, 1, 1))]


def test_without_sway_the_first_stay_first():
    scores = table(np.random.default_rng(1).random((8, 4)).tolist())
    still = scorecard(scores, sway=0)
    assert still["stays"].to_list() == [True] * 3 + [False] * 5
    one, everything = (scorecard(scores, moved=moved)["stays"] for moved in ("one", "all"))
    assert one[everything[everything].index].all()  # who stays in the wider scan stays in the narrower


def test_sums_that_differ_in_their_last_digits_are_equal():
    assert 0.1 + 0.2 > 0.3  # so Bo would pass Ann by a rounding error
    scores = pd.DataFrame({"reach": [0.3, 0.1], "will": [0.0, 0.2]}, ["Ann", "Bo"])
    assert scorecard(scores, sway=0)["rank"].to_dict() == {"Ann": 1, "Bo": 2}


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: scorecard(table([[1, float("nan")]])), GraphError, "'p0' has no score for 'influence'"),
        (lambda: scorecard(table([[1, 2]]), {"motivatoin": 1}), ParameterError, "did you mean 'motivation'"),
        (lambda: scorecard(table([[1, 2]]), {"motivation": 0}), ParameterError, "All weights are 0"),
        (lambda: scorecard(table([[1, 2]]), {"motivation": -1}), ParameterError, "The weight of 'motivation' is -1"),
        (lambda: scorecard(table([[1, 2]]), top=0), ParameterError, "top is 0"),
        (lambda: scorecard(table([[1, 2]]), sway=2), ParameterError, "sway is 2"),
        (lambda: scorecard(table([[1, 2]]), moved="each"), ParameterError, "moved is 'each'"),
    ],
)
def test_what_cannot_be_ranked_is_refused(call, error, message):
    with pytest.raises(error, match=message):
        call()
