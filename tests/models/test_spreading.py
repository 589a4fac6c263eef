"""What holds for every model of spreading alike: who starts, who is reached, and what cannot be."""

from dataclasses import dataclass

import networkx as nx
import numpy as np
import pytest

from tertius.errors import GraphError, ModelError, ParameterError
from tertius.models import SIR, ContinuousSIR, Crowd, IndependentCascade, LinearThreshold, ThresholdCascade
from tertius.simulate import ensemble

karate = nx.karate_club_graph()
ON_TIES = (IndependentCascade, LinearThreshold, ThresholdCascade, SIR, ContinuousSIR)
DRAWN = {
    "news": IndependentCascade(karate, 0.15),
    "news, fast luck": IndependentCascade(karate, 0.04, luck="fast"),
    "contacts' weight": LinearThreshold(karate, initial_adopters=2),
    "thresholds": ThresholdCascade(karate, 0.3, 2),
    "drawn thresholds": ThresholdCascade(karate, None, 2),
    "an illness": SIR(karate, 0.1, 0.2),
    "an illness for good": SIR(karate, 0.1, 0),
    "an illness at any time": ContinuousSIR(karate, 0.1, 0.2),
}


@pytest.mark.parametrize("kind", ON_TIES)
def test_a_network_without_people_is_refused_and_one_in_parts_is_not(kind):
    with pytest.raises(GraphError, match=r"^What spreads needs people to spread among, and this network has none\.$"):
        kind(nx.Graph())
    apart = nx.disjoint_union(nx.complete_graph(4), nx.empty_graph(4))
    what = "susceptible_share" if kind in (SIR, ContinuousSIR) else "adopted_share"
    reached = ensemble(kind(apart, 1.0, initial_adopters=[0]), 9, runs=64, seed=1)[what][-1]
    shares = 1 - reached if what == "susceptible_share" else reached
    assert shares.max() <= 0.5  # whom no way leads to is never reached


@pytest.mark.parametrize("kind", ON_TIES)
@pytest.mark.parametrize("number", [-1, 35, 1.5, float("nan"), "Ann", None])
def test_who_starts_is_a_number_of_people_or_their_names(kind, number):
    said = r"^initial_adopters is .*; it must be a whole number from 0 to the number of people, 34\.$"
    with pytest.raises(ParameterError, match=said):
        kind(karate, initial_adopters=number)


@pytest.mark.parametrize(
    ("kind", "setting"),
    [
        (IndependentCascade, "transmission"),
        (LinearThreshold, "influence"),
        (ThresholdCascade, "threshold"),
        (ThresholdCascade, "cascade_share"),
        (SIR, "transmission"),
        (SIR, "recovery"),
    ],
)
@pytest.mark.parametrize("value", [-0.01, 1.01, float("nan"), float("inf"), "much"])
def test_what_is_a_share_or_a_probability_lies_from_0_to_1(kind, setting, value):
    with pytest.raises(ParameterError, match=rf"^{setting} is .*; it is a .*, from 0 to 1\.$"):
        kind(karate, **{setting: value})


@pytest.mark.parametrize("setting", ["transmission_rate", "recovery_rate", "step_length"])
@pytest.mark.parametrize("value", [-1, float("nan"), float("inf"), "fast"])
def test_a_rate_is_a_finite_number(setting, value):
    with pytest.raises(ParameterError, match=rf"^{setting} is .*; it is a .*0\.$"):
        ContinuousSIR(karate, **{setting: value})


@pytest.mark.parametrize("setting", ["mean", "deviation"])
@pytest.mark.parametrize("value", [float("nan"), float("inf"), "many"])
def test_thresholds_of_a_crowd_are_numbers_of_people(setting, value):
    with pytest.raises(ParameterError, match=rf"^{setting} is .*; it is a number of people"):
        Crowd(**{setting: value})


@pytest.mark.parametrize("kind", [IndependentCascade, ThresholdCascade, SIR, Crowd])
def test_a_rule_that_edits_its_state_is_told_so(kind):
    @dataclass(frozen=True, eq=False)
    class Careless(kind):
        def step(self, state, t, rng):
            state[0][:] = 1
            return state

    with pytest.raises(ModelError, match=r"^Careless\.step edited its state in place at step 1; return a new array"):
        ensemble(Careless() if kind is Crowd else Careless(karate), 3, runs=1, seed=1)


@pytest.mark.parametrize("name", DRAWN)
def test_no_step_shows_who_starts(name):
    model = DRAWN[name]
    many = ensemble(model, 0, runs=70, seed=1)
    assert all(many[what].shape == (1, 70) for what in many)
    what = "adopted_share" if "adopted_share" in many.names else "infectious_share"
    np.testing.assert_allclose(many[what][0], model.starters.number / 34)
