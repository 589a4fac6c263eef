"""A clock that is set by hand, and a learner's file in a folder of its own."""

from datetime import UTC, datetime, timedelta

import pytest

from tertius.learner import Learner


class Clock:
    """Says the same time until it is set on."""

    def __init__(self):
        self.time = datetime(2026, 1, 31, 9, 30, tzinfo=UTC)

    def __call__(self):
        return self.time

    def goes_on(self, **duration):
        self.time += timedelta(**duration)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "lessons"


@pytest.fixture
def opened(folder, clock):
    """Open the learner's file, as a notebook does on a computer of one's own; call again for another notebook."""

    def opened(path=folder / "my-network.tertius.json", environment=None):
        return Learner.open(path, clock=clock, environment=environment or {})

    return opened
