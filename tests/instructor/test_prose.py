"""What a Markdown cell says: its words, headings, targets and comments, without code, formulas and markup."""

import pytest

from tertius.instructor.prose import read_prose, sentences


@pytest.mark.parametrize(
    ("markdown", "blocks"),
    [
        ("## A *sum*\n\nIt **adds** up.", ("A sum", "It adds up.")),
        ("1. one\n2. two `x = 5`", ("one", "two")),
        ("| a | b |\n|---|---|\n| 15 | `16` |", ("a", "b", "15")),
        ("Of $x^2 = 49$ and\n\n$$81$$", ("Of and",)),
        ("```\n99\n```\n\nafter", ("after",)),
        ("see [here](https://example.org/77)", ("see here",)),
        ("see <https://example.org/77> there", ("see there",)),
        ("![a picture of 3](p77.png)", ("a picture of 3",)),
        ("<details>\n<summary>Open</summary>\n\nSo it is.\n\n</details>", ("Open", "So it is.")),
        ("Half <b>bold</b> &amp; whole", ("Half bold & whole",)),
        ("<!-- backed: 99 -->\n\ntext", ("text",)),
    ],
)
def test_blocks_are_what_is_read(markdown, blocks):
    assert read_prose(markdown).blocks == blocks


def test_headings_are_as_a_reader_sees_them():
    assert read_prose("# `lesson` and *more*\n\n## Again").headings == ("lesson and more", "Again")


def test_targets_are_those_of_links_images_and_html():
    told = read_prose('[a](one) ![b](two) <a href="three">c</a>\n\n<img src="four">\n\n`[d](five)`')
    assert told.targets == ("one", "two", "three", "four")


def test_comments_are_kept_apart():
    assert read_prose("text <!-- one -->\n\n<!-- two -->").comments == ("one", "two")


def test_words_are_counted_without_code():
    assert read_prose("One's own `x y z`, well-kept: 3.").words == 4


def test_a_name_with_a_full_stop_in_it_ends_no_sentence_before_a_small_letter():
    assert sentences("Onnela et al. found it. We did too.") == ["Onnela et al. found it.", "We did too."]
