"""The case of the social entrepreneur: professors who want what she has and have what she wants, two steps away.

Made like `tertius.data.cases.manufacturing`: chance from `tertius.data.chance` alone, and the standard library.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from tertius.data import planted, truth
from tertius.data.cases import parts
from tertius.data.chance import Stream
from tertius.data.files import About
from tertius.data.planted import Pair
from tertius.data.tables import Field, Tables
from tertius.data.truth import Claim
from tertius.errors import check_count, check_share

if TYPE_CHECKING:
    from tertius.network import Network

CASE = "social_entrepreneur"
EGO = "FOUNDER"
SECTORS = {
    "A": ("academia", 12),
    "B": ("business", 16),
    "C": ("city", 10),
    "F": ("funders", 8),
    "M": ("media", 6),
    "N": ("NGO", 14),
    "R": ("residents", 14),
}
"""The first letter of everybody's code, the sector it stands for, and how many people are in it."""
HOME = "NGO"
SCALE_MAX = 5
REFERENCE_DATE = date(2026, 6, 30)

OWN = {"NGO": (9, 3, 5), "residents": (8, 3, 5), "city": (4, 2, 4), "business": (2, 1, 2), "funders": (2, 1, 2)}
"""The entrepreneur's contacts in each sector, and the range of how close they are; one professor comes on top."""
SILENT_DAYS = 400
"""Since when she has not spoken to that professor; everybody else heard from her within `RECENT_DAYS`."""
RECENT_DAYS = 120

TAGS = (
    *("data", "evaluation", "field site", "grant writing", "legal advice", "office space"),
    *("press contacts", "software", "student projects", "translation", "transport", "volunteers"),
)
"""Everything that somebody can offer or need."""
EGO_OFFERS, EGO_NEEDS = ("field site", "student projects"), ("data", "evaluation", "grant writing")
PROFESSORS_OFFER = ("evaluation", "data", "grant writing", "evaluation", "data")
"""What each professor offers with whom a match is planted; all of them need student projects."""

ABOUT = About(
    description="Invented: 80 people in seven sectors and a social entrepreneur, with what everybody offers and needs. "
    "Five professors have what she needs and need what she has; she knows one of them, and two more are two steps "
    "away. These counts were set, not found.",
    created="2026-11-24T00:00:00Z",
    lesson="03",
)

NODE_FIELDS = (
    parts.id_field("Code: a letter for the sector and a number; FOUNDER is the social entrepreneur."),
    parts.PERSON,
    parts.LABEL,
    Field("role", "string", "Position, where it matters to the case; else empty."),
    parts.group_field("Sector.", sorted(name for name, _ in SECTORS.values())),
    Field("offers", "list", "What the person could give; tags.", {"required": True}),
    Field("needs", "list", "What the person looks for; tags.", {"required": True}),
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
    Field("last_contact", "date", "When they last spoke, as a day; known for the entrepreneur's own ties, else empty."),
)


@dataclass(frozen=True)
class Parameters:
    """What can be changed about the case; see `social_entrepreneur`."""

    within: float = 0.30
    cross_ties: int = 40

    def __post_init__(self) -> None:
        check_share("within", self.within)
        outside = [size for name, size in SECTORS.values() if name != "academia"]
        pairs = (sum(outside) ** 2 - sum(size**2 for size in outside)) // 2
        check_count("cross_ties", self.cross_ties, 0, pairs)


def social_entrepreneur(seed: int = 1, **parameters: float) -> Network:
    """Draw the network of the social entrepreneur, or of another like her.

    80 people in seven sectors, who know each other mostly within their sector. The entrepreneur knows 26 of them: many
    from NGOs and the neighbourhood, one professor, nobody from the media. Everybody offers something and needs
    something; five professors offer what she needs and need what she offers. She has neglected the one she knows,
    through whom two more could be reached; the other two are further away. **All these counts are set by
    construction**; finding the people is the skill. ``load("social_entrepreneur")`` is seed 1 with the parameters
    below.

    Parameters
    ----------
    seed : int, default 1
        Which draw; 0 or more. The same seed gives the same network on every machine.
    within : float, default 0.30
        Probability that two people of one sector are in contact.
    cross_ties : int, default 40
        Ties between people of different sectors, academia aside; any such pair as likely as another.

    Returns
    -------
    Network
        81 people; the entrepreneur is its ego, ``"FOUNDER"``. The columns ``offers`` and ``needs`` hold lists.

    Raises
    ------
    ParameterError
        If a parameter is unknown or out of its range.

    Examples
    --------
    >>> network = social_entrepreneur(seed=2)
    >>> nodes = network.nodes.set_index("id")
    >>> nodes.loc["FOUNDER", "needs"]
    ['data', 'evaluation', 'grant writing']
    """
    return tables(seed, parts.settings(Parameters, parameters)).network()


