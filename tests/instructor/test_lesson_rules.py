"""Each rule that lessons keep to: the toy keeps them all, and each is seen to catch a lesson that breaks it."""

import pytest
from nbformat import v4
from tests.instructor import toy

from tertius.instructor.rules import output_faults, text_faults


def faults(folder, text):
    return text_faults(toy.lesson(folder, text))


def test_the_toy_keeps_every_rule(tmp_path):
    assert faults(tmp_path, toy.TEXT) == []


LONG = "\n".join(["# Count", *(f"x{k} = {k}" for k in range(12))])
MANY_WORDS = " ".join(["word"] * 150)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        # tags
        ('"tags": ["act"]', '"tags": ["acts"]', "cell L01-act: 'acts' is no tag; take one of head, "),
        (
            '"tags": ["act"]',
            '"tags": ["act", "recap"]',
            "cell L01-act: its tags name several steps, act and recap; keep one.",
        ),
        (
            '"tags": ["act"]',
            '"tags": ["analyst"]',
            "cell L01-act: no tag says which step of the lesson it belongs to; add one, such as limits.",
        ),
        # names
        (
            '"name": "L01-act"',
            '"name": "L02-act"',
            "cell L02-act: name it in small letters by its lesson and step, such as L01-act.",
        ),
        ('"name": "L01-act"', '"name": "L01-Act.1"', "cell L01-Act.1: name it in small letters"),
        (
            '"name": "L01-E1-concept"',
            '"name": "L01-concept"',
            "cell L01-concept: name it in small letters by its lesson and step, such as L01-E1-concept.",
        ),
        (
            '"name": "L01-act", "tags": ["act"]',
            '"name": "L01-B1-act", "tags": ["act"]',
            "cell L01-B1-act: name it in small letters",
        ),
        ('"name": "L01-act", ', "", "the cell that begins with 'Add something today.': name it in small letters"),
        (
            '"name": "L01-act", "tags": ["act"]',
            '"name": "L01-recap", "tags": ["recap"]',
            "cell L01-recap: another cell has this name; give it one of its own.",
        ),
        # order
        (
            '"name": "L01-vary", "tags": ["vary"]',
            '"name": "L01-warmup", "tags": ["warmup"]',
            "cell L01-warmup: a lesson has its warmup before its limits; move this cell up.",
        ),
        (
            ":name: L01-E1-run\n",
            ":name: L01-E2-run\n",
            "cell L01-E1-explain: explain of E1 cannot follow run here; number experiments in order, and keep each "
            "together: concept, predict, run, explain.",
        ),
        (
            '"name": "L01-E1-concept"',
            '"name": "L01-E2-concept"',
            "cell L01-E2-concept: concept of E2 cannot follow objectives here; number experiments in order",
        ),
        (
            '"name": "L01-act", "tags": ["act"]',
            '"name": "L01-mine-too", "tags": ["mine"]',
            "01-toy.md: the step act is missing; add a cell with this tag.",
        ),
        # code
        ("# Add the numbers\n", LONG + "\n", "cell L01-E1-run: it has 15 lines of code; split it, or cut it to 12."),
        (
            "# Add the numbers\n",
            "",
            "cell L01-E1-run: folded code shows its first line only; begin with a comment that says what it does.",
        ),
        (
            "print(sum(numbers))",
            "%time sum(numbers)",
            "cell L01-E1-run: line 3 is not Python (invalid syntax); mend it, and use no % or ! commands.",
        ),
        (
            "double = 2\n",
            f"double = 2  #{'!' * 90}\n",
            "cell L01-X1-exercise: a line of its open code has 103 characters; break it, 96 fit the page.",
        ),
        # notes
        (
            '"name": "L01-setup-notes"',
            '"name": "L01-setup-tell"',
            "cell L01-setup-tell: a note for teachers is Markdown, and its name ends in what it is about; write it so, "
            "ending in -time or -misconceptions or -discussion or -adaptation or -notes.",
        ),
        (":tags: [mine]", ":tags: [mine, teach]", "cell L01-mine: a note for teachers is Markdown"),
        # answers
        (
            "double = 2\nanswer = double * sum(numbers)",
            "print(12)",
            "cell L01-X1-exercise: the tag answer is for code that gives a value to a name; write such as answer = 3.",
        ),
        ('"tags": ["act"]', '"tags": ["act", "answer"]', "cell L01-act: the tag answer is for code"),
        # prose
        (
            "Add something today.",
            "See cell 3.",
            "cell L01-act: 'cell 3' names a cell by number, and numbers change; say what it shows.",
        ),
        ("Add something today.", "Run the second cell.", "'second cell' names a cell by number"),
        ("Add something today.", "Look at Out[7].", "'Out[7]' names a cell by number"),
        (
            "Add something today.",
            "```{note}\nHear, hear.\n```",
            "cell L01-act: '```{note}' does not show in a plain notebook; use plain Markdown.",
        ),
        (
            "Add something today.",
            "See {ref}`there`.",
            "'{ref}`' does not show in a plain notebook; use plain Markdown.",
        ),
        (
            "Add something today.",
            "![](sum.png)",
            "cell L01-act: an image has no alternative text; write it between the brackets of ![ ].",
        ),
        (
            "Add something today.",
            '<img src="sum.png">',
            'cell L01-act: an image has no alternative text; give it alt="what it shows".',
        ),
        (
            "Add something today.",
            "![A sum](sum.png)",
            "cell L01-act: say in words what its image shows, in a caption or in a next cell with the tag text-alt.",
        ),
        # paths
        (
            "Add something today.",
            "Open /home/ann/sums.csv.",
            "cell L01-act: '/home/ann/sums.csv.' is a path of one computer; name files from the lessons folder.",
        ),
        ("# Add the numbers\n", "# Add the numbers\nopen(r'C:\\Users\\ann.csv')\n", "is a path of one computer"),
        ("Add something today.", "Look in ~/sums.", "'~/sums.' is a path of one computer"),
        # rules with a module and tests of their own
        ("About 32 minutes.", "About 300 minutes.", "01-toy.md: its head promises 300 minutes, but"),
        ("Sums add up.", "**Terms**: sum.", "cell L01-recap: link the term 'sum' to the glossary"),
        ("Add something today.", "Go [there](gone.csv).", "cell L01-act: the link to gone.csv leads nowhere"),
        ("Add something today.", "Recieve.", "cell L01-act: 'Recieve' is misspelled"),
        (
            "# Add the numbers\n",
            '# Add the numbers\nlesson = tertius.lesson("02")\n',
            "cell L01-E1-run: make the worksheet in a line of its own",
        ),
        # head, case, limits
        (
            "# A toy",
            "A toy",
            "cell L01-head: begin the first cell with the lesson's title, such as # The power of weak ties.",
        ),
        (
            "Add something today.",
            "# Act",
            "cell L01-act: the title in the first cell is the only one; begin this heading with ##.",
        ),
        (
            "**Anecdote**; the data",
            f"{MANY_WORDS} **Anecdote**; the data",
            "cell L01-case: the case has 158 words; cut it to 150.",
        ),
        (
            "**Anecdote**; the",
            "The",
            "cell L01-case: a case says **Anecdote**, and that its data are synthetic; add **Anecdote**.",
        ),
        ("are synthetic", "are real", "add synthetic."),
        (
            "(**Exact**)",
            "(Exact)",
            "cell L01-limits: say in bold how good the evidence for its claim is: Exact, Experiment, ",
        ),
    ],
)
def test_a_lesson_that_breaks_a_rule_is_told_so(tmp_path, old, new, message):
    found = faults(tmp_path, toy.spoiled(old, new))
    assert [fault for fault in found if message in fault], found
    assert all(fault.startswith("01-toy.md") and fault.endswith(".") for fault in found), found


