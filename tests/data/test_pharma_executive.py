"""The case of the pharmaceutical executive: its rule, and what is planted in it."""

import statistics
from collections import Counter

import networkx as nx
import numpy as np
import pytest
from tests.data.truth import SEEDS, assert_the_ground_truth_holds, over_seeds

import tertius
from tertius.data import pharma_executive
from tertius.data.cases import pharma
from tertius.errors import ParameterError

GROUPS = ["clinicians", "patient organisations", "payers", "regulators", "researchers"]
EFFECTS = {"encounter_slope": 0.30, "exposure_slope": 0.22, "message_slope": 0.0}


class Oracle:
    """Everything planted in a network, worked out by networkx and numpy from what a learner gets."""

    def __init__(self, network):
        self.people = network.nodes[network.nodes["id"] != "EXEC"]
        self.known = network.graph("acquaintance")
        self.met = network.graph("encounter")
        self.believed = {frozenset(tie) for tie in network.graph("perceived_acquaintance").edges}
        self.ties = {frozenset(tie): data["weight_raw"] for *tie, data in self.known.edges(data=True)}
        self.ambassadors = set(self.people.loc[self.people["ambassador"], "id"])

    def encounters(self):
        return [
            self.met.edges["EXEC", code]["weight_raw"] if code in self.met["EXEC"] else 0 for code in self.people["id"]
        ]

    def exposures(self):
        return [sum(other in self.ambassadors for other in self.known[code]) for code in self.people["id"]]

    def slopes(self, *columns):
        """The slopes of attitude on these columns, by least squares."""
        rows = np.column_stack([np.ones(len(self.people)), *columns])
        return np.linalg.lstsq(rows, self.people["attitude"], rcond=None)[0][1:]

    def recall(self, *ratings):
        return statistics.fmean(tie in self.believed for tie, weight in self.ties.items() if weight in ratings)

    def measures(self):
        encounters, messages = self.encounters(), self.people["messages"]
        slopes = self.slopes(encounters, self.exposures(), messages)
        return {
            **dict(zip(EFFECTS, slopes, strict=True)),
            "people": len(self.known),
            "acquaintances": len(self.ties),
            "people_met": self.met.degree("EXEC"),
            "ambassadors": len(self.ambassadors),
            "raw_message_slope": self.slopes(messages)[0],
            "message_encounter_correlation": np.corrcoef(messages, encounters)[0, 1],
            "clipped_share": np.mean((self.people["attitude"] <= 1) | (self.people["attitude"] >= 7)),
            "recall_strong": self.recall(3, 4, 5),
            "recall_weak": self.recall(1, 2),
            "precision": statistics.fmean(tie in self.ties for tie in self.believed),
        }


@pytest.fixture(scope="module")
def oracles():
    return {seed: Oracle(pharma_executive(seed)) for seed in SEEDS}


@pytest.fixture(scope="module")
def planted(oracles):
    return {seed: oracle.measures() for seed, oracle in oracles.items()}


# What is planted


@pytest.mark.parametrize(
    ("measure", "tolerance"), [("encounter_slope", 0.10), ("exposure_slope", 0.12), ("message_slope", 0.10)]
)
def test_each_effect_is_found_in_every_draw_and_on_average(planted, measure, tolerance):
    found = over_seeds(planted, measure)
    assert max(abs(slope - EFFECTS[measure]) for slope in found) <= tolerance
    assert statistics.fmean(found) == pytest.approx(EFFECTS[measure], abs=0.03)


def test_messages_alone_seem_to_work(planted):
    assert min(over_seeds(planted, "raw_message_slope")) > 0
    assert min(over_seeds(planted, "message_encounter_correlation")) > 0.5


def test_few_attitudes_end_at_an_end_of_the_scale(planted):
    assert max(over_seeds(planted, "clipped_share")) < 0.02


def test_strong_ties_are_seldom_overlooked_and_weak_ones_often(planted):
    strong, weak = over_seeds(planted, "recall_strong"), over_seeds(planted, "recall_weak")
    assert min(a - b for a, b in zip(strong, weak, strict=True)) >= 0.15  # lesson 02, E3
    assert min(strong) >= 0.82
    assert max(weak) <= 0.65
    assert min(over_seeds(planted, "precision")) >= 0.80