def tables(seed: int = 1, parameters: Parameters | None = None) -> Tables:
    """Draw the case as plain rows; `social_entrepreneur` gives them as a network."""
    parameters = parameters or Parameters()
    sector = {code: name for letter, (name, size) in SECTORS.items() for code in parts.codes(letter, size, size)}
    professors = Stream(CASE, seed, "professors").shuffled(_of(sector, "academia"))
    matched, others = professors[: len(PROFESSORS_OFFER)], professors[len(PROFESSORS_OFFER) :]
    own = _own_ties(seed, sector, matched[0])
    pairs = _ties(seed, sector, matched, others, [code for code, *_ in own], parameters)
    weights = Stream(CASE, seed, "ratings")
    ties = [_tie(*pair, 1 + weights.integer(SCALE_MAX)) for pair in pairs]
    ties += [_tie(*parts.pair(EGO, code), weight, last) for code, weight, last in own]
    offers, needs = _tags(seed, sector, matched)
    nodes = [
        {
            "id": code,
            "kind": "person",
            "label": code,
            "role": {EGO: "social entrepreneur"}.get(code, "professor" if name == "academia" else ""),
            "group": name,
            "offers": offers[code],
            "needs": needs[code],
        }
        for code, name in sorted((sector | {EGO: HOME}).items())
    ]
    ties.sort(key=lambda tie: (tie["source"], tie["target"]))
    return Tables(nodes, ties, NODE_FIELDS, TIE_FIELDS, _meta(seed, parameters))


def _of(sector: dict[str, str], name: str) -> list[str]:
    return [code for code, own in sector.items() if own == name]


def _tie(source: str, target: str, weight: int, last_contact: str = "") -> dict[str, Any]:
    return {
        "source": source,
        "target": target,
        "relation": "contact",
        "wave": 1,
        "weight": weight,
        "last_contact": last_contact,
    }


def _own_ties(seed: int, sector: dict[str, str], professor: str) -> list[tuple[str, int, str]]:
    """Choose the entrepreneur's contacts: who, how close, and when she last spoke to them."""
    chance, rating, silence = (Stream(CASE, seed, f"own {part}") for part in ("contacts", "ratings", "last contacts"))
    own = []
    for name, (size, least, most) in OWN.items():
        for code in chance.subset(_of(sector, name), size):
            own.append((code, least + rating.integer(most - least + 1), 1 + silence.integer(RECENT_DAYS)))
    own.append((professor, 1, SILENT_DAYS))
    return [(code, weight, (REFERENCE_DATE - timedelta(days)).isoformat()) for code, weight, days in own]


def _ties(
    seed: int,
    sector: dict[str, str],
    matched: list[str],
    others: list[str],
    contacts: list[str],
    parameters: Parameters,
) -> list[Pair]:
    """Tie everybody but the entrepreneur; the way from her to each matched professor is then as planned."""
    chance = Stream(CASE, seed, "ties within sectors")
    ties: set[Pair] = set()
    across = []
    for u, v in parts.pairs_of(list(sector)):
        if sector[u] != sector[v]:
            if "academia" not in (sector[u], sector[v]):
                across.append((u, v))
        elif chance.happens(parameters.within):
            ties.add((u, v))
    ties |= set(Stream(CASE, seed, "ties across sectors").subset(across, parameters.cross_ties))
    first, near, far = matched[0], matched[1:3], matched[3:]
    ties |= {parts.pair(first, code) for code in near}
    ties -= {parts.pair(first, code) for code in far}
    outreach = Stream(CASE, seed, "outreach of academia")
    strangers = [code for code in _of(sector, "business") if code not in contacts]
    ties |= set(map(parts.pair, outreach.shuffled(others)[:3], outreach.shuffled(strangers)[:3]))
    for code in far:
        around = planted.contacts([*sector, EGO], [*sorted(ties), *((EGO, contact) for contact in contacts)])
        if code not in planted.distances(around, EGO):
            ties.add(parts.pair(near[0], code))
    return sorted(ties)


