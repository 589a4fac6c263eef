"""What others need not see of a network: exact days, free texts, rare people, and codes that may be initials."""

from __future__ import annotations

import copy
import secrets
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pandas as pd

LEAST_RECORDS = 3
LEAST_TOGETHER = 3
"""Groups with fewer people than this are called "other"."""

GROUPS = ("organisation", "sector", "group")
KEPT = ("id", "kind", "label", *GROUPS)
COUNTS = ("n_out", "n_in", "n_shared")
DATES = ("first_contact", "last_contact")
TIE_PARTS = ("source", "target", "relation", "wave", "weight", *COUNTS, *DATES, "status")


def week(day: Any) -> str:
    """The Monday of a day's week; what is no day is left out.

    Examples
    --------
    >>> week("2026-01-31"), week("2026-01-26"), week("soon"), week(None)
    ('2026-01-26', '2026-01-26', '', '')
    """
    try:
        found = date.fromisoformat(day)
    except (TypeError, ValueError):
        return ""
    return (found - timedelta(days=found.weekday())).isoformat()


def records(ties: pd.DataFrame, relations: list[Mapping[str, Any]]) -> pd.Series | None:
    """How many contacts with each person are on record; ``None`` where contacts were not counted."""
    columns = [column for column in COUNTS if column in ties]
    counted = [relation["name"] for relation in relations if relation.get("unit") == "count"]
    if columns:
        number = ties[columns].fillna(0).sum(axis=1)
    elif counted:
        number = ties["weight"].fillna(0).where(ties["relation"].isin(counted), 0)
    else:
        return None
    ends = pd.concat([ties[end].rename("person") for end in ("source", "target")])
    return pd.concat([number, number]).groupby(ends.to_numpy()).sum()


def for_others(
    nodes: pd.DataFrame, ties: pd.DataFrame, meta: Mapping[str, Any], least: int
) -> tuple[pd.DataFrame, pd.DataFrame, dict[str, Any], int | None]:
    """What others may see, and how many people were left out (``None``: contacts are not counted)."""
    ego = meta.get("ego")
    count = records(ties, meta.get("relations", []))
    rare = set() if count is None else {id for id in nodes["id"] if id != ego and count.get(id, 0) < least}
    nodes = nodes.loc[~nodes["id"].isin(rare), [column for column in KEPT if column in nodes]].copy()
    ties = ties.loc[
        ~(ties["source"].isin(rare) | ties["target"].isin(rare)), [column for column in TIE_PARTS if column in ties]
    ].copy()
    for column in GROUPS:
        if column in nodes:
            often = nodes[column].map(nodes[column].value_counts())
            is_small = (often < LEAST_TOGETHER) & nodes[column].map(lambda cell: isinstance(cell, str) and bool(cell))
            nodes[column] = nodes[column].mask(is_small, "other")
    for column in DATES:
        if column in ties:
            ties[column] = ties[column].map(week)
    codes = _new_codes(nodes["id"].tolist(), ego)
    nodes["id"] = nodes["id"].map(codes)
    if "label" in nodes:
        nodes["label"] = nodes["id"]
    for end in ("source", "target"):
        ties[end] = ties[end].map(codes)
    # In the order of the new codes: that of the old ones would give them away.
    nodes = nodes.sort_values("id", ignore_index=True)
    ties = _in_order(ties, nodes["id"].tolist(), {r["name"] for r in meta["relations"] if not r["directed"]})
    kept = ("alter_ties", "default_relation", "default_wave", "relations", "synthetic")
    said = {key: copy.deepcopy(meta[key]) for key in kept if key in meta}
    named = {"name": "shared-network", "title": "Network, for others to see", "ego": codes.get(ego)}
    told = {"contains_names": False, "pseudonymous": True, "left_out": len(rare)}
    day = {"reference_date": week(meta["reference_date"])} if meta.get("reference_date") else {}
    return nodes, ties, said | named | told | day, None if count is None else len(rare)


def _new_codes(ids: list[str], ego: str | None) -> dict[str, str]:
    """A code for everybody that says nothing: neither who it is nor where they stood in the table."""
    others = [id for id in ids if id != ego]
    secrets.SystemRandom().shuffle(others)
    width = max(2, len(str(len(others))))
    codes = {id: f"S{number:0{width}}" for number, id in enumerate(others, 1)}
    return codes | ({ego: "ego"} if ego in ids else {})


def _in_order(ties: pd.DataFrame, ids: list[str], undirected: set[str]) -> pd.DataFrame:
    """The ties by their ends; one without direction stands with the end first that comes first."""
    place = {id: k for k, id in enumerate(ids)}
    turned = [
        place[u] > place[v] and relation in undirected
        for u, v, relation in zip(ties["source"], ties["target"], ties["relation"], strict=True)
    ]
    source, target = ties["source"].copy(), ties["target"].copy()
    ties["source"], ties["target"] = source.mask(turned, target), target.mask(turned, source)
    if {"n_out", "n_in"} <= set(ties.columns):
        sent, received = ties["n_out"].copy(), ties["n_in"].copy()
        ties["n_out"], ties["n_in"] = sent.mask(turned, received), received.mask(turned, sent)
    return ties.sort_values(["relation", "wave", "source", "target"], ignore_index=True)
