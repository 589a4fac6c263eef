"""`Chart`: a few lines over one axis, with a sentence and a table that say the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.figure import Figure as Canvas
from matplotlib.ticker import PercentFormatter

from tertius.draw.picture import INK, LINES, MARKERS
from tertius.draw.words import percent
from tertius.errors import ParameterError, choose_from

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LINE_STYLES = {"solid": LINES["solid"], "dashed": LINES["dashed"], "none": "none"}


@dataclass(frozen=True)
class Line:
    """One line of a chart.

    Attributes
    ----------
    name : str
        What the legend and the table call it.
    y : numpy.ndarray, float
        One value for each of the chart's ``x``; ``nan`` where there is none.
    colour : str
        ``#rrggbb``. Never the only cue: ``line`` or ``marker`` differs too.
    line : {"solid", "dashed", "none"}
    marker : {"disc", "ring", "square", "diamond", "triangle", "none"}
    low, high : numpy.ndarray, float, optional
        Edges of a band around it, drawn pale, and written in the table behind each ``y``.
    """

    name: str
    y: np.ndarray
    colour: str
    line: str = "solid"
    marker: str = "none"
    low: np.ndarray | None = None
    high: np.ndarray | None = None

    def __post_init__(self) -> None:
        choose_from(self.line, LINE_STYLES, "line")
        choose_from(self.marker, (*MARKERS, "none"), "marker")
        if (self.low is None) != (self.high is None):
            raise ParameterError(f"The band of {self.name!r} has one edge; it needs low and high, or neither.")

    def written(self, k: int, is_share: bool) -> str:
        """The number at place ``k``, with its band if it has one."""
        value = _written(self.y[k], is_share)
        if self.low is None:
            return value
        return f"{value} ({_written(self.low[k], is_share)} to {_written(self.high[k], is_share)})"


@dataclass(frozen=True)
class Chart:
    """What a chart shows, before it is drawn.

    Attributes
    ----------
    title, x_label, y_label : str
    x : numpy.ndarray, float
    lines : tuple of Line
    sentence : str
        What the chart shows.
    x_percent, y_percent : bool
        Whether an axis is a share, written as a percentage.
    notes : tuple of str, optional
        For each ``x`` a text for the last column of the table; ``notes_head`` is its head.
    notes_head : str
    x_names : tuple of str, optional
        What each ``x`` is called, where it is no number: at the axis and in the table.
    """

    title: str
    x_label: str
    y_label: str
    x: np.ndarray
    lines: tuple[Line, ...]
    sentence: str
    x_percent: bool = False
    y_percent: bool = True
    notes: tuple[str, ...] = ()
    notes_head: str = ""
    x_names: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        texts = [(name, getattr(self, name)) for name in ("notes", "x_names") if getattr(self, name)]
        edges = [(line.name, edge) for line in self.lines for edge in (line.y, line.low, line.high) if edge is not None]
        for name, values in (*edges, *texts):
            if len(values) != len(self.x):
                raise ParameterError(f"This chart has {len(self.x)} places, and {name!r} has {len(values)} values.")

    def table(self) -> tuple[tuple[str, ...], ...]:
        """The numbers as rows of texts, one for each ``x``; the first row is the head."""
        head = (self.x_label, *(line.name for line in self.lines), *((self.notes_head,) if self.notes else ()))
        rows = [
            (
                self.x_names[k] if self.x_names else _written(x, self.x_percent),
                *(line.written(k, self.y_percent) for line in self.lines),
                *self.notes[k : k + 1],
            )
            for k, x in enumerate(self.x)
        ]
        return head, *rows


def chart(shown: Chart, ax: Axes | None = None) -> Axes:
    """Draw a chart.

    Parameters
    ----------
    shown : Chart
    ax : matplotlib.axes.Axes, optional
        Drawn on, and returned; a new one if left out.

    Returns
    -------
    matplotlib.axes.Axes
    """
    ax = ax or Canvas(figsize=(6.4, 4.0), layout="constrained").subplots()
    for line in shown.lines:
        if line.low is not None:
            ax.fill_between(shown.x, line.low, line.high, color=line.colour, alpha=0.18, linewidth=0)
        ax.plot(
            shown.x,
            line.y,
            color=line.colour,
            linestyle=LINE_STYLES[line.line],
            linewidth=1.8,
            marker=MARKERS.get(line.marker, "none"),
            markersize=7,
            markerfacecolor="white" if line.marker == "ring" else line.colour,
            label=line.name,
        )
    ax.set(xlabel=shown.x_label, ylabel=shown.y_label)
    ax.set_title(shown.title, loc="left", fontsize=11, color=INK)
    for axis, is_share in ((ax.xaxis, shown.x_percent), (ax.yaxis, shown.y_percent)):
        if is_share:
            axis.set_major_formatter(PercentFormatter(1.0, symbol=" %"))
    if shown.x_names:
        ax.set_xticks(shown.x, shown.x_names)
    ax.set_ylim(bottom=0)
    ax.spines[["top", "right"]].set_visible(False)
    ax.legend(frameon=False, fontsize=9)
    return ax


def _written(value: float, is_share: bool) -> str:
    if np.isnan(value):
        return "–"
    return percent(value) if is_share else f"{value:g}"
