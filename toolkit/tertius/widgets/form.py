"""`Form`: some questions with buttons, whose answers are kept as they are typed."""

from __future__ import annotations

import base64
import hashlib
import html
import math
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar

import anywidget
import traitlets

from tertius.errors import ParameterError, ReadError, SaveError, TertiusError
from tertius.widgets.packing import clean
from tertius.widgets.script import form_script, look
from tertius.widgets.view import ASLEEP

HERE = Path(__file__).parent

DRAFT = "draft"
"""What a form asks for while the learner is still typing, and before a button does its work: to keep what is there."""

UNSAVED = {"state": "lost", "text": "Not saved; it is kept in this notebook and goes with the next save"}
CLOSED = {"state": "lost", "text": "Your file is from a newer tertius: it can be read, but nothing can be saved in it"}

Act = Callable[[str, Mapping[str, Any]], str | None]
"""Does what a button asks, given its name and what stands in the fields; may return a sentence to be read aloud."""


def button(name: str, text: str, *, main: bool = False) -> dict[str, Any]:
    """One button of a form; the main one stands out."""
    return {"name": name, "text": text, "main": main}


def saved(at: str | None, what: str = "Saved") -> dict[str, Any]:
    """The line at the foot of a form: saved, and when."""
    return {"state": "saved", "text": what, "at": at} if at else {"state": "empty", "text": "Nothing to save yet"}


def home_of(path: Path) -> str:
    """Which learner's file it is, for the browser's own store; the file's place stays here."""
    return hashlib.blake2b(str(path).encode(), digest_size=8).hexdigest()


def handed_over(file: Any, most: int, else_: str) -> tuple[str, bytes]:
    """Name and content of what was chosen in a field for files.

    Raises
    ------
    ParameterError
        If nothing was chosen.
    ReadError
        If it has more than ``most`` bytes, with what to do ``else_``, where … stands for its name; or if it did not
        arrive whole.
    """
    if not isinstance(file, Mapping):
        raise ParameterError("Choose a file first.")
    name, size = str(file.get("name") or "The file"), file.get("size")
    if isinstance(size, int) and size > most:
        raise ReadError(
            f"{name} is larger than {most // 1_000_000} MB, more than a form takes: {else_.replace('…', name)}."
        )
    try:
        return name, base64.b64decode(file.get("data"), validate=True)
    except (TypeError, ValueError):
        raise ReadError(f"{name} did not arrive whole; choose it again.") from None


