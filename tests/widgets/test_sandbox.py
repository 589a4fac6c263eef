"""Any model on any network: each appears, moves with the number, and its ten lines of code do the same."""

from types import SimpleNamespace

import networkx as nx
import numpy as np
import pytest

from tertius import models
from tertius.data import load
from tertius.errors import GraphError, ParameterError, TertiusError
from tertius.simulate import ensemble, show
from tertius.ties import Ties
from tertius.widgets import Sandbox
from tertius.widgets.playable import PLAYABLE

KARATE = load("karate")
ON_A_NETWORK = {
    name
    for name in models.__all__
    if {"ties", "network"} & set(getattr(getattr(models, name), "__dataclass_fields__", {}))
}


@pytest.fixture(scope="module")
def sandbox() -> Sandbox:
    return Sandbox(
        {"karate": KARATE, "social_entrepreneur": load("social_entrepreneur")}, {"karate": "a club"}, steps=20
    )


def test_every_model_that_plays_on_a_network_is_offered():
    assert {playable.model.__name__ for playable in PLAYABLE.values()} >= ON_A_NETWORK
    assert len(ON_A_NETWORK) > 15


@pytest.mark.parametrize("what", PLAYABLE)
def test_a_model_moves_with_the_number_and_its_ten_lines_do_the_same(sandbox, what):
    playable = PLAYABLE[what]
    both = [ensemble(sandbox.model(what, much, "karate"), 20, runs=32, seed=1) for much in (0.0, 1.0)]
    ends = [each[playable.observed] for each in both]
    # Apart by more than four standard errors at some step: it is no luck.
    error = np.hypot(*(each.std(axis=1) for each in ends)) / 32**0.5 + 1e-12
    assert (np.abs(np.subtract(*(each.mean(axis=1) for each in ends))) > 4 * error).any()

    sandbox.choose(what=what, among="karate", runs=8, much=0.7)
    assert type(sandbox.run.model) is playable.model
    assert sandbox.meta["title"].endswith(f"{playable.says}: {playable.written(0.7)}")
    assert sandbox.observed == playable.observed
    made = {}
    exec(sandbox.code, made)
    assert len(sandbox.code.splitlines()) == 10
    for name in sandbox.ensemble:
        np.testing.assert_array_equal(made["runs"][name], sandbox.ensemble[name])
        np.testing.assert_array_equal(made["run"][name], sandbox.run[name])


@pytest.mark.parametrize("graph", [nx.empty_graph(1), nx.path_graph(2), nx.path_graph(3), nx.star_graph(20)], ids=len)
def test_every_model_goes_on_a_network_of_any_size(graph):
    ties = Ties.of(graph)
    for what, playable in PLAYABLE.items():
        if what in ("knowledge", "cutting") and not ties.n_ties:
            with pytest.raises(GraphError, match="none"):
                playable.on(ties, 0.5)
            continue
        run, runs = show(playable.on(ties, 0.5), 3, runs=5, seed=1)
        shown = playable.picture(run, runs)
        assert playable.instead or len(shown.ties) == len(ties)


def test_groups_and_the_focal_person_are_in_the_picture(sandbox):
    sandbox.choose(what="practice", among="social_entrepreneur")
    network = sandbox.networks["social_entrepreneur"]
    assert network.nodes["id"][sandbox.scene.ego] == network.ego
    assert set(sandbox.scene.groups) == set(network.nodes["group"])


def test_one_network_needs_no_control_and_is_called_as_it_is_told():
    alone = Sandbox({"mine": KARATE}, called="choice.network", what="jobs", much=0.2, steps=5)
    assert "among" not in alone.value
    assert alone.code.splitlines()[3:6] == [
        "network = choice.network",
        "ties = tertius.Ties.of(network, directed=False)",
        "model = models.Employment(ties, hears=0.02)",
    ]
    made = {"choice": SimpleNamespace(network=KARATE)}
    exec(alone.code, made)
    np.testing.assert_array_equal(made["run"]["employed_share"], alone.run["employed_share"])
    model = alone.model("illness", 0.5)
    assert (type(model), model.transmission) == (models.SIR, 0.25)


def test_on_a_page_every_model_is_held_with_nothing_some_and_all():
    sandbox = Sandbox({"mine": load("law_firm").own_map()}, steps=1)
    sandbox.choose(runs=5)
    frozen = sandbox.freeze()
    assert len(frozen) == 3 * len(PLAYABLE)
    assert len(sandbox.freeze(what=["news", "jobs"])) == 2


def test_the_table_says_what_how_much_is():
    table = Sandbox.models()
    assert list(table.index) == list(PLAYABLE)
    assert table.loc["illness"].to_list() == [
        "something is caught",
        "SIR",
        "chance to catch it from a contact in a step",
        "0\N{NO-BREAK SPACE}%",
        "50\N{NO-BREAK SPACE}%",
    ]
    assert table["how much is"].str.len().max() < 50, "pandas shows no more of it"
    assert table.loc["search", ["from", "to"]].to_list() == ["0", "8"]


def test_what_is_refused():
    with pytest.raises(ParameterError, match="needs a network"):
        Sandbox({})
    with pytest.raises(ParameterError, match="did you mean 'opinions'"):
        Sandbox({"karate": KARATE}, what="opinion")
    sandbox = Sandbox({"karate": KARATE})
    with pytest.raises(TertiusError, match="among is 'club'"):
        sandbox.model("news", 0.5, "club")
