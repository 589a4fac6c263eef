"""`HeatMap`: one number for every combination of two settings, with a sentence and a table that say the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.figure import Figure as Canvas

from tertius.draw.picture import INK
from tertius.draw.words import percent
from tertius.errors import ParameterError

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

WRITTEN = 150
"""With more fields than this, numbers are in the table alone."""


@dataclass(frozen=True)
class HeatMap:
    """What a heat map shows, before it is drawn.

    Attributes
    ----------
    title, across, up : str
        ``across`` and ``up`` name the two settings.
    columns, rows : tuple
        Their values.
    shares : numpy.ndarray, float, shape (rows, columns)
        In [0, 1]; ``nan`` where there are none.
    sentence : str
        What it shows.
    """

    title: str
    across: str
    up: str
    columns: tuple
    rows: tuple
    shares: np.ndarray
    sentence: str

    def table(self) -> tuple[tuple[str, ...], ...]:
        """The shares as rows of texts, the highest setting first, as drawn; the first row is the head."""
        head = (f"{self.up} \\ {self.across}", *map(_named, self.columns))
        body = [
            (_named(name), *("–" if np.isnan(share) else percent(share) for share in row))
            for name, row in zip(self.rows, self.shares, strict=True)
        ]
        return head, *reversed(body)


def heat_map(table: pd.DataFrame, across: str, up: str, observed: str, *, title: str = "") -> HeatMap:
    """Put the mean of a share for every combination of two settings in fields, such as those of a sweep.

    Parameters
    ----------
    table : pandas.DataFrame
        A row for each run, as `tertius.simulate.sweep` returns it. Of several steps the last is shown.
    across, up : str
        Two of its settings.
    observed : str
        The share to show; the mean is over runs, and over settings other than these two.
    title : str, optional

    Returns
    -------
    HeatMap

    Raises
    ------
    ParameterError
        If the table lacks a column, is empty, or ``observed`` is no share.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"p": [0, 0, 1, 1], "k": [1, 1, 1, 1], "share": [0.0, 0.5, 1.0, 1.0]})
    >>> heat_map(table, "p", "k", "share").shares.tolist()
    [[0.25, 1.0]]
    """
    for name in (across, up, observed):
        if name not in table:
            raise ParameterError(f"The table has no column {name!r}; it has {', '.join(map(repr, table))}.")
    if not len(table):
        raise ParameterError("The table has no rows, so there is nothing to show.")
    if not table[observed].dropna().between(0, 1).all():
        raise ParameterError(f"{observed!r} is not a share, from 0 to 1, in every row.")
    last = table[table["step"] == table["step"].max()] if "step" in table else table
    means = last.pivot_table(index=up, columns=across, values=observed, aggfunc="mean", dropna=False)
    shares = means.to_numpy(float)
    columns, rows = tuple(means.columns.tolist()), tuple(means.index.tolist())
    label, of_columns, of_rows = (name.replace("_", " ") for name in (observed, across, up))

    def told(flat: int) -> str:
        row, column = np.unravel_index(flat, shares.shape)
        where = f"{of_columns} {_named(columns[column])} and {of_rows} {_named(rows[row])}"
        return f"{percent(shares[row, column])} with {where}"

    return HeatMap(
        title=title or f"{label}, mean of the runs",
        across=of_columns,
        up=of_rows,
        columns=columns,
        rows=rows,
        shares=shares,
        sentence=f"The {label} is lowest, {told(int(np.nanargmin(shares)))}, and highest, "
        f"{told(int(np.nanargmax(shares)))}.",
    )


def draw_heat_map(shown: HeatMap, ax: Axes | None = None) -> Axes:
    """Draw a heat map, dark where a share is high; the numbers are written into the fields while there is room.

    Parameters
    ----------
    shown : HeatMap
    ax : matplotlib.axes.Axes, optional
        Drawn on, and returned; a new one if left out.

    Returns
    -------
    matplotlib.axes.Axes
    """
    ax = ax or Canvas(figsize=(6.4, 4.0), layout="constrained").subplots()
    ax.imshow(shown.shares, cmap="cividis_r", vmin=0, vmax=1, origin="lower", aspect="auto")
    if shown.shares.size <= WRITTEN:
        for (row, column), share in np.ndenumerate(shown.shares):
            said = "–" if np.isnan(share) else percent(share)
            colour = "white" if share > 0.5 else "black"
            ax.text(column, row, said, ha="center", va="center", color=colour, fontsize=9)
    ax.set_xticks(range(len(shown.columns)), [_named(value) for value in shown.columns])
    ax.set_yticks(range(len(shown.rows)), [_named(value) for value in shown.rows])
    ax.set(xlabel=shown.across, ylabel=shown.up)
    ax.set_title(shown.title, loc="left", fontsize=11, color=INK)
    return ax


def _named(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)
