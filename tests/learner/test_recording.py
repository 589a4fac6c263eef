"""What a learner records, and what is read back from the file."""

import json
import math
from datetime import date

import numpy as np
import pandas as pd
import pytest

import tertius
from tertius.errors import ParameterError
from tertius.learner import NAME, SCHEMA, Learner


def stored(learner):
    return json.loads(learner.path.read_bytes())


def test_how_a_widget_was_left_takes_the_place_of_what_it_was_before(opened, clock):
    learner = opened()
    learner.keep_view("L06-E1", {"value": {"order": "weakest"}, "t": 21})
    clock.goes_on(seconds=5)
    learner.keep_view("L06-E1", {"value": {"order": "random"}, "t": 3})
    assert opened().views == {"L06-E1": {"value": {"order": "random"}, "t": 3}}
    assert len(stored(learner)["views"]["L06-E1"]) == 1
    assert learner.when("views", "L06-E1") == "2026-01-31T09:30:05Z"
    assert learner.when("answers", "L06-E1") is None
    assert learner.log("views", "L06-E1") == [
        {"state": {"value": {"order": "random"}, "t": 3}, "at": "2026-01-31T09:30:05Z"}
    ]
    before = stored(learner)
    learner.keep_view("L06-E1", {"value": {"order": "random"}, "t": 3})
    assert stored(learner) == before
    with pytest.raises(ParameterError, match="The state of a widget is a dict; this is a list"):
        learner.keep_view("L06-E1", [3])


def test_what_was_recorded_under_an_id_is_read_as_a_copy_in_order(opened):
    learner = opened()
    assert learner.log("answers", "L06-Q1") == []
    for answer in ([1], [2]):
        learner.answer("L06-Q1", answer, "wrong")
    learner.log("answers", "L06-Q1")[0]["answer"].append(9)
    assert [entry["answer"] for entry in learner.log("answers", "L06-Q1")] == [[1], [2]]
    with pytest.raises(ParameterError, match="section is 'plan'"):
        learner.log("plan", "L06-Q1")


def test_opening_writes_nothing(opened, folder):
    learner = opened()
    assert learner.saved is None
    assert learner.messages == []
    assert not folder.exists()


def test_what_was_recorded_is_on_the_disk_when_the_call_returns(opened, clock):
    learner = opened()
    learner.predict("L06-E1", "weakest", 80, "they are bridges")
    clock.goes_on(seconds=5)
    learner.answer("L06-Q1", 2, "wrong")
    learner.reflect("L06-R1", "Ein Gruß an die Cousine 🙂")
    learner.act("L06-A1", "Write to P07", date(2026, 2, 3))
    learner.measure({"effective_size": 4.5})
    learner.use_persona("manufacturing_vp")
    learner.keep_view("L06-E1", {"t": 21})
    learner.write_plan([{"who": "P07", "what": "coffee", "when": date(2026, 2, 3), "hours": 1.5}])
    assert stored(learner) == {
        "schema": SCHEMA,
        "created": "2026-01-31T09:30:00Z",
        "updated": "2026-01-31T09:30:05Z",
        "predictions": {
            "L06-E1": {
                "answer": "weakest",
                "confidence": 80,
                "because": "they are bridges",
                "at": "2026-01-31T09:30:00Z",
            }
        },
        "answers": {"L06-Q1": [{"answer": 2, "status": "wrong", "at": "2026-01-31T09:30:05Z"}]},
        "reflections": {"L06-R1": [{"text": "Ein Gruß an die Cousine 🙂", "at": "2026-01-31T09:30:05Z"}]},
        "actions": {
            "L06-A1": [{"what": "Write to P07", "when": "2026-02-03", "done": False, "at": "2026-01-31T09:30:05Z"}]
        },
        "measures": {"effective_size": [{"value": 4.5, "at": "2026-01-31T09:30:05Z"}]},
        "views": {"L06-E1": [{"state": {"t": 21}, "at": "2026-01-31T09:30:05Z"}]},
        "plan": [
            {
                "who": "P07",
                "what": "coffee",
                "when": "2026-02-03",
                "give": "",
                "ask": "",
                "hours": 1.5,
                "at": "2026-01-31T09:30:05Z",
            }
        ],
        "persona": {"name": "manufacturing_vp", "at": "2026-01-31T09:30:05Z"},
    }
    assert learner.saved == "2026-01-31T09:30:05Z"
    assert "Gruß" in learner.path.read_text("utf-8")


