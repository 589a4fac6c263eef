"""The case of the law partner, with effect and with selection: its rule, and what is planted."""

import statistics
from collections import Counter
from itertools import combinations, product

import networkx as nx
import pytest
from tests.data.truth import SEEDS, assert_the_ground_truth_holds, ground_truth, over_seeds

import tertius
from tertius.data import law_firm
from tertius.data.cases import law
from tertius.errors import ParameterError

PRACTICES = ["corporate", "employment", "patents", "tax"]
ROUNDS = ["round 1", "round 2", "round 3", "round 4"]
SWITCHES = {
    "on/off": {"effect": True, "selection": False},
    "off/off": {"effect": False, "selection": False},
    "off/on": {"effect": False, "selection": True},
    "on/on": {"effect": True, "selection": True},
}


class Oracle:
    """Everything planted in a network, worked out by networkx and loops from what a learner gets."""

    def __init__(self, network):
        self.network = network
        self.practice = {
            code: group for code, group in zip(network.nodes["id"], network.nodes["group"], strict=True) if group
        }
        self.attendance = network.graph("attendance")
        self.came = {code for code in self.practice if self.attendance.degree(code)}
        self.advice = {wave: network.graph("advice", wave) for wave in (1, 2, 3)}

    def density(self, wave, *, attend):
        pairs = [
            pair
            for pair in combinations(self.practice, 2)
            if all((code in self.came) == attend for code in pair) and self.practice[pair[0]] != self.practice[pair[1]]
        ]
        return sum(self.advice[wave].has_edge(*ends) for u, v in pairs for ends in ((u, v), (v, u))) / (2 * len(pairs))

    def gain(self, wave):
        gains = [self.density(wave, attend=attend) - self.density(wave - 1, attend=attend) for attend in (True, False)]
        return gains[0] - gains[1]

    def reciprocity(self, wave, *, attend):
        graph = self.advice[wave]
        some = [code for code in self.practice if (code in self.came) == attend and graph.degree(code)]
        return statistics.fmean(nx.reciprocity(graph, some).values())

    def measures(self):
        return {
            "lawyers": len(self.practice),
            "attendees": len(self.came),
            **{f"advice_wave_{wave}": graph.number_of_edges() for wave, graph in self.advice.items()},
            "attendees_across_before": self.density(2, attend=True),
            "attendees_across_after": self.density(3, attend=True),
            "others_across_before": self.density(2, attend=False),
            "others_across_after": self.density(3, attend=False),
            "difference_in_differences": self.gain(3),
            "placebo": self.gain(2),
            "attendees_reciprocity_rise": self.reciprocity(3, attend=True) - self.reciprocity(2, attend=True),
            "others_reciprocity_rise": self.reciprocity(3, attend=False) - self.reciprocity(2, attend=False),
        }


@pytest.fixture(scope="module")
def oracles():
    return {
        switch: {seed: Oracle(law_firm(seed, **settings)) for seed in SEEDS} for switch, settings in SWITCHES.items()
    }


@pytest.fixture(scope="module")
def planted(oracles):
    return {switch: {seed: each.measures() for seed, each in draws.items()} for switch, draws in oracles.items()}


def gains(planted, switch):
    return over_seeds(planted[switch], "difference_in_differences"), over_seeds(planted[switch], "placebo")


# What is planted


def test_with_effect_alone_attendees_gain_and_the_placebo_is_near_zero(planted):
    gained, placebo = gains(planted, "on/off")
    assert min(gained) > 0.03
    # Of those who share a table .3 · .03 + .7 · .15 = .114, which is .084 more; a few attendees never shared one.
    assert statistics.fmean(gained) == pytest.approx(0.084, abs=0.02)
    assert max(map(abs, placebo)) <= 0.035
    assert statistics.fmean(placebo) == pytest.approx(0, abs=0.01)


def test_with_neither_nothing_is_gained(planted):
    gained, placebo = gains(planted, "off/off")
    assert statistics.fmean(gained) == pytest.approx(0, abs=0.01)
    assert min(gained) < 0 < max(gained)
    assert max(map(abs, placebo)) <= 0.035
    assert statistics.fmean(placebo) == pytest.approx(0, abs=0.01)


def test_with_selection_alone_attendees_seem_to_gain_and_the_placebo_exposes_it(planted):
    gained, placebo = gains(planted, "off/on")
    assert sum(value > 0 for value in gained) >= 19
    # .4 · .066 + .6 · .15 − .066 = .050, and .036 before; 20 draws of standard deviation .027 and .019: four errors.
    assert statistics.fmean(gained) == pytest.approx(0.0504, abs=0.024)
    assert sum(value > 0 for value in placebo) >= 18
    assert statistics.fmean(placebo) == pytest.approx(0.036, abs=0.017)


