"""Kernel, server, page and browser are killed at random: what a form has called saved is in the file and on show.

So for the forms of a lesson, and for a map of one's own that is being made from memory.
"""

from __future__ import annotations

import itertools
import os
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import NO_BROWSER
from tests.browser.forms import write_notebook
from tests.browser.kills import CRASHES, Action, Learning
from tests.browser.lab import Lab, find_browser
from tests.course import toy

from tertius.learner import Learner
from tertius.widgets.remembered import Remembered

SKIPPED = ("predict-curve", "explain-curve")
CELLS = {"open": toy.OPEN, **{name: code for name, code in toy.CELLS.items() if name not in SKIPPED}}


def press(button, *first):
    """Do some things in a form, and press a button."""

    def do(form):
        for one in first:
            one(form)
        form.button(button).click()

    return do


def pick(text):
    return lambda form: form.option(text).click()


def write(name, text):
    return lambda form: form.box(name).fill(text)


def tells(text):
    return lambda form: expect(form.panel).to_contain_text(text)


def holds(name, text):
    return lambda form: expect(form.box(name)).to_have_value(text)


ACTIONS = [
    Action(
        "warmup",
        press("Check my answer", pick("a weak tie")),
        ("answers", "L06-W1", {"answer": "weak", "status": "wrong"}),
        tells("Not yet. Length is layout."),
    ),
    Action(
        "predict",
        press("Save my prediction", pick("the weak ties"), pick("80 %"), write("because", "they bridge")),
        ("predictions", "L06-E1", {"answer": "weakest", "confidence": 80, "because": "they bridge"}),
        tells("You said: the weak ties, 80 % sure."),
    ),
    Action(
        "explain",
        press("Show the answer", write("why", "the bridges went first")),
        ("answers", "L06-E1", {"answer": "the bridges went first", "status": "right"}),
        tells("As you predicted."),
    ),
    Action(
        "predict-number",
        write("answer", "65"),
        ("views", "L06-E2-predict", {"values": {"answer": "65"}}),
        holds("answer", "65"),
    ),
    Action(
        "warmup",
        press("Check my answer", pick("nothing")),
        ("answers", "L06-W1", {"answer": "layout", "status": "right"}),
        tells("Right. Only the layout."),
    ),
    Action(
        "exercise",
        press("Check my answer", pick("A–B"), pick("C–D"), write("share", "0.25")),
        ("answers", "L06-X1", {"status": "right"}),
        tells("Right. A–B and C–D, two of eight."),
    ),
    Action(
        "mine",
        press("Save", lambda form: form.option("Who (a code), row 1").fill("P07")),
        ("answers", "L06-M1", {"answer": {"contacts": [{"who": "P07"}]}}),
        lambda form: expect(form.option("Who (a code), row 1")).to_have_value("P07"),
    ),
    Action(
        "reflect",
        write("text", "Half a tho"),
        ("views", "L06-R1-reflect", {"values": {"text": "Half a tho"}}),
        lambda form: expect(form.box("text")).to_have_value("Half a tho"),
    ),
    Action(
        "act",
        press("Save", write("what", "Write to P07"), write("when", "2026-12-01")),
        ("actions", "L06-A1", {"what": "Write to P07", "when": "2026-12-01"}),
        holds("what", "Write to P07"),
    ),
    Action(
        "quiz",
        press("Check my answer", pick("the only short way")),
        ("answers", "L06-Q1", {"answer": "only", "status": "right"}),
        tells("Right. That is what it means."),
    ),
]
"""A way through the notebook, with every kind of form."""


@pytest.fixture(scope="module")
def mortal(tmp_path_factory) -> Iterator[Lab]:
    """A server that may be killed."""
    home = tmp_path_factory.mktemp("mortal")
    (home / "notebooks").mkdir()
    with Lab.started(home, home / "notebooks") as lab:
        yield lab


@dataclass(frozen=True)
class OnMap(Action):
    """Something done on a map; what must be kept is what it says of somebody, or ``None`` if that contact is gone."""

    def is_in(self, learner: Learner) -> bool:
        """As `Action.is_in`; and nobody is on the map twice."""
        _, who, wanted = self.kept
        kept = Remembered() if learner.network is None else Remembered.from_network(learner.network)
        ids = kept.ids()
        assert not [code for code in ids.values() if "-" in code], f"somebody is there twice: {ids}"
        if wanted is None:
            return who not in ids.values()
        found = {ids[one.key]: one.value() for one in kept.people} | {"You": kept.me.value()}
        for pair in kept.ties:
            one, other = sorted(ids[key] for key in pair)
            found[f"{one} and {other}"] = {}
        return who in found and wanted.items() <= found[who].items()


