"""What a learner can be asked for: what is taken as an answer, what may stand in a field, what is said to the rest."""

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tertius.course import Day, Drawing, Number, Options, Rows, Tick, Words
from tertius.course.questions import LONGEST, as_number, is_blank, question
from tertius.errors import ParameterError

ROWS = Rows({"who": ("Who", Words()), "kind": ("Kind", Options(["work", "other"])), "hours": ("Hours", Number(0, 20))})
ASKED = {
    "options": Options({"weakest": "the weak ties", "strongest": "the strong ties"}),
    "several": Options(["a", "b", "c"], several=True),
    "several or none": Options(["a", "b", "c"], several=True, none="none of these"),
    "number": Number(0, 200, unit="steps"),
    "steps": Number(0, 1, 0.1),
    "curve": Drawing([0, 1, 2], "time", "share"),
    "words": Words(3),
    "day": Day(),
    "tick": Tick(),
    "rows": ROWS,
}
ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from(["a", "weakest", "5", "2026-01-31"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text() | st.just("who"), inner, max_size=4),
    max_leaves=12,
)
"""What a browser or a file may hold in the place of an answer."""


@pytest.mark.parametrize(
    ("asked", "value", "taken"),
    [
        ("options", "weakest", "weakest"),
        ("options", "the weak ties", None),
        ("options", ["weakest"], None),
        ("several", ["c", "a"], ["a", "c"]),
        ("several", {"a"}, ["a"]),
        ("several", [], None),
        ("several", ["z"], None),
        ("several", "a", None),
        ("several or none", [], []),
        ("several or none", None, None),
        ("number", "148", 148),
        ("number", "1e2", 100),
        ("number", "201", None),
        ("number", True, None),
        ("number", "10 %", 10),
        ("steps", "10 %", 0.1),
        ("steps", "0,3", 0.3),
        ("steps", "0.25", None),
        ("curve", [0, 0.5, 2], [0, 0.5, 1]),
        ("curve", [0, 0.5], None),
        ("curve", [0, "1", 1], None),
        ("curve", [0, math.nan, 1], None),
        ("words", "  \n", None),
        ("words", "two\nlines", "two\nlines"),
        ("words", "x" * LONGEST, "x" * LONGEST),
        ("words", "x" * (LONGEST + 1), None),
        ("words", "torn \ud83d", "torn ?"),
        ("day", "2026-01-31", "2026-01-31"),
        ("day", "2026-02-30", None),
        ("day", 20260131, None),
        ("tick", True, True),
        ("tick", 1, False),
        ("tick", None, False),
        ("rows", [{"who": "P7", "kind": "friend", "hours": "1,5"}, {}, "x"], [{"who": "P7", "hours": 1.5}]),
        ("rows", [{"who": " "}], None),
        ("rows", {"who": "P7"}, None),
    ],
)
def test_what_is_taken_as_an_answer(asked, value, taken):
    found = ASKED[asked].taken(value)
    assert found == taken
    assert type(found) is type(taken) or isinstance(found, float)


@pytest.mark.parametrize(
    ("asked", "value", "said"),
    [
        ("number", "ten", "“ten” is not a number from 0 to 200."),
        ("number", "-1", "“-1” is not a number from 0 to 200."),
        ("number", "x" * 100, f"“{'x' * 40}” is not a number from 0 to 200."),
        ("number", "1,000", "“1,000” can be read in two ways: write 1000 or 1.000."),
        ("steps", "0.25", "“0.25” is not a number from 0 to 1 in steps of 0.1."),
        ("day", "2026-02-30", "“2026-02-30” is no day of the calendar."),
        ("words", "x" * 12345, "This text has 12,345 characters, and at most 10,000 can be handed in: shorten it."),
        ("rows", [{"who": "P7"}, {"hours": "many"}], "Row 2: “many” is not a number from 0 to 20."),
        ("rows", [{"who": "P7"}] * 16, "These are 16 rows, and at most 15 can be handed in: remove some."),
    ],
)
def test_what_was_typed_and_is_no_answer_is_told_in_a_sentence_and_stays(asked, value, said):
    asked = ASKED[asked]
    assert asked.fault(value) == said
    assert asked.typed(value), "it stays where it was typed"


