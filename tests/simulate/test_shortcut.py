"""A model may measure many blocks at once: the numbers are those of its steps, and a changed rule has no shortcut."""

from dataclasses import dataclass

import networkx as nx
import numpy as np
import pytest

from tertius.errors import ModelError
from tertius.models import SIR, ContinuousSIR, IndependentCascade, LinearThreshold, ThresholdCascade
from tertius.simulate import engine, ensemble, show

graph = nx.barabasi_albert_graph(150, 2, seed=1)
ring = nx.cycle_graph(60)
MODELS = {
    "news": IndependentCascade(graph, 0.2, 2),
    "news on a ring": IndependentCascade(ring, 0.95, 2, "friend"),
    "news, fast luck": IndependentCascade(graph, 0.04, 2, luck="fast"),
    "news, tie by tie": IndependentCascade(graph, np.linspace(0, 0.08, 296), 2, luck="fast"),
    "contacts' weight": LinearThreshold(graph, 0.9, initial_adopters=3),
    "thresholds": ThresholdCascade(graph, 0.3, 2),
    "drawn thresholds": ThresholdCascade(graph, None, 2),
    "thresholds on a ring": ThresholdCascade(ring, 0.4, 1),
    "an illness": SIR(graph, 0.2, 0.3, 2),
    "an illness for good": SIR(graph, 0.1, 0, 1),
    "an illness at any time": ContinuousSIR(graph, 0.2, 0.3, 0.7, 2),
}


def stepwise(monkeypatch, *what, **how):
    with monkeypatch.context() as patch:
        patch.setattr(engine, "_has_shortcut", lambda kind: False)
        return ensemble(*what, **how)


@pytest.mark.parametrize("name", MODELS)
@pytest.mark.parametrize("ends", [False, True])
def test_what_is_measured_at_once_is_what_the_steps_show(name, ends, monkeypatch):
    model = MODELS[name]
    assert engine._has_shortcut(type(model))
    until = model.is_settled if ends else None
    slow = stepwise(monkeypatch, model, 70, runs=200, seed=4, until=until)
    quick = ensemble(model, 70, runs=200, seed=4, until=until)
    assert quick.names == slow.names
    for name in slow.names:
        np.testing.assert_array_equal(quick[name], slow[name])
    np.testing.assert_array_equal(quick.stopped, slow.stopped)
    run, many = show(model, 70, runs=200, seed=4, until=until)
    for name in slow.names:
        np.testing.assert_array_equal(many[name], slow[name])
        np.testing.assert_array_equal(run[name], slow[name][: run.steps + 1, 0])


@pytest.mark.parametrize("steps", [0, 1, 3])
def test_steps_that_end_early_are_measured_as_far_as_they_go(steps, monkeypatch):
    for model in MODELS.values():
        until = model.is_settled
        slow = stepwise(monkeypatch, model, steps, runs=70, seed=4, until=until)
        quick = ensemble(model, steps, runs=70, seed=4, until=until)
        for name in slow.names:
            np.testing.assert_array_equal(quick[name], slow[name])
        np.testing.assert_array_equal(quick.stopped, slow.stopped)


def test_a_condition_of_the_users_own_is_met_step_by_step():
    model = MODELS["news"]

    def until(state):
        return state.adopted >= 10

    many = ensemble(model, 30, runs=100, seed=1, until=until)
    free = ensemble(model, 30, runs=100, seed=1)["adopted_share"] * 150
    for run, stop in enumerate(many.stopped.tolist()):
        there = np.flatnonzero(free[:, run] >= 9.5)
        assert stop == (there[0] if len(there) else 30)


def test_a_model_that_changes_a_rule_of_its_parent_is_played_by_its_own():
    @dataclass(frozen=True, eq=False)
    class Slower(IndependentCascade):
        def step(self, state, t, rng):
            return state if t % 2 else super().step(state, t, rng)

    @dataclass(frozen=True, eq=False)
    class Renamed(IndependentCascade):
        """The same rules."""

    assert not engine._has_shortcut(Slower)
    assert engine._has_shortcut(Renamed)
    slow, quick = (ensemble(kind(ring, 1, [0]), 10, runs=3, seed=1)["adopted_share"] for kind in (Slower, Renamed))
    np.testing.assert_array_equal(slow[::2], quick[:6])


def test_a_shortcut_must_measure_each_step_of_each_run():
    class Odd:
        streams = ()

        def measure(self, rngs, steps):
            return {"share": np.zeros((steps, 64 * len(rngs)))}, np.zeros(64 * len(rngs))

    with pytest.raises(ModelError, match=r"Odd\.measure returned 'share' with shape \(5, 64\); .* needed: \(6, 64\)"):
        ensemble(Odd(), 5, runs=3, seed=1)


def test_blocks_are_shared_out_among_workers():
    class Wide:
        blocks_at_once = 8

        def measure(self, rngs, steps):
            """Never called."""

    assert [len(group) for group in engine.grouped(Wide(), range(20))] == [8, 8, 4]
    assert [len(group) for group in engine.grouped(Wide(), range(4), n_jobs=2)] == [2, 2]
    assert [len(group) for group in engine.grouped(object(), range(3))] == [1, 1, 1]
