"""What a picture of spreading shows: who has adopted, who waits, over which ties, and what the sentence says of it."""

import networkx as nx
import numpy as np
import pytest

import tertius
from tertius import Ties
from tertius.draw import adoption, curve, figure, network
from tertius.draw.contagion import ADOPTED, NEW, NEXT, PERSON_LOOKS, UNREACHED, WAITS
from tertius.draw.places import around_a_ring
from tertius.errors import ParameterError
from tertius.models import ComplexContagion, RingContagion
from tertius.simulate import show

# Ann and Bo start; Cy hears both, Di hears Bo and Cy; Ed hears Di alone.
DIAMOND = [("Ann", "Bo"), ("Ann", "Cy"), ("Bo", "Cy"), ("Bo", "Di"), ("Cy", "Di"), ("Di", "Ed")]
SPACE = "\N{NO-BREAK SPACE}"


def diamond(steps=4, runs=3, **how):
    return adoption(*show(ComplexContagion(DIAMOND, initial_adopters=["Ann", "Bo"], **how), steps, runs=runs, seed=1))


def ring(steps=30, runs=40, **how):
    both = show(RingContagion(**how), steps, runs=runs, seed=1)
    return (*both, adoption(*both))


def test_everybody_looks_as_they_are():
    assert diamond().people.tolist() == [
        [ADOPTED, ADOPTED, NEXT, WAITS, UNREACHED],
        [ADOPTED, ADOPTED, NEW, NEXT, UNREACHED],
        [ADOPTED, ADOPTED, ADOPTED, NEW, WAITS],
        [ADOPTED, ADOPTED, ADOPTED, ADOPTED, WAITS],
        [ADOPTED, ADOPTED, ADOPTED, ADOPTED, WAITS],
    ]


def test_the_ties_that_stand_out_carry_too_few_voices():
    scene = diamond()
    single = [
        [pair for pair, code in zip(scene.ties.named_pairs(), row, strict=True) if code] for row in scene.links.tolist()
    ]
    assert single == [[("Bo", "Di")], [], [("Di", "Ed")], [("Di", "Ed")], [("Di", "Ed")]]


def test_directed_ties_stand_out_the_way_the_voice_goes():
    model = ComplexContagion(nx.DiGraph([(1, 2), (2, 1), (3, 1)]), initial_adopters=[1])
    scene = adoption(*show(model, 1, runs=2, seed=1))
    assert [pair for pair, code in zip(scene.ties.named_pairs(), scene.links[1], strict=True) if code] == [(1, 2)]


@pytest.mark.parametrize(("threshold_count", "noise"), [(1, 0), (2, 0), (2, 0.05), (3, 0.1)])
def test_the_scene_is_the_run(threshold_count, noise):
    run, many, scene = ring(threshold_count=threshold_count, noise=noise)
    ties = run.model.ties(run.states[0])
    assert scene.ties.named_pairs() == ties.named_pairs()
    np.testing.assert_array_equal(scene.positions, around_a_ring(300))
    voices = ties.array()
    for t, state in enumerate(run.states):
        heard = voices @ state.active
        new = state.active & ~run.states[max(t - 1, 0)].active
        groups = [
            state.active & ~new,
            new,
            ~state.active & (heard >= threshold_count),
            ~state.active & (heard > 0) & (heard < threshold_count),
            ~state.active & (heard == 0),
        ]
        for code, members in enumerate(groups):
            np.testing.assert_array_equal(scene.people[t] == code, members)
        u, v = ties.pairs
        single = (groups[WAITS][u] & state.active[v]) | (groups[WAITS][v] & state.active[u])
        np.testing.assert_array_equal(scene.links[t], single)
    np.testing.assert_array_equal(scene.curve.run, run["adopted_share"])
    for part, q in ((scene.curve.low, 0.05), (scene.curve.middle, 0.5), (scene.curve.high, 0.95)):
        np.testing.assert_allclose(part, np.quantile(many["adopted_share"], q, axis=1), atol=1e-12)


def test_with_one_voice_nobody_waits_and_no_tie_stands_out():
    _, _, scene = ring(threshold_count=1)
    assert not (scene.people == WAITS).any()
    assert not scene.links.any()


def test_where_it_has_stalled_somebody_waits_and_nobody_is_next():
    run, _, scene = ring(rewired=0.1)
    assert scene.sentences[-1].count("It has stalled: nobody else can adopt.") == 1
    assert not np.isin(scene.people[-1], (NEW, NEXT)).any()
    assert (scene.people[-1] == WAITS).any()
    for t, state in enumerate(run.states):
        assert ("stalled" in scene.sentences[t]) == bool(run.model.is_settled(state))


def test_the_sentence_counts_and_dates():
    run, many, scene = ring(150, rewired=0)
    assert scene.sentences[0] == (
        f"5 of 300 people (2{SPACE}%) start. 0 of 600 ties are shortcuts across the ring. 2 wait with one voice, and "
        f"it takes two. In 9 of 10 runs the share who have adopted is 2{SPACE}%. "
        f"None of the 40 runs has reached 90{SPACE}%."
    )
    assert scene.sentences[60] == (
        f"Step 60: 125 of 300 people (42{SPACE}%) have adopted, 2 of them just now. 2 wait with one voice, and it "
        f"takes two. In 9 of 10 runs the share who have adopted is 42{SPACE}%. "
        f"None of the 40 runs has reached 90{SPACE}%."
    )
    # On the ring itself two more adopt in each step: 270 of 300 people after (270 − 5) / 2 steps, rounded up.
    assert "was reached" not in scene.sentences[132]
    assert f"90{SPACE}% was reached with step 133." in scene.sentences[133]
    assert scene.sentences[150].startswith(
        f"Step 150: 300 of 300 people (100{SPACE}%) have adopted, none of them just now. Everybody has adopted."
    )
    assert scene.sentences[150].endswith(f"All of the 40 runs have reached 90{SPACE}%.")
    assert (many["adopted_share"][133] >= 0.9).all()
    assert (run["adopted_share"] >= 0.9).argmax() == 133


