"""The lessons as they are shipped: stored outputs hold, building repeats them, and a learner's own file works."""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat import v4
from tests.instructor import toy

from tertius.instructor import build, check

REPOSITORY = Path(__file__).parents[2]
LESSONS = REPOSITORY / "lessons"
STEMS = sorted(path.stem for path in (LESSONS / "source").glob("*.md"))
NOTEBOOKS = [f"{folder}{stem}.ipynb" for stem in STEMS for folder in ("", "solutions/")]


def nbval(notebook):
    """Run a notebook again, with a learner's file of its own, and compare what it shows with what is stored."""
    options = ["-q", "-p", "no:cacheprovider", "--nbval", "--nbval-sanitize-with=tests/lessons/sanitize.cfg"]
    command = [sys.executable, "-m", "pytest", *options, str(notebook)]
    with tempfile.TemporaryDirectory() as home:
        env = {**os.environ, "TERTIUS_HOME": home}
        return subprocess.run(command, cwd=REPOSITORY, env=env, capture_output=True, text=True, timeout=300)


def test_there_are_lessons():
    assert "06-weak-ties" in STEMS


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_new_run_shows_what_is_stored(name):
    done = nbval(LESSONS / name)
    assert done.returncode == 0, done.stdout
    assert re.search(r"^\d+ passed in", done.stdout, re.MULTILINE), done.stdout


def test_a_stored_number_that_is_wrong_is_found(tmp_path):
    folder = toy.write(tmp_path)
    build(folder=folder)
    path = folder / "01-toy.ipynb"
    assert nbval(path).returncode == 0
    path.write_text(path.read_text().replace("The sum is 6", "The sum is 7"))
    done = nbval(path)
    assert done.returncode == 1
    assert "The sum is 7" in done.stdout


def test_running_again_leaves_everybodys_own_file_alone(tmp_path, monkeypatch):
    monkeypatch.setenv("TERTIUS_HOME", str(tmp_path / "home"))
    folder = toy.write(tmp_path, toy.RECORDING)
    build(folder=folder)
    done = nbval(folder / "01-toy.ipynb")
    assert done.returncode == 0, done.stdout
    assert not list(tmp_path.rglob("*.tertius.json*"))


def test_notebooks_are_in_step_with_their_sources():
    assert check(folder=LESSONS) == len(NOTEBOOKS)


PICTURE = re.compile(rb"data:image/png;base64,[A-Za-z0-9+/=]+")


@pytest.mark.slow
@pytest.mark.parametrize("stem", STEMS)
def test_building_again_gives_the_stored_notebooks(stem, tmp_path):
    built = build([stem], LESSONS, into=tmp_path)
    for one in built:
        # Pixels may differ between systems; all else may not.
        stored = LESSONS / one.path.relative_to(tmp_path)
        assert PICTURE.sub(b"", one.path.read_bytes()) == PICTURE.sub(b"", stored.read_bytes())
    # On one system they may not differ either: both notebooks show the same pictures, drawn by two kernels.
    student, solution = (PICTURE.findall(one.path.read_bytes()) for one in built)
    assert student
    assert student == solution


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_every_picture_is_put_into_words(name):
    pages = [
        output.data["text/html"]
        for cell in nbformat.read(LESSONS / name, 4).cells
        for output in cell.get("outputs", [])
        if "text/html" in output.get("data", {})
    ]
    figures = [figure for page in pages for figure in re.findall(r"<figure.*?</figure>", page, re.DOTALL)]
    assert figures
    for figure in figures:
        assert re.search(r'<img alt="[^"]{20,}"', figure)
        assert re.search(r"<figcaption>[^<]{20,}</figcaption>", figure)
        assert "<table>" in figure


# --- the learner's own file, in lesson 06 -------------------------------------------------------------------------

LINE = "network = lesson.network()"


def circle(names, weight):
    return [f"{one},{other},{weight}" for one, other in zip(names, [*names[1:], names[0]], strict=True)]


