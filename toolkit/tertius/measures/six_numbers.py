"""A person's network in six numbers, each with its range, its trap, and what to do and not to conclude."""

from __future__ import annotations

import html
import textwrap
from collections.abc import Hashable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from tertius.intake.names import readable
from tertius.intake.report import plural
from tertius.measures.ego_map import STRUCTURAL, EgoMap, found_ego
from tertius.measures.ego_words import FEW, WORDS, Facts, Words, range_words, summary
from tertius.measures.forgetting import A_FIFTH, WEAK_BELOW, Forgetting, ForgottenNames, forget_names, scaled
from tertius.measures.groups import Groups, Membership, membership
from tertius.ties import Ties

GROUP_COLUMNS = ("sector", "group", "organisation")
"""Columns that say where people are from, best first."""

CLOSING = (
    "Choose one of these steps, the one that serves your goal, and give it a date. These are numbers of a map, not of "
    "a person: do not rank anybody by them, yourself included. Before you compare two maps, read their ranges; where "
    "these overlap, call it undecided. What open and closed circles are good for is known mostly from models and "
    "from observation (lesson 01)."
)


@dataclass(frozen=True)
class Finding:
    """One number of a map.

    Attributes
    ----------
    measure, heading : str
        Its name in tables and for people.
    value, low, median, high : float
        Of the map, and of the maps with some names forgotten; ``nan`` where it is not known.
    words : Words or None
        What it says.
    range : str
        What forgetting does to it.
    unknown : str
        Why it is not known; empty if it is.
    """

    measure: str
    heading: str
    value: float = float("nan")
    low: float = float("nan")
    median: float = float("nan")
    high: float = float("nan")
    words: Words | None = None
    range: str = ""
    unknown: str = ""

    def lines(self) -> list[tuple[str, str]]:
        """What stands under the heading: a label and a text each."""
        if self.words is None:
            return [("Not known", self.unknown)]
        words = self.words
        return [
            ("It says", words.says),
            ("Range", self.range),
            ("Its trap", words.trap),
            ("You could", words.could),
            ("Do not conclude", words.never),
        ]

    @property
    def title(self) -> str:
        """The heading with the number."""
        return f"{self.heading}: {self.words.shown}" if self.words else self.heading


@dataclass(frozen=True)
class EgoReport:
    """A person's network in six numbers; print it, or leave it as the last line of a notebook cell.

    Made by `tertius.ego_report`.

    Attributes
    ----------
    ego : str
        Whose network it is.
    opening : str
        What the report is made from.
    summary : str
        What the map suits, in a few sentences; empty if nothing can be said.
    notes : tuple of str
        What to know before reading, a sentence or two each.
    findings : tuple of Finding
        The six numbers; empty if there are no contacts.
    """

    ego: str
    opening: str
    summary: str = ""
    notes: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()

    def __repr__(self) -> str:
        return f"EgoReport({self.ego!r}, {len(self.findings)} numbers)"

    def __str__(self) -> str:
        paragraphs = [self.opening, self.summary, *self.notes]
        blocks = [textwrap.fill(text, 100, break_on_hyphens=False) for text in paragraphs if text]
        for k, finding in enumerate(self.findings, 1):
            lines = [f"{k}  {finding.title}"]
            for label, text in finding.lines():
                first, rest = f"   {label:17}", " " * 20
                lines.append(
                    textwrap.fill(text, 100, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False)
                )
            blocks.append("\n".join(lines))
        if self.findings:
            blocks.append(textwrap.fill(CLOSING, 100))
        return "\n\n".join(blocks)

    def _repr_html_(self) -> str:
        parts = [f"<p>{html.escape(text)}</p>" for text in (self.opening, self.summary, *self.notes) if text]
        for k, finding in enumerate(self.findings, 1):
            parts.append(f"<h4>{k}. {html.escape(finding.title)}</h4><dl>")
            parts += [f"<dt>{label}</dt><dd>{html.escape(text)}</dd>" for label, text in finding.lines()]
            parts.append("</dl>")
        if self.findings:
            parts.append(f"<p>{html.escape(CLOSING)}</p>")
        return f'<div class="tertius-ego-report" style="max-width:46rem">{"".join(parts)}</div>'

    def frame(self) -> pd.DataFrame:
        """Return the report as a table.

        Returns
        -------
        pandas.DataFrame
            A row for each number (``size``, ``density``, ``effective_size``, ``constraint``, ``variety``,
            ``weak_share``), with the columns ``value``, ``low``, ``median``, ``high`` (``nan`` where not known) and
            ``shown``, ``range``, ``says``, ``trap``, ``could``, ``never``, ``unknown``.
        """
        texts = ("shown", "says", "trap", "could", "never")
        rows = [
            {
                **{name: getattr(finding, name) for name in ("value", "low", "median", "high", "range", "unknown")},
                **{name: getattr(finding.words, name) if finding.words else "" for name in texts},
            }
            for finding in self.findings
        ]
        columns = ["value", "low", "median", "high", "shown", "range", "says", "trap", "could", "never", "unknown"]
        return pd.DataFrame(rows, [finding.measure for finding in self.findings], columns)


