"""Whether an answer is right; nothing that somebody answers raises."""

import itertools
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tertius.course import Check, Key
from tertius.course.checking import is_same
from tertius.errors import ParameterError

HINTS = ("Look.", "Count.", "Divide.")


def key(value, **how):
    return Key(value, **{"hints": HINTS, "solution": "So it is.", **how})


class Stubborn:
    """An answer that refuses everything it is asked for."""

    def __getattribute__(self, name):
        raise RuntimeError("no")

    def __eq__(self, other):
        raise RuntimeError("no")

    __hash__ = None


ABSURD = {
    "stubborn": lambda: Stubborn(),
    "class": lambda: Stubborn,
    "object": object,
    "function": lambda: print,
    "endless": itertools.count,
    "generator": lambda: (one for one in "ab"),
    "deep": lambda: {"a": {"a"}},
    "nested": lambda: [[]],
    "other keys": lambda: {1: 2},
    "nan": lambda: math.nan,
    "inf": lambda: math.inf,
    "immense": lambda: 10**5000,
    "bytes": lambda: b"bytes",
    "long": lambda: "x" * 10**6,
    "torn": lambda: "torn \ud83d",
    "matrix": lambda: np.zeros((2, 2)),
    "empty array": lambda: np.array([]),
    "date": lambda: np.datetime64("2026-01-31"),
    "frame": lambda: pd.DataFrame({"a": [1]}),
    "empty column": lambda: pd.Series(dtype=float),
    "missing date": lambda: pd.NaT,
    "missing": lambda: pd.NA,
    "complex": lambda: 1j,
}
KEYS = {
    "share": 0.25,
    "count": 3,
    "truth": True,
    "text": "yes",
    "texts": {"a", "b"},
    "numbers": {1, 2},
    "list": [1, 2],
    "parts": {"a": 1, "b": {"c"}},
}


@pytest.mark.parametrize("right", KEYS)
@pytest.mark.parametrize("absurd", ABSURD)
def test_no_answer_raises_and_none_of_these_is_right(right, absurd):
    check = key(KEYS[right]).check("L06-X1", ABSURD[absurd]())
    assert check.status in ("unanswered", "wrong")
    assert repr(check).startswith("L06-X1: not ")


@pytest.mark.parametrize("blank", [None, ..., "", " \n", [], {}, [None, ""], {"a": None}, math.nan], ids=repr)
def test_a_blank_is_not_answered_yet(blank):
    assert key(3).check("L06-X1", blank) == Check("L06-X1", "unanswered")


@pytest.mark.parametrize(
    ("answer", "right"),
    [
        (" Yes ", "yes"),
        ("local\nbridge", "Local bridge"),
        (3, 3),
        ("3", 3),
        (np.float64(3), 3),
        (np.int8(3), np.float32(3)),
        (np.bool_(True), True),
        (pd.Series([1, 2]), [1, 2]),
        (np.array([1, 2]), [1, 2]),
        (pd.Series({"a": 1, "b": 2}), {"a": 1, "b": 2}),
        (["B", "a"], {"a", "b"}),
        (pd.Index(["b", "a"]), {"a", "b"}),
        ({"a": 0, "b": 0}.keys(), {"a", "b"}),
        ("a", {"a"}),
        ((1, "2"), [1, 2]),
        ({"a": "1", "b": ["c"], "more": 9}, {"a": 1, "b": {"c"}}),
    ],
    ids=itertools.count(),
)
def test_the_same_answer_written_otherwise_is_right(answer, right):
    assert key(right).check("L06-X1", answer) == Check("L06-X1", "right", "So it is.")


@pytest.mark.parametrize(
    ("answer", "right"),
    [(1, True), (True, 1), ("yes", True), ([1, 2, 3], [1, 2]), ([2, 1], [1, 2]), (["a"], {"a", "b"}), ("1,000", 1)],
    ids=itertools.count(),
)
def test_another_answer_is_not_yet_right_and_gets_the_first_hint(answer, right):
    check = key(right).check("L06-X1", answer)
    assert (check.status, check.hint) == ("wrong", "Look.")


@given(st.floats(-1e3, 1e3), st.floats(0, 1))
def test_a_number_is_right_within_its_tolerance_and_wrong_outside(value, within):
    assert is_same(value + 0.99 * within, value, within)
    assert not is_same(value + 1.01 * within + 1e-6, value, within)


def test_the_next_hint_is_the_one_that_was_not_opened_yet():
    assert [key(3).check("L06-X1", 4, opened).hint for opened in range(5)] == [*HINTS, "Divide.", "Divide."]


def test_a_common_wrong_answer_is_told_what_it_is():
    listed = key(0.25, within=0.01, wrong=[(4, "Turn it over."), (0.75, "That is the rest.")])
    assert listed.check("L06-X1", "0.751").message == "That is the rest."
    worked_out = key({"a", "b"}, wrong=lambda answer: "One too many." if len(answer) > 2 else None)
    assert worked_out.check("L06-X1", ["a", "b", "c"]).message == "One too many."
    assert worked_out.check("L06-X1", ["a"]).message == ""


def test_of_an_answer_in_parts_each_part_is_told():
    parts = key({"first": 1, "second": 2, "third": {"c"}})
    check = parts.check("L06-X1", {"first": "1", "second": 5, "third": None})
    assert check.message == "1 of 3 are right. Look again at second. Not answered yet: third."
    assert parts.check("L06-X1", {"third": []}).message == (
        "0 of 3 are right. Look again at third. Not answered yet: first, second."
    )
    assert parts.check("L06-X1", 3).message == "Answer with a dict that has 'first', 'second', 'third'."
    assert parts.check("L06-X1", {"first": None}).status == "unanswered"


def test_words_where_a_number_is_asked_for_are_told():
    assert key(3).check("L06-X1", "three").message == "A number is asked for."


def test_what_a_notebook_shows_of_a_check_is_escaped():
    hostile = Check("<img src=x onerror=alert(1)>", "wrong", "<script>", "<b>")
    assert hostile._repr_html_() == (
        "<p><b>✗ &lt;img src=x onerror=alert(1)&gt;: not yet.</b> &lt;script&gt;<br><i>Hint:</i> &lt;b&gt;</p>"
    )
    assert repr(Check("L06-X1", "wrong", "Look again.", "Count.")) == "L06-X1: not yet. Look again. Hint: Count."


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({"value": None}, "needs its right answer; this key is empty"),
        ({"value": set()}, "needs its right answer"),
        ({"value": math.nan}, "needs its right answer"),
        ({"value": 1, "hints": ("one",)}, "has three hints; this one has 1"),
        ({"value": 1, "solution": ""}, "needs its solution in words; this one is empty"),
    ],
)
def test_a_key_that_teaches_nothing_is_refused(how, said):
    with pytest.raises(ParameterError, match=said):
        key(**how)
