"""The browser, the server and the pages that browser tests share."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Browser, BrowserContext
from tests.browser.lab import Lab, Notebook, Sheet, chromium, find_browser

LESSONS = Path(__file__).parents[2] / "lessons"
NO_BROWSER = (
    "there is no Chromium on this computer: install it (Debian and Ubuntu: apt-get install chromium; elsewhere: "
    ".venv/bin/python -m playwright install chromium) and run the tests again"
)


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """One JupyterLab for all browser tests, with a copy of the lessons."""
    home = tmp_path_factory.mktemp("lab")
    notebooks = home / "lessons"
    shutil.copytree(LESSONS, notebooks, ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    with Lab.started(home, notebooks) as running:
        yield running


# Not for the whole session: while Playwright is awake, nothing else in this process can run an event loop of its own.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for a module's tests."""
    path = find_browser()
    if path is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(NO_BROWSER)
    with chromium(path) as running:
        yield running


# One for a module: what Lab's pages load is then loaded once.
@pytest.fixture(scope="module")
def context(browser: Browser) -> BrowserContext:
    """A browser window, so to say, in which every test opens its own page."""
    return browser.new_context(viewport={"width": 1400, "height": 1000})


@pytest.fixture
def sheet(context: BrowserContext) -> Iterator[Sheet]:
    """A new page; at the end nothing must have gone wrong in it, and it must have asked nobody else for anything."""
    with Sheet.watched(context) as sheet:
        yield sheet


@pytest.fixture
def own_kernels(lab: Lab) -> Iterator[None]:
    """End the kernels that a test started, and no others."""
    before = lab.sessions()
    yield
    lab.end_sessions(lab.sessions() - before)
    assert lab.sessions() <= before


# The kernels go last: a page that is still open would miss its kernel, loudly.
@pytest.fixture
def open_notebook(lab: Lab, own_kernels: None, sheet: Sheet) -> Callable[[str], Notebook]:
    """Return a function that opens one of Lab's notebooks and waits for its kernel."""
    return lambda name: Notebook.opened(lab, sheet.page, name)


@pytest.fixture(scope="session")
def write(lab: Lab) -> Callable[..., str]:
    """Return a function that writes a notebook of these code cells where Lab serves it."""

    def write(name: str, *codes: str) -> str:
        kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
        notebook = nbformat.v4.new_notebook(metadata={"kernelspec": kernel})
        notebook.cells = [nbformat.v4.new_code_cell(code) for code in codes]
        nbformat.write(notebook, lab.notebooks / name)
        return name

    return write


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item):
    """If a browser test fails, keep a picture of each open page, and say where."""
    report = yield
    context = item.funcargs.get("context")
    if report.when == "call" and report.failed and context is not None:
        folder = Path(tempfile.mkdtemp(prefix="tertius-browser-"))
        for number, page in enumerate(context.pages):
            picture = folder / f"{item.name}-{number}.png"
            page.screenshot(path=picture)
            report.sections.append(("The page when the test failed", str(picture)))
    return report
