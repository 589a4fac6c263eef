"""The script in a real browser, on pages opened from a file: what is seen, said, and reached with the keyboard."""

import base64
import dataclasses
import itertools
import re

import networkx as nx
import numpy as np
import pytest
from playwright.sync_api import expect
from tests.browser.lab import brightness, change, drag_to, held, ink, pixels
from tests.widgets.scenes import HOSTILE, big_scene, fading_explorer, random_scene

from tertius.ties import Ties
from tertius.widgets import NetworkView
from tertius.widgets.controls import written
from tertius.widgets.packing import clean
from tertius.widgets.page import document
from tertius.widgets.script import element

SCENE = random_scene()
WAYS = ("ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp")
BLUE, ORANGE, NIGHT = (0x00, 0x72, 0xB2), (0xE6, 0x9F, 0x00), (0x14, 0x18, 0x1D)
"""Two looks of people, and dark paper."""
OPEN_DOORS = "Object.assign(globalThis, { render, unpack, pageModel });</script>\n</body>"
"""Put at the end of a page's script, so that a test can host the script itself."""


@pytest.fixture(scope="module")
def html() -> str:
    return NetworkView(SCENE, 20).html()


@pytest.fixture(scope="module")
def explorer():
    return fading_explorer()


@pytest.fixture(scope="module")
def explorer_html(explorer) -> str:
    return explorer.html()


@pytest.fixture(scope="module")
def several(explorer) -> str:
    """A page that holds four settings of the same explorer."""
    return explorer.freeze(rate=[0.05, 0.25], spared=True).html()


def share_of(colour: tuple[int, int, int], picture: np.ndarray) -> float:
    """Share of a picture that is exactly of a colour."""
    return float((picture == colour).all(axis=2).mean())


# Alive


def test_a_page_from_a_file_is_alive_and_hides_its_figure(show, html):
    shown = show(html)
    assert ink(shown.picture()) > 0.05
    assert ink(pixels(shown.root.locator(".tertius-plot canvas"))) > 0.05
    expect(shown.page.locator("figure.tertius-figure")).to_be_hidden()
    expect(shown.root).to_have_attribute("data-t", "20")
    assert shown.sentence == SCENE.sentences[20]


def test_without_scripts_the_figure_stays(show, html):
    shown = show(html, live=False, java_script_enabled=False)
    figure = shown.page.get_by_role("img")
    expect(figure).to_be_visible()
    expect(figure).to_have_attribute("alt", SCENE.sentences[20])


def test_moving_time_changes_the_pixels_and_every_sentence_is_pythons(show, html):
    shown = show(html)
    first, curve = shown.picture(), pixels(shown.root.locator(".tertius-plot canvas"))
    told = shown.page.evaluate(
        """async () => {
            const slider = document.querySelector(".tertius-time input");
            const told = [];
            for (let t = 0; t <= 60; t++) {
                slider.value = t;
                slider.dispatchEvent(new Event("input"));
                await new Promise((go) => document.addEventListener("tertius-frame", go, { once: true }));
                const sentence = document.querySelector(".tertius-sentence").textContent;
                told.push([sentence, slider.getAttribute("aria-valuetext")]);
            }
            return told;
        }"""
    )
    times = [written(time, 0, percent=True) for time in SCENE.times]
    assert told == [list(pair) for pair in zip(SCENE.sentences, times, strict=True)]
    assert change(first, shown.picture()) > 0.02
    assert change(curve, pixels(shown.root.locator(".tertius-plot canvas"))) > 0.002
    shown.go(20)
    assert change(first, shown.picture()) == 0


def test_the_legend_counts_people_and_ties(show, html):
    shown = show(html)
    shown.go(44)
    counts = [*np.bincount(SCENE.people[44], minlength=2), *np.bincount(SCENE.links[44], minlength=2)]
    names = ("most ties held", "most ties gone", "tie", "tie that was cut")
    legend = shown.root.get_by_role("list", name="What the marks mean").get_by_role("listitem")
    assert legend.all_text_contents() == [f"{name}{count}" for name, count in zip(names, counts, strict=True)]


def test_the_tables_hold_pythons_numbers(show, html):
    shown = show(html)
    shown.root.get_by_text("The same as a table").last.click()
    shown.go(31)
    people, ties, curve = (
        [row.split("\t") for row in table.inner_text().splitlines()] for table in shown.root.get_by_role("table").all()
    )
    everybody = np.bincount(SCENE.people[31], minlength=2)
    assert people[-1] == ["Everybody", *map(str, everybody)]
    groups = np.array([row[1:] for row in people if row[0].startswith("Group ")], int)
    assert len(groups) == 6
    assert groups.sum(axis=0).tolist() == everybody.tolist()
    assert [row[1] for row in ties[-2:]] == [str((SCENE.links[31] == code).sum()) for code in (0, 1)]
    numbers = zip(SCENE.times, SCENE.curve.run, SCENE.curve.low, SCENE.curve.middle, SCENE.curve.high, strict=True)
    assert curve[-61:] == [[written(value, 0, percent=True) for value in row] for row in numbers]
    expect(shown.root.locator("tr[aria-current]")).to_have_text(re.compile("^31"))


