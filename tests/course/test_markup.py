"""Texts as HTML: a lesson's in Markdown, a learner's as they are."""

import pandas as pd

from tertius.course import markup

HOSTILE = "<img src=x onerror=alert(1)>"


def test_a_lessons_markdown_has_emphasis_links_and_tables_and_no_html():
    made = markup.rendered(f"**so** [there](#there)\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n{HOSTILE}")
    assert "<strong>so</strong>" in made
    assert '<a href="#there">there</a>' in made
    assert "<td>2</td>" in made
    assert HOSTILE not in made
    assert "&lt;img" in made


def test_a_script_in_a_link_is_no_link():
    assert "href" not in markup.rendered("[press](javascript:alert(1))")


def test_what_a_learner_wrote_is_escaped_wherever_it_is_put():
    for made in (
        markup.status("wrong", HOSTILE),
        markup.note(HOSTILE),
        markup.beside((HOSTILE, [HOSTILE, ""])),
        markup.shown(HOSTILE),
        markup.shown(pd.DataFrame({HOSTILE: [HOSTILE]})),
    ):
        assert HOSTILE not in made
        assert "&lt;img src=x onerror=alert(1)&gt;" in made


def test_a_status_has_a_sign_of_its_own_beside_its_colour():
    lines = [markup.status(kind, "so") for kind in ("right", "wrong", "noted", "skipped")]
    assert len({line.split("<b>")[1].split("</b>")[0] for line in lines}) == 4
