"""Networks and scenes for the widget tests and the benchmarks: made up, the same each time, of any size."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from tertius.draw import Curve, Look, Scene
from tertius.simulate import Ensemble, Run
from tertius.ties import Ties

HOSTILE = (
    "<img src=x onerror=\"document.body.dataset.broken='yes'\">",
    "</script><script>document.body.dataset.broken='yes'</script>",
    "Zoë \N{RIGHT-TO-LEFT OVERRIDE}dniheb",
    "lone \ud800 surrogate",
    "a very long name that goes on and on " * 4,
    "",
    "NA",
    "007",
    "林 美咲",
    "new\nline",
)
"""Names as people's files hold them."""


def grouped_ties(n: int, n_ties: int, groups: int, seed: int = 0) -> tuple[Ties, np.ndarray]:
    """Random ties, nine in ten of them inside a group and strong; and everybody's group."""
    rng = np.random.default_rng(seed)
    group = np.sort(rng.integers(groups, size=n))
    ties: dict[tuple[int, int], float] = {}
    while len(ties) < n_ties:
        u = int(rng.integers(n))
        inside = rng.random() < 0.9
        near = np.flatnonzero(group == group[u]) if inside else np.arange(n)
        v = int(rng.choice(near))
        if u != v:
            ties[min(u, v), max(u, v)] = float(rng.integers(3, 6) if inside else rng.integers(1, 3))
    everybody = [(i, i) for i in range(n)]
    return Ties.of([*everybody, *((u, v, s) for (u, v), s in ties.items())]), group


def places(group: np.ndarray, seed: int = 0) -> np.ndarray:
    """A cloud for each group, the clouds around a circle."""
    rng = np.random.default_rng(seed)
    angle = 2 * np.pi * group / (group.max() + 1)
    spread = 0.75 / np.sqrt(group.max() + 1)
    return np.column_stack([1.4 * np.cos(angle), np.sin(angle)]) + rng.normal(0, spread, (len(group), 2))


def random_scene(
    n: int = 150,
    n_ties: int = 500,
    steps: int = 60,
    *,
    groups: int = 6,
    labels: tuple[str, ...] | None = None,
    seed: int = 0,
) -> Scene:
    """A scene in which ties are cut at random and people whose ties are half gone change their look."""
    ties, group = grouped_ties(n, n_ties, groups, seed)
    rng = np.random.default_rng(seed + 1)
    gone_at = rng.permutation(n_ties) * (1.4 * steps) / n_ties
    links = (gone_at[None, :] < np.arange(steps + 1)[:, None]).astype(np.uint8)
    source, target = ties.pairs
    held = np.stack([np.bincount(np.r_[source[row == 0], target[row == 0]], minlength=n) for row in links])
    people = (held * 2 < ties.degree).astype(np.uint8)
    run = 1 - people.mean(axis=1)
    spread = 0.12 * np.sin(np.linspace(0, np.pi, steps + 1))
    kept = (links == 0).sum(axis=1)
    return Scene(
        title="Half gone",
        ties=ties,
        positions=places(group, seed),
        labels=labels or tuple(f"P{i:03d}" for i in range(n)),
        groups=tuple(f"Group {'ABCDEFGHIJKL'[g]}" for g in group.tolist()),
        person_looks=(Look("most ties held", "#0072b2"), Look("most ties gone", "#e69f00", shape="diamond")),
        tie_looks=(Look("tie", "#5f6b76"), Look("tie that was cut", "#c2c8ce", line="none")),
        people=people,
        links=links,
        curve=Curve(
            "people with most of their ties", run, np.clip(run - spread, 0, 1), run, np.clip(run + spread, 0, 1), 40
        ),
        time_label="share of ties cut",
        times=np.arange(steps + 1) / 100,
        time_percent=True,
        sentences=tuple(f"At step {t}, {kept[t]} of {n_ties} ties are held." for t in range(steps + 1)),
        ego=0,
    )


def big_scene(steps: int = 100) -> Scene:
    """The size that performance is measured at: 1,000 people, 5,000 ties."""
    return random_scene(1000, 5000, steps, groups=8)


@dataclass(frozen=True, eq=False)
class Fading:
    """Each tie is cut with probability ``rate`` in each step: a small model with three settings to move."""

    ties: Ties
    rate: float = 0.05
    spared: str = "nobody"
    is_paused: bool = False

    streams: ClassVar[tuple[str, ...]] = ("cut",)

    def __post_init__(self) -> None:
        if self.rate == 0.13:
            raise ZeroDivisionError("thirteen")

    def start(self, rng, runs: int) -> np.ndarray:
        """All ties are there."""
        return np.ones((self.ties.n_ties, runs), bool)

    def step(self, state: np.ndarray, t: int, rng) -> np.ndarray:
        """Cut some; strong ones are spared if so wished."""
        cut = (rng.cut.random(state.shape) < self.rate) & (not self.is_paused)
        if self.spared == "strong":
            cut &= self.ties.pair_strength[:, None] < 3
        return state & ~cut

    def observe(self, state: np.ndarray) -> dict[str, np.ndarray]:
        """Share of ties left."""
        return {"left": state.mean(axis=0)}


def fading_scene(run: Run, ensemble: Ensemble) -> Scene:
    """The picture of a `Fading` run."""
    ties = run.model.ties
    links = np.stack([~state for state in run.states]).astype(np.uint8)
    n, shown = len(ties), run.steps + 1
    low, middle, high = ensemble.quantile("left", (0.05, 0.5, 0.95))
    angle = 2 * np.pi * np.arange(n) / n
    return Scene(
        title="Fading",
        ties=ties,
        positions=np.column_stack([np.cos(angle), np.sin(angle)]),
        labels=tuple(map(str, ties.ids)),
        groups=("",) * n,
        person_looks=(Look("person", "#0072b2"),),
        tie_looks=(Look("tie", "#5f6b76"), Look("tie that was cut", "#c2c8ce", line="none")),
        people=np.zeros((shown, n), np.uint8),
        links=links,
        curve=Curve("ties left", run["left"], low, middle, high, ensemble.runs),
        time_label="step",
        times=np.arange(shown, dtype=float),
        time_percent=False,
        sentences=tuple(f"{(row == 0).sum()} ties are left after step {t}." for t, row in enumerate(links)),
    )


def fading_explorer(**settings):
    """An Explorer of `Fading` on 40 people: three controls of the three kinds, quick to play."""
    from tertius.widgets import Choice, Explorer, Slider, Toggle

    ties, _ = grouped_ties(40, 90, 3)
    return Explorer(
        lambda rate, spared, is_paused: Fading(ties, rate, spared, is_paused),
        fading_scene,
        **{"steps": 20, "t": 5, "title": "How ties fade", **settings},
        rate=Slider("Cut each step", 0, 0.5, 0.01, 0.05, percent=True),
        spared=Choice("Spared", {"nobody": "nobody", "strong": "strong ties"}),
        is_paused=Toggle("Pause cutting"),
    )
