"""Where a lesson begins and ends: whose network it works with, and the learner's file brought back and taken away."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from tertius.course import markup
from tertius.course.part import Part
from tertius.course.questions import Words
from tertius.errors import ParameterError, SaveError
from tertius.widgets.form import UNSAVED, button, handed_over, saved, table

if TYPE_CHECKING:
    from tertius.course.worksheet import Worksheet

OWN = "own"
NOBODY = "as-each-lesson-has-it"
"""Is chosen as a persona by whoever wants to work with the network of each lesson's own case."""

MOST_BYTES = 5_000_000
"""Of a file that the browser hands over; a larger one is restored in code."""

SHARED = (
    "This notebook runs on a shared computer, which forgets everything some minutes after you leave. Download your "
    "file before you go; next time, restore it here."
)
RUN_AGAIN = "Choose Run, then Run All Cells, to see it in every cell."


def typed(name: str, label: str) -> dict[str, Any]:
    """A field for a word that is asked for and not kept."""
    return Words().field(name, label) | {"is_passing": True}


def is_word(value: Any, word: str) -> bool:
    """Whether a word was typed, however it was written."""
    return isinstance(value, str) and value.strip().casefold() == word


class Keeping(Part):
    """What restore and save have in common: the file goes out, and comes in; what is typed here is not kept."""

    def __init__(self, sheet: Worksheet, step: str) -> None:
        self._waiting: tuple[str, bytes] | None = None
        self._told = ""
        super().__init__(sheet, "", step, {})

    @property
    def recorded(self) -> dict[str, Any]:
        """As `Part.recorded`."""
        return {}

    @property
    def offered(self) -> set[str]:
        """As `Part.offered`, with what a file that was chosen and a copy in the browser ask for."""
        return super().offered | {"restore", "copy"}

    def upload(self) -> dict[str, Any]:
        """The field with which a file is brought back."""
        label = "Restore a file that you downloaded"
        how = {"accept": ".json", "most": MOST_BYTES, "press": "restore", "is_passing": True}
        return {"name": "file", "kind": "file", "label": label, **how}

    def consent(self) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """Fields and buttons while a file with an own map waits for a yes on a shared computer."""
        if self._waiting is None:
            return [], []
        name, _ = self._waiting
        label = f"{name} holds your own map, and the people on it were not asked. To bring it here as well, type yes"
        without = button("without", "Restore all but the map", main=True)
        return [typed("agreed", label)], [
            without,
            button("agree", "Restore with the map"),
            button("cancel", "Restore nothing"),
        ]

    def on_restore(self, values: Mapping[str, Any]) -> str:
        """Bring back the file that was chosen."""
        beside = "put it beside this notebook and run tertius.Learner.open().restore('…') in a cell"
        return self._restore(*handed_over(values.get("file"), MOST_BYTES, beside))

    def on_copy(self, values: Mapping[str, Any]) -> str:
        """Bring back the copy that the browser kept."""
        return self._restore("The copy in this browser", str(values.get("copy") or "").encode(errors="replace"))

    def on_without(self, values: Mapping[str, Any]) -> str:
        """Bring back what waits, without the learner's own map."""
        return self._finish(without_map=True)

    def on_agree(self, values: Mapping[str, Any]) -> str:
        """Bring back what waits, map and all, after a typed yes."""
        if not is_word(values.get("agreed"), "yes"):
            raise ParameterError("Type yes to bring your own map onto a shared computer, or restore all but the map.")
        return self._finish(allow_public_hub=True)

    def on_cancel(self, values: Mapping[str, Any]) -> str:
        """Leave what waits where it is."""
        self._waiting = None
        return "Nothing was restored."

    def _restore(self, name: str, data: bytes) -> str:
        self._waiting = name, data
        if self.learner.is_shared and self.learner.holds_map(data):
            return f"{name} holds your own map. Restore all but the map, or type yes to bring it here as well."
        return self._finish()

    def _finish(self, **how: bool) -> str:
        (name, data), self._waiting = self._waiting, None
        before = self.learner.export()
        self._told = self.learner.restore(data, name=name, **how)
        if self.learner.export() != before:
            self._told += f" {RUN_AGAIN}"
        return self._told

    @property
    def sign(self) -> dict[str, Any]:
        """As `Part.sign`, of the file as a whole."""
        return UNSAVED if self.learner.has_unsaved else saved(self.learner.saved)

    def messages(self) -> str:
        """What the learner should know about their file."""
        said = [*self.learner.messages, *([self._told] if self._told else [])]
        return "".join(map(markup.note, dict.fromkeys(said)))