@pytest.mark.parametrize("item", ["A1", "M1", "R1"])
def test_a_cell_can_be_named_by_what_it_asks(tmp_path, item):
    assert faults(tmp_path, toy.spoiled('"name": "L01-act"', f'"name": "L01-{item}-act-more"')) == []


def again(text: str, number: int) -> str:
    start, end = text.index('+++ {"name": "L01-E1-concept"'), text.index('+++ {"name": "L01-limits"')
    return text[start:end].replace("-E1-", f"-E{number}-")


def test_a_lesson_can_have_three_experiments_and_not_four(tmp_path):
    third = "".join(again(toy.TEXT, number) for number in (2, 3))
    limits = '+++ {"name": "L01-limits"'
    assert faults(tmp_path, toy.spoiled(limits, third + limits)) == []
    fourth = third + again(toy.TEXT, 4)
    assert faults(tmp_path, toy.spoiled(limits, fourth + limits)) == [
        "01-toy.md: this lesson has 4 experiments; keep at most 3."
    ]


def test_an_experiment_comes_only_once(tmp_path):
    limits = '+++ {"name": "L01-limits"'
    twice = again(toy.TEXT, 2) + again(toy.TEXT, 1)
    assert any("cannot follow explain" in fault for fault in faults(tmp_path, toy.spoiled(limits, twice + limits)))


