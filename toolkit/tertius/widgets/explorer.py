"""`Explorer`: a simulation whose settings a learner can move."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import traitlets

from tertius.draw.scene import Scene
from tertius.errors import ParameterError, TertiusError, choose_from
from tertius.simulate import Ensemble, Model, Run, show
from tertius.widgets.budget import Budget
from tertius.widgets.controls import Control, Count, whole
from tertius.widgets.frozen import Frozen, hold, refuse_too_large, show_grid
from tertius.widgets.packing import clean
from tertius.widgets.page import Shown
from tertius.widgets.presets import Presets, checked_presets, fitting
from tertius.widgets.view import NetworkView

REMEMBERED = 30
"""How many settings `Explorer.undo` can go back."""


class Played(NamedTuple):
    """One play of the model: under which settings, what came of it, and what it used of the budget."""

    settings: dict[str, Any]
    run: Run
    ensemble: Ensemble
    scene: Scene
    used: str | None


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
    presets : mapping of str to mapping, optional
        Settings under a name that the learner reads, such as ``{"What a manager would do": {"order": "strongest"}}``.
        Choosing one sets what it names, ``seed`` and ``runs`` among them if it does, and leaves the rest.
    equal : Budget, optional
        What is to be equal between settings. It is measured on each run, and if a setting changes it, the widget says
        so.
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
        If there are fewer than two or more than four controls, a setting or a preset is out of its range, or the
        budget cannot be measured.

    Notes
    -----
    ``explorer.observe(told, ["value", "t"])`` tells of every change, whether it was made in Python or in the browser;
    `state` is what to keep then, and `put_back` takes it.

    Examples
    --------
    >>> from tertius.draw import tie_removal
    >>> from tertius.models import TieRemoval
    >>> from tertius.ties import Ties
    >>> from tertius.widgets import Budget, Choice, Explorer, Toggle
    >>> two_groups = Ties.of([(1, 2), (2, 3), (1, 3), (3, 4, 0.1), (4, 5), (5, 6), (4, 6)])
    >>> explorer = Explorer(
    ...     lambda order, shuffled: TieRemoval(two_groups, order, shuffled=shuffled, pace=1 / 7),
    ...     tie_removal,
    ...     steps=3,
    ...     title="Cut weak or strong?",
    ...     presets={"What a manager would do": {"order": "strongest"}},
    ...     equal=Budget("ties cut", "ties_cut"),
    ...     order=Choice("Cut first", ["weakest", "strongest"]),
    ...     shuffled=Toggle("Shuffle the strengths"),
    ... )
    >>> explorer.run["largest_share"].tolist()
    [1.0, 0.5, 0.5, 0.5]
    >>> explorer.choose(**explorer.presets["What a manager would do"])
    >>> explorer.equal
    'Kept equal: ties cut (3).'
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
        presets: Mapping[str, Mapping[str, Any]] | None = None,
        equal: Budget | None = None,
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
        if equal is not None and not isinstance(equal, Budget):
            raise ParameterError(f"equal is a Budget, such as Budget('ties cut', 'ties_cut'); got {equal!r}.")
        self._presets: Presets = checked_presets(presets, self._controls)
        self._budget = equal
        self._defaults = {name: control.default for name, control in self._controls.items()}
        self._gesture = self._next = None
        self._remembers = True
        self._played = self._play(self._defaults)
        scene = self._played.scene
        super().__init__(scene, len(scene.times) - 1 if t is None else t)

    @property
    def run(self) -> Run:
        """The run on show, with all its states."""
        return self._played.run

    @property
    def ensemble(self) -> Ensemble:
        """The runs behind the band."""
        return self._played.ensemble

    @property
    def presets(self) -> Presets:
        """The named settings, such as for ``explorer.choose(**explorer.presets["What a manager would do"])``."""
        return {name: dict(values) for name, values in self._presets.items()}

    @property
    def equal(self) -> str:
        """Whether the settings before, which `undo` goes back to, used as much; an empty text without a budget."""
        if self._budget is None:
            return ""
        before = self.past[-1][2] if self.past else None
        return self._budget.told(self._played.used, before)

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
        *past, (value, t, _) = self.past
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

    @property
    def state(self) -> dict[str, Any]:
        """Settings and step as plain data, for `put_back`."""
        return {"settings": dict(self._played.settings), "t": self.t}

    def put_back(self, state: object) -> list[str]:
        """Be as `state` says, as far as that is still possible; nothing is raised.

        An older version of a lesson may have left what this one does not know: a setting that is gone, a value that
        cannot be any more, a step beyond the end. What cannot be put back stays as it is.

        Parameters
        ----------
        state : dict
            What `state` gave, perhaps long ago.

        Returns
        -------
        list of str
            One sentence for each thing that could not be put back.
        """
        state = state if isinstance(state, Mapping) else {}
        settings, t = state.get("settings"), state.get("t")
        said, wanted = [], {}
        if not isinstance(settings, Mapping):
            said.append("No settings were kept for this Explorer; they stay as they are.")
            settings = {}
        for name, value in settings.items():
            try:
                wanted[name] = self._controls[choose_from(name, self._controls, "A setting")].checked(name, value)
            except ParameterError as error:
                said.append(f"What was kept is left out: {error}")
        with self.hold_sync():
            try:
                self._set(wanted, remember=False)
            except Exception as error:  # anything that a lesson's own build or draw can raise
                said.append(f"The settings stay as they are: {_in_words(error)}")
            step = whole(t)
            if step is None:
                said.append(f"The step stays as it is: {t!r} is no step.")
            else:
                self.t = min(max(step, 0), self.steps)
        return said

    def freeze(self, **named: Any) -> Frozen:
        """Hold some settings with all that they show, for a notebook or a page without a kernel.

        There, controls move between the settings that are held. Every combination of the values named is played now.

        Parameters
        ----------
        **named : True or iterable
            The values to hold by a control's name: ``order=True`` for all, ``rate=[0, 0.25, 0.5]`` for these; other
            controls, ``seed`` and ``runs`` stay as they are. With nothing named: all values of choices and toggles and
            up to five of each slider, fewer if they would be too many.

        Returns
        -------
        Frozen

        Raises
        ------
        ParameterError
            If there is no such setting or value, or if these are more than 200 settings or take more than 3 MB.
        """
        present, t = self._played, self.t
        figure = self._still(present.scene, t)
        grid, shown = show_grid(named, self._controls, present.settings, self._show_with, figure)
        if shown[0].value != present.settings:
            scene = self._play(shown[0].value).scene
            t = min(t, len(scene.times) - 1)
            figure = self._still(scene, t)
        frozen = hold(grid, figure, shown, t, self.veil)
        refuse_too_large(frozen.size, len(frozen))
        return frozen

    def _held(self) -> Frozen:
        settings = self._played.settings
        grid = {name: (value,) for name, value in settings.items()}
        shown = Shown(settings, self.meta, self.data)
        return hold(grid, self._still(self._scene, self.t), [shown], self.t, self.veil)

    def _show_with(self, settings: dict[str, Any], serial: int) -> Shown:
        played = self._played if settings == self._played.settings else self._play(settings)
        return self._shown(played, serial)

    def _play(self, settings: dict[str, Any]) -> Played:
        build = {name: value for name, value in settings.items() if name not in ("seed", "runs")}
        model = self._build(**build)
        if not isinstance(model, Model):
            raise ParameterError(f"build returns a model with start, step and observe; it returned {model!r}.")
        run, ensemble = show(model, self._last, runs=settings["runs"], seed=settings["seed"])
        scene = self._draw(run, ensemble)
        if not isinstance(scene, Scene):
            raise ParameterError(f"draw returns a Scene; it returned a {type(scene).__name__}.")
        return Played(settings, run, ensemble, scene, self._budget and self._budget.measured(run))

    def _packed(self) -> tuple[dict[str, Any], bytes]:
        self._serial += 1
        _, meta, data = self._shown(self._played, self._serial)
        return meta, data

    def _shown(self, played: Played, serial: int) -> Shown:
        """What the browser gets of one play."""
        meta, data = self._words_and_numbers(
            played.scene,
            serial,
            controls=[{"name": name, **control.told()} for name, control in self._controls.items()],
            presets=[{"name": clean(name), "value": values} for name, values in self._presets.items()],
            preset=clean(fitting(self._presets, played.settings) or "") or None,
            equal=self._budget and {"name": clean(self._budget.name), "used": played.used},
        )
        return Shown(played.settings, meta, data)

    @traitlets.default("value")
    def _default_value(self) -> dict[str, Any]:
        return self._defaults

    @traitlets.validate("value")
    def _validate_value(self, proposal: dict[str, Any]) -> dict[str, Any]:
        given = proposal["value"]
        if not isinstance(given, Mapping):
            raise ParameterError(f"value is a dict of settings, such as {self._played.settings}; got {given!r}.")
        settings = dict(self._played.settings)
        for name, value in given.items():
            settings[name] = self._controls[choose_from(name, self._controls, "A setting")].checked(name, value)
        # Played before it is accepted: if the model refuses, the last good settings and picture stay.
        self._next = self._play(settings) if settings != self._played.settings else None
        return settings

    @traitlets.observe("value")
    def _show_value(self, change: dict[str, Any]) -> None:
        if self._next is None:
            return
        with self.hold_sync():
            if self._remembers:
                self.past = [*self.past, [self._played.settings, self.t, self._played.used]][-REMEMBERED:]
            self._played, self._next = self._next, None
            self._scene = self._played.scene
            self.meta, self.data = self._packed()
            self.t = min(self.t, self.steps)

    @traitlets.observe("asked")
    def _answer(self, change: dict[str, Any]) -> None:
        """Do what the browser asks, and say so; what fails is told there in one sentence."""
        asked, problem = change["new"], ""
        with self.hold_sync():
            try:
                self._obey(asked)
            except Exception as error:  # anything that a lesson's own build or draw can raise
                problem = _in_words(error)
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
        settings = self._played.settings
        preset = fitting(self._presets, settings)
        told = [("Preset", preset)] if preset else []
        told += [(control.label, control.written(settings[name])) for name, control in self._controls.items()]
        return [" · ".join(f"{clean(label)}: {clean(value)}" for label, value in told), clean(self.equal)]

    def __repr__(self) -> str:
        settings = "".join(f", {name}={value!r}" for name, value in self._played.settings.items())
        return f"Explorer({self.meta['title']!r}{settings})"


def _in_words(error: Exception) -> str:
    """What went wrong in one sentence; a model of the lesson's own can raise anything."""
    return str(error) if isinstance(error, TertiusError) else f"The model stopped: {type(error).__name__}: {error}"