def test_the_lines_are_called_what_the_curve_calls_them(show):
    curve = dataclasses.replace(SCENE.curve, names=("this run", "the formula", "90 % of 40 runs"))
    view = NetworkView(dataclasses.replace(SCENE, curve=curve), 31)
    shown = show(view.html())
    legend = shown.root.get_by_role("list", name="What the lines mean").get_by_role("listitem").all_text_contents()
    names = ("this run", "the formula", "90 % of 40 runs")
    assert [text[: len(name)] for text, name in zip(legend, names, strict=True)] == list(names)
    shown.root.get_by_text("The same as a table").last.click()
    heads = shown.root.get_by_role("table").last.get_by_role("columnheader")
    expect(heads).to_have_text(["share of ties cut", *curve.heads])


@pytest.mark.parametrize("percent", [True, False])
def test_numbers_are_written_as_python_writes_them(show, percent):
    values = np.array([0, 0.005, 0.125, 0.375, 0.5, 1.005, 2.5, -0.0001, -2.5, np.nan, 1 / 3, 99.995])
    flat = random_scene(3, 2, len(values) - 1, groups=1)
    curve = dataclasses.replace(flat.curve, run=values, percent=percent, limits=(-3.0, 100.0))
    view = NetworkView(dataclasses.replace(flat, curve=curve))
    shown = show(view.html())
    shown.root.get_by_text("The same as a table").last.click()
    cells = shown.root.get_by_role("table").last.locator("tbody tr td:nth-child(2)")
    expect(cells).to_have_text([written(value, view.meta["curve"]["decimals"], percent) for value in values])


def test_frames_report_their_time(show, html):
    shown = show(html)
    heard = shown.page.evaluate(
        """() => new Promise((go) => {
            document.addEventListener("tertius-frame", (event) => go(event.detail), { once: true });
            const slider = document.querySelector(".tertius-time input");
            slider.value = 7;
            slider.dispatchEvent(new Event("input"));
        })"""
    )
    assert (heard["t"], heard["serial"]) == (7, 1)
    assert 0 <= heard["ms"] < 1000


def test_a_thousand_people_are_drawn(show):
    shown = show(NetworkView(big_scene(), 0).html())
    first = shown.picture()
    assert ink(first) > 0.1
    assert share_of(BLUE, first) > 0.02
    assert share_of(ORANGE, first) == 0
    shown.go(100)
    last = shown.picture()
    assert change(first, last) > 0.1
    assert share_of(ORANGE, last) > 0.02


def test_a_picture_of_a_network_alone_has_no_slider_and_no_plot(show):
    view = NetworkView(dataclasses.replace(random_scene(30, 60, 0, groups=2), curve=None))
    shown = show(view.html())
    assert ink(shown.picture()) > 0.02
    expect(shown.slider).to_be_hidden()
    expect(shown.root.locator(".tertius-plot")).to_be_hidden()
    expect(shown.root.get_by_role("group", name="Settings")).to_be_hidden()
    shown.root.get_by_text("The same as a table").click()
    expect(shown.root.get_by_role("table")).to_have_count(2)


@pytest.mark.parametrize("n", [1, 2])
def test_one_or_two_people_are_a_picture_too(show, n):
    shown = show(NetworkView(random_scene(n, n - 1, 2, groups=1)).html())
    assert share_of(BLUE, shown.picture()) > 0.0005
    shown.network.press("ArrowRight")
    expect(shown.said).to_contain_text("P000")


def test_directed_ties_show_where_they_point(show):
    scene = dataclasses.replace(random_scene(12, 14, 0, groups=1), curve=None)
    pairs = nx.DiGraph()
    pairs.add_nodes_from(scene.ties.ids)
    pairs.add_edges_from(scene.ties.named_pairs())
    directed = dataclasses.replace(scene, ties=Ties.of(pairs), links=np.zeros((1, 14), np.uint8))
    there, back = (show(NetworkView(one).html()).picture() for one in (scene, directed))
    assert 0.0005 < change(there, back) < 0.1


