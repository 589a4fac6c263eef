"""Frozen Explorers in a real browser: every number is the kernel's, and what cannot move says why."""

import pytest
from playwright.sync_api import expect
from tests.browser.lab import change, held, pixels
from tests.widgets.conftest import Shown
from tests.widgets.scenes import HOSTILE, fading_explorer, random_scene
from tests.widgets.test_page import NIGHT, contrast, share_of
from tests.widgets.test_presets import CUT, PRESETS

from tertius.widgets import Budget, NetworkView
from tertius.widgets.controls import SPACE, written
from tertius.widgets.page import document, script_tag
from tertius.widgets.script import element


@pytest.fixture(scope="module")
def explorer():
    return fading_explorer(presets=PRESETS, equal=CUT)


@pytest.fixture(scope="module")
def html(explorer) -> str:
    return explorer.freeze(rate=[0, 0.05, 0.2, 0.5], spared=True, is_paused=True, seed=[1, 2]).html()


class Parts:
    """The settings of a widget as they are on the page."""

    def __init__(self, shown: Shown):
        settings = shown.root.get_by_role("group", name="Settings")
        self.preset = settings.get_by_role("combobox", name="Preset")
        self.rate = settings.get_by_role("slider", name="Cut each step")
        self.spared = settings.get_by_role("combobox", name="Spared")
        self.paused = settings.get_by_role("checkbox", name="Pause cutting")
        self.seed = settings.get_by_label("Seed")
        self.runs = settings.get_by_label("Runs")
        self.undo = settings.get_by_role("button", name="Undo")
        self.reset = settings.get_by_role("button", name="Reset")
        self.equal = settings.locator(".tertius-equal")
        self.why = settings.locator(".tertius-why")


# Numbers

GO_THROUGH = """async (wishes) => {
    const root = document.querySelector(".tertius");
    const [rate] = root.querySelectorAll(".tertius-settings input[type=range]");
    const [, spared, seed] = root.querySelectorAll(".tertius-settings select");
    const paused = root.querySelector(".tertius-settings input[type=checkbox]");
    const time = root.querySelector(".tertius-time input");
    root.querySelector("details").open = true;
    const painted = () => new Promise((go) => root.addEventListener("tertius-frame", go, { once: true }));
    const put = async (input, name, value) => {
        if (input[name] === value) return;
        input[name] = value;
        const frame = painted();
        input.dispatchEvent(new Event("input", { bubbles: true }));
        input.dispatchEvent(new Event("change", { bubbles: true }));
        await frame;
    };
    const told = [];
    for (const [at, who, isPaused, luck] of wishes) {
        await put(rate, "value", String(at));
        await put(spared, "selectedIndex", who);
        await put(paused, "checked", isPaused);
        await put(seed, "selectedIndex", luck);
        const sentences = [];
        for (let t = 0; t <= 20; t++) {
            await put(time, "value", String(t));
            sentences.push(root.querySelector(".tertius-sentence").textContent);
        }
        const rows = [...[...root.querySelectorAll("table")].at(-1).querySelectorAll("tbody tr")];
        const cells = rows.map((row) => [...row.cells].map((cell) => cell.textContent));
        told.push({ sentences, cells, equal: root.querySelector(".tertius-equal").textContent });
    }
    return told;
}"""


def test_every_sentence_and_every_number_of_every_setting_is_the_kernels(show, html):
    kernel = fading_explorer(presets=PRESETS, equal=CUT)
    rates, groups = (0, 0.05, 0.2, 0.5), ("nobody", "strong")
    wishes = [
        (at, who, paused, luck) for at in range(4) for who in (0, 1) for paused in (False, True) for luck in (0, 1)
    ]
    told = show(html).page.evaluate(GO_THROUGH, wishes)
    assert len(told) == 32
    for (at, who, paused, luck), page in zip(wishes, told, strict=True):
        # One control after the other, as on the page: what is kept equal is compared with the setting before.
        for settings in ({"rate": rates[at]}, {"spared": groups[who]}, {"is_paused": paused}, {"seed": 1 + luck}):
            kernel.choose(**settings)
        curve = kernel.scene.curve
        assert page["sentences"] == list(kernel.scene.sentences)
        numbers = zip(curve.run, curve.low, curve.middle, curve.high, strict=True)
        assert page["cells"] == [
            [str(t), *(written(value, 0, percent=True) for value in row)] for t, row in enumerate(numbers)
        ]
        assert page["equal"] == kernel.equal


# What moves and what does not