def test_there_are_ambassadors_enough_and_not_too_many(planted):
    assert min(over_seeds(planted, "ambassadors")) >= 10
    assert max(over_seeds(planted, "ambassadors")) <= 30


def test_what_the_ground_truth_says_holds(planted):
    assert_the_ground_truth_holds("pharma_executive", planted)


def test_what_the_generator_measures_is_what_the_oracle_finds(planted):
    for seed in SEEDS:
        assert pharma.measure(pharma.tables(seed)) == pytest.approx(planted[seed], abs=1e-9)


def test_a_planted_effect_of_messages_is_found_too():
    found = [Oracle(pharma_executive(seed, message_effect=0.2)).measures()["message_slope"] for seed in range(4)]
    assert statistics.fmean(found) == pytest.approx(0.2, abs=0.03)


def test_most_people_have_fewer_acquaintances_than_their_acquaintances_have(oracles):  # lesson 02, E2
    for oracle in oracles.values():
        graph = oracle.known
        fewer = [
            graph.degree(code) < statistics.fmean(graph.degree(other) for other in graph[code])
            for code in graph
            if graph.degree(code)
        ]
        assert statistics.fmean(fewer) > 0.5


# The rule


def test_five_groups_of_sixteen_and_the_executive(oracles):
    for oracle in oracles.values():
        assert Counter(oracle.people["group"]) == dict.fromkeys(GROUPS, 16)


def test_people_know_each_other_mostly_within_their_group(oracles):
    within = between = 0
    for oracle in oracles.values():
        group = oracle.people.set_index("id")["group"]
        same = [group[u] == group[v] for u, v in map(sorted, oracle.ties)]
        within, between = within + sum(same), between + len(same) - sum(same)
    # 12,000 pairs within groups and 51,200 between: four standard errors.
    assert within / 12_000 == pytest.approx(0.22, abs=0.016)
    assert between / 51_200 == pytest.approx(0.02, abs=0.0025)


def test_ratings_from_1_to_5_are_equally_likely(oracles):
    found = Counter(weight for oracle in oracles.values() for weight in oracle.ties.values())
    total = sum(found.values())
    assert set(found) == {1, 2, 3, 4, 5}
    # Each is binomial: four standard errors of a share of .2.
    assert max(abs(count / total - 0.2) for count in found.values()) <= 4 * (0.16 / total) ** 0.5


def test_clinicians_are_met_three_times_and_others_once_and_a_half(oracles):
    met = {True: [], False: []}
    for oracle in oracles.values():
        for group, count in zip(oracle.people["group"], oracle.encounters(), strict=True):
            met[group == "clinicians"].append(count)
    # Poisson: the variance is the mean; 320 and 1,280 people, four standard errors.
    assert statistics.fmean(met[True]) == pytest.approx(3, abs=0.39)
    assert statistics.fmean(met[False]) == pytest.approx(1.5, abs=0.14)
    assert statistics.variance(met[False]) == pytest.approx(1.5, abs=0.3)


def test_ambassadors_were_met_twice_or_more(oracles):
    candidates = ambassadors = 0
    for oracle in oracles.values():
        for code, count in zip(oracle.people["id"], oracle.encounters(), strict=True):
            assert count >= 2 or code not in oracle.ambassadors
            candidates += count >= 2
        ambassadors += len(oracle.ambassadors)
    assert ambassadors / candidates == pytest.approx(0.5, abs=4 * 0.5 / candidates**0.5)


def test_noise_is_normal_with_the_deviation_asked_for(oracles):
    rest = []
    for oracle in oracles.values():
        columns = zip(oracle.people["attitude"], oracle.encounters(), oracle.exposures(), strict=True)
        rest += [value - 2.4 - 0.30 * x - 0.22 * e for value, x, e in columns]
    # Of 1,600 numbers 800 are the opposite of another, so 800 count: 4 · .4/√1600. Attitudes are rounded to .01.
    assert statistics.fmean(rest) == pytest.approx(0, abs=0.002)
    assert statistics.pstdev(rest) == pytest.approx(0.4, abs=0.04)
    # Φ(1) − Φ(−1) = .683; four standard errors at 800 are .066.
    assert statistics.fmean(abs(value) < 0.4 for value in rest) == pytest.approx(0.683, abs=0.066)


