"""The Python side: set `.value`, read `.run`; what the browser asks; what is refused."""

import numpy as np
import pytest
from tests.widgets.scenes import Fading, fading_explorer, fading_scene, grouped_ties, random_scene
from traitlets import TraitError

from tertius import simulate
from tertius.errors import ParameterError
from tertius.widgets import Choice, Explorer, NetworkView, Slider, Toggle
from tertius.widgets.packing import unpack

DEFAULTS = {"rate": 0.05, "spared": "nobody", "is_paused": False, "seed": 1, "runs": 40}


@pytest.fixture
def explorer() -> Explorer:
    return fading_explorer()


@pytest.fixture
def view() -> NetworkView:
    return NetworkView(random_scene(), 20)


def ask(
    explorer: Explorer, what: str, value: dict | None = None, *, number: int = 1, gesture: str | None = None
) -> dict:
    """Send what the browser sends, and return the answer that it gets."""
    explorer.set_state({"asked": {"id": f"view.{number}", "what": what, "value": value, "gesture": gesture}})
    return explorer.answer


# Settings


def test_an_explorer_plays_its_defaults_at_once(explorer):
    assert explorer.value == DEFAULTS
    assert (explorer.t, explorer.steps) == (5, 20)
    assert explorer.run.steps == 20
    assert explorer.ensemble.runs == 40
    assert explorer.scene.sentences[5] == f"{explorer.run.states[5].sum()} ties are left after step 5."


def test_the_run_is_the_one_that_simulate_gives(explorer):
    explorer.choose(seed=11, rate=0.1)
    model = Fading(grouped_ties(40, 90, 3)[0], 0.1)
    np.testing.assert_array_equal(explorer.run["left"], simulate.simulate(model, 20, seed=11)["left"])
    np.testing.assert_array_equal(explorer.ensemble["left"], simulate.ensemble(model, 20, runs=40, seed=11)["left"])


def test_setting_the_value_plays_again_from_the_same_seed(explorer):
    before, data = explorer.run, explorer.data
    explorer.value = {**DEFAULTS, "spared": "strong"}
    assert explorer.run.model.spared == "strong"
    # The same luck: what is cut among the strong ties is all that differs.
    weak = explorer.run.model.ties.pair_strength < 3
    for one, other in zip(before.states, explorer.run.states, strict=True):
        np.testing.assert_array_equal(one[weak], other[weak])
    assert explorer.run.states[20].sum() > before.states[20].sum()
    assert explorer.data != data
    links = unpack(explorer.meta, explorer.data)["links"]
    np.testing.assert_array_equal(links, explorer.scene.links)


def test_going_back_to_a_setting_gives_the_same_run(explorer):
    before = explorer.run["left"]
    explorer.choose(rate=0.4)
    explorer.choose(rate=0.05)
    np.testing.assert_array_equal(explorer.run["left"], before)


def test_settings_left_out_stay_as_they_are(explorer):
    explorer.choose(rate=0.2)
    explorer.value = {"runs": 5}
    assert explorer.value == {**DEFAULTS, "rate": 0.2, "runs": 5}
    assert explorer.ensemble.runs == 5


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"rate": 0.7}, r"^rate is 0\.7; it goes from 0 to 0\.5 in steps of 0\.01\.$"),
        ({"spared": "stron"}, r"^spared is 'stron'; did you mean 'strong'\?"),
        ({"is_paused": "yes"}, r"^is_paused is 'yes'; it can be True or False\.$"),
        ({"runs": 3}, r"^runs is 3; it is a whole number from 5 to 200\.$"),
        ({"seed": -1}, r"^seed is -1; it is a whole number from 0"),
        ({"sead": 1}, r"^A setting is 'sead'; did you mean 'seed'\?"),
        (7, r"^value is a dict of settings, such as \{'rate': 0\.05"),
        (None, r"^value is a dict of settings"),
    ],
)
def test_a_wrong_value_is_refused_in_one_sentence_and_nothing_changes(explorer, wrong, sentence):
    run, data = explorer.run, explorer.data
    with pytest.raises(ParameterError, match=sentence):
        explorer.value = wrong
    assert (explorer.value, explorer.run, explorer.data, explorer.past) == (DEFAULTS, run, data, [])


