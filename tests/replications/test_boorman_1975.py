"""Where time is short: acquaintances only while few need work, friends only once many do, nothing stable between."""

from tests.replications.table import Paper

from tertius.models import JobSearch

paper = Paper(
    "Boorman 1975",
    "Bell Journal of Economics 6, 216-249; in our formalisation, with 24 hours, 3 for a friend, chance to hear .2",
)


@paper.number(
    "friends in the only equilibrium, share in need {}",
    {0.02: 0, 0.05: 0, 0.1: 0, 0.2: 8, 0.4: 8, 0.6: 8, 0.8: 8},
    status="computed",
)
def test_how_many_friends_everybody_keeps(needy):
    ((strong, weak),) = JobSearch(needy).equilibria()
    assert 3 * strong + weak == 24
    return strong


@paper.number("equilibria, share in need .15", 0, status="computed")
def test_between_there_is_nothing_that_nobody_would_leave():
    return len(JobSearch(0.15).equilibria())
