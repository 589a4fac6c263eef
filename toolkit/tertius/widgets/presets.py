"""Named settings that a learner picks from a list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tertius.errors import ParameterError, choose_from
from tertius.widgets.controls import Control

Presets = dict[str, dict[str, Any]]


def checked_presets(presets: Mapping[str, Mapping[str, Any]] | None, controls: Mapping[str, Control]) -> Presets:
    """Return presets with every value checked by its control, or say which preset is wrong.

    Raises
    ------
    ParameterError
        If a preset has no name or sets nothing, names what is no setting, gives a value that cannot be, or is the
        same as another.
    """
    if presets is None:
        return {}
    if not isinstance(presets, Mapping):
        raise ParameterError(f"presets is a dict from a name to settings; got {presets!r}.")
    checked: Presets = {}
    for name, settings in presets.items():
        if not isinstance(name, str) or not name.strip():
            raise ParameterError(f"A preset's name is a text that a learner reads; this one is {name!r}.")
        if not isinstance(settings, Mapping) or not settings:
            raise ParameterError(f"The preset {name!r} is a dict of settings; got {settings!r}.")
        try:
            values = {
                key: controls[choose_from(key, controls, "A setting")].checked(key, settings[key]) for key in settings
            }
        except ParameterError as error:
            raise ParameterError(f"The preset {name!r} cannot be: {error}") from None
        twin = next((other for other, known in checked.items() if known == values), None)
        if twin is not None:
            raise ParameterError(f"The presets {twin!r} and {name!r} are the same settings.")
        checked[name] = values
    return checked


def fitting(presets: Presets, settings: Mapping[str, Any]) -> str | None:
    """Return the name of the preset whose values all hold; of several, the one that names the most settings.

    Examples
    --------
    >>> presets = {"strong": {"order": "strongest"}, "strong, shuffled": {"order": "strongest", "shuffled": True}}
    >>> fitting(presets, {"order": "strongest", "shuffled": True, "seed": 1})
    'strong, shuffled'
    """
    names = [name for name, values in presets.items() if all(settings[key] == values[key] for key in values)]
    return max(names, key=lambda name: len(presets[name]), default=None)
