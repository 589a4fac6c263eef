"""Presets and what is kept equal: checked at the door, said in Python's words."""

import math

import pytest
from tests.widgets.scenes import fading_explorer
from tests.widgets.test_explorer import DEFAULTS, ask

from tertius.errors import ParameterError
from tertius.models import TieRemoval
from tertius.simulate import simulate
from tertius.widgets import Budget

PRESETS = {
    "Spare the strong": {"spared": "strong"},
    "Spare the strong, faster": {"spared": "strong", "rate": 0.2},
    "Other luck": {"seed": 7, "runs": 5},
}
CUT = Budget("ties cut", lambda run: (~run.states[-1]).sum())


@pytest.fixture
def explorer():
    return fading_explorer(presets=PRESETS, equal=CUT)


# Presets


def test_choosing_a_preset_sets_what_it_names_leaves_the_rest_and_is_one_step_to_undo(explorer):
    explorer.choose(is_paused=True)
    explorer.choose(**explorer.presets["Spare the strong, faster"])
    assert explorer.value == {**DEFAULTS, "is_paused": True, "spared": "strong", "rate": 0.2}
    explorer.undo()
    assert explorer.value == {**DEFAULTS, "is_paused": True}


def test_the_preset_that_fits_is_named_and_the_fuller_one_wins(explorer):
    assert explorer.meta["preset"] is None
    for settings, fitting in (
        ({"spared": "strong"}, "Spare the strong"),
        ({"rate": 0.2}, "Spare the strong, faster"),
        ({"rate": 0.3}, "Spare the strong"),
        ({"spared": "nobody"}, None),
        ({"seed": 7, "runs": 5}, "Other luck"),
    ):
        explorer.choose(**settings)
        assert explorer.meta["preset"] == fitting
    assert explorer.text().splitlines()[1].startswith("Preset: Other luck · Cut each step: 30")


def test_what_somebody_does_with_the_presets_they_read_changes_nothing(explorer):
    explorer.presets["Spare the strong"]["spared"] = "nobody"
    assert explorer.presets == PRESETS


@pytest.mark.parametrize(
    ("presets", "sentence"),
    [
        ({"A": {"spared": "stron"}}, r"^The preset 'A' cannot be: spared is 'stron'; did you mean 'strong'\?"),
        ({"A": {"sparred": "strong"}}, r"^The preset 'A' cannot be: A setting is 'sparred'; did you mean 'spared'\?"),
        ({"A": {"runs": 3}}, r"^The preset 'A' cannot be: runs is 3; it is a whole number from 5 to 200\.$"),
        ({"A": {}}, r"^The preset 'A' is a dict of settings; got \{\}\.$"),
        ({"A": "strong"}, r"^The preset 'A' is a dict of settings; got 'strong'\.$"),
        ({" ": {"seed": 1}}, r"^A preset's name is a text that a learner reads; this one is ' '\.$"),
        ({"A": {"rate": 0.3}, "B": {"rate": 0.1 + 0.2}}, r"^The presets 'A' and 'B' are the same settings\.$"),
        (["strong"], r"^presets is a dict from a name to settings; got \['strong'\]\.$"),
    ],
)
def test_presets_are_checked_at_the_door(presets, sentence):
    with pytest.raises(ParameterError, match=sentence):
        fading_explorer(presets=presets)


# What is kept equal


def test_without_a_budget_nothing_is_claimed():
    explorer = fading_explorer()
    assert explorer.equal == ""
    assert explorer.meta["equal"] is None
    assert "equal" not in explorer.text().casefold()


def test_what_is_kept_equal_is_measured_and_not_assumed(explorer):
    cut = int((~explorer.run.states[-1]).sum())
    assert explorer.equal == f"Kept equal: ties cut ({cut})."
    assert explorer.text().splitlines()[2] == explorer.equal
    explorer.choose(spared="strong")
    fewer = int((~explorer.run.states[-1]).sum())
    assert fewer < cut
    assert explorer.equal == f"Not equal: {fewer} ties cut now, {cut} before."
    assert explorer.text().splitlines()[2] == explorer.equal
    explorer.choose(runs=5)
    assert explorer.equal == f"Kept equal: ties cut ({fewer})."
    explorer.undo()
    explorer.undo()
    assert explorer.equal == f"Kept equal: ties cut ({cut})."


def test_a_drag_is_compared_with_where_it_began(explorer):
    cut = explorer.meta["equal"]["used"]
    for number, rate in enumerate((0.1, 0.2, 0.3), start=1):
        ask(explorer, "set", {"rate": rate}, number=number, gesture="a.1")
    assert explorer.equal == f"Not equal: {explorer.meta['equal']['used']} ties cut now, {cut} before."
    for number, rate in enumerate((0.2, 0.05), start=4):
        ask(explorer, "set", {"rate": rate}, number=number, gesture="a.1")
    assert explorer.equal == f"Kept equal: ties cut ({cut})."


def test_a_budget_by_the_name_of_an_observable_is_its_last_value():
    run = simulate(TieRemoval([(1, 2), (2, 3), (3, 4), (4, 5)], pace=0.25), steps=3, seed=1)
    assert run["ties_cut"].tolist() == [0, 1, 2, 3]
    assert Budget("ties cut", "ties_cut").measured(run) == "3"


@pytest.mark.parametrize(
    ("used", "written"),
    [(170, "170"), (2.5, "2.5"), (1 / 3, "0.333333"), (-0.0, "0"), (1e7, "10000000"), (1e-7, "0.0000001"), (True, "1")],
)
def test_amounts_are_written_with_up_to_six_digits(used, written):
    assert Budget("hours", lambda run: used).measured(None) == written


def test_noise_of_the_last_bit_is_no_difference():
    budget = Budget("hours", lambda run: run)
    assert budget.measured(0.1 + 0.2) == budget.measured(0.3)
    assert budget.told("0.3", "0.3") == "Kept equal: hours (0.3)."


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: Budget("", "left"), r"^A budget's name says in words what is equal, such as 'ties cut'; got ''\.$"),
        (lambda: Budget("ties", 7), r"^What was used of 'ties' is measured by the name of something observed"),
        (lambda: fading_explorer(equal="ties cut"), r"^equal is a Budget, such as .*; got 'ties cut'\.$"),
        (
            lambda: fading_explorer(equal=Budget("ties", "gone")),
            r"^Nothing called 'gone' was observed; there is 'left'",
        ),
        (
            lambda: fading_explorer(equal=Budget("ties", lambda run: math.nan)),
            r"^What was used of 'ties' is a number; measured was nan\.$",
        ),
        (
            lambda: fading_explorer(equal=Budget("ties", lambda run: "many")),
            r"^What was used of 'ties' is a number; measured was 'many'\.$",
        ),
    ],
)
def test_a_budget_that_cannot_be_measured_is_refused_at_the_door(make, sentence):
    with pytest.raises(ParameterError, match=sentence):
        make()
