"""A learner whose computer fails again and again: what a form has called saved must be there afterwards.

`Learning` goes through a list of `Action` in a notebook. In the middle of some the kernel, the server, the page or the
browser is killed; then the notebook is opened again, all its cells are run, and everything that had shown as saved must
be in the learner's file and on show. Nothing here knows of any one lesson.
"""

from __future__ import annotations

import itertools
import os
import random
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import BrowserContext, expect
from tests.browser.forms import Form, Forms
from tests.browser.lab import MINUTE, Lab, Notebook, chromium

from tertius.learner import Learner

CRASHES = ("kernel", "server", "tab", "browser")


@dataclass(frozen=True)
class Action:
    """Something that a learner does in a form, and how it must be found again.

    Attributes
    ----------
    cell : str
        The cell's name.
    do : callable
        Does it, given the `Form`; it need not wait for anything after.
    kept : tuple of (str, str, dict)
        The part of the learner's file, the id, and what the entry that counts must hold.
    shown : callable
        Looks for it in the `Form`.
    """

    cell: str
    do: Callable[[Form], Any]
    kept: tuple[str, str, dict[str, Any]]
    shown: Callable[[Form], Any]

    def is_in(self, learner: Learner) -> bool:
        """Whether it is in a learner's file."""
        section, id, wanted = self.kept
        log = learner.log(section, id)
        entry = log[0 if section == "predictions" else -1] if log else {}
        return _holds(entry.get("state", entry), wanted)


def _holds(found: Any, wanted: Any) -> bool:
    """Whether something holds all that is wanted, and perhaps more."""
    if isinstance(wanted, dict):
        return isinstance(found, dict) and all(name in found and _holds(found[name], wanted[name]) for name in wanted)
    return found == wanted


@dataclass
class Learning:
    """A learner at work, in a browser and with a server that can be killed.

    Parameters
    ----------
    lab : Lab
        One that nobody else uses.
    browser : str
        The path of a Chromium.
    notebooks : iterator of str
        A fresh notebook for each time that the actions have all been done, with a learner's file of its own.
    actions : list of Action
    luck : random.Random
    """

    lab: Lab
    browser: str
    notebooks: Iterator[str]
    actions: list[Action]
    luck: random.Random
    open: ExitStack = field(default_factory=ExitStack)
    context: BrowserContext | None = None
    forms: Forms | None = None
    kernels: list[int] = field(default_factory=list)
    promised: dict[tuple[str, str], Action] = field(default_factory=dict)
    said: int = 0

    # --- opening and killing

    def begin(self) -> None:
        """Begin with a fresh notebook."""
        self.promised = {}
        if self.context is None:
            self.open_browser()
        self.open_notebook(next(self.notebooks))

    def open_browser(self) -> None:
        running = self.open.enter_context(chromium(self.browser))
        self.context = running.new_context(viewport={"width": 1400, "height": 1000})

    def open_notebook(self, name: str) -> None:
        """Open the notebook in a new page, and run all its cells."""
        for page in self.context.pages:
            page.close()
        page = self.context.new_page()
        page.set_default_timeout(MINUTE)
        self.forms = Forms(Notebook.opened(self.lab, page, name))
        self.run_all()

    def run_all(self) -> None:
        notebook = self.forms.notebook
        notebook.run_all()
        assert not notebook.errors(), notebook.errors()
        self.kernels.append(notebook.kernel())

    def crash(self, what: str) -> None:
        """Kill the kernel, the server, the page or the browser, at once."""
        notebook = self.forms.notebook
        if what == "kernel":
            os.kill(self.kernels[-1], signal.SIGKILL)
        elif what == "server":
            self.lab.kill()
        elif what == "tab":
            notebook.page.close()
        else:
            session = self.context.browser.new_browser_cdp_session()
            processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
            os.kill(next(one["id"] for one in processes if one["type"] == "browser"), signal.SIGKILL)

    def recover(self, what: str) -> None:
        """Go on as a learner does: wait for the new kernel, or open the notebook again; then run all cells."""
        notebook = self.forms.notebook
        if what == "kernel":
            notebook.confirm()
            notebook.wait_for_kernel()
            return self.run_all()
        if what == "server":
            self.end_kernels()
            self.lab.start()
        if what == "browser":
            with suppress(Exception):  # it is gone already
                self.open.close()
            self.open_browser()
        return self.open_notebook(notebook.name)

    def end_kernels(self) -> None:
        """Wait for the kernels of a killed server to end, and end those that do not: they are ours."""
        end = time.monotonic() + 10
        for kernel in self.kernels:
            with suppress(ProcessLookupError):
                while time.monotonic() < end:
                    os.kill(kernel, 0)
                    time.sleep(0.1)
                os.kill(kernel, signal.SIGKILL)
        self.kernels.clear()

    def close(self) -> None:
        with suppress(Exception):
            self.open.close()

    # --- learning

    def do(self, action: Action) -> None:
        """Do something, unless it was done already, and wait until it is called saved."""
        if not action.is_in(self.learner()):
            form = self.forms.form(action.cell)
            action.do(form)
            expect(form.root).to_have_attribute("data-sign", "saved", timeout=MINUTE / 2)
        self.promise(action)

    def promise(self, action: Action) -> None:
        self.promised[action.kept[:2]] = action
        self.said += 1

    def fail_during(self, action: Action, what: str) -> None:
        """Do something, and crash a moment later; if it was called saved by then, it is a promise."""
        if not action.is_in(self.learner()):
            form = self.forms.form(action.cell)
            action.do(form)
            time.sleep(self.luck.uniform(0, 0.5))
            if form.root.get_attribute("data-sign") == "saved":
                self.promise(action)
        self.crash(what)
        self.recover(what)

    def learner(self) -> Learner:
        """The learner's file, read anew."""
        return Learner.open(self.forms.file, environment={})

    def look(self) -> None:
        """Everything that was promised is in the learner's file, and on show."""
        learner = self.learner()
        lost = [action.kept for action in self.promised.values() if not action.is_in(learner)]
        assert not lost, f"was called saved and is not in the file: {lost}"
        assert not learner.messages, learner.messages
        forms = {cell: self.forms.form(cell) for cell in {action.cell for action in self.promised.values()}}
        for action in self.promised.values():
            action.shown(forms[action.cell])

    def survive(self, crashes: int) -> None:
        """Go through the actions, as often as it takes, with so many crashes on the way, each in another one."""
        kinds = itertools.chain.from_iterable(self.luck.sample(CRASHES, len(CRASHES)) for _ in itertools.count())
        while crashes > 0:
            self.begin()
            now = min(crashes, len(self.actions))
            places = self.luck.sample(range(len(self.actions)), now)
            for place, action in enumerate(self.actions):
                if place in places:
                    self.fail_during(action, next(kinds))
                    self.look()
                self.do(action)
            self.look()
            crashes -= now
