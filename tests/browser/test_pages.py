"""A lesson as a page, opened from disk: its Explorer moves, by mouse and keyboard, and nobody is asked for anything."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect
from tests.browser.conftest import LESSONS
from tests.browser.lab import Sheet, change, ink, pixels

from tertius.instructor.pages import pages


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """Lesson 06 as a page."""
    lesson, glossary = pages(["06"], LESSONS, tmp_path_factory.mktemp("pages"))
    assert glossary.path.name == "glossary.html"
    return lesson


@pytest.fixture
def opened(written, browser: Browser) -> Iterator[Sheet]:
    context = browser.new_context(viewport={"width": 1200, "height": 900})
    sheet = Sheet(context.new_page())
    sheet.page.goto(written.path.as_uri())
    yield sheet
    ours = tuple(path.as_uri() for path in written.path.parent.iterdir())
    asked = [url for url in sheet.strangers if not url.startswith(ours)]
    context.close()
    assert (sheet.faults, asked) == ([], [])


def test_the_explorer_moves_without_a_kernel(opened):
    page = opened.page
    root = page.locator(".tertius[data-live]").first
    root.scroll_into_view_if_needed()
    expect(page.locator(".tertius-still:not(.tertius-paper):visible")).to_have_count(0)
    canvas, sentence = root.locator(".tertius-network canvas"), root.locator(".tertius-sentence")
    before = pixels(canvas)
    assert ink(before) > 0.08
    expect(sentence).to_contain_text("weakest first")
    root.get_by_label("Cut first").select_option("the strongest ties")
    expect(sentence).to_contain_text("strongest first")
    assert change(before, pixels(canvas)) > 0.02
    root.get_by_label("Strengths").select_option("shuffled")
    expect(sentence).to_contain_text("strengths shuffled")
    root.locator(".tertius-now input").press("Home")
    expect(sentence).to_contain_text("No tie is cut: 151 of 151 people")
    root.get_by_role("button", name="Reset").press("Enter")
    expect(sentence).to_contain_text("weakest first")
    expect(root.locator(".tertius-why")).to_have_text(
        "6 settings are held here. Fixed: Seed, Runs. For any other, run the notebook."
    )


def test_everything_else_of_the_lesson_is_there_and_code_is_folded(opened):
    page = opened.page
    expect(page.get_by_role("heading", level=1, name="The power of weak ties", exact=True)).to_be_visible()
    expect(page.locator("table.dataframe").first).to_be_visible()
    expect(page.locator("figure img[alt]").first).to_be_visible()
    expect(page.locator(".tertius-paper").first).to_be_visible()
    code = page.locator("section#L06-setup-tools pre code")
    expect(code).to_be_hidden()
    page.locator("section#L06-setup-tools summary").press("Enter")
    expect(code).to_be_visible()


def test_its_terms_lead_to_the_glossary(opened, written):
    opened.page.get_by_role("link", name="local bridge", exact=True).last.click()
    expect(opened.page.get_by_role("heading", name="Local bridge")).to_be_in_viewport()
    assert opened.page.url == f"{written.path.with_name('glossary.html').as_uri()}#Local-bridge"


@pytest.mark.parametrize("width", [700, 400])
def test_nothing_sticks_out_of_a_narrow_page(opened, width):
    opened.page.set_viewport_size({"width": width, "height": 900})
    opened.page.locator(".tertius[data-live]").first.scroll_into_view_if_needed()
    assert opened.page.evaluate("() => document.documentElement.scrollWidth") <= width
