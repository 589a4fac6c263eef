"""What every invented case has: columns that all share, settings that are checked, and what it says about itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from itertools import combinations
from typing import Any, TypeVar

from tertius.data.tables import Field
from tertius.errors import choose_from

Settings = TypeVar("Settings")

LABEL = Field("label", "string", "What pictures call the person: the code.", {"required": True})
PERSON = Field("kind", "string", "What the node is.", {"required": True, "enum": ["person"]})


def id_field(description: str) -> Field:
    """Return the column of codes."""
    return Field("id", "string", description, {"required": True, "unique": True})


def group_field(description: str, names: Sequence[str], *, ego_has_one: bool = True) -> Field:
    """Return the column of groups."""
    return Field("group", "string", description, {"required": True, "enum": list(names)} if ego_has_one else {})


def end_fields(source: str, target: str) -> tuple[Field, Field]:
    """Return the columns of the two ends of a tie."""
    return (
        Field("source", "string", source, {"required": True}),
        Field("target", "string", target, {"required": True}),
    )


def codes(letter: str, size: int, largest: int) -> list[str]:
    """Return the codes of a group, such as A01, A02, …, all of one length if no group is larger than ``largest``."""
    digits = max(2, len(str(largest)))
    return [f"{letter}{k:0{digits}d}" for k in range(1, size + 1)]


def pair(u: str, v: str) -> tuple[str, str]:
    """Return a pair as the files name it, the id that comes first in front."""
    return min(u, v), max(u, v)


def pairs_of(people: Sequence[str]) -> list[tuple[str, str]]:
    """Return every pair of people once, in the order of the ids."""
    return list(combinations(sorted(people), 2))


def relation(
    name: str,
    unit: str,
    *,
    directed: bool = False,
    two_mode: bool = False,
    scale_max: int | None = None,
    symmetrise: str = "max",
) -> dict[str, Any]:
    """Return what ``meta`` says about a relation."""
    return {
        "name": name,
        "directed": directed,
        "two_mode": two_mode,
        "unit": unit,
        "scale_max": scale_max,
        "symmetrise": symmetrise,
    }


def meta(
    name: str,
    title: str,
    *,
    ego: str,
    seed: int,
    parameters: Any,
    relations: Sequence[Mapping[str, Any]],
    reference_date: str | None = None,
    **more: Any,
) -> dict[str, Any]:
    """Return what a case says about itself; the first relation is the default one."""
    version = "1.0.0"
    return {
        "name": name,
        "title": title,
        "version": version,
        "ego": ego,
        "alter_ties": "complete",
        "default_relation": relations[0]["name"],
        "default_wave": 1,
        "reference_date": reference_date,
        "synthetic": True,
        "seed": seed,
        "parameters": asdict(parameters),
        "licence": "CC0-1.0",
        "citation": f"The tertius contributors. {title}. Invented data set {name}, version {version}, CC0-1.0.",
        "contains_names": False,
        "pseudonymous": False,
        "relations": list(relations),
    } | more


def settings(kind: type[Settings], given: Mapping[str, Any]) -> Settings:
    """Return the settings of a case with those that were given.

    Raises
    ------
    ParameterError
        If the case has no such parameter, or if one is out of its range.
    """
    for name in given:
        choose_from(name, [field.name for field in fields(kind)], "the parameter")
    return kind(**given)
