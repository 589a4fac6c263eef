"""What was planted in the cases, measured in the plainest way.

The generators use this to write down what their data hold (``ground_truth.json``) with nothing but the standard
library, so that the figures come out alike everywhere. `tertius.measures` has the tools for everything else.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Mapping, Sequence

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
