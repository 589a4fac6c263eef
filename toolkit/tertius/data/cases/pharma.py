"""The case of the pharmaceutical executive: what people think of her firm follows whom they met, not what was sent.

Made like `tertius.data.cases.manufacturing`: chance from `tertius.data.chance` alone, and the standard library.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import fmean
from typing import TYPE_CHECKING, Any

from tertius.data import planted, truth
from tertius.data.cases import parts
from tertius.data.chance import Stream
from tertius.data.files import About
from tertius.data.tables import Field, Tables
from tertius.data.truth import Claim
from tertius.errors import check_count, check_least, check_share

if TYPE_CHECKING:
    from tertius.network import Network

CASE = "pharma_executive"
EGO = "EXEC"
GROUPS = {
    "C": "clinicians",
    "O": "patient organisations",
    "P": "payers",
    "R": "regulators",
    "S": "researchers",
}
"""The first letter of everybody's code, and the group of stakeholders it stands for."""
SCALE_MAX = 5
STRONG_AT_LEAST = 3
"""Acquaintances rated so high are seldom overlooked."""

ABOUT = About(
    description="Invented: 80 stakeholders of a pharmaceutical firm, its executive's encounters with them, what they "
    "think of the firm, and who she believes knows whom. Opinions were computed from encounters and from ambassadors "
    "among the acquaintances; messages go where encounters go, and were given no effect.",
    created="2026-11-24T00:00:00Z",
    lesson="02",
)

NODE_FIELDS = (
    parts.id_field("Code: a letter for the group and a number; EXEC is the executive."),
    parts.PERSON,
    parts.LABEL,
    Field("role", "string", "Position, where it matters to the case; else empty."),
    parts.group_field("Group of stakeholders; empty for the executive.", GROUPS.values(), ego_has_one=False),
    Field("messages", "number", "How many messages of the firm the person received; a count.", {"minimum": 0}),
    Field("ambassador", "boolean", "Whether the person speaks up for the firm.", {"required": True}),
    Field(
        "attitude",
        "number",
        "What the person thinks of the firm, from 1, very little, to 7, very much; empty for the executive.",
        {"minimum": 1, "maximum": 7},
        decimals=2,
    ),
)
TIE_FIELDS = (
    *parts.end_fields("One end: id of a person; no tie has a direction.", "The other end: id of a person."),
    Field(
        "relation",
        "string",
        "acquaintance: two stakeholders know each other; encounter: the executive met the person; "
        "perceived_acquaintance: she believes that two stakeholders know each other.",
        {"required": True, "enum": ["acquaintance", "encounter", "perceived_acquaintance"]},
    ),
    Field("wave", "integer", "When it was observed; there is one wave.", {"required": True, "minimum": 1}),
    Field(
        "weight",
        "number",
        "acquaintance: a rating from 1, barely, to 5, very well; encounter: how often they met; "
        "perceived_acquaintance: empty.",
        {"minimum": 1},
    ),
    Field("status", "string", "Whose knowledge it is.", {"required": True, "enum": ["observed", "perceived"]}),
    Field("reported_by", "string", "Id of the person whose view a perceived tie is; else empty."),
)


@dataclass(frozen=True)
class Parameters:
    """What can be changed about the case; see `pharma_executive`."""

    people: int = 16
    within: float = 0.22
    between: float = 0.02
    encounter_effect: float = 0.30
    exposure_effect: float = 0.22
    message_effect: float = 0.0
    noise: float = 0.4
    strong_seen: float = 0.92
    weak_seen: float = 0.50
    imagined: float = 0.02

    def __post_init__(self) -> None:
        check_count("people", self.people, 1)
        for name in ("within", "between", "strong_seen", "weak_seen", "imagined"):
            check_share(name, getattr(self, name))
        for name in ("encounter_effect", "exposure_effect", "message_effect"):
            check_least(name, getattr(self, name), -7, "points of attitude for one more")
        check_least("noise", self.noise, 0, "a standard deviation")


