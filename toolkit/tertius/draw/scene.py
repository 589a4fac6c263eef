"""`Scene`: what a picture of a simulated network shows, before anybody draws it.

The static figure and the live widget both draw the same scene, so they cannot disagree.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from tertius.errors import ParameterError, choose_from
from tertius.ties import Ties

SHAPES = ("disc", "ring", "square", "diamond", "triangle", "none")
LINES = ("solid", "dashed", "faint", "none")


@dataclass(frozen=True)
class Look:
    """How one state of a person or a tie is drawn.

    Attributes
    ----------
    name : str
        What the legend calls it.
    colour : str
        ``#rrggbb``. Never the only cue: ``shape`` or ``line`` differs too.
    shape : {"disc", "ring", "square", "diamond", "triangle", "none"}
        For people.
    line : {"solid", "dashed", "faint", "none"}
        For ties.
    """

    name: str
    colour: str
    shape: str = "disc"
    line: str = "solid"

    def __post_init__(self) -> None:
        choose_from(self.shape, SHAPES, "shape")
        choose_from(self.line, LINES, "line")
        if not re.fullmatch("#[0-9a-fA-F]{6}", self.colour):
            raise ParameterError(f"colour is {self.colour!r}; it is written #rrggbb, such as '#0072b2'.")


@dataclass(frozen=True)
class Curve:
    """One number over time: the run on show, and the band of many runs.

    Attributes
    ----------
    label : str
        What the number is, with its unit.
    run, low, middle, high : numpy.ndarray, float, shape (steps + 1,)
        This run; the 5 %, 50 % and 95 % quantiles of all runs.
    runs : int
        How many runs the band is made of.
    limits : (float, float)
        The axis.
    percent : bool
        Whether the number is a share, written as a percentage.
    names : (str, str, str), optional
        What ``run``, ``middle`` and the band are called, where they are not this run, the median and nine of ten runs.
    """

    label: str
    run: np.ndarray
    low: np.ndarray
    middle: np.ndarray
    high: np.ndarray
    runs: int
    limits: tuple[float, float] = (0.0, 1.0)
    percent: bool = True
    names: tuple[str, str, str] | None = None

    @property
    def called(self) -> tuple[str, str, str]:
        """What a legend calls the solid line, the dashed line and the band."""
        return self.names or ("this run", f"median of {self.runs} runs", "90 % of the runs")

    @property
    def heads(self) -> tuple[str, str, str, str]:
        """What a table calls ``run``, ``low``, ``middle`` and ``high``."""
        if self.names is None:
            return "this run", "5 % of runs below", "median of runs", "5 % of runs above"
        run, middle, band = self.names
        return run, f"{band}, from", middle, f"{band}, to"


@dataclass(frozen=True)
class Scene:
    """A network whose people and ties change state step by step, and the curve beside it.

    Attributes
    ----------
    title : str
    ties : Ties
    positions : numpy.ndarray, float, shape (n, 2)
        Where people stand; fixed over time.
    labels : tuple of str, length n
    groups : tuple of str, length n
        Each person's group, or empty texts.
    person_looks, tie_looks : tuple of Look
    people : numpy.ndarray, uint8, shape (steps + 1, n)
        The look of each person at each step, as a position in ``person_looks``.
    links : numpy.ndarray, uint8, shape (steps + 1, n_ties)
        The look of each tie, in the order of ``ties.pairs``, as a position in ``tie_looks``.
    curve : Curve or None
    time_label : str
        What the time slider moves, such as "share of ties cut".
    times : numpy.ndarray, float, shape (steps + 1,)
        The value of the time axis at each step.
    time_percent : bool
        Whether time is a share, written as a percentage.
    sentences : tuple of str, length steps + 1
        What the picture shows at each step, in one sentence.
    ego : int, optional
        Position of the focal person, who is always named and drawn with a double outline.
    """

    title: str
    ties: Ties
    positions: np.ndarray
    labels: tuple[str, ...]
    groups: tuple[str, ...]
    person_looks: tuple[Look, ...]
    tie_looks: tuple[Look, ...]
    people: np.ndarray
    links: np.ndarray
    curve: Curve | None
    time_label: str
    times: np.ndarray
    time_percent: bool
    sentences: tuple[str, ...]
    ego: int | None = None

    def __post_init__(self) -> None:
        n, shown = len(self.ties), len(self.times)
        parts = ("run", "low", "middle", "high") if self.curve else ()
        for name, array, shape in (
            ("positions", self.positions, (n, 2)),
            ("people", self.people, (shown, n)),
            ("links", self.links, (shown, self.ties.n_ties)),
            *((f"curve.{part}", getattr(self.curve, part), (shown,)) for part in parts),
        ):
            if array.shape != shape:
                raise ParameterError(
                    f"A scene of {n} people and {shown} steps needs {name} {shape}, not {array.shape}."
                )
        if len(self.sentences) != shown or len(self.labels) != n or len(self.groups) != n:
            raise ParameterError("A scene needs one sentence for each step, and one label and group for each person.")
        for name, codes, looks in (("people", self.people, self.person_looks), ("links", self.links, self.tie_looks)):
            if codes.size and codes.max() >= len(looks):
                raise ParameterError(
                    f"A scene's {name} use look {codes.max()}, and it has {len(looks)} looks for them."
                )
        if self.ego is not None and not 0 <= self.ego < n:
            raise ParameterError(f"A scene's ego is the position of one of its {n} people, not {self.ego!r}.")
        # What is not valid Unicode (files hold such names) can neither be drawn nor sent.
        for name in ("labels", "groups"):
            texts = tuple(str(text).encode("utf-8", "replace").decode("utf-8") for text in getattr(self, name))
            object.__setattr__(self, name, texts)
