"""Lesson 06 from restore to save as learners go through it, with the mouse and again with the keyboard alone.

On the way every widget is looked at by axe-core; at the end the file holds what was done, and everything looks the same
after the kernel was started again.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect
from tests.browser.axe import violations
from tests.browser.forms import Form, Forms
from tests.browser.lab import Lab, Notebook, Sheet

LESSON = "06-weak-ties.ipynb"
CHOSEN = "This network is chosen. Choose Run, then Run All Cells, to see it in every cell."
PAIRS = {
    "Ann–Di": ["weak"],
    "Di–Ed": ["weak", "local bridge"],
    "Ann–Ed": ["indirect"],
    "Ed–Hal": ["weak"],
    "Bo–Di": ["none of these"],
    "Di–Fay": ["indirect"],
}
FORMS = (
    "L06-restore-form", "L06-W1-warmup", "L06-W2-warmup", "L06-E1-predict-form", "L06-E1-explain-form",
    "L06-E2-predict-form", "L06-E2-explain-form", "L06-E3-predict-form", "L06-E3-explain-form", "L06-Q1-quiz",
    "L06-Q2-quiz", "L06-Q3-quiz", "L06-X1-exercise-form", "L06-X2-exercise-form", "L06-X3-exercise-form",
    "L06-M1-mine-list", "L06-R1-reflect", "L06-R2-reflect", "L06-A1-act", "L06-save-form",
)  # fmt: skip
EXPLORERS = ("L06-E1-run-explorer", "L06-E2-run-explorer", "L06-E3-run-explorer", "L06-vary-blue-bridge")


class Mouse:
    """Points and clicks."""

    def __init__(self, page: Page):
        self.page = page

    def run_all(self, notebook: Notebook) -> None:
        notebook.run_all()

    def press(self, target: Locator) -> None:
        target.click()

    def pick(self, option: Locator) -> None:
        option.click()

    def write(self, box: Locator, text: str) -> None:
        box.click()
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(text)

    def choose(self, select: Locator, value: str) -> None:
        select.select_option(value)

    def day(self, box: Locator, day: str) -> None:
        box.fill(day)

    def raise_point(self, point: Locator, up: int) -> None:
        """Drag a point of a curve ``up`` steps of five per cent."""
        box, svg = point.bounding_box(), point.locator("xpath=ancestor::*[name()='svg']").bounding_box()
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        # The drawing is 266 units high, of which 190 are for 100 per cent.
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        self.page.mouse.move(x, y - up * 0.05 * 190 * svg["height"] / 266, steps=4)
        self.page.mouse.up()

    def move(self, slider: Locator, key: str) -> None:
        slider.press(key)


class Keyboard:
    """Has no mouse: goes to everything with Tab, and uses nothing but keys."""

    def __init__(self, page: Page):
        self.page = page

    def run_all(self, notebook: Notebook) -> None:
        def palette() -> None:
            self.page.keyboard.press("Control+Shift+c")
            self.page.keyboard.type("Run All Cells")
            expect(self.page.locator(".lm-CommandPalette-item").first).to_contain_text("Run All Cells")
            self.page.keyboard.press("Enter")

        notebook.run_all(begin=palette)
        # The first cell, in command mode: from here on Tab leads through the lesson.
        self.page.keyboard.press("Escape")
        self.page.keyboard.press("Control+Home")

    def go_to(self, target: Locator, most: int = 400) -> None:
        """Press Tab until the target has the focus."""
        element = None
        for _ in range(most):
            # Looked for again only where it is not there yet or was drawn anew: in a page this long that takes time.
            has_focus = element and element.evaluate("(one) => one.isConnected ? one === document.activeElement : null")
            if has_focus is None:
                element = next(iter(target.element_handles()), None)
                has_focus = element and element.evaluate("(one) => one === document.activeElement")
            if has_focus:
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not lead to {target} within {most} presses.")

    def press(self, target: Locator) -> None:
        self.go_to(target)
        self.page.keyboard.press("Enter")

    def pick(self, option: Locator) -> None:
        kind, group = option.get_attribute("type"), option.locator("xpath=ancestor::fieldset")
        if kind == "checkbox":
            self.go_to(option)
            return self.page.keyboard.press("Space")
        radios = group.get_by_role("radio")
        place = option.evaluate("(one) => [...one.closest('fieldset').querySelectorAll('input')].indexOf(one)")
        checked = group.locator("input:checked")
        self.go_to(checked if checked.count() else radios.first)
        self.page.keyboard.press("Space")
        start = (
            0
            if not checked.count()
            else checked.evaluate("(one) => [...one.closest('fieldset').querySelectorAll('input')].indexOf(one)")
        )
        for _ in range(place - start):
            self.page.keyboard.press("ArrowDown")
        for _ in range(start - place):
            self.page.keyboard.press("ArrowUp")
        return None

    def write(self, box: Locator, text: str) -> None:
        self.go_to(box)
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(text)

    def choose(self, select: Locator, value: str) -> None:
        self.go_to(select)
        wanted = select.locator(f"option[value='{value}']").inner_text()
        for _ in range(select.locator("option").count()):
            if select.locator("option:checked").inner_text() == wanted:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{wanted} cannot be reached with the arrow keys.")

    def day(self, box: Locator, day: str) -> None:
        year, month, number = day.split("-")
        self.go_to(box)
        self.page.keyboard.type(f"{month}{number}{year}")

    def raise_point(self, point: Locator, up: int) -> None:
        self.go_to(point)
        for _ in range(abs(up)):
            self.page.keyboard.press("ArrowUp" if up > 0 else "ArrowDown")

    def move(self, slider: Locator, key: str) -> None:
        self.go_to(slider)
        self.page.keyboard.press(key)


def go_through(hand: Mouse | Keyboard, forms: Forms, looked_at: Callable[[str, Form], None]) -> None:
    """Do everything that the lesson asks, in its order."""

    def form(cell: str) -> Form:
        return forms.form(cell)

    def done(cell: str, words: str) -> None:
        found = form(cell)
        expect(found.panel).to_contain_text(words)
        found.is_saved()
        looked_at(cell, found)

    def quiz(cell: str, *options: str) -> None:
        for option in options[:-1]:
            hand.pick(form(cell).option(option))
            hand.press(form(cell).button("Check my answer"))
            done(cell, "Not yet.")
        hand.pick(form(cell).option(options[-1]))
        hand.press(form(cell).button("Check my answer"))
        done(cell, "Right.")

    def explain(cell: str, why: str, words: str) -> None:
        hand.write(form(cell).box("why"), why)
        hand.press(form(cell).button("Show the answer"))
        done(cell, words)

    restore = form("L06-restore-form")
    hand.choose(restore.box("whose"), "manufacturing_vp")
    hand.press(restore.button("Work with this network"))
    expect(restore.panel).to_contain_text(CHOSEN)

    quiz("L06-W1-warmup", "All on ten favourites.", "All on the ten bridging ties.")
    quiz("L06-W2-warmup", "For news: who hears it once knows it.")

    predict = form("L06-E1-predict-form")
    hand.pick(predict.option("the loss of strong ties"))
    hand.pick(predict.option("80 %"))
    hand.write(predict.box("because"), "They hold us together.")
    hand.press(predict.button("Save my prediction"))
    done("L06-E1-predict-form", "You said: the loss of strong ties, 80 % sure.")
    explorer = forms.notebook.cell("L06-E1-run-explorer").locator(".tertius[data-live]")
    hand.choose(explorer.get_by_label("Cut first"), "1")
    expect(explorer.locator(".tertius-sentence")).to_contain_text("strongest first")
    hand.move(explorer.locator(".tertius-now input"), "Home")
    expect(explorer).to_have_attribute("data-t", "0")
    explain("L06-E1-explain-form", "The bridges are weak.", "Not as you predicted.")

    predict = form("L06-E2-predict-form")
    hand.pick(predict.option("nine of ten are never reached"))
    hand.press(predict.button("Save my prediction"))
    done("L06-E2-predict-form", "You said: nine of ten are never reached.")
    explain("L06-E2-explain-form", "One voice is not enough.", "As you predicted.")

    predict = form("L06-E3-predict-form")
    for k, up in enumerate((-9, 7, 9, 6, 2, -1)):
        hand.raise_point(predict.box("answer").nth(k), up)
    hand.press(predict.button("Save my prediction"))
    done("L06-E3-predict-form", "You said:")
    explain("L06-E3-explain-form", "Both ends bring little.", "of your 6 points")

    quiz(
        "L06-Q1-quiz",
        "A weak tie is a local bridge.",
        "A local bridge is weak, unless it is the only strong tie of its ends.",
    )
    quiz("L06-Q2-quiz", "an indirect link.")
    quiz("L06-Q3-quiz", "circles that overlap, or shortcuts if now and then somebody acts on one voice.")

    naming = form("L06-X1-exercise-form")
    for pair, words in PAIRS.items():
        group = naming.root.get_by_role("group", name=pair, exact=True)
        for word in words:
            hand.pick(group.get_by_label(word, exact=True))
    hand.press(naming.button("Hint 1 of 3"))
    done_hint = form("L06-X1-exercise-form")
    expect(done_hint.panel).to_contain_text("Hint 1 of 3.")
    hand.press(naming.button("Check my answer"))
    done("L06-X1-exercise-form", "Right.")

    hand.pick(form("L06-X2-exercise-form").option("Di–Ed"))
    hand.press(form("L06-X2-exercise-form").button("Check my answer"))
    done("L06-X2-exercise-form", "Right.")

    message = form("L06-X3-exercise-form")
    hand.write(message.box("answer"), "8")
    hand.press(message.button("Check my answer"))
    done("L06-X3-exercise-form", "That counts the parts")
    hand.write(message.box("answer"), "10.7 %")
    hand.press(message.button("Check my answer"))
    done("L06-X3-exercise-form", "Right.")

    contacts = form("L06-M1-mine-list")
    hand.write(contacts.option("Who (a code), row 1"), "P07")
    hand.write(contacts.option("What I can give, row 1"), "the article on food safety")
    hand.press(contacts.button("Save"))
    contacts.is_saved()
    looked_at("L06-M1-mine-list", contacts)

    for cell, text in (("L06-R1-reflect", "Anybody's who asks for nothing."), ("L06-R2-reflect", "Other words.")):
        hand.write(form(cell).box("text"), text)
        hand.press(form(cell).button("Save"))
        form(cell).is_saved()
        looked_at(cell, form(cell))

    act = form("L06-A1-act")
    hand.write(act.box("what"), "P07: the article, and a question about their audit")
    hand.day(act.box("when"), "2030-12-01")
    hand.press(act.button("Save"))
    expect(act.root).to_contain_text("I have done it.")
    looked_at("L06-A1-act", act)

    save = form("L06-save-form")
    with forms.notebook.page.expect_download() as download:
        hand.press(save.button("Download my file"))
    looked_at("L06-save-form", save)
    assert json.loads(download.value.path().read_text("utf-8")) == forms.stored()


def what_was_done(stored: dict) -> dict:
    """The learner's file without its times, and without how widgets were left."""
    if isinstance(stored, dict):
        return {
            key: what_was_done(part) for key, part in stored.items() if key not in ("at", "created", "updated", "views")
        }
    return [what_was_done(part) for part in stored] if isinstance(stored, list) else stored


