"""Where a lesson's links and images lead: into the lessons folder, to a heading that is there, or to an https page."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from tertius.errors import LessonError
from tertius.instructor.prose import read_prose
from tertius.instructor.source import Lesson, read_lesson

MOVABLE = re.compile(
    r"(?P<code>^(?P<fence>`{3,}|~{3,}).*?^(?P=fence)|(?P<tick>`+).*?(?P=tick))"
    r"|(?P<lead>\]\(\s*<?|^\[[^\]\n]+\]:\s*<?|<(?:a|img)\b[^>]*?\b(?:href|src)\s*=\s*[\"'])(?P<target>[^\s)>\"']+)",
    re.DOTALL | re.MULTILINE,
)
"""Code, which is left alone, or a target with what stands before it."""

ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//|/", re.IGNORECASE)
"""How a target begins that does not go on from the folder of its notebook."""

REACHED = re.compile(r"[\w.,:;?!()'&=+*-]*", re.ASCII)
"""Anchors that JupyterLab finds: browsers make percent codes of other signs, and Lab looks for these in headings."""


def link_faults(lesson: Lesson) -> list[str]:
    """Everything that is wrong with where a lesson's links and images lead. No page is asked for.

    A target in the lessons folder exists, or is a notebook that is built from a source. An anchor is a heading's, as
    JupyterLab makes it: spaces become hyphens, all else stays. A page is named by a whole https address.
    """
    own = _lesson_anchors(lesson)
    return [
        f"{cell.where}: the link to {target} {fault}"
        for cell in lesson.cells
        if cell.kind == "markdown"
        for target in read_prose(cell.source).targets
        for fault in target_faults(target, lesson.folder, own)
    ]


def moved(markdown: str, up: str, own: str = "") -> str:
    """Rewrite relative targets for a folder from which ``up`` leads back to the lessons folder.

    Parameters
    ----------
    markdown : str
    up : str
        Such as ``../``.
    own : str, optional
        The notebook that an anchor without a file belongs to, if the text leaves that notebook.

    Examples
    --------
    >>> moved("[ties](ties.csv), [top](#Top), [page](https://example.org), `[code](ties.csv)`", "../", "01-a.ipynb")
    '[ties](../ties.csv), [top](../01-a.ipynb#Top), [page](https://example.org), `[code](ties.csv)`'
    """

    def new(match: re.Match[str]) -> str:
        target = match["target"]
        if match["code"] or ELSEWHERE.match(target) or (target.startswith("#") and not own):
            return match[0]
        return f"{match['lead']}{up}{own if target.startswith('#') else ''}{target}"

    return MOVABLE.sub(new, markdown)


def anchors(texts: Iterable[str]) -> set[str]:
    """Places in pieces of Markdown that a link can lead to.

    Examples
    --------
    >>> anchors(["## A *weak* tie\\n\\nIt is slight."])
    {'A-weak-tie'}
    """
    return {heading.replace(" ", "-") for text in texts for heading in read_prose(text).headings}


def target_faults(target: str, folder: Path, own: set[str]) -> Iterator[str]:
    """What is wrong with a target, as a sentence goes on that begins with "the link to …".

    Parameters
    ----------
    target : str
    folder : Path
        The lessons folder.
    own : set of str
        The anchors of the text that the target stands in.
    """
    try:
        parts = urlsplit(target)
        host, _ = parts.hostname or "", parts.port
    except ValueError as error:
        yield f"is no address ({error}); mend it."
        return
    if parts.scheme or parts.netloc:
        if parts.scheme == "http":
            yield "is not encrypted; write https."
        elif parts.scheme == "mailto":
            if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", parts.path):
                yield "is no mail address; write it like mailto:someone@example.org."
        elif parts.scheme != "https":
            yield "is no https address; name a file in the lessons folder, or a page with https://."
        elif not re.fullmatch(r"(?:[\w-]+\.)+[a-z]{2,}", host, re.IGNORECASE) or parts.username:
            yield "is no whole address; write it like https://example.org/page."
        return
    path, anchor = unquote(parts.path), unquote(parts.fragment)
    there = own
    if path:
        file = Path(folder, path)
        if not file.resolve().is_relative_to(folder.resolve()):
            yield "leads out of the lessons folder, which is all that learners have; keep to files inside it."
            return
        source = folder / "source" / f"{file.stem}.md"
        will_be_built = file.suffix == ".ipynb" and file.parent == folder and source.exists()
        if not will_be_built and not file.exists():
            yield "leads nowhere; name a file that is in the lessons folder."
            return
        if not anchor:
            return
        if will_be_built:
            try:
                there = _lesson_anchors(read_lesson(source))
            except LessonError:  # that lesson's own check says what is wrong with it
                return
        else:
            there = anchors([file.read_text(encoding="utf-8")]) if file.suffix == ".md" else set()
    if not REACHED.fullmatch(anchor):
        yield "is one that JupyterLab does not find; write that heading in plain letters, without accents or dashes."
    elif anchor and anchor not in there:
        near = difflib.get_close_matches(anchor, sorted(there), n=1)
        example = f", such as #{near[0]}" if near else ""
        yield f"leads to no heading; name one that is there, with a hyphen for each space{example}."


def _lesson_anchors(lesson: Lesson) -> set[str]:
    return anchors(cell.source for cell in lesson.shown if cell.kind == "markdown")
