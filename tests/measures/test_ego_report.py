"""A person's network in six numbers, as a manager reads it."""

import dataclasses
import html
import re

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.measures.graphs import random_graph, random_groups, star_without_alter_ties

from tertius import Forgetting, Network, Ties, ego_report, forget_names, load
from tertius.errors import GraphError, ParameterError
from tertius.measures.ego_words import WORDS, Facts, plain, range_words

seeds = st.integers(0, 10**6)
SIX = ["size", "density", "effective_size", "constraint", "variety", "weak_share"]


def own_map(ties, people=(), **meta):
    """The network of 'me' as a learner would type it: who, whom, rating 1 to 5, last contact."""
    ids = ["me", *dict.fromkeys(name for tie in ties for name in tie[:2] if name != "me")]
    columns = ("source", "target", "weight", "last_contact")
    table = pd.DataFrame([(*tie, None, None)[:4] for tie in ties], columns=columns).assign(relation="knows", wave=1)
    nodes = pd.DataFrame({"id": ids}).merge(pd.DataFrame(people, columns=["id", "sector"]), how="left", on="id")
    relation = {"name": "knows", "directed": False, "unit": "rating", "scale_max": 5}
    return Network(nodes, table, {"ego": "me", "default_relation": "knows", "relations": [relation], **meta})


@pytest.fixture(scope="module")
def vice_president():
    return ego_report(load("manufacturing_vp"))


def test_the_six_numbers_are_those_of_the_map(vice_president):
    network = load("manufacturing_vp")
    graph = network.graph()
    table = vice_president.frame()
    assert table.index.tolist() == SIX
    around = graph.subgraph(graph["VP"])
    sectors = pd.Series([graph.nodes[contact]["group"] for contact in around]).value_counts(normalize=True)
    expected = {
        "size": len(around),
        "density": nx.density(around),
        "effective_size": nx.effective_size(graph, ["VP"])["VP"],
        "constraint": nx.constraint(graph, ["VP"])["VP"],
        "variety": 1 - (sectors**2).sum(),
        "weak_share": np.mean([graph.edges["VP", contact]["weight_raw"] <= 2 for contact in around]),
    }
    assert table["value"].to_dict() == pytest.approx(expected, abs=1e-9)
    ranges = forget_names(network, groups="group", seed=1).frame()
    pd.testing.assert_frame_equal(table[["value", "low", "median", "high"]], ranges[["value", "low", "median", "high"]])
    assert table["shown"].str.replace("\N{NO-BREAK SPACE}", " ").to_dict() == {
        "size": "13 people",
        "density": "12 % (9 of 78 pairs)",
        "effective_size": "11.6 of 13",
        "constraint": "0.11 (with 13 contacts, at least 0.08)",
        "variety": "0.59 (6 groups; the largest: manufacturing, 8 of 13)",
        "weak_share": "92 % (12 of 13 ties)",
    }


def test_each_number_comes_with_range_trap_step_and_caution(vice_president):
    text = str(vice_president)
    for label in ("It says", "Range", "Its trap", "You could", "Do not conclude"):
        assert len(re.findall(rf"^   {label}  ", text, re.M)) == 6
    assert "The network of VP in “A manufacturing vice president and six industries” in six numbers" in text
    assert "Most of your contacts do not know each other." in vice_president.summary
    assert "Most of your ties are loose" in vice_president.summary
    table = vice_president.frame()
    assert "forgetting lowers it, so the true number is rather above 13." in table.loc["size", "range"]
    assert "forgetting raises it, so the true number is rather below 0.11." in table.loc["constraint", "range"]
    assert "forgetting moves it either way" in table.loc["density", "range"]
    # She reaches five industries through one person each, and A06 knows four of her contacts.
    assert table.loc["variety", "could"].startswith(
        "You reach food, energy, transport and 2 more through one person each"
    )
    assert table.loc["constraint", "could"].startswith("A06 counts most in it, and knows 4 of your other contacts")
    assert "B05, C22, D20 and 1 more" in table.loc["weak_share", "could"]
    assert "Of your 12 here, 4 lead to people whom no other contact" in table.loc["weak_share", "says"]
    assert "knows on average (1.38)" in table.loc["effective_size", "says"]  # 18/13
    assert "with 6 groups it cannot pass 0.83" in table.loc["variety", "trap"]  # 1 − 1/6
    assert max(map(len, text.splitlines())) <= 100


