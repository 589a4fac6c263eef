"""Forgotten names: how sure a map can be."""

from itertools import combinations, pairwise

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.measures.graphs import random_graph, random_groups, star_without_alter_ties, within_four_errors

from tertius import Forgetting, blau_index, forget_names, load
from tertius.errors import GraphError, ParameterError
from tertius.measures import forgetting
from tertius.measures.ego_map import EgoMap
from tertius.measures.forgetting import _luck, _sampled

seeds = st.integers(0, 10**6)


def map_of(k, tied, seed=1):
    """A person with k contacts, any two tied with a probability, of strengths .2, .4 … 1."""
    rng = np.random.default_rng(seed)
    graph = nx.Graph()
    graph.add_nodes_from(range(k + 1))
    for contact in range(1, k + 1):
        graph.add_edge(0, contact, strength=float(rng.integers(1, 6)) / 5)
    for one, other in combinations(range(1, k + 1), 2):
        if rng.random() < tied:
            graph.add_edge(one, other, strength=0.5)
    return graph


def entrepreneurs_map(seed):
    """26 contacts in six sectors: her own and the residents are close to her and know each other."""
    rng = np.random.default_rng(seed)
    sectors = [*["ngo"] * 9, *["resident"] * 8, *["city"] * 4, *["business"] * 2, *["funder"] * 2, "academia"]
    ratings = {"ngo": (3, 5), "resident": (3, 5), "city": (2, 4), "academia": (1, 1)}  # others 1 or 2
    graph = nx.Graph()
    for contact, sector in enumerate(sectors, 1):
        low, high = ratings.get(sector, (1, 2))
        graph.add_edge(0, contact, strength=float(rng.integers(low, high + 1)) / 5)
    for one, other in combinations(range(1, 27), 2):
        if sectors[one - 1] == sectors[other - 1] and rng.random() < 0.3:
            graph.add_edge(one, other, strength=0.6)
    return graph, {0: "ngo"} | dict(enumerate(sectors, 1))


@given(seeds, st.sampled_from(["random", "weakest"]), st.sampled_from([0.0, 0.2, 0.5]))
@settings(deadline=None, max_examples=40)
def test_each_run_is_the_map_without_the_forgotten(seed, which, share):
    graph = random_graph(seed, least=3)
    if not graph.degree[0]:
        return
    groups = random_groups(graph, seed)
    names = forget_names(graph, 0, Forgetting(share, which), groups=groups, runs=4, seed=seed)
    kept = _sampled(EgoMap.of(graph, 0), names.rule, 4, seed)
    contacts = sorted(graph[0])
    for stay, (_, row) in zip(kept, names.runs.iterrows(), strict=True):
        less = nx.Graph(graph)
        less.remove_nodes_from([name for name, is_kept in zip(contacts, stay, strict=True) if not is_kept])
        left = list(less[0])
        assert row["size"] == len(left) == len(contacts) - names.forgotten
        around = less.subgraph(left)
        assert row["density"] == pytest.approx(nx.density(around) if len(left) > 1 else np.nan, nan_ok=True)
        assert row["effective_size"] == pytest.approx(nx.effective_size(less, [0], weight=None)[0], nan_ok=True)
        assert row["constraint"] == pytest.approx(nx.constraint(less, [0], weight=None)[0], nan_ok=True)
        assert row["variety"] == pytest.approx(blau_index(groups[name] for name in left), nan_ok=True)
        if "weak_share" in row:
            largest = max(strength for *_, strength in graph.edges.data("strength"))
            weak = [less.edges[0, name]["strength"] / max(1, largest) < 0.6 for name in left]
            assert row["weak_share"] == pytest.approx(np.mean(weak) if weak else np.nan, nan_ok=True)


@pytest.mark.parametrize(("k", "tied"), [(2, 1), (5, 0.4), (9, 0.3), (12, 0.5)])
def test_all_ways_at_random_have_the_exact_means(k, tied):
    # Exact: E[density] = density; E[effective size] = m − 2t(m−1)/(k(k−1)).
    graph = map_of(k, tied)
    t = graph.number_of_edges() - k
    for share in (0.2, 0.5):
        names = forget_names(graph, 0, Forgetting(share, "random"), runs="all")
        m = k - names.forgotten
        assert names.is_exact
        if m > 1:
            assert names.runs["density"].mean() == pytest.approx(2 * t / (k * (k - 1)), abs=1e-9)
        assert names.runs["effective_size"].mean() == pytest.approx(m - 2 * t * (m - 1) / (k * (k - 1)), abs=1e-9)


