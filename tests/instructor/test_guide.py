"""The guide for teachers: what it says of a lesson, and that it stays in step with the sources."""

import pytest
from tests.instructor import toy

from tertius.errors import LessonError
from tertius.instructor import build, check, read_lesson
from tertius.instructor.guide import guide, plans, section

NOTE = '+++ {"name": "L01-setup-notes", "tags": ["setup", "teach"]}\n\nFor teachers only.'


def noted(*notes):
    """The toy with notes for teachers, each a pair of topic and text."""
    cells = [f'+++ {{"name": "L01-setup-{topic}", "tags": ["setup", "teach"]}}\n\n{text}' for topic, text in notes]
    return toy.spoiled(NOTE, "\n\n".join(cells))


def test_a_section_begins_with_the_lesson_and_its_notebooks(tmp_path):
    assert section(toy.lesson(tmp_path)).startswith(
        "## Lesson 01: A toy\n\nAlone, it takes about 32 minutes.\n"
        "[The lesson](../lessons/01-toy.ipynb), [the same with solutions](../lessons/solutions/01-toy.ipynb).\n\n### "
    )


def test_notes_stand_under_what_they_are_about(tmp_path):
    told = section(
        toy.lesson(
            tmp_path,
            noted(("adaptation", "Take pears."), ("discussion", "Why add?"), ("misconceptions", "More is more.")),
        )
    )
    parts = dict(part.split("\n\n", 1) for part in told.split("\n### ")[1:])
    assert list(parts) == ["Time", "Misconceptions", "Discussion", "Adaptation", "Questions and answers"]
    assert parts["Misconceptions"].strip() == "More is more."
    assert parts["Discussion"].strip() == "Why add?"
    assert parts["Adaptation"].startswith("Take pears.\n\nWhat there is to edit in `01-toy.toml`:")


def test_links_of_notes_lead_to_the_lessons_folder(tmp_path):
    text = noted(("notes", "See [the file](ties.csv) and [the top](#A-toy)."))
    assert "[the file](../lessons/ties.csv) and [the top](../lessons/01-toy.ipynb#A-toy)" in section(
        toy.lesson(tmp_path, text)
    )


def test_a_plan_takes_what_the_lesson_has_and_leaves_the_rest_in_hand(tmp_path):
    assert plans(toy.lesson(tmp_path)) == [
        "**50 minutes**: experiment E1 12, one's own network 13, the action 5; 20 minutes in hand.",
        "**75 minutes**: experiment E1 12, a debate on the limits 10, one exercise 15, one's own network 13, the "
        "action 5; 20 minutes in hand.",
        "**180 minutes**: 85 for all experiments in pairs and the limits; a break of 10; 85 for exercises, one's own "
        "network and the action.",
    ]


def test_a_lesson_with_everything_fills_its_time(tmp_path):
    start, end = toy.TEXT.index('+++ {"name": "L01-E1-concept"'), toy.TEXT.index('+++ {"name": "L01-limits"')
    second = toy.TEXT[start:end].replace("-E1-", "-E2-")
    warmup = '+++ {"name": "L01-warmup", "tags": ["warmup"]}\n\nDo sums add up?\n\n'
    quiz = '+++ {"name": "L01-Q1-quiz", "tags": ["quiz"]}\n\nWhat is a sum?\n\n'
    text = toy.TEXT[:start] + warmup + toy.TEXT[start:end] + second + toy.TEXT[end:]
    text = text.replace("```{code-cell} python\n:name: L01-X1", f"{quiz}```{{code-cell}} python\n:name: L01-X1")
    short, longer, _ = plans(toy.lesson(tmp_path, text))
    assert short == (
        "**50 minutes**: warm-up 5, experiment E1 12, experiment E2 12, one quiz item 3, one's own network 13, the "
        "action 5."
    )
    assert "in hand" not in longer


def test_every_key_of_the_case_is_listed_with_its_comment_and_its_mark(tmp_path):
    case = """
[case]
# † The one | who adds.
who = "Ann"
[data]
numbers = [1, 2, 3]  # what she adds
"""
    told = section(toy.lesson(tmp_path, case=case))
    assert "| `case.who` † | Ann | The one \\| who adds. |\n| `data.numbers` | [1, 2, 3] | what she adds |\n" in told


def test_answers_stand_as_the_source_has_them(tmp_path):
    told = section(toy.lesson(tmp_path))
    assert told.endswith(
        "### Questions and answers\n\n**X1**\n\n"
        "```python\n# What is twice the sum?\ndouble = 2\nanswer = double * sum(numbers)\n```\n"
    )


def test_what_forms_are_given_is_listed(tmp_path):
    code = """# Ask
options = [("a", "the *first*", True), ("b", "no: it is  last", False)]
lesson.quiz("Q1", "What is a sum?", options, why={"a": "It adds.", "b": ["Not", "so."]}, right=0.8**10)"""
    quiz = '+++ {"name": "L01-Q1-quiz", "tags": ["quiz"]}\n\n### Sums\n\n' + toy.code_cell(
        "L01-Q1-quiz-ask", "quiz", code
    )
    before = "```{code-cell} python\n:name: L01-X1"
    told = section(toy.lesson(tmp_path, toy.spoiled(before, f"{quiz}\n{before}")))
    assert (
        "**Q1** Sums\n\n"
        "- What is a sum?\n"
        "- a · the *first* · `True`\n"
        "- b · no: it is last · `False`\n"
        "- why:\n"
        "  - a: It adds.\n"
        "  - b: Not · so.\n"
        "- right: `0.8 ** 10`\n\n"
        "**X1**"
    ) in told


def test_the_guide_is_about_all_lessons_in_order(tmp_path):
    one = toy.lesson(tmp_path)
    two = toy.lesson(tmp_path, toy.TEXT.replace("L01", "L02"), stem="02-other")
    told = guide([one, two])
    assert told.startswith("<!-- Made by 'tertius lessons build'")
    assert told.index("## Lesson 01") < told.index("## Lesson 02")
    assert section(one) in told
    assert section(two) in told


# --- on disk ------------------------------------------------------------------------------------------------------


def test_a_guide_that_was_edited_or_left_behind_is_refused(tmp_path):
    lessons = toy.write(tmp_path)
    build(folder=lessons)
    file = tmp_path / "docs" / "teaching.md"
    stored = file.read_text(encoding="utf-8")
    assert stored == guide([read_lesson(lessons / "source" / "01-toy.md")])
    for changed in (stored.replace("For teachers only.", "For all."), stored + "More.\n", None):
        if changed is None:
            file.unlink()
        else:
            file.write_text(changed, encoding="utf-8")
        with pytest.raises(LessonError) as caught:
            check(folder=lessons)
        assert caught.value.faults == (
            "docs/teaching.md is out of step with the lessons' sources; run 'tertius lessons build'.",
        )
    # Checking one lesson looks at what the guide says of that one.
    file.write_text(stored + "More.\n", encoding="utf-8")
    assert check(["01"], lessons) == 2
    file.write_text(stored.replace("For teachers only.", "For all."), encoding="utf-8")
    with pytest.raises(LessonError, match="is out of step with the lessons' sources"):
        check(["01"], lessons)


def test_building_elsewhere_leaves_the_guide_alone(tmp_path):
    lessons = toy.write(tmp_path / "here")
    (tmp_path / "there").mkdir()
    assert len(build(folder=lessons, into=tmp_path / "there")) == 2
    assert not list(tmp_path.rglob("teaching.md"))