def test_it_stays_as_it_is(vice_president):
    assert str(ego_report(load("manufacturing_vp"))) == str(vice_president)
    with pytest.raises(dataclasses.FrozenInstanceError):
        vice_president.summary = "You are great."
    assert repr(vice_president) == "EgoReport('VP', 6 numbers)"
    other = ego_report(load("manufacturing_vp"), "A01", rule=Forgetting(0.5, "random"), runs=50, seed=2)
    assert other.ego == "A01"
    assert "3 of these 5 names as well (by lot)" in " ".join(other.notes)


def test_a_star_gets_no_number_that_needs_ties_among_contacts():
    star = star_without_alter_ties(6)
    report = ego_report(star, 0, groups={node: "ab"[node % 2] for node in star})
    table = report.frame()
    for name in ("density", "effective_size", "constraint"):
        assert np.isnan(table.loc[name, "value"])
        assert table.loc[name, "shown"] == ""
    assert "it is a star around you, and any number would be invented" in table.loc["density", "unknown"]
    assert set(table.loc[["effective_size", "constraint"], "unknown"]) == {"For the same reason as density."}
    assert table.loc["size", "value"] == 6
    assert "6 contacts, ties among them not known." in report.opening
    assert report.summary == ""
    assert re.search(
        r"3  Contacts who do not overlap \(effective size\)\n   Not known +For the same reason", str(report)
    )


def test_what_the_map_does_not_say_is_named():
    table = ego_report(nx.path_graph(["Ann", "me"]), "me").frame()
    assert "With one contact there is no pair" in table.loc["density", "unknown"]
    assert "a column such as sector" in table.loc["variety", "unknown"]
    assert "Rate them from 1 to 5" in table.loc["weak_share", "unknown"]
    assert table.loc["effective_size", "range"] == "None: there are too few names to leave one out."
    nobody = ego_report(nx.path_graph(["Ann", "me", "Bo"]), "me", groups={"me": "law"}).frame()
    assert "None of your contacts has a group" in nobody.loc["variety", "unknown"]


def test_who_has_no_contacts_or_is_not_there_gets_one_sentence():
    alone = nx.path_graph(["Ann", "Bo"])
    alone.add_node("me")
    report = ego_report(alone, "me")
    assert str(report) == "me has no contacts in this network, so there is nothing to count yet."
    assert report.frame().empty
    assert report._repr_html_().count("<p>") == 1
    with pytest.raises(GraphError, match=r"^This network does not say whose it is\. Name the person: ego='Ann'\.$"):
        ego_report(alone)
    with pytest.raises(GraphError, match=r"^'mee' is not in this network of 3 people\. Did you mean 'me'\?$"):
        ego_report(alone, "mee")
    with pytest.raises(GraphError, match="not in this network of 0 people"):
        ego_report(nx.empty_graph(0), "me")


def test_few_contacts_and_partial_knowledge_are_said_first():
    graph = nx.star_graph(["me", "Ann", "Bo", "Cy"])
    graph.graph["alter_ties"] = "partial"
    report = ego_report(graph, "me")
    assert report.notes[0].startswith("Ties among your contacts are partial here.")
    assert report.notes[1].startswith("With 3 contacts, every name moves every number a lot")
    assert "1 of these 3 names as well (by lot)" in report.notes[2]  # all ties are equally strong
    assert "No single contact stands out" in report.frame().loc["constraint", "could"]
    assert report.summary == ""


