"""A browser for the pages that widgets make."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from tests.browser.lab import Sheet, chromium, find_browser, pixels


@dataclass
class Shown:
    """A page of widgets in the browser, and the first of them."""

    page: Page
    root: Locator

    @property
    def network(self) -> Locator:
        return self.root.locator(".tertius-network")

    @property
    def slider(self) -> Locator:
        return self.root.locator(".tertius-time").get_by_role("slider")

    @property
    def sentence(self) -> str:
        return self.root.locator(".tertius-sentence").text_content()

    @property
    def said(self) -> Locator:
        """What a screen reader is told."""
        return self.root.get_by_role("status")

    def go(self, t: int) -> None:
        """Move time with the slider and wait until the step is painted."""
        self.slider.fill(str(t))
        self.painted(t)

    def painted(self, t: int) -> None:
        expect(self.root).to_have_attribute("data-t", str(t))

    def settle(self) -> None:
        """Wait until what was asked for has been painted."""
        self.page.evaluate("() => new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)))")

    def picture(self) -> np.ndarray:
        """The network as it is on the screen, after the next frame; without its rim, where the focus ring is."""
        self.settle()
        return pixels(self.network)[8:-8, 8:-8]

    def place(self, x: float, y: float) -> tuple[float, float]:
        """A point of the network, given as shares of its width and height, on the page."""
        box = self.network.bounding_box()
        return box["x"] + x * box["width"], box["y"] + y * box["height"]


# Not for the whole session: while Playwright is awake, nothing else in this process can run an event loop of its own.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = find_browser()
    if path is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("there is no Chromium on this computer")
    with chromium(path) as running:
        yield running


@pytest.fixture
def show(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Shown]]:
    """Return a function that opens a page from a file, and waits until its first widget is alive.

    At the end nothing may have gone wrong in any page, and none may have asked anybody for anything.
    """
    opened = []

    def open_page(html: str, *, live: bool = True, prepare: str | None = None, **options) -> Shown:
        file = tmp_path / f"page-{len(opened)}.html"
        file.write_text(html, encoding="utf-8")
        context = browser.new_context(**{"viewport": {"width": 1100, "height": 900}, **options})
        sheet = Sheet(context.new_page())
        opened.append((context, sheet))
        if prepare:
            sheet.page.add_init_script(prepare)
        sheet.page.goto(file.as_uri())
        shown = Shown(sheet.page, sheet.page.locator(".tertius").first)
        if live:
            expect(shown.root).to_have_attribute("data-live", "true")
        return shown

    yield open_page
    for context, sheet in opened:
        requests = [url for url in sheet.strangers if not url.startswith("file:")]
        context.close()
        assert sheet.faults == []
        assert requests == []
