"""Known misspellings are found in prose and in what code says, and a word can be declared right."""

import pytest
from tests.instructor import toy

from tertius.errors import LessonError
from tertius.instructor import spelling
from tertius.instructor.spelling import spelling_faults

WRONG = "recieve"


def faults(folder, old, new):
    return spelling_faults(toy.lesson(folder, toy.spoiled(old, new)))


def test_the_toy_is_spelled_well(tmp_path):
    assert spelling_faults(toy.lesson(tmp_path)) == []


@pytest.mark.parametrize(
    ("old", "new", "cell"),
    [
        ("Add something today.", f"You *{WRONG}* something.", "L01-act"),
        ("For teachers only.", f"They {WRONG} it.", "L01-setup-notes"),
        ("# Add the numbers", f"# Add what you {WRONG}", "L01-E1-run"),
        ('"The sum is"', f'f"You {WRONG} {{0}}"', "L01-E1-run"),
    ],
)
def test_a_misspelled_word_is_told(tmp_path, old, new, cell):
    assert faults(tmp_path, old, new) == [
        f"01-toy.md, cell {cell}: 'recieve' is misspelled; write 'receive', or add the word to source/spelling.txt if "
        "it is right."
    ]


def test_several_meanings_are_all_named(tmp_path):
    (found,) = faults(tmp_path, "Add something today.", "It was Feld who counted.")
    assert "'Feld' is misspelled; write 'Field'" in found
    (found,) = faults(tmp_path, "Add something today.", "A short ther.")
    assert "write 'there or their or the or other'" in found


def test_a_word_can_be_declared_right_as_it_is_spelled(tmp_path):
    folder = toy.write(tmp_path)
    (folder / "source" / "spelling.txt").write_text("# Scott Feld counted friends.\nFeld\n", encoding="utf-8")
    assert faults(tmp_path, "Add something today.", "It was Feld who counted.") == []
    assert faults(tmp_path, "Add something today.", "It was in the feld.") != []


@pytest.mark.parametrize("text", ["Read `recieve()` again.", "See <https://example.org/recieve>.", "$recieve$"])
def test_code_addresses_and_formulas_are_left_alone(tmp_path, text):
    assert faults(tmp_path, "Add something today.", text) == []


def test_a_codespell_that_does_not_run_is_not_taken_for_good_spelling(tmp_path, monkeypatch):
    monkeypatch.setattr(spelling.sys, "executable", "/bin/false")
    with pytest.raises(LessonError, match="codespell does not run here"):
        spelling_faults(toy.lesson(tmp_path))