def test_she_imagines_only_ties_between_people_who_share_an_acquaintance(oracles):
    imagined = open_pairs = 0
    for oracle in oracles.values():
        graph = oracle.known
        for pair in map(tuple, oracle.believed - set(oracle.ties)):
            assert list(nx.common_neighbors(graph, *pair))
            imagined += 1
        open_pairs += sum(bool(list(nx.common_neighbors(graph, *pair))) for pair in nx.non_edges(graph))
    assert imagined / open_pairs == pytest.approx(0.02, abs=4 * (0.02 / open_pairs) ** 0.5)


def test_what_she_believes_is_marked_as_her_view():
    ties = pharma_executive().ties
    perceived = ties["relation"] == "perceived_acquaintance"
    assert set(ties.loc[perceived, "status"]) == {"perceived"}
    assert set(ties.loc[perceived, "reported_by"]) == {"EXEC"}
    assert set(ties.loc[~perceived, "status"]) == {"observed"}
    assert set(ties.loc[~perceived, "reported_by"]) == {""}
    assert "EXEC" not in set(ties.loc[ties["relation"] != "encounter", ["source", "target"]].to_numpy().ravel())


def test_the_extremes_of_each_parameter():
    nobody = Oracle(pharma_executive(within=0, between=0))
    assert not nobody.ties
    assert not nobody.believed
    everybody = Oracle(pharma_executive(within=1, between=1, strong_seen=1, weak_seen=1))
    assert set(everybody.ties) == everybody.believed
    assert len(everybody.ties) == 80 * 79 / 2
    unseen = Oracle(pharma_executive(strong_seen=0, weak_seen=0, imagined=0))
    assert not unseen.believed
    exact = Oracle(pharma_executive(noise=0))
    assert exact.slopes(exact.encounters(), exact.exposures(), exact.people["messages"]) == pytest.approx(
        [0.30, 0.22, 0.0], abs=0.003
    )
    assert len(pharma_executive(people=3).nodes) == 16  # an odd number of people: one has noise of their own


def test_settings_share_their_luck():
    def pairs(relation, **parameters):
        ties = pharma_executive(5, **parameters).ties
        chosen = ties[ties["relation"] == relation]
        return set(zip(chosen["source"], chosen["target"], strict=True))

    assert pairs("acquaintance", within=0.1) < pairs("acquaintance") < pairs("acquaintance", within=0.4)
    assert pairs("perceived_acquaintance", weak_seen=0.2) < pairs("perceived_acquaintance")
    assert pairs("acquaintance", noise=2) == pairs("acquaintance")
    assert pharma_executive(5, noise=2).nodes["messages"].equals(pharma_executive(5).nodes["messages"])


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"peple": 20}, "did you mean 'people'"),
        ({"people": 2.5}, "people is 2.5; it must be a whole number of at least 1"),
        ({"within": 1.5}, "within is 1.5; it is a probability"),
        ({"imagined": "some"}, "imagined is 'some'; it is a probability"),
        ({"encounter_effect": float("nan")}, "encounter_effect is nan; it is points of attitude for one more"),
        ({"noise": -1}, "noise is -1; it is a standard deviation"),
        ({"seed": -3}, "seed is -3; it must be a whole number"),
    ],
)
def test_impossible_parameters_are_refused_with_a_reason(parameters, message):
    with pytest.raises(ParameterError, match=message):
        pharma_executive(**parameters)


def test_her_own_map_is_whom_she_met_and_what_she_believes():
    network = tertius.load("pharma_executive")
    own = network.own_map()
    believed = network.graph("perceived_acquaintance")
    met = set(network.graph("encounter")["EXEC"])
    assert set(own.nodes["id"]) == met | {"EXEC"}
    graph = own.graph()
    assert set(graph["EXEC"]) == met
    assert nx.utils.graphs_equal(nx.Graph(graph.subgraph(met).edges), nx.Graph(believed.subgraph(met).edges))
    counts = network.graph("encounter")
    for code in met:
        assert graph.edges["EXEC", code]["strength"] == pytest.approx(counts.edges["EXEC", code]["strength"])
