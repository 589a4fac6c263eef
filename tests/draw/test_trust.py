"""The picture of contacts in one group or several, and the chart of layouts."""

import numpy as np
import pytest

from tertius.draw import chart, contact_split, figure, patience_by_split
from tertius.draw.trust import HEARD, PERSON_LOOKS, SAFE, UNHEARD, UNSAFE, YOU
from tertius.errors import ParameterError
from tertius.models import ContactSplit
from tertius.simulate import show

SPACE = "\N{NO-BREAK SPACE}"


def scene_of(split="3+3", **how):
    both = show(ContactSplit(split, **how), 19, runs=40, seed=1)
    return (*both, contact_split(*both))


@pytest.mark.parametrize("split", ["6", "4+2", "2+2+2", "1+1+1+1+1+1"])
def test_everybody_stands_in_a_group_and_looks_as_they_are(split):
    run, many, scene = scene_of(split, tell=0.5)
    sizes = [int(part) for part in split.split("+")]
    assert scene.ties.n_ties == 6 * 15 + 6
    contacts = [v for u, v in scene.ties.named_pairs() if u == 0]
    assert contacts == [1 + 6 * group + k for group, size in enumerate(sizes) for k in range(size)]
    assert scene.links.sum(axis=1).tolist() == [6] * 20
    for t, state in enumerate(run.states):
        marks = dict(zip(scene.ties.ids, scene.people[t].tolist(), strict=True))
        assert marks.pop(0) == YOU
        kept = run.model.kept(state)
        for node, is_kept in zip(contacts, kept, strict=True):
            assert marks.pop(node) == (SAFE if is_kept else UNSAFE)
        for node, code in marks.items():
            assert code == (HEARD if (node - 1) // 6 < len(sizes) else UNHEARD)
    np.testing.assert_array_equal(scene.curve.run, run["kept_share"])
    np.testing.assert_allclose(scene.curve.low, np.quantile(many["kept_share"], 0.05, axis=1), atol=1e-12)
    np.testing.assert_allclose(scene.times, np.arange(20) / 20, atol=1e-12)


def test_groups_stand_apart():
    _, _, scene = scene_of()
    group = np.repeat(np.arange(6), 6)
    places = scene.positions[1:]
    apart = np.linalg.norm(places[:, None] - places[None], axis=2)
    same = np.equal.outer(group, group)
    assert apart[~same].min() > 0.1
    assert apart[same].max() < 0.25


@pytest.mark.parametrize(
    ("split", "told"),
    [
        ("6", "6 contacts, 6: 1 of 6 groups is heard, effective size 1."),
        ("3+3", "6 contacts, 3 + 3: 2 of 6 groups are heard, effective size 4."),
    ],
)
def test_the_sentence_tells_both_tasks(split, told):
    _, _, scene = scene_of(split)
    sentence = scene.sentences[14].replace(SPACE, " ")
    assert sentence.startswith(told)
    assert "With a chance of 70 % to meet again your word is worth keeping to 6 of 6" in sentence
    assert sentence.endswith("for all it takes 50 %." if split == "6" else "for all it takes 67 %.")
    assert len(figure(scene, 19).table) == 8


def test_with_half_told_the_sentence_tells_of_all_runs():
    _, many, scene = scene_of("6", tell=0.5)
    assert "In 9 of 10 runs the share to whom it is worth keeping" in scene.sentences[14]
    assert many["kept_share"][12].std() > 0


def test_the_chart_sets_patience_beside_the_groups_heard():
    shown = patience_by_split(meeting=0.7)

    np.testing.assert_allclose(shown.lines[0].y, [0.5, 6 / 7, 0.75, 2 / 3, 0.75, 6 / 7], atol=1e-9)
    np.testing.assert_allclose(shown.lines[1].y * 6, [1, 2, 2, 2, 3, 6], atol=1e-9)
    assert shown.sentence.replace(SPACE, " ") == (
        "Where patience needed is at most 70 %, your word is worth keeping to all: 3+3 hears the most of those."
    )
    assert shown.table()[4][0] == "3+3"
    assert patience_by_split(meeting=0.4).sentence.endswith("none is.")
    assert "1+1+1+1+1+1 hears" in patience_by_split(meeting=0.9).sentence
    assert len(chart(shown).get_lines()) == 3
    with pytest.raises(ParameterError, match="splits is empty"):
        patience_by_split([])


def test_shapes_differ_where_colours_do():
    assert len({look.shape for look in PERSON_LOOKS}) == len(PERSON_LOOKS)
