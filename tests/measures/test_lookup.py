"""Finding numbers in a list of numbers."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tertius.measures.lookup import FACTOR, FEW, SMALL, HashTables, PlainTable, lookup


@given(st.integers(0, 10**6), st.sampled_from([0, 1, FEW, FEW + 1, 1000, 20_000]), st.sampled_from([10**5, 2**62]))
@settings(deadline=None)
def test_those_that_are_there_are_found_where_they_are(seed, size, above):
    rng = np.random.default_rng(seed)
    keys = np.unique(rng.integers(0, above, size))
    rng.shuffle(keys)
    wanted = np.concatenate([keys, rng.integers(0, above, size)])
    rng.shuffle(wanted)
    table = lookup(keys, above)
    which, where = table.find(table.mixed(wanted))
    place = {key: k for k, key in enumerate(keys.tolist())}
    expected = {k: place[key] for k, key in enumerate(wanted.tolist()) if key in place}
    assert dict(zip(which.tolist(), where.tolist(), strict=True)) == expected
    assert len(which) == len(expected)


def test_small_numbers_have_a_plain_table_and_mixed_numbers_can_be_added():
    keys = np.array([5, 3, SMALL - 1])
    assert isinstance(lookup(keys, SMALL), PlainTable)
    assert isinstance(lookup(keys, SMALL + 1), HashTables)
    for table in (PlainTable(keys, SMALL), HashTables(keys)):
        row, column = table.mixed(np.array([2, SMALL - 2])), table.mixed(np.array([1, 1]))
        assert table.find(row + column)[1].tolist() == [1, 2]


def test_keys_that_all_want_one_slot_are_told_apart():
    # Multiples of the factor's inverse are mixed into small numbers, whose highest bits are all zero.
    inverse = pow(int(FACTOR), -1, 1 << 64)
    keys = [inverse * k % (1 << 64) for k in range(1, 200_000)]
    keys = np.array([key for key in keys if key < 1 << 62][: 4 * FEW])
    assert len(keys) == 4 * FEW
    table = HashTables(keys)
    assert len(table.tables) > 1
    assert table.find(table.mixed(keys[::-1].copy()))[1].tolist() == list(range(len(keys)))[::-1]


@pytest.mark.parametrize(
    "table", [PlainTable(np.array([1]), 2), HashTables(np.array([1])), HashTables(np.array([], int))]
)
def test_nothing_wanted_nothing_found(table):
    which, where = table.find(table.mixed(np.array([], np.int64)))
    assert len(which) == len(where) == 0
