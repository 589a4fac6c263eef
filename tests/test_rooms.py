"""The rooms of the package: a room imports only rooms above it, and `import tertius` stays light."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

import tertius

PACKAGE = Path(tertius.__file__).parent
ROOMS = (
    "errors",
    "ties",
    "privacy",
    "strength",
    "export",
    "joining",
    "network",
    "learner",
    "data",
    "intake",
    "measures",
    "backend",
    "simulate",
    "models",
    "draw",
    "widgets",
    "course",
    "instructor",
    "cli",
)
NEEDS = {
    "errors": set(),
    "ties": {"numpy", "scipy", "networkx"},
    "privacy": {"platformdirs"},
    "learner": {"pandas"},
    "simulate": {"numpy", "joblib", "pandas"},
}
"""Third parties of the rooms that must stay lean;
``learner`` and ``simulate`` load pandas only when a table is asked for."""


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path):
    """Every module that a file imports, wherever in the file."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}: imports within tertius are absolute"
            if node.module == "tertius":
                yield from (f"tertius.{alias.name}" for alias in node.names)
            else:
                yield node.module


FILES = sorted(path for path in PACKAGE.rglob("*.py") if path.name != "__main__.py" and path != PACKAGE / "__init__.py")


def test_every_room_is_in_the_table():
    assert {room_of(path) for path in FILES} <= set(ROOMS)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_room_imports_only_rooms_above_it(path):
    own = room_of(path)
    for module in imports(path):
        if module.startswith("tertius."):
            other = module.split(".")[1]
            assert ROOMS.index(other) <= ROOMS.index(own), f"{own} must not import {other}, a room below it"
        elif own in NEEDS and module.split(".")[0] not in sys.stdlib_module_names:
            assert module.split(".")[0] in NEEDS[own], f"{own} must do without {module}"


def test_the_engine_knows_no_model_and_no_graph():
    for path in (PACKAGE / "simulate").glob("*.py"):
        used = {module.split(".")[1] for module in imports(path) if module.startswith("tertius.")}
        assert used <= {"errors", "simulate"}


def loaded_by(statement: str) -> set[str]:
    code = f"import sys; {statement}; print(*sorted({{name.split('.')[0] for name in sys.modules}}))"
    return set(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split())


def test_importing_tertius_loads_nothing_heavy():
    assert not loaded_by("import tertius") & {"matplotlib", "ipywidgets", "pandas", "anywidget", "IPython", "igraph"}


def test_reading_arrays_needs_no_pictures():
    loaded = loaded_by("import tertius; tertius.Ties.of([(1, 2)]); tertius.simulate.ensemble")
    assert not loaded & {"matplotlib", "ipywidgets", "IPython"}


def test_every_public_name_can_be_reached():
    for name in tertius.__all__:
        assert getattr(tertius, name) is not None
    assert set(tertius.__all__) <= set(dir(tertius))


def test_public_functions_say_what_they_return_and_raise():
    for name in tertius.__all__:
        thing = getattr(tertius, name)
        assert thing.__doc__, f"tertius.{name} has no docstring"
        if callable(thing) and not isinstance(thing, type):
            for section in ("Parameters", "Returns", "Raises"):
                if section == "Parameters" and not thing.__code__.co_argcount:
                    continue
                assert re.search(rf"^\s*{section}\n\s*-+$", thing.__doc__, re.M), f"tertius.{name}: no {section}"
