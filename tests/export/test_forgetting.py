"""People who are taken out: of the network, of files that are read again, and everything at once."""

import pytest
from tests.export.test_saving import counted

import tertius
from tertius.errors import Caveat, GraphError
from tertius.export import ledger
from tertius.privacy import key, names

LINES = "source,target\nme,Often\nme,Rare\nOften,Rare\nme,Three\n"


def read(folder):
    return tertius.read(folder / "ties.csv", directed=False, me="me", allow_public_hub=True)


def test_who_is_forgotten_is_gone_with_their_ties_and_what_they_said(own_folder):
    network = counted()
    network.ties["reported_by"] = ["me", "Rare", "me"]
    with pytest.warns(Caveat, match="There is no key to code names here"):
        rest = network.forget("Rare")
    assert rest.nodes["id"].tolist() == ["me", "Often", "Three", "Never"]
    assert rest.ties["target"].tolist() == ["Often"]
    assert len(network.nodes) == 5, "the network before is as it was"
    assert not list(own_folder.iterdir())


def test_with_a_key_they_stay_out_of_files_that_are_read_again(own_folder, tmp_path):
    (own_folder / key.KEY_NAME).write_bytes(bytes(32))
    (tmp_path / "ties.csv").write_text(LINES)
    network = read(tmp_path)
    with pytest.warns(Caveat, match="left out when files are read again"):
        network.forget(["Rare", "Three"])
    stored = (own_folder / ledger.FORGOTTEN).read_text()
    assert "Rare" not in stored
    assert (own_folder / ledger.FORGOTTEN).stat().st_mode & 0o077 == 0
    with pytest.warns(Caveat, match="2 people were left out because you have forgotten them"):
        again = read(tmp_path)
    assert again.nodes["id"].tolist() == ["me", "Often"]
    (own_folder / key.KEY_NAME).write_bytes(bytes(31) + b"x")
    assert len(read(tmp_path).nodes) == 4, "a digest says nothing without its key"


def test_names_are_taken_off_both_tables(own_folder):
    names.remember({"Rare": "Ann Lee", "Often": "Bo"})
    names.keep({"Rare": "Ann Lee", "Often": "Bo"})
    with pytest.warns(Caveat):
        counted().forget("Rare")
    assert names.behind(["Rare", "Often"]) == {"Often": "Bo"}
    assert "Ann" not in (own_folder / key.NAMES_NAME).read_text()
    with pytest.warns(Caveat):
        counted().forget("everything")
    assert names.behind(["Often"]) == {}


def test_files_that_were_saved_are_told_as_long_as_they_are_there(tmp_path):
    network = counted()
    network.save(tmp_path / "out")
    network.share(tmp_path / "shared")
    with pytest.warns(Caveat) as told:
        network.forget("Rare")
    message = str(told[0].message)
    assert f"{tmp_path / 'out'}, {tmp_path / 'shared'}" in message
    for place in ("outputs of notebooks", "learner's file", "backups", "copies that were sent"):
        assert place in message
    for file in (tmp_path / "out").iterdir():
        file.unlink()
    (tmp_path / "out").rmdir()
    with pytest.warns(Caveat) as told:
        network.forget("Rare")
    assert str(tmp_path / "out") not in str(told[0].message)


def test_everything_leaves_nothing_behind_here(own_folder, tmp_path):
    for name in (key.KEY_NAME, key.NAMES_NAME):
        (own_folder / name).write_bytes(b"secret")
    network = counted()
    network.save(tmp_path / "out")
    with pytest.warns(Caveat):
        network.forget("Rare")
    with pytest.warns(Caveat, match=r"Deleted from your configuration folder: code-names\.key, people\.names\.csv"):
        rest = network.forget("everything")
    assert (len(rest.nodes), len(rest.ties), rest.ego) == (0, 0, None)
    assert not list(own_folder.iterdir())
    with pytest.warns(Caveat, match="nothing was there"):
        network.forget("everything")


def test_somebody_who_is_called_everything_can_be_forgotten_alone():
    network = counted()
    nodes = network.nodes.replace("Rare", "everything")
    renamed = tertius.Network(nodes, network.ties.replace("Rare", "everything"), network.meta)
    with pytest.warns(Caveat):
        assert len(renamed.forget(["everything"]).nodes) == 4


def test_a_stranger_cannot_be_forgotten(own_folder):
    (own_folder / key.KEY_NAME).write_bytes(bytes(32))
    with pytest.raises(GraphError, match="not in this network"):
        counted().forget("Nobody")
    assert not (own_folder / ledger.FORGOTTEN).exists()


@pytest.mark.parametrize("content", ["", "{", '{"a": 1}', "[1, 2]"])
def test_a_damaged_list_is_begun_anew(own_folder, tmp_path, content):
    (own_folder / ledger.SAVED).write_text(content)
    counted().save(tmp_path / "out")
    assert ledger.saved() == [tmp_path / "out"]
