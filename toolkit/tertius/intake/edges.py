"""From records that name two people to the ties of a network; every format of ties ends here.

Repeated, mirrored and empty ties, units and directions are settled by the rules that `edge_csv` states, or asked.
"""

from __future__ import annotations

import difflib
import re
from pathlib import PurePath
from typing import NamedTuple

import numpy as np
import pandas as pd

from tertius.intake.names import folded, masked, readable, tidy
from tertius.intake.options import ReadOptions
from tertius.intake.parts import Parsed, relation
from tertius.intake.people import People
from tertius.intake.report import Draft, plural

LARGEST_COUNT = 2.0**53
"""The largest whole number up to which all can be told apart."""


class Edges(NamedTuple):
    """The records as arrays of equal length, on their way to becoming ties."""

    source: np.ndarray
    target: np.ndarray
    weight: np.ndarray
    line: np.ndarray
    records: np.ndarray

    def where(self, chosen: np.ndarray) -> Edges:
        """Keep some of the records."""
        return Edges(*(column[chosen] for column in self))

    def pair(self, n: int) -> np.ndarray:
        """One number for each two of n people, the same in both orders."""
        return np.minimum(self.source, self.target) * n + np.maximum(self.source, self.target)


def network(
    edges: Edges,
    people: People,
    draft: Draft,
    options: ReadOptions,
    me: str | None,
    *,
    directed: bool | None,
    weight_column: str = "",
    weight_counts: bool = False,
) -> Parsed:
    """Make people and ties of records that each name two people.

    Parameters
    ----------
    edges : Edges
        The records, weights ``nan`` where there is none.
    people : People
        Everybody who is in the network, tied or not.
    directed : bool or None
        What the call or the file declares; ``None`` finds out or asks.
    weight_column : str
        What the column of weights is called, empty if there is none.
    weight_counts : bool
        Whether its name says that weights are numbers of contacts.
    """
    edges = _real_ties(edges, draft, options)
    edges, unit, scale_max = _unit(edges, weight_column, weight_counts, draft, options)
    directed = _direction(edges, people, directed, draft)
    edges = _once_each(edges, people, directed, unit, draft)
    ego = _ego(me, people, edges, draft)
    alter_ties = options.alter_ties or _alter_ties(edges, people, draft)
    name = PurePath(draft.file).stem
    meta = {
        "name": name,
        "title": readable(re.sub(r"[_-]+", " ", name)).strip() or draft.file,
        "ego": ego,
        "alter_ties": alter_ties,
        "default_relation": "tie",
        "default_wave": 1,
        "relations": [relation("tie", directed, unit, scale_max)],
        "contains_names": True,
        "pseudonymous": False,
        "synthetic": False,
    }
    return Parsed(*_tables(edges, people), meta)


def _tables(edges: Edges, people: People) -> tuple[pd.DataFrame, pd.DataFrame]:
    nodes = pd.DataFrame({"id": people.ids, "kind": "person", "label": people.labels, "group": ""})
    names = np.array(people.ids, dtype=object)
    ties = pd.DataFrame(
        {
            "source": names[edges.source].tolist(),
            "target": names[edges.target].tolist(),
            "relation": "tie",
            "wave": 1,
            "weight": edges.weight,
            "status": "observed",
            "reported_by": "",
        }
    )
    return nodes, ties


# --- from records to ties ---------------------------------------------------------------------------------------


def _real_ties(edges: Edges, draft: Draft, options: ReadOptions) -> Edges:
    """Leave out ties to oneself and weights of zero; settle missing weights."""
    own = edges.source == edges.target
    if own.any():
        n = int(own.sum())
        draft.skip("tie to oneself", n)
        told = f"{plural(n, 'line')} from a person to the same person left out; the people stay."
        draft.warn("R23", told, row=int(edges.line[own][0]), count=n)
        edges = edges.where(~own)
    missing = np.isnan(edges.weight)
    if missing.any() and not missing.all():
        edges = _fill_gaps(edges, missing, draft, options)
    zero = edges.weight == 0
    if zero.any():
        n = int(zero.sum())
        draft.skip("weight 0", n)
        told = f"A weight of 0 means no tie: {plural(n, 'line')} left out; the people stay."
        draft.warn("R29", told, row=int(edges.line[zero][0]), count=n)
        edges = edges.where(~zero)
    if not len(edges.line):
        reasons = ", ".join(f"{n:,} {reason}" for reason, n in draft.skipped.items())
        draft.refuse("R02", f"No tie is left ({reasons}).", "A network needs at least one tie between two people.")
    return edges


