"""Each number in prose has a cell, the case, a source or a test behind it; what only counts needs nothing."""

import pytest
from nbformat import v4
from tests.instructor import toy

from tertius.instructor.numerals import numeral_faults, numerals

TESTS = '''
"""Tests of the toy; 88 in a docstring holds nothing."""
import pytest

LEAST = 0.15
SEEDS = range(20)


@pytest.mark.parametrize("share", [0.35])
def test_the_gap(share):
    """At least 77."""
    assert gap(share) > LEAST
    assert "151 people" in text


def test_another():
    assert 99
'''


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_toy.py").write_text(TESTS, encoding="utf-8")
    return tmp_path


def table(html):
    return v4.new_output("display_data", {"text/html": html, "text/plain": "a page"})


def faults(folder, said, *outputs, code="print(6)"):
    """What is told of a sentence when a cell shows these outputs."""
    lesson = toy.lesson(folder, toy.spoiled("They add up.", said))
    return numeral_faults(lesson, [v4.new_code_cell(code, id="L01-E1-run", outputs=list(outputs))])


def bare(folder, said, *outputs):
    return [fault.split("'")[1] for fault in faults(folder, said, *outputs)]


def test_a_number_that_nothing_stands_behind_is_told_so(folder):
    assert faults(folder, "They make 43 %.") == [
        "01-toy.md, cell L01-E1-explain: nothing stands behind '43 %'; show it in a cell, set it in the case, or name "
        "its source in the sentence (Burt 2004) or the test that holds it in a comment, "
        "<!-- backed: tests/….py::test_… -->."
    ]


@pytest.mark.parametrize(
    ("said", "output"),
    [
        ("They make 43 %.", v4.new_output("stream", text="share 0.4312\n")),
        ("They make 43 percentage points.", v4.new_output("stream", text="43.4\n")),
        ("They make 0.43.", table("<table><td>0.431</td></table>")),
        ("There are 1,204 people.", v4.new_output("execute_result", {"text/plain": "1204"})),
        ("There are 151 people.", table('<figure><img alt="Of 151 people" src="x"></figure>')),
        ("There are 151 people.", table("<figure><figcaption>Of 151 people</figcaption></figure>")),
    ],
)
def test_a_number_that_a_cell_shows_is_fine(folder, said, output):
    assert bare(folder, said) != []
    assert bare(folder, said, output) == []


@pytest.mark.parametrize(
    ("said", "output"),
    [
        ("They make 43 %.", v4.new_output("stream", text="0.4361")),
        ("They make 0.43.", v4.new_output("stream", text="0.4")),
        ("There are 151 people.", table("<style>.a {width: 151px}</style>")),
        ("There are 151 people.", table('<div data-x="151"></div>')),
        # The table behind an Explorer's figure holds a row for each step.
        ("There are 43 people.", table("<figure><table><td>43</td></table></figure>")),
    ],
)
def test_a_number_that_only_seems_to_be_shown_is_told(folder, said, output):
    assert len(bare(folder, said, output)) == 1


def test_a_number_that_code_or_the_case_sets_is_fine(folder):
    assert bare(folder, "We cut 35 % in 60 steps.") == ["35 %", "60"]
    text = toy.spoiled("They add up.", "We cut 35 % in 60 steps; once {{ data.share }}.")
    text = text.replace("print(sum(numbers))", "print(sum(numbers), 60)")
    case = toy.CASE + "share = 0.35\n"
    assert numeral_faults(toy.lesson(folder, text, case), []) == []


def test_a_text_of_the_case_stands_behind_nothing(folder):
    case = toy.CASE.replace('"Ann"', '"Ann, of 47,"')
    assert len(numeral_faults(toy.lesson(folder, case=case), [])) == 1


