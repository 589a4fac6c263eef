"""What Binder and learners install: the pins are complete, repo2docker takes them, a lesson runs with them alone."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tomllib
import venv
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
LEARNERS = ROOT / "binder" / "requirements.txt"
TOOLS = ROOT / "tests" / "requirements.txt"
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
EXTRAS = PYPROJECT["project"]["optional-dependencies"]
INSTALLERS = (*PYPROJECT["build-system"]["requires"], "editables")
"""What makes the editable installation; hatchling asks for editables only when it is at work."""

SYSTEMS = [
    {"python_version": python, "python_full_version": f"{python}.9", "sys_platform": system, "os_name": name}
    for python in ("3.11", "3.12", "3.13")
    for system, name in (("linux", "posix"), ("darwin", "posix"), ("win32", "nt"))
]


def lines(*files: Path) -> list[Requirement]:
    """The pins of these files, without comments and the line that names another file."""
    kept = [line for file in files for line in file.read_text(encoding="utf-8").splitlines() if line[:1].isalnum()]
    return [Requirement(line) for line in kept]


def pins(files: tuple[Path, ...], system: dict[str, str]) -> dict[str, str]:
    """What these files install on a system: the version of each package."""
    chosen = [line for line in lines(*files) if line.marker is None or line.marker.evaluate(system)]
    found = {canonicalize_name(line.name): str(line.specifier).removeprefix("==") for line in chosen}
    assert len(found) == len(chosen), "a package is pinned twice"
    return found


def asked(*extras: str) -> Iterator[Requirement]:
    """What pyproject.toml asks for with these extras, its references to itself followed."""
    everything = [line for extra in extras for line in EXTRAS[extra]]
    for requirement in map(Requirement, [*PYPROJECT["project"]["dependencies"], *everything]):
        if requirement.name == PYPROJECT["project"]["name"]:
            yield from asked(*requirement.extras)
        else:
            yield requirement


@pytest.mark.parametrize("file", [LEARNERS, TOOLS], ids=["learners", "tools"])
def test_every_line_is_one_exact_version_from_wherever_pip_looks(file):
    text = file.read_text(encoding="utf-8")
    body = [line for line in text.splitlines() if line and not line.startswith("#")]
    others = [line for line in body if not line[0].isalnum()]
    assert others == ([] if file == LEARNERS else ["-r ../binder/requirements.txt"])
    for line in lines(file):
        assert [one.operator for one in line.specifier] == ["=="], line
        assert line.url is None
        assert not line.extras


def test_the_tools_repeat_nothing_that_learners_have():
    assert {line.name for line in lines(TOOLS)}.isdisjoint(line.name for line in lines(LEARNERS))


@pytest.mark.parametrize("system", SYSTEMS, ids=lambda system: f"{system['python_version']}-{system['sys_platform']}")
@pytest.mark.parametrize(
    ("files", "extras"),
    [((LEARNERS,), ("lab",)), ((LEARNERS, TOOLS), ("test",))],
    ids=["learners", "tools"],
)
def test_the_pins_are_what_pyproject_asks_for(files, extras, system):
    found = pins(files, system)
    for requirement in [*asked(*extras), *map(Requirement, INSTALLERS)]:
        if requirement.marker is None or requirement.marker.evaluate(system):
            version = found.get(canonicalize_name(requirement.name), "nothing")
            assert requirement.specifier.contains(version), f"{requirement} is asked for, {version} is pinned"


@pytest.mark.parametrize(
    ("files", "extras"),
    [((LEARNERS,), ("lab",)), ((LEARNERS, TOOLS), ("test",))],
    ids=["learners", "tools"],
)
def test_nothing_is_missing_from_the_pins_and_nothing_left_over(files, extras):
    # Followed from package to package as they are installed here, extras too: what is reached is what is pinned.
    here = pins(files, {})
    waiting = [*asked(*extras), *map(Requirement, INSTALLERS)]
    reached: set[tuple[str, str]] = set()
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        assert name in here, f"{requirement} is needed but not pinned"
        assert requirement.specifier.contains(here[name]), f"{requirement} is needed, {here[name]} is pinned"
        for extra in {"", *requirement.extras} - {extra for known, extra in reached if known == name}:
            reached.add((name, extra))
            for line in distribution(name).requires or ():
                needed = Requirement(line)
                if needed.marker is None or needed.marker.evaluate({"extra": extra}):
                    waiting.append(needed)
    assert set(here) - {name for name, _ in reached} == set()


def test_repo2docker_accepts_the_repository():
    said = subprocess.run(
        [sys.executable, "-m", "repo2docker", "--no-build", "--debug", str(ROOT)],
        capture_output=True,
        text=True,
        timeout=120,
    )
    told = said.stdout + said.stderr
    assert said.returncode == 0, told[-2000:]
    assert "conda environment for python=3.11" in told
    assert 'pip install --no-cache-dir -r "binder/requirements.txt"' in told
    assert "RUN ./binder/postBuild" in told
    assert 'R2D_ENTRYPOINT="${REPO_DIR}/binder/start"' in told


@pytest.fixture(scope="module")
def binder(tmp_path_factory: pytest.TempPathFactory):
    """Return a function that runs a command in a copy of the repository, after the steps of `binder/` in a new venv."""
    home = tmp_path_factory.mktemp("binder")
    copy = home / "repository"
    unwanted = shutil.ignore_patterns(".git", ".venv", ".*_cache", "__pycache__", ".ipynb_checkpoints", ".hypothesis")
    shutil.copytree(ROOT, copy, ignore=unwanted)
    venv.create(home / "venv", with_pip=True)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    environment = {
        **kept,
        "PATH": f"{home / 'venv' / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "PIP_NO_COMPILE": "1",  # a third of the time, and a lesson uses a tenth of what would be compiled
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "JUPYTER_DATA_DIR": str(home / "jupyter"),
        "IPYTHONDIR": str(home / "ipython"),
    }

    def run(*command: str) -> str:
        said = subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True, timeout=600)
        assert said.returncode == 0, f"{' '.join(command)} failed:\n{said.stdout[-2000:]}\n{said.stderr[-2000:]}"
        return said.stdout

    run("python", "-m", "pip", "install", "--quiet", "-r", "binder/requirements.txt")
    run("binder/postBuild")
    return run


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Binder's scripts are for bash")
def test_a_lesson_runs_with_the_pins_alone(binder):
    command = "jupyter nbconvert --execute --to notebook --stdout lessons/06-weak-ties.ipynb"
    lesson = json.loads(binder("binder/start", *command.split()))
    codes = [cell for cell in lesson["cells"] if cell["cell_type"] == "code" and "".join(cell["source"]).strip()]
    assert len(codes) > 10
    assert all(cell["execution_count"] for cell in codes)
    outputs = [output for cell in codes for output in cell["outputs"]]
    assert [output for output in outputs if output["output_type"] == "error"] == []
    assert any("application/vnd.jupyter.widget-view+json" in output.get("data", {}) for output in outputs)


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Binder's scripts are for bash")
def test_a_binder_session_has_jupyterlab_and_is_known_as_a_public_computer(binder):
    assert binder("python", "-m", "jupyterlab", "--version").startswith("4.")
    code = "import os, tertius; print(os.environ['TERTIUS_PUBLIC_HUB'], tertius.__file__)"
    hub, place = binder("binder/start", "python", "-c", code).split()
    assert hub == "1"
    assert Path(place).parts[-4:-1] == ("repository", "toolkit", "tertius")
