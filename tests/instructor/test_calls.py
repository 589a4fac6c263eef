"""The worksheet of a lesson: made once, in the setup; each question in the cell that carries its id."""

import ast

import pytest
from tests.instructor import toy

from tertius.instructor.calls import call_faults, calls, with_solutions
from tertius.instructor.notebooks import solution, student

MAKE = 'lesson = tertius.lesson("01")'
FORMS = {
    "restore": toy.code_cell("L01-restore", "restore", "# Restore\nlesson.restore()"),
    "warmup": toy.code_cell("L01-W1-warmup", "warmup", '# Ask\nlesson.warmup("W1", "Do sums add up?")'),
    "predict": toy.code_cell("L01-E1-predict", "predict", '# Ask\nlesson.predict("E1", "Is it six?", ["yes", "no"])'),
    "explain": toy.code_cell("L01-E1-explain-why", "explain", '# Ask\nlesson.explain("E1", "Why?")'),
    "quiz": toy.code_cell("L01-Q1-quiz", "quiz", '# Ask\nlesson.quiz("Q1", "What is a sum?")'),
    "exercise": toy.code_cell("L01-X1-exercise-check", "exercise", '# Check\nlesson.exercise("X1", answer)'),
    "mine": toy.code_cell("L01-M1-mine-list", "mine", '# Ask\nlesson.mine("M1", "Which numbers?")'),
    "reflect": toy.code_cell("L01-R1-reflect", "reflect", '# Ask\nlesson.reflect("R1", "What is new?")'),
    "act": toy.code_cell("L01-A1-act", "act", '# Ask\nlesson.act("A1", "What will you add?")'),
    "save": toy.code_cell("L01-save", "save", "# Save\nlesson.save()"),
}
PLACES = {
    "restore": '+++ {"name": "L01-case"',
    "warmup": '+++ {"name": "L01-E1-concept"',
    "predict": "```{code-cell} python\n:name: L01-E1-run",
    "explain": '+++ {"name": "L01-limits"',
    "quiz": "```{code-cell} python\n:name: L01-X1-exercise",
    "exercise": "```{code-cell} python\n:name: L01-mine",
    "reflect": '+++ {"name": "L01-act"',
    "act": '+++ {"name": "L01-recap"',
}


def text():
    """The toy with a worksheet, every form in its step."""
    text = toy.TEXT.replace("numbers = {{ data.numbers }}", f"import tertius\nnumbers = {{{{ data.numbers }}}}\n{MAKE}")
    text = text.replace("print(sum(numbers))", 'lesson.run("E1", sum(numbers))')
    for step, before in PLACES.items():
        assert text.count(before) == 1
        text = text.replace(before, f"{FORMS[step]}\n{before}")
    return text.replace('+++ {"name": "L01-act", ', FORMS["mine"] + '\n+++ {"name": "L01-act", ') + "\n" + FORMS["save"]


def faults(folder, old="", new=""):
    assert not old or text().count(old) == 1, text().count(old)
    return call_faults(toy.lesson(folder, text().replace(old, new) if old else text()))


def test_a_worksheet_with_every_form_is_fine(tmp_path):
    assert faults(tmp_path) == []
    found = [(call.method, call.id) for call in calls(toy.lesson(tmp_path, text()))]
    assert found == [
        ("restore", ""),
        ("warmup", "W1"),
        ("predict", "E1"),
        ("run", "E1"),
        ("explain", "E1"),
        ("quiz", "Q1"),
        ("exercise", "X1"),
        ("reflect", "R1"),
        ("mine", "M1"),
        ("act", "A1"),
        ("save", ""),
    ]


