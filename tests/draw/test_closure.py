"""The picture of a bridge that gets company: who may meet, who has met, and how many runs still have the bridge."""

import networkx as nx
import numpy as np
import pytest

import tertius
from tertius import local_bridges
from tertius.draw import closing_bridge, curve, figure, layout, network
from tertius.draw.closure import APART, BRIDGE, CLOSE, END, MET, NEW, PERSON, PERSON_LOOKS, PRESSED, TIE_LOOKS, WEAK
from tertius.models import ClosurePressure
from tertius.simulate import show

# Two circles; Ann–Di and Ed–Hal are weak within, Di–Ed is weak and a local bridge.
RATED = [("Ann", "Bo", 5), ("Ann", "Cy", 4), ("Bo", "Cy", 4), ("Bo", "Di", 5), ("Cy", "Di", 4), ("Ann", "Di", 2)]
RATED += [("Ed", "Fay", 5), ("Ed", "Gus", 4), ("Fay", "Gus", 4), ("Fay", "Hal", 4), ("Gus", "Hal", 5)]
RATED += [("Ed", "Hal", 1), ("Di", "Ed", 1)]
SPACE = "\N{NO-BREAK SPACE}"


def circles(steps=40, runs=40, seed=1, bridge=("Di", "Ed"), **how):
    both = show(ClosurePressure(RATED, cut=4, bridge=bridge, **how), steps, runs=runs, seed=seed)
    return (*both, closing_bridge(*both))


def kinds(scene, t):
    names = {
        frozenset(pair): code for pair, code in zip(scene.ties.named_pairs(), scene.links[t].tolist(), strict=True)
    }
    return {"–".join(sorted(pair)): code for pair, code in names.items()}


def test_at_first_the_bridge_stands_and_four_pairs_may_meet():
    _, _, scene = circles()
    assert kinds(scene, 0) == {
        **dict.fromkeys(("Ann–Bo", "Ann–Cy", "Bo–Cy", "Bo–Di", "Cy–Di"), CLOSE),
        **dict.fromkeys(("Ed–Fay", "Ed–Gus", "Fay–Gus", "Fay–Hal", "Gus–Hal"), CLOSE),
        **dict.fromkeys(("Ann–Di", "Ed–Hal"), WEAK),
        "Di–Ed": BRIDGE,
        **dict.fromkeys(("Bo–Ed", "Cy–Ed", "Di–Fay", "Di–Gus"), APART),
    }
    looks = dict(zip(scene.labels, scene.people[0].tolist(), strict=True))
    assert looks == {
        **dict.fromkeys(("Di", "Ed"), END),
        **dict.fromkeys(("Bo", "Cy", "Fay", "Gus"), PRESSED),
        **dict.fromkeys(("Ann", "Hal"), PERSON),
    }


@pytest.mark.parametrize("bridge", [("Di", "Ed"), None])
@pytest.mark.parametrize("seed", range(5))
def test_the_scene_is_the_run(seed, bridge):
    run, _, scene = circles(seed=seed, bridge=bridge, chance=0.05)
    model = run.model
    pairs = [(model.ties.ids[a], model.ties.ids[b]) for a, b in zip(*(p.tolist() for p in model.pairs), strict=True)]
    for t, state in enumerate(run.states):
        met = {pair for pair, yes in zip(pairs, model.closed(state).tolist(), strict=True) if yes}
        grown = nx.Graph([*(tie[:2] for tie in RATED), *met])
        bridges = {frozenset(pair) for pair in local_bridges(grown).index}
        for pair, code in zip(scene.ties.named_pairs(), scene.links[t].tolist(), strict=True):
            assert (code == BRIDGE) == (frozenset(pair) in bridges)
            assert (code == NEW) == (pair in met or pair[::-1] in met)
            assert (code == APART) == (not grown.has_edge(*pair))
        ends = set(bridge or ())
        busy = {person for pair in met for person in pair} - ends
        pressed = {person for pair in pairs for person in pair} - ends - busy
        for person, code in zip(scene.labels, scene.people[t].tolist(), strict=True):
            wanted = END if person in ends else MET if person in busy else PRESSED if person in pressed else PERSON
            assert code == wanted


