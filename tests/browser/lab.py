"""A real JupyterLab in a real Chromium, for tests and measurements of what learners see.

`Lab` is a server of its own with fresh settings, `chromium` a browser, `Sheet` a page that listens for errors, and
`Notebook` a notebook open in Lab. Nothing here knows of any one lesson.
"""

from __future__ import annotations

import io
import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import numpy as np
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MINUTE = 60_000
"""In milliseconds, as Playwright counts. Long, because test machines are slow; no wait is longer than it has to be."""

HARMLESS = (
    # (part of a message in the browser's console, why it is no fault of ours)
    (
        "widget model not found",
        "On a busy computer JupyterLab sometimes takes the widgets of a kernel that has just connected for all there "
        "are, and asks for one of the notebook's before it has read them. Tests that need it look, and open again.",
    ),
)

KERNEL_IS_READY = """() => {
    const session = globalThis.jupyterapp?.shell?.currentWidget?.sessionContext?.session;
    return session?.kernel?.connectionStatus === "connected" && session.kernel.status === "idle";
}"""
CODE_CELLS = 'jupyterapp.shell.currentWidget.content.widgets.filter((cell) => cell.model.type === "code")'
NAMES = '() => jupyterapp.shell.currentWidget.content.widgets.map((cell) => cell.model.getMetadata("name") ?? null)'
CELLS = """() => jupyterapp.shell.currentWidget.content.widgets.map((cell) => ({
    name: cell.model.getMetadata("name") ?? null,
    type: cell.model.type,
    source: cell.model.sharedModel.getSource(),
    state: cell.model.executionState ?? null,
    count: cell.model.executionCount ?? null,
    outputs: cell.model.outputs?.toJSON() ?? [],
}))"""


def find_browser() -> str | None:
    """Path of a Chromium on this computer: Debian's, Chrome, or the one that `playwright install chromium` fetched."""
    for name in BROWSERS:
        if path := shutil.which(name):
            return path
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).exists() else None


