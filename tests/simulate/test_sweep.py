"""Sweeps: a row for each run, kept as they come, gone on with after a kill, the same with any number of workers."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import joblib
import networkx as nx
import numpy as np
import pandas as pd
import pytest

from tertius.errors import ParameterError, SaveError, WorkerError
from tertius.models import ComplexContagion, IndependentCascade, RingContagion, ThresholdCascade
from tertius.simulate import ensemble, sweep
from tertius.simulate.kept import Kept, fingerprint

karate = nx.karate_club_graph()
news = IndependentCascade(karate, 0.1, [0])
GRID = {"transmission": [0.05, 0.2], "initial_adopters": [1, 2, [0, 33]]}


@dataclass(frozen=True, eq=False)
class Fragile(IndependentCascade):
    """A model whose process is killed at its first step, as long as a file is there."""

    trap: str = ""
    once: bool = False

    def step(self, state, t, rng):
        if Path(self.trap).exists():
            if self.once:
                Path(self.trap).unlink()
            os.kill(os.getpid(), signal.SIGKILL)
        return super().step(state, t, rng)


def files(folder):
    return sorted(folder.rglob("block-*.csv"))


def test_there_is_a_row_for_each_run_of_each_combination_with_the_numbers_of_an_ensemble():
    table = sweep(news, GRID, 12, runs=70, seed=3)
    assert list(table) == ["transmission", "initial_adopters", "run", "step", "adopted_share", "stopped"]
    assert len(table) == 6 * 70
    assert set(table["step"]) == {12}
    for k, (chance, start) in enumerate((p, who) for p in GRID["transmission"] for who in GRID["initial_adopters"]):
        rows = table.iloc[70 * k : 70 * k + 70]
        assert rows["transmission"].eq(chance).all()
        assert all(who == start for who in rows["initial_adopters"])
        assert rows["run"].tolist() == list(range(70))
        model = IndependentCascade(karate, chance, start)
        many = ensemble(model, 12, runs=70, seed=3, until=model.is_settled)
        np.testing.assert_array_equal(rows["adopted_share"], many["adopted_share"][-1])
        np.testing.assert_array_equal(rows["stopped"], many.stopped)


def test_any_steps_can_be_kept_and_a_model_without_an_end_of_its_own_is_played_to_the_last():
    table = sweep(ThresholdCascade(karate, 0.3, 2), {"threshold": [0.2]}, 9, runs=3, seed=1, at=[0, 4, 9])
    many = ensemble(ThresholdCascade(karate, 0.2, 2), 9, runs=3, seed=1)
    assert table["step"].tolist() == [0, 4, 9] * 3
    for name in ("adopted_share", "is_cascade"):
        np.testing.assert_array_equal(table[name], many[name][[0, 4, 9]].T.ravel())


def test_what_makes_a_model_can_be_any_function():
    def build(people, threshold):
        return ThresholdCascade(nx.cycle_graph(people), threshold, [0])

    table = sweep(build, {"people": [10, 20], "threshold": [0.5, 0.6]}, 20, runs=1, seed=1)
    assert table["adopted_share"].tolist() == [1, 0.1, 1, 0.05]
    assert table["people"].dtype == np.int64


def test_a_setting_may_be_a_list_and_may_not_be_called_what_is_observed():
    table = sweep(news, {"initial_adopters": [[0], [33]]}, 0, runs=2, seed=1)
    assert table["initial_adopters"].tolist() == [[0], [0], [33], [33]]
    with pytest.raises(ParameterError, match="grid has a setting 'adopted_share', and so is called what was observed"):
        sweep(lambda adopted_share: news, {"adopted_share": [1]}, 0, runs=1, seed=1)


def test_settings_share_their_luck():
    table = sweep(news, {"transmission": [0.05, 0.1, 0.3]}, 20, runs=64, seed=1)
    reached = table.pivot(index="run", columns="transmission", values="adopted_share")
    assert (np.diff(reached, axis=1) >= 0).all()


@pytest.mark.parametrize("model", [news, RingContagion(60, noise=0.01)], ids=["with a shortcut", "step by step"])
def test_numbers_are_the_same_with_any_workers_fresh_or_from_files(model, tmp_path):
    grid = {"initial_adopters": [1, 4]}
    plain = sweep(model, grid, 15, runs=200, seed=5)
    two = sweep(model, grid, 15, runs=200, seed=5, n_jobs=2, cache=tmp_path)
    kept = sweep(model, grid, 15, runs=200, seed=5, cache=tmp_path)
    pd.testing.assert_frame_equal(plain, two, check_exact=True)
    pd.testing.assert_frame_equal(plain, kept, check_exact=True)
    assert (two.attrs, kept.attrs) == ({"played": 8, "reused": 0}, {"played": 0, "reused": 8})
    more = sweep(model, grid, 15, runs=300, seed=5, cache=tmp_path)
    assert more.attrs == {"played": 2, "reused": 8}
    pd.testing.assert_frame_equal(more[more["run"] < 200].reset_index(drop=True), plain, check_exact=True)


def test_a_block_on_disk_is_a_tidy_table(tmp_path):
    sweep(news, {"transmission": [0.2]}, 5, runs=1, seed=1, cache=tmp_path)
    (file,) = files(tmp_path)
    table = pd.read_csv(file)
    assert list(table) == ["transmission", "run", "step", "adopted_share", "stopped"]
    assert len(table) == 64
    np.testing.assert_array_equal(
        table["adopted_share"], ensemble(IndependentCascade(karate, 0.2, [0]), 5, runs=64, seed=1)["adopted_share"][-1]
    )


def test_a_damaged_file_is_played_anew_and_another_seed_or_setting_is_no_hit(tmp_path):
    plain = sweep(news, {"transmission": [0.2]}, 5, runs=100, seed=1, cache=tmp_path)
    one, _ = files(tmp_path)
    one.write_text(one.read_text()[:500])
    again = sweep(news, {"transmission": [0.2]}, 5, runs=100, seed=1, cache=tmp_path)
    assert again.attrs == {"played": 1, "reused": 1}
    pd.testing.assert_frame_equal(plain, again, check_exact=True)
    for other in ({"seed": 2}, {"at": [4]}):
        assert (
            sweep(news, {"transmission": [0.2]}, 5, **{"runs": 1, "seed": 1, "cache": tmp_path, **other}).attrs[
                "reused"
            ]
            == 0
        )
    fewer = IndependentCascade(nx.path_graph(34), 0.1, [0])
    assert sweep(fewer, {"transmission": [0.2]}, 5, runs=1, seed=1, cache=tmp_path).attrs["reused"] == 0


def test_numbers_come_back_from_a_file_to_the_last_digit(tmp_path):
    rng = np.random.default_rng(1)
    columns = {
        "real": np.concatenate([rng.normal(size=62), [np.nan, np.inf]]).reshape(1, 64),
        "whole": rng.integers(-5, 2**62, (1, 64)),
        "yes": rng.random((1, 64)) < 0.5,
    }
    kept = Kept(tmp_path, {"a": "x, y"}, [3])
    kept.write(7, columns)
    back = kept.read(7)
    assert list(back) == list(columns)
    for name, values in columns.items():
        assert back[name].dtype == values.dtype
        np.testing.assert_array_equal(back[name], values)
    assert kept.read(8) is None


def test_a_changed_rule_is_another_name_and_a_worked_out_property_is_not():
    def kind(factor):
        @dataclass(frozen=True)
        class Rule:
            size: int = 3

            def step(self, state, t, rng):
                return factor_one(state) if factor == 1 else state

        return Rule

    def factor_one(state):
        return state

    assert fingerprint(kind(1)()) == fingerprint(kind(1)())
    assert fingerprint(kind(1)()) != fingerprint(kind(1)(4))

    @dataclass(frozen=True, eq=False)
    class One(ComplexContagion):
        def step(self, state, t, rng):
            return state

    first = One
    second = dataclass(frozen=True, eq=False)(type("One", (ComplexContagion,), {"step": lambda self, s, t, rng: s + 1}))
    second.__module__, second.__qualname__ = first.__module__, first.__qualname__
    assert fingerprint(first(karate)) != fingerprint(second(karate))
    used = IndependentCascade(karate, 0.1, [0])
    before = fingerprint(IndependentCascade(karate, 0.1, [0]))
    ensemble(used, 3, runs=1, seed=1)
    assert vars(used).keys() > vars(IndependentCascade(karate, 0.1, [0])).keys()
    assert fingerprint(used) == before


# Killed


CODE = """
import sys
from tertius.models import RingContagion
from tertius.simulate import sweep

