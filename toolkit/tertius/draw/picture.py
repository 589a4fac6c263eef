"""Draw a scene with matplotlib, on the axes that you give or on new ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure as Canvas
from matplotlib.patheffects import withStroke
from matplotlib.ticker import PercentFormatter

from tertius.draw.scene import Scene
from tertius.errors import ParameterError

if TYPE_CHECKING:
    from matplotlib.axes import Axes

INK = "#22303c"
MARKERS = {"disc": "o", "ring": "o", "square": "s", "diamond": "D", "triangle": "^"}
FEW_PEOPLE = 20
"""Up to this many people, everybody is named."""
LONGEST_NAME = 24
AROUND = np.array([(x, y) for y in (0, 14, -14, 24, -24, 36, -36) for x in (0, -24, 24)])
"""How far from its middle a group's name may stand, in points, so that it covers nobody."""
LINES = {"solid": "-", "dashed": (0, (4, 3)), "faint": "-"}


def network(scene: Scene, t: int = 0, ax: Axes | None = None) -> Axes:
    """Draw the people and ties of a scene as they are at step ``t``.

    Parameters
    ----------
    scene : Scene
    t : int
        A step of the scene; negative counts from the end.
    ax : matplotlib.axes.Axes, optional
        Drawn on, and returned; a new one if left out.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    ParameterError
        If the scene has no step ``t``.
    """
    t = checked_step(scene, t)
    ax = ax or Canvas(figsize=(6.4, 4.8), layout="constrained").subplots()
    ends = scene.positions[np.column_stack(scene.ties.pairs)]
    width = float(np.clip(30 / np.sqrt(max(scene.ties.n_ties, 1)), 0.3, 1.4))
    for code, look in enumerate(scene.tie_looks):
        if look.line in LINES:
            lines = LineCollection(
                list(ends[scene.links[t] == code]),
                colors=look.colour,
                linestyles=[LINES[look.line]],
                linewidths=width,
                alpha=0.35 if look.line == "faint" else 0.8,
                label=look.name,
                zorder=1,
            )
            ax.add_collection(lines)
    size = float(np.clip(4000 / max(len(scene.ties), 1), 9, 90))
    for code, look in enumerate(scene.person_looks):
        if look.shape not in MARKERS:
            continue
        x, y = scene.positions[scene.people[t] == code].T
        fill = "none" if look.shape == "ring" else look.colour
        ax.scatter(
            x,
            y,
            s=size,
            marker=MARKERS[look.shape],
            facecolors=fill,
            edgecolors=look.colour if look.shape == "ring" else INK,
            linewidths=1.4 if look.shape == "ring" else 0.5,
            label=look.name,
            zorder=2,
        )
    _name_groups(scene, ax)
    if len(scene.ties) <= FEW_PEOPLE:
        for k, (x, y) in enumerate(scene.positions):
            if k != scene.ego:
                _write(ax, x, y, scene.labels[k], size=9, offset=(6, 6))
    if scene.ego is not None:
        x, y = scene.positions[scene.ego]
        ring = {"s": size * 3.2, "facecolors": "none", "edgecolors": INK, "linewidths": 1.4}
        ax.scatter([x], [y], marker="o", zorder=3, clip_on=False, **ring)
        _write(ax, x, y, scene.labels[scene.ego], size=9, weight="bold", offset=(7, 7))
    # The axes keep their place, so that the room left for the legend is the room it gets.
    ax.set_aspect("equal", adjustable="datalim")
    ax.margins(0.04)
    ax.axis("off")
    ax.legend(loc="upper center", bbox_to_anchor=(0.5, 0.0), ncols=2, frameon=False, fontsize=9, markerscale=1.3)
    return ax