def test_what_cannot_move_is_disabled_and_says_why(show, html):
    parts = Parts(show(html))
    expect(parts.why).to_have_text(
        "32 settings are held here. Fixed: Runs. In part: Cut each step (4 of 51 values), Seed (2 values). For any "
        "other, run the notebook."
    )
    for moving in (parts.preset, parts.rate, parts.spared, parts.paused, parts.seed, parts.reset):
        expect(moving).to_be_enabled()
    expect(parts.runs).to_be_disabled()
    expect(parts.runs).to_have_accessible_description(parts.why.text_content())
    expect(parts.undo).to_be_disabled()


def test_where_all_of_a_control_is_held_nothing_is_said_of_it(show):
    parts = Parts(show(fading_explorer().freeze(spared=True, is_paused=True).html()))
    expect(parts.why).to_have_text(
        "4 settings are held here. Fixed: Cut each step, Seed, Runs. For any other, run the notebook."
    )
    for fixed in (parts.rate, parts.seed, parts.runs):
        expect(fixed).to_be_disabled()


def test_options_that_are_not_held_are_there_and_say_so(show):
    parts = Parts(show(fading_explorer(presets=PRESETS).freeze(is_paused=True).html()))
    for box, texts, disabled in (
        (parts.spared, ["nobody", "strong ties (not held here)"], [False, True]),
        (
            parts.preset,
            [
                "as set",
                "Spare the strong (not held here)",
                "Spare the strong, faster (not held here)",
                "Other luck (not held here)",
            ],
            [True] * 4,
        ),
    ):
        options = box.locator("option")
        assert options.all_text_contents() == texts
        assert options.evaluate_all("(all) => all.map((one) => one.disabled)") == disabled


def test_a_slider_of_some_values_goes_from_one_to_the_next(show, html):
    shown = show(html)
    parts = Parts(shown)
    said = []
    parts.rate.press("Home")
    for _ in range(4):
        said.append(parts.rate.get_attribute("aria-valuetext"))
        expect(parts.rate.locator("xpath=..")).to_contain_text(said[-1])
        parts.rate.press("ArrowRight")
    assert said == [f"{value}{SPACE}%" for value in (0, 5, 20, 50)]
    expect(shown.root.get_by_role("alert")).to_be_hidden()


# Presets


def test_choosing_a_preset_is_one_gesture(show, html):
    shown = show(html)
    parts = Parts(shown)
    expect(parts.preset.locator("option:checked")).to_have_text("as set")
    first = shown.picture()
    parts.preset.select_option("Spare the strong, faster")
    expect(parts.rate).to_have_attribute("aria-valuetext", f"20{SPACE}%")
    expect(parts.spared.locator("option:checked")).to_have_text("strong ties")
    assert change(first, shown.picture()) > 0.001
    parts.rate.press("ArrowRight")
    expect(parts.preset.locator("option:checked")).to_have_text("Spare the strong")
    parts.undo.click()
    expect(parts.preset.locator("option:checked")).to_have_text("Spare the strong, faster")
    parts.undo.click()
    expect(parts.preset.locator("option:checked")).to_have_text("as set")
    expect(parts.rate).to_have_attribute("aria-valuetext", f"5{SPACE}%")
    expect(parts.undo).to_be_disabled()
    assert change(first, shown.picture()) == 0


def test_presets_come_before_the_controls_and_are_chosen_with_the_keyboard(show, html):
    shown = show(html)
    parts = Parts(shown)
    parts.preset.focus()
    shown.page.keyboard.press("ArrowDown")
    expect(parts.preset.locator("option:checked")).to_have_text("Spare the strong")
    for after in (parts.rate, parts.spared, parts.paused, parts.seed, parts.undo, parts.reset):
        shown.page.keyboard.press("Tab")
        expect(after).to_be_focused()


# What is kept equal


def test_what_is_kept_equal_is_said_and_if_it_is_not_that_too(show, html):
    shown = show(html, permissions=["clipboard-read", "clipboard-write"])
    parts = Parts(shown)
    kernel = fading_explorer(presets=PRESETS, equal=CUT)
    expect(parts.equal).to_have_text(kernel.equal)
    kept = parts.equal.bounding_box()
    runs = parts.runs.bounding_box()
    assert kept["y"] < runs["y"] + runs["height"]
    assert kept["y"] + kept["height"] > runs["y"]
    parts.spared.select_option("strong ties")
    kernel.choose(spared="strong")
    assert kernel.equal.startswith("Not equal: ")
    expect(parts.equal).to_have_text(kernel.equal)
    expect(parts.equal).to_have_attribute("data-uneven", "")
    expect(shown.said).to_have_text(f"{kernel.scene.sentences[5]} {kernel.equal}")
    shown.root.get_by_role("button", name="Copy as text").click()
    expect(shown.root.get_by_text("Copied.").first).to_be_visible()
    assert shown.page.evaluate("() => navigator.clipboard.readText()") == kernel.text()
    parts.seed.select_option("2")
    parts.undo.click()
    kernel.choose(seed=2)
    kernel.undo()
    expect(parts.equal).to_have_text(kernel.equal)
    parts.undo.click()
    kernel.undo()
    assert kernel.equal.startswith("Kept equal: ")
    expect(parts.equal).to_have_text(kernel.equal)
    expect(parts.equal).not_to_have_attribute("data-uneven", "")
    expect(shown.said).to_have_text(kernel.scene.sentences[5])


