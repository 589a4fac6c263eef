"""Luck is shared: friends are in work together; without friends everybody is on their own."""

from math import comb

import networkx as nx
import numpy as np
from tests.replications.table import Estimate, Paper

from tertius.models import Employment, EmploymentChain, isolated_unemployment
from tertius.simulate import ensemble

paper = Paper("Calvó-Armengol and Jackson 2004", "American Economic Review 94, 426-454; the rule of its section I")


@paper.number("share of time out of work without contacts, a = .1, b = .015", 0.0015 / 0.1135 / 0.1, status="exact")
def test_somebody_without_contacts():
    # 1 − .1 · .985 / (1 − .9 · .985) = .015 / .1135.
    assert abs(isolated_unemployment(0.1, 0.015) - EmploymentChain(nx.empty_graph(1)).unemployment()[0]) < 1e-12
    return isolated_unemployment(0.1, 0.015)


@paper.number("correlation of two people's work without a tie", 0, status="exact")
def test_strangers_are_independent():
    return EmploymentChain(nx.empty_graph(2)).correlation().iloc[0, 1]


def two_by_hand(a=0.1, b=0.015):
    """Share of time that each of two friends is out of work: the balance of none, one or both being so."""

    def losing(work):
        return {lost: comb(work, lost) * b**lost * (1 - b) ** (work - lost) for lost in range(work + 1)}

    flow = np.zeros((3, 3))
    for out in range(3):
        # Both in work: news is lost. One: heard by either. Both out: each hears for themselves.
        finds = {
            0: {0: 1.0},
            1: {1: 1 - (1 - a) ** 2, 0: (1 - a) ** 2},
            2: {0: (1 - a) ** 2, 1: 2 * a * (1 - a), 2: a**2},
        }
        for found, likely in finds[out].items():
            for lost, chance in losing(2 - out + found).items():
                flow[out, out - found + lost] += likely * chance
    share = np.linalg.matrix_power(flow, 10_000)[0]
    return float(share @ [0, 0.5, 1])


@paper.number(
    "share of time out of work with one friend, from the balance of three states", two_by_hand(), status="exact"
)
def test_two_friends():
    return EmploymentChain([(0, 1)]).unemployment()[0]


@paper.number("the same from 256 runs of 300 steps after 100", two_by_hand(), status="exact")
def test_two_friends_in_runs():
    shares = 1 - ensemble(Employment([(0, 1)]), 400, runs=256, seed=1)["employed_share"][100:]
    return Estimate.of(shares.mean(axis=0))