def test_another_notebook_reads_what_was_recorded(opened):
    one = opened()
    one.predict("L06-E1", [0, 1, 4], 65)
    one.answer("L06-Q1", "b", "right")
    one.reflect("L06-R1", "I left out my brother.")
    one.act("L06-A1", "Write to P07", "2026-02-03", done=True)
    one.measure({"degree": 12, "constraint": math.nan})
    one.write_plan([{"who": "P07"}])
    other = opened()
    assert other.messages == []
    for part in ("predictions", "answers", "reflections", "actions", "measures", "plan"):
        assert getattr(other, part) == getattr(one, part)
    assert other.predictions["L06-E1"]["answer"] == [0, 1, 4]
    assert other.reflections == {"L06-R1": "I left out my brother."}
    assert other.actions["L06-A1"]["done"] is True
    assert other.measures["constraint"][0]["value"] is None


# --- what counts


def test_of_several_predictions_the_first_counts_and_the_others_are_kept(opened, clock):
    learner = opened()
    learner.predict("L06-E1", "weakest", 80)
    clock.goes_on(minutes=1)
    counts = learner.predict("L06-E1", "strongest", 90)
    assert counts["answer"] == "weakest"
    assert [later["answer"] for later in counts["later"]] == ["strongest"]
    assert opened().predictions["L06-E1"] == counts


def test_a_skipped_prediction_is_recorded_as_skipped(opened):
    assert opened().predict("L06-E1", None)["answer"] is None
    assert "L06-E1" in opened().predictions


def test_running_a_notebook_again_adds_nothing(opened, clock):
    learner = opened()

    def run_all():
        learner.predict("L06-E1", "weakest", 80)
        learner.predict("L06-E1", "strongest", 90)
        learner.answer("L06-Q1", 2, "wrong")
        learner.reflect("L06-R1", "Nothing.")
        learner.act("L06-A1", "Write to P07", "2026-02-03")
        learner.measure({"degree": 12})
        learner.write_plan([{"who": "P07", "hours": 2}])
        learner.use_persona("manufacturing_vp")

    run_all()
    before = learner.path.read_bytes()
    clock.goes_on(hours=1)
    run_all()
    assert learner.path.read_bytes() == before


def test_every_change_of_mind_is_an_answer_of_its_own(opened):
    learner = opened()
    for answer, status in (("a", "wrong"), ("b", "right"), ("a", "wrong")):
        learner.answer("L06-Q1", answer, status)
    assert [entry["answer"] for entry in opened().answers["L06-Q1"]] == ["a", "b", "a"]


def test_true_and_one_and_one_point_nought_are_different_answers(opened):
    learner = opened()
    for answer in (True, 1, 1.0):
        learner.answer("L06-X3", answer, "wrong")
    assert [type(entry["answer"]) for entry in opened().answers["L06-X3"]] == [bool, int, float]


def test_answers_within_a_second_and_after_the_clock_was_set_back_stay_in_order(opened, clock):
    learner = opened()
    for answer in ("z", "a"):
        learner.answer("L06-Q1", answer, "wrong")
    clock.goes_on(days=-1)
    learner.answer("L06-Q1", "m", "right")
    entries = opened().answers["L06-Q1"]
    assert [entry["answer"] for entry in entries] == ["z", "a", "m"]
    times = [entry["at"] for entry in entries]
    assert times == sorted(set(times))