def test_the_curve_is_the_share_of_runs_beside_what_the_formula_allows():
    run, many, scene = circles()
    np.testing.assert_array_equal(scene.curve.run, run["bridge_stands"])
    np.testing.assert_allclose(scene.curve.middle, (many["bridge_stands"] == 1).mean(axis=1), atol=1e-12)
    # Exact: (1 − q)^(o·t) with o = 4; the band holds nine of ten sets of 40 draws of it.
    rng = np.random.default_rng(1)
    for t in (0, 1, 5, 12, 30):
        drawn = rng.binomial(40, 0.97 ** (4 * t), 20_000) / 40
        low, high = scene.curve.low[t], scene.curve.high[t]
        error = 4 * np.sqrt(0.05 * 0.95 / 20_000)
        assert (drawn < low).mean() <= 0.05 + error
        assert (drawn <= low).mean() >= 0.05 - error
        assert (drawn > high).mean() <= 0.05 + error
        assert (drawn >= high).mean() >= 0.05 - error


def test_without_a_bridge_to_watch_the_curve_counts_those_that_are_left():
    run, many, scene = circles(bridge=None, chance=1)
    np.testing.assert_array_equal(scene.curve.run, run["local_bridges"])
    np.testing.assert_allclose(scene.curve.low, np.quantile(many["local_bridges"], 0.05, axis=1), atol=1e-12)
    assert (scene.curve.limits, scene.curve.percent) == ((0, 1), False)
    assert scene.sentences[3] == "Step 3: 1 of 1 local bridges are left; nobody is under pressure to meet."


def test_the_sentence_tells_what_stands_how_often_and_how_long():
    run, many, scene = circles()
    lost = run["bridge_stands"].tolist().index(0)
    there = int(many["bridge_stands"][5].sum())
    assert lost > 5
    assert scene.sentences[5] == (
        f"Step 5: Di–Ed is a local bridge; none of 4 pairs under pressure has met. It is one in {there} of 40 runs "
        f"({100 * there / 40:.0f}{SPACE}%); the formula expects 54{SPACE}%. "
        "Half of all such bridges are lost after 5.7 steps."  # ln 2 / (−4 ln .97) = 5.69
    )
    model = run.model
    first = [
        f"{model.ties.ids[a]} and {model.ties.ids[b]}"
        for a, b, yes in zip(*(p.tolist() for p in model.pairs), model.closed(run.states[lost]).tolist(), strict=True)
        if yes
    ]
    assert f"has not been a local bridge since step {lost}, when {'; '.join(first)} met; " in scene.sentences[40]


def test_left_alone_the_bridge_stays():
    _, _, scene = circles(tended=False)
    assert scene.sentences[40] == (
        "Step 40: Di–Ed is a local bridge; nobody is under pressure to meet. Nothing can end it."
    )
    assert (scene.curve.low == 1).all()
    assert (scene.curve.high == 1).all()


def test_many_who_meet_at_once_are_counted():
    _, _, scene = circles(chance=1)
    assert "since step 1, when 4 pairs met; 4 of 4 pairs under pressure have met." in scene.sentences[1]


def test_people_of_a_network_have_their_names_and_places():
    case = tertius.load("manufacturing_vp")
    pair = next(pair for pair in local_bridges(case).index if "VP" in pair)
    both = show(ClosurePressure(case, bridge=pair), 3, runs=5, seed=1)
    scene = closing_bridge(*both, people=case)
    assert scene.labels[scene.ego] == "VP"
    np.testing.assert_array_equal(scene.positions, layout(both[0].model.ties))
    places = np.zeros((151, 2))
    assert closing_bridge(*both, positions=places).positions is places


def test_networks_without_ties_or_pairs_have_a_picture():
    scene = closing_bridge(*show(ClosurePressure(nx.empty_graph(3)), 2, runs=2, seed=1))
    assert scene.links.shape == (3, 0)
    assert scene.sentences[2] == "Step 2: 0 of 0 local bridges are left; nobody is under pressure to meet."


def test_the_pictures_hold_everybody_and_every_tie_that_is_there():
    _, _, scene = circles()
    for t in (0, 40):
        ax = network(scene, t)
        lines, points = ax.collections[:4], ax.collections[4:8]
        assert [len(one.get_paths()) for one in lines] == np.bincount(scene.links[t], minlength=5)[:4].tolist()
        assert [len(one.get_offsets()) for one in points] == np.bincount(scene.people[t], minlength=4).tolist()
    assert curve(scene, 3).get_legend().get_texts()[1].get_text() == "share of 40 runs"
    assert figure(scene, 3).table[0][-4] == "this run: all or nothing"


def test_marks_differ_in_shape_and_lines_in_kind_or_colour():
    assert len({look.shape for look in PERSON_LOOKS}) == 4
    assert len({(look.colour, look.line) for look in TIE_LOOKS}) == 5
