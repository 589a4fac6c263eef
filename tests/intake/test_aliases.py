"""Several addresses of one person: kept apart and proposed, joined when the learner says so, and counted."""

import re

import pytest
from tests.intake.corpus.address_books import ANN_CARD, BO_CARD, LINKEDIN, MESSAGES, TALK, URL, archive, card
from tests.intake.corpus.mail import ME, OUT, letter, mailbox
from tests.intake.corpus.meetings import calendar, event
from tests.intake.test_contact_records import code

import tertius
from tertius.errors import ParameterError

BOTH = mailbox(OUT, letter("Ann Lee <lee@example.com>", ME))
ADDRESSES = ["ann@example.org", "lee@example.com"]


def told(network, severity="note"):
    return [problem for problem in network.report.of(severity) if problem.code == "N04"]


def test_one_name_beside_two_addresses_is_two_people_until_somebody_says_so(reading):
    network = reading(BOTH, "mail.mbox", me=ME)
    assert set(network.strength_table().index) == {code(one) for one in ADDRESSES}
    (proposal,) = told(network)
    assert proposal.count == 1
    assert "I kept them apart" in str(proposal)
    # What the message says can be pasted as it is, with who one is put in.
    call = re.search(r"tertius\.read\(.*\)", str(proposal)).group()
    joined = eval(call.replace(")", ", me=ME)"), {"tertius": tertius, "ME": ME})
    assert joined.strength_table()[["n_out", "n_in"]].to_numpy().tolist() == [[1, 1]]
    (note,) = told(joined)
    assert (note.count, "took 1 address for one of another person's" in str(note)) == (1, True)


@pytest.mark.parametrize("how", [str.upper, str, code])
def test_people_are_joined_by_addresses_and_by_code_names(reading, how):
    network = reading(BOTH, "mail.mbox", me=ME, merge=[[how(one) for one in ADDRESSES]])
    assert network.strength_table()[["n_out", "n_in"]].to_numpy().tolist() == [[1, 1]]
    assert len(network.nodes) == 2


def test_many_can_be_joined_and_who_has_the_code_name_is_met_first(reading):
    letters = [letter(ME, f"a{k}@example.org") for k in range(3)] + [letter(f"b{k}@example.org", ME) for k in range(2)]
    groups = [[f"a{k}@example.org" for k in range(3)], ["b1@example.org", "b0@example.org"]]
    network = reading(mailbox(*letters), "mail.mbox", me=ME, merge=groups)
    table = network.strength_table()
    assert table.loc[code("a0@example.org"), "n_out"] == 3
    assert table.loc[code("b0@example.org"), "n_in"] == 2
    assert [note.count for note in told(network)] == [3]


def test_who_is_joined_in_a_meeting_is_there_once(reading):
    network = reading(calendar(event(*ADDRESSES, "bo@example.org")), "c.ics", me=ME, merge=[ADDRESSES])
    assert (len(network.nodes), len(network.ties)) == (3, 3)
    assert network.strength_table()["c"].tolist() == [0.5, 0.5]


def test_two_cards_of_one_name_are_proposed_and_joined_too(reading):
    cards = ANN_CARD + BO_CARD + card("FN:Ann Lee", "EMAIL:lee@example.com")
    apart = reading(cards, "c.vcf")
    assert len(apart.nodes) == 4
    assert all(code(one) in str(told(apart)[0]) for one in ADDRESSES)
    for group in (ADDRESSES, [code(one) for one in ADDRESSES]):
        joined = reading(cards, "c.vcf", merge=[group])
        assert joined.nodes["id"].tolist() == ["me", code("ann@example.org"), code("bo@example.org")]
        assert [note.count for note in told(joined)] == [1]
        assert joined.report.skipped == {"entry of somebody listed before": 1}


def test_one_card_with_two_addresses_is_joined_by_either(reading):
    cards = card("FN:Ann", "EMAIL:ann@example.org", "EMAIL:ann@home.example") + card("FN:A L", "EMAIL:lee@example.com")
    joined = reading(cards, "c.vcf", merge=[["lee@example.com", "ann@home.example"]])
    assert joined.nodes["id"].tolist() == ["me", code("ann@example.org")]


def test_in_an_archive_the_same_people_are_joined_in_both_tables(reading):
    entries = LINKEDIN + "".join(
        f"Ann,Lee,{URL}{slug},,Acme,Director,12 Mar 2024\n" for slug in ("annlee", "ann-lee-old", "third")
    )
    content = archive({"Connections.csv": entries, "messages.csv": MESSAGES + TALK})
    network = reading(content, "a.zip", merge=[[URL + "ann-lee-old", URL + "annlee"]])
    assert len(network.nodes) == 4  # me, Ann, third, Bo
    ann = set(network.ties.loc[network.ties["relation"] == "listed", "target"])
    assert ann & set(network.ties.loc[network.ties["relation"] == "contact", "target"])
    assert [note.count for note in told(network)][-1] == 1


def test_who_is_to_be_joined_and_is_not_in_the_file_is_told(reading):
    network = reading(BOTH, "mail.mbox", me=ME, merge=[["ann@example.org", "lea@example.com"]])
    (warning,) = told(network, "warning")
    assert str(warning) == (
        "mail.mbox: I found 'le…'. Of those whom merge= joins, 1 is not in the file. Look how they are written in the "
        "report."
    )
    assert len(network.nodes) == 3


def test_where_nobody_can_be_joined_that_is_told(reading):
    network = reading("source,target\nA,B\n", directed=False, merge=[["A", "B"]])
    assert "nobody was joined" in str(told(network, "warning")[0])
    with pytest.raises(ParameterError, match="merge lists people"):
        reading(BOTH, "mail.mbox", me=ME, merge=["ann@example.org"])
