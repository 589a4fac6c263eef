"""Pictures of work: who has it, who lacks it together, and what nobody would leave if all kept to it."""

import networkx as nx
import numpy as np
import pytest

from tertius.draw import chart, curve, employment, figure, job_split, network
from tertius.draw.jobs import (
    BOTH_WITHOUT,
    CARRIES,
    FOUND,
    LOST,
    PERSON_LOOKS,
    QUIET,
    TIE_LOOKS,
    WITHOUT,
    WORKS,
    _ranges,
)
from tertius.errors import ParameterError
from tertius.models import Employment, JobSearch, isolated_unemployment
from tertius.simulate import show

SPACE = "\N{NO-BREAK SPACE}"
RING = nx.relabel_nodes(nx.cycle_graph(6), dict(enumerate(["Ann", "Bo", "Cy", "Di", "Ed", "Fay"])))


def scene_of(graph=RING, steps=60, runs=40, seed=1, **how):
    both = show(Employment(graph, **{"hears": 0.1, "loses": 0.08, **how}), steps, runs=runs, seed=seed)
    return (*both, employment(*both))


# Work over time


@pytest.mark.parametrize("directed", [False, True])
@pytest.mark.parametrize("start_employed", [1.0, 0.5])
def test_the_scene_is_the_run(directed, start_employed):
    graph = nx.DiGraph([(0, 1), (1, 2), (2, 0), (3, 0)]) if directed else RING
    run, many, scene = scene_of(graph, start_employed=start_employed)
    for t, now in enumerate(run.states):
        before = run.states[max(t - 1, 0)]
        wanted = np.select([now & before, now, before], [WORKS, FOUND, LOST], WITHOUT)
        np.testing.assert_array_equal(scene.people[t], wanted)
        for u, v, code in zip(*scene.ties.pairs, scene.links[t], strict=True):
            carries = now[u] and not now[v] if directed else now[u] != now[v]
            assert code == (CARRIES if carries else BOTH_WITHOUT if not now[u] and not now[v] else QUIET)
    np.testing.assert_array_equal(scene.curve.run, run["employed_share"])
    for part, q in ((scene.curve.low, 0.05), (scene.curve.middle, 0.5), (scene.curve.high, 0.95)):
        np.testing.assert_allclose(part, np.quantile(many["employed_share"], q, axis=1), atol=1e-12)
    assert set(np.unique(scene.people)) == {WORKS, FOUND, LOST, WITHOUT}


def test_the_sentence_names_who_is_out_of_work_and_for_how_long():
    run, many, scene = scene_of(loses=0.2, start_employed=0.5)
    states = np.array(run.states)
    for t in range(61):
        spell = []
        for person in range(6):
            back = 0
            while back <= t and not states[t - back, person]:
                back += 1
            spell.append(back)
        out = [(name, k) for name, k in zip(scene.labels, spell, strict=True) if k]
        named = ", ".join(f"{name} ({k} {'step' if k == 1 else 'steps'})" for name, k in out)
        if not out:
            assert "ut of work" not in scene.sentences[t]
        elif len(out) <= 4:
            assert f"Out of work: {named}." in scene.sentences[t]
        else:
            assert f"{len(out)} are out of work, the longest for {max(spell)} steps." in scene.sentences[t]
        has = 6 - len(out)
        assert scene.sentences[t].startswith(f"Step {t}: {has} of 6 people have work ({100 * has / 6:.0f}{SPACE}%).")
        assert f"On average it is {100 * many.mean('employed_share')[t]:.0f}{SPACE}%." in scene.sentences[t]
    assert any("are out of work, the longest for" in sentence for sentence in scene.sentences)
    assert any("Out of work:" in sentence for sentence in scene.sentences)


def test_the_sentence_says_how_it_would_be_alone():
    _, _, scene = scene_of()
    alone = (
        f"Without contacts {100 * (1 - isolated_unemployment(0.1, 0.08)):.0f}{SPACE}% would have work in the long run."
    )
    assert all(sentence.endswith(alone) for sentence in scene.sentences)
    _, _, still = scene_of(hears=0, loses=0)  # nothing ever changes: there is no long run
    assert "in the long run" not in still.sentences[3]
    assert scene_of(runs=1)[2].sentences[3].endswith("This is one run.")


