"""The widgets' script and look: one script in parts that each have one purpose, and a file for each of its two hosts.

The parts are put one after the other as they are: no bundle, no build step. A part may use those before it.
"""

import hashlib
import json
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
PARTS = (
    "scene", "elements", "marks", "colour", "layer", "picture", "network", "curve",
    "legends", "time", "tables", "settings", "wishes", "view",
)  # fmt: skip


def _read(*names: str) -> str:
    return "\n".join((HERE / name).read_text(encoding="utf-8") for name in names)


def _script(host: str) -> str:
    return _read(*(f"{name}.js" for name in (*PARTS, host)))


@cache
def look() -> str:
    """Return the style sheet."""
    return _read("look.css")


@cache
def form_script(*more: str) -> str:
    """Return the module that forms load, with more files beside form.js at its end."""
    own = [(HERE.parent / name).read_text(encoding="utf-8") for name in ("form.js", *more)]
    return "\n".join([_read("elements.js", "colour.js"), *own])


@cache
def notebook_script() -> str:
    """Return the module that a notebook's live widgets load."""
    return _script("notebook")


@cache
def page_script() -> str:
    """Return the module that wakes the views of a page; it brings the look with it."""
    return f"const ELEMENT = {json.dumps(element())};\nconst LOOK = {json.dumps(look())};\n{_script('page')}"


@cache
def element() -> str:
    """Return the name of the HTML element that holds a view in a page.

    It changes with script and look, so that views which two versions of tertius have left in one notebook each find
    their own.
    """
    return f"tertius-frozen-{hashlib.sha256((_script('page') + look()).encode()).hexdigest()[:8]}"
