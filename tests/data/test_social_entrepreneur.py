"""The case of the social entrepreneur: its rule, and what is planted in it."""

import statistics
from collections import Counter
from datetime import date

import networkx as nx
import pytest
from tests.data.truth import SEEDS, assert_the_ground_truth_holds, over_seeds

import tertius
from tertius.data import social_entrepreneur
from tertius.data.cases import entrepreneur
from tertius.errors import ParameterError

SECTORS = {"NGO": 14, "academia": 12, "city": 10, "business": 16, "funders": 8, "media": 6, "residents": 14}
CONTACTS = {"NGO": 9, "residents": 8, "city": 4, "business": 2, "funders": 2, "academia": 1}
CLOSENESS = {
    "NGO": (3, 5),
    "residents": (3, 5),
    "city": (2, 4),
    "business": (1, 2),
    "funders": (1, 2),
    "academia": (1, 1),
}
GIVES, TAKES = {"evaluation", "data", "grant writing"}, {"field site", "student projects"}


class Oracle:
    """Everything planted in a network, worked out by networkx from what a learner gets."""

    def __init__(self, network):
        self.graph = network.graph()
        self.sector = nx.get_node_attributes(self.graph, "group")
        self.steps = nx.single_source_shortest_path_length(self.graph, "FOUNDER")
        self.others = [code for code in self.graph if code != "FOUNDER"]
        self.near = [code for code in self.others if self.steps.get(code, 99) <= 2]

    def gives(self, code):
        return not GIVES.isdisjoint(self.graph.nodes[code]["offers"])

    def takes(self, code):
        return not TAKES.isdisjoint(self.graph.nodes[code]["needs"])

    def matches(self):
        return [code for code in self.others if self.gives(code) and self.takes(code)]

    def measures(self):
        contacts = Counter(self.sector[code] for code in self.graph["FOUNDER"])
        rating = {code: self.graph.edges["FOUNDER", code]["weight_raw"] for code in self.graph["FOUNDER"]}
        steps = Counter(self.steps.get(code, 0) for code in self.matches())
        closest = sorted(rating, key=lambda code: (-rating[code], code))[:6]
        connected = sorted(self.near, key=lambda code: (-self.graph.degree(code), code))[:6]
        return {
            "people": len(self.graph),
            "ties": self.graph.number_of_edges(),
            "contacts": contacts.total(),
            "academic_contacts": contacts["academia"],
            "media_contacts": contacts["media"],
            "sector_variety": 1 - sum((size / contacts.total()) ** 2 for size in contacts.values()),
            "within_two_steps": len(self.near),
            "matches": len(self.matches()),
            "matches_direct": steps[1],
            "matches_at_two_steps": steps[2],
            "matches_further": sum(count for step, count in steps.items() if step > 2),
            "near_matches": sum(self.gives(code) != self.takes(code) for code in self.near),
            "matches_among_six_closest": len(set(self.matches()) & set(closest)),
            "matches_among_six_best_connected": len(set(self.matches()) & set(connected)),
        }


@pytest.fixture(scope="module")
def draws():
    return {seed: social_entrepreneur(seed) for seed in SEEDS}


@pytest.fixture(scope="module")
def oracles(draws):
    return {seed: Oracle(network) for seed, network in draws.items()}


@pytest.fixture(scope="module")
def planted(oracles):
    return {seed: oracle.measures() for seed, oracle in oracles.items()}


# What is planted


def test_five_match_in_every_draw_one_known_two_at_two_steps_and_two_further(planted):
    for values in planted.values():
        steps = [values[f"matches{which}"] for which in ("", "_direct", "_at_two_steps", "_further")]
        assert steps == [5, 1, 2, 2]  # so none is out of reach


def test_one_contact_is_a_professor_and_the_variety_of_sectors_is_as_planned(planted):
    assert set(over_seeds(planted, "academic_contacts")) == {1}
    assert set(over_seeds(planted, "media_contacts")) == {0}
    for variety in over_seeds(planted, "sector_variety"):
        assert variety == pytest.approx(1 - 170 / 676, abs=1e-12)  # .749


def test_many_within_two_steps_would_only_give_or_only_take(planted):
    assert min(over_seeds(planted, "near_matches")) >= 10


def test_closest_and_best_connected_are_not_who_matches(planted):  # lesson 03, E1
    assert statistics.fmean(over_seeds(planted, "matches_among_six_closest")) <= 1
    assert statistics.fmean(over_seeds(planted, "matches_among_six_best_connected")) <= 1


def test_the_grid_of_needs_and_offers_finds_three_within_two_steps(draws):  # lesson 03, E1
    for network in draws.values():
        table = tertius.matches(network)
        assert (table["two_way"] & (table["steps"] <= 2)).sum() == 3


def test_what_the_ground_truth_says_holds(planted):
    assert_the_ground_truth_holds("social_entrepreneur", planted)


def test_what_the_generator_measures_is_what_the_oracle_finds(planted):
    for seed in SEEDS:
        assert entrepreneur.measure(entrepreneur.tables(seed)) == pytest.approx(planted[seed], abs=1e-9)


# The rule


def test_sectors_have_the_sizes_asked_for_and_hers_is_the_ngos(oracles):
    for oracle in oracles.values():
        assert Counter(oracle.sector[code] for code in oracle.others) == SECTORS
        assert oracle.sector["FOUNDER"] == "NGO"