def test_the_same_measurement_on_another_day_is_recorded(opened, clock):
    learner = opened()
    learner.measure({"degree": 12, "effective_size": 7.5})
    clock.goes_on(days=90)
    learner.measure({"degree": 12, "effective_size": 7.5})
    measures = opened().measures
    assert [entry["at"][:10] for entry in measures["degree"]] == ["2026-01-31", "2026-05-01"]
    assert [entry["at"] for entry in measures["degree"]] == [entry["at"] for entry in measures["effective_size"]]


def test_measures_taken_together_have_the_same_time_even_if_one_was_just_taken(opened):
    learner = opened()
    learner.measure({"degree": 12})
    learner.measure({"effective_size": 7.5, "degree": 13})
    before, together = (entry["at"] for entry in learner.measures["degree"])
    assert before < together == learner.measures["effective_size"][-1]["at"]


# --- the plan


def test_the_plan_is_the_rows_written_last_in_their_order(opened):
    learner = opened()
    learner.write_plan([{"who": "P07", "hours": 1}, {"who": "P01", "hours": 2}])
    assert [row["who"] for row in learner.plan] == ["P07", "P01"]
    learner.write_plan([learner.plan[0], {"who": "P01", "hours": 3}])
    assert [(row["who"], row["hours"]) for row in opened().plan] == [("P07", 1), ("P01", 3)]
    learner.write_plan([])
    assert opened().plan == []
    assert {row["who"] for row in stored(learner)["plan"]} == {"P07", "P01"}, "the file keeps what was dropped"


def test_a_dropped_row_can_come_back(opened):
    learner = opened()
    for rows in ([{"who": "P07"}], [], [{"who": "P07"}]):
        learner.write_plan(rows)
    assert [row["who"] for row in opened().plan] == ["P07"]


def test_a_notebook_drops_only_rows_that_it_has_seen(opened):
    one, other = opened(), opened()
    one.write_plan([{"who": "P01"}])
    other.write_plan([{"who": "P02"}])
    assert {row["who"] for row in opened().plan} == {"P01", "P02"}


# --- whose map


@pytest.fixture
def own_map():
    network = tertius.load("manufacturing_vp")
    network.meta["alter_ties"] = "reported"
    return network


def test_a_map_comes_back_as_it_was_kept(opened, own_map):
    learner = opened()
    assert (learner.choice, learner.network, learner.has_map) == (None, None, False)
    learner.use_network(own_map)
    other = opened()
    assert (other.choice, other.has_map) == ("network", True)
    pd.testing.assert_frame_equal(other.network.nodes, own_map.nodes)
    pd.testing.assert_frame_equal(other.network.ties, own_map.ties)
    assert other.network.meta == own_map.meta


def small_map(codes, **columns):
    nodes = pd.DataFrame({"id": codes, **columns})
    ties = pd.DataFrame({"source": codes[:-1], "target": codes[1:], "relation": "own", "wave": 1, "weight": math.nan})
    relation = {"name": "own", "directed": False, "two_mode": False, "unit": "binary", "scale_max": None}
    meta = {"name": "own", "ego": codes[0], "default_relation": "own", "default_wave": 1, "relations": [relation]}
    return tertius.Network(nodes, ties, meta | {"contains_names": False})


@pytest.mark.parametrize("codes", [["P01"], ["P01", "P02"]], ids=["alone", "two"])
def test_missing_weights_empty_tables_and_tags_come_back(opened, codes):
    network = small_map(codes, needs=[["data", "a hall"]] * len(codes), hours=math.nan)
    opened().use_network(network)
    again = opened().network
    pd.testing.assert_frame_equal(again.nodes, network.nodes)
    assert list(again.ties.columns) == list(network.ties.columns)
    assert again.to_ties().n_ties == len(codes) - 1


def test_going_on_with_a_map_takes_its_place_and_another_notebooks_map_is_kept(opened):
    one, other = opened(), opened()
    one.use_network(small_map(["P01"]))
    one.use_network(small_map(["P01", "P02"]))
    assert "earlier" not in stored(one)["network"]
    other.use_network(small_map(["P09"]))
    earlier = stored(one)["network"]["earlier"]
    assert [table["nodes"]["rows"] for table in earlier] == [[["P01"], ["P02"]]]
    assert opened().network.nodes["id"].tolist() == ["P09"]


