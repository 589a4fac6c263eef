"""A lesson as a whole: opened, run, run again, and what that leaves in the learner's file."""

import pytest
from tests.course import toy

import tertius
from tertius.errors import Caveat, ParameterError, ReadError


@pytest.mark.parametrize("code", [6, "6", "006", "six", "", None, "٠٦"])
def test_a_lesson_is_known_by_two_digits(code):
    with pytest.raises(ParameterError, match="A lesson is known by its two digits, such as '06'; got"):
        tertius.lesson(code)


def test_a_lesson_that_is_not_there_is_named_and_may_be_ones_own(file, tmp_path, monkeypatch):
    monkeypatch.setenv("TERTIUS_HOME", str(file.parent))
    monkeypatch.chdir(tmp_path)
    assert tertius.lesson("66").code == "L66", "where there are no lessons nothing is known of them"
    (tmp_path / "06-weak-ties.ipynb").touch()
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "09-sandbox.md").touch()
    with pytest.warns(Caveat, match="no lesson 66 beside this notebook; what there is: 06, 09"):
        assert tertius.lesson("66").code == "L66"
    (tmp_path / "66-our-own.ipynb").touch()
    for code in ("06", "09", "66"):
        assert tertius.lesson(code).code == f"L{code}"


def test_running_all_cells_with_nothing_answered_writes_no_file_at_all(run_all, file):
    run = run_all()
    assert not file.parent.exists()
    assert [form.status for form in run.forms.values()].count("not answered yet") == 9
    assert {form.sign["text"] for form in run.forms.values()} == {"Nothing to save yet"}


def test_running_all_cells_again_adds_nothing_to_what_was_answered(answered, run_all, file):
    before = file.read_bytes()
    versions = sorted(file.parent.iterdir())
    for _ in range(2):
        run_all()
    assert file.read_bytes() == before
    assert sorted(file.parent.iterdir()) == versions


def test_a_restart_shows_what_was_shown_before(answered, run_all):
    again = run_all()
    for name, form in answered.forms.items():
        if name not in ("restore", "save"):
            assert toy.shown(again.forms[name]) == toy.shown(form), name


def test_what_is_stored_of_a_form_in_the_notebook_says_how_it_stands(answered, run_all):
    assert repr(run_all().forms["quiz"]) == "L06-Q1-quiz: right"
    assert repr(answered.lesson).startswith("Worksheet of lesson 06: Learner('my-network.tertius.json': 3 predictions")


def test_each_form_is_known_by_file_lesson_id_and_step(run_all, tmp_path):
    forms, other = run_all().forms, run_all(path=tmp_path / "other")
    keys = [form.key for form in (*forms.values(), *other.forms.values())]
    assert len(set(keys)) == len(keys)
    assert str(tmp_path) not in "".join(keys), "where the file is stays here"


def test_the_form_of_a_cell_that_is_run_again_is_closed(sheet):
    first = sheet.reflect("R1", "What?")
    second = sheet.reflect("R1", "What?")
    assert (first.comm, first.layout.comm) == (None, None)
    assert second.comm is not None


def test_solutions_leave_the_learners_own_file_alone(monkeypatch, file):
    monkeypatch.setenv("TERTIUS_HOME", str(file.parent))
    lesson = tertius.lesson("06", solutions=True)
    forms = toy.ask_all(lesson)
    forms["reflect"].press("save", text="So.")
    assert not file.parent.exists()
    assert lesson.learner.path.parent.exists()


def test_a_file_that_may_not_be_opened_is_told_in_a_sentence(file, monkeypatch):
    file.mkdir(parents=True)
    monkeypatch.setenv("TERTIUS_HOME", str(file.parent))
    with pytest.raises(ReadError, match="could not be opened"):
        tertius.lesson("06")
