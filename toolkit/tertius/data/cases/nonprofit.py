"""The case of the nonprofit director: twenty donors, time for four, and the richest are the wrong ones.

Made like `tertius.data.cases.manufacturing`: chance from `tertius.data.chance` alone, and the standard library.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tertius.data import planted, truth
from tertius.data.cases import parts
from tertius.data.chance import Stream
from tertius.data.files import About
from tertius.data.planted import Pair
from tertius.data.tables import Field, Tables
from tertius.data.truth import Claim
from tertius.errors import ParameterError, check_count, check_share

if TYPE_CHECKING:
    from tertius.network import Network

CASE = "nonprofit_director"
EGO = "DIRECTOR"
CIRCLES = {
    "A": ("business club", 30),
    "B": ("alumni", 25),
    "C": ("concert society", 20),
    "D": ("parish", 20),
    "E": ("neighbourhood", 25),
}
"""The first letter of everybody's code, the circle it stands for, and how many people are in it."""
SCALE_MAX = 5
SHARED = 16
"""The people of the first circle to whom every overlapping donor is tied."""
REACHED = 9
"""The people of another circle to whom a broker is tied."""
RICHEST_OTHER = 15
"""No donor as they come could give more, in thousands of euros a year; the rich and isolated ones give 16 or more."""
CHOSEN = 4
PASS_ON = 0.25

ABOUT = About(
    description="Invented: 120 people in five circles, 20 of them donors, and the director who has time for four. The "
    "richest donors know nobody and the most connected ones know the same people; both were put there to mislead.",
    created="2026-11-24T00:00:00Z",
    lesson="04",
)

NODE_FIELDS = (
    parts.id_field("Code: a letter for the circle and a number; DIRECTOR is the director."),
    parts.PERSON,
    parts.LABEL,
    Field("role", "string", "Position, where it matters to the case; else empty."),
    parts.group_field("Circle; empty for the director.", [name for name, _ in CIRCLES.values()], ego_has_one=False),
    Field("donor", "boolean", "Whether the person gives already, and can be chosen.", {"required": True}),
    Field(
        "capacity",
        "number",
        "What the person could give in a year, in thousands of euros; empty for the director.",
        {"minimum": 0},
        decimals=1,
    ),
    Field(
        "motivation",
        "number",
        "Share of it that the person would give, and pass on, if looked after; from 0 to 1, empty for the director.",
        {"minimum": 0, "maximum": 1},
        decimals=2,
    ),
)
TIE_FIELDS = (
    *parts.end_fields("One end: id of a person; no tie has a direction.", "The other end: id of a person."),
    Field(
        "relation",
        "string",
        "acquaintance: two people know each other; own: the director knows the person.",
        {"required": True, "enum": ["acquaintance", "own"]},
    ),
    Field("wave", "integer", "When it was observed; there is one wave.", {"required": True, "minimum": 1}),
    Field(
        "weight",
        "number",
        "own: how close the director is, a rating from 1, barely acquainted, to 5, very close; acquaintance: empty.",
        {"minimum": 1, "maximum": SCALE_MAX},
    ),
)


@dataclass(frozen=True)
class Parameters:
    """What can be changed about the case; see `nonprofit_director`."""

    within: float = 0.16
    between: float = 0.006
    donors: int = 20
    isolated: int = 5
    brokers: int = 4
    overlapping: int = 4

    def __post_init__(self) -> None:
        for name in ("within", "between"):
            check_share(name, getattr(self, name))
        check_count("donors", self.donors, CHOSEN, 40)
        for name in ("isolated", "overlapping"):
            check_count(name, getattr(self, name), 0)
        check_count("brokers", self.brokers, 0, len(CIRCLES) - 1, limit="the number of other circles, ")
        placed = self.isolated + self.brokers + self.overlapping
        if placed > self.donors:
            raise ParameterError(
                f"isolated, brokers and overlapping add up to {placed}, and donors is {self.donors}; ask for fewer."
            )


