"""`Frozen`: some settings of an Explorer with all that they show, alive in a notebook or a page without a kernel."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np

from tertius.errors import ParameterError, choose_from
from tertius.widgets.controls import Control, Count, Slider
from tertius.widgets.page import Shown, document, part, script_tag

MOST_SETTINGS = 200
MOST_BYTES = 3_000_000
"""A notebook that holds more opens slowly and is refused by many mail servers and repositories."""

Grid = dict[str, tuple[Any, ...]]
"""The values of each control that are held, by its name; every combination of them is."""

Show = Callable[[dict[str, Any], int], Shown]
"""Plays the model with some settings and returns what is then on show, under the number that is given."""


@dataclass(frozen=True, eq=False, repr=False)
class Frozen:
    """A view without a kernel: a static figure, and a live view in its place where scripts may run.

    `Explorer.freeze` makes one. A notebook shows it, and shows it again from its file; `html` writes a page.

    Attributes
    ----------
    title : str
    grid : dict of str to tuple
        The values of each control that are held; every combination of them is.
    sentence : str
        What is on show at first.
    part : str
        The view as a part of a page, without the script that all parts of a page share.
    """

    title: str
    grid: Grid
    sentence: str
    part: str

    def __len__(self) -> int:
        """How many settings are held."""
        return count(self.grid)

    @property
    def size(self) -> int:
        """How many bytes it adds to a notebook; a page of its own is about as long."""
        return len(self._repr_html_().encode())

    def __repr__(self) -> str:
        held = "".join(f", {name}={list(values)}" for name, values in self.grid.items())
        number = f"{len(self)} settings" if len(self) > 1 else "1 setting"
        # In tenths of a megabyte, rounded up: packed data differ by some bytes from one computer to the next.
        return f"Frozen({self.title!r}{held}): {number}, under {math.ceil(self.size / 1e5) / 10:.1f} MB"

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, str]:
        return {"text/html": self._repr_html_(), "text/plain": repr(self)}

    def _repr_html_(self) -> str:
        return f"{self.part}\n{script_tag()}"

    def html(self, path: str | Path | None = None) -> str | Path:
        """Make one HTML page of it, alive without kernel, server or internet.

        Parameters
        ----------
        path : str or Path, optional
            Where to write the page.

        Returns
        -------
        str or pathlib.Path
            The page, or where it was written.
        """
        text = document(self.title, self.part)
        if path is None:
            return text
        path = Path(path)
        path.write_text(text, encoding="utf-8")
        return path


def hold(grid: Grid, still: str, shown: list[Shown], t: int, veil: str = "") -> Frozen:
    """Put together what was shown under each setting of a grid, the one to begin with first."""
    first = shown[0].meta
    # Reset goes back to what is on show at first.
    shown = [one._replace(meta={**one.meta, "start": t}) for one in shown]
    return Frozen(first["title"], grid, first["sentences"][t], part(still, shown, t, veil))


def show_grid(
    named: Mapping[str, Any], controls: Mapping[str, Control], present: Mapping[str, Any], show: Show, figure: str
) -> tuple[Grid, list[Shown]]:
    """Choose the settings to hold and show each of them: the values named, or as many of the usual ones as can be.

    ``figure`` is what stands before them, or one like it: it takes room too.

    Raises
    ------
    ParameterError
        As `named_grid`; or if the settings named take far too much.
    """

    def size(*shown: Shown) -> int:
        return len(f"{part(figure, shown, 0)}{script_tag()}".encode())

    def likely_size(settings: list[dict[str, Any]]) -> int:
        first, last = show(settings[0], 1), show(settings[-1], 2)
        return size(first) + (len(settings) - 1) * (size(first, last) - size(first))

    def show_all(settings: list[dict[str, Any]]) -> list[Shown]:
        return [show(one, serial) for serial, one in enumerate(settings, start=1)]

    if named:
        grid = named_grid(named, controls, present)
        settings = settings_of(grid, present)
        # The estimate can be too high; what turns out too large is refused later.
        refuse_too_large(likely_size(settings) / 2, len(settings))
        return grid, show_all(settings)
    for grid in usual_grids(controls, present):
        settings = settings_of(grid, present)
        if len(settings) == 1 or fits(likely_size(settings)):
            shown = show_all(settings)
            if len(settings) == 1 or fits(size(*shown)):
                break
    return grid, shown


def fits(size: float) -> bool:
    """Whether so many bytes can be held."""
    return size <= MOST_BYTES


def refuse_too_large(size: float, settings: int) -> None:
    """Refuse so many bytes if they cannot be held.

    Raises
    ------
    ParameterError
    """
    if not fits(size):
        what = f"These {settings} settings take" if settings > 1 else "This view takes"
        raise ParameterError(
            f"{what} about {size / 1e6:.1f} MB; a frozen Explorer holds at most {MOST_BYTES / 1e6:g} MB: name fewer "
            "values, or show a smaller network or fewer steps."
        )


def count(grid: Grid) -> int:
    """How many combinations a grid has."""
    return math.prod(map(len, grid.values()))


def settings_of(grid: Grid, present: Mapping[str, Any]) -> list[dict[str, Any]]:
    """List every combination, the present settings first if they are among them."""
    every = [dict(zip(grid, values, strict=True)) for values in product(*grid.values())]
    every.sort(key=lambda settings: settings != present)
    return every


def named_grid(named: Mapping[str, Any], controls: Mapping[str, Control], present: Mapping[str, Any]) -> Grid:
    """Check the values that somebody names for some controls; the others stay as they are.

    Raises
    ------
    ParameterError
        If there is no such control, it cannot have such a value, or there are too many combinations.
    """
    grid = {name: (value,) for name, value in present.items()}
    for name, wanted in named.items():
        control = controls[choose_from(name, controls, "A setting")]
        if wanted is True and isinstance(control, Count):
            raise ParameterError(f"{name} can be any whole number; name those to hold, such as {name}=[1, 2, 3].")
        if wanted is True:
            grid[name] = control.values
            continue
        if isinstance(wanted, str | bool) or not isinstance(wanted, Iterable):
            raise ParameterError(
                f"{name} is {wanted!r}; list the values to hold, such as [{wanted!r}], or True for all."
            )
        grid[name] = tuple(dict.fromkeys(control.checked(name, value) for value in wanted))
        if not grid[name]:
            raise ParameterError(f"{name} has an empty list of values to hold; leave it out to keep it as it is.")
    if count(grid) > MOST_SETTINGS:
        sizes = " × ".join(str(len(values)) for values in grid.values() if len(values) > 1)
        raise ParameterError(
            f"This grid has {sizes} = {count(grid)} settings; a frozen Explorer holds at most {MOST_SETTINGS}: "
            "name fewer values."
        )
    return grid


def usual_grids(controls: Mapping[str, Control], present: Mapping[str, Any]) -> Iterator[Grid]:
    """Yield grids from large to small: every choice and toggle, and up to five values of each slider.

    Then fewer values of the sliders, then the last controls kept as they are, in the end the present settings alone.
    """
    names = [name for name, control in controls.items() if not isinstance(control, Count)]
    whole = len(names)
    for points, moved in [(5, whole), (3, whole), *((1, moved) for moved in range(whole, -1, -1))]:
        grid = {name: (value,) for name, value in present.items()}
        for name in names[:moved]:
            control = controls[name]
            grid[name] = spread(control, points, present[name]) if isinstance(control, Slider) else control.values
        if count(grid) <= MOST_SETTINGS:
            yield grid


def spread(slider: Slider, points: int, present: float) -> tuple[float, ...]:
    """Choose up to so many evenly spaced values of a slider, both ends and the present value among them.

    Examples
    --------
    >>> spread(Slider("Rewired", 0, 1, 0.1, 0.2), 3, 0.2)
    (0.0, 0.2, 1.0)
    """
    values = slider.values
    for evenly in (points, points - 1):
        places = np.linspace(0, len(values) - 1, min(evenly, len(values))).round().astype(int)
        chosen = sorted({present, *(values[place] for place in places)})
        if len(chosen) <= points:
            break
    return tuple(chosen)