@pytest.mark.parametrize("name", ASKED)
@pytest.mark.parametrize("nothing", [None, "", []])
def test_nothing_typed_is_no_fault(name, nothing):
    assert ASKED[name].fault(nothing) == ""


@pytest.mark.parametrize("name", ASKED)
@given(value=ANYTHING)
def test_whatever_a_browser_or_a_file_holds_nothing_is_raised(name, value):
    asked = ASKED[name]
    typed, taken = asked.typed(value), asked.taken(value)
    assert isinstance(asked.fault(value), str)
    json.dumps([typed, taken], ensure_ascii=False, allow_nan=False).encode("utf-8")
    if taken is not None:
        assert asked.told(taken)
        assert asked.taken(taken) == taken, "an answer is one when it is read back"
    assert asked.typed(typed) == typed


@pytest.mark.parametrize(
    ("asked", "value", "told"),
    [
        ("several", ["a", "c"], "a, c"),
        ("several or none", [], "none of these"),
        ("options", "gone", "gone"),
        ("number", 148.0, "148 steps"),
        ("curve", [0, 0.333, 1], "0 % at 0, 33 % at 1, 100 % at 2"),
        ("words", "so", "“so”"),
        ("day", "2026-01-31", "2026-01-31"),
        ("tick", True, "yes"),
        ("tick", False, "no"),
        ("rows", [{"who": "P7"}], "1 row"),
    ],
)
def test_an_answer_is_written_as_a_reader_would(asked, value, told):
    assert ASKED[asked].told(value).replace("\N{NO-BREAK SPACE}", " ") == told


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: Options("ab"), "at least two options; got 'ab'"),
        (lambda: Options(["a"]), "at least two options"),
        (lambda: Options(3), "at least two options; got 3"),
        (lambda: Options([1, 2]), r"known by short texts, each by its own; got \[1, 2\]"),
        (lambda: Options(["a", "a"]), r"each by its own; got \['a', 'a'\]"),
        (lambda: Options(["a", ""]), "known by short texts"),
        (lambda: Options(["a", "b"], none="neither"), "for questions where several may be picked"),
        (lambda: Number(1, 1), "needs low < high; got 1 and 1"),
        (lambda: Number(0, math.inf), "needs low < high"),
        (lambda: Number(0, 1, 0), "a number above 0; got 0"),
        (lambda: Drawing([0, 1], "x", "y"), r"3 to 11 rising points; got \[0\.0, 1\.0\]"),
        (lambda: Drawing([0, 2, 1], "x", "y"), "rising points"),
        (lambda: Drawing([0, 1, 2], "x", "y", 1, 0), "needs low < high; got 1 and 0"),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused_when_it_is_made(make, said):
    with pytest.raises(ParameterError, match=said):
        make()


def test_a_list_or_dict_of_options_is_a_question_too():
    assert question(["yes", "no"]) == Options(["yes", "no"])
    assert question(ROWS) is ROWS
    assert Rows({"kind": ("Kind", ["work", "other"])}).taken([{"kind": "work"}]) == [{"kind": "work"}]


@pytest.mark.parametrize(
    ("written", "number"), [("−3", -3), ("10\N{NO-BREAK SPACE}%", 10), ("0,107", 0.107), ("1.000", 1)]
)
def test_numbers_are_read_as_people_write_them(written, number):
    assert as_number(written) == number


@pytest.mark.parametrize("other", ["12,345", "1,2,3", "nan", "inf", "", True, None, 10**400, [1]])
def test_what_is_no_number_or_could_be_two_is_none(other):
    assert as_number(other) is None


@given(st.floats(-1e6, 1e6))
def test_a_number_written_with_a_comma_is_the_same_number(number):
    text = f"{number:.2f}"
    assert as_number(text.replace(".", ",")) == as_number(text) == float(text)


def test_a_missing_number_of_a_table_is_blank():
    assert is_blank(math.nan)
    assert not is_blank(False)