sweep(RingContagion(400, noise=0.02), {"rewired": [0, 0.1, 0.3]}, 60, runs=320, seed=7, cache=sys.argv[1])
"""


def test_a_sweep_that_was_killed_goes_on_where_it_stopped(tmp_path):
    process = subprocess.Popen([sys.executable, "-c", CODE, tmp_path])
    try:
        deadline = time.monotonic() + 120
        while len(files(tmp_path)) < 4 and time.monotonic() < deadline and process.poll() is None:
            time.sleep(0.01)
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
    finished = len(files(tmp_path))
    assert process.returncode == -signal.SIGKILL
    assert 4 <= finished < 15
    model, grid = RingContagion(400, noise=0.02), {"rewired": [0, 0.1, 0.3]}
    resumed = sweep(model, grid, 60, runs=320, seed=7, cache=tmp_path)
    assert resumed.attrs["reused"] >= 0.95 * finished
    assert resumed.attrs == {"played": 15 - finished, "reused": finished}
    pd.testing.assert_frame_equal(resumed, sweep(model, grid, 60, runs=320, seed=7), check_exact=True)


def test_a_worker_that_dies_is_one_sentence_and_what_was_finished_is_kept(tmp_path):
    trap = tmp_path / "trap"
    build, grid = Fragile(karate, 0.1, [0], trap=str(trap)), {"transmission": [0.1, 0.2]}
    expected = sweep(build, grid, 9, runs=256, seed=1)
    folder = tmp_path / "kept"
    sweep(build, {"transmission": [0.1]}, 9, runs=256, seed=1, cache=folder)
    trap.touch()
    with pytest.raises(WorkerError, match=r"^A process .* died.*: nothing was kept; give cache=, a folder"):
        sweep(build, grid, 9, runs=256, seed=1, n_jobs=2)
    said = (
        r"^A process that took part in this sweep died, perhaps for want of memory: 4 of 8 blocks are kept in '.*kept'"
    )
    with pytest.raises(WorkerError, match=said):
        sweep(build, grid, 9, runs=256, seed=1, n_jobs=2, cache=folder)
    trap.unlink()
    again = sweep(build, grid, 9, runs=256, seed=1, cache=folder)
    assert again.attrs == {"played": 4, "reused": 4}
    pd.testing.assert_frame_equal(again, expected, check_exact=True)


class Hungry(IndependentCascade):
    """A model that wants more memory than there is, if much is passed on."""

    def step(self, state, t, rng):
        if self.transmission > 0.5:
            raise MemoryError
        return super().step(state, t, rng)


def test_memory_that_runs_out_is_one_sentence_and_what_was_finished_is_kept(tmp_path):
    with pytest.raises(
        WorkerError, match=r"^This sweep had not enough memory: 2 of 4 blocks are kept in '.*'"
    ) as error:
        sweep(Hungry(karate, 0.1, [0]), {"transmission": [0.1, 0.9]}, 3, runs=128, seed=1, cache=tmp_path)
    assert "\n" not in str(error.value)


FULL = """
import resource, signal, sys

