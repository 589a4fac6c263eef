"""The case of the law partner: did her round tables create advice across practices, or would it have grown anyway?

Two data sets: ``law_firm``, where the round tables did it, and ``law_firm_selected``, where those came who were growing
closer already. Made like `tertius.data.cases.manufacturing`: chance from `tertius.data.chance` alone, and the standard
library.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import fmean
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

CASE = "law_firm"
SELECTED = "law_firm_selected"
EGO = "PARTNER"
PRACTICES = {"C": "corporate", "E": "employment", "P": "patents", "T": "tax"}
"""The first letter of everybody's code, and the practice it stands for."""
FIRMS = 6
EVENTS = ("round 1", "round 2", "round 3", "round 4")
"""The round tables; small letters come after capitals, so a lawyer always stands before them."""
BEFORE, AFTER = 2, 3
"""The waves of advice between which the round tables were held."""

WITHIN, ACROSS = (0.08, 0.12), (0.009, 0.021)
"""Probability that advice between two people goes both ways, and that it goes one way, in each of the two ways."""
TREATED_WITHIN, TREATED_ACROSS = (0.14, 0.06), (0.09, 0.06)
"""The same for people who met at a round table or, with selection, would meet there."""
EFFECT_REDRAWN, SELECTION_REDRAWN = 0.7, {2: 0.3, 3: 0.6}

ABOUT = About(
    description="Invented: advice among 48 lawyers of allied firms, twice before and once after four round tables "
    "that 20 of them attended. The round tables were made to create advice across practices, and to make it mutual.",
    created="2026-11-24T00:00:00Z",
    lesson="05",
)
ABOUT_SELECTED = About(
    description="Invented: advice among 48 lawyers of allied firms, twice before and once after four round tables "
    "that 20 of them attended. The round tables were given no effect: those came who were growing closer anyway.",
    created="2026-11-24T00:00:00Z",
    lesson="05",
)

NODE_FIELDS = (
    parts.id_field(
        "Code: a letter for the practice and a number; PARTNER is the host; round 1 to round 4 are the round tables."
    ),
    Field("kind", "string", "What the node is.", {"required": True, "enum": ["person", "event"]}),
    Field("label", "string", "What pictures call it: the code.", {"required": True}),
    Field("organisation", "string", "Firm of a lawyer; else empty. Nothing depends on it."),
    Field("role", "string", "Position, where it matters to the case; else empty."),
    parts.group_field("Practice; empty for the host and the round tables.", PRACTICES.values(), ego_has_one=False),
)
TIE_FIELDS = (
    *parts.end_fields(
        "advice: who asks; own: one of the two; attendance: the lawyer.",
        "advice: who is asked; own: the other; attendance: the round table.",
    ),
    Field(
        "relation",
        "string",
        "advice: the first asks the second for advice; attendance: the lawyer came to the round table; own: the host "
        "and a lawyer, each of whom asks the other.",
        {"required": True, "enum": ["advice", "attendance", "own"]},
    ),
    Field(
        "wave",
        "integer",
        "advice: 1 and 2 before the round tables, 3 after them; attendance and own have one wave.",
        {"required": True, "minimum": 1, "maximum": 3},
    ),
    Field("weight", "number", "Empty: advice is asked or not.", {"minimum": 1}),
)


@dataclass(frozen=True)
class Parameters:
    """What can be changed about the case; see `law_firm`."""

    effect: bool = True
    selection: bool = False
    lawyers: int = 12
    attendees: int = 5
    attends: float = 0.8
    redrawn: float = 0.3

    def __post_init__(self) -> None:
        for name in ("effect", "selection"):
            if not isinstance(getattr(self, name), bool):
                raise ParameterError(f"{name} is {getattr(self, name)!r}; it is a switch, True or False.")
        check_count("lawyers", self.lawyers, FIRMS)
        check_count("attendees", self.attendees, 3, self.lawyers, limit="all lawyers of a practice, ")
        for name in ("attends", "redrawn"):
            check_share(name, getattr(self, name))


