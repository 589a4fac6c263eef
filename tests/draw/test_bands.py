"""What many runs show: bands over the steps, one share by another, and maps of two settings."""

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from tertius.draw import bands, draw_heat_map, figure, heat_map, phases
from tertius.errors import ParameterError
from tertius.models import SIR, IndependentCascade
from tertius.simulate import ensemble, sweep

SPACE = "\N{NO-BREAK SPACE}"
news = ensemble(IndependentCascade(nx.karate_club_graph(), 0.15, [0]), 60, runs=100, seed=1)


def test_a_band_shows_one_run_the_middle_and_nine_in_ten():
    shown = bands(news, "adopted_share")
    one, middle, low, high = (line.y for line in shown.lines)
    steps = shown.x.astype(int)
    assert (len(steps), steps[0], steps[-1]) == (26, 0, 60)
    np.testing.assert_array_equal(one, news["adopted_share"][steps, 0])
    np.testing.assert_allclose(middle, news.quantile("adopted_share", 0.5)[steps])
    assert (low <= middle).all()
    assert (middle <= high).all()
    assert ((news["adopted_share"][-1] >= low[-1]) & (news["adopted_share"][-1] <= high[-1])).mean() >= 0.9
    assert f"in one run and {100 * middle[-1]:.0f}{SPACE}% in the middle of all. In 9 of 10 runs it" in (shown.sentence)
    assert len({(line.line, line.marker) for line in shown.lines}) == 4  # told apart without colour


def test_a_phase_plot_goes_through_the_means_and_says_where_it_turns():
    runs = ensemble(SIR(nx.path_graph(3), 1, 1, [0]), 4, runs=2, seed=1)
    shown = phases(runs, "susceptible_share", "infectious_share")
    np.testing.assert_allclose(shown.x, [2 / 3, 1 / 3, 0, 0, 0])
    np.testing.assert_allclose(shown.lines[0].y, [1 / 3, 1 / 3, 1 / 3, 0, 0])
    assert [row[-1] for row in shown.table()] == ["step", "0", "1", "2", "3", "4"]
    assert f"goes from 67{SPACE}% to 0{SPACE}%" in shown.sentence
    assert "Infectious" not in figure(shown).sentence


def test_a_heat_map_holds_the_means_of_a_sweep_and_says_the_extremes():
    grid = {"transmission": [0.0, 0.5, 1.0], "initial_adopters": [1, 17]}
    table = sweep(IndependentCascade(nx.path_graph(34)), grid, 40, runs=64, seed=1, at=[0, 40])
    shown = heat_map(table, "transmission", "initial_adopters", "adopted_share")
    last = table[table["step"] == 40].groupby(["initial_adopters", "transmission"])["adopted_share"].mean()
    np.testing.assert_allclose(shown.shares, last.to_numpy().reshape(2, 3))
    assert (shown.columns, shown.rows) == ((0.0, 0.5, 1.0), (1, 17))
    assert shown.table()[0] == ("initial adopters \\ transmission", "0", "0.5", "1")
    assert shown.table()[-1][:2] == ("1", f"3{SPACE}%")
    assert shown.sentence.startswith(
        f"The adopted share is lowest, 3{SPACE}% with transmission 0 and initial adopters 1, and"
    )
    ax = Figure().subplots()
    assert draw_heat_map(shown, ax) is ax
    assert [text.get_text() for text in ax.texts] == [f"{100 * share:.0f}{SPACE}%" for share in shown.shares.ravel()]
    page = figure(shown)._repr_html_()
    assert f'alt="{shown.sentence}"' in page


def test_a_combination_that_was_not_played_is_a_dash():
    table = pd.DataFrame({"p": [0, 1], "k": [1, 2], "share": [0.5, 1.0]})
    shown = heat_map(table, "p", "k", "share")
    assert np.isnan(shown.shares).sum() == 2
    assert shown.table() == (("k \\ p", "0", "1"), ("2", "–", f"100{SPACE}%"), ("1", f"50{SPACE}%", "–"))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: bands(news, "nothing"), "Nothing called 'nothing' was observed"),
        (lambda: phases(news, "adopted_share", "nothing"), "Nothing called 'nothing' was observed"),
        (lambda: heat_map(pd.DataFrame({"p": [1]}), "p", "k", "share"), "The table has no column 'k'"),
        (lambda: heat_map(pd.DataFrame({"p": [], "k": [], "s": []}), "p", "k", "s"), "has no rows"),
        (lambda: heat_map(pd.DataFrame({"p": [1], "k": [1], "s": [3]}), "p", "k", "s"), "'s' is not a share"),
    ],
)
def test_what_cannot_be_shown_is_refused(call, message):
    with pytest.raises(ParameterError, match=message):
        call()
