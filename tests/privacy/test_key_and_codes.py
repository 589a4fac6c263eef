"""The key is private, code names are steady and told apart, names stay out of everything but the table in memory."""

import os
import pickle
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from tests.intake.corpus.mail import IN, ME, OUT, mailbox

from tertius.errors import Caveat, GraphError, ReadError
from tertius.intake import read
from tertius.network import Network
from tertius.privacy import codes, key, names, statement

CARDS = "BEGIN:VCARD\nVERSION:3.0\nFN:Ann Lee\nEMAIL:ann@example.org\nEND:VCARD\n"


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A configuration folder of its own, and an empty table of names."""
    place = tmp_path / "config"
    monkeypatch.setenv(key.FOLDER, str(place))
    monkeypatch.setattr(names, "_NAMES", {})
    for name in list(os.environ):
        if name.startswith(("BINDER_", "JUPYTERHUB_")):
            monkeypatch.delenv(name)
    return place


@pytest.fixture
def cards(tmp_path):
    path = tmp_path / "contacts.vcf"
    path.write_text(CARDS)
    return path


# --- the key


def test_the_key_is_made_once_and_for_its_owner_alone(home):
    secret = key.load()()
    assert len(secret) == 32
    assert key.load()() == secret
    if os.name == "posix":
        assert stat.S_IMODE((home / key.KEY_NAME).stat().st_mode) == 0o600
        assert stat.S_IMODE(home.stat().st_mode) == 0o700
        (home / key.KEY_NAME).chmod(0o644)
        key.load()
        assert stat.S_IMODE((home / key.KEY_NAME).stat().st_mode) == 0o600


def test_many_who_start_at_once_have_one_key(home):
    with ThreadPoolExecutor(16) as pool:
        assert len({made() for made in pool.map(lambda _: key.load(), range(64))}) == 1


@pytest.mark.parametrize("mark", key.VERSIONED)
def test_no_key_is_made_under_version_control(home, mark):
    home.mkdir()
    (home.parent / mark).mkdir()
    with pytest.raises(ReadError, match="under version control") as caught:
        key.load()
    assert key.FOLDER in str(caught.value)
    assert not (home / key.KEY_NAME).exists()


def test_a_damaged_key_is_told_and_left(home):
    home.mkdir()
    (home / key.KEY_NAME).write_bytes(b"short")
    with pytest.raises(ReadError, match="damaged"):
        key.load()
    assert (home / key.KEY_NAME).read_bytes() == b"short"


def test_a_folder_that_cannot_be_written_is_told(home, cards):
    home.write_text("a file, no folder")
    with pytest.raises(ReadError, match="cannot be kept") as caught:
        read(cards)
    assert caught.value.report.of("reject")[0].code == "R47"


def test_the_key_is_shown_and_copied_nowhere(home, cards):
    secret = key.load()
    assert repr(secret) == "Key(…)"
    with pytest.raises(TypeError, match="never copied"):
        pickle.dumps(secret)
    network = read(cards)
    shown = repr(vars(network)) + str(network.report) + str(pickle.dumps(network))
    for form in (secret().hex(), repr(secret())[2:-1]):
        assert form not in shown


# --- code names


def test_the_same_address_is_the_same_person_in_every_file(home, tmp_path, cards):
    (tmp_path / "mail.mbox").write_text(mailbox(OUT, IN))
    (tmp_path / "google.csv").write_text(
        "First Name,Last Name,Organization Name,Labels,E-mail 1 - Value\nA,L,,,Ann+news@Example.org\n"
    )
    found = [read(cards), read(tmp_path / "mail.mbox", me=ME), read(tmp_path / "google.csv")]
    assert len({network.nodes["id"].tolist()[1] for network in found}) == 1


def test_with_another_key_everybody_has_another_code_name(home, monkeypatch):
    people = [("email", f"p{k}@example.org") for k in range(100)]
    first = codes.codes(people, key.load())
    monkeypatch.setenv(key.FOLDER, str(home / "other"))
    assert not set(first) & set(codes.codes(people, key.load()))


def test_code_names_that_would_be_the_same_are_both_longer(monkeypatch):
    people = [("email", f"p{k}@example.org") for k in range(2_000)]
    monkeypatch.setattr(codes, "SHORT", 2)  # 1,024 beginnings for 2,000 people: many collide
    made = codes.codes(people, key.Key(bytes(32)))
    assert len(set(made)) == len(people)
    lengths = {len(one) - len(codes.PREFIX) for one in made}
    assert lengths == {2, codes.LONG}
    beginnings = [one[len(codes.PREFIX) :][:2] for one in made]
    assert all((beginnings.count(b) > 1) == (len(one) > 4) for b, one in list(zip(beginnings, made, strict=True))[:200])


def test_the_kind_of_identifier_belongs_to_it():
    secret = key.Key(bytes(32))
    assert len(set(codes.codes([("email", "x"), ("url", "x"), ("name", "x")], secret))) == 3


# --- names


def test_names_are_in_memory_alone_and_shown_on_request(home, cards):
    network = read(cards)
    assert "Ann" not in network.nodes.to_csv() + network.ties.to_csv() + repr(network.meta) + str(network.report)
    with pytest.warns(Caveat, match="keeps what it has shown"):
        named = network.with_names()
    assert named.nodes["label"].tolist() == ["me", "Ann Lee"]
    assert named.nodes["id"].tolist() == network.nodes["id"].tolist()
    assert named.meta["contains_names"]
    assert not network.meta["contains_names"]
    assert sorted(path.name for path in home.iterdir()) == [key.KEY_NAME]


def test_names_are_forgotten_with_the_notebook_unless_they_are_kept(home, cards, monkeypatch):
    network = read(cards)
    monkeypatch.setattr(names, "_NAMES", {})
    with pytest.raises(GraphError, match="keep_names=True"):
        network.with_names()
    read(cards, keep_names=True)
    monkeypatch.setattr(names, "_NAMES", {})
    with pytest.warns(Caveat):
        assert network.with_names().nodes["label"].tolist() == ["me", "Ann Lee"]
    if os.name == "posix":
        assert stat.S_IMODE((home / key.NAMES_NAME).stat().st_mode) == 0o600
    assert sorted(path.name for path in cards.parent.iterdir()) == ["config", "contacts.vcf"]


def test_a_kept_table_that_is_no_table_is_told(home, cards, monkeypatch):
    network = read(cards, keep_names=True)
    (home / key.NAMES_NAME).write_bytes(b"\xff\xfe\x00")
    monkeypatch.setattr(names, "_NAMES", {})
    with pytest.raises(ReadError, match="cannot be read"):
        network.with_names()


def test_names_can_be_taken_off_the_table():
    names.remember({"P-A": "Ann", "P-B": "Bo"})
    names.forget(["P-A"])
    assert names.behind(["P-A", "P-B"]) == {"P-B": "Bo"}
    names.forget()
    assert names.behind(["P-B"]) == {}


# --- the statement


def test_it_is_said_before_the_first_file_from_an_account_and_not_again(home, cards, capsys, tmp_path):
    (tmp_path / "ties.csv").write_text("source,target\nA,B\n")
    read(tmp_path / "ties.csv", directed=False)
    assert capsys.readouterr().out == ""  # nobody is under a code name there
    read(cards)
    assert capsys.readouterr().out == statement.BEFORE_THE_FIRST + "\n"
    read(cards)
    assert capsys.readouterr().out == ""


def test_it_is_said_even_if_the_file_is_then_refused(home, tmp_path, capsys):
    (tmp_path / "bad.vcf").write_text("BEGIN:VCARD\nEND:VCARD\n")
    with pytest.raises(ReadError):
        read(tmp_path / "bad.vcf")
    assert "have not been asked" in capsys.readouterr().out


def test_on_a_shared_computer_another_thing_is_said(home, cards, capsys, monkeypatch):
    monkeypatch.setenv("JUPYTERHUB_USER", "ann")
    with pytest.raises(ReadError, match="shared computer"):
        read(cards)
    assert capsys.readouterr().out == ""
    read(cards, allow_public_hub=True)
    assert capsys.readouterr().out == statement.ON_A_SHARED_COMPUTER + "\n"


# --- pseudonymise


def test_a_named_network_is_put_under_code_names(home, tmp_path):
    path = tmp_path / "Ann Lee's ties.csv"
    path.write_text("source,target,weight\nann@example.org,Bo Katz,2\nme,Bo Katz,5\n")
    network = read(path, directed=False, me="me")
    nodes = network.nodes.assign(
        organisation=["Acme", "Acme", "Acme"], remark="knows too much", age=[1, 2, 3], role="chief"
    )
    nodes.loc[0, "organisation"] = "Small"
    ties = network.ties.assign(reported_by="ann@example.org", note="secret")
    hidden = Network(nodes, ties, network.meta, network.report).pseudonymise()
    shown = hidden.nodes.to_csv() + hidden.ties.to_csv() + repr(hidden.meta) + repr(hidden)
    for word in ("ann", "Ann", "Katz", "Acme", "Small", "knows", "chief", "secret", "note"):
        assert word not in shown
    assert hidden.nodes["organisation"].tolist() == ["other", "other", "other"]  # one, and two: both under three
    assert hidden.nodes["age"].tolist() == [1, 2, 3]
    assert hidden.ego == "me"
    assert hidden.report is None
    assert hidden.ties["weight"].tolist() == [2, 5]
    assert hidden.nodes["id"].tolist()[0] == codes.codes([("email", "ann@example.org")], key.load())[0]
    with pytest.warns(Caveat):
        assert hidden.with_names().nodes["label"].tolist() == ["ann@example.org", "Bo Katz", "me"]
    assert hidden.pseudonymise().nodes["id"].tolist() == hidden.nodes["id"].tolist()


def test_reading_needs_no_network_and_no_heavy_package(home, cards):
    code = f"import sys; from tertius.intake import read; read({str(cards)!r}); print(*sorted(sys.modules))"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    loaded = set(said.stdout.splitlines()[-1].split())
    assert not loaded & {"requests", "matplotlib", "ipywidgets", "icalendar", "defusedxml"}