def _tags(seed: int, sector: dict[str, str], matched: list[str]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Draw what everybody offers and needs; a match with the entrepreneur that is not planned is undone."""
    give, take, anew = (Stream(CASE, seed, part) for part in ("offers", "needs", "replaced needs"))
    offers, needs = {EGO: list(EGO_OFFERS)}, {EGO: list(EGO_NEEDS)}
    for code in sector:
        offers[code] = give.subset(TAGS, 1 + give.integer(2))
        size = 1 + take.integer(2)
        needs[code] = take.subset([tag for tag in TAGS if tag not in offers[code]], size)
        if is_match(offers[code], needs[code]):
            free = [tag for tag in TAGS if tag not in offers[code] and tag not in EGO_OFFERS]
            needs[code] = anew.subset(free, size)
    for code, offer in zip(matched, PROFESSORS_OFFER, strict=True):
        offers[code], needs[code] = [offer], ["student projects"]
    return offers, needs


def is_match(offers: list[str], needs: list[str]) -> bool:
    """Whether somebody offers what the entrepreneur needs, and needs what she offers."""
    return bool(set(offers) & set(EGO_NEEDS)) and bool(set(needs) & set(EGO_OFFERS))


def _meta(seed: int, parameters: Parameters) -> dict[str, Any]:
    return parts.meta(
        CASE,
        "A social entrepreneur and seven sectors",
        ego=EGO,
        seed=seed,
        parameters=parameters,
        relations=[parts.relation("contact", "rating", scale_max=SCALE_MAX)],
        reference_date=REFERENCE_DATE.isoformat(),
    )


def measure(case: Tables) -> dict[str, float]:
    """Measure what is planted in a draw of the case.

    Returns
    -------
    dict
        One number for each claim of `ground_truth`.
    """
    node = {row["id"]: row for row in case.nodes}
    ties = [(row["source"], row["target"]) for row in case.ties]
    around = planted.contacts(list(node), ties)
    steps = planted.distances(around, EGO)
    others = [code for code in node if code != EGO]
    matches = [code for code in others if is_match(node[code]["offers"], node[code]["needs"])]
    one_sided = [
        code
        for code in others
        if bool(set(node[code]["offers"]) & set(EGO_NEEDS)) != bool(set(node[code]["needs"]) & set(EGO_OFFERS))
    ]
    closeness = {
        v if u == EGO else u: row["weight"] for (u, v), row in zip(ties, case.ties, strict=True) if EGO in (u, v)
    }
    within_two = [code for code in others if steps.get(code, math.inf) <= 2]
    closest = sorted(closeness, key=lambda code: (-closeness[code], code))[:6]
    connected = sorted(within_two, key=lambda code: (-len(around[code]), code))[:6]
    sectors = Counter(node[code]["group"] for code in around[EGO])
    return {
        "people": len(node),
        "ties": len(ties),
        "contacts": len(around[EGO]),
        "academic_contacts": sectors["academia"],
        "media_contacts": sectors["media"],
        "sector_variety": 1 - math.fsum((size / len(around[EGO])) ** 2 for size in sectors.values()),
        "within_two_steps": len(within_two),
        "matches": len(matches),
        "matches_direct": sum(steps.get(code) == 1 for code in matches),
        "matches_at_two_steps": sum(steps.get(code) == 2 for code in matches),
        "matches_further": sum(steps.get(code, 0) > 2 for code in matches),
        "near_matches": len(set(one_sided) & set(within_two)),
        "matches_among_six_closest": len(set(matches) & set(closest)),
        "matches_among_six_best_connected": len(set(matches) & set(connected)),
    }


CLAIMS = (
    Claim("people", "80 people in seven sectors, and the entrepreneur.", 0),
    Claim("ties", "Ties, her own included.", 0),
    Claim("contacts", "Her contacts.", 0),
    Claim("academic_contacts", "Of them, professors: the sector that she overlooks.", 0),
    Claim("media_contacts", "Of them, from the media: the sector that is missing.", 0),
    Claim("sector_variety", "Blau's index over the sectors of her contacts.", 0.0005),
    Claim("within_two_steps", "People whom she knows, or who know somebody she knows.", 0),
    Claim("matches", "People who offer what she needs and need what she offers.", 0),
    Claim("matches_direct", "Of them, those whom she knows.", 0),
    Claim("matches_at_two_steps", "Of them, those to whom one contact could introduce her.", 0),
    Claim("matches_further", "Of them, those further away, whom she could still reach.", 0),
    Claim(
        "near_matches",
        "People within two steps who would give and not take, or take and not give: what a hasty look takes for a "
        "match.",
        0,
        by_construction=False,
    ),
    Claim(
        "matches_among_six_closest",
        "Two-way matches among the six contacts to whom she is closest, equals in the order of their codes.",
        0,
    ),
    Claim(
        "matches_among_six_best_connected",
        "Two-way matches among the six people within two steps who have most ties, equals in the order of their codes.",
        0,
        by_construction=False,
    ),
)


def ground_truth(seed: int = 1) -> dict[str, Any]:
    """Work out what is planted in one draw; the content of ``ground_truth.json``."""
    return truth.ground_truth(tables, measure, CLAIMS, seed=seed)
