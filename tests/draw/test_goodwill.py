"""Pictures of goodwill: both rhythms side by side, with the same needs and hours."""

from dataclasses import replace

import numpy as np
import pytest

from tertius.draw import chart, figure, goodwill_rhythms, needs_met_by_fade
from tertius.draw.goodwill import AMBASSADOR, ASKED, COOLER, PERSON_LOOKS, QUIET, TENDED, TIE_LOOKS, WARMER, YOU
from tertius.errors import ParameterError
from tertius.models import Goodwill
from tertius.simulate import ensemble, show

SPACE = "\N{NO-BREAK SPACE}"


def scene_of(curve="lead", runs=40, **how):
    both = show(Goodwill(**how), 24, runs=runs, seed=1)
    return (*both, goodwill_rhythms(*both, curve=curve))


def ensembles(**how):
    return [ensemble(Goodwill(rhythm, **how), 24, runs=40, seed=1) for rhythm in ("steady", "in need")]


@pytest.mark.parametrize("rhythm", ["steady", "in need"])
def test_both_rhythms_stand_side_by_side_whichever_was_played(rhythm):
    how = {"contacts": 3, "relevant": 2, "fade": 0.1, "hours": 60}
    run, _, scene = scene_of(rhythm=rhythm, **how)
    assert scene.labels[:3] == ("you", "steady 1", "steady 2")
    x = scene.positions[:, 0]
    assert (x[1:4] < x[0]).all()
    assert (x[4:] > x[0]).all()
    for side, name in enumerate(("steady", "in need")):
        one, _ = show(replace(run.model, rhythm=name), 24, runs=1, seed=1)
        for t, state in enumerate(one.states):
            marks = scene.people[t, 1 + 3 * side : 4 + 3 * side]
            expected = [AMBASSADOR if g >= 0.6 else WARMER if g >= 0.3 else COOLER for g in state.goodwill]
            assert marks.tolist() == expected
            lines = scene.links[t, 3 * side : 3 + 3 * side]
            told = [ASKED if a else TENDED if h else QUIET for a, h in zip(state.asked, state.touched, strict=True)]
            assert lines.tolist() == told
    assert (scene.people[:, 0] == YOU).all()
    assert {QUIET, TENDED, ASKED} == set(scene.links.ravel().tolist())


def test_the_lead_is_that_of_the_same_run_in_both_rhythms():
    _, _, scene = scene_of()
    steady, in_need = (runs["needs_met"] for runs in ensembles())
    lead = steady - in_need
    np.testing.assert_allclose(scene.curve.run, lead[:, 0], atol=1e-12)
    for part, q in ((scene.curve.low, 0.05), (scene.curve.middle, 0.5), (scene.curve.high, 0.95)):
        np.testing.assert_allclose(part, np.quantile(lead, q, axis=1), atol=1e-12)
    low, high = scene.curve.limits
    assert low == -high
    assert high >= abs(np.array([scene.curve.low, scene.curve.high, scene.curve.run])).max()


def test_the_goodwill_of_both_can_be_drawn_instead():
    _, _, scene = scene_of("goodwill", rhythm="in need")
    steady, in_need = (runs["goodwill"] for runs in ensembles())
    np.testing.assert_allclose(scene.curve.run, steady[:, 0], atol=1e-12)
    np.testing.assert_allclose(scene.curve.middle, np.median(in_need, axis=1), atol=1e-12)
    assert scene.curve.names[1] == "only in need: median of 40 runs"
    with pytest.raises(ParameterError, match="did you mean 'lead'"):
        scene_of("leads")


def test_the_sentence_counts_needs_and_who_is_ahead():
    run, _, scene = scene_of()
    steady, in_need = (runs["needs_met"][24] for runs in ensembles())
    needs = int(run.states[0].needs.sum())
    ahead = int((steady > in_need).sum()), int((steady < in_need).sum())
    assert scene.sentences[0] == (
        "Month 0: no needs so far. Goodwill is 0.30 with steady contact and 0.30 with contact only in need."
    )
    assert scene.sentences[24].startswith(f"Month 24: {needs} needs so far.")
    assert scene.sentences[24].endswith(f"Of 40 runs steady is ahead in {ahead[0]}, in need in {ahead[1]}.")
    assert f"Expected to be met: {steady[0]:.2f} and {in_need[0]:.2f}." in scene.sentences[24]
    assert len(figure(scene, 24).table) == 8


def test_the_chart_shows_where_the_rhythms_cross():
    shown = needs_met_by_fade([0.3, 0.05, 0.1], runs=40)
    assert shown.x.tolist() == [0.05, 0.1, 0.3]
    for line, rhythm in zip(shown.lines, ("steady", "in need"), strict=True):
        expected = [
            ensemble(Goodwill(rhythm, fade=fade), 24, runs=40, seed=1)["needs_met"][-1].mean() for fade in shown.x
        ]
        np.testing.assert_allclose(line.y, expected, atol=1e-12)
    assert shown.sentence.endswith(f"Steady contact meets more up to a loss of 10{SPACE}% a month.")
    assert needs_met_by_fade([0.5], runs=5).sentence.endswith(
        "Contact only in need meets at least as many at every rate."
    )
    assert needs_met_by_fade([0.0], runs=5).sentence.endswith("Steady contact meets more at every rate.")
    assert [line.get_linestyle() for line in chart(shown).get_lines()] == ["-", "--"]
    with pytest.raises(ParameterError, match="fades is empty"):
        needs_met_by_fade([])


def test_shapes_and_lines_differ_where_colours_do():
    assert len({look.shape for look in PERSON_LOOKS}) == len(PERSON_LOOKS)
    assert len({look.line for look in TIE_LOOKS}) == len(TIE_LOOKS)
