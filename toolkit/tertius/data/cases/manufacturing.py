"""The case of the manufacturing vice president: six industries, held together by weak ties.

Every number of it comes from `tertius.data.chance`, and nothing beyond the standard library is used up to the
finished rows, so the files in ``datasets/manufacturing_vp`` can be made again, byte for byte, anywhere.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import combinations
from statistics import fmean
from typing import TYPE_CHECKING, Any

from tertius.data import planted, truth
from tertius.data.cases import parts
from tertius.data.chance import Stream
from tertius.data.files import About
from tertius.data.tables import Field, Tables
from tertius.data.truth import Claim
from tertius.errors import ParameterError, check_count, check_least, check_share

if TYPE_CHECKING:
    from tertius.network import Network

CASE = "manufacturing_vp"
EGO = "VP"
INDUSTRIES = {
    "A": "manufacturing",
    "B": "food",
    "C": "energy",
    "D": "transport",
    "E": "construction",
    "F": "software",
}
"""The first letter of everybody's code, and the industry it stands for."""
HOME = "manufacturing"
SCALE_MAX = 5

ABOUT = About(
    description="Invented: 150 people in six industries and a vice president who knows somebody in each. Ties inside "
    "an industry overlap and are strong, ties between industries are few and weak, because strength was computed from "
    "overlap.",
    created="2026-11-22T00:00:00Z",
    lesson="06",
)

NODE_FIELDS = (
    parts.id_field("Code: a letter for the industry and a number; VP is the vice president."),
    parts.PERSON,
    parts.LABEL,
    Field("role", "string", "Position, where it matters to the case; else empty."),
    parts.group_field("Industry.", INDUSTRIES.values()),
    Field(
        "novel_item",
        "boolean",
        "Whether the person holds something new to the vice president, such as a solution, a technology or a market; "
        "outside manufacturing only.",
        {"required": True},
    ),
)
TIE_FIELDS = (
    *parts.end_fields("One end: id of a person; the tie has no direction.", "The other end: id of a person."),
    Field("relation", "string", "What the tie is: they are in contact.", {"required": True, "enum": ["contact"]}),
    Field("wave", "integer", "When it was observed; there is one wave.", {"required": True, "minimum": 1}),
    Field(
        "weight",
        "number",
        "How close the two are: a rating from 1, barely acquainted, to 5, very close.",
        {"required": True, "minimum": 1, "maximum": SCALE_MAX},
    ),
)

# How the planted truth is measured.
CUT = 0.35
ORDERS = 20
WEAK_AT_MOST = 2
WITHIN = 4


@dataclass(frozen=True)
class Parameters:
    """What can be changed about the case; see `manufacturing_vp`."""

    people: int = 25
    degree: int = 6
    rewired: float = 0.15
    cross_ties: int = 24
    home_contacts: int = 8
    noise: float = 0.6
    novel: float = 0.08

    def __post_init__(self) -> None:
        for name in ("people", "degree", "cross_ties", "home_contacts"):
            check_count(name, getattr(self, name), 0)
        for name in ("rewired", "novel"):
            check_share(name, getattr(self, name))
        check_least("noise", self.noise, 0, "a standard deviation of ratings")
        if self.degree % 2 or self.degree >= self.people:
            raise ParameterError(
                f"degree is {self.degree} with {self.people} people in an industry; it must be even, half of it to "
                "either side on the ring, and below the number of people."
            )
        if self.home_contacts > self.people:
            raise ParameterError(f"home_contacts is {self.home_contacts}, of {self.people} people; ask for fewer.")
        pairs = math.comb(len(INDUSTRIES), 2) * self.people**2
        if self.cross_ties > pairs:
            raise ParameterError(f"cross_ties is {self.cross_ties}, and only {pairs} pairs cross industries.")


def manufacturing_vp(seed: int = 1, **parameters: float) -> Network:
    """Draw the network of the manufacturing vice president, or of another like her.

    Six industries, each a ring whose people know their nearest; some ties are moved to somebody else of the industry,
    a few run between industries, and the vice president knows several at home and one in each other industry. The
    rating of a tie, 1 to 5, is 1 + 7 × overlap + noise, rounded to a whole number: **that strong ties lie inside
    dense groups, and weak ties between them, is true by construction.** ``load("manufacturing_vp")`` is seed 1 with the
    parameters below.

    Parameters
    ----------
    seed : int, default 1
        Which draw; 0 or more. The same seed gives the same network on every machine.
    people : int, default 25
        In each industry.
    degree : int, default 6
        Contacts of each person on the ring, half to either side; even, and below ``people``.
    rewired : float, default 0.15
        Probability that a tie moves to another partner in the industry.
    cross_ties : int, default 24
        Ties between people of different industries, any such pair as likely as another.
    home_contacts : int, default 8
        The vice president's contacts in manufacturing.
    noise : float, default 0.6
        Standard deviation of what is added to a rating before it is rounded.
    novel : float, default 0.08
        Probability that a person outside manufacturing holds a novel item.

    Returns
    -------
    Network
        151 people by default; the vice president is its ego, ``"VP"``.

    Raises
    ------
    ParameterError
        If a parameter is unknown or out of its range.

    Examples
    --------
    >>> manufacturing_vp(seed=2, people=10, cross_ties=5)
    Network('A manufacturing vice president and six industries': 61 people, 198 ties)
    """
    return tables(seed, parts.settings(Parameters, parameters)).network()