def test_every_shape_and_line_differs_without_colour(show):
    looks = [
        dataclasses.replace(SCENE.person_looks[0], colour="#777777", shape=shape)
        for shape in ("disc", "ring", "square", "diamond", "triangle", "none")
    ]
    lines = [
        dataclasses.replace(SCENE.tie_looks[0], colour="#777777", line=line)
        for line in ("solid", "dashed", "faint", "none")
    ]
    small = random_scene(9, 12, 9, groups=1)
    people = np.repeat(np.minimum(np.arange(10), 5)[:, None], 9, axis=1).astype(np.uint8)
    links = np.repeat(np.maximum(np.arange(10) - 6, 0)[:, None], 12, axis=1).astype(np.uint8)
    scene = dataclasses.replace(
        small, person_looks=tuple(looks), tie_looks=tuple(lines), people=people, links=links, ego=None
    )
    shown = show(NetworkView(scene).html())
    pictures = []
    for t in range(10):
        shown.go(t)
        pictures.append(shown.picture())
    # At step 6 nothing changes; in the steps before, people's looks do, and in those after it, ties'.
    assert change(pictures[5], pictures[6]) == 0
    for looks in (pictures[:6], pictures[6:]):
        for one, other in itertools.combinations(looks, 2):
            assert change(one, other) > 0.0003


# Time


def test_the_keyboard_moves_time(show, html):
    shown = show(html)
    shown.slider.press("ArrowRight")
    shown.painted(21)
    shown.slider.press("End")
    shown.painted(60)
    shown.slider.press("Home")
    shown.painted(0)


def test_a_step_is_read_once_when_the_learner_has_stopped(show, html):
    shown = show(html)
    shown.page.evaluate(
        """async () => {
            globalThis.heard = [];
            const status = document.querySelector("[role=status]");
            new MutationObserver(() => heard.push(status.textContent)).observe(status, { childList: true });
            const slider = document.querySelector(".tertius-time input");
            for (let t = 21; t < 30; t++) {
                slider.value = t;
                slider.dispatchEvent(new Event("input"));
                await new Promise((go) => setTimeout(go, 20));
            }
        }"""
    )
    expect(shown.said).to_have_text(SCENE.sentences[29])
    assert shown.page.evaluate("() => heard") == [SCENE.sentences[29]]


def test_a_click_on_the_curve_goes_there(show, html):
    shown = show(html)
    box = shown.root.locator(".tertius-plot canvas").bounding_box()
    shown.page.mouse.click(box["x"] + box["width"] - 12, box["y"] + 50)
    shown.painted(60)


STEP = "Number(document.querySelector('.tertius').dataset.t)"


def test_play_goes_to_the_end_and_can_be_paused(show, html):
    shown = show(html)
    play, pause = (shown.root.get_by_role("button", name=name) for name in ("Play", "Pause"))
    play.click()
    shown.page.wait_for_function(f"() => {STEP} > 21")
    pause.click()
    shown.settle()
    at = shown.root.get_attribute("data-t")
    shown.page.wait_for_timeout(400)
    assert shown.root.get_attribute("data-t") == at
    shown.go(57)
    play.click()
    shown.painted(60)
    expect(play).to_be_visible()
    play.click()
    shown.page.wait_for_function(f"() => {STEP} < 57")


def test_who_wants_no_motion_gets_a_step_a_second(show, html):
    shown = show(html, reduced_motion="reduce")
    began = shown.page.evaluate("() => performance.now()")
    shown.root.get_by_role("button", name="Play").click()
    shown.page.wait_for_function(f"() => {STEP} >= 22")
    step, now = shown.page.evaluate(f"() => [{STEP}, performance.now()]")
    assert now - began > 950 * (step - 20)


# The network

RECORD_RINGS = """
const arc = CanvasRenderingContext2D.prototype.arc;
CanvasRenderingContext2D.prototype.arc = function (x, y) {
    if (this.canvas.closest(".tertius-network")) globalThis.ring = [x, y];
    return arc.apply(this, arguments);
};
"""


def test_arrows_go_from_person_to_person_and_enter_reads_one(show, html):
    shown = show(html)
    first = shown.picture()
    shown.network.press("ArrowRight")
    expect(shown.said).to_have_text(
        re.compile(r"^P000\. Group A\. most ties held\. tie: \d+, tie that was cut: \d+\.$")
    )
    assert change(first, shown.picture()) > 0.0005
    seen = set()
    for key in ("ArrowLeft", "ArrowUp", "ArrowLeft", "ArrowDown"):
        shown.network.press(key)
        seen.add(shown.said.text_content()[:4])
    assert len(seen) >= 3
    shown.network.press("Enter")
    expect(shown.said).to_have_text(re.compile(r"Tied to P\d\d\d"))
    shown.network.press("Escape")
    assert change(first, shown.picture()) == 0