@contextmanager
def chromium(path: str) -> Iterator[Browser]:
    """Start a Chromium without a window and without a graphics card, that calls nobody by itself."""
    options = [
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-quic",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        # Nothing leaves this computer, whatever a page asks for.
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    ]
    # Chromium refuses to run its sandbox as root, which is who runs tests in a container.
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        options.append("--no-sandbox")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=options)
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Lab:
    """A JupyterLab server of its own and the folder that it serves, with settings that start out as a newcomer's."""

    home: Path
    notebooks: Path
    url: str = ""
    token: str = field(default_factory=lambda: secrets.token_hex(16))
    server: subprocess.Popen | None = None

    @classmethod
    @contextmanager
    def started(cls, home: Path, notebooks: Path) -> Iterator[Lab]:
        """Serve the folder ``notebooks``, with settings that live under ``home``; at the end stop, with all kernels."""
        lab = cls(home, notebooks)
        lab.start()
        try:
            yield lab
        finally:
            lab.stop()

    @property
    def settings(self) -> Path:
        return self.home / "jupyterlab_settings_dir"

    @property
    def log(self) -> Path:
        return self.home / "lab.log"

    def add(self, name: str, notebook: dict) -> str:
        """Write a notebook where Lab serves it, and return its name."""
        (self.notebooks / name).write_text(json.dumps(notebook), encoding="utf-8")
        return name

    def start(self) -> None:
        """Start the server: at first on any free port, and again on the same, where the browser keeps what is ours."""
        folders = {
            name: self.home / name.lower()
            for name in (
                "JUPYTER_CONFIG_DIR",
                "JUPYTER_DATA_DIR",
                "JUPYTER_RUNTIME_DIR",
                "JUPYTERLAB_SETTINGS_DIR",
                "JUPYTERLAB_WORKSPACES_DIR",
                "IPYTHONDIR",
            )
        }
        # The learner's file lies beside the notebook, whatever the tester has chosen for their own.
        known = {name: value for name, value in os.environ.items() if name != "TERTIUS_HOME"}
        # Learners do not have jupytext, which comes with the tools for tests: its menus and its reader stay out.
        config = folders["JUPYTER_CONFIG_DIR"]
        write_json(config / "labconfig" / "page_config.json", {"disabledExtensions": {"jupyterlab-jupytext": True}})
        plugins = {"jupytext": False, "jupyterlab_jupytext": False}
        write_json(config / "jupyter_server_config.json", {"ServerApp": {"jpserver_extensions": plugins}})
        options = [
            "--no-browser",
            "--allow-root",
            "--ServerApp.ip=127.0.0.1",
            f"--ServerApp.port={urlsplit(self.url).port or 0}",
            "--ServerApp.port_retries=0",
            f"--ServerApp.root_dir={self.notebooks}",
            f"--IdentityProvider.token={self.token}",
            "--LabApp.expose_app_in_browser=True",
            "--LabApp.extension_manager=readonly",
        ]
        with self.log.open("a") as lines:
            self.server = subprocess.Popen(
                [sys.executable, "-m", "jupyterlab", *options],
                env={**known, **{name: str(folder) for name, folder in folders.items()}},
                stdout=lines,
                stderr=subprocess.STDOUT,
            )
        try:
            told = folders["JUPYTER_RUNTIME_DIR"] / f"jpserver-{self.server.pid}.json"
            self.url = json.loads(wait_for_file(told, self.server, self.log))["url"]
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Ask the server to stop, which ends its kernels; only if it does not is it killed."""
        self.server.send_signal(signal.SIGTERM)
        try:
            self.server.wait(30)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        """Kill the server, as a crash does; its kernels notice a moment later that they are alone, and end."""
        self.server.kill()
        self.server.wait()

    def use_theme(self, theme: str) -> None:
        """Choose "light" or "dark", as in the Settings menu; pages opened from now on have it."""
        name = {"light": "JupyterLab Light", "dark": "JupyterLab Dark"}[theme]
        write_json(self.settings / "@jupyterlab" / "apputils-extension" / "themes.jupyterlab-settings", {"theme": name})

    def sessions(self) -> set[str]:
        """The ids of all sessions; each is a notebook with its kernel."""
        return {session["id"] for session in json.loads(self._ask("GET", "api/sessions"))}

    def end_sessions(self, sessions: set[str]) -> None:
        """End these sessions and their kernels."""
        for session in sessions:
            self._ask("DELETE", f"api/sessions/{session}")

    def _ask(self, method: str, path: str) -> bytes:
        request = Request(f"{self.url}{path}", method=method, headers={"Authorization": f"token {self.token}"})
        with urlopen(request, timeout=60) as answer:
            return answer.read()

    def address(self, notebook: str) -> str:
        """Where a notebook opens, in a workspace that no other page has used."""
        return f"{self.url}lab/workspaces/{secrets.token_hex(4)}/tree/{notebook}?token={self.token}"


@dataclass
class Sheet:
    """A page that notes what goes wrong in it and whom it asks for anything."""

    page: Page
    faults: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.set_default_timeout(MINUTE)
        self.page.on("pageerror", lambda error: self.faults.append(f"{error.name}: {error.message}"))
        self.page.on("console", self._hear)
        self.page.on("request", self._notice)

    @classmethod
    @contextmanager
    def watched(cls, context: BrowserContext) -> Iterator[Sheet]:
        """Open a page, and close it; then nothing must have gone wrong in it."""
        sheet = cls(context.new_page())
        yield sheet
        sheet.page.close()
        assert not sheet.faults, sheet.faults
        assert not sheet.strangers, sheet.strangers

    def _hear(self, message) -> None:
        if message.type == "error" and not any(part in message.text for part, _ in HARMLESS):
            self.faults.append(f"{message.text} ({message.location.get('url', '')})")

    def _notice(self, request) -> None:
        if not is_local(request.url):
            self.strangers.append(request.url)


@dataclass
class Notebook:
    """A notebook open in Lab."""

    lab: Lab
    page: Page
    name: str

    @classmethod
    def opened(cls, lab: Lab, page: Page, name: str) -> Notebook:
        """Open a notebook and wait until its kernel can be asked; before that, Run All does nothing."""
        page.goto(lab.address(name))
        notebook = cls(lab, page, name)
        notebook.wait_for_kernel()
        return notebook

    @classmethod
    def reopened(cls, lab: Lab, page: Page, name: str, live: str) -> Notebook:
        """Open a notebook whose widgets are stored in it; again if JupyterLab lost them, but no more than twice."""
        for _ in range(3):
            notebook = cls.opened(lab, page, name)
            lost = notebook.area.get_by_text("Error displaying widget: model not found")
            expect(notebook.area.locator(live).or_(lost).first).to_be_attached(timeout=MINUTE)
            if lost.count() == 0:
                break
        return notebook

    @property
    def area(self) -> Locator:
        """The notebook's part of the window."""
        return self.page.locator(".jp-NotebookPanel:visible")

    def choose(self, menu: str, item: str) -> None:
        """Click an item in a menu of the menu bar."""
        self.page.get_by_role("menuitem", name=menu, exact=True).click()
        self.page.get_by_role("menuitem", name=item, exact=True).click()

    def cells(self) -> list[dict]:
        """Every cell as the page has it now: name, type, source, state, count, outputs."""
        return self.page.evaluate(CELLS)

    def cell(self, name: str) -> Locator:
        """The cell with that name, brought to where a learner sees it: Lab draws what is out of sight later."""
        cell = self.area.locator(".jp-Cell").nth(self.page.evaluate(NAMES).index(name))
        cell.scroll_into_view_if_needed()
        return cell

    def run_all(self, within: int = 2 * MINUTE, begin: Callable[[], None] | None = None) -> None:
        """Run all cells as a learner does, by the menu or as ``begin`` does it; wait until the last has finished."""
        # A stored notebook has the same counts before and after; so the old ones are wiped first.
        self.page.evaluate(f"() => {CODE_CELLS}.forEach((cell) => (cell.model.executionCount = null))")
        begin = begin or (lambda: self.choose("Run", "Run All Cells"))
        begin()
        # An error stops the cells below it, which then never get a count.
        self.page.wait_for_function(
            f"""() => {{
                const cells = {CODE_CELLS}.filter((cell) => cell.model.sharedModel.getSource().trim());
                const failed = ({{ model }}) => model.outputs.toJSON().some((one) => one.output_type === "error");
                const settled = cells.every(({{ model }}) => model.executionState === "idle");
                const ran = cells.filter(({{ model }}) => model.executionCount);
                return settled && (ran.length === cells.length || ran.some(failed));
            }}""",
            timeout=within,
        )

    def errors(self) -> list[str]:
        """What cells raised, one line each; a cell stopped by an earlier error counts too."""
        outputs = [output for cell in self.cells() for output in cell["outputs"]]
        return [f"{output['ename']}: {output['evalue']}" for output in outputs if output["output_type"] == "error"]

    def save(self) -> dict:
        """Save with the keyboard and return the notebook as it is on disk."""
        file = self.lab.notebooks / self.name
        before = file.stat().st_mtime_ns
        self.area.locator(".jp-Notebook").press("Control+s")
        self.page.wait_for_function("() => !jupyterapp.shell.currentWidget.context.model.dirty")
        end = time.monotonic() + 30
        while time.monotonic() < end:
            time.sleep(0.05)
            if file.stat().st_mtime_ns != before:
                with suppress(json.JSONDecodeError):  # the server is still writing
                    return json.loads(file.read_text(encoding="utf-8"))
        raise TimeoutError(f"{self.name} was not saved within 30 s.")

    def kernel(self) -> int:
        """The id of the kernel's process."""
        return int(self.ask("import os; print(os.getpid())"))

    def kill_kernel(self) -> None:
        """Kill the notebook's kernel as a crash does, and wait until Lab says so; it starts a new one by itself."""
        os.kill(self.kernel(), signal.SIGKILL)
        self.confirm()

    def confirm(self) -> None:
        """Press the main button of the message that Lab shows, or is about to show."""
        self.page.locator(".jp-Dialog .jp-mod-accept").click(timeout=MINUTE)

    def wait_for_kernel(self) -> None:
        """Wait until the kernel can be asked."""
        self.page.wait_for_function(KERNEL_IS_READY, timeout=2 * MINUTE)

    def ask(self, code: str) -> str:
        """Run code in the notebook's kernel, outside its cells, and return what it prints."""
        return self.page.evaluate(
            """async (code) => {
                const kernel = jupyterapp.shell.currentWidget.sessionContext.session.kernel;
                const future = kernel.requestExecute({ code, store_history: false });
                let said = "";
                future.onIOPub = ({ header, content }) => {
                    if (header.msg_type === "stream") said += content.text;
                    if (header.msg_type === "error") said += `${content.ename}: ${content.evalue}`;
                };
                await future.done;
                return said.trim();
            }""",
            code,
        )

    def wait_for(self, claim: str, seconds: int = 30) -> None:
        """Wait until a Python expression is true in the kernel: what the browser sends arrives a moment later."""
        end = time.monotonic() + seconds
        while (said := self.ask(f"print(bool({claim}))")) != "True":
            if time.monotonic() > end:
                raise AssertionError(f"{claim} is not true after {seconds} s; the last answer was {said!r}.")
            time.sleep(0.05)


