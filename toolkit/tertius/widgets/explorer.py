"""`Explorer`: a simulation whose settings a learner can move."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import traitlets

from tertius.draw.scene import Scene
from tertius.errors import ParameterError, TertiusError, choose_from
from tertius.simulate import Ensemble, Model, Run, show
from tertius.widgets.controls import Control, Count
from tertius.widgets.packing import clean
from tertius.widgets.view import NetworkView

REMEMBERED = 30
"""How many settings `Explorer.undo` can go back."""


class Explorer(NetworkView):
    """A model behind two to four controls, its network over time, and the band of many runs.

    Moving a control plays the model again from the same seed, so that two settings differ by the setting and not by
    luck. Moving the time slider only redraws, in the browser.

    Parameters
    ----------
    build : callable
        Takes one keyword argument a control and returns a `tertius.simulate.Model`.
    draw : callable
        Takes a `Run` and its `Ensemble` and returns a `Scene`, such as `tertius.draw.tie_removal`.
    steps : int
        How many steps each run has.
    seed, runs : int
        What these two settings are at first; 5 to 200 runs.
    t : int, optional
        The step on show at first; the last one if left out.
    title : str, optional
        The scene's own if left out.
    **controls : Choice, Slider or Toggle
        Two to four.

    Attributes
    ----------
    value : dict
        All settings, ``seed`` and ``runs`` among them. Set it, whole or in part, to play the model again.
    t : int
        The step on show.

    Raises
    ------
    ParameterError
        If there are fewer than two or more than four controls, or a setting is out of its range.

    Examples
    --------
    >>> from tertius.draw import tie_removal
    >>> from tertius.models import TieRemoval
    >>> from tertius.ties import Ties
    >>> from tertius.widgets import Choice, Explorer, Toggle
    >>> two_groups = Ties.of([(1, 2), (2, 3), (1, 3), (3, 4, 0.1), (4, 5), (5, 6), (4, 6)])
    >>> explorer = Explorer(
    ...     lambda order, shuffled: TieRemoval(two_groups, order, shuffled=shuffled, pace=1 / 7),
    ...     tie_removal,
    ...     steps=3,
    ...     title="Cut weak or strong?",
    ...     order=Choice("Cut first", ["weakest", "strongest"]),
    ...     shuffled=Toggle("Shuffle the strengths"),
    ... )
    >>> explorer.run["largest_share"].tolist()
    [1.0, 0.5, 0.5, 0.5]
    >>> explorer.choose(order="strongest")
    >>> explorer
    Explorer('Cut weak or strong?', order='strongest', shuffled=False, seed=1, runs=40)
    """

    value = traitlets.TraitType().tag(sync=True)
    past = traitlets.List().tag(sync=True)
    asked = traitlets.Dict().tag(sync=True, echo_update=False)
    answer = traitlets.Dict().tag(sync=True)

    def __init__(
        self,
        build: Callable[..., Model],
        draw: Callable[[Run, Ensemble], Scene],
        *,
        steps: int,
        seed: int = 1,
        runs: int = 40,
        t: int | None = None,
        title: str | None = None,
        **controls: Control,
    ) -> None:
        if not 2 <= len(controls) <= 4:
            raise ParameterError(f"An Explorer has two to four controls besides seed and runs; got {len(controls)}.")
        for name, control in controls.items():
            if not isinstance(control, Control):
                raise ParameterError(f"The control {name!r} is a Choice, Slider or Toggle; got {control!r}.")
        self._build, self._draw, self._last, self._title = build, draw, steps, title
        self._controls = {
            **controls,
            "seed": Count("Seed", 0, 2**32 - 1, seed),
            "runs": Count("Runs", 5, 200, runs),
        }
        self._defaults = {name: control.default for name, control in self._controls.items()}
        self._settings = self._defaults
        self._gesture = self._next = None
        self._remembers = True
        self._run, self._ensemble, scene = self._play(self._defaults)
        super().__init__(scene, len(scene.times) - 1 if t is None else t)

    @property
    def run(self) -> Run:
        """The run on show, with all its states."""
        return self._run

    @property
    def ensemble(self) -> Ensemble:
        """The runs behind the band."""
        return self._ensemble

    def choose(self, **settings: Any) -> None:
        """Change some settings, leave the others, and play the model again.

        Parameters
        ----------
        **settings
            New values by name, ``seed`` and ``runs`` among them.

        Raises
        ------
        ParameterError
            If there is no such setting, or it cannot have this value; then nothing changes.
        """
        self.value = settings

    def reset(self) -> None:
        """Go back to the first settings and the first step."""
        with self.hold_sync():
            self.value = self._defaults
            self.t = min(self._start, self.steps)

    def undo(self) -> None:
        """Take back the last change of settings; without one, nothing happens."""
        if not self.past:
            return
        *past, (value, t) = self.past
        with self.hold_sync():
            self._set(value, remember=False)
            self.past = past
            self.t = min(t, self.steps)

    def _set(self, value: Any, remember: bool) -> None:
        self._remembers = remember
        try:
            self.value = value
        finally:
            self._remembers = True

    def _play(self, settings: Mapping[str, Any]) -> tuple[Run, Ensemble, Scene]:
        build = {name: value for name, value in settings.items() if name not in ("seed", "runs")}
        model = self._build(**build)
        if not isinstance(model, Model):
            raise ParameterError(f"build returns a model with start, step and observe; it returned {model!r}.")
        run, ensemble = show(model, self._last, runs=settings["runs"], seed=settings["seed"])
        scene = self._draw(run, ensemble)
        if not isinstance(scene, Scene):
            raise ParameterError(f"draw returns a Scene; it returned a {type(scene).__name__}.")
        return run, ensemble, scene

    def _packed(self) -> tuple[dict[str, Any], bytes]:
        meta, data = super()._packed()
        if self._title is not None:
            meta["title"] = clean(self._title)
        return {**meta, "controls": [{"name": name, **k.told()} for name, k in self._controls.items()]}, data

    @traitlets.default("value")
    def _default_value(self) -> dict[str, Any]:
        return self._defaults

    @traitlets.validate("value")
    def _validate_value(self, proposal: dict[str, Any]) -> dict[str, Any]:
        given = proposal["value"]
        if not isinstance(given, Mapping):
            raise ParameterError(f"value is a dict of settings, such as {self._settings}; got {given!r}.")
        settings = dict(self._settings)
        for name, value in given.items():
            settings[name] = self._controls[choose_from(name, self._controls, "A setting")].checked(name, value)
        # Played before it is accepted: if the model refuses, the last good settings and picture stay.
        self._next = self._play(settings) if settings != self._settings else None
        return settings

    @traitlets.observe("value")
    def _show_value(self, change: dict[str, Any]) -> None:
        if self._next is None:
            return
        with self.hold_sync():
            if self._remembers:
                self.past = [*self.past, [self._settings, self.t]][-REMEMBERED:]
            self._settings = change["new"]
            self._run, self._ensemble, self._scene = self._next
            self._next = None
            self.meta, self.data = self._packed()
            self.t = min(self.t, self.steps)

    @traitlets.observe("asked")
    def _answer(self, change: dict[str, Any]) -> None:
        """Do what the browser asks, and say so; what fails is told there in one sentence."""
        asked, problem = change["new"], ""
        with self.hold_sync():
            try:
                self._obey(asked)
            except TertiusError as error:
                problem = str(error)
            except Exception as error:  # anything that a lesson's own build or draw can raise
                problem = f"The model stopped: {type(error).__name__}: {error}"
            self.answer = {"id": asked.get("id"), "problem": problem}

    def _obey(self, asked: Mapping[str, Any]) -> None:
        what = choose_from(asked.get("what"), ("set", "undo", "reset"), "The wish")
        if what != "set":
            self._gesture = None
            return self.undo() if what == "undo" else self.reset()
        # While one control is dragged it asks often; undo goes back to where the drag began.
        gesture = asked.get("gesture")
        self._set(asked.get("value"), remember=gesture is None or gesture != self._gesture)
        self._gesture = gesture

    def _settings_in_words(self) -> list[str]:
        settings = ((k.label, k.written(self._settings[name])) for name, k in self._controls.items())
        return [" · ".join(f"{clean(label)}: {clean(value)}" for label, value in settings)]

    def __repr__(self) -> str:
        settings = "".join(f", {name}={value!r}" for name, value in self._settings.items())
        return f"Explorer({self.meta['title']!r}{settings})"
