"""What was planted in the cases, measured in the plainest way.

The generators use this to write down what their data hold (``ground_truth.json``) with nothing but the standard
library, so that the figures come out alike everywhere. `tertius.measures` has the tools for everything else.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Collection, Mapping, Sequence
from itertools import combinations
from operator import mul

from tertius.data.chance import Stream

Pair = tuple[str, str]
Contacts = Mapping[str, frozenset[str]]


def contacts(nodes: Sequence[str], ties: Sequence[Pair]) -> dict[str, frozenset[str]]:
    """Return whom everybody is tied to."""
    around: dict[str, set[str]] = {node: set() for node in nodes}
    for u, v in ties:
        around[u].add(v)
        around[v].add(u)
    return {node: frozenset(others) for node, others in around.items()}


def overlap(around: Contacts, u: str, v: str) -> float:
    """Share of the contacts of ``u`` or ``v``, each other left out, that are contacts of both; 0 without any."""
    shared = len(around[u] & around[v])
    either = len((around[u] | around[v]) - {u, v})
    return shared / either if either else 0.0


def distances(around: Contacts, start: str) -> dict[str, int]:
    """Return the number of steps from ``start`` to everybody who can be reached, itself included."""
    steps = {start: 0}
    queue = deque([start])
    while queue:
        u = queue.popleft()
        for v in around[u]:
            if v not in steps:
                steps[v] = steps[u] + 1
                queue.append(v)
    return steps


def largest_share(nodes: Sequence[str], ties: Sequence[Pair]) -> float:
    """Share of all nodes that are in the largest connected part."""
    around = contacts(nodes, ties)
    unseen, largest = set(nodes), 0
    for start in nodes:
        if start not in unseen:
            continue
        unseen.discard(start)
        part, size = [start], 0
        while part:
            size += 1
            found = around[part.pop()] & unseen
            unseen -= found
            part.extend(found)
        largest = max(largest, size)
    return largest / len(nodes)


def shares_left(
    nodes: Sequence[str], ties: Sequence[Pair], values: Sequence[float], cut: float, luck: Stream
) -> tuple[float, float]:
    """Largest part's share after cutting a share of the ties, by lowest value first and by highest value first.

    Ties of equal value go in random order, the same luck for both directions.
    """
    removed = round(cut * len(ties))
    shuffled = luck.shuffled(range(len(ties)))
    left = []
    for sign in (1, -1):
        order = sorted(shuffled, key=lambda k: sign * values[k])
        left.append(largest_share(nodes, [ties[k] for k in sorted(order[removed:])]))
    return left[0], left[1]


def first_hop_share(
    nodes: Sequence[str], ties: Sequence[Pair], weak: Sequence[bool], ego: str, items: Sequence[str], within: int
) -> float:
    """Share of what ``ego`` can reach in ``within`` steps whose first tie is weak.

    Each item counts once; where several shortest paths lead to it, it counts by the share of these paths that start
    with a weak tie. Without an item in reach: ``nan``.
    """
    around = contacts(nodes, ties)
    is_weak = dict(zip(ties, weak, strict=True))
    distance, paths, weak_paths = {ego: 0}, {ego: 1}, {ego: 0}
    queue = deque([ego])
    while queue:
        u = queue.popleft()
        for v in sorted(around[u]):
            if v not in distance:
                distance[v], paths[v], weak_paths[v] = distance[u] + 1, 0, 0
                queue.append(v)
            if distance[v] == distance[u] + 1:
                first = is_weak[(u, v) if (u, v) in is_weak else (v, u)]
                paths[v] += paths[u]
                weak_paths[v] += int(first) if u == ego else weak_paths[u]
    reached = [item for item in items if 0 < distance.get(item, within + 1) <= within]
    if not reached:
        return math.nan
    return math.fsum(weak_paths[item] / paths[item] for item in reached) / len(reached)


def correlation(one: Sequence[float], other: Sequence[float]) -> float:
    """Pearson's correlation of two equally long lists; ``nan`` where one of them does not vary."""
    centre = [math.fsum(values) / len(values) for values in (one, other)]
    a, b = ([value - mean for value in values] for values, mean in zip((one, other), centre, strict=True))
    spread = math.sqrt(math.fsum(x * x for x in a) * math.fsum(y * y for y in b))
    return math.fsum(x * y for x, y in zip(a, b, strict=True)) / spread if spread else math.nan


