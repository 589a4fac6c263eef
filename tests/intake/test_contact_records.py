"""Strengths from records of contact: what the definition says, whatever the order of the records; and at what cost."""

import sys

import numpy as np
import pytest
from tests.intake import synthetic_mail
from tests.intake.corpus.mail import GROUP, IN, ME, OUT, letter, mailbox
from tests.intake.corpus.meetings import calendar, event
from tests.intake.cost import cost_of

from tertius.errors import GraphError, ParameterError
from tertius.intake import read
from tertius.privacy import codes, key
from tertius.ties import Ties

MARKER = "XYLOPHONE-SECRET"


def code(address):
    return codes.codes([("email", address)], key.load())[0]


def table_of(network):
    return network.ties.set_index(["source", "target"])


def check_truth(path, made, half_life):
    """Every tie, of the owner and among the others, is what the definition says, and so is every count."""
    network = read(path, me=ME, half_life=half_life)
    truth = synthetic_mail.truth(made, half_life)
    people = sorted(set().union(*truth) - {ME})
    coded = dict(zip(people, codes.codes([("email", one) for one in people], key.load()), strict=True)) | {ME: "me"}
    expected = {frozenset(map(coded.get, pair)): one for pair, one in truth.items()}
    assert set(network.nodes["id"]) == set(coded.values())

    ties = network.ties.assign(
        pair=list(map(frozenset, zip(network.ties["source"], network.ties["target"], strict=True)))
    )
    assert len(ties) == len(expected)
    assert set(ties["pair"]) == set(expected)
    true = [expected[pair] for pair in ties["pair"]]
    for column in ("n_out", "n_in", "n_shared"):
        assert ties[column].tolist() == [getattr(one, column) for one in true]
    assert ties["first_contact"].tolist() == [one.first.isoformat() for one in true]
    assert ties["last_contact"].tolist() == [one.last.isoformat() for one in true]
    np.testing.assert_allclose(ties["weight"], [one.s for one in true], rtol=1e-9)
    assert (ties["status"] == ["observed" if "me" in pair else "inferred" for pair in ties["pair"]]).all()

    table = network.strength_table()
    true = [expected[frozenset(("me", one))] for one in table.index]
    assert len(table) == sum("me" in pair for pair in expected)
    for column in ("n_out", "n_in", "n_shared"):
        assert table[column].tolist() == [getattr(one, column) for one in true]
    for column in ("c", "r", "s"):
        np.testing.assert_allclose(table[column], [getattr(one, column) for one in true], rtol=1e-9)
    today = synthetic_mail.newest(made)
    assert network.meta["reference_date"] == today.isoformat()
    assert table["recency_days"].tolist() == [(today - one.last).days for one in true]

    aside = synthetic_mail.aside(made)
    assert set(aside) == set(synthetic_mail.ASIDE)
    assert network.report.skipped == dict(aside)
    assert (network.report.n_records, network.report.n_kept) == (len(made), len(made) - aside.total())
    assert MARKER not in table.to_csv() + network.nodes.to_csv() + network.ties.to_csv() + str(network.report)
    return network


@pytest.mark.parametrize("half_life", [180, 30])
def test_a_mailbox_whose_contact_is_known_gives_its_ties_and_strengths(tmp_path, half_life):
    made = list(synthetic_mail.messages(600, 40, seed=1))
    synthetic_mail.write(tmp_path / "mail.mbox", made, MARKER)
    network = check_truth(tmp_path / "mail.mbox", made, half_life)
    assert Ties.of(network).alter_ties == "partial"


def test_a_small_mailbox_by_hand(reading):
    # Day 0: to Ann alone. A year later, on the newest day: Ann to me and to Cy.
    old = letter(ME, "ann@example.org", "Sun, 01 Jan 2023 10:00:00 +0000")
    new = letter("ann@example.org", f"{ME}, cy@example.org", "Mon, 01 Jan 2024 10:00:00 +0000")
    network = reading(mailbox(old, new), "mail.mbox", me=ME, half_life=365)
    row = network.strength_table().loc[code("ann@example.org")]
    assert (row["n_out"], row["n_in"], row["n_shared"], row["recency_days"]) == (1, 1, 0, 0)
    assert row["c"] == pytest.approx(0.5 + 0.5)  # half after a half-life of 365 days; half, as it went to two
    assert row["r"] == pytest.approx(1)
    assert row["s"] == pytest.approx(1)  # the only contact is the strongest
    among = table_of(network).loc[(code("ann@example.org"), code("cy@example.org"))]
    assert among["status"] == "inferred"
    assert among["weight"] == pytest.approx(np.log(1.5) / np.log(2) / 2)  # c = 1/2 of c_max = 1, and no answer: half
    assert network.meta["reference_date"] == "2024-01-01"


def test_first_and_last_contact_are_days_whatever_the_order(reading):
    days = ["Tue, 12 Mar 2024", "Fri, 01 Mar 2024", "Sun, 10 Mar 2024"]
    letters = [letter(ME, "ann@example.org, bo@example.org", f"{day} 10:00:00 +0000") for day in days]
    for one in (letters, letters[::-1]):
        ties = reading(mailbox(*one), "mail.mbox", me=ME).ties
        assert set(ties["first_contact"]) == {"2024-03-01"}
        assert set(ties["last_contact"]) == {"2024-03-12"}
        assert len(ties) == 3