def test_a_closed_circle_of_close_ties_reads_differently():
    names = ["Ann", "Bo", "Cy", "Di", "Ed", "Flo"]
    ties = [("me", name, 5) for name in names] + [(a, b, 4) for k, a in enumerate(names) for b in names[:k]]
    network = own_map(ties, [(name, "law") for name in names] + [("me", "law")])
    network.ties.loc[0, "weight"] = 4
    report = ego_report(network, groups="sector")
    assert "Most of your contacts know each other." in report.summary
    assert "Most of your ties are close" in report.summary
    table = report.frame()
    assert "If a project needs them all" in table.loc["density", "could"]
    assert "Think of one person outside these circles" in table.loc["effective_size", "could"]
    assert "The largest sector is law" in table.loc["variety", "could"]
    assert table.loc["weak_share", "could"].startswith("All your ties are close")
    assert table.loc["density", "range"].replace("\N{NO-BREAK SPACE}", " ") == "With 1 name fewer, still 100 %."


def test_the_longest_silence_and_the_missing_sector_are_named():
    ties = [
        ("me", "Ann", 5, "2026-01-10"),
        ("me", "Bo", 1, "2024-12-06"),
        ("me", "Cy", 2, "2025-12-01"),
        ("me", "Di", 3, None),
        ("Cy", "Ed", 1, "2020-01-01"),
    ]
    people = [("me", "law"), ("Ann", "law"), ("Bo", "city"), ("Cy", "law"), ("Di", "law"), ("Ed", "steel")]
    table = ego_report(own_map(ties, people, reference_date="2026-01-10")).frame()
    assert table.loc["weak_share", "could"].startswith("You have been out of touch longest with Bo (400 days).")
    assert table.loc["variety", "could"].startswith("You have nobody in steel.")
    assert "2 sectors; the largest: law, 3 of 4" in table.loc["variety", "shown"]
    # Without a reference date: the newest date on the map. Of two dates of one contact the later one counts.
    later = own_map(ties, people, reference_date="2026-01-20")
    assert "Bo (410 days)" in ego_report(later).frame().loc["weak_share", "could"]
    both_ways = own_map([*ties, ("Bo", "me", 1, "2025-12-31")], people)
    both_ways.meta["relations"][0]["directed"] = True
    assert "Cy (40 days)" in ego_report(both_ways).frame().loc["weak_share", "could"]
    first_newer = own_map([("me", "Bo", 1, "2025-12-31"), ("Bo", "me", 1, "2020-01-01"), *ties[2:], ties[0]], people)
    first_newer.meta["relations"][0]["directed"] = True
    assert "Cy (40 days)" in ego_report(first_newer).frame().loc["weak_share", "could"]
    assert "Bo (400 days)" in ego_report(own_map(ties, people)).frame().loc["weak_share", "could"]


def test_labels_of_the_people_are_shown_and_cannot_do_harm():
    payload = "<img src=x onerror=alert(1)>\u202egnp.exe"
    network = own_map([("me", "n1", 1), ("me", "n2", 5), ("me", "n3", 1)], [("n1", "<b>law</b>"), ("n2", "steel")])
    network.nodes["label"] = ["Me & I", payload, "Bo", None]
    network.meta["title"] = "<script>alert(2)</script>"
    report = ego_report(network)
    shown = report._repr_html_()
    for tag in ("<img", "<script", "<b>"):
        assert tag not in shown
        assert html.escape(tag) in shown
    assert "\u202e" not in shown + str(report)
    assert "Me &amp; I" in shown
    assert shown.count("<h4>") == shown.count("<dl>") == shown.count("</dl>") == 6


