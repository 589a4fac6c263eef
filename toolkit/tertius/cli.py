"""The command ``tertius``: start the lab, read a file, build and check lessons."""

from __future__ import annotations

import argparse
import ast
import dataclasses
import importlib.util
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tertius.errors import ReadError, TertiusError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code: 0, or 1 after saying on standard error what was wrong."""
    known, others = _parser().parse_known_args(arguments)
    if others and known.act is not _lab:
        known.parser.error(f"unknown argument: {others[0]}")
    try:
        return known.act(known, others)
    except TertiusError as error:
        print(error, file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="tertius", description="Lessons and simulations on leadership networks.")
    parser.set_defaults(parser=parser)
    commands = parser.add_subparsers(required=True, metavar="command")
    lab = commands.add_parser(
        "lab",
        help="start JupyterLab in the lessons",
        description="Start JupyterLab in the lessons. What follows is handed on to it, such as --no-browser.",
    )
    lab.set_defaults(act=_lab, parser=lab)
    reading = commands.add_parser(
        "read",
        help="read your own network from a file, and say what was found",
        description="Read a file of ties, an address book, a mailbox, a calendar or a graph, and print the report.",
    )
    reading.add_argument("file", metavar="FILE", help="a file; or a folder of mail, or with an unpacked archive")
    reading.add_argument("--kind", default="auto", help="what the file is; found out from its content if left out")
    reading.add_argument(
        "--me", action="append", metavar="NAME", help="your name or address in the file; may be given several times"
    )
    reading.add_argument(
        "--merge",
        action="append",
        type=_alike,
        default=[],
        metavar="ADDRESS,ADDRESS",
        help="addresses, profiles or code names that are one person; may be given several times",
    )
    reading.add_argument("--directed", action=argparse.BooleanOptionalAction, help="whether ties have a direction")
    reading.add_argument("--out", type=Path, metavar="FOLDER", help="save the network there, as Network.save does")
    reading.set_defaults(act=_read, parser=reading)
    lessons = commands.add_parser("lessons", help="build or check the lessons' notebooks, or write them as pages")
    lessons.set_defaults(parser=lessons)
    tasks = lessons.add_subparsers(required=True, metavar="task")
    for name, act, what in (
        ("build", _build, "make the notebooks and docs/teaching.md from lessons/source, and run the notebooks"),
        ("check", _check, "check the lessons, and that what was built of them is in step; runs no notebook"),
        ("pages", _pages, "run the complete notebooks and write each as one web page that needs no notebook"),
    ):
        task = tasks.add_parser(name, help=what, description=f"{what[0].upper()}{what[1:]}.")
        task.add_argument("names", nargs="*", metavar="NAME", help="such as 06-weak-ties or 06; all if left out")
        task.add_argument("--folder", type=Path, help="the lessons folder; looked for if left out")
        if act is _pages:
            task.add_argument("--into", type=Path, required=True, help="the folder for the pages; made if need be")
        task.set_defaults(act=act, parser=task)
    return parser


def _alike(words: str) -> list[str]:
    """Those who are one person, parted by commas."""
    found = [word.strip() for word in words.split(",") if word.strip()]
    if len(found) < 2:
        raise argparse.ArgumentTypeError(f"{words!r} names fewer than two; part them by a comma, without a space")
    return found


def lessons_folder() -> Path:
    """Find the folder of the lessons: beside or above where we are, or in the repository that this package is part of.

    Raises
    ------
    TertiusError
        If there is none.
    """
    here, package = Path.cwd(), Path(__file__).resolve()
    for folder in (here, *here.parents, *package.parents):
        for candidate in (folder, folder / "lessons"):
            if candidate.name == "lessons" and any(candidate.glob("[0-9][0-9]-*.ipynb")):
                return candidate
            if (candidate / "source").is_dir() and any((candidate / "source").glob("[0-9][0-9]-*.md")):
                return candidate
    raise TertiusError("There is no lessons folder here; go to the folder that holds it, then try again.")


def _lab(known: argparse.Namespace, others: list[str]) -> int:
    _needs("jupyterlab", "lab")
    command = lab_command(lessons_folder(), others)
    if os.name == "posix":
        # Jupyter takes our place, so that Ctrl+C and signals reach it and nobody else.
        sys.stdout.flush()
        os.execv(command[0], command)
    return subprocess.call(command)


def lab_command(folder: Path, others: Sequence[str]) -> list[str]:
    """What ``tertius lab`` runs."""
    return [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={folder}", *others]


def _read(known: argparse.Namespace, others: list[str]) -> int:
    from tertius.intake import read

    given = {"kind": None if known.kind == "auto" else known.kind, "me": known.me, "merge": known.merge}
    given = {name: value for name, value in given.items() if value}
    try:
        network = read(known.file, known.kind, me=known.me, directed=known.directed, merge=known.merge)
    except ReadError as error:
        raise TertiusError(in_options(str(error), given)) from None
    report = network.report
    if network.meta.get("pseudonymous"):
        told = (
            "People stand under code names. Who they are, network.with_names() shows you in a notebook, and you alone."
        )
        report = dataclasses.replace(report, privacy=told)
    print(in_options(str(report), given))
    if known.out:
        if known.out.exists():
            raise TertiusError(f"{known.out} is there already, and I write over nothing; name another folder.")
        print(network.save(known.out, include_names=True))
    return 0


_CALL = re.compile(r"""(tertius\.read\((?:"(?:[^"\\]|\\.)*"|[^"()])*\))""")
_SETTING = re.compile(r"""\b(me|merge|kind|directed)=(?:"([^"]*)"|(True|False)|(?=[\s.,]))""")


