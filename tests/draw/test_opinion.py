"""The picture of opinions: fifths of the first range, ties between those far apart, and what the sentence says."""

import networkx as nx
import numpy as np

from tertius.draw import figure, network, opinions
from tertius.draw.opinion import PERSON_LOOKS
from tertius.models import DeGroot, FriedkinJohnsen
from tertius.simulate import show


def scene_of(model, steps=12, runs=8):
    both = show(model, steps, runs=runs, seed=1)
    return (*both, opinions(*both))


def test_people_stand_in_the_fifth_of_their_opinion():
    run, _, scene = scene_of(FriedkinJohnsen(nx.path_graph(6), opinions=[0, 2, 4, 6, 8, 10], susceptibility=0.3))
    assert scene.people[0].tolist() == [0, 1, 2, 3, 4, 4]
    for state, row, links in zip(run.states, scene.people, scene.links, strict=True):
        fifths = np.clip(np.floor(state.now / 2), 0, 4)
        np.testing.assert_array_equal(row, fifths)
        assert links.tolist() == [abs(fifths[i] - fifths[i + 1]) >= 2 for i in range(5)]
    np.testing.assert_allclose(scene.curve.run, run["spread"])
    assert scene.curve.limits == (0.0, 10.0)
    assert len({look.shape for look in PERSON_LOOKS}) == 5


def test_ties_between_those_far_apart_stand_out():
    _, _, scene = scene_of(DeGroot([("Ann", "Bo"), ("Bo", "Cy")], opinions=[0, 10, 9]))
    assert scene.links[0].tolist() == [1, 0]
    assert scene.links[-1].tolist() == [0, 0]
    assert scene.labels == ("Ann", "Bo", "Cy")


def test_the_sentence_says_how_far_apart_they_are():
    run, many, scene = scene_of(DeGroot(nx.karate_club_graph()), 60)
    low, high = np.quantile(many["spread"][3], [0.05, 0.95])
    mean, now, first = run["mean"][3], run["spread"][3], run["spread"][0]
    assert scene.sentences[3] == (
        f"Step 3: the mean is {mean:.2f}; the lowest and the highest opinion are {now:.2f} apart, at first "
        f"{first:.2f}. In 9 of 10 runs this distance lies between {low:.2f} and {high:.2f}."
    )
    assert "All agree." not in scene.sentences[3]
    assert "All agree." in scene_of(DeGroot(nx.complete_graph(5)))[2].sentences[-1]
    assert len(figure(scene).table) == 8
    assert network(scene).collections


def test_where_all_think_the_same_it_can_be_drawn():
    _, _, scene = scene_of(DeGroot([(0, 1)], opinions=3), 2)
    assert (scene.people == 2).all()
    assert scene.sentences[0].startswith("Step 0: the mean is 3.00; the lowest and the highest opinion are 0.00 apart")
