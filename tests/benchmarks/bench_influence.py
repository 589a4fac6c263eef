"""P9: whom of 10,000 people ten should tell first, beside CELF on cynetdiff; both choices are tried on fresh runs.

CELF looks again only at those who might still add most. Its first look, at everybody, would take minutes; it is given
the 500 who have most contacts, which spares it time and costs it nothing that counts.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from time import perf_counter

import networkx as nx
from cynetdiff.utils import networkx_to_ic_model
from tests.benchmarks import networks
from tests.benchmarks.runner import Row, timed

from tertius.models import IndependentCascade, choose_adopters
from tertius.simulate import ensemble

K, CHANCE, CANDIDATES = 10, 0.05, 500


def rows() -> Iterator[Row]:
    """Yield a network with hubs."""
    graph = networks.hubs(10_000)
    model = IndependentCascade(networks.as_ties(graph), CHANCE, luck="fast")
    ours, _ = timed(lambda: choose_adopters(model, K), repeat=5)
    began = perf_counter()
    theirs = celf(networks.as_networkx(graph))
    took = perf_counter() - began
    own, other = (reach(model, people) for people in (choose_adopters(model, K).people, theirs))
    said = f"they reach {own[0]:.1f} ± {own[1]:.1f}, CELF's {other[0]:.1f} ± {other[1]:.1f}"
    by = f"CELF on cynetdiff, of {CANDIDATES} people"
    yield Row(f"P9 choose ten of 10,000, hubs: {said}", "< 0.3 s, reach ≥ CELF's − 1 error", ours, [took], by=by)


def reach(model: IndependentCascade, people) -> tuple[float, float]:
    """How many people are reached, and the standard error."""
    many = ensemble(IndependentCascade(model.ties, CHANCE, list(people), luck="fast"), 60, runs=8192, seed=77)
    return 10_000 * many.mean("adopted_share")[-1], 10_000 * many.stderr("adopted_share")[-1]


def celf(graph: nx.Graph) -> list[int]:
    """Choose step by step; whoever added little before cannot add more now."""
    model, _ = networkx_to_ic_model(graph, activation_prob=CHANCE, rng=1)

    def mean_reach(people: list[int], runs: int) -> float:
        total = 0
        for _ in range(runs):
            model.set_seeds(people)
            model.advance_until_completion()
            total += model.get_num_activated_nodes()
        return total / runs

    most = sorted(graph, key=graph.degree, reverse=True)[:CANDIDATES]
    queue = [(-mean_reach([node], 200), node, 0) for node in most]
    heapq.heapify(queue)
    chosen: list[int] = []
    reached = 0.0
    while len(chosen) < K:
        _, node, looked = heapq.heappop(queue)
        gain = mean_reach([*chosen, node], 500) - reached
        if looked == len(chosen) + 1 or -queue[0][0] <= gain:
            chosen.append(node)
            reached += gain
        else:
            heapq.heappush(queue, (-gain, node, len(chosen) + 1))
    return chosen
