"""Every experiment's picture, live: what the browser shows of it is what the scene says."""

import numpy as np
import pytest
from tests.browser.lab import change, ink, pixels

from tertius.draw import adoption, closing_bridge, employment, tie_news
from tertius.models import ClosurePressure, Employment, RingContagion, TieNews
from tertius.widgets import Choice, Explorer, Slider

CIRCLES = [("Ann", "Bo"), ("Bo", "Cy"), ("Cy", "Ann"), ("Cy", "Di"), ("Di", "Ed"), ("Ed", "Fay"), ("Fay", "Di")]


def spreading():
    return Explorer(
        lambda voices, rewired: RingContagion(threshold_count=voices, rewired=rewired),
        adoption,
        steps=150,
        t=8,
        voices=Choice("It takes", {2: "two voices", 1: "one voice"}),
        rewired=Slider("Ties rewired", 0, 1, 0.1, 0.1, percent=True),
    )


def telling():
    return Explorer(
        TieNews,
        tie_news,
        steps=52,
        t=8,
        loss=Slider("Contact thins out", 0.5, 6, 0.5, 2.5),
        refresh=Slider("New again", 0, 0.5, 0.1, 0.0),
    )


def tending():
    return Explorer(
        lambda chance, tended: ClosurePressure(CIRCLES, 1, chance, bridge=("Cy", "Di"), tended=tended),
        closing_bridge,
        steps=40,
        t=8,
        chance=Slider("Chance", 0, 0.2, 0.01, 0.1),
        tended=Choice("Tended", {True: "yes", False: "no"}),
    )


def working():
    return Explorer(
        lambda hears, loses: Employment(CIRCLES, hears, loses),
        employment,
        steps=50,
        t=8,
        hears=Slider("Hears", 0, 0.3, 0.1, 0.1),
        loses=Slider("Loses", 0, 0.2, 0.1, 0.1),
    )


@pytest.mark.parametrize("make", [spreading, telling, tending, working])
def test_the_browser_shows_what_the_scene_says(show, make):
    explorer = make()
    scene = explorer.scene
    shown = show(explorer.html())
    assert ink(pixels(shown.root.locator(".tertius-plot canvas"))) > 0.01
    pictures = []
    for t in (0, len(scene.times) - 1):
        shown.go(t)
        assert shown.sentence == scene.sentences[t]
        counts = [
            *np.bincount(scene.people[t], minlength=len(scene.person_looks)),
            *np.bincount(scene.links[t], minlength=len(scene.tie_looks)),
        ]
        names = [look.name for look in (*scene.person_looks, *scene.tie_looks)]
        legend = shown.root.get_by_role("list", name="What the marks mean").get_by_role("listitem")
        assert legend.all_text_contents() == [f"{name}{count}" for name, count in zip(names, counts, strict=True)]
        pictures.append(shown.picture())
    assert min(map(ink, pictures)) > 0.01
    assert change(*pictures) > 0.001
