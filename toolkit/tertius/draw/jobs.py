"""Who has work, who lacks it together, and how best to divide time between friends and acquaintances."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import numpy as np

from tertius.draw.charts import Chart, Line
from tertius.draw.people import scene_among, told_apart
from tertius.draw.scene import Curve, Look, Scene
from tertius.draw.words import among_runs, percent
from tertius.errors import ParameterError
from tertius.models.jobs import Employment, JobSearch, isolated_unemployment
from tertius.simulate import Ensemble, Run

WORKS, FOUND, LOST, WITHOUT = range(4)
PERSON_LOOKS = (
    Look("has work", "#0072b2", shape="disc"),
    Look("found work just now", "#009e73", shape="triangle"),
    Look("lost it just now", "#d55e00", shape="diamond"),
    Look("out of work", "#d98200", shape="ring"),
)
QUIET, CARRIES, BOTH_WITHOUT = range(3)
TIE_LOOKS = (
    Look("tie", "#5f6b76", line="faint"),
    Look("from work to none: can pass on a job", "#0072b2", line="solid"),
    Look("both out of work: nothing to pass on", "#b34700", line="dashed"),
)
MOST_NAMED = 4
NEEDY = tuple(k / 20 for k in range(1, 13))


def employment(run: Run, ensemble: Ensemble, *, people=None, positions: np.ndarray | None = None) -> Scene:
    """Describe the picture of an `Employment` run among many.

    Parameters
    ----------
    run : Run
        The run whose people are shown.
    ensemble : Ensemble
        The runs behind the band, of the same model.
    people : Network, optional
        Gives labels, groups and the focal person; without it people are called by their node's name.
    positions : numpy.ndarray, shape (n, 2), optional
        Default: `layout` of the model's ties.

    Returns
    -------
    Scene
    """
    model: Employment = run.model
    ties, works = model.ties, np.array(run.states)
    codes = np.where(works, WORKS, WITHOUT)
    codes[1:][works[1:] & ~works[:-1]] = FOUND
    codes[1:][~works[1:] & works[:-1]] = LOST
    low, middle, high = ensemble.band("employed_share")
    labels, *_ = told_apart(ties, people)
    return scene_among(
        people,
        run,
        ties,
        positions,
        title="Who has work",
        person_looks=PERSON_LOOKS,
        tie_looks=TIE_LOOKS,
        people=codes.astype(np.uint8),
        links=_links(ties, works),
        curve=Curve("people with work", run["employed_share"], low, middle, high, ensemble.runs),
        sentences=_sentences(run, ensemble, works, labels),
    )


def _links(ties, works: np.ndarray) -> np.ndarray:
    u, v = (works[:, ends] for ends in ties.pairs)
    carries = u & ~v if ties.directed else u != v
    return np.select([carries, ~u & ~v], [CARRIES, BOTH_WITHOUT], QUIET).astype(np.uint8)


def _sentences(run: Run, ensemble: Ensemble, works: np.ndarray, labels: tuple[str, ...]) -> tuple[str, ...]:
    model, n = run.model, works.shape[1]
    low, high = ensemble.quantile("employed_share", (0.05, 0.95))
    mean = ensemble.mean("employed_share")
    alone = ""
    if model.hears or model.loses:
        without = percent(1 - isolated_unemployment(model.hears, model.loses))
        alone = f" Without contacts {without} would have work in the long run."
    out = np.zeros(n, np.int64)
    said = []
    for t, has in enumerate(works):
        out = np.where(has, 0, out + 1)
        count = int(has.sum())
        parts = [f"Step {t}: {count} of {n} people have work ({percent(count / n)}).", *_out_of_work(has, out, labels)]
        parts.append(among_runs("the share with work", percent(low[t]), percent(high[t]), ensemble.runs))
        if ensemble.runs > 1:
            parts.append(f"On average it is {percent(mean[t])}.{alone}")
        said.append(" ".join(parts))
    return tuple(said)


def _out_of_work(has: np.ndarray, out: np.ndarray, labels: tuple[str, ...]) -> list[str]:
    """Who is out of work, and for how many steps."""
    without = np.flatnonzero(~has).tolist()
    if not without:
        return []
    if len(without) > MOST_NAMED:
        return [f"{len(without)} are out of work, the longest for {out.max()} steps."]
    named = [f"{labels[i]} ({out[i]} {'step' if out[i] == 1 else 'steps'})" for i in without]
    return [f"Out of work: {', '.join(named)}."]


def job_split(needy: Sequence[float] = NEEDY, *, hours: int = 24, strong_cost: int = 3, hears: float = 0.2) -> Chart:
    """Chart how best to divide time between friends and acquaintances, by how many are out of work.

    The two lines say how likely a job is where all keep acquaintances only, or friends only; the marks say what nobody
    would leave if all kept to it. These need not be the same: all could do better together with acquaintances, while
    each alone does better with friends.

    Parameters
    ----------
    needy : sequence of float
        Shares of people out of work, each in [0, 1]; drawn in rising order.
    hours, strong_cost, hears
        As for `tertius.models.JobSearch`.

    Returns
    -------
    Chart

    Raises
    ------
    ParameterError
        If a setting is out of its range.

    Examples
    --------
    >>> job_split([0.05, 0.15, 0.5]).notes
    ('0 friends, 24 acquaintances', 'none', '8 friends, 0 acquaintances')
    """
    searches = [JobSearch(share, hours, strong_cost, hears) for share in sorted(needy)]
    if not searches:
        raise ParameterError("needy is empty; give at least one share of people out of work.")
    most, left = searches[0].divisions[-1]
    friends_only = "as many friends as there is time for" if left else "friends only"
    settled = [search.equilibria() for search in searches]
    weak, strong = (np.array([search.job_chance(k, k) for search in searches]) for k in (0, most))
    held = np.array(
        [
            search.job_chance(found[0][0], found[0][0]) if found else np.nan
            for search, found in zip(searches, settled, strict=True)
        ]
    )
    notes = tuple(
        " or ".join(f"{friends} friends, {others} acquaintances" for friends, others in found) or "none"
        for found in settled
    )
    return Chart(
        title="Friends or acquaintances?",
        x_label="share of people out of work",
        y_label="chance of a job",
        x=np.array([search.needy for search in searches], float),
        lines=(
            Line("all keep acquaintances only", weak, "#b34700", "dashed"),
            Line(f"all keep {friends_only}", strong, "#0072b2", "solid"),
            Line("nobody would leave this", held, "#22303c", "none", "disc"),
        ),
        sentence=_split_sentence(searches, settled, weak > strong + 1e-12, friends_only),
        x_percent=True,
        notes=notes,
        notes_head="what nobody would leave",
    )


def _split_sentence(searches: list[JobSearch], settled: list, weak_is_better: np.ndarray, friends_only: str) -> str:
    shares = [search.needy for search in searches]
    ends = {"acquaintances only": searches[0].divisions[0], friends_only: searches[0].divisions[-1]}
    held = {name: [end in found for found in settled] for name, end in ends.items()}
    parts = [f"{name} with {_ranges(shares, where)} out of work" for name, where in held.items() if any(where)]
    said = f"What nobody would leave if all kept to it: {', '.join(parts) or 'neither extreme'}."
    empty = [not found for found in settled]
    if any(empty):
        said += f" With {_ranges(shares, empty)} there is no such division."
    trapped = [found == [ends[friends_only]] and better for found, better in zip(settled, weak_is_better, strict=True)]
    if any(trapped):
        said += f" With {_ranges(shares, trapped)} all keep {friends_only}, and all would do better with acquaintances."
    return said


def _ranges(shares: list[float], where: list[bool]) -> str:
    """Write for which of some rising shares something holds: those side by side as one range."""
    told = []
    for holds, group in groupby(zip(shares, where, strict=True), key=lambda pair: pair[1]):
        if holds:
            here = [share for share, _ in group]
            told.append(" to ".join(dict.fromkeys((percent(here[0]), percent(here[-1])))))
    return " and ".join(told)
