"""How an Explorer is left and put back, and how others hear of what changes."""

import json

import pytest
from tests.widgets.scenes import fading_explorer
from tests.widgets.test_explorer import DEFAULTS, ask


@pytest.fixture
def explorer():
    return fading_explorer()


def test_the_state_is_plain_data_that_puts_another_one_where_this_one_was(explorer):
    explorer.choose(rate=0.1 + 0.2, spared="strong", is_paused=True, seed=3)
    explorer.t = 11
    kept = json.loads(json.dumps(explorer.state))
    assert kept == {
        "settings": {"rate": 0.3, "spared": "strong", "is_paused": True, "seed": 3, "runs": 40},
        "t": 11,
    }
    other = fading_explorer()
    assert other.put_back(kept) == []
    assert (other.value, other.t) == (explorer.value, 11)
    assert other.run["left"].tolist() == explorer.run["left"].tolist()
    assert other.past == [], "to be put back is nothing that the learner did, and nothing to undo"


@pytest.mark.parametrize(
    ("state", "settings", "t", "said"),
    [
        ({"settings": {"rate": 0.1, "order": "weakest"}, "t": 7}, {"rate": 0.1}, 7, ["A setting is 'order'"]),
        ({"settings": {"rate": 0.7, "spared": "weak"}, "t": 7}, {}, 7, ["rate is 0.7", "spared is 'weak'"]),
        (
            {"settings": {"rate": 0.13}, "t": 7},
            {},
            7,
            ["The settings stay as they are: The model stopped: ZeroDivision"],
        ),
        ({"settings": {"rate": 0.1}, "t": 99}, {"rate": 0.1}, 20, []),
        ({"settings": {"rate": 0.1}, "t": -1}, {"rate": 0.1}, 0, []),
        ({"settings": {"rate": 0.1}, "t": "7"}, {"rate": 0.1}, 5, ["'7' is no step"]),
        ({"settings": {"rate": 0.1}}, {"rate": 0.1}, 5, ["None is no step"]),
        ({"settings": [0.1], "t": 7}, {}, 7, ["No settings were kept"]),
        ({"value": {"rate": 0.1}}, {}, 5, ["No settings were kept", "None is no step"]),
        (None, {}, 5, ["No settings were kept", "None is no step"]),
    ],
)
def test_what_an_older_lesson_left_is_taken_as_far_as_it_goes(explorer, state, settings, t, said):
    sentences = explorer.put_back(state)
    assert (explorer.value, explorer.t) == ({**DEFAULTS, **settings}, t)
    assert len(sentences) == len(said)
    for sentence, part in zip(sentences, said, strict=True):
        assert part in sentence
        assert sentence.endswith(".") or "ZeroDivision" in sentence


def test_others_hear_of_settings_and_steps_from_python_and_from_the_browser(explorer):
    heard = []
    explorer.observe(lambda change: heard.append((change["name"], change["new"])), ["value", "t"])
    explorer.choose(rate=0.1)
    explorer.t = 6
    explorer.set_state({"t": 7})
    ask(explorer, "set", {"rate": 0.2})
    ask(explorer, "undo", number=2)
    assert heard == [
        ("value", {**DEFAULTS, "rate": 0.1}),
        ("t", 6),
        ("t", 7),
        ("value", {**DEFAULTS, "rate": 0.2}),
        ("value", {**DEFAULTS, "rate": 0.1}),
    ]


def test_when_others_hear_of_a_setting_its_run_is_there(explorer):
    seen = []
    explorer.observe(lambda change: seen.append((explorer.state["settings"], explorer.run.model.rate)), "value")
    ask(explorer, "set", {"rate": 0.2})
    assert seen == [({**DEFAULTS, "rate": 0.2}, 0.2)]