def test_a_text_alternative_after_an_image_is_enough(tmp_path):
    (tmp_path / "lessons").mkdir()
    (tmp_path / "lessons" / "sum.png").touch()
    text = '![A sum](sum.png)\n\n+++ {"name": "L01-act-text", "tags": ["act", "text-alt"]}\n\nTwo bars.'
    assert faults(tmp_path, toy.spoiled("Add something today.", text)) == []


def test_addresses_of_pages_are_no_paths_and_each_or_is_no_directive(tmp_path):
    text = "See https://example.org/home/sums and and/or, either/or; `{x}` is a set; the next cell shows it."
    assert faults(tmp_path, toy.spoiled("Add something today.", text)) == []


# --- what cells show ----------------------------------------------------------------------------------------------


def shown(folder, *outputs, code="print(1)"):
    lesson = toy.lesson(folder)
    cells = [
        v4.new_code_cell(code, id="L01-E1-run", outputs=list(outputs), metadata={"tags": ["run"]}),
        v4.new_markdown_cell("They add up.", id="L01-E1-explain"),
    ]
    return output_faults(lesson, cells, "01-toy.ipynb")


def page(html):
    return v4.new_output("display_data", {"text/html": html, "text/plain": "a page"})


FIGURE = '<figure><img alt="A sum" src="data:image/png;base64,AAAA"><figcaption>A sum</figcaption></figure>'


def test_a_figure_with_alternative_text_and_caption_is_fine(tmp_path):
    assert shown(tmp_path, page(FIGURE), v4.new_output("stream", text="6\n")) == []


@pytest.mark.parametrize(
    ("output", "message"),
    [
        (page(FIGURE.replace('alt="A sum" ', "")), "an image has no alternative text"),
        (page(FIGURE.replace('alt="A sum"', 'alt=" "')), "an image has no alternative text"),
        (
            page(FIGURE.replace("<figcaption>A sum</figcaption>", "")),
            "say in words what its image shows, in a caption or in a next cell with the tag text-alt",
        ),
        (page('<img alt="A sum" src="data:image/png;base64,AAAA">' + FIGURE), "say in words what its image shows"),
        (
            v4.new_output("display_data", {"image/png": "AAAA", "text/plain": "<Figure>"}),
            "it shows an image/png without alternative text; show it with tertius.draw.figure.",
        ),
        (
            v4.new_output("execute_result", {"text/plain": "<object at 0x7f3a2b1c9d00>"}),
            "0x7f3a2b1c9d00 is an address in memory, new each time",
        ),
        (
            v4.new_output("stream", text="read /home/ann/ties.csv"),
            "it shows '/home/ann/ties.csv', a path of one computer; show the file's name alone.",
        ),
        (v4.new_output("stream", name="stderr", text="Beware!\n"), "it warns, so mend what it warns of: Beware!"),
        (
            v4.new_output("error", ename="ZeroDivisionError", evalue="division by zero"),
            "it stops with ZeroDivisionError: division by zero",
        ),
    ],
)
def test_what_a_cell_shows_is_held_to_the_rules(tmp_path, output, message):
    found = shown(tmp_path, output)
    assert len(found) == 1
    assert found[0].startswith("01-toy.ipynb, cell L01-E1-run: ")
    assert message in found[0]


def test_a_cell_that_should_show_something_and_does_not_is_told_so(tmp_path):
    assert "its last line shows nothing" in shown(tmp_path, code="total = 6\ntotal")[0]
    assert shown(tmp_path, code="total = 6") == []