def test_a_drag_over_held_values_is_one_gesture_and_compared_with_where_it_began(show):
    explorer = fading_explorer(equal=Budget("ties left", lambda run: run.states[-1].sum()))
    shown = show(explorer.freeze(rate=[0.05, 0.1, 0.2, 0.3, 0.5]).html())
    parts = Parts(shown)
    box = parts.rate.bounding_box()
    mouse, y = shown.page.mouse, box["y"] + box["height"] / 2
    mouse.move(box["x"] + 8, y)
    mouse.down()
    mouse.move(box["x"] + box["width"] - 8, y, steps=12)
    mouse.up()
    explorer.choose(rate=0.5)
    expect(parts.equal).to_have_text(explorer.equal)
    assert explorer.equal.startswith("Not equal: ")
    parts.undo.click()
    expect(parts.rate).to_have_attribute("aria-valuetext", f"5{SPACE}%")
    expect(parts.undo).to_be_disabled()


def test_undo_goes_back_to_the_step_too(show, html):
    shown = show(html)
    parts = Parts(shown)
    parts.paused.check()
    shown.go(17)
    parts.undo.click()
    shown.painted(5)


# Under a veil


def test_what_is_to_be_predicted_first_stays_veiled_and_can_be_opened_without_a_kernel(show):
    explorer = fading_explorer()
    explorer.veil = "Say first what you expect."
    for frozen in (explorer.freeze(spared=True), explorer.freeze(rate=[0.1, 0.2])):
        shown = show(frozen.html(), live=False)
        expect(shown.root.get_by_text("Say first what you expect.")).to_be_visible()
        expect(shown.network).to_be_hidden()
        expect(shown.page.locator("figure.tertius-figure")).to_be_hidden()
        shown.root.get_by_role("button", name="Open it now").press("Enter")
        expect(shown.root).to_have_attribute("data-live", "true")
        expect(shown.network).to_be_visible()
    still = show(explorer.html(), live=False, java_script_enabled=False)
    expect(still.page.get_by_role("img")).to_be_hidden()
    still.page.get_by_text("Say first what you expect.").click()
    expect(still.page.get_by_role("img")).to_be_visible()


# Names from people's files


def test_hostile_names_are_shown_as_text_and_do_nothing(show):
    for evil in HOSTILE[:2]:
        explorer = fading_explorer(
            title=evil, presets={evil: {"seed": 3}}, equal=Budget(evil, lambda run: run.states[-1].sum())
        )
        explorer.choose(seed=3)
        shown = show(explorer.freeze(seed=[1, 3]).html(), permissions=["clipboard-read", "clipboard-write"])
        parts = Parts(shown)
        expect(parts.preset.locator("option:checked")).to_have_text(evil)
        expect(parts.equal).to_contain_text(evil)
        shown.root.get_by_role("button", name="Copy as text").click()
        expect(shown.root.get_by_text("Copied.").first).to_be_visible()
        copied = shown.page.evaluate("() => navigator.clipboard.readText()").splitlines()
        assert copied[:2] == explorer.text().splitlines()[:2]
        assert shown.root.locator("img, script").count() == 0
        assert shown.page.evaluate("() => document.body.dataset.broken ?? 'whole'") == "whole"


# Many, woken, moved about


def test_several_share_one_script(show, html):
    frozen = [fading_explorer(title=f"Number {k}").freeze(spared=True) for k in range(3)]
    page = document("Three", *(one.part for one in frozen), NetworkView(random_scene(), 20).freeze().part)
    assert page.count("customElements.define") == 1
    assert len(page) < len(html) + 3 * max(len(one.part) for one in frozen) + 400_000
    shown = show(page)
    roots = shown.page.locator(".tertius[data-live]")
    expect(roots).to_have_count(4)
    expect(shown.page.locator(".tertius-still:visible")).to_have_count(0)
    expect(shown.page.locator("style")).to_have_count(2)


