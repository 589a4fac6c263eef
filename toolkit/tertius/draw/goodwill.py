"""Steady contact beside contact only when in need: whose goodwill is where, and how many needs are met."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from tertius.draw.charts import Chart, Line
from tertius.draw.scene import Curve, Look, Scene
from tertius.draw.words import percent
from tertius.errors import ParameterError, choose_from
from tertius.models.goodwill import RHYTHMS, Goodwill
from tertius.simulate import Ensemble, Run, ensemble, show
from tertius.ties import Ties

YOU, AMBASSADOR, WARMER, COOLER = range(4)
PERSON_LOOKS = (
    Look("you", "#5f6b76", shape="square"),
    Look("would speak up for you", "#0072b2", shape="triangle"),
    Look("at least as warm as at first", "#009e73", shape="disc"),
    Look("cooler than at first", "#d98200", shape="ring"),
)
QUIET, TENDED, ASKED = range(3)
TIE_LOOKS = (
    Look("no contact this month", "#5f6b76", line="faint"),
    Look("tended this month", "#0072b2", line="solid"),
    Look("asked for help this month", "#b34700", line="dashed"),
)
SHOWN = ("lead", "goodwill")
EDGES = (0.25, 0.5, 0.75, 1.0, 1.5, 2.0)
FADES = tuple(k / 50 for k in range(1, 31))


def goodwill_rhythms(run: Run, ensemble: Ensemble, *, curve: str = "lead") -> Scene:
    """Describe a picture of both rhythms of `Goodwill`, which meet the same needs with the same hours.

    On the left the contacts tended steadily, on the right those whom you see only when in need. Whichever rhythm the
    run has, the other is played beside it with the same seed.

    Parameters
    ----------
    run : Run
        The run whose contacts are shown.
    ensemble : Ensemble
        The runs behind the curve, of the same model.
    curve : {"lead", "goodwill"}
        What is drawn over time: how many more needs steady contact has met than contact only in need, or the goodwill
        of both.

    Returns
    -------
    Scene
    """
    choose_from(curve, SHOWN, "curve")
    model: Goodwill = run.model
    other = RHYTHMS[1 - RHYTHMS.index(model.rhythm)]
    beside = show(replace(model, rhythm=other), run.steps, runs=ensemble.runs, seed=run.seed)
    played = {model.rhythm: (run, ensemble), other: beside}
    n = model.contacts
    runs, many = zip(*(played[rhythm] for rhythm in RHYTHMS), strict=True)
    return Scene(
        title="Steady, or only in need?",
        ties=Ties.of([(0, k + 1) for k in range(2 * n)]),
        positions=_places(n),
        labels=("you", *(f"{name}{f' {k + 1}' if n > 1 else ''}" for name in RHYTHMS for k in range(n))),
        groups=("", *(name if n > 1 else "" for name in RHYTHMS for _ in range(n))),
        person_looks=PERSON_LOOKS,
        tie_looks=TIE_LOOKS,
        people=np.column_stack([np.full(run.steps + 1, YOU), *(_people(one) for one in runs)]).astype(np.uint8),
        links=np.column_stack([_links(one) for one in runs]).astype(np.uint8),
        curve=(_lead if curve == "lead" else _goodwill)(runs, many),
        time_label="month",
        times=np.arange(run.steps + 1, dtype=float),
        time_percent=False,
        sentences=_sentences(runs, many),
        ego=0,
    )


def _lead(runs: Sequence[Run], many: Sequence[Ensemble]) -> Curve:
    lead = many[0]["needs_met"] - many[1]["needs_met"]
    low, middle, high = np.quantile(lead, (0.05, 0.5, 0.95), axis=1)
    this = runs[0]["needs_met"] - runs[1]["needs_met"]
    furthest = np.abs([low, high, this]).max()
    edge = next((edge for edge in EDGES if edge >= furthest), float(np.ceil(furthest)))
    label = "needs met: steady minus only in need"
    return Curve(label, this, low, middle, high, many[0].runs, limits=(-edge, edge), percent=False)


def _goodwill(runs: Sequence[Run], many: Sequence[Ensemble]) -> Curve:
    low, middle, high = many[1].quantile("goodwill", (0.05, 0.5, 0.95))
    count = many[0].runs
    names = ("steady: this run", f"only in need: median of {count} runs", "only in need: 90 % of the runs")
    label = "goodwill: chance that a call is answered"
    return Curve(label, runs[0]["goodwill"], low, middle, high, count, names=names)


def _places(n: int) -> np.ndarray:
    """You below; the contacts in two fans above you."""
    turn = np.pi / 2 * (np.arange(n) + 0.5) / n
    fan = np.column_stack([0.65 * np.sin(turn), 0.95 * np.cos(turn)])
    places = np.vstack([[0, 0], fan * (-1, 1), fan])
    return np.round(np.add(places, (0.65, 0)), 4)


def _people(run: Run) -> np.ndarray:
    goodwill = np.array([state.goodwill for state in run.states])
    model = run.model
    is_warm = goodwill >= model.first_goodwill - 1e-12
    return np.select([goodwill >= model.ambassador, is_warm], [AMBASSADOR, WARMER], COOLER)


def _links(run: Run) -> np.ndarray:
    touched, asked = (np.array([getattr(state, name) for state in run.states]) for name in ("touched", "asked"))
    return np.select([asked, touched], [ASKED, TENDED], QUIET)


def _sentences(runs: Sequence[Run], many: Sequence[Ensemble]) -> tuple[str, ...]:
    needs = np.cumsum(np.append(False, runs[0].states[0].needs))
    met = [run["needs_met"] for run in runs]
    goodwill = [run["goodwill"] for run in runs]
    count = many[0].runs
    steady, in_need = (one["needs_met"] for one in many)
    ahead = [np.count_nonzero(a > b + 1e-12, axis=1) for a, b in ((steady, in_need), (in_need, steady))]
    said = []
    for t in range(runs[0].steps + 1):
        so_far = int(needs[min(t, len(needs) - 1)])
        parts = [
            f"Month {t}: {so_far or 'no'} {'need' if so_far == 1 else 'needs'} so far.",
            f"Goodwill is {goodwill[0][t]:.2f} with steady contact and {goodwill[1][t]:.2f} with contact only in need.",
        ]
        if so_far:
            parts.append(f"Expected to be met: {met[0][t]:.2f} and {met[1][t]:.2f}.")
        if count > 1 and t:
            parts.append(f"Of {count} runs steady is ahead in {ahead[0][t]}, in need in {ahead[1][t]}.")
        said.append(" ".join(parts))
    return tuple(said)


def needs_met_by_fade(fades: Sequence[float] = FADES, *, runs: int = 64, seed: int = 1, **settings: float) -> Chart:
    """Chart how many needs each rhythm meets, by how fast goodwill fades.

    Parameters
    ----------
    fades : sequence of float
        Shares of goodwill lost in a month, each in [0, 1]; drawn in rising order.
    runs : int
        Runs for each mark, at least 1; both rhythms meet the same needs.
    seed : int
    **settings
        As for `tertius.models.Goodwill`: ``hours``, ``contacts``, ….

    Returns
    -------
    Chart

    Raises
    ------
    ParameterError
        If a setting is out of its range.
    """
    fades = sorted(fades)
    if not fades:
        raise ParameterError("fades is empty; give at least one share of goodwill lost in a month.")

    def met(rhythm: str, fade: float) -> float:
        model = Goodwill(rhythm, fade=fade, **settings)
        return ensemble(model, model.months, runs=runs, seed=seed)["needs_met"][-1].mean()

    steady, in_need = (np.array([met(rhythm, fade) for fade in fades]) for rhythm in RHYTHMS)
    wins = [fade for fade, ahead in zip(fades, steady > in_need + 1e-12, strict=True) if ahead]
    if not wins:
        told = "Contact only in need meets at least as many at every rate."
    elif len(wins) == len(fades):
        told = "Steady contact meets more at every rate."
    else:
        told = f"Steady contact meets more up to a loss of {percent(max(wins))} a month."
    return Chart(
        title="What fades slowly wants tending",
        x_label="goodwill lost in a month",
        y_label="needs met, as expected",
        x=np.array(fades, float),
        lines=(
            Line("steady", steady, "#0072b2", "solid"),
            Line("only in need", in_need, "#b34700", "dashed"),
        ),
        sentence=f"Mean of {runs} runs with the same hours and needs. {told}",
        x_percent=True,
        y_percent=False,
    )
