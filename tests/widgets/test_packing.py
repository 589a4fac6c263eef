"""What travels to the browser: everything of the scene, nothing that JSON cannot hold, and not much of it."""

import dataclasses
import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.widgets.scenes import HOSTILE, big_scene, random_scene

from tertius.draw import Look, Scene
from tertius.ties import Ties
from tertius.widgets.packing import KINDS, clean, pack, unpack


def check_round_trip(scene: Scene) -> None:
    meta, data = pack(scene, serial=7)
    meta = json.loads(json.dumps(meta))
    arrays = unpack(meta, data)
    assert arrays["serial"].tolist() == [meta["serial"]] == [7]
    np.testing.assert_array_equal(np.column_stack([arrays["x"], arrays["y"]]), scene.positions.astype(np.float32))
    for name, wanted in zip(("source", "target"), scene.ties.pairs, strict=True):
        np.testing.assert_array_equal(arrays[name], wanted)
    for name, wanted in (("people", scene.people), ("links", scene.links), ("times", scene.times)):
        np.testing.assert_array_equal(arrays[name], wanted)
    names = [*meta["groups"], ""]
    assert [names[group] for group in arrays["group"]] == list(scene.groups)
    assert meta["labels"] == [clean(label) for label in scene.labels]
    assert meta["sentences"] == list(scene.sentences)
    if scene.curve:
        for name in ("run", "low", "middle", "high"):
            np.testing.assert_array_equal(arrays[name], getattr(scene.curve, name))


def scene_of(people: np.ndarray, links: np.ndarray, ties: Ties) -> Scene:
    shown = len(people)
    n = len(ties)
    return Scene(
        title="",
        ties=ties,
        positions=np.zeros((n, 2)),
        labels=("",) * n,
        groups=("",) * n,
        person_looks=tuple(Look(str(k), "#000000") for k in range(256)),
        tie_looks=tuple(Look(str(k), "#000000") for k in range(256)),
        people=people,
        links=links,
        curve=None,
        time_label="",
        times=np.arange(shown, dtype=float),
        time_percent=False,
        sentences=("",) * shown,
    )


def test_a_curve_says_what_its_lines_and_columns_are():
    scene = random_scene()
    told = pack(scene)[0]["curve"]
    assert told["names"] == ["this run", "median of 40 runs", "90 % of the runs"]
    assert told["heads"] == ["this run", "5 % of runs below", "median of runs", "5 % of runs above"]
    named = dataclasses.replace(scene.curve, names=("this run", "the formula", "90 % of 40 runs"))
    told = pack(dataclasses.replace(scene, curve=named))[0]["curve"]
    assert told["names"] == ["this run", "the formula", "90 % of 40 runs"]
    assert told["heads"] == ["this run", "90 % of 40 runs, from", "the formula", "90 % of 40 runs, to"]


def test_a_scene_comes_back_as_it_was():
    check_round_trip(random_scene())
    check_round_trip(random_scene(steps=0))
    check_round_trip(dataclasses.replace(random_scene(), curve=None, groups=("",) * 150))


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_states_come_back_whether_they_change_often_or_never(data):
    n, shown = data.draw(st.integers(1, 12)), data.draw(st.integers(1, 9))
    ties = (
        Ties.of([(i, (i + 1) % n) for i in range(n)], parallel="max") if n > 2 else Ties.of([(i, i) for i in range(n)])
    )
    rng = np.random.default_rng(data.draw(st.integers(0, 2**32)))
    pace = data.draw(st.sampled_from([0, 0.05, 0.5, 1]))

    def frames(width: int) -> np.ndarray:
        moves = rng.random((shown, width)) < pace
        drawn = rng.integers(0, 256, (shown, width), dtype=np.uint8)
        for step in range(1, shown):
            drawn[step] = np.where(moves[step], drawn[step], drawn[step - 1])
        return drawn

    check_round_trip(scene_of(frames(n), frames(ties.n_ties), ties))


def test_the_shorter_way_is_taken():
    ties = Ties.of([(i, i + 1) for i in range(499)])
    still, restless = np.zeros((50, 500), np.uint8), np.arange(50, dtype=np.uint8).repeat(500).reshape(50, 500)
    meta, data = pack(scene_of(still, restless[:, :499], ties))
    assert "people.first" in meta["arrays"]
    assert "links" in meta["arrays"]
    assert len(data) < restless.size + 20_000


def test_every_array_starts_where_the_browser_can_read_it():
    for scene in (random_scene(7, 9, 3), random_scene(31, 60, 11)):
        meta, data = pack(scene)
        for kind, offset, length in meta["arrays"].values():
            assert offset % 8 == 0
            assert offset + length * KINDS[kind].itemsize <= len(data)


def test_a_thousand_people_and_a_hundred_steps_are_less_than_a_photograph():
    meta, data = pack(big_scene(100))
    assert len(data) < 100_000
    assert len(json.dumps(meta)) < 30_000


@pytest.mark.parametrize("name", HOSTILE)
def test_any_name_can_be_sent(name):
    meta, _ = pack(random_scene(1, 0, 1, groups=1, labels=(name,)))
    sent = json.dumps(meta, ensure_ascii=False).encode("utf-8")
    assert json.loads(sent)["labels"] == [clean(name)]


def test_words_are_only_what_json_knows():
    meta, _ = pack(dataclasses.replace(random_scene(), ego=np.int64(3)), title="Mine")
    assert json.loads(json.dumps(meta)) == meta
    assert (meta["title"], meta["ego"], meta["steps"]) == ("Mine", 3, 60)
