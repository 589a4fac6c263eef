"""One HTML page that holds a view and all its data: alive from a file, without kernel, server or internet."""

from __future__ import annotations

import base64
import gzip
import html
import json
from typing import TYPE_CHECKING, Any

from tertius.widgets.script import look, script

if TYPE_CHECKING:
    from tertius.widgets.view import NetworkView

PAGE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline'; \
style-src 'unsafe-inline'; img-src data:">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark; }}
body {{ margin: 0 auto; max-width: 76rem; padding: 1rem; font-family: system-ui, sans-serif; }}
{css}</style>
</head>
<body>
{body}
<script type="module">
{script}</script>
</body>
</html>
"""

PART = """\
{still}
<div class="tertius-host"></div>
<script type="text/plain" class="tertius-page">{data}</script>"""


def page(view: NetworkView) -> str:
    """Write the page of a view as it is now.

    Controls that would need the model show what they are set to, and say why they cannot move.

    Returns
    -------
    str
        A whole HTML document that asks nobody for anything.
    """
    return document(view.meta["title"], part(view))


def document(title: str, body: str) -> str:
    """Put any number of parts, and whatever stands between them, into one page with one script."""
    return PAGE.format(title=html.escape(title), css=look(), body=body, script=script("page"))


def part(view: NetworkView, settings: list[dict[str, Any]] | None = None) -> str:
    """One view within a page: its static figure, its place and its data.

    Parameters
    ----------
    view : NetworkView
    settings : list of dict, optional
        What `settings_of` gave under each of the settings that the page shall hold; the present one alone if left out.

    Returns
    -------
    str
        HTML; the figure stays where scripts do not run.
    """
    data = base64.b64encode(packed(settings or [settings_of(view)], view.t)).decode()
    return PART.format(still=view._still(), data=data)


def settings_of(view: NetworkView) -> dict[str, Any]:
    """What the page must hold to show a view under its present settings."""
    return {"value": getattr(view, "value", None), "meta": view.meta, "data": view.data}


def packed(settings: list[dict[str, Any]], t: int) -> bytes:
    """Pack what was shown under one or more settings, as ``page.js`` reads it; the first is on show at first.

    Returns
    -------
    bytes
        Gzip of: the length of a JSON text, the text, zeros up to a multiple of 8, and each setting's buffer, so
        aligned. The same settings give the same bytes.
    """
    buffers, frozen, start = [], [], 0
    for one in settings:
        buffers.append(one["data"] + b"\0" * (-len(one["data"]) % 8))
        frozen.append({"value": one["value"], "meta": one["meta"], "from": start, "to": start + len(one["data"])})
        start += len(buffers[-1])
    words = json.dumps({"t": t, "frozen": frozen}, separators=(",", ":")).encode()
    words += b" " * (-(len(words) + 4) % 8)
    return gzip.compress(len(words).to_bytes(4, "little") + words + b"".join(buffers), mtime=0)
