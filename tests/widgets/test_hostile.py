"""What people are called is text wherever it is shown: in tables, figures, reports and views, in a real browser."""

import csv
import html
import io
from itertools import pairwise

import pandas as pd
import pytest
from playwright.sync_api import expect
from tests.browser.lab import Sheet
from tests.widgets.payloads import PAYLOADS

import tertius
from tertius import draw
from tertius.intake.names import readable
from tertius.models import TieRemoval
from tertius.network import Network
from tertius.simulate import ensemble, simulate
from tertius.widgets.form import table

CALLED = {name: readable(text).encode("utf-8", "replace").decode() for name, text in PAYLOADS.items()}
MARKED = ("image", "script", "attribute", "formula", "hyperlink", "command")
"""Those that must stand on the page letter by letter."""


def hostile() -> Network:
    """A map whose people, groups and tags are called by every payload."""
    ids = list(CALLED.values())
    nodes = pd.DataFrame({"id": ids, "kind": "person", "label": ids, "group": ids, "offers": [[id] for id in ids]})
    nodes["needs"] = [[id] for id in ids[1:] + ids[:1]]
    pairs = [(ids[0], id) for id in ids[1:]] + list(pairwise(ids[1:]))
    ties = pd.DataFrame([(u, v, "tie", 1, 1.0 + k % 5) for k, (u, v) in enumerate(pairs)], columns=[
        "source", "target", "relation", "wave", "weight"]).assign(last_contact="2025-01-31")  # fmt: skip
    relation = {"name": "tie", "directed": False, "unit": "rating", "scale_max": 5, "symmetrise": "max"}
    meta = {
        "title": ids[0],
        "ego": ids[0],
        "alter_ties": "reported",
        "default_relation": "tie",
        "relations": [relation],
    }
    return Network(nodes, ties, meta)


def removal() -> draw.Scene:
    """Ties cut one after the other, as a scene that an Explorer shows."""
    model = TieRemoval(hostile())
    return draw.tie_removal(simulate(model, 4, seed=1), ensemble(model, 4, runs=64, seed=1), people=hostile())


def read_report(tmp_path) -> str:
    """The report of a file in which people and columns are called by payloads."""
    file = tmp_path / "ties.csv"
    with file.open("w", newline="", encoding="utf-8") as stream:
        lines = csv.writer(stream)
        lines.writerow(["source", "target", *CALLED.values()])
        lines.writerows(
            [[u, v, *CALLED.values()] for u, v in zip(CALLED.values(), ["x", *CALLED.values()], strict=False)]
        )
    return tertius.read(file, directed=False, allow_public_hub=True).report._repr_html_()


SHOWN = {
    "figure of a map": lambda tmp_path: draw.figure(draw.own_map(hostile()))._repr_html_(),
    "figure of ties": lambda tmp_path: draw.figure(draw.tie_kinds(hostile()))._repr_html_(),
    "figure of a simulation": lambda tmp_path: draw.figure(removal(), 2)._repr_html_(),
    "ego report": lambda tmp_path: tertius.ego_report(hostile())._repr_html_(),
    "table of matches": lambda tmp_path: tertius.matches(hostile())._repr_html_(),
    "table of measures": lambda tmp_path: tertius.structure(hostile())._repr_html_(),
    "table of ties": lambda tmp_path: tertius.overlap(hostile()).to_frame()._repr_html_(),
    "table in a form": lambda tmp_path: table(["who"], [[text] for text in CALLED.values()]),
    "report of reading": read_report,
}
LETTER_BY_LETTER = ("table of measures", "table of ties", "table in a form")


@pytest.fixture
def sheet(browser):
    """A page in which whatever is hostile may do what it can, and is noticed."""
    context = browser.new_context()
    sheet = Sheet(context.new_page())
    sheet.page.on("dialog", lambda dialog: (sheet.faults.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    yield sheet
    sheet.page.wait_for_timeout(100)  # a picture that is not there would fail by now
    context.close()
    assert sheet.faults == []
    assert sheet.strangers == []


@pytest.mark.parametrize("name", SHOWN)
def test_in_a_page_without_any_protection_names_are_text(sheet, tmp_path, name):
    made = SHOWN[name](tmp_path)
    sheet.page.set_content(f"<!doctype html><html lang='en'><body>{made}</body></html>")
    text = sheet.page.locator("body").text_content()
    if name in LETTER_BY_LETTER:
        for payload in MARKED:
            assert CALLED[payload] in text, payload
    assert sheet.page.locator("img:not([src^='data:']), body script, svg[onload]").count() == 0
    assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in html.unescape(made)


def test_the_page_that_is_opened_would_notice_what_is_not_escaped(browser):
    context = browser.new_context()
    sheet = Sheet(context.new_page())
    sheet.page.on("dialog", lambda dialog: (sheet.faults.append("dialog"), dialog.dismiss()))
    sheet.page.set_content(PAYLOADS["attribute"])
    sheet.page.wait_for_timeout(200)
    context.close()
    assert sheet.faults == ["dialog"]


@pytest.mark.parametrize("make", [lambda: draw.own_map(hostile()), removal], ids=["map", "simulation"])
def test_in_a_live_view_names_are_text(show, make):
    dialogs = []
    scene = make()
    shown = show(tertius.NetworkView(scene).html())
    shown.page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    assert shown.sentence == scene.sentences[0]
    shown.root.get_by_text("Table", exact=False).first.click()
    for payload in MARKED if any(scene.groups) else ():  # people's own names are on the canvas
        expect(shown.root.get_by_text(CALLED[payload], exact=False).first).to_be_attached()
    shown.network.focus()
    for key in ("ArrowRight", "Enter"):
        shown.page.keyboard.press(key)
    expect(shown.said).not_to_be_empty()
    assert [text for text in CALLED.values() if text.strip() in shown.said.text_content()]
    assert shown.page.locator("img:not([src^='data:']), svg[onload]").count() == 0
    shown.page.wait_for_timeout(100)
    assert dialogs == []


def test_the_text_of_a_report_and_of_a_saved_network_is_one_line_a_thing(tmp_path, monkeypatch):
    monkeypatch.setenv("TERTIUS_CONFIG", str(tmp_path))
    assert "\a" not in str(tertius.ego_report(hostile()))
    said = hostile().save(tmp_path / "out.graphml", include_names=True)
    assert "\n" not in repr(said)
    rows = list(csv.reader(io.StringIO(tertius.structure(hostile()).to_csv())))
    assert len(rows) == len(CALLED) + 1
