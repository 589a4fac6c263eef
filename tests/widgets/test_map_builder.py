"""The Python side of the map builder: kept as it is typed, brought back, enriched, and asked before on hubs."""

import json

import pandas as pd
import pytest
from tests.widgets.payloads import PAYLOADS

import tertius
from tertius.errors import GraphError, ParameterError
from tertius.learner import Learner
from tertius.network import Network
from tertius.widgets.map_builder import EMPTY, MapBuilder

HUB = {"BINDER_SERVICE_HOST": "10.0.0.1"}


def person(key, code="", **said):
    return {"key": key, "code": code, **said}


PAIR = {"people": [person("1", "AB", closeness="5"), person("2", "CD", closeness="2")], "ties": [["1", "2"]]}


def star(*codes):
    """As a list of contacts is read: who knows whom is not in it."""
    columns = ["source", "target", "relation", "wave", "weight"]
    ties = pd.DataFrame([("ME", code, "listed", 1, float("nan")) for code in codes], columns=columns)
    nodes = pd.DataFrame({"id": ["ME", *codes], "label": ["ME", *codes], "organisation": ["", *"XXY"[: len(codes)]]})
    relation = {"name": "listed", "directed": False, "unit": "binary", "scale_max": 1, "symmetrise": "max"}
    meta = {
        "title": "Contacts",
        "ego": "ME",
        "alter_ties": "none",
        "default_relation": "listed",
        "relations": [relation],
    }
    return Network(nodes, ties, meta)


@pytest.fixture
def start(tmp_path):
    """Make a builder as a newly started notebook does."""

    def start(*args, environment=None, **how):
        return MapBuilder(*args, learner=Learner.open(tmp_path, environment=environment or {}), **how)

    return start


def test_making_a_builder_writes_nothing(start, tmp_path):
    builder = start()
    assert repr(builder) == f"map: {EMPTY}"
    assert builder.press("draft", map={"people": [], "ties": []}) == ""
    assert not list(tmp_path.iterdir())


def test_what_is_typed_is_the_learners_own_map_a_moment_later_and_after_a_crash(start, tmp_path):
    builder = start()
    assert builder.press("draft", map=PAIR) == ""
    assert builder.sign["state"] == "saved"
    learner = Learner.open(tmp_path, environment={})
    assert learner.choice == "network"
    assert learner.network.ties["weight"].tolist() == [5, 2, 3]
    again = start()
    assert [one["code"] for one in again.values["map"]["people"]] == ["AB", "CD"]
    assert again.values["map"]["ties"] == [["AB", "CD"]]
    assert repr(again) == "map: 2 contacts"
    pd.testing.assert_frame_equal(again.network().ties, builder.network().ties)


def test_what_was_saved_is_not_saved_anew_when_it_is_only_typed_otherwise(start, tmp_path):
    builder = start()
    builder.press("draft", map=PAIR)
    before = (tmp_path / "my-network.tertius.json").read_bytes()
    typed = {**PAIR, "people": [PAIR["people"][0] | {"offers": " , "}, PAIR["people"][1]]}
    assert builder.press("draft", map=typed) == ""
    assert builder.values["map"] | typed == builder.values["map"], "a comma is not taken away under the hand that types"
    assert (tmp_path / "my-network.tertius.json").read_bytes() == before


def test_everybody_can_be_removed_again(start):
    builder = start()
    builder.press("draft", map=PAIR)
    assert builder.press("draft", map={"people": [], "ties": []}) == ""
    assert (builder.status, len(builder.network().nodes)) == (EMPTY, 1)
    assert builder.press("report") == "There is nobody on your map yet: answer the first question with a code."


def test_what_is_no_map_is_told_and_what_was_kept_stays(start):
    builder = start()
    builder.press("draft", map=PAIR)
    problem = builder.press("draft", map={"people": [person("1", "x" * 100)], "ties": []})
    assert problem == "Contact 1: what stands under code has 100 characters, and there is room for 60."
    assert builder.network().nodes["id"].tolist() == ["me", "AB", "CD"]