def test_contacts_in_either_direction_and_any_relation_count():
    asked = nx.DiGraph([("me", "Ann"), ("Bo", "me"), ("Bo", "Ann")])
    table = ego_report(asked, "me").frame()
    assert table.loc["size", "value"] == 2
    assert table.loc["density", "value"] == 1
    network = own_map([("me", "Ann", 1), ("me", "Bo", 5), ("me", "Cy", 4)])
    network.ties.loc[1:, "relation"] = "fears"
    network.meta["relations"].append({**network.meta["relations"][0], "name": "fears"})
    assert ego_report(network).frame().loc["size", "value"] == 1
    assert ego_report(network, relation="fears").frame().loc["size", "value"] == 2
    with pytest.raises(GraphError, match="no relation 'likes'"):
        ego_report(network, relation="likes")
    with pytest.raises(ParameterError, match="did you mean 'sector'"):
        ego_report(network, groups="sektor")
    with pytest.raises(ParameterError, match="runs is 0"):
        ego_report(network, runs=0)


@given(seeds, st.sampled_from(["complete", "reported", "partial", "none"]), st.booleans())
@settings(deadline=None, max_examples=60)
def test_every_report_can_be_read(seed, alter_ties, has_groups):
    graph = random_graph(seed, most=9)
    graph.graph["alter_ties"] = alter_ties
    groups = random_groups(graph, seed) if has_groups else None
    for ego in graph:
        report = ego_report(graph, ego, groups=groups, runs=5)
        assert [finding.measure for finding in report.findings] == (SIX if graph.degree[ego] else [])
        texts = [report.opening, report.summary, *report.notes]
        for finding in report.findings:
            assert (finding.words is None) == np.isnan(finding.value) == bool(finding.unknown)
            texts += [text for _, text in finding.lines()]
        for text in filter(None, texts):
            assert text.endswith((".", "?"))
            assert not re.search(r"\bnan\b|  |\bNone\b(?!:)", text)
        assert report._repr_html_().count("<dt>") == sum(len(finding.lines()) for finding in report.findings)


def test_names_of_people_and_other_parts_change_no_number():
    graph = random_graph(4, least=6, most=8)
    larger = nx.relabel_nodes(graph, str)
    larger.add_edge("x", "y", strength=2.0)
    larger.add_node("alone")
    for ego in graph:
        before, after = (ego_report(*pair, runs=5).frame() for pair in ((graph, ego), (larger, str(ego))))
        assert after["value"].tolist() == pytest.approx(before["value"].tolist(), nan_ok=True)


def test_a_network_as_arrays_needs_the_name_of_the_person():
    ties = Ties.of([("me", "Ann", 1), ("me", "Bo", 5), ("Ann", "Bo", 2)])
    assert ego_report(ties, "me").frame().loc["density", "value"] == 1
    with pytest.raises(GraphError, match="does not say whose it is"):
        ego_report(ties)


def test_how_a_range_is_read():
    facts = Facts(contacts=10, forgotten=2)
    assert range_words(5, 3, 4, facts, plain) == (
        "With 2 names fewer, 3 to 4: forgetting lowers it, so the true number is rather above 5."
    )
    assert range_words(5, 6, 6, facts, plain) == (
        "With 2 names fewer, 6: forgetting raises it, so the true number is rather below 5."
    )
    assert "either way" in range_words(5, 4, 6, facts, plain)
    assert range_words(5, 5.001, 5.002, facts, plain) == "With 2 names fewer, still 5."
    assert range_words(5, float("nan"), float("nan"), facts, plain) == "None: with 2 names fewer it is undefined."
    for low, high in ((5.01, 6), (4, 4.99)):  # one end reads the same
        assert "either way" in range_words(5, low, high, facts, plain)
    few = range_words(3, 2, 2, Facts(contacts=3, forgotten=1), plain)
    assert few == "With 1 name fewer, 2. With so few names no more can be said."
    assert list(WORDS) == SIX


def test_contacts_of_another_kind_are_pointed_at():
    network = load("law_firm")
    said = " ".join(str(ego_report(network)).split())
    assert said.startswith("PARTNER has no contacts by 'advice' in this network, but by 'own'. Say which to count")
    assert len(ego_report(network, relation="own").findings) == 6
    assert len(ego_report(network.own_map()).findings) == 6
