"""The map builder in a real browser, with its real Python side: by keyboard, by mouse, hostile, interrupted."""

import json

import pytest
from playwright.sync_api import Page, expect
from tests.browser import axe
from tests.browser.lab import Sheet
from tests.widgets.bridge import open_form
from tests.widgets.payloads import PAYLOADS

from tertius.learner import Learner
from tertius.widgets.map_builder import MapBuilder


class Desk:
    """A learner's folder, and pages in which the builder is open."""

    def __init__(self, browser, folder):
        self.browser, self.folder, self.sheets = browser, folder, []
        self.context = browser.new_context(viewport={"width": 1000, "height": 1400})

    def open(self, environment=None, context=None, builder=None) -> Page:
        """As a notebook that was started anew; "it saved" is all that the browser is told of files."""
        sheet = Sheet((context or self.context).new_page())
        sheet.page.set_default_timeout(15_000)
        sheet.page.on("dialog", lambda dialog: (sheet.faults.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        self.sheets.append(sheet)
        self.builder = builder or MapBuilder(learner=self.learner(environment))
        open_form(sheet.page, self.builder, self.folder)
        return sheet.page

    def learner(self, environment=None) -> Learner:
        return Learner.open(self.folder, environment=environment or {})

    def people(self) -> list[str]:
        return self.learner().network.nodes["id"].tolist()


@pytest.fixture
def desk(browser, tmp_path):
    desk = Desk(browser, tmp_path)
    yield desk
    desk.context.close()
    assert [fault for sheet in desk.sheets for fault in sheet.faults] == []
    assert [url for sheet in desk.sheets for url in sheet.strangers] == []


def saved(page):
    expect(page.locator(".tertius-form")).to_have_attribute("data-sign", "saved")


def focused(page) -> str:
    return page.evaluate("() => document.activeElement.dataset.at ?? document.activeElement.textContent")


def test_from_nothing_to_a_saved_map_with_its_numbers_by_the_keyboard_alone(desk):
    page = desk.open()
    keys = page.keyboard
    page.locator("body").press("Tab")
    assert focused(page) == "prompt advice"
    for line in (["AM", "BK"], ["CL", "am"], [], ["DO"], []):
        for code in line:
            keys.type(code)
            keys.press("Enter")
        keys.press("Enter")
    assert focused(page) == "card contact-1", "an empty line goes on"
    expect(page.locator('[data-at="prompt news"] >> xpath=../..')).to_contain_text("AM")
    for close in "5214":
        keys.press("Tab")
        keys.type(close)
        keys.press("Tab")
    assert focused(page) == "card me"
    keys.press("Enter")
    keys.press("Tab")
    keys.type("law")
    for _ in range(3):
        keys.press("Tab")
    assert focused(page).startswith("tie")
    keys.press("Space")
    keys.press("ArrowDown")
    keys.press("ArrowRight")
    keys.press("Space")
    keys.press("Tab")
    assert focused(page) == "undo"
    keys.press("Tab")
    keys.press("Enter")
    expect(page.locator(".tertius-panel")).to_contain_text("Contacts who know each other (density): 33")
    saved(page)
    network = desk.learner().network
    assert network.ties[["source", "target", "weight"]].to_numpy().tolist() == [
        ["me", "AM", 5], ["me", "BK", 2], ["me", "CL", 1], ["me", "DO", 4], ["AM", "BK", 3], ["BK", "CL", 3],
    ]  # fmt: skip
    assert network.nodes.set_index("id").loc["AM", "prompts"] == ["advice", "news"]
    assert network.nodes.set_index("id").loc["me", "group"] == "law"
    expect(page.locator(".tertius-ego svg")).to_have_attribute(
        "aria-label", "You and 4 contacts; 2 pairs of them know each other."
    )


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_can_be_used_without_seeing_or_pointing(desk, theme):
    context = desk.browser.new_context(color_scheme=theme, viewport={"width": 1000, "height": 1400})
    page = desk.open(context=context)
    if theme == "dark":
        page.add_style_tag(content="body { background: #14181d }")
        page.evaluate("() => document.body.classList.add('dark')")
        expect(page.locator(".tertius-form")).to_have_attribute("data-theme", "dark")
    assert axe.violations(page.locator(".tertius-form")) == []
    for code in ("AM", "BK", "CL"):
        page.locator('[data-at="prompt advice"]').fill(code)
        page.keyboard.press("Enter")
    page.locator("summary").first.click()
    page.get_by_role("button", name="Show my six numbers").click()
    expect(page.locator(".tertius-panel h4").first).to_be_visible()
    assert axe.violations(page.locator(".tertius-form")) == []
    context.close()


def test_everything_can_be_said_changed_undone_and_found_again_by_mouse(desk):
    page = desk.open()
    page.locator('[data-at="prompt work"]').fill("AM")
    page.get_by_role("button", name="Add to: Without whom").click()
    page.locator('[data-at="prompt work"]').fill("BK")
    page.keyboard.press("Enter")
    card = page.locator("details").first
    card.locator("summary").click()
    card.get_by_label("Organisation").fill("law")
    card.get_by_label("This is").select_option("partner")
    card.get_by_label("How often").select_option("monthly")
    card.get_by_label("Last in touch").fill("2026-10-01")
    card.get_by_label("Could help").fill("data, time")
    card.get_by_label("Looks for").fill("grants")
    page.get_by_label("AM and BK know each other").check()
    saved(page)
    row = desk.learner().network.nodes.set_index("id").loc["AM"]
    assert (row["group"], row["offers"], row["needs"]) == ("law", ["data", "time"], ["grants"])
    tie = desk.learner().network.ties.iloc[0]
    assert (tie["bond"], tie["often"], tie["last_contact"]) == ("partner", "monthly", "2026-10-01")
    card.get_by_role("button", name="Remove AM").click()
    expect(page.locator("details")).to_have_count(2)
    assert focused(page) == "card contact-2"
    saved(page)
    assert desk.people() == ["me", "BK"]
    undo = page.locator('[data-at="undo"]')
    expect(undo).to_have_text("Undo: removing AM")
    undo.click()
    expect(page.get_by_label("AM and BK know each other")).to_be_checked()
    saved(page)
    assert desk.people() == ["me", "AM", "BK"]
    undo.click()
    expect(page.get_by_label("AM and BK know each other")).not_to_be_checked()
    page.locator("summary").first.press("Control+z")
    page.locator("details").first.locator("summary").click()
    expect(page.get_by_label("Looks for").first).to_have_value("")
    expect(page.get_by_label("Could help").first).to_have_value("data, time")
    saved(page)

    again = desk.open()
    expect(again.locator("summary").first).to_contain_text("AM law · a client or partner · every month or so")
    expect(again.locator('[data-at="undo"]')).to_have_attribute("aria-disabled", "true")


def test_a_code_that_is_written_anew_is_written_anew_everywhere(desk):
    page = desk.open()
    for code in ("AM", "BK"):
        page.locator('[data-at="prompt news"]').fill(code)
        page.keyboard.press("Enter")
    page.locator("summary").first.click()
    page.get_by_label("Code or initials").first.fill("ZZ")
    page.keyboard.press("Tab")
    expect(page.get_by_label("ZZ and BK know each other")).to_be_visible()
    expect(page.locator(".tertius-named:visible")).to_contain_text("ZZ")
    expect(page.locator(".tertius-ego")).to_contain_text("ZZ")
    expect(page.get_by_role("button", name="Remove ZZ")).to_be_visible()
    saved(page)
    assert desk.people() == ["me", "ZZ", "BK"]


def test_the_grid_has_room_for_fifteen_and_says_so(desk):
    page = desk.open()
    for k in range(16):
        page.locator('[data-at="prompt others"]').fill(f"P{k:02}")
        page.keyboard.press("Enter")
    expect(page.locator(".tertius-grid-of-ties input")).to_have_count(15 * 14 // 2)
    last = page.locator("details").nth(15)
    last.locator("summary").click()
    last.get_by_label("in the grid").click()
    expect(page.locator(".tertius-map [role=status]")).to_contain_text("room for 15")
    first = page.locator("details").first
    first.locator("summary").click()
    first.get_by_label("in the grid").uncheck()
    last.get_by_label("in the grid").check()
    expect(page.get_by_label("P01 and P15 know each other")).to_be_visible()
    saved(page)
    assert desk.learner().network.alter_ties == "partial"


def test_what_anybody_is_called_is_shown_as_text(desk):
    page = desk.open()
    box = page.locator('[data-at="prompt advice"]')
    for name, text in PAYLOADS.items():
        box.evaluate("(box, text) => { box.value = text; box.dispatchEvent(new Event('input')); }", text)
        box.press("Enter")
        expect(page.locator("summary")).to_have_count(list(PAYLOADS).index(name) + 2)
    page.locator("summary").first.click()
    page.get_by_label("Organisation").first.fill(PAYLOADS["image"])
    saved(page)
    page.get_by_role("button", name="Show my six numbers").click()
    expect(page.locator(".tertius-panel h4").first).to_be_visible()
    shown = page.locator(".tertius-cards").inner_text()
    for name in ("image", "script", "attribute", "formula", "hyperlink", "command"):
        assert PAYLOADS[name] in shown, name
    assert page.locator(".tertius-form img, .tertius-form script, .tertius-form svg svg").count() == 0
    assert [text for text in desk.people() if "\u202e" in text or "\a" in text] == []
    page.wait_for_timeout(200)  # a picture that is not there would fail now


def test_what_was_typed_as_the_kernel_died_is_there_when_it_is_back(desk):
    page = desk.open()
    page.locator('[data-at="prompt advice"]').fill("AM")
    page.keyboard.press("Enter")
    saved(page)
    desk.builder.hear = lambda wish: None  # as a kernel that has died: nobody answers
    page.locator('[data-at="prompt advice"]').fill("BK")
    page.keyboard.press("Enter")
    expect(page.locator("summary")).to_have_count(3)
    page.wait_for_timeout(600)
    assert desk.people() == ["me", "AM"]
    page.close()
    again = desk.open()
    expect(again.locator("summary")).to_have_count(3)
    saved(again)
    assert desk.people() == ["me", "AM", "BK"]


def test_on_a_shared_computer_a_yes_is_typed_first_and_the_file_is_taken_away(desk):
    page = desk.open({"BINDER_SERVICE_HOST": "10.0.0.1"})
    assert page.locator(".tertius-map").count() == 0
    page.get_by_label("To type codes here all the same, type yes").fill("yes")
    page.get_by_role("button", name="Make my map here").click()
    page.locator('[data-at="prompt advice"]').fill("AM")
    page.keyboard.press("Enter")
    saved(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download my file").click()
    assert json.loads(download.value.path().read_text())["network"]["nodes"]["rows"][1][0] == "AM"


def test_what_an_import_suggests_is_dashed_until_it_is_said(desk):
    from tests.widgets.test_map_builder import star

    from tertius.intake.inferred import infer_ties

    start = infer_ties(star("P1", "P2", "P3"))
    page = desk.open(builder=MapBuilder(start, learner=desk.learner()))
    expect(page.locator(".tertius-map")).to_contain_text("Your import has 3 contacts")
    assert page.locator("datalist option").evaluate_all("(all) => all.map((one) => one.value)") == ["P1", "P2", "P3"]
    for code in ("P1", "p2", "P3"):
        page.locator('[data-at="prompt work"]').fill(code)
        page.keyboard.press("Enter")
    picture = page.locator(".tertius-ego")
    expect(picture.locator("line[stroke-dasharray]")).to_have_count(1)
    expect(picture).to_contain_text("1 dashed line is only inferred, and in no number.")
    expect(page.locator(".tertius-grid-of-ties")).to_contain_text("?")
    assert axe.violations(page.locator(".tertius-form")) == []
    page.get_by_label("P1 and P2 know each other; your import suggests it").check()
    expect(picture.locator("line[stroke-dasharray]")).to_have_count(0)
    saved(page)
    network = desk.learner().network
    assert network.to_ties().n_ties == 4
    assert set(network.ties["relation"]) == {"listed", "inferred", "remembered"}


def test_names_of_an_import_are_shown_on_request_and_stand_nowhere_but_on_the_page(desk):
    from tests.widgets.test_map_builder import star

    from tertius.privacy import names

    behind = {"P-1": "Zqa <img src=x onerror=alert(1)> $\\frac{" + " long" * 9, "P-2": "Zqb Twin", "P-3": "Zqb Twin"}
    names.remember(behind)
    try:
        page = desk.open(builder=MapBuilder(star(*behind), learner=desk.learner()))
        line, said = page.locator('[data-at="prompt work"]'), page.locator(".tertius-map > .tertius-heard")
        button = page.get_by_role("button", name="Show or hide names")
        assert "Zq" not in page.content()
        button.click()
        expect(said).to_have_text("Names are shown in this page only; what is saved are the codes.")
        assert "Zq" not in json.dumps(desk.builder.get_state(), default=str)
        for typed in (f"{behind['P-1']} (P-1)", "zqb twin", "Zqb Twin (P-3)"):
            line.fill(typed)
            line.press("Enter")
        expect(page.locator(".tertius-card summary b")).to_have_text([behind["P-1"], "Zqb Twin", "You"])
        saved(page)
        assert desk.people() == ["ME", "P-1", "P-2", "P-3"]
        assert axe.violations(page.locator(".tertius-form")) == []
        assert "Zq" not in page.evaluate("() => JSON.stringify(localStorage)")
        assert (
            "Zq" not in json.dumps(desk.builder.get_state(), default=str) + desk.builder.still() + desk.builder.page()
        )
        assert not [path for path in desk.folder.glob("*.json") if "Zq" in path.read_text("utf-8")]
        names.forget()
        button.click()
        expect(page.get_by_role("alert")).to_contain_text("read your file again")
    finally:
        names.forget(behind)
    names.remember(behind)
    try:
        button.click()
        expect(said).to_have_text("Names are hidden.")
        expect(page.locator(".tertius-card summary b")).to_have_text(["P-1", "P-3", "You"])
    finally:
        names.forget(behind)


def test_a_code_that_is_left_without_enter_is_added_and_the_focus_goes_where_it_went(desk):
    page = desk.open()
    page.locator('[data-at="prompt advice"]').focus()
    page.keyboard.type("AM")
    page.locator('[data-at="prompt news"]').click()
    expect(page.locator(".tertius-named").first).to_contain_text("AM")
    assert focused(page) == "prompt news"
    page.keyboard.type("BK")
    page.get_by_role("button", name="Add to: From whom do you hear first").click()
    expect(page.locator(".tertius-card summary b")).to_have_text(["AM", "BK", "You"])
    saved(page)
    assert desk.people() == ["me", "AM", "BK"]


def test_a_line_that_is_drawn_anew_or_looked_away_from_is_not_left(desk):
    page = desk.open()
    line = page.locator('[data-at="prompt advice"]')
    line.focus()
    page.keyboard.type("A")
    # What a browser says when the window loses the focus, or a line is taken away in which was typed.
    line.evaluate("line => line.dispatchEvent(new Event('change'))")
    page.keyboard.type("M")
    page.keyboard.press("Enter")
    expect(page.locator(".tertius-card summary b")).to_have_text(["AM", "You"])
    saved(page)
    assert desk.people() == ["me", "AM"]


def test_the_map_is_downloaded_as_a_page_that_takes_hostile_names_for_text(desk):
    page = desk.open()
    for code in list(PAYLOADS.values())[:6]:
        page.locator('[data-at="prompt work"]').fill(code)
        page.keyboard.press("Enter")
    saved(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download as a page").click()
    assert download.value.suggested_filename == "my-map.html"
    download.value.save_as(desk.folder / "my-map.html")
    sheet = Sheet(desk.context.new_page())
    sheet.page.on("dialog", lambda dialog: (sheet.faults.append(dialog.message), dialog.dismiss()))
    desk.sheets.append(sheet)
    sheet.page.goto((desk.folder / "my-map.html").as_uri())
    expect(sheet.page.get_by_role("heading", name="1. Contacts: ")).to_be_visible()
    assert sheet.page.locator("img").count() == 1, "the picture of the map alone"
    assert axe.violations(sheet.page.locator("body")) == []