def test_with_both_attendees_gain_and_the_placebo_is_positive(planted):
    gained, placebo = gains(planted, "on/on")
    assert sum(value > 0 for value in gained) >= 19
    assert placebo == gains(planted, "off/on")[1]
    assert sum(value > 0 for value in placebo) >= 18


def test_on_average_attendees_advice_becomes_mutual_and_that_of_others_does_not(planted):
    # The expected rise is .12, and one draw of 20 people is off by .05: this can hold for the mean of draws only.
    assert statistics.fmean(over_seeds(planted["on/off"], "attendees_reciprocity_rise")) >= 0.12
    assert abs(statistics.fmean(over_seeds(planted["on/off"], "others_reciprocity_rise"))) < 0.06
    assert min(over_seeds(planted["on/off"], "attendees_reciprocity_rise")) > 0
    assert abs(statistics.fmean(over_seeds(planted["off/off"], "attendees_reciprocity_rise"))) < 0.06


def test_the_number_of_ties_stays_about_the_same_without_effect_or_selection(planted):
    first, *later = (over_seeds(planted["off/off"], f"advice_wave_{wave}") for wave in (1, 2, 3))
    # 48 · 11 · .2 + 48 · 36 · .03 = 157.4; a count has a standard deviation of about 15, a mean of 20 of 3.5.
    for counts in (first, *later):
        assert statistics.fmean(counts) == pytest.approx(157.4, abs=14)


@pytest.mark.parametrize(("name", "switch"), [("law_firm", "on/off"), ("law_firm_selected", "off/on")])
def test_what_the_ground_truth_says_holds(planted, name, switch):
    assert_the_ground_truth_holds(name, planted[switch])
    expected = ground_truth(name)["planted"]
    assert {"effect": expected["effect"], "selection": expected["selection"]} == SWITCHES[switch]


def test_what_the_generator_measures_is_what_the_oracle_finds(planted):
    for switch, settings in SWITCHES.items():
        for seed in SEEDS:
            measured = law.measure(law.tables(seed, law.Parameters(**settings)))
            assert measured == pytest.approx(planted[switch][seed], abs=1e-9)


@pytest.mark.parametrize(("name", "switch"), [("law_firm", "on/off"), ("law_firm_selected", "off/on")])
def test_a_learner_finds_the_same_with_the_measures(planted, name, switch):
    network = tertius.load(name)
    guests = network.ties.loc[network.ties["relation"] == "attendance", "source"]
    lawyers = network.without("PARTNER", *ROUNDS)
    table = tertius.density_by_wave(lawyers, guests, across="group")
    values = planted[switch][1]
    assert tertius.difference_in_differences(table, 2, 3) == pytest.approx(values["difference_in_differences"])
    assert tertius.difference_in_differences(table, 1, 2) == pytest.approx(values["placebo"])
    mutual = tertius.reciprocity_by_wave(lawyers, guests)
    assert mutual.loc[3, "people"] - mutual.loc[2, "people"] == pytest.approx(values["attendees_reciprocity_rise"])


# The rule


def test_four_practices_of_twelve_of_six_firms_with_five_attendees_each(oracles):
    for oracle in oracles["on/off"].values():
        assert Counter(oracle.practice.values()) == dict.fromkeys(PRACTICES, 12)
        assert Counter(oracle.practice[code] for code in oracle.came) == dict.fromkeys(PRACTICES, 5)
        firms = oracle.network.nodes.set_index("id").loc[list(oracle.practice), "organisation"]
        assert set(firms.value_counts()) == {8}
        assert len(set(firms)) == 6
        assert oracle.network.nodes["kind"].value_counts().to_dict() == {"person": 49, "event": 4}


def test_attendees_come_to_four_of_five_round_tables_and_to_one_at_least(oracles):
    visits = [oracle.attendance.degree(code) for oracle in oracles["on/off"].values() for code in oracle.came]
    assert min(visits) >= 1
    # 1,600 chances of .8; somebody who would never come (.0016) comes once.
    assert statistics.fmean(visits) / 4 == pytest.approx(0.8004, abs=0.04)
    for oracle in oracles["on/off"].values():
        assert all(
            event in ROUNDS
            for *_, event in oracle.network.ties.query("relation == 'attendance'")[["target"]].itertuples()
        )


def kinds(oracle, wave, *, within, who):
    """How often each kind of pair occurs in a wave: mutual, one-way, none."""
    graph, found = oracle.advice[wave], Counter()
    for u, v in combinations(oracle.practice, 2):
        if (oracle.practice[u] == oracle.practice[v]) == within and who(oracle, u, v):
            found[graph.has_edge(u, v) + graph.has_edge(v, u)] += 1
    return found


def everybody(oracle, u, v):
    return True


def share_a_table(oracle, u, v):
    return bool(list(nx.common_neighbors(oracle.attendance, u, v)))