def test_the_latest_choice_counts_and_the_own_map_is_kept_beside_a_persona(opened):
    learner = opened()
    learner.use_network(small_map(["P01", "P02"]))
    learner.use_persona("law_firm")
    assert (learner.choice, learner.persona) == ("persona", "law_firm")
    assert opened().network is not None
    learner.use_network(learner.network)
    assert opened().choice == "network"


def test_a_map_with_names_is_refused(opened, folder):
    network = small_map(["Ann", "Bo"])
    network.meta["contains_names"] = True
    with pytest.raises(ParameterError, match="holds people's names, and your file keeps a map under code names only"):
        opened().use_network(network)
    assert not folder.exists()


# --- at the door


@pytest.mark.parametrize(
    ("record", "said"),
    [
        (lambda it: it.predict("L06 E1", "a"), "such as 'L06-Q1'; this one is 'L06 E1'"),
        (lambda it: it.predict("", "a"), "such as 'L06-Q1'; this one is ''"),
        (lambda it: it.answer(6, "a", "right"), "such as 'L06-Q1'; this one is 6"),
        (lambda it: it.predict("L06-E1", "a", 49), r"from 50 \(a coin's toss\) to 100 \(sure\); this is 49"),
        (lambda it: it.predict("L06-E1", "a", 0), "this is 0"),
        (lambda it: it.predict("L06-E1", "a", True), "this is True"),
        (lambda it: it.predict("L06-E1", "a", "80"), "this is '80'"),
        (lambda it: it.predict("L06-E1", "a", 80, None), "The reason is a text; this is None"),
        (lambda it: it.predict("L06-E1", math.inf), "The prediction holds a number that cannot be kept"),
        (lambda it: it.answer("L06-Q1", math.nan, "wrong"), "The answer holds a number that cannot be kept"),
        (lambda it: it.answer("L06-Q1", 10**5000, "wrong"), "The answer holds a number that cannot be kept"),
        (lambda it: it.answer("L06-Q1", object(), "wrong"), "The answer holds a object, which cannot be kept"),
        (lambda it: it.answer("L06-Q1", {1: "a", "1": "b"}, "wrong"), "a number and the same number as text"),
        (lambda it: it.answer("L06-Q1", {("a",): 1}, "wrong"), "keys are neither texts nor numbers"),
        (lambda it: it.answer("L06-Q1", "x" * 1_000_001, "wrong"), "too long to keep"),
        (lambda it: it.answer("L06-Q1", "a", "correct"), "status is 'correct'"),
        (lambda it: it.reflect("L06-R1", 7), "A reflection is a text; this is 7"),
        (lambda it: it.act("L06-A1", " ", "2026-02-03"), "An action says in a few words"),
        (lambda it: it.act("L06-A1", "call", "soon"), "a day such as '2026-01-31'; this is 'soon'"),
        (lambda it: it.act("L06-A1", "call", "2026-02-30"), "this is '2026-02-30'"),
        (lambda it: it.act("L06-A1", "call", "2026-02-03", done=1), "True or False; this is 1"),
        (lambda it: it.measure({}), "Measures come as a dict"),
        (lambda it: it.measure({"degree": "12"}), "The measure 'degree' is a number or nan; this is '12'"),
        (lambda it: it.measure({"degree": math.inf}), "this is inf"),
        (lambda it: it.write_plan(["P07"]), "A row of the plan is a dict with who, what, when"),
        (lambda it: it.write_plan([{"whom": "P07"}]), "The plan has no column 'whom'"),
        (lambda it: it.write_plan([{"hours": -1}]), "a number from 0 up; these are -1"),
        (lambda it: it.write_plan([{"who": 7}]), "The plan's 'who' is a text; this is 7"),
        (lambda it: it.use_persona(None), "this one is None"),
        (lambda it: it.use_network("my map"), "The map is a tertius.Network; this is a str"),
        (lambda it: it.restore(7), "A file is given by its name or as bytes; this is a int"),
    ],
)
def test_wrong_input_is_refused_in_a_sentence_and_changes_nothing(opened, folder, record, said):
    with pytest.raises(ParameterError, match=said):
        record(opened())
    assert not folder.exists()