def test_arrows_reach_most_people_of_a_crowd(show, html):
    shown = show(html)
    seen = set()
    for way in np.random.default_rng(0).choice(WAYS, 50):
        shown.network.press(way)
        seen.add(shown.said.text_content()[:4])
    assert len(seen) > 18


def test_the_person_chosen_shares_ties_as_python_counts_them(show, html):
    shown = show(html)
    shown.network.press("ArrowRight")
    for t in (0, 37):
        shown.go(t)
        source, target = SCENE.ties.pairs
        mine = SCENE.links[t][(source == 0) | (target == 0)]
        held, cut = (mine == 0).sum(), (mine == 1).sum()
        words = " · ".join(f"{name}: {count}" for name, count in (("tie", held), ("tie that was cut", cut)) if count)
        expect(shown.root.locator(".tertius-tip")).to_contain_text(words)


def test_what_is_said_of_a_person_stands_beside_the_person_and_within_the_picture(show, html):
    shown = show(html, prepare=RECORD_RINGS)
    stage = shown.root.locator(".tertius-stage").bounding_box()
    for way in np.random.default_rng(1).choice(WAYS, 14):
        shown.network.press(way)
        shown.settle()
        x, y = shown.page.evaluate("() => ring")
        tip = shown.root.locator(".tertius-tip").bounding_box()
        left, top = tip["x"] - stage["x"], tip["y"] - stage["y"]
        assert left >= 0
        assert top >= 0
        assert left + tip["width"] <= stage["width"]
        assert top + tip["height"] <= stage["height"]
        assert not (left < x < left + tip["width"] and top < y < top + tip["height"])


def test_zoom_by_keys_buttons_and_wheel_and_back(show, html):
    shown = show(html)
    first = shown.picture()
    shown.network.press("+")
    by_key = shown.picture()
    assert change(first, by_key) > 0.05
    shown.network.press("-")
    assert change(first, shown.picture()) < 0.002
    shown.root.get_by_role("button", name="Zoom in").click()
    assert change(by_key, shown.picture()) < 0.02
    shown.root.get_by_role("button", name="Whole network").click()
    shown.page.mouse.move(5, 5)
    shown.network.blur()
    shown.page.mouse.click(5, 5)
    assert change(first, shown.picture()) < 0.002
    shown.page.mouse.move(*shown.place(0.5, 0.5))
    hovered = shown.picture()
    shown.page.mouse.wheel(0, -300)
    assert change(hovered, shown.picture()) < 0.002, "the wheel belongs to the page until the picture is clicked"
    shown.page.keyboard.down("Control")
    shown.page.mouse.wheel(0, -100)
    shown.page.keyboard.up("Control")
    assert change(hovered, shown.picture()) > 0.05
    shown.network.press("Escape")
    shown.page.mouse.click(*shown.place(0.02, 0.98))
    before = shown.picture()
    shown.page.mouse.wheel(0, -300)
    assert change(before, shown.picture()) > 0.05


def test_dragging_moves_the_picture_or_one_person(show, html):
    shown = show(html, prepare=RECORD_RINGS)
    mouse = shown.page.mouse
    first = shown.picture()
    mouse.move(*shown.place(0.03, 0.95))
    mouse.down()
    mouse.move(*shown.place(0.2, 0.8), steps=4)
    mouse.up()
    mouse.move(5, 5)
    assert change(first, shown.picture()) > 0.08
    shown.network.press("Escape")
    assert change(first, shown.picture()) == 0
    # The focal person has a ring; it is the last one drawn while nobody is chosen.
    name = shown.root.locator(".tertius-tip strong")
    box = shown.network.bounding_box()
    x, y = (at + origin for at, origin in zip(shown.page.evaluate("() => ring"), (box["x"], box["y"]), strict=True))
    assert hover(shown, x, y)
    expect(name).to_have_text("P000")
    mouse.down()
    mouse.move(*shown.place(0.5, 0.5), steps=4)
    mouse.up()
    moved = shown.picture()
    expect(name).to_have_text("P000")
    assert 0.001 < change(first, moved) < 0.2
    mouse.move(5, 5)
    assert not hover(shown, x, y) or name.text_content() != "P000"
    mouse.move(5, 5)
    shown.network.press("Escape")
    assert change(first, shown.picture()) == 0


def hover(shown, x: float, y: float) -> bool:
    """Point there; whether somebody is there."""
    shown.page.mouse.move(x, y)
    shown.settle()
    return shown.root.locator(".tertius-tip").is_visible()


