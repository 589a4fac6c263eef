"""What holds of every model alike: the same seed is the same history, inputs stay, and no setting is silently wrong."""

import copy
import inspect
from dataclasses import fields, replace
from decimal import Decimal
from fractions import Fraction

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from tests.models.played import played

from tertius import models
from tertius.errors import GraphError, ParameterError, TertiusError
from tertius.simulate import BLOCK, ensemble, simulate
from tertius.ties import Ties

TRIANGLE, KARATE = nx.complete_graph(3), nx.karate_club_graph()
LINE = nx.path_graph(6)
MODELS = {
    "closure": models.ClosurePressure(KARATE, cut=3.0, chance=0.1),
    "a practice": models.ComplexContagion(KARATE, noise=0.1),
    "making ties": models.Connections(4),
    "a split of contacts": models.ContactSplit("6", tell=0.5, pace=0.18),
    "an illness at any time": models.ContinuousSIR(KARATE, 0.1, 0.2),
    "a crowd": models.Crowd(50, 15.0, 9.0),
    "opinions": models.DeGroot(TRIANGLE),
    "helpers": models.DeathBirthGame(LINE, selection=0.1, initial_cooperators=3),
    "a dormant contact": models.DormantContact(topics=5),
    "work": models.Employment(KARATE, hears=0.3, loses=0.2),
    "meeting one by one": models.Exchange("one-to-one", members=12),
    "a roundtable": models.Exchange("roundtable", members=12),
    "a newsletter": models.Exchange("newsletter", members=12),
    "a forum": models.Exchange("forum", members=12),
    "stubborn opinions": models.FriedkinJohnsen(TRIANGLE),
    "goodwill": models.Goodwill(contacts=3, quality=0.5),
    "ideas": models.IdeaBrokerage(),
    "a survey of ideas": models.IdeaSurvey(people=20),
    "good names": models.ImageScoring(people=5, meetings=6, mutation=0.1),
    "news": models.IndependentCascade(KARATE, 0.15),
    "news, fast luck": models.IndependentCascade(KARATE, 0.04, luck="fast"),
    "introductions": models.JoiningBroker(4),
    "barter": models.KnowledgeBarter(people=6, radius=1, experts=1),
    "barter on a network": models.KnowledgeBarter(LINE),
    "search": models.LandscapeSearch(decisions=5, ruggedness=2, people=4),
    "search on a network": models.LandscapeSearch(LINE, 5, 2),
    "contacts' weight": models.LinearThreshold(KARATE, initial_adopters=2),
    "messages": models.MessageTransfer((0.5, 0.9), parts=3),
    "a firm": models.OrganizationalLearning(people=4, dimensions=3, turnover=0.1, turbulence=0.1),
    "a plane": models.PlaneSearch(people=5, size=10),
    "a plane on a network": models.PlaneSearch(LINE, size=10),
    "a ring": models.RingContagion(30, noise=0.1),
    "an illness": models.SIR(KARATE, 0.1, 0.2),
    "an illness for good": models.SIR(KARATE, 0.1, 0),
    "a star": models.StarShare(leaves=0.3),
    "teams": models.TeamSearch(reach=4, steps=2, team=3, positions=12),
    "thresholds": models.ThresholdCascade(KARATE, 0.3, 2),
    "drawn thresholds": models.ThresholdCascade(KARATE, None, 2),
    "tending": models.TieDecay(3, 3),
    "news of ties": models.TieNews(n_ties=4),
    "cutting ties": models.TieRemoval(KARATE, "random", pace=0.1),
    "trust by experience": models.TrustByExperience(TRIANGLE, keeps=0.7),
    "trust among all": models.TrustNetwork(TRIANGLE, breaks="always"),
}
ON_NETWORKS = {
    name: where
    for name, model in MODELS.items()
    for where in ("ties", "network")
    if isinstance(vars(model).get(where), Ties)
}
EVERY = pytest.mark.parametrize("model", MODELS.values(), ids=MODELS)


def numbers(model):
    """The settings that are numbers or rows of numbers, without those that a network has the say in."""
    settled = ("people", "radius", "rewired") if isinstance(getattr(model, "network", None), Ties) else ()
    for setting in fields(model):
        value = getattr(model, setting.name)
        row = value if isinstance(value, tuple) and not hasattr(value, "_fields") else (value,)
        is_number = row and all(isinstance(x, (int, float)) and not isinstance(x, bool) for x in row)
        if setting.init and is_number and setting.name not in settled:
            yield setting.name, value


def test_every_model_is_tried_here():
    known = {one for one in vars(models).values() if inspect.isclass(one) and hasattr(one, "streams")}
    assert {type(model) for model in MODELS.values()} == known