def opened(lab: Lab, page: Page, folder: str) -> Forms:
    """The lesson in a folder of its own, with a learner's file of its own."""
    (lab.notebooks / folder).mkdir()
    shutil.copy(lab.notebooks / LESSON, lab.notebooks / folder / LESSON)
    return Forms(Notebook.opened(lab, page, f"{folder}/{LESSON}"))


def looks(notebook: Notebook) -> dict[str, object]:
    """How every widget of the lesson is: what Python shows of it."""
    code = """
import json
print(json.dumps({
    **{id: [part.form.shape, part.form.values, part.form.panel, part.form.status, part.form.sign]
       for id, part in lesson.parts.items()},
    **{id: left.explorer.state for id, left in lesson._left.items()},
}, sort_keys=True))"""
    return json.loads(notebook.ask(code))


@pytest.fixture(scope="module")
def ways() -> dict[str, dict]:
    """What the file holds after each way through the lesson."""
    return {}


# By keyboard in every run: it is the harder way, and single steps are gone by mouse in other files of this folder.
@pytest.mark.parametrize("hand", [Keyboard, pytest.param(Mouse, marks=pytest.mark.slow)])
def test_the_lesson_can_be_done_from_restore_to_save(lab, own_kernels, context: BrowserContext, ways, hand, tmp_path):
    with Sheet.watched(context) as sheet:
        page, faults, seen = sheet.page, [], set()
        forms = opened(lab, page, f"through-{hand.__name__.lower()}")
        notebook, does = forms.notebook, hand(page)
        does.run_all(notebook)
        assert notebook.errors() == []
        assert not forms.file.exists()

        def looked_at(cell: str, form: Form) -> None:
            if hand is Keyboard:
                faults.extend(violations(form.root))
            seen.add(cell)

        go_through(does, forms, looked_at)
        assert faults == []
        assert {cell for cell in FORMS if cell not in seen} == {"L06-restore-form"}
        if hand is Keyboard:
            for cell in (*EXPLORERS, "L06-restore-form"):
                root = notebook.cell(cell).locator(".tertius[data-live]")
                assert violations(root) == [], cell
        stored = forms.stored()
        assert [stored["answers"][f"L06-{id}"][-1]["status"] for id in ("Q1", "Q2", "Q3", "X1", "X2", "X3")] == [
            "right"
        ] * 6
        assert [stored["answers"][f"L06-E{k}"][-1]["status"] for k in (1, 2)] == ["wrong", "right"]
        ways[hand.__name__] = what_was_done(stored)
        if hand is Mouse:
            return  # it leaves the same, as the next test holds

        # The kernel is started again: everything is as it was, and nothing more was recorded.
        before, data = looks(notebook), forms.file.read_bytes()

        def restart() -> None:
            notebook.choose("Kernel", "Restart Kernel and Run All Cells…")
            notebook.confirm()

        notebook.run_all(begin=restart)
        assert notebook.errors() == []
        # What was said of the network that was chosen, to run all cells, is no longer said: they were run.
        before["L06-restore"][2] = before["L06-restore"][2].replace(f"<p>{CHOSEN}</p>", "")
        assert looks(notebook) == before
        assert forms.file.read_bytes() == data
        expect(forms.form("L06-E1-explain-form").panel).to_contain_text("The bridges are weak.")
        explorer = notebook.cell("L06-E1-run-explorer").locator(".tertius[data-live]")
        expect(explorer.locator(".tertius-sentence")).to_contain_text("No tie is cut")
        expect(explorer.get_by_label("Cut first").locator("option:checked")).to_have_text("the strongest ties")


@pytest.mark.slow
def test_both_ways_lead_to_the_same(ways):
    if len(ways) < 2:
        pytest.skip("the two ways were not both gone")
    mouse, keyboard = ways["Mouse"], ways["Keyboard"]
    drawn = [way["predictions"]["L06-E3"].pop("answer") for way in (mouse, keyboard)]
    assert mouse == keyboard
    assert drawn[0] == pytest.approx(drawn[1], abs=0.06)