def add(code, prompt="advice"):
    """Add somebody to the map by the keyboard."""

    def do(form):
        line = form.root.locator(f'[data-at="prompt {prompt}"]')
        line.fill(code)
        line.press("Enter")

    def shown(form):
        named = form.root.locator(f'.tertius-prompt:has([data-at="prompt {prompt}"])')
        expect(named.get_by_text(code, exact=True)).to_be_visible()

    return OnMap("map", do, ("map", code, {"prompts": [prompt]}), shown)


def card(form, who):
    """The card of somebody, unfolded."""
    found = form.root.locator(f'.tertius-card:has(summary b:text-is("{who}"))')
    if not found.locator("details").evaluate("(one) => one.open"):
        found.locator("summary").click()
    return found


def tell(who, name, label, value, do="fill"):
    """Type or choose something in somebody's card."""
    return OnMap(
        "map",
        lambda form: getattr(card(form, who).get_by_label(label), do)(value),
        ("map", who, {name: value}),
        lambda form: expect(card(form, who).get_by_label(label)).to_have_value(value),
    )


def tie(one, other):
    """Tick that two know each other."""
    label = f"{one} and {other} know each other"
    return OnMap(
        "map",
        lambda form: form.option(label).check(),
        ("map", f"{one} and {other}", {}),
        lambda form: expect(form.option(label)).to_be_checked(),
    )


MAPPING = [
    add("AM"),
    add("BK"),
    tell("AM", "closeness", "How close are you to AM?", "5", "select_option"),
    add("CL", "news"),
    tie("AM", "CL"),
    tell("BK", "group", "Organisation, team or field", "Sales"),
    add("DO", "others"),
    OnMap(
        "map",
        lambda form: card(form, "BK").get_by_role("button", name="Remove BK").click(),
        ("map", "BK", None),
        lambda form: expect(form.root.locator(".tertius-card")).not_to_contain_text(["BK"]),
    ),
    tell("You", "offers", "You could help others with (commas between)", "time, data"),
    tie("CL", "DO"),
    tell("DO", "often", "How often are you in touch?", "weekly", "select_option"),
    add("EP", "support"),
]
"""A way to a map, with everything that is asked there."""

MAPS = (
    {"open": toy.OPEN, "map": 'lesson.map("M1")', "save": "lesson.save()"},
    {"map": "import tertius\ntertius.MapBuilder()"},
)
"""Notebooks with a map: in a lesson, and by itself."""


@pytest.fixture
def learn(mortal, request) -> Iterator[Callable[[dict[str, str], list[Action]], Learning]]:
    """Return a function that makes a learner, who has these cells and actions and a browser that may be killed."""
    path = find_browser()
    if path is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(NO_BROWSER)
    made = []

    def learn(cells: dict[str, str], actions: list[Action], seed: int = 6) -> Learning:
        notebooks = (write_notebook(mortal, f"{request.node.name}-{number}", cells) for number in itertools.count())
        made.append(Learning(mortal, path, notebooks, actions, random.Random(seed)))
        return made[-1]

    yield learn
    for learning in made:
        learning.close()


def test_each_kind_of_crash_loses_nothing_that_was_called_saved(learn):
    learning = learn(CELLS, ACTIONS)
    learning.survive(len(CRASHES))
    assert learning.said >= len(ACTIONS)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10))
def test_fifty_crashes_lose_nothing_that_was_called_saved(learn, seed):
    learn(CELLS, ACTIONS, seed).survive(5)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10))
def test_fifty_crashes_while_maps_are_made_lose_nothing_and_double_nothing(learn, seed):
    learning = learn(MAPS[seed % 2], MAPPING, seed)
    learning.survive(5)
    assert learning.said >= len(MAPPING)


def in_the_future(data: bytes) -> bytes:
    year = str((datetime.now(UTC) + timedelta(days=800)).year).encode()
    return data.replace(f'"at": "{datetime.now(UTC).year}-'.encode(), b'"at": "' + year + b"-")


DAMAGE = {
    "damaged": lambda data: data.replace(b'"answer"', b'"anser"'),
    "truncated": lambda data: data[: len(data) // 2],
    "future": in_the_future,
}


def test_a_file_that_was_damaged_meanwhile_is_set_aside_and_the_version_before_goes_on(learn):
    learning = learn(CELLS, ACTIONS)
    learning.begin()
    for action, (word, damage) in zip(ACTIONS, DAMAGE.items(), strict=False):
        learning.do(action)
        file, previous = learning.forms.file, learning.forms.file.with_name("my-network.previous-1.tertius.json")
        damaged, before = damage(file.read_bytes()), Learner.open(previous, environment={})
        file.write_bytes(damaged)
        learning.run_all()
        aside = "future" if word == "future" else "damaged"
        for cell in ("restore", "save"):
            expect(learning.forms.form(cell).panel).to_contain_text(f"set aside as my-network.{aside}-")
        assert damaged in [path.read_bytes() for path in file.parent.glob(f"*.{aside}-*")]
        assert learning.learner().answers == before.answers
        learning.promised = {key: one for key, one in learning.promised.items() if one.is_in(before)}
        learning.look()
