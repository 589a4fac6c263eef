"""The picture of what each contact brings: where they stand, what they told, and where the formula has its peak."""

import numpy as np
import pytest

from tertius.draw import curve, figure, network, tie_news
from tertius.draw.novelty import (
    LITTLE,
    LOOKED_AT,
    MUCH,
    NOW_AND_THEN,
    OFTEN,
    PERSON_LOOKS,
    SELDOM,
    SOME,
    TIE_LOOKS,
    YOU,
)
from tertius.models import TieNews, best_difference, expected_news
from tertius.simulate import show

SPACE = "\N{NO-BREAK SPACE}"


def scene_of(steps=260, runs=40, **how):
    both = show(TieNews(**how), steps, runs=runs, seed=1)
    return (*both, tie_news(*both))


def test_the_slider_goes_from_the_closest_contact_to_the_furthest():
    _, _, scene = scene_of()
    np.testing.assert_allclose(scene.times, np.linspace(0, 1, 21), atol=1e-12)
    assert scene.labels[:3] == ("you", f"0{SPACE}%", f"5{SPACE}%")
    assert scene.ego == 0
    assert scene.ties.named_pairs() == [(0, k) for k in range(1, 22)]
    for k, row in enumerate(scene.links):
        assert np.flatnonzero(row == LOOKED_AT).tolist() == [k]


def test_the_further_to_the_right_the_more_different():
    _, _, scene = scene_of(n_ties=11)
    x = scene.positions[:, 0]
    np.testing.assert_allclose(np.diff(x[1:]), x[2] - x[1], atol=1e-12)
    assert x[0] < x[1]
    apart = np.linalg.norm(scene.positions[:, None] - scene.positions[None], axis=2) + 9 * np.eye(12)
    assert apart.min() > 0.1


@pytest.mark.parametrize("how", [{}, {"refresh": 0.2}, {"loss": 0.5, "refresh": 0.5}, {"loss": 6}])
def test_the_curve_is_what_the_contacts_brought_beside_the_formula(how):
    run, many, scene = scene_of(**how)
    np.testing.assert_array_equal(scene.curve.run, run.states[-1].items / 260)
    np.testing.assert_allclose(scene.curve.middle, expected_news(scene.times, **how), atol=1e-12)
    last = np.array([many[f"news_{k}"][-1] for k in range(21)])
    np.testing.assert_allclose(scene.curve.low, np.quantile(last, 0.05, axis=1), atol=1e-12)
    np.testing.assert_allclose(scene.curve.high, np.quantile(last, 0.95, axis=1), atol=1e-12)
    assert scene.curve.names == ("this run", "the formula", "90 % of 40 runs")
    low, high = scene.curve.limits
    assert low == 0
    parts = (scene.curve.run, scene.curve.low, scene.curve.middle, scene.curve.high)
    assert max(part.max() for part in parts) <= high <= 1
    assert curve(scene, 3).get_ylim()[1] >= high


def test_marks_and_lines_say_how_much_and_how_often():
    run, _, scene = scene_of()
    state = run.states[-1]
    share = state.items / state.items.max()
    wanted = [YOU, *(MUCH if s > 2 / 3 else SOME if s >= 1 / 3 else LITTLE for s in share.tolist())]
    assert (scene.people == wanted).all()
    touch = state.contacts / 260
    often = [OFTEN if s > 0.5 else NOW_AND_THEN if s >= 0.2 else SELDOM for s in touch.tolist()]
    for k, row in enumerate(scene.links.tolist()):
        assert [code for j, code in enumerate(row) if j != k] == [code for j, code in enumerate(often) if j != k]
    # With λ = 2.5 the contact at 40 % brings most, and those at the two ends little.
    assert (scene.people[0][1], scene.people[0][9], scene.people[0][21]) == (LITTLE, MUCH, LITTLE)


def test_while_nobody_has_told_anything_nobody_brings_much():
    _, _, scene = scene_of(steps=0)
    assert (scene.people[:, 1:] == LITTLE).all()
    assert (scene.curve.run == 0).all()


@pytest.mark.parametrize(
    ("how", "peak"),
    [
        # Exact: best x = 1/λ − ρ/(1 − ρ), clipped to [0, 1]
        ({}, "most, 0.15, at a difference of 40"),
        ({"refresh": 0.2}, "most, 0.22, at a difference of 15"),
        ({"loss": 0.5}, "most, 0.61, at a difference of 100"),
        ({"loss": 6, "refresh": 0.5}, "most, 0.50, at a difference of 0"),
    ],
)
def test_every_sentence_tells_the_peak(how, peak):
    _, _, scene = scene_of(**how)
    assert all(sentence.endswith(f"It expects {peak}{SPACE}%.") for sentence in scene.sentences)
    best = best_difference(**how)
    assert f"at a difference of {100 * best:.0f}{SPACE}%" in scene.sentences[0]


def test_the_sentence_tells_what_the_contact_told():
    run, _, scene = scene_of()
    state = run.states[-1]
    assert scene.sentences[8].startswith(
        f"40{SPACE}% of this contact's world is not yours. In 260 steps they were in touch {state.contacts[8]} times "
        f"and told {state.items[8]} new things: {state.items[8] / 260:.2f} a step, where the formula expects 0.15."
    )


def test_the_pictures_hold_every_contact():
    _, _, scene = scene_of()
    ax = network(scene, 8)
    lines, points = ax.collections[:4], ax.collections[4:8]
    assert [len(one.get_paths()) for one in lines] == np.bincount(scene.links[8], minlength=4).tolist()
    assert [len(one.get_offsets()) for one in points] == np.bincount(scene.people[8], minlength=4).tolist()
    head, *rows = figure(scene, 8).table
    assert head[-4:] == ("this run", "90 % of 40 runs, from", "the formula", "90 % of 40 runs, to")
    assert rows[0][0] == f"0{SPACE}%"


def test_shapes_and_lines_differ_where_colours_do():
    assert len({look.shape for look in PERSON_LOOKS}) == 4
    assert len({(look.colour, look.line) for look in TIE_LOOKS}) == 4
