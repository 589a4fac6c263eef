"""The glossary: its terms in order, explained and within reach; and a lesson's terms all linked to it."""

from pathlib import Path

import pytest
from tests.instructor import toy

from tertius.errors import LessonError
from tertius.instructor import build, check
from tertius.instructor.glossary import FILE, glossary_faults, term_faults

LESSONS = Path(__file__).parents[2] / "lessons"

GLOSSARY = """# Glossary

What words mean.

## Span

How long the detour is. See [weak tie](#Weak-tie).

## Weak tie

A slight one.
"""


def faults(folder, old="", new=""):
    assert not old or GLOSSARY.count(old) == 1
    lessons = toy.write(folder)
    (lessons / FILE).write_text(GLOSSARY.replace(old, new) if old else GLOSSARY, encoding="utf-8")
    return glossary_faults(lessons)


def test_a_glossary_in_order_is_fine(tmp_path):
    assert faults(tmp_path) == []


def test_a_course_may_do_without(tmp_path):
    assert glossary_faults(toy.write(tmp_path)) == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "## Span",
            "## Xenial",
            "the term 'Weak tie' comes after 'Xenial'; put the terms into the order",
        ),
        ("## Span", "## weak tie", "the term 'Weak tie' comes twice; make one entry of them."),
        ("A slight one.", "", "the term 'Weak tie' is not explained; write two to four sentences."),
        (
            "## Span",
            "## Gould–Fernandez",
            "the term 'Gould–Fernandez' cannot be linked to; write it in plain letters, the first one large.",
        ),
        ("## Span", "## span", "the term 'span' cannot be linked to; write it in plain letters, the first one large."),
        ("#Weak-tie", "#Weak", "the link to #Weak leads to no heading; name one that is there, with a hyphen for each"),
        ("A slight one.", "You recieve it.", "'recieve' is misspelled; write 'receive', or"),
    ],
)
def test_a_glossary_in_disorder_is_told_so(tmp_path, old, new, message):
    found = faults(tmp_path, old, new)
    assert [fault for fault in found if fault.startswith(f"glossary.md: {message}")], found


def test_checking_all_lessons_checks_the_glossary(tmp_path):
    lessons = toy.write(tmp_path)
    build(folder=lessons)
    assert check(folder=lessons) == 2
    (lessons / FILE).write_text(GLOSSARY.replace("A slight one.", ""), encoding="utf-8")
    with pytest.raises(LessonError, match="the term 'Weak tie' is not explained"):
        check(folder=lessons)


# --- the terms of a lesson ----------------------------------------------------------------------------------------

SPAN, WEAK = "[span](glossary.md#Span)", "[weak tie](glossary.md#Weak-tie)"


def terms(folder, listed):
    return term_faults(toy.lesson(folder, toy.TEXT.replace("Sums add up.", f"Sums add up.\n\n{listed}")))


@pytest.mark.parametrize(
    "listed",
    [
        "",
        f"**Terms**: {SPAN}, {WEAK}.",
        f"**Terms**: {SPAN},\n{WEAK}, [ego and alters](glossary.md#Ego-and-alters) and\n[gap](glossary.md#Gap)\n\nA",
    ],
)
def test_terms_that_are_links_are_fine(tmp_path, listed):
    assert terms(tmp_path, listed) == []


@pytest.mark.parametrize("listed", [f"**Terms**: {SPAN}, weak tie.", f"**Terms**: weak tie and {SPAN}\n\nNext"])
def test_a_term_without_a_link_is_told_so(tmp_path, listed):
    assert terms(tmp_path, listed) == [
        "01-toy.md, cell L01-recap: link the term 'weak tie' to the glossary, such as [weak tie](glossary.md#Weak-tie)."
    ]


# --- the glossary of the course -----------------------------------------------------------------------------------


def test_the_courses_glossary_is_in_order():
    assert glossary_faults(LESSONS) == []


def test_each_entry_of_the_courses_glossary_says_where_it_is_used():
    entries = (LESSONS / FILE).read_text(encoding="utf-8").split("\n## ")[1:]
    assert len(entries) > 20
    for entry in entries:
        last = entry.strip().split("\n\n")[-1]
        assert last.startswith("*"), entry
        assert last.endswith(".*"), entry
        assert "esson" in last, entry
