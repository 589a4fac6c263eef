"""What holds of every model here that draws: the same seed is the same history, whatever else is asked for."""

import networkx as nx
import numpy as np
import pytest
from tests.models.played import played

from tertius import models
from tertius.simulate import BLOCK, ensemble, simulate

TRIANGLE = nx.complete_graph(3)
MODELS = [
    models.Connections(4),
    models.ContactSplit("6", tell=0.5, pace=0.18),
    models.DeGroot(TRIANGLE),
    models.DeathBirthGame(nx.path_graph(6), selection=0.1, initial_cooperators=3),
    models.DormantContact(topics=5),
    *(models.Exchange(way, members=12) for way in ("one-to-one", "roundtable", "newsletter", "forum")),
    models.FriedkinJohnsen(TRIANGLE),
    models.Goodwill(contacts=3, quality=0.5),
    models.IdeaBrokerage(),
    models.IdeaSurvey(people=20),
    models.ImageScoring(people=5, meetings=6, mutation=0.1),
    models.JoiningBroker(4),
    models.KnowledgeBarter(people=6, radius=1, experts=1),
    models.LandscapeSearch(decisions=5, ruggedness=2, people=4),
    models.PlaneSearch(people=5, size=10),
    models.OrganizationalLearning(people=4, dimensions=3, turnover=0.1, turbulence=0.1),
    models.StarShare(leaves=0.3),
    models.TeamSearch(reach=4, steps=2, team=3, positions=12),
    models.TieDecay(3, 3),
    models.TrustByExperience(TRIANGLE, keeps=0.7),
    models.TrustNetwork(TRIANGLE, breaks="always"),
]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: type(model).__name__)
def test_a_run_is_the_same_run_whatever_the_number_of_runs(model):
    alone, few, many = simulate(model, 4, seed=7), *(ensemble(model, 4, runs=runs, seed=7) for runs in (3, BLOCK + 2))
    varies = False
    for name in few:
        np.testing.assert_array_equal(many[name][:, :3], few[name])
        np.testing.assert_array_equal(alone[name], few[name][:, 0])
        varies |= not (many[name] == many[name][:, :1]).all()
    assert varies
    # Played by hand, block after block and state after state, it is the same too.
    for block in (played(model, 4, seed=7), played(model, 4, seed=7)):
        for t, state in enumerate(block):
            for name, values in model.observe(state).items():
                np.testing.assert_array_equal(values[:3], few[name][t])


@pytest.mark.parametrize("model", MODELS, ids=lambda model: type(model).__name__)
def test_another_seed_is_another_history(model):
    one, other = (ensemble(model, 4, runs=BLOCK, seed=seed) for seed in (1, 2))
    assert any(not np.array_equal(one[name], other[name], equal_nan=True) for name in one)
