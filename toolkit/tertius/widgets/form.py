"""`Form`: some questions with buttons, whose answers are kept as they are typed."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from tertius.errors import TertiusError
from tertius.widgets.packing import clean
from tertius.widgets.script import look
from tertius.widgets.view import ASLEEP

HERE = Path(__file__).parent

DRAFT = "draft"
"""What a form asks for while the learner is still typing: to keep what is there so far."""

Act = Callable[[str, Mapping[str, Any]], str | None]
"""Does what a button asks, given its name and what stands in the fields; may return a sentence to be read aloud."""


class Form(anywidget.AnyWidget):
    """Fields and buttons in the browser, and what became of them.

    The form itself knows no right and wrong, and keeps nothing: whoever makes it gives ``act``, which is called with
    the name of a button, or with "draft" a moment after something was typed, and then shows the outcome with `show`.
    Until an answer comes, the browser keeps what was typed in a store of its own, and gives it back when the form is
    made again.

    Parameters
    ----------
    id : str
        Unique among the forms of a learner's file, such as ``"L06-Q1"``.
    act : callable
        Takes the button's name and a dict of the fields' values; may return a sentence for screen readers.
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
    file : dict
        What was asked to be downloaded: ``name``, ``text`` and ``serial``, which is new each time.
    copy : dict
        A copy of the learner's file for the browser's own store: ``at`` and ``text``; empty where none is wanted.
    """

    _esm = HERE / "form.js"
    _css = look() + (HERE / "form.css").read_text(encoding="utf-8")

    key = traitlets.Unicode().tag(sync=True)
    shape = traitlets.Dict().tag(sync=True)
    values = traitlets.Dict().tag(sync=True)
    panel = traitlets.Unicode().tag(sync=True)
    sign = traitlets.Dict().tag(sync=True)
    file = traitlets.Dict().tag(sync=True)
    copy = traitlets.Dict().tag(sync=True)
    status = traitlets.Unicode()
    asked = traitlets.Dict().tag(sync=True, echo_update=False)
    answer = traitlets.Dict().tag(sync=True)

    def __init__(self, id: str, act: Act, *, home: str = "") -> None:
        self._id = id
        self._act = act
        super().__init__(key=f"{home}:{id}", shape={"id": id, "title": id, "fields": [], "buttons": []})

    def show(self, **traits: Any) -> None:
        """Change some of what is on show, all at once."""
        with self.hold_sync():
            for name, value in traits.items():
                if getattr(self, name) != value:
                    setattr(self, name, value)

    def press(self, button: str, **values: Any) -> str:
        """Do what a button in the browser does, with these values in the fields.

        Returns
        -------
        str
            What went wrong, in a sentence; empty if nothing did.
        """
        return self._do(button, values)[1]

    def _do(self, button: str, values: Mapping[str, Any]) -> tuple[str, str]:
        """Act, and return what is to be read aloud and what went wrong."""
        with self.hold_sync():
            try:
                return self._act(button, {**self.values, **values}) or "", ""
            except TertiusError as error:
                return "", str(error)
            except Exception as error:  # whatever a lesson's own code raises is told, not thrown
                return "", f"This could not be done ({type(error).__name__}: {error})."

    @traitlets.observe("asked")
    def _answer(self, change: dict[str, Any]) -> None:
        asked = change["new"]
        if not asked:
            return
        values = asked.get("values")
        with self.hold_sync():
            said, problem = self._do(str(asked.get("button")), values if isinstance(values, dict) else {})
            self.answer = {"id": asked.get("id"), "said": clean(said), "problem": clean(problem)}

    def still(self) -> str:
        """The form as it is, as HTML without anything to press: for paper, for export, and before it is live."""
        shape = self.shape
        asked = "".join(_still_field(field, self.values.get(field["name"])) for field in shape["fields"])
        return (
            '<div class="tertius-still tertius-paper">'
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


def _still_field(field: Mapping[str, Any], value: Any) -> str:
    label = html.escape(str(field["label"]))
    kind = field["kind"]
    if kind in ("choice", "choices"):
        chosen = value if isinstance(value, list) else [value]
        marks = [("●" if option in chosen else "○", text) for option, text in field["options"]]
        items = "".join(f"<li>{mark} {html.escape(text)}</li>" for mark, text in marks)
        return f'<p>{label}</p><ul style="list-style:none">{items}</ul>'
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
    return f"<p>{label}: {html.escape(said) or '…'}</p>"


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
