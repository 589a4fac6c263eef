"""Lessons as pages: what stands in them, what is left out, and that they ask nobody for anything."""

import os
import re

import pytest
from nbformat import v4
from tests.instructor import toy

from tertius import cli
from tertius.errors import LessonError
from tertius.instructor import read_lesson
from tertius.instructor.notebooks import solution
from tertius.instructor.pages import Strangers, frozen_views, page, pages
from tertius.widgets.page import POLICY
from tertius.widgets.script import element
from tertius.widgets.view import ASLEEP, FREEZE

RUN = '# Add the numbers\nprint("The sum is", end=" ", flush=True)\nprint(sum(numbers))'
EXPLORER = """# Show two Explorers and a view
import tertius
ties = tertius.Ties.of([(1, 2), (2, 3), (1, 3), (3, 4, 0.1), (4, 5), (5, 6), (4, 6)])
order, shuffled = tertius.Choice("Cut first", ["weakest", "strongest"]), tertius.Toggle("Shuffle")
def explore():
    return tertius.Explorer(
        lambda order, shuffled: tertius.models.TieRemoval(ties, order, shuffled=shuffled, pace=1 / 7),
        tertius.draw.tie_removal, steps=3, order=order, shuffled=shuffled,
    )
display(explore(), explore())
tertius.NetworkView(explore().scene)"""


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """A toy with two Explorers and a view, written as a page."""
    folder = toy.write(tmp_path_factory.mktemp("toy"), toy.spoiled(RUN, EXPLORER))
    (page,) = pages(["01"], folder, folder.parent / "site" / "pages")
    return page


@pytest.fixture
def html(written) -> str:
    return written.path.read_text(encoding="utf-8")


def paged(tmp_path, outputs: dict[str, list], text: str = toy.TEXT) -> str:
    """The page of a toy whose code cells show these outputs, by the cell's name."""
    lesson = read_lesson(toy.write(tmp_path, text) / "source" / "01-toy.md")
    notebook = solution(lesson)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = outputs.get(cell.id, [])
    folded = {cell.name for cell in lesson.cells if cell.is_folded}
    return page(notebook, lesson.file, {"02-more-sums", "words"}, folded)


def shown(**data) -> dict:
    return v4.new_output("display_data", {f"text/{kind}": text for kind, text in data.items()})


def test_a_lesson_is_run_and_written_with_its_views_frozen(written, html):
    assert written.path.name == "01-toy.html"
    assert written.size == len(html.encode())
    assert html.count(f"<{element()}>") == html.count('class="tertius-still"') == 3
    assert html.count("customElements.define") == 1
    assert "widget-view" not in html
    assert ASLEEP not in html


def test_everybodys_cells_are_there_and_notes_for_teachers_are_not(html):
    for text in ("<title>A toy</title>", "Ann adds numbers.", "answer = double * sum(numbers)", "Sums add up."):
        assert text in html
    assert "For teachers only." not in html


def test_code_is_folded_under_its_first_line_but_for_answers(html):
    folds = {name: bool(is_open) for is_open, name in re.findall(r"<details( open)?[^>]*>\s*<summary>(.*?)<", html)}
    assert folds["Load the numbers"] is folds["Your own numbers"] is False
    assert folds["What is twice the sum?"] is True


def test_cells_for_the_learners_own_network_show_their_code_and_send_to_the_notebook(html):
    (own,) = re.findall(r'<section[^>]*id="L01-mine".*?</section>', html, re.S)
    assert "sum(numbers)" in own
    assert "This works on your own network, in the notebook." in own


def test_a_page_asks_nobody_for_anything_and_forbids_it(html):
    assert Strangers.of(html) == []
    (policy,) = re.findall("<meta [^>]*Content-Security-Policy[^>]*>", html)
    assert POLICY in policy
    assert "default-src 'none'" in POLICY
    assert html.count("<script") == 1 + 3, "ours, and the data of the views"


def test_what_only_a_kernel_can_show_is_said(tmp_path):
    text = paged(
        tmp_path,
        {"L01-E1-run": [shown(html="<p>What is asked</p>", plain="a form"), shown(plain=ASLEEP)], "L01-setup": []},
    )
    assert "<p>What is asked</p>" in text
    assert text.count("This can be used in the notebook only.") == 1
    assert ASLEEP not in text


