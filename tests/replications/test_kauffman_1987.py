"""Kauffman and Levin: how many hills a landscape has, and how high the one of a smooth landscape is."""

import numpy as np
from tests.replications.table import Estimate, Paper

from tertius.models.landscapes import drawn, highest, local_optima
from tertius.simulate import BLOCK

paper = Paper("Kauffman and Levin 1987", "Journal of Theoretical Biology 128, 11-45")


def landscapes(decisions, ruggedness, blocks):
    rng = np.random.default_rng(1)
    return [drawn(decisions, ruggedness, "random", rng, BLOCK) for _ in range(blocks)]


@paper.number("local optima, 10 decisions, ruggedness {}", {0: 1, 9: 2**10 / 11}, status="exact")
def test_hills(ruggedness):
    tops = np.concatenate([local_optima(land) for land in landscapes(10, ruggedness, 4)])
    return Estimate.of(tops)


@paper.number("height of the one hill of a smooth landscape, mean", 2 / 3, status="exact")
def test_height():
    return Estimate.of(np.concatenate([highest(land) for land in landscapes(12, 0, 4)]))
