"""`Part`: one thing that a lesson asks, with its form, and what the learner's file holds of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any, ClassVar

from tertius.course.questions import question
from tertius.errors import ParameterError, ReadError
from tertius.learner import Learner
from tertius.widgets.form import CLOSED, DRAFT, UNSAVED, Form, saved

if TYPE_CHECKING:
    from tertius.course.worksheet import Worksheet

OPEN = "not answered yet"
Asks = Mapping[str, tuple[str, Any]]
"""What a form asks: by name, its label and the question, or the options of one."""


class Part:
    """One thing that a lesson asks.

    What stands in the learner's file decides what is on show, so a part looks the same whenever the notebook is
    started again. A child says in which ``section`` of the file it records, and gives ``recorded``, ``look`` and a
    method ``on_NAME`` for each of its buttons.

    Parameters
    ----------
    sheet : Worksheet
    id : str
        Within the lesson, such as ``"Q1"``.
    step : str
        The step of the lesson that it belongs to.
    asks : mapping of str to (str, question)
    """

    section: ClassVar[str] = ""

    def __init__(self, sheet: Worksheet, id: str, step: str, asks: Asks) -> None:
        self.sheet = sheet
        self.step = step
        self.asks = {name: (label, question(asked)) for name, (label, asked) in asks.items()}
        self.id = f"{sheet.code}-{id}" if id else f"{sheet.code}-{step}"
        self.number = re.search(r"\d*$", id).group()
        self.view_id = f"{self.id}-{step}" if id else self.id
        self.form = self._made()

    def _made(self) -> Form:
        """Make the form."""
        return Form(self.view_id, self.act, home=self.sheet.home)

    @property
    def learner(self) -> Learner:
        """The learner's file."""
        return self.sheet.learner

    @property
    def log(self) -> list[dict[str, Any]]:
        """Everything that was recorded here, the latest last."""
        return self.learner.log(self.section, self.id)

    @property
    def recorded(self) -> dict[str, Any]:
        """What was handed in, by the name of the field; empty if nothing was."""
        raise NotImplementedError

    def look(self) -> dict[str, Any]:
        """What differs from `refresh`'s defaults in what the form shows now."""
        raise NotImplementedError

    # --- what is on show

    def refresh(self) -> None:
        """Show what the learner's file holds now."""
        shape = {"id": self.view_id, "title": "", "intro": "", "fields": self.fields(), "buttons": [], "is_open": True}
        traits = {"values": self.recorded | self.draft, "panel": "", "sign": self.sign, "status": OPEN}
        look = self.look()
        if self.learner.is_closed and self.asks:
            look |= {"is_open": False, "buttons": [], "sign": CLOSED}
        self.form.show(
            shape=shape | {key: value for key, value in look.items() if key not in traits},
            **{key: look.get(key, value) for key, value in traits.items()},
        )

    def fields(self) -> list[dict[str, Any]]:
        """How the form asks."""
        return [asked.field(name, label) for name, (label, asked) in self.asks.items()]

    def taken(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Of what stands in the fields, what is an answer."""
        taken = {name: asked.taken(values.get(name)) for name, (_, asked) in self.asks.items()}
        return {name: value for name, value in taken.items() if value is not None}

    def answered(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Of what stands in the fields, what is an answer; what was typed and is none is refused in a sentence."""
        for name, (_, asked) in self.asks.items():
            if fault := asked.fault(values.get(name)):
                raise ParameterError(fault)
        return self.taken(values)

    @property
    def title(self) -> str:
        """What stands above the form."""
        return self.form.shape["title"]

    @property
    def is_done(self) -> bool:
        """Whether the learner has handed something in."""
        return bool(self.log)

    @property
    def view(self) -> dict[str, Any]:
        """What was kept of how the form was left: ``values``, ``hints`` and the like."""
        log = self.learner.log("views", self.view_id)
        return log[-1]["state"] if log else {}

    @property
    def draft(self) -> dict[str, Any]:
        """What was typed, whether or not it was handed in."""
        return self._typed(self.view.get("values"))

    def _typed(self, values: Any) -> dict[str, Any]:
        """Of some values, those that can stand in the fields; the file, or a browser, may hold anything."""
        given = values if isinstance(values, Mapping) else {}
        return {name: asked.typed(given[name]) for name, (_, asked) in self.asks.items() if name in given}

    def keep(self, **changes: Any) -> None:
        """Keep something of how the form was left, and with it whatever could not be saved before."""
        view = self.view
        if any(view.get(key) != value for key, value in changes.items()):
            self.learner.keep_view(self.view_id, view | changes)
        else:
            self.learner.save()

    @property
    def sign(self) -> dict[str, Any]:
        """The line at the foot: whether and when what is on show was saved."""
        if self.learner.has_unsaved:
            return UNSAVED
        recorded = self.taken(self.recorded)
        for name, value in self.draft.items():
            asked = self.asks[name][1]
            if asked.taken(value) != recorded.get(name) or asked.fault(value):
                return saved(self.learner.when("views", self.view_id), "Draft saved")
        return self.closed_sign

    @property
    def closed_sign(self) -> dict[str, Any]:
        """The same of a form that nothing can be typed into any more."""
        return UNSAVED if self.learner.has_unsaved else saved(self.learner.when(self.section, self.id))

    # --- what the learner does

    def act(self, name: str, values: Mapping[str, Any]) -> str | None:
        """Do what a button asks, or keep what was typed; then show how things stand."""
        with self.sheet.lock:
            with suppress(ReadError):  # then nothing can be saved either, and that is told
                self.learner.refresh()
            had_unsaved = self.learner.has_unsaved
            try:
                return self.do(name, values)
            finally:
                # What was recorded here another part may show too; a draft concerns nobody else.
                self.sheet.refresh(self if name == DRAFT and self.learner.has_unsaved == had_unsaved else None)
                self.sheet.copy_to(self.form)

    def do(self, name: str, values: Mapping[str, Any]) -> str | None:
        """As `act`, without showing anything."""
        if name == DRAFT:
            return self.keep(values=self._typed(values)) if self.asks else None
        self.refresh()  # another notebook may have gone on with the same file
        if name not in self.offered:
            raise ParameterError("This has changed meanwhile; look at it again.")
        return getattr(self, f"on_{name}")(values)

    @property
    def offered(self) -> set[str]:
        """The names of what can be pressed now."""
        return {one["name"] for one in self.form.shape["buttons"]}
