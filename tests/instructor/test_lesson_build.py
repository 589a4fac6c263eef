"""Sources become two executed notebooks, the same bytes each time; stored notebooks that differ are refused."""

import json
import shutil

import nbformat
import pytest
from nbformat import v4
from tests.instructor import toy

from tertius.errors import LessonError
from tertius.instructor import budget, build, check
from tertius.instructor.notebooks import LIVE, as_bytes, blank, tidy
from tertius.learner import Learner


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = toy.write(tmp_path_factory.mktemp("built"))
    return folder, build(folder=folder)


@pytest.fixture
def lessons(built, tmp_path):
    """A copy of the built toy, to be spoiled."""
    shutil.copytree(built[0].parent, tmp_path, dirs_exist_ok=True)
    return tmp_path / "lessons"


def notebook(folder, name="01-toy.ipynb"):
    return nbformat.read(folder / name, 4)


def cells(folder, name="01-toy.ipynb"):
    return {cell.id: cell for cell in notebook(folder, name).cells}


def test_both_notebooks_are_written_and_said(built):
    folder, told = built
    assert [(one.path.relative_to(folder.parent).as_posix(), one.cells) for one in told] == [
        ("lessons/01-toy.ipynb", 13),
        ("lessons/solutions/01-toy.ipynb", 13),
        ("docs/teaching.md", 1),
    ]
    assert all(one.has_changed for one in told)


def test_building_twice_writes_the_same_bytes(built, tmp_path):
    folder, _ = built
    again = build(["01"], folder, into=tmp_path)
    assert all(one.has_changed for one in again)
    for name in ("01-toy.ipynb", "solutions/01-toy.ipynb"):
        assert (tmp_path / name).read_bytes() == (folder / name).read_bytes()


def test_a_notebook_that_stays_the_same_is_left_alone(built):
    folder, _ = built
    before = (folder / "01-toy.ipynb").stat().st_mtime_ns
    assert not any(one.has_changed for one in build(["01-toy"], folder))
    assert (folder / "01-toy.ipynb").stat().st_mtime_ns == before


def test_cells_have_their_names_as_ids_and_counts_without_gaps(built):
    stored = notebook(built[0])
    assert [cell.id for cell in stored.cells] == [cell.metadata.name for cell in stored.cells]
    assert [cell.execution_count for cell in stored.cells if cell.cell_type == "code"] == [1, 2, 3, None]
    assert stored.metadata == {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"file_extension": ".py", "mimetype": "text/x-python", "name": "python"},
        "title": "A toy",
    }


def test_what_a_cell_prints_in_pieces_is_stored_as_one(built):
    assert [output.text for output in cells(built[0])["L01-E1-run"].outputs] == ["The sum is 6\n"]


def test_answers_are_blank_for_students_and_filled_in_the_solution(built):
    name = "L01-X1-exercise"
    assert cells(built[0])[name].source == "# What is twice the sum?\ndouble = None\nanswer = None"
    assert "answer = double * sum(numbers)" in cells(built[0], "solutions/01-toy.ipynb")[name].source


@pytest.mark.parametrize(
    ("code", "left"),
    [
        ("answer = 3", "answer = None"),
        ("# How many?\n# Count twice.\n\nanswer = 3  # three", "# How many?\n# Count twice.\nanswer = None"),
        ("a = b = 2\na = a + 1", "a = None\nb = None"),
        ("import math\nanswer = math.pi", "answer = None"),
    ],
)
def test_a_blank_keeps_the_question_and_the_names(code, left):
    assert blank(code) == left
    compile(left, "blank", "exec")


def test_what_is_for_teachers_is_in_neither(built):
    assert "L01-setup-note" not in cells(built[0])
    assert "L01-setup-note" not in cells(built[0], "solutions/01-toy.ipynb")


def test_code_is_folded_and_results_are_out_of_sight_for_students_only(built):
    student, solution = cells(built[0]), cells(built[0], "solutions/01-toy.ipynb")
    assert student["L01-E1-run"].metadata.jupyter == {"source_hidden": True, "outputs_hidden": True}
    assert student["L01-E1-run"].metadata.collapsed is True
    assert student["L01-setup"].metadata.jupyter == {"source_hidden": True}
    assert "jupyter" not in student["L01-X1-exercise"].metadata
    assert not any("jupyter" in cell.metadata for cell in solution.values())


