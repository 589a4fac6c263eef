"""The step of a lesson in which learners make a map of their own network from memory."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tertius.course.part import Part
from tertius.network import Network
from tertius.widgets.form import DRAFT
from tertius.widgets.map_builder import PROMPTS, MapBuilder

if TYPE_CHECKING:
    from tertius.course.worksheet import Worksheet


class OwnMap(Part):
    """A map from memory, and its six numbers; what it holds is the learner's own map.

    Parameters
    ----------
    sheet, id
        As for `Part`.
    start : Network, optional
        An import to enrich.
    prompts : mapping of str to str
    """

    form: MapBuilder

    def __init__(
        self, sheet: Worksheet, id: str, start: Network | None = None, prompts: Mapping[str, str] = PROMPTS
    ) -> None:
        self._how = {"start": start, "prompts": prompts}
        super().__init__(sheet, id, "mine", {})

    def _made(self) -> MapBuilder:
        """As `Part._made`."""
        return MapBuilder(**self._how, learner=self.learner, id=self.view_id, act=self.act)

    @property
    def is_done(self) -> bool:
        """As `Part.is_done`: whether somebody is on the map."""
        return self.form.is_begun

    @property
    def recorded(self) -> dict[str, Any]:
        """As `Part.recorded`."""
        return self.form.values

    @property
    def draft(self) -> dict[str, Any]:
        """As `Part.draft`: there is none; what is typed is the map."""
        return {}

    @property
    def sign(self) -> dict[str, Any]:
        """As `Part.sign`."""
        return self.form.sign

    def look(self) -> dict[str, Any]:
        """As `Part.look`."""
        return self.form.look()

    def do(self, name: str, values: Mapping[str, Any]) -> str | None:
        """As `Part.do`."""
        if name != DRAFT:
            self.refresh()
        return self.form.do(name, values)