def ego_report(
    network,
    ego: Hashable | None = None,
    *,
    groups: Groups | None = None,
    rule: Forgetting = A_FIFTH,
    runs: int = 500,
    seed: int = 1,
    relation: str | None = None,
    wave: int | None = None,
) -> EgoReport:
    """Tell a person's network in six numbers that can be acted on, and how far each can be trusted.

    How many contacts there are; how many pairs of them know each other; how many do not overlap; how far they lead back
    to the same people; how varied they are; how many ties are weak. The first three say what the map suits, gaps or
    closure; the fourth, whom it hangs on; the last two, where something new could come from. Each comes with its range
    had a few more names been forgotten, with what misleads about it, one thing to do, and what not to conclude.

    Parameters
    ----------
    network : Network, networkx graph or Ties
        Contacts in either direction count.
    ego : node, optional
        Whose network; the network's own ego if left out.
    groups : str, mapping or pandas.Series, optional
        A column of the people, or who is in which group. If left out: the column ``sector``, ``group`` or
        ``organisation``, the first of these that tells people apart.
    rule : Forgetting
        Which names are forgotten for the ranges: by default a fifth of them, the weakest ties first.
    runs : int
        How often.
    seed : int
        The same seed gives the same report.
    relation, wave : optional
        Of a `Network`; its defaults if left out.

    Returns
    -------
    EgoReport
        A number that the data cannot know says so, and why, instead of a value. Who has no contacts gets one sentence.

    Raises
    ------
    GraphError
        If the person is not in the network, or nobody is named and the network does not say whose it is.
    ParameterError
        If ``groups`` names no column, or ``runs`` or ``seed`` is no whole number.

    Examples
    --------
    >>> import networkx as nx
    >>> star = nx.star_graph(["me", "Ann", "Bo", "Cy", "Di", "Ed", "Flo"])
    >>> star.add_edges_from([("Ann", "Bo"), ("Bo", "Cy"), ("Cy", "Di"), ("Di", "Ed"), ("Ed", "Flo")])
    >>> report = ego_report(star, "me")
    >>> report.frame()["shown"]["effective_size"]  # 6 - 10/6
    '4.3 of 6'
    """
    ties = Ties.of(network, relation, wave, directed=False)
    names = _labels(network)
    own = EgoMap.of(ties, ties.ids[found_ego(network, ties, ego)])
    whose = _name(names, ties.ids[own.ego])
    if not len(own):
        return EgoReport(whose, _nothing_to_count(network, ties.ids[own.ego], whose, relation))
    kind, members = _groups(network, ties, groups)
    mapping = None if members is None else _known(ties, members)
    forgotten = forget_names(ties, ties.ids[own.ego], rule, groups=mapping, runs=runs, seed=seed)
    facts = _facts(own, names, forgotten, kind, members, _silence(network, own, relation, wave))
    table = forgotten.frame()
    findings = tuple(_finding(measure, table, facts, own, members) for measure in WORDS)
    density, weak = (forgotten.values.get(measure, np.nan) for measure in ("density", "weak_share"))
    return EgoReport(
        whose, _opening(whose, own, network), summary(facts, density, weak), _notes(own, forgotten), findings
    )


