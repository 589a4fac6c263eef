"""The four controls: what they accept, what they refuse, and how they write it."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tertius.errors import ParameterError
from tertius.widgets import Choice, Slider, Toggle
from tertius.widgets.controls import Count, decimals_for, written

ORDER = Choice("Cut first", {"weakest": "the weakest ties", "strongest": "the strongest ties"})
CONFIRMATIONS = Choice("Confirmations", [1, 2], 2)
SHARE = Slider("Rewired", 0, 1, 0.05, 0.1, percent=True)
PEOPLE = Slider("People", 10, 50, 5, 20)


def test_a_choice_defaults_to_its_first_option_and_reads_as_its_text():
    assert ORDER.default == "weakest"
    assert ORDER.written("strongest") == "the strongest ties"
    assert Choice("Order", ["a", "b"]).written("b") == "b"


def test_a_choice_keeps_the_type_of_its_options():
    assert CONFIRMATIONS.checked("confirmations", 2) == 2
    shuffled = Choice("Strengths", {False: "as built", True: "shuffled"})
    assert shuffled.checked("shuffled", True) is True
    for control, wrong in (
        (CONFIRMATIONS, "2"),
        (CONFIRMATIONS, 2.0),
        (CONFIRMATIONS, True),
        (shuffled, 1),
        (ORDER, 0),
    ):
        with pytest.raises(ParameterError, match="can be"):
            control.checked("it", wrong)


@given(st.integers(0, 20))
def test_a_slider_reaches_each_of_its_places_and_forgives_rounding_noise(place):
    value = SHARE.checked("share", 0.05 * place)
    assert value == round(0.05 * place, 10)
    assert SHARE.checked("share", value + 1e-12) == value


def test_a_slider_of_whole_numbers_gives_whole_numbers():
    assert repr(PEOPLE.checked("people", 25.0)) == "25"
    assert repr(SHARE.checked("share", 1)) == "1.0"


@pytest.mark.parametrize("wrong", [-0.05, 1.05, 0.07, float("nan"), float("inf"), None, "0.1", True, [0.1]])
def test_a_slider_refuses_what_it_cannot_reach_in_one_sentence(wrong):
    with pytest.raises(ParameterError, match=r"^share is .*; it goes from 0 to 1 in steps of 0\.05\.$"):
        SHARE.checked("share", wrong)


@pytest.mark.parametrize("wrong", [4, 201, 40.0, "40", True, None])
def test_a_count_is_a_whole_number_in_range(wrong):
    runs = Count("Runs", 5, 200, 40)
    assert runs.checked("runs", np.int64(7)) == 7
    with pytest.raises(ParameterError, match=r"^runs is .*; it is a whole number from 5 to 200\.$"):
        runs.checked("runs", wrong)


def test_a_toggle_is_true_or_false_and_nothing_like_it():
    toggle = Toggle("Shuffle")
    assert toggle.default is False
    assert [toggle.written(value) for value in (True, False)] == ["yes", "no"]
    with pytest.raises(ParameterError, match="it can be True or False"):
        toggle.checked("shuffle", 1)


@pytest.mark.parametrize(
    "build",
    [
        lambda: Choice("", ["a", "b"]),
        lambda: Choice("Order", ["a"]),
        lambda: Choice("Order", "ab"),
        lambda: Choice("Order", 3),
        lambda: Choice("Order", ["a", "b"], "c"),
        lambda: Choice("Order", [["a"], ["b"]]),
        lambda: Choice("Order", {"a": "", "b": "B"}),
        lambda: Slider("Share", 1, 0, 0.1, 0.5),
        lambda: Slider("Share", 0, 1, 0, 0.5),
        lambda: Slider("Share", 0, 1, 0.3, 0.3),
        lambda: Slider("Share", 0, 1, 0.1, 0.55),
        lambda: Slider("Share", "0", 1, 0.1, 0.5),
        lambda: Toggle("Shuffle", "no"),
        lambda: Toggle(None),
    ],
)
def test_a_control_that_cannot_work_is_refused_when_it_is_made(build):
    with pytest.raises(ParameterError):
        build()


def test_what_the_browser_gets_is_json():
    for control in (ORDER, CONFIRMATIONS, SHARE, PEOPLE, Toggle("Shuffle"), Count("Seed", 0, 9, 1)):
        told = json.loads(json.dumps(control.told()))
        assert told["label"] == control.label
        assert told["default"] == control.default


def test_numbers_are_written_with_as_many_decimals_as_they_need():
    assert SHARE.written(0.35) == "35\N{NO-BREAK SPACE}%"
    assert Slider("Noise", 0, 0.1, 0.005, 0, percent=True).written(0.005) == "0.5\N{NO-BREAK SPACE}%"
    assert Slider("Bandwidth loss", 0.5, 6, 0.25, 2.5).written(2.5) == "2.50"
    assert PEOPLE.written(20) == "20"
    assert decimals_for([1 / 3, 0.5]) == 3
    assert decimals_for([float("nan"), 2.0]) == 0
    assert written(-0.001, 1) == "0.0"
