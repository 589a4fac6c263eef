"""Which messages count, where one begins, and who is behind an address."""

import pytest
from tests.intake.corpus.mail import IN, ME, OUT, letter, mailbox
from tests.intake.test_contact_records import code

from tertius.errors import ReadError
from tertius.intake import read


def read_letters(reading, *letters, **settings):
    return reading(mailbox(*letters), "mail.mbox", me=ME, **settings)


def numbers(network):
    return network.strength_table()[["n_out", "n_in"]].to_dict("index")


@pytest.mark.parametrize(
    ("reason", "other"),
    [
        ("copy of a message", OUT),
        ("list or newsletter", letter("x@example.org", ME, List_Id="<x>")),
        ("list or newsletter", letter("x@example.org", ME, List_Unsubscribe="<mailto:x>")),
        ("list or newsletter", letter("x@example.org", ME, Precedence="Bulk")),
        ("automatic message", letter("x@example.org", ME, Auto_Submitted="auto-generated; x")),
        ("automatic message", letter("No-Reply@example.org", ME)),
        ("automatic message", letter("MAILER-DAEMON@example.org", ME)),
        ("draft, spam or trash", letter(ME, "x@example.org", X_Mozilla_Draft_Info="internal")),
        ("draft, spam or trash", letter(ME, "x@example.org", X_Gmail_Labels="Inbox,Spam")),
        ("draft, spam or trash", letter(ME, "x@example.org", X_Gmail_Labels="=?UTF-8?Q?Entw=C3=BCrfe,Ge=C3=B6ffnet?=")),
        ("draft, spam or trash", letter(ME, "x@example.org", X_Gmail_Labels="=?UTF-8?B?UmFzY3VuaG9z?=")),
        ("draft, spam or trash", letter(ME, "x@example.org", X_Gmail_Labels='"Paris, London",Bozze')),
        ("draft, spam or trash", letter(ME, "x@example.org", X_Gmail_Labels="Opened,\n [Gmail]/Corbeille")),
        ("to yourself, or to nobody", letter(ME, ME)),
        ("to yourself, or to nobody", letter(ME, "undisclosed-recipients:;")),
        ("more than 25 recipients", letter("x@example.org", ", ".join(f"p{k}@example.org" for k in range(26)))),
        ("after the reference date", letter("x@example.org", ME, "Sat, 01 Mar 2025 10:00:00 +0000")),
    ],
)
def test_a_message_that_tells_of_no_contact_is_set_aside_and_counted(reading, reason, other):
    network = read_letters(reading, OUT, other, IN, reference_date="2024-12-31")
    assert network.report.skipped == {reason: 1}
    assert (network.report.n_records, network.report.n_kept) == (3, 2)
    assert numbers(network) == {code("ann@example.org"): {"n_out": 1, "n_in": 1}}
    assert f"1 {reason}" in str(network.report)


@pytest.mark.parametrize(
    "day", ["Thu, 1 Jan 1970 00:00:00 +0000", "Mon, 31 Feb 2022 10:00:00 +0000", "Tue, 1 Mar 2022 27:00:00 +0000", ""]
)
def test_no_valid_date_is_told_as_a_loss(reading, day):
    letters = [OUT.replace("<1@", f"<{k}@") for k in range(9)]
    network = read_letters(reading, *letters, letter("x@example.org", ME, day))
    assert network.report.skipped == {"no valid date": 1}
    assert [problem.code for problem in network.report.of("warning")] == ["R35"]


@pytest.mark.parametrize(
    "label", ["Book drafts", '"Comics, Spam"', "Projects/Drafts", "Templates", '"', "=?klingon?q?x?="]
)
def test_a_label_that_only_has_such_a_word_in_it_takes_no_message_away(reading, label):
    network = read_letters(reading, letter(ME, "ann@example.org", X_Gmail_Labels=f"Inbox,{label}"))
    assert network.report.skipped == {}


def test_25_recipients_are_a_message_and_not_a_blast(reading):
    network = read_letters(reading, letter(ME, ", ".join(f"p{k}@example.org" for k in range(25))))
    assert len(network.nodes) == 26
    assert (network.ties["status"] == "inferred").sum() == 25 * 24 // 2


@pytest.mark.parametrize(
    "text",
    [
        "so long\nFrom me at 10:00 in 2024\nTo: you\n",  # not after an empty line
        "\nFrom me at 10:00 in 2024\nwith love\n",  # no header follows
        "\nFrom me\nTo: you\n",  # no time of day
        "we met\nFrom Mon on we work\nTo: you\n",
        "so long\nFrom \nTo: you\n",
        "\nFrom\nTo: you\n",
        "\n>From a@b Tue Mar 12 10:00:00 2024\nTo: you\n",
        "\n From a@b Tue Mar 12 10:00:00 2024\nTo: you\n",
        "x" * 70_000 + "From a@b Tue Mar 12 10:00:00 2024\nTo: you\n",
    ],
)
def test_a_text_does_not_end_a_message(reading, text):
    network = read_letters(reading, letter(ME, "ann@example.org", text=text), IN)
    assert network.report.n_records == 2


