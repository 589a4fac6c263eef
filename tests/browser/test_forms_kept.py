"""What is done in a form is kept: when the kernel dies, when the page goes, on a shared computer, and in a download."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import count

import pandas as pd
import pytest
from playwright.sync_api import BrowserContext, expect
from tests.browser import axe
from tests.browser.forms import Forms, write_notebook
from tests.browser.lab import MINUTE, Lab, Notebook

import tertius
from tertius.learner import NAME, Learner

CELLS = {
    "open": "import os, tertius\nfrom tertius.course import *\nlesson = tertius.lesson('06')",
    "restore": 'lesson.restore("manufacturing_vp")',
    "quiz": 'lesson.quiz("Q1", "Which?", {"a": ("this", "So it is."), "b": ("that", "It is not.")}, "a")',
    "mine": """
lesson.mine("M1", "Ties", "", {
    "contacts": ("Contacts", Rows({"who": ("Who", Words())})), "sure": ("Sure?", ["yes", "no"])})
""",
    "reflect": 'lesson.reflect("R1", "What surprised you?")',
    "save": "lesson.save()",
}
TIMES = count(1)
HUB = "TERTIUS_PUBLIC_HUB"
LOST = "this notebook's kernel does not answer"


@pytest.fixture(scope="module")
def notebook(lab: Lab, context: BrowserContext) -> Iterator[Notebook]:
    """One notebook for all tests of this module. Kernels die in it, of which Lab complains in the console."""
    lab.use_theme("light")
    before = lab.sessions()
    page = context.new_page()
    page.set_default_timeout(MINUTE)
    notebook = Notebook.opened(lab, page, write_notebook(lab, "kept", CELLS))
    notebook.run_all()
    assert notebook.errors() == []
    yield notebook
    page.close()
    lab.end_sessions(lab.sessions() - before)


@pytest.fixture
def forms(notebook: Notebook) -> Forms:
    """The forms on the learner's own computer, with something recorded."""
    return forms_on(notebook, is_shared=False)


@pytest.fixture
def shared(notebook: Notebook) -> Forms:
    """The forms on a shared computer, with something recorded that was not downloaded."""
    return forms_on(notebook, is_shared=True)


def forms_on(notebook: Notebook, *, is_shared: bool) -> Forms:
    """Move the notebook to another computer if it is not there, where nobody recorded anything yet; then record."""
    forms = Forms(notebook)
    if notebook.ask(f"print('{HUB}' in os.environ)") != str(is_shared):
        forget(forms)
        notebook.page.evaluate(f"() => {list(browser_keeps(notebook))}.forEach((key) => localStorage.removeItem(key))")
        notebook.ask(f"os.environ['{HUB}'] = '1'" if is_shared else f"del os.environ['{HUB}']")
        notebook.run_all()
    if is_shared or not forms.file.is_file():
        record(forms, f"Recorded before, {next(TIMES)}.")
    return forms


def record(forms: Forms, text: str) -> None:
    form = forms.form("reflect")
    form.box("text").fill(text)
    form.button("Save").click()
    form.is_saved("Saved ·")


def forget(forms: Forms) -> None:
    """Delete the learner's file with all that is beside it, as a shared computer does when a session ends."""
    for path in forms.file.parent.iterdir():
        if "tertius.json" in path.name:
            path.unlink()


def reload(notebook: Notebook) -> None:
    """Load the page anew, as a learner does whose browser was closed; the kernel lives on."""
    notebook.page.reload()
    notebook.wait_for_kernel()


def browser_keeps(notebook: Notebook) -> dict[str, str]:
    """What tertius has in the browser's store."""
    kept = notebook.page.evaluate("() => ({ ...localStorage })")
    return {key: value for key, value in kept.items() if key.startswith("tertius:")}


def test_a_kernel_that_dies_while_somebody_types_loses_nothing(notebook, forms):
    reflect, quiz = forms.form("reflect"), forms.form("quiz")
    reflect.box("text").fill("Before it died")
    reflect.is_saved("Draft saved")
    assert browser_keeps(notebook) == {}, "what is on the disk need not be kept in the browser"
    reflect.box("text").press("End")
    notebook.page.keyboard.type(", while")
    notebook.kill_kernel()
    reflect.box("text").press("End")
    notebook.page.keyboard.type(", and after")
    expect(reflect.sign).to_contain_text(LOST, timeout=MINUTE / 4)
    expect(reflect.sign).to_contain_text("What you typed is kept in this browser until then.")
    expect(reflect.said).to_contain_text(LOST)
    notebook.wait_for_kernel()
    expect(notebook.cell("reflect").locator(".tertius-paper")).to_be_hidden()
    reflect.box("text").press("End")
    notebook.page.keyboard.type(".")
    notebook.page.wait_for_timeout(600)
    expect(reflect.root).to_have_attribute("data-sign", "lost")  # it is not called "Saving …" while nobody saves
    quiz.option("this").click()
    quiz.button("Check my answer").click()
    expect(quiz.sign).to_contain_text(LOST, timeout=MINUTE / 4)
    assert "after" not in forms.last("views", "L06-R1-reflect")["state"]["values"]["text"]
    notebook.run_all()
    reflect, quiz = forms.form("reflect"), forms.form("quiz")
    expect(reflect.box("text")).to_have_value("Before it died, while, and after.")
    reflect.is_saved("Draft saved")
    assert forms.last("views", "L06-R1-reflect")["state"]["values"] == {"text": "Before it died, while, and after."}
    expect(quiz.option("this")).to_be_checked()
    quiz.is_saved("Draft saved")
    assert "L06-Q1" not in forms.stored()["answers"], "a button that nobody heard was not pressed"
    assert browser_keeps(notebook) == {}


