"""Lessons as authors write them: the case goes into the text, strictly, and what is malformed is said in a sentence."""

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.instructor import toy

from tertius.errors import LessonError
from tertius.instructor import read_lesson
from tertius.instructor.case import Filling, literal, read_case, read_remarks


def cell(lesson, name):
    return next(cell for cell in lesson.cells if cell.name == name)


def test_a_lesson_is_its_cells_with_the_case_filled_in(tmp_path):
    lesson = toy.lesson(tmp_path)
    assert lesson.title == "A toy"
    assert lesson.code == "L01"
    assert cell(lesson, "L01-case").source.endswith("Ann adds numbers.")
    assert cell(lesson, "L01-setup").source == "# Load the numbers\nnumbers = [1, 2, 3]"
    assert cell(lesson, "L01-E1-run").experiment == "E1"
    assert [cell.step for cell in lesson.cells][:3] == ["head", "setup", "setup"]


def test_a_text_of_the_case_cannot_break_code(tmp_path):
    hostile = "He said \"no\"\\n and ''' too"
    text = toy.spoiled("numbers = {{ data.numbers }}", "who = {{ case.who }}\nnumbers = {{ data.numbers }}")
    lesson = toy.lesson(tmp_path, text, toy.CASE.replace('"Ann"', literal(hostile)))
    names = {}
    exec(cell(lesson, "L01-setup").source, names)
    assert names["who"] == hostile


VALUES = st.one_of(st.text(), st.integers(), st.booleans(), st.floats(allow_nan=False, allow_infinity=False))


@given(st.one_of(VALUES, st.lists(VALUES)))
def test_a_literal_is_the_value_again(value):
    assert ast.literal_eval(literal(value)) == value


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("{{ case.who }} adds", "{{ case.whom }} adds", r"cell L01-case: \{\{ case.whom \}\} is not in 01-toy.toml"),
        ("{{ case.who }} adds", "{{ Case Who }} adds", r"\{\{ Case Who \}\} is not in"),
        ("{{ case.who }} adds", "Ann adds", "01-toy.toml: case.who is used nowhere in 01-toy.md"),
        ("{{ case.who }} adds", "{{ case.who }} adds {{ data.numbers }}", "prose takes a text or a number"),
        ('"tags": ["act"]}', '"tags": ["act"]', "01-toy.md could not be read: .*"),
        ('"tags": ["act"]}', '"tags": ["act"], "colour": "red"}', "L01-act: .* nothing else; found colour"),
        ('"tags": ["act"]}', '"tags": "act"}', "01-toy.md could not be read: 'act' is not of type 'array'"),
        ("```{code-cell} python\n:name: L01-mine", "```{raw-cell}\n:name: L01-mine", "L01-mine: .*this one is raw"),
    ],
)
def test_text_and_case_must_fit(tmp_path, old, new, message):
    with pytest.raises(LessonError, match=message):
        toy.lesson(tmp_path, toy.spoiled(old, new))


def test_every_unused_key_is_named(tmp_path):
    with pytest.raises(LessonError) as caught:
        toy.lesson(tmp_path, case=toy.CASE + "more = 1\nstill = 2\n")
    assert [fault.split(":")[1].split()[0] for fault in caught.value.faults] == ["data.more", "data.still"]


@pytest.mark.parametrize(
    ("case", "message"),
    [
        ("[case", "case.toml is not a TOML file"),
        ("when = 2026-01-05", "when is .*; a value is a text, a number"),
        ("rows = [[1, 2]]", r"rows is \[\[1, 2\]\]"),
        ('"A b" = 1', "the key 'A b' is not made of small letters"),
    ],
)
def test_a_case_holds_plain_values(tmp_path, case, message):
    (tmp_path / "case.toml").write_text(case)
    with pytest.raises(LessonError, match=message):
        read_case(tmp_path / "case.toml")


def test_a_case_must_be_there(tmp_path):
    folder = toy.write(tmp_path)
    (folder / "source" / "01-toy.toml").unlink()
    with pytest.raises(LessonError, match=r"01-toy.toml is missing"):
        read_lesson(folder / "source" / "01-toy.md")


@pytest.mark.parametrize("name", ["toy.md", "1-toy.md", "01toy.md", "01-Toy.md"])
def test_a_lesson_has_a_number_and_a_name(tmp_path, name):
    with pytest.raises(LessonError, match=r"called like 06-weak-ties\.md"):
        read_lesson(tmp_path / name)


def test_a_lesson_must_be_there(tmp_path):
    with pytest.raises(LessonError, match=r"01-toy\.md is missing"):
        read_lesson(tmp_path / "01-toy.md")


def test_an_empty_lesson_is_refused(tmp_path):
    with pytest.raises(LessonError, match="holds no cells"):
        toy.lesson(tmp_path, text="", case="")


def test_double_braces_that_are_no_key_stay_in_code():
    code = 'pairs = {"a": {"b": {1: 2}}}\nodd = {{1}}'
    assert Filling({}, "case.toml").code(code, "here") == code


def test_nested_tables_become_dotted_keys(tmp_path):
    (tmp_path / "case.toml").write_text("[a.b]\nc = ' x '\n")
    assert read_case(tmp_path / "case.toml") == {"a.b.c": "x"}


def test_remarks_are_what_comments_say_above_a_key_and_behind_its_value(tmp_path):
    file = tmp_path / "case.toml"
    file.write_text(
        """# Of the file, not of a key.

bare = 1
# Two lines
# above.
above = 2
[table]
behind = "a # b"  # with a sign
# Above
both = ["# c"]  # and behind.
""",
        encoding="utf-8",
    )
    assert read_remarks(file) == {
        "above": "Two lines above.",
        "table.behind": "with a sign",
        "table.both": "Above and behind.",
    }
    assert read_case(file).keys() == {"bare", "above", "table.behind", "table.both"}
