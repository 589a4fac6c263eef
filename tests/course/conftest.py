"""A lesson that asks everything, with a learner's file in a folder of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from tests.course import toy

import tertius
from tertius.learner import NAME, Learner


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the learner's file is, or will be."""
    return tmp_path / "lessons" / NAME


@pytest.fixture
def start(file: Path) -> Callable[..., tertius.course.Worksheet]:
    """Return a function that opens a lesson as a newly started notebook does, on a computer of the learner's own."""

    def start(path=file, environment=None, code="06"):
        return tertius.lesson(code, learner=Learner.open(path, environment=environment or {}))

    return start


@pytest.fixture
def run_all(start) -> Callable[..., SimpleNamespace]:
    """Return a function that starts the lesson anew, runs all its cells, and returns ``lesson`` and ``forms``."""

    def run_all(**how):
        lesson = start(**how)
        return SimpleNamespace(lesson=lesson, learner=lesson.learner, forms=toy.ask_all(lesson))

    return run_all


@pytest.fixture
def sheet(start) -> tertius.course.Worksheet:
    """An open lesson in which nothing has been asked yet."""
    return start()


@pytest.fixture
def answered(run_all) -> SimpleNamespace:
    """The lesson with an answer in every form."""
    run = run_all()
    for name, (button, values) in toy.ANSWERS.items():
        assert run.forms[name].press(button, **values) == "", name
    return run
