"""``ground_truth.json``: what was planted in a case, as it came out in one draw and over many."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any

from tertius.data.tables import Tables

CHECKED_SEEDS = range(20)
"""Every claim is measured in each of these draws."""


@dataclass(frozen=True)
class Claim:
    """Something that was planted in a case, and how to recognise it.

    Attributes
    ----------
    measure : str
        Its key in what the case's ``measure`` returns.
    claim : str
        What it says.
    tolerance : float
        How far another calculation may be from the figure: 0 for counts, rounding for what involves no chance beyond
        the draw, and otherwise four standard errors.
    by_construction : bool
        Whether the generator makes it so, so that finding it is no evidence about anything else.
    """

    measure: str
    claim: str
    tolerance: float
    by_construction: bool = True


def ground_truth(
    draw: Callable[[int], Tables],
    measure: Callable[[Tables], Mapping[str, float]],
    claims: Sequence[Claim],
    *,
    seed: int = 1,
    exact: Callable[[Mapping[str, float]], Mapping[str, float]] = lambda found: {},
    **more: Any,
) -> dict[str, Any]:
    """Work out what is planted in one draw of a case, and how far the same holds over `CHECKED_SEEDS`.

    Parameters
    ----------
    draw : callable
        Makes the case from a seed.
    measure : callable
        Measures what is planted in a draw: one number for each claim.
    claims : sequence of Claim
    seed : int, default 1
    exact : callable, optional
        From what was measured, those figures that are known exactly, without the chance of measuring.
    **more
        What else belongs into the file, such as settings of the measures.

    Returns
    -------
    dict
        The content of ``ground_truth.json``; figures are rounded to four decimals.
    """
    case = draw(seed)
    found = dict(measure(case))
    found |= exact(found)
    others = [measure(draw(other)) for other in CHECKED_SEEDS]
    return {
        "schema": 1,
        "name": case.meta["name"],
        "seed": seed,
        "parameters": case.meta["parameters"],
        "checked_seeds": [CHECKED_SEEDS[0], CHECKED_SEEDS[-1]],
        "claims": [
            _entry(claim, found[claim.measure], [values[claim.measure] for values in others]) for claim in claims
        ],
    } | more


def _entry(claim: Claim, expected: float, over_seeds: Sequence[float]) -> dict[str, Any]:
    return {
        "measure": claim.measure,
        "claim": claim.claim,
        "expected": round(expected, 4),
        "tolerance": claim.tolerance,
        "by_construction": claim.by_construction,
        "over_seeds": {
            "least": round(min(over_seeds), 4),
            "mean": round(fmean(over_seeds), 4),
            "greatest": round(max(over_seeds), 4),
        },
    }
