"""The picture of introductions: who has met, what everybody gets, and who gains."""

import numpy as np
import pytest

from tertius.draw import figure, introductions
from tertius.draw.joining import APART, BROKER, JOINED, MET, NEW, OWN, PERSON_LOOKS, STRANGER, TIE_LOOKS
from tertius.models import JoiningBroker
from tertius.simulate import show


def scene_of(contacts=6, steps=None, introduces=1, **how):
    model = JoiningBroker(contacts, introduces=introduces, **how)
    both = show(model, model.pairs if steps is None else steps, runs=5, seed=1)
    return (*both, introductions(*both))


@pytest.mark.parametrize("introduces", [1, 0.5])
def test_the_scene_is_the_run(introduces):
    run, _, scene = scene_of(introduces=introduces, steps=15)
    known = set()
    for t, state in enumerate(run.states):
        pairs = set(run.model.ties(state).named_pairs())
        for pair, code in zip(scene.ties.named_pairs(), scene.links[t], strict=True):
            if pair[0] == 0:
                assert code == OWN
            else:
                assert code == (APART if pair not in pairs else JOINED if pair in known or not t else NEW)
        met = {node for pair in pairs if pair[0] for node in pair}
        assert scene.people[t].tolist() == [BROKER, *(MET if node in met else STRANGER for node in range(1, 7))]
        known = pairs
    np.testing.assert_array_equal(scene.curve.run, run["broker_return"])
    np.testing.assert_array_equal(scene.curve.middle, run["group_return"])
    np.testing.assert_allclose(scene.curve.high, run["group_return"] - run["broker_return"], atol=1e-12)
    assert scene.curve.names == ("broker", "whole group", "contacts together")


@pytest.mark.parametrize(
    ("value", "gains"),
    [
        (0.5, "both lose"),
        (1, "the group breaks even, the broker loses"),
        (2, "the group gains, the broker loses"),
        (3, "the group gains, the broker breaks even"),
        (6, "both gain"),
    ],
)
def test_the_sentence_says_who_gains(value, gains):
    _, _, scene = scene_of(value=value)
    assert scene.sentences[1].startswith("1 of 15 pairs has been introduced. The broker's effective size is 5.67 of 6.")
    assert all(sentence.endswith(f": {gains}.") for sentence in scene.sentences[1:])
    assert scene.sentences[0].startswith("None of 15 pairs has been introduced.")


def test_no_tie_between_contacts_runs_through_the_broker():
    for contacts in range(4, 11):
        _, _, scene = scene_of(contacts, steps=0)
        broker, ring = scene.positions[0], scene.positions[1:]
        for i in range(contacts):
            for j in range(i):
                along = ring[j] - ring[i]
                offset = broker - ring[i]
                away = abs(along[0] * offset[1] - along[1] * offset[0]) / np.linalg.norm(along)
                assert away > 0.01


def test_the_figure_has_a_table():
    _, _, scene = scene_of(4)
    assert figure(scene, 6).table[0][-4:] == (
        "broker",
        "contacts together, from",
        "whole group",
        "contacts together, to",
    )
    assert len({look.shape for look in PERSON_LOOKS}) == 3
    assert len({look.line for look in TIE_LOOKS}) == 4
