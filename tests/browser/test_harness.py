"""The browser tests' own tools, tried on a notebook that is known through and through."""

from __future__ import annotations

import numpy as np
import pytest
from tests.browser import axe
from tests.browser.lab import Notebook, Sheet, brightness, change, drag_to, ink, is_local, pixels

TOY = '''
import anywidget, traitlets

class Toy(anywidget.AnyWidget):
    """A canvas with a square as large as the slider says."""

    _esm = """
    export default { render({ model, el }) {
        const make = (tag, properties) => Object.assign(document.createElement(tag), properties);
        const canvas = make("canvas", { width: 300, height: 200 });
        const slider = make("input", { type: "range", min: 0, max: 10, className: "toy" });
        const draw = () => {
            const pen = canvas.getContext("2d");
            pen.clearRect(0, 0, 300, 200);
            pen.fillStyle = "#0072b2";
            pen.fillRect(0, 0, 30 * slider.value, 20 * slider.value);
        };
        slider.value = model.get("size");
        slider.addEventListener("input", () => {
            draw();
            model.set("size", slider.valueAsNumber);
            model.save_changes();
        });
        slider.addEventListener("keydown", (event) => event.stopPropagation());  // or Lab takes the arrow keys
        el.append(canvas, slider);
        draw();
    } };
    """
    size = traitlets.Int(3).tag(sync=True)

toy = Toy()
toy
'''


@pytest.fixture
def toy(write, open_notebook) -> Notebook:
    """An open notebook with one widget, run."""
    notebook = open_notebook(write("toy.ipynb", TOY, "", "toy.size"))
    notebook.run_all()
    return notebook


def test_all_cells_run_and_what_they_raise_is_seen(write, open_notebook):
    notebook = open_notebook(write("faulty.ipynb", "1 / 1", "1 / 0", "2 / 1"))
    notebook.run_all()
    assert notebook.errors() == ["ZeroDivisionError: division by zero"]
    assert [cell["count"] for cell in notebook.cells()] == [1, 2, None]


def test_cells_that_have_run_are_waited_for_again(write, open_notebook):
    notebook = open_notebook(write("slow.ipynb", "import time", "time.sleep(0.5); print(time.time())"))
    said = []
    for _ in range(2):
        notebook.run_all()
        said.append(notebook.cells()[1]["outputs"][0]["text"])
    assert said[0] != said[1]


def test_a_widget_is_seen_moved_by_mouse_and_keyboard_and_heard_by_its_kernel(toy):
    canvas, slider = toy.area.locator("canvas"), toy.area.locator(".toy")
    before = pixels(canvas)
    assert before.shape == (pytest.approx(200, abs=1), pytest.approx(300, abs=1), 3)
    assert ink(before) == pytest.approx(0.09, abs=0.02)
    drag_to(slider, 0.9)
    after = pixels(canvas)
    assert ink(after) == pytest.approx(0.19, abs=0.02)  # paper is now the smaller part
    assert change(before, after) == pytest.approx(0.81 - 0.09, abs=0.02)
    toy.wait_for("toy.size == 9")
    slider.press("ArrowRight")
    toy.wait_for("toy.size == 10")
    assert toy.errors() == []


def test_saving_writes_what_was_run(toy):
    saved = toy.save()
    assert [cell["execution_count"] for cell in saved["cells"]] == [1, None, 2]
    assert saved["cells"][2]["outputs"][0]["data"]["text/plain"] == ["3"]


def test_themes_are_light_and_dark(lab, write, open_notebook):
    name = write("theme.ipynb", "1")
    seen = {}
    for theme in ("dark", "light"):
        lab.use_theme(theme)
        seen[theme] = brightness(pixels(open_notebook(name).area))
    assert seen["dark"] < 0.4 < 0.8 < seen["light"]


def test_faults_and_strangers_are_noted(browser):
    context = browser.new_context()
    sheet = Sheet(context.new_page())
    script = "console.error('one'); fetch('https://example.org/x'); throw Error('two')"
    sheet.page.goto(f"data:text/html,<script>{script}</script>")
    sheet.page.wait_for_timeout(300)
    context.close()
    assert any("one" in fault for fault in sheet.faults)
    assert "Error: two" in sheet.faults
    assert sheet.strangers == ["https://example.org/x"]


def test_what_cannot_be_used_without_seeing_is_found_in_the_part_that_is_asked_about(browser):
    page = browser.new_page()
    page.set_content(
        "<p id='fine'><label>Why <input></label></p><p id='nameless'><input></p>"
        "<p id='pale' style='color: #ccc; background: #fff'>hard to read</p>"
    )
    found = {name: axe.violations(page.locator(f"#{name}")) for name in ("fine", "nameless", "pale")}
    page.close()
    assert found["fine"] == []
    assert [line.split(" (")[0] for line in found["nameless"]] == ["critical: label"]
    assert [line.split(" (")[0] for line in found["pale"]] == ["serious: color-contrast"]


def test_pictures_are_measured():
    blank = np.full((10, 10, 3), 250, np.int16)
    drawn = blank.copy()
    drawn[:2] = 0
    assert ink(blank) == 0
    assert ink(drawn) == 0.2
    assert change(blank, drawn) == 0.2
    assert change(blank, drawn[:5]) == 1
    assert brightness(blank) > 0.9


@pytest.mark.parametrize("url", ["https://example.org/", "http://127.0.0.1.example.org/", "wss://example.org/"])
def test_strangers_are_told_from_this_computer(url):
    assert not is_local(url)
    assert is_local("http://127.0.0.1:8888/lab")