def test_the_sentence_tells_how_many_runs_got_there_and_how_many_voices_it_takes():
    _, many, scene = ring(40, rewired=0.3, noise=0.05)
    for t in range(41):
        there = int((many["adopted_share"][t] >= 0.9).sum())
        count = {0: "None of the 40 runs has", 1: "1 of the 40 runs has", 40: "All of the 40 runs have"}.get(
            there, f"{there} of the 40 runs have"
        )
        assert scene.sentences[t].endswith(f"{count} reached 90{SPACE}%.")
    assert (
        "wait with fewer than three voices, and it takes three." in ring(threshold_count=3, noise=0.05)[2].sentences[5]
    )
    assert "1 waits with one voice" in diamond().sentences[4]
    assert diamond(runs=1).sentences[4].endswith("This is one run.")


def test_shortcuts_are_the_ties_that_leave_the_neighbourhood():
    _, _, scene = ring(rewired=0.1)
    far = [1 for u, v in scene.ties.named_pairs() if min(v - u, 300 - (v - u)) > 2]
    assert f"{len(far)} of 600 ties are shortcuts across the ring." in scene.sentences[0]
    assert 30 < len(far) < 90  # 600 ties, one in ten moved: 60, give or take four standard errors


def test_people_of_a_network_have_their_names_and_places():
    case = tertius.load("manufacturing_vp")
    model = ComplexContagion(case, placed="circle")
    scene = adoption(*show(model, 5, runs=8, seed=1), people=case)
    assert scene.labels[scene.ego] == "VP"
    assert len(set(scene.groups)) == 6
    places = np.zeros((151, 2))
    assert adoption(*show(model, 5, runs=8, seed=1), positions=places).positions is places


def test_the_pictures_hold_everybody_and_every_tie():
    _, _, scene = ring()
    ax = network(scene, 3)
    lines, points = ax.collections[:2], ax.collections[2:]
    assert [len(one.get_paths()) for one in lines] == np.bincount(scene.links[3], minlength=2).tolist()
    assert [len(one.get_offsets()) for one in points] == np.bincount(scene.people[3], minlength=5).tolist()
    np.testing.assert_array_equal(curve(scene, 3).get_lines()[1].get_ydata(), scene.curve.run)


def test_the_table_counts_people_by_look():
    _, _, scene = ring()
    head, *rows = figure(scene, 3).table
    assert head[1:6] == tuple(f"people {look.name}" for look in PERSON_LOOKS)
    (row,) = [row for row in rows if row[0] == "3"]
    assert row[1:6] == tuple(map(str, np.bincount(scene.people[3], minlength=5)))


def test_shapes_and_colours_tell_people_apart():
    assert len({look.shape for look in PERSON_LOOKS}) == len({look.colour for look in PERSON_LOOKS}) == 5


# Places around a ring


@pytest.mark.parametrize("n", [1, 2, 3, 60, 100, 101, 300, 1000])
@pytest.mark.parametrize("aspect", [0.5, 1, 1.3])
def test_a_ring_is_walked_in_even_steps_and_stays_inside_the_picture(n, aspect):
    places = around_a_ring(n, aspect=aspect)
    assert (places >= 0).all()
    assert (places <= (aspect, 1)).all()
    assert places[0].tolist() == [pytest.approx(aspect / 2, abs=1e-3), 1]
    rows = min(-(-n // 100), 4)
    if n >= 60 * rows:
        outer = places[::rows]
        apart = np.linalg.norm(np.diff(outer, axis=0), axis=1)
        assert apart.max() < 1.1 * apart.min()
        # In order, clockwise: the angle from the middle only grows.
        angle = np.unwrap(np.arctan2(outer[:, 0] - aspect / 2, outer[:, 1] - 0.5))
        assert (np.diff(angle) > 0).all()
        assert 0.9 * 2 * np.pi < angle[-1] - angle[0] < 2 * np.pi


def test_on_a_crowded_ring_neighbours_stand_in_different_rows():
    places = around_a_ring(300)
    apart = np.linalg.norm(places[:, None] - places[None], axis=2) + 9 * np.eye(300)
    side_by_side = np.linalg.norm(np.diff(around_a_ring(300, aspect=1.3)[::3], axis=0), axis=1).min()
    # In one row 300 people would stand a third as far apart as those of one row do now.
    assert apart.min() > 0.6 * side_by_side


def test_a_ring_of_nobody_and_a_ring_without_shape():
    assert around_a_ring(0).shape == (0, 2)
    with pytest.raises(ParameterError, match="aspect is -1"):
        around_a_ring(3, aspect=-1)


def test_a_network_without_shortcuts_keeps_its_layout():
    ties = Ties.of(nx.karate_club_graph())
    scene = adoption(*show(ComplexContagion(ties), 2, runs=2, seed=1))
    np.testing.assert_array_equal(scene.positions, tertius.draw.layout(ties))
