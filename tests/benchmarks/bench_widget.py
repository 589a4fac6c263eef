"""P13 and P14: how soon a moved slider is seen, on 1,000 people and 5,000 ties, without a graphics card.

The experiment is lesson 06's: 60 steps that each take 1 % of the ties away, so each frame draws anew. Measured are
the script's own time for a frame, as the widget tells it, and the time from a change of the slider to the second
animation frame after it: what was drawn in the first is on the screen by the second. At 60 pictures a second that is
33 ms at best. A second widget of the same size is alive on each page, and in sight.

Memory is what the tab's script holds once all that nobody needs was thrown away, before and after 500 moves.

Another widget is measured by another `NETWORK` and the names of its parts.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import nbformat
from playwright.sync_api import Browser, Locator
from tests.benchmarks.runner import Row
from tests.browser.lab import MINUTE, Lab, Notebook, Sheet, change, chromium, find_browser, held, ink, pixels

from tertius.widgets.page import document

NETWORK = """
import networkx, numpy, tertius

graph = networkx.watts_strogatz_graph(1000, 10, 0.1, seed=1)  # 5,000 ties
strengths = numpy.random.default_rng(1).integers(1, 6, graph.number_of_edges()) / 5
networkx.set_edge_attributes(graph, dict(zip(graph.edges, strengths.tolist())), "strength")
ties = tertius.Ties.of(graph)
explorer = tertius.Explorer(
    lambda order, shuffled: tertius.models.TieRemoval(ties, order, shuffled=shuffled, most=0.6),
    tertius.draw.tie_removal,
    steps=60,
    runs=40,
    order=tertius.Choice("Cut first", ["weakest", "strongest", "random"]),
    shuffled=tertius.Toggle("Shuffle the strengths"),
)
"""
LESSON = """
case = tertius.load("manufacturing_vp")
own = tertius.Ties.of(case, directed=False)
lesson = tertius.Explorer(
    lambda order, shuffled: tertius.models.TieRemoval(own, order, shuffled=shuffled, most=0.6),
    lambda run, runs: tertius.draw.tie_removal(run, runs, people=case),
    steps=60,
    order=tertius.Choice("Cut first", ["weakest", "strongest", "random"]),
    shuffled=tertius.Toggle("Shuffle the strengths"),
)
lesson
"""
WHOLE = """
whole = tertius.Explorer(
    lambda order, shuffled: tertius.models.TieRemoval(ties, order, shuffled=shuffled),
    tertius.draw.tie_removal,
    steps=100,
    runs=40,
    order=tertius.Choice("Cut first", ["weakest", "strongest", "random"]),
    shuffled=tertius.Toggle("Shuffle the strengths"),
)
whole
"""
PEER = """
import ipywidgets, matplotlib.pyplot as plt
%matplotlib inline

def show(t):
    tertius.draw.network(explorer.scene, t, ax=plt.figure().subplots())
    plt.show()