def test_her_contacts_and_how_close_they_are(draws, oracles):
    found = {name: set() for name in CONTACTS}
    for oracle in oracles.values():
        graph = oracle.graph
        assert Counter(oracle.sector[code] for code in graph["FOUNDER"]) == CONTACTS
        for code in graph["FOUNDER"]:
            found[oracle.sector[code]].add(graph.edges["FOUNDER", code]["weight_raw"])
    for name, (least, most) in CLOSENESS.items():
        assert found[name] == set(range(least, most + 1))


def test_the_professor_was_silent_for_400_days_and_the_others_spoke_lately(draws):
    for network in draws.values():
        reference = date.fromisoformat(network.meta["reference_date"])
        ties = network.ties
        own = ties[(ties["source"] == "FOUNDER") | (ties["target"] == "FOUNDER")]
        silent = {
            source if target == "FOUNDER" else target: (reference - date.fromisoformat(day)).days
            for source, target, day in zip(own["source"], own["target"], own["last_contact"], strict=True)
        }
        (professor,) = [code for code in silent if code[0] == "A"]
        assert silent.pop(professor) == 400
        assert all(1 <= days <= 120 for days in silent.values())
        assert set(ties.loc[ties.index.difference(own.index), "last_contact"]) == {""}


def test_the_professors_who_match_are_tied_as_planned(oracles):
    for oracle in oracles.values():
        graph, matches = oracle.graph, oracle.matches()
        (first,) = [code for code in matches if oracle.steps[code] == 1]
        assert {oracle.sector[code] for code in matches} == {"academia"}
        for code in matches:
            assert graph.nodes[code]["needs"] == ["student projects"]
            assert graph.has_edge(first, code) == (oracle.steps[code] == 2)
        offers = Counter(tag for code in matches for tag in graph.nodes[code]["offers"])
        assert offers == {"evaluation": 2, "data": 2, "grant writing": 1}


def test_forty_ties_cross_sectors_and_three_more_leave_academia(oracles):
    for oracle in oracles.values():
        graph, contacts = oracle.graph, set(oracle.graph["FOUNDER"])
        crossing = [(u, v) for u, v in graph.edges if oracle.sector[u] != oracle.sector[v] and "FOUNDER" not in (u, v)]
        academic = [pair for pair in crossing if "academia" in (oracle.sector[pair[0]], oracle.sector[pair[1]])]
        assert len(crossing) - len(academic) == 40
        assert len(academic) == 3
        ends = sorted(code for pair in academic for code in pair)
        assert [oracle.sector[code] for code in ends] == ["academia"] * 3 + ["business"] * 3
        assert len(set(ends)) == 6
        assert contacts.isdisjoint(ends)
        assert not set(ends) & set(oracle.matches())


def test_people_of_one_sector_are_in_contact_by_30_percent(oracles):
    pairs = ties = 0
    for oracle in oracles.values():
        for name in set(SECTORS) - {"academia"}:
            members = [code for code in oracle.others if oracle.sector[code] == name]
            pairs += len(members) * (len(members) - 1) // 2
            ties += oracle.graph.subgraph(members).number_of_edges()
    assert ties / pairs == pytest.approx(0.30, abs=4 * (0.21 / pairs) ** 0.5)


def test_everybody_offers_and_needs_one_or_two_different_things(oracles):
    tags = set()
    for oracle in oracles.values():
        for code in oracle.others:
            offers, needs = (oracle.graph.nodes[code][side] for side in ("offers", "needs"))
            assert 1 <= len(set(offers)) == len(offers) <= 2
            assert 1 <= len(set(needs)) == len(needs) <= 2
            assert not set(offers) & set(needs)
            tags |= {*offers, *needs}
    assert len(tags) == 12


def test_the_extremes_of_each_parameter():
    for within in (0, 1):
        oracle = Oracle(social_entrepreneur(3, within=within))
        values = oracle.measures()
        found = [values[f"matches{which}"] for which in ("", "_direct", "_at_two_steps", "_further")]
        assert found == [5, 1, 2, 2]
    assert Oracle(social_entrepreneur(3, cross_ties=0)).measures()["matches_further"] == 2


def test_settings_share_their_luck():
    def pairs(**parameters):
        ties = social_entrepreneur(5, **parameters).ties
        return set(zip(ties["source"], ties["target"], strict=True))

    assert pairs(cross_ties=10) < pairs() < pairs(cross_ties=60)
    nodes = social_entrepreneur(5).nodes
    assert nodes.equals(social_entrepreneur(5, within=0.5, cross_ties=0).nodes)


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"withn": 0.2}, "did you mean 'within'"),
        ({"within": -0.1}, "within is -0.1; it is a probability"),
        ({"cross_ties": 5000}, "cross_ties is 5000; it must be a whole number from 0 to 1888"),
        ({"seed": 1.5}, "seed is 1.5; it must be a whole number"),
    ],
)
def test_impossible_parameters_are_refused_with_a_reason(parameters, message):
    with pytest.raises(ParameterError, match=message):
        social_entrepreneur(**parameters)


def test_her_own_map_is_her_contacts_and_their_ties():
    network = tertius.load("social_entrepreneur")
    own, graph = network.own_map(), network.graph()
    kept = graph.subgraph(["FOUNDER", *graph["FOUNDER"]])
    assert len(own.nodes) == 27
    assert nx.utils.graphs_equal(nx.Graph(own.graph().edges), nx.Graph(kept.edges))
    assert own.ties["last_contact"].max() <= network.meta["reference_date"]