def law_firm(seed: int = 1, **parameters: float) -> Network:
    """Draw the network of the law partner, or of another like her.

    Lawyers of four practices ask each other for advice, mostly within their practice. Between waves 2 and 3 some of
    each practice attend round tables. With ``effect``, advice between two who sat at one table becomes likelier
    afterwards, and mutual; with ``selection``, advice among those who will attend has been growing since wave 2,
    round tables or not. **Which of the two is at work is set by construction**: the question is whether it can be
    told from the data. ``load("law_firm")`` is seed 1 with the parameters below, ``load("law_firm_selected")`` has
    ``effect=False, selection=True``.

    Parameters
    ----------
    seed : int, default 1
        Which draw; 0 or more. The same seed gives the same network on every machine, and the switches share its luck.
    effect : bool, default True
        Whether the round tables change anything.
    selection : bool, default False
        Whether those attend who are growing closer anyway.
    lawyers : int, default 12
        In each of the four practices.
    attendees : int, default 5
        Of each practice.
    attends : float, default 0.8
        Probability that an attendee comes to one of the four round tables; everybody comes to at least one.
    redrawn : float, default 0.3
        Probability that what two people ask each other is drawn anew from one wave to the next.

    Returns
    -------
    Network
        53 nodes by default: 48 lawyers, four round tables, and the host, its ego, ``"PARTNER"``. Relations ``advice``
        (directed, three waves), ``attendance`` and ``own``, with whom the host exchanges advice.

    Raises
    ------
    ParameterError
        If a parameter is unknown or out of its range.

    Examples
    --------
    >>> network = law_firm(seed=2, effect=False)
    >>> network.nodes["kind"].value_counts().to_dict()
    {'person': 49, 'event': 4}
    """
    return tables(seed, parts.settings(Parameters, parameters)).network()


def selected_tables(seed: int = 1) -> Tables:
    """Draw the case in which nothing but selection is at work."""
    return tables(seed, Parameters(effect=False, selection=True))


def tables(seed: int = 1, parameters: Parameters | None = None) -> Tables:
    """Draw the case as plain rows; `law_firm` gives them as a network."""
    parameters = parameters or Parameters()
    practice = {
        code: name
        for letter, name in PRACTICES.items()
        for code in parts.codes(letter, parameters.lawyers, parameters.lawyers)
    }
    tables_of = _attendance(seed, practice, parameters)
    nodes = [_node(code, group=name, organisation=f"firm {_firm(code)}") for code, name in practice.items()]
    nodes += [_node(code, kind="event", role="round table") for code in EVENTS]
    nodes.append(_node(EGO, role="partner and host"))
    ties = [
        _tie(*pair, "advice", wave)
        for wave, advice in _advice(seed, practice, tables_of, parameters).items()
        for pair in advice
    ]
    ties += [_tie(code, event, "attendance", 1) for code, events in tables_of.items() for event in events]
    ties += [_tie(*pair, "own", 1) for code in _own(seed, practice, tables_of) for pair in ((code, EGO), (EGO, code))]
    nodes.sort(key=lambda node: node["id"])
    ties.sort(key=lambda tie: (tie["source"], tie["target"], tie["relation"], tie["wave"]))
    return Tables(nodes, ties, NODE_FIELDS, TIE_FIELDS, _meta(seed, parameters))


def _node(
    code: str, *, kind: str = "person", group: str = "", organisation: str = "", role: str = ""
) -> dict[str, Any]:
    return {"id": code, "kind": kind, "label": code, "organisation": organisation, "role": role, "group": group}


def _tie(source: str, target: str, relation: str, wave: int) -> dict[str, Any]:
    return {"source": source, "target": target, "relation": relation, "wave": wave, "weight": None}


def _firm(code: str) -> int:
    return (int(code[1:]) - 1) % FIRMS + 1


