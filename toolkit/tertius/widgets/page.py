"""Pages that hold views and all their data: alive from a file, without kernel, server or internet."""

from __future__ import annotations

import base64
import gzip
import html
import json
from collections.abc import Iterable
from typing import Any, NamedTuple

from tertius.widgets.packing import KINDS
from tertius.widgets.script import element, page_script

PAGE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark; }}
body {{ margin: 0 auto; max-width: 76rem; padding: 1rem; font-family: system-ui, sans-serif; }}
</style>
</head>
<body>
{body}
{script}
</body>
</html>
"""

POLICY = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:"
"""For browsers: such a page asks nobody for anything."""

PART = """\
{still}
<{element}><p class="tertius-asleep">This picture can be moved where its script may run; in JupyterLab, trust the \
notebook.</p><script type="text/plain">{data}</script></{element}>"""


class Shown(NamedTuple):
    """What is on show under one setting: the settings by name (``None`` without any), its words and its numbers."""

    value: dict[str, Any] | None
    meta: dict[str, Any]
    data: bytes


def document(title: str, *parts: str) -> str:
    """Put any number of parts, and whatever stands between them, into one page with one script."""
    return PAGE.format(policy=POLICY, title=html.escape(title), body="\n".join(parts), script=script_tag())


def script_tag() -> str:
    """What wakes all parts of a page, wherever they stand in it; once is enough, and more than once does no harm."""
    return f'<script type="module">\n{page_script()}</script>'


def part(still: str, shown: Iterable[Shown], t: int, veil: str = "") -> str:
    """One view within a page: its static figure, which stays where scripts do not run, and its data."""
    return PART.format(still=still, element=element(), data=base64.b64encode(packed(shown, t, veil)).decode())


def packed(shown: Iterable[Shown], t: int, veil: str = "") -> bytes:
    """Pack what is shown under one or more settings, as ``page.js`` reads it; the first is on show at first.

    Words and arrays that several settings have in common are held once.

    Returns
    -------
    bytes
        Gzip of: the length of a JSON text, the text, zeros up to a multiple of 8, and the arrays, so aligned. The
        same settings give the same bytes.
    """
    shown = list(shown)
    first = shown[0].meta
    common = {key for key in first if key != "arrays" and all(one.meta.get(key) == first[key] for one in shown)}
    numbers, places, frozen = bytearray(), {}, []
    for value, meta, data in shown:
        arrays = {}
        for name, (kind, start, length) in meta["arrays"].items():
            raw = data[start : start + length * KINDS[kind].itemsize]
            if raw not in places:
                numbers += b"\0" * (-len(numbers) % 8)
                places[raw] = len(numbers)
                numbers += raw
            arrays[name] = [kind, places[raw], length]
        own = {key: meta[key] for key in meta if key not in common}
        frozen.append({"value": value, "meta": {**own, "arrays": arrays}})
    said = {"t": t, "veil": veil, "common": {key: first[key] for key in first if key in common}, "frozen": frozen}
    words = json.dumps(said, separators=(",", ":")).encode()
    words += b" " * (-(len(words) + 4) % 8)
    return gzip.compress(len(words).to_bytes(4, "little") + words + bytes(numbers), mtime=0)
