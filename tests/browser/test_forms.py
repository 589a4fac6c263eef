"""Forms in a real notebook: each kind of field by mouse and by keyboard, saved at once, and for everybody to use."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect
from tests.browser import axe
from tests.browser.forms import Forms, write_notebook
from tests.browser.lab import MINUTE, Notebook, Sheet
from tests.course import toy

HOSTILE = "<img src=x onerror=\"document.body.dataset.broken='yes'\"> $\\frac{"
LOST = "this notebook's kernel does not answer"
FORMS = list(toy.CELLS)


@pytest.fixture(scope="module")
def notebook(lab, context) -> Iterator[Notebook]:
    """One notebook for all tests of this module, all its cells run."""
    lab.use_theme("light")
    before = lab.sessions()
    with Sheet.watched(context) as sheet:
        sheet.page.set_default_timeout(MINUTE / 2)
        notebook = Notebook.opened(lab, sheet.page, write_notebook(lab, "forms", {"open": toy.OPEN, **toy.CELLS}))
        notebook.run_all()
        assert notebook.errors() == []
        yield notebook
    lab.end_sessions(lab.sessions() - before)


@pytest.fixture
def forms(notebook) -> Forms:
    return Forms(notebook)


def active_cell(notebook: Notebook) -> tuple[int, list]:
    """Which cell is chosen, and how often each was run."""
    index = notebook.page.evaluate("() => jupyterapp.shell.currentWidget.content.activeCellIndex")
    return index, [cell["count"] for cell in notebook.cells()]


def test_running_all_cells_writes_no_file(forms):
    for name in FORMS:
        expect(forms.form(name).sign).to_have_text("Nothing to save yet")
    assert not forms.file.exists()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_open_form_can_be_used_without_seeing_or_pointing(notebook, forms, theme):
    in_theme(notebook, theme)
    for name in FORMS:
        assert axe.violations(forms.form(name).root) == [], name


def in_theme(notebook: Notebook, theme: str) -> None:
    name = {"light": "JupyterLab Light", "dark": "JupyterLab Dark"}[theme]
    notebook.page.evaluate("(theme) => jupyterapp.commands.execute('apputils:change-theme', { theme })", name)
    expect(notebook.page.locator(f'body[data-jp-theme-light="{str(theme == "light").lower()}"]')).to_be_attached()
    expect(notebook.page.locator(".tertius-form").first).to_have_attribute("data-theme", theme)


# --- each kind of field, by mouse and by keyboard


def test_a_question_by_mouse(forms):
    form = forms.form("warmup")
    form.button("Check my answer").click()
    expect(form.problem).to_have_text("Pick one of the options first.")
    form.option("a weak tie").click()
    form.is_saved("Draft saved")
    expect(form.problem).to_be_hidden()
    form.button("Check my answer").click()
    expect(form.panel).to_contain_text("Not yet. Length is layout.")
    expect(form.said).to_have_text("Not yet. Length is layout.")
    form.is_saved()
    assert forms.last("answers", "L06-W1")["status"] == "wrong"
    form.option("nothing").click()
    form.button("Check my answer").click()
    expect(form.panel).to_contain_text("Right. Only the layout.")
    expect(form.option("nothing")).to_be_disabled()
    expect(form.option("nothing")).to_be_checked()
    form.is_saved()
    assert forms.last("answers", "L06-W1")["answer"] == "layout"


def test_a_prediction_by_keyboard(notebook, forms):
    form, keyboard = forms.form("predict"), notebook.page.keyboard
    form.option("the weak ties").focus()
    before = active_cell(notebook)
    keyboard.press("Space")
    expect(form.option("the weak ties")).to_be_checked()
    keyboard.press("ArrowDown")
    expect(form.option("the strong ties")).to_be_checked()
    keyboard.press("ArrowUp")
    for key in ("Shift+Enter", "Control+Enter", "Alt+Enter"):  # which in a notebook run the cell
        keyboard.press(key)
    keyboard.press("Tab")
    keyboard.press("Space")
    for _ in range(3):
        keyboard.press("ArrowRight")
    expect(form.option("80 %")).to_be_checked()
    keyboard.press("Tab")
    keyboard.type("they bridge")
    keyboard.press("Tab")
    expect(form.button("Save my prediction")).to_be_focused()
    keyboard.press("Enter")
    expect(form.panel).to_contain_text("You said: the weak ties, 80 % sure.")
    expect(form.panel).to_be_focused()
    expect(form.said).to_have_text("Your prediction is saved.")
    form.is_saved()
    made = forms.last("predictions", "L06-E1")
    assert (made["answer"], made["confidence"], made["because"]) == ("weakest", 80, "they bridge")
    assert active_cell(notebook) == before


def test_two_forms_with_the_same_options_do_not_disturb_each_other(forms):
    number, curve = forms.form("predict-number"), forms.form("predict-curve")
    number.option("60 %").click()
    curve.option("90 %").click()
    for form, sure in ((number, "60 %"), (curve, "90 %"), (forms.form("predict"), "80 %")):
        expect(form.option(sure)).to_be_checked()


def test_a_number_by_keyboard(notebook, forms):
    form, keyboard = forms.form("predict-number"), notebook.page.keyboard
    form.option("60 %").click()
    form.box("answer").focus()
    before = active_cell(notebook)
    keyboard.type("500")
    form.is_saved("Draft saved")
    for key in ("Enter", "Shift+Enter", "Control+Enter", "Alt+Enter"):
        keyboard.press(key)
    form.button("Save my prediction").press("Space")
    expect(form.problem).to_have_text("“500” is not a number from 0 to 200.")
    expect(form.button("Save my prediction")).to_be_focused()
    form.box("answer").press("Control+a")
    keyboard.type("6,5e1")
    form.button("Save my prediction").press("Enter")
    expect(form.panel).to_contain_text("You said: 65 steps, 60 % sure.")
    assert forms.last("predictions", "L06-E2")["answer"] == 65
    assert active_cell(notebook) == before


def test_a_curve_by_mouse_and_by_keyboard(notebook, forms):
    form, mouse = forms.form("predict-curve"), notebook.page.mouse
    svg = form.root.locator("svg.tertius-curve")
    svg.scroll_into_view_if_needed()
    points = form.box("answer")
    first = points.nth(0).bounding_box()
    x, y = first["x"] + first["width"] / 2, first["y"] + first["height"] / 2
    mouse.move(x, y)
    mouse.down()
    mouse.move(x + 5, y - 300, steps=5)
    mouse.up()
    expect(points.nth(0)).to_have_attribute("aria-valuetext", "100\N{NO-BREAK SPACE}%")
    form.is_saved("Draft saved")
    points.nth(3).focus()
    before = active_cell(notebook)
    for key in ("ArrowDown", "ArrowLeft", "ArrowUp", "PageDown"):
        notebook.page.keyboard.press(key)
    expect(points.nth(3)).to_have_attribute("aria-valuetext", "25\N{NO-BREAK SPACE}%")
    notebook.page.keyboard.press("Tab")
    expect(points.nth(4)).to_be_focused()
    notebook.page.keyboard.press("Home")
    form.button("Save my prediction").click()
    expect(form.panel).to_contain_text("100 % at 0 %, 50 % at 25 %, 50 % at 50 %, 25 % at 75 %, 0 % at 100 %")
    assert forms.last("predictions", "L06-E3")["answer"] == pytest.approx([1, 0.5, 0.5, 0.25, 0])
    expect(points.nth(3)).to_have_attribute("aria-disabled", "true")
    points.nth(3).press("ArrowUp")
    expect(points.nth(3)).to_have_attribute("aria-valuetext", "25\N{NO-BREAK SPACE}%")
    assert active_cell(notebook) == before


def test_the_answer_is_shown_after_a_few_words_and_the_curve_beside_the_runs(forms):
    form = forms.form("explain-curve")
    form.button("Show the answer").click()
    expect(form.problem).to_contain_text("Write a few words first")
    form.box("why").fill("It falls.")
    form.button("Show the answer").click()
    expect(form.root.locator(".tertius-band")).to_be_visible()
    expect(form.panel).to_contain_text("of your 5 points are where nine of ten runs are.")
    form.is_saved()
    assert forms.last("answers", "L06-E3")["answer"] == "It falls."


def test_several_options_by_mouse_and_keyboard_and_hints_one_by_one(notebook, forms):
    form, keyboard = forms.form("exercise"), notebook.page.keyboard
    form.option("none of these").click()
    form.option("A–B").click()
    expect(form.option("none of these")).not_to_be_checked()
    form.option("none of these").focus()
    keyboard.press("Space")
    expect(form.option("A–B")).not_to_be_checked()
    form.is_saved("Draft saved")
    form.option("A–B").focus()
    keyboard.press("Space")
    keyboard.press("Tab")
    keyboard.press("Tab")
    keyboard.press("Space")
    expect(form.option("C–D")).to_be_checked()
    form.box("share").fill("50 %")
    form.button("Check my answer").click()
    expect(form.panel).to_contain_text("1 of 2 are right. Look again at share.")
    form.button("Hint 1 of 3").dblclick()
    expect(form.panel).to_contain_text("Hint 1 of 3. Look.")
    notebook.page.mouse.down(click_count=2)  # the second half of a double click, after the first was answered
    notebook.page.mouse.up(click_count=2)
    notebook.page.wait_for_timeout(300)
    expect(form.button("Hint 2 of 3")).to_be_visible()
    form.button("Hint 2 of 3").press("Enter")
    expect(form.button("Hint 3 of 3")).to_be_focused()
    form.button("Hint 3 of 3").press("Enter")
    form.button("Show the solution").press("Enter")
    expect(form.panel).to_contain_text("Solution. A–B and C–D, two of eight.")
    expect(form.panel).to_be_focused()
    form.box("share").fill("25 %")
    form.button("Check my answer").click()
    expect(form.panel).to_contain_text("Right. A–B and C–D, two of eight.")
    form.is_saved()
    assert forms.last("answers", "L06-X1")["answer"] == {"ties": ["A–B", "C–D"], "share": 0.25}


def test_rows_are_filled_in_added_and_removed(notebook, forms):
    form, keyboard = forms.form("mine"), notebook.page.keyboard
    form.option("Who (a code), row 1").fill("P07")
    form.option("Kind, row 1").select_option("work")
    form.option("Since, row 1").fill("2020-05-01")
    form.option("Hours, row 1").fill("1,5")
    form.button("Add a row").click()
    expect(form.option("Who (a code), row 3")).to_be_focused()
    keyboard.type("P09")
    form.button("Add a row").press("Enter")
    expect(form.button("Add a row")).to_be_hidden()
    expect(form.option("Who (a code), row 4")).to_be_focused()
    form.button("Remove row 2").press("Enter")
    expect(form.option("Who (a code), row 2")).to_be_focused()
    expect(form.option("Who (a code), row 2")).to_have_value("P09")
    expect(form.button("Add a row")).to_be_visible()
    form.option("Kind, row 2").focus()
    keyboard.press("ArrowDown")
    keyboard.press("ArrowDown")
    form.option("I told them").press("Space")
    form.is_saved("Draft saved")
    form.button("Save").click()
    form.is_saved()
    first, second = forms.last("answers", "L06-M1")["answer"]["contacts"]
    assert first == {"who": "P07", "kind": "work", "since": "2020-05-01", "hours": 1.5}
    assert second == {"who": "P09", "kind": "other"}
    form.button("Remove row 1").click()
    form.is_saved("Draft saved")
    state = forms.last("views", "L06-M1-mine")["state"]
    assert [row["who"] for row in state["values"]["contacts"]] == ["P09", ""]


def test_what_is_typed_is_kept_without_a_button_and_called_saved_only_when_it_is(notebook, forms):
    form = forms.form("reflect")
    form.box("text").focus()
    before = active_cell(notebook)
    notebook.page.keyboard.type("Half a tho")
    expect(form.root).not_to_have_attribute("data-sign", "saved")
    form.is_saved("Draft saved")
    assert forms.last("views", "L06-R1-reflect")["state"]["values"] == {"text": "Half a tho"}
    for key in ("Shift+Enter", "Control+Enter", "Alt+Enter", "Escape", "ArrowUp", "ArrowDown"):
        notebook.page.keyboard.press(key)
    notebook.page.keyboard.type("ught")
    form.button("Save").click()
    form.is_saved("Saved ·")
    assert forms.last("reflections", "L06-R1")["text"].replace("\n", "") == "Half a thought"
    assert active_cell(notebook) == before


def test_a_learners_text_is_text_and_no_page_no_formula(notebook, forms):
    form = forms.form("explain")
    form.box("why").fill(HOSTILE)
    form.button("Show the answer").click()
    expect(form.panel).to_contain_text(f"Your words{HOSTILE}")
    form = forms.form("explain-number")
    form.box("why").evaluate(
        """(box) => {
            box.value = "torn \\ud83d";
            box.dispatchEvent(new Event("input", { bubbles: true }));
        }"""
    )
    form.is_saved("Draft saved")
    form.button("Show the answer").click()
    expect(form.panel).to_contain_text("torn ?")
    assert notebook.page.locator("body").get_attribute("data-broken") is None


def test_a_day_by_keyboard_and_done_once_there_is_something_to_do(notebook, forms):
    form, keyboard = forms.form("act"), notebook.page.keyboard
    form.box("what").focus()
    keyboard.type("Write to P07")
    keyboard.press("Tab")
    keyboard.type("12012026")
    form.button("Save").press("Enter")
    form.is_saved()
    done = forms.last("actions", "L06-A1")
    assert (done["what"], done["when"], done["done"]) == ("Write to P07", "2026-12-01", False)
    expect(form.button("Save")).to_be_focused()
    form.option("I have done it.").click()
    form.is_saved("Draft saved")
    form.button("Save").click()
    form.is_saved("Saved ·")
    assert forms.last("actions", "L06-A1")["done"] is True


def test_the_last_question_by_keyboard_tells_all_that_is_done(notebook, forms):
    form = forms.form("quiz")
    form.option("the only short way").press("Space")
    form.button("Check my answer").press("Enter")
    expect(form.panel).to_be_focused()
    form.is_saved()
    assert notebook.ask("print(lesson.parts['L06-save'].form.status)") == "12 of 12 done"
    expect(forms.form("save").panel).to_contain_text("Question 1right")


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_every_answered_form_can_be_used_without_seeing_or_pointing(notebook, forms, theme):
    in_theme(notebook, theme)
    for name in FORMS:
        assert axe.violations(forms.form(name).root) == [], name
