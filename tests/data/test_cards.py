"""Cards: all of them in plain text and HTML, with the planted truth folded and nothing let through unescaped."""

from html.parser import HTMLParser

import pytest
from tests.data.truth import ground_truth

import tertius
from tertius.data import multilayer
from tertius.data.cards import Card
from tertius.data.catalogue import SHIPPED

NAMES = [*SHIPPED, "karate", "southern_women", "florentine", "les_miserables"]
LAYERED = ["bank_wiring", "tailor_shop", "monastery", "aucs", "florentine_two_layer", "book"]
CARD = """# A title & more

**Opening** with `code` and
a second line.

## What it is

- one
- two,
  continued

## Planted truth

<details><summary>Spoiler</summary>

The answer is 42.

| a | b |
|---|---|
| 1 | `2` |

</details>

## Licence

CC0
"""
PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</div><b>",
    "`<i>`",
    "**<u>**",
    '" onload="x',
    "&lt;",
]


class Tags(HTMLParser):
    """What a browser would see: the tags, and the text inside and outside <details>."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.folded, self.open, self._depth = [], "", "", 0
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self._depth += tag == "details"

    def handle_endtag(self, tag):
        self._depth -= tag == "details"

    def handle_data(self, data):
        if self._depth:
            self.folded += data
        else:
            self.open += data


def test_a_card_is_read_into_sections():
    card = Card.parse("x", CARD)
    assert card.title == "A title & more"
    assert [heading for heading, _ in card.sections] == ["", "What it is", "Licence"]
    assert card.truth.startswith("The answer is 42.")
    assert repr(card) == "Card('x')"


def test_the_plain_text_folds_the_truth_away_and_says_how_to_see_it():
    text = str(Card.parse("x", CARD))
    assert text.splitlines()[:4] == ["A title & more", "==============", "", "Opening with `code` and"]
    assert "42" not in text
    assert "print(tertius.describe('x').truth)" in text


def test_the_html_has_headings_lists_tables_and_a_fold():
    html = Card.parse("x", CARD)._repr_html_()
    assert (
        "<h3>A title &amp; more</h3><p><strong>Opening</strong> with <code>code</code> and a second line.</p>" in html
    )
    assert "<ul><li>one</li><li>two, continued</li></ul>" in html
    assert "<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td><code>2</code></td></tr></table>" in html
    seen = Tags(html)
    assert "42" in seen.folded
    assert "42" not in seen.open


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_in_a_card_becomes_a_tag_of_its_own(payload):
    clean = {"div", "h3", "h4", "p", "ul", "li", "table", "tr", "th", "td", "code", "strong", "details", "summary"}
    blocks = ["# X", "X", "- X", "## X", "| X |\n|---|\n| X |", "## Planted truth", "X", "| X |\n|---|"]
    text = "\n\n".join(blocks).replace("X", payload)
    seen = Tags(Card.parse("x", text)._repr_html_())
    assert {tag for tag, _ in seen.tags} <= clean
    assert all(attributes in ({}, {"class": "tertius-card"}) for _, attributes in seen.tags)
    assert payload.strip("`*") in seen.open


def test_without_a_planted_truth_nothing_is_folded():
    card = tertius.describe("karate")
    assert card.truth == ""
    assert "<details>" not in card._repr_html_()
    assert "Planted truth" not in str(card)


@pytest.mark.parametrize("name", NAMES)
def test_every_card_says_what_it_must(name):
    card = tertius.describe(name)
    headings = [heading for heading, _ in card.sections]
    for heading in ("Columns and units", "What it can and cannot show", "Misuse", "Licence", "Citation"):
        assert heading in headings
    assert all(body for _, body in card.sections)
    assert repr(card) == f"Card({name!r})"
    assert max(map(len, str(card).splitlines())) <= 120
    columns = dict(card.sections)["Columns and units"]
    network = tertius.load(name)
    for column in (*network.nodes.columns, *(network.ties.columns if name in SHIPPED else ["weight"])):
        assert f"`{column}`" in columns
    assert " ".join(dict(card.sections)["Citation"].split()) == network.meta["citation"]


@pytest.mark.parametrize("name", SHIPPED)
def test_our_cards_open_with_the_trap_and_fold_the_figures(name):
    card = tertius.describe(name)
    assert card.sections[0][1].startswith("**True by construction.**")
    headings = [heading for heading, _ in card.sections[1:]]
    assert headings[:3] == ["What it is", "The sentence it serves", "How it was made"]
    assert "Anecdote" in dict(card.sections)["The sentence it serves"]
    assert "CC0" in dict(card.sections)["Licence"]
    seen = Tags(card._repr_html_())
    for claim in ground_truth(name)["claims"]:
        assert f"`{claim['measure']}`" in card.truth
        assert claim["measure"] in seen.folded
        if "_" in claim["measure"]:  # one word alone may also be a column
            assert claim["measure"] not in seen.open
            assert claim["measure"] not in str(card)


@pytest.mark.parametrize("name", LAYERED)
def test_the_card_of_what_an_extra_brings_needs_no_extra(name, monkeypatch):
    monkeypatch.setattr(multilayer.Multilayer, "path", lambda self: None)
    card = tertius.describe(name)
    assert "pip install 'tertius[multilayer]'" in card.sections[0][1]
    assert [heading for heading, _ in card.sections[1:]] == [
        "Columns and units", "What it can and cannot show", "Misuse", "Licence", "Citation",
    ]  # fmt: skip
    assert max(map(len, str(card).splitlines())) <= 120


@pytest.mark.parametrize("name", ["karate", "southern_women", "florentine", "les_miserables", *LAYERED])
def test_the_licence_of_others_data_is_stated_with_care(name):
    licence = dict(tertius.describe(name).sections)["Licence"]
    assert "none found" in licence.lower()
    assert "does not pass them on" in licence
    assert "not legal advice" in licence
