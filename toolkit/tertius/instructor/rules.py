"""What every lesson keeps to. Each rule yields one sentence a fault, with the file and the cell's name."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser

from nbformat import NotebookNode

from tertius.instructor.budget import budget_faults
from tertius.instructor.calls import call_faults
from tertius.instructor.glossary import term_faults
from tertius.instructor.links import link_faults
from tertius.instructor.source import EXPERIMENT, MARKS, STEPS, TOPICS, Lesson
from tertius.instructor.spelling import spelling_faults

NEEDED = ("head", "setup", "case", "objectives", "concept", "run", "explain", "limits", "vary", "mine", "act", "recap")
"""Steps without which a lesson is not whole."""

MOST_EXPERIMENTS = 3
MOST_LINES = 12
MOST_WIDTH = 96
"""Characters in a line of open code; what is wider has to be scrolled sideways to be read."""
MOST_CASE_WORDS = 150
EVIDENCE = ("Exact", "Experiment", "Observational", "Model", "Anecdote", "Contested", "Unconfirmed")

NUMBERED = re.compile(
    r"\bcells?\s+(?:no\.?\s*|number\s+|#\s*)?\d+|\b(?:In|Out)\s*\[\s*\d*\s*\]"
    r"|\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d+(?:st|nd|rd|th))\s+cell\b",
    re.IGNORECASE,
)
ROOTED = re.compile(
    r"(?<![\w.~/-])/(?:home|Users|usr|tmp|root|mnt|media|opt|var|etc|work|srv|private|Volumes)/\S*"
    r"|\b[A-Za-z]:[\\/](?!/)\S*|\bfile://\S*|(?<![\w/])~/\S+"
)
DIRECTIVE = re.compile(r"^\s*(?:`{3,}|~{3,}|:{3,})\s*\{[^}\n]*\}?", re.MULTILINE)
ROLE = re.compile(r"(?<!`)\{[a-z][\w:-]*\}`")
MARKDOWN_IMAGE = re.compile(r"!\[([^\]]*)\]")
ADDRESS = re.compile(r"\b0x[0-9a-f]{6,}\b", re.IGNORECASE)


def text_faults(lesson: Lesson) -> list[str]:
    """Everything that is wrong with a lesson before it is run."""
    rules = (
        *(_tags, _names, _order, _notes, _code, _answers, _prose, _paths, _head, _case, _limits),
        *(budget_faults, call_faults, link_faults, term_faults, spelling_faults),
    )
    return [fault for rule in rules for fault in rule(lesson)]


def _tags(lesson: Lesson) -> Iterator[str]:
    for cell in lesson.cells:
        strange = [tag for tag in cell.tags if tag not in STEPS and tag not in MARKS]
        if strange:
            yield f"{cell.where}: {strange[0]!r} is no tag; take one of {', '.join(STEPS + MARKS)}."
        steps = [tag for tag in cell.tags if tag in STEPS]
        if not steps:
            yield f"{cell.where}: no tag says which step of the lesson it belongs to; add one, such as limits."
        elif len(steps) > 1:
            yield f"{cell.where}: its tags name several steps, {' and '.join(steps)}; keep one."


def _names(lesson: Lesson) -> Iterator[str]:
    seen: set[str] = set()
    for cell in lesson.cells:
        item = r"-E\d" if cell.step in EXPERIMENT else r"-X\d" if cell.step == "exercise" else r"(?:-[EWQXMRA]\d)?"
        shape = rf"{lesson.code}{item}-{cell.step or '[a-z]+'}(?:-[a-z0-9]+)*"
        if not re.fullmatch(shape, cell.name) or len(cell.name) > 64:
            example = f"{lesson.code}{'-E1' if cell.step in EXPERIMENT else ''}-{cell.step or 'head'}"
            yield f"{cell.where}: name it in small letters by its lesson and step, such as {example}."
        if cell.name in seen:
            yield f"{cell.where}: another cell has this name; give it one of its own."
        seen.add(cell.name)


def _order(lesson: Lesson) -> Iterator[str]:
    place, experiment, before = -1, 0, ""
    for cell in lesson.cells:
        if not cell.step:
            continue
        own = STEPS.index(cell.step)
        if cell.step in EXPERIMENT and cell.experiment:
            number = int(cell.experiment[1:])
            goes_on = number == experiment and own >= place
            is_next = number == experiment + 1 and (before in EXPERIMENT or own >= place)
            if not goes_on and not is_next:
                yield (
                    f"{cell.where}: {cell.step} of {cell.experiment} cannot follow {before} here; number experiments "
                    f"in order, and keep each together: {', '.join(EXPERIMENT)}."
                )
            experiment = max(experiment, number)
        elif own < place:
            yield f"{cell.where}: a lesson has its {cell.step} before its {before}; move this cell up."
        place, before = own, cell.step
    if experiment > MOST_EXPERIMENTS:
        yield f"{lesson.file}: this lesson has {experiment} experiments; keep at most {MOST_EXPERIMENTS}."
    steps = {cell.step for cell in lesson.shown}
    for step in NEEDED:
        if step not in steps:
            yield f"{lesson.file}: the step {step} is missing; add a cell with this tag."


def _notes(lesson: Lesson) -> Iterator[str]:
    for cell in lesson.cells:
        if cell.is_note and (cell.kind != "markdown" or not cell.topic):
            yield (
                f"{cell.where}: a note for teachers is Markdown, and its name ends in what it is about; write it so, "
                f"ending in {' or '.join(f'-{topic}' for topic in TOPICS)}."
            )


def _code(lesson: Lesson) -> Iterator[str]:
    for cell in lesson.cells:
        if cell.kind != "code":
            continue
        lines = cell.source.splitlines()
        if len(lines) > MOST_LINES:
            yield f"{cell.where}: it has {len(lines)} lines of code; split it, or cut it to {MOST_LINES}."
        widest = max(map(len, lines), default=0)
        if not cell.is_folded and widest > MOST_WIDTH:
            yield f"{cell.where}: a line of its open code has {widest} characters; break it, {MOST_WIDTH} fit the page."
        if cell.is_folded and not cell.source.startswith("# "):
            yield f"{cell.where}: folded code shows its first line only; begin with a comment that says what it does."
        try:
            ast.parse(cell.source)
        except SyntaxError as error:
            yield f"{cell.where}: line {error.lineno} is not Python ({error.msg}); mend it, and use no % or ! commands."


def _answers(lesson: Lesson) -> Iterator[str]:
    for cell in lesson.cells:
        if "answer" not in cell.tags:
            continue
        if cell.kind != "code" or not asked_for(cell.source):
            yield f"{cell.where}: the tag answer is for code that gives a value to a name; write such as answer = 3."


def asked_for(code: str) -> list[str]:
    """Names that a piece of code gives a value to, in order.

    Examples
    --------
    >>> asked_for("step = 2\\nanswer = step + 1")
    ['step', 'answer']
    """
    try:
        statements = ast.parse(code).body
    except SyntaxError:
        return []
    targets = [target for one in statements if isinstance(one, ast.Assign) for target in one.targets]
    return list(dict.fromkeys(target.id for target in targets if isinstance(target, ast.Name)))


def ends_in_a_value(code: str) -> bool:
    """Whether a notebook would show something for the last line of a piece of code."""
    statements = ast.parse(code).body
    return bool(statements) and isinstance(statements[-1], ast.Expr)


def _prose(lesson: Lesson) -> Iterator[str]:
    for cell in lesson.cells:
        if cell.kind != "markdown":
            continue
        numbered = NUMBERED.search(cell.source)
        if numbered:
            yield f"{cell.where}: {numbered[0]!r} names a cell by number, and numbers change; say what it shows."
        fancy = DIRECTIVE.search(cell.source) or ROLE.search(cell.source)
        if fancy:
            yield f"{cell.where}: {fancy[0].strip()!r} does not show in a plain notebook; use plain Markdown."
        if any(not alt.strip() for alt in MARKDOWN_IMAGE.findall(cell.source)):
            yield f"{cell.where}: an image has no alternative text; write it between the brackets of ![ ]."
        yield from _image_faults(cell.where, cell.source)
    images = [cell.kind == "markdown" and _needs_text(cell.source) for cell in lesson.cells]
    yield from _text_alternatives(
        [(cell.where, image, cell.tags) for cell, image in zip(lesson.cells, images, strict=True)]
    )


def _paths(lesson: Lesson) -> Iterator[str]:
    for cell in lesson.cells:
        rooted = ROOTED.search(cell.source)
        if rooted:
            yield f"{cell.where}: {rooted[0]!r} is a path of one computer; name files from the lessons folder."


def _head(lesson: Lesson) -> Iterator[str]:
    for number, cell in enumerate(lesson.cells):
        titled = cell.kind == "markdown" and re.match(r"# \S", cell.source)
        if number == 0 and not titled:
            yield f"{cell.where}: begin the first cell with the lesson's title, such as # The power of weak ties."
        elif number and titled:
            yield f"{cell.where}: the title in the first cell is the only one; begin this heading with ##."


def _case(lesson: Lesson) -> Iterator[str]:
    told = [cell for cell in lesson.shown if cell.step == "case" and cell.kind == "markdown"]
    words = sum(len(re.findall(r"\w[\w’'-]*", cell.source)) for cell in told)
    if words > MOST_CASE_WORDS:
        yield f"{told[0].where}: the case has {words} words; cut it to {MOST_CASE_WORDS}."
    text = " ".join(cell.source for cell in told)
    for word in ("**Anecdote**", "synthetic"):
        if told and word not in text:
            yield f"{told[0].where}: a case says **Anecdote**, and that its data are synthetic; add {word}."


def _limits(lesson: Lesson) -> Iterator[str]:
    for cell in lesson.shown:
        is_claim = cell.step == "limits" and cell.kind == "markdown"
        if is_claim and not any(f"**{word}**" in cell.source for word in EVIDENCE):
            yield f"{cell.where}: say in bold how good the evidence for its claim is: {', '.join(EVIDENCE)}."


def output_faults(lesson: Lesson, cells: list[NotebookNode], file: str) -> list[str]:
    """Everything that is wrong with what the cells of an executed notebook show."""
    by_name = {cell.name: cell for cell in lesson.cells}
    faults, figures = [], []
    for node in cells:
        where = f"{file}, cell {node.id}"
        outputs = node.get("outputs", [])
        faults += [fault for output in outputs for fault in _one_output(where, output)]
        if node.cell_type == "code" and not outputs and ends_in_a_value(node.source):
            again = f"let it end in a value, and run 'tertius lessons build {lesson.stem}'"
            faults.append(f"{where}: its last line shows nothing; {again}.")
        pages = [output.get("data", {}).get("text/html", "") for output in outputs]
        figures.append((where, any(_needs_text(page) for page in pages), by_name[node.id].tags))
    return [*faults, *_text_alternatives(figures)]


def _one_output(where: str, output: NotebookNode) -> Iterator[str]:
    if output.output_type == "error":
        yield f"{where}: it stops with {output.ename}: {' '.join(output.evalue.split())}"
        return
    if output.output_type == "stream" and output.name == "stderr":
        yield f"{where}: it warns, so mend what it warns of: {' '.join(output.text.split())[:200]}"
    texts = {"text/plain": output.text} if output.output_type == "stream" else output.get("data", {})
    for mime, text in texts.items():
        if mime.startswith("image/"):
            yield f"{where}: it shows an {mime} without alternative text; show it with tertius.draw.figure."
        if mime.startswith("text/"):
            address, rooted = ADDRESS.search(text), ROOTED.search(re.sub(r"<[^>]*>", " ", text))
            if address:
                yield f"{where}: {address[0]} is an address in memory, new each time; give the object a __repr__."
            if rooted:
                yield f"{where}: it shows {rooted[0]!r}, a path of one computer; show the file's name alone."
    yield from _image_faults(where, texts.get("text/html", ""))


class _Images(HTMLParser):
    """Finds images, their alternative text, and how many stand in no figure with a caption."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.alts: list[str] = []
        self.bare = 0
        self._figures: list[dict[str, int]] = []
        self.feed(page)
        while self._figures:
            self.handle_endtag("figure")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "figure":
            self._figures.append({"images": 0, "captions": 0})
        elif tag == "figcaption" and self._figures:
            self._figures[-1]["captions"] += 1
        elif tag == "img":
            self.alts.append((dict(attrs).get("alt") or "").strip())
            if self._figures:
                self._figures[-1]["images"] += 1
            else:
                self.bare += 1

    def handle_endtag(self, tag: str) -> None:
        if tag == "figure" and self._figures:
            figure = self._figures.pop()
            self.bare += 0 if figure["captions"] else figure["images"]


def _image_faults(where: str, page: str) -> Iterator[str]:
    if not all(_Images(page).alts):
        yield f'{where}: an image has no alternative text; give it alt="what it shows".'


def _needs_text(page: str) -> bool:
    """Whether a page shows an image that no caption puts into words."""
    return bool(MARKDOWN_IMAGE.search(page)) or _Images(page).bare > 0


def _text_alternatives(cells: list[tuple[str, bool, tuple[str, ...]]]) -> Iterator[str]:
    for (where, needs, _), after in zip(cells, [*cells[1:], None], strict=True):
        if needs and (after is None or "text-alt" not in after[2]):
            yield f"{where}: say in words what its image shows, in a caption or in a next cell with the tag text-alt."
