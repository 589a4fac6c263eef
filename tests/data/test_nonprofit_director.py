"""The case of the nonprofit director: its rule, and what is planted in it."""

import math
import statistics
from collections import Counter
from itertools import combinations

import networkx as nx
import pytest
from tests.data.truth import SEEDS, assert_the_ground_truth_holds, ground_truth, over_seeds

import tertius
from tertius.data import nonprofit_director
from tertius.data.cases import nonprofit
from tertius.errors import ParameterError

CIRCLES = {"business club": 30, "alumni": 25, "concert society": 20, "parish": 20, "neighbourhood": 25}
ORDER = list(CIRCLES)


class Oracle:
    """Everything planted in a network, worked out by networkx and `tertius.compare_choices`, as a learner would."""

    def __init__(self, network, seed, **parameters):
        self.graph = network.without("DIRECTOR").graph("acquaintance")
        self.own = network.graph("own")
        self.nodes = network.nodes.set_index("id")
        self.donors = self.nodes.index[self.nodes["donor"]].tolist()
        self.kinds = nonprofit.donor_kinds(seed, nonprofit.Parameters(**parameters))
        self.circle = self.nodes["group"].to_dict()

    def choices(self, pass_on=0.25):
        people = self.nodes.drop("DIRECTOR")
        return tertius.compare_choices(
            self.graph, self.donors, people["capacity"], people["motivation"], pass_on=pass_on
        )

    def measures(self):
        table = self.choices()
        chosen = {rule: set(people) for rule, people in table["chosen"].items()}
        return {
            "people": len(self.nodes),
            "ties": self.graph.number_of_edges(),
            "sets": math.comb(len(self.donors), 4),
            "best_value": table.loc["best", "value"],
            "capacity_share": table.loc["capacity", "share"],
            "random_share": table.loc["random", "share"],
            "ties_share": table.loc["ties", "share"],
            "ties_times_capacity_share": table.loc["ties × capacity", "share"],
            "in_between_share": table.loc["in-between", "share"],
            "step_by_step_share": table.loc["step by step", "share"],
            "brokers_in_best": len(chosen["best"] & set(self.kinds["brokers"])),
            "isolated_by_capacity": len(chosen["capacity"] & set(self.kinds["isolated"])),
            "overlapping_by_ties": len(chosen["ties"] & set(self.kinds["overlapping"])),
        }


@pytest.fixture(scope="module")
def oracles():
    return {seed: Oracle(nonprofit_director(seed), seed) for seed in SEEDS}


@pytest.fixture(scope="module")
def planted(oracles):
    return {seed: oracle.measures() for seed, oracle in oracles.items()}


# What is planted


def test_the_richest_are_a_bad_choice_and_worse_than_luck_on_average(planted):
    assert max(over_seeds(planted, "capacity_share")) <= 0.60
    assert min(over_seeds(planted, "isolated_by_capacity")) >= 3
    assert statistics.fmean(over_seeds(planted, "capacity_share")) < statistics.fmean(
        over_seeds(planted, "random_share")
    )


def test_those_with_most_ties_overlap(planted):
    assert max(over_seeds(planted, "ties_share")) <= 0.90
    assert min(over_seeds(planted, "overlapping_by_ties")) >= 3


def test_step_by_step_comes_close_to_the_best(planted):
    assert min(over_seeds(planted, "step_by_step_share")) >= 0.98


def test_the_best_choice_holds_brokers(planted):
    assert sum(brokers >= 2 for brokers in over_seeds(planted, "brokers_in_best")) >= 18


def test_the_rules_come_in_the_order_of_the_lesson_on_average(planted):
    rules = ["capacity", "random", "ties", "ties_times_capacity", "in_between", "step_by_step"]
    means = [statistics.fmean(over_seeds(planted, f"{rule}_share")) for rule in rules]
    assert means == sorted(means)


def test_without_the_overlapping_donors_choosing_by_ties_would_teach_nothing():
    shares = [
        Oracle(nonprofit_director(seed, overlapping=0), seed, overlapping=0).choices().loc["ties", "share"]
        for seed in SEEDS
    ]
    assert statistics.fmean(shares) >= 0.95


def test_how_readily_donors_pass_on_decides_who_is_best(oracles):
    best = [[oracles[seed].choices(pass_on).loc["best", "chosen"] for pass_on in (0.05, 0.5)] for seed in range(5)]
    assert all(little != much for little, much in best)