def attend_both(oracle, u, v):
    return u in oracle.came and v in oracle.came


BASE, TREATED = {True: (0.08, 0.24), False: (0.009, 0.042)}, {True: (0.14, 0.12), False: (0.09, 0.12)}


@pytest.mark.parametrize(
    ("switch", "wave", "who", "treated"),
    [
        ("on/off", 1, everybody, 0),
        ("off/off", 3, everybody, 0),
        ("on/off", 3, share_a_table, 0.7),
        ("off/on", 2, attend_both, 0.3),
        ("off/on", 3, attend_both, 0.4 * 0.3 + 0.6),
    ],
)
@pytest.mark.parametrize("within", [True, False])
def test_pairs_are_mutual_or_one_way_as_often_as_the_rule_says(oracles, switch, wave, who, treated, within):
    found = sum((kinds(oracle, wave, within=within, who=who) for oracle in oracles[switch].values()), Counter())
    n = found.total()
    for kind, base, changed in zip((2, 1), BASE[within], TREATED[within], strict=True):
        expected = (1 - treated) * base + treated * changed
        assert found[kind] / n == pytest.approx(expected, abs=4 * (expected * (1 - expected) / n) ** 0.5), kind


def test_a_share_of_the_pairs_is_drawn_anew():
    def changed(redrawn):
        share = []
        for seed in range(5):
            waves = [set(law_firm(seed, effect=False, redrawn=redrawn).graph("advice", wave).edges) for wave in (1, 2)]
            share.append(len(waves[0] - waves[1]) / len(waves[0]))
        return statistics.fmean(share)

    assert changed(0) == 0
    # A redrawn tie comes back with probability about .2 within and .03 across practices.
    assert changed(1) > 0.8
    assert 0.15 < changed(0.3) < 0.35


def test_the_switches_share_their_luck(oracles):
    for seed in SEEDS:
        draws = [oracles[switch][seed] for switch in SWITCHES]
        assert all(set(each.advice[1].edges) == set(draws[0].advice[1].edges) for each in draws)
        assert all(set(each.attendance.edges) == set(draws[0].attendance.edges) for each in draws)
        # Whoever does not attend knows nothing of the switches.
        others = [code for code in draws[0].practice if code not in draws[0].came]
        for wave, each in product((2, 3), draws):
            assert set(each.advice[wave].subgraph(others).edges) == set(draws[0].advice[wave].subgraph(others).edges)


def test_the_partner_exchanges_advice_with_six_attendees_and_six_others(oracles):
    for oracle in oracles["on/off"].values():
        own = oracle.network.graph("own")
        assert set(own.successors("PARTNER")) == set(own.predecessors("PARTNER"))
        known = set(own["PARTNER"])
        assert (len(known & oracle.came), len(known - oracle.came)) == (6, 6)
        assert known <= set(oracle.practice)
        assert all(graph.degree("PARTNER") == 0 for graph in oracle.advice.values())
    own_map = tertius.load("law_firm").own_map().graph()
    assert set(own_map["PARTNER"]) == set(tertius.load("law_firm").graph("own")["PARTNER"])
    among = tertius.load("law_firm").graph("advice", 1, directed=False).subgraph(own_map["PARTNER"])
    assert nx.utils.graphs_equal(nx.Graph(own_map.subgraph(own_map["PARTNER"]).edges), nx.Graph(among.edges))


def test_the_extremes_of_each_parameter():
    assert Oracle(law_firm(attends=1)).attendance.number_of_edges() == 80
    assert Oracle(law_firm(attends=0)).attendance.number_of_edges() == 20
    everyone = Oracle(law_firm(lawyers=6, attendees=6))
    assert len(everyone.came) == 24
    assert len(everyone.network.graph("own")["PARTNER"]) == 6


def test_both_data_sets_are_named_for_what_they_hold():
    assert law_firm(3).meta["name"] == law_firm(3, selection=True).meta["name"] == "law_firm"
    assert law_firm(3, effect=False, selection=True).meta["name"] == "law_firm_selected"
    for name in ("law_firm", "law_firm_selected"):
        assert tertius.load(name).meta["parameters"]["effect"] == (name == "law_firm")


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"effects": True}, "did you mean 'effect'"),
        ({"effect": 1}, "effect is 1; it is a switch, True or False"),
        ({"attendees": 13}, "attendees is 13; it must be a whole number from 3 to all lawyers of a practice, 12"),
        ({"lawyers": 2}, "lawyers is 2; it must be a whole number of at least 6"),
        ({"attends": 1.2}, "attends is 1.2; it is a probability"),
        ({"redrawn": None}, "redrawn is None; it is a probability"),
    ],
)
def test_impossible_parameters_are_refused_with_a_reason(parameters, message):
    with pytest.raises(ParameterError, match=message):
        law_firm(**parameters)