def curve(scene: Scene, t: int = 0, ax: Axes | None = None) -> Axes:
    """Draw the curve of a scene: the band of many runs, this run, and a line where step ``t`` is.

    Parameters, returns and errors are those of `network`; a scene without a curve is a `ParameterError` too.
    """
    t = checked_step(scene, t)
    shown = scene.curve
    if shown is None:
        raise ParameterError("This scene has no curve to draw; it is a picture of a network alone.")
    ax = ax or Canvas(figsize=(6.4, 4.0), layout="constrained").subplots()
    run, middle, band = shown.names or ("the run in the picture", "median of the runs", f"90 % of {shown.runs} runs")
    ax.fill_between(scene.times, shown.low, shown.high, color="#56b4e9", alpha=0.35, label=band)
    ax.plot(scene.times, shown.middle, color="#0072b2", linestyle="--", linewidth=1.3, label=middle)
    ax.plot(scene.times, shown.run, color=INK, linewidth=1.8, label=run)
    ax.axvline(scene.times[t], color="#d55e00", linewidth=1.2)
    ax.plot([scene.times[t]], [shown.run[t]], "o", color="#d55e00", markersize=6)
    ax.set(xlabel=scene.time_label, ylabel=shown.label, xlim=(scene.times[0], scene.times[-1]))
    low, high = shown.limits
    ax.set_ylim(low, high + 0.02 * (high - low))
    for axis, percent in ((ax.xaxis, scene.time_percent), (ax.yaxis, shown.percent)):
        if percent:
            axis.set_major_formatter(PercentFormatter(1.0, symbol=" %"))
    ax.spines[["top", "right"]].set_visible(False)
    ax.legend(frameon=False, fontsize=9, loc="best")
    return ax


def checked_step(scene: Scene, t: int) -> int:
    """Return ``t`` as a position in the scene's steps, or say which steps there are."""
    shown = len(scene.times)
    if not -shown <= t < shown:
        raise ParameterError(f"Step {t} is not in this scene; its steps are 0 to {shown - 1}.")
    return t % shown


def _name_groups(scene: Scene, ax: Axes) -> None:
    names = [name for name in dict.fromkeys(scene.groups) if name]
    if len(names) < 2 or len(names) > 12:
        return
    groups = np.array(scene.groups)
    people, scale = _taken(scene, ax)
    for name in names:
        x, y = np.median(scene.positions[groups == name], axis=0)
        half = np.array([2.5 * min(len(name), LONGEST_NAME), 6])
        boxes = (scale * np.array([x, y]) + AROUND)[:, None] + [[-half, half]]
        covered = _overlaps(boxes, people).sum(axis=1)
        best = int(np.argmin(100 * covered + np.linalg.norm(AROUND, axis=1)))
        if covered[best] and len(scene.ties) <= FEW_PEOPLE:
            continue  # everybody is named, and names of people come first
        people = np.concatenate([people, boxes[[best]]])
        _write(ax, x, y, name, size=9, offset=tuple(AROUND[best]), style="italic", ha="center", va="center")


def _taken(scene: Scene, ax: Axes) -> tuple[np.ndarray, float]:
    """Where people and their names will about be, in points: corners, shape (boxes, 2, 2); and points to a unit."""
    room = ax.get_window_extent()
    span = np.maximum(np.ptp(scene.positions, axis=0), 1e-9)
    scale = float(min(room.width / span[0], room.height / span[1]) * 72 / ax.figure.dpi)
    places = scale * scene.positions[:, None]
    boxes = [places + np.array([[-5, -5], [5, 5]])]
    if len(scene.ties) <= FEW_PEOPLE:
        wide = np.array([5.5 * min(len(label), LONGEST_NAME) for label in scene.labels])
        boxes.append(
            places + np.stack([np.full((len(wide), 2), 5), np.column_stack([6 + wide, 17 + 0 * wide])], axis=1)
        )
    return np.concatenate(boxes), scale


def _overlaps(some: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Whether boxes overlap, shape (some, others)."""
    return ((some[:, None, 0] < others[None, :, 1]) & (others[None, :, 0] < some[:, None, 1])).all(axis=-1)


def _write(ax: Axes, x: float, y: float, text: str, offset: tuple[int, int] = (0, 0), **how) -> None:
    # A long name is shortened, and may reach over the edge: it must not take room from the picture.
    ax.annotate(
        text if len(text) <= LONGEST_NAME else f"{text[: LONGEST_NAME - 1]}…",
        (x, y),
        xytext=offset,
        textcoords="offset points",
        color=INK,
        zorder=4,
        parse_math=False,
        path_effects=[withStroke(linewidth=3, foreground="white", alpha=0.85)],
        in_layout=False,
        **how,
    )