def test_a_kernel_that_is_busy_for_long_is_waited_for(notebook, forms):
    form = forms.form("reflect")
    notebook.page.evaluate(
        """() => {
            const { kernel } = jupyterapp.shell.currentWidget.sessionContext.session;
            kernel.requestExecute({ code: "lesson.lock.acquire(); import time; time.sleep(7); lesson.lock.release()" });
        }"""
    )
    form.box("text").fill("Typed meanwhile.")
    expect(form.sign).to_contain_text(LOST, timeout=MINUTE / 4)
    form.is_saved("Draft saved")
    assert forms.last("views", "L06-R1-reflect")["state"]["values"] == {"text": "Typed meanwhile."}


def test_a_page_that_is_loaded_anew_shows_what_was_typed_last(notebook, forms):
    form = forms.form("mine")
    form.option("yes").click()
    form.option("Who, row 1").fill("P07")
    reload(notebook)
    notebook.run_all()
    form = forms.form("mine")
    expect(form.option("Who, row 1")).to_have_value("P07")
    expect(form.option("yes")).to_be_checked()
    form.is_saved("Draft saved")
    values = forms.last("views", "L06-M1-mine")["state"]["values"]
    assert (values["contacts"][0]["who"], values["sure"]) == ("P07", "yes")


def test_what_the_browser_kept_of_another_version_of_the_lesson_breaks_nothing(notebook, forms):
    key = notebook.ask("print(lesson.parts['L06-M1-mine'].form.key)")
    for kept in (
        {"values": {"contacts": 5, "sure": {"a": 1}, "gone": 1}},
        {"values": 7},
        7,
        {"values": {"contacts": [None]}},
    ):
        notebook.page.evaluate(
            "([key, kept]) => localStorage.setItem(key, kept)", [f"tertius:draft:{key}", json.dumps(kept)]
        )
        notebook.ask("lesson.parts['L06-M1-mine'].form")
        notebook.run_all()
        form = forms.form("mine")
        form.option("Who, row 1").fill("P08")
        form.is_saved("Draft saved")
    assert browser_keeps(notebook) == {}


def test_the_notebook_does_not_fill_up_with_forms_of_earlier_runs(notebook, forms):
    notebook.run_all()
    first = notebook.save()["metadata"].get("widgets")
    notebook.run_all()
    second = notebook.save()["metadata"].get("widgets")
    counts = [len(kept["application/vnd.jupyter.widget-state+json"]["state"]) for kept in (first, second)]
    assert counts[0] == counts[1] > 0


def test_what_cannot_be_saved_stays_in_the_browser_until_it_is(notebook, forms):
    aside = forms.file.with_suffix(".aside")
    forms.file.rename(aside)
    forms.file.mkdir()  # so that nothing can be written there
    form = forms.form("reflect")
    form.box("text").fill("Nowhere to go.")
    expect(form.sign).to_have_text("Not saved; it is kept in this notebook and goes with the next save")
    expect(form.problem).to_contain_text("could not be saved (")
    assert "Nowhere to go." in json.dumps(browser_keeps(notebook))
    assert axe.violations(form.root) == []
    forms.file.rmdir()
    aside.rename(forms.file)
    quiz = forms.form("quiz")
    quiz.option("that").click()
    quiz.is_saved("Draft saved")
    form.is_saved("Draft saved")
    assert forms.last("views", "L06-R1-reflect")["state"]["values"] == {"text": "Nowhere to go."}
    assert browser_keeps(notebook) == {}


# --- the file