@pytest.mark.parametrize(
    "line",
    [
        "From ann@example.org Tue Mar 12 10:00:00 2024",
        "From 179@xxx Tue Mar 02 10:00:00 +0000 2024",
        "From - Tue, 12 Mar 2024 10:00:00 +0000",
        "From ann at example.org  Tue Mar 12 10:00:00 2024",
        "From MAILER-DAEMON Sat Apr 12 2025 15:59:28",
    ],
)
def test_a_line_with_a_whole_date_begins_a_message_wherever_it_stands(reading, line):
    for end in ("\n", "\r\n"):
        for first in (
            OUT.rstrip("\n") + "\n",
            OUT.partition("\n\n")[0] + "\n",
        ):  # without an empty line; without a body
            network = reading(f"{line}\n{first}{line}\n{IN}".replace("\n", end), "mail.mbox", me=ME)
            assert network.report.n_records == 2
            assert numbers(network) == {code("ann@example.org"): {"n_out": 1, "n_in": 1}}


@pytest.mark.parametrize(
    "line", ["From ", "From -", "From x Tue Mar 12 10:00:00 2024\n>From - Sat Apr 12 2025 15:59:28", ">From -"]
)
def test_some_programs_write_little_between_two_messages(reading, line):
    network = reading(f"{line}\n{OUT}\n{line.lstrip('>')}\n{IN}", "Inbox", me=ME)
    assert network.report.kind == "mbox"
    assert numbers(network) == {code("ann@example.org"): {"n_out": 1, "n_in": 1}}


@pytest.mark.parametrize("start", ["", "\n", "\n\r\n", "\ufeff"])
def test_the_first_message_is_not_lost(reading, start):
    network = reading(start + mailbox(OUT, IN), "mail.mbox", me=ME)
    assert network.report.n_records == 2


def test_a_damaged_beginning_loses_one_message_and_no_other(reading):
    text = mailbox(OUT, IN, letter(ME, "bo@example.org")).split("\n")
    broken = "\n".join(
        line.replace("From somebody", "Form somebody") if k == 9 else line for k, line in enumerate(text)
    )
    network = reading(broken, "mail.mbox", me=ME)
    assert network.report.n_records == 2


def test_addresses_are_split_before_names_are_decoded(reading):
    forged = "=?utf-8?q?Boss_=3Cboss=40example=2Eorg=3E=2C_x?= <ann@example.org>"
    network = read_letters(reading, letter(ME, forged))
    assert network.nodes["id"].tolist() == ["me", code("ann@example.org")]


def test_a_name_in_letters_that_are_none_is_no_name(reading):
    coded = [f"=?{charset}?{way}?TGVl?= <ann@example.org>" for charset in ("ut\xe7-8", "klingon", "") for way in "qbx"]
    network = read_letters(reading, *(letter(one, ME) for one in coded))
    assert numbers(network) == {code("ann@example.org"): {"n_out": 0, "n_in": len(coded)}}


def test_a_malformed_address_takes_no_other_with_it(reading):
    network = read_letters(reading, letter(ME, "Ann (at home <ann@example.org, bo@example.org"), OUT, IN)
    assert code("ann@example.org") in numbers(network)
    network = read_letters(reading, letter(ME, "a@b@c, bo@example.org, @@, <>"))
    assert code("bo@example.org") in numbers(network)


def test_one_person_has_one_address_however_it_is_written(reading):
    network = read_letters(
        reading, letter(ME, "A.Nn+work@GoogleMail.com"), letter("ann@gmail.com", "ME+x@EXAMPLE.COM"), OUT
    )
    assert numbers(network)[code("ann@gmail.com")] == {"n_out": 1, "n_in": 1}


def test_who_only_got_a_copy_is_known_beside_the_sender_alone(reading):
    network = read_letters(reading, letter("ann@example.org", f"{ME}, cy@example.org"))
    assert list(numbers(network)) == [code("ann@example.org")]
    assert network.ties["status"].tolist() == ["observed", "inferred"]


def test_messages_spell_out_nobody(reading, tmp_path):
    with pytest.raises(ReadError) as caught:
        reading(mailbox(OUT, IN), "mail.mbox")
    assert "'a…@ex….org'" in str(caught.value)
    assert "ann@" not in str(caught.value)
    assert "example" not in str(caught.value).partition("Tell me")[0]
    with pytest.raises(ReadError) as caught:
        read(tmp_path / "mail.mbox", me="nobody@example.org")
    assert "No message is from or to you" in str(caught.value)