def _fill_gaps(edges: Edges, missing: np.ndarray, draft: Draft, options: ReadOptions) -> Edges:
    n = int(missing.sum())
    place = {"row": int(edges.line[missing][0]), "count": n}
    said = f"{n:,} of {plural(len(missing), 'tie')} {'has' if n == 1 else 'have'} no weight"
    if options.missing_weight is None:
        hint = f'Tell me a number, {draft.call(missing_weight=1)}, or missing_weight="drop" to leave such ties out.'
        draft.refuse("R30", f"{said}, and I do not guess.", hint, **place)
    if options.missing_weight == "drop":
        draft.skip("no weight", n)
        draft.warn("R30", f"{said}; I left them out, as you said.", **place)
        return edges.where(~missing)
    draft.warn("R30", f"{said}; I read {options.missing_weight:g}, as you said.", **place)
    return edges._replace(weight=np.where(missing, float(options.missing_weight), edges.weight))


def _unit(
    edges: Edges, column: str, counts: bool, draft: Draft, options: ReadOptions
) -> tuple[Edges, str, float | None]:
    """Decide what a weight is, by the rule at the top of this module, and the top of the scale if it is a rating."""
    weight = edges.weight
    if np.isnan(weight).all():
        return _unit_without_weights(edges, column, draft, options)
    is_whole = weight == np.round(weight)
    largest = float(weight.max())
    unit = options.unit or _likely_unit(weight, bool(is_whole.all()), counts, draft, options)
    if unit == "binary" and options.unit:
        draft.note("N01", "You asked for ties without strength, so I left the weights out.")
        edges = edges._replace(weight=np.full(len(weight), np.nan))
    if unit == "count" and not is_whole.all():
        k = int(np.flatnonzero(~is_whole)[0])
        hint = f"If the weights are ratings: {draft.call(unit='rating')}."
        place = {"row": int(edges.line[k]), "column": column, "found": f"{weight[k]:g}"}
        draft.refuse("R26", "A count is a whole number.", hint, **place)
    if unit == "count" and largest > LARGEST_COUNT:
        k = int(weight.argmax())
        hint = f"If the weights are ratings: {draft.call(unit='rating')}."
        place = {"row": int(edges.line[k]), "column": column, "found": f"{largest:g}"}
        draft.refuse("R27", "Nobody has had that many contacts.", hint, **place)
    if unit != "rating":
        return edges, unit, None
    scale_max = float(options.scale_max or largest)
    over = np.flatnonzero(weight > scale_max)
    if over.size:
        hint = f"Mend the rating, or raise the scale: {draft.call(scale_max=largest)}."
        place = {"row": int(edges.line[over[0]]), "column": column, "found": f"{weight[over[0]]:g}"}
        draft.refuse("R33", f"The scale ends at {scale_max:g}.", hint, count=int(over.size), **place)
    nothing = np.flatnonzero(weight / scale_max == 0)
    if nothing.size:
        place = {"row": int(edges.line[nothing[0]]), "column": column, "found": f"{weight[nothing[0]]:g}"}
        told = f"Beside {scale_max:g} it is too small to tell from 0."
        draft.refuse("R33", told, "Look whether both are right.", count=int(nothing.size), **place)
    return edges, unit, scale_max


