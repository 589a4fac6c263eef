"""Frozen Explorers in Python: which settings are held, and that their numbers are the kernel's."""

import base64
import gzip
import json
import re

import numpy as np
import pytest
from tests.widgets.scenes import Fading, fading_explorer, fading_scene, grouped_ties, random_scene

from tertius.errors import ParameterError
from tertius.widgets import Choice, Explorer, Frozen, NetworkView, Slider, Toggle
from tertius.widgets.packing import unpack
from tertius.widgets.script import element


@pytest.fixture
def explorer() -> Explorer:
    return fading_explorer()


def saved(frozen: Frozen) -> tuple[int, list[dict]]:
    """The step and the settings that a frozen view holds, read as the browser reads them."""
    (text,) = re.findall(rf'<{element()}>.*<script type="text/plain">(.*)</script>', frozen.part, re.S)
    raw = gzip.decompress(base64.b64decode(text))
    length = int.from_bytes(raw[:4], "little")
    said, numbers = json.loads(raw[4 : 4 + length]), raw[4 + length :]
    assert (4 + length) % 8 == 0
    held = []
    for one in said["frozen"]:
        meta = {**said["common"], **one["meta"]}
        assert all(start % 8 == 0 for _, start, _ in meta["arrays"].values())
        held.append({"value": one["value"], "meta": meta, **unpack(meta, numbers)})
    return said["t"], held


# Which settings


def test_all_values_of_some_controls_are_held_and_the_others_stay_as_they_are(explorer):
    explorer.choose(rate=0.25)
    frozen = explorer.freeze(spared=True, is_paused=[True, False])
    assert frozen.grid == {
        "rate": (0.25,),
        "spared": ("nobody", "strong"),
        "is_paused": (True, False),
        "seed": (1,),
        "runs": (40,),
    }
    _, held = saved(frozen)
    assert len(frozen) == len(held) == 4
    assert held[0]["value"] == explorer.value, "what is on show comes first"
    assert {(one["value"]["spared"], one["value"]["is_paused"]) for one in held} == {
        (spared, is_paused) for spared in ("nobody", "strong") for is_paused in (True, False)
    }
    assert all(one["value"]["rate"] == 0.25 for one in held)


def test_freezing_leaves_the_explorer_as_it_was(explorer):
    before = (explorer.value, explorer.t, explorer.run, explorer.meta, explorer.data, explorer.past)
    explorer.freeze(rate=[0.1, 0.2], seed=[1, 2])
    assert (explorer.value, explorer.t, explorer.run, explorer.meta, explorer.data, explorer.past) == before


def test_where_the_present_value_is_not_held_the_first_one_named_is_on_show(explorer):
    explorer.t = 11
    frozen = explorer.freeze(rate=[0.3, 0.1])
    t, held = saved(frozen)
    assert t == 11
    assert [one["value"]["rate"] for one in held] == [0.3, 0.1]
    assert frozen.sentence == held[0]["meta"]["sentences"][11]
    assert f'alt="{frozen.sentence}"' in frozen.part


def test_reset_goes_back_to_the_step_that_is_on_show_at_first(explorer):
    explorer.t = 11
    assert {one["meta"]["start"] for one in saved(explorer.freeze(spared=True))[1]} == {11}


def test_with_nothing_named_choices_and_toggles_are_whole_and_sliders_in_five_values(explorer):
    assert explorer.freeze().grid == {
        "rate": (0, 0.05, 0.17, 0.33, 0.5),
        "spared": ("nobody", "strong"),
        "is_paused": (False, True),
        "seed": (1,),
        "runs": (40,),
    }


def many_settings(**controls) -> Explorer:
    ties, _ = grouped_ties(9, 9, 1)
    return Explorer(lambda **_: Fading(ties), fading_scene, steps=2, **controls)