@pytest.mark.parametrize(
    "said",
    [
        "Twelve are 12, in 3 groups of 4.",
        "It rose in 1973, and between 1990 and 2012.",
        "In March 2026, on 3 March, at 14:30, on 2026-03-14.",
        "Take 15 minutes, or 20 to 25 minutes, for your 90-day plan.",
        "See L06 and M19, under CC BY 4.0.",
        "The 19th century.",
        "`x = 47` and $47$ and [page](https://example.org/47).",
        "47. Of a list.",
        "**Sources**: *Journal* 78, 1360–1380.",
        "Of 673 managers one firm had them (Burt 2004).",
        "Onnela and colleagues 2007 had 4,600 of them.",
    ],
)
def test_what_counts_or_has_its_source_beside_it_needs_nothing(folder, said):
    assert bare(folder, said) == []


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("From 15 to 20 % of them.", ["15 %", "20 %"]),
        ("A 5–95 % band.", ["5 %", "95 %"]),
        ("Only 3 % of 2000 people.", ["3 %", "2000"]),
        ("It is 0.5, or 1.5.", ["0.5", "1.5"]),
        ("In 2000 runs of 300 people.", ["2000", "300"]),
        ("Ann (1973) had 15. We have 16.", ["16"]),
        ("Of 12,500.50 in all.", ["12,500.50"]),
    ],
)
def test_what_claims_something_is_found(said, found):
    assert [one.text for one in numerals([said])] == found


# --- tests that stand behind a number -----------------------------------------------------------------------------


def backed(test):
    return f"The gap is 15 percentage points of 151 people at 35 %. <!-- backed: {test} -->"


def test_a_declared_test_stands_behind_what_it_mentions(folder):
    assert len(bare(folder, backed("").partition("<")[0])) == 3
    assert faults(folder, backed("tests/test_toy.py::test_the_gap")) == []


@pytest.mark.parametrize("number", ["77", "88", "99"])
def test_docstrings_and_other_tests_stand_behind_nothing(folder, number):
    found = faults(folder, f"They are {number}. <!-- backed: tests/test_toy.py::test_the_gap -->")
    assert "backs no number here that needs it; delete or mend it." in found[0]
    assert f"nothing stands behind '{number}'" in found[1]


@pytest.mark.parametrize(
    ("test", "message"),
    [
        ("tests/test_toy.py", "declares no test; write backed: tests/….py::test_…, nothing more."),
        ("tests/gone.py::test_the_gap", "names a file that is not there; name one of the tests of this repository."),
        ("lessons/toy.py::test_the_gap", "names a file that is not there"),
        ("tests/test_toy.py::test_gone", "names a test that tests/test_toy.py does not have; name one that is there."),
    ],
)
def test_a_declaration_that_names_no_test_is_told_so(folder, test, message):
    assert message in faults(folder, backed(test))[0]


# --- texts of forms -----------------------------------------------------------------------------------------------


def asked(folder, code):
    cell = toy.code_cell("L01-Q1-quiz", "quiz", code)
    before = "```{code-cell} python\n:name: L01-X1"
    return numeral_faults(toy.lesson(folder, toy.spoiled(before, f"{cell}\n{before}")), [])


def test_what_forms_ask_is_held_to_the_same(folder):
    (found,) = asked(folder, '# Ask\nlesson.quiz("Q1", "Is it 43 %?", [f"{share:.1f} of it", "all"])')
    assert found.startswith("01-toy.md, cell L01-Q1-quiz: nothing stands behind '43 %'; ")
    assert found.endswith("in a comment, # backed: tests/….py::test_….")


def test_a_number_of_a_form_can_be_set_in_code_or_backed_by_a_test(folder):
    assert asked(folder, '# Ask\nshare = 0.43\nlesson.quiz("Q1", "Is it 43 %?")') == []
    assert asked(folder, '# backed: tests/test_toy.py::test_the_gap\nlesson.quiz("Q1", "Is it 15 %?")') == []


def test_other_texts_of_code_are_left_alone(folder):
    assert asked(folder, '# Ask\nprint("43 % of it")\nlesson.quiz("Q1", "Is it all?")') == []