def test_a_map_that_another_notebook_changed_stays_in_the_file(start, tmp_path):
    one, other = start(), start()
    one.press("draft", map=PAIR)
    other_map = {"people": [person("1", "XY")], "ties": []}
    assert other.press("draft", map=other_map) == ""
    assert "This map was changed elsewhere meanwhile." in other.panel
    stored = json.loads((tmp_path / "my-network.tertius.json").read_text())
    assert [row[0] for row in stored["network"]["nodes"]["rows"]] == ["me", "XY"]
    assert [row[0] for row in stored["network"]["earlier"][0]["nodes"]["rows"]] == ["me", "AB", "CD"]
    other.press("draft", map={"people": [person("1", "XY"), person("2", "Z")], "ties": []})
    stored = json.loads((tmp_path / "my-network.tertius.json").read_text())
    assert len(stored["network"]["earlier"]) == 1, "only the other notebook's"


def test_what_a_browser_kept_of_an_older_map_takes_no_newer_ones_place(start, tmp_path):
    start().press("draft", map=PAIR)
    old = start().values["map"]
    newer = {**old, "people": [*old["people"], person("3", "NEW")]}
    start().press("draft", map=newer)
    back = start()
    assert back.press("draft", map={**old, "people": old["people"][:1], "ties": []}) == ""
    assert "changed elsewhere" in back.panel
    stored = json.loads((tmp_path / "my-network.tertius.json").read_text())
    assert [row[0] for row in stored["network"]["nodes"]["rows"]] == ["me", "AB"]
    assert [row[0] for row in stored["network"]["earlier"][0]["nodes"]["rows"]] == ["me", "AB", "CD", "NEW"]
    back.press("draft", map=back.values["map"] | {"ties": []})
    back.press("draft", map={**old, "ties": []})
    stored = json.loads((tmp_path / "my-network.tertius.json").read_text())
    assert len(stored["network"]["earlier"]) == 1, "what goes on from what was kept here takes its place"


def test_the_six_numbers_are_kept_with_their_day(start):
    builder = start()
    builder.press("draft", map=PAIR)
    builder.press("report")
    builder.press("report")
    assert [one["value"] for one in builder.learner.measures["size"]] == [2]
    assert builder.learner.measures["variety"][0]["value"] is None


def test_the_six_numbers_are_shown_in_words_until_the_map_changes(start):
    builder = start()
    builder.press("draft", map=PAIR)
    assert builder.press("report") == ""
    assert "2. Contacts who know each other (density)" in builder.panel
    assert str(builder.report()) == str(tertius.ego_report(builder.network()))
    builder.press("draft", map={**PAIR, "ties": []})
    assert "density" not in builder.panel
    assert "The map has changed since" in builder.panel


def test_the_text_of_it_shows_everybody_and_no_markup_of_theirs(start):
    builder = start()
    codes = {name: text.encode("utf-8", "replace").decode() for name, text in PAYLOADS.items()}
    people = [person(name, code, group=code, offers=code) for name, code in codes.items()]
    assert builder.press("draft", map={"people": people, "ties": [["image", "script"]]}) == ""
    still = builder.still()
    assert still.count("&lt;img src=x onerror=alert(1)&gt;") > 3
    for mark in ("<img src=x", "<script", "<svg onload", "\u202e", "\a"):
        assert mark not in still
    assert 'class="tertius-figure"' in still
    builder.press("report")
    assert "<img src=x" not in builder.panel


def test_the_map_can_be_taken_away_as_a_page_that_needs_nothing_else(start):
    builder, sent = start(), []
    builder.send = lambda content, buffers=None: sent.append(content)
    assert [one["name"] for one in builder.shape["buttons"]] == ["report"]
    builder.press("draft", map=PAIR)
    assert builder.press("page") == ""
    assert (sent[0]["do"], sent[0]["name"]) == ("download", "my-map.html")
    page = sent[0]["text"]
    assert page.startswith("<!doctype html>")
    for part in ('<th scope="row">AB</th>', "density", 'class="tertius-figure"', "default-src 'none'"):
        assert part in page
    assert "<script" not in page
    assert "http" not in page.replace("http-equiv", "")


