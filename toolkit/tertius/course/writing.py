"""What the learner writes that has no right and wrong: reflections, one dated action, notes on their own network."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tertius.course import markup
from tertius.course.part import Asks, Part
from tertius.course.questions import Day, Tick, Words
from tertius.errors import ParameterError
from tertius.widgets.form import button

if TYPE_CHECKING:
    from tertius.course.worksheet import Worksheet

EMPTY = "nothing written yet"
SAVE = button("save", "Save", main=True)


class Writing(Part):
    """What reflections and notes have in common: something is written, and may be written anew."""

    @property
    def is_done(self) -> bool:
        """As `Part.is_done`; what was emptied again is not."""
        return _holds_something(self.taken(self.recorded))

    def answered(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """As `Part.answered`; the first time there has to be something."""
        answered = super().answered(values)
        if not (_holds_something(answered) or self.log):
            raise ParameterError("There is nothing to save yet: write something first.")
        return answered


def _holds_something(answered: Mapping[str, Any]) -> bool:
    """Whether there is an answer; what is not ticked is none."""
    return any(value is not False for value in answered.values())


class Reflection(Writing):
    """A prompt and room for a few lines.

    Parameters
    ----------
    sheet, id
        As for `Part`.
    prompt : str
    """

    section = "reflections"

    def __init__(self, sheet: Worksheet, id: str, prompt: str) -> None:
        super().__init__(sheet, id, "reflect", {"text": (prompt, Words(4))})

    @property
    def recorded(self) -> dict[str, Any]:
        """As `Part.recorded`."""
        log = self.log
        return {"text": log[-1]["text"]} if log else {}

    def look(self) -> dict[str, Any]:
        """As `Part.look`."""
        status = "written" if self.is_done else EMPTY
        return {"title": f"Reflection {self.number}", "buttons": [SAVE], "status": status}

    def on_save(self, values: Mapping[str, Any]) -> str:
        """Record the text."""
        self.learner.reflect(self.id, self.answered(values).get("text", ""))
        return "Saved."


class Action(Part):
    """One thing that the learner will do, on a day, and later whether it is done.

    Parameters
    ----------
    sheet, id
        As for `Part`.
    prompt : str
        What kind of thing.
    """

    section = "actions"

    def __init__(self, sheet: Worksheet, id: str, prompt: str) -> None:
        asks = {"what": (prompt, Words(2)), "when": ("By which day?", Day()), "done": ("I have done it.", Tick())}
        super().__init__(sheet, id, "act", asks)

    @property
    def recorded(self) -> dict[str, Any]:
        """As `Part.recorded`."""
        log = self.log
        return {name: value for name, value in log[-1].items() if name in self.asks} if log else {}

    def look(self) -> dict[str, Any]:
        """As `Part.look`."""
        act = self.recorded
        # Whether it is done is asked once there is something to do.
        fields = [field for field in self.fields() if act or field["name"] != "done"]
        status = "done" if act.get("done") else f"to be done by {act['when']}" if act else EMPTY
        return {"title": "Do one thing", "fields": fields, "buttons": [SAVE], "status": status}

    def on_save(self, values: Mapping[str, Any]) -> str:
        """Record the action."""
        taken = self.answered(values)
        for name, words in (("what", "what you will do"), ("when", "the day by which you will do it")):
            if name not in taken:
                raise ParameterError(f"Say {words}; an action without it seldom happens.")
        self.learner.act(self.id, **taken)
        return "Saved."


class Notes(Writing):
    """Something that the learner writes down about their own network, to take away.

    Parameters
    ----------
    sheet, id
        As for `Part`.
    title : str
    ask : str
        In Markdown.
    asks : mapping of str to (str, question)
    """

    section = "answers"

    def __init__(self, sheet: Worksheet, id: str, title: str, ask: str, asks: Asks) -> None:
        self.head, self.ask = title, ask
        super().__init__(sheet, id, "mine", asks)

    @property
    def recorded(self) -> dict[str, Any]:
        """As `Part.recorded`."""
        log = self.log
        return self.taken(log[-1]["answer"]) if log and isinstance(log[-1]["answer"], Mapping) else {}

    def look(self) -> dict[str, Any]:
        """As `Part.look`."""
        status = "written" if self.is_done else EMPTY
        return {"title": self.head, "intro": markup.rendered(self.ask), "buttons": [SAVE], "status": status}

    def on_save(self, values: Mapping[str, Any]) -> str:
        """Record what was written."""
        self.learner.answer(self.id, self.answered(values), "noted")
        return "Saved."