def pharma_executive(seed: int = 1, **parameters: float) -> Network:
    """Draw the network of the pharmaceutical executive, or of another like her.

    Five groups of stakeholders, most of whose acquaintances are in their own group. The executive meets some of them,
    clinicians more often than others, and sends messages to those whom she meets; some of those whom she met twice
    or more become ambassadors. What somebody thinks of the firm, 1 to 7, is 2.4 + 0.30 × encounters + 0.22 ×
    ambassadors among the acquaintances + 0 × messages + noise: **that encounters and ambassadors matter, and messages
    do not, is true by construction.** What she believes about who knows whom misses many weak acquaintances.
    ``load("pharma_executive")`` is seed 1 with the parameters below.

    Parameters
    ----------
    seed : int, default 1
        Which draw; 0 or more. The same seed gives the same network on every machine.
    people : int, default 16
        In each group.
    within, between : float, default 0.22 and 0.02
        Probability that two people of one group, or of two groups, know each other.
    encounter_effect, exposure_effect, message_effect : float, default 0.30, 0.22 and 0
        Points of attitude for one encounter, one ambassador among the acquaintances, one message more.
    noise : float, default 0.4
        Standard deviation of what else moves an attitude.
    strong_seen, weak_seen : float, default 0.92 and 0.50
        Share of the acquaintances rated 3 or more, or less, that the executive knows of.
    imagined : float, default 0.02
        Probability that she believes in an acquaintance that is none, where two people share an acquaintance.

    Returns
    -------
    Network
        81 people by default; the executive is its ego, ``"EXEC"``. Relations ``acquaintance``, ``encounter`` and
        ``perceived_acquaintance``.

    Raises
    ------
    ParameterError
        If a parameter is unknown or out of its range.

    Examples
    --------
    >>> network = pharma_executive(seed=2, people=4)
    >>> len(network.nodes), network.ego
    (21, 'EXEC')
    """
    return tables(seed, parts.settings(Parameters, parameters)).network()


def tables(seed: int = 1, parameters: Parameters | None = None) -> Tables:
    """Draw the case as plain rows; `pharma_executive` gives them as a network."""
    parameters = parameters or Parameters()
    group = {
        code: name
        for letter, name in GROUPS.items()
        for code in parts.codes(letter, parameters.people, parameters.people)
    }
    known = _acquaintances(seed, group, parameters)
    around = planted.contacts(list(group), list(known))
    encounters, messages, ambassadors = _contact(seed, group)
    attitudes = _attitudes(seed, around, encounters, messages, ambassadors, parameters)
    nodes = [
        _person(
            code,
            group=group[code],
            messages=messages[code],
            ambassador=code in ambassadors,
            attitude=attitudes[code],
        )
        for code in group
    ]
    nodes.append(_person(EGO, role="executive"))
    ties = [_tie(u, v, "acquaintance", weight) for (u, v), weight in known.items()]
    ties += [_tie(*parts.pair(EGO, code), "encounter", met) for code, met in encounters.items() if met]
    ties += [
        _tie(u, v, "perceived_acquaintance", None, status="perceived", reported_by=EGO)
        for u, v in _perceived(seed, around, known, parameters)
    ]
    return Tables(
        sorted(nodes, key=lambda node: node["id"]),
        sorted(ties, key=lambda tie: (tie["source"], tie["target"], tie["relation"])),
        NODE_FIELDS,
        TIE_FIELDS,
        _meta(seed, parameters),
    )


def _person(
    code: str,
    *,
    role: str = "",
    group: str = "",
    messages: int | None = None,
    ambassador: bool = False,
    attitude: float | None = None,
) -> dict[str, Any]:
    return {
        "id": code,
        "kind": "person",
        "label": code,
        "role": role,
        "group": group,
        "messages": messages,
        "ambassador": ambassador,
        "attitude": attitude,
    }


def _tie(
    source: str, target: str, relation: str, weight: int | None, *, status: str = "observed", reported_by: str = ""
) -> dict[str, Any]:
    return {
        "source": source,
        "target": target,
        "relation": relation,
        "wave": 1,
        "weight": weight,
        "status": status,
        "reported_by": reported_by,
    }