def test_a_model_that_fails_raises_and_the_last_good_picture_stays(explorer):
    run, data = explorer.run, explorer.data
    with pytest.raises(ZeroDivisionError):
        explorer.choose(rate=0.13)
    assert (explorer.value, explorer.run, explorer.data) == (DEFAULTS, run, data)
    explorer.choose(rate=0.14)
    assert explorer.run.model.rate == 0.14


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (
            lambda **some: Explorer(Fading, fading_scene, steps=3, **some),
            "has two to four controls besides seed and runs; got 1",
        ),
        (lambda **some: fading_explorer(one=Toggle("1"), two=Toggle("2"), **some), "two to four controls .*; got 6"),
        (lambda **_: fading_explorer(more="strong"), "The control 'more' is a Choice, Slider or Toggle; got"),
        (lambda **_: fading_explorer(seed="one"), "seed is 'one'"),
        (lambda **_: fading_explorer(runs=1000), "runs is 1000"),
        (lambda **_: fading_explorer(t=21), r"^t is 21; this scene has the steps 0 to 20\.$"),
        (lambda **_: fading_explorer(steps=-1), "steps is -1"),
        (
            lambda **_: two(lambda **_: 3, fading_scene),
            "build returns a model with start, step and observe; it returned 3",
        ),
        (
            lambda **_: two(lambda **_: Fading(grouped_ties(9, 9, 1)[0]), lambda *_: None),
            "draw returns a Scene; .* NoneType",
        ),
    ],
)
def test_an_explorer_that_cannot_work_says_why(make, sentence):
    with pytest.raises(ParameterError, match=sentence):
        make(another=Toggle("Another"))


def two(build, draw) -> Explorer:
    return Explorer(build, draw, steps=3, one=Toggle("One"), other=Toggle("Other"))


def test_controls_of_other_kinds_reach_the_model_with_their_own_types():
    seen = []

    def build(**settings):
        seen.append(settings)
        return Fading(grouped_ties(9, 9, 1)[0])

    explorer = Explorer(build, fading_scene, steps=2, few=Choice("Few", [1, 2], 2), much=Slider("Much", 1, 9, 2, 3))
    explorer.choose(few=1, much=5.0)
    explorer.choose(few=1)  # as it is already: not played again
    assert seen == [{"few": 2, "much": 3}, {"few": 1, "much": 5}]
    assert type(seen[1]["much"]) is int


# Undo and reset


def test_undo_goes_back_step_by_step_and_reset_can_be_undone(explorer):
    explorer.choose(rate=0.1)
    explorer.t = 9
    explorer.choose(spared="strong")
    explorer.reset()
    assert (explorer.value, explorer.t) == (DEFAULTS, 5)
    explorer.undo()
    assert (explorer.value["spared"], explorer.t) == ("strong", 9)
    explorer.undo()
    explorer.undo()
    assert explorer.value == DEFAULTS
    assert explorer.run.model.rate == 0.05
    explorer.undo()
    assert explorer.value == DEFAULTS


def test_setting_what_is_already_set_is_no_step_to_undo(explorer):
    serial = explorer.meta["serial"]
    explorer.choose(rate=0.05)
    assert (explorer.past, explorer.meta["serial"]) == ([], serial)


def test_undo_remembers_thirty_settings(explorer):
    for seed in range(2, 40):
        explorer.choose(seed=seed)
    assert len(explorer.past) == 30
    assert explorer.past[-1][0]["seed"] == 38


# Time


@pytest.mark.parametrize("wrong", [-1, 61, 2.0, "3", None, True])
def test_a_step_that_is_not_there_is_refused(view, wrong):
    with pytest.raises(ParameterError, match=r"^t is .*; this scene has the steps 0 to 60\.$"):
        view.t = wrong
    assert view.t == 20


def test_any_whole_number_type_is_a_step(view):
    view.t = np.int16(60)
    assert type(view.t) is int
    assert view.t == 60


def test_the_last_step_is_shown_unless_another_is_wanted():
    assert fading_explorer(t=None).t == 20
    assert fading_explorer(t=0).t == 0


def test_a_step_from_the_browser_that_is_no_longer_there_becomes_the_nearest(view):
    view.set_state({"t": 99})
    assert view.t == 60
    view.set_state({"t": -3})
    assert view.t == 0


def test_a_scene_with_fewer_steps_moves_time_to_its_end():
    lengths = iter([20, 8])
    ties = grouped_ties(40, 90, 3)[0]

    def draw(run, ensemble):
        length = next(lengths)
        return fading_scene(*simulate.show(Fading(ties), length, runs=5, seed=1))

    explorer = Explorer(lambda **_: Fading(ties), draw, steps=20, t=15, one=Toggle("One"), other=Toggle("Other"))
    explorer.choose(one=True)
    assert (explorer.t, explorer.steps) == (8, 8)


def test_what_the_browser_moves_is_not_sent_back_to_it(explorer):
    # An echo of t would come while the slider is still being dragged, and pull it back.
    assert set(explorer.traits(sync=True, echo_update=False)) == {"t", "asked"}


