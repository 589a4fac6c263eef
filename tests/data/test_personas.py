"""The five leaders whose maps stand in for a learner's own."""

import pytest

import tertius
from tertius.learner import maps

LEADERS = {
    "pharma_executive": ("EXEC", 64),
    "social_entrepreneur": ("FOUNDER", 26),
    "nonprofit_director": ("DIRECTOR", 18),
    "law_firm": ("PARTNER", 12),
    "manufacturing_vp": ("VP", 13),
}


def test_five_are_listed_in_the_order_of_the_lessons():
    table = tertius.personas()
    assert list(table.columns) == ["name", "leader", "lesson", "sentence"]
    assert table["name"].tolist() == list(LEADERS)
    assert table["lesson"].tolist() == ["02", "03", "04", "05", "06"]
    assert table["leader"].str.match("an invented [a-z]").all()
    assert table["sentence"].str.match(r"She .*\.$").all()


@pytest.mark.parametrize("name", LEADERS)
def test_each_has_a_map_of_their_own(name):
    ego, contacts = LEADERS[name]
    network = tertius.load(name)
    own = network.own_map()
    assert own.ego == ego == network.ego
    assert own.alter_ties == "reported"
    ties = own.to_ties()
    assert len(ties) == contacts + 1
    assert ties.degree[ties.ids.index(ego)] == contacts
    assert ties.n_ties > contacts  # some contacts know each other
    assert ((ties.strength > 0) & (ties.strength <= 1)).all()
    assert set(own.nodes.columns) == set(network.nodes.columns)


@pytest.mark.parametrize("name", LEADERS)
def test_each_map_can_be_kept_in_the_learner_s_file(name):
    own = tertius.load(name).own_map()
    again = maps.to_network(maps.to_tables(own))
    assert again.nodes["id"].equals(own.nodes["id"])
    assert again.ties[["source", "target", "weight"]].equals(own.ties[["source", "target", "weight"]])
    assert again.meta == own.meta


def test_the_name_is_what_the_learner_s_file_takes(tmp_path, monkeypatch):
    monkeypatch.setenv("TERTIUS_HOME", str(tmp_path))
    learner = tertius.Learner.open()
    for name in tertius.personas()["name"]:
        learner.use_persona(name)
        assert learner.persona == name
