"""Which ties are left: bridges to other circles and close contacts, by what is done for them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tertius.draw.charts import Chart, Line
from tertius.draw.scene import Curve, Look, Scene
from tertius.draw.words import between
from tertius.errors import check_above, check_count, choose_from
from tertius.models.decay import TENDING, TieDecay
from tertius.models.dormancy import best_silence, dormant_value
from tertius.simulate import Ensemble, Run
from tertius.ties import Ties

YOU, BRIDGE, CLOSE, LOST_NOW, LOST = range(5)
PERSON_LOOKS = (
    Look("you", "#5f6b76", shape="square"),
    Look("in another circle", "#0072b2", shape="triangle"),
    Look("close contact", "#009e73", shape="disc"),
    Look("lost this month", "#d55e00", shape="diamond"),
    Look("lost before", "#8a949e", shape="ring"),
)
TENDED, UNTENDED, GONE = range(3)
TIE_LOOKS = (
    Look("tie on which time is spent", "#0072b2", line="solid"),
    Look("tie left to itself", "#5f6b76", line="dashed"),
    Look("tie that is lost", "#c2c8ce", line="none"),
)
KINDS = ("bridging", "close")


def tie_decay(run: Run, ensemble: Ensemble, *, curve: str = "bridging") -> Scene:
    """Describe the picture of a `TieDecay` run among many.

    On the right those in other circles, on the left the close contacts.

    Parameters
    ----------
    run : Run
        The run whose ties are shown.
    ensemble : Ensemble
        The runs behind the band, of the same model.
    curve : {"bridging", "close"}
        Which ties are counted over time.

    Returns
    -------
    Scene
    """
    choose_from(curve, KINDS, "curve")
    model: TieDecay = run.model
    n, alive = model.bridging + model.close, np.array([state.alive for state in run.states])
    is_bridging = np.arange(n) < model.bridging
    codes = np.where(alive, np.where(is_bridging, BRIDGE, CLOSE), LOST)
    codes[1:][alive[:-1] & ~alive[1:]] = LOST_NOW
    low, middle, high = ensemble.band(curve)
    first = float(model.bridging if curve == "bridging" else model.close)
    label = "ties to other circles left" if curve == "bridging" else "ties to close contacts left"
    left = run[curve].astype(float)
    return Scene(
        title="What fades",
        ties=Ties.of([(0, k + 1) for k in range(n)]),
        positions=_places(model.bridging, model.close),
        labels=("you", *(f"{'B' if k < model.bridging else 'C'}{k + 1}" for k in range(n))),
        groups=("",) * (n + 1),
        person_looks=PERSON_LOOKS,
        tie_looks=TIE_LOOKS,
        people=np.column_stack([np.full(run.steps + 1, YOU), codes]).astype(np.uint8),
        links=np.where(alive, np.where(model.spent > 0, TENDED, UNTENDED), GONE).astype(np.uint8),
        curve=Curve(label, left, low, middle, high, ensemble.runs, limits=(0.0, first), percent=False),
        time_label="month",
        times=np.arange(run.steps + 1, dtype=float),
        time_percent=False,
        sentences=_sentences(run, ensemble),
        ego=0,
    )


def _places(bridging: int, close: int) -> np.ndarray:
    """You in the middle; other circles far to the right, close contacts near on the left."""
    turns = [np.pi * (np.arange(count) + 0.5) / count for count in (bridging, close)]
    far, near = (np.column_stack([np.sin(turn), np.cos(turn)]) for turn in turns)
    # Close contacts stand in two staggered rows, so that many have room.
    near = near * np.where(np.arange(close) % 2, 0.85, 1.0)[:, None]
    places = np.vstack([[0, 0], far * (0.75, 0.48), near * (-0.45, 0.44)])
    return np.round(np.add(places, (0.5, 0.5)), 4)


def _sentences(run: Run, ensemble: Ensemble) -> tuple[str, ...]:
    model, runs = run.model, ensemble.runs
    bands = [ensemble.quantile(kind, (0.05, 0.95)).T for kind in KINDS]
    said = []
    for t, (bridging, close) in enumerate(zip(*(run[kind].tolist() for kind in KINDS), strict=True)):
        text = (
            f"Month {t}: {bridging} of {model.bridging} ties to other circles and {close} of {model.close} close ties "
            f"are left, with {model.spent.sum():.3g} hours a month."
        )
        if t and runs > 1:
            ranges = " and ".join(_range(*band[t]) for band in bands)
            expected = " and ".join(f"{left:.1f}" for left in model.expected_left(t))
            text += f" On average {expected}; in 9 of 10 runs {ranges}."
        said.append(text)
    return tuple(said)


def _range(low: float, high: float) -> str:
    return between(f"{low:.0f}", f"{high:.0f}")


def ties_left_by_rule(
    months: int = 24, *, rules: Sequence[str] = ("favourites", "equal", "mixed", "bridges"), **settings
):
    """Chart how many ties of each kind are left on average, for several rules with the same hours: exact.

    Parameters
    ----------
    months : int
        At least 0.
    rules : sequence of text
        Of `tertius.models.tending_hours`, in the order in which they are drawn.
    **settings
        As for `tertius.models.TieDecay`: ``bridging``, ``close``, ``hours``, ``losses``, ``rescue``.

    Returns
    -------
    Chart

    Raises
    ------
    ParameterError
        If a setting is out of its range.

    Examples
    --------
    >>> ties_left_by_rule(24).lines[0].y.round(1).tolist()
    [0.5, 1.6, 2.8, 5.2]
    """
    check_count("months", months, 0)
    for rule in rules:
        choose_from(rule, TENDING, "rule")
    left = np.array([TieDecay(tended=rule, **settings).expected_left(months) for rule in rules])
    best = [rules[k] for k in left.argmax(axis=0)]
    return Chart(
        title=f"After {months} months",
        x_label="rule",
        y_label="ties left, on average",
        x=np.arange(1, len(rules) + 1, dtype=float),
        lines=(
            Line("to other circles", left[:, 0], "#0072b2", "none", "triangle"),
            Line("close", left[:, 1], "#009e73", "none", "disc"),
        ),
        sentence=f"With the same hours, {best[0]} keeps most ties to other circles ({left[:, 0].max():.1f}), {best[1]} "
        f"most close ones ({left[:, 1].max():.1f}).",
        y_percent=False,
        x_names=tuple(rules),
    )


def dormant_ties(
    years: float = 12.0,
    *,
    overlap: float = 0.8,
    strength: float = 1.0,
    weak: tuple[float, float] = (0.2, 0.2),
    renewal: float = 2.0,
    trust: float = 8.0,
) -> Chart:
    """Chart what a contact is worth by years of silence, beside the same contact and a weak one kept up.

    Parameters
    ----------
    years : float
        The longest silence, above 0.
    overlap, strength, renewal, trust
        As for `tertius.models.dormant_value`.
    weak : (float, float)
        Overlap and strength of a weak tie that is kept up.

    Returns
    -------
    Chart

    Raises
    ------
    ParameterError
        If a setting is out of its range.
    """
    check_above("years", years, 0, "a number of years")
    silence = np.linspace(0, years, 25)
    how = {"renewal": renewal, "trust": trust}
    value = dormant_value(silence, overlap, strength, **how)
    kept, acquaintance = dormant_value(0, overlap, strength, **how), dormant_value(0, *weak, **how)
    best = best_silence(overlap, **how)
    most = dormant_value(best, overlap, strength, **how)
    beats = silence[value > max(kept, acquaintance) + 1e-12]
    after = (
        f"Worth most after {best:.1f} years ({most:.2f})"
        if best
        else "Worth most while in touch, and less each year after"
    )
    span = f" from {beats.min():.3g} to {beats.max():.3g} years" if len(beats) else " at no length of silence here"
    return Chart(
        title="Old trust, new knowledge",
        x_label="years of silence",
        y_label="value of a conversation",
        x=silence,
        lines=(
            Line("dormant contact", value, "#0072b2", "solid"),
            Line("the same, kept up", np.full(25, kept), "#009e73", "dashed"),
            Line("weak tie, kept up", np.full(25, acquaintance), "#b34700", "none", "diamond"),
        ),
        sentence=f"{after}. A dormant contact is worth more than either tie kept up{span}.",
        y_percent=False,
    )
