"""A widget in a real kernel: what a notebook stores of it, and what the next cell reads."""

import nbformat
import pytest
from nbclient import NotebookClient
from nbconvert import HTMLExporter
from playwright.sync_api import expect

CELLS = (
    "from tests.widgets.scenes import fading_explorer\nexplorer = fading_explorer()\nexplorer",
    "explorer.choose(rate=0.25, seed=3)\n"
    "print(explorer.run.seed, explorer.run.model.rate, explorer.scene.sentences[20])",
    "from tertius.widgets import NetworkView\ndisplay(NetworkView(explorer.scene, 20))",
    "explorer.html('page.html').name",
    "explorer.freeze(spared=True)",
    "import os\nos.environ['TERTIUS_FREEZE'] = 'yes'\nexplorer",
    "display(NetworkView(explorer.scene, 20))",
)


@pytest.fixture(scope="module")
def cells(tmp_path_factory, pytestconfig) -> list:
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in CELLS])
    folder = tmp_path_factory.mktemp("notebook")
    notebook.cells[0].source = f"import sys; sys.path.append({str(pytestconfig.rootpath)!r})\n{CELLS[0]}"
    NotebookClient(notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": folder}}).execute()
    return notebook.cells


def test_the_static_figure_stands_above_the_widget(cells):
    figure, widget = cells[0].outputs
    assert figure.output_type == widget.output_type == "display_data"
    assert figure.data["text/html"].startswith('<div class="tertius-still"><figure class="tertius-figure"')
    sentence = figure.data["text/plain"]
    assert f'alt="{sentence}"' in figure.data["text/html"]
    assert sentence.endswith("ties are left after step 5.")
    assert widget.data["text/plain"] == "Run this cell to start."
    assert "application/vnd.jupyter.widget-view+json" in widget.data


def test_the_next_cell_reads_the_run(cells):
    (printed,) = cells[1].outputs
    assert printed.text.startswith("3 0.25 ")
    assert printed.text.endswith("ties are left after step 20.\n")


def test_display_shows_the_same_two(cells):
    figure, widget = cells[2].outputs
    assert figure.data["text/plain"] == cells[1].outputs[0].text.split(" ", 2)[2].strip()
    assert widget.data["text/plain"] == "Run this cell to start."


def test_a_page_can_be_made_from_a_notebook(cells):
    assert cells[3].outputs[0].data["text/plain"] == "'page.html'"


def test_a_frozen_one_is_one_output_that_needs_no_kernel(cells):
    (output,) = cells[4].outputs
    assert output.data["text/plain"].startswith("Frozen('How ties fade', rate=[0.25], spared=['nobody', 'strong']")
    assert set(output.data) == {"text/html", "text/plain"}


def test_where_no_kernel_will_be_widgets_show_themselves_frozen(cells):
    (explorer,) = cells[5].outputs
    (view,) = cells[6].outputs
    assert explorer.data["text/plain"].startswith("Frozen('How ties fade', rate=[0.0, 0.12, 0.25, 0.38, 0.5]")
    assert view.data["text/plain"].startswith("Frozen('Fading'): 1 setting, under 0.")


def test_in_the_page_that_nbconvert_makes_it_is_alive(cells, show):
    notebook = nbformat.v4.new_notebook(cells=cells[4:7])
    html, _ = HTMLExporter(template_name="basic").from_notebook_node(notebook)
    shown = show(f"<!doctype html><html lang='en'><body>{html}</body></html>")
    roots = shown.page.locator(".tertius[data-live]")
    expect(roots).to_have_count(3)
    expect(shown.page.locator(".tertius-still:visible")).to_have_count(0)
    shown.root.get_by_label("Spared").select_option("strong ties")
    expect(shown.root).to_have_attribute("data-serial", "2")
    expect(roots.nth(1)).to_have_attribute("data-serial", "1")
