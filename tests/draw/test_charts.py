"""Charts: lines, their words, and the message that must arrive whole."""

import numpy as np
import pytest

from tertius.draw import Chart, Line, chart, figure, whole_message
from tertius.errors import ParameterError

SPACE = "\N{NO-BREAK SPACE}"


def small(**how):
    lines = (Line("one", np.array([0.1, np.nan]), "#000000"), Line("two", np.array([1.0, 0.5]), "#0072b2", "dashed"))
    given = {"title": "Two lines", "x_label": "x", "y_label": "y", "x": np.array([1.0, 2.5]), "lines": lines}
    return Chart(**{**given, "sentence": "Two lines.", **how})


def test_the_table_holds_the_numbers_of_the_lines():
    assert small().table() == (
        ("x", "one", "two"),
        ("1", f"10{SPACE}%", f"100{SPACE}%"),
        ("2.5", "–", f"50{SPACE}%"),
    )
    noted = small(y_percent=False, x_percent=True, notes=("a", "b"), notes_head="note")
    assert noted.table() == (
        ("x", "one", "two", "note"),
        (f"100{SPACE}%", "0.1", "1", "a"),
        (f"250{SPACE}%", "–", "0.5", "b"),
    )


def test_places_without_a_number_have_names():
    named = small(x_names=("few", "many"))
    assert [row[0] for row in named.table()] == ["x", "few", "many"]
    assert [label.get_text() for label in chart(named).get_xticklabels()] == ["few", "many"]
    with pytest.raises(ParameterError, match="'x_names' has 1 values"):
        small(x_names=("few",))


def test_axes_that_are_given_are_drawn_on_and_handed_back():
    from matplotlib.figure import Figure

    ax = Figure().subplots()
    assert chart(small(), ax) is ax
    assert [line.get_linestyle() for line in ax.get_lines()] == ["-", "--"]
    assert (ax.get_xlabel(), ax.get_ylabel(), ax.get_title(loc="left")) == ("x", "y", "Two lines")
    assert ax.get_ylim()[0] == 0


def test_a_figure_of_a_chart_says_what_it_shows():
    page = figure(small(sentence="One & two"))._repr_html_()
    assert 'alt="One &amp; two"' in page
    assert "<td>–</td>" in page


def test_what_does_not_fit_is_refused():
    with pytest.raises(ParameterError, match="has 2 places, and 'one' has 3 values"):
        small(lines=(Line("one", np.zeros(3), "#000000"),))
    with pytest.raises(ParameterError, match="'notes' has 1 values"):
        small(notes=("a",))
    with pytest.raises(ParameterError, match="did you mean 'dashed'"):
        Line("one", np.zeros(2), "#000000", "dash")
    with pytest.raises(ParameterError, match="marker is 'cross'"):
        Line("one", np.zeros(2), "#000000", marker="cross")


def test_the_longer_the_message_the_rarer_it_arrives_whole():
    shown = whole_message({"weak tie": 0.8, "close tie": 0.95})
    weak, close = (line.y for line in shown.lines)
    np.testing.assert_allclose(weak, 0.8 ** np.arange(1, 16), atol=1e-12)
    np.testing.assert_allclose(close, 0.95 ** np.arange(1, 16), atol=1e-12)
    # Exact: .8^10 = .107
    assert shown.sentence.replace(SPACE, " ") == (
        "The more parts a message has, the less often all arrive. weak tie: 80 % for one part, 11 % for 10; close tie: "
        "95 % for one part, 60 % for 10."
    )
    assert shown.table()[10] == ("10", f"11{SPACE}%", f"60{SPACE}%")
    assert len({(line.line, line.marker) for line in shown.lines}) == 2
    assert "30 % for 3" in whole_message({"tie": 0.67}, most_parts=3).sentence.replace(SPACE, " ")


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: whole_message({}), "names 0 kinds of tie"),
        (lambda: whole_message(dict.fromkeys("abcd", 0.5)), "names 4 kinds of tie"),
        (lambda: whole_message({"tie": 2}), "chance is 2"),
        (lambda: whole_message({"tie": 0.5}, most_parts=0), "most_parts is 0"),
    ],
)
def test_messages_that_make_no_chart_are_refused(call, message):
    with pytest.raises(ParameterError, match=message):
        call()


def test_a_band_is_drawn_and_written_and_has_two_edges():
    y, low, high = np.array([0.5, 0.6]), np.array([0.4, 0.5]), np.array([0.7, np.nan])
    banded = small(lines=(Line("one", y, "#000000", low=low, high=high),))
    assert banded.table()[1:] == (
        ("1", f"50{SPACE}% (40{SPACE}% to 70{SPACE}%)"),
        ("2.5", f"60{SPACE}% (50{SPACE}% to –)"),
    )
    assert len(chart(banded).collections) == 1
    with pytest.raises(ParameterError, match="band of 'one' has one edge"):
        Line("one", y, "#000000", low=low)
    with pytest.raises(ParameterError, match="'one' has 1 values"):
        small(lines=(Line("one", y, "#000000", low=low, high=high[:1]),))