def test_of_a_star_constraint_is_one_over_who_is_left():
    names = forget_names(nx.star_graph(10), 0, Forgetting(0.3, "random"), runs="all")
    assert len(names.runs) == 120
    assert names.runs["constraint"].tolist() == pytest.approx([1 / 7] * 120, abs=1e-12)
    assert (names.top_contact, np.isnan(names.top_stays)) == (None, True)  # all weigh the same


@pytest.mark.parametrize("which", ["random", "weakest"])
def test_samples_agree_with_all_ways(which):
    # within four standard errors at 2,000 runs.
    graph = map_of(12, 0.35, seed=3)
    groups = {node: "abc"[node % 3] for node in graph}
    rule = Forgetting(0.3, which)
    exact = forget_names(graph, 0, rule, groups=groups, runs="all")
    sample = forget_names(graph, 0, rule, groups=groups, runs=2000, seed=7)
    assert within_four_errors(sample.runs, exact.runs.mean().to_numpy())
    stays = exact.top_stays
    assert abs(sample.top_stays - stays) <= 4 * np.sqrt(stays * (1 - stays) / 2000) + 1e-12


def test_of_equal_ties_any_may_be_forgotten_first():
    graph = nx.Graph()
    graph.add_weighted_edges_from([(0, 1, 1), (0, 2, 1), (0, 3, 2), (0, 4, 2), (0, 5, 2), (0, 6, 5)], weight="strength")
    groups = {node: node for node in graph}
    assert Forgetting(0.5).count(6) == 3
    exact = forget_names(graph, 0, Forgetting(0.5), groups={**groups, 3: 4}, runs="all")
    assert len(exact.runs) == 3  # 1 and 2 for certain, then 3, 4 or 5
    assert sorted(exact.runs["variety"]) == pytest.approx([1 - 5 / 9, 2 / 3, 2 / 3])
    sample = forget_names(graph, 0, Forgetting(0.5), groups={**groups, 3: 4}, runs=2000, seed=1)
    assert within_four_errors(sample.runs["variety"], exact.runs["variety"].mean())


def test_names_and_ties_have_luck_of_their_own():
    assert not np.array_equal(_luck(1, 0).random(5), _luck(1, 1).random(5))
    assert np.array_equal(_luck(1, 1).random(5), _luck(1, 1).random(5))


def test_the_range_holds_nine_tenths_of_the_runs():
    names = forget_names(map_of(12, 0.4), 0, Forgetting(0.3, "random"), runs=200, seed=1)
    table = names.frame()
    for name, row in table.iterrows():
        quantiles = np.quantile(names.runs[name], [0.5, 0.05, 0.95])
        assert row[["median", "low", "high"]].tolist() == pytest.approx(quantiles.tolist())
    assert names.runs["density"].min() < table.loc["density", "low"]
    assert table.loc["density", "high"] < names.runs["density"].max()


def test_ties_are_forgotten_each_by_itself():
    # Exact, with f_e: both tie terms × (1 − f_e).
    k, graph = 10, map_of(10, 0.5)
    t = graph.number_of_edges() - k
    names = forget_names(graph, 0, Forgetting(0.2, "random", ties=0.3), runs=2000, seed=2)
    density, m = 2 * t / (k * (k - 1)), 8
    assert within_four_errors(names.runs["density"], 0.7 * density)
    assert within_four_errors(names.runs["effective_size"], m - 0.7 * 2 * t * (m - 1) / (k * (k - 1)))
    none = forget_names(graph, 0, Forgetting(0, ties=1), runs=3, seed=1)
    assert none.runs["effective_size"].tolist() == [10, 10, 10]
    assert (none.runs["density"] == 0).all()


