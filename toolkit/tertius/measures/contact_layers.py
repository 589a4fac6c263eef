"""Contacts in layers, from the few who are closest to the many who are known."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from itertools import pairwise

import numpy as np
import pandas as pd

from tertius.errors import GraphError, ParameterError


def contact_layers(
    strength: Mapping[Hashable, float],
    hours: Mapping[Hashable, float] | None = None,
    *,
    cuts: Sequence[int] = (5, 15, 50, 150),
) -> pd.DataFrame:
    """Cut contacts, sorted by strength, into layers, each holding those of the layers before.

    That there are about 5, 15, 50 and 150 contacts in such layers is often said and contested [1]_: these numbers
    are where to cut, not what to find.

    Parameters
    ----------
    strength : mapping or pandas.Series
        For each contact, larger is closer.
    hours : mapping or pandas.Series, optional
        For each contact, the time spent; who is missing gets none.
    cuts : sequence of int
        How many contacts are within each layer at most, rising, from 1. Contacts who are equally close are never cut
        apart: they all go to the outer layer.

    Returns
    -------
    pandas.DataFrame
        One row a layer, indexed by its cut (``inf`` for those beyond the last): ``size`` (contacts in this layer and in
        none before), ``weakest`` (least strength among them, ``nan`` if there is none) and, with ``hours``, ``hours``
        and ``share`` of all hours (``nan`` if there are none).

    Raises
    ------
    GraphError
        If a strength or a number of hours is missing or no finite number.
    ParameterError
        If the cuts do not rise.

    References
    ----------
    .. [1] Lindenfors, Wartel and Lind, Biology Letters 17 (2021), 20210158.

    Examples
    --------
    >>> contact_layers({"Ann": 5, "Bo": 3, "Cy": 3}, cuts=[2])["size"].to_list()  # Bo and Cy are equally close
    [1, 2]
    """
    cuts = [int(cut) for cut in cuts]
    if not cuts or cuts[0] < 1 or any(b <= a for a, b in pairwise(cuts)):
        raise ParameterError(f"cuts is {cuts!r}; it holds rising whole numbers from 1, such as 5, 15, 50, 150.")
    people = list(strength.keys())
    close = np.array([_number(strength, person, "strength") for person in people])
    order = np.argsort(-close, kind="stable")
    ranked = close[order]
    ends = []
    for cut in cuts:
        # Whoever is as close as the first one outside goes outside too.
        inside = cut if cut >= len(ranked) else int(np.searchsorted(-ranked, -ranked[cut], side="left"))
        ends.append(min(inside, len(ranked)))
    bounds = [0, *ends, len(ranked)]
    parts = [order[a:b] for a, b in pairwise(bounds)]
    table = pd.DataFrame(
        {
            "size": [len(part) for part in parts],
            "weakest": [close[part].min() if len(part) else np.nan for part in parts],
        },
        pd.Index([*cuts, np.inf], name="layer"),
    )
    if hours is not None:
        spent = np.array([_number(hours, person, "number of hours") if person in hours else 0.0 for person in people])
        table["hours"] = [spent[part].sum() for part in parts]
        table["share"] = table["hours"] / spent.sum() if spent.sum() else np.nan
    return table


def _number(values: Mapping, person: Hashable, what: str) -> float:
    value = values[person]
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = np.nan
    if not np.isfinite(number):
        raise GraphError(f"The {what} of {person!r} is {value!r}; give a finite number, or leave the contact out.")
    return number
