"""Spread of epidemic disease on networks: what a tie transmits, and how far an outbreak gets."""

import networkx as nx
import numpy as np
from tests.replications.table import Estimate, Paper

from tertius import Ties
from tertius.models import SIR, ContinuousSIR, critical_transmissibility, final_size
from tertius.simulate import BLOCK, Streams, ensemble

paper = Paper("Newman 2002", "Physical Review E 66, 016128")
RATES = {(0.1, 0.2): 0.1 / 0.28, (0.5, 0.5): 0.5 / 0.75, (0.3, 1): 0.3, (0.05, 0.01): 0.05 / 0.0595}


def caught(model, person, seed):
    """When this person caught it in 4,096 runs."""
    blocks = [model.start(Streams(model.streams, seed, block), BLOCK).caught[person] for block in range(64)]
    return np.concatenate(blocks)


@paper.number("share of ties that transmit, in steps, β {} and γ {}: β / (1 − (1 − β)(1 − γ))", RATES, status="exact")
def test_transmissibility_in_steps(rates):
    model = SIR([(0, 1)], *rates, [0])
    assert abs(model.transmissibility - RATES[rates]) < 1e-12
    return Estimate.of(np.isfinite(caught(model, 1, seed=1 + list(RATES).index(rates))))


@paper.number(
    "in continuous time, rates τ {} and γ {}: τ / (τ + γ)", {(0.1, 0.2): 1 / 3, (2, 0.5): 0.8}, status="exact"
)
def test_transmissibility_at_rates(rates):
    model = ContinuousSIR([(0, 1)], *rates, 1, [0])
    return Estimate.of(np.isfinite(caught(model, 1, seed=5 if rates[0] < 1 else 6)))


@paper.number("SI with β = .25, steps to the person at distance 5 of a path: 5 / β", 20, status="exact")
def test_waits_along_a_path():
    model = SIR(nx.path_graph(6), 0.25, 0, [0])
    return Estimate.of(caught(model, 5, seed=7))


@paper.number("share reached if all meet, R₀ = {}: r = 1 − exp(−R₀ r)", {1.5: 0.5828, 2: 0.7968, 3: 0.9405},
              status="exact", tolerance=0.00005, why="four decimals")  # fmt: skip
def test_final_size(reproduction_number):
    return final_size(reproduction_number)


@paper.number("the same from outbreaks among 1,000 who all meet, R₀ = 2, from 20 people", 0.7968, status="exact",
              tolerance=0.015, why="20 of 1,000 start, which a crowd without end would not notice")  # fmt: skip
def test_outbreaks_where_all_meet():
    n = 1000
    model = ContinuousSIR(Ties.of(np.ones((n, n)) - np.eye(n)), 2 / n, 1, 1, 20)
    return Estimate.of(ensemble(model, 60, runs=64, seed=1)["recovered_share"][-1])


@paper.number("transmissibility above which outbreaks are large, {}", {"three contacts each": 1 / 2, "a star of 10":
              20 / 90}, status="exact")  # fmt: skip
def test_critical_transmissibility(network):
    return critical_transmissibility(nx.complete_graph(4) if network.startswith("three") else nx.star_graph(10))