def test_in_a_notebooks_page_each_brings_the_script_and_the_first_one_serves_all(show):
    frozen = [fading_explorer(title=f"Number {k}").freeze(spared=True) for k in range(3)]
    outputs = "".join(f'<div class="jp-OutputArea">{one._repr_html_()}</div>' for one in frozen)
    shown = show(f"<!doctype html><html lang='en'><body><main>{outputs}</main></body></html>")
    roots = shown.page.locator(".tertius[data-live]")
    expect(roots).to_have_count(3)
    assert [roots.nth(k).locator(".tertius-title").text_content() for k in range(3)] == [
        "Number 0",
        "Number 1",
        "Number 2",
    ]
    expect(shown.page.locator(".tertius-still:visible")).to_have_count(0)
    expect(shown.page.locator("style")).to_have_count(1)
    Parts(shown).spared.select_option("strong ties")
    expect(shown.root).to_have_attribute("data-serial", "2")
    expect(roots.nth(1)).to_have_attribute("data-serial", "1")


def test_taken_out_of_the_page_it_ends_and_put_back_it_is_as_it_was_left(show, html):
    shown = show(html)
    Parts(shown).spared.select_option("strong ties")
    shown.go(11)
    shown.page.evaluate(
        """(name) => {
            globalThis.kept = document.querySelector(name);
            globalThis.place = kept.parentNode;
            kept.remove();
        }""",
        element(),
    )
    expect(shown.page.locator(".tertius")).to_have_count(0)
    expect(shown.page.locator("figure.tertius-figure")).to_be_visible()
    assert shown.page.evaluate("() => kept.querySelector('.tertius')") is None
    shown.page.evaluate("() => place.append(kept)")
    shown.painted(11)
    expect(Parts(shown).spared.locator("option:checked")).to_have_text("strong ties")
    expect(shown.page.locator("figure.tertius-figure")).to_be_hidden()


def test_without_scripts_the_figure_stays_and_the_page_says_what_to_do(show, html, explorer):
    shown = show(html, live=False, java_script_enabled=False)
    expect(shown.page.get_by_role("img")).to_be_visible()
    expect(shown.page.get_by_role("img")).to_have_attribute("alt", explorer.scene.sentences[5])
    expect(shown.page.get_by_text("in JupyterLab, trust the notebook.")).to_be_visible()


def test_where_scripts_run_nobody_is_told_to_trust(show, html):
    shown = show(html)
    expect(shown.page.get_by_text("in JupyterLab, trust the notebook.")).to_be_hidden()


def test_the_script_alone_does_nothing(show):
    shown = show(f"<!doctype html><html lang='en'><body><p>Nothing.</p>{script_tag()}</body></html>", live=False)
    expect(shown.page.locator("style")).to_have_count(0)


# Who cannot see colours, or wants others


def test_the_readers_own_colours_are_taken(show, html):
    shown = show(html, forced_colors="active", color_scheme="dark")
    parts = Parts(shown)
    parts.spared.select_option("strong ties")
    style = shown.page.evaluate(
        """() => {
            const read = (query) => getComputedStyle(document.querySelector(query));
            const [text, uneven] = [read(".tertius-sentence"), read(".tertius-equal")];
            return [text.color, uneven.color, uneven.borderLeftWidth, document.querySelector(".tertius").dataset.theme];
        }"""
    )
    assert style[0] == style[1]
    assert style[2:] == ["6px", "dark"]
    picture = shown.picture()
    assert (picture == 0).all(axis=2).mean() > 0.5, "the network is on the reader's own paper"
    shown.page.emulate_media(forced_colors="none", color_scheme="dark")
    shown.settle()
    assert share_of(NIGHT, shown.picture()) > 0.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_is_not_equal_and_what_cannot_move_can_be_read(show, html, scheme):
    shown = show(html, color_scheme=scheme)
    Parts(shown).spared.select_option("strong ties")
    expect(shown.root.locator(".tertius-equal[data-uneven]")).to_be_visible()
    paper, *words = shown.page.evaluate(
        """() => [
            getComputedStyle(document.querySelector(".tertius-sheet")).backgroundColor,
            ...[".tertius-equal", ".tertius-why", ".tertius-field > span"]
                .map((query) => getComputedStyle(document.querySelector(query)).color),
        ]"""
    )
    assert min(contrast(word, paper) for word in words) >= 4.5