def _attendance(seed: int, practice: dict[str, str], parameters: Parameters) -> dict[str, list[str]]:
    """Draw who attends, and which round tables; who would come to none comes to one."""
    who, which, last = (Stream(CASE, seed, part) for part in ("attendees", "attendance", "only round tables"))
    came = {}
    for name in PRACTICES.values():
        for code in who.subset([code for code, own in practice.items() if own == name], parameters.attendees):
            only = EVENTS[last.integer(len(EVENTS))]
            came[code] = [event for event in EVENTS if which.happens(parameters.attends)] or [only]
    return came


def _advice(
    seed: int, practice: dict[str, str], tables_of: dict[str, list[str]], parameters: Parameters
) -> dict[int, list[Pair]]:
    """Draw who asks whom in each wave.

    Every pair draws in every wave whether it is redrawn and what it would become, so the switches share their luck.
    """
    pairs = parts.pairs_of(list(practice))
    first = Stream(CASE, seed, "advice in wave 1")
    asked = {pair: _asks(pair, _rates(pair, practice), first.uniform()) for pair in pairs}
    waves = {1: asked}
    for wave in (BEFORE, AFTER):
        moves, becomes = Stream(CASE, seed, f"redrawn in wave {wave}"), Stream(CASE, seed, f"advice in wave {wave}")
        asked = dict(asked)
        for pair in pairs:
            met = set(tables_of.get(pair[0], ())) & set(tables_of.get(pair[1], ()))
            redrawn, treated = parameters.redrawn, False
            if parameters.selection and pair[0] in tables_of and pair[1] in tables_of:
                redrawn, treated = SELECTION_REDRAWN[wave], True
            if parameters.effect and wave == AFTER and met:
                redrawn, treated = EFFECT_REDRAWN, True
            moved, luck = moves.happens(redrawn), becomes.uniform()
            if moved:
                asked[pair] = _asks(pair, _rates(pair, practice, treated=treated), luck)
        waves[wave] = asked
    return {wave: [tie for pair in pairs for tie in asked[pair]] for wave, asked in waves.items()}


def _rates(pair: Pair, practice: dict[str, str], *, treated: bool = False) -> tuple[float, float]:
    if practice[pair[0]] == practice[pair[1]]:
        return TREATED_WITHIN if treated else WITHIN
    return TREATED_ACROSS if treated else ACROSS


def _asks(pair: Pair, rates: tuple[float, float], luck: float) -> list[Pair]:
    """Return who asks whom: both, one, the other, or neither."""
    mutual, one_way = rates
    u, v = pair
    if luck < mutual:
        return [(u, v), (v, u)]
    if luck < mutual + one_way:
        return [(u, v)]
    return [(v, u)] if luck < mutual + 2 * one_way else []


def _own(seed: int, practice: dict[str, str], tables_of: dict[str, list[str]]) -> list[str]:
    """Choose whom the host exchanges advice with: six who attend, six who do not."""
    chance = Stream(CASE, seed, "own contacts")
    others = [code for code in practice if code not in tables_of]
    return chance.subset(list(tables_of), 6) + chance.subset(others, min(6, len(others)))


def _meta(seed: int, parameters: Parameters) -> dict[str, Any]:
    selected = parameters.selection and not parameters.effect
    return parts.meta(
        SELECTED if selected else CASE,
        "A law partner and the round tables that chose their guests"
        if selected
        else "A law partner and her round tables",
        ego=EGO,
        seed=seed,
        parameters=parameters,
        relations=[
            parts.relation("advice", "binary", directed=True),
            parts.relation("attendance", "binary", two_mode=True),
            parts.relation("own", "binary", directed=True),
        ],
        own_map={"ego": "own", "contacts": "advice"},
    )


