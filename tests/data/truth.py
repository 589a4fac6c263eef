"""What every case's tests do with ``ground_truth.json``: hold its figures against what an oracle finds."""

import json
import statistics

import pytest

from tertius.data.catalogue import shipped_folder

SEEDS = range(20)


def over_seeds(planted, measure):
    """The figures of one measure, seed by seed."""
    return [values[measure] for values in planted.values()]


def ground_truth(name):
    return json.loads((shipped_folder(name) / "ground_truth.json").read_text("utf-8"))


def assert_the_ground_truth_holds(name, planted):
    """Every figure of the shipped draw and every mean over the seeds is what the oracle finds."""
    truth = ground_truth(name)
    assert truth["seed"] == 1
    assert truth["checked_seeds"] == [SEEDS[0], SEEDS[-1]]
    assert {claim["measure"] for claim in truth["claims"]} == set(planted[1])
    for claim in truth["claims"]:
        measure, tolerance = claim["measure"], claim["tolerance"]
        assert planted[1][measure] == pytest.approx(claim["expected"], abs=tolerance), claim["claim"]
        # A mean over 20 seeds is surer than the figure of one seed.
        mean = statistics.fmean(over_seeds(planted, measure))
        assert mean == pytest.approx(claim["over_seeds"]["mean"], abs=max(tolerance, 0.001) / 2), measure
