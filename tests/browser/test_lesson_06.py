"""Lesson 06 as learners meet it: all cells run, the Explorer moved by mouse and keyboard, saved, and opened again."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, expect
from tests.browser.lab import Notebook, Sheet, brightness, change, drag_to, ink, pixels

LESSON = "06-weak-ties.ipynb"
EXPLORER = "L06-E1-run-explorer"


class Explorer:
    """The parts of an Explorer in an open notebook."""

    def __init__(self, notebook: Notebook, cell: str):
        self.notebook = notebook
        self.cell = notebook.cell(cell)
        self.root = self.cell.locator(".tertius[data-live]")
        self.root.scroll_into_view_if_needed()
        self.network = self.root.locator(".tertius-network canvas")
        self.plot = self.root.locator(".tertius-plot canvas")
        self.slider = self.root.locator(".tertius-now input")
        self.sentence = self.root.locator(".tertius-sentence")
        self.order = self.root.get_by_label("Cut first")
        count = next(one["count"] for one in notebook.cells() if one["name"] == cell)
        self.in_python = f"Out[{count}]"

    def shows(self, name: str, value: object) -> None:
        """Wait until the picture on show is the one meant: the root says of each picture, when painted, which it is."""
        expect(self.root).to_have_attribute(f"data-{name}", str(value))

    def table_row(self) -> Locator:
        """The row of the table that is marked as now."""
        return self.root.locator("tr[aria-current]")

    def ask(self, what: str) -> str:
        return self.notebook.ask(f"print({self.in_python}{what})")

    def wait_for(self, claim: str) -> None:
        self.notebook.wait_for(f"{self.in_python}{claim}")


@pytest.fixture(scope="module")
def lesson(lab, context) -> Iterator[Notebook]:
    """The student's notebook, all cells run once for this module."""
    lab.use_theme("light")
    before = lab.sessions()
    with Sheet.watched(context) as sheet:
        notebook = Notebook.opened(lab, sheet.page, LESSON)
        notebook.run_all()
        # Before it is predicted, an experiment is veiled.
        veiled = notebook.cell(EXPLORER).locator(".tertius[data-veiled]")
        expect(veiled).to_contain_text("Make your prediction above, or skip it.")
        expect(veiled.get_by_role("slider")).to_have_count(0)
        notebook.cell("L06-E1-predict-form").get_by_role("button", name="Skip").click()
        expect(veiled).to_have_count(0)
        yield notebook
    lab.end_sessions(lab.sessions() - before)


@pytest.fixture
def explorer(lesson) -> Explorer:
    """Its Explorer, as it is at first."""
    explorer = Explorer(lesson, EXPLORER)
    explorer.root.get_by_role("button", name="Reset").click()
    explorer.wait_for(".value['order'] == 'weakest'")
    explorer.wait_for(".t == 35")
    explorer.shows("t", 35)
    return explorer


def test_every_cell_of_the_lesson_runs(lesson):
    codes = [cell for cell in lesson.cells() if cell["type"] == "code"]
    assert lesson.errors() == []
    assert [cell["name"] for cell in codes if not cell["count"]] == []
    complaints = [output["text"] for cell in codes for output in cell["outputs"] if output.get("name") == "stderr"]
    assert complaints == []


def test_lab_asks_nothing_before_the_lesson_can_be_read(lesson):
    lesson.page.wait_for_timeout(1000)
    assert lesson.page.locator(".jp-Dialog, .Toastify__toast").all_inner_texts() == []


@pytest.mark.slow  # without a browser, tests/lessons/test_notebooks.py runs them each time
def test_every_cell_of_the_solutions_runs(open_notebook):
    notebook = open_notebook(f"solutions/{LESSON}")
    notebook.run_all()
    assert notebook.errors() == []
    assert all(cell["count"] for cell in notebook.cells() if cell["type"] == "code")