def _likely_unit(weight: np.ndarray, are_whole: bool, counts: bool, draft: Draft, options: ReadOptions) -> str:
    largest = float(weight.max())
    if options.scale_max is None and (weight == 1).all():
        draft.note("N01", "All weights are 1, so a tie is only there or not.")
        return "binary"
    if options.scale_max is None and are_whole and (largest > 10 or counts):
        draft.note(
            "N01",
            f"I took the weights, whole numbers up to {largest:,.0f}, as numbers of contacts.",
            f"If they are ratings: {draft.call(unit='rating')}.",
        )
        return "count"
    told = f"I took the weights, {'whole ' * are_whole}numbers up to {largest:g}, as ratings"
    if options.scale_max is None:
        hint = f"If the scale goes higher, say how far, such as {draft.call(scale_max=float(f'{2 * largest:.2g}'))}."
        if are_whole:
            hint = f"If they count contacts: {draft.call(unit='count')}."
        draft.note("N01", f"{told}, and {largest:g} as the top of the scale.", hint)
    else:
        draft.note("N01", f"{told} on a scale up to {options.scale_max:g}, as you said.")
    return "rating"


def _unit_without_weights(
    edges: Edges, column: str, draft: Draft, options: ReadOptions
) -> tuple[Edges, str, float | None]:
    if options.unit == "rating":
        hint = "Leave unit out, or name the column that holds the weights: weight=..."
        draft.refuse("R14", 'You asked for unit="rating", and the file has no weights.', hint)
    if options.unit == "count":
        draft.note("N01", "There are no weights; as you said, I counted each line as one contact.")
        return edges._replace(weight=np.ones(len(edges.weight))), "count", None
    why = "no column holds weights" if not column else "the column of weights is empty"
    draft.note("R31", f"Ties have no strength: {why}, so each tie is only there or not.")
    return edges, "binary", None


def _direction(edges: Edges, people: People, directed: bool | None, draft: Draft) -> bool:
    """Decide the direction: as declared, else undirected if no two people stand in both orders, else ask."""
    if directed is not None:
        return directed
    pair, forward = edges.pair(len(people)), edges.source < edges.target
    both = np.intersect1d(pair[forward], pair[~forward])
    if both.size:
        of_pair = edges.where(pair == both[0])
        second = int(np.flatnonzero(of_pair.source != of_pair.source[0])[0])
        draft.refuse(
            "R40",
            f"The same two stand the other way round {draft.at(of_pair.line[0])}, so a line may have a "
            "direction or not.",
            f"Tell me: {draft.call(directed=True)} if a line goes from the first person to the second, "
            "or directed=False if the two share the tie.",
            row=int(of_pair.line[second]),
            found=_named_tie(of_pair, second, people),
            count=int(both.size),
        )
    draft.warn(
        "R40",
        "The file does not say whether ties have a direction, and no two people stand in both orders, so I read each "
        "tie as shared by both.",
        f"If a line goes from the first person to the second: {draft.call(directed=True)}.",
    )
    return False


def _named_tie(edges: Edges, k: int, people: People) -> str:
    return f"{masked(people.ids[edges.source[k]])} – {masked(people.ids[edges.target[k]])}"


def _once_each(edges: Edges, people: People, directed: bool, unit: str, draft: Draft) -> Edges:
    """Join lines that state the same tie, in the order in which ties first appear."""
    edges = _join_repeats(edges, unit, people, draft)
    if directed:
        return edges
    edges = _join_mirrored(edges, people, draft)
    return edges._replace(source=np.minimum(edges.source, edges.target), target=np.maximum(edges.source, edges.target))


def _join_repeats(edges: Edges, unit: str, people: People, draft: Draft) -> Edges:
    """Join lines that name the same two people in the same order."""
    first, group, again = _groups(edges.source * len(people) + edges.target)
    if not again.any():
        return edges
    n, row = int(again.sum()), int(edges.line[again][0])
    if unit == "count":
        draft.warn("R24", f"{plural(n, 'line')} name a tie again; I added up the counts.", row=row, count=n)
        totals, records = (np.bincount(group, weights=column) for column in (edges.weight, edges.records))
        edges = edges._replace(weight=totals[group], records=records[group].astype(np.int64))
    else:
        _refuse_unequal("R24", edges, first[group], people, draft)
        draft.skip("line that repeats a tie", n)
        told = f"{plural(n, 'line')} repeat a tie with the same weight; I kept each tie once."
        hint = f"If every line is one contact: {draft.call(unit='count')}."
        draft.warn("R24", told, hint, row=row, count=n)
    return edges.where(np.sort(first))