@EVERY
def test_a_run_is_the_same_run_whatever_the_number_of_runs_and_workers(model):
    few, many, again, shared = (
        ensemble(model, 4, runs=runs, seed=7, n_jobs=jobs)
        for runs, jobs in ((3, 1), (2 * BLOCK, 1), (2 * BLOCK, 1), (2 * BLOCK, 2))
    )
    alone = simulate(model, 4, seed=7)
    varies = False
    for name in few:
        np.testing.assert_array_equal(many[name], again[name])
        np.testing.assert_array_equal(many[name], shared[name])
        np.testing.assert_array_equal(many[name][:, :3], few[name])
        np.testing.assert_array_equal(alone[name], few[name][:, 0])
        varies |= not np.array_equal(many[name][:, :BLOCK], many[name][:, BLOCK:], equal_nan=True)
    assert varies
    # Played by hand, block after block and state after state, it is the same too.
    for t, state in enumerate(played(model, 4, seed=7)):
        for name, values in model.observe(state).items():
            np.testing.assert_array_equal(values[:3], few[name][t])


@EVERY
def test_another_seed_is_another_history(model):
    one, other = (ensemble(model, 4, runs=BLOCK, seed=seed) for seed in (1, 2))
    assert any(not np.array_equal(one[name], other[name], equal_nan=True) for name in one)


@EVERY
def test_a_setting_that_is_no_number_or_out_of_range_is_one_sentence(model):
    # Nobody starts; thresholds are drawn; most of a crowd need nobody.
    means_something = (("initial_adopters", []), ("threshold", None), ("mean", -1))
    for name, value in numbers(model):
        for bad in (float("nan"), float("inf"), -1, "much", None, [], [float("nan")], Decimal("0.25"), Fraction(1, 3)):
            if (name, bad) in means_something:
                continue
            with pytest.raises(TertiusError) as error:
                replace(model, **{name: (bad, *value[1:]) if isinstance(value, tuple) else bad})
            assert str(error.value).endswith(".")
            assert "\n" not in str(error.value)


@EVERY
def test_what_is_counted_is_a_whole_number_not_below_none_nor_above_all_people(model):
    for name, value in numbers(model):
        if isinstance(value, int):
            for bad in (-1, 2.5):
                with pytest.raises(ParameterError):
                    replace(model, **{name: bad})
        if name.startswith("initial_"):
            with pytest.raises(ParameterError, match="the number of people"):
                replace(model, **{name: 1000})


@EVERY
def test_steps_and_runs_are_counts(model):
    for steps, runs in ((-1, 1), (1.5, 1), (1, 0), (1, -3)):
        with pytest.raises(ParameterError, match="must be a whole number of at least"):
            ensemble(model, steps, runs=runs, seed=1)


