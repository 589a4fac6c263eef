"""What is installed: a built wheel carries the data sets, and loads them from inside."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tertius.data.catalogue import SHIPPED

REPOSITORY = Path(__file__).resolve().parents[2]
LOAD = """
import sys; sys.path.insert(0, sys.argv[1])
import tertius
from tertius.data.catalogue import shipped_folder
print(tertius.__file__); print(shipped_folder("manufacturing_vp"))
try:
    print(len(tertius.load("manufacturing_vp").ties), len(str(tertius.describe("manufacturing_vp"))) > 1000)
except tertius.DataError as error:
    print(error)
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """The contents of a wheel, as pip would lay them out."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=REPOSITORY, check=True, capture_output=True, text=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "installed")
    return folder / "installed"


def load_from(folder):
    run = [sys.executable, "-c", LOAD, str(folder)]
    return subprocess.run(run, cwd=folder, check=True, capture_output=True, text=True).stdout.splitlines()


def test_the_wheel_carries_the_data_and_not_the_scripts_that_made_them(installed):
    folders = installed / "tertius" / "_datasets"
    assert sorted(path.name for path in folders.iterdir()) == sorted(SHIPPED)
    for name in SHIPPED:
        found = sorted(path.name for path in (folders / name).iterdir())
        assert found == ["CARD.md", "datapackage.json", "ground_truth.json", "nodes.csv", "ties.csv"]
    # Nothing of ours lands beside the package: pip puts the other two folders where they belong.
    assert [path.name for path in installed.iterdir() if path.suffix not in (".dist-info", ".data")] == ["tertius"]


def test_the_wheel_carries_what_is_no_python_too(installed):
    package = REPOSITORY / "toolkit" / "tertius"
    wanted = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*")
        if path.is_file() and path.suffix not in (".py", ".pyc")
    }
    assert {"widgets/script/view.js", "widgets/script/look.css", "instructor/page.html.j2"} <= wanted
    assert {name for name in wanted if not (installed / "tertius" / name).is_file()} == set()


def test_an_installed_tertius_loads_from_inside_itself(installed):
    package, folder, result = load_from(installed)
    assert Path(package).parent == installed / "tertius"
    assert Path(folder) == installed / "tertius" / "_datasets" / "manufacturing_vp"
    assert result == "487 True"


def test_a_damaged_installation_says_so(installed):
    ties = installed / "tertius" / "_datasets" / "manufacturing_vp" / "ties.csv"
    content = ties.read_bytes()
    ties.write_bytes(content[:-1])
    try:
        *_, result = load_from(installed)
    finally:
        ties.write_bytes(content)
    assert result.startswith(
        "The data set 'manufacturing_vp' is damaged: ties.csv has 9761 bytes and should have 9762."
    )