def _join_mirrored(edges: Edges, people: People, draft: Draft) -> Edges:
    """Join lines that name the same two people in both orders."""
    first, group, again = _groups(edges.pair(len(people)))
    if not again.any():
        return edges
    _refuse_unequal("R25", edges, first[group], people, draft)
    n = int(again.sum())
    draft.skip("tie listed the other way round", int(edges.records[again].sum()))
    told = f"{plural(n, 'tie')} stand in both orders with the same weight; I kept one of the two."
    draft.warn("R25", told, row=int(edges.line[again][0]), count=n)
    return edges.where(np.sort(first))


def _groups(key: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Where each key stands first; the group of each entry; whether an entry's key came before."""
    _, first, group = np.unique(key, return_index=True, return_inverse=True)
    return first, group, first[group] != np.arange(len(key))


def _refuse_unequal(code: str, edges: Edges, earlier: np.ndarray, people: People, draft: Draft) -> None:
    """Refuse if a tie's weight differs from the one it had ``earlier``."""
    before = edges.weight[earlier]
    unequal = np.flatnonzero((edges.weight != before) & ~np.isnan(edges.weight))
    if not unequal.size:
        return
    k = int(unequal[0])
    if code == "R24":
        turned = ""
        hint = f"Keep one of the lines; or, if the weights count contacts, {draft.call(unit='count')} adds them up."
    else:
        turned = ", the other way round"
        hint = f"Give both the same weight, or keep the two directions apart: {draft.call(directed=True)}."
    draft.refuse(
        code,
        f"This tie has the weight {edges.weight[k]:g} here and {before[k]:g} "
        f"{draft.at(edges.line[earlier[k]])}{turned}.",
        hint,
        row=int(edges.line[k]),
        found=_named_tie(edges, k, people),
        count=int(unequal.size),
    )


# --- whose network it is, and how much of it the file knows ------------------------------------------------------


def _ego(me: str | None, people: People, edges: Edges, draft: Draft) -> str | None:
    if me is None:
        return None
    name = tidy(me)
    if people.known.get(name) is not None:
        return name
    alike = [k for k, other in enumerate(people.ids) if folded(other) == folded(name)]
    if not alike and len(people) <= 5_000:
        alike = [people.ids.index(near) for near in difflib.get_close_matches(name, people.ids, n=1, cutoff=0.8)]
    if alike:
        shown = f"The nearest name, {masked(people.ids[alike[0]])!r}, stands {draft.at(people.lines[alike[0]])}."
    else:
        ties_of = np.bincount(np.concatenate([edges.source, edges.target]), minlength=len(people))
        most = np.argsort(-ties_of, kind="stable")[:3].tolist()
        candidates = [
            f"{masked(people.ids[k])!r} {draft.at(people.lines[k])} ({plural(int(ties_of[k]), 'tie')})" for k in most
        ]
        shown = f"Those with the most ties are {', '.join(candidates)}."
    hint = "Write me= exactly as in the file, or leave it out."
    draft.refuse("R42", f"Nobody in the file is called {masked(name)!r}. {shown}", hint)


def _alter_ties(edges: Edges, people: People, draft: Draft) -> str:
    """What the file knows about ties among contacts: nothing, if every tie involves the same person."""
    if len(np.union1d(edges.source, edges.target)) >= 4:
        for k in (edges.source[0], edges.target[0]):
            if ((edges.source == k) | (edges.target == k)).all():
                draft.warn(
                    "R43",
                    f"Every tie involves {masked(people.ids[k])!r}: this is a list of one person's contacts, and it "
                    "does not say which of them know each other. Measures that need to know will refuse.",
                    f"If they really do not know each other: {draft.call(alter_ties='reported')}.",
                )
                return "none"
    return "reported"
