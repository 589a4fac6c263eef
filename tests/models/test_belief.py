"""Reputation as a belief: month by month by hand, Laplace's rule, what weight it comes to, and who is refused."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tertius.errors import ParameterError
from tertius.models import reputation_belief

touches = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=12)


def test_a_month_halves_what_was_seen_before_and_adds_what_is_seen_now():
    # a: 2, 1 + 0; b: 0, 0 + 3; with a first impression of one each.
    np.testing.assert_allclose(reputation_belief([2, 0], [0, 3], fade=0.5), [1 / 2, 3 / 4, 2 / 6], atol=1e-12)


@given(touches)
def test_where_nothing_fades_it_is_laplaces_rule_of_succession(seen):
    good, bad = np.array(seen, int).reshape(-1, 2).T
    expected = (1 + good.sum()) / (2 + good.sum() + bad.sum())
    assert reputation_belief(good, bad, fade=0)[-1] == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("fade", [0.05, 0.3, 1.0])
def test_with_k_touches_a_month_their_weight_comes_to_k_over_the_fade(fade):
    # All good: belief (1 + k/λ) / (2 + k/λ) in the end.
    weight = 3 / fade
    belief = reputation_belief([3] * 900, [0] * 900, fade=fade)
    assert belief[-1] == pytest.approx((1 + weight) / (2 + weight), abs=1e-9)


@given(touches, st.floats(0, 1))
def test_one_more_good_touch_never_harms(seen, fade):
    good, bad = np.array(seen, int).reshape(-1, 2).T
    more = good.copy()
    more[: len(more) // 2 + 1] += 1
    assert (reputation_belief(more, bad, fade=fade) >= reputation_belief(good, bad, fade=fade) - 1e-12).all()


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({"good": [1], "bad": [0, 1]}, "good is of 1 months and bad of 2"),
        ({"good": [-1], "bad": [0]}, r"good is \[-1\]"),
        ({"good": [1], "bad": [float("nan")]}, "bad is"),
        ({"good": "often", "bad": [0]}, "good is 'often'"),
        ({"good": [1], "bad": [0], "fade": 1.5}, "fade is 1.5"),
        ({"good": [1], "bad": [0], "prior": (0, 1)}, r"prior\[0\] is 0"),
    ],
    ids=["unequal", "negative", "nan", "text", "fade", "prior"],
)
def test_what_cannot_be_is_refused(how, said):
    with pytest.raises(ParameterError, match=said):
        reputation_belief(**how)