def _acquaintances(seed: int, group: dict[str, str], parameters: Parameters) -> dict[tuple[str, str], int]:
    """Let people know each other, mostly within their group; each pair draws its rating, whether it is a tie or not."""
    chance, rating = Stream(CASE, seed, "acquaintances"), Stream(CASE, seed, "ratings")
    known = {}
    for u, v in parts.pairs_of(list(group)):
        tied = chance.happens(parameters.within if group[u] == group[v] else parameters.between)
        weight = 1 + rating.integer(SCALE_MAX)
        if tied:
            known[u, v] = weight
    return known


def _contact(seed: int, group: dict[str, str]) -> tuple[dict[str, int], dict[str, int], set[str]]:
    """Draw how often everybody was met and written to, and who of those met twice or more speaks for the firm."""
    met, sent, turned = (Stream(CASE, seed, part) for part in ("encounters", "messages", "ambassadors"))
    encounters, messages, ambassadors = {}, {}, set()
    for code, name in group.items():
        encounters[code] = met.poisson(3 if name == "clinicians" else 1.5)
        messages[code] = sent.poisson(1 + 1.2 * encounters[code])
        if turned.happens(0.5) and encounters[code] >= 2:
            ambassadors.add(code)
    return encounters, messages, ambassadors


def _attitudes(
    seed: int,
    around: planted.Contacts,
    encounters: dict[str, int],
    messages: dict[str, int],
    ambassadors: set[str],
    parameters: Parameters,
) -> dict[str, float]:
    alike = {code: (encounters[code], len(around[code] & ambassadors), messages[code]) for code in around}
    noise = _paired_noise(seed, alike)
    attitudes = {}
    for code, others in around.items():
        attitude = (
            2.4
            + parameters.encounter_effect * encounters[code]
            + parameters.exposure_effect * len(others & ambassadors)
            + parameters.message_effect * messages[code]
            + parameters.noise * noise[code]
        )
        attitudes[code] = round(min(max(attitude, 1), 7), 2)
    return attitudes


def _paired_noise(seed: int, traits: dict[str, tuple[int, ...]]) -> dict[str, float]:
    """Draw a standard normal number for one of each two people who are most alike; the other gets its opposite.

    Everybody's number is normal, and among people alike the luck adds up to nothing. With 80 people, independent luck
    would carry one estimate in ten far from what was planted.
    """
    chance = Stream(CASE, seed, "attitudes")
    noise, alone = {}, sorted(traits, key=lambda person: (-sum(traits[person]), person))
    while alone:
        person = alone.pop(0)
        noise[person] = chance.normal()
        if alone:
            # Of equally near ones the first: min keeps the order of the codes.
            twin = min(alone, key=lambda other: math.dist(traits[person], traits[other]))
            alone.remove(twin)
            noise[twin] = -noise[person]
    return noise


def _perceived(
    seed: int, around: planted.Contacts, known: dict[tuple[str, str], int], parameters: Parameters
) -> list[tuple[str, str]]:
    """Return the pairs that the executive takes for acquainted: a share of those who are, and a few who are not."""
    seen = Stream(CASE, seed, "perception")
    strong = [pair for pair, weight in known.items() if weight >= STRONG_AT_LEAST]
    weak = [pair for pair, weight in known.items() if weight < STRONG_AT_LEAST]
    believed = seen.subset(strong, _rounded(parameters.strong_seen * len(strong)))
    believed += seen.subset(weak, _rounded(parameters.weak_seen * len(weak)))
    imagination = Stream(CASE, seed, "imagination")
    for u, v in parts.pairs_of(list(around)):
        if imagination.happens(parameters.imagined) and (u, v) not in known and around[u] & around[v]:
            believed.append((u, v))
    return believed


def _rounded(number: float) -> int:
    return math.floor(number + 0.5)


