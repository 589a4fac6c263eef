"""Links lead somewhere: a file in the lessons folder, a heading that JupyterLab finds, or an https page."""

import pytest
from tests.instructor import toy

from tertius.instructor.links import link_faults, moved
from tertius.instructor.notebooks import solution, student

OTHER = """
+++ {"name": "L02-head", "tags": ["head"]}

# Another toy

## What is *more*?
"""


@pytest.fixture
def folder(tmp_path):
    """A lessons folder with another lesson, a file, and a glossary."""
    lessons = toy.write(tmp_path, OTHER, "", "02-other")
    (lessons / "ties.csv").write_text("source,target\n")
    (lessons / "glossary.md").write_text("# Glossary\n\n## Weak tie\n\nSlight.\n", encoding="utf-8")
    (tmp_path / "secret.md").touch()
    return tmp_path


def faults(folder, target, heading=""):
    text = toy.spoiled("Add something today.", f"{heading}\n\nGo [there]({target}).")
    return link_faults(toy.lesson(folder, text))


@pytest.mark.parametrize(
    "target",
    [
        "ties.csv",
        "02-other.ipynb",
        "02-other.ipynb#What-is-more?",
        "01-toy.ipynb#A-toy",
        "#A-toy",
        "glossary.md",
        "glossary.md#Weak-tie",
        "https://example.org/page?x=1#there",
        "https://doi.org/10.1086/225469",
        "mailto:ann@example.org",
    ],
)
def test_a_link_that_leads_somewhere_is_fine(folder, target):
    assert faults(folder, target) == []


NO_HEADING = "leads to no heading; name one that is there, with a hyphen for each space"


@pytest.mark.parametrize(
    ("target", "fault"),
    [
        ("gone.csv", "leads nowhere; name a file that is in the lessons folder."),
        ("03-gone.ipynb", "leads nowhere; name a file that is in the lessons folder."),
        ("../secret.md", "leads out of the lessons folder, which is all that learners have; keep to files inside it."),
        ("/ties.csv", "leads out of the lessons folder, which is all that learners have; keep to files inside it."),
        ("glossary.md#weak-tie", f"{NO_HEADING}, such as #Weak-tie."),
        ("glossary.md#Nothing", f"{NO_HEADING}."),
        ("#a-toy", f"{NO_HEADING}, such as #A-toy."),
        ("02-other.ipynb#A-toy", f"{NO_HEADING}, such as #Another-toy."),
        ("ties.csv#A-toy", f"{NO_HEADING}."),
        ("http://example.org", "is not encrypted; write https."),
        ("ftp://example.org", "is no https address; name a file in the lessons folder, or a page with https://."),
        ("https://page", "is no whole address; write it like https://example.org/page."),
        ("https://example.org:port", "is no address (Port could not be cast to integer value as 'port'); mend it."),
        ("mailto:ann", "is no mail address; write it like mailto:someone@example.org."),
    ],
)
def test_a_link_that_leads_nowhere_is_told_so(folder, target, fault):
    assert faults(folder, target) == [f"01-toy.md, cell L01-act: the link to {target} {fault}"]


def test_a_heading_that_jupyterlab_cannot_find_is_told_so(folder):
    (found,) = faults(folder, "#Caf%C3%A9", "## Café")
    assert "is one that JupyterLab does not find; write that heading in plain letters" in found


def test_images_and_html_are_looked_at_too(folder):
    for text in ("![A sum](gone.png)", '<a href="gone.png">there</a>', '<img alt="A sum" src="gone.png">'):
        lesson = toy.lesson(folder, toy.spoiled("Add something today.", text))
        assert ["gone.png" in fault for fault in link_faults(lesson)] == [True]


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("[a](ties.csv) and [b](<ties.csv>)", "[a](../ties.csv) and [b](<../ties.csv>)"),
        ("![a](sum.png)", "![a](../sum.png)"),
        ('<img alt="a" src="sum.png">', '<img alt="a" src="../sum.png">'),
        ("[a]: ties.csv", "[a]: ../ties.csv"),
        ("[a](#A-toy)", "[a](#A-toy)"),
        ("[a](https://example.org) [b](mailto:a@b.org)", "[a](https://example.org) [b](mailto:a@b.org)"),
        ("`[a](ties.csv)`", "`[a](ties.csv)`"),
        ("```\n[a](ties.csv)\n```", "```\n[a](ties.csv)\n```"),
    ],
)
def test_relative_targets_are_moved_and_no_others(text, there):
    assert moved(text, "../") == there


def test_links_in_the_solution_start_from_its_folder(folder):
    lesson = toy.lesson(folder, toy.spoiled("Add something today.", "Go [there](glossary.md#Weak-tie)."))
    source = {make: next(c.source for c in make(lesson).cells if c.id == "L01-act") for make in (student, solution)}
    assert source[student] == "Go [there](glossary.md#Weak-tie)."
    assert source[solution] == "Go [there](../glossary.md#Weak-tie)."
