"""Models side by side: the lines are means, and the sentence says who leads."""

import numpy as np
import pytest

from tertius.draw import chart, compared, figure
from tertius.errors import ParameterError
from tertius.models import LandscapeSearch, TeamSearch
from tertius.simulate import ensemble


def searches(steps=40, runs=8, names=("everyone", "ring", "none")):
    return {name: ensemble(LandscapeSearch(name, 6, 3, 12), steps, runs=runs, seed=1) for name in names}


def test_lines_are_means_at_places_in_time():
    found = searches()
    shown = compared(found, "quality", title="Who finds most?", label="quality", time_label="round")
    assert shown.x[[0, -1]].tolist() == [0, 40]
    assert len(shown.x) == 26
    for line, (name, many) in zip(shown.lines, found.items(), strict=True):
        assert line.name == name
        np.testing.assert_allclose(line.y, many.mean("quality")[shown.x.astype(int)])
    assert len({(line.line, line.marker) for line in shown.lines}) == 3
    ends = {name: many.mean("quality")[-1] for name, many in found.items()}
    first, *others = sorted(ends, key=lambda name: -ends[name])
    assert shown.sentence.startswith(f"After 40 steps {first} leads with {ends[first]:.3f} ± ")
    assert all(f"{name} with {ends[name]:.3f} ± " in shown.sentence for name in others)
    assert shown.sentence.endswith("; at first everyone led.") == (first != "everyone")
    assert len(chart(shown).lines) == 3
    assert len(figure(shown).table) == 27


def test_what_is_the_same_is_called_the_same_and_one_run_has_no_error():
    same = searches(10, 8, ("ring",))
    assert compared({"one": same["ring"], "other": same["ring"]}, "best").sentence.startswith(
        "Over 10 steps all are the same, "
    )
    assert "±" not in compared(searches(10, 1, ("ring", "none")), "quality").sentence


def test_teams_are_compared_as_any_model():
    found = {
        name: ensemble(TeamSearch(reach=5, steps=2, team=3, positions=30, smoothing=s), 9, runs=8, seed=1)
        for name, s in (("rugged", 1), ("smooth", 4))
    }
    assert compared(found, "lead").lines[1].y[-1] == pytest.approx(found["smooth"].mean("lead")[-1])


def test_what_cannot_be_compared_is_refused():
    found = searches(5, 2)
    with pytest.raises(ParameterError, match="There are 1 ensembles; from 2 to 5"):
        compared({"ring": found["ring"]}, "quality")
    with pytest.raises(ParameterError, match=r"are of \[5, 6\] steps"):
        compared({"ring": found["ring"], "none": searches(6, 2)["none"]}, "quality")
    with pytest.raises(ParameterError, match="Nothing called 'qualty' was observed"):
        compared(found, "qualty")