@pytest.mark.parametrize("name", ON_NETWORKS)
def test_a_network_of_nobody_is_refused_and_somebody_alone_is_kept(name):
    model, where = MODELS[name], ON_NETWORKS[name]
    with pytest.raises(GraphError) as error:
        replace(model, **{where: nx.Graph()})
    assert "\n" not in str(error.value)
    lonely = nx.Graph(LINE)
    lonely.add_node("alone")
    given = copy.deepcopy(lonely)
    model = replace(model, **{where: given})
    assert list(getattr(model, where).ids) == [*LINE, "alone"]
    observed = ensemble(model, 4, runs=BLOCK, seed=1)
    for name in observed:
        assert np.isfinite(observed[name]).any()
    # What was given is not changed.
    assert nx.utils.graphs_equal(lonely, given)


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        (lambda given: models.DeGroot(TRIANGLE, opinions=given), [0.0, 0.5, 1.0]),
        (lambda given: models.FriedkinJohnsen(TRIANGLE, susceptibility=given), np.array([0.1, 0.5, 1.0])),
        (lambda given: models.Crowd(thresholds=given), np.array([0.0, 1.0, 1.0])),
        (lambda given: models.ImageScoring(people=3, strategies=given), [0, 1, 6]),
        (lambda given: models.SIR(LINE, initial_adopters=given), [0, 5]),
        (lambda given: models.IndependentCascade(LINE, given), np.array([0.1, 0.5, 1.0, 0.2, 0.3])),
        (lambda given: models.ThresholdCascade(LINE, given), [0.1, 0.5, 1.0, 0.2, 0.3, 0.9]),
        (lambda given: models.OrganizationalLearning(given, people=3, dimensions=2), [0.1, 0.5, 1.0]),
        (lambda given: models.MessageTransfer(given), [0.1, 0.5]),
    ],
)
def test_rows_of_numbers_that_are_given_are_not_changed(kind, given):
    before = copy.deepcopy(given)
    model = kind(given)
    first = ensemble(model, 4, runs=9, seed=1)
    np.testing.assert_array_equal(given, before)
    # What is done to them afterwards does not matter any more.
    given[0] = given[-1]
    again = ensemble(model, 4, runs=9, seed=1)
    for name in first:
        np.testing.assert_array_equal(first[name], again[name])


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: models.SIR(LINE, initial_adopters=[[1]]), "initial_adopters is .* or a list of their names"),
        (lambda: models.ComplexContagion(LINE, initial_adopters=[[1]]), "initial_adopters is .* or a list of their"),
        (lambda: models.SIR([(["Ann"], "Bo")]), "a name is a text, a number or a tuple"),
        (lambda: models.ClosurePressure(LINE, bridge=(1,)), "bridge is .* the two people at the ends"),
        (lambda: models.ClosurePressure(LINE, bridge=3), "bridge is 3"),
        (lambda: models.ContactSplit("6", game=(5, 3, 1, 0)), "game is .* it is a TrustGame"),
        (lambda: models.TrustNetwork(LINE, game="5, 3, 1, 0"), "game is .* it is a TrustGame"),
        (lambda: models.TrustByExperience(LINE, game=None), "game is None; it is a TrustGame"),
        (lambda: models.TrustByExperience(LINE, prior=1), "prior is 1; it is two numbers"),
        (lambda: models.TrustByExperience(LINE, prior=(1, 1, 1)), "prior is .* two numbers"),
        (lambda: models.TieDecay(losses=0.1), "losses is 0.1; it is two numbers"),
        (lambda: models.JoiningBroker(success=1.0), "success is 1.0; it is two numbers"),
        (lambda: models.reputation_belief([1], [0], prior=(1, 1, 1)), "prior is .* two numbers"),
        (lambda: models.TrustGame(temptation=float("inf")), "each must be above the next"),
        (lambda: models.TrustGame("9", "5", "3", "1"), "each must be above the next"),
        (lambda: models.TrustGame().patience_needed("2"), "told is '2'"),
        (lambda: models.Crowd(thresholds=["some"]), "thresholds are how many others"),
        (lambda: models.ThresholdCascade(LINE, ["some"] * 6), "give one number, or one for each"),
        (lambda: models.ThresholdCascade(LINE, [[0.1], [0.2, 0.3]]), "give one number, or one for each"),
        (lambda: models.IndependentCascade(LINE, [[0.1], [0.2, 0.3]]), "give one probability, or one for each"),
        (lambda: models.TeamSearch(reach=1000, steps=9), "far too many people"),
        (lambda: models.TeamSearch(reach=100, positions=2000), "970,200 people"),
        (lambda: models.choose_adopters(LINE, 2), "This needs an IndependentCascade or a LinearThreshold"),
        (lambda: models.choose_adopters(models.IndependentCascade(LINE), 2, seed=-1), "seed is -1"),
        (lambda: models.DeGroot(TRIANGLE, opinions=[0, 0, 1]).after(1.5), "steps is 1.5"),
        (lambda: models.decay_chance(-2, 0, at_birth=0), "age is -2.0"),
        (lambda: models.decay_chance(0, 2, at_birth=0), "overlap is 2.0"),
        (lambda: models.decay_chance(0, 0, at_birth=float("nan")), "at_birth is nan"),
        (lambda: models.Exchange(hours=1e6), "a quarter has 2,184"),
        (lambda: models.removal_gap(LINE, runs=2.5), "runs is 2.5"),
        (lambda: models.TieDecay(1, 1, tended=["much", "more"]), "tended is .* a rule, or hours for each tie"),
        (lambda: models.ImageScoring(strategies=6), "strategies is 6; it holds one for each person"),
    ],
)
def test_what_fits_nothing_is_one_sentence(call, message):
    with pytest.raises(TertiusError, match=message) as error:
        call()
    assert "\n" not in str(error.value)


def test_numbers_at_the_very_ends_work():
    assert models.decay_chance(0, 0, at_birth=-1e6) == 0
    assert models.dormant_value(1, trust=5e-324) == 0
    assert ensemble(models.ContactSplit("6", pace=5e-324), 3, runs=1, seed=1)["meeting"].max() <= 1e-300
    small = models.SIR(LINE, np.float32(0.3), np.float32(0.5), np.array([0]))
    assert ensemble(small, 3, runs=2, seed=1).steps == 3
    models.ClosurePressure(LINE, cut=np.float32(0.5))
    assert len(models.TeamSearch(np.int64(3), np.int64(2), team=2, positions=9).people) == 6
    by_index = ensemble(models.SIR(LINE, initial_adopters=pd.Index([0, 5])), 3, runs=BLOCK, seed=1)
    by_list = ensemble(models.SIR(LINE, initial_adopters=[0, 5]), 3, runs=BLOCK, seed=1)
    np.testing.assert_array_equal(by_index["infectious_share"], by_list["infectious_share"])