def test_the_order_of_messages_changes_nothing(reading):
    there = reading(mailbox(OUT, IN, GROUP), "mail.mbox", me=ME)
    back = reading(mailbox(GROUP, IN, OUT), "mail.mbox", me=ME)
    for pair, row in table_of(there).iterrows():
        other = table_of(back).loc[pair if pair in table_of(back).index else pair[::-1]]
        assert row["weight"] == pytest.approx(other["weight"], rel=1e-12)


def test_looking_back_from_an_earlier_day_leaves_out_what_came_later(reading):
    network = reading(mailbox(OUT, IN, GROUP), "mail.mbox", me=ME, reference_date="2024-03-12")
    assert network.report.skipped == {"after the reference date": 1}
    later = reading(mailbox(OUT, IN, GROUP), "mail.mbox", me=ME, reference_date="2025-03-13")
    assert (later.strength_table()["recency_days"] >= 365).all()
    with pytest.raises(ParameterError, match="a day such as"):
        reading(mailbox(OUT), "mail.mbox", me=ME, reference_date="soon")


def test_a_meeting_counts_half_each_way_and_is_shared_by_those_who_are_there(reading):
    network = reading(calendar(event("ann@example.org", "bo@example.org"), event("ann@example.org", start="20240908")),
                      "c.ics", me=ME)  # fmt: skip
    table = network.strength_table()
    ann, bo = table.loc[code("ann@example.org")], table.loc[code("bo@example.org")]
    assert (ann["n_shared"], bo["n_shared"], ann["n_out"]) == (2, 1, 0)
    assert ann["c"] == pytest.approx(1 + 0.25)  # 180 days before, shared by two: a half of a half
    assert bo["c"] == pytest.approx(0.25)
    assert ann["r"] == bo["r"] == 1
    assert bo["s"] == pytest.approx(np.log(1.25) / np.log(2.25))


def test_bands_and_agreement(reading):
    days = ["Mon, 01 Jan 2024", "Tue, 02 Jan 2024", "Wed, 03 Jan 2024"]
    letters = [letter(ME, "old@example.org", f"Fri, 01 Jan 2021 0{k}:00:00 +0000") for k in range(9)]
    for k in range(10):
        letters += [letter(ME, f"p{k}@example.org", f"{day} 10:00:00 +0000") for day in days[: 1 + k // 5]]
        letters += [letter(f"p{k}@example.org", ME, f"{days[0]} 0{k}:00:00 +0000")] * (k == 9)
    table = reading(mailbox(*letters), "mail.mbox", me=ME).strength_table()
    assert table.loc[code("old@example.org"), "band"] == "dormant"
    assert table.loc[code("p9@example.org"), "band"] == "strong"
    assert table["band"].value_counts().to_dict()["dormant"] == 1
    assert set(table["band"]) <= {"strong", "medium", "weak", "dormant"}
    assert table["s"].is_monotonic_decreasing
    assert set(table.attrs["rank_agreement"]) == {90.0, 365.0}
    assert all(-1 <= one <= 1 for one in table.attrs["rank_agreement"].values())


def test_the_half_life_can_be_told_and_others_are_shown_beside(reading):
    network = reading(mailbox(OUT, IN, GROUP), "mail.mbox", me=ME, half_life=30)
    assert network.strength_table().attrs["half_life"] == 30
    assert network.strength_table(365).attrs["half_life"] == 365
    with pytest.raises(ParameterError, match="read the file again with half_life=7"):
        network.strength_table(7)
    with pytest.raises(GraphError, match="records of contact"):
        reading("source,target\nA,B\n", directed=False).strength_table()
    with pytest.raises(ParameterError, match="half_life"):
        reading(mailbox(OUT), "mail.mbox", me=ME, half_life=0)


def test_times_are_days_in_utc(reading):
    network = reading(mailbox(letter(ME, "a@example.org", "Tue, 12 Mar 2024 23:30:00 -0500")), "mail.mbox", me=ME)
    assert network.meta["reference_date"] == "2024-03-13"
    assert network.ties["first_contact"].tolist() == ["2024-03-13"]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps the peak of a program")
def test_a_hundred_thousand_messages_are_read_as_they_are_in_a_minute_and_little_memory(tmp_path, record_property):
    made = list(synthetic_mail.messages(100_000, 100, seed=2))
    synthetic_mail.write(tmp_path / "small.mbox", made[:10_000], MARKER)
    synthetic_mail.write(tmp_path / "large.mbox", made, MARKER)
    check_truth(tmp_path / "large.mbox", made, 180)
    _, small = cost_of(tmp_path / "small.mbox", ME)
    seconds, large = cost_of(tmp_path / "large.mbox", ME)
    record_property("seconds and megabytes", f"{seconds:.1f} s, {large:.0f} MB, {large - small:+.0f} MB beside a tenth")
    assert seconds <= 60
    assert large <= 300
    assert large - small <= 25  # as many ties in both; what grows are the numbers by which copies are told