def ranks(values: Sequence[float]) -> list[float]:
    """Rank of each value, 1 for the lowest; equal values share the mean of their ranks."""
    order = sorted(range(len(values)), key=lambda k: values[k])
    result = [0.0] * len(values)
    start = 0
    while start < len(order):
        end = start
        while end + 1 < len(order) and values[order[end + 1]] == values[order[start]]:
            end += 1
        for k in order[start : end + 1]:
            result[k] = (start + end) / 2 + 1
        start = end + 1
    return result


def least_squares(rows: Sequence[Sequence[float]], values: Sequence[float]) -> list[float]:
    """Fit ``values`` by a constant and the columns of ``rows``; return the constant and one slope a column.

    Solves the normal equations by elimination, which is exact enough for the few columns of a case.
    """
    columns = [[1.0] * len(rows), *map(list, zip(*rows, strict=True))]
    system = [[math.fsum(map(mul, a, b)) for b in columns] + [math.fsum(map(mul, a, values))] for a in columns]
    for k in range(len(system)):
        best = max(range(k, len(system)), key=lambda row: abs(system[row][k]))
        system[k], system[best] = system[best], system[k]
        for row in range(len(system)):
            if row != k:
                factor = system[row][k] / system[k][k]
                system[row] = [x - factor * y for x, y in zip(system[row], system[k], strict=True)]
    return [row[-1] / row[k] for k, row in enumerate(system)]


def choice_value(
    around: Contacts,
    capacity: Mapping[str, float],
    motivation: Mapping[str, float],
    chosen: Sequence[str],
    pass_on: float,
) -> float:
    """What a choice of people is worth: what they give themselves, and what they bring in from those they know.

    Everybody chosen gives capacity × motivation. Everybody else gives all their capacity if one of the chosen moves
    them, which each of the chosen whom they know does with probability ``pass_on`` × motivation, one by one.
    """
    unmoved: dict[str, float] = {}
    for person in chosen:
        for other in around[person]:
            unmoved[other] = unmoved.get(other, 1.0) * (1 - pass_on * motivation[person])
    moved = (capacity[other] * (1 - share) for other, share in unmoved.items() if other not in chosen)
    return math.fsum([*(capacity[person] * motivation[person] for person in chosen), *moved])


def choice_values(
    around: Contacts,
    capacity: Mapping[str, float],
    motivation: Mapping[str, float],
    candidates: Sequence[str],
    size: int,
    pass_on: float,
) -> dict[tuple[str, ...], float]:
    """Return what every choice of so many candidates is worth."""
    return {
        chosen: choice_value(around, capacity, motivation, chosen, pass_on) for chosen in combinations(candidates, size)
    }


def betweenness(around: Contacts) -> dict[str, float]:
    """How often everybody stands on a shortest path between two others, a pair with several paths counting by shares.

    Not normalised; each pair counts once (Brandes, Journal of Mathematical Sociology 25 (2001), 163-177).
    """
    score = dict.fromkeys(around, 0.0)
    for start in around:
        order, before, paths, steps = [], {start: []}, {start: 1}, {start: 0}
        queue = deque([start])
        while queue:
            u = queue.popleft()
            order.append(u)
            for v in sorted(around[u]):
                if v not in steps:
                    steps[v], paths[v], before[v] = steps[u] + 1, 0, []
                    queue.append(v)
                if steps[v] == steps[u] + 1:
                    paths[v] += paths[u]
                    before[v].append(u)
        share = dict.fromkeys(order, 0.0)
        for v in reversed(order):
            for u in before[v]:
                share[u] += paths[u] / paths[v] * (1 + share[v])
            if v != start:
                score[v] += share[v] / 2
    return score


def reciprocity(nodes: Sequence[str], ties: Collection[Pair]) -> dict[str, float]:
    """Share of everybody's directed ties, out and in, that are returned; whoever has none is left out."""
    count, returned = dict.fromkeys(nodes, 0), dict.fromkeys(nodes, 0)
    known = set(ties)
    for u, v in known:
        for end in (u, v):
            count[end] += 1
            returned[end] += (v, u) in known
    return {node: returned[node] / count[node] for node in nodes if count[node]}