def test_two_fingers_zoom(show, html):
    shown = show(html, has_touch=True)
    first = shown.picture()
    touch = shown.page.context.new_cdp_session(shown.page)

    def fingers(kind: str, *points: tuple[float, float]) -> None:
        on_page = [dict(zip("xy", shown.place(*point), strict=True)) for point in points]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": on_page})

    fingers("touchStart", (0.4, 0.5), (0.6, 0.5))
    for apart in (0.15, 0.25, 0.35, 0.45):
        fingers("touchMove", (0.5 - apart, 0.5), (0.5 + apart, 0.5))
    fingers("touchEnd")
    assert change(first, shown.picture()) > 0.08
    shown.network.press("Escape")
    assert change(first, shown.picture()) == 0


RECORD_NAMES = """
globalThis.names = [];
const write = CanvasRenderingContext2D.prototype.fillText;
CanvasRenderingContext2D.prototype.fillText = function (text, x, y) {
    const wide = this.measureText(text).width;
    const left = this.textAlign === "center" ? x - wide / 2 : x;
    if (this.textBaseline === "middle" && this.textAlign !== "right") {
        names.push({ text, left, right: left + wide, top: y - 6, low: y + 6 });
    }
    return write.apply(this, arguments);
};
"""


@pytest.mark.parametrize("scene", [SCENE, big_scene(1)], ids=["150", "1000"])
def test_names_never_overlap_and_more_of_them_show_as_one_zooms_in(show, scene):
    shown = show(NetworkView(scene).html(), prepare=RECORD_NAMES)
    known = {*scene.labels, *scene.groups}

    def names() -> list[dict]:
        shown.page.evaluate("() => { names.length = 0; }")
        shown.network.press("+")
        shown.picture()
        return [name for name in shown.page.evaluate("() => names") if name["text"] in known]

    counts = []
    for _ in range(3):
        found = names()
        counts.append(len(found))
        for one, other in itertools.combinations(found, 2):
            is_apart = one["right"] < other["left"] or other["right"] < one["left"]
            assert is_apart or one["low"] < other["top"] or other["low"] < one["top"], (one, other)
    assert counts[0] >= 20
    assert max(counts) > 20


# Names from people's files


def test_hostile_names_are_shown_as_text_and_do_nothing(show):
    scene = random_scene(len(HOSTILE), 12, 2, groups=1, labels=HOSTILE)
    evil = HOSTILE[1]
    looks = tuple(dataclasses.replace(look, name=evil) for look in scene.person_looks)
    curve = dataclasses.replace(scene.curve, label=evil)
    scene = dataclasses.replace(
        scene,
        title=evil,
        groups=(evil,) * len(HOSTILE),
        person_looks=looks,
        curve=curve,
        time_label=evil,
        sentences=(evil,) * 3,
    )
    shown = show(NetworkView(scene).html())
    shown.root.get_by_text("The same as a table").last.click()
    said = set()
    for way in np.random.default_rng(0).choice(WAYS, 60):
        shown.network.press(way)
        said.add(shown.said.text_content().split(f". {evil}")[0])
    assert len(said & {clean(name) or "No name" for name in HOSTILE}) >= 8
    assert shown.root.locator(".tertius-title").text_content() == evil
    assert shown.sentence == evil
    assert shown.root.locator("img, script").count() == 0
    assert shown.page.evaluate("() => document.body.dataset.broken ?? 'whole'") == "whole"


# Light and dark, wide and narrow


def test_dark_where_the_reader_wants_dark_and_back_while_open(show, html):
    shown = show(html, color_scheme="dark")
    dark = shown.picture()
    assert brightness(dark) < 0.4
    assert brightness(pixels(shown.root.locator(".tertius-plot canvas"))) < 0.4
    assert brightness(pixels(shown.root)) < 0.4
    assert ink(dark) > 0.05
    assert share_of(NIGHT, dark) > 0.5
    shown.page.emulate_media(color_scheme="light")
    light = shown.picture()
    assert brightness(light) > 0.6
    assert share_of(NIGHT, light) == 0
    assert brightness(pixels(shown.root)) > 0.6


def test_the_notebooks_colours_win_over_the_systems(show, html):
    colours = "--jp-layout-color0: #102030; --jp-ui-font-color1: rgba(255, 255, 255, 0.87); background: #102030;"
    shown = show(html.replace("<body>", f'<body style="{colours}">'), color_scheme="light")
    assert shown.root.get_attribute("data-theme") == "dark"
    values, counts = np.unique(shown.picture().reshape(-1, 3), axis=0, return_counts=True)
    assert values[counts.argmax()].tolist() == [0x10, 0x20, 0x30]


def luminance(colour: str) -> float:
    parts = np.array(re.findall(r"[\d.]+", colour)[:3], float) / 255
    return float(np.where(parts > 0.04045, ((parts + 0.055) / 1.055) ** 2.4, parts / 12.92) @ [0.2126, 0.7152, 0.0722])


