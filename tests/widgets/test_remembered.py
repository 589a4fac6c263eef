"""A map from memory: checked as it comes from a browser, and as a network and back."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.widgets.payloads import PAYLOADS

from tertius.errors import ParameterError
from tertius.ties import Ties
from tertius.widgets.remembered import CHOICES, EGO, MOST_IN_GRID, MOST_PEOPLE, Remembered, tags

DAY = date(2026, 1, 31)


def person(key, code="", **said):
    return {"key": key, "code": code, **said}


def remembered(*people, ties=()):
    return Remembered.of({"people": list(people), "ties": [list(pair) for pair in ties]})


ABC = (
    person("1", "AB", closeness="5", group="law", last="2025-12-24", often="weekly", relation="above"),
    person("2", "CD", closeness="2", offers="data, grant writing", needs="time", prompts=["news", "work"]),
    person("3", "EF", grid=False),
)


def test_the_network_is_dated_reported_and_around_me():
    network = remembered(*ABC[:2], ties=["21"]).network(DAY)
    assert (network.ego, network.alter_ties, network.meta["reference_date"]) == (EGO, "reported", "2026-01-31")
    assert network.nodes["id"].tolist() == ["me", "AB", "CD"]
    assert network.ties[["source", "target", "weight"]].to_numpy().tolist() == [
        ["me", "AB", 5],
        ["me", "CD", 2],
        ["AB", "CD", 3],
    ]
    assert set(network.ties["status"]) == {"reported"}
    assert network.ties["closeness"].isna().tolist() == [False, False, True]
    assert Ties.of(network).pair_strength.tolist() == [1, 0.4, 0.6]


def test_who_was_left_out_of_the_grid_makes_the_ties_partly_known():
    network = remembered(*ABC, ties=["12", "13"]).network(DAY)
    assert network.alter_ties == Ties.of(network).alter_ties == "partial"
    assert len(network.ties) == 4, "the tie of somebody who left the grid is gone"


def test_where_no_closeness_was_said_ties_have_no_weight():
    network = remembered(person("1", "AB"), person("2", "CD"), ties=["12"]).network(DAY)
    assert network.ties["weight"].isna().all()
    assert network.meta["relations"][0]["unit"] == "binary"
    assert Ties.of(network).pair_strength.tolist() == [1, 1, 1]


def test_everybody_gets_an_id_of_their_own():
    people = [
        person(str(k), code) for k, code in enumerate(["AB", "", "AB", "me", "P01", " AB ", "\u202e\u0007", "AB-2"])
    ]
    found = remembered(*people)
    assert list(found.ids().values()) == ["AB", "P02", "AB-3", "me-2", "P01", "AB-4", "P03", "AB-2"]
    notes = " ".join(found.notes())
    assert "“AB” is there more than once" in notes
    assert "P02, P03 are so called" in notes


@pytest.mark.parametrize(
    ("code", "is_namelike"),
    [("Ann Miller", True), ("ann@example.org", True), ("+41 79 123 45 67", True), ("AM", False), ("A. M.", False),
     ("P-07", False), ("client 3", False)],
)  # fmt: skip
def test_what_looks_like_a_name_is_remarked_and_kept(code, is_namelike):
    found = remembered(person("1", code))
    assert ("looks like a name" in " ".join(found.notes())) == is_namelike
    assert found.ids()["1"] == code


def test_what_is_not_known_yet_is_said():
    notes = remembered(*ABC).notes()
    assert notes[0].startswith("How close you are to 1 person is not said yet; until then each counts as 3 of 5.")
    assert notes[1].startswith("1 contact is not in the grid")
    assert remembered(person("1", "AB")).notes() == [], "before the first closeness nothing is compared"


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        (None, "The map did not arrive whole"),
        ({"people": []}, "The map did not arrive whole"),
        ({"people": [7], "ties": []}, "Contact 1 did not arrive whole"),
        ({"people": [{"code": "AB"}], "ties": []}, "Contact 1 did not arrive whole"),
        ({"people": [person("1", 7)], "ties": []}, "Contact 1: what stands under code is no text"),
        ({"people": [person("1", "x" * 61)], "ties": []}, "has 61 characters, and there is room for 60"),
        ({"people": [person("1", closeness="9")], "ties": []}, "'9' is none of the options for closeness"),
        ({"people": [person("1", last="31.1.2026")], "ties": []}, "'31.1.2026' is no day"),
        ({"people": [person("1"), person("1")], "ties": []}, "Two contacts arrived as one"),
        ({"people": [person("1")], "ties": [["1"]]}, "A tie did not arrive whole"),
        ({"people": [person(str(k)) for k in range(16)], "ties": []}, "The grid has room for 15; leave 1 out of it"),
        ({"people": [person(str(k)) for k in range(41)], "ties": []}, "at most 40 contacts, and this one has 41"),
    ],
)  # fmt: skip
def test_what_is_no_map_is_refused_and_nothing_is_cut(given, problem):
    with pytest.raises(ParameterError, match=r"^[^\n]+$") as refused:
        Remembered.of(given)
    assert problem in str(refused.value)


def test_names_of_every_kind_are_text_without_what_cannot_be_seen():
    found = remembered(*(person(name, code.encode("utf-8", "replace").decode()) for name, code in PAYLOADS.items()))
    ids = found.ids()
    assert ids["image"] == PAYLOADS["image"]
    assert ids["turned"] == "Zoë dniheb"
    assert ids["controls"] == "bell"
    assert len(found.network(DAY).nodes) == len(PAYLOADS) + 1


def test_tags_are_trimmed_and_told_once():
    assert tags(" data ,grant writing;data|\u202ex\n,, ") == ["data", "grant writing", "x"]


TEXT = st.text(st.characters(codec="utf-8"), max_size=12)
PERSON = st.fixed_dictionaries(
    {
        "code": TEXT,
        "group": TEXT,
        "offers": TEXT,
        "needs": TEXT,
        "last": st.sampled_from(["", "2024-02-29"]),
        "prompts": st.lists(st.sampled_from(["news", "work"]), max_size=3),
        "grid": st.booleans(),
        **{name: st.sampled_from(["", *options]) for name, options in CHOICES.items()},
    }
)


@st.composite
def maps(draw):
    people = [one | {"key": f"k{k}"} for k, one in enumerate(draw(st.lists(PERSON, max_size=MOST_IN_GRID)))]
    keys = st.sampled_from([one["key"] for one in people] or [""])
    ties = draw(st.lists(st.tuples(keys, keys), max_size=8))
    me = draw(st.fixed_dictionaries({"group": TEXT, "offers": TEXT, "needs": TEXT}))
    return {"people": people, "ties": ties, "me": me}


@settings(deadline=None)
@given(maps())
def test_a_map_comes_back_from_its_network_as_it_was(given_map):
    found = Remembered.of(given_map)
    network = found.network(DAY)
    assert len(network.nodes) == len(found.people) + 1
    again = Remembered.from_network(network)
    assert again.same_as(found)
    assert Remembered.of(found.value()) == found
    assert again.network(DAY).ties.fillna(-1).equals(network.ties.fillna(-1))


def test_a_map_of_the_most_people_is_not_slow():
    people = [person(str(k), f"P{k}", grid=k < MOST_IN_GRID) for k in range(MOST_PEOPLE)]
    assert len(Ties.of(remembered(*people).network(DAY))) == MOST_PEOPLE + 1
    assert np.isnan(remembered(*people).network(DAY).ties["weight"]).all()
