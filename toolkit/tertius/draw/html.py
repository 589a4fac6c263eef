"""A scene or chart as a figure that everybody can read: a picture, a sentence that says the same, and a table."""

from __future__ import annotations

import base64
import html
import io
import warnings
from dataclasses import dataclass

import numpy as np
from matplotlib.figure import Figure as Canvas

from tertius.draw.charts import Chart, chart
from tertius.draw.heat import HeatMap, draw_heat_map
from tertius.draw.picture import checked_step, curve, network
from tertius.draw.scene import Scene
from tertius.draw.words import percent


@dataclass(frozen=True, repr=False)
class Figure:
    """A picture with its text alternative and table, as a notebook shows it.

    Attributes
    ----------
    png : bytes
    sentence : str
        What the picture shows; alternative text and caption.
    table : tuple of tuples of str
        The numbers behind it; the first row is the head.
    """

    png: bytes
    sentence: str
    table: tuple[tuple[str, ...], ...]

    def __repr__(self) -> str:
        return f"Figure: {self.sentence}"

    def _repr_html_(self) -> str:
        sentence = html.escape(self.sentence)
        data = base64.b64encode(self.png).decode()
        head, *rows = self.table
        return (
            '<figure class="tertius-figure" style="margin:0;max-width:62rem">'
            f'<img alt="{sentence}" src="data:image/png;base64,{data}" style="width:100%;height:auto;background:#fff">'
            f"<figcaption>{sentence}</figcaption>"
            "<details><summary>The same as a table</summary><table><thead><tr>"
            + "".join(f'<th scope="col">{html.escape(cell)}</th>' for cell in head)
            + "</tr></thead><tbody>"
            + "".join("<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
            + "</tbody></table></details></figure>"
        )


def figure(scene: Scene | Chart | HeatMap, t: int = 0) -> Figure:
    """Draw a scene as it is at step ``t``, the network and the curve beside it if there is one; or a chart or map.

    Parameters
    ----------
    scene : Scene, Chart or HeatMap
    t : int
        A step of the scene; negative counts from the end.

    Returns
    -------
    Figure

    Raises
    ------
    ParameterError
        If the scene has no step ``t``.
    """
    if isinstance(scene, (Chart, HeatMap)):
        canvas = Canvas(figsize=(7, 4.2), layout="constrained")
        (chart if isinstance(scene, Chart) else draw_heat_map)(scene, canvas.subplots())
        return Figure(_png(canvas), scene.sentence, scene.table())
    t = checked_step(scene, t)
    if scene.curve is None:
        canvas = Canvas(figsize=(7, 5.2), layout="constrained")
        network(scene, t, canvas.subplots())
    else:
        canvas = Canvas(figsize=(10, 4.6), layout="constrained")
        left, right = canvas.subplots(1, 2, width_ratios=(1.25, 1))
        network(scene, t, left)
        curve(scene, t, right)
    return Figure(_png(canvas), scene.sentences[t], table(scene, t))


def _png(canvas: Canvas) -> bytes:
    png = io.BytesIO()
    # No software version in the file: building a lesson twice gives the same bytes.
    with warnings.catch_warnings():
        # Names in scripts that the font lacks become boxes; the live view and the table write them.
        warnings.filterwarnings("ignore", r"Glyph \d+ .* missing from font", UserWarning)
        canvas.savefig(png, format="png", dpi=90, metadata={"Software": None})
    return png.getvalue()


def table(scene: Scene, t: int = 0) -> tuple[tuple[str, ...], ...]:
    """Put the numbers of a scene into rows: at about seven steps, ``t`` among them, people by look and the curve.

    A scene of one step has a row for each look of people and ties instead.
    """
    if len(scene.times) == 1:
        return _still_table(scene)
    shown = sorted({*np.linspace(0, len(scene.times) - 1, 7).round().astype(int).tolist(), t})
    looks = [look.name for look in scene.person_looks]
    head = [scene.time_label, *(f"people {name}" for name in looks)]
    if scene.curve:
        head += scene.curve.heads
    rows = [tuple(head)]
    for step in shown:
        counts = np.bincount(scene.people[step], minlength=len(looks))
        row = [_number(scene.times[step], scene.time_percent), *map(str, counts.tolist())]
        if scene.curve:
            parts = (scene.curve.run, scene.curve.low, scene.curve.middle, scene.curve.high)
            row += [_number(part[step], scene.curve.percent) for part in parts]
        rows.append(tuple(row))
    return tuple(rows)


def _still_table(scene: Scene) -> tuple[tuple[str, ...], ...]:
    rows = [("what", "how many")]
    for looks, states in ((scene.person_looks, scene.people[0]), (scene.tie_looks, scene.links[0])):
        counts = np.bincount(states, minlength=len(looks)).tolist()
        rows += [(look.name, str(count)) for look, count in zip(looks, counts, strict=True)]
    return tuple(rows)


def _number(value: float, is_share: bool) -> str:
    return percent(value) if is_share else f"{value:g}"