def pixels(locator: Locator) -> np.ndarray:
    """What is to be seen of an element, as an array (height, width, 3) of numbers from 0 to 255."""
    locator.scroll_into_view_if_needed()
    return np.asarray(Image.open(io.BytesIO(locator.screenshot(animations="disabled"))).convert("RGB"), np.int16)


def ink(picture: np.ndarray) -> float:
    """Share of a picture that differs visibly from its commonest colour: 0 if it is blank."""
    colours, counts = np.unique(picture.reshape(-1, 3), axis=0, return_counts=True)
    paper = colours[counts.argmax()]
    return float((np.abs(picture - paper).max(axis=2) > 24).mean())


def change(before: np.ndarray, after: np.ndarray) -> float:
    """Share of a picture that is visibly different: 0 if nothing moved. A change of size is a change of everything."""
    if before.shape != after.shape:
        return 1.0
    return float((np.abs(before - after).max(axis=2) > 24).mean())


def held(page: Page) -> dict[str, float]:
    """What a page's script holds once all that nobody needs was thrown away: bytes, elements, listeners."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("Performance.enable")
    # Some of it is found to be garbage only when what pointed at it is gone.
    for _ in range(3):
        devtools.send("HeapProfiler.collectGarbage")
    told = {one["name"]: one["value"] for one in devtools.send("Performance.getMetrics")["metrics"]}
    devtools.detach()
    return {name: told[name] for name in ("JSHeapUsedSize", "Nodes", "JSEventListeners")}


def brightness(picture: np.ndarray) -> float:
    """Mean of a picture's pixels, 0 for black and 1 for white: a dark theme is below a half."""
    return float(picture.mean() / 255)