from tertius.errors import SaveError
from tertius.models import RingContagion
from tertius.simulate import sweep

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
model = RingContagion(30, rewired=0.1)
sweep(model, {"noise": [0.1]}, 20, runs=64, seed=7, cache=sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (600, 600))
try:
    sweep(model, {"noise": [0.1, 0.2]}, 20, runs=64, seed=7, cache=sys.argv[1])
except SaveError as error:
    print(error)
"""


def test_a_full_disk_is_one_sentence_and_leaves_no_half_of_a_block(tmp_path):
    done = subprocess.run([sys.executable, "-c", FULL, tmp_path], capture_output=True, text=True, timeout=120)
    (said,) = done.stdout.splitlines()
    assert said.startswith("A block of this sweep could not be written (")
    assert said.endswith(f"1 of 2 blocks are kept in {str(tmp_path)!r}, and the same call goes on from there.")
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["block-000000.csv"]
    again = sweep(RingContagion(30, rewired=0.1), {"noise": [0.1, 0.2]}, 20, runs=64, seed=7, cache=tmp_path)
    assert again.attrs == {"played": 1, "reused": 1}


def test_where_nothing_can_be_written_nothing_is_played(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(
        SaveError, match=r"^cache is '.*file.below', and nothing can be written there \(.*\); name"
    ) as error:
        sweep(Hungry(karate, 0.9, [0]), {"transmission": [0.9]}, 3, runs=1, seed=1, cache=tmp_path / "file" / "below")
    assert "\n" not in str(error.value)


def test_work_that_is_broken_off_by_hand_goes_on(tmp_path):
    process = subprocess.Popen([sys.executable, "-c", CODE, tmp_path], stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 120
        while len(files(tmp_path)) < 2 and time.monotonic() < deadline and process.poll() is None:
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        process.wait(60)
    finally:
        process.kill()
        process.wait()
    finished = len(files(tmp_path))
    assert 2 <= finished < 15
    assert not list(tmp_path.rglob("*.part"))
    resumed = sweep(RingContagion(400, noise=0.02), {"rewired": [0, 0.1, 0.3]}, 60, runs=320, seed=7, cache=tmp_path)
    assert resumed.attrs == {"played": 15 - finished, "reused": finished}


# On a cluster


@pytest.fixture(scope="module")
def cluster():
    distributed = pytest.importorskip("distributed")
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1") as local,
        distributed.Client(local),
    ):
        yield local


def test_a_cluster_finds_the_same_numbers(cluster, tmp_path):
    plain = sweep(news, GRID, 12, runs=300, seed=3)
    with joblib.parallel_config(backend="dask"):
        there = sweep(news, GRID, 12, runs=300, seed=3)
        kept = sweep(news, GRID, 12, runs=300, seed=3, cache=tmp_path)
    pd.testing.assert_frame_equal(plain, there, check_exact=True)
    pd.testing.assert_frame_equal(plain, kept, check_exact=True)
    assert kept.attrs == {"played": 30, "reused": 0}
    assert len(files(tmp_path)) == 30


def test_a_worker_of_a_cluster_that_dies_is_replaced(cluster, tmp_path):
    trap = tmp_path / "trap"
    build = Fragile(karate, 0.1, [0], trap=str(trap), once=True)
    expected = sweep(build, {"transmission": [0.1, 0.2]}, 9, runs=256, seed=1)
    trap.touch()
    with joblib.parallel_config(backend="dask"):
        there = sweep(build, {"transmission": [0.1, 0.2]}, 9, runs=256, seed=1)
    assert not trap.exists()
    pd.testing.assert_frame_equal(there, expected, check_exact=True)


@pytest.mark.parametrize(
    ("how", "message"),
    [
        ({"grid": {}}, r"^grid is empty; it names settings"),
        ({"grid": {"transmission": []}}, r"^grid has no values for 'transmission'\.$"),
        ({"grid": {"transmision": [1]}}, r"^grid names 'transmision', and IndependentCascade has no such setting"),
        ({"grid": {"transmission": [0.1, 1.5]}}, r"^transmission is 1\.5; it is a probability, from 0 to 1\.$"),
        ({"build": lambda run: news, "grid": {"run": [1]}}, "the name of a column of every sweep"),
        ({"steps": -1}, r"^steps is -1"),
        ({"runs": 0}, r"^runs is 0"),
        ({"seed": -1}, r"^seed is -1"),
        ({"at": [4]}, r"^at is 4; it must be a whole number from 0 to the number of steps, 3\.$"),
        ({"at": []}, "^at is empty"),
        ({"cache": "kept", "seed": None}, "^A cache needs a seed"),
        ({"n_jobs": 0}, r"^n_jobs is 0; it is a number of processes"),
        ({"n_jobs": "all"}, r"^n_jobs is 'all'; it is a number of processes"),
        ({"build": None}, r"^build is None; it is a model"),
        ({"build": ThresholdCascade}, r"^ThresholdCascade does not take the settings of the grid: missing .*'ties'\.$"),
        ({"build": lambda transmission: transmission}, r"^<lambda> returned float, and a sweep plays models\.$"),
        (
            {"build": lambda rate: news},
            r"^<lambda> does not take the settings of the grid: missing a required argument",
        ),
    ],
)
def test_what_cannot_be_swept_is_refused_before_anything_is_played(how, message, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    settings = {"build": news, "grid": {"transmission": [0.1]}, "steps": 3, "runs": 1, "seed": 1, **how}
    build, grid, steps = (settings.pop(name) for name in ("build", "grid", "steps"))
    with pytest.raises(ParameterError, match=message):
        sweep(build, grid, steps, **settings)
    assert list(tmp_path.iterdir()) == []