def test_forgetting_nothing_gives_the_map_back_and_forgetting_all_is_undefined():
    graph = map_of(8, 0.4)
    same = forget_names(graph, 0, Forgetting(0), groups={node: node % 2 for node in graph}, runs=5, seed=1)
    assert (same.runs == same.values).all(axis=None)
    assert same.top_stays == 1
    nothing = forget_names(graph, 0, Forgetting(1), groups={node: node % 2 for node in graph}, runs=5, seed=1)
    assert nothing.top_contact is not None
    assert nothing.top_stays == 0
    table = nothing.frame()
    assert table.loc["size", "median"] == 0
    assert (table.drop("size")["undefined"] == 5).all()
    assert table.drop("size")["median"].isna().all()


@pytest.mark.parametrize("which", ["random", "weakest", "graded"])
def test_who_is_forgotten_at_a_smaller_share_is_forgotten_at_a_larger_one(which):
    own = EgoMap.of(map_of(15, 0.3), 0)
    kept = [_sampled(own, Forgetting(share, which), 30, 4) for share in (0, 0.1, 0.2, 0.35, 0.5)]
    for more, less in pairwise(kept):
        assert (less <= more).all()
    # Forgetting ties, too, does not change which names are forgotten.
    rules = [Forgetting(0.2, which, ties=ties) for ties in (0, 0.4)]
    sizes = [forget_names(own.ties, 0, rule, runs=30, seed=4).runs["weak_share"] for rule in rules]
    assert sizes[0].tolist() == sizes[1].tolist()


def test_the_weakest_go_first_and_graded_lies_between_them_and_chance():
    graph = map_of(20, 0.2, seed=5)
    own = EgoMap.of(graph, 0)
    mean = {}
    for which in ("weakest", "graded", "random"):
        kept = _sampled(own, Forgetting(0.3, which), 2000, 1)
        mean[which] = np.broadcast_to(own.strength, kept.shape)[~kept].mean()
    assert mean["weakest"] == pytest.approx(np.sort(own.strength)[:6].mean(), abs=1e-12)
    assert mean["weakest"] < mean["graded"] - 0.05 < mean["random"] - 0.1
    for seed in range(5):
        flat = _sampled(own, Forgetting(0.3, "graded", gamma=0), 50, seed)
        assert (flat == _sampled(own, Forgetting(0.3, "random"), 50, seed)).all()


def test_graded_is_a_race_of_waiting_times():
    # Two contacts, one forgotten: of two exponential times with means e^{γs} the strong one's is the smaller with
    # chance e^{γ·weak} / (e^{γ·weak} + e^{γ·strong}).
    graph = nx.Graph()
    graph.add_edge("me", "weak", strength=0.2)
    graph.add_edge("me", "strong", strength=1.0)
    own = EgoMap.of(graph, "me")
    lost = ~_sampled(own, Forgetting(0.5, "graded", gamma=2), 4000, 3)[:, own.names.index("strong")]
    assert within_four_errors(lost, np.exp(0.4) / (np.exp(0.4) + np.exp(2)))


def test_of_the_entrepreneurs_contacts_the_weakest_carry_the_variety():
    # lesson 03, experiment 3, seeds 0–19. Random: mean density changes by less than 5 %, constraint rises 20/20.
    # Weakest: density and constraint rise 20/20, variety of sectors falls in 19 or more.
    changes = {"random": [], "weakest": []}
    for seed in range(20):
        graph, sectors = entrepreneurs_map(seed)
        for which, kept in changes.items():
            names = forget_names(graph, 0, Forgetting(0.2, which), groups=sectors, runs=200, seed=seed)
            kept.append(names.runs.mean() / names.values - 1)
    random, weakest = (pd.DataFrame(kept) for kept in changes.values())
    assert abs(random["density"].mean()) < 0.05
    assert (random["constraint"] > 0).all()
    assert (weakest["density"] > 0).all()
    assert (weakest["constraint"] > 0).all()
    assert (weakest["variety"] < 0).sum() >= 19