def contrast(colour: str, paper: str) -> float:
    """How well a colour stands out, from 1 to 21; text needs 4.5."""
    low, high = sorted((luminance(colour), luminance(paper)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_and_focus_rings_stand_out(show, explorer_html, scheme):
    shown = show(explorer_html, color_scheme=scheme)
    shown.slider.focus()
    shown.slider.press("ArrowRight")
    style = shown.page.evaluate(
        """() => {
            const read = (query, name) => getComputedStyle(document.querySelector(query))[name];
            return {
                paper: read(".tertius-sheet", "backgroundColor"),
                words: [".tertius-sentence", ".tertius-note:not([hidden])", ".tertius-legend li", ".tertius-title"]
                    .map((query) => read(query, "color")),
                ring: getComputedStyle(document.activeElement).outlineColor,
                wide: parseFloat(getComputedStyle(document.activeElement).outlineWidth),
            };
        }"""
    )
    assert min(contrast(word, style["paper"]) for word in style["words"]) >= 4.5
    assert contrast(style["ring"], style["paper"]) >= 4.5
    assert style["wide"] >= 2
    red, green, blue = (float(part) for part in re.findall(r"[\d.]+", style["ring"])[:3])
    assert blue > red > green, "neither orange nor sky blue: violet"


def test_side_by_side_where_there_is_room_and_stacked_where_not(show, html):
    shown = show(html)

    def boxes():
        return [
            shown.root.locator(part).bounding_box() for part in (".tertius-stage", ".tertius-plot", ".tertius-time")
        ]

    stage, plot, time = boxes()
    assert plot["x"] > stage["x"] + stage["width"]
    assert abs(plot["y"] - stage["y"]) < 60
    assert time["y"] > stage["y"] + stage["height"]
    shown.page.set_viewport_size({"width": 390, "height": 800})
    expect(shown.root).not_to_have_attribute("data-wide", re.compile(""))
    # The picture finds its new height a frame later than its new width.
    shown.page.wait_for_function(
        """() => {
            const [stage, time, plot] = [".tertius-stage", ".tertius-time", ".tertius-plot"]
                .map((part) => document.querySelector(part).getBoundingClientRect());
            return stage.bottom < time.top && time.top < plot.top;
        }"""
    )
    stage, plot, time = boxes()
    assert max(box["x"] + box["width"] for box in (stage, plot, time)) <= 390
    assert shown.page.evaluate("() => document.documentElement.scrollWidth") <= 390
    assert ink(shown.picture()) > 0.05


def test_on_a_fine_screen_the_picture_is_finer(show, html):
    shown = show(html, device_scale_factor=2)
    size = shown.network.bounding_box()
    drawn = shown.page.evaluate("() => document.querySelector('.tertius-network canvas').width")
    assert drawn == pytest.approx(2 * size["width"], abs=2)


def test_nothing_is_drawn_before_there_is_room_and_all_is_drawn_then(show, html):
    hidden = html.replace(f"<{element()}>", f'<div id="room" style="display:none"><{element()}>')
    shown = show(hidden, live=False)
    expect(shown.root).to_be_attached()
    shown.page.wait_for_timeout(150)
    assert shown.root.get_attribute("data-live") is None
    expect(shown.page.locator("figure.tertius-figure")).to_be_visible()
    shown.page.evaluate("() => { document.querySelector('#room').style.display = ''; }")
    expect(shown.root).to_have_attribute("data-live", "true")
    assert ink(shown.picture()) > 0.05


# Settings


def test_controls_that_cannot_move_say_why(show, explorer, explorer_html):
    shown = show(explorer_html)
    settings = shown.root.get_by_role("group", name="Settings")
    for control in (
        settings.get_by_role("slider", name="Cut each step"),
        settings.get_by_role("combobox", name="Spared"),
        settings.get_by_role("checkbox", name="Pause cutting"),
        settings.get_by_role("spinbutton", name="Seed"),
        settings.get_by_role("spinbutton", name="Runs"),
        settings.get_by_role("button", name="Undo"),
    ):
        expect(control).to_be_disabled()
    expect(shown.root.get_by_text("One setting is held here. For any other, run the notebook.")).to_be_visible()
    shown.go(13)
    shown.network.press("+")
    shown.root.get_by_role("button", name="Reset").click()
    shown.painted(5)


def test_the_settings_that_a_page_holds_can_be_chosen_undone_and_reset(show, explorer, several):
    shown = show(several)
    spared = shown.root.get_by_role("combobox", name="Spared")
    rate = shown.root.get_by_role("slider", name="Cut each step")
    undo = shown.root.get_by_role("button", name="Undo")
    first = shown.picture()
    expect(shown.root.get_by_role("checkbox", name="Pause cutting")).to_be_disabled()
    spared.select_option(label="strong ties")
    expect(shown.root).to_have_attribute("data-serial", "2")
    assert change(first, shown.picture()) > 0.001
    undo.click()
    expect(spared).to_have_value("0")
    expect(undo).to_be_disabled()
    assert change(first, shown.picture()) == 0
    drag_to(rate, 0.5)
    expect(shown.root).to_have_attribute("data-serial", "3")
    expect(rate).to_have_attribute("aria-valuetext", "25\N{NO-BREAK SPACE}%")
    shown.root.get_by_role("button", name="Reset").click()
    expect(rate).to_have_attribute("aria-valuetext", "5\N{NO-BREAK SPACE}%")


def test_a_setting_that_fails_is_told_in_the_widget_and_the_last_good_picture_stays(show, several):
    shown = show(several.replace("</script>\n</body>", OPEN_DOORS))
    shown.page.evaluate(HOST)
    shown.page.evaluate("() => host(undefined, 3)")
    root = shown.page.locator(".tertius").nth(1)
    rate, spared = root.get_by_role("slider", name="Cut each step"), root.get_by_role("combobox", name="Spared")
    rate.press("End")
    expect(root).to_have_attribute("data-serial", "3")
    first = pixels(root.locator(".tertius-network"))
    spared.select_option(label="strong ties")
    expect(root.get_by_role("alert")).to_have_text("These settings are not held here.")
    expect(spared).to_have_value("0")
    expect(root).not_to_have_attribute("data-busy", "true")
    assert root.get_attribute("data-serial") == "3"
    assert change(first, pixels(root.locator(".tertius-network"))) < 0.002
    rate.press("Home")
    expect(root.get_by_role("alert")).to_be_hidden()


def test_copy_as_text_gives_pythons_words(show, explorer, explorer_html):
    shown = show(explorer_html, permissions=["clipboard-read", "clipboard-write"])
    shown.root.get_by_role("button", name="Copy as text").click()
    expect(shown.root.get_by_text("Copied.").first).to_be_visible()
    assert shown.page.evaluate("() => navigator.clipboard.readText()") == explorer.text()


def test_without_a_clipboard_the_text_is_there_to_be_copied_by_hand(show, explorer, explorer_html):
    shown = show(explorer_html, prepare="Object.defineProperty(navigator, 'clipboard', { value: undefined });")
    shown.root.get_by_role("button", name="Copy as text").click()
    box = shown.root.get_by_role("textbox", name="The same as text")
    expect(box).to_have_value(explorer.text())
    expect(box).to_be_focused()


# Several, and gone again


def test_two_widgets_on_a_page_keep_to_themselves(show, explorer):
    view = NetworkView(SCENE, 20)
    shown = show(document("Two", view.freeze().part, explorer.freeze(rate=[0.05, 0.25]).part))
    other = shown.page.locator(".tertius").nth(1)
    expect(other).to_have_attribute("data-live", "true")
    expect(shown.page.locator("figure.tertius-figure").nth(0)).to_be_hidden()
    expect(shown.page.locator("figure.tertius-figure").nth(1)).to_be_hidden()
    still = pixels(other.locator(".tertius-network"))
    shown.go(50)
    assert other.get_attribute("data-t") == "5"
    other.locator(".tertius-time").get_by_role("slider").fill("11")
    expect(other).to_have_attribute("data-t", "11")
    assert shown.root.get_attribute("data-t") == "50"
    assert change(still, pixels(other.locator(".tertius-network"))) > 0.001


HOST = """async () => {
    globalThis.saved = await unpack(document.querySelector("script[type='text/plain']").textContent);
    globalThis.hearing = 0;
    globalThis.model = pageModel(saved);
    const counted = (model) => ({ ...model,
        on: (...some) => { hearing++; model.on(...some); },
        off: (...some) => { hearing--; model.off(...some); } });
    const place = () => document.body.appendChild(document.createElement("div"));
    const some = (number) => pageModel({ ...saved, frozen: saved.frozen.slice(0, number) });
    globalThis.host = (el = place(), number = 0) => [render({ model: counted(number ? some(number) : model), el }), el];
}"""


def test_two_views_of_one_model_move_together(show, explorer_html):
    shown = show(explorer_html.replace("</script>\n</body>", OPEN_DOORS))
    shown.page.evaluate(HOST)
    shown.page.evaluate("() => { host(); host(); }")
    one, other = shown.page.locator(".tertius").nth(1), shown.page.locator(".tertius").nth(2)
    expect(other).to_have_attribute("data-live", "true")
    one.locator(".tertius-time").get_by_role("slider").fill("12")
    expect(other).to_have_attribute("data-t", "12")
    expect(other.locator(".tertius-sentence")).to_have_text(one.locator(".tertius-sentence").text_content())
    assert shown.root.get_attribute("data-t") == "5"


def test_words_and_numbers_that_do_not_belong_together_are_not_drawn(show, explorer_html):
    # A notebook sends both apart; here they come one after the other, from bytes that lie anywhere in what is sent.
    explorer = fading_explorer()
    sent = [explorer.meta, base64.b64encode(explorer.data).decode()]
    explorer.choose(rate=0.25)
    sent += [explorer.meta, base64.b64encode(explorer.data).decode()]
    shown = show(explorer_html.replace("</script>\n</body>", OPEN_DOORS))
    shown.page.evaluate(HOST)
    shown.page.evaluate(
        """([meta, data, otherMeta, otherData]) => {
            const bytes = (text) => Uint8Array.from(atob(`AAAA${text}`), (letter) => letter.charCodeAt(0));
            const unpacked = (text) => new DataView(bytes(text).buffer, 3);
            saved.frozen = [{ ...saved.frozen[0], meta, data: unpacked(data) }];
            globalThis.model = pageModel(saved);
            host();
            model.set("meta", otherMeta);
            globalThis.rest = () => model.set("data", unpacked(otherData));
        }""",
        sent,
    )
    root = shown.page.locator(".tertius").nth(1)
    expect(root).to_have_attribute("data-serial", "1")
    expect(root.locator(".tertius-sentence")).to_have_text(sent[0]["sentences"][5])
    shown.page.evaluate("() => rest()")
    expect(root).to_have_attribute("data-serial", "2")
    expect(root.locator(".tertius-sentence")).to_have_text(sent[2]["sentences"][5])


def test_a_view_that_is_closed_leaves_nothing_behind(show, explorer_html):
    shown = show(explorer_html.replace("</script>\n</body>", OPEN_DOORS))
    shown.page.evaluate(HOST)
    once = """async (times) => {
        for (let k = 0; k < times; k++) {
            const [end, el] = host();
            await new Promise((go) => el.addEventListener("tertius-frame", go, { once: true }));
            el.querySelector(".tertius-play").click();
            el.querySelector(".tertius-time input").dispatchEvent(new Event("input"));
            end();
            if (el.childNodes.length) throw new Error("something is left in the element");
            el.remove();
        }
        return hearing;
    }"""
    assert shown.page.evaluate(once, 3) == 0
    before = held(shown.page)
    assert shown.page.evaluate(once, 12) == 0
    after = held(shown.page)
    assert after["JSEventListeners"] <= before["JSEventListeners"] + 2
    assert after["Nodes"] <= before["Nodes"] + 50
    shown.page.evaluate("() => { globalThis.last = host(); }")
    expect(shown.page.locator(".tertius").nth(1)).to_have_attribute("data-live", "true")
    shown.page.evaluate("() => last[0]()")
    expect(shown.page.locator(".tertius")).to_have_count(1)


def test_the_figure_comes_back_when_its_view_goes(show, explorer_html):
    quiet = explorer_html.replace(f"<{element()}>", "<div>").replace("</script>\n</body>", OPEN_DOORS)
    shown = show(quiet, live=False)
    figure = shown.page.locator("figure.tertius-figure")
    expect(figure).to_be_visible()
    shown.page.evaluate(HOST)
    shown.page.evaluate("() => { globalThis.shown = host(document.querySelector('.tertius-asleep').parentElement); }")
    expect(figure).to_be_hidden()
    shown.page.evaluate("() => shown[0]()")
    expect(figure).to_be_visible()


def test_keys_stay_in_the_widget_except_those_that_belong_to_the_notebook(show, html):
    shown = show(html)
    shown.page.evaluate(
        """() => {
            globalThis.escaped = [];
            document.addEventListener("keydown", (event) => escaped.push(event.key));
        }"""
    )
    for key in ("ArrowRight", "Enter", "Escape", "a", "Control+s", "Shift+Enter"):
        shown.slider.press(key)
    # Shift alone is no command of the notebook's, so it may stay as well.
    assert [key for key in shown.page.evaluate("() => escaped") if key != "Shift"] == ["Control", "s", "Enter"]


def test_the_same_view_makes_the_same_page():
    assert NetworkView(SCENE, 20).html() == NetworkView(SCENE, 20).html()


def test_a_page_is_written_where_one_wants_it(tmp_path, html):
    path = NetworkView(SCENE, 20).html(tmp_path / "mine.html")
    assert path == tmp_path / "mine.html"
    assert path.read_text(encoding="utf-8") == html
    assert "http" not in re.sub(r'data-uri|xmlns|"http://www.w3.org/2000/svg"|http-equiv', "", html)
