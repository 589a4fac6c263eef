"""Diversity and bandwidth: the most news comes from a contact who is different, but not as different as can be."""

import numpy as np
from tests.replications.table import Estimate, Paper

from tertius.models import TieNews, best_difference, expected_news, expected_topics, expected_topics_at_rate
from tertius.simulate import ensemble

paper = Paper(
    "Aral and Van Alstyne 2011",
    "American Journal of Sociology 117, 90-171; the form of one tie is ours, and its numbers are calculus by hand",
)


@paper.number("difference that brings the most news, λ = 2.5, ρ = {}", {0.0: 0.4, 0.2: 0.15, 0.5: 0.0}, status="exact")
def test_the_best_difference(refresh):
    grid = np.linspace(0, 1, 2001)  # the formula, and where the curve itself is highest, in one number
    highest = grid[np.argmax(expected_news(grid, 2.5, refresh))]
    assert abs(highest - best_difference(2.5, refresh)) < 1e-3
    return best_difference(2.5, refresh)


@paper.number("most news of one tie in a step, λ = 2.5, ρ = 0: 0.4 / e", 0.4 / np.e, status="exact")
def test_the_most_news_of_one_tie():
    model = TieNews(loss=2.5)
    best = int(np.argmin(abs(model.difference - 0.4)))
    assert abs(model.difference[best] - 0.4) < 1e-9
    return expected_news(model.difference[best], 2.5)


@paper.number("distinct topics of 10 in 5 items", 10 * (1 - 0.9**5), status="exact")
def test_distinct_topics_in_a_number_of_items():
    draws = np.random.default_rng(1).integers(10, size=(20_000, 5))
    distinct = Estimate.of([len(set(row)) for row in draws.tolist()])
    assert abs(distinct.mean - expected_topics(10, 5)) < 4 * distinct.stderr
    return expected_topics(10, 5)


@paper.number("distinct topics of 10 at 5 items on average, Poisson", 10 * (1 - np.exp(-0.5)), status="exact")
def test_distinct_topics_at_a_rate():
    return expected_topics_at_rate(10, 5)


@paper.number("news of the furthest tie in a step, λ = 2.5, ρ = 0: exp(−2.5)", np.exp(-2.5), status="exact")
def test_the_furthest_tie_is_seldom_in_touch():
    return Estimate.of(ensemble(TieNews(loss=2.5), 20, runs=4096, seed=1)["furthest"][-1])