def test_the_pictures_hold_everybody_and_every_tie():
    _, _, scene = scene_of()
    ax = network(scene, 12)
    lines, points = ax.collections[:3], ax.collections[3:7]
    assert [len(one.get_paths()) for one in lines] == np.bincount(scene.links[12], minlength=3).tolist()
    assert [len(one.get_offsets()) for one in points] == np.bincount(scene.people[12], minlength=4).tolist()
    np.testing.assert_array_equal(curve(scene, 3).get_lines()[1].get_ydata(), scene.curve.run)
    assert figure(scene, 12).table[0][1:5] == tuple(f"people {look.name}" for look in PERSON_LOOKS)


def test_marks_differ_in_shape_and_lines_in_kind():
    assert len({look.shape for look in PERSON_LOOKS}) == 4
    assert len({look.line for look in TIE_LOOKS}) == 3


# Friends or acquaintances


def test_the_chart_holds_chances_and_what_nobody_would_leave():
    shares = [0.02, 0.1, 0.15, 0.2, 0.5]
    shown = job_split(shares)
    weak, strong, held = (line.y for line in shown.lines)
    for k, share in enumerate(shares):
        search = JobSearch(share)
        assert weak[k] == pytest.approx(search.job_chance(0, 0), abs=1e-12)
        assert strong[k] == pytest.approx(search.job_chance(8, 8), abs=1e-12)
    # Computed: only (0, 24) up to .1, none at .15, only (8, 0) from .2 on.
    assert shown.notes == (
        *["0 friends, 24 acquaintances"] * 2,
        "none",
        *["8 friends, 0 acquaintances"] * 2,
    )
    np.testing.assert_array_equal(held, [weak[0], weak[1], np.nan, strong[3], strong[4]])


def test_the_sentence_says_where_each_holds_and_where_all_are_trapped():
    said = job_split().sentence.replace(SPACE, " ")
    assert said == (
        "What nobody would leave if all kept to it: acquaintances only with 5 % to 10 % out of work, friends only with "
        "20 % to 60 % out of work. With 15 % there is no such division. With 20 % to 40 % all keep friends only, and "
        "all would do better with acquaintances."
    )
    for share in np.arange(4, 13) / 20:  # by trying it: is everybody better off with acquaintances?
        search = JobSearch(float(share))
        assert (search.job_chance(0, 0) > search.job_chance(8, 8)) == (share < 0.43)
    assert job_split([0.15]).sentence.replace(SPACE, " ") == (
        "What nobody would leave if all kept to it: neither extreme. With 15 % there is no such division."
    )
    # 25 hours: the last one is left over.
    assert "as many friends as there is time for with 50 % out of work" in job_split([0.5], hours=25).sentence.replace(
        SPACE, " "
    )


def test_ranges_hold_only_what_stands_side_by_side():
    shares = [0.05, 0.1, 0.2, 0.3, 0.4]
    said = _ranges(shares, [True, True, False, True, False])
    assert said.replace(SPACE, " ") == "5 % to 10 % and 30 %"
    assert job_split([0.5, 0.05]).x.tolist() == [0.05, 0.5]


def test_the_chart_is_drawn_and_told():
    shown = job_split()
    ax = chart(shown)
    for line, drawn in zip(shown.lines, ax.get_lines(), strict=True):
        np.testing.assert_array_equal(drawn.get_ydata(), line.y)
        np.testing.assert_array_equal(drawn.get_xdata(), shown.x)
    assert [text.get_text() for text in ax.get_legend().get_texts()] == [line.name for line in shown.lines]
    made = figure(shown)
    assert made.sentence == shown.sentence
    assert made.table[0] == (
        "share of people out of work",
        "all keep acquaintances only",
        "all keep friends only",
        "nobody would leave this",
        "what nobody would leave",
    )
    assert made.table[3] == (f"15{SPACE}%", f"68{SPACE}%", f"58{SPACE}%", "–", "none")
    assert figure(shown).png == made.png


def test_settings_that_make_no_chart_are_refused():
    with pytest.raises(ParameterError, match="needy is empty"):
        job_split([])
    with pytest.raises(ParameterError, match=r"needy is 1\.5"):
        job_split([1.5])