ipywidgets.interact(show, t=ipywidgets.IntSlider(30, 0, 60))
"""

# Steps in an order that jumps about, as a learner's hand does; each move begins where a frame begins.
MOVE_SLIDER = """async (root, moves) => {
    const slider = root.querySelector(".tertius-now input");
    const frame = () => new Promise(requestAnimationFrame);
    const script = [], seen = [];
    root.addEventListener("tertius-frame", ({ detail }) => script.push(detail.ms));
    for (let move = 0; move < moves; move++) {
        await frame();
        script.length = move;
        const t = (Number(slider.value) + 37) % (Number(slider.max) + 1);
        const began = performance.now();
        slider.value = t;
        slider.dispatchEvent(new Event("input", { bubbles: true }));
        await frame();
        await frame();
        seen.push(performance.now() - began);
        if (root.dataset.t !== String(t)) throw Error(`step ${t} was not painted`);
        await new Promise((done) => setTimeout(done, 30));
    }
    return { script, seen };
}"""

# From the change of a control to the frame after the one in which the new data was drawn.
MOVE_CONTROL = """async (root, moves) => {
    const select = root.querySelector(".tertius-settings select");
    const seen = [];
    for (let move = 0; move < moves; move++) {
        const before = root.dataset.serial;
        const began = performance.now();
        select.selectedIndex = (select.selectedIndex + 1) % select.options.length;
        select.dispatchEvent(new Event("change", { bubbles: true }));
        while (root.dataset.serial === before) await new Promise(requestAnimationFrame);
        await new Promise(requestAnimationFrame);
        seen.push(performance.now() - began);
        await new Promise((done) => setTimeout(done, 300));
    }
    return seen;
}"""

# An arrow key on the slider of ipywidgets, until the next picture has come from the kernel and is shown.
MOVE_PEER = """async (area, moves) => {
    const handle = area.querySelector(".noUi-handle");
    const seen = [];
    for (let move = 0; move < moves; move++) {
        const before = area.querySelector("img").src;
        const began = performance.now();
        handle.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true, cancelable: true }));
        const isNew = () => [...area.querySelectorAll("img")].some((image) => image.src !== before && image.complete);
        while (!isNew()) await new Promise(requestAnimationFrame);
        await new Promise(requestAnimationFrame);
        seen.push(performance.now() - began);
        await new Promise((done) => setTimeout(done, 300));
    }
    return seen;
}"""


def rows(moves: int = 120, control_moves: int = 25, memory_moves: int = 500) -> Iterator[Row]:
    """Yield the time slider in a page of its own, the same on a slow processor, and in Lab; then a control in Lab."""
    path = find_browser()
    if path is None:
        raise SystemExit("The widget's benchmark needs a Chromium, as the tests do.")
    with tempfile.TemporaryDirectory(prefix="tertius-bench-") as folder, chromium(path) as browser:
        yield from in_a_page(Path(folder), browser, moves, memory_moves)
        yield from in_lab(Path(folder), browser, moves, control_moves, memory_moves)


# Tall enough for two widgets to be in sight.
WINDOW = {"width": 1400, "height": 1900}


def in_a_page(folder: Path, browser: Browser, moves: int, memory_moves: int) -> Iterator[Row]:
    made: dict = {}
    exec(NETWORK, made)  # the notebook below runs the same text
    exec(WHOLE, made)
    frozen = made["explorer"].freeze(order=True)
    page = folder / "explorer.html"
    page.write_text(document("Two", frozen.part, made["whole"].freeze(order=True).part), encoding="utf-8")
    with Sheet.watched(browser.new_context(viewport=WINDOW)) as sheet:
        sheet.page.goto(page.as_uri())
        sheet.page.locator(".tertius[data-live]").nth(1).wait_for()
        root = sheet.page.locator(".tertius[data-live]").first
        times = moved(root, MOVE_SLIDER, moves)
        yield Row("P13 script a frame, two widgets on a page", "≤ 12 ms", times["script"])
        yield Row("P13 slider to second frame, two widgets on a page", "33 ms at best", times["seen"])
        processor = sheet.page.context.new_cdp_session(sheet.page)
        processor.send("Emulation.setCPUThrottlingRate", {"rate": 4})
        times = moved(root, MOVE_SLIDER, moves)
        processor.send("Emulation.setCPUThrottlingRate", {"rate": 1})
        yield Row("P13 the same, processor slowed ×4", "p95 ≤ 80 ms", times["seen"])
        yield Row("control to new picture in a page, nothing played", "", moved(root, MOVE_CONTROL, 25))
        yield Row("memory in a page, 500 moves of time", "none", said=grown(root, MOVE_SLIDER, memory_moves))
    size = f"{frozen.size / 1e6:.2f} MB for {len(frozen)} settings"
    yield Row("frozen Explorer of 1,000 people", "≤ 3 MB", said=size)


def in_lab(folder: Path, browser: Browser, moves: int, control_moves: int, memory_moves: int) -> Iterator[Row]:
    notebooks = folder / "notebooks"
    notebooks.mkdir()
    codes = [nbformat.v4.new_code_cell(code) for code in (f"{NETWORK}\nexplorer", WHOLE, LESSON, PEER)]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(nbformat.v4.new_notebook(cells=codes, metadata={"kernelspec": kernel}), notebooks / "bench.ipynb")
    context = browser.new_context(viewport=WINDOW)
    with Lab.started(folder / "lab", notebooks) as lab, Sheet.watched(context) as sheet:
        notebook = Notebook.opened(lab, sheet.page, "bench.ipynb")
        notebook.run_all()
        if errors := notebook.errors():
            raise RuntimeError(errors[0])
        cells = notebook.area.locator(".jp-Cell")
        area = cells.nth(3)
        area.scroll_into_view_if_needed()
        area.locator("img").first.wait_for()
        peer = moved(area, MOVE_PEER, 20)

        def widget(cell: int) -> Locator:
            root = cells.nth(cell).locator(".tertius[data-live]")
            root.scroll_into_view_if_needed()
            return root

        root = widget(0)
        times = moved(root, MOVE_SLIDER, moves)
        yield Row("P13 script a frame, in Lab", "≤ 12 ms", times["script"])
        target = "median ≤ 40 ms, p95 ≤ 60 ms"
        yield Row("P13 slider to second frame, in Lab", target, times["seen"], peer, by="inline matplotlib")
        for cell, what in (
            (2, "P14 control to new picture, lesson 06's own experiment, in Lab"),
            (0, "P14 the same, 1,000 people"),
            (1, "P14 the same, 1,000 people, 100 steps down to the last tie"),
        ):
            yield Row(what, "median ≤ 150 ms", moved(widget(cell), MOVE_CONTROL, control_moves))
        yield Row("memory in Lab, 500 moves of time", "none", said=grown(widget(0), MOVE_SLIDER, memory_moves))
        said = grown(widget(2), MOVE_CONTROL, memory_moves // 5)
        yield Row(f"memory in Lab, {memory_moves // 5} moves of a control", "none", said=said)


def grown(root: Locator, script: str, moves: int) -> str:
    """Say by how much memory, elements and listeners of the page grow over some moves, after as many to warm up."""
    root.evaluate(script, moves // 5)
    before = held(root.page)
    root.evaluate(script, moves)
    after = held(root.page)
    heap, nodes, listeners = (after[name] - before[name] for name in ("JSHeapUsedSize", "Nodes", "JSEventListeners"))
    return (
        f"{heap / 1e6:+.2f} MB of {before['JSHeapUsedSize'] / 1e6:.0f}, {nodes:+.0f} nodes, {listeners:+.0f} listeners"
    )


def moved(root: Locator, script: str, moves: int):
    """Run a measurement in the page, in seconds; an empty picture would be quick, so look before and after."""
    root.page.set_default_timeout(5 * MINUTE)
    root.wait_for()
    before = pixels(root)
    times = root.evaluate(script, moves)
    after = pixels(root)
    if min(ink(before), ink(after)) < 0.02 or change(before, after) < 0.005:
        raise RuntimeError("The picture is empty or does not change, so its times mean nothing.")
    if isinstance(times, dict):
        return {name: [ms / 1000 for ms in values] for name, values in times.items()}
    return [ms / 1000 for ms in times]
