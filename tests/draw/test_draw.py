"""Places, scenes, matplotlib figures and their text alternatives."""

import dataclasses
import io
import re

import matplotlib.image
import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from scipy.sparse import csgraph

from tertius import Ties
from tertius.data import load
from tertius.draw import curve, figure, layout, network, own_map, tie_removal
from tertius.errors import ParameterError
from tertius.models import TieRemoval
from tertius.simulate import show

HOSTILE = ("<img src=x onerror=alert(1)>", r"$\frac{", "=HYPERLINK(1)", "a\nb", "Zoë & co")


def scene(graph=None, steps=20, runs=8, **how):
    model = TieRemoval(graph if graph is not None else nx.karate_club_graph(), pace=0.05, **how)
    return tie_removal(*show(model, steps, runs=runs, seed=1))


@given(st.integers(0, 10**6))
@settings(deadline=None, max_examples=40)
def test_everybody_has_a_place_inside_the_picture(seed):
    rng = np.random.default_rng(seed)
    graph = nx.gnm_random_graph(int(rng.integers(0, 40)), int(rng.integers(0, 60)), seed=seed)
    places = layout(graph, aspect=1.5)
    assert places.shape == (len(graph), 2)
    assert np.isfinite(places).all()
    assert (places >= -1e-9).all()
    assert (places <= (1.5 + 1e-9, 1 + 1e-9)).all()
    assert len(np.unique(places, axis=0)) == len(places)


def test_the_same_network_gets_the_same_places():
    np.testing.assert_array_equal(layout(nx.karate_club_graph()), layout(nx.karate_club_graph()))


@pytest.mark.parametrize(
    "graph",
    [
        nx.karate_club_graph(),
        nx.grid_2d_graph(6, 6),
        nx.cycle_graph(20),
        nx.watts_strogatz_graph(1000, 10, 0.1, seed=1),
        nx.barabasi_albert_graph(1000, 5, seed=1),
        nx.relaxed_caveman_graph(50, 20, 0.1, seed=1),
        nx.path_graph(500),
    ],
    ids=len,
)
def test_near_in_the_network_is_near_in_the_picture(graph):
    # stress of the picture, scaled at best, against distances in ties, at most .2.
    places = layout(graph, aspect=1)
    wanted = csgraph.shortest_path(Ties.of(graph).array(), unweighted=True)
    apart = np.linalg.norm(places[:, None] - places[None], axis=2)
    off = ~np.eye(len(places), dtype=bool)
    ratio = apart[off] / wanted[off]
    scale = ratio.sum() / (ratio**2).sum()
    assert ((scale * ratio - 1) ** 2).mean() < 0.2


def test_a_crowd_around_one_person_is_not_drawn_on_one_spot():
    places = layout(nx.star_graph(600))
    assert len(np.unique(places[1:], axis=0)) > 550


def test_a_layout_needs_a_shape():
    with pytest.raises(ParameterError, match="aspect is 0"):
        layout(nx.path_graph(2), aspect=0)


def test_the_scene_tells_what_the_run_did():
    shown = scene()
    ties = shown.ties
    for t in range(len(shown.times)):
        left = nx.Graph()
        left.add_nodes_from(range(len(ties)))
        left.add_edges_from(np.column_stack(ties.pairs)[shown.links[t] == 0].tolist())
        largest = max(nx.connected_components(left), key=len)
        inside = set(np.flatnonzero(shown.people[t] == 0).tolist())
        assert inside in list(nx.connected_components(left))
        assert len(inside) == len(largest) == round(shown.curve.run[t] * len(ties))
        assert f"{len(largest)} of 34 people" in shown.sentences[t]


def test_the_band_holds_the_quantiles_of_all_runs():
    _, many = both = show(TieRemoval(nx.karate_club_graph(), pace=0.05), 20, runs=50, seed=1)
    shown = tie_removal(*both)
    np.testing.assert_allclose(shown.curve.low, np.quantile(many["largest_share"], 0.05, axis=1))
    np.testing.assert_allclose(shown.curve.high, np.quantile(many["largest_share"], 0.95, axis=1))
    assert shown.curve.runs == 50


def test_the_network_picture_holds_every_person_and_every_tie_that_is_left():
    shown = scene()
    for t in (0, 10, 20):
        ax = network(shown, t)
        lines, discs, diamonds = ax.collections[:3]
        assert len(lines.get_paths()) == (shown.links[t] == 0).sum()
        assert len(discs.get_offsets()) == (shown.people[t] == 0).sum()
        assert len(diamonds.get_offsets()) == (shown.people[t] == 1).sum()
        np.testing.assert_allclose(discs.get_offsets(), shown.positions[shown.people[t] == 0])


def test_the_curve_picture_holds_the_run_the_median_and_where_we_are():
    shown = scene()
    ax = curve(shown, 7)
    middle, run, now, _ = ax.get_lines()
    np.testing.assert_array_equal(run.get_ydata(), shown.curve.run)
    np.testing.assert_array_equal(middle.get_ydata(), shown.curve.middle)
    assert set(now.get_xdata()) == {shown.times[7]}


