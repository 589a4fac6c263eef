"""Cowan and Jonard: how much is learned by barter in small worlds, and how unevenly."""

from functools import cache
from itertools import pairwise

import numpy as np
from tests.models.played import played
from tests.replications.table import Paper

from tertius.models import KnowledgeBarter
from tertius.simulate import ensemble

paper = Paper(
    "Cowan and Jonard 2004, with 40 people, two of them experts",
    "Journal of Economic Dynamics and Control 28, 1557-1575",
)
REWIRED = (0, 0.01, 0.09, 1)


@cache
def known(rewired, name):
    return ensemble(KnowledgeBarter(people=40, radius=3, rewired=rewired, experts=2), 200, runs=64, seed=1)[name][-1]


@paper.number(
    "whether more is learned with {} of the ties rewired than on a straight ring",
    {0.09: 1},
    status="reported",
    shape=True,
)
def test_a_small_world_teaches_more(rewired):
    lead = known(rewired, "mean") - known(0, "mean")
    return lead.mean() > 4 * lead.std(ddof=1) / np.sqrt(len(lead))


@paper.number(
    "share rewired, of 0, .01, .09 and 1, at which levels vary least for their mean",
    0.09,
    status="reported",
    differs="People's levels, means over all kinds of knowledge, vary least on a straight ring; with 300 people there "
    "is no minimum at 0.09 either. A likely reason is what is compared: within each kind levels vary less at 0.09 than "
    "on a straight ring, and with still more ties rewired no longer surely less.",
)
def test_where_levels_vary_least():
    return min(REWIRED, key=lambda rewired: known(rewired, "variation").mean())


def within_kinds(rewired):
    """How much levels vary for their mean within each kind of knowledge, in each run."""
    model = KnowledgeBarter(people=40, radius=3, rewired=rewired, experts=2)
    levels = played(model, 200)[-1].knowledge
    return (levels.std(axis=0) / levels.mean(axis=0)).mean(axis=0)


def test_within_kinds_of_knowledge_levels_vary_less_in_a_small_world():
    straight, small, random = (within_kinds(rewired) for rewired in (0, 0.09, 1))
    fall, rise = straight - small, random - small
    assert fall.mean() > 4 * fall.std(ddof=1) / np.sqrt(len(fall))
    assert abs(rise.mean()) < 4 * rise.std(ddof=1) / np.sqrt(len(rise))


@paper.number("levels that fall, or pass the highest there was, in 30 steps", 0, status="exact")
def test_what_never_happens():
    states = played(KnowledgeBarter(people=30, radius=2, experts=2), 30)
    falls = sum(int((after.knowledge < before.knowledge).sum()) for before, after in pairwise(states))
    return falls + int((states[-1].knowledge > states[0].knowledge.max(axis=0) + 1e-12).sum())


@paper.number("what is learned where nobody gains anything", 0, status="exact")
def test_without_gain():
    mean = ensemble(KnowledgeBarter(people=30, radius=2, gain=0), 5, runs=8, seed=1)["mean"]
    return np.abs(mean[-1] - mean[0]).max()