def test_with_nothing_named_and_too_many_settings_sliders_get_fewer_values_first():
    sliders = {name: Slider(name, 0, 100, 1, 0) for name in ("a", "b", "c")}
    few = many_settings(**sliders, d=Choice("d", [1, 2, 3]))
    assert [len(values) for values in few.freeze().grid.values()] == [3, 3, 3, 3, 1, 1]
    wide = {name: Choice(name, list(range(15))) for name in ("a", "b")}
    assert [len(values) for values in many_settings(**wide).freeze().grid.values()] == [15, 1, 1, 1]


def test_with_nothing_named_and_too_many_bytes_fewer_are_held(explorer, monkeypatch):
    limit = explorer.freeze(runs=[40]).size + 2000
    monkeypatch.setattr("tertius.widgets.frozen.MOST_BYTES", limit)
    frozen = explorer.freeze()
    assert 1 < len(frozen) < 20
    assert frozen.size <= limit


@pytest.mark.parametrize(
    ("named", "sentence"),
    [
        ({"rat": True}, r"^A setting is 'rat'; did you mean 'rate'\?"),
        ({"rate": [0.7]}, r"^rate is 0\.7; it goes from 0 to 0\.5 in steps of 0\.01\.$"),
        (
            {"spared": "strong"},
            r"^spared is 'strong'; list the values to hold, such as \['strong'\], or True for all\.$",
        ),
        ({"is_paused": False}, r"^is_paused is False; list the values to hold, such as \[False\], or True for all\.$"),
        ({"rate": 0.2}, r"^rate is 0\.2; list the values to hold, such as \[0\.2\], or True for all\.$"),
        ({"rate": []}, r"^rate has an empty list of values to hold; leave it out to keep it as it is\.$"),
        ({"seed": True}, r"^seed can be any whole number; name those to hold, such as seed=\[1, 2, 3\]\.$"),
        (
            {"rate": True, "spared": True, "is_paused": True},
            r"^This grid has 51 × 2 × 2 = 204 settings; a frozen Explorer holds at most 200: name fewer values\.$",
        ),
    ],
)
def test_a_grid_that_cannot_be_is_refused_in_one_sentence(explorer, named, sentence):
    with pytest.raises(ParameterError, match=sentence):
        explorer.freeze(**named)


def test_a_grid_of_far_too_many_bytes_is_refused_before_all_of_it_is_played(monkeypatch):
    monkeypatch.setattr("tertius.widgets.frozen.MOST_BYTES", 500_000)
    ties, _ = grouped_ties(1000, 5000, 3)
    played = []

    def build(rate, is_paused):
        played.append(rate)
        return Fading(ties, rate)

    explorer = Explorer(
        build, fading_scene, steps=60, runs=5, rate=Slider("a", 0.2, 0.7, 0.005, 0.2), is_paused=Toggle("b")
    )
    sentence = r"^These 200 settings take about \d\.\d MB; a frozen Explorer holds at most 0\.5 MB: name fewer values"
    with pytest.raises(ParameterError, match=sentence):
        explorer.freeze(seed=range(200))
    assert len(played) <= 3


def test_what_turns_out_too_large_is_refused(explorer, monkeypatch):
    monkeypatch.setattr("tertius.widgets.frozen.MOST_BYTES", explorer.freeze(runs=[40]).size + 1000)
    with pytest.raises(
        ParameterError, match=r"^These 40 settings take about 0\.3 MB; a frozen Explorer holds at most 0\."
    ):
        explorer.freeze(seed=range(40))


def test_a_view_of_one_scene_can_be_frozen_too_if_it_is_not_too_large(monkeypatch):
    view = NetworkView(random_scene(), 20)
    (held,) = saved(view.freeze())[1]
    np.testing.assert_array_equal(held["people"], view.scene.people)
    monkeypatch.setattr("tertius.widgets.frozen.MOST_BYTES", 100_000)
    with pytest.raises(
        ParameterError, match=r"^This view takes about 0\.\d MB; a frozen Explorer holds at most 0\.1 MB"
    ):
        view.freeze()
    assert len(view.html()) > 100_000, "a page of its own may be of any size"