def test_the_explorer_is_painted_and_takes_the_figures_place(explorer):
    assert ink(pixels(explorer.network)) > 0.08
    assert ink(pixels(explorer.plot)) > 0.03
    figure = explorer.cell.locator(".tertius-still")
    assert figure.count() == 1
    expect(figure).to_be_hidden()


def test_time_is_moved_by_mouse(explorer):
    before, sentence = pixels(explorer.network), explorer.sentence.inner_text()
    curve = pixels(explorer.plot)
    drag_to(explorer.slider, 0)
    explorer.shows("t", 0)
    expect(explorer.sentence).to_contain_text("No tie is cut: 151 of 151 people")
    assert explorer.sentence.inner_text() != sentence
    assert 0.02 < change(before, pixels(explorer.network)) < 0.9
    assert change(curve, pixels(explorer.plot)) > 0.001
    explorer.wait_for(".t == 0")


def test_time_is_moved_by_pointing_at_the_curve(explorer):
    box = explorer.plot.bounding_box()
    explorer.plot.click(position={"x": box["width"] - 14, "y": box["height"] / 2})
    explorer.shows("t", 60)
    explorer.wait_for(".t == 60")


@pytest.mark.parametrize(("key", "t"), [("ArrowRight", 36), ("ArrowLeft", 34), ("Home", 0), ("End", 60)])
def test_time_is_moved_by_keyboard(explorer, key, t):
    explorer.slider.focus()
    explorer.slider.press(key)
    explorer.shows("t", t)
    explorer.wait_for(f".t == {t}")
    assert explorer.slider.get_attribute("aria-valuetext") == f"{t}\u00a0%"


def test_a_slow_model_does_not_pull_the_slider_back(explorer):
    # Python hears of the first step late, and answers while the learner is already moving on.
    explorer.notebook.ask(
        f"import time; slow = lambda change: time.sleep(1); {explorer.in_python}.observe(slow, 'value')"
    )
    explorer.order.select_option("the strongest ties")
    pulled_back = explorer.root.evaluate(
        """async (root) => {
            const slider = root.querySelector(".tertius-now input");
            const wait = (ms) => new Promise((done) => setTimeout(done, ms));
            const move = (t) => {
                slider.value = t;
                slider.dispatchEvent(new Event("input", { bubbles: true }));
            };
            move(0);
            await wait(400);
            const pulledBack = [];
            for (let t = 1; t <= 40; t++) {
                move(t);
                await wait(50);
                if (slider.valueAsNumber !== t) pulledBack.push([t, slider.valueAsNumber]);
            }
            return pulledBack;
        }"""
    )
    explorer.notebook.ask(f"{explorer.in_python}.unobserve(slow, 'value')")
    assert pulled_back == []
    explorer.wait_for(".t == 40")


def test_play_goes_through_time_and_stops_at_the_end(explorer):
    drag_to(explorer.slider, 0.9)
    explorer.root.get_by_role("button", name="Play").click()
    explorer.shows("t", 60)
    expect(explorer.root.get_by_role("button", name="Play")).to_be_visible()
    explorer.wait_for(".t == 60")


def test_the_table_says_what_the_picture_says(explorer):
    explorer.root.locator("summary").click()
    row = explorer.table_row().last
    expect(row).to_contain_text("35")
    largest = explorer.ask(".run['largest_share'][35]")
    expect(row).to_contain_text(f"{100 * float(largest):.0f}\u00a0%")
    drag_to(explorer.slider, 0)
    expect(explorer.table_row().last).to_contain_text("100\u00a0%")
    explorer.root.locator("summary").click()


def test_a_control_is_moved_and_the_model_plays_again(explorer):
    network, curve, sentence = pixels(explorer.network), pixels(explorer.plot), explorer.sentence.inner_text()
    serial = explorer.root.get_attribute("data-serial")
    explorer.order.select_option("the strongest ties")
    explorer.wait_for(".value['order'] == 'strongest'")
    expect(explorer.root).not_to_have_attribute("data-serial", serial)
    expect(explorer.sentence).not_to_have_text(sentence)
    assert change(network, pixels(explorer.network)) > 0.02
    assert change(curve, pixels(explorer.plot)) > 0.02
    assert float(explorer.ask(".run['largest_share'][35]")) > 0.8
    assert explorer.ask(".t") == "35"


