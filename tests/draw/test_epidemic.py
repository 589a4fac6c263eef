"""The picture of an epidemic: who can catch it and from whom, how many of each, and what the sentences count."""

import networkx as nx
import numpy as np
import pytest

from tertius.draw import chart, epidemic, epidemic_shares, figure, network
from tertius.draw.epidemic import INFECTIOUS, NEW, PERSON_LOOKS, RECOVERED, SUSCEPTIBLE
from tertius.errors import ParameterError
from tertius.models import SIR, ContinuousSIR, Crowd
from tertius.simulate import ensemble, show

RING = nx.relabel_nodes(nx.cycle_graph(9), dict(enumerate("ABCDEFGHI")))
ARROWS = nx.DiGraph([("A", "B"), ("B", "C"), ("C", "A"), ("D", "A"), ("B", "E")])


def scene_of(model, steps=25, runs=40, seed=1):
    both = show(model, steps, runs=runs, seed=seed)
    return (*both, epidemic(*both))


@pytest.mark.parametrize(
    "model",
    [SIR(RING, 0.5, 0.3), SIR(ARROWS, 0.6, 0.3, ["A"]), SIR(RING, 0.5, 0), ContinuousSIR(RING, 0.7, 0.4, 0.5)],
    ids=["ring", "arrows", "nobody recovers", "continuous"],
)
def test_the_scene_is_the_run(model):
    run, many, scene = scene_of(model)
    state, n, before = run.states[0], len(model.ties), None
    for t, codes in enumerate(scene.people):
        now = t * model.step_length
        for i, code in enumerate(codes):
            if state.caught[i] > now:
                assert code == SUSCEPTIBLE
            elif state.recovers[i] <= now:
                assert code == RECOVERED
            else:
                is_new = t == 0 or before[i] == SUSCEPTIBLE
                assert code == (NEW if is_new else INFECTIOUS)
        before = codes
        infectious = np.isin(codes, (NEW, INFECTIOUS))
        assert infectious.sum() / n == pytest.approx(run["infectious_share"][t])
        assert (codes == SUSCEPTIBLE).sum() / n == pytest.approx(run["susceptible_share"][t])
        for u, v, link in zip(*scene.ties.pairs, scene.links[t], strict=True):
            passes = infectious[u] and codes[v] == SUSCEPTIBLE
            passes |= not model.ties.directed and infectious[v] and codes[u] == SUSCEPTIBLE
            assert link == passes
        assert scene.times[t] == pytest.approx(now)
    np.testing.assert_allclose(scene.curve.low, np.quantile(many["infectious_share"], 0.05, axis=1))
    assert scene.links.any()


def test_the_sentences_count():
    _, _, scene = scene_of(SIR(nx.path_graph(3), 1, 1, [0]), 3, runs=1)
    assert [sentence.replace("\N{NO-BREAK SPACE}", " ") for sentence in scene.sentences] == [
        "Step 0: 1 of 3 people is infectious (33 %); 0 recovered, 2 can still catch it. This is one run.",
        "Step 1: 1 of 3 people is infectious (33 %); 1 caught it just now; 1 recovered, 1 can still catch it. "
        "This is one run.",
        "Step 2: 1 of 3 people is infectious (33 %); 1 caught it just now; 2 recovered, 0 can still catch it. "
        "This is one run.",
        "Step 3: it is over; 3 of 3 people recovered, and 0 never caught it. This is one run.",
    ]
    _, _, continuous = scene_of(ContinuousSIR(RING, 1, 1, 0.5), 3)
    assert continuous.sentences[3].startswith("Time 1.5: ")


def test_looks_differ_by_shape_and_the_picture_has_a_table():
    _, _, scene = scene_of(SIR(RING, 0.5, 0.3))
    assert len({look.shape for look in PERSON_LOOKS}) == 4
    assert len({look.colour for look in PERSON_LOOKS}) == 4
    legend = [text.get_text() for text in network(scene, 3).get_legend().get_texts()]
    assert {"can catch it", "recovered", "it can pass here"} <= set(legend)
    shown = figure(scene, 3)
    assert shown.sentence == scene.sentences[3]
    assert shown.table[0][1:5] == (
        "people can catch it", "people caught it just now", "people infectious", "people recovered"
    )  # fmt: skip


def test_shares_are_the_middle_and_the_band_of_all_runs():
    many = ensemble(ContinuousSIR(RING, 0.7, 0.4, 0.5), 40, runs=50, seed=1)
    shown = epidemic_shares(many)
    assert shown.x[[0, -1]].tolist() == [0, 20]
    steps = (shown.x / 0.5).round().astype(int)
    for line, name in zip(shown.lines, ("susceptible", "infectious", "recovered"), strict=True):
        low, middle, high = np.quantile(many[f"{name}_share"][steps], (0.05, 0.5, 0.95), axis=1)
        for part, wanted in ((line.low, low), (line.y, middle), (line.high, high)):
            np.testing.assert_allclose(part, wanted, atol=1e-12)
    assert len({(line.line, line.marker) for line in shown.lines}) == 3
    assert len(chart(shown).collections) == 3  # the bands
    mean, top = many.mean("infectious_share"), many.mean("infectious_share").argmax()
    said = shown.sentence.replace("\N{NO-BREAK SPACE}", " ")
    assert said.startswith(
        f"On average the most are infectious at time {top / 2:g}, {100 * mean[top]:.0f} %. By time 20"
    )
    assert f"{100 * many['susceptible_share'][-1].mean():.0f} % have not caught it" in said
    low, middle, high = (
        f"{100 * part[-1]:.0f} %" for part in (shown.lines[0].low, shown.lines[0].y, shown.lines[0].high)
    )
    assert figure(shown).table[-1][1].replace("\N{NO-BREAK SPACE}", " ") == f"{middle} ({low} to {high})"


def test_other_models_have_no_such_shares():
    with pytest.raises(ParameterError, match="Nothing called 'susceptible_share'"):
        epidemic_shares(ensemble(Crowd(thresholds=[0, 1]), 2, runs=2, seed=1))
