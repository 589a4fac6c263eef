"""The sandbox: the ten lines are those that the Explorer prints, and what is said of the sweep is so."""

from pathlib import Path

import numpy as np
import pytest

from tertius.instructor import read_lesson
from tertius.widgets import Sandbox

CELLS = {
    cell.name: cell.source
    for cell in read_lesson(Path(__file__).parents[2] / "lessons" / "source" / "09-sandbox.md").shown
    if cell.kind == "code"
}


@pytest.fixture(scope="module")
def lesson():
    """What the lesson's code has made, without its last cell."""
    made = {}
    for name, source in CELLS.items():
        if name != "L09-mine-network":
            exec(source, made)
    return made


def test_the_ten_lines_are_those_of_the_explorer(lesson):
    _, *lines = CELLS["L09-E1-explain-code"].splitlines()
    assert lines == lesson["explorer"].code.splitlines()
    assert len(lines) == 10
    np.testing.assert_array_equal(lesson["runs"]["spread"], lesson["explorer"].ensemble["spread"])


def test_what_the_table_of_the_sweep_is_said_to_show(lesson):
    # The more people follow, the less is left between them; followed all the way little, but where somebody has no tie.
    means = lesson["means"]
    assert list(means.index)[-1] == "social_entrepreneur"
    for _, row in means.iterrows():
        assert row.is_monotonic_decreasing
        assert row.iloc[-2] > 0.3
    assert (means.iloc[:-1, -1] < 0.1).all()
    assert means.iloc[-1, -1] > 0.2
    assert {name: int((ties.degree == 0).sum()) for name, ties in lesson["tied"].items()} == {
        "a karate club": 0,
        "the characters of a novel": 0,
        "the case of lesson 06": 0,
        "the case of lesson 03": 1,
    }


def test_the_sweep_goes_through_any_model_and_the_network_of_ones_own(lesson):
    source = CELLS["L09-E2-run-sweep"].replace("runs=64", "runs=4")
    own = {**lesson, "mine": Sandbox({"mine": lesson["networks"]["karate"]}, called="choice.network", what="illness")}
    exec(source.replace("shown = explorer", "shown = mine"), own)
    assert own["means"].shape == (1, 4)
    assert own["means"].loc["mine"].is_monotonic_increasing
    lesson["explorer"].choose(what="cutting")
    other = dict(lesson)
    exec(source, other)
    assert other["shown"].observed == "largest_share"
    assert (other["means"][0.2] > other["means"][1.0]).all()
    lesson["explorer"].reset()