def measure(case: Tables) -> dict[str, float]:
    """Measure what is planted in a draw of the case.

    Returns
    -------
    dict
        One number for each claim of `ground_truth`.
    """
    practice = {row["id"]: row["group"] for row in case.nodes if row["group"]}
    came = {row["source"] for row in case.ties if row["relation"] == "attendance"}
    attendees = [code for code in practice if code in came]
    others = [code for code in practice if code not in came]
    advice = {wave: set() for wave in (1, BEFORE, AFTER)}
    for row in case.ties:
        if row["relation"] == "advice":
            advice[row["wave"]].add((row["source"], row["target"]))

    def density(people: list[str], wave: int) -> float:
        pairs = [(u, v) for u in people for v in people if practice[u] != practice[v]]
        return sum(pair in advice[wave] for pair in pairs) / len(pairs)

    def change(people: list[str], wave: int) -> float:
        return density(people, wave) - density(people, wave - 1)

    def more_mutual(people: Iterable[str]) -> float:
        after, before = (planted.reciprocity(list(practice), advice[wave]) for wave in (AFTER, BEFORE))
        return fmean(after[code] for code in people if code in after) - fmean(
            before[code] for code in people if code in before
        )

    return {
        "lawyers": len(practice),
        "attendees": len(attendees),
        "advice_wave_1": len(advice[1]),
        "advice_wave_2": len(advice[BEFORE]),
        "advice_wave_3": len(advice[AFTER]),
        "attendees_across_before": density(attendees, BEFORE),
        "attendees_across_after": density(attendees, AFTER),
        "others_across_before": density(others, BEFORE),
        "others_across_after": density(others, AFTER),
        "difference_in_differences": change(attendees, AFTER) - change(others, AFTER),
        "placebo": change(attendees, BEFORE) - change(others, BEFORE),
        "attendees_reciprocity_rise": more_mutual(attendees),
        "others_reciprocity_rise": more_mutual(others),
    }


CLAIMS = (
    Claim("lawyers", "Four practices of twelve.", 0),
    Claim("attendees", "Lawyers who came to at least one round table, five of each practice.", 0),
    Claim("advice_wave_1", "Who asks whom, in wave 1.", 0),
    Claim("advice_wave_2", "The same in wave 2.", 0),
    Claim("advice_wave_3", "The same in wave 3, after the round tables.", 0),
    Claim("attendees_across_before", "Share of possible advice across practices among attendees, wave 2.", 0.0005),
    Claim("attendees_across_after", "The same in wave 3.", 0.0005),
    Claim("others_across_before", "Share of possible advice across practices among the others, wave 2.", 0.0005),
    Claim("others_across_after", "The same in wave 3.", 0.0005),
    Claim(
        "difference_in_differences",
        "What attendees gained from wave 2 to wave 3, minus what the others gained.",
        0.0005,
    ),
    Claim(
        "placebo",
        "The same from wave 1 to wave 2, when no round table had been held: it should be near zero.",
        0.0005,
    ),
    Claim(
        "attendees_reciprocity_rise",
        "How much more of an attendee's advice goes both ways in wave 3 than in wave 2, the mean over attendees.",
        0.0005,
    ),
    Claim("others_reciprocity_rise", "The same, the mean over the others.", 0.0005),
)

PLANTED = {
    CASE: {"difference_in_differences": 0.084, "placebo": 0.0, "effect": True, "selection": False},
    SELECTED: {"difference_in_differences": 0.0504, "placebo": 0.036, "effect": False, "selection": True},
}
"""What to expect over many draws: of those who share a table 0.3 · 0.03 + 0.7 · 0.15 = 0.114, which is 0.084 more; with
selection alone 0.7 · 0.03 + 0.3 · 0.15 = 0.066 in wave 2 and 0.4 · 0.066 + 0.6 · 0.15 = 0.1164 in wave 3."""


def ground_truth(seed: int = 1, *, name: str = CASE) -> dict[str, Any]:
    """Work out what is planted in one draw of ``law_firm`` or ``law_firm_selected``; the content of the JSON file."""
    draw = {CASE: tables, SELECTED: selected_tables}[name]
    return truth.ground_truth(draw, measure, CLAIMS, seed=seed, planted=PLANTED[name])
