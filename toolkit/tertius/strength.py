"""How strong a tie is, from records of contact: their number, age, company and balance.

A record of age d days, shared by m people, counts 2^(−d/h)/m, where h is the half-life. With c_out and c_in the sums
over what went out and what came in, and c = c_out + c_in,

    s = ln(1 + c) / ln(1 + c_max) · (½ + ½ r),    r = 2 min(c_in, c_out) / c.

A meeting counts half in each direction, so r = 1. It is recorded contact, never closeness: the closest often never
write.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from tertius.errors import GraphError, ParameterError

HALF_LIFE = 180.0
HALF_LIVES = (90.0, HALF_LIFE, 365.0)
"""Days after which a record counts half; strengths for all of them are kept, to see how much depends on the choice."""

DORMANT_AFTER = 365
STRONG, MEDIUM = 0.2, 0.5
"""The strongest fifth, and the next three tenths."""

TINY = 1e-300
"""The strength of a tie whose records are so old that nothing is left of them; a tie has some strength, or is none."""


def columns(half_life: float) -> tuple[str, str]:
    """The columns of a ties table that hold c_out and c_in for a half-life.

    Examples
    --------
    >>> columns(180.0)
    ('c_out_180', 'c_in_180')
    """
    return f"c_out_{half_life:g}", f"c_in_{half_life:g}"


def balance(c_out: np.ndarray, c_in: np.ndarray) -> np.ndarray:
    """The share r of a tie that is mutual: 0 if all went one way, 1 if both ways carry the same.

    Examples
    --------
    >>> balance(np.array([2.0, 3.0]), np.array([2.0, 0.0])).tolist()
    [1.0, 0.0]
    """
    total = c_out + c_in
    return np.divide(2 * np.minimum(c_out, c_in), total, out=np.zeros_like(total), where=total > 0)


def strength(c_out: np.ndarray, c_in: np.ndarray, c_max: float | None = None) -> np.ndarray:
    """The strength s in (0, 1] of ties, from the sums c_out and c_in.

    Parameters
    ----------
    c_out, c_in : array of float
        Weighted sums of records, as above.
    c_max : float, optional
        The largest sum that ties are compared with. Default: that of these ties.

    Examples
    --------
    >>> strength(np.array([1.5, 3.0]), np.array([1.5, 0.0])).tolist()
    [1.0, 0.5]
    """
    total = np.asarray(c_out + c_in, float)
    top = np.log1p(total.max() if c_max is None and len(total) else c_max or 0.0)
    share = np.divide(np.log1p(total), top, out=np.zeros_like(total), where=top > 0)
    return np.clip(share * (0.5 + 0.5 * balance(c_out, c_in)), TINY, 1.0)


def table(ties: pd.DataFrame, meta: dict[str, Any], ego: str | None, half_life: float | None) -> pd.DataFrame:
    """The strength of the ego's ties with all that goes into it; see `tertius.Network.strength_table`."""
    if ego is None or "n_out" not in ties.columns or "half_life" not in meta:
        raise GraphError(
            "Strengths are worked out from records of contact, such as a mailbox or a calendar, and this network has "
            "none."
        )
    chosen = float(half_life or meta["half_life"])
    known = sorted({float(name.removeprefix("c_out_")) for name in ties.columns if name.startswith("c_out_")})
    if chosen not in known:
        raise ParameterError(
            f"half_life is {chosen:g}; this network was read for {', '.join(f'{days:g}' for days in known)} days. For "
            f"another, read the file again with half_life={chosen:g}."
        )
    own = ties[((ties["source"] == ego) | (ties["target"] == ego)) & ties["n_out"].notna()]
    c_out, c_in = (own[column].to_numpy(float) for column in columns(chosen))
    today = date.fromisoformat(meta["reference_date"])
    last = [date.fromisoformat(day) for day in own["last_contact"]]
    made = pd.DataFrame(
        {
            "n_out": own["n_out"].to_numpy(int),
            "n_in": own["n_in"].to_numpy(int),
            "n_shared": own["n_shared"].to_numpy(int),
            "c": c_out + c_in,
            "r": balance(c_out, c_in),
            "recency_days": [(today - day).days for day in last],
            "s": strength(c_out, c_in),
        },
        index=pd.Index(np.where(own["source"] == ego, own["target"], own["source"]), name="id"),
    )
    made["band"] = bands(made)
    made["rank"] = _ranks(made["s"])
    agreement = {}
    for days in (HALF_LIVES[0], HALF_LIVES[-1]):
        others = _ranks(pd.Series(strength(*(own[column].to_numpy(float) for column in columns(days))), made.index))
        made[f"rank_{days:g}"] = others
        agreement[days] = float(made["rank"].corr(others)) if others.nunique() > 1 and len(made) > 1 else float("nan")
    made = made.sort_values("s", ascending=False, kind="stable")
    made.attrs = {"half_life": chosen, "rank_agreement": agreement, "reference_date": meta["reference_date"]}
    return made


def _ranks(values: pd.Series) -> pd.Series:
    return values.rank(ascending=False, method="average")


def bands(made: pd.DataFrame) -> np.ndarray:
    """In words: dormant, strong, medium or weak.

    Dormant is a tie of many records, more than the median, that has been silent for over a year. Of the others the
    strongest fifth are strong, and the next three tenths medium; equal strengths share a band.
    """
    count = (made["n_out"] + made["n_in"] + made["n_shared"]).to_numpy()
    is_dormant = (made["recency_days"].to_numpy() > DORMANT_AFTER) & (count > np.median(count) if len(count) else False)
    words = np.full(len(made), "weak", dtype=object)
    place = made["s"][~is_dormant].rank(ascending=False, method="min", pct=False).to_numpy()
    awake = np.full(len(place), "weak", dtype=object)
    awake[place <= np.ceil(MEDIUM * len(place))] = "medium"
    awake[place <= np.ceil(STRONG * len(place))] = "strong"
    words[~is_dormant] = awake
    words[is_dormant] = "dormant"
    return words
