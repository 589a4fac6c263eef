"""Layers of contacts: sizes, equal closeness at a cut, hours."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tertius import contact_layers
from tertius.errors import GraphError, ParameterError


def test_layers_by_hand():
    close = dict(zip("abcdefg", [9, 8, 8, 5, 4, 3, 1], strict=True))
    table = contact_layers(close, {"a": 3, "b": 1, "g": 4}, cuts=[1, 4, 6])
    assert table.index.to_list() == [1, 4, 6, np.inf]
    assert table["size"].to_list() == [1, 3, 2, 1]
    assert table["weakest"].to_list() == [9, 5, 3, 1]
    assert table["hours"].to_list() == [3, 1, 0, 4]
    assert table["share"].to_list() == [3 / 8, 1 / 8, 0, 1 / 2]


def test_equally_close_contacts_go_to_the_outer_layer_together():
    assert contact_layers(dict.fromkeys("abcdefg", 2), cuts=[5, 15])["size"].to_list() == [0, 7, 0]
    assert contact_layers(dict(zip("abcd", [3, 2, 2, 1], strict=True)), cuts=[2, 3])["size"].to_list() == [1, 2, 1]
    assert contact_layers(dict(zip("abc", [3, 2, 2], strict=True)), cuts=[3])["size"].to_list() == [3, 0]


@given(st.lists(st.integers(1, 5), max_size=40), st.sets(st.integers(1, 30), min_size=1, max_size=4).map(sorted))
def test_everybody_is_in_one_layer_and_no_layer_holds_too_many(strengths, cuts):
    table = contact_layers(dict(enumerate(strengths)), cuts=cuts)
    within = table["size"].cumsum().to_list()
    assert within[-1] == len(strengths)
    ranked = sorted(strengths, reverse=True)
    for cut, inside in zip(cuts, within, strict=False):
        assert inside <= cut
        if inside < min(cut, len(ranked)):  # whoever would fit is as close as the first one who does not
            assert ranked[inside] == ranked[cut]
        if 0 < inside < len(ranked):
            assert ranked[inside - 1] > ranked[inside] or inside == len(ranked)


def test_nobody_and_no_hours():
    table = contact_layers(pd.Series(dtype=float), {}, cuts=[5])
    assert table["size"].to_list() == [0, 0]
    assert table[["weakest", "share"]].isna().all(axis=None)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: contact_layers({"a": 1}, cuts=[5, 5]), ParameterError, "rising whole numbers"),
        (lambda: contact_layers({"a": 1}, cuts=[]), ParameterError, "rising whole numbers"),
        (lambda: contact_layers({"a": None}), GraphError, "strength of 'a' is None"),
        (lambda: contact_layers({"a": "close"}), GraphError, "strength of 'a' is 'close'"),
        (lambda: contact_layers({"a": 1}, {"a": float("inf")}), GraphError, "number of hours of 'a' is inf"),
    ],
)
def test_what_cannot_be_sorted_is_refused(call, error, message):
    with pytest.raises(error, match=message):
        call()