TWO_CIRCLES = ["source,target,weight", *circle(["A1", "A2", "A3", "A4"], 5), *circle(["B1", "B2", "B3"], 4)]
FILES = {
    "ordinary": ("ties.csv", [*TWO_CIRCLES, "A1,B1,1", "A3,B2,2"], ""),
    "example": ("example-ties.csv", (LESSONS / "example-ties.csv").read_text().splitlines(), ""),
    "in pieces": ("pieces.csv", TWO_CIRCLES, ""),
    "without strengths": ("plain.csv", [",".join(row.split(",")[:2]) for row in [*TWO_CIRCLES, "A1,B1,1"]], ""),
    "a star": ("star.csv", ["source,target,weight", *(f"me,P{k},{1 + k % 5}" for k in range(9))], ""),
    "tiny": ("tiny.csv", ["source,target,weight", "Ann,Bo,3"], ""),
    "with direction": ("arrows.csv", ["source,target,weight", "A,B,2", "B,A,5", "B,C,1", "C,D,4"], ", directed=True"),
}
SAID = {
    "ordinary": ["Few ties: there are 9, so a cut of 35 % takes 3"],
    "example": ["Few ties: there are 22"],
    "in pieces": ["Several parts: before any tie is cut the network is in 2, and the largest holds 4 of 7 people."],
    "without strengths": ["One strength: all ties are equally strong"],
    "a star": ["A star: the file does not say which contacts know each other."],
    "tiny": ["Few ties: there are 1, so a cut of 35 % takes 0", "One strength"],
    "with direction": ["Few ties: there are 3"],
}


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    """The student notebook of lesson 06, run once; its part on one's own network run for each file.

    Returns what each of its cells showed, by file and name.
    """
    folder = tmp_path_factory.mktemp("own")
    student = nbformat.read(LESSONS / "06-weak-ties.ipynb", 4)
    mine = [cell for cell in student.cells if cell.cell_type == "code" and "mine" in cell.metadata.tags]
    assert [LINE in cell.source for cell in mine].count(True) == 1
    copies = {}
    for kind, (name, rows, settings) in FILES.items():
        (folder / name).write_text("\n".join(rows) + "\n", encoding="utf-8")
        changed = f'network = tertius.read("{name}"{settings})'
        copies[kind] = [v4.new_code_cell(cell.source.replace(LINE, changed)) for cell in mine]
    whole = 'network = tertius.load("manufacturing_vp")'
    copies["the whole case"] = [v4.new_code_cell(cell.source.replace(LINE, whole)) for cell in mine]
    student.cells += [cell for cells in copies.values() for cell in cells]
    shared = {key: value for key, value in os.environ.items() if not key.startswith(("BINDER_", "JUPYTERHUB_"))}
    client = NotebookClient(student, timeout=100, allow_errors=True, resources={"metadata": {"path": str(folder)}})
    client.execute(env={**shared, "IPYTHONDIR": str(folder / "ipython"), "TERTIUS_HOME": str(folder)})
    ran = {kind: dict(zip([cell.id for cell in mine], cells, strict=True)) for kind, cells in copies.items()}
    return {"practice data": {cell.id: cell for cell in mine}, **ran}


def texts(cell):
    return "\n".join(
        output.text if output.output_type == "stream" else str(output.get("data", output)) for output in cell.outputs
    )


@pytest.mark.parametrize("kind", ["practice data", "the whole case", *FILES])
def test_with_one_line_changed_everything_works(own, kind):
    for name, cell in own[kind].items():
        assert cell.outputs, name
        for output in cell.outputs:
            assert output.output_type != "error", f"{name}: {output.evalue}"
            assert output.get("name") != "stderr", f"{name}: {output.text}"
    still = texts(own[kind]["L06-mine-explorer"])
    assert "<figure" in still
    assert "nan" not in re.sub(r"base64,[^\"]+", "", still)


@pytest.mark.parametrize("kind", FILES)
def test_what_limits_a_file_is_said_in_a_sentence(own, kind):
    said = texts(own[kind]["L06-mine-caveats"])
    for sentence in SAID[kind]:
        assert sentence in said


def test_a_file_that_nothing_limits_is_told_so(own):
    assert texts(own["the whole case"]["L06-mine-caveats"]) == "Nothing about this network stands in the way.\n"


def test_the_gap_of_ones_own_network_is_measured(own):
    # Cut 3 of 9 ties: weakest first takes both ties between the circles, strongest first takes none of them.
    table = own["ordinary"]["L06-mine-gap-table"].outputs[0].data["text/html"]
    weakest, strongest, gap, _ = map(float, re.findall(r"<td>(.*?)</td>", table)[:4])
    assert weakest == pytest.approx(100 * 4 / 7, abs=0.05)
    assert strongest > weakest
    assert gap == pytest.approx(strongest - weakest, abs=0.11)


def test_local_bridges_of_ones_own_network_are_listed_weakest_first(own):
    shown = texts(own["example"]["L06-mine-bridges-table"])
    assert "span" in shown
    assert shown.index("P4") < shown.index("R1")
    star = texts(own["a star"]["L06-mine-bridges-table"])
    assert star.startswith("Your file does not say which contacts know each other")
