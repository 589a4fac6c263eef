"""The map from memory in a real notebook: by the keyboard alone, from nothing to the numbers, and after a crash."""

from __future__ import annotations

from playwright.sync_api import expect
from tests.browser import axe
from tests.browser.forms import Forms, write_notebook

OPEN = 'import tertius\nlesson = tertius.lesson("03")'


def test_from_nothing_to_a_map_with_its_numbers_by_keyboard_in_a_notebook_that_is_then_restarted(lab, open_notebook):
    cells = {"open": OPEN, "map": 'lesson.map("M1")', "save": "lesson.save()"}
    notebook = open_notebook(write_notebook(lab, "map", cells))
    notebook.run_all()
    assert notebook.errors() == []
    forms = Forms(notebook)
    form, keys = forms.form("map"), notebook.page.keyboard
    before = [cell["count"] for cell in notebook.cells()]
    form.root.locator('[data-at="prompt advice"]').focus()
    for line in (["AM", "BK", "CL"], ["DO"], [], ["EP"], []):
        for code in line:
            keys.type(code)
            for key in ("Shift+Enter", "Control+Enter", "Enter"):  # the first two would run the cell
                keys.press(key)
        keys.press("Enter")
    for close in "52143":
        keys.press("Tab")
        keys.type(close)
        keys.press("Tab")
    keys.press("Tab")  # past what is said of oneself
    keys.press("Space")
    for key in ("ArrowDown", "ArrowRight", "Space", "Tab", "Tab", "Enter"):
        keys.press(key)
    expect(form.panel).to_contain_text("Contacts who know each other (density): 20")
    form.is_saved()
    assert [cell["count"] for cell in notebook.cells()] == before
    assert axe.violations(form.root) == []
    network = forms.stored()["network"]
    assert [row[0] for row in network["nodes"]["rows"]] == ["me", "AM", "BK", "CL", "DO", "EP"]
    assert [row[:2] for row in network["ties"]["rows"]][-2:] == [["AM", "BK"], ["BK", "CL"]]
    expect(forms.form("save").panel).to_contain_text("5 contacts")

    notebook.kill_kernel()
    notebook.wait_for_kernel()
    notebook.run_all()
    form = forms.form("map")
    expect(form.root.locator(".tertius-card")).to_have_count(6)
    expect(form.option("AM and BK know each other")).to_be_checked()
    expect(form.root.locator('[data-at="closeness DO"]')).to_have_value("4")