def test_results_on_ones_own_network_are_not_stored(built):
    own = cells(built[0], "solutions/01-toy.ipynb")["L01-mine"]
    assert (own.outputs, own.execution_count) == ([], None)


def test_live_widgets_are_left_out_and_their_text_stays():
    view = {LIVE: {"model_id": "4f2"}, "text/plain": "Run this cell to start."}
    cell = v4.new_code_cell(
        "explorer", id="a", outputs=[v4.new_output("display_data", view)], metadata={"execution": {}}
    )
    stored = v4.new_notebook(cells=[cell], metadata={"title": "A toy", "widgets": {"state": {}}})
    tidy(stored)
    assert stored.cells[0].outputs[0].data == {"text/plain": "Run this cell to start."}
    assert "widgets" not in stored.metadata
    assert stored.cells[0].metadata == {}
    assert b"4f2" not in as_bytes(stored)


def test_a_notebook_ends_its_lines_the_same_way_everywhere(built):
    stored = (built[0] / "01-toy.ipynb").read_bytes()
    assert b"\r" not in stored
    assert stored.endswith(b"}\n")
    assert json.loads(stored)["nbformat_minor"] == 5


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "print(sum(numbers))",
            "print(sum(numbers) / 0)",
            "01-toy.ipynb, cell L01-E1-run: it stops with ZeroDivisionError: division by zero",
        ),
        ("print(sum(numbers))", "import warnings; warnings.warn('Beware')", "cell L01-E1-run: it warns, .*Beware"),
        ("print(sum(numbers))", "object()", "cell L01-E1-run: 0x[0-9a-f]+ is an address in memory"),
        (
            "sum(numbers)\n```\n\n+++",
            "1 / 0\n```\n\n+++",
            "01-toy.ipynb, cell L01-mine: it stops with ZeroDivisionError",
        ),
        ('"tags": ["act"]', '"tags": ["acts"]', "cell L01-act: 'acts' is no tag"),
    ],
)
def test_nothing_is_written_of_a_lesson_that_breaks_a_rule(tmp_path, old, new, message):
    folder = toy.write(tmp_path, toy.spoiled(old, new))
    with pytest.raises(LessonError, match=message):
        build(folder=folder)
    assert not list(folder.rglob("*.ipynb"))