def test_a_curve_may_name_its_lines():
    shown = scene()
    named = dataclasses.replace(shown.curve, names=("this run", "the formula", "nine of ten runs"))
    shown = dataclasses.replace(shown, curve=named)
    legend = [text.get_text() for text in curve(shown, 7).get_legend().get_texts()]
    assert legend == ["nine of ten runs", "the formula", "this run"]
    assert figure(shown, 7).table[0][-4:] == (
        "this run",
        "nine of ten runs, from",
        "the formula",
        "nine of ten runs, to",
    )


def test_axes_that_are_given_are_drawn_on_and_handed_back():
    from matplotlib.figure import Figure

    left, right = Figure().subplots(1, 2)
    assert network(scene(), 0, left) is left
    assert curve(scene(), 0, right) is right


def test_a_figure_says_what_it_shows():
    shown = scene()
    made = figure(shown, 7)
    page = made._repr_html_()
    assert f'alt="{shown.sentences[7]}"' in page
    assert f"<figcaption>{shown.sentences[7]}" in page
    assert repr(made) == f"Figure: {shown.sentences[7]}"
    pixels = matplotlib.image.imread(io.BytesIO(made.png))
    assert pixels[..., :3].std() > 0.1
    assert figure(shown, 7).png == made.png
    assert figure(shown, 8).png != made.png


def test_the_table_holds_the_numbers_of_the_picture():
    shown = scene()
    head, *rows = figure(shown, 5).table
    assert head[0] == "share of ties cut"
    (row,) = [row for row in rows if row[0] == "25\N{NO-BREAK SPACE}%"]
    assert row[1] == str((shown.people[5] == 0).sum())
    assert row[3] == f"{100 * shown.curve.run[5]:.0f}\N{NO-BREAK SPACE}%"
    assert len(rows) == 8


def test_hostile_names_are_shown_as_text():
    import pandas as pd

    from tertius.network import Network

    names = list(HOSTILE)
    nodes = pd.DataFrame({"id": names, "label": names, "group": [names[0], names[1]] * 2 + [names[0]]})
    ties = pd.DataFrame({"source": names[:-1], "target": names[1:], "relation": "r", "wave": 1, "weight": np.nan})
    meta = {"ego": names[1], "default_relation": "r", "relations": [{"name": "r", "directed": False, "unit": "binary"}]}
    people = Network(nodes, ties, meta)
    shown = tie_removal(*show(TieRemoval(people, pace=0.5), 2, runs=2, seed=1), people=people)
    made = figure(shown, 0)
    assert shown.labels == HOSTILE
    assert shown.ego == 1
    assert not re.search(r"<img src=x", made._repr_html_())


@pytest.mark.parametrize("draw", [network, curve, figure])
def test_a_step_that_is_not_there_is_refused(draw):
    with pytest.raises(ParameterError, match=r"Step 21 is not in this scene; its steps are 0 to 20"):
        draw(scene(), 21)


def test_a_single_run_claims_no_range():
    assert "This is one run." in scene(runs=1).sentences[5]


def test_shuffled_strengths_are_named_in_the_sentence():
    assert "weakest first, strengths shuffled" in scene(shuffled=True).sentences[5]


def test_the_same_ties_are_laid_out_once():
    ties = Ties.of(nx.karate_club_graph())
    assert layout(ties) is layout(ties)


def test_a_range_without_width_is_one_number():
    assert scene(runs=8).sentences[1].endswith("In 9 of 10 runs that share is 100\N{NO-BREAK SPACE}%.")


def star_of_groups(size=5):
    graph = nx.star_graph(size)
    graph.add_edges_from([(1, 2), (3, 4)])
    groups = ("", "energy", "manufacturing", "logistics", "manufacturing", "finance")
    return dataclasses.replace(scene(graph), groups=(*groups, *("finance",) * (size - 5)))


@pytest.mark.parametrize("shown", [star_of_groups(), own_map(load("law_firm").own_map())], ids=["star", "own map"])
def test_the_names_of_groups_cover_nobody_and_no_other_name(shown):
    ax = network(shown)
    renderer = FigureCanvasAgg(ax.figure).get_renderer()
    ax.figure.draw(renderer)
    names = {text.get_text(): text.get_window_extent(renderer) for text in ax.texts}
    groups = set(shown.groups) - {""}
    assert len(groups) == 4
    assert set(names) == groups | set(shown.labels)
    for name in sorted(groups):
        assert not [other for other, box in names.items() if other != name and box.overlaps(names[name])]
        assert not [where for where in ax.transData.transform(shown.positions) if names[name].contains(*where)]


def test_where_all_people_are_named_a_group_without_room_is_not():
    crowded = dataclasses.replace(star_of_groups(19), labels=("a rather long name",) * 20)
    ax = network(crowded, ax=Figure(figsize=(2.4, 1.8)).subplots())
    written = [text.get_text() for text in ax.texts]
    assert written.count("a rather long name") == 20
    assert "finance" not in written
