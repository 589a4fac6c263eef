"""How much news each contact brings, from your closest friend to somebody from another world."""

from __future__ import annotations

import numpy as np

from tertius.draw.scene import Curve, Look, Scene
from tertius.draw.words import percent
from tertius.models.novelty import TieNews, best_difference, expected_news
from tertius.simulate import Ensemble, Run
from tertius.ties import Ties

YOU, LITTLE, SOME, MUCH = range(4)
PERSON_LOOKS = (
    Look("you", "#5f6b76", shape="square"),
    Look("little news (under 1/3 of the best)", "#8a949e", shape="ring"),
    Look("some (up to 2/3)", "#e69f00", shape="diamond"),
    Look("much", "#0072b2", shape="disc"),
)
SELDOM, NOW_AND_THEN, OFTEN, LOOKED_AT = range(4)
TIE_LOOKS = (
    Look("seldom in touch (under 1 step in 5)", "#5f6b76", line="faint"),
    Look("sometimes (up to 1 in 2)", "#5f6b76", line="dashed"),
    Look("often", "#5f6b76", line="solid"),
    Look("the contact you look at", "#d55e00", line="solid"),
)
CEILINGS = (0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.6, 0.8)


def tie_news(run: Run, ensemble: Ensemble) -> Scene:
    """Describe a picture of what each contact has brought by the end of a `TieNews` run among many.

    Here the slider does not move through time: it goes from the closest contact to the furthest. The further to the
    right somebody stands, the less of their world is yours; the line to them says how often they were in touch, their
    mark how much of what they told was new. The curve is news a step against difference, with the formula's beside it.

    Parameters
    ----------
    run : Run
        The run on show; the longer it is, the nearer each contact comes to what the formula expects.
    ensemble : Ensemble
        The runs behind the band, of the same model and as many steps.

    Returns
    -------
    Scene
        With one step for each contact.
    """
    model: TieNews = run.model
    n, steps = model.n_ties, max(run.steps, 1)
    difference, state = model.difference, run.states[-1]
    news = state.items / steps
    of_all = np.stack([ensemble[f"news_{k}"][-1] for k in range(n)])
    low, high = np.quantile(of_all, (0.05, 0.95), axis=1)
    expected = expected_news(difference, model.loss, model.refresh)
    top = max(high.max(), expected.max(), news.max())
    return Scene(
        title="How much news each contact brings",
        ties=Ties.of([(0, k + 1) for k in range(n)]),
        positions=_places(difference),
        labels=("you", *map(percent, difference)),
        groups=("",) * (n + 1),
        person_looks=PERSON_LOOKS,
        tie_looks=TIE_LOOKS,
        people=np.tile(np.append(YOU, _news_classes(news)), (n, 1)).astype(np.uint8),
        links=_looked_at(_touch_classes(state.contacts / steps)),
        curve=Curve(
            "new items a step",
            news,
            low,
            expected,
            high,
            ensemble.runs,
            limits=(0.0, next((ceiling for ceiling in CEILINGS if ceiling >= top), 1.0)),
            percent=False,
            names=("this run", "the formula", f"90 % of {ensemble.runs} runs"),
        ),
        time_label="share of the contact's world that is not yours",
        times=difference,
        time_percent=True,
        sentences=_sentences(run, news, expected),
        ego=0,
    )


def _news_classes(news: np.ndarray) -> np.ndarray:
    best = news.max()
    return np.select([3 * news > 2 * best, (3 * news >= best) & (best > 0)], [MUCH, SOME], LITTLE)


def _touch_classes(touch: np.ndarray) -> np.ndarray:
    return np.select([touch > 0.5, touch >= 0.2], [OFTEN, NOW_AND_THEN], SELDOM)


def _looked_at(classes: np.ndarray) -> np.ndarray:
    links = np.tile(classes, (len(classes), 1)).astype(np.uint8)
    np.fill_diagonal(links, LOOKED_AT)
    return links


def _places(difference: np.ndarray) -> np.ndarray:
    """You at the left; everybody as far to the right as they are different, above one another so that all are seen."""
    # Golden steps keep neighbours apart; begun here they leave the upper right corner to the buttons of the live view.
    above = 2 * np.modf(np.arange(len(difference)) * 0.618034 + 0.7)[0] - 1
    places = np.column_stack([0.18 + 1.12 * difference, 0.5 + above * (0.25 + 0.25 * difference)])
    return np.vstack([[0, 0.5], places])


def _sentences(run: Run, news: np.ndarray, expected: np.ndarray) -> tuple[str, ...]:
    model, state = run.model, run.states[-1]
    best = best_difference(model.loss, model.refresh)
    most = expected_news(best, model.loss, model.refresh)
    return tuple(
        f"{percent(x)} of this contact's world is not yours. In {run.steps} steps they were in touch {often} times and "
        f"told {items} new things: {told:.2f} a step, where the formula expects {wanted:.2f}. It expects most, "
        f"{most:.2f}, at a difference of {percent(best)}."
        for x, often, items, told, wanted in zip(
            model.difference, state.contacts.tolist(), state.items.tolist(), news, expected, strict=True
        )
    )
