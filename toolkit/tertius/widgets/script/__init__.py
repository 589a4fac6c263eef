"""The widgets' script and look: one script in parts that each have one purpose, and a file for each of its two hosts.

The parts are put one after the other as they are: no bundle, no build step. A part may use those before it.
"""

from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
PARTS = (
    "scene", "marks", "colour", "layer", "picture", "network", "curve",
    "legends", "time", "tables", "settings", "wishes", "view",
)  # fmt: skip


@cache
def script(host: str) -> str:
    """Return the whole script as the text of a module; ``host`` is "notebook" or "page"."""
    return "\n".join((HERE / f"{name}.js").read_text(encoding="utf-8") for name in (*PARTS, host))


@cache
def look() -> str:
    """Return the style sheet."""
    return (HERE / "look.css").read_text(encoding="utf-8")
