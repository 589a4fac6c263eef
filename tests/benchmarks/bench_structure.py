"""P1: all structural measures of all people in one call, beside the peers' constraint alone.

Small networks are given as networkx graphs, and what it takes to convert them counts for everybody; larger ones are
converted once, as a course would do. Peers work one measure at a time, so where a single peer's measure takes longer
than all of ours, the ratio says how much longer at least.
"""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

import igraph
import networkit
import networkx as nx
from tests.benchmarks import networks
from tests.benchmarks.growth import Growth, plot
from tests.benchmarks.runner import Row, timed

from tertius import Ties, clustering, constraint, effective_size, structure

KINDS = {"hubs": networks.hubs, "small world": networks.small_world, "groups": networks.groups}


def rows() -> Iterator[Row]:
    """Yield small networks, each peer at 10,000 people, igraph at three sizes, and growth up to a million."""
    yield from small()
    yield from beside_networkx()
    yield from beside_igraph()
    yield from growth()


def small() -> Iterator[Row]:
    for kind in ("hubs", "small world"):
        graph = networks.as_networkx(KINDS[kind](100))
        for name, peer in (
            ("networkx's constraint", lambda graph=graph: nx.constraint(graph, backend="networkx")),
            ("igraph's constraint", lambda graph=graph: igraph.Graph.from_networkx(graph).constraint()),
        ):
            for what, call in (("all measures", structure), ("constraint", constraint)):
                times = timed(lambda call=call, graph=graph: call(graph), peer, repeat=99)
                yield Row(f"P1 {what}, {kind}, 100 people, from networkx", "≥ 1×", *times, by=name)


def beside_networkx() -> Iterator[Row]:
    graph = networks.hubs(10_000)
    ties, peer = networks.as_ties(graph), networks.as_networkx(graph)
    for ours, theirs, target in ((constraint, nx.constraint, "≥ 30×"), (effective_size, nx.effective_size, "≥ 300×")):
        times = timed(lambda ours=ours: ours(networks.afresh(ties)), lambda theirs=theirs: theirs(peer), repeat=3)
        yield Row(f"P1 {ours.__name__}, hubs, 10,000 people", target, *times, by=f"networkx's {theirs.__name__}")
        converted, _ = timed(lambda ours=ours: ours(Ties.of(peer)), repeat=5)
        yield Row("P1 the same, from networkx each time", "–", converted, times[1], by=f"networkx's {theirs.__name__}")
    times = timed(lambda: structure(networks.afresh(ties)), lambda: nx.constraint(peer), repeat=5)
    yield Row("P1 all measures, hubs, 10,000 people", "≥ 30×", *times, by="networkx's constraint")
    other = networkit.nxadapter.nx2nk(peer)

    def their_clustering():
        networkit.centrality.LocalClusteringCoefficient(other).run()

    times = timed(lambda: clustering(networks.afresh(ties)), their_clustering, repeat=9)
    yield Row("P1 clustering, hubs, 10,000 people", "–", *times, by="networkit, all cores")


def beside_igraph() -> Iterator[Row]:
    for kind, make in KINDS.items():
        for people in (1000, 10_000, 100_000):
            if kind == "groups" and people > 10_000:
                continue  # igraph takes its shares as a list of lists
            graph = make(people)
            ties = networks.as_ties(graph)
            target = "≥ 3×" if (kind, people) == ("hubs", 100_000) else "≥ 1×" if kind != "hubs" else "–"
            times = timed(
                lambda ties=ties: structure(networks.afresh(ties)),
                graph.constraint,
                repeat={1000: 99, 10_000: 25, 100_000: 5}[people],
            )
            yield Row(f"P1 all measures, {kind}, {people:,} people", target, *times, by="igraph's constraint")


def growth() -> Iterator[Row]:
    lines = []
    for kind in ("hubs", "small world"):
        people, ours, peer = [1000, 10_000, 100_000, 1_000_000], [], []
        for size in people:
            graph = KINDS[kind](size)
            ties = networks.as_ties(graph)
            their = graph.constraint if size < 1_000_000 else None
            times = timed(
                lambda ties=ties: structure(networks.afresh(ties)), their, repeat=max(3, min(49, 1_000_000 // size))
            )
            ours.append(median(times[0]))
            peer += [median(times[1])] if their else []
        lines += [
            Growth(f"tertius, all measures, {kind}", people, ours),
            Growth(f"igraph, constraint, {kind}", people[:-1], peer),
        ]
        yield Row(f"P1 {kind}, 1,000,000 people: {ours[-1] / ours[0]:,.0f} times 1,000", "–", ours[-1:])
        yield Row(f"P1 {kind}, growth: size to the {lines[-2].exponent:.3f}", "≤ 1.1", ours[-1:])
    path = plot(lines, "Structural measures: ten ties a person", "structure.png")
    yield Row(f"P1 plot of cost against size: {path}", "–", ours[-1:])