def nonprofit_director(seed: int = 1, **parameters: float) -> Network:
    """Draw the network of the nonprofit director, or of another like her.

    Five circles of people who know each other mostly within their circle. Of the donors, some are rich and isolated,
    some are brokers with contacts in another circle, and some are popular but overlap: all know the same people.
    **That capacity and ties alone mislead is true by construction**; what a choice of donors is worth is
    `tertius.choice_value`. ``load("nonprofit_director")`` is seed 1 with the parameters below.

    Parameters
    ----------
    seed : int, default 1
        Which draw; 0 or more. The same seed gives the same network on every machine.
    within, between : float, default 0.16 and 0.006
        Probability that two people of one circle, or of two circles, know each other.
    donors : int, default 20
        How many of the 120 people are donors.
    isolated, brokers, overlapping : int, default 5, 4 and 4
        How many of the donors are rich and isolated, brokers, popular but overlapping; the others are as they come.

    Returns
    -------
    Network
        121 people; the director is its ego, ``"DIRECTOR"``. Relations ``acquaintance`` among the people and ``own``,
        whom the director knows.

    Raises
    ------
    ParameterError
        If a parameter is unknown or out of its range.

    Examples
    --------
    >>> network = nonprofit_director(seed=2)
    >>> int(network.nodes["donor"].sum())
    20
    """
    return tables(seed, parts.settings(Parameters, parameters)).network()


def tables(seed: int = 1, parameters: Parameters | None = None) -> Tables:
    """Draw the case as plain rows; `nonprofit_director` gives them as a network."""
    parameters = parameters or Parameters()
    circle = _circles()
    kinds = donor_kinds(seed, parameters)
    donors = {code for some in kinds.values() for code in some}
    capacity, motivation = _means(seed, circle, kinds)
    own = _own_ties(seed, circle, kinds)
    ties = [_tie(*pair, "acquaintance") for pair in _ties(seed, circle, kinds, parameters)]
    ties += [_tie(*parts.pair(EGO, code), "own", weight) for code, weight in own.items()]
    nodes = [
        {
            "id": code,
            "kind": "person",
            "label": code,
            "role": "director" if code == EGO else "",
            "group": circle.get(code, ""),
            "donor": code in donors,
            "capacity": capacity.get(code),
            "motivation": motivation.get(code),
        }
        for code in sorted([*circle, EGO])
    ]
    ties.sort(key=lambda tie: (tie["source"], tie["target"], tie["relation"]))
    return Tables(nodes, ties, NODE_FIELDS, TIE_FIELDS, _meta(seed, parameters))


def _circles() -> dict[str, str]:
    return {code: name for letter, (name, size) in CIRCLES.items() for code in parts.codes(letter, size, size)}


def _tie(source: str, target: str, relation: str, weight: int | None = None) -> dict[str, Any]:
    return {"source": source, "target": target, "relation": relation, "wave": 1, "weight": weight}


def donor_kinds(seed: int = 1, parameters: Parameters | None = None) -> dict[str, list[str]]:
    """Say which donor is of which planted kind, so that a solution can be checked; no file of the case tells.

    Returns
    -------
    dict
        Codes under ``isolated``, ``brokers``, ``overlapping`` and ``others``. The first broker reaches into the
        second circle, and so on.
    """
    parameters = parameters or Parameters()
    donors = Stream(CASE, seed, "donors").subset(list(_circles()), parameters.donors)
    order = Stream(CASE, seed, "kinds of donors").shuffled(donors)
    kinds, taken = {}, 0
    for kind in ("isolated", "brokers", "overlapping"):
        size = getattr(parameters, kind)
        kinds[kind] = order[taken : taken + size]
        taken += size
    return kinds | {"others": order[taken:]}