class Restore(Keeping):
    """Whose network the lesson works with, and an earlier session brought back.

    Parameters
    ----------
    sheet : Worksheet
    """

    def __init__(self, sheet: Worksheet) -> None:
        super().__init__(sheet, "restore")

    def look(self) -> dict[str, Any]:
        """As `Part.look`."""
        learner = self.learner
        people = self.sheet.personas
        options = [["", f"as the lesson has it: {people.get(self.sheet.case, self.sheet.case)}"]]
        options += [list(pair) for pair in people.items()]
        if learner.has_map:
            options.append([OWN, "my own map"])
        whose = {"name": "whose", "kind": "select", "label": "Whose network?", "options": options, "is_passing": True}
        fields = [whose, self.upload()]
        waiting, agree = self.consent()
        return {
            "title": "Begin, or go on where you stopped",
            "intro": markup.note(SHARED) if learner.is_shared else "",
            "fields": fields + waiting,
            "buttons": agree or [button("use", "Work with this network", main=True)],
            "values": {"whose": OWN if learner.choice == "network" else self.sheet.persona or ""},
            "panel": markup.note(learner.summary()) + self.messages(),
            "status": "nothing recorded yet" if learner.is_blank else "your file is open",
            "copies_beside": learner.created if learner.is_shared else None,
        }

    def on_use(self, values: Mapping[str, Any]) -> str:
        """Choose whose network to work with."""
        whose = values.get("whose") or NOBODY
        if whose == OWN and self.learner.has_map:
            # It is on this computer already; whether it may be was asked when it came here.
            self.learner.use_network(self.learner.network, allow_public_hub=True)
        elif whose in (*self.sheet.personas, NOBODY):
            self.learner.use_persona(whose)
        else:
            raise ParameterError("Choose one of the networks in the list.")
        self._told = f"This network is chosen. {RUN_AGAIN}"
        return self._told


class Save(Keeping):
    """What this lesson recorded, to be looked over, downloaded, and brought back.

    Parameters
    ----------
    sheet : Worksheet
    """

    def __init__(self, sheet: Worksheet) -> None:
        self._downloaded = b""
        self._asks_to_wipe = False
        super().__init__(sheet, "save")

    def look(self) -> dict[str, Any]:
        """As `Part.look`."""
        learner = self.learner
        waiting, agree = self.consent()
        fields = [self.upload(), *waiting]
        buttons = agree or [button("download", "Download my file", main=True), button("wipe", "Delete everything …")]
        if self._asks_to_wipe and not agree:
            fields.append(typed("sure", "To delete everything you recorded, type delete"))
            buttons = [button("cancel", "Keep everything", main=True), button("wipe", "Delete everything")]
        warns = learner.is_shared and not learner.is_blank and learner.export() != self._downloaded
        reminder = markup.status("wrong", "Download your file now, or this work is lost when the session ends.")
        return {
            "title": "Save and take away",
            "intro": markup.note(SHARED) * learner.is_shared + reminder * warns,
            "fields": fields,
            "buttons": buttons,
            "panel": self._done() + markup.note(learner.summary()) + self.messages(),
            "status": self._count(),
            "warns": warns,
        }

    def _done(self) -> str:
        rows = [(part.title, part.form.status) for part in self.sheet.asked()]
        return f"<p><b>In this lesson</b></p>{table(('what', 'how it stands'), rows)}" if rows else ""

    def _count(self) -> str:
        parts = self.sheet.asked()
        return f"{sum(part.is_done for part in parts)} of {len(parts)} done"

    def on_download(self, values: Mapping[str, Any]) -> str:
        """Hand the file to the browser, also if it cannot be saved here: then all the more."""
        with suppress(SaveError):
            self.learner.save()
        self._downloaded = self.learner.export()
        self.form.hand_out(self.learner.path.name, self._downloaded.decode())
        return "Your file is downloaded."

    def on_wipe(self, values: Mapping[str, Any]) -> str:
        """Delete everything, after a typed word."""
        if not self._asks_to_wipe:
            self._asks_to_wipe = True
            return "Type delete, and press Delete everything."
        if not is_word(values.get("sure"), "delete"):
            raise ParameterError("Type delete to delete everything you recorded, or choose to keep it.")
        self._asks_to_wipe = False
        self.learner.wipe()
        self.form.forget()
        return "Everything recorded is deleted, also what this browser kept."

    def on_cancel(self, values: Mapping[str, Any]) -> str:
        """Restore nothing, or delete nothing."""
        if self._waiting:
            return super().on_cancel(values)
        self._asks_to_wipe = False
        return "Nothing was deleted."
