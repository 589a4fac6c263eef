"""Frozen Explorers in JupyterLab: alive where they are made, alive again from the file, a figure where not trusted."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, expect
from tests.browser.lab import MINUTE, Notebook, Sheet, change, held, ink, pixels

MAKE = """
import tertius

case = tertius.load("manufacturing_vp")
ties = tertius.Ties.of(case)
explorer = tertius.Explorer(
    lambda order, shuffled: tertius.models.TieRemoval(ties, order, shuffled=shuffled, most=0.6),
    lambda run, runs: tertius.draw.tie_removal(run, runs, people=case),
    steps=60, t=35, title="Cut weak or strong?",
    order=tertius.Choice("Cut first", ["weakest", "strongest", "random"]),
    shuffled=tertius.Toggle("Shuffle the strengths"),
    presets={"What a manager would do": {"order": "strongest"}},
    equal=tertius.Budget("ties cut", "ties_cut"),
)
explorer.freeze()
"""
AGAIN = "explorer.freeze(order=True)"
LIVE = "heard = []\nexplorer.observe(lambda change: heard.append(change['name']), ['value', 't'])\nexplorer"
ASK = """
settings = [(order, shuffled) for order in ("weakest", "strongest", "random") for shuffled in (False, True)]
said = []
for order, shuffled in settings:
    explorer.choose(order=order, shuffled=shuffled)
    said.append([order, shuffled, explorer.scene.sentences[35]])
print(__import__("json").dumps(said))
"""


def first_view(notebook: Notebook, cell: int = 0) -> Locator:
    """The view that a cell shows."""
    root = notebook.area.locator(".jp-Cell").nth(cell).locator(".tertius[data-live]")
    root.scroll_into_view_if_needed()
    return root


@pytest.fixture(scope="module")
def run(lab, write, context) -> Iterator[Notebook]:
    """A notebook with two frozen Explorers and the live one, run once for this module."""
    before = lab.sessions()
    with Sheet.watched(context) as sheet:
        notebook = Notebook.opened(lab, sheet.page, write("frozen.ipynb", MAKE, AGAIN, LIVE))
        notebook.run_all()
        assert notebook.errors() == []
        yield notebook
    lab.end_sessions(lab.sessions() - before)


@pytest.fixture(scope="module")
def saved(run) -> dict:
    """The notebook as it was saved after running."""
    return run.save()


def test_saved_and_reopened_by_its_owner_it_is_alive_without_running(lab, saved, own_kernels, sheet):
    notebook = Notebook.reopened(lab, sheet.page, lab.add("frozen-again.ipynb", saved), ".tertius[data-live]")
    assert [cell["count"] for cell in notebook.cells()] == [1, 2, 3]
    for cell in (0, 1):
        root = first_view(notebook, cell)
        expect(root).to_be_visible()
        assert ink(pixels(root.locator(".tertius-network canvas"))) > 0.08
        root.get_by_label("Cut first").select_option("strongest")
        expect(root.locator(".tertius-sentence")).to_contain_text("strongest first")
    expect(notebook.area.locator(".tertius-still:visible")).to_have_count(0)
    assert notebook.page.locator("head style[id^=tertius-frozen]").count() == 1


def test_reopened_from_a_stranger_it_is_a_figure_with_its_words(lab, saved, open_notebook):
    # Lab trusts a notebook by its content: one word more, and it is a stranger's.
    theirs = {**saved, "metadata": {**saved["metadata"], "from": "a friend"}}
    notebook = open_notebook(lab.add("frozen-from-a-friend.ipynb", theirs))
    cell = notebook.area.locator(".jp-Cell").first
    figure = cell.locator("figure img")
    expect(figure).to_be_visible()
    assert ink(pixels(figure)) > 0.05
    assert "in the largest connected part" in figure.get_attribute("alt")
    expect(cell.locator(".tertius")).to_have_count(0)
    expect(cell.get_by_text("in JupyterLab, trust the notebook.")).to_be_visible()


def test_a_cell_run_again_leaves_nothing_of_the_view_before(run):
    root = first_view(run, 1)

    def run_again() -> None:
        root.evaluate("(root) => root.setAttribute('data-old', '')")
        cell = run.area.locator(".jp-Cell").nth(1)
        cell.locator(".jp-InputArea").click()
        run.page.keyboard.press("Control+Enter")
        expect(cell.locator(".tertius[data-live]:not([data-old])")).to_be_visible(timeout=MINUTE)

    run_again()
    before = held(run.page)["JSEventListeners"]
    for _ in range(4):
        run_again()
    # A view has some fifty listeners; Lab's own go up and down by a few.
    assert held(run.page)["JSEventListeners"] < before + 40


def test_a_preset_and_what_is_not_equal_go_through_the_kernel_and_others_hear_of_it(run):
    root = first_view(run, 2)
    preset, equal = root.get_by_label("Preset"), root.locator(".tertius-equal")
    expect(equal).to_have_text("Kept equal: ties cut (292).")
    preset.select_option("What a manager would do")
    run.wait_for("explorer.value['order'] == 'strongest'")
    expect(root.locator(".tertius-sentence")).to_contain_text("strongest first")
    root.get_by_role("button", name="Undo").click()
    run.wait_for("explorer.value['order'] == 'weakest' and not explorer.past")
    expect(preset.locator("option:checked")).to_have_text("as set")
    run.ask("explorer._budget = tertius.Budget('people cut off', lambda run: 151 * (1 - run['largest_share'][-1]))")
    run.ask("explorer.choose(runs=41)")
    preset.select_option("What a manager would do")
    run.wait_for("explorer.equal.startswith('Not equal: ')")
    expect(equal).to_have_text(run.ask("print(explorer.equal)"))
    expect(root.get_by_role("status")).to_contain_text("Not equal: ")
    run.ask("explorer.reset(); heard.clear()")
    root.locator(".tertius-now input").press("Home")
    run.wait_for("'t' in heard and explorer.t == 0")
    run.ask("heard.clear()")
    root.get_by_label("Shuffle the strengths").check()
    run.wait_for("'value' in heard and explorer.value['shuffled']")


def test_in_lab_it_moves_without_the_kernel_and_says_what_the_kernel_says(run):
    kernels = json.loads(run.ask(ASK))
    run.choose("Kernel", "Shut Down Kernel")
    root = first_view(run)
    expect(run.area.locator("[class=tertius][data-live]")).to_have_count(3)
    expect(run.area.locator(".tertius-still:visible")).to_have_count(0)
    before = pixels(root.locator(".tertius-network canvas"))
    for order, shuffled, sentence in kernels:
        root.get_by_label("Cut first").select_option(order)
        root.get_by_label("Shuffle the strengths").set_checked(shuffled)
        expect(root.locator(".tertius-sentence")).to_have_text(sentence)
    assert change(before, pixels(root.locator(".tertius-network canvas"))) > 0.02
    root.get_by_role("button", name="Reset").click()
    expect(root.get_by_label("Preset").locator("option:checked")).to_have_text("as set")
    root.get_by_label("Preset").select_option("What a manager would do")
    expect(root.locator(".tertius-sentence")).to_have_text(kernels[2][2])
    expect(root.get_by_text("Kept equal: ties cut (292).")).to_be_visible()
    slider = root.locator(".tertius-now input")
    slider.press("Home")
    expect(root).to_have_attribute("data-t", "0")
    slider.press("ArrowRight")
    expect(root).to_have_attribute("data-t", "1")