def _means(seed: int, circle: dict[str, str], kinds: dict[str, list[str]]) -> tuple[dict[str, float], dict[str, float]]:
    """Draw what everybody could give and how willing they are; the planted donors have theirs from a narrower range."""
    wealth, will, special = (Stream(CASE, seed, part) for part in ("capacity", "motivation", "planted capacity"))
    capacity = {code: math.exp(1.2 + 0.7 * wealth.normal()) for code in circle}
    motivation = {code: 0.3 + 0.6 * will.uniform() for code in circle}
    for code in kinds["others"]:
        # One in eighty is as rich by luck as the isolated donors, and well connected, so that riches would not mislead.
        capacity[code] = min(capacity[code], RICHEST_OTHER)
    for kind, (least, most, motive) in {
        "isolated": (16, 22, 0.40),
        "brokers": (5, 8, 0.85),
        "overlapping": (4, 6, 0.55),
    }.items():
        for code in kinds[kind]:
            capacity[code] = least + (most - least) * special.uniform()
            motivation[code] = motive
    return (
        {code: round(value, 1) for code, value in capacity.items()},
        {code: round(value, 2) for code, value in motivation.items()},
    )


def _ties(seed: int, circle: dict[str, str], kinds: dict[str, list[str]], parameters: Parameters) -> list[Pair]:
    """Tie people within and between circles; then give the planted donors the ties that make them what they are."""
    chance, special = Stream(CASE, seed, "acquaintances"), Stream(CASE, seed, "planted ties")
    ties = set()
    for u, v in parts.pairs_of(list(circle)):
        if chance.happens(parameters.within if circle[u] == circle[v] else parameters.between):
            ties.add((u, v))
    first, *others = (name for name, _ in CIRCLES.values())
    free = _others(circle, kinds)
    isolated = set(kinds["isolated"])
    ties = {pair for pair in ties if isolated.isdisjoint(pair)}
    for code in kinds["isolated"]:
        ties.add(parts.pair(code, free[first][special.integer(len(free[first]))]))
    for code, name in zip(kinds["brokers"], others, strict=False):
        strangers = [other for other in free[name] if parts.pair(code, other) not in ties]
        ties |= {parts.pair(code, other) for other in special.subset(strangers, min(REACHED, len(strangers)))}
    shared = special.subset(free[first], min(SHARED, len(free[first])))
    ties |= {parts.pair(code, other) for code in kinds["overlapping"] for other in shared}
    return sorted(ties)


def _others(circle: dict[str, str], kinds: dict[str, list[str]]) -> dict[str, list[str]]:
    """Return everybody who is no donor, by circle."""
    donors = {code for some in kinds.values() for code in some}
    return {
        name: [code for code, own in circle.items() if own == name and code not in donors]
        for name, _ in CIRCLES.values()
    }


def _own_ties(seed: int, circle: dict[str, str], kinds: dict[str, list[str]]) -> dict[str, int]:
    """Choose whom the director knows, and how well: ten donors of every kind, and eight others of four circles."""
    chance, rating = Stream(CASE, seed, "own contacts"), Stream(CASE, seed, "own ratings")
    wanted = {"isolated": 2, "brokers": 2, "overlapping": 2, "others": 4}
    known = [code for kind, size in wanted.items() for code in chance.subset(kinds[kind], min(size, len(kinds[kind])))]
    known += [code for codes in list(_others(circle, kinds).values())[:4] for code in chance.subset(codes, 2)]
    return {code: 1 + rating.integer(SCALE_MAX) for code in known}


def _meta(seed: int, parameters: Parameters) -> dict[str, Any]:
    return parts.meta(
        CASE,
        "A nonprofit director and twenty donors",
        ego=EGO,
        seed=seed,
        parameters=parameters,
        relations=[
            parts.relation("acquaintance", "binary"),
            parts.relation("own", "rating", scale_max=SCALE_MAX),
        ],
        own_map={"ego": "own", "contacts": "acquaintance"},
    )


