"""Pictures of ties that fade: what is left in a run, what each rule keeps, and what silence is worth."""

import numpy as np
import pytest

from tertius.draw import chart, dormant_ties, figure, tie_decay, ties_left_by_rule
from tertius.draw.decay import BRIDGE, CLOSE, GONE, LOST, LOST_NOW, PERSON_LOOKS, TENDED, TIE_LOOKS, UNTENDED, YOU
from tertius.errors import ParameterError
from tertius.models import TieDecay, dormant_value
from tertius.simulate import show


def scene_of(curve="bridging", runs=40, **how):
    both = show(TieDecay(**how), 24, runs=runs, seed=1)
    return (*both, tie_decay(*both, curve=curve))


@pytest.mark.parametrize("curve", ["bridging", "close"])
def test_the_scene_is_the_run(curve):
    run, many, scene = scene_of(curve, tended="mixed")
    spent = run.model.spent
    for t, state in enumerate(run.states):
        before = run.states[max(t - 1, 0)].alive
        assert scene.people[t, 0] == YOU
        for k in range(30):
            kind = BRIDGE if k < 10 else CLOSE
            assert scene.people[t, k + 1] == (kind if state.alive[k] else LOST_NOW if before[k] else LOST)
            assert scene.links[t, k] == ((TENDED if spent[k] else UNTENDED) if state.alive[k] else GONE)
    np.testing.assert_array_equal(scene.curve.run, run[curve])
    np.testing.assert_allclose(scene.curve.low, np.quantile(many[curve], 0.05, axis=1), atol=1e-12)
    assert scene.curve.limits == (0, 10 if curve == "bridging" else 20)


def test_other_circles_stand_on_the_right_and_nobody_on_somebody():
    _, _, scene = scene_of(bridging=9, close=17)
    x = scene.positions[:, 0]
    assert x[1:10].min() > x[0] > x[10:].max()
    apart = np.linalg.norm(scene.positions[:, None] - scene.positions[None], axis=2) + 9 * np.eye(27)
    assert apart.min() > 0.05


def test_the_sentence_counts_both_kinds():
    run, many, scene = scene_of()
    assert scene.sentences[0] == (
        "Month 0: 10 of 10 ties to other circles and 20 of 20 close ties are left, with 10 hours a month."
    )
    left = f"Month 24: {run['bridging'][24]} of 10 ties to other circles and {run['close'][24]} of 20 close ties"
    assert scene.sentences[24].startswith(left)
    (low, high), (least, most) = (many.quantile(kind, (0.05, 0.95))[:, 24] for kind in ("bridging", "close"))
    told = f"On average 0.5 and 11.8; in 9 of 10 runs {low:.0f} to {high:.0f} and {least:.0f} to {most:.0f}."
    assert scene.sentences[24].endswith(told)
    assert "On average" not in scene_of(runs=1)[2].sentences[5]
    assert len(figure(scene, 24).table) == 8
    with pytest.raises(ParameterError, match="curve is 'both'"):
        scene_of("both")


def test_rules_compared():
    shown = ties_left_by_rule(24)

    np.testing.assert_allclose(shown.lines[0].y, [0.5, 1.6, 2.8, 5.2], atol=0.05)
    assert (np.diff(shown.lines[1].y) < 0).all()
    assert shown.sentence == (
        "With the same hours, bridges keeps most ties to other circles (5.2), favourites most close ones (11.8)."
    )
    assert [row[0] for row in shown.table()] == ["rule", "favourites", "equal", "mixed", "bridges"]
    assert len(chart(shown).get_lines()) == 2
    with pytest.raises(ParameterError, match="did you mean 'equal'"):
        ties_left_by_rule(rules=["equel"])


def test_silence_charted():
    shown = dormant_ties()
    np.testing.assert_allclose(shown.lines[0].y, dormant_value(np.linspace(0, 12, 25)), atol=1e-12)
    assert shown.lines[1].y[0] == pytest.approx(0.2)
    assert shown.lines[2].y[0] == pytest.approx(0.16)
    assert shown.sentence.startswith("Worth most after 2.8 years (0.57).")  # 2 ln(.8 · 5) = 2.77
    assert dormant_ties(overlap=0.1).sentence == (
        "Worth most while in touch, and less each year after. A dormant contact is worth more than either tie kept up "
        "at no length of silence here."
    )


def test_shapes_and_lines_differ_where_colours_do():
    assert len({look.shape for look in PERSON_LOOKS}) == 5
    assert len({look.line for look in TIE_LOOKS}) == 3