def test_the_best_of_a_draw_is_found_by_the_formula_and_nothing_else(oracles):
    # The formula, word by word, on one draw; all 4,845 sets.
    oracle, p = oracles[1], 0.25
    c, mu = oracle.nodes["capacity"], oracle.nodes["motivation"]
    values = {}
    for chosen in combinations(oracle.donors, 4):
        reached = set().union(*(oracle.graph[s] for s in chosen)) - set(chosen)
        values[chosen] = sum(c[s] * mu[s] for s in chosen) + sum(
            c[t] * (1 - math.prod(1 - p * mu[s] for s in chosen if s in oracle.graph[t])) for t in reached
        )
    best = max(values, key=values.get)
    found = oracle.choices().loc["best"]
    assert found["chosen"] == list(best)
    assert found["value"] == pytest.approx(values[best])


def test_what_the_ground_truth_says_holds(planted):
    assert_the_ground_truth_holds("nonprofit_director", planted)


def test_the_ground_truth_tells_which_donor_is_which(oracles):
    assert ground_truth("nonprofit_director")["planted"] == {
        kind: sorted(codes) for kind, codes in oracles[1].kinds.items()
    }


def test_what_the_generator_measures_is_what_the_oracle_finds(planted):
    for seed in (0, 1, 2, 3):
        assert nonprofit.measure(nonprofit.tables(seed)) == pytest.approx(planted[seed], abs=1e-9)


# The rule


def test_five_circles_twenty_donors_and_the_director(oracles):
    for oracle in oracles.values():
        assert Counter(oracle.circle[code] for code in oracle.graph) == CIRCLES
        assert len(oracle.donors) == 20
        assert sorted(code for codes in oracle.kinds.values() for code in codes) == oracle.donors
        assert {kind: len(codes) for kind, codes in oracle.kinds.items()} == {
            "isolated": 5, "brokers": 4, "overlapping": 4, "others": 7,
        }  # fmt: skip
        assert oracle.nodes.loc["DIRECTOR", ["capacity", "motivation"]].isna().all()


def test_the_isolated_are_rich_and_know_one_person_of_the_business_club(oracles):
    for oracle in oracles.values():
        for code in oracle.kinds["isolated"]:
            (only,) = oracle.graph[code]
            assert oracle.circle[only] == "business club"
            assert only not in oracle.donors
            assert 16 <= oracle.nodes.loc[code, "capacity"] <= 22
            assert oracle.nodes.loc[code, "motivation"] == 0.40


def test_each_broker_knows_nine_others_of_another_circle(oracles):
    for oracle in oracles.values():
        for code, circle in zip(oracle.kinds["brokers"], ORDER[1:], strict=True):
            known = [other for other in oracle.graph[code] if oracle.circle[other] == circle]
            assert sum(other not in oracle.donors for other in known) >= 9
            assert 5 <= oracle.nodes.loc[code, "capacity"] <= 8
            assert oracle.nodes.loc[code, "motivation"] == 0.85


def test_the_overlapping_donors_all_know_the_same_sixteen(oracles):
    for oracle in oracles.values():
        shared = set.intersection(*(set(oracle.graph[code]) for code in oracle.kinds["overlapping"]))
        shared = {code for code in shared if oracle.circle[code] == "business club" and code not in oracle.donors}
        assert len(shared) >= 16
        for code in oracle.kinds["overlapping"]:
            assert 4 <= oracle.nodes.loc[code, "capacity"] <= 6
            assert oracle.nodes.loc[code, "motivation"] == 0.55


