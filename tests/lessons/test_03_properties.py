"""What lesson 03 says happens: the exact properties that rest on measures alone."""

import networkx as nx
import pytest

from tertius import constraint, effective_size

# One more contact (E2): four unlinked contacts, and a newcomer who knows 0 to 4 of them


def with_newcomer(knows):
    graph = nx.star_graph(4)
    graph.add_edges_from([(0, 5), *((5, contact) for contact in range(1, knows + 1))])
    return graph


def test_before_the_newcomer():
    assert constraint(nx.star_graph(4))[0] == pytest.approx(0.25, abs=1e-9)
    assert effective_size(nx.star_graph(4))[0] == pytest.approx(4, abs=1e-9)


def test_one_more_contact_may_raise_constraint():
    found = [constraint(with_newcomer(knows))[0] for knows in range(5)]
    assert found[0] == pytest.approx(0.2, abs=1e-9)
    assert round(found[4], 3) == 0.590
    assert found == sorted(found)  # the more of them they know, the higher
    assert [value > 0.25 for value in found] == [False, True, True, True, True]


@pytest.mark.parametrize("knows", range(5))
def test_effective_size_falls_by_two_fifths_for_each_contact_they_know(knows):
    # From 5 to 3.4: n − 2t/n with n = 5.
    assert effective_size(with_newcomer(knows))[0] == pytest.approx(5 - 2 * knows / 5, abs=1e-9)


def test_a_triangle_passes_one_and_somebody_alone_has_none():
    triangle = nx.complete_graph(3)
    triangle.add_node(3)
    assert constraint(triangle)[0] == pytest.approx(1.125, abs=1e-9)
    assert constraint(triangle).isna().tolist() == [False, False, False, True]
