"""Where a lesson begins and ends: whose network it works with, and the learner's file brought back and taken away."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tertius.course import markup
from tertius.course.part import UNSAVED, Part, button, saved
from tertius.course.questions import Words
from tertius.errors import ParameterError, ReadError
from tertius.widgets.form import table

if TYPE_CHECKING:
    from tertius.course.worksheet import Worksheet

OWN = "own"
MOST_BYTES = 5_000_000
"""Of a file that the browser hands over; a larger one is restored in code."""

SHARED = (
    "This notebook runs on a shared computer, which forgets everything some minutes after you leave. Download your "
    "file before you go; next time, restore it here."
)


class Keeping(Part):
    """What restore and save have in common: the file goes out, and comes in."""

    def __init__(self, sheet: Worksheet, step: str) -> None:
        self._incoming: bytes | None = None
        self._told = ""
        super().__init__(sheet, "", step, {})

    @property
    def recorded(self) -> dict[str, Any]:
        """As `Part.recorded`: nothing that is typed here is kept."""
        return {}

    def upload(self) -> dict[str, Any]:
        """The field with which a file is brought back."""
        label = "Restore a file that you downloaded"
        return {
            "name": "file",
            "kind": "file",
            "label": label,
            "accept": ".json",
            "most": MOST_BYTES,
            "press": "restore",
        }

    def consent(self) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """Fields and buttons while a file with an own map waits for a yes on a shared computer."""
        if self._incoming is None:
            return [], []
        label = "Your file holds your own map. To bring it onto this shared computer as well, type yes"
        without = button("without", "Restore all but the map", main=True)
        return [Words().field("agreed", label)], [without, button("agree", "Restore with the map")]

    def on_restore(self, values: Mapping[str, Any]) -> str:
        """Bring back the file that was chosen."""
        file = values.get("file")
        if not isinstance(file, Mapping):
            raise ParameterError("Choose the file that you downloaded first.")
        if not file.get("data"):
            raise ReadError(
                f"{file.get('name')} is larger than {MOST_BYTES // 1_000_000} MB; restore it in code: "
                "tertius.Learner.open().restore('its name')."
            )
        try:
            data = base64.b64decode(str(file["data"]), validate=True)
        except (binascii.Error, ValueError):
            raise ReadError(f"{file.get('name')} did not arrive whole; try again.") from None
        return self._restore(data, str(file.get("name") or "The file"))

    def on_copy(self, values: Mapping[str, Any]) -> str:
        """Bring back the copy that the browser kept."""
        return self._restore(str(values.get("copy") or "").encode(), "The copy in this browser")

    def on_without(self, values: Mapping[str, Any]) -> str:
        """Bring back what waits, without the learner's own map."""
        return self._finish(without_map=True)

    def on_agree(self, values: Mapping[str, Any]) -> str:
        """Bring back what waits, map and all, after a typed yes."""
        if str(values.get("agreed") or "").strip().casefold() != "yes":
            raise ParameterError("Type yes to bring your own map onto a shared computer, or restore all but the map.")
        return self._finish(allow_public_hub=True)

    def _restore(self, data: bytes, name: str) -> str:
        if self.learner.is_shared and self.learner.holds_map(data):
            self._incoming = data
            self._told = f"{name} holds your own map, and the people on it have not agreed to this shared computer."
            return self._told
        self._told = self.learner.restore(data, name=name)
        return self._told

    def _finish(self, **how: bool) -> str:
        if self._incoming is None:
            raise ParameterError("There is no file waiting; choose it again.")
        data, self._incoming = self._incoming, None
        self._told = self.learner.restore(data, **how)
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
        people = [[name, f"{leader}, an invented person"] for name, leader in self.sheet.personas.items()]
        if learner.network is not None:
            people.append([OWN, "my own map"])
        using = OWN if learner.choice == "network" else learner.persona
        default = [["", f"as the lesson has it: {self.sheet.personas.get(self.sheet.case, self.sheet.case)}"]]
        fields = [
            {"name": "whose", "kind": "select", "label": "Whose network?", "options": default + people},
            self.upload(),
        ]
        waiting, agree = self.consent()
        return {
            "title": "Begin, or go on where you stopped",
            "intro": markup.note(SHARED) if self.learner.is_shared else "",
            "fields": fields + waiting,
            "buttons": agree or [button("use", "Work with this network", main=True)],
            "values": {"whose": using or ""},
            "panel": markup.note(f"{learner.summary()}") + self.messages(),
            "status": "nothing recorded yet" if learner.is_blank else "your file is open",
            "offers_copy": self.learner.is_shared,
        }

    def on_use(self, values: Mapping[str, Any]) -> str:
        """Choose whose network to work with."""
        whose = str(values.get("whose") or self.sheet.case)
        if whose == OWN:
            self.learner.use_network(self.learner.network)
        elif whose in self.sheet.personas:
            self.learner.use_persona(whose)
        else:
            raise ParameterError("Choose one of the networks in the list.")
        self._told = "Cells that have run already show the network of before; choose Run, then Run All Cells."
        return self._told