# What is held


def test_every_sentence_and_every_number_of_every_setting_is_the_kernels(explorer):
    _, held = saved(explorer.freeze(rate=[0, 0.05, 0.5], spared=True, is_paused=True, seed=[1, 5]))
    assert len(held) == 24
    same = {"serial": 0, "arrays": {}, "start": 0}
    for one in held:
        explorer.value = one["value"]
        assert one["meta"]["sentences"] == explorer.meta["sentences"]
        words = [json.loads(json.dumps({**meta, **same})) for meta in (one["meta"], explorer.meta)]
        assert words[0] == words[1]
        kernels = unpack(explorer.meta, explorer.data)
        for name, array in kernels.items():
            if name != "serial":
                np.testing.assert_array_equal(one[name], array, err_msg=name)


def test_what_settings_have_in_common_is_held_once():
    view = NetworkView(random_scene())
    one = len(gzip.compress(view.data, mtime=0))
    explorer = fading_explorer()
    sizes = [explorer.freeze(seed=list(range(1, k + 1))).size for k in (1, 2, 11)]
    assert sizes[2] - sizes[1] < 9.5 * (sizes[1] - sizes[0]) + 2000
    assert sizes[1] - sizes[0] < one
    labels = json.dumps(explorer.meta["labels"], separators=(",", ":"))
    _, held = saved(explorer.freeze(seed=[1, 2, 3]))
    (text,) = re.findall(r'<script type="text/plain">(.*)</script>', explorer.freeze(seed=[1, 2, 3]).part)
    assert gzip.decompress(base64.b64decode(text)).count(labels.encode()) == 1
    assert len({tuple(one["meta"]["arrays"]["x"]) for one in held}) == 1


# How it shows itself


def test_the_repr_is_stable_and_tells_grid_and_size(explorer):
    frozen = explorer.freeze(spared=True)
    assert repr(frozen) == (
        "Frozen('How ties fade', rate=[0.05], spared=['nobody', 'strong'], is_paused=[False], seed=[1], runs=[40]): "
        "2 settings, under 0.3 MB"
    )
    assert 200_000 < frozen.size < 300_000
    assert repr(NetworkView(random_scene(), 20).freeze()) == "Frozen('Half gone'): 1 setting, under 0.4 MB"


def test_a_notebook_gets_the_figure_first_then_data_and_script(explorer):
    frozen = explorer.freeze(spared=True)
    bundle = frozen._repr_mimebundle_()
    assert bundle["text/plain"] == repr(frozen)
    html = bundle["text/html"]
    assert html.startswith('<div class="tertius-still"><figure')
    places = [
        html.index(part) for part in ("<figure", "alt=", f"<{element()}>", "text/plain", '<script type="module">')
    ]
    assert places == sorted(places)
    assert html.count("<script") == 2


def test_the_same_explorer_freezes_to_the_same_bytes():
    assert fading_explorer().freeze(spared=True).html() == fading_explorer().freeze(spared=True).html()


def test_a_page_is_written_where_one_wants_it(tmp_path, explorer):
    frozen = explorer.freeze(spared=True)
    path = frozen.html(tmp_path / "mine.html")
    assert path == tmp_path / "mine.html"
    assert path.read_text(encoding="utf-8") == frozen.html()


def test_the_element_is_named_after_the_script_so_that_versions_do_not_meet(monkeypatch, explorer):
    import tertius.widgets.script as parts

    before = explorer.freeze(spared=True).part
    for function in (parts.look, parts.element, parts.page_script):
        function.cache_clear()
    monkeypatch.setattr(parts, "PARTS", parts.PARTS[:-1])
    assert parts.element() not in before
    monkeypatch.undo()
    for function in (parts.look, parts.element, parts.page_script):
        function.cache_clear()
    assert parts.element() in before
