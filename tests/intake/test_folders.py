"""Folders that are read as a whole: which files of them count."""

import pytest
from tests.intake.corpus.mail import IN, ME, OUT, letter, mailbox
from tests.intake.test_contact_records import code

from tertius.errors import ReadError
from tertius.intake import Limits, folder_names, read


@pytest.fixture
def folder(tmp_path):
    """Write files into a folder, and return where it is."""

    def _folder(files):
        for name, content in files.items():
            path = tmp_path / "mail" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content)
        return tmp_path / "mail"

    return _folder


def people(network):
    return set(network.nodes["id"]) - {"me"}


def to(name):
    return letter(ME, f"{name}@example.org")


def test_of_mailboxes_and_emails_in_one_folder_those_are_read_that_were_asked_for(folder):
    place = folder({"a.mbox": mailbox(OUT), "more/b.eml": to("bo")})
    with pytest.raises(ReadError, match='Tell me: kind="mbox" or kind="eml"'):
        read(place, me=ME)
    assert people(read(place, "mbox", me=ME)) == {code("ann@example.org")}
    assert people(read(place, "eml", me=ME)) == {code("bo@example.org")}
    with pytest.raises(ReadError, match="This folder holds a mailbox"):
        read(place, "ics", me=ME)


def test_hidden_files_links_and_what_lies_too_deep_are_not_read(folder):
    place = folder(
        {"1.eml": OUT, "a/b/c/2.eml": to("bo"), "a/b/c/d/3.eml": to("cy"), ".4.eml": to("di"), ".x/5.eml": to("ed")}
    )
    (place / "6.eml").symlink_to(place / "a/b/c/d/3.eml")
    (place / "loop").symlink_to(place, target_is_directory=True)
    assert people(read(place, me=ME)) == {code("ann@example.org"), code("bo@example.org")}


def test_drafts_and_rubbish_beside_are_told_and_an_own_name_is_no_reason(folder):
    files = {
        "Inbox": IN,
        "Entwürfe": to("bo"),
        "Trash.mbox/mbox": to("cy"),
        "Trash the planet.mbox": to("di"),
        "x.dat": "",
    }
    place = folder({name: mailbox(text) if text else "From me" for name, text in files.items()})
    network = read(place, me=ME)
    assert people(network) == {code("ann@example.org"), code("di@example.org")}
    assert "2 mailboxes (mbox) in a folder" in str(network.report)
    assert "I left out drafts, spam and trash: Entwürfe, Trash." in str(network.report)
    assert people(read(place / "Trash.mbox", me=ME)) == {code("cy@example.org")}  # asked for, so read


def test_all_mailboxes_of_a_folder_together_may_be_as_large_as_one(folder):
    place = folder({"a.mbox": mailbox(OUT) * 5_000, "b.mbox": mailbox(IN) * 5_000})
    with pytest.raises(ReadError, match="larger than the 1 MB"):
        read(place, me=ME, limits=Limits(mailbox_megabytes=1))


def test_a_maildir_without_new_mail_is_one_and_links_in_it_are_not_followed(folder):
    place = folder({"cur/1:2,S": OUT, "Work/cur/2:2,S": to("bo")})
    unfinished = place / "Work" / "tmp"
    unfinished.mkdir()
    (unfinished / "3").write_text(to("cy"))
    (place / "loop").symlink_to(place, target_is_directory=True)
    assert people(read(place, me=ME)) == {code("ann@example.org"), code("bo@example.org")}


@pytest.mark.parametrize(
    "name", [".Trash", ".Trash.2023", ".INBOX.Drafts", ".Gel&APY-scht", "Junk", ".&BCcENQRABD0EPgQyBDgEOgQ4-"]
)
def test_a_folder_of_drafts_or_rubbish_is_known_in_whatever_letters(folder, name):
    network = read(folder({"cur/1:2,S": OUT, f"{name}/cur/2:2,S": to("bo")}), me=ME)
    assert people(network) == {code("ann@example.org")}


def test_names_that_are_no_utf_7_stay_as_they_are():
    assert folder_names.from_utf7("R&D-Team") == "R&D-Team"
    assert folder_names.from_utf7("A&2AA-") == "A&2AA-"  # half of a pair
    assert folder_names.from_utf7("&Jjo-") == "☺"
