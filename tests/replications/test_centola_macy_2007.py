"""Hard practices need several voices: how wide fronts are, how fast they move, and how many ties cross a cut."""

import numpy as np
from tests.replications.table import Paper

from tertius.data import rewired_ring
from tertius.models import RingContagion, steps_until
from tertius.simulate import ensemble

paper = Paper(
    "Centola and Macy 2007",
    "American Journal of Sociology 113, 702-734; counts on a ring lattice, by hand",
)


@paper.number("bridge width, radius {}", {1: 1, 2: 3, 3: 6, 4: 10, 5: 15}, status="exact")
def test_ties_that_cross_a_cut_of_the_ring(radius):
    one, other = rewired_ring(100, radius, 0).pairs
    low, high = np.minimum(one, other), np.maximum(one, other)
    return np.count_nonzero((low < 50) & (high >= 50) & (high - low <= radius))


@paper.number(
    "people a step that each front moves, radius {}, voices {}",
    {(1, 1): 1, (2, 1): 2, (2, 2): 1, (2, 3): 0, (3, 1): 3, (3, 2): 2, (3, 3): 1, (4, 2): 3},
    status="exact",
)
def test_how_fast_a_front_moves(radius_and_voices):
    radius, voices = radius_and_voices
    model = RingContagion(200, radius, 0, voices, initial_adopters=2 * radius + 1)
    adopted = 200 * ensemble(model, 10, runs=1, seed=1)["adopted_share"][:, 0]
    assert len(set(np.diff(adopted).round().tolist())) == 1
    return (adopted[10] - adopted[0]) / 20


@paper.number("steps to 270 of 300 people, radius 2, two voices, from 5: (270 − 5) / 2", 133, status="exact")
def test_how_long_it_takes_round_the_ring():
    return steps_until(ensemble(RingContagion(rewired=0), 200, runs=1, seed=1), 0.9)[0]
