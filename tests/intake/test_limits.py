"""What is too large, or in the wrong place, is refused with the limit and how to raise it; little memory is used."""

import sys
import zipfile

import pytest
from tests.intake.corpus.address_books import ANN, LINKEDIN, MESSAGES, TALK, URL, archive, card
from tests.intake.corpus.mail import IN, ME, OUT, letter, mailbox
from tests.intake.corpus.meetings import ANN as ANN_ADDRESS
from tests.intake.corpus.meetings import BO, calendar, event
from tests.intake.cost import cost_of

from tertius.errors import ReadError
from tertius.intake import FORMATS, Limits, read


def refusal(path, **settings):
    with pytest.raises(ReadError) as caught:
        read(path, **settings)
    (problem,) = caught.value.report.of("reject")
    return problem


@pytest.mark.parametrize(
    ("name", "content", "settings", "words"),
    [
        ("mail.mbox", mailbox(OUT, IN), {"limits": Limits(mailbox_megabytes=0.0001), "me": ME}, "mailbox_megabytes="),
        ("mail.mbox", mailbox(OUT, IN), {"limits": Limits(nodes=0), "me": ME}, "nodes="),
        ("c.ics", calendar(event(ANN_ADDRESS, BO)), {"limits": Limits(ties=2), "me": ME}, "ties="),
        ("c.vcf", card("FN:A", "EMAIL:a@x.org") + card("FN:B", "EMAIL:b@x.org"), {"limits": Limits(nodes=1)}, "nodes="),
        ("n.json", '{"nodes": ["a", "b"], "links": []}', {"limits": Limits(nodes=1)}, "nodes="),
        ("n.json", '{"nodes": ["a", "b"], "links": [["a", "b"], ["b", "a"]]}', {"limits": Limits(ties=1)}, "ties="),
        ("a.zip", archive({f"{k}.csv": "" for k in range(9)} | {"Connections.csv": LINKEDIN + ANN}),
         {"limits": Limits(archive_members=5)}, "10 files"),
        ("a.zip", archive({"Connections.csv": LINKEDIN + ANN * 50_000}), {"limits": Limits(archive_ratio=2)},
         "2 times"),
        ("a.zip", archive({"Connections.csv": LINKEDIN + ANN}), {"limits": Limits(megabytes=0.0001)}, "MB in all"),
    ],
)  # fmt: skip
def test_a_limit_names_itself(tmp_path, name, content, settings, words):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    problem = refusal(path, **settings)
    assert problem.code == "R45"
    assert words in str(problem)


def test_time_runs_out_in_a_mailbox_too(tmp_path):
    path = tmp_path / "mail.mbox"
    path.write_text(mailbox(*[OUT.replace("<1@", f"<{k}@") for k in range(600)]))
    assert refusal(path, me=ME, limits=Limits(seconds=0)).code == "R46"


def test_a_zip_is_not_unpacked(tmp_path):
    path = tmp_path / "export.zip"
    path.write_bytes(archive({"Connections.csv": LINKEDIN + ANN, "messages.csv": MESSAGES + TALK}))
    read(path, me=URL + "me")
    assert [entry.name for entry in tmp_path.iterdir()] == ["export.zip"]


def test_people_of_connections_and_messages_are_joined_by_their_profiles(tmp_path):
    path = tmp_path / "export.zip"
    listed = LINKEDIN + ANN.replace(",,Acme", ",ann@example.org,Acme")  # an address in one table alone
    with zipfile.ZipFile(path, "w") as zipped:
        zipped.writestr("Connections.csv", listed)
        zipped.writestr("messages.csv", MESSAGES + TALK)
    network = read(path)
    assert len(network.nodes) == 3  # me, Ann, Bo
    ann = network.ties.loc[network.ties["relation"] == "listed", "target"].item()
    assert ann in set(network.ties.loc[network.ties["relation"] == "contact", "target"])
    assert network.relation("listed")["alter_ties"] == "none"
    assert network.strength_table()["n_out"].tolist() == [1, 1]  # of the messages alone


def test_what_the_learner_says_of_ties_among_contacts_counts(tmp_path):
    (tmp_path / "c.vcf").write_text(card("FN:A", "EMAIL:a@example.org"))
    (tmp_path / "m.mbox").write_text(mailbox(OUT))
    assert read(tmp_path / "c.vcf").alter_ties == read(tmp_path / "c.vcf").own_map().alter_ties == "none"
    assert read(tmp_path / "c.vcf", alter_ties="reported").alter_ties == "reported"
    assert read(tmp_path / "m.mbox", me=ME).alter_ties == "partial"
    assert read(tmp_path / "m.mbox", me=ME, alter_ties="inferred").alter_ties == "inferred"


@pytest.mark.parametrize("kind", FORMATS)
def test_a_kind_that_a_file_is_not_is_refused_and_never_read_as_another(tmp_path, kind):
    path = tmp_path / "letter.txt"
    path.write_text("Dear Ann,\n\nall is well here.\n")
    assert refusal(path, kind=kind).code in ("R02", "R07", "R11", "R14", "R36", "R37", "R38", "R42")
    if kind not in ("maildir", "network_canvas"):
        (tmp_path / "folder").mkdir(exist_ok=True)
        assert refusal(tmp_path / "folder", kind=kind).code == "R07"


@pytest.mark.parametrize("kind", FORMATS)
def test_an_empty_file_is_refused_whatever_it_is_called(tmp_path, kind):
    (tmp_path / "empty").write_bytes(b"")
    assert refusal(tmp_path / "empty", kind=kind, me=ME).code in ("R02", "R07", "R38")


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps the peak of a program")
def test_a_mailbox_of_500_megabytes_needs_little_memory(tmp_path, record_property):
    path = tmp_path / "mail.mbox"
    attachment = ("QUJD" * 19 + "\n") * 1_000_000  # 77 MB
    with path.open("w") as stream:
        for k in range(6):
            stream.write(mailbox(letter(ME, "ann@example.org", number=k, text=attachment)))
        stream.write(mailbox(IN) + "x" * 60_000_000)  # a line without an end
    assert path.stat().st_size > 500_000_000
    seconds, megabytes = cost_of(path, ME)
    record_property("seconds and megabytes", f"{seconds:.1f} s, {megabytes:.0f} MB")
    assert megabytes <= 200
    assert seconds <= 60