def test_a_control_is_moved_by_keyboard_and_taken_back(explorer):
    explorer.order.focus()
    explorer.order.press("ArrowDown")
    explorer.wait_for(".value['order'] == 'strongest'")
    explorer.root.get_by_role("button", name="Undo").click()
    explorer.wait_for(".value['order'] == 'weakest'")
    expect(explorer.order.locator("option:checked")).to_have_text("the weakest ties")


def test_what_is_set_in_python_is_shown(explorer):
    explorer.ask(".choose(order='strongest')")
    expect(explorer.order.locator("option:checked")).to_have_text("the strongest ties")
    explorer.notebook.ask(f"{explorer.in_python}.t = 10")
    explorer.shows("t", 10)


@pytest.mark.slow
def test_the_lesson_runs_in_a_dark_theme(lab, open_notebook, explorer):
    light = brightness(pixels(explorer.root))
    # Under another name, and so with a kernel of its own: a form that is made anew in one page ends the one in another.
    shutil.copy(lab.notebooks / LESSON, lab.notebooks / "in-the-dark.ipynb")
    lab.use_theme("dark")
    try:
        notebook = open_notebook("in-the-dark.ipynb")
        notebook.run_all()
    finally:
        lab.use_theme("light")
    dark = Explorer(notebook, EXPLORER)
    assert brightness(pixels(dark.root)) < 0.35 < 0.75 < light
    assert ink(pixels(dark.network)) > 0.08
    assert ink(pixels(dark.plot)) > 0.03
    assert notebook.errors() == []


def test_the_answer_is_not_shown_before_the_learner_runs_it(open_notebook):
    notebook = open_notebook(LESSON)
    assert not notebook.cell(EXPLORER).locator(".tertius-still img").is_visible()
    assert notebook.cell("L06-E1-concept-figure").locator("img[alt]").is_visible()


@pytest.fixture(scope="module")
def saved(lesson) -> dict:
    """The lesson as it was saved after running, its Explorer at another step than at first."""
    return lesson.save()


def test_reopened_from_a_stranger_the_lesson_shows_the_figure_and_says_it_in_words(lab, open_notebook, saved):
    # Lab trusts a notebook by its content: one word more, and it is a stranger's.
    theirs = {**saved, "metadata": {**saved["metadata"], "from": "a friend"}}
    notebook = open_notebook(lab.add("from-a-friend.ipynb", theirs))
    cell = notebook.cell(EXPLORER)
    figure = cell.locator("figure img")
    expect(figure).to_be_hidden()
    cell.get_by_text("Make your prediction above, or skip it.").click()
    expect(figure).to_be_visible()
    assert ink(pixels(figure)) > 0.05
    assert "in the largest connected part" in figure.get_attribute("alt")
    expect(cell.locator("table").first).to_be_attached()
    expect(cell.locator(".tertius")).to_have_count(0)
    expect(cell.get_by_text("Run this cell to start.")).to_be_visible()


def test_reopened_by_its_owner_the_lesson_is_live_without_running(lab, own_kernels, sheet, saved):
    notebook = Notebook.reopened(lab, sheet.page, lab.add("mine-again.ipynb", saved), ".tertius[data-live]")
    cell = notebook.cell(EXPLORER)
    root = cell.locator(".tertius[data-live]")
    expect(root).to_be_visible()
    expect(cell.locator(".tertius-still")).to_be_hidden()
    slider, canvas = root.locator(".tertius-now input"), root.locator(".tertius-network canvas")
    before = pixels(canvas)
    slider.press("End")
    expect(root).to_have_attribute("data-t", "60")
    assert change(before, pixels(canvas)) > 0.02