def in_options(text: str, given: Mapping[str, Any] | None = None) -> str:
    """A message with the options of the command in place of the settings of `tertius.read`, where there are such.

    Parameters
    ----------
    text : str
    given : mapping, optional
        Settings that were given; the commands in the message have them too.

    Examples
    --------
    >>> in_options('Tell me: tertius.read("ties.csv", directed=True), or directed=False.')
    'Tell me: tertius read ties.csv --directed, or --no-directed.'
    """
    text = text.replace("the folder of this notebook", "this folder").replace("beside this notebook", "in this folder")
    return "".join(
        _command(part, given or {})
        if k % 2
        else _SETTING.sub(lambda match: _option(match[1], match[2] or match[3]), part)
        for k, part in enumerate(_CALL.split(text))
    )


def _command(call: str, given: Mapping[str, Any]) -> str:
    """The command that does what a call does; the call itself, if it has a setting that the command has not."""
    made = ast.parse(call, mode="eval").body
    (file,), settings = made.args, {one.arg: ast.literal_eval(one.value) for one in made.keywords}
    if not settings.keys() <= {"me", "merge", "kind", "directed"}:
        return call
    groups = [*given.get("merge", ()), *settings.get("merge", ())]
    words = {**given, **settings, "merge": [",".join(group) for group in groups]}
    options = [
        _option(name, one) for name, value in words.items() for one in (value if isinstance(value, list) else [value])
    ]
    return " ".join(["tertius", "read", shlex.quote(ast.literal_eval(file)), *options])


def _option(name: str, value: object) -> str:
    if str(value) in ("True", "False"):
        return f"--{name}" if str(value) == "True" else f"--no-{name}"
    return f"--{name} {shlex.quote(str(value))}" if value else f"--{name}"


def _build(known: argparse.Namespace, others: list[str]) -> int:
    _needs_instructor()
    from tertius.instructor import build

    for built in build(known.names, known.folder or lessons_folder()):
        change = "written" if built.has_changed else "as before"
        print(f"{built.path.parent.name}/{built.path.name}: {built.cells} cells in {built.seconds:.0f} s, {change}")
    return 0


def _check(known: argparse.Namespace, others: list[str]) -> int:
    _needs_instructor()
    from tertius.instructor import check

    print(f"{check(known.names, known.folder or lessons_folder())} notebooks are in step with their sources")
    return 0


def _pages(known: argparse.Namespace, others: list[str]) -> int:
    _needs_instructor()
    from tertius.instructor.pages import pages

    for page in pages(known.names, known.folder or lessons_folder(), known.into):
        run = f", run in {page.seconds:.0f} s" if page.seconds else ""
        print(f"{page.path}: {page.size / 1e6:.1f} MB{run}")
    return 0


def _needs_instructor() -> None:
    for package in ("jupytext", "nbclient", "nbconvert", "codespell_lib"):
        _needs(package, "instructor")
    # If it is there, jsonschema makes a grammar of web addresses of it whenever it is loaded. That takes longer than
    # all else in a check, and no notebook needs it; so in this process it is not there.
    sys.modules.setdefault("rfc3987_syntax", None)


def _needs(package: str, extra: str) -> None:
    if importlib.util.find_spec(package) is None:
        raise TertiusError(
            f"This needs {package.removesuffix('_lib')}; install it with: pip install 'tertius[{extra}]'"
        )