def measure(case: Tables) -> dict[str, float]:
    """Measure what is planted in a draw of the case: how near each rule comes to the best four donors.

    Returns
    -------
    dict
        One number for each claim of `ground_truth`.
    """
    people = [row for row in case.nodes if row["id"] != EGO]
    ties = [(row["source"], row["target"]) for row in case.ties if row["relation"] == "acquaintance"]
    around = planted.contacts([row["id"] for row in people], ties)
    capacity, motivation = ({row["id"]: row[what] for row in people} for what in ("capacity", "motivation"))
    donors = [row["id"] for row in people if row["donor"]]
    kinds = donor_kinds(case.meta["seed"], Parameters(**case.meta["parameters"]))

    def value(chosen: tuple[str, ...]) -> float:
        return planted.choice_value(around, capacity, motivation, chosen, PASS_ON)

    def highest(score: Callable[[str], float]) -> tuple[str, ...]:
        return tuple(sorted(donors, key=lambda code: (-score(code), code))[:CHOSEN])

    sets = planted.choice_values(around, capacity, motivation, donors, CHOSEN, PASS_ON)
    # Of equally good sets the one whose codes come first.
    best = min(sets, key=lambda chosen: (-sets[chosen], chosen))
    between = planted.betweenness(around)
    picks = {
        "capacity": highest(lambda code: capacity[code]),
        "ties": highest(lambda code: len(around[code])),
        "ties_times_capacity": highest(lambda code: len(around[code]) * capacity[code]),
        "in_between": highest(lambda code: between[code]),
        "step_by_step": _step_by_step(donors, value),
    }
    return {
        "people": len(case.nodes),
        "ties": len(ties),
        "sets": len(sets),
        "best_value": sets[best],
        **{f"{rule}_share": value(pick) / sets[best] for rule, pick in picks.items()},
        "random_share": math.fsum(sets.values()) / len(sets) / sets[best],
        "brokers_in_best": len(set(best) & set(kinds["brokers"])),
        "isolated_by_capacity": len(set(picks["capacity"]) & set(kinds["isolated"])),
        "overlapping_by_ties": len(set(picks["ties"]) & set(kinds["overlapping"])),
    }


def _step_by_step(donors: list[str], value: Callable[[tuple[str, ...]], float]) -> tuple[str, ...]:
    """Choose one donor after the other, each time the one who adds most; of equals the first code."""
    chosen: tuple[str, ...] = ()
    for _ in range(CHOSEN):
        free = [code for code in donors if code not in chosen]
        chosen += (max(free, key=lambda code: value((*chosen, code))),)
    return chosen


CLAIMS = (
    Claim("people", "120 people in five circles, and the director.", 0),
    Claim("ties", "Acquaintances among the 120.", 0),
    Claim("sets", "Ways to choose 4 of 20 donors.", 0),
    Claim("best_value", "What the best four are worth, in thousands of euros a year, with a pass-on of 0.25.", 0.0005),
    Claim("capacity_share", "Choosing the richest four: what it brings, of the best possible.", 0.0005),
    Claim("random_share", "Choosing four at random, the mean over all sets.", 0.0005),
    Claim("ties_share", "Choosing the four with most ties.", 0.0005),
    Claim("ties_times_capacity_share", "Choosing by ties times capacity.", 0.0005),
    Claim("in_between_share", "Choosing by betweenness.", 0.0005, by_construction=False),
    Claim(
        "step_by_step_share",
        "Choosing one after the other, each time the donor who adds most.",
        0.0005,
        by_construction=False,
    ),
    Claim("brokers_in_best", "Brokers among the best four.", 0),
    Claim("isolated_by_capacity", "Rich and isolated donors among the richest four.", 0),
    Claim("overlapping_by_ties", "Overlapping donors among the four with most ties.", 0),
)


def ground_truth(seed: int = 1) -> dict[str, Any]:
    """Work out what is planted in one draw; the content of ``ground_truth.json``."""
    return truth.ground_truth(
        tables,
        measure,
        CLAIMS,
        seed=seed,
        measured_with={"chosen": CHOSEN, "pass_on": PASS_ON},
        planted={kind: sorted(codes) for kind, codes in donor_kinds(seed).items()},
    )