class Form(anywidget.AnyWidget):
    """Fields and buttons in the browser, and what became of them.

    The form itself knows no right and wrong, and keeps nothing: whoever makes it gives ``act``, which is called with
    "draft" a moment after something was typed and before a button does its work, and with the name of that button; it
    then shows the outcome with `show`. Until ``sign`` says that all is saved, the browser keeps what was typed in a
    store of its own, and gives it back when the form is made again.

    What passes between the two, such as a file, goes by message and not by trait: traits are stored in the notebook.

    Parameters
    ----------
    id : str
        Unique among the forms of a learner's file, such as ``"L06-Q1"``.
    act : callable
        Takes "draft" or the button's name, and a dict of the fields' values; may return a sentence for screen readers.
        A `SaveError` that it raises says that what was typed is held all the same.
    home : str
        Says which learner's file the form belongs to, without naming its place.

    Attributes
    ----------
    shape : dict
        What to ask: ``title``, ``intro`` (HTML), ``fields`` (each with ``name``, ``kind``, ``label`` and what its kind
        needs), ``buttons`` (each with ``name`` and ``text``) and ``is_open`` (whether anything can be changed).
    values : dict
        What stands in the fields, as far as Python knows.
    panel : str
        What came of it, as HTML that holds nothing unescaped of anybody's.
    sign : dict
        ``text``, ``state`` ("empty", "saved" or "lost") and perhaps ``at``, a time: the line at the foot.
    status : str
        How things stand, in a word or two; what the form says of itself in print.
    answer : dict
        What became of the last wish of the browser: its ``id``, what was ``said`` to it, what ``problem`` there was,
        and whether what stood in the fields is ``held`` in Python.
    """

    _esm = form_script()
    _css = look() + (HERE / "form.css").read_text(encoding="utf-8")

    key = traitlets.Unicode().tag(sync=True)
    shape = traitlets.Dict().tag(sync=True)
    values = traitlets.Dict().tag(sync=True)
    panel = traitlets.Unicode().tag(sync=True)
    sign = traitlets.Dict().tag(sync=True)
    status = traitlets.Unicode()
    answer = traitlets.Dict().tag(sync=True)

    _living: ClassVar[dict[str, Form]] = {}

    def __init__(self, id: str, act: Act, *, home: str = "") -> None:
        self._id = id
        self._act = act
        super().__init__(key=f"{home}:{id}", shape={"id": id, "title": id, "fields": [], "buttons": []})
        # A cell that is run again makes its form anew; the one before would only fill the notebook's file.
        if before := self._living.pop(self.key, None):
            before.layout.close()
            before.close()
        self._living[self.key] = self
        self.on_msg(lambda form, content, buffers: form.hear(content))

    def show(self, **traits: Any) -> None:
        """Change some of what is on show, all at once."""
        with self.hold_sync():
            for name, value in traits.items():
                value = _sendable(value)
                if getattr(self, name) != value:
                    setattr(self, name, value)

    def press(self, button: str, **values: Any) -> str:
        """Do what a button in the browser does, with these values in the fields.

        Returns
        -------
        str
            What went wrong, in a sentence; empty if nothing did.
        """
        with self.hold_sync():
            return self._do(button, values)["problem"]

    def hear(self, wish: Any) -> None:
        """Do what the browser asks for: ``button`` with ``values``; and answer under the wish's ``id``."""
        wish = wish if isinstance(wish, Mapping) else {}
        values = wish.get("values")
        with self.hold_sync():
            done = self._do(str(wish.get("button")), values if isinstance(values, Mapping) else {})
            self.answer = {"id": clean(wish.get("id"))[:100], **done}

    def _do(self, button: str, values: Mapping[str, Any]) -> dict[str, Any]:
        """Keep what stands in the fields, then act; return what is to be said of it."""
        values = {**self.values, **values}
        said, problem, is_held = "", "", False
        for name in dict.fromkeys((DRAFT, button)):
            try:
                said, problem = self._act(name, values) or "", ""
                is_held = True
            except SaveError as error:
                problem, is_held = str(error), True
            except TertiusError as error:
                problem = str(error)
            except Exception as error:  # whatever a lesson's own code raises is told, not thrown
                problem = f"This could not be done ({type(error).__name__}: {error})."
            if not is_held:
                break
        return {"said": clean(said), "problem": clean(problem), "held": is_held}

    def hand_out(self, name: str, text: str) -> None:
        """Offer a file for download, where the learner just pressed a button."""
        self.send({"do": "download", "name": clean(name), "text": clean(text)})

    def keep_copy(self, text: str) -> None:
        """Have the browser keep a copy of the learner's file."""
        self.send({"do": "copy", "text": clean(text)})

    def forget(self) -> None:
        """Have the browser forget what it kept of the learner's file and of its forms."""
        self.send({"do": "forget"})

    def still(self) -> str:
        """The form as it is, as HTML without anything to press: for paper, for export, and before it is live."""
        shape = self.shape
        asked = "".join(_still_field(field, self.values.get(field["name"])) for field in shape["fields"])
        return (
            # What a learner writes between two dollar signs is no formula.
            '<div class="tertius-still tertius-paper mathjax_ignore tex2jax_ignore">'
            f"<p><b>{html.escape(shape['title'])}</b></p>{shape.get('intro', '')}{asked}{self.panel}</div>"
        )

    def __repr__(self) -> str:
        return f"{self._id}: {self.status}" if self.status else self._id

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        data, metadata = super()._repr_mimebundle_(**kwargs)
        return {**data, "text/plain": ASLEEP}, metadata

    def _ipython_display_(self) -> None:
        # Two outputs: what is asked can be read where the form cannot live (not trusted, not run, exported).
        from IPython.display import display

        display({"text/html": self.still(), "text/plain": repr(self)}, raw=True)
        data, metadata = self._repr_mimebundle_()
        display(data, metadata=metadata, raw=True)


def _sendable(value: Any) -> Any:
    """A value as it can be sent: its texts valid Unicode, its numbers finite."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Mapping):
        return {clean(name): _sendable(part) for name, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_sendable(part) for part in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _still_field(field: Mapping[str, Any], value: Any) -> str:
    label = html.escape(str(field["label"]))
    kind = field["kind"]
    if kind in ("choice", "choices", "select"):
        chosen = value if isinstance(value, list) else [value]
        options = [*field["options"], *([["", field["none"]]] if field.get("none") else [])]
        is_none = value == [] and bool(field.get("none"))
        marks = [("●" if option in chosen or (is_none and not option) else "○", text) for option, text in options]
        items = [f"{mark} {html.escape(text)}" for mark, text in marks]
        if field.get("inline"):
            return f"<p>{label}<br>{' &emsp; '.join(items)}</p>"
        return f'<p>{label}</p><ul style="list-style:none">{"".join(f"<li>{item}</li>" for item in items)}</ul>'
    if kind == "rows":
        heads = [str(column["label"]) for column in field["columns"]]
        names = [column["name"] for column in field["columns"]]
        rows = [[str(row.get(name, "")) for name in names] for row in value or []]
        return f"<p>{label}</p>{table(heads, rows or [[''] * len(heads)])}"
    if kind == "tick":
        return f"<p>{'☑' if value else '☐'} {label}</p>"
    if kind == "file":
        return ""
    said = ", ".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)
    colon = "" if label.endswith(("?", "…", ".")) else ":"
    return f"<p>{label}{colon} {html.escape(said) or '_' * 12}</p>"


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Write texts as an HTML table, the first column as the heads of its rows."""
    head = "".join(f'<th scope="col">{html.escape(text)}</th>' for text in heads)
    body = "".join(
        "<tr>"
        + f'<th scope="row">{html.escape(first)}</th>'
        + "".join(f"<td>{html.escape(x)}</td>" for x in rest)
        + "</tr>"
        for first, *rest in rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