# What the browser asks


def test_the_browser_sets_values_and_is_answered(explorer):
    assert ask(explorer, "set", {"rate": 0.1}) == {"id": "view.1", "problem": ""}
    assert explorer.value == {**DEFAULTS, "rate": 0.1}
    assert ask(explorer, "undo", number=2) == {"id": "view.2", "problem": ""}
    assert explorer.value == DEFAULTS
    ask(explorer, "set", {"seed": 4, "runs": 9}, number=3)
    assert ask(explorer, "reset", number=4)["problem"] == ""
    assert explorer.value == DEFAULTS


@pytest.mark.parametrize(
    ("asked", "problem"),
    [
        ({"what": "set", "value": {"runs": 3}}, "runs is 3; it is a whole number from 5 to 200."),
        ({"what": "set", "value": {"runs": None}}, "runs is None; it is a whole number from 5 to 200."),
        ({"what": "set", "value": {"rate": 0.13}}, "The model stopped: ZeroDivisionError: thirteen"),
        ({"what": "set", "value": [1]}, "value is a dict of settings"),
        ({"what": "explode"}, "The wish is 'explode'"),
        ({}, "The wish is None"),
    ],
)
def test_what_the_browser_asks_and_fails_is_told_there_and_the_last_good_picture_stays(explorer, asked, problem):
    run, data = explorer.run, explorer.data
    explorer.set_state({"asked": {"id": "a.1", **asked}})
    assert explorer.answer["id"] == "a.1"
    assert explorer.answer["problem"].startswith(problem)
    assert (explorer.value, explorer.run, explorer.data) == (DEFAULTS, run, data)
    assert ask(explorer, "set", {"rate": 0.1}, number=2)["problem"] == ""


def test_dragging_a_slider_is_one_step_to_undo(explorer):
    ask(explorer, "set", {"runs": 20}, number=1, gesture="a.0")
    for number, rate in enumerate((0.1, 0.2, 0.3), start=2):
        ask(explorer, "set", {"rate": rate}, number=number, gesture="a.1")
    assert explorer.value["rate"] == 0.3
    assert len(explorer.past) == 2
    ask(explorer, "undo", number=9)
    assert explorer.value == {**DEFAULTS, "runs": 20}
    ask(explorer, "set", {"rate": 0.4}, number=10, gesture="a.1")
    assert len(explorer.past) == 2


# Words


def test_the_repr_is_stable_and_tells_the_settings(explorer, view):
    assert repr(explorer) == ("Explorer('How ties fade', rate=0.05, spared='nobody', is_paused=False, seed=1, runs=40)")
    assert repr(view) == "NetworkView('Half gone', 150 people, 500 ties)"
    assert repr(fading_explorer()) == repr(explorer)


def test_before_it_is_live_a_widget_says_how_to_start_it(explorer):
    data, _ = explorer._repr_mimebundle_()
    assert data["text/plain"] == "Run this cell to start."
    assert data["application/vnd.jupyter.widget-view+json"]["model_id"] == explorer.model_id


def test_the_text_tells_title_settings_step_and_numbers(explorer):
    explorer.choose(rate=0.25)
    run, low, middle, high = (
        f"{100 * values[5]:.0f}\N{NO-BREAK SPACE}%"
        for values in (explorer.run["left"], *explorer.ensemble.quantile("left", (0.05, 0.5, 0.95)))
    )
    assert explorer.text().splitlines() == [
        "How ties fade",
        "Cut each step: 25\N{NO-BREAK SPACE}% · Spared: nobody · Pause cutting: no · Seed: 1 · Runs: 40",
        "step: 5",
        explorer.scene.sentences[5],
        f"ties left: {run} (this run); median of 40 runs: {middle}; 90 % of the runs: {low} to {high}",
    ]


def test_a_picture_without_curve_time_or_title_is_its_sentence():
    scene = random_scene(steps=0)
    bare = type(scene)(**{**vars(scene), "curve": None, "title": ""})
    assert NetworkView(bare).text() == "At step 0, 500 of 500 ties are held."


def test_the_title_is_the_scenes_own_unless_another_is_given():
    assert fading_explorer(title=None).meta["title"] == "Fading"


@pytest.mark.parametrize("wrong", [None, "a scene", 3])
def test_a_view_shows_only_scenes(wrong):
    with pytest.raises(ParameterError, match="A network view shows a Scene; this is a"):
        NetworkView(wrong)


def test_the_browser_cannot_be_sent_nonsense_by_mistake(view):
    with pytest.raises(TraitError):
        view.data = "not bytes"
    assert isinstance(view.data, bytes)
