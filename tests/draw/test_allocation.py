"""Pictures of divided hours: the star's share, and what several ways to divide bring."""

import numpy as np
import pytest

from tertius.draw import allocation_curves, chart, figure, star_share
from tertius.draw.allocation import LITTLE, MUCH, NOTHING, PERSON_LOOKS, TIE_LOOKS
from tertius.errors import ParameterError
from tertius.models import Allocation, StarShare
from tertius.simulate import show

SPACE = "\N{NO-BREAK SPACE}"


def scene_of(**how):
    both = show(StarShare(**how), 50, runs=40, seed=1)
    return (*both, star_share(*both))


def test_lines_say_how_much_time_everybody_gets():
    _, _, scene = scene_of()
    assert scene.labels[:3] == ("you", "star", "1")
    for t, row in enumerate(scene.links.tolist()):
        star, other = 10 * t / 50, 10 * (1 - t / 50) / 9
        assert row[0] == (MUCH if star >= 1 else LITTLE if star else NOTHING)
        assert row[1:] == [MUCH if other >= 1 - 1e-9 else LITTLE if other > 1e-9 else NOTHING] * 9


def test_the_curve_is_expected_and_the_area_reaches_from_without_the_star_to_with():
    _, many, scene = scene_of(leaves=0.3)
    share = np.arange(51) / 50
    rest = np.sqrt(9 * (1 - share) * 10)
    np.testing.assert_allclose(scene.curve.low, rest, atol=1e-9)
    np.testing.assert_allclose(scene.curve.high, rest + 4 * np.sqrt(10 * share), atol=1e-9)
    np.testing.assert_allclose(scene.curve.run, rest + 2.8 * np.sqrt(10 * share), atol=1e-9)
    np.testing.assert_allclose(scene.curve.middle, many.mean("value"), atol=1e-12)
    assert scene.curve.limits[1] >= scene.curve.high.max()
    assert abs(scene.times[scene.curve.run.argmax()] - 0.466) <= 0.01


def test_the_sentence_tells_the_best_share():
    _, _, scene = scene_of()
    assert scene.sentences[32].replace(SPACE, " ") == (
        "64 % of 10 hours for the star: 15.81 to be expected, 5.69 if the star leaves. "
        "The best share is 64 %, which brings 15.81."
    )
    assert f"The best share is 47{SPACE}%" in scene_of(leaves=0.3)[2].sentences[0]
    assert len(figure(scene, 50).table) == 8


def plan(**how):
    holds = {"a": [1, 2, 3], "b": [3, 4], "c": [5]}
    return Allocation({"a": 0.9, "b": 0.8, "c": 0.5}, {"reach": holds}, **how)


@pytest.mark.parametrize("minimum", [0, 3])
def test_the_best_division_is_never_below_the_others(minimum):
    shown = allocation_curves(plan(minimum=minimum), 8)
    best, even, one = (line.y for line in shown.lines)
    assert (best >= even - 1e-12).all()
    assert (best >= one - 1e-12).all()
    assert shown.x.tolist() == list(range(9))
    assert one[8] == pytest.approx(max(plan(minimum=minimum).value({j: 8}) for j in "abc"), abs=1e-12)
    assert even[8] == pytest.approx(plan(minimum=minimum).value({"a": 3, "b": 3, "c": 2}), abs=1e-12)
    assert shown.table()[-1][-1] == "every division tried"


def test_the_sentence_compares_the_ways_to_divide():
    shown = allocation_curves(plan(), 8)
    best, even, one = (line.y[8] for line in shown.lines)
    assert shown.sentence == (
        f"With 8 hours the best division found goes to 3 of 3 contacts; an even one brings "
        f"{100 * even / best:.0f}{SPACE}% of it, all on one {100 * one / best:.0f}{SPACE}%."
    )
    assert len(chart(shown).get_lines()) == 3
    with pytest.raises(ParameterError, match="No division of these hours brings anything"):
        allocation_curves(plan(minimum=5), 2)
    with pytest.raises(ParameterError, match="units is 0"):
        allocation_curves(plan(), 0)


def test_shapes_and_lines_differ_where_colours_do():
    assert len({look.shape for look in PERSON_LOOKS}) == 3
    assert len({look.line for look in TIE_LOOKS}) == 3