class Save(Keeping):
    """What this lesson recorded, to be looked over, downloaded, and brought back.

    Parameters
    ----------
    sheet : Worksheet
    """

    def __init__(self, sheet: Worksheet) -> None:
        self._downloads = 0
        self._downloaded_at: str | None = None
        self._asks_to_wipe = False
        super().__init__(sheet, "save")

    def look(self) -> dict[str, Any]:
        """As `Part.look`."""
        learner = self.learner
        waiting, agree = self.consent()
        fields = [self.upload(), *waiting]
        buttons = agree or [button("download", "Download my file", main=True), button("wipe", "Delete everything …")]
        if self._asks_to_wipe and not agree:
            fields.append(Words().field("sure", "To delete everything you recorded, type delete"))
            buttons = [button("wipe", "Delete it"), button("cancel", "Keep it", main=True)]
        is_changed = not learner.is_blank and learner.saved != self._downloaded_at
        reminder = markup.status("wrong", "Download your file now, or this work is lost when the session ends.")
        return {
            "title": "Save and take away",
            "intro": (markup.note(SHARED) + reminder * is_changed) if self.learner.is_shared else "",
            "fields": fields,
            "buttons": buttons,
            "panel": self._done() + markup.note(learner.summary()) + self.messages(),
            "status": self._count(),
            "warns": self.learner.is_shared and is_changed,
        }

    def _done(self) -> str:
        rows = [(part.title, part.form.status) for part in self.sheet.asked()]
        return f"<p><b>In this lesson</b></p>{table(('', 'how it stands'), rows)}" if rows else ""

    def _count(self) -> str:
        parts = self.sheet.asked()
        return f"{sum(part.is_done for part in parts)} of {len(parts)} done"

    def on_download(self, values: Mapping[str, Any]) -> str:
        """Hand the file to the browser."""
        self.learner.save()
        self._downloads += 1
        self._downloaded_at = self.learner.saved
        text = self.learner.export().decode()
        self.form.show(file={"name": self.learner.path.name, "text": text, "serial": self._downloads})
        return "Your file is downloaded."

    def on_wipe(self, values: Mapping[str, Any]) -> str:
        """Delete everything, after a typed word."""
        if not self._asks_to_wipe:
            self._asks_to_wipe = True
            return "Type delete, and press Delete it."
        if str(values.get("sure") or "").strip().casefold() != "delete":
            raise ParameterError("Type delete to delete everything you recorded, or choose to keep it.")
        self._asks_to_wipe = False
        self.learner.wipe()
        return "Everything recorded is deleted."

    def on_cancel(self, values: Mapping[str, Any]) -> str:
        """Delete nothing."""
        self._asks_to_wipe = False
        return "Nothing was deleted."
