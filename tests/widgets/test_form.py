"""The Python side of a form: pressed, heard, shown, written as text, and told what went wrong."""

import json
import math

import pytest

from tertius.errors import ParameterError, SaveError
from tertius.widgets.form import DRAFT, Form, table

HOSTILE = "<img src=x onerror=alert(1)> $\\frac{"
ESCAPED = "&lt;img src=x onerror=alert(1)&gt; $\\frac{"
BLANK = "_" * 12


class Keeper:
    """Whoever makes a form: notes what is asked, and fails as it is told to."""

    def __init__(self):
        self.heard = []
        self.faults = {}

    def act(self, button, values):
        self.heard.append((button, dict(values)))
        if button in self.faults:
            raise self.faults[button]
        return None if button == DRAFT else f"{button} is done."


@pytest.fixture
def keeper():
    return Keeper()


@pytest.fixture
def form(keeper):
    return Form("L06-R1", keeper.act, home="here")


def ask(form, button, values=None, id="view.1"):
    """Send what the browser sends, and return the answer that it gets."""
    form._handle_custom_msg({"id": id, "button": button, "values": values}, [])
    return form.answer


def test_before_a_button_does_its_work_what_stands_there_is_kept(form, keeper):
    assert form.press("save", text="so") == ""
    assert keeper.heard == [(DRAFT, {"text": "so"}), ("save", {"text": "so"})]


def test_what_is_not_given_stands_as_python_knows_it(form, keeper):
    form.show(values={"text": "so", "more": 1})
    form.press(DRAFT, text="then")
    assert keeper.heard == [(DRAFT, {"text": "then", "more": 1})]


def test_the_browser_gets_an_answer_under_the_id_of_its_wish(form):
    assert ask(form, "save", {"text": "so"}) == {"id": "view.1", "said": "save is done.", "problem": "", "held": True}
    assert ask(form, DRAFT, {"text": "so"}, "view.2") == {"id": "view.2", "said": "", "problem": "", "held": True}


@pytest.mark.parametrize(
    ("fault", "problem"),
    [
        (ParameterError("Answer first."), "Answer first."),
        (SaveError("It could not be saved."), "It could not be saved."),
        (KeyError("x"), "This could not be done (KeyError: 'x')."),
        (ParameterError("torn \ud83d"), "torn ?"),
    ],
    ids=["ours", "save", "other", "torn"],
)
def test_what_goes_wrong_with_a_button_is_told_and_what_stands_there_is_held(form, keeper, fault, problem):
    keeper.faults["save"] = fault
    assert ask(form, "save", {}) == {"id": "view.1", "said": "", "problem": problem, "held": True}
    assert form.press("save") == problem


def test_what_could_not_be_kept_is_not_held_and_the_button_does_nothing(form, keeper):
    keeper.faults[DRAFT] = ParameterError("That is too long.")
    assert ask(form, "save", {})["held"] is False
    assert [button for button, _ in keeper.heard] == [DRAFT]


def test_what_could_not_be_saved_is_held_and_the_button_does_its_work(form, keeper):
    keeper.faults[DRAFT] = SaveError("It could not be saved.")
    assert ask(form, DRAFT, {}) == {"id": "view.1", "said": "", "problem": "It could not be saved.", "held": True}
    assert ask(form, "download", {}) == {"id": "view.1", "said": "download is done.", "problem": "", "held": True}


@pytest.mark.parametrize(
    "wish", [None, "save", 7, [], {}, {"button": None}, {"button": {}, "values": 7, "id": []}], ids=repr
)
def test_an_absurd_wish_is_answered_all_the_same(form, wish):
    form.hear(wish)
    assert form.answer["held"] is True
    json.dumps(form.answer)


def test_only_what_changes_is_sent(form):
    form.show(panel="so", values={"a": [1.0]})
    changed = []
    form.observe(lambda change: changed.append(change["name"]))
    form.show(panel="so", values={"a": [1.0]}, status="new")
    assert changed == ["status"]


def test_what_cannot_be_sent_is_made_so_that_it_can(form):
    form.show(values={"a": "torn \ud83d", "b": [math.nan, math.inf, 1.5], "c": {"\ud83d": ("x",)}}, panel="\ud83d")
    assert form.values == {"a": "torn ?", "b": [None, None, 1.5], "c": {"?": ["x"]}}
    assert form.panel == "?"
    json.dumps(form.get_state(), default=str, ensure_ascii=False, allow_nan=False).encode("utf-8")