# --- on a shared computer


def test_on_a_shared_computer_nothing_can_be_typed_before_a_yes(start, tmp_path):
    builder = start(environment=HUB)
    assert [field["name"] for field in builder.shape["fields"]] == ["agreed"]
    assert "the people on your map have not agreed to that" in builder.shape["intro"]
    assert builder.press("draft", map=PAIR) == "Type yes first; until then nothing is kept here."
    assert builder.press("agree", agreed="no").startswith("Type yes to make your map")
    assert not list(tmp_path.iterdir())
    assert builder.press("agree", agreed=" Yes ") == ""
    assert builder.press("draft", map=PAIR) == ""
    assert [one["name"] for one in builder.shape["buttons"]] == ["report", "page", "download"]
    assert repr(start(environment=HUB)) == "map: 2 contacts", "that it may be here was asked when it came"
    sent = []
    builder.send = lambda content, buffers=None: sent.append(content)
    assert builder.press("download") == ""
    assert json.loads(sent[0]["text"])["network"]["nodes"]["rows"][1][0] == "AB"


def test_at_home_nobody_is_asked(start):
    assert [field["name"] for field in start().shape["fields"]] == ["map"]


# --- from an import


def test_a_star_is_enriched_and_its_ties_stay_what_they_are(start, tmp_path):
    builder = start(star("P1", "P2", "P3"))
    assert [code for code, _ in builder.shape["fields"][0]["known"]] == ["P1", "P2", "P3"]
    people = [person("1", "P1", closeness="4"), person("2", "P2", closeness="1"), person("3", "New")]
    assert builder.press("draft", map={"people": people, "ties": [["1", "2"]]}) == ""
    network = builder.network()
    assert network.nodes["id"].tolist() == ["ME", "P1", "P2", "P3", "New"]
    assert (network.ego, network.to_ties("listed").alter_ties, network.to_ties().alter_ties) == (
        "ME",
        "none",
        "reported",
    )
    with pytest.raises(GraphError):
        tertius.constraint(network.to_ties("listed"))
    assert tertius.ego_report(network).frame().loc["size", "value"] == 3
    again = start()
    assert [one["code"] for one in again.values["map"]["people"]] == ["P1", "P2", "New"]
    again.press("draft", map={"people": people[:1], "ties": []})
    assert again.network().nodes["id"].tolist() == ["ME", "P1", "P2", "P3"]
    assert again.network().nodes["organisation"].tolist() == ["", "X", "X", "Y"]


def test_an_import_with_what_is_remembered_is_saved_and_read_again(start, tmp_path, monkeypatch):
    monkeypatch.setenv("TERTIUS_CONFIG", str(tmp_path / "config"))
    builder = start(star("P1", "P2", "P3"))
    builder.press("draft", map={"people": [person("1", "P1", closeness="4"), person("2", "New")], "ties": [["1", "2"]]})
    network = builder.network()
    network.save(tmp_path / "out")
    again = tertius.read(tmp_path / "out", allow_public_hub=True)
    pd.testing.assert_frame_equal(again.nodes, network.nodes)
    pd.testing.assert_frame_equal(again.ties.fillna(-1), network.ties.fillna(-1))
    assert again.meta == network.meta


