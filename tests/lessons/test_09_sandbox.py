"""The sandbox: the ten lines do what the Explorer does, and every model can be put on every network."""

from pathlib import Path

import numpy as np
import pytest

from tertius import models
from tertius.instructor import read_lesson
from tertius.simulate import ensemble

SOURCE = Path(__file__).parents[2] / "lessons" / "source" / "09-sandbox.md"


@pytest.fixture(scope="module")
def sandbox():
    """What the lesson's code has made after its first experiment, its Explorer among it."""
    made = {}
    for cell in read_lesson(SOURCE).shown:
        if cell.kind == "code" and cell.name in ("L09-setup-tools", "L09-E1-explain-code"):
            exec(cell.source, made)
        elif cell.kind == "code" and cell.name.startswith("L09-E1-run"):
            *before, last = cell.source.rpartition("\nexplore(lambda")
            exec("".join([before[0], "\nexplorer = explore(lambda", last]) if before[1] else cell.source, made)
    return made


def test_the_ten_lines_do_what_the_explorer_does(sandbox):
    explorer = sandbox["explorer"]
    assert (explorer.run["spread"] == sandbox["run"]["spread"]).all()
    np.testing.assert_array_equal(explorer.ensemble["spread"], sandbox["runs"]["spread"])
    code = next(cell for cell in read_lesson(SOURCE).shown if cell.name == "L09-E1-explain-code").source
    lines = [line for line in code.splitlines() if line and not line.startswith("#")]
    assert len(lines) <= 10


def test_every_model_goes_on_every_network(sandbox):
    explorer, ties = sandbox["explorer"], sandbox["ties"]
    kinds = {
        "practice": models.ComplexContagion,
        "search": models.LandscapeSearch,
        "jobs": models.Employment,
        "opinions": models.FriedkinJohnsen,
        "illness": models.SIR,
        "hill": models.PlaneSearch,
    }
    assert sandbox["makers"].keys() == kinds.keys()
    for among in sandbox["names"]:
        for what, kind in kinds.items():
            explorer.choose(what=what, among=among)
            assert type(explorer.run.model) is kind
            assert explorer.run.model.ties.n_ties == ties[among].n_ties


def test_what_the_table_of_the_sweep_is_said_to_show(sandbox):
    # Followed all the way little is left between opinions; where people keep a foot in their first opinion, much is.
    def left(**how):
        return ensemble(models.FriedkinJohnsen(sandbox["network"], **how), 40, runs=64, seed=1).mean("spread")[-1]

    for own in (1.0, 3.0):
        spread = [left(susceptibility=share, self_weight=own) for share in (0.2, 0.5, 0.8, 1.0)]
        assert spread == sorted(spread, reverse=True)
        assert spread[-1] < 0.15 < 0.3 < spread[0]