def test_the_file_is_downloaded_and_brought_back_after_everything_was_deleted(notebook, forms, tmp_path):
    record(forms, "For later.")
    save = forms.form("save")
    with notebook.page.expect_download() as started:
        save.button("Download my file").click()
    expect(save.said).to_have_text("Your file is downloaded.")
    assert started.value.suggested_filename == NAME
    copy = tmp_path / NAME
    started.value.save_as(copy)
    assert copy.read_bytes() == forms.file.read_bytes()

    save.button("Delete everything …").press("Enter")
    expect(save.box("sure")).to_be_focused()
    notebook.page.keyboard.type("deleet")
    save.button("Delete everything").click()
    expect(save.problem).to_contain_text("Type delete to delete everything you recorded")
    save.box("sure").fill("delete")
    save.button("Delete everything").click()
    expect(save.panel).to_contain_text("Everything recorded was deleted")
    expect(forms.form("reflect").box("text")).to_have_value("")
    assert forms.stored()["reflections"] == {}

    restore = forms.form("restore")
    restore.box("file").set_input_files(copy)
    expect(restore.panel).to_contain_text(
        f"came back from {NAME}. Choose Run, then Run All Cells, to see it in every cell."
    )
    expect(forms.form("reflect").box("text")).to_have_value("For later.")
    assert forms.last("reflections", "L06-R1")["text"] == "For later."


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b'{"schema": 1', "download.json could not be read as JSON (it goes wrong on line 1); nothing was changed."),
        (b"", "download.json is empty; nothing was changed."),
        (b" " * 5_000_001, "download.json is larger than 5 MB, more than a form takes"),
        (b" " * 4_900_000, "download.json is empty; nothing was changed."),
    ],
    ids=["damaged", "empty", "too large", "large"],
)
def test_a_file_that_cannot_be_used_is_told_in_a_sentence_and_changes_nothing(forms, data, said):
    before = forms.file.read_bytes()
    form = forms.form("restore")
    form.box("file").set_input_files({"name": "download.json", "mimeType": "application/json", "buffer": data})
    expect(form.problem).to_contain_text(said)
    assert forms.file.read_bytes() == before
    assert axe.violations(form.root) == []


# --- a shared computer


@pytest.fixture
def download(tmp_path):
    """A file with an own map, from the learner's own computer."""
    nodes = pd.DataFrame({"id": ["P01", "P02"]})
    ties = pd.DataFrame({"source": ["P01"], "target": "P02", "relation": "own", "wave": 1, "weight": 2.0})
    relation = {"name": "own", "directed": False, "unit": "rating", "scale_max": 5, "symmetrise": "max"}
    meta = {"name": "own", "ego": "P01", "default_relation": "own", "default_wave": 1, "relations": [relation]}
    learner = Learner.open(tmp_path / "own", environment={})
    learner.use_network(tertius.Network(nodes, ties, meta))
    return learner.path


def test_a_shared_computer_that_forgets_finds_the_copy_in_the_browser(notebook, shared):
    expect(shared.form("restore").root).to_contain_text("This notebook runs on a shared computer")
    record(shared, "Written on a shared computer.")
    expect(shared.form("save").root).to_contain_text("Download your file now, or this work is lost")
    assert "Written on a shared computer." in browser_keeps(notebook)["tertius:copies"]

    forget(shared)
    notebook.run_all()
    quiz = shared.form("quiz")  # somebody who goes on without looking
    quiz.option("this").click()
    quiz.button("Check my answer").click()
    quiz.is_saved()
    restore = shared.form("restore")
    kept = restore.root.get_by_role("button", name="Bring back what this browser kept")
    expect(kept).to_have_count(1)
    kept.click()
    expect(restore.panel).to_contain_text("came back from the copy in this browser.")
    expect(kept).to_have_count(0)
    assert shared.last("reflections", "L06-R1")["text"] == "Written on a shared computer."
    assert shared.last("answers", "L06-Q1")["status"] == "right"
    assert len(json.loads(browser_keeps(notebook)["tertius:copies"])) == 1


def test_leaving_a_shared_computer_before_the_download_is_asked_about(notebook, shared):
    leaves = """() => {
        const event = new Event("beforeunload", { cancelable: true });
        window.dispatchEvent(event);
        return event.defaultPrevented;
    }"""
    save = shared.form("save")
    notebook.save()
    assert notebook.page.evaluate(leaves) is True
    with notebook.page.expect_download():
        save.button("Download my file").click()
    expect(save.root).not_to_contain_text("Download your file now")
    notebook.save()
    assert notebook.page.evaluate(leaves) is False


def test_an_own_map_comes_onto_a_shared_computer_after_a_typed_yes_only(notebook, shared, download):
    form = shared.form("restore")
    form.box("file").set_input_files(download)
    expect(form.button("Restore all but the map")).to_be_visible()
    assert axe.violations(form.root) == []
    form.button("Restore with the map").click()
    expect(form.problem).to_contain_text("Type yes to bring your own map onto a shared computer")
    assert "network" not in shared.stored()
    form.box("agreed").fill("yes")
    form.button("Restore with the map").click()
    expect(form.panel).to_contain_text("and your own map.")
    assert shared.stored()["network"]["nodes"]["rows"] == [["P01"], ["P02"]]
    assert "P02" not in json.dumps(browser_keeps(notebook)), "the map stays out of the browser's copy"


def test_deleting_everything_deletes_it_in_the_browser_too(notebook, shared):
    save = shared.form("save")
    assert "Recorded before, " in browser_keeps(notebook)["tertius:copies"]
    notebook.page.evaluate("() => localStorage.setItem('another:program', 'stays')")
    save.button("Delete everything …").click()
    save.box("sure").fill("delete")
    save.button("Delete everything").click()
    expect(save.panel).to_contain_text("Everything recorded was deleted")
    assert browser_keeps(notebook) == {}
    assert notebook.page.evaluate("() => localStorage.getItem('another:program')") == "stays"
