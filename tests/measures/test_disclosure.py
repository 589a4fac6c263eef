"""Tables with small cells hidden."""

from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tertius import hide_small_cells
from tertius.errors import ParameterError

tables = st.tuples(st.integers(1, 3), st.integers(1, 3)).flatmap(
    lambda shape: st.lists(
        st.lists(st.integers(0, 12), min_size=shape[1], max_size=shape[1]), min_size=shape[0], max_size=shape[0]
    )
)


def could_be_another(counts, hidden, symmetric=False):
    """Which cells differ in some other table of counts with the same totals, by trying every small change.

    Changes by one are enough, by two if mirror images change together: a larger change is made of several such.
    """
    steps = (-2, -1, 0, 1, 2) if symmetric else (-1, 0, 1)
    changes = np.zeros((len(steps) ** int(hidden.sum()), *counts.shape), int)
    changes[:, hidden] = list(product(steps, repeat=int(hidden.sum())))
    fine = (counts + changes >= 0).all(axis=(1, 2))
    for axis in (1, 2):
        if counts.shape[axis - 1] > 1:  # the total of one cell alone is not told
            fine &= (changes.sum(axis=axis) == 0).all(axis=1)
    if symmetric:
        fine &= (changes == changes.transpose(0, 2, 1)).all(axis=(1, 2))
    return changes[fine].any(axis=0)


@given(tables)
@settings(deadline=None, max_examples=60)
def test_no_small_cell_is_shown_or_follows_from_the_totals(rows):
    table = pd.DataFrame(rows)
    counts = table.to_numpy()
    try:
        shown = hide_small_cells(table)
    except ParameterError as error:
        assert "Join some groups" in str(error)  # noqa: PT017
        return
    hidden = shown.isna().to_numpy()
    assert hidden[counts < 5].all()
    assert (shown.to_numpy()[~hidden] == counts[~hidden]).all()
    assert could_be_another(counts, hidden)[counts < 5].all()


def test_nothing_is_hidden_without_need():
    table = pd.DataFrame([[5, 6], [7, 8]])
    assert hide_small_cells(table).equals(table.astype(float))
    rectangle = hide_small_cells(pd.DataFrame([[3, 9, 50], [9, 9, 50], [50, 50, 50]]))
    assert rectangle.isna().to_numpy().tolist() == [[True, True, False], [True, True, False], [False, False, False]]


def test_mirror_images_of_ties_both_ways_are_hidden_together():
    # Three ties of three groups to each other: x + y, x + z and y + z are known, and with them x, y and z. Only the
    # rule for mirror images sees it; a ring of six hidden cells would do in any other table.
    table = pd.DataFrame([[20, 3, 2], [3, 30, 4], [2, 4, 40]], list("abc"), list("abc"))
    shown = hide_small_cells(table)
    hidden = shown.isna().to_numpy()
    assert (hidden == hidden.T).all()
    assert hidden.sum() == 7
    assert could_be_another(table.to_numpy(), hidden, symmetric=True)[table < 5].all()
    assert hide_small_cells(table.set_axis(list("xyz"))).isna().to_numpy().sum() == 6


def test_a_single_row_has_one_total():
    assert hide_small_cells(pd.DataFrame([[3, 9, 20]])).isna().to_numpy().tolist() == [[True, True, False]]
    assert hide_small_cells(pd.DataFrame([[3], [9], [20]])).isna().to_numpy().ravel().tolist() == [True, True, False]


def test_what_cannot_be_hidden_is_refused():
    with pytest.raises(ParameterError, match="Join some groups first"):
        hide_small_cells(pd.DataFrame([[0, 0], [20, 30]]))  # a row whose total is 0
    for wrong in ([[0.5, 9]], [[-1, 9]], [[float("nan"), 9]], [["few", 9]]):
        with pytest.raises(ParameterError, match="Only a table of counts"):
            hide_small_cells(pd.DataFrame(wrong))
    with pytest.raises(ParameterError, match="least is 1"):
        hide_small_cells(pd.DataFrame([[9]]), least=1)
    assert hide_small_cells(pd.DataFrame([[4, 30], [30, 30]]), least=3).notna().all(axis=None)
