"""Texts of lessons and of learners as HTML: those of lessons in Markdown, those of learners escaped."""

from __future__ import annotations

import html
from typing import Any

from markdown_it import MarkdownIt

_markdown = MarkdownIt("commonmark", {"html": False}).enable("table")

SIGNS = {"right": "✓", "wrong": "✗", "noted": "●", "unanswered": "○", "skipped": "○"}
"""What stands before a status, so that colour is never the only cue."""


def rendered(text: str) -> str:
    """Turn a lesson's Markdown into HTML; HTML in it is shown as text.

    Examples
    --------
    >>> rendered("**Exact** <b>").strip()
    '<p><strong>Exact</strong> &lt;b&gt;</p>'
    """
    return _markdown.render(text)


def status(kind: str, text: str) -> str:
    """A line that says how things stand; ``kind`` is one of `SIGNS`."""
    return f'<p class="tertius-status" data-status="{kind}"><b>{SIGNS[kind]}</b> {html.escape(text)}</p>'


def note(text: str) -> str:
    """A paragraph of plain text."""
    return f"<p>{html.escape(text)}</p>"


def beside(*columns: tuple[str, list[str]]) -> str:
    """Put short lists of plain texts side by side, each under a head."""
    parts = (
        f"<div><h4>{html.escape(head)}</h4>{''.join(note(line) for line in lines if line)}</div>"
        for head, lines in columns
    )
    return f'<div class="tertius-beside-said">{"".join(parts)}</div>'


def shown(thing: Any) -> str:
    """A table, figure or anything else that a notebook can show, as HTML."""
    made = thing._repr_html_() if hasattr(thing, "_repr_html_") else None
    return f'<div class="tertius-evidence">{made or note(str(thing))}</div>'