def tables(seed: int = 1, parameters: Parameters | None = None) -> Tables:
    """Draw the case as plain rows; `manufacturing_vp` gives them as a network."""
    parameters = parameters or Parameters()
    members = _members(parameters.people)
    pairs = [
        *_industry_ties(seed, members, parameters),
        *_cross_ties(seed, members, parameters.cross_ties),
        *_own_ties(seed, members, parameters.home_contacts),
    ]
    pairs = sorted((min(pair), max(pair)) for pair in pairs)
    novelty = Stream(CASE, seed, "novel items")
    nodes = []
    for industry, group in zip(INDUSTRIES.values(), members, strict=True):
        for person in group:
            # Everybody draws, at home too, so that each person's luck hangs on the code alone.
            novel = novelty.happens(parameters.novel) and industry != HOME
            nodes.append(_person(person, industry, novel=novel))
    nodes.append(_person(EGO, HOME, role="vice president"))
    weights = _weights(seed, [row["id"] for row in nodes], pairs, parameters.noise)
    ties = [
        {"source": u, "target": v, "relation": "contact", "wave": 1, "weight": weight}
        for (u, v), weight in zip(pairs, weights, strict=True)
    ]
    return Tables(nodes, ties, NODE_FIELDS, TIE_FIELDS, _meta(seed, parameters))


def _person(code: str, industry: str, *, role: str = "", novel: bool = False) -> dict[str, Any]:
    return {"id": code, "kind": "person", "label": code, "role": role, "group": industry, "novel_item": novel}


def _members(people: int) -> list[list[str]]:
    """Codes of everybody, by industry: A01, A02, … in the first."""
    return [parts.codes(letter, people, people) for letter in INDUSTRIES]