def drag_to(slider: Locator, share: float) -> None:
    """Drag the handle of a range input with the mouse to ``share`` of its length."""
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    low, high, value = (float(part) for part in slider.evaluate("(one) => [one.min, one.max, one.value]"))
    # The handle is as wide as the line is long at both ends, about 16 pixels in Chromium.
    at = {place: box["x"] + 8 + (box["width"] - 16) * place for place in ((value - low) / (high - low), share)}
    start, end = at.values() if len(at) == 2 else 2 * tuple(at.values())
    middle = box["y"] + box["height"] / 2
    mouse = slider.page.mouse
    mouse.move(start, middle)
    mouse.down()
    mouse.move(end, middle, steps=8)
    mouse.up()


def settled(locator: Locator, name: str, value: str) -> None:
    """Wait until an element's attribute has a value."""
    expect(locator).to_have_attribute(name, value, timeout=MINUTE)


def is_local(url: str) -> bool:
    """Whether an address is on this computer: Lab itself, or data that the page holds."""
    return url.startswith(("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:", "file:", "about:"))


def write_json(path: Path, content: dict) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content))


def wait_for_file(path: Path, server: subprocess.Popen, log: Path, seconds: int = 90) -> str:
    """Return a file's text once the server has written it; say why if it never does."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and server.poll() is None:
        if path.exists() and (text := path.read_text()):
            return text
        time.sleep(0.05)
    raise RuntimeError(f"JupyterLab did not start within {seconds} s. It said:\n{log.read_text()[-3000:]}")
