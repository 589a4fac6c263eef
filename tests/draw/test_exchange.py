"""Pictures of ways to meet: who learned, who met, and how the ways compare."""

import numpy as np
import pytest

from tertius.draw import chart, exchange, figure, formats_compared
from tertius.draw.exchange import (
    GIVES,
    GIVES_LEARNED,
    HOST,
    MET,
    NEW,
    OWN,
    PERSON_LOOKS,
    RIDES,
    RIDES_LEARNED,
    STRANGERS,
    TIE_LOOKS,
)
from tertius.errors import ParameterError
from tertius.models import Exchange
from tertius.simulate import ensemble, show

SPACE = "\N{NO-BREAK SPACE}"


def scene_of(way="roundtable", curve="learned", runs=40, **how):
    both = show(Exchange(way, **how), 12, runs=runs, seed=1)
    return (*both, exchange(*both, curve=curve))


@pytest.mark.parametrize(
    ("way", "curve"), [("roundtable", "learned"), ("forum", "member_ties"), ("newsletter", "learned")]
)
def test_the_scene_is_the_run(way, curve):
    run, many, scene = scene_of(way, curve, free_riders=0.25)
    pairs = [(i, j) for i in range(24) for j in range(i + 1, 24)]
    assert scene.ties.named_pairs() == [(0, k + 1) for k in range(24)] + [(i + 1, j + 1) for i, j in pairs]
    for t, state in enumerate(run.states):
        before = run.states[max(t - 1, 0)]
        learned = state.knows[:24].sum(axis=1) > before.knows[:24].sum(axis=1)
        kinds = {(False, False): GIVES, (False, True): GIVES_LEARNED, (True, False): RIDES, (True, True): RIDES_LEARNED}
        marks = [kinds[bool(r), bool(new)] for r, new in zip(state.is_rider, learned, strict=True)]
        assert scene.people[t].tolist() == [HOST, *marks]
        lines = [
            STRANGERS if not now else NEW if t and not old else MET
            for now, old in zip(state.tied, before.tied, strict=True)
        ]
        assert scene.links[t].tolist() == [OWN] * 24 + lines
    np.testing.assert_array_equal(scene.curve.run, run[curve])
    np.testing.assert_allclose(scene.curve.high, np.quantile(many[curve], 0.95, axis=1), atol=1e-12)
    assert scene.curve.limits[1] >= scene.curve.high.max()
    assert scene.groups[1::6] == ("field A", "field B", "field C", "field D")


def test_the_sentence_tells_all_four_results():
    run, many, scene = scene_of()
    low, high = many.quantile("learned", (0.05, 0.95))[:, 12]
    learned, back, pairs, size = (run[name][12] for name in ("learned", "ideas_back", "member_ties", "effective_size"))
    assert scene.sentences[12] == (
        f"Month 12: after 96 of the host's hours a member has learned {learned:.1f} pieces, {back} came back to the "
        f"host, {pairs} pairs of members have met; the host's effective size is {size:.1f}. In 9 of 10 runs what a "
        f"member learned lies between {low:.1f} and {high:.1f}."
    )
    assert len(figure(scene, 12).table) == 8
    with pytest.raises(ParameterError, match="did you mean 'learned'"):
        scene_of(curve="learnt")


def test_the_ways_compared_are_means_of_the_runs():
    shown = formats_compared(runs=40)
    ways = ("one-to-one", "roundtable", "newsletter", "forum")
    assert [row[0] for row in shown.table()] == ["way to meet", *ways]
    for line, name in zip(shown.lines, ("learned", "ideas_back", "member_ties"), strict=True):
        ends = np.array([ensemble(Exchange(way), 12, runs=40, seed=1).mean(name)[-1] for way in ways])
        np.testing.assert_allclose(line.y, ends / ends.max(), atol=1e-12)
    learned = ensemble(Exchange("roundtable"), 12, runs=40, seed=1).mean("learned")[-1]
    assert shown.sentence.startswith(f"Mean of 40 runs: members learn most with roundtable ({learned:.1f} pieces)")
    assert "most comes back to the host with one-to-one" in shown.sentence
    assert shown.notes[2].endswith("0.0 back, 0.0 pairs, effective size 24.0")
    assert len(chart(shown).get_lines()) == 3
    assert (formats_compared(["newsletter"], runs=5).lines[1].y == 0).all()
    with pytest.raises(ParameterError, match="ways is empty"):
        formats_compared([])
    with pytest.raises(ParameterError, match="did you mean 'forum'"):
        formats_compared(["forums"])


def test_shapes_and_lines_differ_where_colours_do():
    assert len({look.shape for look in PERSON_LOOKS}) == 5
    assert len({look.line for look in TIE_LOOKS}) == 4
