"""`NetworkView`: a scene that the learner can move through, in a notebook or in a page of its own."""

from __future__ import annotations

import html
import os
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from tertius.draw.scene import Scene
from tertius.draw.words import between
from tertius.errors import ParameterError
from tertius.widgets.controls import whole, written
from tertius.widgets.frozen import Frozen, hold, refuse_too_large
from tertius.widgets.packing import pack
from tertius.widgets.page import Shown
from tertius.widgets.script import look, notebook_script

ASLEEP = "Run this cell to start."
"""What stands for a widget where it is not alive."""

FREEZE = "TERTIUS_FREEZE"
"""An environment variable: if it is set, notebooks show frozen views, as they must where no kernel will be."""


class NetworkView(anywidget.AnyWidget):
    """A network and its curve, with a time slider that needs no kernel.

    All steps are sent once; from then on the browser draws them. In a notebook a static figure stands where the view
    will be, and the view takes its place when it is live.

    Parameters
    ----------
    scene : Scene
    t : int
        The step on show at first.

    Attributes
    ----------
    t : int
        The step on show. Moving the slider sets it a moment later; setting it moves the slider.
    veil : str
        Words that stand in the place of the whole, with a button that opens it: for an experiment whose result somebody
        is to predict first. Empty: nothing is veiled.
    meta, data : dict, bytes
        What the browser gets: `tertius.widgets.packing.pack`.

    Raises
    ------
    ParameterError
        If ``scene`` is no scene, or has no step ``t``.
    """

    _esm = notebook_script()
    _css = look()

    meta = traitlets.Dict().tag(sync=True)
    data = traitlets.Bytes().tag(sync=True)
    # No echo: it would come back while the learner is already moving on, and pull the slider back.
    t = traitlets.TraitType(0).tag(sync=True, echo_update=False)
    veil = traitlets.Unicode().tag(sync=True)

    _serial = 0
    _title: str | None = None

    def __init__(self, scene: Scene, t: int = 0) -> None:
        if not isinstance(scene, Scene):
            raise ParameterError(f"A network view shows a Scene; this is a {type(scene).__name__}.")
        self._scene = scene
        self._start = self._checked_t(t)
        meta, data = self._packed()
        super().__init__(meta=meta, data=data, t=self._start)

    def _packed(self) -> tuple[dict[str, Any], bytes]:
        """What the browser gets of the scene."""
        self._serial += 1
        return self._words_and_numbers(self._scene, self._serial)

    def _words_and_numbers(self, scene: Scene, serial: int, **more: Any) -> tuple[dict[str, Any], bytes]:
        meta, data = pack(scene, serial=serial, title=self._title)
        return {**meta, "start": self._start, **more}, data

    @property
    def scene(self) -> Scene:
        """What is on show."""
        return self._scene

    @property
    def steps(self) -> int:
        """The last step of the scene."""
        return len(self._scene.times) - 1

    @traitlets.validate("t")
    def _validate_t(self, proposal: dict[str, Any]) -> int:
        return self._checked_t(proposal["value"])

    def _checked_t(self, t: object) -> int:
        step = whole(t)
        if step is None or not 0 <= step <= self.steps:
            raise ParameterError(f"t is {t!r}; this scene has the steps 0 to {self.steps}.")
        return step

    def set_state(self, sync_data: dict[str, Any]) -> None:
        """Take what the browser sends; a step that the scene no longer has becomes the nearest one."""
        if isinstance(sync_data.get("t"), (int, float)):
            sync_data = {**sync_data, "t": min(max(int(sync_data["t"]), 0), self.steps)}
        super().set_state(sync_data)

    def __repr__(self) -> str:
        return f"NetworkView({self._scene.title!r}, {len(self._scene.labels)} people, {self._scene.ties.n_ties} ties)"

    def text(self) -> str:
        """Say in words what is on show; "Copy as text" copies the same.

        Returns
        -------
        str
            One line each for the title, the settings, the step, its sentence and the numbers of the curve.
        """
        scene, time, t = self._scene, self.meta["time"], self.t
        lines = [self.meta["title"], *self._settings_in_words()]
        if self.steps:
            lines.append(f"{time['label']}: {written(scene.times[t], time['decimals'], time['percent'])}")
        lines.append(self.meta["sentences"][t])
        curve = scene.curve
        if curve is not None:
            told = self.meta["curve"]
            run, low, middle, high = (
                written(values[t], told["decimals"], curve.percent)
                for values in (curve.run, curve.low, curve.middle, curve.high)
            )
            one, centre, band = told["names"]
            lines.append(f"{told['label']}: {run} ({one}); {centre}: {middle}; {band}: {between(low, high)}")
        return "\n".join(line for line in lines if line)

    def _settings_in_words(self) -> list[str]:
        return []

    def _still(self, scene: Scene, t: int) -> str:
        """The static figure as HTML, marked so that the live view can take its place; under a veil it is folded."""
        from tertius.draw import figure

        drawn = figure(scene, t)._repr_html_()
        if self.veil:
            drawn = f"<details><summary>{html.escape(self.veil)}</summary>{drawn}</details>"
        return f'<div class="tertius-still">{drawn}</div>'

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        data, metadata = super()._repr_mimebundle_(**kwargs)
        return {**data, "text/plain": ASLEEP}, metadata

    def _ipython_display_(self) -> None:
        from IPython.display import display

        if os.environ.get(FREEZE):
            return display(self.freeze())
        # Two outputs: the figure stays readable where the view cannot live (not trusted, not run, exported).
        display({"text/html": self._still(self._scene, self.t), "text/plain": self.meta["sentences"][self.t]}, raw=True)
        data, metadata = self._repr_mimebundle_()
        display(data, metadata=metadata, raw=True)

    def _held(self) -> Frozen:
        """What is on show, without a kernel."""
        return hold({}, self._still(self._scene, self.t), [Shown(None, self.meta, self.data)], self.t, self.veil)

    def freeze(self) -> Frozen:
        """Hold what is on show for a notebook or a page without a kernel.

        Returns
        -------
        Frozen

        Raises
        ------
        ParameterError
            If it takes more than 3 MB.
        """
        frozen = self._held()
        refuse_too_large(frozen.size, 1)
        return frozen

    def html(self, path: str | Path | None = None) -> str | Path:
        """Make one HTML page of the view as it is now, alive without kernel, server or internet.

        Controls that would need the model show what they are set to, and say why they cannot move.

        Parameters
        ----------
        path : str or Path, optional
            Where to write the page.

        Returns
        -------
        str or pathlib.Path
            The page, or where it was written.
        """
        return self._held().html(path)