def test_density_rises_only_where_strength_and_cohesion_go_together():
    # with strengths shuffled over the contacts the weakest rule is the random one.
    differences = []
    for seed in range(40):
        graph, _ = entrepreneurs_map(seed)
        rng = np.random.default_rng((seed, 2))
        strengths = rng.permutation([graph.edges[0, contact]["strength"] for contact in range(1, 27)])
        for contact, strength in enumerate(strengths.tolist(), 1):
            graph.edges[0, contact]["strength"] = strength
        weakest = forget_names(graph, 0, Forgetting(0.2, "weakest"), runs=100, seed=seed).runs["density"].mean()
        differences.append(weakest - forget_names(graph, 0).values["density"])
    assert within_four_errors(differences, 0)


def test_whoever_weighs_most_stays_so_unless_forgotten_or_overtaken():
    # Ann knows Bo and Cy; they know nobody else. Without Ann all are alike; without Bo, Ann and Cy are.
    graph = nx.star_graph(["me", "Ann", "Bo", "Cy", "Di"])
    graph.add_edges_from([("Ann", "Bo"), ("Ann", "Cy")])
    names = forget_names(graph, "me", Forgetting(0.25, "random"), runs="all")
    assert names.top_contact == "Ann"
    assert names.top_stays == pytest.approx(3 / 4)


def test_what_the_data_cannot_know_is_left_out():
    star = star_without_alter_ties(5)
    assert forget_names(star, 0, seed=1).values.index.tolist() == ["size"]
    star.edges[0, 1]["strength"] = 0.2
    names = forget_names(star, 0, groups=dict.fromkeys(range(6), "law"), seed=1)
    assert names.values.index.tolist() == ["size", "variety", "weak_share"]
    assert names.top_contact is None


def test_a_data_set_of_the_catalogue():
    network = load("manufacturing_vp")
    names = forget_names(network, groups="group", runs="all")
    # 12 of her 13 ties are weak (the card's weak_share_of_own_ties); 9 ties among the 13, so 13 − 18/13.
    assert names.values["weak_share"] == pytest.approx(12 / 13, abs=1e-9)
    assert names.values["effective_size"] == pytest.approx(13 - 18 / 13, abs=1e-9)
    assert names.values["variety"] == pytest.approx(1 - (8**2 + 5) / 13**2, abs=1e-9)
    assert len(names.runs) == 56  # three of the eight weakest
    again = [forget_names(network, groups="group", seed=3).runs for _ in range(2)]
    assert again[0].equals(again[1])
    assert repr(names) == "ForgottenNames(3 of 13 contacts, 56 all ways)"


def test_large_maps_are_worked_out_in_blocks_with_the_same_luck(monkeypatch):
    graph = map_of(12, 0.4)
    rule = Forgetting(0.2, "graded", ties=0.3)
    whole = forget_names(graph, 0, rule, runs=50, seed=1)
    monkeypatch.setattr(forgetting, "BLOCK", 1000)
    parts = forget_names(graph, 0, rule, runs=50, seed=1)
    assert parts.runs.equals(whole.runs)
    assert parts.top_stays == whole.top_stays


def test_what_cannot_be_forgotten_is_refused():
    graph = map_of(30, 0.2)
    with pytest.raises(ParameterError, match="593,775 ways to forget 6 of 30 names"):
        forget_names(graph, 0, Forgetting(0.2, "random"), runs="all")
    for rule in (Forgetting(0.2, "graded"), Forgetting(0.2, ties=0.1)):
        with pytest.raises(ParameterError, match="give runs"):
            forget_names(graph, 0, rule, runs="all")
    with pytest.raises(ParameterError, match=r"share is 1\.2"):
        Forgetting(1.2)
    with pytest.raises(ParameterError, match="share is nan"):
        Forgetting(float("nan"))
    with pytest.raises(ParameterError, match="ties is -1"):
        Forgetting(ties=-1)
    with pytest.raises(ParameterError, match="did you mean 'weakest'"):
        Forgetting(which="weekest")
    with pytest.raises(ParameterError, match="gamma is -1"):
        Forgetting(gamma=-1)
    with pytest.raises(ParameterError, match=r"The rule is 0\.3"):
        forget_names(graph, 0, 0.3)
    for runs in (0, 2.5, "some"):
        with pytest.raises(ParameterError, match="runs is"):
            forget_names(graph, 0, runs=runs)
    with pytest.raises(GraphError, match="0 has no contacts"):
        forget_names(nx.empty_graph(2), 0)
