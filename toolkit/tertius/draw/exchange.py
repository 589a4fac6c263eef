"""Four ways to bring people together: who learned, who has met, and how the ways compare at equal hours."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tertius.draw.charts import Chart, Line
from tertius.draw.scene import Curve, Look, Scene
from tertius.draw.words import among_runs
from tertius.errors import ParameterError, choose_from
from tertius.models.exchange import Exchange
from tertius.models.formats import FORMATS
from tertius.simulate import Ensemble, Run, ensemble
from tertius.ties import Ties

HOST, GIVES, GIVES_LEARNED, RIDES, RIDES_LEARNED = range(5)
PERSON_LOOKS = (
    Look("host", "#22303c", shape="square"),
    Look("contributor", "#0072b2", shape="ring"),
    Look("contributor, learned something this month", "#0072b2", shape="disc"),
    Look("free rider", "#d98200", shape="diamond"),
    Look("free rider, learned something this month", "#d55e00", shape="triangle"),
)
OWN, MET, NEW, STRANGERS = range(4)
TIE_LOOKS = (
    Look("the host's tie", "#5f6b76", line="faint"),
    Look("members who have met", "#009e73", line="solid"),
    Look("met this month", "#b34700", line="dashed"),
    Look("strangers", "#c2c8ce", line="none"),
)
SHOWN = {
    "learned": "pieces learned by a member, mean",
    "ideas_back": "pieces that came back to the host",
    "member_ties": "pairs of members who met",
}
CEILINGS = (1, 2, 5, 10, 15, 20, 30, 44, 50, 75, 100, 150, 200, 276)


def exchange(run: Run, ensemble: Ensemble, *, curve: str = "learned") -> Scene:
    """Describe the picture of an `Exchange` run among many.

    Parameters
    ----------
    run : Run
        The run whose members are shown.
    ensemble : Ensemble
        The runs behind the band, of the same model.
    curve : {"learned", "ideas_back", "member_ties"}
        What is drawn over time.

    Returns
    -------
    Scene
    """
    choose_from(curve, SHOWN, "curve")
    model: Exchange = run.model
    n, shown = model.members, run.steps + 1
    tied = np.array([state.tied for state in run.states])
    links = np.where(tied, MET, STRANGERS)
    links[1:][tied[1:] & ~tied[:-1]] = NEW
    one, other = np.triu_indices(n, 1)
    low, middle, high = ensemble.band(curve)
    value = run[curve].astype(float)
    top = max(high.max(), value.max())
    return Scene(
        title="Who learns, and who meets",
        ties=Ties.of([(0, k + 1) for k in range(n)] + [(i + 1, j + 1) for i, j in zip(one, other, strict=True)]),
        positions=_places(n),
        labels=("host", *(f"{'ABCD'[f]}{k + 1}" for k, f in enumerate(model.field.tolist()))),
        groups=("", *(f"field {'ABCD'[f]}" for f in model.field.tolist())),
        person_looks=PERSON_LOOKS,
        tie_looks=TIE_LOOKS,
        people=_people(run),
        links=np.column_stack([np.full((shown, n), OWN), links]).astype(np.uint8),
        curve=Curve(
            SHOWN[curve],
            value,
            low,
            middle,
            high,
            ensemble.runs,
            limits=(0.0, float(next((ceiling for ceiling in CEILINGS if ceiling >= top), top))),
            percent=False,
        ),
        time_label="month",
        times=np.arange(shown, dtype=float),
        time_percent=False,
        sentences=_sentences(run, ensemble),
        ego=0,
    )


def _people(run: Run) -> np.ndarray:
    n = run.model.members
    knows = np.array([state.knows[:n].sum(axis=1) for state in run.states])
    learned = np.zeros(knows.shape, bool)
    learned[1:] = knows[1:] > knows[:-1]
    rider = run.states[0].is_rider
    codes = np.where(rider, np.where(learned, RIDES_LEARNED, RIDES), np.where(learned, GIVES_LEARNED, GIVES))
    return np.column_stack([np.full(len(codes), HOST), codes]).astype(np.uint8)


def _places(n: int) -> np.ndarray:
    """The host in the middle, beside the lines of the members around; each field side by side."""
    turn = 2 * np.pi * (np.arange(n) + 0.5) / n
    ring = np.column_stack([0.65 + 0.62 * np.sin(turn), 0.5 + 0.48 * np.cos(turn)])
    return np.round(np.vstack([[0.66, 0.52], ring]), 4)


def _sentences(run: Run, ensemble: Ensemble) -> tuple[str, ...]:
    low, high = ensemble.quantile("learned", (0.05, 0.95))
    said = []
    for t in range(run.steps + 1):
        hours = run["host_hours"][t]
        text = (
            f"Month {t}: after {hours:g} of the host's hours a member has learned {run['learned'][t]:.1f} pieces, "
            f"{run['ideas_back'][t]} came back to the host, {run['member_ties'][t]} pairs of members have met; the "
            f"host's effective size is {run['effective_size'][t]:.1f}."
        )
        if ensemble.runs > 1 and t:
            ends = f"{low[t]:.1f}", f"{high[t]:.1f}"
            text += f" {among_runs('what a member learned', *ends, ensemble.runs)}"
        said.append(text)
    return tuple(said)


def formats_compared(
    ways: Sequence[str] = tuple(FORMATS), *, months: int = 12, runs: int = 64, seed: int = 1, **settings: float
) -> Chart:
    """Chart what several ways of meeting bring for the same hours of the host, each beside the most that one brings.

    Parameters
    ----------
    ways : sequence of text
        Of ``"one-to-one"``, ``"roundtable"``, ``"newsletter"`` and ``"forum"``, in the order in which they are drawn.
    months : int
        At least 1.
    runs : int
        At least 1; means over these are drawn.
    seed : int
    **settings
        As for `tertius.models.Exchange`: ``hours``, ``free_riders``, ….

    Returns
    -------
    Chart
        With the numbers themselves as notes.

    Raises
    ------
    ParameterError
        If a setting is out of its range.
    """
    if not ways:
        raise ParameterError("ways is empty; give at least one, such as 'roundtable'.")
    for way in ways:
        choose_from(way, FORMATS, "way")
    names = ("learned", "ideas_back", "member_ties")
    ends = [ensemble(Exchange(way, **settings), months, runs=runs, seed=seed) for way in ways]
    means = np.array([[many.mean(name)[-1] for name in names] for many in ends])
    size = [many.mean("effective_size")[-1] for many in ends]
    most = means.max(axis=0)
    best = [ways[k] for k in means.argmax(axis=0)]
    marks = (
        ("learned by a member", "#0072b2", "disc"),
        ("back to the host", "#b34700", "triangle"),
        ("pairs who met", "#009e73", "diamond"),
    )
    shares = np.divide(means, most, out=np.zeros(means.shape), where=most > 0).T
    return Chart(
        title="Equal hours, four ways to meet",
        x_label="way to meet",
        y_label="share of the most that one brings",
        x=np.arange(1, len(ways) + 1, dtype=float),
        lines=tuple(
            Line(name, share, colour, "none", mark) for share, (name, colour, mark) in zip(shares, marks, strict=True)
        ),
        sentence=f"Mean of {runs} runs: members learn most with {best[0]} ({most[0]:.1f} pieces), most comes back to "
        f"the host with {best[1]} ({most[1]:.1f}), most pairs meet with {best[2]} ({most[2]:.1f}).",
        notes=tuple(
            f"{row[0]:.1f} learned, {row[1]:.1f} back, {row[2]:.1f} pairs, effective size {s:.1f}"
            for row, s in zip(means, size, strict=True)
        ),
        notes_head="in numbers",
        x_names=tuple(ways),
    )