def _labels(network) -> Mapping[Hashable, str]:
    """What people are called for readers, if the network says it."""
    nodes = getattr(network, "nodes", None)
    if isinstance(nodes, pd.DataFrame) and "label" in nodes:
        return {node: label for node, label in zip(nodes["id"], nodes["label"], strict=True) if isinstance(label, str)}
    return {}


def _name(names: Mapping[Hashable, str], node: Hashable) -> str:
    return readable(names.get(node) or str(node))


def _nothing_to_count(network, ego: Hashable, whose: str, relation: str | None) -> str:
    """Say that somebody has no contacts; if they have some of another kind, how to ask for those."""
    ties = getattr(network, "ties", None)
    if isinstance(ties, pd.DataFrame):
        relation = relation or network.meta["default_relation"]
        others = ties.loc[(ties["source"] == ego) | (ties["target"] == ego), "relation"].unique()
        if named := [repr(other) for other in others if other != relation]:
            return (
                f"{whose} has no contacts by {relation!r} in this network, but by {', '.join(named)}. Say which to "
                f"count, relation={named[0]}, or take what {whose} could draw: network.own_map()."
            )
    return f"{whose} has no contacts in this network, so there is nothing to count yet."


def _groups(network, ties: Ties, groups: Groups | None) -> tuple[str, Membership | None]:
    """The word for a group, and who is in which; a column is looked for if none is named."""
    if groups is not None:
        return (groups if isinstance(groups, str) else "group"), membership(network, ties, groups)
    for column in GROUP_COLUMNS:
        try:
            members = membership(network, ties, column)
        except ValueError:  # no such column, or it is empty
            continue
        if len(members.labels) > 1:
            return column, members
    return "", None


def _known(ties: Ties, members: Membership) -> dict[Hashable, Hashable]:
    pairs = zip(ties.ids, members.number.tolist(), strict=True)
    return {node: members.labels[number] for node, number in pairs if number >= 0}


def _silence(network, own: EgoMap, relation: str | None, wave: int | None) -> tuple[int, int] | None:
    """Which contact has been out of touch longest, by position among the contacts, and for how many days."""
    ties = getattr(network, "ties", None)
    if not isinstance(ties, pd.DataFrame) or "last_contact" not in ties:
        return None
    dates = pd.to_datetime(ties["last_contact"], errors="coerce")
    today = pd.to_datetime(network.meta.get("reference_date") or dates.max(), errors="coerce")
    declared = network.relation(relation)["name"]
    wave = network.meta.get("default_wave", 1) if wave is None else wave
    ego = own.ties.ids[own.ego]
    chosen = (ties["relation"] == declared) & (ties["wave"] == wave) & dates.notna()
    place = {name: k for k, name in enumerate(own.names)}
    last: dict[int, pd.Timestamp] = {}
    for source, target, date in zip(ties["source"][chosen], ties["target"][chosen], dates[chosen], strict=True):
        if ego in (source, target):
            contact = place.get(target if source == ego else source)
            if contact is not None:
                last[contact] = max(date, last.get(contact, date))
    if not last or pd.isna(today):
        return None
    longest = min(last, key=lambda contact: (last[contact], contact))
    return longest, max(0, (today - last[longest]).days)