def test_building_leaves_everybodys_own_file_alone(tmp_path, monkeypatch):
    monkeypatch.setenv("TERTIUS_HOME", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    mine = Learner.open()
    mine.reflect("L05-R1", "Mine.")
    mine.save()
    before = mine.path.read_bytes()
    folder = toy.write(tmp_path, toy.RECORDING)
    build(folder=folder)
    for name in ("01-toy.ipynb", "solutions/01-toy.ipynb"):
        assert cells(folder, name)["L01-E1-run"].outputs[0].text == "The sum is 1\n"
    assert mine.path.read_bytes() == before
    assert not list(folder.rglob("*.tertius.json*"))


def test_a_notebooks_seconds_are_those_in_which_it_worked(tmp_path):
    # A second's work counts on every computer; a second's sleep does not, as little as waiting for a busy one.
    work = "import time\nend = time.process_time() + 1.5\nwhile time.process_time() < end: pass"
    times = [
        min(one.seconds for one in build(folder=toy.write(tmp_path, toy.spoiled("print(sum(numbers))", code)))[:2])
        for code in ("print(sum(numbers))", "import time; time.sleep(1.5); print(6)", f"{work}\nprint(6)")
    ]
    idle, asleep, working = times
    assert 0 < idle < working
    assert asleep < working
    assert working > 1.5


def test_a_notebook_that_runs_too_long_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(budget, "MOST_SECONDS", 0)
    with pytest.raises(LessonError, match=r"01-toy\.ipynb: it ran for \d+ seconds, and a lesson may take 0;"):
        build(folder=toy.write(tmp_path))


def test_a_number_that_nothing_stands_behind_is_found_by_both(lessons):
    spoilt = toy.spoiled("They add up.", "They add up to 47.")
    toy.write(lessons.parent, spoilt)
    with pytest.raises(LessonError, match="nothing stands behind '47'"):
        build(folder=lessons)
    for name in ("01-toy.ipynb", "solutions/01-toy.ipynb"):
        spoil(lessons, name, lambda cells, stored: cells["L01-E1-explain"].update(source="They add up to 47."))
    with pytest.raises(LessonError) as caught:
        check(folder=lessons)
    assert len(caught.value.faults) == 1
    assert "nothing stands behind '47'" in caught.value.faults[0]


def test_an_unknown_lesson_is_answered_with_the_nearest(built):
    with pytest.raises(LessonError, match=r"There is no lesson '01-tpy'; did you mean '01-toy'\? There is 01-toy\."):
        build(["01-tpy"], built[0])


def test_a_folder_without_lessons_is_refused(tmp_path):
    with pytest.raises(LessonError, match=r"There are no lessons in .*/source"):
        build(folder=tmp_path)


# --- check --------------------------------------------------------------------------------------------------------


def spoil(folder, name, change):
    path = folder / name
    stored = nbformat.read(path, 4)
    change({cell.id: cell for cell in stored.cells}, stored)
    path.write_bytes(as_bytes(stored))


def test_what_was_just_built_is_in_step(lessons):
    assert check(folder=lessons) == 2


def clear_all(cells, stored):
    for cell in stored.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None


def clear_one(cells, stored):
    # The count stays, as some tools leave it; setup shows nothing, and so is not missed.
    cells["L01-E1-run"].outputs = []


def edit(cells, stored):
    cells["L01-act"].source = "Add something tomorrow."


def keep_own(cells, stored):
    cells["L01-mine"].outputs = [v4.new_output("execute_result", {"text/plain": "6"}, execution_count=4)]


def add_cell(cells, stored):
    stored.cells.append(v4.new_markdown_cell("Notes", id="notes"))


def keep_widgets(cells, stored):
    stored.metadata["widgets"] = {"state": {}}


def stop(cells, stored):
    cells["L01-E1-run"].outputs = [v4.new_output("error", ename="NameError", evalue="numbers", traceback=[])]


@pytest.mark.parametrize("name", ["01-toy.ipynb", "solutions/01-toy.ipynb"])
@pytest.mark.parametrize(
    ("change", "message"),
    [
        (clear_all, "cell L01-setup: it is stored without having been run; run 'tertius lessons build 01-toy'"),
        (
            clear_one,
            "cell L01-E1-run: its last line shows nothing; let it end in a value, and run 'tertius lessons build",
        ),
        (edit, "cell L01-act: it is out of step with source/01-toy.md; run"),
        (keep_own, "cell L01-mine: results on one's own network are not stored"),
        (add_cell, "its cells are out of step with source/01-toy.md"),
        (keep_widgets, "its metadata are out of step with source/01-toy.md"),
        (stop, "cell L01-E1-run: it stops with NameError: numbers"),
    ],
)
def test_a_stored_notebook_that_was_doctored_is_refused(lessons, name, change, message):
    spoil(lessons, name, change)
    with pytest.raises(LessonError) as caught:
        check(folder=lessons)
    assert f"{name}, {message}" in str(caught.value)


def test_a_source_that_went_on_alone_is_noticed(lessons):
    toy.write(lessons.parent, toy.spoiled("Add something today.", "Add something now."))
    with pytest.raises(LessonError) as caught:
        check(folder=lessons)
    assert [fault.split(":")[0] for fault in caught.value.faults] == [
        "01-toy.ipynb, cell L01-act",
        "solutions/01-toy.ipynb, cell L01-act",
    ]


def test_a_case_that_went_on_alone_is_noticed(lessons):
    toy.write(lessons.parent, case=toy.CASE.replace("Ann", "Bo"))
    with pytest.raises(LessonError, match="cell L01-case: it is out of step"):
        check(folder=lessons)


def test_a_notebook_that_is_not_there_or_none_is_refused(lessons):
    (lessons / "01-toy.ipynb").unlink()
    (lessons / "solutions" / "01-toy.ipynb").write_text("[]")
    with pytest.raises(LessonError) as caught:
        check(folder=lessons)
    assert caught.value.faults == (
        "01-toy.ipynb has not been built; run 'tertius lessons build'.",
        "solutions/01-toy.ipynb is not a notebook; run 'tertius lessons build'.",
    )


def test_a_notebook_without_a_source_is_refused_and_a_learners_own_is_not(lessons):
    for name in ("02-gone.ipynb", "my-notes.ipynb"):
        (lessons / name).write_bytes((lessons / "01-toy.ipynb").read_bytes())
    with pytest.raises(LessonError) as caught:
        check(folder=lessons)
    assert caught.value.faults == ("02-gone.ipynb has no source; delete it, or write source/02-gone.md.",)
