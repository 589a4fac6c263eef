"""Texts in tables: none is a formula to a spreadsheet, and each comes back as it was."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tertius.export.cells import guarded, unguarded


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "  =", "\n@", "＝", "'=", "''  +"])
def test_what_a_spreadsheet_would_run_has_an_apostrophe_before_it(start):
    assert guarded(f"{start}HYPERLINK(1)") == f"'{start}HYPERLINK(1)"


@pytest.mark.parametrize("text", ["", "Ann", "a=b", "'tis", "3-4", "(=1)", "$\\frac{"])
def test_other_texts_stay_as_they_are(text):
    assert guarded(text) == text


@settings(deadline=None)
@given(st.text(st.sampled_from("'=+-@\t\r\n xy＝") | st.characters(codec="utf-8"), max_size=8))
def test_every_text_comes_back(text):
    assert unguarded(guarded(text)) == text
    assert guarded(text).lstrip()[:1] not in tuple("=+-@")