def _facts(
    own: EgoMap,
    names: Mapping[Hashable, str],
    forgotten: ForgottenNames,
    kind: str,
    members: Membership | None,
    silence: tuple[int, int] | None,
) -> Facts:
    called = [_name(names, node) for node in own.names]
    weak = np.flatnonzero(scaled(own) < WEAK_BELOW - 1e-9).tolist() if "weak_share" in forgotten.values else []
    knows = own.ties.alter_ties != "none"
    known = own.tied.sum(axis=1)
    top = None if forgotten.top_contact is None else own.names.index(forgotten.top_contact)
    sizes, missing = [], []
    if members is not None:
        number = members.number[own.contacts]
        counts = np.bincount(number[number >= 0], minlength=len(members.labels))
        order = np.argsort(-counts, kind="stable").tolist()
        sizes = [(readable(str(members.labels[k])), int(counts[k])) for k in order if counts[k]]
        missing = [readable(str(members.labels[k])) for k in sorted(order) if not counts[k]]
    return Facts(
        contacts=len(own),
        forgotten=forgotten.forgotten,
        pairs_tied=int(known.sum()) // 2,
        knows_alters=knows,
        top="" if top is None else called[top],
        top_known=0 if top is None else int(known[top]),
        kind=kind,
        group_sizes=tuple(sizes),
        missing=tuple(missing),
        weak=tuple(called[k] for k in weak),
        unshared=tuple(called[k] for k in weak if knows and not known[k]),
        silent="" if silence is None else called[silence[0]],
        silent_days=0 if silence is None else silence[1],
    )


def _finding(measure: str, table: pd.DataFrame, facts: Facts, own: EgoMap, members: Membership | None) -> Finding:
    heading, write, words = WORDS[measure]
    if measure not in table.index or np.isnan(table.loc[measure, "value"]):
        return Finding(measure, heading, unknown=_why_unknown(measure, own, members))
    value, median, low, high, _ = table.loc[measure].tolist()
    reading = range_words(value, low, high, facts, write)
    return Finding(measure, heading, value, low, median, high, words(value, facts), reading)


def _why_unknown(measure: str, own: EgoMap, members: Membership | None) -> str:
    if measure in STRUCTURAL and own.ties.alter_ties == "none":
        if measure != STRUCTURAL[0]:
            return "For the same reason as density."
        return (
            "This file does not say which of your contacts know each other: it is a star around you, and any number "
            "would be invented. Add ties among the contacts who matter most, then ask again."
        )
    if measure == "density":
        return "With one contact there is no pair who could know each other."
    if measure == "weak_share":
        return "The map does not say how strong your ties are, or says the same of all. Rate them from 1 to 5."
    if members is None:
        return (
            "The map does not say where people are from. Say of each on your map from which organisation, team or "
            "field; in a file it is a column such as sector; in code: groups={'Ann': 'law', …}."
        )
    return "None of your contacts has a group on this map. Fill in the column for them."


def _opening(whose: str, own: EgoMap, network) -> str:
    known = own.ties.alter_ties != "none"
    among = f"{plural(int(own.tied.sum()) // 2, 'tie')} among them" if known else "ties among them not known"
    title = readable(str(getattr(network, "meta", {}).get("title") or ""))
    source = f" in “{title}”" if title else ""
    who = "Your network" if whose == "me" else f"The network of {whose}"
    return f"{who}{source} in six numbers: {plural(len(own), 'contact')}, {among}."


def _notes(own: EgoMap, forgotten: ForgottenNames) -> tuple[str, ...]:
    notes = []
    if own.ties.alter_ties in ("partial", "inferred"):
        notes.append(
            f"Ties among your contacts are {own.ties.alter_ties} here. Those that are missing would make density and "
            "constraint larger and effective size smaller."
        )
    if len(own) < FEW:
        notes.append(
            f"With {plural(len(own), 'contact')}, every name moves every number a lot: read this as a list of people, "
            "not as a measurement."
        )
    if forgotten.forgotten:
        which = {
            "weakest": "the weakest ties first, equal ones by lot",
            "random": "by lot",
            "graded": "mostly weak ties",
        }
        how = which["random"] if np.ptp(own.strength) == 0 else which[forgotten.rule.which]
        notes.append(
            f"A range shows what a number would be had you forgotten {forgotten.forgotten} of these {len(own)} names "
            f"as well ({how}); nine of ten such maps lie within. Asked from memory, the residents of one hall left "
            "out a fifth of their friends there (Brewer and Webster 1999, Observational)."
        )
    return tuple(notes)
