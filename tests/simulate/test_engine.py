"""The protocol of the simulation engine; each property of design is a test."""

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tertius.errors import ModelError, ParameterError
from tertius.simulate import BLOCK, Model, Streams, ensemble, show, simulate


@dataclass(frozen=True)
class Rumour:
    """Each of ``n`` people hears a rumour with chance ``p`` a step, and does not forget it."""

    n: int = 5
    p: float = 0.3
    streams: ClassVar = ("start", "hearing")

    def start(self, rng, runs):
        return rng.start.random((self.n, runs)) < 0.2

    def step(self, state, t, rng):
        return state | (rng.hearing.random(state.shape) < self.p)

    def observe(self, state):
        return {"heard": state.sum(axis=0), "share": state.mean(axis=0)}


class Pair(NamedTuple):
    knows: np.ndarray
    clock: np.ndarray


@dataclass(frozen=True)
class TwoArrays(Rumour):
    """The same with a state of two arrays."""

    def start(self, rng, runs):
        return Pair(super().start(rng, runs), np.zeros(runs))

    def step(self, state, t, rng):
        return Pair(super().step(state.knows, t, rng), state.clock + 1)

    def observe(self, state):
        return {"heard": state.knows.sum(axis=0), "clock": state.clock}


def test_the_toy_keeps_the_protocol():
    assert isinstance(Rumour(), Model)


@given(runs=st.integers(1, 200), more=st.integers(1, 200), seed=st.integers(0, 2**40))
@settings(max_examples=25, deadline=None)
def test_run_r_is_the_same_run_whatever_number_is_asked_for(runs, more, seed):
    few = ensemble(Rumour(), 4, runs=runs, seed=seed)
    many = ensemble(Rumour(), 4, runs=runs + more, seed=seed)
    np.testing.assert_array_equal(few["heard"], many["heard"][:, :runs])


@pytest.mark.parametrize("number", [np.uint8, np.int8, np.int64])
def test_narrow_numbers_of_numpy_count_as_far_as_any(number):
    few, many = (
        ensemble(Rumour(), number(100), runs=number(127), seed=number(5)),
        ensemble(Rumour(), 100, runs=127, seed=5),
    )
    np.testing.assert_array_equal(few["heard"], many["heard"])
    assert show(Rumour(), number(2), runs=number(127), seed=5)[1].runs == 127
    most = np.iinfo(number).max
    assert ensemble(Rumour(), 1, runs=number(min(most, 255)), seed=5).runs == min(most, 255)
    assert ensemble(Rumour(), number(min(most, 255)), runs=1, seed=5).steps == min(most, 255)


@pytest.mark.parametrize("jobs", [0, 1.5, "all", True])
def test_processes_are_counted(jobs):
    with pytest.raises(ParameterError, match="it is a number of processes"):
        ensemble(Rumour(), 1, runs=1, seed=1, n_jobs=jobs)


@pytest.mark.parametrize("model", [Rumour(), TwoArrays()])
def test_simulate_shows_run_0_of_the_ensemble(model):
    run, many = simulate(model, 6, seed=3), ensemble(model, 6, runs=7, seed=3)
    for name in many.names:
        np.testing.assert_array_equal(run[name], many[name][:, 0])
    both = show(model, 6, runs=7, seed=3)
    np.testing.assert_array_equal(both[0]["heard"], run["heard"])
    np.testing.assert_array_equal(both[1]["heard"], many["heard"])
    assert len(run.states) == 7
    state = run.states[-1]
    assert (state.knows if isinstance(state, tuple) else state).shape == (5,)


def test_the_same_numbers_come_from_one_process_or_two():
    alone = ensemble(Rumour(), 3, runs=130, seed=5)
    shared = ensemble(Rumour(), 3, runs=130, seed=5, n_jobs=2)
    np.testing.assert_array_equal(alone["heard"], shared["heard"])


def test_another_seed_is_another_history():
    a, b = (ensemble(Rumour(n=50), 3, runs=64, seed=seed)["heard"] for seed in (1, 2))
    assert (a != b).any()


def test_blocks_do_not_share_luck():
    many = ensemble(Rumour(n=50), 3, runs=2 * BLOCK, seed=1)["heard"]
    assert (many[:, :BLOCK] != many[:, BLOCK:]).any()


def test_a_seed_that_was_drawn_can_be_given_again():
    run = simulate(Rumour(), 5)
    np.testing.assert_array_equal(simulate(Rumour(), 5, seed=run.seed)["heard"], run["heard"])


@given(st.floats(0, 1), st.floats(0, 1))
@settings(max_examples=25, deadline=None)
def test_settings_share_their_luck_so_that_more_hearing_reaches_at_least_as_many(p, q):
    low, high = (ensemble(Rumour(p=r), 4, runs=64, seed=9)["heard"] for r in sorted((p, q)))
    assert (low <= high).all()


def test_a_new_purpose_leaves_the_luck_of_the_others_alone():
    old, new = Streams(("start",), 1, 0), Streams(("start", "hearing"), 1, 0)
    new.hearing.random(10)
    np.testing.assert_array_equal(old.start.random(5), new.start.random(5))


def test_a_stream_that_the_model_did_not_name_is_explained():
    with pytest.raises(AttributeError, match=r"draws from rng\.order.*add 'order' to its streams"):
        Streams(("start",), 1, 0).order.random()