def test_a_file_and_a_copy_pass_by_message_and_leave_nothing_in_the_notebook(form):
    sent = []
    form.send = lambda content, buffers=None: sent.append(content)
    form.hand_out("file.json", "private \ud83d")
    form.keep_copy("private")
    form.forget()
    assert sent == [
        {"do": "download", "name": "file.json", "text": "private ?"},
        {"do": "copy", "text": "private"},
        {"do": "forget"},
    ]
    ask(form, "restore", {"file": {"data": "private"}})
    assert "private" not in json.dumps(form.get_state(), default=str)


def test_a_form_that_is_made_anew_takes_the_place_of_the_one_before(keeper):
    first, other = Form("L06-R1", keeper.act, home="here"), Form("L06-R1", keeper.act, home="there")
    second = Form("L06-R1", keeper.act, home="here")
    assert (first.comm, first.layout.comm) == (None, None)
    assert None not in (second.comm, other.comm)
    assert first.press("save") == "", "whoever still holds it can use it"


# --- as text


def choice(kind="choice"):
    return {"name": "f", "kind": kind, "label": HOSTILE, "options": [["a", HOSTILE], ["b", "other"]]}


ROWS = {
    "name": "f",
    "kind": "rows",
    "label": HOSTILE,
    "columns": [{"name": "who", "label": HOSTILE}, {"name": "why", "label": "Why"}],
}


@pytest.mark.parametrize(
    ("field", "value", "shown"),
    [
        (choice(), "a", [f"<p>{ESCAPED}</p>", f"<li>● {ESCAPED}</li><li>○ other</li>"]),
        (choice(), None, [f"<li>○ {ESCAPED}</li><li>○ other</li>"]),
        (choice("choices"), ["a", "b"], [f"<li>● {ESCAPED}</li><li>● other</li>"]),
        (choice("select"), "b", [f"<li>○ {ESCAPED}</li><li>● other</li>"]),
        ({"name": "f", "kind": "text", "label": HOSTILE}, HOSTILE, [f"<p>{ESCAPED}: {ESCAPED}</p>"]),
        ({"name": "f", "kind": "text", "label": "Why"}, "", [f"<p>Why: {BLANK}</p>"]),
        ({"name": "f", "kind": "number", "label": "How many"}, 1.5, ["<p>How many: 1.5</p>"]),
        ({"name": "f", "kind": "curve", "label": "Draw"}, [0, 0.5, 1], ["<p>Draw: 0, 0.5, 1</p>"]),
        ({"name": "f", "kind": "day", "label": "When"}, None, [f"<p>When: {BLANK}</p>"]),
        ({"name": "f", "kind": "tick", "label": HOSTILE}, True, [f"<p>☑ {ESCAPED}</p>"]),
        ({"name": "f", "kind": "tick", "label": "Done"}, None, ["<p>☐ Done</p>"]),
        (ROWS, [{"who": HOSTILE}], [f"<p>{ESCAPED}</p>", f'<th scope="row">{ESCAPED}</th><td></td>']),
        (ROWS, None, [f'<th scope="col">{ESCAPED}</th><th scope="col">Why</th>', '<th scope="row"></th><td></td>']),
    ],
)
def test_a_field_is_written_as_text_with_what_stands_in_it(form, field, value, shown):
    form.show(shape={"id": "L06-R1", "title": HOSTILE, "fields": [field], "buttons": []}, values={"f": value})
    still = form.still()
    assert f"<p><b>{ESCAPED}</b></p>" in still
    for part in shown:
        assert part in still
    assert "<img" not in still


def test_a_field_for_a_file_is_left_out_of_the_text(form):
    file = {"name": "f", "kind": "file", "label": "Restore a file"}
    form.show(shape={"id": "L06-save", "title": "Save", "fields": [file], "buttons": []})
    assert "Restore" not in form.still()


def test_the_text_keeps_the_learners_dollars_from_becoming_formulas(form):
    assert form.still().startswith('<div class="tertius-still tertius-paper mathjax_ignore tex2jax_ignore">')


def test_a_table_has_heads_and_escapes_its_texts():
    assert table(["", HOSTILE], [["a", HOSTILE]]) == (
        f'<table><thead><tr><th scope="col"></th><th scope="col">{ESCAPED}</th></tr></thead>'
        f'<tbody><tr><th scope="row">a</th><td>{ESCAPED}</td></tr></tbody></table>'
    )


def test_a_notebook_shows_the_text_and_then_the_form(form, capsys):
    form.show(status="right")
    assert repr(form) == "L06-R1: right"
    data, _ = form._repr_mimebundle_()
    assert data["text/plain"] == "Run this cell to start."
    assert "application/vnd.jupyter.widget-view+json" in data
    form._ipython_display_()
    out = capsys.readouterr().out
    assert 0 < out.index("tertius-still") < out.index("L06-R1: right") < out.index("Run this cell to start.")