def test_lists_within_lists_without_end_are_refused(opened):
    endless = []
    endless.append(endless)
    with pytest.raises(ParameterError, match="too many to keep"):
        opened().answer("L06-Q1", endless, "wrong")


def test_the_values_of_an_analyst_become_plain(opened):
    learner = opened()
    answers = {
        "number": (np.float64(0.107), 0.107),
        "yes": (np.True_, True),
        "array": (np.array([[1, 2]]), [[1, 2]]),
        "series": (pd.Series([1.0, 0.5], index=["Ann", "Bo"]), {"Ann": 1.0, "Bo": 0.5}),
        "set": ({"Ike", "Fernando"}, ["Fernando", "Ike"]),
        "mixed": ({2, "a", 1}, [1, 2, "a"]),
        "day": (date(2026, 5, 1), "2026-05-01"),
        "numbered": ({1: "a"}, {"1": "a"}),
    }
    for id, (given, _) in answers.items():
        learner.answer(id, given, "right")
    assert {id: log[0]["answer"] for id, log in opened().answers.items()} == {
        id: plain for id, (_, plain) in answers.items()
    }


def test_half_an_emoji_from_a_browser_is_kept(opened):
    opened().reflect("L06-R1", "torn \ud83d")
    assert opened().reflections["L06-R1"] == "torn \ud83d"
    opened().path.read_text("utf-8")


def test_what_is_read_is_a_copy(opened):
    learner = opened()
    learner.answer("L06-Q1", ["a"], "wrong")
    learner.write_plan([{"who": "P07"}])
    learner.answers["L06-Q1"][0]["answer"].append("b")
    learner.plan[0]["who"] = "P08"
    assert learner.answers["L06-Q1"][0]["answer"] == ["a"]
    assert learner.plan[0]["who"] == "P07"


def test_the_words_for_a_learner_hold_no_place_and_no_time(opened):
    learner = opened()
    assert repr(learner) == "Learner('my-network.tertius.json': nothing recorded yet)"
    learner.answer("L06-Q1", "a", "wrong")
    learner.answer("L06-Q2", "a", "wrong")
    learner.predict("L06-E1", "a")
    assert repr(learner) == "Learner('my-network.tertius.json': 1 prediction, 2 answers)"


# --- where the file is


def test_the_file_is_in_the_home_that_is_named_else_beside_the_notebook(tmp_path, monkeypatch):
    notebook, home = tmp_path / "notebooks", tmp_path / "home"
    notebook.mkdir()
    monkeypatch.chdir(notebook)
    assert Learner.open(environment={}).path == notebook / NAME
    assert Learner.open(environment={"TERTIUS_HOME": ""}).path == notebook / NAME
    assert Learner.open(environment={"TERTIUS_HOME": str(home)}).path == home / NAME
    assert Learner.open(tmp_path, environment={"TERTIUS_HOME": str(home)}).path == tmp_path / NAME
    assert Learner.open(tmp_path / "class.json", environment={}).path == tmp_path / "class.json"
    monkeypatch.setenv("TERTIUS_HOME", str(home))
    Learner.open().answer("L06-Q1", "a", "wrong")
    assert (home / NAME).exists()


def test_a_linked_file_is_renewed_where_it_is(tmp_path, opened):
    synchronised, link = tmp_path / "synchronised", tmp_path / NAME
    synchronised.mkdir()
    link.symlink_to(synchronised / NAME)
    opened(link).answer("L06-Q1", "a", "wrong")
    assert link.is_symlink()
    assert (synchronised / NAME).exists()
    assert opened(link).answers["L06-Q1"]


def test_only_its_owner_may_read_the_file(opened):
    learner = opened()
    learner.answer("L06-Q1", "a", "wrong")
    assert learner.path.stat().st_mode & 0o077 == 0