def test_states_are_handed_on_read_only():
    class Edits(Rumour):
        def step(self, state, t, rng):
            state |= True
            return state

    with pytest.raises(ModelError, match=r"Edits\.step edited its state in place at step 1"):
        simulate(Edits(), 2, seed=1)


def test_a_models_own_value_error_is_not_hidden():
    class Fails(Rumour):
        def step(self, state, t, rng):
            raise ValueError("my own")

    with pytest.raises(ValueError, match="my own"):
        simulate(Fails(), 1, seed=1)


@pytest.mark.parametrize(
    ("state", "message"),
    [
        (np.zeros((64, 5)), r"shape \(64, 5\).*last axis"),
        (np.float64(3), "returned float64"),
        ([1, 2], "returned list"),
    ],
)
def test_a_state_of_the_wrong_shape_is_explained(state, message):
    class Odd(Rumour):
        def start(self, rng, runs):
            return state

    with pytest.raises(ModelError, match=message):
        simulate(Odd(), 1, seed=1)


def test_an_observation_needs_one_number_a_run():
    class Odd(Rumour):
        def observe(self, state):
            return {"heard": state}

    with pytest.raises(ModelError, match=r"'heard' with shape \(5, 64\)"):
        simulate(Odd(), 1, seed=1)


def test_packed_words_hold_64_runs():
    @dataclass(frozen=True)
    class Packed:
        streams: ClassVar = ("start",)

        def start(self, rng, runs):
            return rng.start.integers(0, 2**64, (3, 1), dtype=np.uint64)

        def step(self, state, t, rng):
            return state

        def observe(self, state):
            bits = (state[..., None] >> np.arange(64, dtype=np.uint64)) & np.uint64(1)
            return {"set": bits.sum(axis=(0, 1))}

    run, many = show(Packed(), 1, runs=64, seed=1)
    assert run.states[0].shape == (3,)
    assert int(run.states[0].sum()) == many["set"][0, 0]


def test_a_kept_run_does_not_keep_the_others():
    run = simulate(Rumour(n=5), 3, seed=1)
    for state in run.states:
        assert state.base is None
        assert state.nbytes == 5
        assert not state.flags.writeable


def test_what_a_step_leaves_alone_is_kept_once():
    @dataclass(frozen=True)
    class Still(Rumour):
        def step(self, state, t, rng):
            return state

    run = simulate(Still(), 3, seed=1)
    assert all(state is run.states[0] for state in run.states)


def test_until_ends_each_run_on_its_own():
    model = Rumour(n=4, p=0.4)
    free = ensemble(model, 30, runs=100, seed=2)
    ended = ensemble(model, 30, runs=100, seed=2, until=lambda state: state.sum(axis=0) >= 2)
    for run in range(100):
        stop = int(np.argmax(free["heard"][:, run] >= 2))
        assert ended.stopped[run] == stop
        np.testing.assert_array_equal(ended["heard"][: stop + 1, run], free["heard"][: stop + 1, run])
        assert (ended["heard"][stop:, run] == free["heard"][stop, run]).all()
    alone = simulate(model, 30, seed=2, until=lambda state: state.sum(axis=0) >= 2)
    assert alone.steps == ended.stopped[0]


def test_the_mean_is_within_four_standard_errors_of_theory():
    many = ensemble(Rumour(n=10, p=0.3), 5, runs=2000, seed=4)
    expected = 1 - 0.8 * 0.7 ** np.arange(6)
    assert (abs(many.mean("share") - expected) < 4 * many.stderr("share")).all()


def test_an_ensemble_summarises_by_name():
    many = ensemble(Rumour(), 2, runs=10, seed=1)
    np.testing.assert_allclose(many.quantile("heard", 0.5), np.median(many["heard"], axis=1))
    assert many.quantile("heard", (0.05, 0.95)).shape == (2, 3)
    frame = many.frame()
    assert list(frame) == ["run", "step", "heard", "share"]
    assert frame.query("run == 7 and step == 2")["heard"].item() == many["heard"][2, 7]
    assert np.isnan(ensemble(Rumour(), 2, runs=1, seed=1).stderr("heard")).all()
    with pytest.raises(ParameterError, match="Nothing called 'herd' was observed; there is 'heard', 'share'"):
        many["herd"]


@pytest.mark.parametrize(
    ("what", "call"),
    [
        ("steps is -1", lambda: simulate(Rumour(), -1)),
        ("steps is 2.5", lambda: simulate(Rumour(), 2.5)),
        ("runs is 0", lambda: ensemble(Rumour(), 1, runs=0)),
        ("runs is True", lambda: ensemble(Rumour(), 1, runs=True)),
        ("seed is -1", lambda: simulate(Rumour(), 1, seed=-1)),
        ("seed is '1'", lambda: simulate(Rumour(), 1, seed="1")),
    ],
)
def test_counts_out_of_range_are_refused(what, call):
    with pytest.raises(ParameterError, match=what):
        call()


def test_reprs_name_no_address():
    assert repr(simulate(Rumour(), 2, seed=1)) == "Run(Rumour, 2 steps, seed 1)"
    assert repr(ensemble(Rumour(), 2, runs=3, seed=1)) == "Ensemble(Rumour, 3 runs of 2 steps, seed 1)"