def test_a_lesson_without_a_worksheet_asks_nothing_and_is_fine(tmp_path):
    assert call_faults(toy.lesson(tmp_path)) == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            MAKE,
            'lesson = tertius.lesson("02")',
            'L01-setup: make the worksheet in a line of its own that reads lesson = tertius.lesson("01").',
        ),
        (MAKE, 'lesson = tertius.lesson("01", solutions=True)', "L01-setup: make the worksheet in a line of its own"),
        (MAKE, 'sheet = tertius.lesson("01")', "L01-setup: make the worksheet in a line of its own"),
        (
            "import tertius\n",
            "import tertius\nfrom tertius import lesson\n",
            'L01-setup: import tertius as a whole, and make the worksheet with lesson = tertius.lesson("01").',
        ),
        (
            "# Restore\n",
            f"# Restore\n{MAKE}\n",
            "L01-restore: the worksheet was made before, in L01-setup; delete it here.",
        ),
        (
            'lesson.quiz("Q1", ',
            "lesson.quiz(",
            'L01-Q1-quiz: give lesson.quiz its id as the first argument, such as "Q1".',
        ),
        (
            'lesson.quiz("Q1", "What is a sum?")',
            "lesson.quiz()",
            'L01-Q1-quiz: give lesson.quiz its id as the first argument, such as "Q1".',
        ),
        (
            'lesson.quiz("Q1", ',
            'lesson.quiz("X1", ',
            'L01-Q1-quiz: ids of quiz begin with Q; rename the one in lesson.quiz("X1").',
        ),
        (
            'lesson.quiz("Q1", ',
            'lesson.quiz("Q2", ',
            'L01-Q1-quiz: lesson.quiz("Q2") belongs into a cell called L01-Q2-quiz; move it, or rename the cell.',
        ),
        (
            "# Save\n",
            '# Save\nlesson.act("A1", "And?")\n',
            'L01-save: lesson.act("A1") belongs into a cell called L01-A1-act; move it, or rename the cell.',
        ),
        (
            "answer = double * sum(numbers)",
            'answer = 12\nlesson.exercise("X1", answer)',
            'L01-X1-exercise: learners get this cell without its code; move lesson.exercise("X1") into the next one.',
        ),
        (
            'lesson.reflect("R1", "What is new?")',
            'lesson.reflect("R1", "What is new?")\nlesson.reflect("R1", "And old?")',
            'L01-R1-reflect: lesson.reflect("R1") comes a second time; give each its own id.',
        ),
        (
            'lesson.act("A1", "What will you add?")',
            "pass",
            'L01-A1-act: A1 has no form; call lesson.act("A1", …) in a cell of this name.',
        ),
        (
            'lesson.run("E1", sum(numbers))',
            "pass",
            'L01-E1-run: E1 has no form; call lesson.run("E1", …) in a cell of this name.',
        ),
        (
            '+++ {"name": "L01-act", ',
            f'{FORMS["act"].replace("A1", "A2").replace("lesson.act", "str")}\n+++ {{"name": "L01-act", ',
            'L01-A2-act: A2 has no form; call lesson.act("A2", …) in a cell of this name.',
        ),
        (
            "lesson.save()",
            "pass",
            "L01-save: save has no form; call lesson.save() in a cell of this name.",
        ),
    ],
)
def test_a_worksheet_that_is_used_otherwise_is_told_so(tmp_path, old, new, message):
    found = faults(tmp_path, old, new)
    assert [fault for fault in found if message in fault], found


def test_a_map_from_memory_is_asked_for_in_the_step_of_ones_own_network(tmp_path):
    mapped = text().replace('lesson.mine("M1", ', 'lesson.map("M1"); str(')
    assert mapped != text()
    assert call_faults(toy.lesson(tmp_path, mapped)) == []
    elsewhere = text().replace("lesson.save()", 'lesson.map("M2")\nlesson.save()')
    assert call_faults(toy.lesson(tmp_path, elsewhere)) == [
        '01-toy.md, cell L01-save: lesson.map("M2") belongs into a cell called L01-M2-mine; '
        "move it, or rename the cell."
    ]


def test_a_worksheet_is_made_in_the_setup(tmp_path):
    late = text().replace(f"\n{MAKE}", "").replace("# Restore\n", f"# Restore\n{MAKE}\n")
    assert call_faults(toy.lesson(tmp_path, late)) == [
        "01-toy.md, cell L01-restore: make the worksheet in a cell of the step setup, before anything is asked."
    ]


def test_texts_of_a_form_are_read_through_names_and_f_strings(tmp_path):
    code = (
        '# Ask\noptions = {"a": "the first"}\nlesson.quiz("Q1", f"Of {len(numbers):.0f} numbers?", options, right="a")'
    )
    changed = text().replace('# Ask\nlesson.quiz("Q1", "What is a sum?")', code)
    call = next(call for call in calls(toy.lesson(tmp_path, changed)) if call.method == "quiz")
    assert set(call.texts) == {"Of … numbers?", "a", "the first"}
    assert [label for label, _ in call.given] == ["", "", "right"]


@pytest.mark.parametrize(
    ("code", "solved"),
    [
        (MAKE, 'lesson = tertius.lesson("01", solutions=True)'),
        (
            '# é\nx = "é"; lesson = tertius.lesson("01",)  # begin\ny = 1',
            '# é\nx = "é"; lesson = tertius.lesson("01", solutions=True,)  # begin\ny = 1',
        ),
        ("lesson = other.lesson('01')", "lesson = other.lesson('01')"),
        ("not python (", "not python ("),
    ],
)
def test_the_solutions_worksheet_shows_them_and_all_else_stays(code, solved):
    assert with_solutions(code) == solved


def test_only_the_solution_notebook_shows_solutions(tmp_path):
    lesson = toy.lesson(tmp_path, text())
    code = {make: next(c.source for c in make(lesson).cells if c.id == "L01-setup") for make in (student, solution)}
    assert code[student].endswith(MAKE)
    assert code[solution] == code[student].replace('"01"', '"01", solutions=True')
    assert all(ast.parse(one) for one in code.values())