def _meta(seed: int, parameters: Parameters) -> dict[str, Any]:
    return parts.meta(
        CASE,
        "A pharmaceutical executive and her stakeholders",
        ego=EGO,
        seed=seed,
        parameters=parameters,
        relations=[
            parts.relation("acquaintance", "rating", scale_max=SCALE_MAX),
            parts.relation("encounter", "count", symmetrise="sum"),
            parts.relation("perceived_acquaintance", "binary"),
        ],
        own_map={"ego": "encounter", "contacts": "perceived_acquaintance"},
    )


def measure(case: Tables) -> dict[str, float]:
    """Measure what is planted in a draw of the case.

    Returns
    -------
    dict
        One number for each claim of `ground_truth`.
    """
    people = [node for node in case.nodes if node["id"] != EGO]
    ties = {name: {} for name in ("acquaintance", "encounter", "perceived_acquaintance")}
    for tie in case.ties:
        ties[tie["relation"]][tie["source"], tie["target"]] = tie["weight"]
    known, believed = ties["acquaintance"], ties["perceived_acquaintance"]
    met = {v if u == EGO else u: weight for (u, v), weight in ties["encounter"].items()}
    around = planted.contacts([node["id"] for node in people], list(known))
    ambassadors = {node["id"] for node in people if node["ambassador"]}
    attitude = [node["attitude"] for node in people]
    rows = [(met.get(node["id"], 0), len(around[node["id"]] & ambassadors), node["messages"]) for node in people]
    _, encounter, exposure, message = planted.least_squares(rows, attitude)
    strong = [pair in believed for pair, weight in known.items() if weight >= STRONG_AT_LEAST]
    weak = [pair in believed for pair, weight in known.items() if weight < STRONG_AT_LEAST]
    return {
        "people": len(case.nodes),
        "acquaintances": len(known),
        "people_met": len(met),
        "ambassadors": len(ambassadors),
        "encounter_slope": encounter,
        "exposure_slope": exposure,
        "message_slope": message,
        "raw_message_slope": planted.least_squares([row[2:] for row in rows], attitude)[1],
        "message_encounter_correlation": planted.correlation([row[0] for row in rows], [row[2] for row in rows]),
        "clipped_share": fmean(value in (1, 7) for value in attitude),
        "recall_strong": fmean(strong),
        "recall_weak": fmean(weak),
        "precision": fmean(pair in known for pair in believed),
    }


CLAIMS = (
    Claim("people", "Five groups of 16 stakeholders, and the executive.", 0),
    Claim("acquaintances", "Ties among the stakeholders.", 0),
    Claim("people_met", "Stakeholders whom the executive met at least once.", 0),
    Claim("ambassadors", "Stakeholders who speak for the firm; all were met twice or more.", 0),
    Claim("encounter_slope", "Attitude for one encounter more, all else equal; planted 0.30.", 0.0005),
    Claim("exposure_slope", "Attitude for one ambassador more among the acquaintances; planted 0.22.", 0.0005),
    Claim("message_slope", "Attitude for one message more, all else equal; planted 0.", 0.0005),
    Claim(
        "raw_message_slope",
        "Looked at alone, messages seem to help: they go to the people whom she meets.",
        0.0005,
    ),
    Claim("message_encounter_correlation", "Messages and encounters go together.", 0.0005),
    Claim("clipped_share", "Attitudes that ended at an end of the scale.", 0.0005),
    Claim("recall_strong", "Share of acquaintances rated 3 or more that the executive knows of; planted 0.92.", 0.0005),
    Claim("recall_weak", "Share of acquaintances rated 1 or 2 that she knows of; planted 0.50.", 0.0005),
    Claim("precision", "Share of what she believes that is so.", 0.0005),
)


def ground_truth(seed: int = 1) -> dict[str, Any]:
    """Work out what is planted in one draw; the content of ``ground_truth.json``."""
    return truth.ground_truth(
        tables,
        measure,
        CLAIMS,
        seed=seed,
        measured_with={"strong_at_least": STRONG_AT_LEAST},
        planted={"encounter_slope": 0.30, "exposure_slope": 0.22, "message_slope": 0.0},
    )
