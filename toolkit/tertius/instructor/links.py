"""Where a lesson's links and images lead: into the lessons folder, to a heading that is there, or to an https page."""

from __future__ import annotations

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


def link_faults(lesson: Lesson) -> list[str]:
    """Everything that is wrong with where a lesson's links and images lead. No page is asked for.

    A target in the lessons folder exists, or is a notebook that is built from a source. An anchor is a heading's, as
    Jupyter makes it (spaces become hyphens) or as GitHub does (small letters, no punctuation). A page is named by a
    whole https address.
    """
    own = _anchors(cell.source for cell in lesson.shown if cell.kind == "markdown")
    return [
        f"{cell.where}: the link to {target} {fault}"
        for cell in lesson.cells
        if cell.kind == "markdown"
        for target in read_prose(cell.source).targets
        for fault in _target(lesson, target, own)
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


def _target(lesson: Lesson, target: str, own: set[str]) -> Iterator[str]:
    try:
        parts = urlsplit(target)
        host, _ = parts.hostname or "", parts.port
    except ValueError as error:
        yield f"is not an address ({error})."
        return
    if parts.scheme or parts.netloc:
        if parts.scheme == "http":
            yield "is not encrypted; write https."
        elif parts.scheme == "mailto":
            if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", parts.path):
                yield "is not a mail address."
        elif parts.scheme != "https":
            yield "is no https address; name a file in the lessons folder, or a page with https://."
        elif not re.fullmatch(r"(?:[\w-]+\.)+[a-z]{2,}", host, re.IGNORECASE) or parts.username or "%20" in host:
            yield "is not a whole address, such as https://example.org/page."
        return
    path, anchor = unquote(parts.path), unquote(parts.fragment)
    if path:
        file = Path(lesson.folder, path)
        source = lesson.folder / "source" / f"{file.stem}.md"
        will_be_built = file.suffix == ".ipynb" and file.parent == lesson.folder and source.exists()
        if not file.resolve().is_relative_to(lesson.folder.resolve()):
            yield "leads out of the lessons folder, which is all that learners have."
            return
        if not will_be_built and not file.exists():
            yield "leads nowhere; there is no such file in the lessons folder."
            return
        if not anchor:
            return
        if not will_be_built:
            yield "has an anchor, and only lessons have headings that can be linked to."
            return
        if source.stem != lesson.stem:
            try:
                other = read_lesson(source)
            except LessonError:  # that lesson's own check says what is wrong with it
                return
            own = _anchors(cell.source for cell in other.shown if cell.kind == "markdown")
    if anchor and anchor not in own:
        yield f"leads to no heading; there is no {anchor!r}."


def _anchors(texts: Iterable[str]) -> set[str]:
    anchors = set()
    for told in map(read_prose, texts):
        anchors.update(told.anchors)
        for heading in told.headings:
            anchors.add(heading.replace(" ", "-"))
            anchors.add(re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-"))
    return anchors