def test_answers_that_are_folded_in_the_text_stay_folded(tmp_path):
    text = toy.spoiled("They add up.", "<details>\n<summary>Open</summary>\n\nThey **add** up.\n\n</details>")
    found = paged(tmp_path, {}, text)
    assert re.search(r"<details>\s*<summary>Open</summary>\s*<p>They <strong>add</strong> up.</p>\s*</details>", found)


def test_lessons_lead_to_one_another_as_pages(tmp_path):
    links = "See [the next](02-more-sums.ipynb#more), [words](words.md#Sum), [notes](notes.md), [this](https://example.org/a.md)."
    text = paged(tmp_path, {}, toy.spoiled("They add up.", links))
    for address in ("02-more-sums.html#more", "words.html#Sum", "../notes.md", "https://example.org/a.md"):
        assert f'href="{address}"' in text


def test_a_text_beside_the_lessons_that_they_link_to_becomes_a_page(tmp_path):
    folder = toy.write(tmp_path, toy.spoiled("They add up.", "They [add](glossary.md#Sum) up."))
    (folder / "glossary.md").write_text("# Glossary\n\n## Sum\n\nSee [lesson 1](01-toy.ipynb).\n", encoding="utf-8")
    (folder / "unread.md").write_text("# Nobody links here\n", encoding="utf-8")
    written = pages([], folder, tmp_path / "site")
    assert [page.path.name for page in written] == ["01-toy.html", "glossary.html"]
    lesson, glossary = (page.path.read_text(encoding="utf-8") for page in written)
    assert 'href="glossary.html#Sum"' in lesson
    assert 'id="Sum"' in glossary
    assert 'href="01-toy.html"' in glossary
    assert "A lesson of tertius as a page." in lesson
    assert "A lesson of tertius as a page." not in glossary


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ('<img src="https://example.org/a.png">', ["https://example.org/a.png"]),
        ('<img src="a.png" alt="">', ["a.png"]),
        ('<link rel="stylesheet" href="//example.org/a.css">', ["//example.org/a.css"]),
        ("<style>@import 'a.css'; p { background: url(b.png) }</style>", ["a.css", "b.png"]),
        ('<p style="background: url(&quot;c.png&quot;)">', ["c.png"]),
        ('<iframe src="https://example.org"></iframe>', ["https://example.org"]),
        ('<a href="https://example.org">x</a><img src="data:image/png;base64,AA"><p>src="x"</p>', []),
        ("<script>const src = 'https://example.org';</script>", []),
    ],
)
def test_what_a_page_would_fetch_by_itself_is_found(html, found):
    assert Strangers.of(html) == found


def test_a_page_that_would_fetch_something_is_refused_by_name(tmp_path):
    text = toy.spoiled("They add up.", "![A sum](sums/one.png)")
    with pytest.raises(
        LessonError, match=r"^01-toy\.md: its page would have to fetch \.\./sums/one\.png; put it into the"
    ):
        paged(tmp_path, {}, text)


def test_nothing_is_written_of_a_lesson_that_stops(tmp_path):
    folder = toy.write(tmp_path, toy.spoiled("print(sum(numbers))", "1 / 0"))
    with pytest.raises(LessonError, match=r"^01-toy\.md, cell L01-E1-run: it stops with ZeroDivisionError"):
        pages([], folder, tmp_path / "site")
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize("before", [None, "no"])
def test_views_are_frozen_only_meanwhile(monkeypatch, before):
    monkeypatch.delenv(FREEZE, raising=False)
    if before:
        monkeypatch.setenv(FREEZE, before)
    seen = []

    def stop() -> None:
        with frozen_views():
            seen.append(os.environ[FREEZE])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        stop()
    assert (seen, os.environ.get(FREEZE)) == (["yes"], before)


def test_the_command_writes_pages_and_says_where(tmp_path, capsys):
    folder = toy.write(tmp_path)
    assert cli.main(["lessons", "pages", "01", "--folder", str(folder), "--into", str(tmp_path / "site")]) == 0
    assert re.fullmatch(rf"{tmp_path}/site/01-toy\.html: 0\.0 MB, run in \d+ s\n", capsys.readouterr().out)
    with pytest.raises(SystemExit):
        cli.main(["lessons", "pages", "01"])
    assert "--into" in capsys.readouterr().err