def test_everybody_else_is_tied_as_chance_has_it(oracles):
    within = between = pairs_within = pairs_between = 0
    for oracle in oracles.values():
        plain = [code for code in oracle.graph if code not in oracle.donors]
        sizes = Counter(oracle.circle[code] for code in plain)
        same = sum(size * (size - 1) // 2 for size in sizes.values())
        pairs_within += same
        pairs_between += len(plain) * (len(plain) - 1) // 2 - same
        ties = [oracle.circle[u] == oracle.circle[v] for u, v in oracle.graph.subgraph(plain).edges]
        within += sum(ties)
        between += len(ties) - sum(ties)
    assert within / pairs_within == pytest.approx(0.16, abs=4 * (0.16 * 0.84 / pairs_within) ** 0.5)
    assert between / pairs_between == pytest.approx(0.006, abs=4 * (0.006 / pairs_between) ** 0.5)


def test_capacity_is_log_normal_and_motivation_even(oracles):
    logs, motives = [], []
    for oracle in oracles.values():
        plain = oracle.nodes.drop([*oracle.donors, "DIRECTOR"])
        logs += [math.log(value) for value in plain["capacity"]]
        motives += plain["motivation"].tolist()
        assert oracle.nodes.loc[oracle.kinds["others"], "capacity"].max() <= 15
    # 2,000 people: four standard errors of the mean are .063; rounding to .1 moves the logarithm of small numbers.
    assert statistics.fmean(logs) == pytest.approx(1.2, abs=0.065)
    assert statistics.stdev(logs) == pytest.approx(0.7, abs=0.05)
    assert 0.3 <= min(motives) < 0.31
    assert 0.89 < max(motives) <= 0.9
    assert statistics.fmean(motives) == pytest.approx(0.6, abs=0.016)


def test_the_director_knows_donors_of_every_kind_and_two_others_of_each_of_four_circles(oracles):
    ratings = Counter()
    for oracle in oracles.values():
        known = set(oracle.own["DIRECTOR"])
        assert {kind: len(known & set(codes)) for kind, codes in oracle.kinds.items()} == {
            "isolated": 2, "brokers": 2, "overlapping": 2, "others": 4,
        }  # fmt: skip
        plain = Counter(oracle.circle[code] for code in known if code not in oracle.donors)
        assert plain == dict.fromkeys(ORDER[:4], 2)
        ratings.update(data["weight_raw"] for *_, data in oracle.own.edges(data=True))
    assert set(ratings) == {1, 2, 3, 4, 5}


def test_the_director_stays_out_of_the_acquaintances():
    assert "DIRECTOR" in tertius.load("nonprofit_director").graph("acquaintance")
    assert tertius.load("nonprofit_director").graph("acquaintance").degree("DIRECTOR") == 0


def test_the_extremes_of_each_parameter():
    none = Oracle(
        nonprofit_director(4, within=0, between=0, isolated=0, brokers=0, overlapping=0),
        4,
        isolated=0,
        brokers=0,
        overlapping=0,
    )
    assert none.graph.number_of_edges() == 0
    assert len(none.kinds["others"]) == 20
    full = Oracle(nonprofit_director(4, within=1, between=1), 4)
    assert full.graph.degree(full.kinds["others"][0]) == 119 - 5
    assert len(Oracle(nonprofit_director(4, donors=13), 4, donors=13).kinds["others"]) == 0


def test_settings_share_their_luck():
    def pairs(**parameters):
        ties = nonprofit_director(5, **parameters).ties
        chosen = ties[ties["relation"] == "acquaintance"]
        return set(zip(chosen["source"], chosen["target"], strict=True))

    assert nonprofit_director(5, within=0.3).nodes.equals(nonprofit_director(5).nodes)
    plain = {"isolated": 0, "brokers": 0, "overlapping": 0}
    assert pairs(within=0.05, **plain) < pairs(**plain) < pairs(within=0.3, **plain)


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"broker": 2}, "did you mean 'brokers'"),
        ({"brokers": 5}, "brokers is 5; it must be a whole number from 0 to the number of other circles, 4"),
        ({"donors": 3}, "donors is 3; it must be a whole number from 4 to 40"),
        ({"donors": 10}, "isolated, brokers and overlapping add up to 13, and donors is 10"),
        ({"between": 2}, "between is 2; it is a probability"),
        ({"isolated": -1}, "isolated is -1"),
    ],
)
def test_impossible_parameters_are_refused_with_a_reason(parameters, message):
    with pytest.raises(ParameterError, match=message):
        nonprofit_director(**parameters)


def test_her_own_map_has_her_ratings_and_the_ties_among_those_she_knows():
    network = tertius.load("nonprofit_director")
    own, known = network.own_map().graph(), network.graph("own")
    assert len(own) == 19
    for code, data in known["DIRECTOR"].items():
        assert own.edges["DIRECTOR", code]["strength"] == data["weight_raw"] / 5
    among = network.graph("acquaintance").subgraph(known["DIRECTOR"])
    assert nx.utils.graphs_equal(nx.Graph(own.subgraph(known["DIRECTOR"]).edges), nx.Graph(among.edges))