def _industry_ties(seed: int, members: list[list[str]], parameters: Parameters) -> list[tuple[str, str]]:
    """Tie everybody to the nearest on both sides of a ring; then move some ties to somebody else there."""
    chance = Stream(CASE, seed, "rewiring")
    ties = []
    for group in members:
        n = len(group)
        around: list[set[int]] = [set() for _ in group]
        ring = [(i, (i + step) % n) for step in range(1, parameters.degree // 2 + 1) for i in range(n)]
        for i, j in ring:
            around[i].add(j)
            around[j].add(i)
        for i, j in ring:
            # Both numbers are drawn whatever happens, so that another probability does not shift all later luck.
            moves, where = chance.happens(parameters.rewired), chance.uniform()
            free = [k for k in range(n) if k != i and k not in around[i]]
            if moves and free:
                partner = free[math.floor(where * len(free))]
                around[i].remove(j)
                around[j].remove(i)
                around[i].add(partner)
                around[partner].add(i)
        ties += [(group[i], group[j]) for i in range(n) for j in sorted(around[i]) if i < j]
    return ties


def _cross_ties(seed: int, members: list[list[str]], size: int) -> list[tuple[str, str]]:
    """Tie people of different industries."""
    pairs = [(u, v) for one, other in combinations(members, 2) for u in one for v in other]
    return Stream(CASE, seed, "cross ties").subset(pairs, size)


def _own_ties(seed: int, members: list[list[str]], size: int) -> list[tuple[str, str]]:
    """Tie the vice president to several at home and to one in each other industry."""
    home, *others = members
    at_home = Stream(CASE, seed, "home contacts").subset(home, size)
    elsewhere = Stream(CASE, seed, "outside contacts")
    return [(person, EGO) for person in [*at_home, *(group[elsewhere.integer(len(group))] for group in others)]]


def _weights(seed: int, nodes: list[str], pairs: list[tuple[str, str]], noise: float) -> list[int]:
    """Rate each tie: the more of their contacts two people share, the closer they are, give or take some noise."""
    around = planted.contacts(nodes, pairs)
    chance = Stream(CASE, seed, "noise")
    weights = []
    for u, v in pairs:
        rating = math.floor(1 + 7 * planted.overlap(around, u, v) + chance.normal(0, noise) + 0.5)
        weights.append(min(max(rating, 1), SCALE_MAX))
    return weights


def _meta(seed: int, parameters: Parameters) -> dict[str, Any]:
    return parts.meta(
        CASE,
        "A manufacturing vice president and six industries",
        ego=EGO,
        seed=seed,
        parameters=parameters,
        relations=[parts.relation("contact", "rating", scale_max=SCALE_MAX)],
    )


def measure(case: Tables) -> dict[str, float]:
    """Measure what is planted in a draw of the case, with 20 removal orders and 20 shuffles of the strengths.

    Returns
    -------
    dict
        One number for each claim of `ground_truth`.
    """
    seed = case.meta["seed"]
    nodes = [row["id"] for row in case.nodes]
    items = [row["id"] for row in case.nodes if row["novel_item"]]
    ties = [(row["source"], row["target"]) for row in case.ties]
    weights = [row["weight"] for row in case.ties]
    around = planted.contacts(nodes, ties)
    own_weights = [weight for pair, weight in zip(ties, weights, strict=True) if EGO in pair]
    overlaps = [planted.overlap(around, u, v) for u, v in ties]
    orders, mixing = Stream(CASE, seed, "removal orders"), Stream(CASE, seed, "shuffled strengths")
    shuffles = [mixing.shuffled(weights) for _ in range(ORDERS)]
    built = [planted.shares_left(nodes, ties, weights, CUT, orders) for _ in range(ORDERS)]
    mixed = [planted.shares_left(nodes, ties, shuffle, CUT, orders) for shuffle in shuffles]

    def first_hop(ratings: list[int]) -> float:
        weak = [rating <= WEAK_AT_MOST for rating in ratings]
        return planted.first_hop_share(nodes, ties, weak, EGO, items, WITHIN)

    return {
        "people": len(nodes),
        "ties": len(ties),
        "novel_items": len(items),
        "largest_share_weakest_first": fmean(weakest for weakest, _ in built),
        "largest_share_strongest_first": fmean(strongest for _, strongest in built),
        "removal_gap": fmean(strongest - weakest for weakest, strongest in built),
        "removal_gap_shuffled": fmean(strongest - weakest for weakest, strongest in mixed),
        "strength_overlap_correlation": planted.correlation(weights, overlaps),
        "strength_overlap_rank_correlation": planted.correlation(planted.ranks(weights), planted.ranks(overlaps)),
        "first_hop_weak_share": first_hop(weights),
        "first_hop_weak_share_shuffled": fmean(map(first_hop, shuffles)),
        "weak_share_of_ties": _weak_share(weights),
        "weak_share_of_own_ties": _weak_share(own_weights),
    }


def _weak_share(weights: list[int]) -> float:
    return sum(weight <= WEAK_AT_MOST for weight in weights) / len(weights)


CLAIMS = (
    Claim("people", "Six industries of 25 people, and the vice president.", 0),
    Claim("ties", "75 ties in each industry, 24 between industries, 13 of the vice president.", 0),
    Claim("novel_items", "People who hold a novel item, all outside manufacturing.", 0),
    Claim("weak_share_of_ties", "Share of ties with a rating of 1 or 2.", 0.0005),
    Claim(
        "weak_share_of_own_ties",
        "The same of the vice president's ties: knowing a few people of each circle, she shares few contacts with "
        "anybody, at home too.",
        0.0005,
    ),
    Claim(
        "strength_overlap_correlation",
        "Strength and overlap go together (Pearson), because strength was computed from overlap.",
        0.0005,
    ),
    Claim("strength_overlap_rank_correlation", "The same by ranks (Spearman).", 0.0005),
    Claim(
        "largest_share_weakest_first",
        "After cutting 35 % of the ties, weakest first, the network has come apart.",
        0.09,
    ),
    Claim(
        "largest_share_strongest_first",
        "After cutting 35 % of the ties, strongest first, nearly everybody is still connected.",
        0.01,
    ),
    Claim("removal_gap", "So cutting weak ties first breaks more: strongest-first minus weakest-first.", 0.09),
    Claim(
        "first_hop_weak_share",
        "Of the novel items within four steps, most are reached through a weak tie first; each item is counted by the "
        "share of shortest paths to it whose first tie has a rating of 1 or 2.",
        0.0005,
    ),
    Claim(
        "removal_gap_shuffled",
        "Control: with strengths shuffled over the ties before each order, it does not matter where cutting starts.",
        0.03,
        by_construction=False,
    ),
    Claim(
        "first_hop_weak_share_shuffled",
        "Control: with strengths shuffled, the first step is weak as often as any tie is.",
        0.25,
        by_construction=False,
    ),
)
"""Where a tolerance is four standard errors, it is of the difference between two means of 20 orders or shuffles."""


def ground_truth(seed: int = 1) -> dict[str, Any]:
    """Work out what is planted in one draw; the content of ``ground_truth.json``."""
    return truth.ground_truth(
        tables,
        measure,
        CLAIMS,
        seed=seed,
        # Shuffled strengths tell ties apart by chance alone, which has an exact mean for each measure.
        exact=lambda found: {
            "removal_gap_shuffled": 0.0,
            "first_hop_weak_share_shuffled": found["weak_share_of_ties"],
        },
        measured_with={"cut": CUT, "orders": ORDERS, "weak_at_most": WEAK_AT_MOST, "within_steps": WITHIN},
    )
