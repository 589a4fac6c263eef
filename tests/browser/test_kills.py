"""Kernel, server, page and browser are killed at random: what a form has called saved is in the file and on show."""

from __future__ import annotations

import itertools
import os
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import NO_BROWSER
from tests.browser.forms import write_notebook
from tests.browser.kills import Action, Learning
from tests.browser.lab import Lab, find_browser
from tests.course import toy

from tertius.learner import Learner

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


@pytest.fixture
def learning(mortal, request) -> Iterator[Learning]:
    """A learner with a browser of their own, which may be killed."""
    path = find_browser()
    if path is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(NO_BROWSER)
    notebooks = (write_notebook(mortal, f"{request.node.name}-{number}", CELLS) for number in itertools.count())
    learning = Learning(mortal, path, notebooks, ACTIONS, random.Random(6))
    yield learning
    learning.close()


def test_five_crashes_lose_nothing_that_was_called_saved(learning):
    learning.survive(5)
    assert learning.said >= len(ACTIONS)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10))
def test_fifty_crashes_lose_nothing_that_was_called_saved(learning, seed):
    learning.luck.seed(seed)
    learning.survive(5)


def in_the_future(data: bytes) -> bytes:
    year = str((datetime.now(UTC) + timedelta(days=800)).year).encode()
    return data.replace(f'"at": "{datetime.now(UTC).year}-'.encode(), b'"at": "' + year + b"-")


DAMAGE = {
    "damaged": lambda data: data.replace(b'"answer"', b'"anser"'),
    "truncated": lambda data: data[: len(data) // 2],
    "future": in_the_future,
}


def test_a_file_that_was_damaged_meanwhile_is_set_aside_and_the_version_before_goes_on(learning):
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
