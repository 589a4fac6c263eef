"""A network chosen without code: a data set, a leader's map, one's own, or a file, which stays off shared computers."""

import base64
import json

import ipywidgets
import pytest
from tests.widgets.payloads import PAYLOADS

import tertius
from tertius.errors import ParameterError
from tertius.learner import Learner
from tertius.widgets import MapBuilder, NetworkChoice
from tertius.widgets.network_choice import MOST_BYTES, OWN

HUB = {"BINDER_SERVICE_HOST": "10.0.0.1"}


@pytest.fixture
def start(tmp_path):
    """Make a choice as a newly started notebook does."""

    def start(environment=None, **how):
        learner = Learner.open(tmp_path, environment=environment or {})
        return NetworkChoice(lambda network: ipywidgets.Label(network.meta["title"]), learner=learner, **how)

    return start


def file(text, name="ties.csv"):
    data = text.encode()
    return {"name": name, "size": len(data), "data": base64.b64encode(data).decode()}


def offered(choice):
    return [name for name, _ in choice.shape["fields"][0]["options"]]


def test_every_network_in_the_list_can_be_shown_and_takes_the_place_of_the_one_before(start):
    choice = start()
    assert len(choice.network.nodes) == 34
    assert OWN not in offered(choice)
    for whose in offered(choice):
        before = choice.made
        assert choice.press("use", whose=whose) == ""
        assert choice.place.children == (choice.made,)
        assert (before.comm, choice.made.value) == (None, choice.network.meta["title"])
        assert choice.values == {"whose": whose}
        assert tertius.Ties.of(choice.network, directed=False).n_ties > 0
    assert choice.press("use", whose="data nobody") == "Choose one of the networks in the list, or a file."


def test_ones_own_map_is_offered_and_shown_at_first_if_it_is_what_one_works_with(start, tmp_path):
    learner = Learner.open(tmp_path, environment={})
    people = [{"key": "1", "code": "AB"}, {"key": "2", "code": "CD"}]
    MapBuilder(learner=learner).press("draft", map={"people": people, "ties": []})
    choice = start()
    assert choice.values == {"whose": OWN}
    assert choice.network.nodes["id"].tolist() == ["me", "AB", "CD"]
    learner.use_persona("law_firm")
    assert start().values == {"whose": "data karate"}
    assert offered(start())[0] == OWN


def test_a_file_is_read_shown_and_neither_kept_nor_part_of_the_form(start, tmp_path):
    choice = start()
    assert choice.press("file", file=file("source,target,note\nAA,BB,Zqmark\nBB,CC,\n")) == ""
    assert choice.network.nodes["id"].tolist() == ["AA", "BB", "CC"]
    assert choice.values == {"whose": ""}
    assert "3 people and 2 ties" in choice.panel
    assert "Zqmark" not in json.dumps(choice.get_state(), default=str)
    assert not list(tmp_path.iterdir())
    both_ways = "source,target,weight\nAA,BB,3\nBB,AA,5\n"
    assert choice.press("file", file=file(both_ways)) == ""
    assert tertius.Ties.of(choice.network, directed=False).n_ties == 1
    assert choice.press("use", whose="data karate") == ""
    assert "" not in offered(choice), "the file is gone"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (None, "Choose a file first."),
        (file("", "empty.csv"), "empty.csv: The file is empty."),
        (
            {"name": "a.csv", "size": MOST_BYTES + 1, "data": None},
            "a.csv is larger than 5 MB, more than a form takes: put",
        ),
        ({"name": "a.csv", "size": 3, "data": "!"}, "a.csv did not arrive whole"),
        (file("%PDF-1.7", "../../etc/a.pdf"), "your-file: "),
    ],
)
def test_a_file_that_cannot_be_read_is_told_in_a_sentence_and_what_was_shown_stays(start, given, said):
    choice = start()
    made = choice.made
    assert choice.press("file", file=given).startswith(said)
    assert (choice.made, choice.made.comm is None) == (made, False)


@pytest.mark.parametrize("text", PAYLOADS.values(), ids=PAYLOADS)
def test_hostile_names_of_files_are_text(start, text):
    choice = start()
    choice.press("file", file=file("source,target\nAA,BB\n", text))
    assert "<img" not in choice.panel
    assert "<script" not in choice.panel
    assert choice.network.nodes["id"].tolist() == ["AA", "BB"]


def test_a_shared_computer_takes_no_file_and_says_why(start):
    choice = start(HUB)
    assert [field["name"] for field in choice.shape["fields"]] == ["whose"]
    assert "the people in your files have not agreed" in choice.shape["intro"]
    assert choice.press("file", file=file("source,target\nAA,BB\n")) == "This has changed meanwhile; look at it again."
    assert len(choice.network.nodes) == 34
    trusted = start({**HUB, "TERTIUS_TRUSTED_HUB": "1"})
    assert [field["name"] for field in trusted.shape["fields"]] == ["whose", "file"]


def test_a_data_set_that_is_not_there_is_refused(start):
    with pytest.raises(ParameterError, match="start is 'carate'; did you mean 'karate'"):
        start(start="carate")