@pytest.mark.parametrize("width", [700, 400, 320])
def test_nothing_sticks_out_of_a_narrow_page(show, width):
    presets = {"A preset whose name is as long as those that people give who explain themselves": {"seed": 3}}
    explorer = fading_explorer(presets=presets, equal=CUT, title="A title that is longer than a narrow page is wide")
    shown = show(explorer.freeze().html(), viewport={"width": width, "height": 800})
    Parts(shown).spared.select_option("strong ties")
    assert shown.page.evaluate("() => document.documentElement.scrollWidth") <= width
    sheet = shown.root.locator(".tertius-sheet").bounding_box()
    for part in shown.root.locator("select, input, button, p:not(.tertius-asleep), canvas").all():
        box = part.bounding_box()
        assert box is None or box["x"] + box["width"] <= sheet["x"] + sheet["width"], part


# Out of sight

COUNT = """() => {
    globalThis.frames = 0;
    document.querySelectorAll(".tertius")[1].addEventListener("tertius-frame", () => frames++);
}"""


def test_what_is_out_of_sight_costs_nothing_and_is_right_when_it_comes_into_sight(show):
    part = fading_explorer().freeze(spared=True).part
    shown = show(document("Far", part, '<div style="height: 4000px"></div>', part))
    far = shown.page.locator(".tertius").nth(1)
    expect(far).to_have_attribute("data-live", "true")
    shown.page.evaluate(COUNT)
    shown.settle()
    shown.page.evaluate(
        """async () => {
            const far = document.querySelectorAll(".tertius")[1];
            const wait = (ms) => new Promise((go) => setTimeout(go, ms));
            const slider = far.querySelector(".tertius-time input");
            for (let t = 6; t < 16; t++) {
                slider.value = t;
                slider.dispatchEvent(new Event("input"));
                await wait(20);
            }
            const spared = far.querySelectorAll(".tertius-settings select")[0];
            spared.selectedIndex = 1;
            spared.dispatchEvent(new Event("change"));
            far.querySelector(".tertius-play").click();
            await wait(100);
        }"""
    )
    shown.page.emulate_media(color_scheme="dark")
    shown.page.set_viewport_size({"width": 900, "height": 700})
    shown.settle()
    assert shown.page.evaluate("() => frames") == 0
    assert far.get_attribute("data-t") == "5"
    far.scroll_into_view_if_needed()
    expect(far).to_have_attribute("data-serial", "2")
    expect(far).to_have_attribute("data-theme", "dark")
    kernel = fading_explorer()
    kernel.choose(spared="strong")
    last = len(kernel.scene.sentences) - 1
    expect(far).to_have_attribute("data-t", str(last))  # it plays on to the end
    expect(far.locator(".tertius-sentence")).to_have_text(kernel.scene.sentences[last])
    assert pixels(far.locator(".tertius-network")).mean() < 128


def test_play_stops_when_it_goes_out_of_sight(show):
    shown = show(document("Far", fading_explorer(t=0).freeze().part, '<div style="height: 4000px"></div>'))
    shown.root.get_by_role("button", name="Play").click()
    shown.page.evaluate("() => scrollTo(0, 3000)")
    expect(shown.root.get_by_role("button", name="Play")).to_have_count(1)
    at = shown.slider.input_value()
    shown.page.wait_for_timeout(500)
    assert shown.slider.input_value() == at


# For long

MOVE = """async (moves) => {
    const root = document.querySelector(".tertius");
    const time = root.querySelector(".tertius-time input"), spared = root.querySelector(".tertius-settings select");
    const painted = () => new Promise((go) => root.addEventListener("tertius-frame", go, { once: true }));
    const send = async (input, kind) => {
        const frame = painted();
        input.dispatchEvent(new Event(kind, { bubbles: true }));
        await frame;
    };
    for (let move = 0; move < moves; move++) {
        time.value = (Number(time.value) + 7) % 21;
        await send(time, "input");
        if (move % 5) continue;
        spared.selectedIndex = 1 - spared.selectedIndex;
        await send(spared, "change");
    }
}"""


def test_five_hundred_moves_leave_nothing_behind(show):
    shown = show(fading_explorer().freeze().html())
    shown.page.evaluate(MOVE, 100)
    before = held(shown.page)
    shown.page.evaluate(MOVE, 500)
    after = held(shown.page)
    # The browser itself keeps up to 150 kB, compiled code and its own notes on time. A scene takes 20 kB here, and was
    # made a hundred times; 1 kB left by each move would be half a megabyte.
    assert after["JSHeapUsedSize"] < before["JSHeapUsedSize"] + 300_000
    assert after["Nodes"] <= before["Nodes"] + 20
    assert after["JSEventListeners"] <= before["JSEventListeners"]
