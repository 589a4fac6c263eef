"""What a lesson's head promises, held against an estimate; and how long a notebook may run."""

import pytest
from tests.instructor import toy

from tertius.instructor.budget import budget_faults, estimate, promised, seconds_faults


def test_a_head_promises_minutes(tmp_path):
    assert promised(toy.lesson(tmp_path)) == 32
    assert promised(toy.lesson(tmp_path, toy.spoiled("About 32 minutes.", "Be quick."))) is None


def test_the_toy_takes_what_its_steps_take(tmp_path):
    # One experiment 6, vary 2, one exercise 4, one's own 8, act 3, one cell of open code 1; and a few words to read.
    assert 24 < estimate(toy.lesson(tmp_path)) < 24.5


def test_two_hundred_words_more_take_a_minute_more(tmp_path):
    longer = toy.spoiled("Take other numbers.", f"Take other numbers. {'word ' * 200}")
    assert estimate(toy.lesson(tmp_path, longer)) - estimate(toy.lesson(tmp_path)) == pytest.approx(1)


def test_what_forms_ask_is_read_too(tmp_path):
    ask = toy.code_cell("L01-Q1-quiz", "quiz", f'# Ask\nlesson.quiz("Q1", "{"word " * 200}")')
    asked = toy.spoiled("```{code-cell} python\n:name: L01-X1", f"{ask}\n```{{code-cell}} python\n:name: L01-X1")
    # A quiz item takes a minute and a half besides.
    assert estimate(toy.lesson(tmp_path, asked)) - estimate(toy.lesson(tmp_path)) == pytest.approx(2.5)


def test_notes_for_teachers_take_learners_no_time(tmp_path):
    noted = toy.spoiled("For teachers only.", "word " * 400)
    assert estimate(toy.lesson(tmp_path, noted)) == estimate(toy.lesson(tmp_path))


@pytest.mark.parametrize("minutes", [18, 24, 40])
def test_a_promise_may_be_off_by_less_than_half(tmp_path, minutes):
    assert budget_faults(toy.lesson(tmp_path, toy.spoiled("About 32", f"About {minutes}"))) == []


@pytest.mark.parametrize(("minutes", "which"), [(15, "shorter"), (45, "longer")])
def test_a_promise_that_is_far_off_is_told_so(tmp_path, minutes, which):
    assert budget_faults(toy.lesson(tmp_path, toy.spoiled("About 32", f"About {minutes}"))) == [
        f"01-toy.md: its head promises {minutes} minutes, but to read and do all of it takes about 24; promise that, "
        f"or make the lesson {which}."
    ]


def test_a_head_without_a_promise_is_told_so(tmp_path):
    assert budget_faults(toy.lesson(tmp_path, toy.spoiled("About 32 minutes.", "Be quick."))) == [
        "01-toy.md: its head does not say how long it takes; add, for example, 'About 24 minutes.'"
    ]


def test_a_notebook_may_run_for_thirty_seconds():
    assert seconds_faults(30, "01-toy.ipynb") == []
    assert seconds_faults(31.2, "01-toy.ipynb") == [
        "01-toy.ipynb: it ran for 31 seconds, and a lesson may take 30; let its cells compute less."
    ]