def test_what_an_import_says_of_people_is_not_taken_for_remembered(start):
    begin = star("P1", "P2", "P3")
    begin.nodes["group"], begin.nodes["role"] = ["Acme", "law", "law", ""], ["", "Engineer", "", ""]
    begin.nodes["needs"] = [["time"], ["data"], [], []]
    builder = start(begin)
    for offers in ("", "a", "ab"):
        people = [person("1", "P1", offers=offers), person("2", "P2", group="city")]
        assert builder.press("draft", map={"people": people, "ties": []}) == ""
        assert "changed elsewhere" not in builder.panel
    row = builder.network().nodes.set_index("id").loc["P1"]
    assert (row["group"], row["role"], row["needs"], row["offers"]) == ("law", "Engineer", ["data"], ["ab"])
    assert builder.network().nodes.set_index("id").loc["P2", "group"] == "city"
    again = start(begin)
    assert [one["group"] for one in again.values["map"]["people"]] == ["", "city"]
    assert again.values["map"]["me"] == {"group": "", "offers": "", "needs": ""}
    assert again.press("draft", map=again.values["map"]) == ""
    assert "changed elsewhere" not in again.panel


def test_an_own_map_that_was_read_is_not_lost_when_one_from_memory_is_begun(start, tmp_path):
    Learner.open(tmp_path, environment={}).use_network(star("P1", "P2"))
    builder = start()
    assert builder.status == EMPTY
    builder.press("draft", map=PAIR)
    assert builder.network().nodes["id"].tolist() == ["ME", "P1", "P2", "AB", "CD"]
    assert set(builder.network().ties["relation"]) == {"listed", "remembered"}


@pytest.mark.parametrize(
    ("begin", "problem"),
    [
        ([("a", "b")], "A map starts from a Network"),
        (tertius.load("karate"), "does not say whose it is"),
        (Network(star().nodes, star().ties, star().meta | {"contains_names": True}), "under code names only"),
    ],
    ids=["list", "nobody's", "names"],
)
def test_what_a_map_cannot_start_from_is_refused(start, begin, problem):
    with pytest.raises((GraphError, ParameterError), match=problem):
        start(begin)


@pytest.mark.parametrize("prompts", [{}, {"advice": ""}, {"advice": 7}])
def test_a_map_needs_a_prompt(start, prompts):
    with pytest.raises(ParameterError, match="at least one prompt"):
        start(prompts=prompts)


# --- inferred ties


def test_inferred_ties_are_dashed_counted_and_in_no_measure(start):
    from tertius.draw import own_map
    from tertius.intake.inferred import infer_ties

    suggested = infer_ties(star("P1", "P2", "P3"))
    assert suggested.ties[suggested.ties["status"] == "inferred"][["source", "target"]].to_numpy().tolist() == [
        ["P1", "P2"]
    ]
    with pytest.raises(GraphError, match="know each other"):
        tertius.constraint(suggested)
    with pytest.warns(tertius.Caveat, match="inferred"):
        tertius.overlap(suggested.to_ties("inferred"))
    scene = own_map(suggested)
    assert scene.sentences == (
        "ME and 3 contacts: 3 ties reported or recorded, 1 dashed one only inferred, and in no measure.",
    )
    dashed = [
        pair
        for pair, code in zip(scene.ties.named_pairs(), scene.links[0], strict=True)
        if scene.tie_looks[code].line == "dashed"
    ]
    assert dashed == [("P1", "P2")]
    assert tertius.NetworkView(scene).meta["sentences"] == list(scene.sentences)
    known = own_map(start(suggested).network())
    assert "only inferred" in known.sentences[0], "also beside what is remembered"


def test_who_is_said_to_know_whom_is_no_longer_dashed(start):
    from tertius.draw import own_map
    from tertius.intake.inferred import infer_ties

    builder = start(infer_ties(star("P1", "P2", "P3")))
    builder.press("draft", map={"people": [person("1", "P1"), person("2", "P2")], "ties": [["1", "2"]]})
    scene = own_map(builder.network())
    assert scene.sentences == ("ME and 2 contacts: 3 ties reported or recorded.",)


def test_a_map_of_ones_own_says_you(start):
    from tertius.draw import own_map

    builder = start()
    builder.press("draft", map=PAIR)
    assert own_map(builder.network()).sentences == ("You and 2 contacts: 3 ties reported or recorded.",)
    assert builder.report().opening == "Your network in “My map” in six numbers: 2 contacts, 1 tie among them."
